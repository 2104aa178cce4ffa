"""Boxes around orbits, against what is known of them otherwise: exponentials, closed forms, energies, time reversal."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb, arb_mat

from gsdcheck.certify import orbit_kinks, orbit_series, orbit_steps, orbits
from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.fields import field_of
from gsdcheck.certify.orbit_series import KinkInside
from gsdcheck.certify.orbits import derivative_at, states_at
from gsdcheck.certify.potential import potential
from gsdcheck.certify.subject import Subject, read_subject, subject_data
from gsdcheck.errors import Undecided
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.expression import ZERO
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import system

PLANAR = [[0, 1], [-1, 0]]
LINE = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]
EIGHT = [[(i - j) % 3 - 1 for j in range(8)] for i in range(8)]
BITS = 112

Box = Sequence[arb]


def network(W: list[list[Any]], activation: str = "tanh", **options: Any) -> Subject:
    expression = "x" in activation.replace("relu", "").replace("expm1", "")
    sigma = activation_from_expression(activation) if expression else find_activation(activation)
    return read_subject(subject_data(system(W, sigma, **options)))


def point(*values: Any, radius: float = 0.0) -> list[arb]:
    with precision(BITS):
        return [to_arb(Fraction(v)) + arb(0, radius) for v in values]


def after(subject: Subject, start: Box, time: Any, bits: int = BITS) -> Box:
    return states_at(subject, start, [Fraction(time)], bits=bits)[0]


def holds(box: Box, truth: Box, width: float = 1e-20) -> bool:
    """Every ball of the truth, which is known more precisely, lies in that of the box, which is thin."""
    return all(b.contains(t) and b.rad() < width for b, t in zip(box, truth, strict=True))


def exponential(A: list[list[Any]], time: Any) -> arb_mat:
    """exp(A t) in 400 bits."""
    with precision(400):
        return arb_mat([[to_arb(Fraction(a) * Fraction(time)) for a in row] for row in A]).exp()


def linear_truth(A: list[list[Any]], start: list[Any], time: Any) -> list[arb]:
    """exp(A t) x₀ in 400 bits."""
    with precision(400):
        return list((exponential(A, time) * arb_mat([[to_arb(Fraction(v))] for v in start])).entries())


@pytest.mark.parametrize("form", ["outer", "inner"])
@pytest.mark.parametrize("time", ["13", "-17/3"])
def test_a_linear_orbit_is_that_of_the_matrix_exponential(form: str, time: str) -> None:
    start = ["1", "-1/3", "2", "1/7"]
    box = after(network(LINE, "identity", form=form), point(*start), time)
    assert holds(box, linear_truth(LINE, start, time))


@pytest.mark.parametrize("form", ["outer", "inner"])
def test_leak_and_bias_are_those_of_the_affine_exponential(form: str) -> None:
    subject = network([[1, -2], ["1/2", 0]], "identity", form=form, leak="3/4", bias=["1/3", -1])
    affine = [["1/4", -2, "1/3"], ["1/2", "-3/4", -1], [0, 0, 0]]
    assert holds(after(subject, point(1, 2), 5), linear_truth(affine, [1, 2, 1], 5)[:2])


@pytest.mark.parametrize("time", [0.75, 3.5, 11.0])
def test_the_tanh_orbit_is_elliptic(time: float) -> None:
    """From (0, 1): sinh x₂ = sinh 1 cn(t | m) and sinh x₁ = tanh 1 sd(t | m), m = tanh² 1."""
    with mpmath.workdps(45):
        m = mpmath.tanh(1) ** 2
        sd, cn = (mpmath.ellipfun(kind, mpmath.mpf(time), m=m) for kind in ("sd", "cn"))
        known = mpmath.asinh(mpmath.tanh(1) * sd), mpmath.asinh(mpmath.sinh(1) * cn)
        truth = [mpmath.nstr(value, 40) for value in known]
    box = after(network(PLANAR), point(0, 1), Fraction(time))
    with precision(BITS):
        assert all(abs(b - arb(t)) < 1e-25 for b, t in zip(box, truth, strict=True))


def test_one_unit_by_separation_of_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    with precision(400):
        truth = [arb(2).log()]  # x' = exp(x), x(0) = 0: x = -log(1 - t)
    assert holds(after(network([[1]], "exp(x)"), point(0), "1/2"), truth)
    monkeypatch.setattr(orbits, "MOST_STEPS", 40)
    with pytest.raises(Undecided):
        after(network([[1]], "exp(x)"), point(0), 1)


@pytest.mark.parametrize("activation", ["gelu", "silu", "mish", "sin", "softsign", "elu", "atan", "softplus"])
def test_the_energy_is_what_it_was(activation: str) -> None:
    subject, start = network(LINE, activation), point("1/2", "-1/4", "1/8", "1/3")
    box = after(subject, start, 2, bits=96)
    with precision(96):
        before, later = (sum(potential(subject.activation, a) for a in x) for x in (start, box))
    assert before.overlaps(later)
    assert later.rad() < 1e-18


SUBJECTS = {
    "a leak and a bias": network([[2, -2], [2, 2]], leak=1, bias=["1/3", 0]),
    "the inner form": network(PLANAR, form="inner", leak="1/3", bias=[1, 2]),
    "gelu": network(PLANAR, "gelu"),
    "8 units": network(EIGHT, "atan", form="inner"),
    "relu": network(PLANAR, "relu", leak="1/2"),
    "hardtanh": network(PLANAR, "hardtanh"),
    "softsign": network(PLANAR, "softsign", form="inner"),
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_forward_and_back_the_start_is_inside(name: str) -> None:
    subject = SUBJECTS[name]
    start = point(*[Fraction(k + 1, 3 + k) for k in range(subject.n)])
    there = after(subject, start, 1)
    assert holds(after(subject, there, -1), start, width=1e-15)
    assert not holds(there, start)


def test_rectified_orbits_cross_the_kink() -> None:
    """ReLU from (0, 1) turns until x = (1, 0) at π/2; then x₁ stays and x₂ falls at rate 1."""
    with precision(400):
        truth = [arb(1), arb.pi() / 2 - 3]
    assert holds(after(network(PLANAR, "relu"), point(0, 1), 3), truth)


def test_a_start_on_a_kink_may_leave_it() -> None:
    """Leaky ReLU from (1, 0): x₂ falls and x₁' = x₂/100, a linear equation."""
    truth = linear_truth([[0, "1/100"], [-1, 0]], [1, 0], 1)
    assert holds(after(network(PLANAR, "leaky_relu"), point(1, 0), 1), truth)


