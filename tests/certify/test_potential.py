from fractions import Fraction

import pytest
from flint import arb

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.potential import increase, potential
from gsdcheck.errors import Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.library import NAMES, find_activation
from gsdcheck.model.parser import parse

VARIANTS = (
    "hardtanh?min_val=1/2&max_val=3",  # where 0 is outside the clip, Phi(0) = 0 is a matter of its constant
    "hardtanh?min_val=-3&max_val=-1/2",
    "threshold?threshold=3/2&value=-2",
    "threshold?threshold=-3/2&value=1/3",
    "thresholded_relu?threshold=3/2&negative_slope=1/4",
    "thresholded_relu?threshold=-3/2&negative_slope=1/4",
    "clipped_relu?max_value=5/2&threshold=3/2&negative_slope=1/4",
    "clipped_relu?max_value=5/2&threshold=-3/2&negative_slope=1/4",
    "switched_softplus?beta=2&threshold=-3",
    "switched_softplus?threshold=3",
    "celu?alpha=1/2",
    "isrlu?alpha=3",
    "snake?a=3",
    "softshrink?threshold=3/2",
    "hardshrink?threshold=3/2",
    "squareplus?b=1/4",
)
SUBJECTS = (*NAMES, *VARIANTS)
CLOSED = [subject for subject in SUBJECTS if find_activation(subject).potential is not None]
POINTS = [
    Fraction(n, d) * s
    for n, d in ((1, 10**9), (1, 7), (1, 1), (9, 5), (4, 1), (31, 2), (40, 1))
    for s in (-1, 1)
]


@pytest.mark.parametrize("name", CLOSED)
def test_the_closed_form_of_the_potential_is_the_integral(name: str) -> None:
    activation = find_activation(name)
    assert activation.potential is not None
    with precision(100):
        for x in [*POINTS, Fraction(0)]:
            integral, closed = potential(activation.expression, x), enclose(activation.potential, to_arb(x))
            assert closed.is_finite()
            assert integral.overlaps(closed)
            assert abs(integral - closed) <= arb(2) ** -60 * (1 + abs(closed))


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_closed_form_of_the_slope_is_the_derivative(name: str) -> None:
    activation = find_activation(name)
    with precision(100):
        for x in (p for p in POINTS if abs(p) != 1):  # hardtanh has kinks at ±1, where slopes are conventions
            given, derived = (
                enclose(g, to_arb(x)) for g in (activation.slope, derivative(activation.expression))
            )
            assert given.overlaps(derived)
            assert abs(given - derived) <= arb(2) ** -60 * (1 + abs(given))


def test_a_wrong_closed_form_is_seen() -> None:
    assert not potential(parse("tanh(x)"), Fraction(2)).overlaps(enclose(parse("x**2/2"), arb(2)))


@pytest.mark.parametrize(
    ("text", "antiderivative"),
    [
        ("1/(1 + x**2)", "atan(x)"),
        ("asinh(x)", "x*asinh(x) - sqrt(1 + x**2) + 1"),
        ("sqrt(Abs(x))", "sign(x)*2/3*Abs(x)**(3/2)"),
        ("(2 + x**2)**(-3/2)*x", "1/sqrt(2) - (2 + x**2)**(-1/2)"),
    ],
)
def test_the_integral_is_the_known_one(text: str, antiderivative: str) -> None:
    for x in (Fraction(-40), Fraction(-3), Fraction(5, 2)):
        assert potential(parse(text), x).overlaps(enclose(parse(antiderivative), to_arb(x)))


def test_a_ball_contains_the_potential_of_its_points() -> None:
    ball = arb(1, 0.25)
    phi = potential(parse("tanh(x)"), ball)
    assert all(phi.contains(potential(parse("tanh(x)"), Fraction(k, 8)).mid()) for k in (6, 7, 8, 9, 10))


@pytest.mark.parametrize("text", ["1/x", "log(x)", "Abs(x**3 - 2)"])
def test_what_cannot_be_integrated_is_undecided(text: str) -> None:
    with pytest.raises(Undecided):
        potential(parse(text), Fraction(2))


def test_the_potential_at_infinity_is_undecided() -> None:
    with pytest.raises(Undecided):
        potential(parse("x"), arb("inf"))


@pytest.mark.parametrize("name", ["tanh", "relu", "gelu", "cube"])
def test_the_increase_is_the_difference_of_the_potentials(name: str) -> None:
    sigma = find_activation(name)
    with precision(100):
        start, end = to_arb(Fraction(-1, 3)), to_arb(Fraction(9, 7))
        found = increase(sigma.expression, start, end)
        assert found.overlaps(enclose(sigma.potential, end) - enclose(sigma.potential, start))
        assert found.rad() < arb(2) ** -80


def test_an_increase_over_a_short_way_is_known_to_as_many_digits() -> None:
    # ∫ of x³ from 1000 to 1000 + 2⁻⁶⁰ is about 2⁻⁶⁰ · 10⁹, of potentials of 2.5e11: their difference has no digit.
    with precision(64):
        start, way = arb(1000), arb(2) ** -50
        found = increase(parse("x**3"), start, start + way)
        assert found.contains(((start + way) ** 4 - start**4) / 4) or found.rad() < arb(2) ** -70
        assert abs(found / (way * 10**9) - 1) < arb(2) ** -40


def test_an_increase_holds_for_all_ends_of_the_balls() -> None:
    with precision(64):
        found = increase(parse("x"), arb(1, 0.25), arb(2, 0.5))
        for start, end in ((0.75, 1.5), (0.75, 2.5), (1.25, 1.5), (1.25, 2.5)):
            assert found.contains((arb(end) ** 2 - arb(start) ** 2) / 2)


@pytest.mark.parametrize(
    ("sigma", "start", "end"),
    [("x", arb(1), arb("nan")), ("x", arb.pos_inf(), arb(1)), ("log(x)", arb(1, 2), arb(3))],
)
def test_an_increase_without_a_finite_enclosure_is_undecided(sigma: str, start: arb, end: arb) -> None:
    with pytest.raises(Undecided), precision(64):
        increase(parse(sigma), start, end)
