"""`gsdcheck audit`: what the theory guarantees for an activation, up to which energy, and where it stops."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from gsdcheck.claims import BY_ID
from gsdcheck.engine.advice import advice
from gsdcheck.engine.audit_series import audit_series
from gsdcheck.engine.conformance import conformance
from gsdcheck.engine.events import Finished, Listener, Started, ignore
from gsdcheck.engine.guarantees import Audited, Guarantee, guarantees
from gsdcheck.engine.sampled_guarantees import sampled_guarantees
from gsdcheck.engine.serial import extended, facts_data, judgement_data, quantities_data, unshifted
from gsdcheck.engine.subjects import AuditSubject, find_subject
from gsdcheck.errors import InvalidInput
from gsdcheck.facts.domain import undefined_at
from gsdcheck.facts.sampled import SampledFact, sampled_facts
from gsdcheck.facts.zero import shifted, zero_of
from gsdcheck.model.activation import Activation
from gsdcheck.model.expression import ZERO
from gsdcheck.model.formatting import format_expression
from gsdcheck.record.build import build_record


def audit(
    subject: str | object, *, dtype: str | None = None, seed: int = 0, listen: Listener = ignore
) -> dict[str, Any]:
    """The record of one activation: facts, quantities, guarantees with counterexamples, and what to do about it.

    Args:
        subject: a name (`gelu`, `torch.elu?alpha=1.5`), an import path `package.module:attr`, or an
            expression in x; or the function itself.
        dtype: float16, bfloat16, float32 or float64, to test the implementation at that type; None for none.
        seed: of the points at which an implementation is tested; the same seed gives the same record.
        listen: is told of each part.

    Raises:
        InvalidInput: the subject is no function of one real number; UnknownName where a name is unknown.
    """
    started = time.perf_counter()
    listen(Started(total=1))
    found = find_subject(subject)
    if found.activation is not None and (hole := undefined_at(found.activation)) is not None:
        raise InvalidInput(f"{hole} An activation is defined on the whole line.")
    tested = None if dtype is None else conformance(found, dtype, seed)
    if found.activation is None:
        record = _of_values(found, seed, conformance=tested)
    else:
        record = _of_formula(found, found.activation, seed, conformance=tested)
    listen(Finished(name=found.name, seconds=time.perf_counter() - started))
    return record


def _of_formula(found: AuditSubject, sigma: Activation, seed: int, **extra: Any) -> dict[str, Any]:
    """Facts with certificates, of σ as a tree."""
    audited = _relative_to_its_zero(sigma)
    judged = guarantees(audited)
    series, pictures = audit_series(audited, judged)
    record = build_record(
        kind="audit",
        seed=seed,
        subject=_subject(found, audited, extra),
        facts=facts_data(sigma, relative_to_zero=False) if audited.shift is None else facts_data(audited.tau),
        quantities=dict(audited.quantities),
        judgements=_judgements(judged),
        series=series,
    )
    return extended(record, guarantees=_table(judged, pictures), follows=advice(audited, judged), **extra)


def _relative_to_its_zero(sigma: Activation) -> Audited:
    """σ and τ = σ(x + c), where c is the only zero of σ; τ = σ where c = 0, or σ has no zero or several.

    Where c is only enclosed, nothing can be shifted: the shift is None.
    """
    zero = zero_of(sigma)
    if zero.value is None and zero.only:
        return Audited(sigma=sigma, shift=None, tau=sigma, quantities=unshifted(quantities_data(sigma)))
    c = zero.value or ZERO
    tau = shifted(sigma, c)
    quantities = {**quantities_data(tau), "zero": quantities_data(sigma)["zero"]}
    return Audited(sigma=sigma, shift=format_expression(c), tau=tau, quantities=quantities)


def _of_values(found: AuditSubject, seed: int, **extra: Any) -> dict[str, Any]:
    """Facts that are sampled, of σ as somebody's code computes it."""
    assert found.function is not None  # find_subject: a subject has a formula or code
    facts = sampled_facts(found.function, seed=seed)
    judged = sampled_guarantees(found.name, facts)
    record = build_record(
        kind="audit",
        seed=seed,
        subject=_subject(found, None, extra),
        facts={name: _sampled(fact) for name, fact in facts.items()},
        quantities={},
        judgements=_judgements(judged),
        series={},
    )
    said = (
        f"{found.name}: only its values are known, so that nothing is proved; what is said here was sampled. "
        "Give it as an expression in x to have it decided."
    )
    return extended(record, guarantees=_table(judged, {}), follows=[said], **extra)


def _subject(found: AuditSubject, audited: Audited | None, extra: Mapping[str, Any]) -> dict[str, Any]:
    sigma, tested = found.activation, extra["conformance"]
    moved = audited is not None and audited.shift not in ("0", None)
    return {
        "name": found.name,
        "asked": found.asked,
        "source": found.source,
        "activation": None if sigma is None else sigma.text,
        "parameters": {} if sigma is None else {k: str(v) for k, v in sigma.parameters.items()},
        "shift": None if audited is None else audited.shift,
        "shifted": audited.tau.text if audited is not None and moved else None,
        "recognised": found.recognised,
        "dtype": None if tested is None else tested["dtype"],
    }


def _sampled(fact: SampledFact) -> dict[str, Any]:
    return {
        "holds": fact.holds,
        "evidence": None if fact.evidence is None else str(fact.evidence),
        "certificate": None,
        "examples": fact.examples,
        "witness": fact.witness,
    }


def _judgements(judged: Sequence[Guarantee]) -> list[dict[str, Any]]:
    return [judgement_data(judgement) for guarantee in judged for judgement in guarantee.judgements]


def _table(judged: Sequence[Guarantee], pictures: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The guarantees, one row each."""
    return [{**_row(guarantee), "series": pictures.get(guarantee.promise.id)} for guarantee in judged]


def _row(guarantee: Guarantee) -> dict[str, Any]:
    sample, claim = guarantee.counterexample, BY_ID[guarantee.promise.id].claim
    return {
        "id": claim.id,
        "theory": claim.row,
        "title": guarantee.promise.title,
        "verdict": str(guarantee.verdict),
        "cell": guarantee.cell,
        "says": guarantee.says,
        "counterexample": None if sample is None else sample.as_json(),
    }