def test_a_stay_at_a_kink_is_refused() -> None:
    with pytest.raises(Undecided, match="stays at a kink"):
        after(network(PLANAR, "softshrink"), point("1/2", "1/3"), 1)


@pytest.mark.parametrize("sigma", ["sign(x)", "Piecewise((x, x > 1/4), (-x, True))"])
def test_a_jump_is_refused(sigma: str) -> None:
    with pytest.raises(Undecided, match="jumps"):
        after(network(PLANAR, sigma), point("1/2", "1/3"), 3)


@pytest.mark.parametrize(
    ("sigma", "match"),
    [("Piecewise((x, x > 0), (1/x, True))", "crosses a kink"), ("Abs(x)**(1/2)", "crosses a kink")],
)
def test_a_kink_that_is_no_corner_is_refused(sigma: str, match: str) -> None:
    with pytest.raises(Undecided, match=match):
        derivative_at(network(PLANAR, sigma), point("1/2", "1/3"), Fraction(3), bits=BITS)


def test_the_pieces_at_the_start_are_those_on_the_tube() -> None:
    with precision(BITS):
        field = field_of(network([[1]], "relu"))
        foreign = orbit_series.solution(field, [ZERO], [arb(1)], 40)
        with pytest.raises(KinkInside):
            orbit_steps._proved(field, foreign, Fraction(1, 8), None)


@pytest.mark.parametrize("radius", [2.0**-60, 2.0**-20, 2.0**-10])
def test_a_box_contains_the_images_of_its_points(radius: float) -> None:
    subject, r = network(PLANAR, "gelu"), Fraction(radius)
    box = after(subject, point("1/2", "1/3", radius=radius), 3)
    for dx, dy in ((1, 1), (-1, 1), (0, -1), (1, 0)):
        inside = after(subject, point(Fraction(1, 2) + dx * r, Fraction(1, 3) + dy * r), 3)
        assert holds(box, inside, width=5 * radius)


def test_a_box_with_a_kink_at_its_end_is_not_on_one_side() -> None:
    field = field_of(network([[0]], "relu"))
    assert orbit_series.pieces_at(field, [arb(3, 1)]) == orbit_series.pieces_at(field, [arb(5)])
    for box in (arb(1, 1), arb(-1, 1), arb(0, 1)):
        with pytest.raises(KinkInside):
            orbit_series.pieces_at(field, [box])


def test_a_box_crosses_a_kink() -> None:
    subject, r = network(PLANAR, "elu"), Fraction(1, 2**50)
    box = after(subject, point("1/2", "1/3", radius=2.0**-50), 2)
    for sign in (1, -1):
        inside = after(subject, point(Fraction(1, 2) + sign * r, "1/3"), 2)
        assert holds(box, inside, width=2.0**-48)


@pytest.mark.parametrize("form", ["outer", "inner"])
def test_the_derivative_of_a_linear_flow_is_the_exponential(form: str) -> None:
    V = derivative_at(
        network(LINE, "identity", form=form, leak="1/2"), point(1, 0, 2, 0), Fraction(5), bits=BITS
    )
    leaky = [[w - Fraction(i == j) / 2 for j, w in enumerate(row)] for i, row in enumerate(LINE)]
    assert holds(V.entries(), exponential(leaky, 5).entries())


