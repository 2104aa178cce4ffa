"""Certificates: a few lines of plain data each, and what each establishes when it is checked.

    {"kind": "coq",      "claim": id, "theorems": [...], "sources": sha256}     a proof for every n, in Coq
    {"kind": "written",  "theorem": id, "page": sha256}         a proof for every n, on its page
    {"kind": "identity", "identity": name, "n": 4}              its algebra at one size, expanded again
    {"kind": "theorem",  "theorem": id, "subject": {...}, "facts": [...]}   a theorem applied to a subject
    {"kind": "guarantee", "theorem": id, "activation": "tanh(x)", "shift": "0", "facts": [...]}
                                                                a theorem for every network with this σ
    {"kind": "tanh-period", "energy": "1/2", "omega": "1", "digits": 25}    two enclosures that agree
    {"kind": "first-integral", ...}, {"kind": "darboux-polynomials", ...}   a Lie derivative, expanded over ℚ
    {"kind": "orbit", "theorem": id, "subject": {...}, "facts": [...], "along": {premise: {...}}}
                                                                a theorem about an orbit that is followed again

`conclude` is the only way from data to a `Conclusion`; it evaluates, it never searches.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from flint import arb

from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.balls import decimal_enclosure, enclose, precision
from gsdcheck.certify.coq import check_coq, grade
from gsdcheck.certify.darboux import Established, check_darboux_polynomials
from gsdcheck.certify.first_integrals import check_first_integral
from gsdcheck.certify.identities import IDENTITIES, require_identity
from gsdcheck.certify.line_facts import check_line_fact
from gsdcheck.certify.pages import page_fingerprint
from gsdcheck.certify.periods import period_by_elliptic_integral, period_by_quadrature
from gsdcheck.certify.premise import BITS, Finding, Known
from gsdcheck.certify.premises import ABOUT_ACTIVATION, PREMISES, READ_A_STATE, READ_A_STEP, READ_AN_ORBIT
from gsdcheck.certify.subject import (
    Subject,
    describe,
    is_zero,
    read_subject,
    require_expression,
    require_keys,
    require_list,
    require_rational,
    require_text,
)
from gsdcheck.certify.theorems import THEOREMS, Theorem
from gsdcheck.errors import CertificateRejected, GsdcheckError, UnknownCertificate
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.shift import shift_argument
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import MAY_PROVE, MAY_REFUTE, Evidence, Verdict, weakest

Enclosure = tuple[str, str]
MAX_FACTS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """What a certificate establishes: a verdict about one claim, for one case (None: for every subject)."""

    claim: str
    case: str | None
    verdict: Verdict
    evidence: Evidence
    rests_on: Evidence | None
    margin: Enclosure | None
    reason: str

    def __post_init__(self) -> None:
        allowed = {Verdict.PROVED: MAY_PROVE, Verdict.REFUTED: MAY_REFUTE}.get(self.verdict, frozenset())
        if self.evidence not in allowed:  # soundness: no verdict on evidence that is too weak for it
            raise CertificateRejected(f"evidence {self.evidence} cannot make {self.claim} {self.verdict}.")


def canonical_text(certificate: Mapping[str, object]) -> str:
    """The one spelling of a certificate as JSON.

    Raises:
        CertificateRejected: it is not plain JSON.
    """
    try:
        return json.dumps(certificate, sort_keys=True, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as fault:
        raise CertificateRejected(f"the certificate is not plain JSON: {fault}") from None


def conclude(certificate: Mapping[str, object]) -> Conclusion:
    """What the certificate establishes, by checking all of it.

    Raises:
        CertificateRejected: anything in it is unknown, malformed or untrue.
    """
    try:
        return _conclude(canonical_text(certificate))
    except CertificateRejected:
        raise
    except (GsdcheckError, ValueError, ArithmeticError, RecursionError) as fault:
        # soundness: a limit was met (of ours, or of Python's integers and stack), so nothing is established
        raise CertificateRejected(f"the check came to a limit: {fault}") from fault


@lru_cache(maxsize=4096)
def _conclude(text: str) -> Conclusion:
    certificate = json.loads(text)
    kind = certificate.get("kind") if isinstance(certificate, dict) else None
    if not isinstance(kind, str) or kind not in _KINDS:
        raise UnknownCertificate(
            f"unknown kind of certificate {str(kind)[:40]!r}; known: {', '.join(_KINDS)}."
        )
    return _KINDS[kind](certificate)


def _theorem(name: object) -> Theorem:
    text = require_text(name, "theorem")
    if text not in THEOREMS:
        raise UnknownCertificate(f"the table has no theorem {text!r}.")
    return THEOREMS[text]


def _coq(data: Mapping[str, object]) -> Conclusion:
    proof = check_coq(data)
    return Conclusion(
        claim=proof.claim,
        case=None,
        verdict=proof.verdict,
        evidence=Evidence.FORMAL,
        rests_on=None,
        margin=None,
        reason=proof.reason,
    )


def _written(data: Mapping[str, object]) -> Conclusion:
    require_keys(data, {"kind", "theorem", "page"}, "a written proof")
    theorem = _theorem(data["theorem"])
    if theorem.verdict is not Verdict.PROVED or theorem.id != theorem.claim:
        raise CertificateRejected(f"{theorem.id} is about one subject; it does not prove {theorem.claim}.")
    if data["page"] != page_fingerprint(theorem.page):
        raise CertificateRejected(
            f"the page {theorem.page} is not the text that the certificate was made from."
        )
    for step in theorem.steps:
        _require_steps(step)
    return Conclusion(
        claim=theorem.claim,
        case=None,
        verdict=Verdict.PROVED,
        evidence=Evidence.WRITTEN,
        rests_on=None,
        margin=None,
        reason=_written_reason(theorem),
    )


def _require_steps(name: str) -> None:
    for n in IDENTITIES[name].sizes:
        require_identity(name, n)


def _written_reason(theorem: Theorem) -> str:
    steps = ", ".join(theorem.steps)
    checked = f"; its identities ({steps}) were expanded again" if steps else ""
    return f"proved for every n in proofs/{theorem.page}.md{checked}"


def _identity(data: Mapping[str, object]) -> Conclusion:
    require_keys(data, {"kind", "identity", "n"}, "an identity")
    n = data["n"]
    if type(n) is not int:
        raise CertificateRejected(f"n is {n!r}, not an integer.")
    identity = require_identity(require_text(data["identity"], "identity"), n)
    return Conclusion(
        claim=identity.claim,
        case=f"{identity.name}, n = {n}",
        verdict=Verdict.PROVED,
        evidence=Evidence.SYMBOLIC,
        rests_on=None,
        margin=None,
        reason=f"{identity.says}, expanded over the integers with all symbols free at n = {n}",
    )


def _applied(data: Mapping[str, object]) -> Conclusion:
    require_keys(data, {"kind", "theorem", "subject", "facts"}, "an applied theorem")
    return _application(data, {})


def _followed(data: Mapping[str, object]) -> Conclusion:
    """A theorem some of whose premises are about an orbit: what is stated of it is enclosed again."""
    require_keys(data, {"kind", "theorem", "subject", "facts", "along"}, "an orbit")
    names = set(_theorem(data["theorem"]).premises) & READ_AN_ORBIT
    if not names:
        raise CertificateRejected("the theorem says nothing of an orbit that is followed.")
    return _application(data, require_keys(data["along"], names, "what is followed"))


def _application(data: Mapping[str, object], along: Mapping[str, object]) -> Conclusion:
    theorem = _theorem(data["theorem"])
    subject = read_subject(data["subject"])
    _require_no_more_than_read(theorem, subject)
    known = replace(_known(data["facts"], format_expression(subject.activation)), along=along)
    findings = [_decide(theorem, name, PREMISES[name].decide(subject, known)) for name in theorem.premises]
    for step in theorem.steps:
        _require_steps(step)
    with precision(BITS):
        margins = [decimal_enclosure(f.margin) for f in findings if f.margin is not None]
    found = weakest(*(f.evidence for f in findings))
    case = "; ".join([describe(subject), *(f.shown for f in findings if f.shown)])
    return Conclusion(
        claim=theorem.claim,
        case=case,
        verdict=theorem.verdict,
        evidence=found if theorem.direct else weakest(found, Evidence.THEOREM),
        rests_on=None if theorem.direct else grade(theorem.id),
        margin=margins[0] if margins else None,
        reason=f"{theorem.conclusion} ({case})",
    )


def _guarantee(data: Mapping[str, object]) -> Conclusion:
    """A theorem for every network with this σ: its premises about σ hold, the others remain as hypotheses."""
    require_keys(data, {"kind", "theorem", "activation", "shift", "facts"}, "a guarantee")
    theorem = _theorem(data["theorem"])
    if theorem.verdict is not Verdict.PROVED or theorem.direct:
        raise CertificateRejected(f"{theorem.id} is about one network; it guarantees nothing.")
    sigma = require_expression(data["activation"], "activation")
    shift = require_expression(data["shift"], "shift", constant=True)
    if not enclose(shift, arb(0)).is_finite():  # soundness: log(-1) is an exact expression and no shift
        raise CertificateRejected("the shift is no real number.")
    subject = _any_network(shift_argument(sigma, shift))
    known = _known(data["facts"], format_expression(subject.activation))
    about_sigma = [name for name in theorem.premises if name in ABOUT_ACTIVATION]
    if not about_sigma:
        raise CertificateRejected(f"{theorem.id} assumes nothing of σ.")
    findings = [_decide(theorem, name, PREMISES[name].decide(subject, known)) for name in about_sigma]
    for step in theorem.steps:
        _require_steps(step)
    rest = [PREMISES[name].says for name in theorem.premises if name not in ABOUT_ACTIVATION]
    # soundness: a bias of the inner form is τ's, and σ's less c: the hypotheses are about networks of τ
    about, of_tau = ("", "") if is_zero(shift) else (f", τ(x) = σ(x+{format_expression(shift)})", " of τ")
    return Conclusion(
        claim=theorem.claim,
        case=f"σ = {format_expression(sigma)}{about}; every network{of_tau} with {', '.join(rest)}",
        verdict=Verdict.PROVED,
        evidence=weakest(Evidence.THEOREM, *(f.evidence for f in findings)),
        rests_on=grade(theorem.id),
        margin=None,
        reason=theorem.conclusion,
    )


def _any_network(sigma: Expression) -> Subject:
    """σ in a network that stands for all: what premises about σ are given, and look no further at."""
    zero = Fraction(0)
    return Subject(
        activation=sigma, W=((zero,),), form=Form.OUTER, leak=zero, bias=(zero,), state=None, step=None
    )


def _require_no_more_than_read(theorem: Theorem, subject: Subject) -> None:
    """A state or a step that no premise reads would seem to be what the theorem speaks of."""
    for name, given, readers in (("state", subject.state, READ_A_STATE), ("step", subject.step, READ_A_STEP)):
        reads = not readers.isdisjoint(theorem.premises)
        if (given is not None) != reads:  # soundness: the case names exactly what the conclusion is about
            raise CertificateRejected(f"{theorem.id} {'needs' if reads else 'says nothing of'} a {name}.")


def _decide(theorem: Theorem, premise: str, finding: Finding) -> Finding:
    if finding.evidence not in MAY_REFUTE:  # soundness: one premise that is only sampled decides nothing
        raise CertificateRejected(f"the premise {premise} of {theorem.id} is only {finding.evidence}.")
    return finding


def _known(entries: object, expression: str) -> Known:
    """The facts and quantities that the certificates establish, all about this σ."""
    facts: dict[str, tuple[bool, Evidence]] = {}
    quantities: dict[str, tuple[arb, Evidence]] = {}
    certificates = require_list(entries, "facts")
    if len(certificates) > MAX_FACTS:
        raise CertificateRejected(f"{len(certificates)} facts; at most {MAX_FACTS} are read.")
    for entry in certificates:
        if not isinstance(entry, dict) or entry.get("expression") != expression:
            raise CertificateRejected(f"a fact is not about σ = {expression}.")
        if entry.get("kind") == "activation-quantity":
            name = require_text(entry.get("quantity"), "quantity")
            low, high = check_quantity(entry)
            quantities[name] = (low if low == high else low.union(high), Evidence.BALL)
        elif entry.get("kind") == "line-fact":
            facts[require_text(entry.get("fact"), "fact")] = (True, check_line_fact(entry))
        else:
            evidence = check_fact(entry)
            facts[require_text(entry.get("fact"), "fact")] = (entry["holds"] is True, evidence)
    return Known(facts=facts, quantities=quantities)


def _tanh_period(data: Mapping[str, object]) -> Conclusion:
    require_keys(data, {"kind", "energy", "omega", "digits"}, "a period")
    energy = require_rational(data["energy"], "energy")
    omega = require_rational(data["omega"], "omega")
    digits = data["digits"]
    if type(digits) is not int or not 1 <= digits <= 40:
        raise CertificateRejected(f"digits is {digits!r}, not an integer from 1 to 40.")
    if not (0 < energy <= 40 and omega > 0):
        raise CertificateRejected("a period needs 0 < energy ≤ 40 and omega > 0.")
    with precision(BITS):
        curve, elliptic = period_by_quadrature(energy, omega), period_by_elliptic_integral(energy, omega)
        margin = arb(10) ** -digits - abs(curve - elliptic)
        if not margin > 0:
            raise CertificateRejected(
                f"the two enclosures of the period differ by up to {abs(curve - elliptic)}."
            )
        return Conclusion(
            claim="tanh-period-is-elliptic",
            case=f"E = {energy}, ω = {omega}, to {digits} digits",
            verdict=Verdict.PROVED,
            evidence=Evidence.BALL,
            rests_on=None,
            margin=decimal_enclosure(margin),
            reason=f"quadrature of the level curve and (4/ω) K(m) both give {elliptic.str(20, radius=False)}"
            f" and differ by less than 1e-{digits}",
        )


def _first_integral(data: Mapping[str, object]) -> Conclusion:
    return _of_polynomials(check_first_integral(data))


def _darboux_polynomials(data: Mapping[str, object]) -> Conclusion:
    return _of_polynomials(check_darboux_polynomials(data))


def _of_polynomials(found: Established) -> Conclusion:
    return Conclusion(
        claim="darboux-polynomials-give-first-integrals",
        case=found.case,
        verdict=Verdict.PROVED,
        evidence=found.evidence,
        rests_on=None,
        margin=None,
        reason=found.reason,
    )


_KINDS: dict[str, Callable[[Mapping[str, object]], Conclusion]] = {
    "coq": _coq,
    "written": _written,
    "identity": _identity,
    "theorem": _applied,
    "guarantee": _guarantee,
    "tanh-period": _tanh_period,
    "first-integral": _first_integral,
    "darboux-polynomials": _darboux_polynomials,
    "orbit": _followed,
}


def written_proof(theorem: str) -> dict[str, object]:
    """The certificate that a claim is proved for every n on its page."""
    return {"kind": "written", "theorem": theorem, "page": page_fingerprint(_theorem(theorem).page)}


def expanded_identity(name: str, n: int) -> dict[str, object]:
    """The certificate that an identity holds at size n."""
    return {"kind": "identity", "identity": name, "n": n}


def applied_theorem(
    theorem: str, subject: Mapping[str, object], facts: list[Mapping[str, object]]
) -> dict[str, object]:
    """The certificate that a theorem applies to a subject."""
    return {
        "kind": "theorem",
        "theorem": theorem,
        "subject": dict(subject),
        "facts": [dict(f) for f in facts],
    }


def followed_orbit(
    theorem: str,
    subject: Mapping[str, object],
    facts: list[Mapping[str, object]],
    along: Mapping[str, Mapping[str, object]],
) -> dict[str, object]:
    """The certificate that a theorem applies to a subject, an orbit of which is followed."""
    data = applied_theorem(theorem, subject, facts)
    return {**data, "kind": "orbit", "along": {name: dict(stated) for name, stated in along.items()}}


def guaranteed(
    theorem: str, activation: str, shift: str, facts: list[Mapping[str, object]]
) -> dict[str, object]:
    """The certificate that the theorem holds for every network with this σ; its facts are of σ(x + shift)."""
    return {
        "kind": "guarantee",
        "theorem": theorem,
        "activation": activation,
        "shift": shift,
        "facts": [dict(f) for f in facts],
    }


def agreeing_periods(energy: Fraction, omega: Fraction, digits: int) -> dict[str, object]:
    """The certificate that two enclosures of the tanh period agree to so many decimal places."""
    return {"kind": "tanh-period", "energy": str(energy), "omega": str(omega), "digits": digits}
