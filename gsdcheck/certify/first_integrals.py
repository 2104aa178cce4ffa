"""First integrals of one network, expanded again over ℚ.

    {"kind": "first-integral", "subject": {...}, "chain": {...} or null, "continuous": null or a fact,
     "polynomial": Q, "potentials": ["1", "1"], "potential": "log(cosh(x))" or null,
     "logarithms": [["-1/2", F, K], ...], "witness": ["1/2", "1/3"]}

I = Q + Σ β_i Φ(x_i) + Σ c log|F|, Φ' = σ, is constant along solutions if X(Q) + Σ β_i σ_i f_i + Σ c K = 0, where X is the
Lie derivative and X(F) = K F. That it is no constant function is seen at the witness.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq_mpoly

from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.chains import require_antiderivative
from gsdcheck.certify.darboux import DarbouxPolynomial, Established, read_darboux, read_field, short_list
from gsdcheck.certify.integral_text import UnitNames, at_unit_in_sum, linear_text, shortened
from gsdcheck.certify.polynomial_data import read_polynomial
from gsdcheck.certify.polynomial_field import PolynomialField, scaled, value_at
from gsdcheck.certify.premise import BITS
from gsdcheck.certify.subject import (
    Subject,
    describe,
    require_expression,
    require_keys,
    require_list,
    require_rational,
)
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.chain import Polynomial
from gsdcheck.model.expression import Expression, X
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Evidence, weakest

_KEYS = {
    *("kind", "subject", "chain", "continuous", "polynomial", "potentials", "potential", "logarithms"),
    "witness",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Integral:
    """Q + Σ β_i Φ(x_i) + Σ c log|F|."""

    polynomial: Polynomial
    potentials: tuple[Fraction, ...]
    potential: Expression | None
    logarithms: tuple[tuple[Fraction, DarbouxPolynomial], ...]


def check_first_integral(data: Mapping[str, object]) -> Established:
    """That the function of the certificate is constant along every solution, and is no constant.

    Raises:
        CertificateRejected: malformed, or not shown.
        Undecided: a limit of the algebra.
    """
    require_keys(data, _KEYS, "a first integral")
    subject, field = read_field(data)
    integral = read_integral(data, field)
    evidence = require_continuous(data["continuous"], subject, field, used=any(integral.potentials))
    slopes = slopes_of(integral, field)
    drift = sum((scaled(c, d.K) for c, d in integral.logarithms), field.zero)
    # soundness: all of dI/dt, reduced by identities that hold on the line, is the zero polynomial
    if field.reduced(field.rate(slopes) + drift) != 0:
        raise CertificateRejected("the Lie derivative is not the zero polynomial.")
    _require_not_constant(data["witness"], subject, field, slopes, integral)
    text = shortened(linear_text(_terms(UnitNames(field.chain, subject.n, subject.form), integral)))
    text += ", Phi' = σ" if any(integral.potentials) and integral.potential is None else ""
    where = " on which its logarithms are defined" if integral.logarithms else ""
    return Established(
        case=f"{describe(subject)}; I = {text}",
        evidence=weakest(Evidence.SYMBOLIC, evidence),
        reason=f"I is constant along every solution{where}: dI/dt expands to 0 over ℚ, and I is no constant",
    )


def read_integral(data: Mapping[str, object], field: PolynomialField) -> Integral:
    """The function that the data spells; its Darboux polynomials and the closed form of Φ are checked."""
    potentials = tuple(
        require_rational(v, "a coefficient of Φ")
        for v in require_list(data["potentials"], "potentials", field.n)
    )
    return Integral(
        polynomial=read_polynomial(data["polynomial"], len(field.variables), "polynomial"),
        potentials=potentials,
        potential=_potential(data["potential"], field, used=any(potentials)),
        logarithms=tuple(_logarithm(entry, field) for entry in short_list(data["logarithms"], "logarithms")),
    )


def _potential(text: object, field: PolynomialField, *, used: bool) -> Expression | None:
    """A closed form of Φ up to a constant, its slope shown to be σ."""
    if text is None:
        return None
    if not (used and field.chain.is_closed):
        raise CertificateRejected("a closed form of Φ is read only where Φ occurs and σ has a chain.")
    potential = require_expression(text, "potential")
    require_antiderivative(potential, field.chain)
    return potential


def _logarithm(entry: object, field: PolynomialField) -> tuple[Fraction, DarbouxPolynomial]:
    coefficient, polynomial, cofactor = require_list(entry, "a logarithm", 3)
    c = require_rational(coefficient, "the coefficient of a logarithm")
    if c == 0:
        raise CertificateRejected("a logarithm with the coefficient 0.")
    return c, read_darboux(polynomial, cofactor, field)


def require_continuous(entry: object, subject: Subject, field: PolynomialField, *, used: bool) -> Evidence:
    """Φ is differentiable with Φ' = σ because σ is continuous: by its chain, or by a fact."""
    if field.chain.is_closed or not used:
        if entry is not None:
            raise CertificateRejected("continuity is not used here; the fact must be null.")
        return Evidence.EXACT
    # soundness: the fact is about this σ, says that it is continuous, and holds
    expected = {"expression": format_expression(subject.activation), "fact": "continuous", "holds": True}
    if not isinstance(entry, dict) or any(entry.get(key) != value for key, value in expected.items()):
        raise CertificateRejected("Φ' = σ needs the fact that σ is continuous.")
    return check_fact(entry)


