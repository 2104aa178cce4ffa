"""Inner-form orbits that drift along ker W (O7): the one that is certified, and the way to others."""

from gsdcheck.certify.certificates import drifting_orbit
from gsdcheck.certify.subject import subject_data
from gsdcheck.claims.entry import Certificate
from gsdcheck.claims.orbits import horizon
from gsdcheck.facts.activation import activation_facts
from gsdcheck.facts.drifting_orbits import drifting_orbit_data
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

_READ = ("continuous", "odd", "strictly_increasing", "lipschitz")

_CLOSED = 1e-8
"""A defect below this is that of a closed orbit, in floats."""

_ORBIT = {
    "kernel": ["0", "1", "-2", "1", "0"],
    "reversors": [[-1, 4, 3, 2, 5], [-1, 2, 3, 4, -5]],
    # y(0) = (0, 1/2, 1/2, 1/2, u); a quarter of the period later y₁ = y₅ = 0
    "start": ["-1/2", "0", "0", "0", "0"],
    "along": ["0", "-1/2", "0", "1/2", "0"],
    "parameter": ["3881045169/1000000000", "388104517/100000000"],
    "time": ["269096169/100000000", "269096171/100000000"],
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
    outer = network(System(W=inner.W, activation=inner.activation, form=Form.OUTER))
    y = outer.W @ [float(v) for v in given.state]
    for guess, period in near_returns(outer, y, horizon(outer, turns=20.0)):
        found = closed_orbit(outer, guess, period)
        data = drifting_orbit_data(inner, found) if found.defect < _CLOSED else None
        if data is not None:
            return _certificate(inner, data)
    return None


def _certificate(inner: System, orbit: Certificate) -> Certificate:
    facts = activation_facts(inner.activation)
    read = [certificate for name in _READ if (certificate := facts[name].certificate) is not None]
    return drifting_orbit(subject_data(inner), read, orbit)
