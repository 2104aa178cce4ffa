"""Further premises about W, b, γ and h: exact, over the rationals."""

from collections.abc import Callable
from fractions import Fraction

from flint import fmpq, fmpq_mat

from gsdcheck.certify import linear
from gsdcheck.certify.premise import Finding, Known, Premise, require
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Matrix, Vector

_RK4_LIMIT = Fraction(8)
"""(2√2)²: RK4 is stable on the imaginary axis up to hω = 2√2."""


def _zero_diagonal(s: Subject, _: Known) -> Finding:
    return require(not any(s.W[i][i] for i in range(s.n)), "W has a diagonal entry that is not 0.")


def _skew_symmetrizable(s: Subject, _: Known) -> Finding:
    return require(linear.skew_symmetrizer(s.W) is not None, "no positive diagonal D makes DW skew.")


def _equal_rows(s: Subject, _: Known) -> Finding:
    """W = 1·rᵀ with Σ r_i = 0: Wx has equal coordinates, and 1ᵀW1 = n Σ r_i = 0."""
    same = all(row == s.W[0] for row in s.W)
    return require(same and sum(s.W[0]) == 0, "the rows of W are not equal with sum 0.")


def _tilt(subject: Subject) -> Vector:
    """The c with W c = b.

    Raises:
        CertificateRejected: W is singular.
    """
    n = subject.n
    W = fmpq_mat([[_fmpq(w) for w in row] for row in subject.W])
    if W.rank() < n:  # soundness: c must be the only solution
        raise CertificateRejected("W is singular, so that b = Wc does not determine c.")
    c = W.solve(fmpq_mat([[_fmpq(v)] for v in subject.bias]))
    return tuple(Fraction(int(c[i, 0].p), int(c[i, 0].q)) for i in range(n))


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _small_tilt(s: Subject, _: Known) -> Finding:
    return require(all(abs(c) < 1 for c in _tilt(s)), "some |c_i| is at least 1, b = Wc.")


def _large_tilt(s: Subject, _: Known) -> Finding:
    return require(any(abs(c) >= 1 for c in _tilt(s)), "every |c_i| is below 1, b = Wc.")


def _above_gram(W: Matrix, shift: Fraction, factor: Fraction) -> Vector:
    """(-1)^(n-k) times the coefficient of λ^k in det(λ - M), M = shift·I - factor·WᵀW.

    M is symmetric, so its eigenvalues are real. All these numbers are ≥ 0 iff no eigenvalue is negative, for then
    p(-t) is (-1)ⁿ times a polynomial in t > 0 with coefficients ≥ 0 and leading coefficient 1; all are > 0 iff
    moreover 0 is none.
    """
    n = len(W)
    gram = [[sum((W[k][i] * W[k][j] for k in range(n)), Fraction(0)) for j in range(n)] for i in range(n)]
    M = tuple(
        tuple((shift if i == j else Fraction(0)) - factor * gram[i][j] for j in range(n)) for i in range(n)
    )
    return tuple((-1) ** (n - k) * c for k, c in enumerate(linear.characteristic_polynomial(M)))


def _step(s: Subject) -> Fraction:
    if s.step is None:
        raise CertificateRejected("the premise needs a step h.")
    return s.step


def _stable_step(s: Subject, _: Known) -> Finding:
    """h > 0 and h(γ² + ω²) < 2γ for every singular value ω of W: 2γ/h - γ² - WᵀW is positive definite."""
    h = _step(s)
    require(h > 0, "the step is not > 0.")
    signs = _above_gram(s.W, 2 * s.leak / h - s.leak**2, Fraction(1))
    return require(all(c > 0 for c in signs), "h(γ² + ω²) < 2γ fails for some ω.")


def _rk4_stable_step(s: Subject, _: Known) -> Finding:
    """h²ω² ≤ 8 for every singular value ω of W: 8 - h²WᵀW is positive semidefinite."""
    signs = _above_gram(s.W, _RK4_LIMIT, _step(s) ** 2)
    return require(all(c >= 0 for c in signs), "|h| ω ≤ 2√2 fails for some ω.")


def _premise(name: str, says: str, decide: Callable[[Subject, Known], Finding]) -> Premise:
    return Premise(name=name, says=says, decide=decide)


STRUCTURE_PREMISES = (
    _premise("zero-diagonal", "W_ii = 0 for every i", _zero_diagonal),
    _premise("skew-symmetrizable", "DW + (DW)ᵀ = 0 for some positive diagonal D", _skew_symmetrizable),
    _premise("equal-rows", "all rows of W are equal, with sum 0", _equal_rows),
    _premise("small-tilt", "W is invertible and |c_i| < 1 for all i, b = Wc", _small_tilt),
    _premise("large-tilt", "W is invertible and |c_i| ≥ 1 for some i, b = Wc", _large_tilt),
)

STABILITY_PREMISES = (
    _premise("stable-step", "h > 0 and h(γ² + ω²) < 2γ for every singular value ω of W", _stable_step),
    _premise("rk4-stable-step", "|h| ω ≤ 2√2 for every singular value ω of W", _rk4_stable_step),
)
"""Premises that read a step."""
