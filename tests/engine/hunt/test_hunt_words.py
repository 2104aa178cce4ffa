"""Sentences about findings: true of the orbit that the certificate is about, not of the one that led to it."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from gsdcheck.certify.judgement import Judgement
from gsdcheck.claims.drifting_orbits import DRIFTING, certified_drift
from gsdcheck.claims.entry import PLANAR, case
from gsdcheck.engine.hunt.certification import certified, on_its_orbit, stated_orbit
from gsdcheck.engine.hunt.confirmation import Confirmation
from gsdcheck.engine.hunt.findings.words import latex_sentence, sentence
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.search import hunted
from gsdcheck.engine.hunt.settlement import Settled
from gsdcheck.engine.hunt.shard import Candidate
from gsdcheck.model.system import Case


def settled(given: Case, judgement: Judgement | None) -> Settled:
    candidate = Candidate(case=plain_case(given), margin=-1.0, family="f", mechanism="x drifts")
    return Settled(
        candidate=candidate, case=given, confirmation=Confirmation(margin=-1.0), judgement=judgement
    )


@pytest.fixture(scope="module")
def drift() -> Judgement:
    return Judgement.from_certificate(certified_drift())


FOUND = case(DRIFTING, ["-1", "1/2", 0, 0, "1/3"], "tanh", form="inner")


def test_the_state_beside_a_certified_orbit_runs_round_it_and_drifts(drift: Judgement) -> None:
    given = on_its_orbit(FOUND, drift)
    W = np.array(DRIFTING, dtype=float)
    x = np.array([float(v) for v in given.state])
    ran = solve_ivp(lambda _, x: np.tanh(W @ x), (0, 4 * 2.6909617), x, rtol=1e-12, atol=1e-12)
    moved = ran.y[:, -1] - x
    assert abs(W @ moved).max() < 1e-6
    assert np.array([0, 1, -2, 1, 0]) @ moved == pytest.approx(4.4589, abs=1e-4)


def test_a_sentence_about_a_followed_orbit_names_that_orbit_and_no_other_state(drift: Judgement) -> None:
    finding = settled(FOUND, drift)
    said, latex = sentence(finding), latex_sentence(finding)
    assert said.startswith(f"For {drift.case}: y runs round a closed orbit")
    assert "x₀" not in said
    assert "x_0" not in latex
    assert r"closed orbit through $x(0) = (" in latex
    assert all(r"\tfrac" in end or "," in end for end in latex.split(r"$u \in [")[1:])


def test_a_sentence_about_a_state_names_it() -> None:
    target = hunted("euler-energy-never-decreases", "sin", ())
    given = case(PLANAR, [3, 3], "sin", step=1)
    judgement = certified(target, plain_case(given))
    assert judgement is not None
    assert stated_orbit(judgement) == {}
    for finding in (settled(given, judgement), replace(settled(given, None))):
        assert "x₀ = (3, 3)" in sentence(finding)
        assert "x_0 = (3, 3)" in latex_sentence(finding)
