"""The compiled elementary functions against Arb, over all doubles, and at the places where they go wrong."""

import math
from collections.abc import Callable
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb, ctx

pytest.importorskip("llvmlite", reason="the compiled kernels are an extra")

from gsdcheck.model.expression import X, call, power
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.compiled import coefficients, exponentials
from gsdcheck.numeric.compiled.elementwise import compiled_expression
from gsdcheck.numeric.compiled.vector_functions import STATED_ULP
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.stratified import numbers_to_try
from gsdcheck.numeric.ulp import FORMATS
from tests.numeric.compiled.minimax import APPROXIMATIONS, DIGITS

OVERFLOW = 2.0**1023
FUNCTIONS = sorted(set(STATED_ULP) - {"dilog", "sqrt"})
EXPONENTIAL = ("exp", "expm1", "sinh", "cosh")
PLACES = [
    *(0.0, 5e-324, 2.2250738585072014e-308, 1e-160, 0.5, 1.0, 6.0, 20.0, 22.0, 28.0, 2.0**20, 2.0**28, 1e308),
    *(709.782712893384, 709.7827128933841, 708.4, 745.13, 745.14, 710.4758600739439, 710.475860073944),
    *(math.tan(math.pi / 8), math.tan(3 * math.pi / 8), math.sqrt(0.5), math.sqrt(2.0), math.log(2) / 2),
]


def arguments(name: str) -> FloatArray:
    """Every binade, the middle range, the thresholds, and for sin and cos what is near their zeros."""
    rng = np.random.default_rng(7)
    spread = rng.choice(numbers_to_try(FORMATS["float64"]), 2500, replace=False)
    x = np.concatenate([spread, rng.uniform(-30, 30, 2500), rng.uniform(-1.5, 1.5, 2500), PLACES])
    if name in ("sin", "cos"):
        zeros = rng.integers(1, 660_000, 1500) * (math.pi / 2)
        x = np.concatenate([x, zeros, np.nextafter(zeros, np.inf)])
    if name in ("log", "log1p"):
        x = np.concatenate([np.abs(x), 1 + rng.uniform(-1e-4, 1e-4, 500), -rng.uniform(0, 1, 500)])
        x = x[(x > 0) if name == "log" else (x > -1)]
    return np.unique(np.concatenate([x, -x]) if name not in ("log", "log1p") else x)


def errors_in_ulp(name: str, computed: Callable[[FloatArray], FloatArray], x: FloatArray) -> FloatArray:
    """|computed - exact| in ulp of the exact value; beyond the range of doubles an infinity is right."""
    before, ctx.prec = ctx.prec, 160
    try:
        return np.array([_error(name, a, y) for a, y in zip(x.tolist(), computed(x).tolist(), strict=True)])
    finally:
        ctx.prec = before


def _error(name: str, a: float, y: float) -> float:
    if name in EXPONENTIAL and abs(a) > 800:  # Arb would need a number of a billion bits
        expected = getattr(np, name)(a) if name != "exp" or a > 0 else 0.0
        return 0.0 if y == expected else math.inf
    exact = getattr(arb(a), name)()
    if abs(exact).mid() >= arb(2) ** 1024 - arb(2) ** 970:
        return 0.0 if math.isinf(y) else math.inf
    if not math.isfinite(y):
        return math.inf
    unit = float(np.spacing(abs(float(exact.mid()))))
    return abs(float(((arb(y) - exact) / unit).mid()))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_error_is_within_the_stated_ulp(name: str) -> None:
    x = arguments(name)
    with np.errstate(all="ignore"):
        errors = errors_in_ulp(name, compiled_expression(call(name, X)), x)
    worst = int(np.argmax(errors))
    assert errors[worst] <= STATED_ULP[name], f"{name}({x[worst]!r}): {errors[worst]} ulp"


