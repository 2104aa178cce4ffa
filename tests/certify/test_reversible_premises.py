"""Closed orbits between two reversors: against SciPy, and with every condition of the construction broken in turn."""

import copy
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from flint import arb, arb_mat

from gsdcheck.certify import reversible_premises
from gsdcheck.certify.certificates import conclude
from gsdcheck.certify.fields import field_of
from gsdcheck.certify.premise import Known
from gsdcheck.certify.premises import PREMISES
from gsdcheck.certify.subject import read_subject, subject_data
from gsdcheck.claims.drifting_orbits import DRIFTING, certified_drift
from gsdcheck.errors import CertificateRejected, GsdcheckError
from gsdcheck.model.system import Exact, system
from gsdcheck.model.verdict import Evidence, Verdict

Data = dict[str, Any]
Rows = list[list[Exact]]

PENDANT: Rows = [[0, 1, 1, 1], [-1, 0, 1, 0], [-1, -1, 0, 0], [-1, 0, 0, 0]]


def spans(low: str, high: str) -> list[str]:
    return [str(Fraction(low)), str(Fraction(high))]


DRIFT: Data = {
    "kernel": ["0", "1", "-2", "1", "0"],
    "reversors": [[-1, 4, 3, 2, 5], [-1, 2, 3, 4, -5]],
    "start": ["-1/2", "0", "0", "0", "0"],
    "along": ["0", "-1/2", "0", "1/2", "0"],
    "parameter": spans("3.881045169", "3.88104517"),
    "time": spans("2.69096169", "2.69096171"),
    "drift": spans("4.458907", "4.458908"),
}
UNSTABLE: Data = {
    "reversors": [[-1, 3, 2, 4], [-1, 3, 2, 4]],
    "start": ["0", "2/5", "2/5", "0"],
    "along": ["0", "0", "0", "1"],
    "parameter": spans("-2.431203381", "-2.431203379"),
    "time": spans("10.57760767", "10.57760769"),
    "trace": spans("4.7", "4.8"),
}
NAMES = {"drift": "closed-orbit-drifts", "trace": "closed-orbit-is-unstable"}


def decide(stated: Data, W: Rows | None = None, form: str = "") -> str:
    """What the premise shows of the orbit."""
    drifting = "drift" in stated
    W = W or (DRIFTING if drifting else PENDANT)
    subject = read_subject(subject_data(system(W, "tanh", form=form or ("inner" if drifting else "outer"))))
    name = NAMES["drift" if drifting else "trace"]
    found = PREMISES[name].decide(subject, Known(along={name: stated}))
    assert found.evidence is Evidence.BALL
    return found.shown


def changed(orbit: Data, **parts: Any) -> Data:
    return {**copy.deepcopy(orbit), **parts}


@cache
def solved(time: float, *start: float) -> np.ndarray:
    """y and ∫ tanh(y) of the drifting network by SciPy."""
    from scipy.integrate import solve_ivp

    W = np.array(DRIFTING, dtype=float)
    run = solve_ivp(
        lambda _, z: np.append(W @ np.tanh(z[:5]), np.tanh(z[:5])),
        (0, time),
        [*start, *[0.0] * 5],
        method="LSODA",
        rtol=1e-12,
        atol=1e-13,
    )
    return np.asarray(run.y[:, -1])


def test_the_drift_is_that_of_scipy() -> None:
    start = (0.0, 0.5, 0.5, 0.5, 3.8810451695407655)
    end = solved(4 * 2.6909616988582692, *start)
    assert end[:5] == pytest.approx(np.array(start), abs=1e-8)
    drift = end[6] - 2 * end[7] + end[8]
    for width, holds in ((1e-6, True), (1e-9, False)):  # the enclosure is some 1e-7 wide
        stated = changed(DRIFT, drift=spans(str(drift - width), str(drift + width)))
        if holds:
            assert "changes by a number in" in decide(stated)
        else:
            with pytest.raises(CertificateRejected, match="the drift in a period"):
                decide(stated)


def test_the_other_direction_of_k_drifts_the_other_way() -> None:
    turned = changed(DRIFT, kernel=["0", "-1", "2", "-1", "0"], drift=spans("-4.458908", "-4.458907"))
    assert "k = (0, -1, 2, -1, 0)" in decide(turned)


