"""The average-vector-field discrete gradient on lanes (row R2): the energy to rounding at any step size."""

import numpy as np

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes, Step, preactivation, weighted
from gsdcheck.numeric.methods.averages import average, average_slope
from gsdcheck.numeric.methods.implicit import Chosen, Equation, solution


def discrete_gradient(lanes: Lanes) -> Step:
    """x₊ = x + h (-γ (x + x₊)/2 + W ḡ + b) (outer) or x₊ = x + h (-γ (x + x₊)/2 + ḡ) (inner); order 2.

    ḡ_i is the average of σ between u_i and u₊_i, where u = x (outer) or u = Wx + b (inner), so that
    ḡ·(u₊ - u) = Σ Φ(u₊_i) - Σ Φ(u_i). Hence for skew W and γ = 0, and in the outer form b = 0, the energy is
    kept in exact arithmetic; with b = Wc in the outer form H + c·x is. It is its own reverse. For σ L-Lipschitz
    and γ = 0 the equation has one solution if |h| L ‖W‖ < 2; beyond, one near the explicit midpoint rule's x₊ is
    looked for.

    Returns:
        A step: x (n, B) and h, a number or (B,), to (n, B), rounded; nan in lanes without a solution.

    Raises:
        InvalidInput: as `require_potential`.

    References:
        hairer2006, V.5.
    """
    require_potential(lanes)

    def step(x: FloatArray, h: FloatArray | float) -> FloatArray:
        h = np.asarray(h, dtype=np.float64)
        with np.errstate(all="ignore"):
            u = preactivation(lanes, x)

            def restricted(chosen: Chosen) -> Equation:
                return _equation(lanes.chosen(chosen), u[:, chosen], h[chosen] if h.ndim else h)

            middle = u + h / 2 * _rate(lanes, u, lanes.sigma(u))
            ahead = solution(restricted, u + h * _rate(lanes, middle, lanes.sigma(middle)))
            if lanes.form is Form.OUTER:
                return ahead
            damping = h * lanes.leak / 2
            return np.asarray((x * (1 - damping) + h * average(lanes, u, ahead)) / (1 + damping))

    return step


def require_potential(lanes: Lanes) -> None:
    """Φ is known.

    Raises:
        InvalidInput: it is not.
    """
    if lanes.potential is None:
        raise InvalidInput(
            "the potential is None. A discrete gradient keeps the energy, so it needs Φ with Φ' = σ. Give the"
            " activation as an expression, or use implicit_midpoint."
        )


def _rate(lanes: Lanes, u: FloatArray, gradient: FloatArray) -> FloatArray:
    """W ḡ - γu + b (outer) or W ḡ - γ(u - b) (inner): u' of both forms with ḡ in the place of σ(u)."""
    drive = weighted(lanes, gradient)
    if lanes.form is Form.OUTER:
        return drive - lanes.leak * u + lanes.bias
    return drive - lanes.leak * (u - lanes.bias)


def _equation(lanes: Lanes, u: FloatArray, h: FloatArray) -> Equation:
    """v = u + h · (rate at the middle of u and v, with the average of σ between them)."""
    damping = h * lanes.leak / 2 * np.eye(lanes.n)[..., None]
    return Equation(
        image=lambda v: u + h * _rate(lanes, (u + v) / 2, average(lanes, u, v)),
        derivative=lambda v: h * lanes.W * average_slope(lanes, u, v)[None, :] - damping,
    )
