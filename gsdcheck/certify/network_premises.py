"""Premises about W, b, γ, h and the form: exact, over the rationals."""

from fractions import Fraction
from math import lcm

from flint import fmpq, fmpq_mat, fmpz_mpoly_ctx

from gsdcheck.certify import linear
from gsdcheck.certify.premise import Finding, Known, Premise, require
from gsdcheck.certify.subject import Subject
from gsdcheck.model.expression import Variable, X, call
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Evidence


def _no_outer_bias(s: Subject, _: Known) -> Finding:
    return require(s.form is Form.INNER or not any(s.bias), "the outer form has a bias.")


def _no_bias(s: Subject, _: Known) -> Finding:
    return require(not any(s.bias), "there is a bias.")


def _rotation(subject: Subject, _: Known) -> Finding:
    """W² = -q I with a rational q > 0: the linear flow is cos(√q t) I + sin(√q t) W/√q, exactly."""
    W = fmpq_mat([[fmpq(w.numerator, w.denominator) for w in row] for row in subject.W])
    square = W * W
    q = -square[0, 0]
    n = subject.n
    same = all(square[i, j] == (-q if i == j else 0) for i in range(n) for j in range(n))
    return require(same and q > 0, "W² is not -q I with q > 0.")


def _energy_rate_vanishes(subject: Subject, _: Known) -> Finding:
    """sᵀWs expands to the zero polynomial in s, for the very entries of this W (scaled to integers)."""
    n = subject.n
    scale = lcm(*(w.denominator for row in subject.W for w in row))
    s = fmpz_mpoly_ctx.get([f"s{i}" for i in range(n)], "degrevlex").gens()
    rate = sum(int(subject.W[i][j] * scale) * s[i] * s[j] for i in range(n) for j in range(n))
    require(rate == 0, "sᵀWs is not the zero polynomial.")
    return Finding(evidence=Evidence.SYMBOLIC)


def _negative_definite(subject: Subject, _: Known) -> Finding:
    """-(W + Wᵀ) is positive definite: its leading principal minors are > 0 (Sylvester)."""
    W, n = subject.W, subject.n
    A = [[-(W[i][j] + W[j][i]) for j in range(n)] for i in range(n)]
    minors = (linear.determinant(tuple(tuple(row[:k]) for row in A[:k])) for k in range(1, n + 1))
    return require(all(m > 0 for m in minors), "-(W + Wᵀ) is not positive definite.")


def _positive_casimir(subject: Subject, _: Known) -> Finding:
    """A k with kᵀW = 0, k·b = 0 and every k_i > 0, among the basis of the kernel and its sum."""
    basis = linear.left_kernel(subject.W)
    total = tuple(sum(entries, Fraction(0)) for entries in zip(*basis, strict=True))
    signed = [tuple(s * v for v in k) for k in (*basis, total) if k for s in (1, -1)]
    positive = [k for k in signed if all(v > 0 for v in k)]
    free = any(sum(a * b for a, b in zip(k, subject.bias, strict=True)) == 0 for k in positive)
    return require(free, "no k > 0 with kᵀW = 0 and k·b = 0 is at hand.")


def _feeds_forward(subject: Subject, _: Known) -> Finding:
    """No unit that moves (row of W or bias not 0) acts on any: x₀ + t f(x₀) is a solution of the outer form."""
    moves = [any(row) or bool(b) for row, b in zip(subject.W, subject.bias, strict=True)]
    acts = any(row[j] for row in subject.W for j in range(subject.n) if moves[j])
    return require(not acts, "a unit that moves acts on another.")


WEIGHT_PREMISES = (
    Premise(
        name="skew", says="W + Wᵀ = 0", decide=lambda s, _: require(linear.is_skew(s.W), "W is not skew.")
    ),
    Premise(
        name="not-skew",
        says="W + Wᵀ ≠ 0",
        decide=lambda s, _: require(not linear.is_skew(s.W), "W is skew."),
    ),
    Premise(
        name="invertible",
        says="W is invertible",
        decide=lambda s, _: require(linear.rank(s.W) == s.n, "W is singular."),
    ),
    Premise(
        name="singular",
        says="W is singular",
        decide=lambda s, _: require(linear.rank(s.W) < s.n, "W is invertible."),
    ),
    Premise(
        name="nonzero-weights",
        says="W ≠ 0",
        decide=lambda s, _: require(any(any(row) for row in s.W), "W is zero."),
    ),
    Premise(
        name="rank-two",
        says="rank W ≤ 2",
        decide=lambda s, _: require(linear.rank(s.W) <= 2, "W has a rank above 2."),
    ),
    Premise(name="feeds-forward", says="no unit that moves acts on any", decide=_feeds_forward),
    Premise(
        name="positive-casimir",
        says="kᵀW = 0 and k·b = 0 for some k > 0",
        decide=_positive_casimir,
    ),
    Premise(name="planar", says="n = 2", decide=lambda s, _: require(s.n == 2, "n is not 2.")),
    Premise(name="odd-size", says="n is odd", decide=lambda s, _: require(s.n % 2 == 1, "n is even.")),
    Premise(
        name="similar-to-skew",
        says="W is similar to a skew matrix",
        decide=lambda s, _: require(linear.is_similar_to_skew(s.W), "W is not similar to a skew matrix."),
    ),
    Premise(name="energy-rate-vanishes", says="sᵀWs = 0 for all s", decide=_energy_rate_vanishes),
    Premise(name="rotation", says="W² = -q I, q > 0", decide=_rotation),
    Premise(name="negative-definite", says="W + Wᵀ is negative definite", decide=_negative_definite),
    Premise(
        name="bias-outside-range",
        says="b is not in range W",
        decide=lambda s, _: require(not linear.in_range(s.W, s.bias), "b is in range W."),
    ),
    Premise(
        name="bias-in-range",
        says="b is in range W",
        decide=lambda s, _: require(linear.in_range(s.W, s.bias), "b is not in range W."),
    ),
)

FORM_PREMISES = (
    Premise(
        name="outer",
        says="outer form",
        decide=lambda s, _: require(s.form is Form.OUTER, "the form is inner."),
    ),
    Premise(
        name="inner",
        says="inner form",
        decide=lambda s, _: require(s.form is Form.INNER, "the form is outer."),
    ),
    Premise(
        name="linear",
        says="σ(s) = s",
        decide=lambda s, _: require(isinstance(s.activation, Variable), "σ is not the identity."),
    ),
    Premise(
        name="tanh",
        says="σ = tanh",
        decide=lambda s, _: require(s.activation == call("tanh", X), "σ is not tanh."),
    ),
    Premise(name="no-leak", says="γ = 0", decide=lambda s, _: require(s.leak == 0, "there is a leak.")),
    Premise(name="leak", says="γ > 0", decide=lambda s, _: require(s.leak > 0, "there is no leak.")),
    Premise(name="no-bias", says="b = 0", decide=_no_bias),
    Premise(name="no-outer-bias", says="b = 0 in the outer form", decide=_no_outer_bias),
)

STEP_PREMISES = (
    Premise(
        name="nonzero-step",
        says="h ≠ 0",
        decide=lambda s, _: require(s.step is not None and s.step != 0, "there is no step h ≠ 0."),
    ),
    Premise(
        name="relaxing-step",
        says="0 < hγ ≤ 1",
        decide=lambda s, _: require(s.step is not None and 0 < s.step * s.leak <= 1, "hγ is not in (0, 1]."),
    ),
)
