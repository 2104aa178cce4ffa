"""Premises about orbits that are followed: what is stated holds, and each lie about it is rejected with a reason."""

from fractions import Fraction
from typing import Any

import pytest
from flint import arb

from gsdcheck.certify import cycle_premises, orbit_premises
from gsdcheck.certify.certificates import applied_theorem, conclude, followed_orbit
from gsdcheck.certify.followed import spelled
from gsdcheck.certify.premise import Finding, Known
from gsdcheck.certify.premises import PREMISES, READ_AN_ORBIT
from gsdcheck.certify.reversible_premises import REVERSIBLE_PREMISES
from gsdcheck.certify.subject import read_subject, subject_data
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.system import system
from gsdcheck.model.verdict import Evidence

PLANAR = [[0, 1], [-1, 0]]
CROSS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
CHAIN = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]
SPIRAL = [[2, -2], [2, 2]]

Data = dict[str, Any]


def data(
    W: list[list[Any]], activation: str = "tanh", state: list[str] | None = None, **options: Any
) -> Data:
    return subject_data(system(W, activation, **options), state)


AXIS = {"coordinate": 0}
GOOD: dict[str, tuple[Data, Data]] = {
    "returns-to-axis": (data(PLANAR, state=["0", "1"]), AXIS | {"period": ["77/10", "78/10"]}),
    "elliptic-return": (
        data([[0, -2], [2, 0]], state=["0", "1"]),
        AXIS | {"period": ["38571052199069/10000000000000", "3857105219907/1000000000000"]},
    ),
    "returns-to-plane": (
        data(CROSS, "identity", state=["3", "2", "1"]),  # 2π/√3 = 3.627...
        {"coordinate": 1, "period": ["36/10", "37/10"]},
    ),
    "outlasts-the-planar-period": (
        data(CHAIN, state=["1", "0", "0", "0"]),
        {"from": "1/2", "until": "13", "distance": "1/10"},
    ),
    "last-quadrant": (
        data(PLANAR, "gelu", state=["1", "1"]),
        {"time": "3", "quadrant": [1, -1], "beyond": "5"},
    ),
    "one-source": (
        data(SPIRAL, leak=1),
        {"at": ["0", "0"], "radius": "1/4", "metric": [["1", "0"], ["0", "1"]], "within": "5"},
    ),
    "contracting-return": (
        data(SPIRAL, leak=1),
        {
            "coordinate": 0,
            "level": "0",
            "direction": -1,
            "at": ["0", "25055001709/10000000000"],
            "radius": "1/1000000",
            "contraction": "1/10",
            "period": ["6.8", "6.9"],
        },
    ),
}
for _, stated in GOOD.values():
    if "period" in stated:
        stated["period"] = [str(Fraction(end)) for end in stated["period"]]

BOUND = {"bound": (arb(1), Evidence.BALL)}


def decide(premise: str, subject: Data, stated: object) -> Finding:
    return PREMISES[premise].decide(read_subject(subject), Known(quantities=BOUND, along={premise: stated}))


def test_every_premise_about_an_orbit_has_a_case() -> None:
    reversible = {
        premise.name for premise in REVERSIBLE_PREMISES
    }  # tests/certify/test_reversible_premises.py
    assert set(GOOD) == READ_AN_ORBIT - reversible


@pytest.mark.parametrize("premise", GOOD)
def test_what_is_stated_holds_and_is_shown(premise: str) -> None:
    found = decide(premise, *GOOD[premise])
    assert found.evidence is Evidence.BALL
    assert found.shown


@pytest.mark.parametrize("premise", GOOD)
def test_without_a_statement_nothing_is_followed(premise: str) -> None:
    subject, stated = GOOD[premise]
    with pytest.raises(CertificateRejected, match="needs an orbit"):
        PREMISES[premise].decide(read_subject(subject), Known(quantities=BOUND))
    for wrong in ({}, {**stated, "more": 1}, [], None):
        with pytest.raises(CertificateRejected, match="exactly the keys"):
            decide(premise, subject, wrong)


def other(premise: str, **changed: Any) -> tuple[str, Data, Data]:
    """The same premise with another statement; W, state and the like change the subject."""
    subject, stated = GOOD[premise]
    about = {key: value for key, value in changed.items() if key in subject}
    rest = {key.rstrip("_"): value for key, value in changed.items() if key not in subject}
    return premise, subject | about, stated | rest


