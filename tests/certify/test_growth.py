"""The mass of a tail is bounded from above by what is computed of it, and digits by their cap."""

from fractions import Fraction
from typing import Any

import mpmath
import pytest

from gsdcheck.certify.balls import precision
from gsdcheck.certify.certificates import conclude
from gsdcheck.certify.expansions import monomial
from gsdcheck.certify.growth import tail_integral, value_at_start
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.verdict import Verdict

R = Fraction(4096)
Scale = tuple[Fraction, Fraction, tuple[tuple[int, Fraction], ...]]


def scale(power: str, log: str = "0", *exponent: tuple[int, str]) -> Scale:
    return Fraction(power), Fraction(log), tuple((k, Fraction(c)) for k, c in exponent)


def value(m: Scale, x: Any) -> Any:
    power, log, exponent = m
    tail = sum(mpmath.mpf(c.numerator) / c.denominator * x**k for k, c in exponent)
    of_log = mpmath.log(x) ** (mpmath.mpf(log.numerator) / log.denominator)
    return x ** (mpmath.mpf(power.numerator) / power.denominator) * of_log * mpmath.exp(tail)


CONVERGENT = [
    scale("-2"),
    scale("-3/2"),
    scale("-7/3"),
    scale("-3/2", "1"),
    scale("-3/2", "-1"),
    scale("-5/4", "1/2"),
    scale("-2", "3"),
    scale("0", "0", (1, "-1/100")),
    scale("2", "0", (1, "-1/50")),
    scale("1/2", "1", (1, "-1/64")),
]


@pytest.mark.parametrize("m", CONVERGENT)
def test_the_mass_of_a_tail_is_in_its_interval(m: Scale) -> None:
    with precision(96):
        low, high = tail_integral(monomial(m, R))
    start = mpmath.mpf(int(R))
    cuts = [
        0,
        0.01,
        0.1,
        0.5,
        1,
        2,
        4,
        8,
        16,
        32,
        64,
        128,
    ]  # of t, for x = R exp(t); beyond, at most exp(-32)
    true = mpmath.quad(lambda t: value(m, start * mpmath.exp(t)) * start * mpmath.exp(t), cuts)
    assert float(low) <= float(true) * (1 + 1e-9)
    assert float(true) * (1 - 1e-9) <= float(high) <= 3 * float(true)


@pytest.mark.parametrize(
    "m", [scale("-1"), scale("-1", "-1"), scale("0"), scale("-1/2", "-3"), scale("3", "0", (1, "0"))]
)
def test_a_tail_without_a_mass_has_no_interval(m: Scale) -> None:
    with pytest.raises(Undecided):
        tail_integral(monomial(m, R))


@pytest.mark.parametrize("m", CONVERGENT)
def test_the_value_at_the_start_is_that_of_the_monomial(m: Scale) -> None:
    with precision(96):
        found = value_at_start(monomial(m, R))
    assert float(found.mid()) == pytest.approx(float(value(m, mpmath.mpf(int(R)))), rel=1e-12)


@pytest.mark.parametrize(
    ("digits", "holds"), [(0, False), (1, True), (40, True), (41, False), (True, False), ("9", False)]
)
def test_a_period_is_stated_to_1_to_40_digits(digits: object, holds: bool) -> None:
    period = {"kind": "tanh-period", "energy": "1/2", "omega": "1", "digits": digits}
    if holds:
        assert conclude(period).verdict is Verdict.PROVED
        return
    with pytest.raises(CertificateRejected, match="digits"):
        conclude(period)


@pytest.mark.parametrize(
    ("energy", "omega", "holds"),
    [("40", "1", True), ("41", "1", False), ("0", "1", False), ("1", "0", False), ("1", "-1", False)],
)
def test_a_period_needs_a_level_curve_and_a_rotation(energy: str, omega: str, holds: bool) -> None:
    period = {"kind": "tanh-period", "energy": energy, "omega": omega, "digits": 2}
    if holds:
        assert conclude(period).verdict is Verdict.PROVED
        return
    with pytest.raises(CertificateRejected, match="needs 0 < energy"):
        conclude(period)
