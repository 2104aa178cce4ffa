"""Where the coefficients of `gsdcheck.numeric.compiled` come from: Remez' exchange with 50 digits.

`python -m tests.numeric.compiled.minimax` prints them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import mpmath as mp

Real = Callable[[mp.mpf], mp.mpf]
GRID = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The polynomial q of that degree with the least max |weight · (f - q)| over the interval."""

    f: Real
    weight: Real
    interval: tuple[mp.mpf, mp.mpf]
    degree: int


def minimax(problem: Problem) -> tuple[list[mp.mpf], mp.mpf]:
    """The coefficients, lowest first, and the error, to one per cent of the least there is.

    Raises:
        ArithmeticError: twelve exchanges do not get there.
    """
    grid = _chebyshev(*problem.interval, GRID)
    values, weights = [problem.f(x) for x in grid], [problem.weight(x) for x in grid]
    low, high = problem.interval
    points = _chebyshev(
        low, high - (high - low) / 20, problem.degree + 2
    )  # lopsided: never 0 of an even interval
    for _ in range(12):
        coefficients, level = _levelled(problem, points)
        errors = [
            w * (v - mp.polyval(coefficients[::-1], x)) for x, v, w in zip(grid, values, weights, strict=True)
        ]
        peaks = _alternating(errors, problem.degree + 2)
        points = [grid[i] for i in peaks]
        worst = max(abs(e) for e in errors)
        if worst < level * mp.mpf("1.01"):
            return coefficients, worst
    raise ArithmeticError(f"no convergence: error {worst} above the level {level}")


def _chebyshev(low: mp.mpf, high: mp.mpf, count: int) -> list[mp.mpf]:
    angles = [mp.pi * (2 * i + 1) / (2 * count) for i in range(count)]
    return [(low + high) / 2 - (high - low) / 2 * mp.cos(angle) for angle in angles]


def _levelled(problem: Problem, points: list[mp.mpf]) -> tuple[list[mp.mpf], mp.mpf]:
    """The polynomial whose weighted errors at the points are equal in size and alternate, and that size."""
    count = len(points)
    matrix, right = mp.matrix(count, count), mp.matrix(count, 1)
    for i, x in enumerate(points):
        w = problem.weight(x)
        for j in range(count - 1):
            matrix[i, j] = w * x**j
        matrix[i, count - 1], right[i] = (-1) ** i, w * problem.f(x)
    solution = mp.lu_solve(matrix, right)
    return [solution[j] for j in range(count - 1)], abs(solution[count - 1])


def _alternating(errors: list[mp.mpf], count: int) -> list[int]:
    """Where the errors peak between changes of sign; of too many peaks the lowest at an end goes."""
    peaks: list[int] = []
    for i, error in enumerate(errors):
        if peaks and (error > 0) == (errors[peaks[-1]] > 0):
            peaks[-1] = max(peaks[-1], i, key=lambda j: abs(errors[j]))
        else:
            peaks.append(i)
    while len(peaks) > count:
        peaks.pop(0 if abs(errors[peaks[0]]) < abs(errors[peaks[-1]]) else -1)
    return peaks


def _odd(f: Real, slope: int, limit: mp.mpf, degree: int) -> Problem:
    """f(r) = slope r + r³ q(r²) for |r| ≤ limit, in relative error."""
    return Problem(
        f=lambda z: (f(mp.sqrt(z)) / mp.sqrt(z) - slope) / z,
        weight=lambda z: z * mp.sqrt(z) / f(mp.sqrt(z)),
        interval=(mp.mpf(0), limit**2),
        degree=degree,
    )


def _even(f: Real, limit: mp.mpf, degree: int) -> Problem:
    """f(r) = 1 + r² q(r²) for |r| ≤ limit, in relative error."""
    return Problem(
        f=lambda z: (f(mp.sqrt(z)) - 1) / z,
        weight=lambda z: z / f(mp.sqrt(z)),
        interval=(mp.mpf(0), limit**2),
        degree=degree,
    )


def _scaled_erfc(t: mp.mpf) -> mp.mpf:
    """(a + 4) e^(a²) erfc a at a = 4 (1 + t) / (1 - t)."""
    a = 4 * (1 + t) / (1 - t)
    return (a + 4) * mp.exp(a * a) * mp.erfc(a)


def problems() -> dict[str, Problem]:
    """By the names of `coefficients`; the intervals are a little wider than what is used, for k is rounded too."""
    more = mp.mpf("1.0001")
    ln2 = mp.log(2) * more
    nearest, farthest = mp.mpf("0.4999"), mp.mpf("27.4")
    return {
        "EXPM1": Problem(
            f=lambda r: (mp.expm1(r) - r) / r**2,
            weight=lambda r: abs(r**2 / mp.expm1(r)),
            interval=(-ln2 / 2, ln2 / 2),
            degree=9,
        ),
        "TANH": _odd(mp.tanh, 1, ln2 / 4, 5),
        "SINH": _odd(mp.sinh, 1, ln2 / 2, 4),
        "COSH": _even(mp.cosh, ln2 / 2, 4),
        "LOG": _odd(lambda s: 2 * mp.atanh(s), 2, (3 - 2 * mp.sqrt(2)) * more, 6),
        "SIN": _odd(mp.sin, 1, mp.pi / 4 * more, 5),
        "COS": _even(mp.cos, mp.pi / 4 * more, 6),
        "ATAN": _odd(mp.atan, 1, (mp.sqrt(2) - 1) * more, 10),
        "ERF": Problem(
            f=lambda a: -mp.log(mp.erfc(a)) / a - 1,
            weight=lambda a: a * mp.erfc(a) / mp.erf(a),
            interval=(mp.mpf(0), mp.mpf(6)),
            degree=23,
        ),
        "ERFC_NEAR": Problem(
            f=lambda a: -mp.log(mp.erfc(a)) / a - 1,
            weight=lambda a: a + mp.mpf(10) ** -20,
            interval=(mp.mpf(0), mp.mpf("0.5")),
            degree=10,
        ),
        "ERFC": Problem(
            f=_scaled_erfc,
            weight=lambda t: 1 / _scaled_erfc(t),
            interval=((nearest - 4) / (nearest + 4), (farthest - 4) / (farthest + 4)),
            degree=20,
        ),
    }


def main() -> None:
    """Prints name, error and coefficients."""
    for name, problem in problems().items():
        coefficients, error = minimax(problem)
        print(f"{name}: {mp.nstr(error, 3)}\n   ", " ".join(float(c).hex() for c in coefficients))


if __name__ == "__main__":
    with mp.workdps(50):
        main()
