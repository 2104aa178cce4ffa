"""The Taylor polynomial of an orbit at one point.

The known part of x(t) is more than doubled at a time: with u known to t^(L-1), σ(u + δ) = σ(u) + σ'(u) δ + O(t^2L),
where Arb's series arithmetic gives σ(u) and σ'(u), so the next L + 1 coefficients need one short convolution
each. It is Newton's method on x' = f(x), and as exact as the recurrences of automatic differentiation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import mul
from typing import TypeAlias

from flint import arb, arb_mat, arb_series

from gsdcheck.model.expression import Expression
from gsdcheck.model.system import Form
from gsdcheck.numeric.taylor_series import Branches, coefficients, series_value

Coefficients: TypeAlias = list[list[arb]]
"""One list of Taylor coefficients for each unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallSystem:
    """x' = -γx + Wσ(x) + b (outer) or x' = -γx + σ(Wx + b) (inner), in balls of the working precision."""

    W: arb_mat
    bias: list[arb]
    leak: arb
    form: Form
    sigma: Expression
    slope: Expression

    def weighted(self, vector: list[arb]) -> list[arb]:
        """W v."""
        return (self.W * arb_mat(len(vector), 1, vector)).entries()  # type: ignore[no-any-return]

    def arguments(self, x: list[arb]) -> list[arb]:
        """What σ is applied to: x (outer) or Wx + b (inner)."""
        if self.form is Form.OUTER:
            return x
        return [a + b for a, b in zip(self.weighted(x), self.bias, strict=True)]


def expand(
    system: BallSystem, x0: list[arb], length: int, branches: list[Branches]
) -> tuple[Coefficients, Coefficients]:
    """The first Taylor coefficients of x(t) from x(0) = x0, and of u = x (outer) or u = Wx + b (inner)."""
    x = [[entry] for entry in x0]
    u = x if system.form is Form.OUTER else [[entry] for entry in system.arguments(x0)]
    for known, wanted in _lengths(length):
        sigma, slope = (
            [image(tree, row, size, sides) for row, sides in zip(u, branches, strict=True)]
            for tree, size in ((system.sigma, 2 * known), (system.slope, known))
        )
        for k in range(known - 1, wanted - 1):
            reach = k - known + 1
            correction = [
                sum(map(mul, s[reach - 1 :: -1] if reach else [], row[known:]))
                for s, row in zip(slope, u, strict=True)
            ]
            _append(system, x, u, [s[k] + more for s, more in zip(sigma, correction, strict=True)], k)
    return x, u


def _lengths(length: int) -> Iterator[tuple[int, int]]:
    """(L, 2L + 1 or less) from 1 up to the length."""
    chain = [length]
    while chain[-1] > 1:
        chain.append(chain[-1] // 2)
    yield from zip(chain[:0:-1], chain[-2::-1], strict=True)


def image(tree: Expression, u: list[arb], length: int, branches: Branches) -> list[arb]:
    """The first coefficients of the tree at the power series with coefficients u."""
    return coefficients(series_value(tree, arb_series(u, length), branches), length)


def _append(system: BallSystem, x: Coefficients, u: Coefficients, sigma: list[arb], k: int) -> None:
    """x_(k+1) = f_k / (k + 1), where f_k is the coefficient of f(x(t)), and u_(k+1)."""
    outer = system.form is Form.OUTER
    drive = system.weighted(sigma) if outer else sigma
    if outer and k == 0:
        drive = [a + b for a, b in zip(drive, system.bias, strict=True)]
    new = [(a - system.leak * row[k]) / (k + 1) for a, row in zip(drive, x, strict=True)]
    for row, value in zip(x, new, strict=True):
        row.append(value)
    if not outer:
        new = system.weighted(new)
        for row, value in zip(u, new, strict=True):
            row.append(value)
