"""How a hunt's cases are shared out among the searchers, and how budgets and sizes are spelled."""

import math
import re
import time
from collections.abc import Callable

from gsdcheck.engine.hunt.rounds import RAMP, Hunt, Share
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.errors import InvalidInput

DEFAULT_SECONDS = 60.0
_SHARD_SECONDS = 6
_STRUCTURED_PACE = 150
"""Hypothesis draws about so many cases a second, whatever it costs to judge them."""
_A_BLOCK = 64
"""The first shard of random blocks has so many cases at least: they cost little more than one."""
_LARGEST_N = 16
_TIME = re.compile(r"(\d+(?:\.\d+)?)(s|m|h)?")
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, None: 1.0}


def plan_of(
    target: Target, claim: str, subject: str | None, *, seed: int, max_examples: int | None = None
) -> Hunt:
    """The three searchers with shards of about six seconds each, by the pace of the target's judge."""
    judge = target.judge
    alone = min(judge.alone, _STRUCTURED_PACE) * _SHARD_SECONDS
    together = max(judge.pace * _SHARD_SECONDS, _A_BLOCK << RAMP)
    structured = Share(searcher="structured", examples=max(16, alone))
    shares = (
        Share(searcher="batches", examples=together),
        structured,
        Share(searcher="ascent", examples=max(_A_BLOCK, judge.pace * _SHARD_SECONDS // 4), follows=True),
    )
    return Hunt(
        claim=claim,
        subject=subject,
        sizes=target.domain.sizes if target.roams else target.domain.sizes[:1],
        shares=shares if target.roams else (structured,),
        seed=seed,
        max_examples=max_examples,
    )


def within(seconds: float | None) -> Callable[[], bool]:
    """Whether so many seconds from now have not passed; None: no end."""
    until = math.inf if seconds is None else time.monotonic() + seconds
    return lambda: time.monotonic() < until


def read_time(text: str) -> float:
    """Seconds of "90", "90s", "10m" or "1.5h".

    Raises:
        InvalidInput: it is no such time, or 0.
    """
    found = _TIME.fullmatch(text.strip())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if not seconds > 0:
        raise InvalidInput(f"max-time is {text[:40]!r}. Give a time such as 90s, 10m or 1h.")
    return seconds


def read_sizes(text: str) -> tuple[int, ...]:
    """The numbers of units of "3", "2..8" or "3,5,7".

    Raises:
        InvalidInput: it is no such range, or not within 1 to 16.
    """
    sizes: set[int] = set()
    for part in text.split(","):
        low, dots, high = part.strip().partition("..")
        if not (low.isascii() and low.isdigit() and (not dots or (high.isascii() and high.isdigit()))):
            raise InvalidInput(f"n is {text[:40]!r}. Give a number or a range, such as 3, 2..8 or 3,5,7.")
        if len(low) > 3 or len(high) > 3:
            raise InvalidInput(f"n is {text[:40]!r}. A hunt searches among 1 to {_LARGEST_N} units.")
        sizes.update(range(int(low), int(high or low) + 1))
    if not sizes or min(sizes) < 1 or max(sizes) > _LARGEST_N:
        raise InvalidInput(f"n is {text[:40]!r}. A hunt searches among 1 to {_LARGEST_N} units.")
    return tuple(sorted(sizes))
