"""Closed orbits by Newton's method on φ_T(x) = x, with their monodromy, their ∮σ, and the families they form."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray, state_array
from gsdcheck.numeric.diagnostics.single import one_lane
from gsdcheck.numeric.diagnostics.starts import tolerance
from gsdcheck.numeric.diagnostics.variational import variational
from gsdcheck.numeric.field import Network, energy, vector_field
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.methods.embedded import Rate
from gsdcheck.numeric.walks import Walk

_LONGEST = 0.5
"""A Newton step changes the state by at most this part of its size, and the period by this part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedOrbit:
    """One closed orbit, rounded.

    Attributes:
        start: (n,) a point of it.
        period: T > 0; it may be a multiple of the least one, if the guess was.
        defect: |φ_T(x) - x| / max(1, |x|), inf if Newton's method did not converge.
        monodromy: (n, n) Dφ_T(x). Each first integral and the flow give it an eigenvalue 1.
        activity: (n,) ∮ σ(x) dt: by so much an inner-form orbit x' = σ(y), y = Wx, moves in a period of y.
    """

    start: FloatArray
    period: float
    defect: float
    monodromy: FloatArray
    activity: FloatArray

    @property
    def multipliers(self) -> NDArray[np.complex128]:
        """(n,) the eigenvalues of the monodromy, the largest first."""
        values = np.linalg.eigvals(self.monodromy).astype(np.complex128)
        return np.asarray(values[np.argsort(-abs(values))])


def closed_orbit(
    network: Network,
    guess: ArrayLike,
    period: float,
    *,
    level: float | None = None,
    rtol: float = 1e-12,
    iterations: int = 25,
) -> ClosedOrbit:
    """The closed orbit near a guess: Newton's method for x and T, on the leaf and level of the guess.

    The equations are φ_T(x) = x, a phase f(x₀)·dx = 0, k·x as it is for every kᵀW = 0, and, if W is skew,
    H(x) = level. They are more than the n + 1 unknowns, but consistent, as φ keeps k·x and H: each step solves
    them by least squares. Without the integrals the equations would be singular: closed orbits of a skew network
    lie in families, one for each energy.

    Args:
        network: outer form, no leak; the y = Wx + b of an inner-form network obeys the outer form of the same W.
        guess: (n,), not an equilibrium.
        period: > 0.
        level: the energy of the orbit; by default that of the guess.
        rtol: relative tolerance of the integration.

    Returns:
        With a defect of a few thousand rtol where it converged, inf where it did not.

    Raises:
        InvalidInput: wrong shapes, another form, a leak, a guess at rest, or a period that is not > 0.
    """
    x = _guessed(network, guess, period)
    held = np.asarray(energy(network, x)) if level is None else np.float64(level)
    integrals = _Integrals(network, x, float(held))
    T, converged = float(period), False
    for _ in range(iterations):
        end, M, _ = flow_with_derivative(network, x, T, rtol)
        gap = end - x
        if not np.isfinite(M).all():
            break
        if converged:
            return _finished(network, x, T, rtol)
        dx, dT = _newton_step(network, integrals, x, gap, M, end)
        size = max(float(np.linalg.norm(dx)) / max(1.0, float(np.linalg.norm(x))), abs(dT) / T)
        shorter = min(1.0, _LONGEST / size) if size > 0 else 1.0
        x, T = x + shorter * dx, T + shorter * dT
        converged = size <= 1e3 * rtol
    return _finished(network, x, T, rtol) if converged else _failed(x, T)


def orbit_family(
    network: Network, orbit: ClosedOrbit, levels: Iterable[float], *, rtol: float = 1e-12
) -> Iterator[ClosedOrbit]:
    """The closed orbits of the family through `orbit` at these energies, each predicted from the two before it.

    Ends early, after an orbit of defect inf, where the family is lost: a fold, or levels too far apart.
    """
    before, last = None, orbit
    for level in levels:
        guess, T = last.start, last.period
        if before is not None:
            here, there = (float(energy(network, o.start)) for o in (last, before))
            s = (level - here) / (here - there) if here != there else 0.0
            guess, T = guess + s * (last.start - before.start), T + s * (last.period - before.period)
        found = closed_orbit(network, guess, T, level=level, rtol=rtol)
        yield found
        if not found.defect < math.inf:
            return
        before, last = last, found


def near_returns(
    network: Network, x0: ArrayLike, horizon: float, *, most: int = 5, rtol: float = 1e-9
) -> list[tuple[FloatArray, float]]:
    """Guesses (x, T) for `closed_orbit` from one orbit: where |x(t + T) - x(t)| T is least, the least first.

    An orbit on a torus or in a chaotic sea comes back near to itself when it follows a closed orbit for a while.
    After a long T it does so by chance too, hence the factor.

    Args:
        network: outer form, no leak.
        x0: (n,), not an equilibrium.
        horizon: how long to follow it.
        most: how many guesses.
    """
    x = _guessed(network, x0, horizon)
    lane, column = one_lane(network, x)
    rate = float(np.linalg.norm(network.W)) or 1.0
    count = max(64, math.ceil(4 * rate * horizon))
    walk, states = Walk(lane, column, rtol=rtol), []
    for j in range(count + 1):
        walk.advance(np.full(1, j * horizon / count))
        states.append(walk.x[:, 0].copy() if walk.alive[0] else np.full(network.n, np.nan))
    return _nearest(np.array(states), horizon / count, most)


