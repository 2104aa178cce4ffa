"""Binary floating-point formats, and the unit in the last place of a real number in each.

Every value of every format here is a float64, so an array of a format is carried as the float64 array of the
same values.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gsdcheck.errors import UnknownName
from gsdcheck.numeric.arrays import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """The format with p bits of precision and normal numbers from 2**least to below 2**(most + 1)."""

    name: str
    precision: int
    least: int
    most: int

    @property
    def epsilon(self) -> float:
        """2**(1 - p), the distance from 1 to the next number."""
        return float(2.0 ** (1 - self.precision))

    @property
    def largest(self) -> float:
        """(2 - 2**(1 - p)) 2**most, the largest finite number."""
        return float(np.ldexp(2.0 - self.epsilon, self.most))

    @property
    def smallest(self) -> float:
        """2**(least - p + 1), the smallest positive (subnormal) number."""
        return float(np.ldexp(1.0, self.least - self.precision + 1))


FORMATS: dict[str, Format] = {
    "float16": Format(name="float16", precision=11, least=-14, most=15),
    "bfloat16": Format(name="bfloat16", precision=8, least=-126, most=127),
    "float32": Format(name="float32", precision=24, least=-126, most=127),
    "float64": Format(name="float64", precision=53, least=-1022, most=1023),
}


def float_format(name: str) -> Format:
    """The format of that name.

    Raises:
        UnknownName: there is none.
    """
    if name not in FORMATS:
        raise UnknownName(f"unknown dtype {name!r}. Known: {', '.join(FORMATS)}.")
    return FORMATS[name]


def ulp_exponent(y: FloatArray, form: Format) -> NDArray[np.int_]:
    """u with ulp(y) = 2**u: u = max(e, least) - p + 1, where 2**e <= |y| < 2**(e+1); e = -oo for y = 0.

    Beyond the range of the format it is the exponent of the largest finite number.
    """
    exponents = np.frexp(np.asarray(y, dtype=np.float64))[1].astype(np.int_) - 1
    exponents = np.where(y == 0, form.least, exponents)
    clipped: NDArray[np.int_] = np.clip(exponents, form.least, form.most)
    return clipped - form.precision + 1


def rounded_to(y: FloatArray, form: Format) -> FloatArray:
    """The nearest number of the format, ties to even; beyond the largest by half an ulp or more: ±inf."""
    value = np.asarray(y, dtype=np.float64)
    if form.name == "float64":
        return value.copy()
    with np.errstate(all="ignore"):
        unit = ulp_exponent(value, form)
        near = np.ldexp(np.rint(np.ldexp(value, -unit)), unit)
        over = np.abs(near) > form.largest
    return np.where(over & ~np.isnan(near), np.copysign(np.inf, value), near)


def every_number(form: Format) -> FloatArray:
    """All finite numbers of a 16-bit format, sorted, -0 before 0."""
    bits = np.arange(2**16, dtype=np.uint32)
    with np.errstate(all="ignore"):
        if form.name == "float16":
            values = bits.astype(np.uint16).view(np.float16).astype(np.float64)
        else:
            values = (bits << np.uint32(16)).view(np.float32).astype(np.float64)
    return sorted_numbers(values[np.isfinite(values)])


def sorted_numbers(values: FloatArray) -> FloatArray:
    """The values in order, each once, -0 before 0."""
    zeros = values[values == 0]
    signed = np.unique(np.signbit(zeros))[::-1]
    others = np.unique(values[values != 0])
    below = int(np.searchsorted(others, 0.0))
    return np.concatenate([others[:below], np.where(signed, -0.0, 0.0), others[below:]])


def neighbours(values: FloatArray, form: Format) -> FloatArray:
    """The numbers of the format one step below and one above each value (both finite)."""
    dtype = np.float64 if form.name == "float64" else np.float32
    if form.name in ("float16", "bfloat16"):
        step = np.ldexp(1.0, ulp_exponent(values, form))
        near = np.concatenate([rounded_to(values - step, form), rounded_to(values + step, form)])
    else:
        narrow = values.astype(dtype)
        with np.errstate(all="ignore"):
            sides = [np.nextafter(narrow, dtype(-np.inf)), np.nextafter(narrow, dtype(np.inf))]
        near = np.concatenate(sides).astype(np.float64)
    finite: FloatArray = near[np.isfinite(near)]
    return finite
