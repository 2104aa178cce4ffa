"""L numbers as one LLVM value, with Python's operators, so that the formulas of this room read as mathematics."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from llvmlite import ir

_DOUBLE, _INTEGER, _BIT = ir.DoubleType(), ir.IntType(64), ir.IntType(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where instructions go, and how many numbers each handles.

    Attributes:
        builder: the `ir.IRBuilder`.
        lanes: L.
        function: name ↦ the vector function of that name in the same module, for those built on others.
    """

    builder: Any
    lanes: int
    function: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Vector:
    """L float64 at a place. An operator emits one instruction, rounded once; a float stands for L copies.

    Nothing is reassociated, no nan or infinity assumed away, and a multiplication and an addition are fused
    only where `fma` says so: an error analysis on paper holds of the machine code.
    """

    place: Place
    value: Any

    def __add__(self, other: "Vector | float") -> "Vector":
        return Vector(self.place, self.place.builder.fadd(self.value, self.like(other).value))

    def __sub__(self, other: "Vector | float") -> "Vector":
        return Vector(self.place, self.place.builder.fsub(self.value, self.like(other).value))

    def __mul__(self, other: "Vector | float") -> "Vector":
        return Vector(self.place, self.place.builder.fmul(self.value, self.like(other).value))

    def __truediv__(self, other: "Vector | float") -> "Vector":
        return Vector(self.place, self.place.builder.fdiv(self.value, self.like(other).value))

    def __radd__(self, other: float) -> "Vector":
        return self.like(other) + self

    def __rsub__(self, other: float) -> "Vector":
        return self.like(other) - self

    def __rmul__(self, other: float) -> "Vector":
        return self.like(other) * self

    def __rtruediv__(self, other: float) -> "Vector":
        return self.like(other) / self

    def __neg__(self) -> "Vector":
        return Vector(self.place, self.place.builder.fneg(self.value))

    def __lt__(self, other: "Vector | float") -> "Mask":
        return self._compared("<", other)

    def __gt__(self, other: "Vector | float") -> "Mask":
        return self._compared(">", other)

    def __le__(self, other: "Vector | float") -> "Mask":
        return self._compared("<=", other)

    def __ge__(self, other: "Vector | float") -> "Mask":
        return self._compared(">=", other)

    def equals(self, other: "Vector | float") -> "Mask":
        """Lane by lane; a nan equals nothing, -0 equals 0."""
        return self._compared("==", other)

    def like(self, other: "Vector | float") -> "Vector":
        """A vector as it is, a number in every lane."""
        return other if isinstance(other, Vector) else number(self.place, other)

    def named(self, name: str) -> "Vector":
        """The same value, so called in the printed module."""
        self.value.name = name
        return self

    def called(self, name: str) -> "Vector":
        """The value of the vector function `name` at this argument."""
        builder = self.place.builder
        return Vector(self.place, builder.call(self.place.function(name), [self.value], name=name))

    def bits(self) -> "Bits":
        """The 64 bits of each lane."""
        kind = ir.VectorType(_INTEGER, self.place.lanes)
        return Bits(self.place, self.place.builder.bitcast(self.value, kind))

    def _compared(self, relation: str, other: "Vector | float") -> "Mask":
        compared = self.place.builder.fcmp_ordered(relation, self.value, self.like(other).value)
        return Mask(self.place, compared)


