"""Subjects by import path and as objects: what is found, what is recognised, what is refused and why."""

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import sympy

from gsdcheck.engine.subjects import AuditSubject, find_subject
from gsdcheck.errors import InvalidInput, UnknownName
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.parser import parse

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _in_the_folder_of_the_users_module(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(HERE)
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield
    sys.modules.pop("user_activations", None)


def users(attribute: str) -> AuditSubject:
    return find_subject(f"user_activations:{attribute}")


def test_a_name_an_expression_and_an_activation_need_no_import() -> None:
    by_name, by_text = find_subject("elu?alpha=2"), find_subject("x/(1+Abs(x))")
    assert (by_name.source, by_text.source) == ("library", "expression")
    assert by_name.function is None
    activation = activation_from_expression("x + sin(x)")
    assert find_subject(activation).activation is activation
    with pytest.raises(UnknownName, match="tanhh"):
        find_subject("tanhh")
    with pytest.raises(InvalidInput):
        find_subject("x.real")


RECOGNISED = {
    "swish": "silu",
    "Box.inner": "silu",
    "scalar_tanh": "tanh",
    "scalar_relu": "relu",
    "vectorised": "atan",
    "tanh": "tanh",
    "elu": "elu",
    "steep_elu": "elu?alpha=3/2",
}


@pytest.mark.parametrize("attribute", RECOGNISED)
def test_code_that_computes_a_formula_of_the_library_is_recognised(attribute: str) -> None:
    found = users(attribute)
    assert found.source == "callable"
    assert found.recognised == RECOGNISED[attribute]
    assert found.activation is not None
    assert found.function is not None


def test_code_that_computes_another_function_is_not_recognised() -> None:
    found = users("wavy")
    assert (found.recognised, found.activation) == (None, None)
    assert found.function is not None
    at_one = np.tanh(1.0) + 0.25 * np.sin(3.0) * np.exp(-1.0)
    assert found.function(np.array([1.0]))[0] == pytest.approx(at_one, rel=1e-15)


def test_a_function_that_differs_by_a_thousand_ulp_is_not_recognised() -> None:
    assert find_subject(np.tanh).recognised == "tanh"
    assert find_subject(lambda x: np.tanh(x) * (1 + 1e3 * 2.0**-52)).recognised is None


REFUSED = {
    "softmax": r"mixes coordinates.*when x\[",
    "centred": "mixes coordinates",
    "sorted_values": "mixes coordinates",
    "dropout": r"random or keeps a state: at x = .*\.eval\(\)",
    "counting": "random or keeps a state",
    "in_place": r"mutates its input: the entry -1000000.0 became -2000000.0",
    "raising": "raises at x = .*ZeroDivisionError: no luck",
    "leaving": "raises at x = .*SystemExit: 0",
    "halving": r"returns shape \(2,\) for an argument of shape \(4,\)",
    "total": r"returns shape \(\)",
    "nothing": "returns None, a NoneType",
    "words": "returns 'tanh', a str",
    "objects": "of dtype object",
    "complex_root": "complex values, such as 1000j",
    "logarithm": r"undefined at x = -1000000\.0: its value there is nan",
    "reciprocal": r"undefined at x = 0\.0: its value there is inf",
    "two_arguments": "takes 2 arguments",
    "no_arguments": "takes 0 arguments",
    "number": "is 3.5, a float, and cannot be called",
    "Box": "is the class Box",
    "missing": "no attribute 'missing'",
    "sympy_two_symbols": r"2 free symbols \(x, y\)",
    "sympy_gamma": "gamma is not in the grammar",
}


@pytest.mark.parametrize("attribute", REFUSED)
def test_what_is_no_activation_is_refused_with_the_value(attribute: str) -> None:
    with pytest.raises(InvalidInput, match=REFUSED[attribute]):
        users(attribute)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("no_such_package.mod:f", "cannot import no_such_package.mod: ModuleNotFoundError"),
        ("a b:c", "is no import path"),
        ("user_activations:", "is no import path"),
        ("numpy:add", "takes 2 arguments"),
        ("math:pi", "3.14159"),
        ("broken_module:f", "cannot import broken_module: SystemExit: 3"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(
    path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_module.py").write_text("raise SystemExit(3)\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(InvalidInput, match=message):
        find_subject(path)


def test_a_missing_extra_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    class Without:
        def find_spec(self, name: str, *_: object) -> None:
            if name.partition(".")[0] == "torch":
                raise ModuleNotFoundError("No module named 'torch'", name=name)

    for name in [name for name in sys.modules if name.partition(".")[0] == "torch"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Without(), *sys.meta_path])
    with pytest.raises(InvalidInput, match=r"pip install gsdcheck\[torch\]"):
        find_subject("torch.nn:GELU")


def test_other_libraries_are_not_imported_for_plain_code() -> None:
    code = (
        "import sys; from gsdcheck.engine.subjects import find_subject; find_subject('numpy:tanh');"
        "print([m for m in ('torch', 'jax', 'keras', 'sympy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_sympy_is_read_exactly_and_a_float_is_the_fraction_it_holds() -> None:
    snake = users("sympy_snake").activation
    assert snake is not None
    assert snake.expression == parse("x + sin(x)**2/2")
    tenth = users("sympy_lambda").activation
    assert tenth is not None
    assert tenth.expression == parse(f"({Fraction(0.1)})*tanh(x)")


def test_a_text_object_is_an_expression() -> None:
    assert users("text").source == "expression"


def test_a_sympy_function_class_is_applied_to_x() -> None:
    found = find_subject(sympy.tanh).activation
    assert found is not None
    assert found.expression == parse("tanh(x)")


@pytest.mark.parametrize(
    ("path", "name"),
    [("jax.numpy:tanh", "tanh"), ("jax.nn:silu", "silu"), ("jax.nn:softplus", "softplus")],
)
def test_functions_of_jax_are_recognised(path: str, name: str) -> None:
    pytest.importorskip("jax", reason="an extra")
    found = find_subject(path)
    assert found.function is not None
    assert found.function.backend.startswith("jax")
    assert (found.recognised or "").rpartition(".")[2] == name


def test_a_jitted_function_of_jax_is_called_with_its_arrays() -> None:
    jax = pytest.importorskip("jax", reason="an extra")
    before = jax.config.jax_enable_x64
    found = find_subject(jax.jit(lambda x: jax.numpy.where(x > 0, x, 0)))
    assert found.recognised == "relu"
    assert jax.config.jax_enable_x64 is before


@pytest.mark.parametrize(("path", "message"), [("softmax", "mixes coordinates"), ("glu", "returns shape")])
def test_functions_of_jax_that_mix_are_refused(path: str, message: str) -> None:
    pytest.importorskip("jax", reason="an extra")
    with pytest.raises(InvalidInput, match=message):
        find_subject(f"jax.nn:{path}")


def test_layers_of_keras_are_made_called_and_recognised() -> None:
    keras = pytest.importorskip("keras", reason="an extra")
    assert (find_subject(keras.layers.ELU(alpha=2.0)).recognised or "").endswith("elu?alpha=2")
    assert (find_subject("keras.activations:relu").recognised or "").endswith("relu")
    with pytest.raises(InvalidInput, match="1 learnable parameter"):
        find_subject("keras.layers:PReLU")
    with pytest.raises(InvalidInput, match="cannot be made without arguments"):
        find_subject("keras.layers:Dropout")


@pytest.mark.torch
def test_modules_and_functions_of_torch_are_recognised() -> None:
    import torch

    assert (find_subject("torch.nn:GELU").recognised or "").endswith("gelu")
    assert (find_subject(torch.nn.ELU(alpha=1.5)).recognised or "").endswith("elu?alpha=3/2")
    assert (find_subject("torch:tanh").recognised or "").endswith("tanh")
    assert (find_subject("torch.nn.functional:silu").recognised or "").endswith("silu")
    assert find_subject(lambda x: torch.relu(x)).recognised == "relu"


@pytest.mark.torch
@pytest.mark.parametrize(
    ("attribute", "message"),
    [
        ("PReLU", "learnable parameter"),
        ("RReLU", r"random or keeps a state.*\.eval\(\)"),
        ("Dropout", r"random or keeps a state.*\.eval\(\)"),
        ("Softmax", "mixes coordinates"),
        ("GLU", "returns shape"),
        ("Threshold", "cannot be made without arguments"),
    ],
)
def test_modules_of_torch_that_are_no_activation_are_refused(attribute: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        find_subject(f"torch.nn:{attribute}")


@pytest.mark.torch
def test_a_module_of_torch_in_eval_mode_is_taken() -> None:
    import torch

    assert find_subject(torch.nn.Dropout().eval()).recognised == "identity"
    with pytest.raises(InvalidInput, match="mutates its input"):
        find_subject(torch.nn.ReLU(inplace=True))


def test_a_function_that_leaves_the_formula_far_out_is_not_taken_for_it() -> None:
    # unbounded, and tanh up to 10⁷
    assert find_subject(lambda x: np.where(np.abs(x) > 1e7, x, np.tanh(x))).recognised is None


def test_what_a_function_prints_is_not_among_the_results(capsys: pytest.CaptureFixture[str]) -> None:
    assert find_subject(lambda x: print("noise") or np.tanh(x)).recognised == "tanh"
    out, err = capsys.readouterr()
    assert (out, "noise" in err) == ("", True)


def test_a_slow_drift_below_rounding_of_x_is_not_taken_for_tanh() -> None:
    # unbounded, and within 1e-10 of tanh at all points tried: recognised, it would be called bounded
    assert find_subject(lambda x: np.tanh(x) + 1e-16 * x).recognised is None
