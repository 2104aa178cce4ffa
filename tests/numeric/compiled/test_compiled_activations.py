"""σ, σ' and Φ of the whole library: compiled code and NumPy read the same tree to the same digits."""

import numpy as np
import pytest

pytest.importorskip("llvmlite", reason="the compiled kernels are an extra")

from gsdcheck.model.expression import Expression, Variable, children, nodes
from gsdcheck.model.library import distinct_activations, find_activation
from gsdcheck.model.parser import parse
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.compiled.elementwise import compiled_expression, expression_module
from gsdcheck.numeric.evaluation import compile_expression

POINTS = np.unique(
    np.concatenate([s * np.geomspace(1e-12, 600, 240) for s in (1, -1)] + [np.linspace(-8, 8, 321)])
)


def largest_intermediate(tree: Expression, x: FloatArray) -> FloatArray:
    """The greatest finite |value| of a subtree that depends on x, at every x."""
    greatest = np.zeros_like(x)
    for node in nodes(tree):
        if any(isinstance(part, Variable) for part in nodes(node)) and not isinstance(node, Variable):
            value = np.abs(compile_expression(node)(x))
            greatest = np.maximum(greatest, np.where(np.isfinite(value), value, 0.0))
    return greatest


def disagreement(tree: Expression, x: FloatArray) -> FloatArray:
    """|compiled - NumPy| in units of what rounding explains: 1e-13 relative or 4 ulp of an intermediate value."""
    ours, theirs = compiled_expression(tree)(x), compile_expression(tree)(x)
    allowed = np.maximum(1e-13 * np.abs(theirs), 4 * np.spacing(largest_intermediate(tree, x)))
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    with np.errstate(all="ignore"):
        return np.where(same, 0.0, np.abs(ours - theirs) / np.maximum(allowed, 5e-324))


@pytest.mark.parametrize("name", distinct_activations())
def test_the_library_reads_alike(name: str) -> None:
    activation = find_activation(name)
    for tree in (activation.expression, activation.slope, activation.potential):
        if tree is not None and children(tree):
            excess = disagreement(tree, POINTS)
            at = int(np.argmax(np.where(np.isnan(excess), np.inf, excess)))
            assert excess[at] <= 1, f"{name} at {POINTS[at]!r}: {excess[at]}"


@pytest.mark.parametrize(
    "text",
    [
        "Max(x, Min(2, x**2))",
        "Piecewise((x, x > 1), (0, x > 0), (sin(x), True))",
        "sign(x)*Abs(x)**(3/2)",
        "2*x - pi",
    ],
)
def test_selections_read_alike(text: str) -> None:
    x = np.concatenate([POINTS, [0.0, -0.0, 1.0, np.nan, np.inf, -np.inf]])
    assert compiled_expression(parse(text))(x) == pytest.approx(
        compile_expression(parse(text))(x), nan_ok=True
    )


def test_the_comparison_catches_another_function() -> None:
    ours, theirs = parse("tanh(x)"), parse("tanh(x) + x**2/10**12")
    assert np.abs(compiled_expression(ours)(POINTS) - compile_expression(theirs)(POINTS)).max() > 1e-13


def test_the_generated_code_can_be_read() -> None:
    text = expression_module(parse("Piecewise((x, x > 0), (expm1(x), True))"))
    assert 'define internal <16 x double> @"expression"(<16 x double> %"x")' in text
    assert '%"piece' in text
    assert '@"expm1.v16"' in text
