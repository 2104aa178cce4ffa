"""What floats say of the assumptions, a block at a time: a case outside them is rejected, with the reason.

A screen is quick and may err near a boundary; a candidate is decided exactly afterwards (`assumptions`).
"""

from collections.abc import Callable, Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from gsdcheck.engine.hunt.assumptions import level
from gsdcheck.engine.hunt.blocks import Block
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import energy

Mask = NDArray[np.bool_]
_SMALL = 1e-9


def _everywhere(block: Block, holds: bool) -> Mask:
    return np.full(block.size, holds)


def _skew(block: Block) -> Mask:
    return np.asarray((-block.W.transpose(0, 2, 1) == block.W).all(axis=(1, 2)))


def _singular_values(block: Block) -> FloatArray:
    return np.asarray(np.linalg.svd(block.W, compute_uv=False))


def _invertible(block: Block) -> Mask:
    s = _singular_values(block)
    return np.asarray((s[:, 0] > 0) & (s[:, -1] > 1e-14 * s[:, 0]))


def _rank_two(block: Block) -> Mask:
    s = _singular_values(block)
    return _everywhere(block, True) if block.n < 3 else np.asarray(s[:, 2] <= _SMALL * s[:, 0])


def _positive_energy(block: Block) -> Mask:
    return np.asarray(energies(block) > 0)


def _below(quantity: str) -> Callable[[Block], Mask]:
    def screen(block: Block) -> Mask:
        ball = level(block.activation, quantity)
        return np.asarray(energies(block) < (np.nan if ball is None else float(ball)))

    return screen


def _negative_definite(block: Block) -> Mask:
    return np.asarray(np.linalg.eigvalsh(block.W + block.W.transpose(0, 2, 1))[:, -1] < 0)


def energies(block: Block) -> FloatArray:
    """H(x₀), (B,)."""
    with np.errstate(all="ignore"):
        return energy(block.network(), block.state)


def _relaxing(block: Block) -> Mask:
    h = np.zeros(block.size) if block.step is None else block.step
    return np.asarray((h * float(block.leak) <= 1) & (h > 0))


def _nonzero_step(block: Block) -> Mask:
    return _everywhere(block, False) if block.step is None else np.asarray(block.step != 0)


SCREENS: Mapping[str, Callable[[Block], Mask]] = {
    "skew": _skew,
    "not-skew": lambda block: ~_skew(block),
    "invertible": _invertible,
    "rank-two": _rank_two,
    "nonzero-weights": lambda block: np.asarray(block.W.any(axis=(1, 2))),
    "negative-definite": _negative_definite,
    "planar": lambda block: _everywhere(block, block.n == 2),
    "odd-size": lambda block: _everywhere(block, block.n % 2 == 1),
    "positive-energy": _positive_energy,
    "below-escape": _below("escape_energy"),
    "below-well-depth": _below("well_depth"),
    "nonzero-step": _nonzero_step,
    "relaxing-step": _relaxing,
}
"""The assumptions that floats can look at; what a family cannot but satisfy needs no screen."""


def screened(block: Block, assumptions: Collection[str]) -> tuple[Block, dict[str, int]]:
    """The cases that pass, and how many did not, by reason."""
    rejected: dict[str, int] = {}
    for name in assumptions:
        if name in SCREENS and block.size:
            passes = SCREENS[name](block)
            if not passes.all():
                rejected[f"outside the assumptions: {name}"] = int((~passes).sum())
                block = block.chosen(passes)
    return block, rejected
