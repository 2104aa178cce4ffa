"""Gradients of first integrals, and the bracket {I, J} = ∇Iᵀ W ∇J under which a skew network is Hamiltonian."""

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mpoly

from gsdcheck.model.system import Matrix
from gsdcheck.symbolic.ansatz import Integral
from gsdcheck.symbolic.polynomial_system import PolynomialSystem

Gradient = tuple[fmpq_mpoly, ...]


def gradient(system: PolynomialSystem, integral: Integral) -> Gradient | None:
    """∂I/∂x_1, …, ∂I/∂x_n; None where a logarithm has no polynomial slope."""
    if any(d.kappa is None for _, d in integral.logarithms):
        return None
    found = []
    for i in range(system.n):
        total = system.slope(integral.polynomial, i) + _times(integral.potentials[i], system.sigma[i])
        total += _rational(integral.linear[i])
        for c, d in integral.logarithms:
            if d.unit == i and d.kappa is not None:
                total += _times(c, d.kappa)
        found.append(system.reduced(total))
    return tuple(found)


def through(system: PolynomialSystem, W: Matrix, slopes: Sequence[fmpq_mpoly]) -> Gradient:
    """W times the gradient, reduced: for a skew W the flow of I, and minus its gradient in x for y = Wx + b."""
    return tuple(
        system.reduced(sum((_times(w, s) for w, s in zip(row, slopes, strict=True) if w), system.zero))
        for row in W
    )


def bracket(system: PolynomialSystem, W: Matrix, first: Gradient, second: Gradient) -> fmpq_mpoly:
    """{I, J} = ∇Iᵀ W ∇J, reduced."""
    flow = through(system, W, second)
    return system.reduced(sum((a * b for a, b in zip(first, flow, strict=True)), system.zero))


def _times(c: Fraction, p: fmpq_mpoly) -> fmpq_mpoly:
    return _rational(c) * p


def _rational(c: Fraction) -> fmpq:
    return fmpq(c.numerator, c.denominator)
