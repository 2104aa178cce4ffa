"""The implicit midpoint rule on lanes (row R2)."""

import numpy as np

from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes, Step, field, preactivation
from gsdcheck.numeric.methods.implicit import Chosen, Equation, slope_of, solution


def implicit_midpoint(lanes: Lanes) -> Step:
    """x₊ = x + h f(m) with m = x + h/2 f(m); order 2, its own reverse, keeps every quadratic first integral.

    So it keeps ‖x‖ for a linear skew system and every Casimir of the outer form. With σ L-Lipschitz and no leak
    the equation has one solution if |h| L ‖W‖ < 2; beyond, one near x + h/2 f(x) is looked for.

    Returns:
        A step: x (n, B) and h, a number or (B,), to (n, B), rounded; nan in lanes without a solution.
    """

    def step(x: FloatArray, h: FloatArray | float) -> FloatArray:
        half = np.asarray(h) / 2

        def restricted(chosen: Chosen) -> Equation:
            return _equation(lanes.chosen(chosen), x[:, chosen], half[chosen] if half.ndim else half)

        with np.errstate(all="ignore"):
            middle = solution(restricted, x + half * field(lanes, x))
            return np.asarray(x + 2 * half * field(lanes, middle))

    return step


def _equation(lanes: Lanes, x: FloatArray, half: FloatArray) -> Equation:
    return Equation(
        image=lambda m: x + half * field(lanes, m),
        derivative=lambda m: half * jacobian(lanes, m),
    )


def jacobian(lanes: Lanes, x: FloatArray) -> FloatArray:
    """Df = -γI + W diag σ'(x) (outer) or -γI + diag σ'(Wx + b) W (inner); (n, B) to (n, n, B), rounded."""
    slope = slope_of(lanes, preactivation(lanes, x))
    factor = slope[None, :] if lanes.form is Form.OUTER else slope[:, None]
    return np.asarray(lanes.W * factor - lanes.leak * np.eye(lanes.n)[..., None])
