"""Family J: where the eigenvalues of the Jacobian lie."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.certify.coq import coq_proof
from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, Matrix, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network, preactivation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_MONOTONE = (
    "tanh",
    "identity",
    "relu",
    "leaky_relu",
    "elu",
    "softplus",
    "sigmoid",
    "softsign",
    "hardtanh",
    "atan",
    "erf",
    "expm1",
    "cube",
    "sinh",
)


def exact_jacobian(given: Case) -> Matrix:
    """-γI + W diag(d) with d = σ' at x₀ (outer) or at Wx₀ + b (inner), the floats d taken as exact rationals.

    In the inner form the Jacobian is diag(d) W, which has the same spectrum. Every statement about spectra
    here holds for all d (J2) or all d ≥ 0 (J1), so that neither rounding nor a cut at 1e100 (where sinh' and
    the like overflow) matters.
    """
    net = network(given.system)
    with np.errstate(all="ignore"):
        slopes = np.clip(net.slope(preactivation(net, state_of(given))), -1e100, 1e100)
    d = [Fraction(float(v)) for v in slopes]
    W, leak = given.system.W, given.system.leak
    return tuple(
        tuple(w * d[j] - (leak if i == j else 0) for j, w in enumerate(row)) for i, row in enumerate(W)
    )


def _cases(names: tuple[str, ...]) -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, skew_matrices, systems

    weights = skew_matrices(n=None)
    return cases(systems=systems(matrices=weights, activations=activations(names=names)), magnitude=4)


def _axis_margin(given: Case) -> float:
    """0 if every eigenvalue lies on the imaginary axis, decided exactly (Sturm sequences), else -1."""
    return 0.0 if linear.is_imaginary_spectrum(exact_jacobian(given)) else -1.0


def _parity_margin(given: Case) -> float:
    """0 if the characteristic polynomial p has p(-λ) = ±p(λ), else -1: exact coefficients."""
    coefficients = linear.characteristic_polynomial(exact_jacobian(given))
    return -1.0 if any(coefficients[-2::-2]) else 0.0


IS_IMAGINARY = Entry(
    claim=Claim(
        id="jacobian-spectrum-is-imaginary",
        row="J1",
        sentence="P1",
        title="Monotone activations keep the spectrum imaginary",
        statement="If W is skew and σ' ≥ 0, then the eigenvalues of the Jacobian W diag σ'(x) (inner form: diag σ'(y) W) "
        "lie on the imaginary axis at every x, for every n.",
        source="chang2019",
        assumptions=("skew", "nondecreasing", "no-leak"),
        margin="0 if the exact spectrum is imaginary, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("jacobian-spectrum-is-imaginary"),
    cases=lambda: _cases(_MONOTONE),
    margin=_axis_margin,
    mutants=(
        Mutant(
            breaks="nondecreasing", broken=case(PLANAR, [0, 3], "sin"), unbroken=case(PLANAR, [0, 1], "sin")
        ),
        Mutant(breaks="skew", broken=case([[0, 1], [1, 0]], [0, 3]), unbroken=case(PLANAR, [0, 3])),
        Mutant(breaks="no-leak", broken=case(PLANAR, [0, 3], leak=1), unbroken=case(PLANAR, [0, 3])),
    ),
)

IS_SYMMETRIC = Entry(
    claim=Claim(
        id="jacobian-spectrum-is-symmetric",
        row="J2",
        sentence="P1",
        title="The spectrum is symmetric for any activation",
        statement="If W is skew, the spectrum of the Jacobian is symmetric under λ → -λ at every x where σ is "
        "differentiable, whatever the sign of σ'; for odd n it contains 0.",
        source="hairer2006",
        assumptions=("skew", "no-leak"),
        margin="0 if the exact characteristic polynomial is even or odd, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("jacobian-spectrum-is-symmetric"),
    cases=lambda: _cases((*_MONOTONE, "sin", "gelu", "silu", "xgauss", "rational_hump")),
    margin=_parity_margin,
    mutants=(
        Mutant(
            breaks="skew", broken=case([[1, 1], [-1, 0]], [0, 3], "sin"), unbroken=case(PLANAR, [0, 3], "sin")
        ),
        Mutant(breaks="no-leak", broken=case(PLANAR, [0, 3], leak=1), unbroken=case(PLANAR, [0, 3])),
    ),
)

IS_ALWAYS_IMAGINARY = Entry(
    claim=Claim(
        id="jacobian-spectrum-is-always-imaginary",
        row="J3",
        sentence="P1",
        title="The spectrum is always imaginary",
        statement="Literal reading: if W is skew and σ odd, bounded and continuous, the eigenvalues of the Jacobian "
        "lie on the imaginary axis. For σ = sin at x = (0, 3), λ² = -ω² cos 0 cos 3 > 0: they are real.",
        source="casoni2025",
        assumptions=("skew", "odd", "bounded", "continuous", "no-leak"),
        margin="0 if the exact spectrum is imaginary, else -1",
        expected=Verdict.REFUTED,
        amended_by="jacobian-spectrum-is-imaginary",
    ),
    proposals=lambda: [
        coq_proof("jacobian-spectrum-is-always-imaginary"),
        applied("real-eigenvalue", system(PLANAR, "sin"), ["0", "3"]),
    ],
    cases=lambda: _cases(("sin", "xgauss", "rational_hump", "tanh")),
    margin=_axis_margin,
    mutants=(
        Mutant(breaks="nondecreasing", broken=case(PLANAR, [0, 3], "sin"), unbroken=case(PLANAR, [0, 3])),
    ),
)


def _odd_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, sizes, skew_matrices, systems

    weights = skew_matrices(n=sizes(parity="odd"))
    chosen = activations(names=(*_MONOTONE, "sin", "gelu", "silu"))
    return cases(systems=systems(matrices=weights, activations=chosen), magnitude=4)


def _singular_margin(given: Case) -> float:
    """0 if the exact Jacobian has the eigenvalue 0, else -1."""
    return 0.0 if linear.characteristic_polynomial(exact_jacobian(given))[0] == 0 else -1.0


ODD_IS_SINGULAR = Entry(
    claim=Claim(
        id="odd-jacobian-is-singular",
        row="J2",
        sentence="P1",
        title="The Jacobian of an odd network is singular",
        statement="If W is skew and n odd, 0 is an eigenvalue of the Jacobian wherever σ is differentiable, in both "
        "forms, without leak.",
        source="hairer2006",
        assumptions=("skew", "odd-size", "no-leak"),
        margin="0 if the exact Jacobian is singular, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("odd-jacobian-is-singular"),
        applied("odd-jacobian-is-singular", system(CROSS, "gelu", form="inner", bias=[1, 0, 0])),
    ],
    cases=_odd_cases,
    margin=_singular_margin,
    mutants=(
        Mutant(breaks="odd-size", broken=case(PLANAR, [1, 1]), unbroken=case(CROSS, [1, 1, 0])),
        Mutant(
            breaks="skew",
            broken=case([[1, -1, 1], [1, 0, -1], [-1, 1, 0]], [1, 1, 0]),
            unbroken=case(CROSS, [1, 1, 0]),
        ),
        Mutant(breaks="no-leak", broken=case(CROSS, [1, 1, 0], leak=1), unbroken=case(CROSS, [1, 1, 0])),
    ),
)


def _planar_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, planar_skew_matrices, systems

    chosen = activations(names=(*_MONOTONE, "sin", "gelu", "silu", "xgauss"))
    return cases(systems=systems(matrices=planar_skew_matrices(), activations=chosen), magnitude=4)


def _opposite_margin(given: Case) -> float:
    """0 if the exact characteristic polynomial is λ² + ω² d₁ d₂, d the slopes, ω = W[0, 1], else -1."""
    J, omega = exact_jacobian(given), given.system.W[0][1]
    d = (J[1][0] / -omega, J[0][1] / omega) if omega else (Fraction(0), Fraction(0))
    expected = (omega**2 * d[0] * d[1], Fraction(0), Fraction(1))
    return 0.0 if linear.characteristic_polynomial(J) == expected else -1.0


PLANAR_OPPOSITE = Entry(
    claim=Claim(
        id="planar-jacobian-has-opposite-eigenvalues",
        row="J3",
        sentence="P1",
        title="The planar Jacobian has the eigenvalues ±√(-ω²σ'(x₁)σ'(x₂))",
        statement="n = 2, W = [[0, ω], [-ω, 0]], no leak: λ² = -ω² σ'(x₁) σ'(x₂) for the eigenvalues of the Jacobian "
        "wherever σ is differentiable (inner form: at y = Wx + b): imaginary where the slopes agree in sign, real "
        "where they do not.",
        source="hairer2006",
        assumptions=("planar", "skew", "no-leak"),
        margin="0 if the exact characteristic polynomial is λ² + ω² d₁ d₂, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("planar-jacobian-has-opposite-eigenvalues"),
        applied("planar-jacobian-has-opposite-eigenvalues", system(PLANAR, "sin")),
    ],
    cases=_planar_cases,
    margin=_opposite_margin,
    mutants=(
        Mutant(breaks="skew", broken=case([[1, 1], [-1, 0]], [0, 3]), unbroken=case(PLANAR, [0, 3])),
        Mutant(breaks="no-leak", broken=case(PLANAR, [0, 3], leak=1), unbroken=case(PLANAR, [0, 3])),
    ),
)


def _linear_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, matrices, skew_matrices, systems

    identity = activations(names=("identity",))
    weights = matrices() | skew_matrices()
    return cases(systems=systems(matrices=weights, activations=identity, forms=(Form.OUTER,)), magnitude=10)


def _norm_margin(given: Case) -> float:
    """0 if x·f(x) = 0 at x₀, all e_i and e_i + e_j exactly when W is skew, else -1; f = σ applied and summed exactly."""
    net, n = network(given.system), given.system.n
    probes = [list(given.state)]
    probes += [[Fraction(int(k in (i, j))) for k in range(n)] for i in range(n) for j in range(i, n)]
    constant, linear_field = True, given.system.activation.name == "identity"
    for x in probes:
        s = x if linear_field else [Fraction(float(v)) for v in net.sigma(np.array(x, dtype=float))]
        f = [sum((w * v for w, v in zip(row, s, strict=True)), Fraction(0)) for row in given.system.W]
        rate = sum((a * (b - given.system.leak * a) for a, b in zip(x, f, strict=True)), Fraction(0))
        constant = constant and rate == 0
    return 0.0 if constant == linear.is_skew(given.system.W) else -1.0


NORM_IS_CONSERVED = Entry(
    claim=Claim(
        id="linear-norm-is-conserved-iff-skew",
        row="J4",
        sentence="P1",
        title="The norm is conserved iff W is skew",
        statement="x' = Wx: ‖x‖ is constant along every solution iff W is skew. Any n.",
        source="casoni2025",
        assumptions=("linear", "skew", "no-leak", "no-bias"),
        margin="0 if x·f(x) vanishes at polarising states exactly when W is skew, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("linear-norm-is-conserved-iff-skew"),
    cases=_linear_cases,
    margin=_norm_margin,
    mutants=(
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 0], "identity", leak=1),
            unbroken=case(PLANAR, [1, 0], "identity"),
        ),
        Mutant(breaks="linear", broken=case(PLANAR, [1, 2]), unbroken=case(PLANAR, [1, 2], "identity")),
    ),
)

ENTRIES = (
    IS_IMAGINARY,
    IS_SYMMETRIC,
    ODD_IS_SINGULAR,
    IS_ALWAYS_IMAGINARY,
    PLANAR_OPPOSITE,
    NORM_IS_CONSERVED,
)
