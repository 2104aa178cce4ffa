"""The vector functions against Arb, at the special values, and in every way they can be compiled."""

import math
import platform
from collections.abc import Callable

import numpy as np
import pytest
from llvmlite import ir

from gsdcheck.errors import InvalidInput
from gsdcheck.model.expression import FUNCTIONS as GRAMMAR
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.compiled import error_functions, exponentials, logarithms, trigonometry
from gsdcheck.numeric.compiled.elementwise import elementwise
from gsdcheck.numeric.compiled.vector_functions import EMITTERS, STATED_ULP, VectorFunctions
from gsdcheck.numeric.stratified import numbers_to_try
from tests.numeric.compiled.exact import DOUBLE, FUNCTIONS, worst_ulps

INF, NAN = math.inf, math.nan

# (least, greatest, places where the method changes or a value is delicate)
DOMAINS: dict[str, tuple[float, float, tuple[float, ...]]] = {
    "exp": (-800.0, 800.0, (709.782712893384, -708.3964185322641, -745.1332191019411, -700.0, 0.34657)),
    "expm1": (-800.0, 800.0, (709.782712893384, -37.4, 2.0**-54, -(2.0**-54), 0.34657, -0.34657, 1.0397)),
    "sinh": (-800.0, 800.0, (710.4758600739439, 2.0**-30, 0.34657, 1.0397)),
    "cosh": (-800.0, 800.0, (710.4758600739439, 0.34657, 1.0397, 17.3)),
    "tanh": (-INF, INF, (0.17328, 0.51986, 0.86643, 1.213, 18.7, 19.0615, 20.0)),
    "log": (0.0, INF, (1.0, math.sqrt(0.5), math.sqrt(2.0), 2.0**-1022)),
    "log1p": (-1.0, INF, (-0.2928932, 0.4142135, -0.9999, 2.0**60, 2.0**53)),
    "asinh": (-INF, INF, (0.35, 2.0**60, 2.0**27, 2.0**53)),
    "sin": (-(2.0**40), 2.0**40, (math.pi, math.pi / 2, 2.0**20, *(k * math.pi / 2 for k in range(3, 40)))),
    "cos": (-(2.0**40), 2.0**40, (math.pi, math.pi / 2, 2.0**20, *(k * math.pi / 2 for k in range(3, 40)))),
    "atan": (-INF, INF, (math.sqrt(2) - 1, math.sqrt(2) + 1, 1.0, 0.45)),
    "erf": (-INF, INF, (0.3, 5.86, 6.0)),
    "erfc": (-100.0, 100.0, (0.5, 4.0, 26.4, 26.54, 27.2, 27.3, -5.8)),
    "dilog": (-1e9, math.nextafter(1.0, 0), (0.5, -1.0, 0.75, -3.0)),
    "sqrt": (0.0, INF, ()),
    "Abs": (-INF, INF, ()),
    "sign": (-INF, INF, ()),
}


def arguments(name: str) -> FloatArray:
    """Every binade and sign, and crowds at the delicate places, inside the domain where the value is finite."""
    low, high, places = DOMAINS[name]
    rng = np.random.default_rng(1)
    tried = numbers_to_try(DOUBLE)
    tried = tried[:: 60 if name == "dilog" else 17]
    near = [p * (1 + s * rng.standard_normal(150)) for p in places for s in (1e-15, 1e-9, 1e-3)]
    central = rng.uniform(max(low, -30), min(high, 30), 1_000 if name == "dilog" else 12_000)
    x = np.concatenate([tried, *near, central, places])
    return x[(x > low) & (x < high) & (np.abs(x) <= DOUBLE.largest)]


def test_the_functions_are_those_of_the_grammar_that_take_one_argument() -> None:
    assert set(EMITTERS) == {name for name in GRAMMAR if name not in ("Max", "Min")} | {"sqrt"}
    assert set(STATED_ULP) == set(EMITTERS) == set(DOMAINS)


@pytest.mark.parametrize("name", DOMAINS)
def test_every_value_is_as_near_as_stated(name: str) -> None:
    x = arguments(name)
    assert x.size > 5_000 or name == "dilog"
    worst = worst_ulps(FUNCTIONS[name], x, elementwise(name)(x))
    assert worst <= STATED_ULP[name]


SPECIAL: dict[str, tuple[float, float, float]] = {  # at -∞, -0 and ∞
    "exp": (0.0, 1.0, INF),
    "expm1": (-1.0, -0.0, INF),
    "sinh": (-INF, -0.0, INF),
    "cosh": (INF, 1.0, INF),
    "tanh": (-1.0, -0.0, 1.0),
    "log": (NAN, -INF, INF),
    "log1p": (NAN, -0.0, INF),
    "asinh": (-INF, -0.0, INF),
    "sin": (NAN, -0.0, NAN),
    "cos": (NAN, 1.0, NAN),
    "atan": (-math.pi / 2, -0.0, math.pi / 2),
    "erf": (-1.0, -0.0, 1.0),
    "erfc": (2.0, 1.0, 0.0),
    "dilog": (-INF, -0.0, NAN),
    "sqrt": (NAN, -0.0, INF),
    "Abs": (INF, 0.0, INF),
    "sign": (-1.0, 0.0, 1.0),
}


