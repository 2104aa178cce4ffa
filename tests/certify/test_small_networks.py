"""Every premise about W, b, γ and h, decided for every small network, holds exactly where NumPy says so."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from flint import arb

from gsdcheck.certify.premise import Known
from gsdcheck.certify.premises import PREMISES
from gsdcheck.certify.subject import Subject, read_subject, subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import system
from gsdcheck.model.verdict import Evidence

Array = np.ndarray
PLANAR = [np.array(entries).reshape(2, 2) for entries in product((-1, 0, 1, 2), repeat=4)]
_RANDOM = np.random.default_rng(7)
SPATIAL = [_RANDOM.integers(-1, 2, (3, 3)) for _ in range(120)]
SPATIAL += (
    [A - A.T for A in SPATIAL[:30]]
    + [-A @ A.T for A in SPATIAL[:30]]
    + [np.array([row] * 3) for row in SPATIAL[0]]
)
MATRICES = [*PLANAR, *SPATIAL, np.array([[3]]), np.array([[0]]), np.zeros((3, 3), dtype=int)]
NOTHING = Known()


def subject(
    W: Array, *, leak: str = "0", bias: Array | None = None, step: str | None = None, form: str = "outer"
) -> Subject:
    rows = [[int(entry) for entry in row] for row in W]
    given = [0] * len(W) if bias is None else [int(b) for b in bias]
    return read_subject(
        {**subject_data(system(W=rows, leak=Fraction(leak), bias=given, form=form)), "step": step}
    )


def is_held(name: str, of: Subject, known: Known = NOTHING) -> bool:
    try:
        PREMISES[name].decide(of, known)
    except CertificateRejected:
        return False
    return True


def rank(W: Array) -> int:
    return int(np.linalg.matrix_rank(W))


def is_rotation(W: Array) -> bool:
    square = W @ W
    return bool(square[0, 0] < 0 and (square == square[0, 0] * np.eye(len(W))).all())


def has_equal_rows(W: Array) -> bool:
    return bool((W[0] == W).all() and W[0].sum() == 0)


def feeds_forward(W: Array) -> bool:
    return not (W @ np.diag(W.any(axis=1).astype(int))).any()


BY_NUMPY: dict[str, Callable[[Array], bool]] = {
    "skew": lambda W: not (W + W.T).any(),
    "not-skew": lambda W: bool((W + W.T).any()),
    "invertible": lambda W: rank(W) == len(W),
    "singular": lambda W: rank(W) < len(W),
    "nonzero-weights": lambda W: bool(W.any()),
    "rank-two": lambda W: rank(W) <= 2,
    "planar": lambda W: len(W) == 2,
    "odd-size": lambda W: len(W) in (1, 3),
    "energy-rate-vanishes": lambda W: not (W + W.T).any(),
    "rotation": is_rotation,
    "negative-definite": lambda W: bool(np.linalg.eigvalsh(W + W.T).max() < -1e-9),
    "zero-diagonal": lambda W: not np.diag(W).any(),
    "equal-rows": has_equal_rows,
    "feeds-forward": feeds_forward,
}


@pytest.mark.parametrize("name", BY_NUMPY)
def test_a_premise_about_weights_holds_where_numpy_says_so(name: str) -> None:
    found = [bool(BY_NUMPY[name](W)) for W in MATRICES]
    assert {True, False} == set(found)
    for W, expected in zip(MATRICES, found, strict=True):
        assert is_held(name, subject(W)) is expected, W


@pytest.mark.parametrize("bias", [(0, 0), (1, 0), (1, 1), (1, -2), (0, 3)])
def test_a_bias_is_in_the_range_of_the_weights_or_outside(bias: tuple[int, int]) -> None:
    for W in PLANAR:
        b = np.array(bias)
        inside = rank(np.column_stack([W, b])) == rank(W)
        assert is_held("bias-in-range", subject(W, bias=b)) is inside
        assert is_held("bias-outside-range", subject(W, bias=b)) is not inside
        if rank(W) == 2:
            tilt = max(abs(np.linalg.solve(W, b)))
            if abs(tilt - 1) > 1e-9:
                assert is_held("small-tilt", subject(W, bias=b)) is bool(tilt < 1)
            assert is_held("large-tilt", subject(W, bias=b)) is bool(tilt >= 1 - 1e-9)
        else:
            assert not is_held("small-tilt", subject(W, bias=b))
            assert not is_held("large-tilt", subject(W, bias=b))


@pytest.mark.parametrize("bias", [(0, 0), (1, -1), (2, -1), (1, 1)])
def test_a_positive_casimir_is_a_positive_vector_of_the_left_kernel(bias: tuple[int, int]) -> None:
    directions = [np.array(k) for k in product(range(1, 5), repeat=2)]
    for W in PLANAR:
        exists = any(not (k @ W).any() and k @ bias == 0 for k in directions)
        held = is_held("positive-casimir", subject(W, bias=np.array(bias)))
        assert exists or not held
        if rank(W) == 1:
            assert held is exists


@pytest.mark.parametrize(
    ("leak", "step"), [("1", "1/2"), ("1", "1/4"), ("2", "1/3"), ("0", "1/2"), ("1", "-1")]
)
def test_a_step_is_stable_below_the_bound_of_every_singular_value(leak: str, step: str) -> None:
    g, h = float(Fraction(leak)), float(Fraction(step))
    for W in MATRICES[::3]:
        largest = np.linalg.svd(W, compute_uv=False).max()
        room = 2 * g - h * (g**2 + largest**2)
        if abs(room) > 1e-9:
            assert is_held("stable-step", subject(W, leak=leak, step=step)) is bool(h > 0 and room > 0)
        assert is_held("relaxing-step", subject(W, leak=leak, step=step)) is (0 < h * g <= 1)


@pytest.mark.parametrize("step", ["1/2", "1", "3/2", "-1", "2", "3", "0"])
def test_a_step_of_runge_kutta_is_stable_on_the_axis_up_to_two_root_two(step: str) -> None:
    for W in MATRICES[::3]:
        reach = abs(float(Fraction(step))) * np.linalg.svd(W, compute_uv=False).max()
        if abs(reach - 8**0.5) > 1e-9:
            assert is_held("rk4-stable-step", subject(W, step=step)) is bool(reach < 8**0.5)
        assert is_held("nonzero-step", subject(W, step=step)) is (step != "0")


@pytest.mark.parametrize("slope", ["1/2", "1", "2"])
@pytest.mark.parametrize("step", ["1/2", "1", "-3/2"])
def test_a_contractive_step_is_below_two_over_the_lipschitz_constant(slope: str, step: str) -> None:
    L, h = Fraction(slope), Fraction(step)
    known = Known(quantities={"lipschitz_constant": (arb(L.numerator) / L.denominator, Evidence.BALL)})
    for W in MATRICES[::3]:
        square = (h * L) ** 2 * int((W * W).sum())
        assert is_held("contractive-step", subject(W, step=step), known) is (square < 4)


@pytest.mark.parametrize(
    "name", ["stable-step", "rk4-stable-step", "contractive-step", "nonzero-step", "relaxing-step"]
)
def test_a_premise_about_a_step_needs_one(name: str) -> None:
    known = Known(quantities={"lipschitz_constant": (arb(1), Evidence.BALL)})
    assert not is_held(name, subject(PLANAR[5], leak="1"), known)


@pytest.mark.parametrize(
    ("form", "leak", "bias"), list(product(("outer", "inner"), ("0", "1/2"), ((0, 0), (0, 1))))
)
def test_form_leak_and_bias_are_read_as_they_are(form: str, leak: str, bias: tuple[int, int]) -> None:
    of = subject(np.array([[0, 1], [-1, 0]]), form=form, leak=leak, bias=np.array(bias))
    found = {
        name: is_held(name, of) for name in ("outer", "inner", "leak", "no-leak", "no-bias", "no-outer-bias")
    }
    assert found == {
        "outer": form == "outer",
        "inner": form == "inner",
        "leak": leak != "0",
        "no-leak": leak == "0",
        "no-bias": not any(bias),
        "no-outer-bias": form == "inner" or not any(bias),
    }
