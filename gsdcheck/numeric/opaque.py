"""A function that is known by its values alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from gsdcheck.numeric.arrays import FloatArray

Evaluation: TypeAlias = Callable[[FloatArray, str, bool], tuple[FloatArray, str]]
"""(numbers of the dtype, dtype, whether the memory is strided) ↦ (values widened to float64, their dtype)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpaqueFunction:
    """σ as somebody's code computes it: `evaluate` runs that code, `backend` says on what."""

    name: str
    backend: str
    evaluate: Evaluation

    def __call__(self, x: FloatArray, dtype: str = "float64", *, strided: bool = False) -> FloatArray:
        """The values at the numbers x of the dtype, widened to float64 without rounding.

        Raises:
            InvalidInput: the code raises, mutates its argument, or returns what is no array of reals of its
                argument's shape.
        """
        return self.evaluate(x, dtype, strided)[0]

    def result_dtype(self, x: FloatArray, dtype: str = "float64") -> str:
        """The dtype in which the code gives its values when it is called at `dtype`."""
        return self.evaluate(x, dtype, False)[1]
