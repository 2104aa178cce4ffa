"""The chains that are found: of every smooth activation of the library, checked against floats, and of none with a kink."""

from fractions import Fraction

import numpy as np
import pytest
import sympy

from gsdcheck.certify.chains import chain_data, read_chain
from gsdcheck.errors import Undecided
from gsdcheck.facts.chains import noetherian_chain
from gsdcheck.facts.potentials import closed_potential
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.chain import Chain, opaque_chain
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.library import find_activation
from gsdcheck.model.parser import parse
from gsdcheck.symbolic.chains import elementary_chain
from tests.facts.hand_derived import TABLE

SMOOTH = (
    *("identity", "zero", "tanh", "sin", "atan", "erf", "xgauss", "gaussian", "exponential", "expm1", "cube"),
    *("sinh", "asinh", "algebraic_sigmoid", "serpentine", "rational_hump", "bent_identity", "snake"),
    *("tanhshrink", "lisht", "sigmoid", "log_sigmoid", "softplus", "silu", "quick_gelu", "gelu", "gelu_tanh"),
    *("mish", "squareplus"),
)
KINKED = (
    *("relu", "leaky_relu", "relu6", "squared_relu", "elu", "celu", "selu", "isrlu", "softsign", "symlog"),
    *("hardtanh", "rectified_tanh", "hard_sigmoid", "hard_swish", "softshrink", "hardshrink", "sparse_plus"),
    *("sparse_sigmoid", "switched_softplus"),
)


def chain_of(text: str) -> Chain:
    found = noetherian_chain(find_activation(text).expression)
    assert found is not None
    return found


def in_floats(text: str, x: np.ndarray) -> np.ndarray:
    symbol = sympy.Symbol("x", real=True)
    words = {"x": symbol, "expm1": lambda u: sympy.exp(u) - 1, "log1p": lambda u: sympy.log(1 + u)}
    value = sympy.lambdify(symbol, sympy.sympify(text, locals=words), modules=["scipy", "numpy"])
    return np.asarray(value(x), dtype=float) + 0 * x


@pytest.mark.parametrize("name", SMOOTH)
def test_a_smooth_activation_is_a_polynomial_in_functions_that_are_closed_under_differentiation(
    name: str,
) -> None:
    chain, h = chain_of(name), 1e-5
    x = np.linspace(-2.1, 2.3, 23)
    functions = [format_expression(g) for g in chain.generators]
    z = np.array([x, *(in_floats(g, x) for g in functions)])

    def value(p: dict) -> np.ndarray:
        return sum((float(c) * np.prod(z ** np.array(e)[:, None], axis=0) for e, c in p.items()), 0 * x)

    for g, P in zip(functions, chain.derivatives, strict=True):
        assert np.allclose(
            value(P), (in_floats(g, x + h) - in_floats(g, x - h)) / (2 * h), rtol=1e-6, atol=1e-8
        )
    assert np.allclose(value(chain.sigma), in_floats(find_activation(name).text, x), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", KINKED)
def test_an_activation_with_a_kink_has_no_chain_on_the_line(name: str) -> None:
    assert noetherian_chain(find_activation(name).expression) is None


@pytest.mark.parametrize(
    ("text", "p"),
    [
        ("tanh(x)", {(0, 0): 1, (0, 2): -1}),
        ("1/(1+exp(-x))", {(0, 1): 1, (0, 2): -1}),
        ("exp(x)", {(0, 1): 1}),
        ("expm1(x)", {(0, 0): 1, (0, 1): 1}),
        ("(exp(x)-exp(-x))/(exp(x)+exp(-x))", {(0, 0): 1, (0, 2): -1}),
        ("exp(3*x)/(1+exp(3*x))", {(0, 1): 3, (0, 2): -3}),
        ("tanh(2*x-1)/3+1/5", {(0, 0): Fraction(32, 75), (0, 1): Fraction(12, 5), (0, 2): -6}),
    ],
)
def test_the_slope_as_a_polynomial_of_the_value_is_the_one_by_hand(text: str, p: dict) -> None:
    chain = chain_of(text)
    assert chain.sigma == {(0, 1): 1}
    assert list(chain.derivatives) == [p]


@pytest.mark.parametrize("text", [text for text in TABLE if "Abs" not in text and "Max" not in text][:30])
def test_whatever_chain_is_found_is_one_that_the_core_accepts(text: str) -> None:
    sigma = activation_from_expression(text).expression
    chain = noetherian_chain(sigma)
    if chain is not None:
        assert read_chain(chain_data(chain), sigma) == chain


def test_a_shared_kink_is_not_glossed_over() -> None:
    """x on the right and x + x² on the left agree in value and slope at 0, and are no polynomial."""
    assert noetherian_chain(parse("Piecewise((x, x > 0), (x+x**2, True))")) is None
    assert noetherian_chain(parse("Piecewise((x, x > 0), (x*1, True))")) is not None


def test_more_cuts_than_a_certificate_holds_give_no_chain() -> None:
    text = "+".join(f"Abs(x-{k})" for k in range(6))
    assert noetherian_chain(parse(text)) is None


@pytest.mark.parametrize("text", ["dilog(-x**2)", "Abs(x)", "(x**2+1)**17", "erf(x**2)"])
def test_what_has_no_chain_of_ours_is_undecided(text: str) -> None:
    with pytest.raises(Undecided):
        elementary_chain(parse(text))


def test_more_functions_than_a_chain_holds_are_undecided() -> None:
    with pytest.raises(Undecided, match="functions"):
        elementary_chain(parse("+".join(f"atan(x+{k})" for k in range(8))))


def test_an_opaque_chain_knows_no_slope() -> None:
    chain = opaque_chain(parse("Max(x, 0)"))
    assert not chain.is_closed
    assert closed_potential(find_activation("relu"), chain) is None


@pytest.mark.parametrize(
    ("name", "potential"),
    [
        ("tanh", "log(cosh(x))"),
        ("sigmoid", "log(exp(x)+1)"),
        ("identity", "x**2/2"),
        ("exponential", "expm1(x)"),
        ("silu", None),
    ],
)
def test_the_potential_has_a_closed_form_where_one_is_at_hand(name: str, potential: str | None) -> None:
    found = closed_potential(find_activation(name), chain_of(name))
    assert (None if found is None else format_expression(found)) == potential
