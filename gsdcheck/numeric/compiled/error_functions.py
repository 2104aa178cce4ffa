"""erf and erfc: erfc x = e^(-x²) w(t) / (1 + 2x), where w is nearly constant in t = (x - K)/(x + K)."""

from llvmlite import ir

from gsdcheck.numeric.compiled.arithmetic import Arithmetic
from gsdcheck.numeric.compiled.coefficients import ERF, ERFC, ERFC_MIDDLE
from gsdcheck.numeric.compiled.exponentials import exponential

_K = 3.75


def erf(do: Arithmetic) -> ir.Value:
    """x P(x²) below 1, 1 - erfc x with absolute accuracy from there, 1 from 6 on; signed."""
    size = do.at_most(do.abs(do.x), 6.0)
    square = do.mul(size, size)
    small = do.mul(size, do.horner(square, ERF))
    tail = do.mul(exponential(do, do.neg(square)), _tempered(do, size, ERFC_MIDDLE))
    large = do.compare(">", size, do.number(1.0))
    return do.with_sign(do.select(large, do.sub(do.number(1.0), tail), small), do.x)


def erfc(do: Arithmetic) -> ir.Value:
    """1 - erf x, with relative accuracy for x > 0; 2 - erfc(-x) for x < 0."""
    size = do.at_most(do.abs(do.x), 28.0)
    square = do.mul(size, size)
    lost = do.fma(size, size, do.neg(square), name="lost")  # x² = square + lost exactly
    bell = exponential(do, do.neg(square))
    bell = do.fma(bell, do.neg(lost), bell, name="bell")
    tail = do.mul(bell, _tempered(do, size, ERFC), name="tail")
    negative = do.compare("<", do.x, do.number(0.0))
    return do.select(negative, do.sub(do.number(2.0), tail), tail)


def _tempered(do: Arithmetic, x: ir.Value, coefficients: tuple[float, ...]) -> ir.Value:
    """w(t) / (1 + 2x) with one division for t and the quotient."""
    above, scale = do.add(x, do.number(_K)), do.fma(do.number(2.0), x, do.number(1.0))
    inverse = do.div(do.number(1.0), do.mul(above, scale), name="inverse")
    t = do.mul(do.mul(do.sub(x, do.number(_K)), scale), inverse, name="t")
    return do.mul(do.two_chains(t, coefficients), do.mul(above, inverse), name="tempered")
