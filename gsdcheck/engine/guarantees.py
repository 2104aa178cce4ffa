"""What the theory guarantees for one σ: each guarantee proved, refuted by a counterexample, or open.

A guarantee is a claim about every network with this σ. Where the whole statement does not hold, what holds
below a level of the energy is proved besides.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb

from gsdcheck.certify.balls import enclose
from gsdcheck.certify.certificates import guaranteed
from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.line_facts import LINE_FACTS
from gsdcheck.certify.premises import ABOUT_ACTIVATION, PREMISES
from gsdcheck.certify.subject import read_subject, subject_data
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.claims.entry import applied, facts_read_by
from gsdcheck.engine.applicable import failure, known_of
from gsdcheck.engine.counterexamples import Counterexample, Sought
from gsdcheck.engine.given import exact_text
from gsdcheck.engine.growth_law import law_of
from gsdcheck.engine.promises import PROMISES, Promise
from gsdcheck.engine.structure import ball_of
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.activation import Activation
from gsdcheck.model.parser import parse_exact
from gsdcheck.model.system import system
from gsdcheck.model.verdict import Evidence, Verdict

Quantities = Mapping[str, Mapping[str, Any]]
_SHORT = 5
_SYMBOLS = {"escape_energy": "E*", "well_depth": "E₀"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """σ as given, the c at which it vanishes ("0" where nothing is shifted), and τ = σ(x + c).

    `shift` is None where c is only enclosed; then τ is σ, and nothing is judged that is measured from c.
    """

    sigma: Activation
    shift: str | None
    tau: Activation
    quantities: Quantities

    def level(self, name: str) -> arb | None:
        """E* or E₀ as a ball; None where it is undecided."""
        return ball_of(self.quantities[name]) if name in self.quantities else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """One guarantee, judged: the judgements behind it, the verdict on the whole statement, and its words."""

    promise: Promise
    verdict: Verdict
    cell: str
    says: str
    judgements: tuple[Judgement, ...]
    counterexample: Counterexample | None = None


def guarantees(audited: Audited) -> list[Guarantee]:
    """Every guarantee of `PROMISES`, in order."""
    return [_judged(promise, audited) for promise in PROMISES]


def _judged(promise: Promise, audited: Audited) -> Guarantee:
    if _why_not_asked(promise, audited) is not None:
        return _open_or_broken(promise, audited, None, None)
    whole = _first_that_holds(promise.whole, audited)
    if whole is not None:
        return _kept(promise, whole)
    level = audited.level(promise.level)
    below = None if level == 0 else _first_that_holds(promise.below, audited)  # below 0 there is nothing
    if below is not None and level == arb.pos_inf():
        return _kept(promise, below)
    if promise.law and (found := law_of(audited.tau, activation_facts(audited.tau))) is not None:
        return _measured(promise, audited, *found)
    broken = next(_refutations(promise, audited), None)
    return _open_or_broken(promise, audited, below, broken)


def _kept(promise: Promise, judgement: Judgement) -> Guarantee:
    return Guarantee(
        promise=promise,
        verdict=Verdict.PROVED,
        cell=promise.cell,
        says=promise.says,
        judgements=(judgement,),
    )


def _open_or_broken(
    promise: Promise,
    audited: Audited,
    below: Judgement | None,
    broken: tuple[Counterexample, Judgement] | None,
) -> Guarantee:
    symbol, value = _SYMBOLS.get(promise.level, ""), audited.quantities.get(promise.level, {})
    known = value.get("enclosure") is not None
    level = exact_text(value) if known else symbol
    parts = [promise.says_below.format(level=f"{symbol} = {level}" if known else symbol)] if below else []
    partly = () if below is None else (below,)
    if broken is not None:
        counterexample, judgement = broken
        return Guarantee(
            promise=promise,
            verdict=Verdict.REFUTED,
            cell=_below_cell(level) if below else "no",
            says=" ".join(
                [*parts, f"Not in general: {counterexample.in_words()}: {_without_case(judgement)}."]
            ),
            judgements=(judgement, *partly),
            counterexample=counterexample,
        )
    reason = _why_open(promise, audited)
    return Guarantee(
        promise=promise,
        verdict=Verdict.UNDECIDED,
        cell=_below_cell(level) if below else "?",
        says=" ".join([*parts, f"The whole statement is open: {reason}."]),
        judgements=(_undecided(promise, audited, reason), *partly),
    )


def _without_case(judgement: Judgement) -> str:
    """The reason without the subject in brackets at its end."""
    return judgement.reason.removesuffix(f" ({judgement.case})")


def _below_cell(level: str) -> str:
    """The level in a few letters: as it is, else to four digits."""
    if len(level) <= _SHORT:
        return f"H < {level}"
    value = enclose(parse_exact(level), arb(0))
    return f"H < {float(value.mid()):.4g}"


def _measured(promise: Promise, audited: Audited, exponent: float, starts: int) -> Guarantee:
    reason = f"measured: H_k grows like k^{exponent:.2f} from {starts} starts, close to the root law k^(1/2)"
    judgement = Judgement(
        claim=promise.id,
        case=_case(audited),
        verdict=Verdict.SUPPORTED,
        evidence=Evidence.SAMPLED,
        reason=reason,
        examples=starts,
    )
    return Guarantee(
        promise=promise,
        verdict=Verdict.SUPPORTED,
        cell=promise.cell,
        says=f"{reason[0].upper()}{reason[1:]}.",
        judgements=(judgement,),
    )


def _case(audited: Audited) -> str:
    about = "" if audited.shift in ("0", None) else f", τ(x) = σ(x+{audited.shift})"
    return f"σ = {audited.sigma.text}{about}"


def _undecided(promise: Promise, audited: Audited, reason: str) -> Judgement:
    return Judgement(
        claim=promise.id, case=_case(audited), verdict=Verdict.UNDECIDED, evidence=None, reason=reason
    )


def _first_that_holds(theorems: Sequence[str], audited: Audited) -> Judgement | None:
    """The judgement of the first theorem that holds for every network with this σ."""
    for theorem in theorems:
        if _missing(theorem, audited.tau) is not None:
            continue  # looking first saves time; the core decides
        facts = facts_read_by(theorem, audited.tau)
        try:
            return Judgement.from_certificate(
                guaranteed(theorem, audited.sigma.text, audited.shift or "0", facts)
            )
        except CertificateRejected:  # no guarantee by this theorem; the next may give one
            continue
    return None


def _missing(theorem: str, tau: Activation, ignore: Sequence[str] = ()) -> str | None:
    """The first premise about σ that does not hold, in words; None if all do."""
    subject = read_subject(subject_data(system([[0]], tau)))
    known = known_of(tau)
    for name in THEOREMS[theorem].premises:
        if name in ignore:
            continue
        if name in ABOUT_ACTIVATION and (reason := failure(name, subject, known)) is not None:
            return f"its proof assumes that {PREMISES[name].says}, and {reason.rstrip('.')}"
    return None


def _why_not_asked(promise: Promise, audited: Audited) -> str | None:
    """Why the guarantee is left open for a σ that does not vanish at 0, in words; None if it is not."""
    if audited.shift is None and promise.level:
        return "the zero of σ is known only by its enclosure, and energies are measured from it"
    if audited.shift != "0" and promise.needs_bias:
        return "in the inner form a zero c ≠ 0 acts as the bias -c (1, …, 1), which may lie outside range W"
    return None


def _why_open(promise: Promise, audited: Audited) -> str:
    if (reason := _why_not_asked(promise, audited)) is not None:
        return reason
    if not promise.whole:
        return "no theorem decides it, and nothing was measured that supports it"
    return _missing(promise.whole[0], audited.tau) or "its certificate was not accepted"


def _refutations(promise: Promise, audited: Audited) -> Iterator[tuple[Counterexample, Judgement]]:
    """The counterexamples that the core accepts, the simplest first."""
    level = audited.level("escape_energy")
    sought = Sought(sigma=audited.tau, escape=float("nan") if level is None else float(level))
    for proposal in promise.search(sought):
        if _missing(proposal.theorem, audited.tau, ignore=LINE_FACTS) is not None:
            continue  # its facts would be sought in vain
        subject = system(proposal.W, audited.tau, form=proposal.form)
        try:
            certificate = applied(proposal.theorem, subject, proposal.state, proposal.step)
            yield proposal, Judgement.from_certificate(certificate)
        except CertificateRejected:  # floats proposed it, and floats err
            continue
