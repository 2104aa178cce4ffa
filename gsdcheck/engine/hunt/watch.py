"""Looks at the outcome of every completed round: settles new candidates, and says when enough was found."""

from collections import Counter
from collections.abc import Callable

from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.plain import spelled_plain
from gsdcheck.engine.hunt.settlement import Settled, Settlement, apart, is_slow, settle
from gsdcheck.engine.hunt.targets.target import Target

QUIET = 1
"""After the first finding so many rounds without another mechanism end the hunt."""


class Watch:
    """The findings so far. What it does depends on the outcomes of completed rounds, and on time only where it is up.

    Args:
        in_time: whether a further candidate may be looked at; always, where cases and not seconds are counted.
    """

    def __init__(self, target: Target, in_time: Callable[[], bool] = lambda: True) -> None:
        self._target, self._in_time = target, in_time
        self._seen: set[str] = set()
        self._found: tuple[Settled, ...] = ()
        self._alone: tuple[Settled, ...] = ()
        self._refused: Counter[str] = Counter()
        self._quiet = 0

    def enough(self, outcome: Outcome) -> bool:
        """Settles the candidates that are new; True when findings are there and no more come.

        Where a judge is slow, one certified finding is enough.
        """
        new = [c for c in outcome.best if c.margin < 0 and spelled_plain(c.case) not in self._seen]
        self._seen.update(spelled_plain(candidate.case) for candidate in new)
        wanted = 0 if self._alone else 1  # shrinking takes time that the search needs
        settled = settle(self._target, new, in_time=self._in_time, most_alone=wanted)
        self._refused.update(settled.refused)
        self._alone = self._alone or settled.alone
        before = {found.kind for found in self._found}
        self._found = tuple(apart([*self._found, *settled.found]))
        if is_slow(self._target) and any(found.judgement is not None for found in self._found):
            return True
        news = {found.kind for found in self._found} - before
        self._quiet = 0 if news else self._quiet + 1
        return bool(self._found) and self._quiet >= QUIET

    @property
    def settlement(self) -> Settlement:
        """What has been found, and what was refused."""
        return Settlement(found=self._found, alone=self._alone, refused=dict(self._refused))
