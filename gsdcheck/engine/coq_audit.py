"""The audit of the Coq proofs: built from clean, each theorem held against its pinned statement, its axioms printed."""

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gsdcheck.certify.coq_table import AXIOMS, CoqModule, CoqTheorem, source_fingerprint
from gsdcheck.engine.coq_output import (
    PRINTING,
    is_one_sentence,
    preamble,
    read_assumptions,
    read_statement,
    theorem_names,
    unproved,
)
from gsdcheck.engine.coq_runs import Task, compile_all, dependencies, transitive
from gsdcheck.errors import CoqError, InvalidInput

Finished = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What Coq says of the sources in a folder.

    Attributes:
        modules: every source, with its fingerprint and what it requires.
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
    with tempfile.TemporaryDirectory(prefix="gsdcheck-coq-") as place:
        workshop = _Workshop(Path(place), sources, jobs, finished)
        workshop.build(None if whole else {name.partition(".")[0] for name in theorems})
        return workshop.audit(theorems, pinned, folder)


class _Workshop:
    """A folder in which the sources are compiled, and questions about them."""

    def __init__(self, place: Path, sources: Mapping[str, str], jobs: int, finished: Finished) -> None:
        self.place, self.sources, self.jobs, self.finished = place, sources, jobs, finished
        for name, text in sources.items():
            (place / f"{name}.v").write_text(text, encoding="utf-8")
        self.direct = dependencies(place, sorted(sources))
        self.broken: dict[str, str] = {}

    def build(self, modules: set[str] | None) -> None:
        """Compiles the modules and what they require; None: every source."""
        if modules is not None:
            wanted = modules.union(
                *(transitive(self.direct)[name] for name in modules if name in self.direct)
            )
            self.sources = {name: text for name, text in self.sources.items() if name in wanted}
        tasks = [Task(name=name, after=self.direct[name]) for name in self.sources]
        outcomes = compile_all(self.place, tasks, jobs=self.jobs, finished=self.finished)
        self.broken = {name: said for name, said in outcomes.items() if said is not None}

    def audit(self, theorems: Sequence[str], pinned: Mapping[str, str], folder: Path) -> Audit:
        """What Coq says of the theorems and of the sources as a whole."""
        faults = {name: fault for name in theorems if (fault := self._not_there(name))}
        asked = [name for name in theorems if name not in faults]
        printed = self._ask("Read", asked, faults, self._reading)
        found = self._read(printed, faults)
        goals = {name: pinned.get(name, theorem.statement) for name, theorem in found.items()}
        for name in [name for name, goal in goals.items() if not is_one_sentence(goal)]:
            faults[name] = "the pinned statement is more than one sentence"
        held = self._ask(
            "Hold", [n for n in found if n not in faults], faults, lambda name: _goal(name, goals[name])
        )
        needs = transitive(self.direct)
        return Audit(
            modules={
                name: CoqModule(
                    sha256=source_fingerprint(folder / f"{name}.v"), requires=tuple(sorted(needs[name]))
                )
                for name in self.sources
            },
            theorems={name: theorem for name, theorem in found.items() if name in held},
            faults=faults,
            loose=tuple(self._loose()),
        )

    def _not_there(self, theorem: str) -> str | None:
        module, _, name = theorem.partition(".")
        if module not in self.sources:
            return f"there is no source {module}.v"
        if module in self.broken:
            return f"{module}.v does not compile: {self.broken[module]}"
        if name not in theorem_names(self.sources[module]):
            return f"{module}.v has no theorem {name}"
        return None

    def _ask(
        self,
        title: str,
        theorems: Iterable[str],
        faults: dict[str, str],
        question: Callable[[str], str],
    ) -> list[str]:
        """Puts the question about each theorem to Coq, file by file; those of which Coq accepts it."""
        modules: dict[str, list[str]] = {}
        for name in theorems:
            modules.setdefault(name.partition(".")[0], []).append(name)
        parts = {f"{title}_{module}": names for module, names in modules.items()}
        outcomes = self._run({part: [question(name) for name in names] for part, names in parts.items()})
        failed = [name for part, names in parts.items() if outcomes[part] is not None for name in names]
        alone = self._run({f"{title}_{name.replace('.', '_')}": [question(name)] for name in failed})
        faults.update(
            {
                name: said
                for name in failed
                if (said := alone[f"{title}_{name.replace('.', '_')}"]) is not None
            }
        )
        return [name for names in parts.values() for name in names if name not in faults]

    def _run(self, questions: Mapping[str, Sequence[str]]) -> dict[str, str | None]:
        for part, sentences in questions.items():
            module = part.split("_")[1]
            head = f"{preamble(self.sources[module])}From Gsdcheck Require Import {module}.\n{PRINTING}"
            (self.place / f"{part}.v").write_text(head + "".join(sentences), encoding="utf-8")
        tasks = [Task(name=part) for part in questions]
        return compile_all(self.place, tasks, jobs=self.jobs, finished=self.finished)

    @staticmethod
    def _reading(name: str) -> str:
        return (
            f'Redirect "{name}.statement" Check @{name}.\n'
            f'Redirect "{name}.assumptions" Print Assumptions {name}.\n'
        )

    def _read(self, names: Sequence[str], faults: dict[str, str]) -> dict[str, CoqTheorem]:
        found = {}
        for name in names:
            try:
                theorem = CoqTheorem(
                    name=name,
                    statement=read_statement(self._printed(f"{name}.statement")),
                    assumptions=read_assumptions(self._printed(f"{name}.assumptions")),
                )
            except CoqError as fault:
                faults[name] = str(fault)
                continue
            if strange := _strange(theorem.assumptions):
                faults[name] = f"it assumes {strange[:200]}"
            else:
                found[name] = theorem
        return found

    def _printed(self, name: str) -> str:
        return (self.place / f"{name}.out").read_text(encoding="utf-8")

    def _loose(self) -> Iterable[str]:
        """What is wrong with any source: a proof that is no proof, an axiom, a file that does not compile."""
        for name, text in self.sources.items():
            for word in unproved(text):
                yield f"{name}.v says {word!r}: a proof is not complete, an axiom is added or a check is off"
        yield from (f"{name}.v does not compile: {said}" for name, said in self.broken.items())
        every = {
            f"{module}.{name}"
            for module, text in self.sources.items()
            if module not in self.broken
            for name in theorem_names(text)
        }
        if not every:
            yield "there is no theorem in the sources"
            return
        requires = "".join(
            f"From Gsdcheck Require {m}.\n" for m in sorted({n.partition(".")[0] for n in every})
        )
        whole = f"Definition every := ({', '.join(f'@{name}' for name in sorted(every))}, tt).\n"
        question = f'{requires}{whole}Redirect "every" Print Assumptions every.\n'
        (self.place / "Every.v").write_text(question, encoding="utf-8")
        said = compile_all(self.place, [Task(name="Every")], jobs=1, finished=self.finished)["Every"]
        if said is not None:
            yield f"the theorems cannot be put together: {said}"
            return
        try:
            strange = _strange(read_assumptions(self._printed("every")))
        except CoqError as fault:
            yield str(fault)
        else:
            yield from [f"a theorem assumes {strange[:200]}"] if strange else []


def _goal(name: str, statement: str) -> str:
    """A sentence that Coq accepts only if the theorem proves the statement."""
    return f"Goal ({statement}).\nProof. exact @{name}. Qed.\n"


def _strange(assumptions: Sequence[str]) -> str | None:
    return next((entry for entry in assumptions if entry not in AXIOMS), None)
