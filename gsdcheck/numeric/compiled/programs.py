"""From an activation to machine code: the readable module, its object on disk, and a callable kernel."""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from llvmlite import ir

from gsdcheck.model.expression import Expression
from gsdcheck.numeric.compiled.cache import cached_object
from gsdcheck.numeric.compiled.expressions import define_expression
from gsdcheck.numeric.compiled.kernels import Shape, define_integration
from gsdcheck.numeric.compiled.target import host, load, object_code
from gsdcheck.numeric.compiled.vector_functions import VectorFunctions
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
