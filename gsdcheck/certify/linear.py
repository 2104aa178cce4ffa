"""Exact linear algebra over ℚ: structure, rank, kernels, and spectra on the imaginary axis.

Every answer is decided with integers; only the ends of `frequencies` are rounded, outwards. W is scaled to an
integer matrix A = W/c, c > 0 rational, which has the same rank, kernel, Jordan structure and eigenvalues/c.
"""

import math
from collections import deque
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpz_mat, fmpz_poly

from gsdcheck.certify.balls import to_arb
from gsdcheck.certify.sturm import count_roots, positive_roots, sturm_chain
from gsdcheck.errors import InvalidInput, Undecided
from gsdcheck.model.system import Matrix, Vector

MAX_UNITS = 64
"""The largest n for exact work.

Seconds on one core for skew float32 / float64 entries of like size, the slowest functions:
n = 8, 16: all < 0.01 · n = 32: is_similar_to_skew 0.01 / 0.03, frequencies 0.03 / 0.05 ·
n = 64: characteristic_polynomial 0.03 / 0.06, is_similar_to_skew 0.3 / 0.7, frequencies 0.5 / 1.7;
with entries from 1e-20 to 1e20, is_similar_to_skew 4, frequencies 5. A matrix that is not skew costs a tenth.
"""

MAX_SIZE = 2**20
"""The largest n²·(bits of the integer matrix): 256 bits at n = 64, 4096 at n = 16, 16384 at n = 8."""

_BITS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """One ω ≥ 0 such that iω is an eigenvalue: lower ≤ ω ≤ upper, dimensionless, enclosed.

    `exact` is ω and `square` is ω² where they are rational. `multiplicity` is that of iω as a root of the
    characteristic polynomial; -iω has the same.
    """

    lower: Fraction
    upper: Fraction
    exact: Fraction | None
    square: Fraction | None
    multiplicity: int

    @property
    def enclosure(self) -> arb:
        """A ball that contains ω, at the current precision."""
        return to_arb(self.lower).union(to_arb(self.upper))


def require_workable(W: Matrix) -> None:
    """Nothing, if W is square, not empty, and small enough for exact work.

    Raises:
        InvalidInput: with the limit that W breaks, n ≤ MAX_UNITS or n²·bits ≤ MAX_SIZE.
    """
    integer_matrix(W)


def is_skew(W: Matrix) -> bool:
    """W + Wᵀ = 0, exactly."""
    _require_square(W)
    return all(W[i][j] == -W[j][i] for i in range(len(W)) for j in range(i + 1))


def distance_to_skew_squared(W: Matrix) -> Fraction:
    """¼‖W + Wᵀ‖_F², exactly: the squared Frobenius distance from W to the nearest skew matrix."""
    _require_square(W)
    n = len(W)
    return sum(((W[i][j] + W[j][i]) ** 2 for i in range(n) for j in range(n)), Fraction(0)) / 4


def distance_to_skew(W: Matrix) -> arb:
    """½‖W + Wᵀ‖_F, enclosed at the current precision."""
    return to_arb(distance_to_skew_squared(W)).sqrt()


def skew_symmetrizer(W: Matrix) -> Vector | None:
    """d > 0 with diag(d) W skew, or None if there is none; d = 1 at the first unit of each component."""
    _require_square(W)
    n = len(W)
    d: dict[int, Fraction] = {}
    for root in range(n):
        if root not in d:
            d[root] = Fraction(1)
            _spread(W, root, d)
    # soundness: d is forced on each component up to a factor, so if this d fails every d fails.
    works = all(d[i] * W[i][j] == -d[j] * W[j][i] for i in range(n) for j in range(i + 1))
    return tuple(d[i] for i in range(n)) if works and min(d.values()) > 0 else None


def _spread(W: Matrix, root: int, d: dict[int, Fraction]) -> None:
    """Breadth first from the root: d_i W_ij = -d_j W_ji fixes d_j from d_i where both entries are nonzero."""
    pending = deque([root])
    while pending:
        i = pending.popleft()
        for j in range(len(W)):
            if j not in d and W[i][j] and W[j][i]:
                d[j] = -d[i] * W[i][j] / W[j][i]
                pending.append(j)


def rank(W: Matrix) -> int:
    """The dimension of the range of W."""
    return int(integer_matrix(W)[0].rank())


def determinant(W: Matrix) -> Fraction:
    """det W."""
    A, scale = integer_matrix(W)
    return Fraction(int(A.det())) * scale ** len(W)


