"""The orbits of x' = Wx as a whole, decided over ℚ: bounded for t ≥ 0, or all periodic."""

from fractions import Fraction

from flint import fmpq_poly, fmpz_poly

from gsdcheck.certify.commensurate import common_square, positive_rational_roots
from gsdcheck.certify.linear import imaginary_part, integer_matrix, is_similar_to_skew
from gsdcheck.certify.sturm import count_roots, sturm_chain
from gsdcheck.model.system import Matrix


def minimal_polynomial(W: Matrix) -> tuple[Fraction, ...]:
    """The coefficients of the monic polynomial of least degree that W is a root of, ascending."""
    A, scale = integer_matrix(W)
    m = A.minpoly()
    return tuple(int(c) * scale ** (m.degree() - i) for i, c in enumerate(m.coeffs()))


def is_bounded_forward(W: Matrix) -> bool:
    """Every orbit of x' = Wx is bounded for t ≥ 0: Re λ ≤ 0 for every eigenvalue, semisimple where Re λ = 0.

    With the minimal polynomial m: its roots on iℝ are simple, and the others have Re λ < 0.
    """
    m = integer_matrix(W)[0].minpoly()
    zeros, factors = imaginary_part(m)
    # soundness: a factor holds the roots of m that are symmetric about 0: all on iℝ, or one has Re λ > 0
    simple = zeros <= 1 and all(
        multiplicity == 1 and count_roots(sturm_chain(f), Fraction(0), None) == f.degree()
        for f, multiplicity in factors
    )
    if not simple:
        return False
    rest = m // fmpz_poly([0, 1]) if zeros else m
    for f, _ in factors:
        rest = rest // _in_square(f)
    return is_hurwitz(rest)


def _in_square(f: fmpz_poly) -> fmpz_poly:
    """f(-λ²) with a positive leading coefficient: its roots are ±iω for the roots ω² of f."""
    coefficients = [0] * (2 * f.degree() + 1)
    for k, c in enumerate(f.coeffs()):
        coefficients[2 * k] = (-1) ** k * int(c)
    p = fmpz_poly(coefficients)
    return p if p.leading_coefficient() > 0 else -p


def is_hurwitz(p: fmpz_poly) -> bool:
    """Every root of p has Re λ < 0; p has a positive leading coefficient.

    Routh: dividing the part of p of one parity by the other gives quotients c λ with c > 0, down to a constant.
    """
    degree = p.degree()
    parts = [
        fmpq_poly([c if (degree - k) % 2 == parity else 0 for k, c in enumerate(p.coeffs())])
        for parity in (0, 1)
    ]
    a, b = parts
    while b:
        if b.degree() != a.degree() - 1:
            return False
        c = a.coeffs()[-1] / b.coeffs()[-1]
        if not c > 0:
            return False
        a, b = b, a - fmpq_poly([0, c]) * b
    return bool(a.degree() == 0)


def are_periodic(W: Matrix) -> bool:
    """Every orbit of x' = Wx is periodic, equilibria included.

    That is: W is similar to a skew matrix and its frequencies ω > 0 are pairwise commensurate. If they are, the sum
    of the ω², which is rational, is a rational multiple of each: so each ω² is rational, and the ratios are
    squares of rationals.
    """
    return is_similar_to_skew(W) and common_frequency_squared(W) is not None


def common_frequency_squared(W: Matrix) -> Fraction | None:
    """ω₀² for the largest ω₀ > 0 of which every frequency of W is a multiple; 0 without one > 0, None if there is none."""
    A, scale = integer_matrix(W)
    squares: list[Fraction] = []
    for f, _ in imaginary_part(A.charpoly())[1]:
        roots = positive_rational_roots(f)
        if roots is None:
            return None
        squares.extend(root * scale**2 for root in roots)
    return common_square(squares)
