"""Proposing a closed orbit with drift for certification: its reversors, a short segment of starts, a short time.

Floats propose; `certify.drifting_orbits` decides. A closed orbit that a reversor R maps to itself is fixed by R at
two times, and between the next two such times, of R and S, it is all that needs to be followed.
"""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from flint import fmpq, fmpq_mat

from gsdcheck.certify import linear
from gsdcheck.certify.reversors import Signed, moved
from gsdcheck.model.system import Form, Matrix, System, Vector
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.closed_orbits import ClosedOrbit
from gsdcheck.numeric.field import Network, network, vector_field
from gsdcheck.numeric.integrators import orbit as followed
from gsdcheck.numeric.meetings import Meeting, meeting

MOST_UNITS = 6
_SAMPLES = 2_000
_FIXED = 1e-6
"""What floats take for 0."""
_DIGITS = 9
"""The parameter is enclosed to so many decimals; floats know a few more."""


def drifting_orbit_data(system: System, orbit: ClosedOrbit) -> dict[str, object] | None:
    """The `orbit` of a certificate `drifting-orbit`, or None where it has none: no drift, or no two reversors that keep k.

    Args:
        system: inner form, W skew and singular, n ≤ 6, σ odd.
        orbit: of y = Wx.
    """
    W, basis = system.W, linear.kernel(system.W)
    if not basis or system.n > MOST_UNITS:
        return None
    drifts = [abs(float(np.dot([float(v) for v in k], orbit.activity))) for k in basis]
    if max(drifts) < _FIXED:
        return None
    k = basis[int(np.argmax(drifts))]
    net = network(System(W=W, activation=system.activation, form=Form.OUTER))
    fixed = sorted(_fixed_times(net, orbit, [R for R in reversors(W) if moved(R, k) == k]))
    pairs = sorted(
        (t1 - t0, t0, R, S)
        for t0, R in fixed
        for t1, S in fixed
        if 1e-3 * orbit.period < t1 - t0 < orbit.period
    )
    for gap, t0, R, S in pairs:
        found = _between(net, W, R, S, _state_at(net, orbit, t0), gap)
        if found is not None:
            return {"kernel": [str(v) for v in k], "reversors": [list(R), list(S)], **found}
    return None


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
            t, y = float(times[i]), states[i]
            for _ in range(4):
                # R y(t + s) = y(t - s) about the time, so R y - y = -2 s y' + O(s³)
                speed = vector_field(net, y)
                t += float((_moved(R, y) - y) @ speed / (2 * speed @ speed))
                y = _state_at(net, orbit, t)
            if np.linalg.norm(_moved(R, y) - y) < _FIXED and 0 <= t < 2 * orbit.period:
                yield t, R


def _between(
    net: Network, W: Matrix, R: Signed, S: Signed, y: FloatArray, t: float
) -> dict[str, object] | None:
    """A segment of starts fixed by R, one coordinate a short rational, from which an orbit meets what S fixes."""
    plane, equations = _fixed_basis(W, R), _equations(W, S)
    if len(plane) != 2 or len(equations) != 2:
        return None
    rows = [[float(v) for v in row] for row in equations]
    for held, free in (plane, plane[::-1]):
        h, f = (np.array([float(v) for v in vector]) for vector in (held, free))
        c, u = np.linalg.lstsq(np.stack([h, f], axis=1), y, rcond=None)[0]
        for denominator in (1, 2, 3, 4, 5, 8, 10, 100, 1000):
            short = Fraction(round(float(c) * denominator), denominator)
            if abs(float(short) - c) <= 0.06 * max(1.0, abs(float(c))):
                found = meeting(net, float(short) * h, f, rows, float(u), t)
                if abs(found.t - t) < 0.2 * t and abs(found.u - u) < 1:
                    return _written(W, tuple(short * v for v in held), free, found)
    return None


def _written(W: Matrix, held: Vector, free: Vector, found: Meeting) -> dict[str, object]:
    """The segment and the rectangle in exact numbers."""
    unit = Fraction(1, 10**_DIGITS)
    low = math.floor(found.u / unit)
    part = found.u / float(unit) - low
    first, last = low - (part < 0.1), low + 1 + (part > 0.9)
    (a_u, a_t), (b_u, b_t) = found.derivative
    slope = abs(a_u / a_t) if abs(a_t) >= abs(b_t) else abs(b_u / b_t)
    half = Fraction(10) ** (math.ceil(math.log10(3 * (1 + slope))) - _DIGITS)
    middle = round(Fraction(found.t) / half) * half
    return {
        "start": [str(v) for v in preimage(W, held)],
        "along": [str(v) for v in preimage(W, free)],
        "parameter": [str(first * unit), str(last * unit)],
        "time": [str(middle - half), str(middle + half)],
    }


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
