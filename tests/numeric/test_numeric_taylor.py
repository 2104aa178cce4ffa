"""Fifty digits against exact solutions: elliptic functions, matrix exponentials, orbits pieced together by hand."""

from fractions import Fraction

import flint
import mpmath
import pytest
from mpmath import mpf

from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.system import Form, System, system
from gsdcheck.numeric.field import network
from gsdcheck.numeric.integrators import orbit
from gsdcheck.numeric.taylor import taylor_orbit

FORMS = pytest.mark.parametrize("form", list(Form))
CROSS = [[0, 1, "-1/2"], [-1, 0, "3/4"], ["1/2", "-3/4", 0]]
PLANE = [[0, 1], [-1, 0]]
START = ["1", "1/2", "-3/10"]


def distance(a: list[mpf], b: list[mpf]) -> mpf:
    with mpmath.workdps(400):
        return max(abs(p - q) for p, q in zip(a, b, strict=True))


def tanh_state(energy: int, t: int, digits: int) -> list[mpf]:
    """The exact oscillator of `numeric.elliptic` with ω = 1, at any number of digits."""
    with mpmath.workdps(digits):
        m, reach = 1 - mpmath.exp(-2 * energy), mpmath.sqrt(mpmath.expm1(2 * energy))
        cn, sd = mpmath.ellipfun("cn", t, m=m), mpmath.ellipfun("sd", t, m=m)
        return [mpmath.asinh(reach * cn), mpmath.asinh(-reach * mpmath.exp(-energy) * sd)]


@pytest.mark.parametrize("precision", [5, 20, 50, 200])
def test_the_tanh_oscillator_is_that_of_elliptic_functions(precision: int) -> None:
    start = tanh_state(2, 0, precision + 20)
    ends = taylor_orbit(system(PLANE, "tanh"), start, [0, 7, 30], precision=precision)
    for t, state in zip((7, 30), ends[1:], strict=True):
        error = distance(state, tanh_state(2, t, precision + 20))
        assert error < mpf(10) ** (1 - precision)
        assert error > mpf(10) ** (-precision - 12)  # rounded to that many digits, and no more


@FORMS
def test_a_linear_system_is_the_matrix_exponential(form: Form) -> None:
    affine = system(CROSS, "identity", form=form, leak="1/5", bias=[1, "1/3", 0])
    (*_, end) = taylor_orbit(affine, START, [0, "7/2"], precision=60)
    with mpmath.workdps(80):
        matrix = mpmath.zeros(4)
        for i in range(3):
            for j in range(3):
                matrix[i, j] = mpf(Fraction(CROSS[i][j]).numerator) / Fraction(CROSS[i][j]).denominator
            matrix[i, i] -= mpf(1) / 5
        matrix[0, 3], matrix[1, 3] = 1, mpf(1) / 3
        exact = mpmath.expm(matrix * mpf(7) / 2) * mpmath.matrix([1, mpf(1) / 2, mpf(-3) / 10, 1])
        assert distance(end, list(exact)[:3]) < mpf(10) ** -58


SMOOTH = [
    "tanh", "gelu", "silu", "mish", "softplus", "sin", "cos(x)", "atan", "erf", "erfc(x)", "sinh", "cosh(x/2)",
    "asinh(x)", "x/(1+x**2)", "x/sqrt(1+x**2)", "(2+x**2)**(1/3)*x", "(3+x**2)**(-3/2)", "x*exp(-x**2)",
    "expm1(x)", "log1p(x**2)", "log(2+x**2)", "dilog(-x**2)", "dilog(-2-x**2)", "x**3", "pi*x/E",
]  # fmt: skip


@FORMS
@pytest.mark.parametrize("sigma", SMOOTH)
def test_ten_more_digits_change_nothing_and_floats_agree(sigma: str, form: Form) -> None:
    given = system(CROSS, sigma, form=form, leak="1/10", bias=["1/10", 0, "-1/5"])
    (*_, few), (*_, many) = (taylor_orbit(given, START, [0, 2], precision=p) for p in (30, 40))
    assert 0 < distance(few, many) < mpf(10) ** -28
    floats = orbit(network(given), [1.0, 0.5, -0.3], [0, 2], rtol=1e-12, atol=1e-13).states[-1]
    assert [float(v) for v in few] == pytest.approx(floats, abs=1e-9)


KINKED = [
    "relu", "hardtanh", "softshrink", "leaky_relu", "elu", "selu", "softsign", "x*Abs(x)", "Max(x, -x/2, x-1)",
    "Min(x, 1/2)", "Abs(tanh(x)-1/4)", "hard_swish", "tanh(x)+Abs(x-1/3)/5",
]  # fmt: skip


@FORMS
@pytest.mark.parametrize("sigma", KINKED)
def test_kinks_cost_no_digits(sigma: str, form: Form) -> None:
    given = system(CROSS, sigma, form=form, bias=["1/10", 0, "-1/5"])
    (*_, few), (*_, many) = (taylor_orbit(given, START, [0, 5], precision=p) for p in (30, 40))
    assert distance(few, many) < mpf(10) ** -27
    floats = orbit(network(given), [1.0, 0.5, -0.3], [0, 5], rtol=1e-11, atol=1e-12).states[-1]
    assert [float(v) for v in few] == pytest.approx(floats, abs=1e-6)


