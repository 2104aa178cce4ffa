"""Where the eigenvalues of a Jacobian W diag(d) lie, d enclosed: balls in ℂ, exactly on iℝ where that is proved."""

from collections.abc import Sequence

from flint import acb, acb_mat, arb

from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.linear import is_skew
from gsdcheck.errors import InvalidInput, Undecided
from gsdcheck.model.system import Matrix

BITS = 128


def jacobian_eigenvalues(W: Matrix, slopes: Sequence[arb]) -> tuple[acb, ...]:
    """n disjoint balls, each with one eigenvalue of W diag(d) in it, for every d enclosed.

    In the inner form the Jacobian is diag(d) W, which has the same spectrum. The real part is exactly 0 for
    skew W where every d ≥ 0 (row J1), or where the symmetry of the spectrum (row J2) leaves no other place.

    Args:
        slopes: d_i = σ'(x_i), finite balls.

    Raises:
        InvalidInput: W is not square, there are not n slopes, or one is not finite.
        Undecided: the eigenvalues are not told apart, as where one is multiple.
    """
    n = len(W)
    if len(slopes) != n or any(len(row) != n for row in W) or not all(d.is_finite() for d in slopes):
        raise InvalidInput(
            f"W has {n} rows and there are {len(slopes)} slopes. Give n finite slopes for n×n weights."
        )
    with precision(BITS):
        # soundness: d >= 0 of a ball is true only if it holds for every point of it
        if is_skew(W) and n == 2:
            return _planar(W, slopes)
        if is_skew(W) and all(d >= 0 for d in slopes):
            return _on_the_axis(W, [d.sqrt() for d in slopes])
        found = _isolated([[acb(to_arb(w) * d) for w, d in zip(row, slopes, strict=True)] for row in W])
        return _symmetric(found) if is_skew(W) else found


def _planar(W: Matrix, slopes: Sequence[arb]) -> tuple[acb, ...]:
    """±√(-det W D): W D has trace 0, since W is skew."""
    square = to_arb(W[0][1] * W[1][0]) * slopes[0] * slopes[1]
    root = abs(square).sqrt()
    # soundness: the sign of a ball is that of every point of it, and with it the root is not 0
    if square < 0:
        return acb(0, root), acb(0, -root)
    if square > 0:
        return acb(root), acb(-root)
    raise Undecided(f"The eigenvalues are not told apart: λ² = {square}. Use tighter balls.")


def _on_the_axis(W: Matrix, roots: Sequence[arb]) -> tuple[acb, ...]:
    """The eigenvalues of S = D^½ W D^½, which is skew and has the spectrum of W D."""
    # soundness: AB and BA have the same spectrum for square A = W D^½ and B = D^½, also where D is singular.
    hermitian = [
        [acb(0, a * to_arb(w) * b) for w, b in zip(row, roots, strict=True)]
        for row, a in zip(W, roots, strict=True)
    ]
    # soundness: iS is Hermitian, its eigenvalue μ is real, so the real part of a ball around μ contains it; λ = -iμ.
    return tuple(acb(0, -mu.real) for mu in _isolated(hermitian))


def _symmetric(found: tuple[acb, ...]) -> tuple[acb, ...]:
    """The balls with parts that the symmetries λ ↦ λ̄ (W, d real) and λ ↦ -λ (W skew) force to vanish set to 0."""
    # soundness: (W D)ᵀ = -D W has the spectrum of -W D, so -λ̄ is an eigenvalue with λ. It lies in one of the
    # balls; if its own is the only one that the mirror image of this ball meets, then -λ̄ = λ and Re λ = 0.
    exact = []
    for i, ball in enumerate(found):
        others = [other for j, other in enumerate(found) if j != i]
        upright = not any(other.overlaps(acb(-ball.real, ball.imag)) for other in others)
        level = not any(other.overlaps(acb(ball.real, -ball.imag)) for other in others)
        exact.append(acb(arb(0) if upright else ball.real, arb(0) if level else ball.imag))
    return tuple(exact)


def _isolated(rows: list[list[acb]]) -> tuple[acb, ...]:
    """Disjoint balls, each with exactly one eigenvalue of the matrix: of every matrix that the entries enclose."""
    try:
        return tuple(acb_mat(rows).eig())
    except ValueError as fault:
        raise Undecided(f"The eigenvalues are not told apart: {fault}. Use tighter balls.") from fault
