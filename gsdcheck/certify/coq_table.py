"""The table of audited Coq theorems, and whether the sources that ship are the ones that were audited.

`coq_table.json` beside this file is written by `gsdcheck proofs --update`, which runs Coq, and by nothing else.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from gsdcheck.certify.pages import proofs_folder
from gsdcheck.errors import CertificateRejected

TABLE = Path(__file__).with_name("coq_table.json")

AXIOMS = frozenset(
    {
        "ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}",
        "ClassicalDedekindReals.sig_forall_dec : forall P : nat -> Prop, "
        "(forall n : nat, {P n} + {~ P n}) -> {n : nat | ~ P n} + {forall n : nat, P n}",
        "FunctionalExtensionality.functional_extensionality_dep : forall (A : Type) (B : A -> Type) "
        "(f g : forall x : A, B x), (forall x : A, f x = g x) -> f = g",
        "Classical_Prop.classic : forall P : Prop, P \\/ ~ P",
    }
)
"""What a theorem may assume, name and statement as Coq prints them: the axioms of the standard real numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoqTheorem:
    """An audited theorem: its statement and its assumptions as Coq printed them."""

    name: str
    statement: str
    assumptions: tuple[str, ...]

    @property
    def module(self) -> str:
        """The file it is in, without its ending."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoqModule:
    """An audited source: its fingerprint, and every other module that it rests on."""

    sha256: str
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoqTable:
    """The audited theorems by name, the sources by module, and the version of Coq that read them."""

    coq: str
    modules: Mapping[str, CoqModule]
    theorems: Mapping[str, CoqTheorem]


@cache
def coq_table() -> CoqTable:
    """The table that ships."""
    return read_table(TABLE.read_text(encoding="utf-8"))


def read_table(text: str) -> CoqTable:
    """The table that the JSON text spells."""
    data = json.loads(text)
    return CoqTable(
        coq=data["coq"],
        modules={
            name: CoqModule(sha256=entry["sha256"], requires=tuple(entry["requires"].split()))
            for name, entry in data["modules"].items()
        },
        theorems={
            name: CoqTheorem(
                name=name,
                statement="\n".join(entry["statement"]),
                assumptions=tuple(entry["assumptions"]),
            )
            for name, entry in data["theorems"].items()
        },
    )


def sources_folder() -> Path:
    """The folder of the Coq sources: inside the installed package, or beside it in a checkout."""
    return proofs_folder() / "coq"


def source_fingerprint(path: Path) -> str:
    """sha256 of the text of a source, in hex, whatever its line ends."""
    return sha256(path.read_text(encoding="utf-8").encode()).hexdigest()


@cache
def stale_modules(folder: Path) -> frozenset[str]:
    """The modules of the table whose source in the folder is missing or another text."""
    found = set()
    for name, module in coq_table().modules.items():
        path = folder / f"{name}.v"
        if not path.is_file() or source_fingerprint(path) != module.sha256:
            found.add(name)
    return frozenset(found)


def closure(modules: Iterable[str]) -> list[str]:
    """The modules and all that they rest on, in order of their names.

    Raises:
        CertificateRejected: the table does not have one of them.
    """
    table, found = coq_table().modules, set(modules)
    if unknown := sorted(found - set(table)):
        raise CertificateRejected(f"the table has no Coq module {unknown[0]!r}.")
    return sorted(found | {name for module in found for name in table[module].requires})


def sources_fingerprint(modules: Iterable[str]) -> str:
    """One fingerprint of the modules and of all that they rest on."""
    lines = [f"{name} {coq_table().modules[name].sha256}\n" for name in closure(modules)]
    return sha256("".join(lines).encode()).hexdigest()
