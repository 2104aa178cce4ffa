"""Every theorem applies to a subject that satisfies it, and to none that breaks one of its premises."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gsdcheck.certify.certificates import conclude, written_proof
from gsdcheck.certify.pages import page_text
from gsdcheck.certify.premise import Finding
from gsdcheck.certify.premises import PREMISES, READ_A_STATE, READ_A_STEP, READ_AN_ORBIT
from gsdcheck.certify.subject import subject_data
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.claims import BY_ID
from gsdcheck.claims.entry import facts_read_by
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import system
from gsdcheck.model.verdict import MAY_PROVE, MAY_REFUTE, Evidence, Verdict

PLANAR = [[0, 1], [-1, 0]]
CROSS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
CHAIN = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]
SPIRAL = [[2, -2], [2, 2]]
DRIFTING = [[0, 1, 1, 1, 0], [-1, 0, 0, 0, 1], [-1, 0, 0, 0, 0], [-1, 0, 0, 0, -1], [0, -1, 0, 1, 0]]
PENDANT = [[0, 1, 1, 1], [-1, 0, 1, 0], [-1, -1, 0, 0], [-1, 0, 0, 0]]
OF_ALL_ORBITS = ("orbits-are-bounded", "planar-orbits-are-closed", "oscillation-is-perpetual")

Data = dict[str, Any]


def data(W: list[list[Any]], activation: str = "tanh", **options: Any) -> Data:
    state, step = options.pop("state", None), options.pop("step", None)
    return {**subject_data(system(W, activation, **options), state), "step": step}


SUBJECTS: dict[str, Data] = {
    "energy-is-conserved": data(CROSS, "gelu"),
    "conserved-energy-implies-skew": data(CROSS, "elu"),
    "casimirs-are-conserved": data([[1, 2], [2, 4]], "relu"),
    "odd-size-has-a-casimir": data(CROSS, "sigmoid", leak=1, bias=[1, 0, 0]),
    "darboux-polynomials-give-first-integrals": data(CROSS),
    "energy-without-oddness": data(CROSS, "elu"),
    "energy-without-boundedness": data(CROSS, "gelu"),
    "orbits-are-bounded": data(CROSS, "relu"),
    "all-orbits-are-bounded": data(CROSS, "elu"),
    "well-orbits-are-bounded": data(CROSS, "sin"),
    "this-orbit-is-bounded": data(PLANAR, "gelu", state=["1/2", "0"]),
    "invertible-inner-orbits-are-bounded": data(PLANAR, "cube", form="inner", bias=[1, 2]),
    "inner-orbits-are-bounded-at-rank-two": data(CROSS, "cube", form="inner", bias=[1, -1, 0]),
    "rank-two-inner-orbits-are-bounded": data(CROSS, "cube", form="inner", bias=[1, -1, 0]),
    "inner-form-drifts": data(CROSS, "elu", form="inner", bias=[1, -1, 0]),
    "drift-against-inner-orbits-are-bounded": data(CROSS, "leaky_relu", form="inner"),
    "one-signed-activations-unbound-orbits": data([[1, 2], [0, 1]], "sigmoid"),
    "bias-outside-range-unbounds-the-inner-form": data(CROSS, form="inner", bias=[1, 0, 0]),
    "leaky-orbits-are-bounded": data([[5, 1], [3, 4]], "sin", leak="1/2", bias=[1, 0]),
    "leaky-euler-iterates-are-bounded": data([[5, 1], [3, 4]], leak=2, step="1/2", form="inner"),
    "oscillation-is-perpetual": data(PLANAR, "gelu"),
    "all-orbits-oscillate": data(PLANAR, "elu"),
    "well-orbits-oscillate": data(PLANAR, "sin"),
    "this-orbit-oscillates": data(PLANAR, "gelu", state=["1/2", "0"]),
    "leaves-hold-one-equilibrium": data(CROSS, "sigmoid"),
    "planar-orbits-are-closed": data(PLANAR, "xgauss"),
    "all-planar-orbits-are-closed": data(PLANAR, "expm1"),
    "well-planar-orbits-are-closed": data(PLANAR, "gelu"),
    "tanh-period-is-elliptic": data([[0, -3], [3, 0]]),
    "linear-oscillation-iff-similar-to-skew": data([[1, -2], [1, -1]], "identity"),
    "leak-stops-oscillation": data(CROSS, "relu", leak=1) | {"activation": "Max(0, Min(1, x))"},
    "dissipative-weights-stop-oscillation": data([[-1, 2], [-3, -1]], "elu"),
    "rest": data(PLANAR, "zero", state=["1", "0"]),
    "planar-escape": data(PLANAR, "xgauss", state=["1", "1"]),
    "mirror-line": data(PLANAR, "sin", state=["pi/2", "pi/2"]),
    **{
        f"escape-against-{claim}": data(PLANAR, "gelu", state=["1", "0"])
        for claim in (*OF_ALL_ORBITS, "leaves-oscillate-or-all-escape")
    },
    **{
        f"straight-orbit-against-{claim}": data([[0, -1], [1, 0]], "relu", state=["-1", "1"])
        for claim in (*OF_ALL_ORBITS, "leaves-oscillate-or-all-escape")
    },
    **{
        f"mirror-line-against-{claim}": data(PLANAR, "sin", state=["pi/2", "pi/2"])
        for claim in (*OF_ALL_ORBITS[1:], "leaves-oscillate-or-all-escape")
    },
    **{
        f"rest-against-{claim}": data(PLANAR, "x*(x-1)**2", state=["1", "1"])
        for claim in (OF_ALL_ORBITS[2], "leaves-oscillate-or-all-escape")
    },
    **{f"one-signed-activation-against-{claim}": data(PLANAR, "log_sigmoid") for claim in OF_ALL_ORBITS},
    "gliding-orbit": data([[0, 0, 1], [0, 0, -1], [-1, 1, 0]], "sin", state=["0", "pi", "pi/2"]),
    "real-eigenvalue-against-jacobian-spectrum-is-imaginary": data(PLANAR, "hard_swish", state=["-2", "1"]),
    "euler-energy-falls": data(PLANAR, "sin", state=["3", "3"], step="1"),
    "euler-energy-falls-without-monotony": data(PLANAR, "sin", state=["3", "3"], step="1"),
    "linear-euler-outgrows": data(CROSS, "identity"),
    "steep-euler-outgrows": data(PLANAR, "leaky_relu"),
    "euler-overflows": data(PLANAR, "cube", state=["1", "1"], step="10"),
    "leaves-oscillate-or-all-escape": data(CROSS, "sigmoid", bias=[1, 2, 3]),
    "closed-orbits-without-oddness": data(PLANAR, "expm1"),
    "rest-away-from-zero": data(CROSS, "atan", state=["-1", "-1", "-1"]),
    "planar-centre": data(PLANAR, "erf"),
    "rotation-without-skewness": data([[1, -2], [1, -1]], "identity"),
    "real-eigenvalue": data(PLANAR, "xgauss", state=["0", "1"]),
    "euler-diverges-though-bounded": data(CROSS, state=["1", "0", "0"], step="-1/10"),
    "jacobian-spectrum-is-imaginary": data(CROSS, "relu", bias=[1, 0, 0]),
    "jacobian-spectrum-is-symmetric": data(CROSS, "gelu"),
    "linear-norm-is-conserved-iff-skew": data(CROSS, "identity"),
    "linear-euler-blows-up": data(CROSS, "identity"),
    "euler-energy-never-decreases": data(CROSS, "relu"),
    "euler-growth-is-at-most-linear": data(CROSS, "sin"),
    "euler-does-not-overflow": data([[5, 1], [3, 4]], "sin", bias=[1, 0]),
    "euler-iterates-diverge": data(CROSS, "sigmoid", step="1/10"),
    "inner-energy-without-skewness": data([[1, -1], [1, -1]], "expm1", form="inner"),
    "skew-symmetrizable-weights-conserve-an-energy": data([[0, 1], [-2, 0]], "relu"),
    "weighted-energy-without-skewness": data([[0, 1], [-2, 0]], "elu"),
    "inner-casimir-moves": data(CROSS, form="inner", state=["3", "1", "0"]),
    "bias-tilts-the-energy": data(CROSS, "sin", bias=[1, -1, 0]),
    "tilted-energy-is-coercive-iff-bias-is-small": data(PLANAR, bias=["1/2", "-3/4"]),
    "large-bias-unbounds-orbits": data([[1, 2], [0, 1]], bias=[1, 3]),
    "flow-preserves-volume": data([[0, 2], [5, 0]], "relu", bias=[1, 2]),
    "almost-every-orbit-recurs": data(CROSS, "elu"),
    "almost-every-inner-orbit-recurs": data(PLANAR, "softsign", form="inner", bias=[1, 2]),
    "orbits-are-not-attracting": data(CROSS, "sigmoid"),
    "no-compact-set-attracts": data([[0, 2], [5, 0]], "gelu", bias=[1, 2]),
    "closed-orbits-are-not-isolated-below-four": data(CROSS, "sin", bias=[1, 0, 0]),
    "escape-energy-is-sharp-in-the-plane": data(PLANAR, "gelu", state=["1", "0"]),
    "rest-above-the-escape-energy": data(PLANAR, "Max(0, x*(1-x))", state=["2", "2"]),
    "inner-orbits-converge-only-at-rest": data(CROSS, "elu", form="inner", bias=[1, 0, 0]),
    "activations-average-to-zero": data(PLANAR, "expm1"),
    "coordinates-keep-changing-sign": data(PLANAR, "hardtanh"),
    "small-period-tends-to-linear": data([[0, -3], [3, 0]], "gelu"),
    "tanh-period-grows-linearly": data([[0, -3], [3, 0]]),
    "invertible-weights-bound-inner-orbits": data(PLANAR, "hardtanh", form="inner", bias=[1, 2]),
    "drift-against-increasing-activations": data(CROSS, "elu", form="inner", bias=[1, -1, 0]),
    "rectified-orbits-never-close": data(PLANAR, "relu"),
    "rectified-activations-unbound-orbits": data(PLANAR, "rectified_tanh"),
    "rotation-among-positive-states": data(CROSS, "relu", state=["3", "2", "1"]),
    "rank-two-orbits-are-closed": data(CROSS, "expm1"),
    "rank-two-orbits-about-an-equilibrium-are-closed": data(CROSS, "sigmoid", state=["1", "1", "1"]),
    "linear-orbits-close-iff-commensurate": data(CROSS, "identity"),
    "odd-jacobian-is-singular": data(CROSS, "gelu", bias=[1, 0, 0]),
    "planar-jacobian-has-opposite-eigenvalues": data(PLANAR, "sin", bias=[1, 0]),
    "closed-orbits-never-survive-euler": data(CROSS, "sigmoid", step="1/10"),
    "energy-never-falls-iff-nondecreasing": data(PLANAR, "gelu"),
    "euler-step-gains-at-most-quadratically": data(CROSS, "gelu"),
    "euler-step-bound-is-attained": data(CROSS, "identity"),
    "euler-energy-diverges": data(CROSS, "elu", step="-1/10"),
    "euler-energy-falls-at-negative-curvature": data(PLANAR, "sin", state=["3", "1"]),
    "leaky-linear-euler-is-stable": data(CROSS, "identity", leak=1, step="2/5"),
    "leaky-euler-keeps-its-bound": data([[5, 1], [3, 4]], "sin", leak=2, bias=[1, 0], step="1/2"),
    "splitting-substeps-are-exact": data([[0, 2], [5, 0]], "relu", bias=[1, 2]),
    "splitting-keeps-casimirs": data([[0, 2], [0, 0]], "relu"),
    "splitting-is-symmetric": data([[0, 2], [5, 0]], "sign(x)", form="inner", bias=[1, 2]),
    "splitting-preserves-volume": data([[0, 2], [5, 0]], "relu", bias=[1, 2]),
    "splitting-is-second-order": data([[0, 2], [5, 0]], "sigmoid", bias=[1, 2]),
    "compositions-raise-the-order": data([[0, 2], [5, 0]], "sigmoid", bias=[1, 2]),
    "midpoint-keeps-linear-norm": data(CROSS, "identity"),
    "discrete-gradients-keep-energy": data(CROSS, "gelu"),
    "discrete-gradient-steps-are-unique": data([[1, 2], [0, 1]], bias=[1, 2], step="1/2"),
    "rk4-is-bounded-within-its-stability-interval": data(CROSS, "identity", step="-8/5"),
    "this-planar-orbit-is-closed": data(PLANAR, "xgauss", state=["0", "1/2"]),
    "this-tanh-period-is-elliptic": data(PLANAR, state=["0", "1"]),
    "incommensurate-orbit": data(CHAIN, "identity", state=["1", "0", "0", "0"]),
    "tanh-pairs-close-iff-commensurate": data(
        [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, -3], [0, 0, 3, 0]], "tanh"
    ),
    "orbit-outlasts-the-planar-period": data(CHAIN, state=["1", "0", "0", "0"]),
    "attracting-cycle-without-skewness": data(SPIRAL, leak=1),
    "leaky-sources-have-limit-cycles": data(SPIRAL, leak=1),
    "this-limit-cycle-attracts": data(SPIRAL, leak=1),
    "high-orbits-end-in-one-quadrant": data(PLANAR, "gelu", state=["1", "1"]),
    "this-orbit-ends-in-its-quadrant": data(PLANAR, "gelu", state=["1", "1"]),
    "closed-orbit-about-the-diagonal": data(CROSS, "sigmoid", state=["1", "0", "0"]),
    "drifting-orbit-against-inner-orbits-are-bounded": data(DRIFTING, form="inner"),
    "unstable-orbit": data(PENDANT),
    "lyapunov-exponents-vanish-at-rank-two": data(CROSS),
    "energy-rate-differs": data([[0, 1], [-2, 0]], state=["1", "1"], form="inner"),
    "casimir-rate-differs": data(CROSS, state=["3", "1", "0"], form="inner"),
    "no-casimir": data(PLANAR),
    "trace-against-jacobian-spectrum-is-imaginary": data([[1, 1], [-1, 0]], "relu", state=["2", "3"]),
    "trace-against-jacobian-spectrum-is-symmetric": data(PLANAR, state=["0", "3"], form="inner", leak=1),
    "norm-rate-differs": data(PLANAR, state=["1", "2"]),
    "euler-norm-differs": data(PLANAR, "identity", state=["1", "0"], step="1/10", leak=1),
    "euler-step-lowers-the-energy": data([[-1, 1], [-1, -1]], state=["1", "1"], step="1/10"),
    "straight-growth": data([[0, 0], [1, 0]], state=["1", "0"]),
    "singular-rest": data(CROSS, state=["1", "1", "1"]),
    "rest-on-a-leaf": data(PLANAR, "relu", state=["-1", "-2"]),
    "rest-against-one-signed-activations-unbound-orbits": data([[0, 0], [0, 0]], "sigmoid", state=["1", "1"]),
    **{
        f"leak-against-{claim}": data(PLANAR, state=["1", "2"], leak=1)
        for claim in (*OF_ALL_ORBITS[1:], "leaves-oscillate-or-all-escape")
    },
    **{
        f"damping-against-{claim}": data([[-1, 1], [-1, -1]], state=["1", "2"])
        for claim in (*OF_ALL_ORBITS[1:], "leaves-oscillate-or-all-escape")
    },
    **{
        f"oscillation-against-{claim}": data(PLANAR, "elu", state=["1", "2"])
        for claim in ("leak-stops-oscillation", "dissipative-weights-stop-oscillation")
    },
    "drift-against-rank-two-inner-orbits-are-bounded": data(
        CROSS, "elu", form="inner", state=["1", "0", "0"]
    ),
    **{
        f"bias-against-{claim}": data(CROSS, form="inner", bias=[1, 0, 0])
        for claim in ("inner-orbits-are-bounded", "rank-two-inner-orbits-are-bounded")
    },
    "symmetry-against-inner-form-drifts": data(CROSS, form="inner", state=["1", "0", "0"]),
    "outer-form-against-inner-form-drifts": data(CROSS, "elu", state=["1", "0", "0"]),
    "level-sets-against-one-signed-activations-unbound-orbits": data(PLANAR),
    "leak-against-one-signed-activations-unbound-orbits": data(PLANAR, "sigmoid", leak=1),
    "one-signed-activation-against-leaky-orbits-are-bounded": data(PLANAR, "sigmoid"),
    "leak-against-euler-iterates-diverge": data(PLANAR, form="inner", leak=1, step="1/2", state=["1", "0"]),
}

RETURN: Data = {"coordinate": 0}
ALONG: dict[str, Data] = {
    "returns-to-axis": RETURN | {"period": ["7", "9"]},
    "elliptic-return": RETURN | {"period": ["7714210439813/1000000000000", "3857105219907/500000000000"]},
    "returns-to-plane": RETURN | {"coordinate": 1, "period": ["15", "16"]},
    "outlasts-the-planar-period": {"from": "1/2", "until": "13", "distance": "1/10"},
    "last-quadrant": {"time": "3", "quadrant": [1, -1], "beyond": "5"},
    "one-source": {
        "at": ["0", "0"],
        "radius": "1/4",
        "metric": [["1", "0"], ["0", "1"]],
        "within": "5",
    },
    "contracting-return": {
        "coordinate": 0,
        "level": "0",
        "direction": -1,
        "at": ["0", "25055001709/10000000000"],
        "radius": "1/1000000",
        "contraction": "1/10",
        "period": ["34/5", "7"],
    },
    "closed-orbit-drifts": {
        "kernel": ["0", "1", "-2", "1", "0"],
        "reversors": [[-1, 4, 3, 2, 5], [-1, 2, 3, 4, -5]],
        "start": ["-1/2", "0", "0", "0", "0"],
        "along": ["0", "-1/2", "0", "1/2", "0"],
        "parameter": ["3881045169/1000000000", "388104517/100000000"],
        "time": ["269096169/100000000", "269096171/100000000"],
        "drift": ["4", "5"],
    },
    "closed-orbit-is-unstable": {
        "reversors": [[-1, 3, 2, 4], [-1, 3, 2, 4]],
        "start": ["0", "2/5", "2/5", "0"],
        "along": ["0", "0", "0", "1"],
        "parameter": ["-2431203381/1000000000", "-2431203379/1000000000"],
        "time": ["1057760767/100000000", "1057760769/100000000"],
        "trace": ["9/2", "5"],
    },
}
"""What a certificate states of the orbits of these subjects."""


OF_ALL = (*OF_ALL_ORBITS, "leaves-oscillate-or-all-escape")
PROVED_IN_PART = ("invertible-inner-orbits-are-bounded", "inner-orbits-are-bounded-at-rank-two")
"""The theorems that prove, of a smaller class of networks, what is refuted of all that the claim speaks of."""
ONLY_WRITTEN = {
    "inner-orbits-are-bounded-at-rank-two",
    "rank-two-inner-orbits-are-bounded",
    "bias-outside-range-unbounds-the-inner-form",
    "planar-orbits-are-closed",
    "well-planar-orbits-are-closed",
    "all-planar-orbits-are-closed",
    "tanh-period-is-elliptic",
    "linear-oscillation-iff-similar-to-skew",
    "dissipative-weights-stop-oscillation",
    "planar-escape",
    "mirror-line",
    "planar-centre",
    "closed-orbits-without-oddness",
    *(f"escape-against-{claim}" for claim in OF_ALL),
    *(f"straight-orbit-against-{claim}" for claim in OF_ALL),
    *(f"mirror-line-against-{claim}" for claim in OF_ALL[1:]),
    "gliding-orbit",
    "linear-euler-outgrows",
    "steep-euler-outgrows",
    "euler-energy-falls-without-monotony",
    "darboux-polynomials-give-first-integrals",
    "this-planar-orbit-is-closed",
    "this-tanh-period-is-elliptic",
    "tanh-pairs-close-iff-commensurate",
    "leaky-sources-have-limit-cycles",
    "this-limit-cycle-attracts",
    "high-orbits-end-in-one-quadrant",
    "this-orbit-ends-in-its-quadrant",
    "closed-orbit-about-the-diagonal",
    "drifting-orbit-against-inner-orbits-are-bounded",
    "lyapunov-exponents-vanish-at-rank-two",
    "unstable-orbit",
    "leak-against-oscillation-is-perpetual",
    "leak-against-leaves-oscillate-or-all-escape",
    "leak-against-planar-orbits-are-closed",
    "damping-against-oscillation-is-perpetual",
    "damping-against-leaves-oscillate-or-all-escape",
    "damping-against-planar-orbits-are-closed",
    "oscillation-against-leak-stops-oscillation",
    "oscillation-against-dissipative-weights-stop-oscillation",
    "bias-against-inner-orbits-are-bounded",
    "bias-against-rank-two-inner-orbits-are-bounded",
    "symmetry-against-inner-form-drifts",
    "outer-form-against-inner-form-drifts",
    "level-sets-against-one-signed-activations-unbound-orbits",
    "leak-against-one-signed-activations-unbound-orbits",
    "one-signed-activation-against-leaky-orbits-are-bounded",
    "leak-against-euler-iterates-diverge",
    "tilted-energy-is-coercive-iff-bias-is-small",
    "flow-preserves-volume",
    "almost-every-orbit-recurs",
    "almost-every-inner-orbit-recurs",
    "orbits-are-not-attracting",
    "no-compact-set-attracts",
    "closed-orbits-are-not-isolated-below-four",
    "escape-energy-is-sharp-in-the-plane",
    "small-period-tends-to-linear",
    "tanh-period-grows-linearly",
    "rectified-orbits-never-close",
    "rectified-activations-unbound-orbits",
    "rank-two-orbits-are-closed",
    "rank-two-orbits-about-an-equilibrium-are-closed",
    "linear-orbits-close-iff-commensurate",
    "energy-never-falls-iff-nondecreasing",
    "euler-energy-falls-at-negative-curvature",
    "splitting-preserves-volume",
    "splitting-is-second-order",
    "compositions-raise-the-order",
    "discrete-gradient-steps-are-unique",
    "rk4-is-bounded-within-its-stability-interval",
}
"""The theorems whose conclusion, with their premises, no theorem in proofs/coq says; the others are formal."""


def without_symmetry(subject: Data) -> Data:
    """The first diagonal entry raised by 7."""
    changed = copy.deepcopy(subject)
    changed["W"][0][0] = str(int(changed["W"][0][0]) + 7)
    return changed


def with_weights(W: list[list[int]]) -> Callable[[Data], Data]:
    return lambda subject: subject | {"W": [[str(w) for w in row] for row in W]}


def without_weights(subject: Data) -> Data:
    n = len(subject["W"])
    return subject | {"W": [["0"] * n] * n}


def with_one_more_unit(subject: Data) -> Data:
    """A further unit that nothing is connected to."""
    more = {key: [*subject[key], "0"] for key in ("bias", "state") if subject[key] is not None}
    n = len(subject["W"])
    return subject | more | {"W": [*([*row, "0"] for row in subject["W"]), ["0"] * (n + 1)]}


def with_bias(subject: Data) -> Data:
    return subject | {"bias": ["1", *subject["bias"][1:]]}


def with_outer_bias(subject: Data) -> Data:
    return with_bias(subject) | {"form": "outer"}


def with_state(*values: str) -> Callable[[Data], Data]:
    return lambda subject: subject | {"state": [values[i % len(values)] for i in range(len(subject["W"]))]}


def with_(**parts: Any) -> Callable[[Data], Data]:
    return lambda subject: subject | parts


def activation(name: str) -> Callable[[Data], Data]:
    return lambda subject: subject | {"activation": find_activation(name).text}


BREAKS: dict[str, Callable[[Data], Data]] = {
    "skew": without_symmetry,
    "not-skew": with_weights(PLANAR),
    "invertible": without_weights,
    "nonzero-weights": without_weights,
    "planar": with_one_more_unit,
    "odd-size": with_one_more_unit,
    "similar-to-skew": without_symmetry,
    "energy-rate-vanishes": without_symmetry,
    "rotation": without_symmetry,
    "negative-definite": with_weights(PLANAR),
    "bias-outside-range": with_(bias=["0", "0", "0"]),
    "outer": with_(form="inner"),
    "inner": with_(form="outer"),
    "linear": activation("tanh"),
    "tanh": activation("atan"),
    "no-leak": with_(leak="1"),
    "leak": with_(leak="0"),
    "no-bias": with_bias,
    "no-outer-bias": with_outer_bias,
    "nonzero-step": with_(step="0"),
    "relaxing-step": with_(step="2"),
    "continuous": activation("sign(x)"),
    "odd": activation("elu"),
    "not-odd": activation("identity"),
    "bounded": activation("identity"),
    "unbounded": activation("sigmoid"),
    "nondecreasing": activation("sin"),
    "strictly-increasing": activation("hardtanh"),
    "lipschitz": activation("cube"),
    "strict-sign": activation("sin"),
    "weak-sign": activation("sin"),
    "zero-at-origin-only": activation("sin"),
    "confining": activation("gelu"),
    "infinite-escape-energy": activation("xgauss"),
    "infinite-well-depth": activation("xgauss"),
    "positive-escape-energy": activation("relu"),
    "positive-well-depth": activation("relu"),
    "positive-energy": with_state("0"),
    "below-escape": with_state("4"),
    "below-well-depth": with_state("4"),
    "above-escape": with_state("0"),
    "not-an-equilibrium": with_state("0"),
    "nonzero-equilibrium": with_state("0"),
    "mirror-line": with_state("1"),
    "rank-two": with_weights([[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]),
    "positive-casimir": with_(bias=["1", "1", "1"]),
    "bias-in-range": with_(bias=["1", "1", "1"]),
    "one-signed": activation("tanh"),
    "above-line": activation("tanh"),
    "steep": activation("elu"),
    "not-nondecreasing": activation("tanh"),
    "rests-at-zero": activation("sigmoid"),
    "energy-falls": with_state("0"),
    "euler-overflows": with_state("0"),
    "runs-straight": with_state("1"),
    "glides": with_state("1"),
    "jacobian-leaves-the-axis": with_state("0"),
    "zero-diagonal": without_symmetry,
    "skew-symmetrizable": without_symmetry,
    "equal-rows": without_symmetry,
    "small-tilt": with_(bias=["9", "9"]),
    "large-tilt": with_(bias=["0", "0"]),
    "stable-step": with_(step="2"),
    "rk4-stable-step": with_(step="2"),
    "contractive-step": with_(step="9"),
    "analytic": activation("relu"),
    "rectified": activation("tanh"),
    "rises-at-zero": activation("cube"),
    "casimir-moves": with_state("0"),
    "turns-among-positive-states": with_state("1"),
    "negative-curvature": with_state("1/10"),
    "never-closes": with_state("0"),
    "two-rotations": with_weights(CHAIN),
    "turns-about-the-diagonal": with_state("1"),
    "returns-to-axis": with_state("0", "1/100"),
    "elliptic-return": with_state("0", "2"),
    "returns-to-plane": with_state("9", "0", "0"),
    "outlasts-the-planar-period": with_state("0"),
    "last-quadrant": with_state("-1"),
    "one-source": with_weights([[-1, 1], [1, -1]]),
    "contracting-return": with_weights([[2, -1], [1, 2]]),
    "closed-orbit-drifts": with_weights([[0, 2, 1, 1, 0], [-2, *DRIFTING[1][1:]], *DRIFTING[2:]]),
    "closed-orbit-is-unstable": with_weights([[0, 2, 1, 1], [-2, *PENDANT[1][1:]], *PENDANT[2:]]),
    "feeds-forward": with_weights(PLANAR),
    "energy-changes": with_state("0"),
    "casimir-changes": with_state("0"),
    "trace-differs": lambda subject: with_weights(PLANAR)(subject) | {"leak": "0"},
    "norm-changes": with_state("0"),
    "euler-norm-differs": with_state("0"),
    "drive-differs": with_state("0"),
    "pushed": with_state("0"),
}
"""A change of a subject after which the premise no longer holds of it."""

CASES = [(theorem.id, premise) for theorem in THEOREMS.values() for premise in theorem.premises]
READING = [(t, p) for t, p in CASES if PREMISES[p].reads]


def certificate(theorem: str, subject: Data) -> Data:
    """With every fact of σ that the theorem reads and that is established: the forger may say all that is true."""
    facts = facts_read_by(theorem, activation_from_expression(subject["activation"]))
    whole = {"kind": "theorem", "theorem": theorem, "subject": subject, "facts": [dict(f) for f in facts]}
    along = {name: ALONG[name] for name in THEOREMS[theorem].premises if name in READ_AN_ORBIT}
    return whole | {"kind": "orbit", "along": along} if along else whole


def test_the_tables_have_every_theorem_and_every_premise_of_one() -> None:
    assert set(SUBJECTS) == set(THEOREMS)
    assert {premise for _, premise in CASES} <= set(BREAKS)


@pytest.mark.parametrize("theorem", THEOREMS)
def test_a_theorem_concludes_its_verdict_for_a_subject_that_satisfies_it(theorem: str) -> None:
    found, entry = conclude(certificate(theorem, SUBJECTS[theorem])), THEOREMS[theorem]
    assert (found.claim, found.verdict) == (entry.claim, entry.verdict)
    assert found.case is not None
    assert found.evidence in (MAY_PROVE if entry.verdict is Verdict.PROVED else MAY_REFUTE)
    grade = Evidence.WRITTEN if theorem in ONLY_WRITTEN else Evidence.FORMAL
    assert found.rests_on is (None if entry.direct else grade)
    assert entry.direct or found.evidence is Evidence.THEOREM


@pytest.mark.parametrize(("theorem", "premise"), CASES)
def test_a_theorem_is_rejected_once_a_premise_is_broken(
    theorem: str, premise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = BREAKS[premise](copy.deepcopy(SUBJECTS[theorem]))
    with pytest.raises(CertificateRejected):
        conclude(certificate(theorem, broken))
    # It is this premise that is broken: a theorem that had no other would be rejected too.
    alone = f"{theorem}-by-{premise}-alone"
    monkeypatch.setitem(THEOREMS, alone, replace(THEOREMS[theorem], id=alone, premises=(premise,)))
    whole = certificate(alone, as_read(alone, SUBJECTS[theorem]))
    assert conclude(whole).claim == THEOREMS[theorem].claim
    with pytest.raises(CertificateRejected):
        conclude(certificate(alone, as_read(alone, broken)))


def as_read(theorem: str, subject: Data) -> Data:
    """The subject without a state or a step that the theorem does not read."""
    premises = THEOREMS[theorem].premises
    state = None if READ_A_STATE.isdisjoint(premises) else subject["state"]
    return subject | {"state": state, "step": None if READ_A_STEP.isdisjoint(premises) else subject["step"]}


@pytest.mark.parametrize(
    ("theorem", "part"),
    [
        ("planar-orbits-are-closed", {"state": ["2", "2"]}),
        ("planar-centre", {"step": "7"}),
        ("rest", {"state": None}),
    ],
)
def test_a_subject_holds_what_the_theorem_speaks_of_and_no_more(theorem: str, part: Data) -> None:
    with pytest.raises(CertificateRejected, match=r"needs a|says nothing of a"):
        conclude(certificate(theorem, SUBJECTS[theorem] | part))


@pytest.mark.parametrize(("theorem", "premise"), READING)
def test_a_theorem_is_rejected_without_the_facts_of_a_premise(theorem: str, premise: str) -> None:
    whole = certificate(theorem, SUBJECTS[theorem])
    read = PREMISES[premise].reads
    kept = [f for f in whole["facts"] if f.get("fact", f.get("quantity")) not in read]
    assert len(kept) < len(whole["facts"])
    for facts in (kept, []):
        with pytest.raises(CertificateRejected, match="no certificate establishes"):
            conclude(whole | {"facts": facts})


@pytest.mark.parametrize(("theorem", "premise"), READING)
def test_a_theorem_is_rejected_with_the_facts_of_another_activation(theorem: str, premise: str) -> None:
    whole = certificate(theorem, SUBJECTS[theorem])
    other = certificate(theorem, SUBJECTS[theorem] | {"activation": "tanh(x/2)"})["facts"]
    with pytest.raises(CertificateRejected, match="a fact is not about"):
        conclude(whole | {"facts": other or [{"kind": "activation-fact"}]})
    assert premise in THEOREMS[theorem].premises


def test_a_premise_that_is_only_sampled_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    guess = replace(PREMISES["planar"], decide=lambda _, __: Finding(evidence=Evidence.SAMPLED))
    monkeypatch.setitem(PREMISES, "planar", guess)
    with pytest.raises(CertificateRejected, match="planar of planar-centre is only sampled"):
        conclude(certificate("planar-centre", data([[0, 17], [-17, 0]])))


@pytest.mark.parametrize("theorem", THEOREMS)
def test_a_theorem_belongs_to_a_claim_whose_page_exists(theorem: str) -> None:
    entry = THEOREMS[theorem]
    assert entry.claim in BY_ID
    assert entry.claim in page_text(entry.page)
    claim = BY_ID[entry.claim].claim
    if entry.verdict is Verdict.PROVED and theorem in PROVED_IN_PART:
        assert claim.expected is Verdict.REFUTED
    elif entry.verdict is Verdict.PROVED:
        assert claim.expected in (None, Verdict.PROVED)
    elif claim.expected is Verdict.PROVED:
        # Against the same statement without its assumption about σ: the theorem lacks one of the claim's.
        assert set(claim.assumptions) - set(entry.premises)


@pytest.mark.parametrize("theorem", [t.id for t in THEOREMS.values() if t.id != t.claim])
def test_only_the_theorem_of_the_claim_itself_is_proved_for_every_n(theorem: str) -> None:
    with pytest.raises(CertificateRejected, match="about one subject"):
        conclude(written_proof(theorem))