OUTLASTS, QUADRANT, SOURCE, CYCLE = (
    "outlasts-the-planar-period",
    "last-quadrant",
    "one-source",
    "contracting-return",
)
LIES = [
    (other("returns-to-axis", coordinate=1), "does not start on the plane"),
    (other("returns-to-axis", coordinate=2), "coordinate"),
    (other("returns-to-axis", coordinate=-1), "coordinate"),
    (other("returns-to-axis", coordinate=False), "coordinate"),
    (other("returns-to-axis", coordinate="0"), "coordinate"),
    (other("returns-to-axis", period=["7", "15/2"]), "time of return"),
    (other("returns-to-axis", period=["8", "9"]), "time of return"),
    (other("returns-to-axis", period=["8", "8"]), "no interval"),
    (other("returns-to-axis", period=["-8", "8"]), "a time is > 0"),
    (other("returns-to-axis", period=["8", "201"]), "at most 200"),
    (other("returns-to-axis", period=["8"]), "a list of 2"),
    (other("returns-to-axis", period=["7.7", "8"]), "not a rational"),
    (other("returns-to-axis", state=["1", "1"]), "does not start on the plane"),
    (other("returns-to-plane", state=["3", "pi", "1"]), "does not start on the plane"),
    (other("returns-to-plane", period=["1", "3/2"]), "not seen to cross"),
    (other("returns-to-plane", state=["2", "2", "2"]), "leave the section"),
    (other("elliptic-return", period=["3", "4"]), "wider than"),
    (other("elliptic-return", activation="atan(x)"), "the elliptic integral"),
    (other("elliptic-return", W=[["0", "-1"], ["1", "0"]]), "the elliptic integral"),
    (other("elliptic-return", W=[["0"]], bias=["0"], state=["0"]), "n = 2"),
    (other(OUTLASTS, until="12"), "beyond the planar period"),
    (other(OUTLASTS, distance="1"), "keep a distance"),
    (other(OUTLASTS, distance="0"), "must be > 0"),
    (other(OUTLASTS, from_="6"), "monotone at first"),
    (other(OUTLASTS, from_="1/100"), "keep a distance"),
    (other(QUADRANT, quadrant=[1, 1]), "exceed H"),
    (other(QUADRANT, quadrant=[1, 0]), "a sign is"),
    (other(QUADRANT, quadrant=[True, -1]), "a sign is"),
    (other(QUADRANT, quadrant=[-1, -1]), "in the quadrant"),
    (other(QUADRANT, time="1/2"), "in the quadrant"),
    (other(QUADRANT, beyond="1"), "exceed H"),
    (other(QUADRANT, quadrant=[1, 1], time="1/10"), "exceed H"),
    (other(QUADRANT, W=[["0"]], bias=["0"], state=["0"]), "n = 2"),
    (other(SOURCE, within="4"), "trap"),
    (other(SOURCE, leak="4/5"), "trap"),
    (other(SOURCE, radius="2"), "driven away"),
    (other(SOURCE, metric=[["1", "0"], ["0", "-1"]]), "P is not > 0"),
    (other(SOURCE, metric=[["1", "1/2"], ["0", "1"]]), "P is not > 0"),
    (other(SOURCE, metric=[["1", "1"], ["1", "1"]]), "P is not > 0"),
    (other(SOURCE, metric=[["1", "-1"], ["-1", "1/2"]]), "P is not > 0"),
    (other(SOURCE, W=[["1/2", "-2"], ["2", "1/2"]]), "driven away"),
    (other(SOURCE, at=["1", "0"]), "driven away"),
    (other(SOURCE, at=["1/4", "0"], radius="1/8"), "no equilibrium"),
    (other(SOURCE, W=[["2", "0"], ["0", "2"]], radius="1/8"), "another zero"),
    (other(SOURCE, metric=[["1", "0"]]), "a list of 2"),
    (other(CYCLE, coordinate=1), "not on the plane"),
    (other(CYCLE, direction=1), "leave the section"),
    (other(CYCLE, direction=2), "a sign is"),
    (other(CYCLE, contraction="1/1000"), "contract"),
    (other(CYCLE, contraction="1"), "no contraction"),
    (other(CYCLE, contraction="2"), "no contraction"),
    (other(CYCLE, period=["34/5", "341/50"]), "the period"),
    (other(CYCLE, radius="1/100000000000"), "out of the box"),
    (other(CYCLE, at=["0", "2"]), "out of the box"),
    (other(CYCLE, W=[["2", "-1"], ["1", "2"]]), r"\w+"),
]


