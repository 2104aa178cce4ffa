"""Exact numbers: the entries of matrices and states, sizes, and steps."""

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

_TINIEST = -8
"""Floats start at 1e-8: below, squares of entries leave the range that tests of a claim can resolve."""


def elements(*kinds: Kind, largest: Exact = 100_000_000) -> SearchStrategy[Fraction]:
    """Exact rationals r with |r| ≤ largest: 0, integers to 9, p/q with q ≤ 12, floats from 1e-8.

    A float is drawn as a decimal like -3.7e-5 and is the exact binary fraction that float64 holds. What lies
    beyond `largest` is moved to the bound. Without kinds all four are drawn. Shrinks towards 0, then 1.

    Raises:
        InvalidInput: a kind that does not exist, or `largest` below 1e-8.
    """
    for kind in kinds:
        if kind not in KINDS:
            raise InvalidInput(f"unknown kind of elements {kind!r}. The kinds are {', '.join(KINDS)}.")
    return _elements(kinds or KINDS, exact(largest))


@lru_cache(maxsize=64)
def _elements(kinds: tuple[Kind, ...], largest: Fraction) -> SearchStrategy[Fraction]:
    if largest < Fraction(1, 10**-_TINIEST):
        raise InvalidInput(
            f"largest is {float(largest)!r}. Elements reach down to 1e-8, so it is at least 1e-8."
        )
    drawn = {
        "zero": st.just(Fraction(0)),
        "integers": st.integers(-9, 9).map(Fraction),
        "rationals": st.builds(Fraction, st.integers(-30, 30), st.integers(2, 12)),
        "floats": _floats(largest),
    }
    return st.one_of(*(drawn[kind] for kind in kinds)).map(lambda r: min(max(r, -largest), largest))


def _floats(largest: Fraction) -> SearchStrategy[Fraction]:
    """±m·10^e as float64 rounds it, all decades from 1e-8 to `largest` alike."""
    decades = len(str(int(largest))) - 1 if largest >= 1 else 0
    return st.builds(_decimal, st.integers(-999, 999), st.integers(_TINIEST, max(decades, 0)))


def _decimal(significand: int, exponent: int) -> Fraction:
    return Fraction(float(f"{significand or 1}e{exponent}"))


def nonzero_elements(*kinds: Kind, largest: Exact = 100_000_000) -> SearchStrategy[Fraction]:
    """As `elements`, without 0, which becomes 1 instead of being rejected."""
    kept = tuple(kind for kind in kinds or KINDS if kind != "zero")
    one = min(Fraction(1), exact(largest))
    return elements(*kept, largest=largest).map(lambda r: r or one)


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
    powers = st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(1, 100), Fraction(1, 1000)])
    thousandths = st.integers(1, 1000).map(lambda k: Fraction(k, 1000))
    binary = st.integers(1, 1000).map(lambda k: Fraction(k / 1000))
    large = st.integers(1, 10).map(Fraction)
    return st.one_of(powers, thousandths, binary, large).map(lambda h: min(h, bound))
