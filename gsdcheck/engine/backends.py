"""How NumPy, plain Python, PyTorch, JAX and Keras are called: numbers in, numbers out.

A backend is imported only when a subject comes from it. Numbers cross as float64 arrays that hold values of
the dtype exactly, so nothing is rounded on the way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import numpy as np

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray


class Backend(Protocol):
    """Arrays of one library."""

    @property
    def name(self) -> str:
        """The name of its module."""
        ...

    def title(self) -> str:
        """The library and its version."""
        ...

    def context(self, dtype: str) -> Any:
        """A context in which the dtype is available."""
        ...

    def array(self, x: FloatArray, dtype: str) -> Any:
        """The array of the library with these values."""
        ...

    def numbers(self, value: Any) -> Any:
        """The values of its array, as what NumPy reads; widened where NumPy has no such dtype."""
        ...

    def dtype(self, value: Any) -> str:
        """The name of the dtype of its array."""
        ...


def _library(name: str) -> Any:
    """The module of an extra, with the remedy if it is missing."""
    try:
        return import_module(name)
    except ImportError as fault:
        extra = "numpy" if name == "numpy" else f"gsdcheck[{'test' if name == 'ml_dtypes' else name}]"
        raise InvalidInput(
            f"{name} is needed and cannot be imported ({fault}): pip install {extra!r}."
        ) from fault


@dataclass(frozen=True, slots=True)
class NumPy:
    """np.ndarray in, np.ndarray out."""

    name: str = "numpy"

    def title(self) -> str:
        """The library and its version."""
        return f"numpy {np.__version__}"

    def context(self, dtype: str) -> Any:  # noqa: ARG002
        """NumPy's warnings off: nan and overflow are counted here."""
        return np.errstate(all="ignore")

    def array(self, x: FloatArray, dtype: str) -> Any:
        """A fresh array; bfloat16 is the dtype of ml_dtypes."""
        kind = _library("ml_dtypes").bfloat16 if dtype == "bfloat16" else dtype
        return np.array(x, dtype=np.dtype(kind))

    def numbers(self, value: Any) -> Any:
        """The value itself."""
        return value

    def dtype(self, value: Any) -> str:
        """The dtype of np.asarray(value)."""
        return str(np.asarray(value).dtype)


@dataclass(frozen=True, slots=True)
class Torch:
    """torch.Tensor in, torch.Tensor out, on the CPU."""

    name: str = "torch"

    def title(self) -> str:
        """The library and its version."""
        return f"torch {_library('torch').__version__}"

    def context(self, dtype: str) -> Any:  # noqa: ARG002
        """No gradients."""
        return _library("torch").no_grad()

    def array(self, x: FloatArray, dtype: str) -> Any:
        """A fresh tensor."""
        torch = _library("torch")
        return torch.tensor(np.array(x), dtype=torch.float64).to(getattr(torch, dtype), copy=True)

    def numbers(self, value: Any) -> Any:
        """A tensor widened to float64; complex and integer tensors keep their kind."""
        torch = _library("torch")
        if not isinstance(value, torch.Tensor):
            return value
        plain = value.detach().cpu()
        return (plain.to(torch.float64) if plain.is_floating_point() else plain).numpy()

    def dtype(self, value: Any) -> str:
        """Such as float32."""
        return str(getattr(value, "dtype", type(value).__name__)).removeprefix("torch.")


@dataclass(frozen=True, slots=True)
class Jax:
    """jax.Array in, jax.Array out; 64 bits are enabled only while float64 is asked for."""

    name: str = "jax"

    def title(self) -> str:
        """The library and its version."""
        return f"jax {_library('jax').__version__}"

    def context(self, dtype: str) -> Any:
        """x64 for float64."""
        return _jax_64_bits() if dtype == "float64" else nullcontext()

    def array(self, x: FloatArray, dtype: str) -> Any:
        """A fresh array."""
        return _library("jax.numpy").asarray(NumPy().array(x, dtype))

    def numbers(self, value: Any) -> Any:
        """As a NumPy array; bfloat16 widened to float32."""
        plain = np.asarray(value)
        return plain.astype(np.float32) if str(plain.dtype) == "bfloat16" else plain

    def dtype(self, value: Any) -> str:
        """Such as float32."""
        return str(getattr(value, "dtype", type(value).__name__))


@dataclass(frozen=True, slots=True)
class Keras:
    """Tensors of Keras' own backend."""

    name: str = "keras"

    def title(self) -> str:
        """The library, its version and its backend."""
        keras = _library("keras")
        return f"keras {keras.__version__} ({keras.backend.backend()})"

    def context(self, dtype: str) -> Any:
        """x64 if JAX is below."""
        below = _library("keras").backend.backend()
        return _jax_64_bits() if below == "jax" and dtype == "float64" else nullcontext()

    def array(self, x: FloatArray, dtype: str) -> Any:
        """A fresh tensor."""
        return _library("keras").ops.convert_to_tensor(NumPy().array(x, dtype), dtype=dtype)

    def numbers(self, value: Any) -> Any:
        """As a NumPy array; bfloat16 widened to float32."""
        return Jax().numbers(_library("keras").ops.convert_to_numpy(value))

    def dtype(self, value: Any) -> str:
        """Such as float32."""
        return str(getattr(value, "dtype", type(value).__name__)).removeprefix("torch.")


@contextmanager
def _jax_64_bits() -> Iterator[None]:
    jax = _library("jax")
    switch = jax.enable_x64 if hasattr(jax, "enable_x64") else _library("jax.experimental").enable_x64
    with switch(True):
        yield


def one_by_one(function: Callable[[float], Any]) -> Callable[[Any], Any]:
    """An array function from a function of one float: it is called once an element, in order."""

    def elementwise(x: Any) -> Any:
        values = [function(float(v)) for v in np.asarray(x).reshape(-1)]
        for v, value in zip(np.asarray(x).reshape(-1), values, strict=True):
            if np.ndim(value) or not isinstance(value, int | float | np.number):
                raise InvalidInput(f"at x = {float(v)!r} it returns {value!r}, which is no real number.")
        return np.asarray(values).reshape(np.shape(x))

    return elementwise
