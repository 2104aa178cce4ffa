"""First integrals in certificates: those that calculus gives are accepted, and no other function is."""

from typing import Any

import pytest
from flint import fmpq

from gsdcheck.certify.certificates import conclude
from gsdcheck.certify.first_integrals import check_first_integral
from gsdcheck.certify.polynomial_field import PolynomialField
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.library import find_activation
from gsdcheck.model.verdict import Evidence, Verdict
from tests.certify.derived_by_hand import (
    ATAN,
    CROSS,
    IDENTITY,
    PLANAR,
    SIN,
    SOFTPLUS,
    TANH,
    Data,
    first_integral,
    planar_darboux,
    power,
)

LOGARITHMS = [["-1/2", *planar_darboux(unit, sign)] for unit in (1, 2) for sign in (1, -1)]
CASIMIR = [["1", power(0)], ["1", power(2)], ["1", power(4)]]
RELU = activation_facts(find_activation("relu"))["continuous"].certificate
PATH = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]


ONE = [["1", []]]
TIMES_ONE = [
    ["1", [[0, 3], [1, 1]]],
    ["1", [[0, 2], [1, 1], [3, 1]]],
    ["1", [[0, 2], [1, 1], [6, 1]]],
    ["1", [[0, 1], [1, 1]]],
    ["1", [[1, 1], [3, 1]]],
    ["1", [[1, 1], [6, 1]]],
]


def linear(*entries: Any, width: int = 2) -> list[Any]:
    return [[str(c), power(width * i)] for i, c in enumerate(entries) if c]


