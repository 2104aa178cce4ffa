"""Darboux polynomials of one network: X(F) = K F for the Lie derivative X, expanded again over ℚ.

    {"kind": "darboux-polynomials", "subject": {...}, "chain": {...}, "pairs": [[F, K], ...]}

F' = K F along a solution is a linear equation for F, so that F is 0 always or never: {F = 0} is invariant.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flint import fmpq_mpoly

from gsdcheck.certify.chains import read_chain
from gsdcheck.certify.integral_text import UnitNames, shortened
from gsdcheck.certify.polynomial_data import read_polynomial
from gsdcheck.certify.polynomial_field import PolynomialField
from gsdcheck.certify.subject import Subject, describe, read_subject, require_keys, require_list
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.chain import Polynomial, opaque_chain
from gsdcheck.model.verdict import Evidence

MOST_PAIRS, MOST_PAIRED_TERMS = 200, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Established:
    """What was shown of one network: which statement, by which evidence, and why."""

    case: str
    evidence: Evidence
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DarbouxPolynomial:
    """F and K with X(F) = K F, as data and in the ring."""

    polynomial: Polynomial
    cofactor: Polynomial
    F: fmpq_mpoly
    K: fmpq_mpoly


def check_darboux_polynomials(data: Mapping[str, object]) -> Established:
    """That X(F) = K F for every pair of the certificate.

    Raises:
        CertificateRejected: malformed, or not shown.
        Undecided: a limit of the algebra.
    """
    require_keys(data, {"kind", "subject", "chain", "pairs"}, "Darboux polynomials")
    subject, field = read_field(data)
    found = [read_pair(pair, field) for pair in short_list(data["pairs"], "pairs")]
    if not found:
        raise CertificateRejected("there is no Darboux polynomial.")
    names = UnitNames(field.chain, subject.n, subject.form)
    shown = "; ".join(
        f"F = {names.polynomial(d.polynomial)}, K = {names.polynomial(d.cofactor)}" for d in found
    )
    return Established(
        case=f"{describe(subject)}; {shortened(shown)}",
        evidence=Evidence.SYMBOLIC,
        reason="each F is a Darboux polynomial: its Lie derivative expands over ℚ to K F",
    )


def read_field(data: Mapping[str, object]) -> tuple[Subject, PolynomialField]:
    """The network of a certificate and its polynomial field, by its chain or by σ alone."""
    subject = read_subject(data["subject"])
    if subject.state is not None or subject.step is not None:
        raise CertificateRejected(
            "the statement is about the flow from every state; it has no state and no step."
        )
    sigma = subject.activation
    chain = opaque_chain(sigma) if data["chain"] is None else read_chain(data["chain"], sigma)
    return subject, PolynomialField(subject, chain)


def read_pair(pair: object, field: PolynomialField) -> DarbouxPolynomial:
    """The Darboux polynomial of [F, K]."""
    F, K = require_list(pair, "a pair", 2)
    return read_darboux(F, K, field)


def read_darboux(polynomial: object, cofactor: object, field: PolynomialField) -> DarbouxPolynomial:
    """F and K, with X(F) = K F expanded.

    Raises:
        CertificateRejected: F is a constant, or the identity does not hold.
    """
    P, C = (read_polynomial(p, len(field.variables), "F or K") for p in (polynomial, cofactor))
    if not any(any(exponents) for exponents in P):
        raise CertificateRejected("a Darboux polynomial is no constant.")
    F, K = field.polynomial(P), field.polynomial(C)
    if field.lie(F) != field.reduced(K * F):
        raise CertificateRejected(
            "the Lie derivative of a Darboux polynomial is not its cofactor times itself."
        )
    return DarbouxPolynomial(polynomial=P, cofactor=C, F=F, K=K)


def short_list(data: object, what: str) -> list[object]:
    """The list, of at most 200 entries that hold at most 20,000 terms."""
    entries = require_list(data, what)
    parts = [part for entry in entries if isinstance(entry, list) for part in entry if isinstance(part, list)]
    terms = sum(map(len, parts))
    if len(entries) > MOST_PAIRS or terms > MOST_PAIRED_TERMS:
        raise CertificateRejected(
            f"{len(entries)} {what} of {terms} terms; at most {MOST_PAIRS} of {MOST_PAIRED_TERMS} are read."
        )
    return entries
