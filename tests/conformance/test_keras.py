"""Our table of keras.activations against the library itself, on the JAX backend."""

from itertools import product
from types import ModuleType

import numpy as np
import pytest

from gsdcheck.model.library import library_names, named_activation, refused_names

RELU = [
    {"negative_slope": slope, "max_value": most, "threshold": threshold}
    for slope, most, threshold in product((0.0, 0.25), (None, 6.0, 2.5), (0.0, 1.5, -1.5))
]
VARIANTS = [
    *(("relu", parameters) for parameters in RELU),
    ("elu", {"alpha": 1.5}),
    ("elu", {"alpha": -1.5}),
    ("celu", {"alpha": 0.5}),
    ("leaky_relu", {"negative_slope": 0.01}),
    ("squareplus", {"b": 1}),
    ("gelu", {"approximate": True}),
    ("soft_shrink", {"threshold": 1.5}),
    ("hard_shrink", {"threshold": 1.5}),
    ("threshold", {"threshold": 1.5, "default_value": -2.0}),
    ("threshold", {"threshold": -3.0, "default_value": 0.1}),
]
SINGLE = ("tanh",)
"""Keras on JAX gives float32 here, be the argument float64."""
WITH_DEFAULTS = [name for name in library_names("keras") if name != "threshold"]


def test_every_public_callable_is_held_or_refused(
    keras_activations: ModuleType, conformance: ModuleType
) -> None:
    assert conformance.unknown_callables(keras_activations, "keras") == set()


def test_every_name_of_the_table_exists(keras_activations: ModuleType) -> None:
    names = (*library_names("keras"), *refused_names("keras"))
    assert [name for name in names if not hasattr(keras_activations, name)] == []


@pytest.mark.parametrize("name", library_names("keras"))
def test_defaults_are_those_of_the_library(
    keras_activations: ModuleType, conformance: ModuleType, name: str
) -> None:
    conformance.check_defaults(keras_activations, "keras", name)


@pytest.mark.parametrize(
    ("name", "parameters"), [*((name, {}) for name in WITH_DEFAULTS), *VARIANTS], ids=str
)
def test_values_are_those_of_the_library(
    keras_activations: ModuleType, conformance: ModuleType, name: str, parameters: dict[str, float | None]
) -> None:
    activation = named_activation(f"keras.{name}", **conformance.as_words(parameters))
    function = getattr(keras_activations, name)
    dtype = np.float32 if name in SINGLE else np.float64
    excess = conformance.greatest_excess(activation, lambda x: function(x, **parameters), dtype)
    assert excess <= conformance.ULPS


def test_the_default_of_jax_would_be_noticed(keras_activations: ModuleType, conformance: ModuleType) -> None:
    assert conformance.greatest_excess(named_activation("jax.gelu"), keras_activations.gelu) > 1e3
    assert conformance.greatest_excess(named_activation("leaky_relu"), keras_activations.leaky_relu) > 1e3
