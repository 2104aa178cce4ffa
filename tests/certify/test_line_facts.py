"""Facts on the line that theorems rest on besides the fact table: by hand, and forged."""

from fractions import Fraction
from typing import Any

import pytest

from gsdcheck.certify.line_facts import check_line_fact
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.line_facts import line_fact
from gsdcheck.model.library import find_activation
from gsdcheck.model.parser import parse

# fact: σ that have it, and σ that do not, with the reason
TABLE = {
    "one-signed": (
        ["sigmoid", "softplus", "exp(x)", "log_sigmoid", "1+x**2", "2+sin(x)"],
        # tanh changes sign; ReLU is 0 on the left; 1 + sin x and x² touch 0; exp - 1 has a zero
        ["tanh", "relu", "x**2", "expm1"],
    ),
    "above-line": (
        # eˣ - 1 - x ≥ 0; ELU is s on the right and above s on the left; x Φ(x) ≥ x/2; 2x ≥ x on the right only
        ["expm1", "elu", "leaky_relu", "gelu", "relu", "x+Abs(x)/2"],
        ["tanh", "sin", "x", "cube", "selu"],
    ),
    "steep": (
        ["identity", "sinh", "leaky_relu", "x+tanh(x)", "2*x+sin(x)"],
        ["tanh", "relu", "cube", "elu"],  # slopes that go to 0, or are 0 somewhere
    ),
}


def certificate(fact: str, text: str) -> dict[str, Any] | None:
    found = line_fact(find_activation(text).expression, fact)
    return None if found is None else dict(found)


@pytest.mark.parametrize(("fact", "text"), [(f, t) for f, (holds, _) in TABLE.items() for t in holds])
def test_a_fact_that_holds_is_certified(fact: str, text: str) -> None:
    found = certificate(fact, text)
    assert found is not None
    check_line_fact(found)


@pytest.mark.parametrize(("fact", "text"), [(f, t) for f, (_, fails) in TABLE.items() for t in fails])
def test_a_fact_that_fails_is_not_certified_whatever_the_slope(fact: str, text: str) -> None:
    assert certificate(fact, text) is None
    borrowed = certificate(fact, TABLE[fact][0][0])
    assert borrowed is not None
    for slope in ("1", "1/2", "1/1000"):
        forged = {**borrowed, "expression": find_activation(text).text}
        forged["slope"] = "0" if fact == "one-signed" else slope
        with pytest.raises(CertificateRejected):
            check_line_fact(forged)


def test_a_slope_that_is_too_large_is_rejected() -> None:
    """x + tanh x is steep with m = 1, not with 2: its slope goes to 1. eˣ - 1 ≥ x, but not ≥ 2x at 1/2."""
    for fact, text in (("steep", "x+tanh(x)"), ("above-line", "expm1")):
        found = certificate(fact, text)
        assert found is not None
        assert Fraction(found["slope"]) == 1
        with pytest.raises(CertificateRejected):
            check_line_fact({**found, "slope": "2"})


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "activation-fact"},
        {"fact": "tall"},
        {"slope": "-1"},
        {"slope": "0"},
        {"slope": "2/2"},
        {"segments": []},
        {"segments": [{"lo": "0", "hi": "oo", "rule": "direct"}]},
        {"segments": [{"lo": "-oo", "hi": "oo", "rule": "direct"}]},
        {"note": "more"},
    ],
)
def test_a_malformed_certificate_is_rejected(change: dict[str, Any]) -> None:
    found = certificate("above-line", "expm1")
    assert found is not None
    with pytest.raises(CertificateRejected):
        check_line_fact({**found, **change})


def test_only_a_fact_without_a_slope_has_the_slope_0() -> None:
    steep, one_signed = certificate("steep", "identity"), certificate("one-signed", "exp(x)")
    assert steep is not None
    assert one_signed is not None
    for forged in ({**steep, "slope": "0"}, {**one_signed, "slope": "1"}):
        with pytest.raises(CertificateRejected, match=f"with the slope {forged['slope']}"):
            check_line_fact(forged)


def test_strictness_on_one_side_is_required() -> None:
    """x/2 equals c s for c = 1/2, and is below c s on one side for every other c: the inner form does not drift."""
    assert line_fact(parse("x/2"), "above-line") is None
