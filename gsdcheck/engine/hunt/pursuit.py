"""One claim, hunted: known findings first, then rounds until the budget ends or enough was found."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Any

from gsdcheck.engine.hunt.budget import plan_of, within
from gsdcheck.engine.hunt.campaign import Event, RoundDone, Stopped, run_hunt
from gsdcheck.engine.hunt.executors import executor
from gsdcheck.engine.hunt.findings.again import Again, replayed
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.ledger_file import close_log, require_ours, require_resumable
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.rounds import Hunt
from gsdcheck.engine.hunt.search import hunted, search
from gsdcheck.engine.hunt.serial import identity
from gsdcheck.engine.hunt.settlement import Settlement
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.engine.hunt.watch import Watch
from gsdcheck.errors import InvalidInput
from gsdcheck.model.library import find_activation
from gsdcheck.record.canonical import canonical

LEDGERS = Path(".gsdcheck") / "hunts"
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
        executor(
            search, jobs=settings.jobs, scheduler=settings.scheduler
        ) as workers,  # before any file changes
        _ledger(plan, settings) as ledger,
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
    path = _ledger_path(plan, settings)
    if path.exists():
        require_resumable(path, identity(plan))
    return path.exists()


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


def _ledger(plan: Hunt, settings: Settings) -> Ledger:
    """The ledger of this claim and σ: gone on with, or begun anew while the last one is kept beside it."""
    path = _ledger_path(plan, settings)
    if settings.resume:
        return Ledger.reopen(path, identity(plan))
    if path.exists():
        _set_aside(path)
    return Ledger.create(path, identity(plan))


def _ledger_path(plan: Hunt, settings: Settings) -> Path:
    about = plan.claim if plan.subject is None else f"{plan.claim}-{_slug(plan.subject)}"
    return settings.folder / LEDGERS.name / f"{about}.sqlite"


def _set_aside(path: Path) -> None:
    """The last ledger of the same claim and σ is renamed to the first name that is free: none is ever deleted.

    Raises:
        InvalidInput: the file is no sound ledger of ours or is in use, and stays where it is; or it cannot be
            renamed.
    """
    require_ours(path)
    close_log(path)
    names = chain([".previous.sqlite"], (f".previous-{k}.sqlite" for k in count(2)))
    try:
        path.replace(next(free for free in map(path.with_suffix, names) if not free.exists()))
    except OSError as fault:
        raise InvalidInput(f"{path} cannot be renamed: {fault.strerror}. Move it yourself.") from fault


def _slug(subject: str) -> str:
    letters = "".join(c if c.isalnum() else "-" for c in subject)[:32].strip("-")
    return f"{letters}-{hashlib.sha256(subject.encode()).hexdigest()[:8]}"
