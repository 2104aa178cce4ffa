"""A network whose numbers are Arb balls, for the formulas that floats use: the same code, enclosed."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb
from numpy.typing import NDArray

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.potential import potential
from gsdcheck.model.expression import Expression
from gsdcheck.model.system import Case, System
from gsdcheck.numeric.field import Network

Balls = NDArray[Any]


def ball_network(system: System) -> Network:
    """The system with W (1, n, n) and bias (n,) in balls; σ, σ' and Φ enclose."""
    sigma = system.activation
    return Network(
        W=_balls([system.W]),
        bias=_balls(system.bias),
        leak=to_arb(system.leak) if system.leak else 0.0,
        form=system.form,
        sigma=_elementwise(lambda x: enclose(sigma.expression, x)),
        slope=_elementwise(lambda x: enclose(sigma.slope, x)),
        potential=_elementwise(lambda x: _potential(sigma.expression, x)),
    )


def ball_state(case: Case) -> Balls:
    """x₀ as (1, n)."""
    return _balls([case.state])


def ball_step(case: Case) -> Balls:
    """h as (1,), 0 where the case has none."""
    return _balls([case.step or Fraction(0)])


def _balls(values: Any) -> Balls:
    return np.asarray(np.frompyfunc(to_arb, 1, 1)(np.array(values, dtype=object)), dtype=object)


def _elementwise(function: Callable[[arb], arb]) -> Callable[[Balls], Balls]:
    each = np.frompyfunc(function, 1, 1)
    return lambda x: np.asarray(each(x), dtype=object)


def _potential(sigma: Expression, x: arb) -> arb:
    return potential(sigma, x)
