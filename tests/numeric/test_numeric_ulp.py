"""Formats, rounding and neighbours agree with NumPy's own types."""

from fractions import Fraction

import ml_dtypes
import numpy as np
import pytest

from gsdcheck.errors import UnknownName
from gsdcheck.numeric.stratified import numbers_to_try
from gsdcheck.numeric.ulp import (
    FORMATS,
    every_number,
    float_format,
    neighbours,
    rounded_to,
    ulp_exponent,
)

TYPES = {"float16": np.float16, "bfloat16": ml_dtypes.bfloat16, "float32": np.float32, "float64": np.float64}


@pytest.mark.parametrize("name", FORMATS)
def test_the_constants_of_a_format_are_those_of_the_type(name: str) -> None:
    form, info = FORMATS[name], ml_dtypes.finfo(TYPES[name])
    assert form.largest == float(info.max)
    assert form.epsilon == float(info.eps)
    assert form.smallest == float(info.smallest_subnormal)


@pytest.mark.parametrize("name", ["float16", "bfloat16", "float32"])
def test_rounding_is_that_of_the_type(name: str) -> None:
    rng = np.random.default_rng(0)
    values = np.ldexp(rng.uniform(-2, 2, 20_000), rng.integers(-160, 130, 20_000))
    form = FORMATS[name]
    halves = every_number(FORMATS["float16"])[::37]
    ties = halves + np.ldexp(0.5, ulp_exponent(halves, form))
    for y in (values, ties, np.array([form.largest * 1.5, -np.inf, np.nan, -0.0])):
        with np.errstate(over="ignore"):
            narrow = y.astype(np.float32) if name == "bfloat16" else y  # ml_dtypes rounds by way of float32
            expected = narrow.astype(TYPES[name]).astype(np.float64)
        got = rounded_to(narrow.astype(np.float64), form)
        assert np.array_equal(got, expected, equal_nan=True)


def test_an_ulp_is_the_distance_to_the_next_number_away_from_zero() -> None:
    form = FORMATS["float16"]
    values = every_number(form)
    positive = values[(values > 0) & (values < form.largest)]
    above = np.spacing(positive.astype(np.float16)).astype(np.float64)
    assert np.array_equal(np.ldexp(1.0, ulp_exponent(positive, form)), above)


@pytest.mark.parametrize("name", ["float16", "bfloat16"])
def test_every_number_is_there_once_in_order(name: str) -> None:
    values = every_number(FORMATS[name])
    p = FORMATS[name].precision
    assert values.size == 2**16 - 2 * 2 ** (p - 1)
    assert (np.diff(values) >= 0).all()
    assert (np.diff(values) == 0).sum() == 1  # -0 and 0


@pytest.mark.parametrize("name", FORMATS)
def test_neighbours_are_adjacent(name: str) -> None:
    form = FORMATS[name]
    around = neighbours(np.array([1.5]), form)
    assert np.array_equal(around, [1.5 - form.epsilon, 1.5 + form.epsilon])


@pytest.mark.parametrize("name", ["float32", "float64"])
def test_wide_formats_are_tried_in_every_binade_and_beside_every_kink(name: str) -> None:
    form = FORMATS[name]
    values = numbers_to_try(form, (Fraction(7, 4),))
    assert np.array_equal(values, rounded_to(values, form))
    for signed in (values[values > 0], -values[values < 0]):
        binades = set(np.frexp(signed)[1].tolist())
        lowest = form.least - form.precision + 2
        assert binades == set(range(lowest, form.most + 2))
        assert {form.smallest, form.largest} <= set(signed.tolist())
    at = np.flatnonzero(values == 1.75)[0]
    assert np.array_equal(values[at - 1 : at + 2], [1.75 - form.epsilon, 1.75, 1.75 + form.epsilon])
    assert np.signbit(values[values == 0]).tolist() == [True, False]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownName, match="'double'"):
        float_format("double")
