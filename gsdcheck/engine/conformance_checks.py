"""The checks of an implementation at one dtype; each gives one finding.

A finding is {"check", "count", "worst"}: how many inputs violate it, and the worst of them with the violation
in ulp, the input and the value as hex floats, and the exact value (or what the value was compared with).
`count` is None where σ has not the property that is checked, or no formula is known; `reason` says so.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from gsdcheck.engine.reference import truth
from gsdcheck.model.expression import Expression
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.ulp import Format, rounded_to, ulp_exponent

Finding = dict[str, Any]

ERROR_LIMIT = 4.0
"""An error of more ulp than this counts: good libraries stay below it, formulas with cancellation do not."""

_WORST, _SPREAD = 400, {"float64": 6000}
"""How many inputs Arb sees: those worst by float64, and others evenly spread (1000 but for float64)."""


def not_applicable(check: str, reason: str) -> Finding:
    """The finding of a check that could not be made."""
    return {"check": check, "count": None, "worst": None, "reason": reason}


def _finding(check: str, count: int, worst: Finding | None) -> Finding:
    return {"check": check, "count": count, "worst": worst}


def _worst(ulp: float, at: float, value: float, exact: str | None) -> Finding:
    """A violation; one that no number of ulp measures (nan, an infinity) has ulp None."""
    shown = round(float(ulp), 3) if np.isfinite(ulp) else None
    return {"ulp": shown, "at": float(at).hex(), "value": float(value).hex(), "exact": exact}


def _in_ulp(difference: FloatArray, at: FloatArray, form: Format) -> FloatArray:
    """|difference| in ulp(at); infinite differences stay so."""
    with np.errstate(all="ignore"):
        finite = np.where(np.isfinite(at), at, form.largest)
        return np.ldexp(np.abs(difference), -ulp_exponent(finite, form))


def error_and_finiteness(
    expression: Expression, x: FloatArray, y: FloatArray, form: Format
) -> tuple[Finding, Finding, int]:
    """The findings error_ulp and not_finite, and how many inputs Arb has seen.

    Float64 values of the formula choose the inputs; what is reported as worst was compared with Arb. An input
    counts if its error by Arb, or by float64 where Arb has not looked, is beyond the limit.
    """
    near = compile_expression(expression)(x)
    estimate = _estimates(near, y, form)
    chosen = _chosen(estimate, form)
    truths = {int(i): truth(expression, float(x[i]), float(y[i]), form) for i in chosen}
    broken = {i: t for i, t in truths.items() if t is not None and not np.isfinite(y[i]) and t.error > 0}
    broken = {i: t for i, t in broken.items() if not t.overflows}
    unseen = np.setdiff1d(np.arange(x.size), chosen)
    lost = int((~np.isfinite(y[unseen]) & np.isfinite(rounded_to(near[unseen], form))).sum())
    errors = {i: t for i, t in truths.items() if t is not None and np.isfinite(y[i]) and np.isfinite(t.error)}
    many = int(
        (np.isfinite(y[unseen]) & (estimate[unseen] > ERROR_LIMIT) & np.isfinite(estimate[unseen])).sum()
    )
    many += sum(t.error > ERROR_LIMIT for t in errors.values())
    at = max(errors, key=lambda i: errors[i].error, default=None)
    worst = None if at is None else _worst(errors[at].error, x[at], y[at], errors[at].exact)
    first = min(broken, key=lambda i: abs(x[i]), default=None)
    gap = None if first is None else _worst(np.inf, x[first], y[first], broken[first].exact)
    error = _finding("error_ulp", many, worst) | {"limit": ERROR_LIMIT}
    return error, _finding("not_finite", len(broken) + lost, gap), len(truths)


def _estimates(near: FloatArray, y: FloatArray, form: Format) -> FloatArray:
    """The error in ulp as float64 sees it; oo where a value is not finite and the formula is, or is nan."""
    with np.errstate(all="ignore"):
        estimate = _in_ulp(y - near, near, form)
        rounded = rounded_to(near, form)
        agree = (y == rounded) & ~np.isfinite(y)  # both overflow
        estimate = np.where(agree, 0.0, estimate)
    return np.where(np.isnan(estimate), np.inf, estimate)


def _chosen(estimate: FloatArray, form: Format) -> Any:
    """The indices for Arb: the worst not finite, the worst finite, and a spread of all."""
    finite = np.isfinite(estimate)
    infinite = np.flatnonzero(~finite)
    lost = infinite[np.linspace(0, infinite.size - 1, min(_WORST, infinite.size)).astype(int)]
    worst = np.argsort(np.where(finite, -estimate, 1.0), kind="stable")[:_WORST]
    count = min(_SPREAD.get(form.name, 1000), estimate.size)
    spread = np.linspace(0, estimate.size - 1, count).astype(int)
    return np.unique(np.concatenate([lost, worst, spread]))


def oddness(x: FloatArray, y: FloatArray, mirrored: FloatArray, form: Format) -> Finding:
    """σ(-x) + σ(x), which is 0 exactly in an implementation that is odd."""
    with np.errstate(all="ignore"):
        residual = np.where(y == -mirrored, 0.0, _in_ulp(y + mirrored, y, form))
    residual = np.where(np.isnan(residual), 0.0, residual)  # nan is the business of not_finite
    return _largest("oddness_ulp", residual, x, y, lambda i: float(-mirrored[i]).hex())


def monotonicity(x: FloatArray, y: FloatArray, form: Format) -> Finding:
    """Decreases from one input to the next larger one; `exact` is the value before, as a hex float."""
    with np.errstate(all="ignore"):
        drop = np.where(y[1:] < y[:-1], _in_ulp(y[:-1] - y[1:], y[:-1], form), 0.0)
    return _largest("monotonicity", drop, x[1:], y[1:], lambda i: float(y[i]).hex())


def outside_range(
    x: FloatArray, y: FloatArray, ends: tuple[Fraction | None, Fraction | None], form: Format
) -> Finding:
    """Values below the infimum, or above the supremum, of σ rounded to the format; `exact` is that number."""
    low, high = (None if end is None else float(rounded_to(np.array(float(end)), form)) for end in ends)
    if low is None and high is None:
        return not_applicable("outside_range", "no bound of σ is known on either side.")
    excess, bound = np.zeros_like(y), np.zeros_like(y)
    for end, sign in ((low, -1.0), (high, 1.0)):
        if end is not None:
            beyond = sign * (y - end) > 0
            excess = np.where(beyond, _in_ulp(y - end, np.full_like(y, end), form), excess)
            bound = np.where(beyond, end, bound)
    excess = np.where(np.isfinite(y), excess, 0.0)  # infinities are the business of not_finite
    return _largest("outside_range", excess, x, y, lambda i: float(bound[i]).hex())


def scalar_vector(values: Callable[..., FloatArray], x: FloatArray, y: FloatArray, form: Format) -> Finding:
    """The value of an element when it is alone, or in arrays of 7, 8, 1000, or strided; `exact` is y at it."""
    some = np.unique(np.linspace(0, x.size - 1, 1000).astype(int))
    difference, other = np.zeros(some.size), y[some].copy()
    for length in (1, 7, 8, 1000):
        taken = some[:: max(1, some.size // 96)] if length == 1 else some[: some.size - some.size % length]
        for start in range(0, taken.size, length):
            block = taken[start : start + length]
            _compare(difference, other, np.searchsorted(some, block), values(x[block]), y[block], form)
    _compare(difference, other, np.arange(some.size), values(x[some], strided=True), y[some], form)
    return _largest("scalar_vector", difference, x[some], other, lambda i: float(y[some[i]]).hex())


def _compare(
    difference: FloatArray, other: FloatArray, places: Any, found: FloatArray, whole: FloatArray, form: Format
) -> None:
    """Note where `found` differs most from the values of the whole array."""
    with np.errstate(all="ignore"):
        same = (found == whole) | (np.isnan(found) & np.isnan(whole))
        apart = np.where(same, 0.0, _in_ulp(found - whole, whole, form))
    apart = np.where(np.isnan(apart), np.inf, apart)
    larger = apart > difference[places]
    difference[places[larger]] = apart[larger]
    other[places[larger]] = found[larger]


def _largest(
    check: str, violation: FloatArray, x: FloatArray, y: FloatArray, exact: Callable[[int], str]
) -> Finding:
    """How many violations are positive, and the largest."""
    count = int((violation > 0).sum())
    if not count:
        return _finding(check, 0, None)
    at = int(np.argmax(violation))
    return _finding(check, count, _worst(violation[at], x[at], y[at], exact(at)))
