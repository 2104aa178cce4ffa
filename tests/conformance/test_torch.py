"""Our table of torch.nn and torch.nn.functional against the library itself."""

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

import numpy as np
import pytest

from gsdcheck.model.library import library_names, library_spelling, named_activation, refused_names

pytestmark = pytest.mark.torch

PLUMBING = {"inplace", "device", "dtype", "num_parameters", "min_value", "max_value"}
"""Parameters that change no value; min_value and max_value are deprecated spellings of min_val, max_val."""

VARIANTS = [
    ("elu", {"alpha": 1.5}),
    ("elu", {"alpha": -1.5}),
    ("celu", {"alpha": 0.5}),
    ("celu", {"alpha": -2.0}),
    ("gelu", {"approximate": "tanh"}),
    ("hardtanh", {"min_val": -2.0}),
    ("hardtanh", {"min_val": 0.5, "max_val": 3.0}),
    ("hardshrink", {"lambd": 1.5}),
    ("softshrink", {"lambd": 1.5}),
    ("softshrink", {"lambd": 0}),
    ("hardshrink", {"lambd": 0}),
    ("leaky_relu", {"negative_slope": 0.2}),
    ("rrelu", {"lower": 0.25, "upper": 0.5}),
    ("softplus", {"beta": 0.5, "threshold": 3.0}),
    ("softplus", {"beta": 2.0, "threshold": -3.0}),
    ("threshold", {"threshold": 1.5, "value": -2.0}),
]
WITH_DEFAULTS = [name for name in library_names("torch") if name not in ("threshold", "prelu")]


@pytest.fixture(scope="module")
def torch() -> ModuleType:
    import torch

    return torch


def modules(torch: ModuleType) -> dict[str, type]:
    """The classes of torch.nn under their folded names."""
    return {k.lower(): v for k, v in vars(torch.nn).items() if inspect.isclass(v)}


def function(torch: ModuleType, name: str) -> Callable[..., object]:
    """The function, or the call of the module where the library has a module only."""
    found = getattr(torch.nn.functional, name, None)
    return found or modules(torch)[name.replace("_", "")]()


def on_arrays(torch: ModuleType, name: str, **parameters: object) -> Callable[[np.ndarray], object]:
    f = function(torch, name)
    return lambda x: f(torch.from_numpy(x.copy()), **parameters).numpy()


CONTAINERS = {"Sequential", "Flatten"}
"""Modules that arrange other modules or the shape."""


def keeps_the_shape(torch: ModuleType, candidate: Callable[..., object]) -> bool:
    x = torch.linspace(-3, 3, 32).reshape(4, 8)
    try:
        y = candidate(x)
    except Exception:  # whatever a function of something else does with one tensor
        return False
    return isinstance(y, torch.Tensor) and y.shape == x.shape


def of_one_tensor(torch: ModuleType) -> Iterator[str]:
    """Whatever takes one tensor and gives one of its shape, of torch.nn and of torch.nn.functional."""
    for name, f in vars(torch.nn.functional).items():
        if not name.startswith("_") and callable(f) and not inspect.isclass(f) and keeps_the_shape(torch, f):
            yield name
    for name, kind in vars(torch.nn).items():
        if inspect.isclass(kind) and keeps_the_shape(torch, lambda x, kind=kind: kind()(x)):
            yield name


def known() -> set[str]:
    return {name.replace("_", "") for name in (*library_names("torch"), *refused_names("torch"))}


def unknown(names: object) -> list[str]:
    return [name for name in names if name.lower().replace("_", "") not in known()]


@pytest.mark.filterwarnings("ignore:Implicit dimension choice:UserWarning")
@pytest.mark.filterwarnings("ignore:Lazy modules are a new feature:UserWarning")
@pytest.mark.filterwarnings("ignore:dropout2d:UserWarning")
@pytest.mark.filterwarnings("ignore:dropout3d:UserWarning")
def test_whatever_keeps_the_shape_of_a_tensor_is_held_or_refused(torch: ModuleType) -> None:
    found = list(of_one_tensor(torch))
    assert {"gelu", "GELU", "relu_", "softmax"} <= set(found)
    assert set(unknown(found)) <= CONTAINERS


def test_every_module_that_torch_calls_an_activation_is_held_or_refused(torch: ModuleType) -> None:
    assert unknown(torch.nn.modules.activation.__all__) == []


def test_a_new_function_would_be_noticed() -> None:
    assert unknown(["LeakyReLU", "leaky_relu_", "BReLU"]) == ["BReLU"]


def test_every_name_of_the_table_exists(torch: ModuleType) -> None:
    there = {name.lower().replace("_", "") for name in (*vars(torch.nn), *vars(torch.nn.functional))}
    assert known() - there == set()


@pytest.mark.parametrize("name", library_names("torch"))
def test_defaults_are_those_of_module_and_function(
    torch: ModuleType, conformance: ModuleType, name: str
) -> None:
    ours = dict(library_spelling("torch", name).parameters)
    if name == "prelu":
        ours = {"init": "0.25"}  # the library's start of learning, and no default of ours
    of_module = dict(
        list(inspect.signature(modules(torch)[name.replace("_", "")].__init__).parameters.items())[1:]
    )
    asked = {k: p for k, p in of_module.items() if k not in PLUMBING and p.kind is not p.VAR_POSITIONAL}
    asked = {k: p for k, p in asked.items() if p.kind is not p.VAR_KEYWORD}
    without_training = {key: value for key, value in ours.items() if key != "training"}
    assert conformance.wrong_defaults(asked, without_training) == []
    f = getattr(torch.nn.functional, name, None)
    if inspect.isfunction(f) and name != "prelu":
        of_function = conformance.parameters_after_the_first(f)
        asked = {key: value for key, value in of_function.items() if key not in PLUMBING}
        assert conformance.wrong_defaults(asked, ours) == []


@pytest.mark.parametrize(
    ("name", "parameters"), [*((name, {}) for name in WITH_DEFAULTS), *VARIANTS], ids=str
)
def test_values_are_those_of_the_library(
    torch: ModuleType, conformance: ModuleType, name: str, parameters: dict[str, float]
) -> None:
    activation = named_activation(f"torch.{name}", **conformance.as_words(parameters))
    assert conformance.greatest_excess(activation, on_arrays(torch, name, **parameters)) <= conformance.ULPS


def test_prelu_is_the_leaky_relu_of_its_weight(torch: ModuleType, conformance: ModuleType) -> None:
    weight = torch.tensor([0.25], dtype=torch.float64)
    f = on_arrays(torch, "prelu", weight=weight)
    assert conformance.greatest_excess(named_activation("torch.prelu", weight="0.25"), f) <= 1


def test_the_softplus_without_its_switch_would_be_noticed(torch: ModuleType, conformance: ModuleType) -> None:
    f = on_arrays(torch, "softplus")
    assert conformance.greatest_excess(named_activation("softplus"), f) > 1e3  # log1p(exp(-20)) is 2e-9
