"""What is to be simulated: B systems and their initial states, read from outside and checked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from numbers import Real
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import Activation
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Form, System
from gsdcheck.numeric.arrays import FloatArray, finite_array, nearest_float
from gsdcheck.numeric.evaluation import Function, compile_expression
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.opaque import checked_function
from gsdcheck.numeric.quadrature import potential_by_quadrature

Subject: TypeAlias = str | Activation | Callable[[FloatArray], FloatArray]
"""An activation: a name or an expression in x, the record, or any NumPy function."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """B systems x' = -γx + Wσ(x) + b or x' = -γx + σ(Wx + b), each from its x0.

    Attributes:
        W: (B, n, n), or (1, n, n) for one W that all share.
        x0: (B, n).
        bias: (n,).
        activation: None where σ is known by its values alone.
        conserves: (B,), the energy is known and constant along the exact orbit: W skew, γ = 0 and, in the
            outer form, b = 0.
    """

    W: FloatArray
    x0: FloatArray
    bias: FloatArray
    leak: float
    form: Form
    activation: Activation | None
    sigma: Function
    slope: Function | None
    potential: Function | None
    conserves: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """The number of units."""
        return int(self.W.shape[-1])

    @property
    def size(self) -> int:
        """The number of systems, B."""
        return int(self.x0.shape[0])

    def weights(self, chosen: NDArray[np.intp]) -> FloatArray:
        """(k, n, n), or (1, n, n) if all systems share one W."""
        return self.W if self.W.shape[0] == 1 else self.W[chosen]

    def view(self) -> Lanes:
        """All systems side by side, without a copy: to look at, not to compute with."""
        return self._lanes(self.W.transpose(1, 2, 0))

    def lanes(self, chosen: NDArray[np.intp]) -> Lanes:
        """The chosen systems side by side."""
        return self._lanes(np.ascontiguousarray(self.weights(chosen).transpose(1, 2, 0)))

    def _lanes(self, W: FloatArray) -> Lanes:
        return Lanes(
            W=W,
            bias=self.bias[:, None],
            leak=self.leak,
            form=self.form,
            sigma=self.sigma,
            slope=self.slope,
            potential=self.potential,
        )


def problem(
    W: ArrayLike | System,
    x0: ArrayLike,
    *,
    activation: Subject = "tanh",
    form: str | Form = "outer",
    leak: float = 0.0,
    bias: ArrayLike | None = None,
) -> Problem:
    """The systems with these weights from these states; a `System` brings its own σ, form, leak and bias.

    Args:
        W: (n, n) or (B, n, n), or a System.
        x0: (n,) or (B, n).
        bias: (n,), 0 by default.

    Raises:
        InvalidInput: shapes that do not fit, entries that are not finite reals of at least 32 bits, γ < 0.
        UnknownName: no activation or form of that name.
    """
    if isinstance(W, System):
        require_alone(activation, form, leak, bias)
        system, weights = W, _reals("W", [[nearest_float(entry) for entry in row] for row in W.W])
        activation, form = system.activation, system.form
        leak, bias = nearest_float(system.leak), [nearest_float(entry) for entry in system.bias]
    else:
        weights = _reals("W", W)
    weights, states = _fitting(weights, _reals("x0", x0))
    drive = np.zeros(weights.shape[-1]) if bias is None else _reals("bias", bias)
    if drive.shape != (weights.shape[-1],):
        raise InvalidInput(f"bias has shape {drive.shape} but W is {weights.shape[-1]}x{weights.shape[-1]}.")
    if not (isinstance(leak, Real) and 0 <= leak < np.inf):
        raise InvalidInput(f"leak is {leak!r}. A leak is a finite rate γ ≥ 0.")
    known, sigma, slope, potential = _functions(activation)
    the_form = form_named(form)
    free = leak == 0 and potential is not None and (the_form is Form.INNER or not drive.any())
    skew = (weights == -weights.transpose(0, 2, 1)).all(axis=(1, 2)) & free
    return Problem(
        W=weights,
        x0=states,
        bias=drive,
        leak=float(leak),
        form=the_form,
        activation=known,
        sigma=sigma,
        slope=slope,
        potential=potential,
        conserves=np.broadcast_to(skew, states.shape[:1]),
    )


_named = lru_cache(maxsize=128)(find_activation)
"""Looked up once: a lookup costs more than a short orbit."""


def _functions(
    subject: Subject,
) -> tuple[Activation | None, Function, Function | None, Function | None]:
    """(activation, σ, σ', Φ), the first and the last two None for a function that is known by its values."""
    found = _named(subject) if isinstance(subject, str) else subject
    if not isinstance(found, Activation):
        return None, checked_function(found), None, None
    closed = found.potential
    potential = potential_by_quadrature(found.expression) if closed is None else compile_expression(closed)
    return found, compile_expression(found.expression), compile_expression(found.slope), potential


def _reals(name: str, value: ArrayLike) -> FloatArray:
    """The value in float64: integers and floats of 32 or 64 bits."""
    try:
        array = np.asarray(value)
    except ValueError as fault:  # rows of different lengths
        raise InvalidInput(f"{name} is not an array of numbers: {fault}.") from fault
    if array.dtype.kind not in "iuf" or array.dtype == np.float16 or array.dtype.itemsize > 8:
        raise InvalidInput(
            f"{name} has dtype {array.dtype}. Weights and states are real numbers of 32 or 64 bits;"
            " convert them, or give precision=… for more digits."
        )
    return finite_array(name, array)


def _fitting(W: FloatArray, x0: FloatArray) -> tuple[FloatArray, FloatArray]:
    """W as (B or 1, n, n) and x0 as (B, n)."""
    if W.ndim not in (2, 3) or W.shape[-1] != W.shape[-2] or W.size == 0:
        raise InvalidInput(f"W has shape {W.shape}. One system is (n, n), a batch (B, n, n).")
    if x0.ndim not in (1, 2) or x0.shape[-1] != W.shape[-1] or x0.size == 0:
        raise InvalidInput(f"x0 has shape {x0.shape} but W has {W.shape}. One state is (n,), a batch (B, n).")
    weights, states = W.reshape(-1, *W.shape[-2:]), x0.reshape(-1, x0.shape[-1])
    if 1 not in (weights.shape[0], states.shape[0]) and weights.shape[0] != states.shape[0]:
        raise InvalidInput(f"W holds {weights.shape[0]} systems but x0 {states.shape[0]} states.")
    size = max(weights.shape[0], states.shape[0])
    return weights, np.broadcast_to(states, (size, states.shape[1]))


def form_named(form: str | Form) -> Form:
    """The form of that name.

    Raises:
        InvalidInput: there is none.
    """
    try:
        return Form(form)
    except ValueError:
        raise InvalidInput(f"form is {form!r}. It is 'outer' or 'inner'.") from None


def require_alone(activation: Subject, form: str | Form, leak: float, bias: ArrayLike | None) -> None:
    """A System comes without the arguments that it brings itself.

    Raises:
        InvalidInput: one of them is not its default.
    """
    if not (
        isinstance(activation, str)
        and activation == "tanh"
        and form == "outer"
        and leak == 0
        and bias is None
    ):
        raise InvalidInput("a System brings its own activation, form, leak and bias. Give it alone.")
