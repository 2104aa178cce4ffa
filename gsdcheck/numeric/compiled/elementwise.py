"""σ, σ' or Φ of whole arrays by compiled code: for comparison with the NumPy path, and for large arrays."""

import ctypes
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from llvmlite import ir

from gsdcheck.model.expression import Expression
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.compiled.arithmetic import BITS, DOUBLE
from gsdcheck.numeric.compiled.cache import cached_object
from gsdcheck.numeric.compiled.emission import Emission
from gsdcheck.numeric.compiled.expressions import define_expression
from gsdcheck.numeric.compiled.target import Library, compile_object, host_description, load_object
from gsdcheck.numeric.compiled.vector_functions import VectorFunctions
from gsdcheck.numeric.evaluation import Function

LANES = 16


@lru_cache(maxsize=64)
def compiled_expression(tree: Expression) -> Function:
    """x ↦ the value of the tree at x, elementwise, as `evaluation.compile_expression`, by compiled code."""
    library = _library(tree)
    kernel = ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p)(library.address("each"))
    kernel.library = library  # type: ignore[attr-defined]  # the code lives as long as its library

    def evaluate(x: FloatArray) -> FloatArray:
        flat = np.ascontiguousarray(x, dtype=np.float64).ravel()
        groups = -(-flat.size // LANES)
        padded = np.zeros(groups * LANES)
        padded[: flat.size] = flat
        if groups:
            kernel(groups, padded.ctypes.data, padded.ctypes.data)
        return padded[: flat.size].reshape(np.shape(x))

    return evaluate


def module_text(tree: Expression) -> str:
    """The LLVM assembly of `each`, before optimisation: values[i] = tree(arguments[i]) for groups of 16."""
    module = ir.Module(name="gsdcheck")
    body = define_expression(module, VectorFunctions(module, LANES), "expression", tree, LANES)
    pointer = ir.PointerType()
    kind = ir.FunctionType(ir.VoidType(), [BITS, pointer, pointer])
    function = ir.Function(module, kind, name="each")
    emit = Emission(function, 1, LANES)
    groups, arguments, values = function.args
    with emit.loop(groups, "group") as group:
        at = emit.builder.mul(group, emit.index(LANES))
        source, target = (emit.builder.gep(a, [at], source_etype=DOUBLE) for a in (arguments, values))
        x = emit.builder.load(source, typ=emit.vector, align=8)
        emit.builder.store(emit.builder.call(body, [x]), target, align=8)
    emit.builder.ret_void()
    return str(module)


def repeated(tree: Expression, size: int, times: int) -> Callable[[], None]:
    """A call that applies the compiled tree `times` over to the same `size` numbers: what σ alone costs."""
    groups = -(-size // LANES)
    kernel = ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p)
    each, memory = kernel(_library(tree).address("each")), np.linspace(-3, 3, groups * LANES)
    result = np.empty_like(memory)

    def run() -> None:
        for _ in range(times):
            each(groups, memory.ctypes.data, result.ctypes.data)

    return run


@lru_cache(maxsize=64)
def _library(tree: Expression) -> Library:
    key = f"{host_description()} each {tree!r}"
    return load_object(cached_object(key, lambda: compile_object(module_text(tree))), "each")
