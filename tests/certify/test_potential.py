from fractions import Fraction

import pytest
from flint import arb

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.potential import potential
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