def _nearest(states: FloatArray, step: float, most: int) -> list[tuple[FloatArray, float]]:
    """Minima of |x(t + T) - x(t)| over T, for sixteen t."""
    found: list[tuple[float, int, int]] = []
    for i in range(0, len(states) // 2, max(1, len(states) // 32)):
        gaps = np.linalg.norm(states[i:] - states[i], axis=1)
        least = np.flatnonzero((gaps[1:-1] < gaps[:-2]) & (gaps[1:-1] <= gaps[2:])) + 1
        found += [(float(gaps[j]) * int(j), i, int(j)) for j in least]
    return [(states[i], j * step) for _, i, j in sorted(found)[:most]]


def _guessed(network: Network, guess: ArrayLike, period: float) -> FloatArray:
    x = state_array("guess", guess, network.n)
    if network.form is not Form.OUTER or network.leak:
        raise InvalidInput(
            f"form is {network.form}, leak is {network.leak}. Closed orbits are sought in the outer form without "
            "leak; the preactivation of an inner-form network obeys it with the same W and no bias."
        )
    speed = float(np.linalg.norm(vector_field(network, x))) if x.ndim == 1 else math.nan
    if not 0 < speed < math.inf or not 0 < period < math.inf:
        raise InvalidInput(f"guess = {x.tolist()} has speed {speed}, period is {period}. Both must be > 0.")
    return x


class _Integrals:
    """k·x for a basis of the left kernel of W, and H if W is skew, as they are on one leaf and level."""

    def __init__(self, network: Network, x: FloatArray, level: float) -> None:
        _, sizes, rows = np.linalg.svd(network.W.T)
        self.casimirs = rows[sizes <= 1e-9 * sizes[0]]
        self.values = self.casimirs @ x
        self.skew = bool((network.W == -network.W.T).all()) and not network.bias.any()
        self.level = level

    def equations(self, network: Network, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """(gradients, values): the rows and what is missing."""
        rows, missing = self.casimirs, self.values - self.casimirs @ x
        if self.skew:
            rows = np.vstack([rows, network.sigma(x)])
            missing = np.append(missing, self.level - float(energy(network, x)))
        return rows, missing


def _newton_step(
    network: Network,
    integrals: _Integrals,
    x: FloatArray,
    gap: FloatArray,
    M: FloatArray,
    end: FloatArray,
) -> tuple[FloatArray, float]:
    """(dx, dT), the least-squares solution of the linearised equations."""
    n = network.n
    rows, missing = integrals.equations(network, x)
    A = np.zeros((n + 1 + len(rows), n + 1))
    A[:n, :n], A[:n, n] = M - np.eye(n), vector_field(network, end)
    A[n, :n], A[n + 1 :, :n] = vector_field(network, x), rows
    solution = np.linalg.lstsq(A, np.concatenate([-gap, [0.0], missing]), rcond=None)[0]
    return solution[:n], float(solution[n])


def flow_with_derivative(
    network: Network, x: FloatArray, T: float, rtol: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """φ_T(x), Dφ_T(x) and ∫₀ᵀ σ; nan where the orbit cannot be followed."""
    n = network.n
    lane, column = one_lane(network, x)
    state = np.concatenate([column[:, 0], np.eye(n).ravel(), np.zeros(n)])[:, None]
    walk = Walk(lane, state, rtol=tolerance(rtol), rate=_with_activity(n), max_steps=100_000)
    walk.advance(np.full(1, T))
    end = walk.x[:, 0] if walk.alive[0] else np.full(len(state), np.nan)
    return end[:n], end[n : n + n * n].reshape(n, n), end[n + n * n :]


def _with_activity(n: int) -> Rate:
    """(x, V, z) ↦ (f(x), Df(x) V, σ(x))."""
    motion = variational(n, n)

    def rate(lanes: Lanes, state: FloatArray) -> FloatArray:
        return np.concatenate([motion(lanes, state[: n + n * n]), lanes.sigma(state[:n])])

    return rate


def _finished(network: Network, x: FloatArray, T: float, rtol: float) -> ClosedOrbit:
    end, M, activity = flow_with_derivative(network, x, T, rtol)
    defect = float(np.linalg.norm(end - x)) / max(1.0, float(np.linalg.norm(x)))
    return ClosedOrbit(start=x, period=T, defect=defect, monodromy=M, activity=activity)


def _failed(x: FloatArray, T: float) -> ClosedOrbit:
    n = len(x)
    nothing = np.full((n, n), np.nan)
    return ClosedOrbit(start=x, period=T, defect=math.inf, monodromy=nothing, activity=nothing[0])
