"""How a library's function is held against our table: by name, default by default, value by value.

Our float64 values are held against Arb in tests/numeric; here they are the reference.
"""

import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import ModuleType

import numpy as np
import pytest

from gsdcheck.model.activation import Activation
from gsdcheck.model.library import library_names, library_spelling, refused_names
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import compile_expression

ULPS = 8
CANCELLING = ("gelu", "gelu_tanh", "quick_gelu", "squareplus", "tanhshrink", "sparse_plus")
"""Where a library's own formula subtracts: its error is a few ulp of the argument, not of the value."""

Function = Callable[[FloatArray], object]


def grid() -> FloatArray:
    """Both signs from 1e-12 to 1e6, and every kink of the table with its two neighbours."""
    kinks = np.array([0.2, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0])
    sizes = np.concatenate([10.0 ** np.linspace(-12, 6, 200), np.linspace(0.01, 30, 300)])
    half = np.concatenate([sizes, kinks, np.nextafter(kinks, 0), np.nextafter(kinks, 99), [708.0, 746.0]])
    return np.concatenate([[0.0], half, -half])


def greatest_excess(activation: Activation, function: Function, dtype: type = np.float64) -> float:
    """The largest difference in units of the rounding that a good implementation may show; 1 ulp is 1."""
    xs = grid().astype(dtype).astype(np.float64)
    ours, slope = (compile_expression(tree)(xs) for tree in (activation.expression, activation.slope))
    theirs = np.asarray(function(xs))
    assert (theirs.dtype, theirs.shape) == (dtype, xs.shape)
    with np.errstate(all="ignore"):
        scale = np.maximum(np.abs(ours), np.abs(xs * slope))
        if activation.name.partition("?")[0] in CANCELLING:
            scale = np.maximum(scale, np.abs(xs))
        excess = np.abs(ours - theirs) / (scale * np.finfo(dtype).eps + 1e-300)
    return float(np.max(np.where(ours == theirs, 0.0, np.nan_to_num(excess, nan=np.inf))))


def wrong_defaults(asked: Mapping[str, inspect.Parameter], ours: Mapping[str, str | None]) -> list[str]:
    """Where a signature and our table differ, in words."""
    missing = [f"{key}: only one of the two has it" for key in asked.keys() ^ ours.keys()]
    both = [key for key in asked if key in ours]
    return missing + [f"{k}: {asked[k].default}" for k in both if not _equal(asked[k].default, ours[k])]


def _equal(theirs: object, ours: str | None) -> bool:
    if theirs is inspect.Parameter.empty or ours is None:
        return theirs is inspect.Parameter.empty and ours is None
    if isinstance(theirs, (int, float)) and not isinstance(theirs, bool):
        return float(Fraction(ours)) == theirs
    return str(theirs).lower() == ours


def as_words(parameters: Mapping[str, object]) -> dict[str, str]:
    """Arguments as a subject spells them: 0.2 as "0.2", None as "none"."""
    return {key: str(value).lower() for key, value in parameters.items()}


def parameters_after_the_first(function: Callable[..., object]) -> dict[str, inspect.Parameter]:
    return dict(list(inspect.signature(function).parameters.items())[1:])


def unknown_callables(module: object, library: str) -> set[str]:
    """The public callables of a module that our table neither holds nor refuses."""
    public = {name for name in dir(module) if not name.startswith("_") and callable(getattr(module, name))}
    return public - set(library_names(library)) - set(refused_names(library))


def check_defaults(module: object, library: str, name: str) -> None:
    asked = parameters_after_the_first(getattr(module, name))
    assert wrong_defaults(asked, library_spelling(library, name).parameters) == []


@pytest.fixture(scope="session")
def jax() -> Iterator[ModuleType]:
    """JAX at 64 bits."""
    import jax

    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield jax
    jax.config.update("jax_enable_x64", before)


@pytest.fixture(scope="session")
def keras_activations(jax: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """keras.activations on JAX, at 64 bits; Keras would write its settings into the home folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "KERAS_BACKEND", "jax")
        patch.setitem(os.environ, "KERAS_HOME", str(tmp_path_factory.mktemp("keras")))
        import keras.activations

        assert keras.backend.backend() == "jax"
        assert jax.config.jax_enable_x64
    return keras.activations


@pytest.fixture(scope="session")
def conformance() -> ModuleType:
    """The functions of this file, for the tests of each library."""
    return sys.modules[__name__]
