"""The hunts of one call, one claim after the other, within one budget."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gsdcheck.claims.entry import Entry
from gsdcheck.engine.events import Finished, Listener, Started, ignore
from gsdcheck.engine.hunt.budget import DEFAULT_SECONDS, read_sizes, read_time
from gsdcheck.engine.hunt.campaign import Event, RoundDone
from gsdcheck.engine.hunt.findings.files import FOLDER, read_findings
from gsdcheck.engine.hunt.pursuit import Pursuit, Settings, is_begun, pursue
from gsdcheck.engine.hunt.targets.catalogue import require_margin
from gsdcheck.engine.subjects import find_subject
from gsdcheck.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of `gsdcheck hunt`, as they were typed."""

    activation: str | None = None
    n: str | None = None
    max_time: str | None = None
    max_examples: int | None = None
    seed: int = 0
    jobs: int = 1
    scheduler: str | None = None
    resume: bool = False


def settings_of(asked: Asked, claims: int) -> Settings:
    """The options read; time and cases are shared out among the claims.

    Raises:
        GsdcheckError: one of them cannot be read or used.
    """
    limited = asked.max_examples is not None and asked.max_time is None
    seconds = None if limited else read_time(asked.max_time) if asked.max_time else DEFAULT_SECONDS
    examples = asked.max_examples
    if examples is not None and examples < claims:
        raise InvalidInput(f"max-examples is {examples} for {claims} claims. Give one for each at least.")
    return Settings(
        subject=None if asked.activation is None else _hunted_activation(asked.activation),
        sizes=() if asked.n is None else read_sizes(asked.n),
        seconds=None if seconds is None else seconds / claims,
        examples=None if examples is None else examples // claims,
        seed=asked.seed,
        jobs=asked.jobs,
        scheduler=asked.scheduler,
        resume=asked.resume,
    )


def hunt_all(entries: Sequence[Entry], settings: Settings, listen: Listener = ignore) -> list[Pursuit]:
    """The hunts on the claims, in order; after an interrupt those that were begun.

    To resume, one of the claims must have a ledger; those that the last call did not come to are begun.

    Raises:
        GsdcheckError: the folder of findings, a claim, the activation or a ledger cannot be used. As far as
            that can be known, it is before anything is hunted.
    """
    known = read_findings(settings.folder / FOLDER.name)
    for entry in entries:
        require_margin(entry.claim.id)
    resumed = _resumed(entries, settings)
    listen(Started(total=len(entries)))
    pursuits: list[Pursuit] = []
    for entry in entries:
        here = replace(settings, resume=entry in resumed)
        pursuits.append(pursue(entry.claim.id, here, known, _told(listen)))
        listen(Finished(name=entry.claim.id, seconds=0.0))
        if not pursuits[-1].complete:
            break
    return pursuits


def _resumed(entries: Sequence[Entry], settings: Settings) -> Sequence[Entry]:
    """The claims whose ledger is gone on with: those that have one; all, to be refused, if none has."""
    if not settings.resume:
        return ()
    return [entry for entry in entries if is_begun(entry.claim.id, settings)] or entries


def _told(listen: Listener) -> Callable[[Event], None]:
    """Completed rounds, told as parts that are done."""

    def hear(event: Event) -> None:
        if isinstance(event, RoundDone):
            tried = sum(event.outcome.tried.values())
            listen(Finished(name=f"round {event.outcome.rounds}, {tried:,} cases", seconds=0.0))

    return hear


def _hunted_activation(subject: str) -> str:
    """The subject as `find_activation` reads it: a name, or the formula of what code computes.

    Raises:
        InvalidInput: only the values of the function are known.
    """
    found = find_subject(subject)
    if found.activation is None:
        raise InvalidInput(
            f"{subject}: only the values of this function are known, and a hunt needs its expression."
            " Give it as an expression in x."
        )
    return found.activation.text if found.source == "callable" else subject


def with_figures(
    findings: Sequence[Mapping[str, Any]], draw: Callable[[Mapping[str, Any]], str | None]
) -> list[dict[str, Any]]:
    """The findings with their figures drawn; `draw` makes SVG of a series, or None."""
    return [{**finding, "figure": draw(finding["series"])} for finding in findings]
