"""Ranges by the mean value theorem hold every value, and waves rise and fall where their angle stays."""

from fractions import Fraction

import pytest

from gsdcheck.certify.activation_quantities import _mean_value_range
from gsdcheck.certify.algebra import trend
from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.model.parser import parse

RISING = "tanh(Max(x, 2*x))"  # from -1 to 1; it has a branch, so that only its structure can tell


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("x*exp(-x**2)", "0", "2"),
        ("-x*exp(-x**2)", "0", "2"),
        ("sin(x)", "0", "3"),
        ("cos(x)", "-1", "1"),
        ("-cos(x)", "-1", "1"),
        ("x**2 - x", "0", "1"),
        ("tanh(x)", "-1", "1"),
        ("1 - tanh(x)", "-1/8", "1/8"),
    ],
)
def test_a_range_by_the_mean_value_holds_every_value(text: str, low: str, high: str) -> None:
    a, b = Fraction(low), Fraction(high)
    bottom, top = _mean_value_range(parse(text), a, b)
    values = [enclose(parse(text), to_arb(a + (b - a) * k / 64)) for k in range(65)]
    assert all(not value < bottom and not value > top for value in values)
    spread = max(float(v) for v in values) - min(float(v) for v in values)
    assert float(top - bottom) <= 9 * max(spread, float(b - a))


@pytest.mark.parametrize("text", ["tanh(x)", "-tanh(x)", "exp(x)", "-x**3"])
def test_the_range_of_what_is_monotone_is_that_of_its_ends(text: str) -> None:
    bottom, top = _mean_value_range(parse(text), Fraction(1, 2), Fraction(3))
    ends = sorted(
        float(enclose(parse(text), arb_end)) for arb_end in (to_arb(Fraction(1, 2)), to_arb(Fraction(3)))
    )
    assert [float(bottom), float(top)] == pytest.approx(ends, rel=1e-6)


@pytest.mark.parametrize(
    ("wave", "rises", "falls"),
    [
        ("sin({})", True, False),
        ("sin(3*{}/2)", True, False),
        ("sin(2*{})", False, False),  # from -2 to 2, beyond π/2
        ("sin({} + 1)", False, False),
        ("sin({} - 1)", False, False),
        ("sin({}/2 + 1)", True, False),  # up to 3/2
        ("sin({}/2 - 1)", True, False),
        ("sin(-{})", False, True),
        ("cos({})", False, False),
        ("cos({} + 1/2)", False, False),
        ("cos({} - 1/2)", False, False),
        ("cos({} + 3/2)", False, True),
        ("cos({} + 2)", False, True),  # from 1 to 3
        ("cos({} + 3)", False, False),
        ("cos({} - 3/2)", True, False),
        ("cos({} - 2)", True, False),
        ("cos({} - 3)", False, False),
        ("cos(2 - {})", True, False),
        ("cos(exp({}))", False, True),  # from 1/e to e, within [0, π]
    ],
)
def test_a_wave_is_monotone_where_its_angle_stays_in_half_a_turn(wave: str, rises: bool, falls: bool) -> None:
    found = trend(parse(wave.format(RISING)))
    assert (found.rises, found.falls, found.strict) == (rises, falls, rises or falls)


@pytest.mark.parametrize(
    ("power", "rises", "falls"),
    [
        ("{}**3", True, False),
        ("{}**2", False, False),
        ("({} + 2)**2", True, False),
        ("({} - 2)**2", False, True),
        ("({} + 2)**(-1)", False, True),
        ("({} - 2)**(-1)", False, True),
        ("({} - 2)**(-2)", True, False),
        ("({} + 2)**(-2)", False, True),
        ("({} - 2)**(-3)", False, True),
        ("({} - 2)**4", False, True),
        ("({} - 2)**5", True, False),
        ("{}**(-1)", False, False),
        ("({} + 2)**(1/2)", True, False),
        ("({} + 2)**(-3/2)", False, True),
        ("({} + 2)*({} + 3)", True, False),
        ("({} - 2)*({} - 3)", False, True),
        ("({} - 2)*({} + 3)", False, False),
        ("erfc({})", False, True),
        ("cosh({} + 2)", True, False),
        ("cosh({} - 2)", False, True),
        ("Abs({} - 2)", False, True),
        ("Abs({})", False, False),
        ("cosh({})", False, False),
        ("-3*{}", False, True),
        ("Min({}, -1/{})", False, False),
    ],
)
def test_the_trend_of_powers_and_even_functions_of_what_rises(power: str, rises: bool, falls: bool) -> None:
    found = trend(parse(power.replace("{}", RISING)))
    assert (found.rises, found.falls) == (rises, falls)
