"""Data in words: what a description of a figure is made of."""

import math
from collections.abc import Sequence
from itertools import pairwise

from gsdcheck.report.figures.canvas import number_text


def finite(values: Sequence[float]) -> list[float]:
    """The values without gaps."""
    return [value for value in values if math.isfinite(value)]


def course(values: Sequence[float]) -> str:
    """How a curve runs: "rises from 1 to 3", "stays at 0.5", "varies between 1 and 2", "has no points"."""
    known = finite(values)
    if not known:
        return "has no points"
    first, last, low, high = (short(v) for v in (known[0], known[-1], min(known), max(known)))
    if low == high:
        return f"stays at {low}"
    if all(a <= b for a, b in pairwise(known)):
        return f"rises from {first} to {last}"
    if all(a >= b for a, b in pairwise(known)):
        return f"falls from {first} to {last}"
    return f"varies between {low} and {high}, from {first} at first to {last} at last"


def span(values: Sequence[float]) -> str:
    """ "1 to 5", the range that an axis covers."""
    known = finite(values)
    return f"{short(min(known))} to {short(max(known))}" if known else "nothing"


def short(value: float) -> str:
    """Three significant digits."""
    return number_text(float(f"{value:.3g}"))


def listing(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def counted(number: int, noun: str) -> str:
    """ "1 orbit", "3 orbits"."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
