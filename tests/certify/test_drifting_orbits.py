"""A closed orbit with drift: against SciPy, and with every condition of its construction broken in turn."""

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest

from gsdcheck.certify.certificates import conclude, would_refute
from gsdcheck.certify.drifting_orbits import Drift, read_orbit, require_drift
from gsdcheck.certify.subject import read_subject, subject_data
from gsdcheck.claims.drifting_orbits import DRIFTING, certified_drift
from gsdcheck.errors import CertificateRejected, GsdcheckError
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Exact, system
from gsdcheck.model.verdict import Evidence, Verdict

Data = dict[str, Any]

ORBIT: Data = json.loads(json.dumps(certified_drift()["orbit"]))


def drift(orbit: Data, W: list[list[Exact]] = DRIFTING) -> Drift:
    subject = read_subject(subject_data(system(W, "tanh", form="inner")))
    return require_drift(subject, read_orbit(orbit, subject.n))


@cache
def original() -> Drift:
    return drift(ORBIT)


def spans(low: str, high: str) -> list[str]:
    return [str(Fraction(low)), str(Fraction(high))]


def changed(**parts: Any) -> Data:
    return {**copy.deepcopy(ORBIT), **parts}


def test_the_drift_and_the_period_contain_those_of_scipy() -> None:
    from scipy.integrate import solve_ivp

    W, k = np.array(DRIFTING, dtype=float), np.array([0.0, 1, -2, 1, 0])
    solved = solve_ivp(
        lambda _, z: np.append(W @ np.tanh(z[:5]), k @ np.tanh(z[:5])),
        (0, 4 * 2.6909616988582692),
        [0, 0.5, 0.5, 0.5, 3.8810451695407655, 0],
        method="LSODA",
        rtol=1e-12,
        atol=1e-13,
    )
    found = original()
    assert solved.y[:5, -1] == pytest.approx(solved.y[:5, 0], abs=1e-8)
    assert abs(float(found.drift.mid()) - solved.y[5, -1]) < float(found.drift.rad()) < 1e-7
    assert abs(float(found.period.mid()) - solved.t[-1]) < float(found.period.rad()) < 1e-7


def test_a_narrower_rectangle_gives_a_narrower_drift_inside() -> None:
    found = drift(
        changed(
            parameter=spans("3.88104516954076", "3.88104516954077"),
            time=spans("2.690961698857", "2.690961698860"),
        )
    )
    assert original().drift.contains(found.drift)
    assert float(found.drift.rad()) < 1e-10


def test_the_other_direction_of_k_drifts_the_other_way() -> None:
    turned = drift(changed(kernel=["0", "-1", "2", "-1", "0"]))
    assert turned.drift < -4
    assert original().drift > 4


def test_units_that_rest_may_stand_beside_it() -> None:
    wider = [[*row, 0] for row in DRIFTING] + [[0] * 6]
    more = changed(
        kernel=[*ORBIT["kernel"], "0"],
        start=[*ORBIT["start"], "0"],
        along=[*ORBIT["along"], "0"],
        reversors=[[*R, 6] for R in ORBIT["reversors"]],
    )
    assert drift(more, wider).drift.overlaps(original().drift)


