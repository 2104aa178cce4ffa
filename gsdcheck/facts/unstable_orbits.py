"""Proposing a closed orbit whose return has an eigenvalue beyond 1; `certify.reversible_premises` decides."""

import numpy as np

from gsdcheck.certify.reversors import Signed, inverse
from gsdcheck.facts.reversible_orbits import MOST_UNITS, Part, around, reversible_parts, reversors
from gsdcheck.model.system import Form, System
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.closed_orbits import ClosedOrbit, flow_with_derivative
from gsdcheck.numeric.field import Network, network

_PARTING = 1.3
"""Of n ≤ 6 multipliers, two of them 1 and the others in pairs λ, 1/λ, one is beyond this if their sum is beyond n + 0.3."""


def unstable_orbit_data(system: System, orbit: ClosedOrbit) -> dict[str, object] | None:
    """What a certificate states for the premise `closed-orbit-is-unstable`; None without reversors or a large trace.

    Args:
        system: outer form, W skew, n ≤ 6, σ odd, no leak, no bias.
        orbit: of it; what is stated may be of another one in its family, whose start is a shorter number.
    """
    if system.n > MOST_UNITS or not abs(orbit.multipliers[0]) > _PARTING:
        return None
    net = network(System(W=system.W, activation=system.activation, form=Form.OUTER))
    for part in reversible_parts(net, system.W, orbit, list(reversors(system.W))):
        trace = return_trace(net, part)
        if abs(trace) > system.n + 0.3:  # what is stated is some tenths wide
            return {"trace": around(trace, 1), **part.stated(system.W, system.form, 9)}
    return None


def return_trace(net: Network, part: Part) -> float:
    """tr R⁻¹ A⁻¹ S⁻¹ A, A the derivative of the flow over the part, rounded."""
    A = flow_with_derivative(net, part.start, part.found.t, 1e-12)[1]
    R, S = (_matrix(inverse(Q)) for Q in (part.R, part.S))
    return float(np.trace(R @ np.linalg.solve(A, S @ A)))


def _matrix(Q: Signed) -> FloatArray:
    n = len(Q)
    return np.array([[(abs(r) == j + 1) * np.sign(r) for j in range(n)] for r in Q], dtype=np.float64)