def test_the_remainder_of_the_derivative_holds_all_along_a_long_step() -> None:
    slow, length = [[0, "1/10"], ["-1/10", 0]], Fraction(5)
    with precision(BITS):
        start = point(1, 0)
        found = orbit_steps.step(field_of(network(slow, "identity")), start, length, start)
    assert found.h == length
    order = len(found.x[0]) - 1
    assert all(len(row) == order + 1 for column in found.V for row in column)
    with precision(400):
        A = arb_mat([[to_arb(Fraction(a)) for a in row] for row in slow])
        top = A**order / arb(order).fac()
        for s in (0, 1, 3, 5):  # Lagrange's remainder: A^(N+1) exp(A s)/(N+1)! for some s of the step
            truth = (top * exponential(slow, s)).transpose().tolist()
            for column, true in zip(found.V, truth, strict=True):
                assert all(row[-1].contains(t) for row, t in zip(column, true, strict=True))


@pytest.mark.parametrize("activation", ["tanh", "softsign"])
def test_the_derivative_contains_difference_quotients(activation: str) -> None:
    subject, radius = network(PLANAR, activation, form="inner"), 2.0**-50
    V = derivative_at(subject, point("1/2", "-1/3", radius=radius), Fraction(2), bits=BITS)
    near, far = (after(subject, point(Fraction(1, 2) + d, "-1/3"), 2) for d in (0, Fraction(radius)))
    with precision(BITS):
        quotients = [(b - a) / arb(radius) for a, b in zip(near, far, strict=True)]
    assert all(V[i, 0].overlaps(q) and V[i, 0].rad() < 1e-9 for i, q in enumerate(quotients))
    assert not any(V[i, 1].overlaps(q) for i, q in enumerate(quotients))


def test_several_times_are_those_of_several_orbits() -> None:
    subject, start = network(PLANAR), point(1, "1/3")
    times = [Fraction(0), Fraction(1), Fraction(1), Fraction(5, 2)]
    found = states_at(subject, start, times, bits=BITS)
    for box, time in zip(found, times, strict=True):
        assert all(a.overlaps(b) for a, b in zip(box, after(subject, start, time), strict=True))
    assert all(a.contains(b) and b.contains(a) for a, b in zip(found[1], found[2], strict=True))


def test_more_bits_give_thinner_boxes() -> None:
    widths = [max(a.rad() for a in after(network(LINE), point(1, 0, 0, 0), 10, bits)) for bits in (64, 128)]
    assert widths[0] < 1e-12
    assert widths[1] < 1e-28


@pytest.mark.parametrize(
    ("subject", "start", "time", "match"),
    [
        (network([[0] * 9] * 9), [0] * 9, 1, "at most 8 units"),
        (network([[1]], "log(x)"), [-1], 1, "no box"),
        (network([[1000]], "sin(x)"), [1], 10**6, "steps lead to"),
    ],
)
def test_what_cannot_be_followed_is_refused_with_the_reason(
    subject: Subject, start: list[int], time: int, match: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orbits, "MOST_STEPS", 5)
    with pytest.raises(Undecided, match=match):
        after(subject, point(*start), time)


# Mutants: each leaves out one thing that the proof needs, and a test above sees it.


def no_remainder(rows: Any, longer: Any) -> Any:
    return [[*row, arb(0)] for row, _ in zip(rows, longer, strict=True)]


def no_derivative_of_the_tube(*_: Any) -> list[arb_mat]:
    return [[[arb(1), arb(0)], [arb(0), arb(0)]], [[arb(0), arb(0)], [arb(1), arb(0)]]]


def long_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps as long as a tube is found for, so that the remainder is what counts."""
    monkeypatch.setattr(orbit_steps, "LOST_BITS", 30)
    monkeypatch.setattr(orbit_steps, "_proposed", lambda _, most: most)


MUTANTS: dict[str, tuple[Any, str, Any, Callable[..., None], tuple[Any, ...]]] = {
    "the remainder": (
        orbit_steps,
        "_with_last",
        no_remainder,
        test_a_linear_orbit_is_that_of_the_matrix_exponential,
        ("outer", "-17/3"),
    ),
    "the derivative": (
        orbit_steps,
        "_derivative",
        no_derivative_of_the_tube,
        test_a_box_contains_the_images_of_its_points,
        (2.0**-20,),
    ),
    "the kinks": (
        orbit_series,
        "is_branching",
        lambda _: False,
        test_rectified_orbits_cross_the_kink,
        (),
    ),
    "continuity": (
        orbit_kinks,
        "require_continuous",
        lambda *_: None,
        test_a_jump_is_refused,
        ("Piecewise((x, x > 1/4), (-x, True))",),
    ),
}


@pytest.mark.parametrize("without", MUTANTS)
def test_what_the_proof_needs_is_missed(without: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room, name, mutant, test, arguments = MUTANTS[without]
    if without == "the remainder":
        long_steps(monkeypatch)
    test(*arguments)
    monkeypatch.setattr(room, name, mutant)
    with pytest.raises((AssertionError, Undecided, pytest.fail.Exception)):
        test(*arguments)
