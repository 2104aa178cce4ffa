"""`simulate` at any number of digits: mpmath numbers in, mpmath numbers out."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import Activation
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Form, System
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.problem import form_named, require_alone
from gsdcheck.numeric.simulation import Simulation
from gsdcheck.numeric.taylor import taylor_orbit

_FEWER = 10
"""A second run has so many digits fewer; what dynamics make of its errors, they make of those of the first."""


def simulate_precisely(
    systems: Sequence[System], x0: Any, t_end: Any, save_at: Any, precision: int
) -> Simulation:
    """x(t) of each system from its state, by Taylor's method with that many decimal digits.

    Args:
        systems: one for all states, or one each.
        x0: (n,) or (B, n) numbers of any kind, taken exactly.
        t_end: > 0.
        save_at: increasing times in [0, t_end].
        precision: > 10.

    Returns:
        A Simulation whose `final_state` and `states` hold mpf. `error` is the greatest distance from a run with
        ten digits fewer, relative to max(1, |x|), times 1e-10; it is met if that is at most 10^(3 - precision).

    Raises:
        InvalidInput: what `taylor_orbit` raises, shapes or times that do not fit, or precision ≤ 10.
    """
    if not isinstance(precision, int) or precision <= _FEWER:
        raise InvalidInput(f"precision is {precision!r}. More than {_FEWER} digits; floats have 16.")
    starts = _starts(x0, systems)
    saved = [] if save_at is None else [rational(t) for t in _listed("save_at", save_at)]
    moments = sorted({Fraction(0), *saved, rational(t_end)})
    if not 0 == moments[0] < rational(t_end) == moments[-1] or saved != sorted(set(saved)):
        raise InvalidInput(f"t_end is {t_end!r}. It must be > 0, and save_at increasing within [0, t_end].")
    rows = [moments.index(t) for t in saved]
    orbits, gaps = [], []
    for lane, start in enumerate(starts):
        system = systems[lane if len(systems) > 1 else 0]
        fine, coarse = (
            taylor_orbit(system, start, moments, precision=digits)
            for digits in (precision, precision - _FEWER)
        )
        orbits.append(fine)
        gaps.append(_distance(fine, coarse))
    found = np.array(orbits, dtype=object).transpose(1, 0, 2)
    return _simulation(found[-1], found[rows], gaps, np.array(saved, dtype=np.float64), precision)


def _simulation(
    final: NDArray[Any], states: NDArray[Any], gaps: list[Any], times: FloatArray, precision: int
) -> Simulation:
    import mpmath

    B, most = len(gaps), mpmath.mpf(10) ** (3 - precision + _FEWER)  # floats end at 1e-323, digits do not
    return Simulation(
        final_state=final,
        energy=np.full(B, np.nan),
        energy_drift=np.full(B, np.nan),
        error=np.array([float(gap) * 10.0**-_FEWER for gap in gaps]),
        checked_by_energy=np.zeros(B, dtype=bool),
        met_tolerance=np.array([gap <= most for gap in gaps]),
        steps=np.zeros(B, dtype=np.int64),
        times=times,
        states=states,
        method="taylor",
        engine="flint",
    )


def _starts(x0: Any, systems: Sequence[System]) -> NDArray[Any]:
    n = systems[0].n
    states: NDArray[Any] = np.array(x0, dtype=object)
    if states.ndim not in (1, 2) or states.shape[-1] != n or not states.size:
        raise InvalidInput(
            f"x0 has shape {states.shape} but W is {n}x{n}. One state is (n,), a batch (B, n)."
        )
    states = states.reshape(-1, n)
    if 1 not in (len(systems), len(states)) and len(systems) != len(states):
        raise InvalidInput(f"W holds {len(systems)} systems but x0 {len(states)} states.")
    return np.broadcast_to(states, (max(len(systems), len(states)), n))


def exact_systems(W: Any, activation: Any, form: str | Form, leak: Any, bias: Any) -> list[System]:
    """The exact systems of weights given as numbers of any kind: (n, n) or (B, n, n), or a System.

    Raises:
        InvalidInput: the activation is known by its values alone, or the shapes do not fit.
    """
    if isinstance(W, System):
        require_alone(activation, form, leak, bias)
        return [W]
    known = find_activation(activation) if isinstance(activation, str) else activation
    if not isinstance(known, Activation):
        raise InvalidInput("precision needs the expression of σ, to expand it. Give a name or an expression.")
    rows: NDArray[Any] = np.array(W, dtype=object)
    if rows.ndim not in (2, 3) or rows.shape[-1] != rows.shape[-2] or not rows.size:
        raise InvalidInput(f"W has shape {rows.shape}. One system is (n, n), a batch (B, n, n).")
    return [
        System(
            W=tuple(tuple(map(rational, row)) for row in matrix),
            activation=known,
            form=form_named(form),
            leak=rational(leak),
            bias=() if bias is None else tuple(map(rational, _listed("bias", bias))),
        )
        for matrix in rows.reshape(-1, *rows.shape[-2:])
    ]


def _listed(name: str, values: Any) -> list[Any]:
    try:
        return list(values)
    except TypeError as fault:
        raise InvalidInput(f"{name} is {values!r}. Give a list of numbers.") from fault


def rational(value: Any) -> Fraction:
    """The number as an exact rational; an mpf is the binary fraction that it holds."""
    try:
        if hasattr(value, "man_exp"):
            mantissa, exponent = map(int, value.man_exp)
            size = Fraction(mantissa) * Fraction(2) ** exponent
            return -size if value < 0 < size else size
        return Fraction(
            value if isinstance(value, str) else value.item() if hasattr(value, "item") else value
        )
    except (TypeError, ValueError, ArithmeticError) as fault:
        raise InvalidInput(f"{value!r} is not a finite number.") from fault


def _distance(fine: list[list[Any]], coarse: list[list[Any]]) -> Any:
    import mpmath

    gaps = [
        max(abs(a - b) for a, b in zip(x, y, strict=True)) / max(1, *(abs(a) for a in x))
        for x, y in zip(fine, coarse, strict=True)
    ]
    return max(gaps, default=mpmath.mpf(0))
