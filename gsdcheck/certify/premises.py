"""The premises of the theorems: each a small decision about a subject, exact or by balls.

A premise returns a `Finding` (its grade, and a margin where there is one) or raises `CertificateRejected`
with the reason why it does not hold, or is not established. What holds of σ on the whole line comes from
fact certificates that were checked beforehand; what holds of W, b, γ, x₀ and h is computed here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from flint import arb, fmpq, fmpq_mat, fmpz_mpoly_ctx

from gsdcheck.certify import linear
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.potential import potential
from gsdcheck.certify.subject import Subject, is_zero
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Piecewise,
    Sum,
    Variable,
    X,
    add,
    call,
    multiply,
    negate,
    nodes,
    number,
    substitute,
)
from gsdcheck.model.parser import format_expression
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Evidence

BITS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """That a premise holds: how it was decided, and by what margin (a ball that is > 0)."""

    evidence: Evidence
    margin: arb | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the checked fact certificates say of σ: facts with their grade, quantities as balls."""

    facts: Mapping[str, tuple[bool, Evidence]] = field(default_factory=dict)
    quantities: Mapping[str, tuple[arb, Evidence]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """One premise: its name, what it says, the decision, and the facts or quantities of σ that it reads."""

    name: str
    says: str
    decide: Callable[[Subject, Known], Finding]
    reads: tuple[str, ...] = ()


_EXACT = Finding(evidence=Evidence.EXACT)


def _require(holds: bool, otherwise: str) -> Finding:
    if not holds:
        raise CertificateRejected(otherwise)
    return _EXACT


def _fact(name: str, holds: bool) -> Callable[[Subject, Known], Finding]:
    def decide(_: Subject, known: Known) -> Finding:
        value, evidence = known.facts.get(name, (not holds, Evidence.SAMPLED))
        if value is not holds:
            raise CertificateRejected(
                f"no certificate establishes that σ is {'' if holds else 'not '}{name}."
            )
        return Finding(evidence=evidence)

    return decide


def _quantity(known: Known, name: str) -> tuple[arb, Evidence]:
    if name not in known.quantities:
        raise CertificateRejected(f"no certificate establishes the {name} of σ.")
    return known.quantities[name]


def _no_outer_bias(s: Subject, _: Known) -> Finding:
    return _require(s.form is Form.INNER or not any(s.bias), "the outer form has a bias.")


def _no_bias(s: Subject, _: Known) -> Finding:
    return _require(not any(s.bias), "there is a bias.")


def _state(subject: Subject) -> tuple[Expression, ...]:
    if subject.state is None:
        raise CertificateRejected("the premise needs a state x₀.")
    return subject.state


def _potential_arguments(subject: Subject) -> list[arb | Fraction]:
    """The numbers at which Φ is summed: x (outer) or Wx + b (inner)."""
    state = _state(subject)
    if subject.form is Form.OUTER:
        return [_value(s) for s in state]
    x = [enclose(s, arb(0)) for s in state]
    return [
        sum((to_arb(w) * a for w, a in zip(row, x, strict=True)), to_arb(b))
        for row, b in zip(subject.W, subject.bias, strict=True)
    ]


def _value(constant: Expression) -> arb | Fraction:
    return constant.value if hasattr(constant, "value") else enclose(constant, arb(0))


def energy(subject: Subject) -> arb:
    """H(x₀) = Σ Φ(x_i) (outer) or Σ Φ((W x + b)_i) (inner), enclosed."""
    with precision(BITS):
        try:
            return sum((potential(subject.activation, x) for x in _potential_arguments(subject)), arb(0))
        except Undecided as fault:
            raise CertificateRejected(f"the energy could not be enclosed: {fault}") from None


def _positive(value: arb, what: str, evidence: Evidence = Evidence.BALL) -> Finding:
    if not value > 0:  # soundness: true only if every point of the ball is > 0; nan and straddling fail
        raise CertificateRejected(f"{what} could not be shown to be > 0: it lies in {value.str(12)}.")
    return Finding(evidence=evidence, margin=value)


def _energy_below(name: str) -> Callable[[Subject, Known], Finding]:
    def decide(subject: Subject, known: Known) -> Finding:
        level, _ = _quantity(known, name)
        with precision(BITS):
            left = level - energy(subject)
            return (
                Finding(evidence=Evidence.BALL)
                if left == arb.pos_inf()
                else _positive(left, f"{name} - H(x₀)")
            )

    return decide


def _positive_energy(subject: Subject, _: Known) -> Finding:
    return Finding(evidence=_positive(energy(subject), "H(x₀)").evidence)


def _energy_above_escape(subject: Subject, known: Known) -> Finding:
    level, _ = _quantity(known, "escape_energy")
    with precision(BITS):
        return _positive(energy(subject) - level, "H(x₀) - E*")


def _infinite(name: str) -> Callable[[Subject, Known], Finding]:
    def decide(_: Subject, known: Known) -> Finding:
        level, evidence = _quantity(known, name)
        if not (level > 0 and level == arb.pos_inf()):
            raise CertificateRejected(f"the {name} of σ is not infinite.")
        return Finding(evidence=evidence)

    return decide


def vector_field(subject: Subject) -> list[arb]:
    """f(x₀) = -γx + Wσ(x) + b (outer) or -γx + σ(Wx + b) (inner), enclosed."""
    with precision(BITS):
        x = [enclose(s, arb(0)) for s in _state(subject)]
        inside = x if subject.form is Form.OUTER else _affine(subject, x)
        sigma = [enclose(subject.activation, a) for a in inside]
        drive = _affine(subject, sigma) if subject.form is Form.OUTER else sigma
        return [d - to_arb(subject.leak) * a for d, a in zip(drive, x, strict=True)]


def _affine(subject: Subject, v: list[arb]) -> list[arb]:
    return [
        sum((to_arb(w) * a for w, a in zip(row, v, strict=True)), to_arb(b))
        for row, b in zip(subject.W, subject.bias, strict=True)
    ]


def _not_an_equilibrium(subject: Subject, _: Known) -> Finding:
    speeds = [abs(v) for v in vector_field(subject)]
    if not any(v > 0 for v in speeds):
        raise CertificateRejected("f(x₀) could not be shown to differ from 0.")
    return Finding(evidence=Evidence.BALL, margin=next(v for v in speeds if v > 0))


def _nonzero_equilibrium(subject: Subject, _: Known) -> Finding:
    """x₀ ≠ 0 and Σ_j w_ij σ(x_j) = 0, exactly: equal coordinates share one σ, whose coefficients cancel."""
    state = _state(subject)
    plain = subject.form is Form.OUTER and not subject.leak and not any(subject.bias)
    _require(plain, "an equilibrium is decided for the outer form without leak and bias.")
    _require(any(enclose(s, arb(0)) != 0 for s in state), "x₀ could not be shown to differ from 0.")
    if is_zero(subject.activation):
        return _EXACT
    values = set(state)
    for i, row in enumerate(subject.W):
        for value in values:
            weight = sum((w for w, s in zip(row, state, strict=True) if s == value), Fraction(0))
            if weight:  # soundness: no cancellation between different values of σ is assumed
                raise CertificateRejected(f"coordinate {i} of W σ(x₀) is not zero for every σ.")
    return _EXACT


def _mirror_line(subject: Subject, _: Known) -> Finding:
    """W = [[0, w], [-w, 0]], w > 0, x₀ = (c, c), σ(2c - x) = σ(x) as trees, σ(c) > 0."""
    first, second = _state(subject) if subject.n == 2 else (X, None)
    _require(first == second and subject.W[0][1] > 0, "x₀ is not (c, c), or W[0, 1] is not > 0.")
    with precision(BITS):
        mirrored = _reduce_sines(substitute(subject.activation, add(multiply(number(2), first), negate(X))))
        if mirrored != subject.activation:  # soundness: equality of trees, never of values
            shown = format_expression(mirrored)
            raise CertificateRejected(f"σ(2c - x) = {shown} is not σ(x) as a tree.")
        return _positive(enclose(subject.activation, enclose(first, arb(0))), "σ(c)")


def _reduce_sines(tree: Expression) -> Expression:
    """sin(pi + u) = -sin(u) and sin(-x) = -sin(x), applied to a tree that is one sine."""
    match tree:
        case Call("sin", (Sum(terms),)) if Constant("pi") in terms:
            rest = add(*(t for t in terms if t != Constant("pi")))
            return negate(_reduce_sines(call("sin", rest)))
        case Call("sin", (inner,)) if inner == negate(X):
            return negate(call("sin", X))
        case _:
            return tree


def _rotation(subject: Subject, _: Known) -> Finding:
    """W² = -q I with a rational q > 0: the linear flow is cos(√q t) I + sin(√q t) W/√q, exactly."""
    W = fmpq_mat([[fmpq(w.numerator, w.denominator) for w in row] for row in subject.W])
    square = W * W
    q = -square[0, 0]
    n = subject.n
    same = all(square[i, j] == (-q if i == j else 0) for i in range(n) for j in range(n))
    return _require(same and q > 0, "W² is not -q I with q > 0.")


def _jacobian_leaves_the_axis(subject: Subject, _: Known) -> Finding:
    """n = 2, skew: λ² = -det(W D), so det(W D) < 0 gives the real eigenvalues ±√(-det)."""
    kinks = (Piecewise,)
    smooth = not any(
        isinstance(node, kinks) or (isinstance(node, Call) and node.name in ("Abs", "sign", "Max", "Min"))
        for node in nodes(subject.activation)
    )
    _require(smooth and subject.n == 2, "decided for n = 2 and a σ without kinks.")
    with precision(BITS):
        slope = derivative(subject.activation)
        d = [enclose(slope, enclose(s, arb(0))) for s in _state(subject)]
        weight = to_arb(-subject.W[0][1] * subject.W[1][0])
        return _positive(-(weight * d[0] * d[1]), "-det(W D)")


def _energy_rate_vanishes(subject: Subject, _: Known) -> Finding:
    """sᵀWs expands to the zero polynomial in s, for the very entries of this W (scaled to integers)."""
    n, scale = subject.n, 1
    for entry in (w for row in subject.W for w in row):
        scale *= entry.denominator
    s = fmpz_mpoly_ctx.get([f"s{i}" for i in range(n)], "degrevlex").gens()
    rate = sum(int(subject.W[i][j] * scale) * s[i] * s[j] for i in range(n) for j in range(n))
    _require(rate == 0, f"sᵀWs is {rate}/{scale}, not 0.")
    return Finding(evidence=Evidence.SYMBOLIC)


def _confining(_: Subject, known: Known) -> Finding:
    """On each side of 0, Φ is unbounded or σ is bounded."""
    bounded, evidence = known.facts.get("bounded", (False, Evidence.SAMPLED))
    return Finding(evidence=evidence) if bounded else _infinite("escape_energy")(_, known)


def _negative_definite(subject: Subject, _: Known) -> Finding:
    """-(W + Wᵀ) is positive definite: its leading principal minors are > 0 (Sylvester)."""
    W, n = subject.W, subject.n
    A = [[-(W[i][j] + W[j][i]) for j in range(n)] for i in range(n)]
    minors = (linear.determinant(tuple(tuple(row[:k]) for row in A[:k])) for k in range(1, n + 1))
    return _require(all(m > 0 for m in minors), "-(W + Wᵀ) is not positive definite.")


_MATRIX = (
    Premise(
        name="skew", says="W + Wᵀ = 0", decide=lambda s, _: _require(linear.is_skew(s.W), "W is not skew.")
    ),
    Premise(
        name="not-skew",
        says="W + Wᵀ ≠ 0",
        decide=lambda s, _: _require(not linear.is_skew(s.W), "W is skew."),
    ),
    Premise(
        name="invertible",
        says="W is invertible",
        decide=lambda s, _: _require(linear.rank(s.W) == s.n, "W is singular."),
    ),
    Premise(
        name="singular",
        says="W is singular",
        decide=lambda s, _: _require(linear.rank(s.W) < s.n, "W is invertible."),
    ),
    Premise(
        name="nonzero-weights",
        says="W ≠ 0",
        decide=lambda s, _: _require(any(any(row) for row in s.W), "W is zero."),
    ),
    Premise(name="planar", says="n = 2", decide=lambda s, _: _require(s.n == 2, "n is not 2.")),
    Premise(name="odd-size", says="n is odd", decide=lambda s, _: _require(s.n % 2 == 1, "n is even.")),
    Premise(
        name="similar-to-skew",
        says="W is similar to a skew matrix",
        decide=lambda s, _: _require(linear.is_similar_to_skew(s.W), "W is not similar to a skew matrix."),
    ),
    Premise(name="energy-rate-vanishes", says="sᵀWs = 0 for all s", decide=_energy_rate_vanishes),
    Premise(name="rotation", says="W² = -q I, q > 0", decide=_rotation),
    Premise(name="negative-definite", says="W + Wᵀ is negative definite", decide=_negative_definite),
    Premise(
        name="bias-outside-range",
        says="b is not in range W",
        decide=lambda s, _: _require(not linear.in_range(s.W, s.bias), "b is in range W."),
    ),
    Premise(
        name="bias-in-range",
        says="b is in range W",
        decide=lambda s, _: _require(linear.in_range(s.W, s.bias), "b is not in range W."),
    ),
)

_FORM = (
    Premise(
        name="outer",
        says="outer form",
        decide=lambda s, _: _require(s.form is Form.OUTER, "the form is inner."),
    ),
    Premise(
        name="inner",
        says="inner form",
        decide=lambda s, _: _require(s.form is Form.INNER, "the form is outer."),
    ),
    Premise(
        name="linear",
        says="σ(s) = s",
        decide=lambda s, _: _require(isinstance(s.activation, Variable), "σ is not the identity."),
    ),
    Premise(
        name="tanh",
        says="σ = tanh",
        decide=lambda s, _: _require(s.activation == call("tanh", X), "σ is not tanh."),
    ),
    Premise(name="no-leak", says="γ = 0", decide=lambda s, _: _require(s.leak == 0, "there is a leak.")),
    Premise(name="leak", says="γ > 0", decide=lambda s, _: _require(s.leak > 0, "there is no leak.")),
    Premise(name="no-bias", says="b = 0", decide=_no_bias),
    Premise(name="no-outer-bias", says="b = 0 in the outer form", decide=_no_outer_bias),
    Premise(
        name="nonzero-step",
        says="h ≠ 0",
        decide=lambda s, _: _require(s.step is not None and s.step != 0, "there is no step h ≠ 0."),
    ),
    Premise(
        name="relaxing-step",
        says="0 < hγ ≤ 1",
        decide=lambda s, _: _require(s.step is not None and 0 < s.step * s.leak <= 1, "hγ is not in (0, 1]."),
    ),
)

_SIGMA = tuple(
    Premise(name=name, says=f"σ is {says}", decide=_fact(fact, holds), reads=(fact,))
    for name, fact, holds, says in (
        ("continuous", "continuous", True, "continuous"),
        ("odd", "odd", True, "odd"),
        ("not-odd", "odd", False, "not odd"),
        ("bounded", "bounded", True, "bounded"),
        ("unbounded", "bounded", False, "unbounded"),
        ("nondecreasing", "nondecreasing", True, "nondecreasing"),
        ("strictly-increasing", "strictly_increasing", True, "strictly increasing"),
        ("lipschitz", "lipschitz", True, "Lipschitz"),
        ("strict-sign", "sign_strict", True, "of the sign of its argument: sσ(s) > 0 for s ≠ 0"),
        ("weak-sign", "sign_weak", True, "weakly of the sign of its argument: sσ(s) ≥ 0"),
        ("zero-at-origin-only", "zero_only_at_origin", True, "zero at 0 and nowhere else"),
    )
) + (
    Premise(
        name="confining",
        says="on each side Φ is unbounded or σ is bounded",
        decide=_confining,
        reads=("bounded", "escape_energy"),
    ),
    Premise(
        name="infinite-escape-energy",
        says="E* = ∞",
        decide=_infinite("escape_energy"),
        reads=("escape_energy",),
    ),
    Premise(name="infinite-well-depth", says="E₀ = ∞", decide=_infinite("well_depth"), reads=("well_depth",)),
)

_STATE = (
    Premise(name="positive-energy", says="H(x₀) > 0", decide=_positive_energy),
    Premise(
        name="below-escape",
        says="H(x₀) < E*",
        decide=_energy_below("escape_energy"),
        reads=("escape_energy",),
    ),
    Premise(
        name="below-well-depth", says="H(x₀) < E₀", decide=_energy_below("well_depth"), reads=("well_depth",)
    ),
    Premise(name="above-escape", says="H(x₀) > E*", decide=_energy_above_escape, reads=("escape_energy",)),
    Premise(name="not-an-equilibrium", says="f(x₀) ≠ 0", decide=_not_an_equilibrium),
    Premise(name="nonzero-equilibrium", says="f(x₀) = 0 and x₀ ≠ 0", decide=_nonzero_equilibrium),
    Premise(name="mirror-line", says="x₀ = (c, c), σ(2c - x) = σ(x), σ(c) > 0", decide=_mirror_line),
    Premise(
        name="jacobian-leaves-the-axis", says="det(W D) < 0 at x₀, n = 2", decide=_jacobian_leaves_the_axis
    ),
)

PREMISES: dict[str, Premise] = {p.name: p for p in (*_MATRIX, *_FORM, *_SIGMA, *_STATE)}
"""The premises by name."""