BROKEN: dict[str, tuple[Data, str]] = {
    "k outside the kernel": (changed(kernel=["0", "1", "-2", "1", "1"]), "k is not in the kernel"),
    "k = 0": (changed(kernel=["0"] * 5), "may be 0"),
    "no reversor": (changed(reversors=[[1, 2, 3, 4, 5], [-1, 2, 3, 4, -5]]), "is no reversor"),
    "no second reversor": (changed(reversors=[[-1, 4, 3, 2, 5], [1, 2, 3, 4, 5]]), "is no reversor"),
    "a reversor that turns k": (changed(reversors=[[1, -4, -3, -2, -5], [-1, 2, 3, 4, -5]]), "moves k"),
    "a base that is not fixed": (changed(start=["-1/2", "1", "0", "0", "0"]), "not fixed by R"),
    "a direction that is not fixed": (changed(along=["0", "0", "0", "1/2", "0"]), "not fixed by R"),
    "starts fixed by the other reversor": (changed(reversors=ORBIT["reversors"][::-1]), "not fixed by R"),
    "a time too early": (changed(time=spans("2.69", "2.6909")), "from t₋ to t₊"),
    "a time too late": (changed(time=spans("2.69097", "2.7")), "from t₋ to t₊"),
    "a parameter too small": (changed(parameter=spans("3.881045168", "3.881045169")), "from u₋ to u₊"),
    "a parameter too large": (changed(parameter=spans("3.88104517", "3.881045171")), "from u₋ to u₊"),
    "a rectangle too wide to follow": (changed(parameter=["3", "5"]), "no box|not seen"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_condition_that_fails_is_rejected(fault: str) -> None:
    orbit, says = BROKEN[fault]
    with pytest.raises(GsdcheckError, match=says):
        drift(orbit)


def test_an_orbit_that_is_its_own_mirror_image_does_not_drift() -> None:
    # y = (p, a, a, a, 0) with p' = 3 tanh a, a' = -tanh p, and half a period after p = 0 it is 0 again
    from scipy.integrate import solve_ivp

    solved = solve_ivp(
        lambda _, z: [3 * np.tanh(z[1]), -np.tanh(z[0])],
        (0, 20),
        [0.0, 1.0],
        rtol=1e-12,
        atol=1e-12,
        events=lambda _, z: z[0],
    )
    t = Fraction(round(float(solved.t_events[0][1]) * 10**7), 10**7)
    mode = changed(
        start=["-1", "0", "0", "0", "0"],
        parameter=spans("-1e-9", "1e-9"),
        time=[str(t - Fraction(1, 10**7)), str(t + Fraction(1, 10**7))],
    )
    with pytest.raises(CertificateRejected, match="may be 0"):
        drift(mode)


def test_fixed_spaces_of_another_size_are_rejected() -> None:
    # a rotation of two more units, one of them turned: S y = y asks for one equation more
    beside = [[*row, 0, 0] for row in DRIFTING] + [[0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, -1, 0]]
    more = changed(
        kernel=[*ORBIT["kernel"], "0", "0"],
        start=[*ORBIT["start"], "0", "0"],
        along=[*ORBIT["along"], "0", "0"],
        reversors=[[*R, 6, -7] for R in ORBIT["reversors"]],
    )
    with pytest.raises(CertificateRejected, match="is 3 equations"):
        drift(more, beside)


def with_(orbit: Data | None = None, **subject: Any) -> Data:
    """The certificate with a change in its orbit or its subject."""
    certificate = json.loads(json.dumps(certified_drift()))
    certificate["orbit"].update(orbit or {})
    certificate["subject"].update(subject)
    return dict(certificate)


def test_the_certificate_refutes_the_claim() -> None:
    found = conclude(certified_drift())
    assert (found.claim, found.verdict) == ("inner-orbits-are-bounded", Verdict.REFUTED)
    assert (found.evidence, found.rests_on) == (Evidence.THEOREM, Evidence.WRITTEN)
    assert found.margin is not None
    assert 4.4589 < float(found.margin[0]) <= float(found.margin[1]) < 4.459
    assert "u in [3881045169/1000000000, 388104517/100000000]" in str(found.case)
    assert "(0, 1, -2, 1, 0)" in found.reason
    assert would_refute(certified_drift())


def without_a_fact(name: str) -> Data:
    certificate = with_()
    certificate["facts"] = [fact for fact in certificate["facts"] if fact["fact"] != name]
    return certificate


def skewed() -> Data:
    W = [list(map(str, row)) for row in DRIFTING]
    W[0][1] = "2"
    return with_(W=W)


FORGED: dict[str, Callable[[], Data]] = {
    "the outer form": lambda: with_(form="outer"),
    "weights that are not skew": skewed,
    "a leak": lambda: with_(leak="1"),
    "a bias": lambda: with_(bias=["0", "0", "1", "0", "0"]),
    "a state": lambda: with_(state=["0"] * 5),
    "a step": lambda: with_(step="1"),
    "another activation": lambda: with_(activation=find_activation("atan").text),
    **{
        f"σ not shown to be {name}": lambda name=name: without_a_fact(name)
        for name in ("continuous", "odd", "strictly_increasing", "lipschitz")
    },
    "an unknown key": lambda: with_({"more": "1"}),
    "times that do not rise": lambda: with_({"time": ["3", "3"]}),
    "a time of 0": lambda: with_({"time": ["0", "3"]}),
    "a time that is too long": lambda: with_({"time": ["1", "1001"]}),
    "a parameter without an inside": lambda: with_({"parameter": ["3", "3"]}),
    "a number in decimals": lambda: with_({"start": ["-0.5", "0", "0", "0", "0"]}),
    "a vector that is too short": lambda: with_({"along": ["0", "1"]}),
    "one reversor": lambda: with_({"reversors": [[-1, 4, 3, 2, 5]]}),
    "no orbit": lambda: {**with_(), "orbit": None},
}


@pytest.mark.parametrize("fault", FORGED)
def test_a_forged_certificate_is_rejected(fault: str) -> None:
    with pytest.raises(CertificateRejected):
        conclude(FORGED[fault]())


def test_a_premise_that_is_only_sampled_refutes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from gsdcheck.certify import certificates
    from gsdcheck.certify.premise import Finding, Premise

    sampled = Premise(name="odd", says="σ is odd", decide=lambda *_: Finding(evidence=Evidence.SAMPLED))
    monkeypatch.setitem(certificates.PREMISES, "odd", sampled)
    with pytest.raises(CertificateRejected, match="only sampled"):
        certificates._drifting_orbit(with_())
