"""Poisson splitting on lanes (row R1): each unit's column, or row, of W flows exactly by itself."""

from itertools import chain, groupby

import numpy as np

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes, Step
from gsdcheck.numeric.methods.compositions import Composition

_DRIFT = -1
"""The part x' = b of the outer form; parts 0..n-1 are the units."""


def poisson_splitting(lanes: Lanes, composition: Composition) -> Step:
    """Sweeps over the units up and down for the fractions of the composition; its own reverse (h → -h).

    Part i is x += t W[:, i] σ(x_i) (outer) or x_i += t σ((Wx + b)_i) (inner), its exact flow as W_ii = 0; a bias
    of the outer form is one more part, x += t b, before the units. The step preserves volume and in the outer
    form keeps every k·x with kᵀW = 0, kᵀb = 0 in exact arithmetic.

    Returns:
        A step: x (n, B) and h, a number or (B,), to (n, B), rounded; after an overflow inf or nan.

    Raises:
        InvalidInput: as `require_exact_parts`.
    """
    require_exact_parts(lanes)
    flow = _outer_flow if lanes.form is Form.OUTER else _inner_flow
    parts = _parts(lanes, composition)

    def step(x: FloatArray, h: FloatArray | float) -> FloatArray:
        x = x.copy()
        for part, fraction in parts:
            flow(lanes, x, part, h * fraction)
        return x

    return step


def require_exact_parts(lanes: Lanes) -> None:
    """The leak and the diagonal of W are zero, so that every part has an exact flow.

    Raises:
        InvalidInput: they are not.
    """
    diagonal = np.einsum("iib->ib", lanes.W)
    if lanes.leak or diagonal.any():
        worst = float(np.abs(diagonal).max())
        raise InvalidInput(
            f"the leak is {lanes.leak} and the largest |W[i, i]| is {worst}. Poisson splitting needs both to"
            " be zero, so that each part has an exact flow. Use rk4 or dop853."
        )


def _parts(lanes: Lanes, composition: Composition) -> list[tuple[int, float]]:
    """(part, fraction of h) in their order; where two sweeps meet, their common part is applied once."""
    units = range(lanes.n)
    drifts = lanes.form is Form.OUTER and lanes.bias.any()
    up = [_DRIFT, *units] if drifts else [*units]
    sweeps = [
        [(part, fraction) for part in (reversed(up) if k % 2 else up)]
        for k, fraction in enumerate(composition.fractions)
    ]
    merged = groupby(chain.from_iterable(sweeps), key=lambda entry: entry[0])
    return [(part, sum(fraction for _, fraction in entries)) for part, entries in merged]


def _outer_flow(lanes: Lanes, x: FloatArray, part: int, t: FloatArray | float) -> None:
    if part == _DRIFT:
        x += t * lanes.bias
    else:
        x += lanes.W[:, part] * (t * lanes.sigma(x[part]))


def _inner_flow(lanes: Lanes, x: FloatArray, part: int, t: FloatArray | float) -> None:
    row = lanes.W[part]
    drive = row[:, 0] @ x if row.shape[-1] == 1 else (row * x).sum(axis=0)
    x[part] += t * lanes.sigma(drive + lanes.bias[part])
