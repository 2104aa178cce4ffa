"""The numbers at which an implementation is tried: every exponent, both signs, and the delicate places."""

from fractions import Fraction

import numpy as np

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.ulp import Format, every_number, neighbours, rounded_to, sorted_numbers

COMMON_BREAKPOINTS = (0.5, 1.0, 2.0, 3.0, 6.0, 20.0)
"""Where shipped activations have their kinks and switches, besides those that the formula shows."""

_PAIRS = 150_000
"""How many pairs of neighbours stand for a format of 32 or 64 bits."""


def numbers_to_try(form: Format, breakpoints: tuple[Fraction, ...] = (), seed: int = 0) -> FloatArray:
    """The finite numbers of a 16-bit format; of a wider one, about 3·10⁵: neighbours in every binade.

    Half of the pairs are spread over all binades, subnormal ones included, half over 2**-12 <= |x| < 2**8,
    where the activations do their work. Sorted, -0 and 0 both present.
    """
    if form.name in ("float16", "bfloat16"):
        return every_number(form)
    rng = np.random.default_rng(seed)
    spread = _drawn(form, rng, form.least - form.precision + 1, form.most, _PAIRS // 2)
    central = _drawn(form, rng, -12, 7, _PAIRS // 2)
    edges = np.array([form.smallest, 2.0**form.least, form.largest, 1.0, *COMMON_BREAKPOINTS])
    kinks = np.array([float(b) for b in breakpoints if abs(b) < form.largest], dtype=np.float64)
    special = rounded_to(np.concatenate([edges, -edges, kinks, [0.0]]), form)
    chosen = np.concatenate([spread, central])
    parts = [chosen, _above(chosen, form), special, neighbours(special, form), np.array([-0.0, 0.0])]
    values = np.concatenate(parts)
    return sorted_numbers(values[np.isfinite(values)])


def _drawn(form: Format, rng: np.random.Generator, low: int, high: int, count: int) -> FloatArray:
    """`count` numbers, as many in each binade from 2**low to below 2**(high + 1), of random sign."""
    binades = low + np.arange(count) % (high - low + 1)
    sizes = np.ldexp(rng.uniform(1.0, 2.0, count), binades)
    return rounded_to(np.where(rng.random(count) < 0.5, -sizes, sizes), form)


def _above(values: FloatArray, form: Format) -> FloatArray:
    return neighbours(values, form)[-values.size :]
