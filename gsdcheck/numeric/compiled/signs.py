"""|x|, the sign of x and √x, which are instructions or nearly so."""

from gsdcheck.numeric.compiled.vector import Vector, magnitude, select, square_root


def absolute_value(x: Vector) -> Vector:
    """|x|."""
    return magnitude(x)


def sign(x: Vector) -> Vector:
    """1, -1, 0 for ±0, nan for nan."""
    return select(x > 0.0, 1.0, select(x < 0.0, -1.0, select(x.equals(0.0), 0.0, x)))


def sqrt(x: Vector) -> Vector:
    """√x."""
    return square_root(x)
