"""Facts of functions with kinks, jumps and zeros at places that are not rational; and what each rule is worth."""

import pytest

from gsdcheck.certify.activation_facts import FACTS, check_fact
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.activation import activation_facts
from gsdcheck.facts.proposals import RULES, fact_proposals
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.parser import parse

# odd, bounded, continuous, nondecreasing, strictly increasing, Lipschitz, sign strict, sign weak, only zero at 0
TABLE = {
    "x + sin(x)**2": "F F T T T T T T T",  # slope 1 + sin 2x, isolated zeros; |sin² x| < |x| for x ≠ 0
    "Max(tanh(x), x/2)": "F F T T T T T T T",  # cross at ±1.9150…; both rise, with slopes in (0, 1]
    "Abs(x**2 - 2)": "F F T F F F F F F",  # 2 at 0, zeros ±√2, slopes ± 2 x
    "Max(exp(x) - 2, 0)": "F F T T F F F T F",  # 0 for x ≤ log 2, then e^x - 2
    "Abs(sin(x))": "F T T F F T F F F",  # infinitely many kinks, slopes ± cos x
    "x + Abs(sin(x))": "F F T T T T T T T",  # slopes 1 ± cos x; at x < 0: |sin x| < -x
    "sign(x)*sqrt(Abs(x))": "T F T T T F T T T",  # slope |x|^(-1/2)/2 → ∞ at 0
    "Abs(x)**(1/3)*sign(x)": "T F T T T F T T T",  # the real cube root
    "sign(exp(x) - 2)": "F T F T F F F F F",  # -1, then 0 at log 2, then 1: -1 at x = 1/2 > 0
    "x*(x**2 - 2)**2": "T F T F F F F T F",  # touches 0 at ±√2; slope (x² - 2)(5 x² - 2)
    "sign(x)*sin(x)**2": "T T T F F T F T F",  # x|x| near 0; slopes ± sin 2x
    "Min(Max(x**3, -1), 1)": "T T T T F T T T T",  # clamped at ±1, slopes in [0, 3]
    "cos(x) - 1 + x**2/2": "F F T F F F F F T",  # even, > 0 for x ≠ 0: x⁴/24 - …; slope x - sin x < 0 at -1
    "sign(Min(x*exp(-x**2), Abs(x) - 1))": "F T F T F F F F F",  # -1 for x < 1, 0 at 1, then 1
    "tanh(sqrt(Abs(x))*sign(x))": "T T T T T F T T T",
    "x*(x - 100000)": "F F T F F F F F F",  # a zero far away; -99999 at 1
    "sign(x*exp(-x**2) + 1)": "F T T T F T F F F",  # the constant 1: x exp(-x²) ≥ -1/√(2e) = -0.4289
    "erf(Max(1, asinh(x)))": "F T T T F T F F F",  # erf 1 until sinh 1, erf(1) > 0 at -1
}  # fmt: skip


def letters(text: str) -> str:
    shown = {True: "T", False: "F", None: "-"}
    return " ".join(shown[f.holds] for f in activation_facts(activation_from_expression(text)).values())


@pytest.mark.parametrize("text", TABLE)
def test_the_facts_are_those_derived_by_hand(text: str) -> None:
    assert letters(text) == TABLE[text]


def decided(text: str, without: str) -> dict[str, bool]:
    """The facts that pass their check when one rule is left out."""
    found: dict[str, bool] = {}
    for certificate in fact_proposals(parse(text), frozenset({without})):
        try:
            check_fact(certificate)
        except CertificateRejected:
            continue
        found.setdefault(str(certificate["fact"]), bool(certificate["holds"]))
    return found


WORTH = {  # rule -> (an expression, a fact that nothing else decides)
    "branches": ("Abs(sin(x))", "continuous"),
    "algebra": ("sign(exp(x) - 2)", "nondecreasing"),
    "parity": ("sin(x)*Abs(sin(x))", "odd"),
    "taylor": ("x - sin(x)", "sign_strict"),
    "touch": ("x*(x**2 - 2)**2", "sign_strict"),
    "leap": ("sign(exp(x) - 2)", "continuous"),
    "steep": ("sign(x)*sqrt(Abs(x))", "lipschitz"),
    "descent": ("x*((x**2 - 2)**2 - 1/100000)", "sign_weak"),  # negative within 0.0012 of ±√2 only
}


@pytest.mark.parametrize("rule", WORTH)
def test_every_rule_decides_what_no_other_does(rule: str) -> None:
    text, fact = WORTH[rule]
    assert fact not in decided(text, rule)
    assert activation_facts(activation_from_expression(text))[fact].holds is not None


@pytest.mark.parametrize("rule", RULES)
def test_leaving_a_rule_out_makes_no_fact_false(rule: str) -> None:
    for text, row in TABLE.items():
        truth = dict(zip(FACTS, row.split(), strict=True))
        for fact, holds in decided(text, rule).items():
            assert holds is (truth[fact] == "T"), (text, fact)
