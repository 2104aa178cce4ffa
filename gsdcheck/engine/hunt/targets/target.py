"""A target: a claim as a hunt sees it, with where its cases lie and how many of them are judged at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from gsdcheck.engine.hunt.assumptions import lacking
from gsdcheck.engine.hunt.blocks import Block
from gsdcheck.engine.hunt.domain import Domain
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

CaseStrategy: TypeAlias = Callable[[], "SearchStrategy[Case]"]
"""Makes the strategy; Hypothesis is loaded only then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The margins of a block, ≥ 0 where the claim holds.

    Attributes:
        margins: (B,); nan for a case on which the judge has no opinion.
        rejected: how many those are, by reason.
    """

    margins: FloatArray
    rejected: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What another method says of a candidate.

    Attributes:
        method: the method, and its tolerance or precision, in words.
        margin: what it gives; None where it came to a limit.
    """

    method: str
    margin: float | None

    @property
    def violated(self) -> bool:
        """The margin is negative, and not merely unknown."""
        return self.margin is not None and self.margin < 0


class Judge(Protocol):
    """How cases are judged."""

    @property
    def mechanism(self) -> str:
        """How a case fails, in a few words."""
        ...

    @property
    def lanes(self) -> int:
        """How many cases are best judged at once."""
        ...

    @property
    def shows(self) -> str:
        """What a script or a figure of a finding shows: a step, a spectrum, a point, an orbit, its drift, a parting."""
        ...

    @property
    def pace(self) -> int:
        """About how many cases it judges a second, for planning."""
        ...

    @property
    def alone(self) -> int:
        """About how many it judges a second if they come one by one."""
        ...

    def margins(self, block: Block) -> Judged:
        """The first look, in floats, at all cases of the block."""
        ...

    def margin(self, case: Case) -> float:
        """The first look at one exact case; nan without an opinion."""
        ...

    def rough(self, cases: Sequence[Case]) -> FloatArray:
        """About what `margin` says of each of the cases, which share σ, form, leak, bias and n; at once."""
        ...

    def focused(self, case: Case) -> "Judge":
        """A judge that looks only where this case was seen to fail, for looking at many cases like it."""
        ...

    def checks(self, case: Case) -> Iterator[Check]:
        """What other methods at other tolerances say, the cheapest first, the last in high precision."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A statement to be hunted.

    Attributes:
        id: the claim's id.
        domain: where its cases lie.
        judge: what judges them.
        cases: the claim's own strategy, for the structured searcher.
        roams: whether the families of the domain are searched too, or only what the own strategy draws.
        existential: the claim says that there is such a case; what is found proves it, and silence says nothing.
        lacks: what the claim assumes and the subject is not known to satisfy, with the reasons.
    """

    id: str
    domain: Domain
    judge: Judge
    cases: CaseStrategy | None = None
    roams: bool = True
    existential: bool = False
    lacks: Mapping[str, str] = field(default_factory=dict)

    def confined(self, subject: Activation) -> "Target":
        """The target about one σ alone."""
        missing = lacking(subject, self.domain.assumptions)
        return replace(self, domain=self.domain.confined(subject), lacks=missing)


def without_opinion(margins: FloatArray, reason: str) -> Judged:
    """The margins, and the cases without one counted under this reason."""
    unknown = int(np.isnan(margins).sum())
    return Judged(margins=margins, rejected={reason: unknown} if unknown else {})
