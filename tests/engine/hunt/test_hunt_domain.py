"""The domain of a claim: what its assumptions leave to be drawn, and what one σ takes away."""

from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.certify.premises import PREMISES
from gsdcheck.claims import ALL_CLAIMS
from gsdcheck.claims.entry import case
from gsdcheck.engine.hunt.assumptions import inside, lacking, outside
from gsdcheck.engine.hunt.domain import domain_of, usable
from gsdcheck.engine.hunt.families.draw import draw
from gsdcheck.engine.hunt.screens import SCREENS, screened
from gsdcheck.engine.hunt.targets.catalogue import ROWS, target_of
from gsdcheck.errors import InvalidInput
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Form

PLANAR = [[0, 1], [-1, 0]]
ROAMING = [claim for claim in ROWS if target_of(claim).roams]


@pytest.mark.parametrize(
    ("assumptions", "sizes"),
    [
        (("planar",), (2,)),
        (("odd-size",), (3, 5)),
        (("skew", "invertible"), (2, 4, 6)),
        (("invertible",), (2, 3, 4, 5, 6)),
    ],
)
def test_the_sizes_are_those_that_the_assumptions_allow(
    assumptions: tuple[str, ...], sizes: tuple[int, ...]
) -> None:
    assert domain_of(assumptions).sizes == sizes


def test_a_range_without_an_allowed_size_is_an_error_that_names_the_assumptions() -> None:
    with pytest.raises(InvalidInput, match="planar"):
        domain_of(("planar", "skew")).sized((3, 4))


def test_form_leak_bias_and_step_follow_from_the_assumptions() -> None:
    free = domain_of(("outer", "no-leak", "no-bias"))
    assert (free.forms, free.leaks, free.biased, free.stepped) == ((Form.OUTER,), (0,), False, False)
    leaky = domain_of(("inner", "leak", "relaxing-step"))
    assert leaky.forms == (Form.INNER,)
    assert min(leaky.leaks) > 0
    assert leaky.biased
    assert leaky.stepped


def test_a_subject_loses_the_assumptions_that_it_lacks_and_says_why() -> None:
    sine = find_activation("sin")
    target = target_of("euler-energy-never-decreases").confined(sine)
    assert target.domain.subject is sine
    assert "nondecreasing" not in target.domain.assumptions
    assert list(target.lacks) == ["nondecreasing"]
    assert (
        lacking(find_activation("tanh"), target_of("euler-energy-never-decreases").domain.assumptions) == {}
    )


def test_an_undecided_quantity_of_a_subject_is_a_lack() -> None:
    assert "below-escape" not in lacking(find_activation("gelu"), ("below-escape",))
    assert "undecided" in lacking(find_activation("sigmoid"), ("below-escape",))["below-escape"]


def test_an_activation_is_usable_only_if_it_has_what_is_assumed_and_lacks_what_is_broken() -> None:
    assert usable("tanh", ("odd", "strictly-increasing")) is not None
    assert usable("elu", ("odd",)) is None
    assert usable("elu", ("strictly-increasing",), "odd") is not None
    assert usable("tanh", ("strictly-increasing",), "odd") is None


@pytest.mark.parametrize("claim", ROAMING)
def test_what_is_drawn_and_passes_the_screens_satisfies_every_assumption_exactly(claim: str) -> None:
    domain, rng = target_of(claim).domain, np.random.default_rng(11)
    checked = 0
    for _ in range(6):
        block, _ = screened(draw(domain, rng, 8), domain.assumptions)
        for lane in range(min(block.size, 3)):
            assert outside(block.case(lane), domain.assumptions) is None
            checked += 1
    assert checked > 3


@pytest.mark.parametrize("claim", ROAMING)
def test_a_domain_draws_only_sizes_forms_and_leaks_of_its_own(claim: str) -> None:
    domain, rng = target_of(claim).domain, np.random.default_rng(1)
    for _ in range(10):
        block = draw(domain, rng, 4)
        assert block.n in domain.sizes
        assert block.form in domain.forms
        assert block.leak in domain.leaks
        assert (block.step is not None) is domain.stepped


def test_the_same_generator_draws_the_same_block() -> None:
    domain = target_of("euler-energy-never-decreases").domain
    first, again = (draw(domain, np.random.default_rng(8), 16) for _ in range(2))
    assert first.family == again.family
    assert (first.W == again.W).all()
    assert (first.state == again.state).all()


def test_a_lane_is_the_exact_case_of_its_floats() -> None:
    block = draw(
        domain_of(("skew", "outer", "no-leak", "no-bias"), stepped=True), np.random.default_rng(0), 5
    )
    found = block.case(3)
    assert found.system.W[0][1] == Fraction(float(block.W[3, 0, 1]))
    assert found.step == Fraction(float(block.step[3]))


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_about_a_premise(name: str) -> None:
    assert name in PREMISES


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("skew", case(PLANAR, [1, 1]), case([[0, 1], [-1, 1]], [1, 1])),
        ("invertible", case(PLANAR, [1, 1]), case([[0, 0], [0, 0]], [1, 1])),
        ("nonzero-weights", case(PLANAR, [1, 1]), case([[0, 0], [0, 0]], [1, 1])),
        ("positive-energy", case(PLANAR, [1, 1]), case(PLANAR, [0, 0])),
        ("below-escape", case(PLANAR, ["1/2", 0], "gelu"), case(PLANAR, [1, 1], "gelu")),
        ("below-well-depth", case(PLANAR, [1, 1], "sin"), case(PLANAR, [2, 2], "sin")),
        ("negative-definite", case([[-1, 1], [-1, -1]], [1, 1]), case(PLANAR, [1, 1])),
        (
            "rank-two",
            case(PLANAR, [1, 1]),
            case([[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]], [1] * 4),
        ),
        ("nonzero-step", case(PLANAR, [1, 1], step=1), case(PLANAR, [1, 1], step=0)),
        ("relaxing-step", case(PLANAR, [1, 1], step=1, leak=1), case(PLANAR, [1, 1], step=2, leak=1)),
        ("planar", case(PLANAR, [1, 1]), case([[0]], [1])),
        ("odd-size", case([[0]], [1]), case(PLANAR, [1, 1])),
        ("not-skew", case([[0, 1], [-1, 1]], [1, 1]), case(PLANAR, [1, 1])),
    ],
)
def test_a_screen_agrees_with_the_exact_premise(name: str, good: object, bad: object) -> None:
    from gsdcheck.engine.hunt.blocks import block_of

    assert SCREENS[name](block_of([good])).all()
    assert outside(good, (name,)) is None
    assert not SCREENS[name](block_of([bad])).any()
    assert outside(bad, (name,)) is not None


def test_what_is_screened_out_is_counted_with_its_reason() -> None:
    block = draw(domain_of(("skew", "outer", "no-leak", "no-bias")), np.random.default_rng(0), 64)
    left, rejected = screened(block, ("odd-size",))
    assert left.size + rejected.get("outside the assumptions: odd-size", 0) == 64


def test_inside_is_all_assumptions_but_the_broken_one() -> None:
    leaky = case(PLANAR, [1, 1], leak=1)
    assert inside(leaky, ("skew",), "no-leak") is None
    assert "γ = 0" in str(inside(case(PLANAR, [1, 1]), ("skew",), "no-leak"))
    assert inside(case([[1]], [1], leak=1), ("skew",), "no-leak") is not None


def test_every_claim_has_a_target() -> None:
    for entry in ALL_CLAIMS:
        target = target_of(entry.claim.id)
        assert target.id == entry.claim.id
        assert set(target.domain.assumptions) <= set(PREMISES)
