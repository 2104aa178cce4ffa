"""What floats show of one network: sentences marked "measured:". Rounded; they decide nothing."""

import numpy as np
from numpy.typing import NDArray

from gsdcheck.certify.linear import left_kernel
from gsdcheck.engine.fate import flow_fate, map_fate
from gsdcheck.engine.given import Given
from gsdcheck.engine.rollout import Rollout, eigenvalues, rate
from gsdcheck.model.system import Form, System
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import energy, preactivation
from gsdcheck.numeric.integrators import euler_orbit, rk4_orbit

STARTS = 16
SETTLE = 8_000
"""Steps before the iterates are looked at; a trained network may take thousands of turns to come to rest."""
WATCH = 256
"""Steps that are looked at; of the flow every eighth, so that slow motion shows."""
_STRIDE, _AWAY = 8, 2_000
_ALL_REST = f"{STARTS} rest at"


def measurements(given: Given, floats: Rollout) -> list[str]:
    """The sentences that suit this network: where it goes, how it drifts, what forward Euler does to H."""
    conserved, rests = (
        name in given.theorems for name in ("energy-is-conserved", "dissipative-weights-stop-oscillation")
    )
    found = _drift(floats, given.system)
    if not given.system.leak and not rests and "jacobian-spectrum-is-imaginary" not in given.theorems:
        found.append(_real_parts(floats))
    if conserved:
        return [*found, *_conserved(given, floats)]
    flow = _decay(floats, given) if rests else _flow(floats)
    euler = [] if given.step is None else [_euler(floats)]
    if euler and (rests or _ALL_REST in flow) and "rest at" not in euler[0]:
        euler.append("measured: what forward Euler does at this step is not what the flow does, which rests.")
    return [*found, flow, *euler]


def _conserved(given: Given, floats: Rollout) -> list[str]:
    unbounded = "all-orbits-are-bounded" not in given.theorems
    escapes = [_escapes(floats)] if unbounded else []
    return escapes if given.step is None else [*escapes, _euler_energy(floats)]


def spectral_radius(given: Rollout, x: FloatArray) -> float:
    """max |1 + hλ| over the eigenvalues λ of the Jacobian at x: > 1 repels under forward Euler (rounded)."""
    return float(np.abs(1.0 + (given.step or 0.0) * eigenvalues(given.network, x)).max())


def _drift(given: Rollout, system: System) -> list[str]:
    """The speed of k·x/|k| along the drawn orbit, for every k with kᵀW = 0 (inner form without leak)."""
    span = float(given.orbit.times[-1])
    if system.form is Form.OUTER or system.leak or span <= 0:
        return []
    found = []
    for k in left_kernel(system.W):
        unit = np.array([float(entry / max(map(abs, k))) for entry in k])
        unit /= np.linalg.norm(unit)
        path = given.orbit.states @ unit
        rest = np.linalg.norm(given.orbit.states - np.outer(path, unit), axis=1).max()
        speed = (path[-1] - path[0]) / span
        found.append(
            f"measured: along the Casimir direction k/|k| = {_vector(unit)} a drawn start moves by "
            f"{speed:+.3g} per unit of time (t up to {span:.3g}); across it |x| stays within {rest:.3g}."
        )
    return found


def _real_parts(given: Rollout) -> str:
    """The largest |Re λ| of the Jacobian along the drawn orbit."""
    worst = float(np.max(np.abs(eigenvalues(given.network, given.orbit.states).real)))
    return f"measured: along the drawn orbit Jacobian eigenvalues have real parts up to {worst:.3g} in size."


def _decay(floats: Rollout, given: Given) -> str:
    """How slowly the flow comes to rest at y = 0, and for which h forward Euler would follow it there."""
    net = floats.network
    inner = given.system.form is Form.INNER
    at_rest = np.asarray(np.linalg.solve(net.W, -net.bias) if inner else np.zeros(net.n), dtype=np.float64)
    found = eigenvalues(net, at_rest)
    slowest = float(-found.real.max())
    if not slowest > 0:
        return "measured: the linearisation at rest does not show how fast the flow comes to rest."
    largest = float((-2 * found.real / np.abs(found) ** 2).min())
    text = (
        f"measured: near rest the slowest mode shrinks by e in {1 / slowest:.4g} units of time; forward "
        f"Euler settles there only for h < {largest:.3g}"
    )
    if floats.step is None:
        return text + "."
    radius = spectral_radius(floats, at_rest)
    return text + f" (at h = {floats.step:.6g} the spectral radius of I + hJ is {radius:.4g})."


def _escapes(given: Rollout) -> str:
    """How many of the starts are carried far away by the flow, where no theorem bounds every orbit."""
    starts, step = given.starts(STARTS), _flow_step(given)
    with np.errstate(all="ignore"):
        ends = rk4_orbit(given.network, starts, step, _AWAY, _AWAY)[-1]
        before, after = (np.abs(preactivation(given.network, x)).max(axis=-1) for x in (starts, ends))
    far = int(np.sum(~(after < 10 * np.maximum(before, 1.0))))
    return (
        f"measured: of {STARTS} starts (0, and drawn from [-2, 2]ⁿ) the flow takes {far} to more than "
        f"ten times their size by t = {_AWAY * step:.4g}."
    )


def _euler_energy(given: Rollout, steps: int = 1_000) -> str:
    """H under forward Euler after so many steps from the drawn start."""
    with np.errstate(all="ignore"):
        first, last = energy(
            given.network, euler_orbit(given.network, given.start, given.step or 0.0, steps, steps)
        )
    to = (
        f"takes H from {first:.4g} to {last:.4g} in"
        if np.isfinite(last)
        else f"overflows from H = {first:.4g} in"
    )
    return f"measured: forward Euler from a drawn start {to} {steps} steps."


def _euler(given: Rollout) -> str:
    """Where forward Euler goes from many starts."""
    h, net = given.step or 0.0, given.network
    with np.errstate(all="ignore"):
        settled = euler_orbit(net, given.starts(STARTS), h, SETTLE, SETTLE)[-1]
        tail = euler_orbit(net, settled[_finite(settled)], h, WATCH)
    what = f"after {SETTLE} steps of forward Euler at h = {h:.6g}"
    return f"measured: of {STARTS} starts, {what}, {map_fate(tail, STARTS)}."


def _flow(given: Rollout) -> str:
    """Where the flow goes from many starts, by RK4 at a step that resolves it."""
    step, net = _flow_step(given), given.network
    with np.errstate(all="ignore"):
        settled = rk4_orbit(net, given.starts(STARTS), step, SETTLE, SETTLE)[-1]
        tail = rk4_orbit(net, settled[_finite(settled)], step, _STRIDE * WATCH, _STRIDE)
    what = f"at t = {SETTLE * step:.4g} of the flow"
    return f"measured: of {STARTS} starts, {what}, {flow_fate(tail, STARTS)}."


def _finite(states: FloatArray) -> NDArray[np.bool_]:
    """Which of the states (count, n) have not overflowed."""
    return np.asarray(np.isfinite(states).all(axis=-1))


def _flow_step(given: Rollout) -> float:
    # RK4 keeps four digits of a turn at this step, which is enough to tell rest from motion.
    return 0.2 / max(rate(given.network, given.start), given.network.leak)


def _vector(v: FloatArray) -> str:
    """The entries to three digits, at most nine of them."""
    return "(" + ", ".join(f"{x:.3g}" for x in v[:9]) + (", …)" if len(v) > 9 else ")")
