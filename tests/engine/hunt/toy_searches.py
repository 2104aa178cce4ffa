"""Searches that cost nothing and whose outcome is known, and searches that go wrong on purpose."""

import os
import random
import signal
import threading
import time
from collections import Counter
from pathlib import Path

from gsdcheck.engine.hunt.rounds import Hunt, Share
from gsdcheck.engine.hunt.shard import Candidate, Shard, ShardResult
from gsdcheck.errors import InvalidInput

SHARES = (
    Share(searcher="structured", examples=64),
    Share(searcher="batches", examples=512, blocks=2),
    Share(searcher="ascent", examples=96, blocks=2, follows=True),
)


def toy_hunt(**changes) -> Hunt:
    """A small hunt with every kind of share."""
    given = {"claim": "toy", "sizes": (2, 3), "shares": SHARES, "seed": 7, "max_examples": 4_000}
    return Hunt(**{**given, **changes})


def drawn(shard: Shard) -> ShardResult:
    """Cases from the seed and from the cases to go on from, which make the margins smaller."""
    rng = random.Random(f"{shard.seed} {shard.starts}")
    tried, rejected, found = Counter(), Counter(), []
    for _ in range(shard.examples):
        if rng.random() < 0.1:
            rejected[rng.choice(["stiff", "outside the assumptions"])] += 1
            continue
        family = rng.choice(["integer weights", "repeated frequencies"])
        tried[family] += 1
        margin = rng.uniform(-0.01, 1) - 0.01 * len(shard.starts)
        case = {"W": [[str(rng.randrange(20))] * n for n in shard.sizes] * shard.sizes[0]}
        found.append(Candidate(case=case, margin=margin, family=family, mechanism=rng.choice(["", "drift"])))
    best = tuple(sorted(found, key=lambda candidate: candidate.margin)[:5])
    return ShardResult(tried=tried, rejected=rejected, best=best, seconds=time.perf_counter())


def drawn_slowly(shard: Shard) -> ShardResult:
    """The same, long enough to be killed at."""
    time.sleep(0.02)
    return drawn(shard)


def logged(shard: Shard) -> ShardResult:
    """The same, and a line for each time that a shard is begun."""
    with Path(os.environ["TOY_LOG"]).open("a", encoding="utf-8") as file:
        file.write(f"{shard.round} {shard.index}\n")
    return drawn_slowly(shard)


def deadly(shard: Shard) -> ShardResult:
    """One shard ends the process that runs it, every time."""
    if (shard.round, shard.index) == (0, 1):
        os.kill(os.getpid(), signal.SIGKILL)
    return drawn(shard)


def refusing(shard: Shard) -> ShardResult:
    """An error of ours."""
    raise InvalidInput(f"no shard of n = {shard.sizes[0]}")


def defective(shard: Shard) -> ShardResult:
    """A defect, of a type that does not survive pickling."""

    class Local(Exception):  # noqa: N818
        pass

    raise Local(shard.searcher)


def threads(shard: Shard) -> ShardResult:
    """How many threads NumPy has started here, and whether Ctrl-C gets through, as counts."""
    import numpy as np

    a = np.ones((300, 300))
    a @ a
    started = len(os.listdir("/proc/self/task")) - threading.active_count()
    blocked = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    return ShardResult(
        tried={}, rejected={"threads": started, "deaf": int(blocked)}, best=(), seconds=shard.examples
    )


def endless(shard: Shard) -> ShardResult:
    """Never done; says in which process."""
    print(f"shard {shard.round} {shard.index} in {os.getpid()}", flush=True)
    time.sleep(10**6)
    return drawn(shard)
