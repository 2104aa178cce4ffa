"""A function that is known by its values alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import Function

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


def checked_function(code: object) -> Function:
    """The NumPy function x ↦ σ(x) that `code` computes, with its result checked at every call.

    Returns:
        A function of a float64 array that raises InvalidInput if the code raises, writes to its argument,
        or returns anything but a float64 array of the same shape; nan and inf pass.

    Raises:
        InvalidInput: `code` cannot be called.
    """
    name = getattr(code, "__qualname__", type(code).__qualname__)
    if not callable(code):
        raise InvalidInput(f"the activation is {code!r}. Give a name, an expression in x or a function.")

    def evaluate(x: FloatArray) -> FloatArray:
        argument = x.view()
        argument.flags.writeable = False
        try:
            with np.errstate(all="ignore"):
                value = code(argument)
        except Exception as fault:
            raise InvalidInput(f"{name} raised {type(fault).__name__}: {fault}") from fault
        if not isinstance(value, np.ndarray) or value.shape != x.shape or value.dtype != np.float64:
            found = (
                f"{value.dtype} of shape {value.shape}"
                if isinstance(value, np.ndarray)
                else repr(type(value))
            )
            raise InvalidInput(
                f"{name} gave {found} for float64 of shape {x.shape}. An activation acts elementwise."
            )
        return value.copy() if np.may_share_memory(value, x) else value

    return evaluate
