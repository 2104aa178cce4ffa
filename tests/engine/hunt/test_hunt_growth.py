"""How far an integrator lifts the energy: against a loop in mpmath, and where nothing can be told."""

from collections.abc import Callable
from itertools import chain

import mpmath
import numpy as np
import pytest

from gsdcheck.claims.entry import CROSS, PLANAR, case
from gsdcheck.engine.hunt.blocks import block_of
from gsdcheck.engine.hunt.targets.catalogue import target_of
from gsdcheck.engine.hunt.targets.growth import STEPS, GrowthJudge
from gsdcheck.model.system import Case

RK4 = target_of("rk4-energy-hardly-rises").judge
SPLITTING = target_of("splitting-energy-stays-close").judge
SWINGING = case(PLANAR, [1, 1], step="1/2")
GROWING = case([[0, 1], [1, 0]], [1, 1], step="1/2")


def rk4(f: Callable, x: mpmath.matrix, h: mpmath.mpf) -> mpmath.matrix:
    p = f(x)
    q = f(x + h / 2 * p)
    r = f(x + h / 2 * q)
    return x + h / 6 * (p + 2 * q + 2 * r + f(x + h * r))


def splitting(W: mpmath.matrix, x: mpmath.matrix, h: mpmath.mpf) -> mpmath.matrix:
    for i in chain(range(len(x)), reversed(range(len(x)))):
        x = x + h / 2 * mpmath.tanh(x[i]) * W[:, i]
    return x


def growth(given: Case, method: str, power: int) -> float:
    """max_k H(x_k)/H(x_0) - 1 over θᵖ, at 30 digits."""
    with mpmath.workdps(30):
        W = mpmath.matrix([[mpmath.mpf(w.numerator) / w.denominator for w in row] for row in given.system.W])
        x = mpmath.matrix([mpmath.mpf(v.numerator) / v.denominator for v in given.state])
        h = mpmath.mpf(given.step.numerator) / given.step.denominator
        heights = []
        for _ in range(STEPS + 1):
            heights.append(sum(mpmath.log(mpmath.cosh(v)) for v in x))
            x = rk4(lambda z: W * z.apply(mpmath.tanh), x, h) if method == "rk4" else splitting(W, x, h)
        theta = h * max(mpmath.svd_r(W, compute_uv=False))
        return float((max(heights) / heights[0] - 1) / theta**power)


@pytest.mark.parametrize("given", [SWINGING, case(CROSS, [3, "-1/2", 2], step="1/4")])
@pytest.mark.parametrize(("judge", "method", "power"), [(RK4, "rk4", 4), (SPLITTING, "splitting", 2)])
def test_the_margin_is_what_is_claimed_minus_the_growth(
    given: Case, judge: GrowthJudge, method: str, power: int
) -> None:
    expected = judge.bound - growth(given, method, power)
    assert judge.margin(given) == pytest.approx(expected, abs=1e-9)
    [check] = judge.checks(given)
    assert check.margin == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("judge", [RK4, SPLITTING])
def test_growth_without_bound_is_seen_in_floats_and_in_balls(judge: GrowthJudge) -> None:
    assert judge.margin(GROWING) < 0
    assert [check.violated for check in judge.checks(GROWING)] == [True]


@pytest.mark.parametrize(("step", "state"), [("3/2", 1), ("1/1000000", 1), ("1/50", "1/1000000"), ("1/2", 0)])
def test_what_the_claim_does_not_speak_of_or_rounding_hides_is_no_opinion(step: str, state: str) -> None:
    judged = RK4.margins(block_of([case(PLANAR, [state, state], step=step)]))
    assert np.isnan(judged.margins[0])
    assert list(judged.rejected.values()) == [1]


def test_splitting_has_no_opinion_where_a_part_has_no_exact_flow() -> None:
    assert np.isnan(SPLITTING.margin(case([[1, 1], [-1, 0]], [1, 1], step="1/2")))
