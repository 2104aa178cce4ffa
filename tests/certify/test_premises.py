"""Every premise holds of one subject and is rejected on another: the table is by hand."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from flint import arb, fmpq_poly

from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.line_facts import LINE_FACTS
from gsdcheck.certify.premise import Finding, Known
from gsdcheck.certify.premises import PREMISES, READ_AN_ORBIT
from gsdcheck.certify.rotation_premises import are_commensurate, rational_state, squared_frequencies
from gsdcheck.certify.subject import Subject, read_subject, subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.facts.line_facts import line_fact
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import system
from gsdcheck.model.verdict import Evidence

PLANAR = [[0, 1], [-1, 0]]
CROSS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
_LOOSE = [[0, 1, 0], [-1, 0, 0], [0, 0, 0]]
"""The third unit acts on none, and none on it."""
PAIR = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 2], [0, 0, -2, 0]]
CHAIN = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]


@dataclass(frozen=True)
class Given:
    """A subject from literals."""

    W: list[list[Any]]
    activation: str = "tanh"
    state: list[str] | None = None
    step: str | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def subject(self) -> Subject:
        data = subject_data(system(self.W, self.activation, **self.options), self.state)
        return read_subject({**data, "step": self.step})


def given(W: list[list[Any]], activation: str = "tanh", **options: Any) -> Given:
    state, step = options.pop("state", None), options.pop("step", None)
    return Given(W, activation, state, step, options)


@cache
def known(activation: str) -> Known:
    """What is established of the activation."""
    found = find_activation(activation)
    facts = {
        name: (fact.holds, fact.evidence or Evidence.SAMPLED)
        for name, fact in activation_facts(found).items()
        if fact.holds is not None
    }
    for name in LINE_FACTS:
        if line_fact(found.expression, name) is not None:
            facts[name] = (True, Evidence.BALL)
    balls: dict[str, tuple[arb, Evidence]] = {}
    for name, quantity in activation_quantities(found).items():
        if quantity.certificate is not None:
            low, high = check_quantity(quantity.certificate)
            balls[name] = (low if low == high else low.union(high), Evidence.BALL)
    return Known(facts=facts, quantities=balls)


# premise: (a subject of which it holds, one of which it does not)
TABLE: dict[str, tuple[Given, Given]] = {
    "skew": (given(CROSS), given([[0, 1], ["-1000001/1000000", 0]])),
    "not-skew": (given([[0, 1], ["-1000001/1000000", 0]]), given(PLANAR)),
    "invertible": (given(PLANAR), given(CROSS)),
    "singular": (given(CROSS), given(PLANAR)),
    "nonzero-weights": (given([[0, "1/1000000"], [0, 0]]), given([[0, 0], [0, 0]])),
    "planar": (given(PLANAR), given(CROSS)),
    "odd-size": (given(CROSS), given(PLANAR)),
    "similar-to-skew": (given([[1, -2], [1, -1]]), given([[0, 1], [0, 0]])),  # a Jordan block at 0
    "energy-rate-vanishes": (given(CROSS), given([[0, 1], [1, 0]])),
    "rotation": (given([[1, -2], [1, -1]]), given([[0, 1], [1, 0]])),  # W² = I
    "negative-definite": (given([[-1, 5], [-5, -1]]), given([[-1, 3], [0, -1]])),  # 4 < 9
    "bias-outside-range": (given(CROSS, bias=[1, 1, 1]), given(CROSS, bias=[1, -1, 0])),
    "bias-in-range": (given(CROSS, bias=[1, -1, 0]), given(CROSS, bias=[1, 1, 1])),
    "outer": (given(PLANAR), given(PLANAR, form="inner")),
    "inner": (given(PLANAR, form="inner"), given(PLANAR)),
    "linear": (given(PLANAR, "identity"), given(PLANAR)),
    "tanh": (given(PLANAR), given(PLANAR, "tanh(x/2)")),
    "no-leak": (given(PLANAR), given(PLANAR, leak="1/1000000")),
    "leak": (given(PLANAR, leak="1/1000000"), given(PLANAR)),
    "no-bias": (given(PLANAR), given(PLANAR, form="inner", bias=[0, 1])),
    "no-outer-bias": (given(PLANAR, form="inner", bias=[0, 1]), given(PLANAR, bias=[0, 1])),
    "nonzero-step": (given(PLANAR, step="-1/10"), given(PLANAR, step="0")),
    "relaxing-step": (given(PLANAR, leak=2, step="1/2"), given(PLANAR, leak=2, step="501/1000")),
    "continuous": (given(PLANAR, "relu"), given(PLANAR, "sign(x)")),
    "odd": (given(PLANAR, "softsign"), given(PLANAR, "expm1")),
    "not-odd": (given(PLANAR, "expm1"), given(PLANAR, "softsign")),
    "bounded": (given(PLANAR, "sin"), given(PLANAR, "gelu")),
    "unbounded": (given(PLANAR, "gelu"), given(PLANAR, "sin")),
    "nondecreasing": (given(PLANAR, "relu"), given(PLANAR, "gelu")),
    "strictly-increasing": (given(PLANAR, "cube"), given(PLANAR, "relu")),
    "lipschitz": (given(PLANAR, "hardtanh"), given(PLANAR, "cube")),
    "strict-sign": (given(PLANAR, "gelu"), given(PLANAR, "relu")),
    "weak-sign": (given(PLANAR, "relu"), given(PLANAR, "sin")),
    "zero-at-origin-only": (given(PLANAR, "-x"), given(PLANAR, "sigmoid")),
    "confining": (given(PLANAR, "sinh"), given(PLANAR, "gelu")),
    "infinite-escape-energy": (given(PLANAR, "sinh"), given(PLANAR, "xgauss")),
    "infinite-well-depth": (given(PLANAR, "atan"), given(PLANAR, "sin")),
    "positive-escape-energy": (given(PLANAR, "gelu"), given(PLANAR, "relu")),  # Φ = 0 left of 0
    "positive-well-depth": (given(PLANAR, "sin"), given(PLANAR, "-x")),  # the well of -x is {0}
    "rests-at-zero": (given(PLANAR, "gelu"), given(PLANAR, "sigmoid")),
    "positive-energy": (given(PLANAR, state=["0", "1/1000"]), given(PLANAR, state=["0", "0"])),
    "below-escape": (  # sin: E* = 2, and H(x, 0) = 1 - cos x
        given(PLANAR, "sin", state=["3", "0"]),
        given(PLANAR, "sin", state=["3", "1/2"]),
    ),
    "below-well-depth": (  # x exp(-x²): E₀ = 1/2, and H(s, s) = 1 - exp(-s²) = 1/2 at s = √(ln 2) = 0.8325...
        given(PLANAR, "xgauss", state=["83/100", "83/100"]),
        given(PLANAR, "xgauss", state=["21/25", "21/25"]),
    ),
    "above-escape": (
        given(PLANAR, "xgauss", state=["21/25", "21/25"]),
        given(PLANAR, "xgauss", state=["83/100", "83/100"]),
    ),
    "not-an-equilibrium": (given(PLANAR, state=["0", "1/1000"]), given(PLANAR, "sin", state=["pi", "-pi"])),
    "nonzero-equilibrium": (given(CROSS, state=["2", "2", "2"]), given(CROSS, state=["2", "2", "1"])),
    "rank-two": (given(CROSS), given([[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]])),
    "positive-casimir": (given(CROSS, form="inner"), given([[0, 0, 1], [0, 0, 0], [-1, 0, 0]], form="inner")),
    "one-signed": (given(PLANAR, "log_sigmoid"), given(PLANAR, "relu")),
    "above-line": (given(PLANAR, "expm1"), given(PLANAR, "tanh")),
    "steep": (given(PLANAR, "sinh"), given(PLANAR, "elu")),  # ELU's slope goes to 0
    "not-nondecreasing": (given(PLANAR, "gelu"), given(PLANAR, "relu")),
    "energy-falls": (
        given(PLANAR, "sin", state=["3", "3"], step="1"),
        given(PLANAR, state=["3", "3"], step="1"),
    ),
    "euler-overflows": (  # |x| grows by √(1 + h²) a step
        given(PLANAR, "identity", state=["1", "1"], step="10"),
        given(PLANAR, "tanh", state=["1", "1"], step="10"),
    ),
    "feeds-forward": (  # unit 1 is fed by unit 0, and feeds nobody; with a bias unit 0 moves
        given([[0, 0], [1, 0]], state=["1", "0"]),
        given([[0, 0], [1, 0]], state=["1", "0"], bias=[1, 0]),
    ),
    "energy-changes": (  # xᵀWx = -x₁x₂ with a broken mirror
        given([[0, 1], [-2, 0]], state=["1", "1"]),
        given([[0, 1], [-2, 0]], state=["1", "0"]),
    ),
    "casimir-changes": (
        given(CROSS, state=["3", "1", "0"], form="inner"),
        given(CROSS, state=["3", "1", "0"]),
    ),
    "trace-differs": (  # the slope of ReLU is 0 left of 0
        given([[1, 1], [-1, 0]], "relu", state=["1", "1"]),
        given([[1, 1], [-1, 0]], "relu", state=["-1", "1"]),
    ),
    "norm-changes": (
        given(PLANAR, state=["1", "2"]),
        given(PLANAR, state=["1", "1"]),
    ),
    "drive-differs": (given(CROSS, state=["1", "1", "2"]), given(CROSS, state=["1", "1", "1"])),
    "pushed": (given(PLANAR, state=["0", "1/1000"]), given(PLANAR, state=["0", "0"])),
    "euler-norm-differs": (
        given(PLANAR, "identity", state=["1", "0"], step="1/10", leak="1/1000"),
        given(PLANAR, "identity", state=["1", "0"], step="1/10"),
    ),
    "runs-straight": (  # x₁ moves left with W reversed, right with PLANAR; relu is 0 on the left only
        given([[0, -1], [1, 0]], "relu", state=["-1", "1"]),
        given(PLANAR, "relu", state=["-1", "1"]),
    ),
    "glides": (
        given([[0, 0, 1], [0, 0, -1], [-1, 1, 0]], "sin", state=["0", "pi", "pi/2"]),
        given(CROSS, "sin", state=["0", "pi", "pi/2"]),
    ),
    "mirror-line": (
        given(PLANAR, "sin", state=["pi/2", "pi/2"]),
        given(PLANAR, "sin", state=["pi/3", "pi/3"]),
    ),
    "zero-diagonal": (given([[0, 2], [5, 0]]), given([[0, 1], [-1, "1/1000"]])),
    "skew-symmetrizable": (given([[0, 1], [-2, 0]]), given([[0, 1], [2, 0]])),
    "equal-rows": (given([[1, -1], [1, -1]]), given([[1, -1], [1, "-2"]])),
    "small-tilt": (given(PLANAR, bias=["99/100", 0]), given(PLANAR, bias=[1, 0])),
    "large-tilt": (given(PLANAR, bias=[0, -1]), given(PLANAR, bias=["99/100", 0])),
    "stable-step": (  # h (1 + 3) < 2, √3 being the frequency of CROSS
        given(CROSS, leak=1, step="49/100"),
        given(CROSS, leak=1, step="1/2"),
    ),
    "rk4-stable-step": (  # 3h² ≤ 8: h ≤ 1.63299...
        given(CROSS, step="204/125"),
        given(CROSS, step="-817/500"),
    ),
    "contractive-step": (  # L = 1, ‖W‖_F = √2: h < √2
        given(PLANAR, step="-141/100"),
        given(PLANAR, step="71/50"),
    ),
    "analytic": (given(PLANAR, "gelu"), given(PLANAR, "relu")),
    "rectified": (given(PLANAR, "rectified_tanh"), given(PLANAR, "leaky_relu")),
    "rises-at-zero": (given(PLANAR, "gelu"), given(PLANAR, "cube")),
    "casimir-moves": (
        given(CROSS, form="inner", state=["3", "1", "0"]),
        given(CROSS, form="inner", state=["1", "1", "1"]),
    ),
    "turns-among-positive-states": (
        given(CROSS, "relu", state=["3", "2", "1"]),
        given(CROSS, "relu", state=["4", "2", "0"]),
    ),
    "negative-curvature": (  # cos x₁ + cos x₂ < 0
        given(PLANAR, "sin", state=["8/5", "8/5"]),
        given(PLANAR, "sin", state=["3/2", "3/2"]),
    ),
    "jacobian-leaves-the-axis": (  # cos 0 · cos 3 < 0, cos 0 · cos 1 > 0
        given(PLANAR, "sin", state=["0", "3"]),
        given(PLANAR, "sin", state=["0", "1"]),
    ),
    "never-closes": (  # ω = (√5 ± 1)/2, and ω = 1 and 2
        given(CHAIN, "identity", state=["1", "0", "0", "0"]),
        given(PAIR, "identity", state=["1", "0", "1", "0"]),
    ),
    "two-rotations": (given(PAIR), given(CHAIN)),
    "turns-about-the-diagonal": (given(CROSS, state=["1", "0", "0"]), given(CROSS, state=["2", "2", "2"])),
}

MORE_REJECTED = [
    ("skew", given([[1, 1], [-1, 0]])),
    ("rotation", given([[0, 0], [0, 0]])),  # q = 0
    ("rotation", given([[0, 1, 0], [-1, 0, 0], [0, 0, 0]])),
    ("similar-to-skew", given([[0, 1], [1, 0]])),
    ("negative-definite", given([[0, 1], [-1, 0]])),
    ("nonzero-step", given(PLANAR)),
    ("relaxing-step", given(PLANAR, leak=2, step="-1/2")),
    ("relaxing-step", given(PLANAR, leak=2)),
    ("below-escape", given(PLANAR, "sin")),
    ("below-escape", given(PLANAR, "sigmoid", state=["0", "0"])),  # no well, so no escape energy
    ("below-well-depth", given(PLANAR, "relu", state=["-1", "-1"])),  # E₀ = 0
    ("not-an-equilibrium", given(PLANAR, leak=1, state=["0", "0"])),
    ("nonzero-equilibrium", given(CROSS, state=["0", "0", "0"])),
    ("nonzero-equilibrium", given(CROSS, "x + 1", bias=[1, 1, 1], state=["2", "2", "2"])),
    ("nonzero-equilibrium", given(CROSS, form="inner", state=["2", "2", "2"])),
    ("nonzero-equilibrium", given(CROSS, leak=1, state=["2", "2", "2"])),
    ("nonzero-equilibrium", given(_LOOSE, "sigmoid", state=["0", "0", "1"])),  # σ(0) = 1/2 acts
    ("nonzero-equilibrium", given(CROSS, state=["0", "0", "1"])),
    ("nonzero-equilibrium", given(PLANAR, "sin", state=["pi", "pi"])),  # true, but not seen by cancellation
    ("nonzero-equilibrium", given(PLANAR, "log(x)", state=["sqrt(2)*18446744073709551617", "1"])),
    ("energy-falls", given(PLANAR, "sin", state=["1", "2"])),  # no step
    (
        "euler-overflows",
        given(PLANAR, "1/x", state=["1", "1"], step="1"),
    ),  # x₁ = (2, 0), where σ has no value
    (
        "jacobian-leaves-the-axis",
        given(PLANAR, "relu", state=["sqrt(2)", "1"]),
    ),  # a kink is looked for at rationals
    ("runs-straight", given([[0, -1], [1, 0]], "relu", state=["1", "1"])),  # relu is not 0 at 1
    ("runs-straight", given([[0, -1], [1, 0]], "relu", state=["-1", "-1"])),  # it does not move
    ("runs-straight", given(PLANAR, "x*Min(0, Max(-1, x - 5))", state=["1", "-1"])),  # zero on [5, ∞) only
    ("runs-straight", given(CROSS, "relu", state=["-1", "1", "1"])),  # n = 3
    ("glides", given([[0, 0, 1], [0, 0, -1], [-1, 1, 0]], "sin", state=["0", "pi", "pi"])),  # at rest
    ("glides", given([[0, 0, 1], [0, 0, -1], [-1, 1, 0]], "sin", state=["0", "pi/2", "pi/2"])),
    ("glides", given([[0, 0, 1], [0, 0, -1], [-1, 1, 0]], "tanh", state=["0", "pi", "pi/2"])),
    ("mirror-line", given(PLANAR, "sin", state=["-pi/2", "-pi/2"])),  # sin c < 0
    ("mirror-line", given([[0, -1], [1, 0]], "sin", state=["pi/2", "pi/2"])),
    ("mirror-line", given(PLANAR, "sin", state=["pi/2", "-pi/2"])),
    ("mirror-line", given(PLANAR, "x*(pi - x)", state=["pi/2", "pi/2"])),  # true, but not as trees
    ("mirror-line", given(CROSS, "sin", state=["pi/2", "pi/2", "pi/2"])),
    ("equal-rows", given([[1, 2], [1, 2]])),
    ("small-tilt", given(CROSS, bias=[1, -1, 0])),  # singular
    ("large-tilt", given(CROSS, bias=[1, -1, 0])),
    ("stable-step", given(CROSS, leak=1)),
    ("stable-step", given(CROSS, leak=1, step="-1/10")),
    ("stable-step", given(CROSS, step="1/10")),  # γ = 0
    ("rk4-stable-step", given(CROSS)),
    ("contractive-step", given(PLANAR)),
    ("contractive-step", given(PLANAR, "cube", step="1/1000")),  # L = ∞
    ("contractive-step", given(PLANAR, "cube", step="0")),
    ("analytic", given(PLANAR, "sqrt(x**2)")),
    ("rectified", given(PLANAR, "Abs(sin(x))")),
    ("rectified", given(PLANAR, "Max(0, x) + 1")),
    ("rectified", given(PLANAR, "Max(0, x*(1-x))")),
    ("rises-at-zero", given(PLANAR, "sigmoid")),
    ("rises-at-zero", given(PLANAR, "log(x)")),  # no value at 0
    ("rises-at-zero", given(PLANAR, "x**(1/3)")),  # no finite slope
    ("rises-at-zero", given(PLANAR, "relu")),
    ("casimir-moves", given(PLANAR, form="inner", state=["3", "1"])),  # no Casimir
    ("turns-among-positive-states", given(CROSS, "tanh", state=["3", "2", "1"])),
    ("turns-among-positive-states", given(CROSS, "Max(0, x*(1-x))", state=["3", "2", "1"])),
    ("turns-among-positive-states", given(CROSS, "relu", state=["3", "2", "1"], form="inner")),
    ("turns-among-positive-states", given(CROSS, "relu", state=["pi", "2", "1"])),
    ("turns-among-positive-states", given(CROSS, "relu", state=["2", "2", "2"])),  # at rest
    ("turns-among-positive-states", given(CROSS, "relu", state=["-3", "-2", "-1"])),
    ("turns-among-positive-states", given(CROSS, "relu", state=["3", "2", "1"], leak=1)),
    ("turns-among-positive-states", given(CROSS, "relu", state=["3", "2", "1"], bias=[1, 0, 0])),
    ("turns-among-positive-states", given([[0, 0], [0, 0]], "relu", state=["3", "2"])),
    ("turns-among-positive-states", given([[0, 1], [1, 0]], "relu", state=["3", "2"])),  # W³ = W
    (  # W³ = W, and W (1, 1, 1) = 0: a hyperbola about (10, 10, 10)
        "turns-among-positive-states",
        given(
            [["1/3", "-2/3", "1/3"], ["-2/3", "1/3", "1/3"], ["1/3", "1/3", "-2/3"]],
            "relu",
            state=["11", "10", "9"],
        ),
    ),
    ("turns-among-positive-states", given(CROSS, "relu", state=["2", "1", "0"])),  # c² = 1 < 4a²/3, a = 1
    (
        "turns-among-positive-states",
        given(
            [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]], "relu", state=["9", "9", "9", "9"]
        ),
    ),
    ("negative-curvature", given(PLANAR, "sin", state=["3", "3"], form="inner")),
    ("negative-curvature", given(PLANAR, "relu", state=["0", "3"])),  # a kink
    ("jacobian-leaves-the-axis", given(PLANAR, "Abs(x)", state=["0", "1"])),  # a kink at 0
    ("jacobian-leaves-the-axis", given(CROSS, "sin", state=["0", "3", "0"])),
    ("never-closes", given(CHAIN, "identity", state=["0", "0", "0", "0"])),
    ("never-closes", given(CHAIN, "identity", state=["pi", "0", "0", "0"])),
    ("never-closes", given(CHAIN, "tanh", state=["1", "0", "0", "0"])),
    ("never-closes", given(CHAIN, "identity", state=["1", "0", "0", "0"], leak=1)),
    ("never-closes", given([[1, 1], [-1, 0]], "identity", state=["1", "0"])),
    ("never-closes", given(CROSS, "identity", state=["1", "1", "1"])),  # it rests
    ("never-closes", given(CROSS, "identity", state=["3", "2", "1"])),  # one frequency, √3
    ("two-rotations", given(PLANAR)),
    ("two-rotations", given([[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])),
    ("turns-about-the-diagonal", given([[0, 1, 0], [-1, 0, 0], [0, 0, 0]], state=["1", "0", "0"])),
    ("turns-about-the-diagonal", given(PLANAR, state=["1", "0"])),
    ("turns-about-the-diagonal", given([[0] * 3] * 3, state=["1", "0", "0"])),
    ("mirror-line", given(PLANAR, "sin", state=["1", "pi"])),
]


ALSO_HOLDS = [
    ("runs-straight", given(PLANAR, "-Max(0, x)", state=["-1", "1"])),  # σ(x₂) < 0 drives x₁ to the left
    ("casimir-moves", given([[0, 0], [0, 0]], bias=[0, 1], state=["1", "1"])),  # of two Casimirs the second
    (  # q = 3/4
        "turns-among-positive-states",
        given([[0, "1/2", "-1/2"], ["-1/2", 0, "1/2"], ["1/2", "-1/2", 0]], "relu", state=["3", "2", "1"]),
    ),
    # about (c, c, c) with c = 10: c² = 100 > 4a²/3 = 33 for a = 5
    ("turns-among-positive-states", given(CROSS, "relu", state=["15", "10", "5"])),
]


@pytest.mark.parametrize(("premise", "subject"), ALSO_HOLDS)
def test_a_premise_holds_in_other_cases_too(premise: str, subject: Given) -> None:
    assert decide(premise, subject).evidence


def decide(premise: str, subject: Given) -> Finding:
    return PREMISES[premise].decide(subject.subject(), known(subject.activation))


def test_the_table_has_every_premise() -> None:
    """Those about an orbit that is followed have a table of their own."""
    assert set(TABLE) == set(PREMISES) - READ_AN_ORBIT


def test_coordinates_at_which_the_activation_is_zero_need_not_cancel() -> None:
    # W tanh(0, 0, 1) = tanh(1) (third column) = 0; the weights of the zeros do not add up to 0
    assert decide("nonzero-equilibrium", given(_LOOSE, state=["0", "0", "1"])).evidence is Evidence.EXACT


@pytest.mark.parametrize("premise", TABLE)
def test_a_premise_holds_and_says_how_it_was_decided(premise: str) -> None:
    finding = decide(premise, TABLE[premise][0])
    assert finding.evidence in (Evidence.EXACT, Evidence.BALL, Evidence.SYMBOLIC)
    assert finding.margin is None or finding.margin > 0


@pytest.mark.parametrize(
    ("premise", "subject"),
    [*((name, wrong) for name, (_, wrong) in TABLE.items()), *MORE_REJECTED],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_premise_that_fails_is_rejected_with_a_reason(premise: str, subject: Given) -> None:
    with pytest.raises(CertificateRejected, match=r"\w+ .*\."):
        decide(premise, subject)


@pytest.mark.parametrize("premise", [name for name in TABLE if PREMISES[name].reads])
def test_what_is_read_of_an_activation_must_be_established(premise: str) -> None:
    with pytest.raises(CertificateRejected, match="no certificate establishes"):
        PREMISES[premise].decide(TABLE[premise][0].subject(), Known())


@pytest.mark.parametrize("premise", ["below-escape", "below-well-depth", "above-escape"])
def test_an_energy_within_the_enclosure_of_the_level_is_not_decided(premise: str) -> None:
    level = known("xgauss").quantities["escape_energy"][0].union(arb(1, 1))  # [0, 2]
    wide = Known(quantities=dict.fromkeys(("escape_energy", "well_depth"), (level, Evidence.BALL)))
    with pytest.raises(CertificateRejected, match="could not be shown"):
        PREMISES[premise].decide(TABLE[premise][0].subject(), wide)


def test_a_mirror_line_holds_all_points_between_two_equilibria() -> None:
    """sin from (1, π - 1), on the line through (π/2, π/2)."""
    margin = decide("mirror-line", given(PLANAR, "sin", state=["1", "pi-1"])).margin
    assert margin is not None
    assert margin.overlaps(arb(1).sin())


@pytest.mark.parametrize(
    ("W", "state", "roots"),
    [
        (PAIR, ["1", "2", "0", "1"], [1, 4]),
        (PAIR, ["1", "2", "0", "0"], [1]),
        (CROSS, ["3", "2", "1"], [3]),
        (CROSS, ["1", "1", "1"], []),
    ],
)
def test_the_excited_frequencies_are_the_roots_of_the_least_polynomial(
    W: list[list[Any]], state: list[str], roots: list[int]
) -> None:
    subject = given(W, "identity", state=state).subject()
    squares = squared_frequencies(subject.W, rational_state(subject))
    assert squares.degree() == len(roots)
    assert all(squares(root) == 0 for root in roots)


@pytest.mark.parametrize(
    ("coefficients", "rational"),
    [([36, -13, 1], True), ([2, -3, 1], False), ([1, -3, 1], False), ([-3, 1], True), ([2, -9, 4], False)],
)
def test_quotients_of_frequencies_are_rational_iff_those_of_their_squares_are_squares(
    coefficients: list[int], rational: bool
) -> None:
    """(s - 4)(s - 9); (s - 1)(s - 2); irreducible; s - 3; 4 (s - 1/4)(s - 2): √8."""
    assert are_commensurate(fmpq_poly(coefficients)) is rational


def test_a_margin_is_the_distance_from_the_level() -> None:
    """sin: E* - H(3, 0) = 2 - (1 - cos 3) = 1 + cos 3."""
    import math

    margin = decide("below-escape", TABLE["below-escape"][0]).margin
    assert margin is not None
    assert abs(float(margin.mid()) - (1 + math.cos(3))) < 1e-15
