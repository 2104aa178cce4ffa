"""Random blocks of every family, judged by the thousand: outliers are pulled out."""

import numpy as np

from gsdcheck.engine.hunt.families.draw import draw
from gsdcheck.engine.hunt.screens import screened
from gsdcheck.engine.hunt.searchers.tally import Tally
from gsdcheck.engine.hunt.shard import Shard
from gsdcheck.engine.hunt.targets.target import Target


def batches(target: Target, shard: Shard, tally: Tally) -> None:
    """Blocks until the shard's examples are spent; the last is cut to size."""
    rng, domain = np.random.default_rng(shard.seed), target.domain
    while target.roams and tally.spent < shard.examples:
        block = draw(domain, rng, min(target.judge.lanes, shard.examples - tally.spent))
        block, rejected = screened(block, domain.assumptions)
        tally.rejected.update(rejected)
        if block.size:
            tally.take(block, target.judge.margins(block))
