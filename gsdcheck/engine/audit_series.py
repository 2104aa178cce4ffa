"""The arrays behind the pictures of an audit: σ with its well, and each counterexample once. Rounded, thinned."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from gsdcheck.certify.balls import enclose
from gsdcheck.engine.counterexamples import Counterexample
from gsdcheck.engine.guarantees import Audited, Guarantee
from gsdcheck.engine.pictures.activations import activation_picture
from gsdcheck.engine.pictures.arrays import DIGITS, listed, named_series
from gsdcheck.engine.pictures.portraits import cut, portrait, recorded_levels
from gsdcheck.model.activation import Activation
from gsdcheck.model.parser import parse_exact
from gsdcheck.model.system import System, system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.field import Network, energy, network, preactivation
from gsdcheck.numeric.integrators import euler_orbit, rk4_orbit

_REACH, _POINTS, _STEPS = 6.0, 241, 40
_TIME, _STEP, _EVERY = 30.0, 0.025, 4
_LEAST, _AROUND, _BEYOND = 3.0, 2.5, 4.0
_FIRST = "activation"


def audit_series(audited: Audited, judged: Sequence[Guarantee]) -> tuple[dict[str, Any], dict[str, str]]:
    """Named series for `report.figures`, and for each refuted guarantee the name of its picture.

    A counterexample against several guarantees is drawn once.
    """
    heights = recorded_levels(audited.quantities)
    found, shown = {_FIRST: activation_picture(audited.tau, heights)}, dict[str, str]()
    drawn: dict[tuple[object, ...], str] = {}
    for guarantee in judged:
        sample = guarantee.counterexample
        if sample is None:
            continue
        key = (sample.W, sample.form, sample.state, sample.step, _kind(sample))
        if key not in drawn:
            drawn[key] = f"against-{guarantee.promise.id}"
            found[drawn[key]] = {**_picture(audited.tau, sample, heights), "claim": guarantee.promise.id}
        shown[guarantee.promise.id] = drawn[key]
    return found, shown


def _kind(sample: Counterexample) -> str:
    if sample.theorem.startswith("real-eigenvalue"):
        return "slope"
    return "orbit" if sample.step is None else "euler"


def _picture(tau: Activation, sample: Counterexample, heights: Mapping[str, float]) -> dict[str, Any]:
    given = system(sample.W, tau, form=sample.form)
    net = network(given)
    start = _start(sample, net.n)
    match _kind(sample):
        case "slope":
            return _slopes(tau, start)
        case "euler":
            return _euler(net, start, Fraction(sample.step or "1"))
    return _portrait(given, net, start, heights) if net.n == 2 else _size(net, start)


def _start(sample: Counterexample, n: int) -> FloatArray:
    """x₀ in floats; a point near rest where the theorem speaks of all orbits."""
    if sample.state is None:
        return np.array([1.0] + [0.0] * (n - 1))
    return np.array([float(enclose(parse_exact(text), arb(0)).mid()) for text in sample.state])


def _values(expression: Any, x: FloatArray) -> list[float | None]:
    return listed(compile_expression(expression)(x), DIGITS)


def _slopes(tau: Activation, points: FloatArray) -> dict[str, Any]:
    """σ' with the two coordinates of x₀ marked."""
    reach = max(_REACH, 1.5 * float(np.abs(points).max()))
    x = np.unique(np.concatenate([np.linspace(-reach, reach, _POINTS), points]))
    slope = _values(tau.slope, x)
    marked = [value if at in points else None for at, value in zip(x, slope, strict=True)]
    columns = {"x": listed(x, DIGITS), "σ′": slope, "at x₀": marked}
    title = "The slopes at the coordinates of x₀ have opposite signs: the Jacobian has real eigenvalues"
    return named_series("curve", title, "x", "σ′", columns)


def _followed(net: Network, start: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        return rk4_orbit(net, start, _STEP, round(_TIME / _STEP), _EVERY)


def _portrait(given: System, net: Network, start: FloatArray, heights: Mapping[str, float]) -> dict[str, Any]:
    """The orbit in the plane over the level sets of H."""
    reach = max(_LEAST, _AROUND * float(np.abs(preactivation(net, start)).max()))
    states = cut(net, _followed(net, start), _BEYOND * reach)
    title = "The orbit of the counterexample over the level sets of H"
    return portrait(given, {"": states}, reach, title=title, heights=heights)


def _size(net: Network, start: FloatArray) -> dict[str, Any]:
    """|x| against t."""
    sizes: FloatArray = np.asarray(np.linalg.norm(_followed(net, start), axis=1), dtype=np.float64)
    times: FloatArray = _STEP * _EVERY * np.arange(len(sizes), dtype=np.float64)
    columns = {"x": listed(times, DIGITS), "|x|": listed(sizes, DIGITS)}
    return named_series("curve", "|x| along the orbit of the counterexample", "t", "|x|", columns)


def _euler(net: Network, start: FloatArray, step: Fraction) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        states = euler_orbit(net, start, float(step), _STEPS)
        heights = energy(net, states)
    columns = {"k": list(range(len(heights))), "H": listed(heights)}
    title = f"The energy under forward Euler from x₀ with h = {step}"
    return named_series("euler", title, "step k", "H", columns)
