"""Proposing a closed orbit along which k·x drifts, k in ker W; `certify.reversible_premises` decides."""

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.certify.reversors import moved, product_order
from gsdcheck.facts.reversible_orbits import FIXED, MOST_UNITS, around, reversible_parts, reversors
from gsdcheck.model.system import Form, System
from gsdcheck.numeric.closed_orbits import ClosedOrbit, flow_with_derivative
from gsdcheck.numeric.field import network


def drifting_orbit_data(system: System, orbit: ClosedOrbit) -> dict[str, object] | None:
    """What a certificate states for the premise `closed-orbit-drifts`; None without drift or reversors that keep k.

    Args:
        system: inner form, W skew, n ≤ 6, σ odd, no leak, no bias.
        orbit: of y = Wx; what is stated may be of another one in its family, whose start is a shorter number.
    """
    W, basis = system.W, linear.kernel(system.W)
    if not basis or system.n > MOST_UNITS:
        return None
    rows = np.array([[float(v) for v in k] for k in basis])
    best = int(np.argmax(abs(rows @ orbit.activity)))
    if abs(rows[best] @ orbit.activity) < FIXED:
        return None
    k, net = basis[best], network(System(W=W, activation=system.activation, form=Form.OUTER))
    for part in reversible_parts(net, W, orbit, [R for R in reversors(W) if moved(R, k) == k]):
        activity = flow_with_derivative(net, part.start, part.found.t, 1e-12)[2]
        drift = 2 * product_order(part.R, part.S) * float(rows[best] @ activity)
        return {"kernel": [str(v) for v in k], "drift": around(drift, 6), **part.stated(W, system.form, 9)}
    return None