def test_a_rectified_orbit_is_the_one_pieced_together_by_hand() -> None:
    # x' = relu(y), y' = -relu(x) from (0, 1): to (0, 1) + quarter turn at (1, 0), where y = -(t - π/2), x = 1
    states = taylor_orbit(system(PLANE, "relu"), [0, 1], [0, 1, 2, 10], precision=50)
    with mpmath.workdps(60):
        assert distance(states[1], [mpmath.sin(1), mpmath.cos(1)]) < mpf(10) ** -49
        assert distance(states[2], [mpf(1), mpmath.pi / 2 - 2]) < mpf(10) ** -49
        assert distance(states[3], [mpf(1), mpmath.pi / 2 - 10]) < mpf(10) ** -48


def test_a_step_across_a_kink_would_lose_the_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gsdcheck.numeric.taylor.first_root", lambda *_: None)
    (*_, end) = taylor_orbit(system(PLANE, "relu"), [0, 1], [0, 2], precision=50)
    with mpmath.workdps(60):
        assert distance(end, [mpf(1), mpmath.pi / 2 - 2]) > mpf(10) ** -3


def test_a_jump_that_is_crossed_is_crossed() -> None:
    # x' = 1, y' = sign(x) - 2 from x = -1
    crossing = system([[0, 0], [1, 0]], "sign(x)", bias=[1, -2])
    (*_, end) = taylor_orbit(crossing, [-1, 0], [0, 3], precision=40)
    assert distance(end, [mpf(2), mpf(-5)]) < mpf(10) ** -38


def test_a_jump_that_holds_the_orbit_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="no side of it leads away"):
        taylor_orbit(system([[-1]], "sign(x)"), [1], [0, 3], precision=30)


def test_a_rest_at_a_kink_is_a_rest() -> None:
    (*_, end) = taylor_orbit(system(PLANE, "relu"), [0, 0], [0, 3], precision=30)
    assert end == [0, 0]
    (*_, still) = taylor_orbit(system(PLANE, "relu"), [-1, 0], [0, 3], precision=30)
    assert still == [-1, 0]


@pytest.mark.parametrize("sigma", ["tanh", "softsign", "elu"])
def test_the_orbit_runs_backwards_to_its_start(sigma: str) -> None:
    there = taylor_orbit(system(CROSS, sigma), START, [0, 4], precision=40)
    back = taylor_orbit(system(CROSS, sigma), there[-1], [4, 0], precision=40)
    assert distance(back[-1], [mpf(1), mpf("0.5"), mpmath.mpf(-3) / 10]) < mpf(10) ** -15
    with mpmath.workdps(50):
        assert distance(back[-1], [mpf(1), mpf("0.5"), mpf("-0.3")]) < mpf(10) ** -37


def test_a_tiny_state_keeps_its_digits() -> None:
    scale = Fraction(1, 10**70)  # where tanh x = x to 140 digits
    (*_, end) = taylor_orbit(system(PLANE, "tanh"), [0, scale], [0, 1], precision=40)
    with mpmath.workdps(60):
        assert distance([v * 10**70 for v in end], [mpmath.sin(1), mpmath.cos(1)]) < mpf(10) ** -38


def test_digits_that_cancel_are_made_up_for() -> None:
    lost = system(PLANE, "(1e40+sin(x))-1e40")
    (*_, end) = taylor_orbit(lost, [0, 1], [0, 2], precision=40)
    (*_, kept) = taylor_orbit(system(PLANE, "sin"), [0, 1], [0, 2], precision=40)
    assert distance(end, kept) < mpf(10) ** -38


def test_numbers_of_every_kind_mean_the_same() -> None:
    with mpmath.workdps(60):
        kinds = [[mpf(-1) / 4, mpf(3)], ["-1/4", "3"], [Fraction(-1, 4), 3], [-0.25, 3.0]]
    ends = [taylor_orbit(system(PLANE, "tanh"), x0, [mpf(0), "1"], precision=30)[-1] for x0 in kinds]
    assert all(end == ends[0] for end in ends)


def test_the_contexts_of_flint_and_mpmath_are_left_as_they_were() -> None:
    before = flint.ctx.prec, flint.ctx.cap, mpmath.mp.prec
    taylor_orbit(system(PLANE, "tanh"), [1, 0], [0, 1], precision=30)
    with pytest.raises(InvalidInput):
        taylor_orbit(system(PLANE, "tanh"), [1, "x"], [0, 1], precision=30)
    assert (flint.ctx.prec, flint.ctx.cap, mpmath.mp.prec) == before


def with_log() -> System:
    return system([[0, 1], [-1, 0]], activation_from_expression("log(x)"))


@pytest.mark.parametrize(
    ("given", "x0", "times", "precision", "match"),
    [
        (system(PLANE), [1], [0, 1], 30, "1 entries"),
        (system(PLANE), [1, mpf("inf")], [0, 1], 30, "x0.1. is mpf"),
        (system(PLANE), [1, 0], [0, 1, 1], 30, "monotone"),
        (system(PLANE), [1, 0], [], 30, "times is empty"),
        (system(PLANE), [1, 0], [0, "nan"], 30, "times.1. is 'nan'"),
        (system(PLANE), [1, 0], [0, 1], 0, "precision is 0"),
        (system([[1]], "cube"), [1], [0, 1], 30, "beyond t = 0.5"),
        (with_log(), [1, -1], [0, 1], 30, "not analytic"),
        (system([[1]], "sqrt(x)"), [0], [0, 1], 30, "not analytic"),
    ],
)
def test_what_cannot_be_followed_is_an_error(
    given: System, x0: list[object], times: list[object], precision: int, match: str
) -> None:
    with pytest.raises(InvalidInput, match=match):
        taylor_orbit(given, x0, times, precision=precision)  # type: ignore[arg-type]


def test_the_start_alone_is_given_back() -> None:
    assert taylor_orbit(system(PLANE), ["1/4", 2], [5], precision=30) == [[mpf("0.25"), 2]]
