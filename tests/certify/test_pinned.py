"""Forgeries that a review once got, or nearly got, past the core: each must stay rejected."""

from fractions import Fraction
from typing import Any

import pytest

from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.certificates import conclude
from gsdcheck.certify.potential import smooth_integral
from gsdcheck.certify.subject import subject_data
from gsdcheck.claims.entry import applied, facts_read_by
from gsdcheck.errors import CertificateRejected, Undecided, UnknownName
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.parser import parse
from gsdcheck.model.system import system
from gsdcheck.model.verdict import Verdict

PLANAR = [[0, 1], [-1, 0]]


def applied_to(theorem: str, subject: dict[str, Any]) -> dict[str, Any]:
    facts = facts_read_by(theorem, activation_from_expression(subject["activation"]))
    return {"kind": "theorem", "theorem": theorem, "subject": subject, "facts": [dict(f) for f in facts]}


def test_what_has_no_value_at_a_point_is_not_bounded() -> None:
    hole = activation_from_expression("Piecewise((log(x), x**2 <= 0), (tanh(x), True))")  # log(0) at 0
    facts = activation_facts(hole)
    assert {facts[name].holds for name in ("bounded", "sign_strict", "sign_weak", "continuous")} == {None}


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("Piecewise((5, x*x <= 0), (tanh(x), True))", 5.0),
        ("2*tanh(x)/(1+x**2)+9*Abs(sign(x))-9", 9.0),
    ],
)
def test_a_bound_counts_an_isolated_value(text: str, least: float) -> None:
    found = activation_quantities(activation_from_expression(text))["bound"].enclosure
    assert found is None or float(found[1]) >= least


def test_an_isolated_value_cannot_be_left_out_of_a_bound() -> None:
    segments = [{"lo": "-oo", "hi": "0", "rule": "range"}, {"lo": "0", "hi": "oo", "rule": "range"}]
    forged = {
        "kind": "activation-quantity",
        "expression": "1-Abs(sign(x))",  # 1 at 0
        "quantity": "bound",
        "exact": "0",
        "enclosure": ["0", "0"],
        "segments": segments,
        "witness": "1",
    }
    with pytest.raises(CertificateRejected):
        check_quantity(forged)


@pytest.mark.parametrize(("theorem", "activation"), [("rest", "zero"), ("rest-away-from-zero", "tanh")])
def test_a_state_is_a_point(theorem: str, activation: str) -> None:
    good = applied_to(
        theorem, subject_data(system([[0, 1, -1], [-1, 0, 1], [1, -1, 0]], activation), ["1"] * 3)
    )
    if theorem == "rest":  # it asks for an invertible W, hence for an even n
        good = applied_to(theorem, subject_data(system(PLANAR, activation), ["1", "1"]))
    assert conclude(good).verdict is Verdict.REFUTED
    unreal = good | {"subject": good["subject"] | {"state": ["log(-1)", *good["subject"]["state"][1:]]}}
    with pytest.raises(CertificateRejected):
        conclude(unreal)


def test_a_network_without_weights_refutes_nothing() -> None:
    with pytest.raises(CertificateRejected, match="W is zero"):
        conclude(applied_to("rest-away-from-zero", subject_data(system([[0]]), ["1"])))


def test_a_large_ordinary_matrix_is_no_obstacle() -> None:
    n = 24
    W = [[0.1 * (i - j) / (1 + i * j) for j in range(n)] for i in range(n)]
    assert conclude(applied("energy-without-boundedness", system(W, "identity"))).verdict is Verdict.REFUTED


@pytest.mark.parametrize("entry", ["1e9999999", "1e5", "1/00", "٣", "1_0", "+1", "-0", "9" * 5000])
def test_a_rational_is_digits_and_one_bar(entry: str) -> None:
    subject = subject_data(system([[0]], "identity")) | {"W": [[entry]]}
    with pytest.raises(CertificateRejected):
        conclude(applied_to("energy-is-conserved", subject))


def test_numbers_beyond_the_limit_of_python_are_rejected() -> None:
    subject = subject_data(system([[0]], "identity")) | {"activation": "x*(10**64)**64*(10**64)**64"}
    with pytest.raises(CertificateRejected):
        conclude({"kind": "theorem", "theorem": "energy-is-conserved", "subject": subject, "facts": []})


@pytest.mark.parametrize("text", ["exp(-1000000*(x-1000)**2)*x", "x**2+exp(-10000*(x-20)**2)"])
def test_values_too_small_to_write_are_null(text: str) -> None:
    assert set(activation_quantities(activation_from_expression(text)))


def test_two_half_turns_are_no_change_of_sign() -> None:
    certificate = applied_to("mirror-line", subject_data(system(PLANAR, "sin"), ["pi/2", "pi/2"]))
    assert conclude(certificate).verdict is Verdict.REFUTED
    twice = certificate["subject"] | {"state": ["1/2*(pi+pi)"] * 2}
    with pytest.raises((CertificateRejected, UnknownName)):
        conclude(certificate | {"subject": twice})


@pytest.mark.parametrize(
    ("expression", "fact", "rule"),
    [
        ("-sqrt((x-1)**2)+1", "sign_strict", "taylor-lo-2"),
        ("3*x**2-3*x-((x-1)**2)**(3/2)", "strictly_increasing", "taylor-lo-3"),
    ],
)
def test_a_taylor_rule_does_not_reach_across_a_hidden_kink(expression: str, fact: str, rule: str) -> None:
    segments = [
        {"lo": "-oo", "hi": "0", "rule": "direct"},
        {"lo": "0", "hi": "1", "rule": rule},
        {"lo": "1", "hi": "oo", "rule": rule},
    ]
    certificate = {"kind": "activation-fact", "expression": expression, "fact": fact, "holds": True}
    with pytest.raises(CertificateRejected):
        check_fact({**certificate, "segments": segments})


@pytest.mark.parametrize("text", ["Abs(x)", "Max(x, 1/2)"])
def test_an_integral_over_an_unresolved_branch_is_undecided(text: str) -> None:
    with pytest.raises(Undecided):
        smooth_integral(parse(text), Fraction(-1), Fraction(1))
