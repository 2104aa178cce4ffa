"""`gsdcheck audit`: what the theory guarantees for an activation, up to which energy, and where it stops."""

import time
from typing import Any

from gsdcheck.engine.advice import advice
from gsdcheck.engine.events import Finished, Listener, Started, ignore
from gsdcheck.engine.guarantees import Audited, Guarantee, guarantees
from gsdcheck.engine.serial import extended, facts_data, judgement_data, quantities_data
from gsdcheck.model.library import find_activation
from gsdcheck.record.build import build_record


def audit(
    subject: str, *, dtype: str | None = None, seed: int = 0, listen: Listener = ignore
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
    sigma = find_activation(subject)
    audited = Audited(sigma=sigma, shift="0", tau=sigma, quantities=quantities_data(sigma))
    found = guarantees(audited)
    record = _record(audited, found, subject, seed)
    listen(Finished(name=sigma.name, seconds=time.perf_counter() - started))
    return record


def _record(audited: Audited, found: list[Guarantee], asked: str, seed: int) -> dict[str, Any]:
    sigma = audited.sigma
    record = build_record(
        kind="audit",
        seed=seed,
        subject={
            "name": sigma.name,
            "asked": asked,
            "activation": sigma.text,
            "parameters": {name: str(value) for name, value in sigma.parameters.items()},
            "shift": audited.shift,
            "shifted": None if audited.shift == "0" else audited.tau.text,
        },
        facts=facts_data(audited.tau),
        quantities=dict(audited.quantities),
        judgements=[judgement_data(j) for guarantee in found for j in guarantee.judgements],
        series={},
    )
    return extended(record, guarantees=[_data(g) for g in found], follows=advice(audited, found))


def _data(guarantee: Guarantee) -> dict[str, Any]:
    sample = guarantee.counterexample
    return {
        "id": guarantee.promise.id,
        "verdict": str(guarantee.verdict),
        "cell": guarantee.cell,
        "says": guarantee.says,
        "counterexample": None
        if sample is None
        else {
            "W": [list(row) for row in sample.W],
            "form": str(sample.form),
            "state": None if sample.state is None else list(sample.state),
            "step": sample.step,
        },
    }
