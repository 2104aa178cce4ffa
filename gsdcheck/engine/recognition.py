"""Whether an opaque function is one of the library's: its values agree with the formula to a few ulp.

Floats screen the candidates; the one that is left is compared with Arb's enclosures of the formula.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np
from flint import arb

from gsdcheck.certify.balls import enclose, precision
from gsdcheck.engine.probing import probe_points
from gsdcheck.errors import GsdcheckError
from gsdcheck.model.activation import Activation
from gsdcheck.model.library import NAMES, find_activation
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.opaque import OpaqueFunction
from gsdcheck.numeric.ulp import FORMATS

FEW = 16
"""How many epsilons a value may be off, relative to max(|σ(x)|, min(|x|, 8)): that is what cancels inside."""

_BITS = 160


def recognised(
    function: OpaqueFunction, hints: tuple[str, ...], attributes: Mapping[str, object], dtype: str = "float64"
) -> Activation | None:
    """The library activation whose formula the function computes, if there is one.

    Args:
        function: what is to be recognised.
        hints: names to try first, the likeliest first, such as "torch.elu".
        attributes: parameters it was made with; those that a candidate has are used for it.
        dtype: the dtype it is evaluated at.
    """
    x = _points(dtype)
    y = function(x, dtype)
    kind = function.result_dtype(x[:1], dtype)
    epsilon = max(FORMATS[k].epsilon for k in (kind, dtype) if k in FORMATS)
    for candidate in _candidates(hints, attributes):
        if _looks_like(candidate, x, y, epsilon) and _agrees(candidate, x, y, epsilon):
            return candidate
    return None


def _points(dtype: str) -> FloatArray:
    """The probe points, and where the dtype has them numbers to 10¹⁵, beyond which Arb cannot follow every formula."""
    if dtype not in ("float64", "float32", "bfloat16"):
        return probe_points()
    far = np.geomspace(1e7, 1e15, 9).astype(np.float32).astype(np.float64)
    return np.concatenate([-far[::-1], probe_points(), far])


def _candidates(hints: tuple[str, ...], attributes: Mapping[str, object]) -> Iterator[Activation]:
    seen: set[Activation | str] = set()
    for name in (*hints, *NAMES):
        for parameters in ({}, {k: v for k, v in attributes.items() if _known(name, k, v)}):
            spelled = _spelled(name, parameters)
            activation = _found(spelled) if spelled not in seen else None
            seen.add(spelled)
            if activation is not None:
                yield activation


def _known(name: str, key: str, value: object) -> bool:
    return _found(_spelled(name, {key: value})) is not None


def _spelled(name: str, parameters: Mapping[str, object]) -> str:
    """`name?key=value&…`; a float is the decimal that it is written as."""
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return f"{name}?{query}" if query else name


def _found(spelled: str) -> Activation | None:
    try:
        return find_activation(spelled)
    except GsdcheckError:  # no such name, or no such parameter of it: no candidate
        return None


def _looks_like(candidate: Activation, x: FloatArray, y: FloatArray, epsilon: float) -> bool:
    formula = compile_expression(candidate.expression)(x)
    with np.errstate(all="ignore"):
        close = np.abs(formula - y) <= 1e6 * epsilon * _scale(x, formula)
    return bool((close | (formula == y) | np.isinf(y) | np.isinf(formula)).all())


def _scale(x: FloatArray, y: FloatArray) -> FloatArray:
    return np.maximum(np.abs(y), np.minimum(np.abs(x), 8.0))


def _agrees(candidate: Activation, x: FloatArray, y: FloatArray, epsilon: float) -> bool:
    """|y - σ(x)| <= FEW epsilons of the scale, by balls; an infinite y must be an overflow of σ too."""
    allowed = arb(FEW * epsilon)
    with precision(_BITS):
        for point, value in zip(x, y, strict=True):
            exact = enclose(candidate.expression, arb(float(point)))
            if np.isinf(value):
                if not exact * (1 if value > 0 else -1) > arb(2) ** 100:
                    return False
                continue
            scale = abs(exact).max(arb(min(abs(float(point)), 8.0)))
            if not abs(arb(float(value)) - exact) <= allowed * scale + arb(2) ** -1000:
                return False
    return True


def exact_attributes(values: Mapping[str, object]) -> dict[str, object]:
    """Those values that a parameter can have: finite numbers, as decimals, and words."""
    numbers = {
        key: Fraction(str(value))
        for key, value in values.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value)
    }
    words = {key: value for key, value in values.items() if isinstance(value, str) and value.isalnum()}
    named = {**numbers, **words}
    return {key: value for key, value in named.items() if not key.startswith("_") and key != "name"}
