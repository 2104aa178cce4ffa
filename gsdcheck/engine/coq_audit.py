"""The audit of the Coq proofs: built from clean, each theorem held against its pinned statement, its axioms printed."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gsdcheck.certify.coq_table import AXIOMS, CoqModule, CoqTheorem, source_fingerprint
from gsdcheck.engine.coq_output import (
    is_one_sentence,
    read_assumptions,
    read_statement,
    theorem_names,
    unproved,
)
from gsdcheck.engine.coq_workshop import Finished, Workshop
from gsdcheck.errors import CoqError, InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What Coq says of the sources in a folder.

    Attributes:
        modules: every source that was built, with its fingerprint and what it rests on.
        theorems: the theorems asked for that Coq accepts, as Coq prints them.
        faults: for each of the others, why it is not trusted.
        loose: what is wrong with the sources as a whole, whatever is asked for.
    """

    modules: Mapping[str, CoqModule]
    theorems: Mapping[str, CoqTheorem]
    faults: Mapping[str, str]
    loose: tuple[str, ...]


def audit_sources(
    folder: Path,
    theorems: Sequence[str],
    pinned: Mapping[str, str],
    *,
    whole: bool = True,
    jobs: int = 2,
    finished: Finished = lambda _: None,
) -> Audit:
    """Builds the sources of the folder in a folder of its own, and asks Coq about the theorems.

    Args:
        folder: of the sources, *.v; nothing is written there.
        theorems: Module.name.
        pinned: the statement that each theorem must prove; those without one must prove what Coq prints.
        whole: all sources, or those alone that the theorems rest on.
        jobs: how many files are compiled at a time.
        finished: is told the name of each file that Coq is done with.

    Raises:
        InvalidInput: there are no sources.
        CoqError: the sources cannot be put in an order.
    """
    sources = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.v"))}
    if not sources:
        raise InvalidInput(f"There are no Coq sources in {folder}.")
    modules = None if whole else {name.partition(".")[0] for name in theorems}
    with tempfile.TemporaryDirectory(prefix="gsdcheck-coq-") as place:
        workshop = Workshop(Path(place), sources, modules=modules, jobs=jobs, finished=finished)
        found, faults = _examined(workshop, theorems, pinned)
        fingerprints = {
            name: CoqModule(
                sha256=source_fingerprint(folder / f"{name}.v"),
                requires=tuple(sorted(workshop.requires[name])),
            )
            for name in workshop.sources
        }
        return Audit(modules=fingerprints, theorems=found, faults=faults, loose=tuple(_loose(workshop)))


def _examined(
    workshop: Workshop, theorems: Sequence[str], pinned: Mapping[str, str]
) -> tuple[dict[str, CoqTheorem], dict[str, str]]:
    """The theorems that Coq accepts, and for the others why not."""
    faults = {name: fault for name in theorems if (fault := _not_there(workshop, name))}
    asked = [name for name in theorems if name not in faults]
    faults |= workshop.ask("Theorems", asked, _statement_of, before=_assumptions_of)
    found = {}
    for name in asked:
        if name in faults:
            continue
        try:
            theorem = _read(workshop, name)
        except CoqError as fault:
            faults[name] = str(fault)
        else:
            found[name] = theorem
            goal = pinned.get(name, theorem.statement)
            if not is_one_sentence(goal):  # it could end the goal and begin another
                faults[name] = "the pinned statement is more than one sentence"
    goals = {name: pinned.get(name, found[name].statement) for name in found if name not in faults}
    faults |= workshop.ask("Goals", goals, lambda name: _goal(name, goals[name]))
    return {name: found[name] for name in goals if name not in faults}, faults


def _not_there(workshop: Workshop, theorem: str) -> str | None:
    module, _, name = theorem.partition(".")
    if module not in workshop.sources:
        return f"there is no source {module}.v"
    if module in workshop.broken:
        return f"{module}.v does not compile: {workshop.broken[module]}"
    if name not in theorem_names(workshop.sources[module]):
        return f"{module}.v has no theorem {name}"
    return None


def _assumptions_of(name: str) -> str:
    return f'Redirect "{name}.assumptions" Print Assumptions {name}.\n'


def _statement_of(name: str) -> str:
    return f'Redirect "{name}.statement" Check @{name}.\n'


def _goal(name: str, statement: str) -> str:
    """Sentences that Coq accepts only if the theorem proves the statement."""
    return f"Goal ({statement}).\nProof. exact @{name}. Qed.\n"


def _read(workshop: Workshop, name: str) -> CoqTheorem:
    theorem = CoqTheorem(
        name=name,
        statement=read_statement(workshop.printed(f"{name}.statement")),
        assumptions=read_assumptions(workshop.printed(f"{name}.assumptions")),
    )
    if strange := sorted(set(theorem.assumptions) - AXIOMS):
        raise CoqError(f"it assumes {strange[0][:200]}")
    return theorem


def _loose(workshop: Workshop) -> Iterator[str]:
    """What is wrong with any source: a proof that is no proof, an axiom, a file that does not compile."""
    for name, text in workshop.sources.items():
        for word in unproved(text):
            yield f"{name}.v says {word!r}: a proof is not complete, an axiom is added or a check is off"
    yield from (f"{name}.v does not compile: {said}" for name, said in workshop.broken.items())
    every = workshop.theorems()
    if not every:
        yield "there is no theorem in the sources"
    elif refused := workshop.print_together(every, "Every"):
        yield f"the theorems cannot be put together: {refused}"
    else:
        yield from _strange_among(workshop.printed("Every"))


def _strange_among(printed: str) -> Iterator[str]:
    try:
        assumptions = read_assumptions(printed)
    except CoqError as fault:
        yield str(fault)
    else:
        yield from (f"a theorem assumes {entry[:200]}" for entry in sorted(set(assumptions) - AXIOMS))
