"""Real roots of integer polynomials, counted and enclosed without rounding."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq, fmpq_poly, fmpz_poly

from gsdcheck.certify.balls import lower as lower_end
from gsdcheck.certify.balls import precision
from gsdcheck.certify.balls import upper as upper_end
from gsdcheck.errors import Undecided


def sturm_chain(f: fmpz_poly) -> tuple[fmpz_poly, ...]:
    """f, f', then each the negated remainder of the two before it, up to positive factors.

    The chain of a constant is the constant alone. f must not be 0.
    """
    chain = [_primitive(f)]
    following = _primitive(f.derivative())
    while following:
        chain.append(following)
        remainder = fmpq_poly(chain[-2]) % fmpq_poly(chain[-1])
        # soundness: denominators and contents are positive, so no sign of Sturm's sequence changes.
        following = _primitive(-remainder.numer())
    return tuple(chain)


def sign_changes(chain: Sequence[fmpz_poly], at: Fraction | None, *, side: int = 1) -> int:
    """The number of sign changes of the chain at a rational, or for None at ±∞ as `side` says; zeros are left out."""
    if at is None:
        values = [p.leading_coefficient() * side ** p.degree() for p in chain]
    else:
        values = [p(fmpq(at.numerator, at.denominator)) for p in chain]
    signs = [value > 0 for value in values if value != 0]
    return sum(left != right for left, right in pairwise(signs))


def count_roots(chain: Sequence[fmpz_poly], lower: Fraction | None, upper: Fraction | None) -> int:
    """The number of distinct real roots in (lower, upper] of the head of a Sturm chain; None is -∞ or +∞.

    soundness: Sturm's theorem asks that no end is a multiple root; callers pass squarefree heads.
    """
    return sign_changes(chain, lower, side=-1) - sign_changes(chain, upper)


def positive_roots(f: fmpz_poly, bits: int) -> tuple[tuple[Fraction, Fraction], ...]:
    """Disjoint intervals 0 < l ≤ root ≤ u, one for each root > 0 of a squarefree f, in increasing order.

    An integer root below 2^bits has l = u; the others are enclosed with a relative width of about 2^-bits.

    Raises:
        Undecided: the proposed enclosures do not isolate the roots that Sturm's theorem counts.
    """
    chain = sturm_chain(f)
    with precision(bits):
        balls = [root.real for root, _ in f.complex_roots() if root.imag == 0 and root.real > 0]
        intervals = sorted(_ends(f, ball) for ball in balls)
    # soundness: complex_roots only proposes; Sturm's theorem finds one root in each interval, and no other.
    isolated = all(left[1] < right[0] for left, right in pairwise(intervals))
    held = all(_holds_one_root(chain, *interval) for interval in intervals)
    if not (isolated and held and len(intervals) == count_roots(chain, Fraction(0), None)):
        raise Undecided(
            f"The positive roots of a polynomial of degree {f.degree()} were not isolated at {bits} bits. "
            "Each root needs an interval of its own. Ask for more bits."
        )
    return tuple(intervals)


def _ends(f: fmpz_poly, ball: arb) -> tuple[Fraction, Fraction]:
    """The ends of the ball, or twice the integer in it if that is the root."""
    candidate = ball.unique_fmpz()
    if candidate is not None and f(candidate) == 0:
        return Fraction(int(candidate)), Fraction(int(candidate))
    return lower_end(ball), upper_end(ball)


def _holds_one_root(chain: Sequence[fmpz_poly], lower: Fraction, upper: Fraction) -> bool:
    if lower == upper:
        return bool(chain[0](fmpq(lower.numerator, lower.denominator)) == 0)
    return count_roots(chain, lower, upper) == 1


def _primitive(f: fmpz_poly) -> fmpz_poly:
    content = f.content()
    return f // content if content > 1 else f
