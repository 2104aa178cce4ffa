"""Which cases have the assumptions of a claim."""

from gsdcheck.claims.entry import PLANAR, case
from gsdcheck.engine.hunt.assumptions import outside


def test_an_energy_that_cannot_be_enclosed_leaves_the_case_outside() -> None:
    """Balls of mish overflow far out, so that H(x₀) < E* is not shown."""
    far = case(PLANAR, ["672612888152557/1073741824", 0], "mish")
    assert "H(x₀) < E*" in str(outside(far, ("below-escape",)))
