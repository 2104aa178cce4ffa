"""Arithmetic on L lanes, for writing elementwise functions: every operation is one LLVM instruction or two."""

from collections.abc import Callable, Sequence

from llvmlite import ir

DOUBLE = ir.DoubleType()
BITS = ir.IntType(64)
_TO_INTEGER = 6755399441055744.0
"""1.5·2⁵²: a double this large has a unit of 1, so that adding it rounds |x| < 2⁵¹ to the nearest integer."""


class Arithmetic:
    """The body of a function <L x double> (<L x double>) under construction.

    Attributes:
        builder: llvmlite's.
        x: the argument.
    """

    def __init__(self, function: ir.Function, lanes: int) -> None:
        self.module, self.lanes = function.module, lanes
        self.vector, self.integers = ir.VectorType(DOUBLE, lanes), ir.VectorType(BITS, lanes)
        self.builder = ir.IRBuilder(function.append_basic_block("entry"))
        self.x = function.args[0]

    def number(self, value: float) -> ir.Constant:
        """The number in every lane."""
        return ir.Constant(self.vector, [ir.Constant(DOUBLE, value)] * self.lanes)

    def integer(self, value: int) -> ir.Constant:
        """The 64-bit integer in every lane."""
        return ir.Constant(self.integers, [ir.Constant(BITS, value)] * self.lanes)

    def add(self, a: ir.Value, b: ir.Value, name: str = "sum") -> ir.Value:
        """a + b."""
        return self.builder.fadd(a, b, name=name)

    def sub(self, a: ir.Value, b: ir.Value, name: str = "difference") -> ir.Value:
        """a - b."""
        return self.builder.fsub(a, b, name=name)

    def mul(self, a: ir.Value, b: ir.Value, name: str = "product") -> ir.Value:
        """a b."""
        return self.builder.fmul(a, b, name=name)

    def div(self, a: ir.Value, b: ir.Value, name: str = "quotient") -> ir.Value:
        """a / b."""
        return self.builder.fdiv(a, b, name=name)

    def neg(self, a: ir.Value) -> ir.Value:
        """-a."""
        return self.builder.fneg(a, name="negative")

    def fma(self, a: ir.Value, b: ir.Value, c: ir.Value, name: str = "fma") -> ir.Value:
        """a b + c with one rounding."""
        return self.builder.call(self._intrinsic("fma", 3), [a, b, c], name=name)

    def sqrt(self, a: ir.Value) -> ir.Value:
        """The square root, correctly rounded."""
        return self.builder.call(self._intrinsic("sqrt", 1), [a], name="root")

    def abs(self, a: ir.Value) -> ir.Value:
        """|a|."""
        return self.builder.call(self._intrinsic("fabs", 1), [a], name="size")

    def with_sign(self, size: ir.Value, sign: ir.Value) -> ir.Value:
        """|size| with the sign of the other, zeros included."""
        return self.builder.call(self._intrinsic("copysign", 2), [size, sign], name="signed")

    def with_sign_of_zero(self, value: ir.Value, zero: ir.Value) -> ir.Value:
        """The value, or the other where that is ±0: for functions with f(±0) = ±0."""
        return self.select(self.compare("==", zero, self.number(0.0)), zero, value)

    def power(self, a: ir.Value, exponent: float) -> ir.Value:
        """a**exponent by the C library's pow, lane by lane."""
        return self.builder.call(self._intrinsic("pow", 2), [a, self.number(exponent)], name="pow")

    def compare(self, relation: str, a: ir.Value, b: ir.Value) -> ir.Value:
        """Whether a RELATION b; false for a nan."""
        return self.builder.fcmp_ordered(relation, a, b)

    def select(self, test: ir.Value, a: ir.Value, b: ir.Value, name: str = "chosen") -> ir.Value:
        """a where the test holds, else b."""
        return self.builder.select(test, a, b, name=name)

    def at_most(self, a: ir.Value, bound: float) -> ir.Value:
        """min(a, bound); a nan stays."""
        return self.select(self.compare(">", a, self.number(bound)), self.number(bound), a)

    def at_least(self, a: ir.Value, bound: float) -> ir.Value:
        """max(a, bound); a nan stays."""
        return self.select(self.compare("<", a, self.number(bound)), self.number(bound), a)

    def nearest(self, a: ir.Value, scale: float) -> tuple[ir.Value, ir.Value]:
        """k = the integer nearest to a·scale, |k| < 2⁵¹, as a double and as an integer."""
        shifted = self.fma(a, self.number(scale), self.number(_TO_INTEGER), name="shifted")
        whole = self.sub(shifted, self.number(_TO_INTEGER), name="k")
        bits = self.builder.sub(self.bits(shifted), self.bits(self.number(_TO_INTEGER)), name="k.bits")
        return whole, bits

    def power_of_two(self, k: ir.Value) -> ir.Value:
        """2ᵏ for an integer -1022 ≤ k ≤ 1023."""
        exponent = self.builder.shl(self.builder.add(k, self.integer(1023)), self.integer(52))
        return self.builder.bitcast(exponent, self.vector, name="scale")

    def bits(self, a: ir.Value) -> ir.Value:
        """The bits of the doubles."""
        return self.builder.bitcast(a, self.integers)

    def doubles(self, a: ir.Value) -> ir.Value:
        """The doubles of the bits."""
        return self.builder.bitcast(a, self.vector)

    def polynomial(self, x: ir.Value, coefficients: Sequence[float]) -> ir.Value:
        """c₀ + c₁x + … by Estrin's scheme, whose chains are short enough to hide their latency."""
        terms: list[ir.Value] = [self.number(c) for c in coefficients]
        while len(terms) > 1:
            pairs = [self.fma(b, x, a, name="p") for a, b in zip(terms[::2], terms[1::2], strict=False)]
            terms = pairs + terms[len(pairs) * 2 :]
            if len(terms) > 1:
                x = self.mul(x, x, name="power")
        return terms[0]

    def horner(self, x: ir.Value, coefficients: Sequence[float]) -> ir.Value:
        """c₀ + c₁x + … by Horner's scheme: the fewest operations, and the smallest error."""
        total: ir.Value = self.number(coefficients[-1])
        for c in reversed(coefficients[:-1]):
            total = self.fma(total, x, self.number(c), name="p")
        return total

    def two_chains(self, x: ir.Value, coefficients: Sequence[float]) -> ir.Value:
        """c₀ + c₁x + … by Horner's scheme in x² for even and odd powers side by side."""
        square = self.mul(x, x, name="square")
        return self.fma(self.horner(square, coefficients[1::2]), x, self.horner(square, coefficients[::2]))

    def lanewise(self, symbol: str, a: ir.Value, active: ir.Value, otherwise: ir.Value) -> ir.Value:
        """The C library's function of that name in the active lanes, one after the other; else the other value.

        Behind a branch: where no lane is active it costs a test.
        """
        build = self.builder
        flags = build.bitcast(active, ir.IntType(self.lanes))
        call = self._library(symbol)
        before = build.block
        with build.if_then(build.icmp_unsigned("!=", flags, ir.Constant(flags.type, 0)), likely=False):
            values = a
            for lane in range(self.lanes):
                place = ir.Constant(ir.IntType(32), lane)
                value = build.call(call, [build.extract_element(a, place)])
                values = build.insert_element(values, value, place)
            rare = build.select(active, values, otherwise, name=symbol)
            last = build.block
        merged = build.phi(self.vector, name="merged")
        merged.add_incoming(otherwise, before)
        merged.add_incoming(rare, last)
        return merged

    def call(self, function: ir.Function, a: ir.Value) -> ir.Value:
        """Another elementwise function."""
        return self.builder.call(function, [a], name=function.name)

    def ret(self, value: ir.Value) -> None:
        """Ends the function with its value."""
        self.builder.ret(value)

    def _intrinsic(self, name: str, arguments: int) -> ir.Function:
        full = f"llvm.{name}.v{self.lanes}f64"
        return self._declared(full, lambda: ir.FunctionType(self.vector, [self.vector] * arguments))

    def _library(self, symbol: str) -> ir.Function:
        return self._declared(symbol, lambda: ir.FunctionType(DOUBLE, [DOUBLE]))

    def _declared(self, name: str, kind: Callable[[], ir.FunctionType]) -> ir.Function:
        if name not in self.module.globals:
            ir.Function(self.module, kind(), name=name)
        return self.module.globals[name]
