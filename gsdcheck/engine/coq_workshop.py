"""A folder in which Coq sources are built from clean, and in which Coq is asked about their theorems."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from gsdcheck.engine.coq_output import PRINTING, preamble, theorem_names
from gsdcheck.engine.coq_runs import Task, compile_all, dependencies, transitive
from gsdcheck.errors import CoqError

Finished = Callable[[str], None]
Question = Callable[[str], str]

QUESTION = "Question_"
"""How the name of a file that asks Coq something begins; no source may be named so."""


class Workshop:
    """The sources, compiled as far as Coq accepts them.

    Attributes:
        sources: the texts of the modules that were to be built, by name.
        requires: for each of them all that it rests on.
        broken: for each that does not compile, why.
    """

    def __init__(
        self,
        place: Path,
        sources: Mapping[str, str],
        *,
        modules: Iterable[str] | None,
        jobs: int,
        finished: Finished,
    ) -> None:
        """Builds the modules and what they rest on; None: all of the sources."""
        if named_so := [name for name in sources if name.startswith(QUESTION)]:
            raise CoqError(f"{named_so[0]}.v has a name that is kept for questions to Coq.")
        self.place, self.jobs, self.finished = place, jobs, finished
        for name, text in sources.items():
            (place / f"{name}.v").write_text(text, encoding="utf-8")
        direct = dependencies(place, sorted(sources))
        self.requires = transitive(direct)
        wanted = set(sources if modules is None else modules) & sources.keys()
        wanted |= {need for name in wanted for need in self.requires[name]}
        self.sources = {name: text for name, text in sources.items() if name in wanted}
        self.broken = self._failed([Task(name=name, after=direct[name]) for name in self.sources])

    def _failed(self, tasks: Sequence[Task]) -> dict[str, str]:
        outcomes = compile_all(self.place, tasks, jobs=self.jobs, finished=self.finished)
        return {name: said for name, said in outcomes.items() if said is not None}

    def theorems(self) -> list[str]:
        """Module.name of every theorem and corollary of the sources that compile."""
        return [
            f"{module}.{name}"
            for module, text in sorted(self.sources.items())
            if module not in self.broken
            for name in theorem_names(text)
        ]

    def ask(
        self, title: str, theorems: Iterable[str], question: Question, before: Question | None = None
    ) -> dict[str, str]:
        """Puts a question about each theorem to Coq, file by file; for those that Coq refuses, why.

        Args:
            question: sentences about a theorem, read where its own file's imports are open.
            before: sentences that are read with nothing imported, so that every name is printed in full.
        """
        modules: dict[str, list[str]] = {}
        for name in theorems:
            modules.setdefault(name.partition(".")[0], []).append(name)
        parts = {f"{title}_{module}": names for module, names in modules.items()}
        refused = self._ask(parts, question, before)
        # A file of several questions fails as a whole; each of its theorems is then asked about alone.
        doubtful = [name for part, names in parts.items() if part in refused for name in names]
        alone = {f"{title}_{name.replace('.', '_')}": [name] for name in doubtful}
        return {alone[part][0]: said for part, said in self._ask(alone, question, before).items()}

    def _ask(
        self, parts: Mapping[str, Sequence[str]], question: Question, before: Question | None
    ) -> dict[str, str]:
        for part, names in parts.items():
            module = names[0].partition(".")[0]
            lines = [f"From Gsdcheck Require {module}.\n", PRINTING]
            lines += [before(name) for name in names] if before else []
            lines += [preamble(self.sources[module]), f"From Gsdcheck Require Import {module}.\n"]
            text = "".join([*lines, *(question(name) for name in names)])
            (self.place / f"{QUESTION}{part}.v").write_text(text, encoding="utf-8")
        refused = self._failed([Task(name=f"{QUESTION}{part}") for part in parts])
        return {name.removeprefix(QUESTION): said for name, said in refused.items()}

    def printed(self, name: str) -> str:
        """What Coq printed for `Redirect name`."""
        return (self.place / f"{name}.out").read_text(encoding="utf-8")

    def print_together(self, theorems: Sequence[str], title: str) -> str | None:
        """Makes Coq print under the title what the theorems assume, all at once; why it refuses, if it does."""
        modules = sorted({name.partition(".")[0] for name in theorems})
        requires = "".join(f"From Gsdcheck Require {module}.\n" for module in modules)
        whole = f"Definition every := ({', '.join(f'@{name}' for name in theorems)}, tt).\n"
        text = f'{requires}{whole}Redirect "{title}" Print Assumptions every.\n'
        (self.place / f"{QUESTION}{title}.v").write_text(text, encoding="utf-8")
        return self._failed([Task(name=f"{QUESTION}{title}")]).get(f"{QUESTION}{title}")