def slopes_of(integral: Integral, field: PolynomialField) -> list[fmpq_mpoly]:
    """∂/∂x_i of the integral without its logarithms."""
    Q = field.polynomial(integral.polynomial)
    pairs = zip(integral.potentials, field.sigma, strict=True)
    return [field.slope(Q, i) + scaled(beta, s) for i, (beta, s) in enumerate(pairs)]


def _require_not_constant(
    data: object, subject: Subject, field: PolynomialField, slopes: list[fmpq_mpoly], integral: Integral
) -> None:
    """Some partial derivative of I with respect to the state differs from 0 at the witness."""
    point = [require_rational(v, "witness") for v in require_list(data, "witness", field.n)]
    with precision(BITS):
        gradient = _gradient(_arguments(subject, point), field, slopes, integral)
        if subject.form is Form.INNER:
            # soundness: y = Wx + b moves in the range of W alone, where k·y with kᵀW = 0 does not change
            columns = zip(*subject.W, strict=True)
            gradient = [
                sum((to_arb(w) * g for w, g in zip(column, gradient, strict=True)), arb(0))
                for column in columns
            ]
        # soundness: a finite ball without 0; it is not finite where a logarithm may be undefined
        if not any(g.is_finite() and not g.contains(0) for g in gradient):
            raise CertificateRejected("the integral was not seen to change near the witness.")


def _arguments(subject: Subject, x: list[Fraction]) -> list[Fraction]:
    """x, or y = Wx + b in the inner form."""
    if subject.form is Form.OUTER:
        return x
    return [
        sum((w * a for w, a in zip(row, x, strict=True)), b)
        for row, b in zip(subject.W, subject.bias, strict=True)
    ]


def _gradient(
    point: list[Fraction], field: PolynomialField, slopes: list[fmpq_mpoly], integral: Integral
) -> list[arb]:
    """∂I/∂x_i at the point, enclosed."""
    z = [enclose(g, to_arb(x)) for x in point for g in (X, *field.chain.generators)]
    found = []
    for i, slope in enumerate(slopes):
        parts = (
            to_arb(c) * value_at(field.slope(d.F, i), z) / value_at(d.F, z) for c, d in integral.logarithms
        )
        found.append(sum(parts, value_at(slope, z)))
    return found


def _terms(names: UnitNames, integral: Integral) -> Iterable[tuple[Fraction, str]]:
    for beta, unit in zip(integral.potentials, names.units, strict=True):
        if beta:
            known = integral.potential
            yield beta, f"Phi({unit})" if known is None else at_unit_in_sum(known, unit)
    yield from names.terms(integral.polynomial)
    for c, d in integral.logarithms:
        yield c, f"log(Abs({names.polynomial(d.polynomial)}))"