ACCEPTED: dict[str, tuple[Data, str]] = {
    "energy": (first_integral(PLANAR), "I = Phi(x1)+Phi(x2), Phi' = σ"),
    "closed": (
        first_integral(PLANAR, potential="log(cosh(x))"),
        "I = log(cosh(x1))+log(cosh(x2))",
    ),
    "logarithms": (
        first_integral(PLANAR, logarithms=LOGARITHMS),
        "I = -1/2*log(Abs(1+tanh(x1)))-1/2*log(Abs(1-tanh(x1)))"
        "-1/2*log(Abs(1+tanh(x2)))-1/2*log(Abs(1-tanh(x2)))",
    ),
    "casimir": (first_integral(CROSS, polynomial=CASIMIR), "I = x1+x2+x3"),
    "symmetrized": (first_integral([[0, 1], [-2, 0]], potentials=["2", "1"]), "I = 2*Phi(x1)+Phi(x2)"),
    # W c = b for c = (-1/3, 1/2)
    "bias": (
        first_integral(PLANAR, bias=["1/2", "1/3"], potentials=["1", "1"], polynomial=linear("-1/3", "1/2")),
        "I = Phi(x1)+Phi(x2)-1/3*x1+1/2*x2",
    ),
    "inner": (first_integral(CROSS, form="inner", bias=[1, 0, 2]), "inner, b = (1, 0, 2); I = Phi(y1)"),
    "opaque": (first_integral(PLANAR, "relu", None, continuous=RELU), "I = Phi(x1)+Phi(x2)"),
    "any-function": (first_integral(CROSS, "sign(x)", None, polynomial=CASIMIR), "I = x1+x2+x3"),
    "linear": (
        first_integral(
            [[1, -2], [1, -1]],
            "identity",
            IDENTITY,
            polynomial=[["1", power(0, 2)], ["-2", [[0, 1], [1, 1]]], ["2", power(1, 2)]],
        ),
        "I = x1**2-2*x1*x2+2*x2**2",
    ),
    "cosines": (
        first_integral(PLANAR, "sin", SIN, polynomial=[["1", power(2)], ["1", power(5)]]),
        "I = cos(x1)+cos(x2)",
    ),
    "relation": (  # (x_1 + x_2 + x_3)(1 + x_1²)u_1, which is the Casimir because (1 + x²)u = 1
        first_integral(CROSS, "atan", ATAN, polynomial=TIMES_ONE),
        "I = x1*((x1**2+1)**(-1))+",
    ),
    "arctan": (first_integral(PLANAR, "atan", ATAN, potential="x*atan(x)-log1p(x**2)/2"), "I = (x1*atan(x1)"),
    "softplus": (first_integral(CROSS, "softplus", SOFTPLUS), "I = Phi(x1)+Phi(x2)+Phi(x3)"),
    "hirota": (  # Hirota's self-dual network of four units: found by hand of (v1 v2 + v2 v3)² + …
        first_integral(
            PATH,
            polynomial=[
                ["1", [[1, 2], [3, 2]]],
                ["-1", power(1, 2)],
                ["2", [[1, 1], [3, 2], [5, 1]]],
                ["-2", [[1, 1], [5, 1]]],
                ["1", [[3, 2], [5, 2]]],
                ["2", [[3, 1], [5, 2], [7, 1]]],
                ["-2", [[3, 1], [7, 1]]],
                ["1", [[5, 2], [7, 2]]],
                ["-1", power(7, 2)],
            ],
        ),
        "2*tanh(x1)*tanh(x2)**2*tanh(x3)",
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_first_integral_is_proved_and_named(name: str) -> None:
    certificate, shown = ACCEPTED[name]
    found = conclude(certificate)
    assert (found.claim, found.verdict) == ("darboux-polynomials-give-first-integrals", Verdict.PROVED)
    assert found.evidence is Evidence.SYMBOLIC
    assert shown in str(found.case)


def changed(name: str, **parts: Any) -> Data:
    return {**ACCEPTED[name][0], **parts}


def of_network(name: str, **parts: Any) -> Data:
    certificate = ACCEPTED[name][0]
    return {**certificate, "subject": {**certificate["subject"], **parts}}


REJECTED: dict[str, Data] = {
    "another-weight": of_network("energy", W=[["0", "1"], ["-2", "0"]]),
    "a-leak": of_network("energy", leak="1"),
    "a-bias": of_network("energy", bias=["1", "0"]),
    "a-bias-of-the-casimir": of_network("casimir", bias=["1", "0", "0"]),
    "a-casimir-of-the-inner-form": of_network("casimir", form="inner"),
    "a-potential-too-little": changed("energy", potentials=["1", "0"]),
    "potentials-of-another-length": changed("energy", potentials=["1"]),
    "another-coefficient": changed("bias", polynomial=linear("1/3", "1/2")),
    "another-closed-form": changed("closed", potential="log(sinh(x))"),
    "a-closed-form-of-another-spelling": changed("closed", potential="log( cosh(x))"),
    "a-closed-form-that-is-not-used": changed("casimir", potential="log(cosh(x))"),
    "a-closed-form-without-a-chain": changed("opaque", potential="x**2/2"),
    "a-logarithm-less": changed("logarithms", logarithms=LOGARITHMS[1:]),
    "a-logarithm-times-0": changed("logarithms", logarithms=[["0", *LOGARITHMS[0][1:]], *LOGARITHMS]),
    "another-cofactor": changed(
        "logarithms", logarithms=[["-1/2", LOGARITHMS[0][1], LOGARITHMS[1][2]], *LOGARITHMS[1:]]
    ),
    "a-constant": changed("energy", potentials=["0", "0"], polynomial=[["5", []]]),
    "nothing": changed("energy", potentials=["0", "0"]),
    "no-continuity": changed("opaque", continuous=None),
    "continuity-of-another-function": changed(
        "opaque", continuous=activation_facts(find_activation("tanh"))["continuous"].certificate
    ),
    "another-fact": changed(
        "opaque", continuous=activation_facts(find_activation("relu"))["nondecreasing"].certificate
    ),
    "continuity-of-another-whose-text-sorts-first": changed(
        "opaque", continuous=activation_facts(find_activation("Abs(x)"))["continuous"].certificate
    ),
    "continuity-refuted": changed("opaque", continuous={**RELU, "holds": False}),
    "continuity-that-is-not-needed": changed("energy", continuous=RELU),
    "a-function-without-a-derivative": changed(
        "opaque", potentials=["0", "0"], continuous=None, polynomial=[["1", power(1, 2)], ["1", power(3, 2)]]
    ),
    "a-witness-of-another-length": changed("energy", witness=["1"]),
    "a-witness-where-the-gradient-is-0": changed("energy", witness=["0", "0"]),
    "a-state": of_network("energy", state=["0", "0"]),
    "a-step": of_network("energy", step="1"),
    "too-many-logarithms": changed("logarithms", logarithms=LOGARITHMS * 51),
    "half-a-logarithm": changed("logarithms", logarithms=[["1", LOGARITHMS[0][1]]]),
    "a-chain-without-the-relation": changed("relation", chain={**ATAN, "relations": []}),
    "another-key": {**ACCEPTED["energy"][0], "name": "H"},
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_no_first_integral_is_rejected(name: str) -> None:
    with pytest.raises(CertificateRejected):
        conclude(REJECTED[name])


def test_a_combination_that_is_a_constant_function_is_no_integral() -> None:
    """log(1 + t) - log(1 - t) - 2 x = 0 for t = tanh(x): its rate vanishes, and it says nothing."""
    plus, minus = (planar_darboux(1, sign) for sign in (1, -1))
    trivial = first_integral(PLANAR, polynomial=[["-2", power(0)]], logarithms=[["1", *plus], ["-1", *minus]])
    with pytest.raises(CertificateRejected, match="seen to change"):
        conclude(trivial)


def test_in_the_inner_form_the_energy_of_a_constant_y_is_no_integral() -> None:
    """W = 0: y = b never moves."""
    with pytest.raises(CertificateRejected, match="seen to change"):
        conclude(first_integral([[0, 0], [0, 0]], form="inner", bias=[1, 2]))


def test_a_logarithm_that_is_not_defined_at_the_witness_decides_nothing() -> None:
    """x_1 is Darboux for x_1' = -x_1; log|x_1| - log|x_2| is constant, but not at x_1 = 0."""
    minus_one = [["-1", []]]
    logs = [["1", [["1", power(0)]], minus_one], ["-1", [["1", power(1)]], minus_one]]
    certificate = first_integral(
        [[-1, 0], [0, -1]], "identity", IDENTITY, logarithms=logs, witness=["1", "2"]
    )
    assert conclude(certificate).verdict is Verdict.PROVED
    with pytest.raises(CertificateRejected, match="seen to change"):
        conclude({**certificate, "witness": ["0", "0"]})


def test_a_long_integral_is_named_by_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gsdcheck.certify.integral_text.MOST_CHARACTERS", 40)
    first, second = (check_first_integral(ACCEPTED[name][0]).case for name in ("hirota", "closed"))
    assert "sha256" in first
    assert "sha256" not in second


def test_a_network_of_too_many_variables_is_rejected() -> None:
    W = [[0] * 52 for _ in range(52)]
    more = {"generators": [*ATAN["generators"], "x", "x+1"], "derivatives": [*ATAN["derivatives"], ONE, ONE]}
    assert conclude(first_integral(W, "atan", ATAN)).verdict is Verdict.PROVED
    with pytest.raises(CertificateRejected, match="260 variables"):
        conclude(first_integral(W, "atan", {**ATAN, **more}))


def test_a_reduction_without_end_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gsdcheck.certify.polynomial_field.MOST_STEPS", 3)
    with pytest.raises(CertificateRejected, match="steps"):
        conclude({**ACCEPTED["relation"][0], "witness": ["1/7", "1/9", "1/11"]})


DARBOUX = {
    "kind": "darboux-polynomials",
    "subject": first_integral(PLANAR)["subject"],
    "chain": TANH,
    "pairs": [planar_darboux(unit, sign) for unit in (1, 2) for sign in (1, -1)],
}


def test_the_four_darboux_polynomials_of_the_planar_rotation() -> None:
    found = conclude(DARBOUX)
    assert found.verdict is Verdict.PROVED
    assert "F = 1-tanh(x1), K = -tanh(x2)-tanh(x1)*tanh(x2)" in str(found.case)


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [[DARBOUX["pairs"][0][0], DARBOUX["pairs"][1][1]]],
        [[[["1", []]], []]],  # a constant, whose cofactor is 0
        [DARBOUX["pairs"][0][:1]],
        DARBOUX["pairs"] * 51,
        [[[["1", power(1, k)] for k in range(60, 0, -1)] * 400, []]],
        "none",
    ],
)
def test_what_are_no_darboux_polynomials_is_rejected(pairs: object) -> None:
    with pytest.raises(CertificateRejected):
        conclude({**DARBOUX, "pairs": pairs})


def test_the_ring_of_the_field_is_that_of_the_subject() -> None:
    from gsdcheck.certify.darboux import read_field

    _, field = read_field(DARBOUX)
    assert isinstance(field, PolynomialField)
    x1, t1, x2, t2 = field.variables
    assert field.velocity == [t2, -t1]
    assert field.lie(t1 * t1) == 2 * t1 * (1 - t1 * t1) * t2
    assert field.lie(x1 * x2) == x2 * t2 - x1 * t1


@pytest.mark.parametrize("form", ["outer", "inner"])
def test_the_field_has_the_leak_and_the_bias_of_each_unit(form: str) -> None:
    """x' = -γx + Wσ(x) + b; for y = Wx + b of the inner form y' = -γ(y - b) + Wσ(y)."""
    from gsdcheck.certify.darboux import read_field

    W = [["0", "1", "-2"], ["-1", "0", "3"], ["2", "-3", "0"]]
    subject = {**DARBOUX["subject"], "W": W, "form": form, "leak": "1/3", "bias": ["1", "2", "5"]}
    _, field = read_field({**DARBOUX, "subject": subject})
    x1, t1, x2, t2, x3, t3 = field.variables
    b = [1, 2, 5] if form == "outer" else [fmpq(1, 3), fmpq(2, 3), fmpq(5, 3)]
    third = fmpq(1, 3)
    assert field.velocity[0] == t2 - 2 * t3 - third * x1 + b[0]
    assert field.velocity[1] == -t1 + 3 * t3 - third * x2 + b[1]
    assert field.velocity[2] == 2 * t1 - 3 * t2 - third * x3 + b[2]
