"""Whether square roots are integer multiples of one number: exact, over ℚ."""

import math
from collections.abc import Sequence
from fractions import Fraction

from flint import fmpz_poly

from gsdcheck.certify.sturm import count_roots, sturm_chain


def positive_rational_roots(p: fmpz_poly) -> list[Fraction] | None:
    """The different roots > 0 of p, or None if one of them is irrational."""
    roots: list[Fraction] = []
    for factor, _ in p.factor()[1]:
        if factor.degree() == 1:
            root = Fraction(-int(factor[0]), int(factor[1]))
            if root > 0:
                roots.append(root)
        # soundness: the real roots of an irreducible factor of higher degree are irrational
        elif count_roots(sturm_chain(factor), Fraction(0), None):
            return None
    return roots


def common_square(squares: Sequence[Fraction]) -> Fraction | None:
    """ω₀² for the largest ω₀ > 0 of which every √s is an integer multiple, s > 0; 0 for no s, None without an ω₀."""
    if not squares:
        return Fraction(0)
    ratios = [square / squares[0] for square in squares]
    roots = [Fraction(math.isqrt(r.numerator), math.isqrt(r.denominator)) for r in ratios]
    if any(root**2 != ratio for root, ratio in zip(roots, ratios, strict=True)):
        return None
    # soundness: in lowest terms, so that this is the largest number of which all the roots are multiples
    unit = Fraction(math.gcd(*(r.numerator for r in roots)), math.lcm(*(r.denominator for r in roots)))
    return squares[0] * unit**2
