"""The questions of the theory that hunts answer by themselves, as a named set with one record."""

import shlex
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gsdcheck.engine.events import Finished, Listener, Started, ignore
from gsdcheck.engine.hunt.domain import usable
from gsdcheck.engine.hunt.hunt import findings_of, hunt_record
from gsdcheck.engine.hunt.judgements import judgements_of
from gsdcheck.engine.hunt.pursuit import Pursuit, Settings, pursue
from gsdcheck.engine.serial import extended
from gsdcheck.model.library import distinct_activations


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One hunt, and what it is to tell.

    Attributes:
        asks: the question, in a sentence.
        claim, subject, sizes: the claim, the activation and the numbers of units that it is hunted with.
        examples: how many cases it may look at; fixed, so that the answer does not depend on the machine's speed.
        measures: what the least margin says where nothing is found.
    """

    asks: str
    claim: str
    subject: str | None = None
    sizes: tuple[int, ...] = ()
    examples: int
    measures: Callable[[float], str] | None = None

    def command(self, seed: int) -> str:
        """The line that hunts for this answer alone."""
        options: list[str] = []
        if self.subject is not None:
            options += ["--activation", self.subject]
        if self.sizes:
            options += ["--n", ",".join(map(str, self.sizes))]
        return shlex.join(
            ["gsdcheck", "hunt", self.claim, *options, f"--max-examples={self.examples}", f"--seed={seed}"]
        )


def questions() -> Iterator[Question]:
    """The set: drift in the inner form, exponents, growth under two integrators, and steps that lower the energy."""
    drift, falls = "inner-orbits-are-bounded", "euler-energy-falls-without-monotony"
    yield Question(
        asks="Inner form, five tanh units: do orbits stay bounded?",
        claim=drift,
        subject="tanh",
        sizes=(5,),
        examples=12_000,
    )
    for name in ("expm1", "elu", "leaky_relu"):
        asks = f"Inner form, three units, σ = {name}, which is not odd: do orbits stay bounded?"
        yield Question(asks=asks, claim=drift, subject=name, sizes=(3,), examples=4_000)
    yield Question(
        asks="The baseline, where exponents are 0 by proof: what do two and three tanh units show?",
        claim="lyapunov-exponents-vanish-at-rank-two",
        subject="tanh",
        sizes=(2, 3),
        examples=256,
        measures=lambda margin: (
            f"each exponent is below its error, by {margin:.2g} of the fastest rate at least"
        ),
    )
    yield Question(
        asks="Four tanh units: is there a positive Lyapunov exponent?",
        claim="lyapunov-exponents-vanish",
        subject="tanh",
        sizes=(4,),
        examples=400,
    )
    yield Question(
        asks="By how much does RK4 raise the energy, for tanh and θ = h‖W‖ ≤ 1?",
        claim="rk4-energy-hardly-rises",
        examples=8_000,
        measures=lambda margin: f"the greatest (H_k/H_0 - 1)/θ⁴ is {1 / 25 - margin:.4g}",
    )
    yield Question(
        asks="By how much does Poisson splitting raise the energy, for tanh and θ = h‖W‖ ≤ 1?",
        claim="splitting-energy-stays-close",
        examples=8_000,
        measures=lambda margin: f"the greatest (H_k/H_0 - 1)/θ² is {1 - margin:.4g}",
    )
    for name in distinct_activations():
        if usable(name, ("not-nondecreasing",)):
            asks = f"σ = {name}, which is not monotone: does forward Euler lower the energy somewhere?"
            yield Question(asks=asks, claim=falls, subject=name, examples=4_000)


def answered(
    asked: Sequence[Question], *, seed: int = 0, jobs: int = 1, listen: Listener = ignore, **parts: Any
) -> dict[str, Any]:
    """The record of the hunts, each with its question, its answer and the command that repeats it.

    Args:
        parts: as `hunt_record` takes them.

    Raises:
        GsdcheckError: a claim or an activation cannot be used.
    """
    listen(Started(total=len(asked)))
    pursuits, findings = [], []
    for question in asked:
        pursuit, settings = _pursued(question, seed, jobs)
        pursuits.append(pursuit)
        findings += findings_of([pursuit], settings)
        listen(Finished(name=question.asks, seconds=0.0))
        if not pursuit.complete:
            break
    record = hunt_record(pursuits, Settings(seed=seed), findings, **parts)
    told = zip(asked, pursuits, record["hunts"], strict=False)
    return extended(record, hunts=[{**hunt, **_told(q, p, seed)} for q, p, hunt in told])


def _pursued(question: Question, seed: int, jobs: int) -> tuple[Pursuit, Settings]:
    """The hunt in a folder of its own, so that no earlier finding has a say."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            subject=question.subject,
            sizes=question.sizes,
            examples=question.examples,
            seed=seed,
            jobs=jobs,
            folder=Path(folder),
        )
        return pursue(question.claim, settings, [], lambda _: None), settings


def _told(question: Question, pursuit: Pursuit, seed: int) -> dict[str, Any]:
    """The strongest judgement as the answer."""
    first, *_ = judgements_of(pursuit)
    answer = f"{first['verdict']}: {first['reason']}"
    margins = [candidate.margin for candidate in pursuit.outcome.best]
    if question.measures is not None and margins and not pursuit.settlement.found:
        answer += f"; {question.measures(min(margins))}"
    return {
        "question": question.asks,
        "answer": answer,
        "verdict": first["verdict"],
        "evidence": first["evidence"],
        "command": question.command(seed),
    }


def different_answers(reference: Mapping[str, Any], fresh: Mapping[str, Any]) -> list[str]:
    """In what two records of the set differ beyond the cases that were found, a line each; none if they agree.

    Which counterexample is found first hangs on the last digits of floats, and so on the machine; whether one is
    found, and how it is known, may not.
    """
    one, other = ({hunt["question"]: hunt for hunt in record["hunts"]} for record in (reference, fresh))
    alone = [f"{question} on one side only" for question in one if question not in other]
    alone += [f"{question} on one side only" for question in other if question not in one]
    return alone + [
        f"{question} {key}: {one[question][key]} against {other[question][key]}"
        for question in one
        if question in other
        for key in ("verdict", "evidence")
        if one[question][key] != other[question][key]
    ]
