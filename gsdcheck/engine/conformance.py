"""How well an implementation computes σ at a dtype, in ulp."""

from typing import Any

import numpy as np

from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.engine.backends import NumPy
from gsdcheck.engine.calling import opaque
from gsdcheck.engine.conformance_checks import (
    Finding,
    error_and_finiteness,
    monotonicity,
    not_applicable,
    oddness,
    outside_range,
    scalar_vector,
)
from gsdcheck.engine.reference import enclosed_range
from gsdcheck.engine.subjects import AuditSubject
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.activation import Activation
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.opaque import OpaqueFunction
from gsdcheck.numeric.stratified import numbers_to_try
from gsdcheck.numeric.typed import evaluate_typed
from gsdcheck.numeric.ulp import Format, float_format, rounded_to

CHECKS = ("error_ulp", "oddness_ulp", "outside_range", "monotonicity", "not_finite", "scalar_vector")
_NO_FORMULA = "no formula of the function is known."


def conformance(subject: AuditSubject, dtype: str, seed: int = 0) -> dict[str, Any]:
    """What the implementation of the subject gives at the dtype, against σ enclosed by Arb.

    Code is run as it is; a name or an expression is NumPy's evaluation of its tree, every step at the dtype.
    All finite numbers of a 16-bit dtype are tried; about 3·10⁵ of the others, in every binade. Values that
    come in a wider dtype are rounded to the dtype first; `result_dtype` says so. `passed` is False for a
    check with violations and None for one that could not be made.

    Raises:
        UnknownName: there is no such dtype.
        InvalidInput: the code cannot be run at the dtype, or an extra is missing.
    """
    form = float_format(dtype)
    function = subject.function or _formula(subject)
    kinks = () if subject.activation is None else breakpoints(subject.activation.expression)
    x = numbers_to_try(form, kinks, seed)

    def values(points: FloatArray, *, strided: bool = False) -> FloatArray:
        return rounded_to(function(points, dtype, strided=strided), form)

    y = values(x)
    scalar = scalar_vector(values, x, y, form)
    found, seen = (
        (_without_formula(x, y), 0)
        if subject.activation is None
        else _with_formula(subject.activation, x, y, values(-x), form)
    )
    findings = sorted([*found, scalar], key=lambda finding: CHECKS.index(finding["check"]))
    return {
        "dtype": dtype,
        "result_dtype": function.result_dtype(x[:8], dtype),
        "backend": function.backend,
        "points": int(x.size),
        "checked_with_arb": seen,
        "findings": findings,
        "passed": {f["check"]: None if f["count"] is None else f["count"] == 0 for f in findings},
    }


def _formula(subject: AuditSubject) -> OpaqueFunction:
    assert subject.activation is not None  # a subject has a function or an activation
    expression = subject.activation.expression
    return opaque(subject.name, lambda x: evaluate_typed(expression, x), NumPy())


def _with_formula(
    activation: Activation, x: FloatArray, y: FloatArray, mirrored: FloatArray, form: Format
) -> tuple[list[Finding], int]:
    facts = activation_facts(activation)
    error, not_finite, seen = error_and_finiteness(activation.expression, x, y, form)
    odd = oddness(x, y, mirrored, form) if facts["odd"].holds else _lacks("oddness_ulp", "odd")
    ordered = facts["nondecreasing"].holds
    monotone = monotonicity(x, y, form) if ordered else _lacks("monotonicity", "nondecreasing")
    return [error, odd, outside_range(x, y, enclosed_range(activation), form), monotone, not_finite], seen


def _lacks(check: str, fact: str) -> Finding:
    return not_applicable(check, f"σ is not established to be {fact}.")


def _without_formula(x: FloatArray, y: FloatArray) -> list[Finding]:
    """Without a formula only a nan is wrong for sure: an infinity may be an overflow."""
    lost = np.flatnonzero(np.isnan(y))
    first = None if not lost.size else int(lost[np.argmin(np.abs(x[lost]))])
    worst = (
        None if first is None else {"ulp": None, "at": float(x[first]).hex(), "value": "nan", "exact": None}
    )
    finding: Finding = {"check": "not_finite", "count": int(lost.size), "worst": worst}
    return [finding, *(not_applicable(check, _NO_FORMULA) for check in CHECKS[:4])]
