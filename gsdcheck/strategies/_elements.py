"""Exact numbers: the entries of matrices and states, sizes, and steps.

An element costs one draw, an integer code: Hypothesis pays some 50 µs a draw, and a matrix has dozens.
Hypothesis prefers small integers, so the code is read in mixed radix, from its lowest digit: kind, decade,
sign, significand. Kinds and decades then come evenly, and short numbers before long ones.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Exact, exact

Kind: TypeAlias = Literal["zero", "integers", "rationals", "floats"]
KINDS: tuple[Kind, ...] = ("zero", "integers", "rationals", "floats")
"""The kinds of numbers that `elements` knows, the simplest first: examples shrink in this order."""

_SMALLEST = Fraction(1, 10**8)
_SIGNIFICANDS = sorted(range(100, 1000), key=lambda m: (m % 10 != 0, m % 100 != 0, m))
"""Hundredths of 1.00 to 9.99, those with few digits first."""
_CODES = 100_000
"""Of each kind; floats have at most 30,600 values within 1e-8 to 1e8."""


def elements(*kinds: Kind, largest: Exact = 100_000_000) -> SearchStrategy[Fraction]:
    """Exact rationals r with |r| ≤ largest: 0, integers to 9, p/q with q ≤ 12, floats from 1e-8.

    A float is drawn as a decimal like -3.7e-5 and is the exact binary fraction that float64 holds, every
    decade up to `largest` alike. Without kinds all four are drawn. Shrinks towards 0, then 1.

    Raises:
        InvalidInput: a kind that does not exist, or `largest` below 1e-8.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise InvalidInput(f"unknown kind of elements {kind!r}. The kinds are {', '.join(KINDS)}.")
    bound = exact(largest)
    if bound < _SMALLEST:
        raise InvalidInput(f"largest is {largest!r}. Floats reach down to 1e-8, so it is at least 1e-8.")
    return _elements(tuple(kind for kind in KINDS if kind in kinds) or KINDS, bound)


@lru_cache(maxsize=64)
def _elements(kinds: tuple[Kind, ...], largest: Fraction) -> SearchStrategy[Fraction]:
    decoders = [_decoder(kind, largest) for kind in kinds]
    last = len(kinds) * _CODES - 1
    return st.integers(0, last).map(lambda code: decoders[code % len(kinds)](code // len(kinds)))


def _decoder(kind: Kind, largest: Fraction) -> Callable[[int], Fraction]:
    """The element of this kind that belongs to a code; small codes, simple numbers."""
    if kind == "floats":
        return _float_decoder(largest)
    table = [r for r in _TABLES[kind] if abs(r) <= largest]
    return lambda code: table[code % len(table)]


_TABLES = {
    "zero": [Fraction(0)],
    "integers": sorted(map(Fraction, range(-9, 10)), key=lambda r: (abs(r), r < 0)),
    "rationals": sorted(
        {Fraction(p, q) for q in range(2, 13) for p in range(-30, 31)},
        key=lambda r: (r.denominator, abs(r), r < 0),
    ),
}


def _float_decoder(largest: Fraction) -> Callable[[int], Fraction]:
    """±m·10^e as float64 rounds it, 1 ≤ m < 10, within the bounds; 10⁰ comes first, then 10¹, 10⁻¹, …."""
    top = max(e for e in range(-8, 309) if Fraction(10) ** e <= largest)
    decades = sorted(range(-8, top + 1), key=lambda e: (abs(e), e < 0))

    def decode(code: int) -> Fraction:
        rest, decade = divmod(code, len(decades))
        rest, sign = divmod(rest, 2)
        significand = _SIGNIFICANDS[rest % len(_SIGNIFICANDS)]
        size = Fraction(float(f"{significand}e{decades[decade] - 2}"))
        return min(max(size, _SMALLEST), largest) * (-1 if sign else 1)

    return decode


def nonzero_elements(*kinds: Kind, largest: Exact = 100_000_000) -> SearchStrategy[Fraction]:
    """As `elements`, with 1 (or `largest`, if smaller) in place of 0."""
    one = min(Fraction(1), exact(largest))
    return elements(*kinds, largest=largest).map(lambda r: r or one)


def positive_elements(*kinds: Kind, largest: Exact = 100_000_000) -> SearchStrategy[Fraction]:
    """As `nonzero_elements`, with absolute values."""
    return nonzero_elements(*kinds, largest=largest).map(abs)


def sizes(
    *, smallest: int = 1, largest: int = 6, parity: Literal["odd", "even"] | None = None
) -> SearchStrategy[int]:
    """Numbers of units n, smallest ≤ n ≤ largest, all, odd or even ones."""
    wanted = {None: (0, 1), "even": (0,), "odd": (1,)}[parity]
    return st.sampled_from([n for n in range(smallest, largest + 1) if n % 2 in wanted])


def steps(*, largest: Exact = 10) -> SearchStrategy[Fraction]:
    """Euler steps 0 < h ≤ largest: powers of 1/10, k/1000 exactly and as a float, 1 to 10."""
    bound = exact(largest)
    if bound <= 0:
        raise InvalidInput(f"largest is {largest!r}. A step is positive.")
    kinds: list[list[Fraction]] = [
        [Fraction(1), Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)],
        [Fraction(k, 1000) for k in range(1000, 0, -1)],
        [Fraction(k / 1000) for k in range(1, 1001)],
        [Fraction(k) for k in range(1, 11)],
    ]
    tables = [[h for h in kind if h <= bound] or [bound] for kind in kinds]
    codes = st.integers(0, 4 * 1000 - 1)
    return codes.map(lambda code: tables[code % 4][code // 4 % len(tables[code % 4])])
