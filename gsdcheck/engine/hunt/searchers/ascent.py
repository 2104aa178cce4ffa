"""Local ascent on the violation: a population around the best cases, whose spread follows its success."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.random import Generator

from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.plain import read_case
from gsdcheck.engine.hunt.screens import screened
from gsdcheck.engine.hunt.searchers.tally import Tally
from gsdcheck.engine.hunt.shard import PlainCase, Shard
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray

_POPULATION = 48
_SPREADS = (0.3, 1e-2)
_SHRINKS, _GROWS = 0.5, 1.5
_NARROW, _WIDE = 1e-9, 2.0
_FAMILY = "ascent"


def ascent(target: Target, shard: Shard, tally: Tally) -> None:
    """Climbs from each start in turn, a generation at a time, until the shard's examples are spent."""
    rng = np.random.default_rng(shard.seed)
    climbers = _climbers(target, shard.starts)
    while climbers and tally.spent < shard.examples:
        for climber in climbers:
            if tally.spent < shard.examples:
                climber.generation(target, rng, tally, min(_POPULATION, shard.examples - tally.spent))
        climbers = [climber for climber in climbers if climber.spread > _NARROW]


def _climbers(target: Target, starts: Sequence[PlainCase]) -> "list[_Climber]":
    found = []
    for place, start in enumerate(starts):
        case = read_case(start)
        margin = target.judge.margin(case)
        if math.isfinite(margin):
            found.append(_Climber(case, margin, _SPREADS[place % len(_SPREADS)]))
    return found


class _Climber:
    """One start and where it has come to: a deterministic derivative-free search, given its generator."""

    def __init__(self, case: Case, margin: float, spread: float) -> None:
        self.block, self.margin, self.spread = block_of([case], f"{_FAMILY} · near the best"), margin, spread

    def generation(self, target: Target, rng: Generator, tally: Tally, size: int) -> None:
        """So many cases around the present one; the best takes its place if it is better."""
        around = _around(self.block, rng, size, self.spread, skew="skew" in target.domain.assumptions)
        around, rejected = screened(around, target.domain.assumptions)
        tally.rejected.update(rejected)
        if not around.size:
            self.spread *= _SHRINKS
            return
        judged = target.judge.margins(around)
        tally.take(around, judged)
        if np.isnan(judged.margins).all() or not np.nanmin(judged.margins) < self.margin:
            self.spread *= _SHRINKS
            return
        best = int(np.nanargmin(judged.margins))
        self.block, self.margin = around.chosen(np.array([best])), float(judged.margins[best])
        self.spread = min(self.spread * _GROWS, _WIDE)


def _around(block: Block, rng: Generator, size: int, spread: float, *, skew: bool) -> Block:
    """Cases in which some numbers differ by about `spread` of their size, and one in four moves the state alone."""
    alone = rng.random(size) < 0.25
    W = _moved(np.broadcast_to(block.W, (size, block.n, block.n)), rng, spread)
    if skew:
        U = np.triu(W, 1)
        W = U - U.transpose(0, 2, 1)
    W = np.where(alone[:, None, None], block.W, W)
    state = _moved(np.broadcast_to(block.state, (size, block.n)), rng, spread)
    h = (
        None
        if block.step is None
        else np.broadcast_to(block.step, (size,)) * np.exp(spread * rng.normal(size=size))
    )
    return replace(block, W=W, state=state, step=h)


def _moved(values: FloatArray, rng: Generator, spread: float) -> FloatArray:
    """Each number by about `spread` of its size, or of the largest beside it, and half of them not at all."""
    largest = np.abs(values).max(axis=tuple(range(1, values.ndim)), keepdims=True)
    size = np.where(rng.random(values.shape) < 0.7, np.abs(values), 0.1 * largest)
    moves = rng.random(values.shape) < 0.5
    return np.asarray(values + np.where(moves, spread * size * rng.normal(size=values.shape), 0.0))