@dataclass(frozen=True, slots=True)
class Bits:
    """L integers of 64 bits."""

    place: Place
    value: Any

    def __add__(self, other: "Bits | int") -> "Bits":
        return Bits(self.place, self.place.builder.add(self.value, self._like(other)))

    def __sub__(self, other: "Bits | int") -> "Bits":
        return Bits(self.place, self.place.builder.sub(self.value, self._like(other)))

    def __rsub__(self, other: int) -> "Bits":
        return Bits(self.place, self.place.builder.sub(self._like(other), self.value))

    def __and__(self, other: "Bits | int") -> "Bits":
        return Bits(self.place, self.place.builder.and_(self.value, self._like(other)))

    def __or__(self, other: "Bits | int") -> "Bits":
        return Bits(self.place, self.place.builder.or_(self.value, self._like(other)))

    def __xor__(self, other: "Bits | int") -> "Bits":
        return Bits(self.place, self.place.builder.xor(self.value, self._like(other)))

    def __lshift__(self, by: int) -> "Bits":
        return Bits(self.place, self.place.builder.shl(self.value, self._like(by)))

    def __rshift__(self, by: int) -> "Bits":
        return Bits(self.place, self.place.builder.lshr(self.value, self._like(by)))

    def is_zero(self) -> "Mask":
        """Lane by lane."""
        return Mask(self.place, self.place.builder.icmp_signed("==", self.value, self._like(0)))

    def double(self) -> Vector:
        """The float64 with these bits."""
        return Vector(self.place, self.place.builder.bitcast(self.value, vector_type(self.place.lanes)))

    def _like(self, other: "Bits | int") -> Any:
        if isinstance(other, Bits):
            return other.value
        lanes = self.place.lanes
        return ir.Constant(ir.VectorType(_INTEGER, lanes), [ir.Constant(_INTEGER, other)] * lanes)


@dataclass(frozen=True, slots=True)
class Mask:
    """L truth values."""

    place: Place
    value: Any

    def __or__(self, other: "Mask") -> "Mask":
        return Mask(self.place, self.place.builder.or_(self.value, other.value))

    def __and__(self, other: "Mask") -> "Mask":
        return Mask(self.place, self.place.builder.and_(self.value, other.value))

    def any(self) -> Any:
        """One i1: whether some lane holds."""
        word = ir.IntType(self.place.lanes)
        packed = self.place.builder.bitcast(self.value, word)
        return self.place.builder.icmp_unsigned("!=", packed, ir.Constant(word, 0))


Number: TypeAlias = Vector | float


def vector_type(lanes: int) -> Any:
    """<L x double>."""
    return ir.VectorType(_DOUBLE, lanes)


def number(place: Place, value: float) -> Vector:
    """The float64 `value` in every lane."""
    lanes = place.lanes
    return Vector(place, ir.Constant(vector_type(lanes), [ir.Constant(_DOUBLE, value)] * lanes))


def fma(a: Vector, b: Number, c: Number) -> Vector:
    """ab + c, rounded once."""
    return _intrinsic("fma", a, a.like(b), a.like(c))


def select(condition: Mask, yes: Number, no: Number) -> Vector:
    """Lane by lane: yes where the condition holds, no elsewhere; the one not chosen may be nan."""
    place = condition.place
    values = [v if isinstance(v, Vector) else number(place, v) for v in (yes, no)]
    return Vector(place, place.builder.select(condition.value, values[0].value, values[1].value))


def at_most(x: Vector, bound: float) -> Vector:
    """min(x, bound), and nan for nan, which is how x86 has its minimum."""
    return select(x > bound, bound, x)


def at_least(x: Vector, bound: float) -> Vector:
    """max(x, bound), and nan for nan."""
    return select(x < bound, bound, x)


def magnitude(x: Vector) -> Vector:
    """|x|; -0 becomes 0."""
    return _intrinsic("fabs", x)


def square_root(x: Vector) -> Vector:
    """√x, correctly rounded; √-0 = -0."""
    return _intrinsic("sqrt", x)


def with_sign_of(size: Vector, sign: Vector) -> Vector:
    """|size| with the sign of the other, -0 and the sign of a nan included."""
    return _intrinsic("copysign", size, sign)


def _intrinsic(name: str, *arguments: Vector) -> Vector:
    place = arguments[0].place
    kind = vector_type(place.lanes)
    full = f"llvm.{name}.v{place.lanes}f64"
    module = place.builder.module
    known = module.globals.get(full)
    function = known or ir.Function(module, ir.FunctionType(kind, [kind] * len(arguments)), full)
    return Vector(place, place.builder.call(function, [a.value for a in arguments], name=name))