@pytest.mark.parametrize("name", SPECIAL)
def test_infinities_nan_and_the_sign_of_zero(name: str) -> None:
    found = elementwise(name)(np.array([-INF, -0.0, INF, 0.0, NAN]))
    below, zero, above = SPECIAL[name]
    at_zero = abs(zero) if name != "log" else -INF
    expected = np.array([below, zero, above, at_zero, NAN])
    assert np.array_equal(found, expected, equal_nan=True)
    numbers = ~np.isnan(expected)
    assert np.array_equal(np.signbit(found[numbers]), np.signbit(expected[numbers]))


@pytest.mark.parametrize(
    ("name", "x", "value"),
    [
        ("log", -5e-324, NAN), ("log", 1.0, 0.0), ("log1p", -1.0, -INF), ("log1p", -1.0000000000000002, NAN),
        ("dilog", 1.0000000000000002, NAN), ("dilog", 1.0, math.pi**2 / 6), ("sqrt", -5e-324, NAN),
        ("exp", 709.7827128933841, INF), ("exp", -745.1332191019412, 0.0), ("erfc", 27.3, 0.0),
        ("tanh", 5e-324, 5e-324), ("sin", 5e-324, 5e-324), ("cosh", 1e308, INF), ("sinh", -1e308, -INF),
    ],
)  # fmt: skip
def test_at_the_edges_of_the_domains(name: str, x: float, value: float) -> None:
    assert np.array_equal(elementwise(name)(np.array([x])), [value], equal_nan=True)


def test_sin_and_cos_of_arguments_beyond_the_reduction() -> None:
    x = np.ldexp(np.random.default_rng(2).uniform(1, 2, 2_000), np.arange(2_000) % 1_000 + 20)
    mixed = np.where(np.arange(x.size) % 3 == 0, 1.0, x)  # a vector with lanes on both sides of the branch
    for name in ("sin", "cos"):
        assert worst_ulps(FUNCTIONS[name], mixed, elementwise(name)(mixed)) <= STATED_ULP[name]


MUTANTS = [
    ("exp", exponentials, "EXPM1"), ("expm1", exponentials, "EXPM1"), ("tanh", exponentials, "TANH"),
    ("sinh", exponentials, "SINH"), ("cosh", exponentials, "COSH"), ("log", logarithms, "LOG"),
    ("log1p", logarithms, "LOG"), ("sin", trigonometry, "SIN"), ("cos", trigonometry, "COS"),
    ("atan", trigonometry, "ATAN"), ("erf", error_functions, "ERF"), ("erfc", error_functions, "ERFC"),
    ("erfc", error_functions, "ERFC_NEAR"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "module", "polynomial"), MUTANTS)
def test_a_wrong_coefficient_is_noticed(
    name: str, module: object, polynomial: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *rest = getattr(module, polynomial)
    monkeypatch.setattr(module, polynomial, (first, second * (1 + 2.0**-36), *rest))
    x = arguments(name)[::3]
    assert worst_ulps(FUNCTIONS[name], x, elementwise(name)(x)) > STATED_ULP[name]


def bits(f: Callable[[FloatArray], FloatArray], x: FloatArray) -> list[int]:
    values = f(x)
    return np.where(np.isnan(values), NAN, values).view(np.int64).tolist()


@pytest.mark.parametrize("name", EMITTERS)
def test_the_bits_do_not_depend_on_lanes_or_calls(name: str) -> None:
    x = np.concatenate([numbers_to_try(DOUBLE)[::311], [INF, -INF, NAN]])
    expected = bits(elementwise(name), x)
    for lanes in (2, 4, 16):
        assert bits(elementwise(name, lanes=lanes), x) == expected
    assert bits(elementwise(name, inline=False), x) == expected


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="processors of another family")
@pytest.mark.parametrize("cpu", ["x86-64", "haswell"])
@pytest.mark.parametrize("name", EMITTERS)
def test_the_bits_do_not_depend_on_the_processor(name: str, cpu: str) -> None:
    x = np.concatenate([numbers_to_try(DOUBLE)[::311], [INF, -INF, NAN]])
    assert bits(elementwise(name, cpu=cpu), x) == bits(elementwise(name), x)


def test_a_function_is_defined_once_and_its_values_have_names() -> None:
    module = ir.Module("names")
    functions = VectorFunctions(module)
    assert functions.function("tanh") is functions.function("tanh")
    text = str(module)
    assert text.count("define internal <8 x double>") == 1
    for name in ("size", "k", "r", "T", "s", "m"):
        assert f'%"{name}" = ' in text
    assert "fast" not in text.replace("fastcc", "")
    assert "reassoc" not in text


def test_an_unknown_function_is_refused() -> None:
    with pytest.raises(InvalidInput, match="'gamma'"):
        VectorFunctions(ir.Module("m")).function("gamma")