@pytest.mark.parametrize(("lie", "match"), LIES, ids=[f"{lie[0]}: {match}" for lie, match in LIES])
def test_a_lie_is_rejected_with_its_reason(lie: tuple[str, Data, Data], match: str) -> None:
    with pytest.raises((CertificateRejected, Undecided), match=match):
        decide(*lie)


def test_an_inner_network_has_no_square_that_traps() -> None:
    subject, stated = GOOD[SOURCE]
    with pytest.raises(CertificateRejected, match="outer form"):
        decide(SOURCE, subject | {"form": "inner"}, stated)


def test_a_bound_of_the_activation_must_be_established() -> None:
    subject, stated = GOOD[SOURCE]
    with pytest.raises(CertificateRejected, match="no certificate establishes the bound"):
        PREMISES[SOURCE].decide(read_subject(subject), Known(along={SOURCE: stated}))


def test_an_unbounded_activation_is_not_trapped() -> None:
    subject, stated = GOOD[SOURCE]
    known = Known(quantities={"bound": (arb.pos_inf(), Evidence.BALL)}, along={SOURCE: stated})
    with pytest.raises(CertificateRejected, match="trap"):
        PREMISES[SOURCE].decide(read_subject(subject), known)


def test_an_equilibrium_away_from_zero_may_be_the_source() -> None:
    """A bias moves it: x = W tanh x + b has the solution next to -W'⁻¹ b, W' = W - 1."""
    subject = data(SPIRAL, leak=1, bias=["1/10", 0])
    stated = GOOD[SOURCE][1] | {"at": ["-1/50", "1/25"], "radius": "1/50"}
    assert decide(SOURCE, subject, stated).shown
    with pytest.raises(CertificateRejected, match="no equilibrium"):
        decide(SOURCE, subject, stated | {"at": ["0", "0"]})


@pytest.mark.parametrize(
    ("w", "start", "quadrant"),
    [
        (1, ["1", "-1"], [1, -1]),
        (1, ["-1", "1"], [1, -1]),
        (-1, ["-1", "1"], [-1, 1]),
        (-1, ["1", "-1"], [-1, 1]),
    ],
)
def test_the_last_quadrant_depends_on_the_direction_of_the_turn(
    w: int, start: list[str], quadrant: list[int]
) -> None:
    subject = data([[0, w], [-w, 0]], "gelu", state=start)
    assert decide(QUADRANT, subject, GOOD[QUADRANT][1] | {"quadrant": quadrant, "time": "8"}).shown


@pytest.mark.parametrize(("room", "limit"), [(orbit_premises, "MOST_PARTS"), (cycle_premises, "MOST_BOXES")])
def test_the_work_is_bounded(room: Any, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    premise = OUTLASTS if room is orbit_premises else SOURCE
    monkeypatch.setattr(room, limit, 1)
    with pytest.raises(CertificateRejected, match="not seen to"):
        decide(premise, *GOOD[premise])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("7/2", "3.5"),
        ("-1/8", "-0.125"),
        ("3", "3"),
        ("0", "0"),
        ("1/3", "1/3"),
        ("1/1000", "0.001"),
        ("-5/3", "-5/3"),
    ],
)
def test_a_rational_is_spelled_exactly(value: str, text: str) -> None:
    assert spelled(Fraction(value)) == text


def cycle_certificate() -> Data:
    subject, stated = GOOD[CYCLE]
    return followed_orbit("attracting-cycle-without-skewness", subject, [], {CYCLE: stated})


def test_the_case_states_what_was_followed() -> None:
    found = conclude(cycle_certificate())
    assert "the period is in [6.8, 6.9]" in str(found.case)
    assert "x₁ falls through 0" in str(found.case)
    assert found.evidence is Evidence.BALL
    assert found.margin is not None
    assert float(found.margin[0]) <= 0.9 <= float(found.margin[1])


@pytest.mark.parametrize("along", [{}, {"one-source": GOOD["one-source"][1]}, {CYCLE: {}}, []])
def test_exactly_the_premises_about_orbits_are_stated(along: Any) -> None:
    with pytest.raises(CertificateRejected, match="exactly the keys"):
        conclude(cycle_certificate() | {"along": along})


def test_a_theorem_about_no_orbit_is_not_followed() -> None:
    whole = cycle_certificate() | {"theorem": "rotation-without-skewness"}
    with pytest.raises(CertificateRejected, match="nothing of an orbit"):
        conclude(whole)


def test_a_theorem_about_an_orbit_is_not_applied_without_it() -> None:
    with pytest.raises(CertificateRejected, match="needs an orbit"):
        conclude(applied_theorem("attracting-cycle-without-skewness", GOOD[CYCLE][0], []))
