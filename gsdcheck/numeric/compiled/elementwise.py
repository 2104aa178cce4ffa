"""A vector function along an array: y_i = f(x_i)."""

import ctypes
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

import numpy as np
from llvmlite import ir

from gsdcheck.errors import InvalidInput
from gsdcheck.model.expression import Expression
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.compiled.cache import cached_object
from gsdcheck.numeric.compiled.expressions import define_expression
from gsdcheck.numeric.compiled.target import Library, host, jit_library, load, object_code
from gsdcheck.numeric.compiled.vector import vector_type
from gsdcheck.numeric.compiled.vector_functions import VectorFunctions

_POINTER, _INTEGER = ir.PointerType(), ir.IntType(64)
_LANES = 16
_SIGNATURE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)


def elementwise(
    name: str, *, lanes: int = 8, inline: bool | None = True, cpu: str | None = None
) -> "Elementwise":
    """x ↦ f(x) for f of that name, compiled; x and the fresh result are float64 arrays of one shape."""
    module = ir.Module(name)
    return _compiled(module, VectorFunctions(module, lanes, inline).function(name), lanes, cpu)


def elementwise_power(q: Fraction, *, lanes: int = 8) -> "Elementwise":
    """u ↦ u^q, compiled."""
    module = ir.Module("power")
    return _compiled(module, VectorFunctions(module, lanes).power(q), lanes, None)


@lru_cache(maxsize=64)
def compiled_expression(tree: Expression) -> "Elementwise":
    """x ↦ the value of the tree at x, as `evaluation.compile_expression`, by compiled code that is kept on disk."""

    def make() -> bytes:
        return object_code(expression_module(tree))

    image = cached_object(f"{host()} each {tree!r}", make)
    return Elementwise(load(image, ("each_expression",)), "each_expression", _LANES)


def expression_module(tree: Expression) -> str:
    """The LLVM assembly of the tree along an array, before optimisation; for reading, and what is compiled."""
    module = ir.Module("expression")
    apply = define_expression(module, VectorFunctions(module, _LANES), "expression", tree, _LANES)
    along(module, apply, _LANES)
    return str(module)


def along(module: ir.Module, apply: ir.Function, lanes: int) -> str:
    """Exports a function (x, y, n) from the module: y_i = f(x_i) for i < n, n a multiple of the lanes. Its name."""
    kind = ir.FunctionType(ir.VoidType(), [_POINTER, _POINTER, _INTEGER])
    function = ir.Function(module, kind, f"each_{apply.name}")
    for argument, called in zip(function.args, "xyn", strict=True):
        argument.name = called
    _loop(function, apply, lanes)
    return str(function.name)


def _compiled(module: ir.Module, apply: ir.Function, lanes: int, cpu: str | None) -> "Elementwise":
    exported = along(module, apply, lanes)
    return Elementwise(jit_library(str(module), (exported,), cpu), exported, lanes)


def _loop(function: ir.Function, apply: ir.Function, lanes: int) -> None:
    """for (i = 0; i != n; i += lanes) y[i : i + lanes] = f(x[i : i + lanes])"""
    x, y, n = function.args
    entry, body, done = (function.append_basic_block(part) for part in ("entry", "body", "done"))
    builder = ir.IRBuilder(entry)
    builder.cbranch(builder.icmp_signed(">", n, _INTEGER(0)), body, done)
    builder.position_at_end(body)
    i = builder.phi(_INTEGER, name="i")
    source, sink = (builder.gep(array, [i], source_etype=ir.DoubleType()) for array in (x, y))
    vector = builder.load(source, align=8, typ=vector_type(lanes))
    builder.store(builder.call(apply, [vector]), sink, align=8)
    following = builder.add(i, _INTEGER(lanes), name="next_i")
    i.add_incoming(_INTEGER(0), entry)
    i.add_incoming(following, builder.block)
    builder.cbranch(builder.icmp_signed("<", following, n), body, done)
    ir.IRBuilder(done).ret_void()


class Elementwise:
    """The compiled loop, which keeps its machine code alive."""

    def __init__(self, library: Library, name: str, lanes: int) -> None:
        self._library, self._lanes = library, lanes
        self._code = _SIGNATURE(library.address(name))

    def __call__(self, x: FloatArray) -> FloatArray:
        """f(x_i), in whole vectors: the last one is filled up with ones."""
        array = np.asarray(x, dtype=np.float64)
        padded = np.ones(-(-array.size // self._lanes) * self._lanes)
        padded[: array.size] = array.reshape(-1)
        result = np.empty_like(padded)
        self.bound(padded, result)()
        return result[: array.size].reshape(array.shape)

    def bound(self, x: FloatArray, result: FloatArray) -> Callable[[], None]:
        """What puts f(x_i) into the result, whenever it is called, at the price of one foreign call.

        Raises:
            InvalidInput: the arrays are not contiguous float64 of one size, a multiple of the lanes.
        """
        for array in (x, result):
            if array.dtype != np.float64 or not array.flags.c_contiguous or array.size % self._lanes:
                raise InvalidInput(
                    f"array of shape {array.shape}, {array.dtype}: it must be contiguous float64 with a multiple of"
                    f" {self._lanes} elements. Call the function itself, which copies."
                )
        if x.size != result.size:
            raise InvalidInput(f"{x.size} arguments, room for {result.size} values. Give arrays of one size.")
        source, sink = x.ctypes.data, result.ctypes.data

        def run() -> None:
            self._code(source, sink, min(x.size, result.size))  # the closure keeps both arrays alive

        return run