def kernel(W: Matrix) -> tuple[Vector, ...]:
    """A basis of {k: W k = 0}: primitive integer vectors, one for each free column of the echelon form."""
    A, _ = integer_matrix(W)
    n = len(W)
    R, pivot, r = A.rref()
    pivots = [next(j for j in range(n) if R[i, j] != 0) for i in range(r)]
    basis = []
    for free in (j for j in range(n) if j not in pivots):
        k = [0] * n
        k[free] = int(pivot)
        for i, column in enumerate(pivots):
            k[column] = -int(R[i, free])
        basis.append(_primitive(k))
    # soundness: n - rank vectors, independent by their free columns; R k = 0 row by row.
    return tuple(tuple(map(Fraction, k)) for k in basis)


def left_kernel(W: Matrix) -> tuple[Vector, ...]:
    """A basis of {k: kᵀ W = 0}, as `kernel` of Wᵀ: the Casimirs of the outer form."""
    _require_square(W)
    return kernel(tuple(zip(*W, strict=True)))


def in_range(W: Matrix, b: Vector) -> bool:
    """b = W c for some c: every k with kᵀ W = 0 has k·b = 0."""
    if len(b) != len(W):
        raise InvalidInput(f"b has {len(b)} entries but W is {len(W)}x{len(W)}. They must agree.")
    # soundness: range W is the annihilator of the left kernel (Fredholm), exactly over ℚ.
    return all(sum((x * y for x, y in zip(k, b, strict=True)), Fraction(0)) == 0 for k in left_kernel(W))


def characteristic_polynomial(W: Matrix) -> Vector:
    """The coefficients of det(λ - W), ascending; the last is 1."""
    A, scale = integer_matrix(W)
    n = len(W)
    return tuple(int(c) * scale ** (n - i) for i, c in enumerate(A.charpoly().coeffs()))


def is_imaginary_spectrum(W: Matrix) -> bool:
    """Every eigenvalue of W lies on iℝ."""
    return _is_imaginary(integer_matrix(W)[0].charpoly())


def is_diagonalizable(W: Matrix) -> bool:
    """W = P Λ P⁻¹ over ℂ: the squarefree part of the characteristic polynomial annihilates W."""
    A, _ = integer_matrix(W)
    return _is_diagonalizable(A, A.charpoly())


def is_similar_to_skew(W: Matrix) -> bool:
    """W is similar over ℝ to a skew matrix: diagonalizable over ℂ with spectrum on iℝ (row O9)."""
    A, _ = integer_matrix(W)
    p = A.charpoly()
    return _is_imaginary(p) and _is_diagonalizable(A, p)


def frequencies(W: Matrix) -> tuple[Frequency, ...]:
    """Every ω ≥ 0 with iω an eigenvalue of W, in increasing order; eigenvalues off iℝ are left out.

    Raises:
        Undecided: roots are too close to be told apart at the precision used.
    """
    A, scale = integer_matrix(W)
    zeros, factors = imaginary_part(A.charpoly())
    bits = _BITS + 2 * _height(A)  # an integer ω² has at most 2 (height + log₂ n) bits
    found = [
        _frequency(square, scale, multiplicity)
        for f, multiplicity in factors
        for square in positive_roots(f, bits)
    ]
    if zeros:
        found.append(_frequency((Fraction(0), Fraction(0)), scale, zeros))
    return tuple(sorted(found, key=lambda frequency: frequency.lower))


def jacobian_leaves_axis(W: Matrix, d: tuple[Fraction | arb, Fraction | arb]) -> bool:
    """n = 2: an eigenvalue of W diag(d) has a nonzero real part, d rational or enclosed.

    With trace t and determinant D the eigenvalues lie on iℝ iff t = 0 and D ≥ 0.

    Raises:
        InvalidInput: W is not 2x2, or d has not two entries.
        Undecided: the balls hold both answers.
    """
    if len(W) != 2 or len(d) != 2:
        raise InvalidInput(f"W is {len(W)}x{len(W)} and d has {len(d)} entries. This test is for n = 2.")
    _require_square(W)
    left, right = (to_arb(x) if isinstance(x, Fraction) else x for x in d)
    trace = to_arb(W[0][0]) * left + to_arb(W[1][1]) * right
    D = to_arb(W[0][0] * W[1][1] - W[0][1] * W[1][0]) * left * right
    # soundness: arb comparisons are true only if they hold for every pair of points of the balls.
    if D < 0 or trace != 0:
        return True
    if trace == 0 and D >= 0:
        return False
    raise Undecided(f"The sign of det(W diag d) is not decided by {D}. Use tighter balls.")


def _is_imaginary(p: fmpz_poly) -> bool:
    zeros, factors = imaginary_part(p)
    pairs = sum(m * count_roots(sturm_chain(f), Fraction(0), None) for f, m in factors)
    return bool(zeros + 2 * pairs == p.degree())