def test_the_ulp_check_catches_a_wrong_coefficient(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = (*coefficients.EXPM1[:5], coefficients.EXPM1[5] * (1 + 1e-8), *coefficients.EXPM1[6:])
    monkeypatch.setattr(exponentials, "EXPM1", wrong)
    # another tree than exp(x), so that no kernel of the true coefficients is at hand
    mutant = compiled_expression(call("exp", call("Abs", X)))
    errors = errors_in_ulp("exp", mutant, np.linspace(0.01, 5, 500))
    assert errors.max() > STATED_ULP["exp"]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mutant must not be found on disk by the next test."""
    monkeypatch.setenv("GSDCHECK_CACHE", str(tmp_path_factory.getbasetemp() / "kernels"))


@pytest.mark.parametrize("name", ["expm1", "tanh", "sinh", "log1p", "asinh", "sin", "atan", "erf"])
def test_odd_zeros_keep_their_sign(name: str) -> None:
    values = compiled_expression(call(name, X))(np.array([0.0, -0.0, 5e-324, -5e-324]))
    expected = [math.erf(5e-324)] if name == "erf" else [5e-324]
    assert [math.copysign(1, v) for v in values] == [1, -1, 1, -1]
    assert values.tolist() == [0.0, 0.0, expected[0], -expected[0]]


LIMITS = {
    "exp": (math.inf, 0.0),
    "expm1": (math.inf, -1.0),
    "tanh": (1.0, -1.0),
    "sinh": (math.inf, -math.inf),
    "cosh": (math.inf, math.inf),
    "log": (math.inf, math.nan),
    "log1p": (math.inf, math.nan),
    "asinh": (math.inf, -math.inf),
    "sin": (math.nan, math.nan),
    "cos": (math.nan, math.nan),
    "atan": (math.pi / 2, -math.pi / 2),
    "erf": (1.0, -1.0),
    "erfc": (0.0, 2.0),
    "Abs": (math.inf, math.inf),
    "sign": (1.0, -1.0),
}


@pytest.mark.parametrize("name", list(LIMITS))
def test_infinities_and_nan(name: str) -> None:
    values = compiled_expression(call(name, X))(np.array([math.inf, -math.inf, math.nan]))
    assert values == pytest.approx([*LIMITS[name], math.nan], nan_ok=True, rel=1e-15)


def test_logarithms_at_and_below_the_end_of_their_domain() -> None:
    assert compiled_expression(call("log", X))(np.array([0.0, -0.0, -1.0]))[:2].tolist() == [-math.inf] * 2
    assert compiled_expression(call("log1p", X))(np.array([-1.0])).tolist() == [-math.inf]
    assert np.isnan(compiled_expression(call("log1p", X))(np.array([-1.5]))).all()


@pytest.mark.parametrize(
    "exponent", ["2", "3", "7", "1/2", "3/2", "-1", "-2", "-3/2", "-1/2", "1/3", "5/3", "40"]
)
def test_powers_agree_with_mpmath(exponent: str) -> None:
    q = Fraction(exponent)
    x = np.abs(np.random.default_rng(3).uniform(0.01, 30, 300))
    with mpmath.workdps(40):
        exact = [mpmath.power(mpmath.mpf(a), mpmath.mpf(q.numerator) / q.denominator) for a in x.tolist()]
        expected = np.array([float(value) for value in exact])
    assert compiled_expression(power(X, q))(x) == pytest.approx(expected, rel=2e-15)


def test_dilogarithm_agrees_with_mpmath() -> None:
    x = np.concatenate([-np.geomspace(1e-12, 1e6, 120), np.linspace(-1, 1, 101), [1 - 1e-12]])
    with mpmath.workdps(40):
        expected = np.array([float(mpmath.polylog(2, mpmath.mpf(a)).real) for a in x.tolist()])
    ulps = np.abs(compiled_expression(call("dilog", X))(x) - expected) / np.spacing(np.abs(expected))
    assert ulps.max() <= STATED_ULP["dilog"]


def test_far_arguments_of_sin_take_the_library_lane_by_lane() -> None:
    x = np.array([1.0, 2.0**21, -1e15, 1e300, 0.5, -(2.0**20), 3e7])
    assert compiled_expression(call("sin", X))(x) == pytest.approx(
        [math.sin(a) for a in x.tolist()], rel=1e-15
    )


@pytest.mark.parametrize("name", list(APPROXIMATIONS))
def test_polynomials_are_as_near_as_rounding_lets_them_be(name: str) -> None:
    wanted, stored = APPROXIMATIONS[name], getattr(coefficients, name)
    assert len(stored) == wanted.degree + 1
    with mpmath.workdps(DIGITS):
        a, b = wanted.start, wanted.stop
        points = [a + (b - a) * i / 400 for i in range(401)]
        errors = [
            abs(mpmath.polyval([mpmath.mpf(c) for c in stored[::-1]], t) - wanted.f(t)) * wanted.weight(t)
            for t in points
        ]
    assert max(errors) < 2e-16


def test_compiled_and_numpy_read_nested_functions_alike() -> None:
    tree = call("tanh", call("log1p", call("exp", X)))
    x = np.linspace(-50, 50, 1001)
    assert compiled_expression(tree)(x) == pytest.approx(compile_expression(tree)(x), rel=1e-14)
