"""The lesser of two numbers that are known to lie in intervals."""

from itertools import product

from flint import arb

from gsdcheck.certify.wells import least


def test_the_least_of_two_intervals_is_the_range_of_the_minimum() -> None:
    intervals = [(low, high) for low in range(4) for high in range(low, 4)]
    for a, b in product(intervals, intervals):
        minima = [min(s, t) for s in range(a[0], a[1] + 1) for t in range(b[0], b[1] + 1)]
        found = least((arb(a[0]), arb(a[1])), (arb(b[0]), arb(b[1])))
        assert tuple(map(float, found)) == (min(minima), max(minima))
