"""Where a segment of starts meets a subspace: Newton's method on A φ_t(p + u q) = 0, two equations for u and t."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray, finite_array, state_array
from gsdcheck.numeric.closed_orbits import flow_with_derivative
from gsdcheck.numeric.field import Network, vector_field


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A φ_t(p + u q) = 0, rounded.

    Attributes:
        u, t: the solution; nan if Newton's method did not converge.
        derivative: (2, 2) of A φ_t(p + u q) by u and t there.
    """

    u: float
    t: float
    derivative: FloatArray


def meeting(
    network: Network,
    base: ArrayLike,
    along: ArrayLike,
    equations: ArrayLike,
    u: float,
    t: float,
    *,
    rtol: float = 1e-13,
    iterations: int = 20,
) -> Meeting:
    """The solution near (u, t).

    Args:
        network: outer form, no leak.
        base, along: p and q, (n,).
        equations: A, (2, n).

    Raises:
        InvalidInput: wrong shapes, or entries that are not finite.
    """
    p, q = (state_array(name, v, network.n) for name, v in (("base", base), ("along", along)))
    A = finite_array("equations", equations)
    if A.shape != (2, network.n) or not (math.isfinite(u) and 0 < t < math.inf):
        raise InvalidInput(
            f"equations has shape {A.shape}, u is {u}, t is {t}. Give two rows, and 0 < t < oo."
        )
    where, nothing = np.array([u, t]), np.full((2, 2), np.nan)
    for _ in range(iterations):
        end, M, _ = flow_with_derivative(network, p + where[0] * q, float(where[1]), rtol)
        J = np.stack([A @ M @ q, A @ vector_field(network, end)], axis=1)
        if not np.isfinite(J).all() or abs(np.linalg.det(J)) < 1e-12 * np.abs(J).max() ** 2:
            break
        step = -np.linalg.solve(J, A @ end)
        where = where + step * min(1.0, 0.3 * where[1] / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() <= 1e-12 * max(1.0, float(np.abs(where).max())):
            return Meeting(u=float(where[0]), t=float(where[1]), derivative=J)
        if not where[1] > 0:
            break
    return Meeting(u=math.nan, t=math.nan, derivative=nothing)
