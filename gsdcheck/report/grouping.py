"""The judgements of a record, claim by claim."""

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gsdcheck.report.words import VERDICTS, plural

Judgement = Mapping[str, Any]

_WEAKEST_FIRST = ("refuted", "undecided", "supported", "proved")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGroup:
    """One claim with all its judgements; the headline is the one without a case, else the weakest.

    A claim is about all its cases: it is refuted with one of them, and proved only with all of them.
    """

    claim: str
    headline: Judgement
    others: tuple[Judgement, ...]

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The headline and then the further cases."""
        return (self.headline, *self.others)

    @property
    def ordinary(self) -> tuple[Judgement, ...]:
        """The further cases of a proved claim that are proved, as expected: nothing to look at first."""
        return tuple(j for j in self.others if self.headline["verdict"] == "proved" and _is_ordinary(j))

    @property
    def notable(self) -> tuple[Judgement, ...]:
        """The further cases that are not ordinary."""
        ordinary = self.ordinary
        return tuple(j for j in self.others if j not in ordinary)

    @property
    def unexpected(self) -> tuple[Judgement, ...]:
        """The judgements whose verdict is not the expected one."""
        return tuple(j for j in self.judgements if not as_expected(j))

    @property
    def tried(self) -> int:
        """How many examples were tried, over all cases."""
        return sum(judgement["examples"] or 0 for judgement in self.judgements)

    @property
    def further(self) -> str:
        """ "+4 cases", with those that came out differently counted: "+4 cases (1 undecided)"."""
        if not self.others:
            return ""
        different = Counter(j["verdict"] for j in self.others if j["verdict"] != self.headline["verdict"])
        counts = ", ".join(f"{number} {verdict}" for verdict, number in different.items())
        return f"+{plural(len(self.others), 'case')}" + (f" ({counts})" if counts else "")

    def detail(self, key: str) -> Any:
        """An optional key (sentence, title, statement, proof_page) of the first judgement that has it."""
        return next((j[key] for j in self.judgements if j.get(key) is not None), None)


def as_expected(judgement: Judgement) -> bool:
    """Whether the verdict is the expected one; where none is expected, any is."""
    return judgement["expected"] in (None, judgement["verdict"])


def _is_ordinary(judgement: Judgement) -> bool:
    return judgement["verdict"] == "proved" and as_expected(judgement)


def claim_groups(record: Mapping[str, Any]) -> list[ClaimGroup]:
    """The claims of the record in its order, each with its judgements."""
    found: dict[str, list[Judgement]] = {}
    for judgement in record["judgements"] or ():
        found.setdefault(judgement["claim"], []).append(judgement)
    return [_group(claim, judgements) for claim, judgements in found.items()]


def _group(claim: str, judgements: Sequence[Judgement]) -> ClaimGroup:
    def rank(index: int) -> tuple[bool, int]:
        return judgements[index]["case"] is not None, _WEAKEST_FIRST.index(judgements[index]["verdict"])

    head = min(range(len(judgements)), key=rank)
    others = tuple(j for i, j in enumerate(judgements) if i != head)
    return ClaimGroup(claim=claim, headline=judgements[head], others=others)


def missing_assumptions(record: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """Why claims do not apply → those claims."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entry in record.get("not_applicable") or ():
        found.setdefault(entry["because"], []).append(entry)
    return found


def verdict_counts(groups: Sequence[ClaimGroup]) -> dict[str, int]:
    """How many claims have each verdict, by their headlines; zeros included."""
    counts = Counter(group.headline["verdict"] for group in groups)
    return {verdict: counts[verdict] for verdict in VERDICTS}


def reproduce_line(record: Mapping[str, Any], judgement: Judgement, record_path: str) -> str:
    """The one command that shows this judgement again."""
    if judgement["certificate"] is not None or record["kind"] != "verify":
        return f"gsdcheck replay {shlex.quote(record_path)}"
    options = "".join(f" --{name} {record[name]}" for name in ("profile", "seed") if record[name] is not None)
    return f"gsdcheck verify {shlex.quote(judgement['claim'])}{options}"
