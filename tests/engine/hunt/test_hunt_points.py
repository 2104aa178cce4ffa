"""Formulas about points: against exact values, and against balls, which read them another way."""

from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.certify.balls import precision
from gsdcheck.claims import BY_ID
from gsdcheck.claims.entry import CROSS, PLANAR, case
from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.families.draw import draw
from gsdcheck.engine.hunt.targets.catalogue import target_of
from gsdcheck.engine.hunt.targets.formulas import energy_rises, energy_rises_in_balls, energy_stays
from gsdcheck.engine.hunt.targets.points import PointJudge
from gsdcheck.engine.hunt.targets.spectra import SpectrumJudge, off_the_axis
from gsdcheck.model.system import Case

E2 = target_of("euler-energy-never-decreases").judge
NEEDLE = "tanh(x)-exp(-((x-1.2345678)*1000000)**2)/500000"


def relative_gain(given: Case) -> float:
    block = block_of([given])
    return float(energy_rises(block.network(), block.state, block.step)[0])


@pytest.mark.parametrize(
    ("h", "form"), [("1/10", "outer"), ("1/1000000", "outer"), (-3, "outer"), ("1/10", "inner")]
)
def test_the_energy_of_the_identity_rises_by_half_the_square_of_the_step(h: str, form: str) -> None:
    # outer: ΔH = h²‖Wx‖²/2 = h²(2² + 1²)/2 at x = (1, 2); d = h (2, -1), Σ|d_i|(|y_i| + |y_i + d_i|) by hand.
    given = case(PLANAR, [1, 2], "identity", step=h, form=form)
    step, y = Fraction(h), (1, 2) if form == "outer" else (2, -1)
    d = (step * y[1], -step * y[0])
    size = sum(abs(b) * (abs(a) + abs(a + b)) for a, b in zip(y, d, strict=True))
    expected = float(step * step * Fraction(5, 2) / size)
    assert relative_gain(given) == pytest.approx(expected, rel=1e-9)


def test_a_fall_of_the_energy_by_1e_13_is_seen_in_floats() -> None:
    # In the needle σ falls by 2e-6 over 1e-6; the energies themselves are about 1, and their difference is lost.
    given = case(PLANAR, ["1.2345671", "1.2345671"], NEEDLE, step="1/10000000")
    net, x = block_of([given]).network(), block_of([given]).state
    fall = relative_gain(given) * 1e-7 * float(np.abs(net.sigma(x)).sum()) * 2
    assert -1e-12 < fall < 0
    with precision(200):
        assert energy_rises_in_balls(given) < 0


@pytest.mark.parametrize("claim", ["euler-energy-never-decreases", "energy-is-conserved"])
def test_floats_and_balls_agree_on_drawn_cases(claim: str) -> None:
    target, rng = target_of(claim), np.random.default_rng(6)
    for _ in range(8):
        block = draw(target.domain, rng, 2)
        for lane in range(2):
            checks = list(target.judge.checks(block.case(lane)))
            margin = target.judge.margin(block.case(lane))
            if checks[0].margin is not None and np.isfinite(margin) and abs(checks[0].margin) > 1e-9:
                # floats integrate σ over a step by a rule of Gauss, which loses digits at a kink
                assert checks[0].margin == pytest.approx(margin, rel=1e-4)


def test_the_rate_of_the_energy_vanishes_for_skew_weights_and_not_for_others() -> None:
    same = Block(
        activation=case(PLANAR, [1, 1]).system.activation,
        W=np.array([PLANAR, [[0, 1], [-2, 0]]], dtype=float),
        state=np.array([[1.0, 2.0], [1.0, 2.0]]),
    )
    good, bad = energy_stays(same.network(), same.state, np.zeros(2))
    assert good == 0
    assert bad == pytest.approx(-1 / 3)  # (σ₁σ₂ - 2σ₁σ₂) over σ₁σ₂ + 2σ₁σ₂


def test_balls_that_cannot_tell_say_nothing() -> None:
    judge = PointJudge(mechanism="", formula=lambda _net, x, _h: (x - x).sum(axis=-1), slack=0.0)
    [check] = PointJudge(mechanism="", formula=_unclear, slack=0.0).checks(case(PLANAR, [1, 1]))
    assert check.margin is None
    assert not check.violated
    assert [c.margin for c in judge.checks(case(PLANAR, [1, 1]))] == [0.0, 0.0]


def _unclear(net: object, x: np.ndarray, _h: object) -> np.ndarray:
    sigma = net.sigma(x)
    return (sigma - sigma).sum(axis=-1)  # a ball around 0


def test_what_leaves_the_floats_is_rejected_and_counted() -> None:
    block = block_of([case(PLANAR, [800, 800], "sinh", step=1), case(PLANAR, [1, 1], "sinh", step=1)])
    judged = E2.margins(block)
    assert np.isnan(judged.margins[0])
    assert judged.margins[1] > 0
    assert judged.rejected == {"left the range of floats": 1}


@pytest.mark.parametrize("claim", ["jacobian-spectrum-is-imaginary", "jacobian-spectrum-is-always-imaginary"])
def test_real_eigenvalues_are_seen_and_confirmed_exactly(claim: str) -> None:
    judge = target_of(claim).judge
    [mutant] = [m for m in BY_ID[claim].mutants if m.breaks == "nondecreasing"]
    assert judge.margin(mutant.broken) < -0.1
    assert [c.violated for c in judge.checks(mutant.broken)] == [True]
    assert judge.margin(mutant.unbroken) > 0
    assert not any(c.violated for c in judge.checks(mutant.unbroken))


def test_the_departure_from_the_axis_is_the_largest_real_part() -> None:
    J = np.array([[[3.0, 1.0], [-1.0, 3.0]], [[0.0, 2.0], [-2.0, 0.0]]])
    assert off_the_axis(J) == pytest.approx([3.0, 0.0])


def test_an_infinite_slope_is_no_opinion() -> None:
    judge = SpectrumJudge(mechanism="", departure=off_the_axis, exact=lambda _: 0.0)
    judged = judge.margins(block_of([case(CROSS, [900, 0, 0], "sinh")]))
    assert np.isnan(judged.margins).all()
    assert judged.rejected == {"left the range of floats": 1}
