"""The kernels as text, and what their flags leave out."""

from dataclasses import replace

import pytest

pytest.importorskip("llvmlite", reason="the compiled kernels are an extra")

from gsdcheck.errors import InvalidInput
from gsdcheck.model.expression import X
from gsdcheck.model.system import Form
from gsdcheck.numeric.compiled.kernels import Shape
from gsdcheck.numeric.compiled.programs import Program, kernel_text, module_text
from gsdcheck.numeric.methods.tableaus import EULER

PLAIN = Shape(n=2, lanes=16, form=Form.OUTER, leaky=False, biased=True, hollow=False)


def products(shape: Shape) -> int:
    """How many fused multiplications the kernel of forward Euler and the identity holds."""
    text = module_text(Program(sigma=X, potential=None, shape=shape, tableau=EULER))
    return sum("call" in line and "llvm.fma" in line for line in text.splitlines())


def test_a_kernel_can_be_read() -> None:
    text = kernel_text("tanh", n=3)
    for name in (
        '@"integrate"',
        '@"activate"',
        '@"sigma"',
        '@"potential"',
        '%"drifts"',
        '%"slopes"',
        '%"step"',
    ):
        assert name in text


def test_forward_euler_of_two_units_is_four_products_and_two_for_the_bias() -> None:
    assert products(PLAIN) == 6


def test_what_is_zero_is_not_computed() -> None:
    assert products(replace(PLAIN, biased=False)) == 4
    assert products(replace(PLAIN, biased=False, hollow=True)) == 2
    assert products(replace(PLAIN, leaky=True)) == 8


@pytest.mark.parametrize("method", ["splitting2", "rk5"])
def test_other_methods_have_no_kernel(method: str) -> None:
    with pytest.raises(InvalidInput, match=f"method is '{method}'"):
        kernel_text(method=method)
