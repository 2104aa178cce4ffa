"""One claim, hunted: known findings first, then rounds until the budget ends or enough was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gsdcheck.engine.hunt.budget import plan_of, within
from gsdcheck.engine.hunt.campaign import Event, RoundDone, Stopped, run_hunt
from gsdcheck.engine.hunt.executors import executor
from gsdcheck.engine.hunt.findings.again import Again, replayed
from gsdcheck.engine.hunt.ledger_place import is_there, opened
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.rounds import Hunt
from gsdcheck.engine.hunt.search import hunted, search
from gsdcheck.engine.hunt.settlement import Settlement
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.engine.hunt.watch import Watch
from gsdcheck.errors import InvalidInput
from gsdcheck.model.library import find_activation
from gsdcheck.record.canonical import canonical

INTERRUPTED = "it was interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a hunt is told.

    Attributes:
        subject: the activation that it is confined to, as `find_activation` reads it.
        sizes: the numbers of units; empty: those of the claim.
        seconds: the budget of one claim; None: no end.
        examples: the cases of one claim; None: no end.
        jobs, scheduler, resume: who runs the shards, and whether to go on with what is in the ledger.
        folder: where findings and ledgers are.
    """

    subject: str | None = None
    sizes: tuple[int, ...] = ()
    seconds: float | None = None
    examples: int | None = None
    seed: int = 0
    jobs: int = 1
    scheduler: str | None = None
    resume: bool = False
    folder: Path = field(default=Path(".gsdcheck"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursuit:
    """What became of the hunt on one claim.

    Attributes:
        known: earlier findings, replayed outside the budget.
        stopped: why it ended.
        waiting: results of rounds that were not completed; they are in the ledger, and count nowhere.
        complete: it was not interrupted.
    """

    target: Target
    plan: Hunt
    known: Sequence[Again]
    outcome: Outcome
    settlement: Settlement
    stopped: str
    waiting: int
    complete: bool


def pursue(
    claim: str,
    settings: Settings,
    known: Sequence[Mapping[str, Any]],
    listen: Callable[[Event], None],
) -> Pursuit:
    """The hunt on one claim; on Ctrl-C what its completed rounds showed.

    Args:
        known: the findings of the folder, of any claim.
        listen: is told of each event.

    Raises:
        GsdcheckError: the claim, the activation, the sizes, the scheduler or the ledger cannot be used.
    """
    target, plan = _planned(claim, settings)
    again = [replayed(finding) for finding in _known(claim, settings.subject, known)]
    watch, outcome = Watch(target, within(settings.seconds)), Outcome()
    why, waiting, complete = INTERRUPTED, 0, False
    with (
        # The executor first: a scheduler that cannot be reached leaves every ledger as it is.
        executor(search, jobs=settings.jobs, scheduler=settings.scheduler) as workers,
        opened(plan, settings.folder, resume=settings.resume) as ledger,
    ):
        try:
            for event in run_hunt(plan, workers, ledger, max_time=settings.seconds, enough=watch.enough):
                if isinstance(event, RoundDone | Stopped):
                    outcome = event.outcome
                if isinstance(event, Stopped):
                    why, waiting, complete = str(event.why), event.undecided, True
                listen(event)  # last: what was told counts, should Ctrl-C come now
        except KeyboardInterrupt:
            complete = False
    return Pursuit(
        target=target,
        plan=plan,
        known=again,
        outcome=outcome,
        settlement=watch.settlement,
        stopped=why,
        waiting=waiting,
        complete=complete,
    )


def is_begun(claim: str, settings: Settings) -> bool:
    """Whether there is a ledger of the hunt on the claim with these settings.

    Raises:
        GsdcheckError: the claim, the activation or the sizes cannot be used; or what is in the ledger's place
            is damaged, foreign or of another hunt.
    """
    _, plan = _planned(claim, settings)
    return is_there(plan, settings.folder)


def _planned(claim: str, settings: Settings) -> tuple[Target, Hunt]:
    target = hunted(claim, settings.subject, settings.sizes)
    return target, plan_of(
        target, claim, settings.subject, seed=settings.seed, max_examples=settings.examples
    )


def _known(
    claim: str, subject: str | None, findings: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    """The findings of this claim and σ; what is there under two spellings of σ counts once."""
    about = [finding for finding in findings if _is_about(finding, claim, subject)]
    return [*{canonical([f["case"], f["judgement"]]): f for f in about}.values()]


def _is_about(finding: Mapping[str, Any], claim: str, subject: str | None) -> bool:
    """Whether the finding is of this claim and of the σ that the subject names, however either is spelled."""
    return bool(finding["claim"] == claim and _sigma(finding["subject"]) == _sigma(subject))


def _sigma(subject: str | None) -> str | None:
    """σ in its one spelling; a subject that this version cannot read is only like itself."""
    if subject is None:
        return None
    try:
        return find_activation(subject).text
    except InvalidInput:
        return subject
