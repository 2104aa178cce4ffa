"""What values alone say of the guarantees of a σ without a formula: supported at most, and counted."""

from collections.abc import Iterator, Mapping

from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.premises import ABOUT_ACTIVATION, PREMISES
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.engine.guarantees import Guarantee
from gsdcheck.engine.promises import PROMISES, Promise
from gsdcheck.facts.sampled import SampledFact
from gsdcheck.model.verdict import Evidence, Verdict

Facts = Mapping[str, SampledFact]


def sampled_guarantees(name: str, facts: Facts) -> list[Guarantee]:
    """Every guarantee of `PROMISES`: supported where each premise about σ was sampled without a violation."""
    return [_judged(promise, name, facts) for promise in PROMISES]


def _judged(promise: Promise, name: str, facts: Facts) -> Guarantee:
    faults = [list(_faults(theorem, facts)) for theorem in promise.whole]
    kept = [theorem for theorem, fault in zip(promise.whole, faults, strict=True) if not fault]
    if kept:
        examples = min(facts[read].examples for read in _read_by(kept[0]))
        judgement = Judgement(
            claim=promise.id,
            case=f"σ = {name}, known by its values",
            verdict=Verdict.SUPPORTED,
            evidence=Evidence.SAMPLED,
            reason=f"no violation of what its proof assumes of σ in {examples} values",
            examples=examples,
        )
        says = f"{promise.says} Sampled: {judgement.reason}."
        return Guarantee(
            promise=promise, verdict=Verdict.SUPPORTED, cell="sampled", says=says, judgements=(judgement,)
        )
    reason = faults[0][0] if faults and faults[0] else "values alone do not decide it"
    judgement = Judgement(
        claim=promise.id,
        case=f"σ = {name}, known by its values",
        verdict=Verdict.UNDECIDED,
        evidence=None,
        reason=reason,
    )
    says = f"{reason[0].upper()}{reason[1:]}."
    return Guarantee(promise=promise, verdict=Verdict.UNDECIDED, cell="?", says=says, judgements=(judgement,))


def _read_by(theorem: str) -> list[str]:
    about = [PREMISES[name] for name in THEOREMS[theorem].premises if name in ABOUT_ACTIVATION]
    return [read for premise in about for read in premise.reads]


def _faults(theorem: str, facts: Facts) -> Iterator[str]:
    """Why the premises about σ are not supported, one sentence each; nothing if they are."""
    for name in THEOREMS[theorem].premises:
        if name not in ABOUT_ACTIVATION:
            continue
        premise = PREMISES[name]
        if not premise.reads or not set(premise.reads) <= set(facts):
            yield f"its proof assumes that {premise.says}, which values alone do not show"
            continue
        for read in premise.reads:
            fact = facts[read]
            if fact.holds is False:
                yield f"its proof assumes that {premise.says}, which is violated at x = {fact.witness}"
            elif fact.holds is None:
                yield f"its proof assumes that {premise.says}, which the values leave open"
