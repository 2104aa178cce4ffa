"""The sign of a rational polynomial on an interval, exactly, by Sturm sequences over Q."""

from fractions import Fraction

from flint import fmpq, fmpq_poly

from gsdcheck.certify.sturm import count_roots, sturm_chain

NEGATIVE, NULL, POSITIVE = 1, 2, 4
ANY = NEGATIVE | NULL | POSITIVE
"""Signs as masks: the set of signs that a value may have. 4 is > 0, 6 is ≥ 0, 2 is = 0, 7 says nothing."""


def rational(value: Fraction) -> fmpq:
    """The same number in FLINT."""
    return fmpq(value.numerator, value.denominator)


def mask_of(value: Fraction | fmpq) -> int:
    """The sign of a rational, as a mask."""
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else NULL


def polynomial_sign(coefficients: list[Fraction], low: Fraction | None, high: Fraction | None) -> int:
    """The signs that p = Σ c_k t^k takes on the open interval (low, high); None is an infinite end (exact).

    Dimensionless. ANY where p changes sign inside.
    """
    p = fmpq_poly([rational(c) for c in coefficients])
    if p.degree() < 0:
        return NULL
    if p.degree() == 0:
        return mask_of(p[0])
    inside = _inner_point(low, high)
    changes = _odd_part(p)
    if _roots_inside(changes, low, high):
        return ANY
    if not _roots_inside(p, low, high):
        return mask_of(p(rational(inside)))
    # p touches 0 inside without a change of sign: the odd part carries the sign, times a leading constant
    side = mask_of(changes(rational(inside))) if changes.degree() > 0 else POSITIVE
    leading = p.coeffs()[-1] > 0
    return NULL | (side if leading else _opposite(side))


def _opposite(mask: int) -> int:
    return {POSITIVE: NEGATIVE, NEGATIVE: POSITIVE}.get(mask, mask)


def _inner_point(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None:
        return Fraction(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _odd_part(p: fmpq_poly) -> fmpq_poly:
    """The monic product of the factors of odd multiplicity."""
    result = fmpq_poly([1])
    for factor, multiplicity in p.factor()[1]:
        if multiplicity % 2:
            result *= factor / factor.coeffs()[-1]
    return result


def _roots_inside(p: fmpq_poly, low: Fraction | None, high: Fraction | None) -> int:
    """The number of different roots of p in the open interval."""
    if p.degree() <= 0:
        return 0
    squarefree = p // p.gcd(p.derivative())
    roots = count_roots(sturm_chain(squarefree.numer()), low, high)  # in (low, high]
    return roots - (high is not None and p(rational(high)) == 0)
