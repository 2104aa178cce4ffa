"""Many cases side by side: arrays of weights, states and steps that share σ, the form, the leak and the bias."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Case, Form, System, Vector
from gsdcheck.numeric.arrays import FloatArray, nearest_float
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.field import Network
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.quadrature import potential_by_quadrature


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """B cases of n units. A float is the binary fraction it holds, so that each lane is an exact case.

    Attributes:
        W: (B, n, n).
        state: (B, n).
        step: (B,), or None where the claim is not about Euler's method.
        bias: n exact numbers, those of every lane.
        leak: γ, that of every lane.
        family: which generators made the cases, "weights · states".
        turns: how long orbits are followed, in radians of the fastest frequency; 0 leaves it to the judge.
    """

    activation: Activation
    W: FloatArray
    state: FloatArray
    step: FloatArray | None = None
    form: Form = Form.OUTER
    leak: Fraction = Fraction(0)
    bias: Vector = ()
    family: str = ""
    turns: float = 0.0

    @property
    def size(self) -> int:
        """B."""
        return int(self.W.shape[0])

    @property
    def n(self) -> int:
        """The number of units."""
        return int(self.W.shape[-1])

    @property
    def drive(self) -> FloatArray:
        """The bias in float64, (n,)."""
        return np.array([nearest_float(b) for b in self.bias]) if self.bias else np.zeros(self.n)

    def network(self) -> Network:
        """All systems in float64, W (B, n, n)."""
        sigma, closed = self.activation, self.activation.potential
        return Network(
            W=self.W,
            bias=self.drive,
            leak=nearest_float(self.leak),
            form=self.form,
            sigma=compile_expression(sigma.expression),
            slope=compile_expression(sigma.slope),
            potential=potential_by_quadrature(sigma.expression)
            if closed is None
            else compile_expression(closed),
        )

    def side_by_side(self) -> Lanes:
        """The same with the lane as the last axis, as integrators take them."""
        net = self.network()
        return Lanes(
            W=np.ascontiguousarray(self.W.transpose(1, 2, 0)),
            bias=self.drive[:, None],
            leak=net.leak,
            form=net.form,
            sigma=net.sigma,
            slope=net.slope,
            potential=net.potential,
        )

    def chosen(self, lanes: NDArray[np.bool_] | NDArray[np.intp]) -> "Block":
        """The cases of that mask or index."""
        step = None if self.step is None else self.step[lanes]
        return replace(self, W=self.W[lanes], state=self.state[lanes], step=step)

    def case(self, lane: int) -> Case:
        """One of the cases, exactly."""
        system = System(
            W=tuple(tuple(map(Fraction, row)) for row in self.W[lane].tolist()),
            activation=self.activation,
            form=self.form,
            leak=self.leak,
            bias=self.bias,
        )
        step = None if self.step is None else Fraction(float(self.step[lane]))
        return Case(system=system, state=tuple(map(Fraction, self.state[lane].tolist())), step=step)


def block_of(cases: Sequence[Case], family: str = "") -> Block:
    """The cases, which share σ, form, leak, bias and n, in float64.

    Raises:
        OverflowError: a number is beyond the range of float64.
    """
    first = cases[0]
    steps = [float(case.step) for case in cases if case.step is not None]
    return Block(
        activation=first.system.activation,
        W=np.array([[[float(w) for w in row] for row in case.system.W] for case in cases]),
        state=np.array([[float(v) for v in case.state] for case in cases]),
        step=np.array(steps) if steps else None,
        form=first.system.form,
        leak=first.system.leak,
        bias=first.system.bias,
        family=family,
    )