def test_a_unit_that_rests_may_stand_beside_it() -> None:
    wider: Rows = [[*row, 0] for row in DRIFTING] + [[0] * 6]
    more = changed(DRIFT, reversors=[[*R, 6] for R in DRIFT["reversors"]])
    more |= {key: [*DRIFT[key], "0"] for key in ("kernel", "start", "along")}
    assert "a closed orbit" in decide(more, wider)


def test_the_trace_is_that_of_the_return_by_scipy() -> None:
    from scipy.integrate import solve_ivp

    W, start = np.array(PENDANT, dtype=float), np.array([0, 0.4, 0.4, -2.43120338])

    def end(y: np.ndarray) -> np.ndarray:
        run = solve_ivp(lambda _, x: W @ np.tanh(x), (0, 21.15521536), y, "DOP853", rtol=1e-11, atol=1e-12)
        return np.asarray(run.y[:, -1])

    assert end(start) == pytest.approx(start, abs=1e-6)
    columns = [(end(start + 1e-5 * e) - end(start - 1e-5 * e)) / 2e-5 for e in np.eye(4)]
    assert 4.74 < np.trace(np.array(columns)) < 4.75
    assert "in 1/1 of it has a trace in [4.7, 4.8]" in decide(UNSTABLE)


def test_instability_is_decided_for_the_outer_form() -> None:
    with pytest.raises(CertificateRejected, match="outer form"):
        decide(UNSTABLE, form="inner")


