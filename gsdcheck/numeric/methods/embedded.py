"""DOP853 with its embedded error estimate, so that every lane can choose its own step size."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.methods.tableaus import DOP853

Rate: TypeAlias = Callable[[Lanes, FloatArray], FloatArray]
"""(lanes, state of shape (m, B)) ↦ its time derivative, (m, B): `lanes.field` or the variational equation."""

_STAGES = len(DOP853.stages)


def _dense(row: Mapping[int, float], length: int = _STAGES) -> FloatArray:
    return np.array([row.get(j, 0.0) for j in range(length)])


_A = [_dense(row, i) for i, row in enumerate(DOP853.stages)]
_B = _dense(DOP853.weights)
# The two estimators, of orders 3 and 5; source: hairer1993, code dop853.f (bhh and er).
_E3 = _B - _dense({0: 0.244094488188976377952755905512, 8: 0.733846688281611857341361741547, 11: 3 / 136})
_E5 = _dense(
    {
        0: 0.01312004499419488073250102996,
        5: -1.225156446376204440720569753,
        6: -0.4957589496572501915214079952,
        7: 1.664377182454986536961530415,
        8: -0.3503288487499736816886487290,
        9: 0.3341791187130174790297318841,
        10: 0.08192320648511571246570742613,
        11: -0.02235530786388629525884427845,
    }
)


def attempted_step(
    rate: Rate, lanes: Lanes, x: FloatArray, h: FloatArray, rtol: float
) -> tuple[FloatArray, FloatArray]:
    """x(h) to order 8, and an estimate of its error in units of the tolerance.

    The estimate is h e₅² / √(e₅² + e₃²/100), root mean squares over the components, each divided by
    rtol · (max(|x|, |x(h)|) + 1/100); a step is good if it is below 1.

    Args:
        rate: x' as a function of the lanes and x.
        x: (m, B).
        h: (B,), any sign.
        rtol: relative tolerance; the absolute one is a hundredth of it.

    Returns:
        (m, B) and (B,), rounded; nan in the lanes where a stage is not finite, and in no other.
    """
    slopes = np.empty((_STAGES, *x.shape))
    slopes[0] = rate(lanes, x)
    for i in range(1, _STAGES):
        slopes[i] = rate(lanes, x + h * _mixed(_A[i], slopes))
    end = x + h * _mixed(_B, slopes)
    scale = rtol * (np.maximum(abs(x), abs(end)) + 0.01)
    fifth, third = (((_mixed(row, slopes) / scale) ** 2).mean(axis=0) for row in (_E5, _E3))
    size = np.sqrt(fifth + 0.01 * third)
    return end, np.asarray(abs(h) * fifth / np.where(size == 0, 1.0, size))


def _mixed(row: FloatArray, slopes: FloatArray) -> FloatArray:
    """Σ_j row[j] slopes[j]; one product of a row and a matrix, whose columns do not meet."""
    used = slopes[: row.size]
    return np.asarray((row @ used.reshape(row.size, -1)).reshape(slopes.shape[1:]))
