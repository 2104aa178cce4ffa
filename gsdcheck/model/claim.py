"""A claim: a sentence of the theory, with what it assumes and what is expected of it."""

from dataclasses import dataclass

from gsdcheck.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement about oscillating networks, as data.

    Attributes:
        id: kebab-case, also the name of the proof page; a contract once it is published.
        row: the row of proofs/THEORY.md.
        sentence: the sentence of the paper it belongs to, P1 to P5.
        title: the claim in at most a dozen words.
        statement: the claim in full.
        source: a key of `gsdcheck.sources`.
        assumptions: names of the premises, as `certify.premises` defines them.
        margin: what the number that is ≥ 0 measures.
        expected: the verdict that the theory predicts; None for an open question.
        amended_by: for a refuted claim, the id of the claim that is true instead.
    """

    id: str
    row: str
    sentence: str
    title: str
    statement: str
    source: str
    assumptions: tuple[str, ...]
    margin: str
    expected: Verdict | None
    amended_by: str | None = None

    def __str__(self) -> str:
        return f"{self.id} ({self.row}, {self.sentence}): {self.statement}"
