"""Random blocks of every family, judged by the thousand: outliers are pulled out."""

import numpy as np

from gsdcheck.engine.hunt.families.draw import draw
from gsdcheck.engine.hunt.screens import screened
from gsdcheck.engine.hunt.searchers.tally import Tally
from gsdcheck.engine.hunt.shard import Shard
from gsdcheck.engine.hunt.targets.target import Target

_BLOCKS, _FEWEST = 24, 64
"""So many blocks at least, for a block has one σ and one family; but none smaller than this."""


def batches(target: Target, shard: Shard, tally: Tally) -> None:
    """Blocks until the shard's examples are spent; the last is cut to size."""
    rng, domain = np.random.default_rng(shard.seed), target.domain
    lanes = min(target.judge.lanes, max(_FEWEST, shard.examples // _BLOCKS))
    while target.roams and tally.spent < shard.examples:
        block = draw(domain, rng, min(lanes, shard.examples - tally.spent))
        block, rejected = screened(block, domain.assumptions)
        tally.rejected.update(rejected)
        if block.size:
            tally.take(block, target.judge.margins(block))
