"""A tree at a dtype: every step is rounded to it."""

import ml_dtypes
import numpy as np
import pytest

from gsdcheck.model.library import NAMES, named_activation
from gsdcheck.model.parser import parse
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.typed import evaluate_typed


@pytest.mark.parametrize("dtype", [np.float16, ml_dtypes.bfloat16, np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_the_library_is_evaluated_at_every_dtype(name: str, dtype: type) -> None:
    x = np.array([-4.0, -1.5, -1.0, -0.25, 0.0, 0.5, 1.0, 2.5]).astype(dtype)
    expression = named_activation(name).expression
    got = evaluate_typed(expression, x)
    exact = compile_expression(expression)(x.astype(np.float64))
    assert got.dtype == dtype
    slack = 8 * float(ml_dtypes.finfo(dtype).eps) * np.maximum(np.abs(x.astype(np.float64)), 1)
    assert (np.abs(got.astype(np.float64) - exact) <= slack * np.maximum(np.abs(exact), 1)).all()


def test_every_step_is_rounded() -> None:
    # in float16 1 + 2**-11 is 1 (a tie to even), in float32 it is not
    text = parse("(x + 1/2048) - 1")
    nested = parse("Max(x + 1/2048, -5) - 1")
    assert evaluate_typed(nested, np.ones(1, np.float16))[0] == 0
    assert evaluate_typed(nested, np.ones(1, np.float32))[0] == 2.0**-11
    assert evaluate_typed(text, np.ones(1, np.float64))[0] == 2.0**-11


@pytest.mark.parametrize("text", ["x**3", "(1 + x**2)**(-2)", "sqrt(1 + x**2)", "1/(2*(1 + x**2))", "pi*x"])
def test_powers_and_quotients_keep_the_dtype(text: str) -> None:
    x = np.array([-1.5, 0.5, 2.0], np.float32)
    got = evaluate_typed(parse(text), x)
    assert got.dtype == np.float32
    assert got == pytest.approx(compile_expression(parse(text))(x.astype(float)), rel=1e-6)


def test_what_is_no_tree_is_refused() -> None:
    with pytest.raises(TypeError, match="not an expression"):
        evaluate_typed("x", np.ones(1, np.float32))  # type: ignore[arg-type]
