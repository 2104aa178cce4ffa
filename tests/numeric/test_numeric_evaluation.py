"""The compiled float64 value of every tree of the library, against Arb."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb

from gsdcheck.certify.balls import enclose, precision
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import Expression, Number, Product, X, add, negate
from gsdcheck.model.library import NAMES, find_activation, named_activation
from gsdcheck.model.parser import parse
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.dilogarithm import dilogarithm
from gsdcheck.numeric.evaluation import compile_expression

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


def points() -> FloatArray:
    random = np.random.default_rng(20)
    special = [1e-300, 1e-20, 1e-8, 0.5, 1.0, 20.0, 37.0, 700.0, 745.0, 1e6]
    spread = 10.0 ** random.uniform(-300, 6, 300)
    usual = 10.0 ** random.uniform(-6, 3, 900)
    half = np.concatenate([special, spread, usual])
    return np.concatenate([[0.0], half, -half])


def reference(tree: Expression, x: float, absolute: float) -> arb:
    """f(x) to 90 bits, or to a thousandth of the absolute error allowed."""
    for bits in (160, 640, 2_600, 10_400, 41_600):
        with precision(bits):
            ball = enclose(tree, arb(x))
            if ball.is_finite() and (ball.rel_accuracy_bits() > 90 or ball.rad() < absolute / 1000):
                return ball
    raise AssertionError(f"Arb has no value at {x}")


def one_ulp_of_the_argument(tree: Expression, x: float) -> float:
    """|x f'(x)| 2^-52: no evaluation that rounds inside can be better, be it at a zero of σ' or in a tail."""
    with precision(300):
        return float(abs(arb(x) * enclose(derivative(tree), arb(x))).upper()) * 2.0**-52


def excess(computed: float, exact: arb, relative: float, absolute: float) -> float:
    """The error in units of the error allowed; 0 for the right infinity."""
    if math.isinf(computed):
        return 0.0 if math.copysign(1, computed) * exact > 1.7e308 else math.inf
    error, size = abs(arb(computed) - exact), abs(exact)
    return float((error / (size * relative).max(arb(absolute))).mid())


def worst(tree: Expression, exact: Expression, relative: float, absolute: float) -> tuple[float, float]:
    xs = points()
    values = compile_expression(tree)(xs)
    return max(
        (excess(v, reference(exact, x, absolute), relative, absolute), x)
        for v, x in zip(values.tolist(), xs.tolist(), strict=True)
    )


@pytest.mark.parametrize("part", ["expression", "slope"])
@pytest.mark.parametrize("name", SUBJECTS)
def test_sigma_and_slope_are_accurate(name: str, part: str) -> None:
    tree = getattr(find_activation(name), part)
    xs = points()
    for value, x in zip(compile_expression(tree)(xs).tolist(), xs.tolist(), strict=True):
        exact = reference(tree, x, 1e-300)
        if excess(value, exact, 1e-13, 1e-300) > 1:
            if (name, part) == ("tanhshrink", "expression"):  # no form in the grammar keeps x³/3 near 0
                assert excess(value, exact, 1e-13, abs(x) * 2.0**-52) <= 1, x
                continue
            assert excess(value, exact, 1e-13, one_ulp_of_the_argument(tree, x)) <= 1, x


@pytest.mark.parametrize("name", CLOSED)
def test_potential_is_accurate(name: str) -> None:
    tree = find_activation(name).potential
    assert tree is not None
    assert worst(tree, tree, 1e-13, 1e-15) <= (1.0, math.inf)


@pytest.mark.parametrize("name", SUBJECTS)
def test_slope_is_the_derivative_of_sigma(name: str) -> None:
    activation = find_activation(name)
    assert _greatest_difference(activation.slope, derivative(activation.expression)) < 1e-60


@pytest.mark.parametrize("name", CLOSED)
def test_sigma_is_the_derivative_of_the_potential(name: str) -> None:
    activation = find_activation(name)
    assert activation.potential is not None
    assert _greatest_difference(activation.expression, derivative(activation.potential)) < 1e-60


@pytest.mark.parametrize("name", CLOSED)
def test_potential_is_zero_at_zero(name: str) -> None:
    potential = find_activation(name).potential
    assert potential is not None
    with precision(300):
        assert abs(enclose(potential, arb(0))) < 1e-60


def _greatest_difference(left: Expression, right: Expression) -> float:
    """The largest relative difference at points that are no kink of the library."""
    xs = np.random.default_rng(3).normal(scale=3, size=60).tolist()
    with precision(400):
        pairs = [(enclose(left, arb(x)), enclose(right, arb(x))) for x in xs]
        return max(float((abs(a - b) / (1 + abs(a))).upper()) for a, b in pairs)


def test_the_comparison_sees_a_wrong_potential() -> None:
    wrong = parse("x**2/2 + x*log1p(exp(-x)) - dilog(-exp(-x)) - pi**2/6")
    right = named_activation("silu").potential
    assert right is not None
    assert worst(wrong, right, 1e-13, 1e-15)[0] > 1e3


def test_the_comparison_sees_cancellation() -> None:
    naive = add(parse("exp(x)"), negate(parse("1")))
    assert worst(naive, parse("expm1(x)"), 1e-13, 1e-300)[0] > 1e3


def test_each_branch_of_a_piecewise_sees_its_own_elements_only() -> None:
    f = compile_expression(parse("Piecewise((sqrt(x), x > 1), (log(1 - x), x < 0), (7, True))"))
    x = np.array([[4.0, -1.0], [0.5, np.nan]])
    assert np.array_equal(f(x), [[2.0, np.log(2.0)], [7.0, 7.0]])


def test_shape_and_type_are_kept() -> None:
    for text in ("x", "3", "tanh(x)", "Piecewise((1, x > 0), (x, True))", "Max(x, 0, 2)"):
        f = compile_expression(parse(text))
        for shape in ((), (0,), (1,), (2, 3, 4)):
            assert f(np.ones(shape)).shape == shape
            assert f(np.ones(shape)).dtype == np.float64


def test_the_result_is_fresh_memory() -> None:
    x = np.ones(3)
    compile_expression(X)(x)[:] = 5
    assert np.array_equal(x, np.ones(3))


def test_a_tree_is_compiled_once() -> None:
    assert compile_expression(parse("tanh(x) + x")) is compile_expression(parse("tanh(x) + x"))


def test_beyond_the_domain_is_nan_and_overflow_is_infinite_without_warning() -> None:
    x = np.array([-1.0, 0.0, 1e6])
    assert np.array_equal(compile_expression(parse("log(x)"))(x[:2]), [np.nan, -np.inf], equal_nan=True)
    assert np.array_equal(compile_expression(parse("exp(x)"))(x[2:]), [np.inf])
    assert np.array_equal(compile_expression(parse("1/x"))(x[1:2]), [np.inf])


def test_numbers_beyond_the_range_become_infinities() -> None:
    huge = Product((Number(Fraction(-(10**400))), X))
    assert compile_expression(huge)(np.array([2.0]))[0] == -np.inf


def test_what_is_no_tree_is_an_error() -> None:
    with pytest.raises(TypeError, match="not an expression"):
        compile_expression("tanh(x)")


def test_rational_powers_are_real_roots() -> None:
    assert compile_expression(parse("x**(3/2)"))(np.array([4.0]))[0] == 8.0
    assert compile_expression(parse("x**(-1/2)"))(np.array([4.0]))[0] == 0.5
    assert compile_expression(parse("x**(-3)"))(np.array([-2.0]))[0] == -0.125
    assert np.isnan(compile_expression(parse("sqrt(x)"))(np.array([-1.0]))[0])


def test_dilogarithm_against_arb_on_the_whole_line() -> None:
    sizes = 10.0 ** np.random.default_rng(5).uniform(-20, 10, 200)
    u = np.concatenate([-sizes, sizes[sizes < 1], [0.5, 0.999, 1 - 1e-12, -1.0]])
    tree = parse("dilog(x)")
    errors = [
        excess(v, reference(tree, x, 1e-300), 1e-15, 1e-300) for v, x in zip(dilogarithm(u), u, strict=True)
    ]
    assert max(errors) <= 1
    assert dilogarithm(np.array([1.0]))[0] == pytest.approx(math.pi**2 / 6, rel=1e-16)
    assert np.isnan(dilogarithm(np.array([1.5]))[0])
