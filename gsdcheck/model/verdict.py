"""Verdicts and the grades of evidence behind them."""

from enum import Enum


class Verdict(Enum):
    """What was decided about a claim."""

    PROVED = "proved"
    REFUTED = "refuted"
    SUPPORTED = "supported"
    UNDECIDED = "undecided"

    def __str__(self) -> str:
        return self.value


class Evidence(Enum):
    """What stands behind a verdict, the strongest first."""

    FORMAL = "formal"
    EXACT = "exact"
    BALL = "ball"
    SYMBOLIC = "symbolic"
    THEOREM = "theorem"
    WRITTEN = "written"
    SAMPLED = "sampled"

    def __str__(self) -> str:
        return self.value

    @property
    def rank(self) -> int:
        """0 for the strongest grade."""
        return list(Evidence).index(self)


def weakest(*grades: Evidence) -> Evidence:
    """The weakest of the grades: an argument is as good as its worst step. No grades: exact."""
    return max(grades, key=lambda grade: grade.rank, default=Evidence.EXACT)


MAY_PROVE = frozenset(Evidence) - {Evidence.SAMPLED}
MAY_REFUTE = frozenset(Evidence) - {Evidence.SAMPLED, Evidence.WRITTEN}
