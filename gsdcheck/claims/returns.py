"""Whether orbits return: the first return to x₀, by two integrations that must agree."""

import numpy as np

from gsdcheck.claims.orbits import horizon
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, network, vector_field


def return_time(net: Network, x: FloatArray) -> float | None:
    """The least T > 0 with x(T) = x, to 1e-6 of it; None if the orbit is not seen to return within 60 turns."""
    from gsdcheck.numeric.diagnostics import period

    found = period(net, x, horizon=horizon(net, turns=60, most=4_000))
    return found.value if found.closed and found.error <= 1e-6 * found.value else None


def rests(net: Network, x: FloatArray) -> bool:
    """|f(x)| ≤ 1e-12."""
    return bool(np.max(np.abs(vector_field(net, x))) <= 1e-12)


def closes(net: Network, x: FloatArray) -> bool:
    """Whether the orbit rests or is seen to return."""
    return rests(net, x) or return_time(net, x) is not None


def closing_margin(given: Case) -> float:
    """1 if the orbit rests or is seen to return, else -1."""
    return 1.0 if closes(network(given.system), np.array([float(v) for v in given.state])) else -1.0
