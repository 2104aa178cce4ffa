"""`gsdcheck inspect`: everything that is certain about one weights file, and what floats show besides."""

import time
from collections.abc import Mapping
from typing import Any

from gsdcheck.certify.linear import distance_to_skew
from gsdcheck.engine.applicable import Applicable, applicable, missing_data
from gsdcheck.engine.consequences import consequences
from gsdcheck.engine.euler_consequences import euler_consequences
from gsdcheck.engine.events import Finished, Listener, Started, ignore
from gsdcheck.engine.given import Given, shown
from gsdcheck.engine.measured import measurements
from gsdcheck.engine.options import Inspected, described, inspected
from gsdcheck.engine.rest import rest_quantities
from gsdcheck.engine.rollout import Rollout, rollout
from gsdcheck.engine.serial import extended, facts_data, judgement_data, quantities_data
from gsdcheck.engine.series import network_series
from gsdcheck.engine.structure import structure_facts, structure_quantities
from gsdcheck.record.build import build_record


def inspect(
    spec: str,
    *,
    activation: str = "tanh",
    form: str = "outer",
    leak: str = "0",
    bias: str | None = None,
    euler_step: str | None = None,
    project_skew: bool = False,
    seed: int = 0,
    listen: Listener = ignore,
) -> dict[str, Any]:
    """The record of one network: structure, what the theorems say of it, what follows, arrays for figures.

    Args:
        spec: FILE or FILE.npz::KEY, as `read_weights` takes it.
        activation: a name of the library or an expression in x.
        form: outer or inner.
        leak: γ ≥ 0, an exact number.
        bias: exact numbers with commas between them; None for the bias in the file, or 0.
        euler_step: h > 0, an exact number; None leaves forward Euler out of the judgements.
        project_skew: replace W by (W - Wᵀ)/2, exactly.
        seed: of the starts that are drawn; the same seed gives the same record.
        listen: is told of each part.

    Raises:
        InvalidInput: the file or an option breaks its rule; UnknownName where a name is unknown.
    """
    subject = inspected(
        spec,
        activation=activation,
        form=form,
        leak=leak,
        bias=bias,
        euler_step=euler_step,
        project_skew=project_skew,
    )
    parts = Parts(listen)
    system, step = subject.system, subject.step
    facts = {**structure_facts(system.W), **facts_data(system.activation)}
    quantities = {**structure_quantities(system.W), **quantities_data(system.activation)}
    parts.done("structure")
    found = applicable(system, step)
    parts.done("claims")
    floats = rollout(system, step, seed)
    quantities.update(rest_quantities(system, step, found.judgements, quantities, floats))
    series = network_series(floats, system, quantities)
    parts.done("series")
    follows = _follows(subject, found, quantities, floats)
    parts.done("measurements")
    record = build_record(
        kind="inspect",
        seed=seed,
        subject=described(subject),
        facts=facts,
        quantities=quantities,
        judgements=[judgement_data(judgement) for judgement in found.judgements.values()],
        series=series,
    )
    return extended(record, follows=follows, not_applicable=missing_data(found.missing))


class Parts:
    """Tells the listener which part is done, and how long it took."""

    def __init__(self, listen: Listener, total: int = 4) -> None:
        self._listen, self._since = listen, time.perf_counter()
        listen(Started(total=total))

    def done(self, name: str) -> None:
        """The part of that name is done."""
        now = time.perf_counter()
        self._listen(Finished(name=name, seconds=now - self._since))
        self._since = now


def _follows(
    subject: Inspected, found: Applicable, quantities: Mapping[str, Any], floats: Rollout
) -> list[str]:
    given = Given(
        system=subject.system, step=subject.step, theorems=frozenset(found.judgements), quantities=quantities
    )
    said = [_projection(subject)] if subject.projected else []
    return [*said, *consequences(given), *euler_consequences(given), *measurements(given, floats)]


def _projection(subject: Inspected) -> str:
    removed = shown(distance_to_skew(subject.weights.W))
    return (
        f"W was replaced by (W - Wᵀ)/2, exactly; what was removed has norm ½‖W + Wᵀ‖ = {removed}. "
        "All that follows is about the projected W."
    )
