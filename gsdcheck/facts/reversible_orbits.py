"""The part of a closed orbit between two reversors, proposed for certification: a short segment of starts, a short time.

Floats propose; `certify.reversible_orbits` decides. A closed orbit that a reversor R maps to itself is fixed by R at
two times, and between the next two such times, of R and S, it is all that needs to be followed.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import fmpq, fmpq_mat

from gsdcheck.certify import linear
from gsdcheck.certify.reversors import Signed
from gsdcheck.model.system import Form, Matrix, Vector
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.closed_orbits import ClosedOrbit
from gsdcheck.numeric.field import Network, vector_field
from gsdcheck.numeric.integrators import orbit as followed
from gsdcheck.numeric.meetings import Meeting, meeting

MOST_UNITS = 6
_SAMPLES = 2_000
FIXED = 1e-6
"""What floats take for 0."""
_NEAR = 0.05
"""A sample so near to being fixed, as a part of the farthest, is worth a closer look."""
_DENOMINATORS = (1, 2, 3, 4, 5, 8, 10, 100, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """y(0) = base + u free is fixed by R, and y(t) by S; u and t rounded, base and free exact."""

    R: Signed
    S: Signed
    base: Vector
    free: Vector
    found: Meeting

    @property
    def start(self) -> FloatArray:
        """y(0), rounded."""
        return np.array(
            [float(b + Fraction(self.found.u) * f) for b, f in zip(self.base, self.free, strict=True)]
        )

    def stated(self, W: Matrix, form: Form, places: int) -> dict[str, object]:
        """What a certificate states of it: the reversors, the segment and the rectangle, in exact numbers.

        The parameter is given to so many decimal places, at most 10; floats hardly know more.
        """
        unit = Fraction(1, 10**places)
        u, half = round(Fraction(self.found.u) / unit), _half_width(self.found) * unit
        middle = round(Fraction(self.found.t) / half) * half
        starts = (v if form is Form.OUTER else preimage(W, v) for v in (self.base, self.free))
        start, along = ([str(entry) for entry in v] for v in starts)
        return {
            "reversors": [list(self.R), list(self.S)],
            "start": start,
            "along": along,
            "parameter": [str((u - 1) * unit), str((u + 1) * unit)],
            "time": [str(middle - half), str(middle + half)],
        }


def reversible_parts(
    net: Network, W: Matrix, orbit: ClosedOrbit, candidates: Sequence[Signed]
) -> Iterator[Part]:
    """The parts of the orbit, or of one near it in its family, between two of the reversors, the shortest first.

    Args:
        net: outer form, of these weights.
        candidates: which reversors may be used.
    """
    fixed = sorted(_fixed_times(net, orbit, candidates))
    pairs = sorted(
        (t1 - t0, t0, R, S)
        for t0, R in fixed
        for t1, S in fixed
        if 1e-3 * orbit.period < t1 - t0 < orbit.period
    )
    for gap, t0, R, S in pairs:
        part = _between(net, W, R, S, _state_at(net, orbit, t0), gap)
        if part is not None:
            yield part


def around(value: float, places: int) -> list[str]:
    """Two decimals of so many places about the value."""
    low = math.floor(value * 10**places)
    return [str(Fraction(low - 1, 10**places)), str(Fraction(low + 2, 10**places))]


def is_reversible(W: Matrix) -> bool:
    """Whether there is a reversor, and W is small enough for what looks for closed orbits with one."""
    return len(W) <= MOST_UNITS and next(reversors(W), None) is not None


def reversors(W: Matrix) -> Iterator[Signed]:
    """The signed permutations R with R W Rᵀ = -W, built up entry by entry."""

    def extended(R: Signed) -> Iterator[Signed]:
        if len(R) == len(W):
            yield R
            return
        for r in (s * (j + 1) for j in range(len(W)) for s in (1, -1) if j + 1 not in map(abs, R)):
            if all(_turned(W, (*R, r), i, len(R)) for i in range(len(R) + 1)):
                yield from extended((*R, r))

    return extended(())


def _turned(W: Matrix, R: Signed, i: int, j: int) -> bool:
    """(R W Rᵀ)_ij = -W_ij."""
    sign = 1 if R[i] * R[j] > 0 else -1
    return sign * W[abs(R[i]) - 1][abs(R[j]) - 1] == -W[i][j]


def _fixed_times(
    net: Network, orbit: ClosedOrbit, candidates: Sequence[Signed]
) -> Iterator[tuple[float, Signed]]:
    """(t, R) with R y(t) = y(t), t in [0, 2T)."""
    times = np.linspace(0.0, 2 * orbit.period, 2 * _SAMPLES + 1)
    states = followed(net, orbit.start, times, rtol=1e-12, atol=1e-13).states
    for R in candidates:
        gaps = np.linalg.norm(_moved(R, states.T).T - states, axis=1)
        for i in np.flatnonzero((gaps[1:-1] <= gaps[:-2]) & (gaps[1:-1] < gaps[2:])) + 1:
            if gaps[i] > _NEAR * gaps.max():
                continue
            t, y = float(times[i]), states[i]
            for _ in range(4):
                # R y(t + s) = y(t - s) about the time, so R y - y = -2 s y' + O(s³)
                speed = vector_field(net, y)
                t += float((_moved(R, y) - y) @ speed / (2 * speed @ speed))
                y = _state_at(net, orbit, t)
            if np.linalg.norm(_moved(R, y) - y) < FIXED and 0 <= t < 2 * orbit.period:
                yield t, R


def _between(net: Network, W: Matrix, R: Signed, S: Signed, y: FloatArray, t: float) -> Part | None:
    """A segment of starts fixed by R, one coordinate a short rational, from which an orbit meets what S fixes."""
    plane, equations = _fixed_basis(W, R), _equations(W, S)
    if len(plane) != 2 or len(equations) != 2:
        return None
    rows = [[float(v) for v in row] for row in equations]
    for held, free in (plane, plane[::-1]):
        h, f = (np.array([float(v) for v in vector]) for vector in (held, free))
        c, u = np.linalg.lstsq(np.stack([h, f], axis=1), y, rcond=None)[0]
        for short in (Fraction(round(float(c) * q), q) for q in _DENOMINATORS):
            if abs(float(short) - c) <= 0.06 * max(1.0, abs(float(c))):
                found = meeting(net, float(short) * h, f, rows, float(u), t)
                if abs(found.t - t) < 0.2 * t and abs(found.u - u) < 1:
                    return Part(R=R, S=S, base=tuple(short * v for v in held), free=free, found=found)
    return None


def _half_width(found: Meeting) -> Fraction:
    """Half the window of times, for one of the parameter of 1: a power of ten, some times what that moves the crossing."""
    (a_u, a_t), (b_u, b_t) = found.derivative
    slope = abs(a_u / a_t) if abs(a_t) >= abs(b_t) else abs(b_u / b_t)
    return Fraction(10) ** math.ceil(math.log10(6 * (1 + slope)))


def preimage(W: Matrix, v: Vector) -> Vector:
    """The x in range W with W x = v, for skew W and v in range W: x = W z, (W² - KᵀK) z = v, K a basis of ker W."""
    n, K = len(W), linear.kernel(W)
    weights = _exact(W)
    kernel = _exact(K) if K else fmpq_mat(1, n)
    z = (weights * weights - kernel.transpose() * kernel).solve(_exact([(entry,) for entry in v]))
    return tuple(Fraction(int(x.p), int(x.q)) for x in (weights * z).entries())


def _fixed_basis(W: Matrix, R: Signed) -> tuple[Vector, ...]:
    """A basis of the y in range W with R y = y."""
    return linear.kernel(_normal([*_less_one(R), *linear.kernel(W)]))


def _equations(W: Matrix, S: Signed) -> list[Vector]:
    """Rows of S - 1 that with ker W are independent."""
    found, known = list[Vector](), list(linear.kernel(W))
    for row in _less_one(S):
        if linear.rank(_normal([*known, *found, row])) > len(known) + len(found):
            found.append(row)
    return found


def _less_one(R: Signed) -> list[Vector]:
    """The rows of R - 1."""
    n = len(R)
    return [
        tuple(Fraction((j + 1 == abs(r)) * (1 if r > 0 else -1) - (i == j)) for j in range(n))
        for i, r in enumerate(R)
    ]


def _normal(rows: list[Vector]) -> Matrix:
    """AᵀA, which has the kernel and the rank of A."""
    n = len(rows[0])
    return tuple(tuple(sum((r[i] * r[j] for r in rows), Fraction(0)) for j in range(n)) for i in range(n))


def _exact(rows: Sequence[Sequence[Fraction]]) -> fmpq_mat:
    return fmpq_mat([[fmpq(v.numerator, v.denominator) for v in row] for row in rows])


def _moved(R: Signed, y: FloatArray) -> FloatArray:
    """R y along the first axis."""
    signs = np.sign(R).astype(np.float64)
    return np.asarray(signs.reshape(-1, *[1] * (y.ndim - 1)) * y[np.abs(R) - 1])


def _state_at(net: Network, orbit: ClosedOrbit, t: float) -> FloatArray:
    """y(t) on the closed orbit."""
    t = t % orbit.period
    return followed(net, orbit.start, [0.0, t], rtol=1e-12, atol=1e-13).states[-1] if t else orbit.start
