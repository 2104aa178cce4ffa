"""What the kernels are written with: loops over units, arrays of vectors, numbers spread over the lanes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from llvmlite import ir

DOUBLE = ir.DoubleType()
INDEX = ir.IntType(64)
POINTER = ir.PointerType()
UNROLLED = 4
"""Up to this n the loops over units are written out, so that LLVM keeps states in registers."""


class Emission:
    """An IR builder for functions of n units in L lanes.

    Attributes:
        builder: llvmlite's, at the place where code is emitted.
        n, lanes: the sizes.
        vector: <L x double>.
    """

    def __init__(self, function: ir.Function, n: int, lanes: int) -> None:
        self.function = function
        self.builder = ir.IRBuilder(function.append_basic_block("entry"))
        self.n, self.lanes = n, lanes
        self.vector = ir.VectorType(DOUBLE, lanes)

    def index(self, value: int) -> ir.Value:
        """A constant of the type of indices."""
        return ir.Constant(INDEX, value)

    def splat(self, number: float | ir.Value) -> ir.Value:
        """The number in every lane."""
        if not isinstance(number, ir.Value):
            return ir.Constant(self.vector, [ir.Constant(DOUBLE, number)] * self.lanes)
        first = self.builder.insert_element(ir.Constant(self.vector, ir.Undefined), number, self.index(0))
        mask = ir.Constant(ir.VectorType(ir.IntType(32), self.lanes), [0] * self.lanes)
        return self.builder.shuffle_vector(first, ir.Constant(self.vector, ir.Undefined), mask)

    def array(self, count: int, name: str) -> ir.Value:
        """Memory of this call for `count` vectors; a pointer to the first."""
        return self.memory(self.vector, count, name)

    def memory(self, element: ir.Type, count: int, name: str) -> ir.Value:
        """Memory of this call for `count` elements; a pointer to the first."""
        with self.builder.goto_entry_block():
            place = self.builder.alloca(element, size=self.index(count), name=name)
        place.type = POINTER  # llvmlite gives it a typed one, which LLVM no longer reads
        return place

    def place(self, array: ir.Value, *indices: ir.Value | int, shape: tuple[int, ...] = ()) -> ir.Value:
        """The pointer to the element [i, j, …] of an array whose last axes have the lengths `shape`."""
        at = self._constant(indices[0])
        for index, length in zip(indices[1:], shape, strict=True):
            at = self.builder.add(self.builder.mul(at, self.index(length)), self._constant(index))
        return self.builder.gep(array, [at], source_etype=self.vector)

    def load(self, array: ir.Value, *indices: ir.Value | int, shape: tuple[int, ...] = ()) -> ir.Value:
        """The vector at [i, j, …]."""
        return self.builder.load(self.place(array, *indices, shape=shape), typ=self.vector)

    def store(
        self, value: ir.Value, array: ir.Value, *indices: ir.Value | int, shape: tuple[int, ...] = ()
    ) -> None:
        """Puts the vector at [i, j, …]."""
        self.builder.store(value, self.place(array, *indices, shape=shape))

    def fma(self, a: ir.Value, b: ir.Value, c: ir.Value) -> ir.Value:
        """a·b + c with one rounding."""
        return self.builder.call(self.intrinsic("fma", 3), [a, b, c], name="fma")

    def absolute(self, a: ir.Value) -> ir.Value:
        """|a|."""
        return self.builder.call(self.intrinsic("fabs", 1), [a], name="abs")

    def intrinsic(self, name: str, arguments: int) -> ir.Function:
        """LLVM's own elementwise function of that name."""
        module, full = self.function.module, f"llvm.{name}.v{self.lanes}f64"
        if full not in module.globals:
            ir.Function(module, ir.FunctionType(self.vector, [self.vector] * arguments), name=full)
        return module.globals[full]

    def scalar(self, array: ir.Value, index: ir.Value, kind: ir.Type, name: str = "") -> ir.Value:
        """The number at an index of an array of numbers."""
        return self.builder.load(self.builder.gep(array, [index], source_etype=kind), typ=kind, name=name)

    def each_unit(self, body: Callable[[ir.Value | int], None]) -> None:
        """The body for i = 0 … n-1."""
        if self.n <= UNROLLED:
            for i in range(self.n):
                body(i)
        else:
            with self.loop(self.index(self.n), "unit") as i:
                body(i)

    def sum_over_units(
        self, start: ir.Value, add: Callable[[ir.Value | int, ir.Value], ir.Value]
    ) -> ir.Value:
        """add(n-1, … add(0, start)): a sum over the units."""
        if self.n <= UNROLLED:
            total = start
            for j in range(self.n):
                total = add(j, total)
            return total
        build = self.builder
        body, after = (self.function.append_basic_block(f"sum.{part}") for part in ("body", "out"))
        before = build.block
        build.branch(body)
        build.position_at_end(body)
        j, total = build.phi(INDEX, "term"), build.phi(self.vector, "sum")
        j.add_incoming(self.index(0), before)
        total.add_incoming(start, before)
        added, following = add(j, total), build.add(j, self.index(1))
        j.add_incoming(following, build.block)
        total.add_incoming(added, build.block)
        build.cbranch(build.icmp_unsigned("<", following, self.index(self.n)), body, after)
        build.position_at_end(after)
        return added

    @contextmanager
    def loop(self, count: ir.Value, name: str) -> Iterator[ir.Value]:
        """A loop over 0 … count-1, count ≥ 1; yields the index."""
        build = self.builder
        start = build.block
        body, after = (self.function.append_basic_block(f"{name}.{part}") for part in ("body", "out"))
        build.branch(body)
        build.position_at_end(body)
        i = build.phi(INDEX, name)
        i.add_incoming(self.index(0), start)
        yield i
        following = build.add(i, self.index(1))
        i.add_incoming(following, build.block)
        build.cbranch(build.icmp_unsigned("<", following, count), body, after)
        build.position_at_end(after)

    def _constant(self, index: ir.Value | int) -> ir.Value:
        return self.index(index) if isinstance(index, int) else index
