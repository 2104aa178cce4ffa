"""Inner-form orbits that drift along ker W (O7): the one that is certified, and the way to others."""

from collections.abc import Mapping

from gsdcheck.claims.entry import Certificate, decimal_interval, followed_along
from gsdcheck.claims.orbits import horizon
from gsdcheck.facts.drifting_orbits import drifting_orbit_data
from gsdcheck.facts.reversible_orbits import is_reversible
from gsdcheck.model.system import Case, Exact, Form, System, system
from gsdcheck.numeric.closed_orbits import closed_orbit, near_returns
from gsdcheck.numeric.field import network

DRIFTING: list[list[Exact]] = [
    [0, 1, 1, 1, 0],
    [-1, 0, 0, 0, 1],
    [-1, 0, 0, 0, 0],
    [-1, 0, 0, 0, -1],
    [0, -1, 0, 1, 0],
]
"""A ring of four units and one that hangs on it; ker W is spanned by (0, 1, -2, 1, 0)."""

_CLOSED = 1e-8
"""A defect below this is that of a closed orbit, in floats."""

_ORBIT = {
    "kernel": ["0", "1", "-2", "1", "0"],
    "reversors": [[-1, 4, 3, 2, 5], [-1, 2, 3, 4, -5]],
    # y(0) = (0, 1/2, 1/2, 1/2, u); a quarter of the period later y₁ = y₅ = 0
    "start": ["-1/2", "0", "0", "0", "0"],
    "along": ["0", "-1/2", "0", "1/2", "0"],
    "parameter": decimal_interval("3.881045169", "3.881045170"),
    "time": decimal_interval("2.69096169", "2.69096171"),
    "drift": decimal_interval("4.458907", "4.458908"),
}


def certified_drift() -> Certificate:
    """The orbit of tanh by which the claim is refuted: it drifts by 4.4589 in each period of 10.7638."""
    return _certificate(system(DRIFTING, "tanh", form="inner"), _ORBIT)


def drift_near(given: Case) -> Certificate | None:
    """A certificate of a closed orbit with drift, searched for from an orbit that drifts; None if none is found.

    An orbit that drifts steadily is often on a torus about a closed one, and comes back near to itself after its
    period. What is returned is a proposal; the trusted core decides.

    Args:
        given: inner form, n ≤ 6, no leak and no bias.
    """
    inner = given.system
    if not is_reversible(inner.W):
        return None
    outer = network(System(W=inner.W, activation=inner.activation, form=Form.OUTER))
    y = outer.W @ [float(v) for v in given.state]
    for guess, period in near_returns(outer, y, horizon(outer, turns=20.0)):
        found = closed_orbit(outer, guess, period)
        data = drifting_orbit_data(inner, found) if found.defect < _CLOSED else None
        if data is not None:
            return _certificate(inner, data)
    return None


def _certificate(inner: System, orbit: Mapping[str, object]) -> Certificate:
    theorem = "drifting-orbit-against-inner-orbits-are-bounded"
    return followed_along(theorem, inner, None, {"closed-orbit-drifts": orbit})
