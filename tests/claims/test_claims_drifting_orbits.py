"""From an orbit that drifts to the certificate of a closed one."""

from gsdcheck.certify.certificates import conclude
from gsdcheck.claims.drifting_orbits import DRIFTING, drift_near
from gsdcheck.claims.entry import case
from gsdcheck.model.verdict import Verdict


def test_an_orbit_that_drifts_leads_to_a_certificate_of_a_closed_one() -> None:
    certificate = drift_near(case(DRIFTING, ["-1/2", -2, 0, 2, 0], form="inner"))
    assert certificate is not None
    found = conclude(certificate)
    assert found.verdict is Verdict.REFUTED
    assert found.margin is not None
    assert float(found.margin[0]) > 4


def test_an_orbit_that_is_its_own_mirror_image_leads_to_none_that_holds() -> None:
    # y(0) = (0, a, a, a, 0) stays y₅ = 0, y₂ = y₃ = y₄
    assert drift_near(case(DRIFTING, [-1, 0, 0, 0, 0], form="inner")) is None
