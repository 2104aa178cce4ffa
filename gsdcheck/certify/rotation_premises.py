"""Premises about networks whose orbits turn at known frequencies: exact, over the rationals."""

from fractions import Fraction

from flint import fmpq, fmpq_mat, fmpq_poly

from gsdcheck.certify import linear
from gsdcheck.certify.commensurate import common_square, positive_rational_roots
from gsdcheck.certify.premise import EXACT, Finding, Known, Premise, require
from gsdcheck.certify.state_premises import exact_state
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.expression import Number, Variable
from gsdcheck.model.system import Matrix, Vector


def rational_state(subject: Subject) -> Vector:
    """x₀, whose coordinates must be rational."""
    state = exact_state(subject)
    values = [s.value for s in state if isinstance(s, Number)]
    require(len(values) == subject.n, "x₀ is not rational.")
    return tuple(values)


def _times(W: Matrix, v: Vector) -> Vector:
    return tuple(sum((a * b for a, b in zip(row, v, strict=True)), Fraction(0)) for row in W)


def squared_frequencies(W: Matrix, x: Vector) -> fmpq_poly:
    """The polynomial, monic, whose roots are the ω² > 0 of the eigenvalues iω of a skew W that x excites; exact.

    x = Σ x_ω with W x_ω = ±iω x_ω; the roots of the least polynomial μ with μ(W) x = 0 are the ±iω with x_ω ≠ 0.
    """
    chain: list[Vector] = []
    latest = x
    while _rank([*chain, latest]) > len(chain):
        chain.append(latest)
        latest = _times(W, latest)
    c = _combination(chain, latest)  # Wᵈx = Σ c_k Wᵏx, so that μ = λᵈ - Σ c_k λᵏ
    coefficients = [*(-value for value in c), fmpq(1)]
    least = next(k for k, value in enumerate(coefficients) if value != 0)
    # soundness: W is skew, so that μ has simple roots ±iω and perhaps 0: μ = λᵉ Π (λ² + ω²)
    even = coefficients[least::2]
    return fmpq_poly([value if (len(even) - k) % 2 else -value for k, value in enumerate(even)])


def _rank(vectors: list[Vector]) -> int:
    return int(fmpq_mat([[fmpq(v.numerator, v.denominator) for v in row] for row in vectors]).rank())


def _combination(chain: list[Vector], target: Vector) -> list[fmpq]:
    """The coefficients of the target in the independent vectors of the chain, by the normal equations."""
    if not chain:
        return []
    rows = fmpq_mat([[fmpq(v.numerator, v.denominator) for v in row] for row in chain])
    column = fmpq_mat([[fmpq(v.numerator, v.denominator)] for v in target])
    return (rows * rows.transpose()).solve(rows * column).entries()  # type: ignore[no-any-return]


def are_commensurate(squares: fmpq_poly) -> bool:
    """Whether the √s of the roots s > 0 have rational quotients.

    If they do, s_k = q_k² s_1 with rational q_k, and Σ s_k is rational, hence so is s_1: every root is rational.
    """
    roots = positive_rational_roots(squares.numer())
    return roots is not None and common_square(roots) is not None


def _never_closes(subject: Subject, _: Known) -> Finding:
    """x' = Wx, W skew: x(T) = x₀ makes e^(iωT) = 1 for every excited ω, so that their quotients are rational."""
    require(
        isinstance(subject.activation, Variable) and linear.is_skew(subject.W),
        "the network is not linear and skew.",
    )
    require(not subject.leak and not any(subject.bias), "there is a leak or a bias.")
    squares = squared_frequencies(subject.W, rational_state(subject))
    require(squares.degree() > 0, "x₀ is an equilibrium.")
    return require(
        not are_commensurate(squares), "the frequencies that x₀ excites are commensurate: the orbit closes."
    )


def _two_rotations(subject: Subject, _: Known) -> Finding:
    W = subject.W
    apart = subject.n == 4 and not any(W[i][j] or W[j][i] for i in (0, 1) for j in (2, 3))
    require(linear.is_skew(W) and apart, "W is not two planar rotations.")
    return require(bool(W[0][1] and W[2][3]), "one of the two rotations is 0.")


def _turns_about_the_diagonal(subject: Subject, _: Known) -> Finding:
    """n = 3, W = w (1, 1, 1)×, w ≠ 0: (c, c, c) rests for every σ and c; x₀ is not such a point."""
    require(subject.n == 3 and linear.is_skew(subject.W), "n = 3 and skew only.")
    rows_cancel = all(sum(row, Fraction(0)) == 0 for row in subject.W) and any(map(any, subject.W))
    require(rows_cancel, "W is not a multiple of (1, 1, 1)×.")
    if len(set(rational_state(subject))) == 1:
        raise CertificateRejected("x₀ is an equilibrium on the diagonal.")
    return EXACT


ROTATION_PREMISES = (
    Premise(
        name="never-closes",
        says="x' = Wx, and two frequencies that x₀ excites have an irrational quotient",
        decide=_never_closes,
    ),
    Premise(
        name="turns-about-the-diagonal",
        says="n = 3, W = w (1, 1, 1)×, w ≠ 0, and the coordinates of x₀ are not equal",
        decide=_turns_about_the_diagonal,
    ),
)
"""Premises that look at x₀."""

TWO_ROTATIONS = Premise(
    name="two-rotations", says="n = 4, W is two planar rotations beside each other", decide=_two_rotations
)
