"""What a searcher has seen so far: counts by family, reasons of rejection, and the few cases of least margin."""

from collections import Counter

import numpy as np

from gsdcheck.engine.hunt.blocks import Block
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.shard import Candidate, ShardResult
from gsdcheck.engine.hunt.targets.target import Judged
from gsdcheck.model.system import Case

MOST = 8
_MOST_A_FAMILY = 2


class Tally:
    """Collects; gives a ShardResult in the end."""

    def __init__(self, mechanism: str) -> None:
        self.tried: Counter[str] = Counter()
        self.rejected: Counter[str] = Counter()
        self._mechanism = mechanism
        self._best: list[tuple[float, int, Candidate]] = []

    @property
    def judged(self) -> int:
        """How many cases had a margin."""
        return self.tried.total()

    @property
    def spent(self) -> int:
        """How many cases were looked at, with a margin or without."""
        return self.tried.total() + self.rejected.total()

    def take(self, block: Block, judged: Judged) -> None:
        """The outcome of a block."""
        known = np.flatnonzero(~np.isnan(judged.margins))
        if known.size:
            self.tried[block.family] += int(known.size)
        self.rejected.update(judged.rejected)
        for lane in known[np.argsort(judged.margins[known], kind="stable")][:_MOST_A_FAMILY]:
            margin = float(judged.margins[lane])
            if self._is_among_least(margin):
                self._keep(margin, block.case(int(lane)), block.family)

    def take_one(self, case: Case, margin: float, family: str) -> None:
        """One case that has a margin."""
        self.tried[family] += 1
        if self._is_among_least(margin):
            self._keep(margin, case, family)

    def result(self, seconds: float) -> ShardResult:
        """What the shard brings back."""
        best = tuple(candidate for _, _, candidate in self._best)
        return ShardResult(tried=dict(self.tried), rejected=dict(self.rejected), best=best, seconds=seconds)

    def _is_among_least(self, margin: float) -> bool:
        return len(self._best) < MOST or margin < self._best[-1][0]

    def _keep(self, margin: float, case: Case, family: str) -> None:
        """Sorted by margin, then by the order in which they came; of one family a few."""
        candidate = Candidate(case=plain_case(case), margin=margin, family=family, mechanism=self._mechanism)
        if any(kept.case == candidate.case for _, _, kept in self._best):
            return
        self._best.append((margin, self.spent, candidate))
        self._best.sort(key=lambda entry: entry[:2])
        same = [entry for entry in self._best if entry[2].family == family]
        if len(same) > _MOST_A_FAMILY:
            self._best.remove(same[-1])
        del self._best[MOST:]
