"""From a chaotic orbit to the certificate of an unstable closed one."""

from gsdcheck.certify.certificates import conclude
from gsdcheck.claims.entry import case
from gsdcheck.claims.exponents import PENDANT, instability_near
from gsdcheck.model.verdict import Verdict


def test_a_chaotic_orbit_leads_to_a_certificate_of_an_unstable_one() -> None:
    certificate = instability_near(case(PENDANT, [0, "2/5", "2/5", "-12/5"]))
    assert certificate is not None
    found = conclude(certificate)
    assert (found.claim, found.verdict) == ("lyapunov-exponents-vanish", Verdict.REFUTED)


def test_an_integrable_orbit_leads_to_none() -> None:
    chain = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]
    assert instability_near(case(chain, [1, 0, 1, 0])) is None
