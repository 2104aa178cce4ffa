"""From an activation to machine code: the readable module, its object on disk, and a callable kernel."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from llvmlite import ir

from gsdcheck.errors import InvalidInput
from gsdcheck.model.expression import Expression
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Form
from gsdcheck.numeric.compiled.cache import cached_object
from gsdcheck.numeric.compiled.expressions import define_expression
from gsdcheck.numeric.compiled.kernels import Shape, define_integration
from gsdcheck.numeric.compiled.target import host, load, object_code
from gsdcheck.numeric.compiled.vector_functions import VectorFunctions
from gsdcheck.numeric.methods.registry import METHODS
from gsdcheck.numeric.methods.tableaus import Tableau


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What one kernel is generated from; hashable.

    Attributes:
        potential: Φ, or None where no closed form is carried: then no energies are computed.
    """

    sigma: Expression
    potential: Expression | None
    shape: Shape
    tableau: Tableau


def module_text(program: Program) -> str:
    """The LLVM assembly of the program, before optimisation; for reading, and what is compiled."""
    module = ir.Module(name="gsdcheck")
    lanes = program.shape.lanes
    functions = VectorFunctions(module, lanes)
    sigma = define_expression(module, functions, "sigma", program.sigma, lanes)
    sigma.attributes.add("alwaysinline")
    potential = None
    if program.potential is not None:
        potential = define_expression(module, functions, "potential", program.potential, lanes)
        potential.attributes.add("noinline")
    define_integration(module, program.shape, program.tableau, sigma, potential)
    return str(module)


def kernel_text(
    activation: str = "tanh", *, n: int = 2, form: str = "outer", method: str = "dop853", lanes: int = 16
) -> str:
    """The LLVM assembly of the kernel that `simulate` runs for skew W, γ = 0 and b = 0; to be read.

    Raises:
        UnknownName, InvalidInput: no such activation, form, or explicit Runge–Kutta method.
    """
    known, tableau = find_activation(activation), METHODS[method].tableau if method in METHODS else None
    if tableau is None:
        raise InvalidInput(f"method is {method!r}. Kernels are made for {', '.join(_COMPILED)}.")
    shape = Shape(n=n, lanes=lanes, form=Form(form), leaky=False, biased=False, hollow=True)
    return module_text(
        Program(sigma=known.expression, potential=known.potential, shape=shape, tableau=tableau)
    )


_COMPILED = [name for name, method in METHODS.items() if method.tableau is not None]

Kernel: TypeAlias = Callable[..., None]
"""`integrate` of `define_integration` as a Python callable of numbers and addresses."""


@lru_cache(maxsize=64)
def integration_kernel(program: Program) -> Kernel:
    """The compiled `integrate` of `define_integration`; calling it releases the interpreter's lock."""
    key = f"{host()} {program!r}"
    library = load(cached_object(key, lambda: object_code(module_text(program))), ("integrate",))
    signature = ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * 3, ctypes.c_double, *[ctypes.c_void_p] * 8)
    kernel = signature(library.address("integrate"))
    kernel.library = library  # type: ignore[attr-defined]  # the code lives as long as its library
    return kernel