def imaginary_part(p: fmpz_poly) -> tuple[int, list[tuple[fmpz_poly, int]]]:
    """The multiplicity of the root 0, and squarefree f, with multiplicities, whose roots μ > 0 are the ω².

    soundness: p(λ) = E(λ²) + λ O(λ²) and p(iω) = E(-ω²) + iω O(-ω²); for real ω ≠ 0 it vanishes iff E and O
    both vanish at -ω². A root iω of p of multiplicity m is one of p(-λ) too, hence of gcd(E, O)(λ²).
    """
    coefficients = p.coeffs()
    zeros = next(i for i, c in enumerate(coefficients) if c != 0)
    common = fmpz_poly(coefficients[0::2]).gcd(fmpz_poly(coefficients[1::2])).coeffs()
    start = next(i for i, c in enumerate(common) if c != 0)
    reflected = fmpz_poly([(-1) ** i * c for i, c in enumerate(common[start:])])
    return zeros, list(reflected.factor_squarefree()[1])


def _is_diagonalizable(A: fmpz_mat, p: fmpz_poly) -> bool:
    # soundness: the minimal polynomial has all roots of p; it is squarefree iff p/gcd(p, p') annihilates A.
    repeated = p.gcd(p.derivative())
    return bool(repeated.degree() == 0 or _value(p // repeated, A) == fmpz_mat(A.nrows(), A.ncols()))


def _value(p: fmpz_poly, A: fmpz_mat) -> fmpz_mat:
    """p(A) with about 2√deg p products of matrices (Paterson and Stockmeyer) instead of deg p."""
    n = A.nrows()
    step = math.isqrt(p.degree()) + 1
    powers = [fmpz_mat(n, n, [int(i % (n + 1) == 0) for i in range(n * n)])]
    for _ in range(step):
        powers.append(powers[-1] * A)
    coefficients = p.coeffs()
    total = fmpz_mat(n, n)
    for start in reversed(range(0, len(coefficients), step)):
        total = total * powers[step]
        for c, power in zip(coefficients[start : start + step], powers, strict=False):
            total += power * c
    return total


def _frequency(square: tuple[Fraction, Fraction], scale: Fraction, multiplicity: int) -> Frequency:
    lower, upper = square
    exact_square = lower if lower == upper else None
    ends = _root(lower)[0] * scale, _root(upper)[1] * scale
    return Frequency(
        lower=ends[0],
        upper=ends[1],
        exact=ends[0] if exact_square is not None and ends[0] == ends[1] else None,
        square=None if exact_square is None else exact_square * scale**2,
        multiplicity=multiplicity,
    )


def _root(square: Fraction) -> tuple[Fraction, Fraction]:
    """Rationals l ≤ √square ≤ u, equal for the square of an integer, else within 2^-127 relatively."""
    if square == 0:
        return square, square
    # soundness: isqrt rounds down and (r + 1)² exceeds the scaled square, so both ends are outward.
    shift = max(0, 2 * _BITS + square.denominator.bit_length() - square.numerator.bit_length())
    shift += shift % 2
    scaled = square * 2**shift
    r = math.isqrt(math.floor(scaled))
    unit = Fraction(1, 2 ** (shift // 2))
    return r * unit, (r if r * r == scaled else r + 1) * unit


def integer_matrix(W: Matrix) -> tuple[fmpz_mat, Fraction]:
    """(A, c) with W = c A, A integer and primitive, c > 0."""
    _require_square(W)
    entries = [x for row in W for x in row]
    denominator = math.lcm(*(x.denominator for x in entries))
    integers = [x.numerator * (denominator // x.denominator) for x in entries]
    content = math.gcd(*integers) or 1
    A = fmpz_mat(len(W), len(W), [x // content for x in integers])
    size = len(W) ** 2 * _height(A)
    if size > MAX_SIZE:
        raise InvalidInput(
            f"W needs integers of {_height(A)} bits at n = {len(W)}. Exact work is limited to "
            f"n²·bits ≤ {MAX_SIZE}, {MAX_SIZE // len(W) ** 2} bits here. Round the entries to fewer digits."
        )
    return A, Fraction(content, denominator)


def _require_square(W: Matrix) -> None:
    n = len(W)
    if n == 0 or any(len(row) != n for row in W):
        widths = sorted({len(row) for row in W})
        raise InvalidInput(f"W has {n} rows of width {widths}. A weight matrix is square and not empty.")
    if n > MAX_UNITS:
        raise InvalidInput(f"W is {n}x{n}. Exact work is limited to n ≤ {MAX_UNITS}. Pass a smaller network.")


def _height(A: fmpz_mat) -> int:
    return max(int(x).bit_length() for x in A.entries())


def _primitive(k: list[int]) -> list[int]:
    """k over its content, the first nonzero entry positive."""
    content = math.gcd(*k)
    sign = 1 if next(x for x in k if x) > 0 else -1
    return [sign * x // content for x in k]
