"""Polynomials over ℚ as plain data: [["1/2", [[variable, exponent], ...]], ...], one spelling each."""

from collections.abc import Sequence
from fractions import Fraction

from gsdcheck.certify.subject import require_list, require_rational
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.chain import Exponents, Polynomial

MOST_TERMS = 2_000
MOST_EXPONENT = 64


def polynomial_data(p: Polynomial) -> list[object]:
    """The polynomial as data, its terms in descending order of exponents."""
    return [[str(p[e]), exponents_data(e)] for e in sorted(p, reverse=True)]


def exponents_data(exponents: Sequence[int]) -> list[list[int]]:
    """The monomial as pairs of a variable and its exponent > 0."""
    return [[variable, e] for variable, e in enumerate(exponents) if e]


def read_polynomial(data: object, variables: int, what: str) -> Polynomial:
    """The polynomial in so many variables that the data spells.

    Raises:
        CertificateRejected: too long, a zero coefficient, a term twice or out of order, or a number, variable
            or exponent that is none.
    """
    terms = require_list(data, what)
    if len(terms) > MOST_TERMS:
        raise CertificateRejected(f"{what} has {len(terms)} terms; at most {MOST_TERMS} are read.")
    found: dict[Exponents, Fraction] = {}
    previous: Exponents | None = None
    for term in terms:
        coefficient, monomial = require_list(term, f"a term of {what}", 2)
        exponents = read_exponents(monomial, variables, what)
        value = require_rational(coefficient, f"a coefficient of {what}")
        # soundness: one spelling a polynomial: descending terms, so none twice, and none of them zero
        if value == 0 or (previous is not None and exponents >= previous):
            raise CertificateRejected(f"{what} has a zero term, or its terms are not in descending order.")
        found[exponents] = value
        previous = exponents
    return found


def read_exponents(data: object, variables: int, what: str) -> Exponents:
    """The exponents of one monomial."""
    exponents = [0] * variables
    last = -1
    for pair in require_list(data, f"a monomial of {what}"):
        variable, exponent = require_list(pair, f"a power of {what}", 2)
        if type(variable) is not int or type(exponent) is not int:
            raise CertificateRejected(f"{what}: a variable and its exponent are integers.")
        if not (last < variable < variables and 1 <= exponent <= MOST_EXPONENT):
            raise CertificateRejected(
                f"{what}: variable {variable} to the power {exponent} is not read here."
            )
        exponents[variable] = exponent
        last = variable
    return tuple(exponents)