BROKEN: dict[str, tuple[Data, str]] = {
    "k outside the kernel": (changed(DRIFT, kernel=["0", "1", "-2", "1", "1"]), "k is not in the kernel"),
    "k = 0": (changed(DRIFT, kernel=["0"] * 5), "the drift in a period"),
    "a reversor that turns k": (
        changed(DRIFT, reversors=[[1, -4, -3, -2, -5], [-1, 2, 3, 4, -5]]),
        "moves k",
    ),
    "another drift": (changed(DRIFT, drift=spans("4.458908", "4.458909")), "the drift in a period"),
    "a drift that may be 0": (changed(DRIFT, drift=["-1", "5"]), "without 0"),
    "a drift whose ends are exchanged": (changed(DRIFT, drift=["5", "4"]), "without 0"),
    "no reversor": (changed(UNSTABLE, reversors=[[1, 2, 3, 4], [-1, 3, 2, 4]]), "is no reversor"),
    "no second reversor": (changed(UNSTABLE, reversors=[[-1, 3, 2, 4], [1, 2, 3, 4]]), "is no reversor"),
    "a base that is not fixed": (changed(DRIFT, start=["-1/2", "1", "0", "0", "0"]), "not fixed by R"),
    "a direction that is not fixed": (changed(UNSTABLE, along=["0", "1", "0", "1"]), "not fixed by R"),
    "the reversors exchanged": (changed(DRIFT, reversors=DRIFT["reversors"][::-1]), "not fixed by R"),
    "a time too early": (changed(DRIFT, time=spans("2.69", "2.6909")), "from t₋ to t₊"),
    "a time too late": (changed(DRIFT, time=spans("2.69097", "2.7")), "from t₋ to t₊"),
    "a parameter too small": (changed(DRIFT, parameter=spans("3.881045168", "3.881045169")), "from u₋ to u₊"),
    "a parameter too large": (changed(DRIFT, parameter=spans("3.88104517", "3.881045171")), "from u₋ to u₊"),
    "a parameter without an inside": (changed(DRIFT, parameter=["3", "3"]), "no interval"),
    "a rectangle too wide to follow": (changed(DRIFT, parameter=["3", "5"]), "no box|not seen"),
    "a trace that may be small": (changed(UNSTABLE, trace=["4", "5"]), "beyond 4"),
    "another trace": (changed(UNSTABLE, trace=spans("4.8", "4.9")), "the trace is"),
    "an unknown key": (changed(DRIFT, more="1"), "exactly the keys"),
    "one reversor": (changed(DRIFT, reversors=[[-1, 4, 3, 2, 5]]), "must be a list of 2"),
    "a vector that is too short": (changed(DRIFT, along=["0", "1"]), "must be a list of 5"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_condition_that_fails_is_rejected(fault: str) -> None:
    orbit, says = BROKEN[fault]
    with pytest.raises(GsdcheckError, match=says):
        decide(orbit)


def test_a_start_outside_the_range_of_the_weights_is_rejected() -> None:
    # a further unit of zero weights, not at rest in 0, would make y ∉ range W, where S y = y asks for more
    wider: Rows = [[*row, 0] for row in PENDANT] + [[0] * 5]
    more = changed(
        UNSTABLE, reversors=[[*R, 5] for R in UNSTABLE["reversors"]], start=["0", "2/5", "2/5", "0", "1"]
    )
    with pytest.raises(CertificateRejected, match="not in range W"):
        decide(more | {"along": [*UNSTABLE["along"], "0"], "trace": spans("5.7", "5.8")}, wider)


def test_fixed_spaces_of_another_size_are_rejected() -> None:
    # a rotation of two more units, one of them turned: S y = y asks for one equation more
    beside: Rows = [[*row, 0, 0] for row in DRIFTING] + [[0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, -1, 0]]
    more = changed(DRIFT, reversors=[[*R, 6, -7] for R in DRIFT["reversors"]])
    more |= {key: [*DRIFT[key], "0", "0"] for key in ("kernel", "start", "along")}
    with pytest.raises(CertificateRejected, match="is 3 equations"):
        decide(more, beside)


def test_an_orbit_that_is_its_own_mirror_image_does_not_drift() -> None:
    # y = (p, a, a, a, 0) with p' = 3 tanh a, a' = -tanh p: half a period after p = 0 it is 0 again
    from scipy.integrate import solve_ivp

    run = solve_ivp(
        lambda _, z: [3 * np.tanh(z[1]), -np.tanh(z[0])],
        (0, 20),
        [0.0, 1.0],
        rtol=1e-12,
        atol=1e-12,
        events=lambda _, z: z[0],
    )
    t = Fraction(round(float(run.t_events[0][1]) * 10**7), 10**7)
    mode = changed(
        DRIFT,
        start=["-1", "0", "0", "0", "0"],
        parameter=spans("-1e-9", "1e-9"),
        time=[str(t - Fraction(1, 10**7)), str(t + Fraction(1, 10**7))],
        drift=spans("1e-9", "1"),
    )
    with pytest.raises(CertificateRejected, match="the drift in a period"):
        decide(mode)


def test_a_derivative_that_may_be_singular_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reversible_premises, "_derivative", lambda *_: arb_mat(4, 4))
    with pytest.raises(CertificateRejected, match="not seen to be invertible"):
        decide(UNSTABLE)


def test_the_derivative_over_several_steps_is_the_hull_of_all() -> None:
    # x' = tanh(x) with W = 1 is no skew network; what is asked is only that a long window is covered
    from gsdcheck.certify.orbits import Bundle
    from gsdcheck.certify.reversible_orbits import read_orbit

    subject = read_subject(subject_data(system(PENDANT, "tanh")))
    orbit = read_orbit(changed(UNSTABLE, time=["1", "9"]), 4)
    early = Bundle.at_start([arb(0), arb("0.4"), arb("0.4"), arb(-2)], derivative=True)
    found = reversible_premises._derivative(field_of(subject), early, orbit)
    assert found.contains(arb_mat([[int(i == j) for j in range(4)] for i in range(4)]))
    assert max(float(abs(entry).upper()) for entry in found.entries()) > 1.5


def test_the_certificate_refutes_the_claim() -> None:
    found = conclude(certified_drift())
    assert (found.claim, found.verdict) == ("inner-orbits-are-bounded", Verdict.REFUTED)
    assert (found.evidence, found.rests_on) == (Evidence.THEOREM, Evidence.WRITTEN)
    assert "u in [3.881045169, 3.88104517], of a period in [10.76384676, 10.76384684]" in str(found.case)
    assert "changes by a number in [4.458907, 4.458908], k = (0, 1, -2, 1, 0)" in str(found.case)
