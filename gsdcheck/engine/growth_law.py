"""How fast the energy grows under forward Euler, measured: the exponent p of H_k ~ k^p."""

from collections.abc import Mapping

import numpy as np

from gsdcheck.facts.activation import Fact
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import system
from gsdcheck.numeric.field import energy, network, vector_field

STEPS, STEP = 4_000, 1.0
_STARTS = np.array([[1.0, 0.0], [1.0, 1.0], [2.0, -1.0], [0.0, 3.0]])
_NEAR = 0.06
_ASSUMES = ("bounded", "strictly_increasing", "sign_strict")


def law_of(sigma: Activation, facts: Mapping[str, Fact]) -> tuple[float, int] | None:
    """(p, starts) where H_k ~ k^p with p near 1/2 from every start; None where the root law does not show.

    The law is about bounded, strictly increasing σ (on a large orbit σ is ±M but near the corners, where one
    turn adds a constant, and a turn takes time ~ H). Planar, ω = 1, h = 1; p is read between k = 1 000 and 4 000.
    """
    if not all(facts[name].holds for name in _ASSUMES):
        return None
    exponents = _exponents(sigma)
    if not np.all(np.abs(exponents - 0.5) < _NEAR):
        return None
    return float(exponents.mean()), len(_STARTS)


def _exponents(sigma: Activation) -> np.ndarray:
    net, x = network(system([[0, 1], [-1, 0]], sigma)), _STARTS.copy()
    heights = []
    for k in range(1, STEPS + 1):
        x = x + STEP * vector_field(net, x)
        if k in (STEPS // 4, STEPS):
            heights.append(energy(net, x))
    return np.asarray(np.log(heights[1] / heights[0]) / np.log(4.0))
