"""Every check of an implementation finds the mutant that it is for, and passes what is rounded correctly."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from gsdcheck.engine.backends import NumPy
from gsdcheck.engine.calling import opaque
from gsdcheck.engine.conformance import CHECKS, conformance
from gsdcheck.engine.reference import enclosed_range, truth
from gsdcheck.engine.subjects import AuditSubject, find_subject
from gsdcheck.errors import UnknownName
from gsdcheck.model.library import named_activation
from gsdcheck.model.parser import parse
from gsdcheck.numeric.ulp import FORMATS


def implementation(name: str, function: Callable[[Any], Any]) -> AuditSubject:
    """Code that is said to compute the library activation of that name."""
    activation = named_activation(name)
    return AuditSubject(
        name=name,
        asked=name,
        source="callable",
        activation=activation,
        function=opaque(name, function, NumPy()),
        recognised=name,
    )


def finding(result: dict[str, Any], check: str) -> dict[str, Any]:
    (found,) = (f for f in result["findings"] if f["check"] == check)
    return dict(found)


def correct_tanh(x: Any) -> Any:
    """tanh of a 16-bit argument through float64: rounded correctly but for ties that do not occur."""
    return np.tanh(x.astype(np.float64)).astype(x.dtype)


def spoilt(at: float, value: float) -> Callable[[Any], Any]:
    """A correct tanh with another value at one number."""
    return lambda x: np.where(x == x.dtype.type(at), x.dtype.type(value), correct_tanh(x))


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_a_correctly_rounded_implementation_passes_every_check(dtype: str) -> None:
    result = conformance(implementation("tanh", correct_tanh), dtype)
    assert [f["check"] for f in result["findings"]] == list(CHECKS)
    assert all(result["passed"].values())
    assert finding(result, "error_ulp")["worst"]["ulp"] <= 0.5
    assert result["checked_with_arb"] >= 1000


def test_all_finite_numbers_of_a_16_bit_type_are_tried() -> None:
    subject = implementation("tanh", correct_tanh)
    assert conformance(subject, "float16")["points"] == 2**16 - 2 * 2**10  # without infinities and nans
    assert conformance(find_subject("tanh"), "bfloat16")["points"] == 2**16 - 2 * 2**7


def test_a_value_one_ulp_above_one_is_outside_the_range_of_tanh() -> None:
    def shipped(x: Any) -> Any:
        return np.where(x >= 8, np.float32(1.0000001), correct_tanh(x)).astype(np.float32)

    found = finding(conformance(implementation("tanh", shipped), "float32"), "outside_range")
    assert found["count"] > 1000
    assert found["worst"]["value"] == np.nextafter(np.float32(1), np.float32(2)).item().hex()
    assert found["worst"]["exact"] == (1.0).hex()
    assert found["worst"]["ulp"] == 1.0


def test_a_rounding_that_is_not_odd_is_found() -> None:
    def upwards(x: Any) -> Any:
        return np.nextafter(correct_tanh(x), np.float16(np.inf))

    result = conformance(implementation("tanh", upwards), "float16")
    assert result["passed"]["oddness_ulp"] is False
    assert finding(result, "oddness_ulp")["count"] > 60_000


def test_one_value_too_small_breaks_monotonicity_there() -> None:
    below = float(np.tanh(0.5)) - 2.0**-6  # 2**-6 is 64 ulp of tanh(1/2), which is in [1/4, 1/2)
    result = conformance(implementation("tanh", spoilt(0.5, below)), "float16")
    found = finding(result, "monotonicity")
    assert found["count"] == 1
    assert float.fromhex(found["worst"]["at"]) == 0.5
    error = finding(result, "error_ulp")
    assert error["count"] == 1
    assert 63 <= error["worst"]["ulp"] <= 65
    assert float.fromhex(error["worst"]["at"]) == 0.5


@pytest.mark.parametrize("lost", [math.nan, math.inf])
@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_a_nan_or_an_infinity_at_one_number_is_found(lost: float, dtype: str) -> None:
    result = conformance(implementation("tanh", spoilt(3.0, lost)), dtype)
    found = finding(result, "not_finite")
    assert found["count"] == 1
    assert float.fromhex(found["worst"]["at"]) == 3.0
    assert found["worst"]["exact"].startswith("0.99505475368673")


def test_an_overflow_of_the_function_itself_is_no_fault() -> None:
    def sinh(x: Any) -> Any:
        with np.errstate(over="ignore"):
            return np.sinh(x.astype(np.float64)).astype(x.dtype)

    result = conformance(implementation("sinh", sinh), "float16")
    assert result["passed"]["not_finite"] is True
    assert result["passed"]["error_ulp"] is True
    assert result["passed"]["outside_range"] is None  # sinh has no bound


def test_a_scalar_path_that_differs_is_found() -> None:
    def two_paths(x: Any) -> Any:
        y = correct_tanh(x)
        return np.nextafter(y, np.float16(0)) if x.size < 8 else y

    def strided(x: Any) -> Any:
        return correct_tanh(x) if x.flags.c_contiguous else x * np.float16(0.5)

    for mutant in (two_paths, strided):
        assert conformance(implementation("tanh", mutant), "float16")["passed"]["scalar_vector"] is False


def test_cancellation_is_measured_in_ulp_of_the_small_result() -> None:
    def naive(x: Any) -> Any:
        return x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2

    result = conformance(implementation("gelu", naive), "float64")
    found = finding(result, "error_ulp")
    assert found["count"] > 0
    assert found["worst"]["ulp"] > 1e3
    assert result["passed"]["oddness_ulp"] is None  # GELU is not odd, so nothing is asked


def test_code_without_a_formula_is_only_asked_what_needs_none() -> None:
    wavy = find_subject(lambda x: np.tanh(x) + 0.25 * np.sin(x) * np.exp(-(x**2)))
    result = conformance(wavy, "float32")
    assert result["passed"]["not_finite"] is True
    assert result["passed"]["scalar_vector"] is not None
    assert [result["passed"][check] for check in CHECKS[:4]] == [None] * 4
    assert all(finding(result, check)["reason"] for check in CHECKS[:4])


def test_a_nan_needs_no_formula_to_be_seen() -> None:
    wavy = find_subject(lambda x: np.tanh(x) + 0.25 * np.sin(3 * x) * np.exp(-(x**2)))
    found = finding(conformance(wavy, "float32"), "not_finite")
    assert found["count"] > 0
    least = abs(float.fromhex(found["worst"]["at"]))
    assert least * 3 > FORMATS["float32"].largest  # 3 x overflows, and the sine of an infinity is nan


def test_the_same_seed_gives_the_same_findings() -> None:
    subject = find_subject("gelu")
    assert conformance(subject, "float32", seed=3) == conformance(subject, "float32", seed=3)


def test_an_unknown_dtype_is_refused() -> None:
    with pytest.raises(UnknownName, match=r"'float8'.*bfloat16"):
        conformance(find_subject("tanh"), "float8")


HALF, SINGLE = FORMATS["float16"], FORMATS["float32"]
THIRD = Fraction(1, 3)


@pytest.mark.parametrize(
    ("text", "x", "value", "dtype", "ulp"),
    [
        ("x", 1.0, 1.0 + 2.0**-10, HALF, 1.0),  # ulp(1) = 2**-10
        ("x", 0.75, 0.75 + 2.0**-11, HALF, 1.0),  # below 1 it is half of that
        ("x", 2.0**-20, 0.0, HALF, 16.0),  # subnormal: ulp = 2**-24
        ("0*x", 1.0, 2.0**-24, HALF, 1.0),  # at 0 the smallest number
        ("x/3", 1.0, 0.0, SINGLE, float(THIRD * 2**25)),  # ulp(1/3) = 2**-25
        ("2*x", 65504.0, math.inf, HALF, 0.0),  # rounds to infinity
        ("2*x", 65504.0, -math.inf, HALF, math.inf),
        ("x", 1.0, math.inf, HALF, math.inf),
        ("x", 1.0, math.nan, HALF, math.inf),
    ],
)
def test_the_error_in_ulp_of_cases_made_by_hand(
    text: str, x: float, value: float, dtype: Any, ulp: float
) -> None:
    found = truth(parse(text), x, value, dtype)
    assert found is not None
    assert found.error == pytest.approx(ulp, rel=1e-12)


def test_there_is_no_truth_where_the_function_is_undefined() -> None:
    assert truth(parse("log(x)"), -1.0, math.nan, HALF) is None


@pytest.mark.parametrize(("name", "low", "high"), [("tanh", -1, 1), ("sigmoid", 0, 1), ("hardtanh", -1, 1)])
def test_the_enclosed_range_is_the_range(name: str, low: int, high: int) -> None:
    least, most = enclosed_range(named_activation(name))
    assert least is not None
    assert most is not None
    assert low - Fraction(1, 10**9) <= least <= low
    assert high <= most <= high + Fraction(1, 10**9)


def test_a_negative_value_of_softplus_is_outside_its_range() -> None:
    def below(x: Any) -> Any:
        with np.errstate(over="ignore"):
            return np.where(x < -80, -1e-6, np.logaddexp(x.astype(np.float64), 0)).astype(x.dtype)

    result = conformance(implementation("softplus", below), "float32")
    assert result["passed"]["outside_range"] is False


def test_jax_is_evaluated_in_its_own_dtypes() -> None:
    jax = pytest.importorskip("jax", reason="an extra")
    before = jax.config.jax_enable_x64
    subject = find_subject(jax.numpy.tanh)
    for dtype in ("bfloat16", "float64"):
        result = conformance(subject, dtype)
        assert result["result_dtype"] == dtype
        assert result["backend"].startswith("jax")
    assert jax.config.jax_enable_x64 is before


@pytest.mark.torch
@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
def test_torch_is_evaluated_in_its_own_dtypes(dtype: str) -> None:
    result = conformance(find_subject("torch.nn:Tanh"), dtype)
    assert result["result_dtype"] == dtype
    assert result["backend"].startswith("torch")
    assert result["passed"]["error_ulp"] is True
