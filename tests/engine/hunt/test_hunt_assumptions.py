"""Which cases have the assumptions of a claim."""

import pytest

from gsdcheck.certify.premises import PREMISES
from gsdcheck.claims.entry import PLANAR, case
from gsdcheck.engine.hunt.assumptions import first_outside, known_for, outside
from gsdcheck.model.library import find_activation


def test_an_energy_that_cannot_be_enclosed_leaves_the_case_outside() -> None:
    """Balls of mish overflow far out, so that H(x₀) < E* is not shown."""
    far = case(PLANAR, ["672612888152557/1073741824", 0], "mish")
    assert "H(x₀) < E*" in str(outside(far, ("below-escape",)))


@pytest.mark.parametrize("name", PREMISES)
@pytest.mark.parametrize("sigma", ["tanh", "cube"])
def test_what_a_premise_reads_of_an_activation_can_be_looked_up(name: str, sigma: str) -> None:
    known = known_for(name, find_activation(sigma))
    assert {*known.facts, *known.quantities} <= set(PREMISES[name].reads)


def test_the_first_assumption_that_fails_is_named() -> None:
    assert first_outside(case(PLANAR, [1, 0]), ("skew", "singular", "planar")) == "singular"
    assert first_outside(case(PLANAR, [1, 0]), ("skew", "planar")) is None
