"""The table of theorems is trusted as it is written: no premise, step or verdict changes unseen."""

from pathlib import Path

from gsdcheck.certify.theorem import Theorem
from gsdcheck.certify.theorems import THEOREMS

GOLDEN = Path(__file__).parent.parent / "golden" / "theorems.txt"


def written(theorem: Theorem) -> str:
    grade = "restates" if theorem.direct else "follows"
    steps = f" by {' '.join(theorem.steps)}" if theorem.steps else ""
    return f"{theorem.id}: {theorem.verdict} {theorem.claim} {grade} {' '.join(theorem.premises)}{steps}"


def test_the_table_is_the_one_that_was_reviewed() -> None:
    assert [written(theorem) for theorem in THEOREMS.values()] == GOLDEN.read_text(
        encoding="utf-8"
    ).splitlines()


def test_a_theorem_has_premises_once_each_and_says_what_follows() -> None:
    for name, theorem in THEOREMS.items():
        assert theorem.id == name
        assert theorem.premises
        assert len(set(theorem.premises)) == len(theorem.premises), name
        assert theorem.conclusion
        assert theorem.page == theorem.claim
