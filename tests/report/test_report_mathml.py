"""Expressions as MathML: read back by a reader of its own, they have the same values."""

import math
import xml.etree.ElementTree as ElementTree

import pytest
from scipy.special import spence

from gsdcheck.model.library import distinct_activations, find_activation
from gsdcheck.report.mathml import mathml

NAMES = {
    name: getattr(math, name) for name in ("log", "log1p", "expm1", "sin", "cos", "sinh", "cosh", "tanh")
}
NAMES |= {
    "erf": math.erf,
    "erfc": math.erfc,
    "arsinh": math.asinh,
    "arctan": math.atan,
    "max": max,
    "min": min,
}
NAMES |= {"sgn": lambda v: (v > 0) - (v < 0), "Li₂": lambda v: spence(1 - v), "π": math.pi, "e": math.e}
SIGNS = {"−": "-", "\u2062": "*", "\u2061": "", "≤": "<=", "≥": ">="}
POINTS = (-3.7, -1.0, -0.2, 0.0, 0.3, 1.0, 2.6, 7.5)


def python(element):
    """The element as an expression of Python: fractions, roots and exponents are bracketed, rows are read on."""
    parts = [python(child) for child in element]
    match element.tag:
        case "mn" | "mi":
            return element.text
        case "mo":
            return SIGNS.get(element.text, element.text)
        case "mfrac":
            return f"(({parts[0]})/({parts[1]}))"
        case "msup":
            return f"(({parts[0]})**({parts[1]}))"
        case "msqrt":
            return f"(({''.join(parts)})**0.5)"
        case "mrow" if parts[0] == "|":
            return f"abs({''.join(parts[1:-1])})"
        case "mrow" if parts[0] == "{":
            return f"({parts[1]})"
        case "mtable":
            return "".join(parts)
        case "mtr":
            return parts[0] if parts[1] == "otherwise" else f"({parts[0]}) if {parts[1]} else "
        case "mtext":
            return element.text
    return "".join(parts)


def values(expression):
    text = python(ElementTree.fromstring(mathml(expression)))
    return [eval(text, {"x": x, "abs": abs, "__builtins__": {}, **NAMES}) for x in POINTS]  # noqa: S307  # our text


def direct(expression):
    names = {name: getattr(math, name) for name in dir(math) if name[0] != "_"}
    names |= {"Abs": abs, "Max": max, "Min": min, "pi": math.pi, "E": math.e, "sign": NAMES["sgn"]}
    names |= {"asinh": math.asinh, "atan": math.atan, "dilog": NAMES["Li₂"], "Piecewise": lambda *b: b}
    found = [eval(expression, {"x": x, "__builtins__": {}, **names}) for x in POINTS]  # noqa: S307  # ours
    return [next(v for v, holds in f if holds) if isinstance(f, tuple) else f for f in found]


OTHERS = [
    "-x**2",
    "2-3*x",
    "-(x+1)*(x-1)",
    "x-(x-1)",
    "(-x)**3",
    "x**2/3/(x**2+1)",
    "(x+1)/2-1/3",
    "2*3**(1/2)*x",
]
OTHERS += [
    "exp(-(x-1)**2)",
    "(x**2+1)**(-3/2)",
    "(x**2)**(2/3)",
    "-1/2*x",
    "x*(-2)",
    "(1+Abs(x))**(-2)*x",
    "2**x",
]


@pytest.mark.parametrize("expression", OTHERS)
def test_the_value_is_that_of_the_expression(expression):
    assert values(expression) == pytest.approx(direct(expression), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", distinct_activations())
def test_every_activation_of_the_library_reads_back(name):
    sigma = find_activation(name)
    if "*Piecewise" in sigma.text:  # Python's tuple has no product; the branches are read back in the others
        assert "<mtable>" in mathml(sigma.text)
        return
    assert values(sigma.text) == pytest.approx(direct(sigma.text), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "text", ["<script>f()</script>", "σ(x)", "", "x)(", "import os", "known by its values"]
)
def test_what_is_no_expression_stays_escaped_text(text):
    shown = mathml(text)
    assert shown.startswith("<code>")
    assert "<script" not in shown
