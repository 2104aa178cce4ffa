"""Along an array: any shape, whole vectors, and no writing where it must not."""

from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.compiled.elementwise import elementwise, elementwise_power


@pytest.mark.parametrize("shape", [(), (1,), (8,), (3, 5), (2, 0)])
def test_the_result_has_the_shape_of_the_argument(shape: tuple[int, ...]) -> None:
    x = np.arange(np.prod(shape, dtype=int), dtype=np.float64).reshape(shape)
    assert np.array_equal(elementwise("Abs")(-x), x)
    assert np.array_equal(elementwise_power(Fraction(2))(x[..., None]), x[..., None] ** 2)


def test_a_bound_loop_writes_what_is_there_when_it_runs() -> None:
    x, y = np.zeros(16), np.empty(16)
    run = elementwise("Abs").bound(x, y)
    x -= 3.0
    run()
    assert np.array_equal(y, np.full(16, 3.0))


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (np.zeros(7), np.zeros(7)),
        (np.zeros(8), np.zeros(16)),
        (np.zeros(8, dtype=np.float32), np.zeros(8)),
        (np.zeros(16)[::2], np.zeros(8)),
        (np.zeros(8), np.zeros(16)[::2]),
    ],
)
def test_arrays_that_the_loop_would_overrun_are_refused(x: np.ndarray, y: np.ndarray) -> None:
    with pytest.raises(InvalidInput, match=r"array|arguments"):
        elementwise("Abs").bound(x, y)
