"""Our table of jax.nn against the library itself."""

from types import ModuleType, SimpleNamespace

import pytest

from gsdcheck.model.library import library_names, named_activation, refused_names

VARIANTS = [
    ("elu", {"alpha": 1.5}),
    ("elu", {"alpha": -1.5}),
    ("celu", {"alpha": 0.5}),
    ("celu", {"alpha": -2.0}),
    ("leaky_relu", {"negative_slope": 0.2}),
    ("leaky_relu", {"negative_slope": -1.5}),
    ("squareplus", {"b": 0.25}),
    ("gelu", {"approximate": False}),
]


def test_every_public_callable_is_held_or_refused(jax: ModuleType, conformance: ModuleType) -> None:
    assert conformance.unknown_callables(jax.nn, "jax") == set()


def test_a_new_function_would_be_noticed(conformance: ModuleType) -> None:
    assert conformance.unknown_callables(SimpleNamespace(relu=abs, brelu=abs, _x=abs), "jax") == {"brelu"}


def test_every_name_of_the_table_exists(jax: ModuleType) -> None:
    assert [n for n in (*library_names("jax"), *refused_names("jax")) if not hasattr(jax.nn, n)] == []


@pytest.mark.parametrize("name", library_names("jax"))
def test_defaults_are_those_of_the_library(jax: ModuleType, conformance: ModuleType, name: str) -> None:
    conformance.check_defaults(jax.nn, "jax", name)


def test_a_wrong_default_would_be_noticed(jax: ModuleType, conformance: ModuleType) -> None:
    asked = conformance.parameters_after_the_first(jax.nn.leaky_relu)
    assert conformance.wrong_defaults(asked, {"negative_slope": "0.2"})
    assert conformance.wrong_defaults(asked, {"negative_slope": None})
    assert conformance.wrong_defaults(asked, {"slope": "0.01"})


@pytest.mark.parametrize(
    ("name", "parameters"), [*((name, {}) for name in library_names("jax")), *VARIANTS], ids=str
)
def test_values_are_those_of_the_library(
    jax: ModuleType, conformance: ModuleType, name: str, parameters: dict[str, float]
) -> None:
    activation = named_activation(f"jax.{name}", **conformance.as_words(parameters))
    excess = conformance.greatest_excess(activation, lambda x: getattr(jax.nn, name)(x, **parameters))
    assert excess <= conformance.ULPS


@pytest.mark.parametrize(
    ("name", "other"), [("gelu", "gelu"), ("silu", "quick_gelu"), ("relu", "leaky_relu")]
)
def test_another_function_would_be_noticed(
    jax: ModuleType, conformance: ModuleType, name: str, other: str
) -> None:
    assert conformance.greatest_excess(named_activation(other), getattr(jax.nn, name)) > 1e3
