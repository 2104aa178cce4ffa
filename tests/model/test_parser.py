"""The grammar reads what it says, refuses everything else with a position, and writes what it reads."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck.errors import ExpressionError
from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Number,
    Piecewise,
    Power,
    X,
    add,
    call,
    multiply,
    number,
    power,
)
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse, parse_exact


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x", X),
        ("1.5e-3", number("3/2000")),
        ("x/(1+Abs(x))", multiply(X, power(add(number(1), call("Abs", X)), -1))),
        ("-x**2", multiply(number(-1), power(X, 2))),
        ("2**-1", number("1/2")),
        ("x - 1 - 2", add(X, number(-3))),
        ("sqrt(x)", Power(X, Fraction(1, 2))),
        ("E**x", call("exp", X)),
        ("pi", Constant("pi")),
        ("Max(x, 0, 1)", call("Max", X, number(0), number(1))),
    ],
)
def test_a_text_is_the_tree_it_spells(text: str, tree: Expression) -> None:
    assert parse(text) == tree


def test_a_piecewise_keeps_its_branches_in_order() -> None:
    tree = parse("Piecewise((x, x > 0), (exp(x) - 1, True))")
    assert isinstance(tree, Piecewise)
    ((value, condition),) = tree.branches
    assert (value, condition.relation, condition.right) == (X, ">", number(0))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "position 1"),
        ("x.real", "position 2"),
        ("__import__('os')", "position 12"),
        ("y + 1", "unknown name 'y'"),
        ("thn(x)", "did you mean 'tanh'"),
        ("x^2", "written \\*\\*"),
        ("x +", "position 4"),
        ("(x", "expected '\\)'"),
        ("x x", "unexpected 'x'"),
        ("1/0", "division by zero"),
        ("0**-1", "division by zero"),
        ("9**9**9", "exponent"),
        ("((9**64)**64)**64", "bits"),
        ("x**x", "exponent must be"),
        ("(-1)**(1/2)", "negative"),
        ("sin()", "unexpected"),
        ("sin(x, x)", "takes 1 argument"),
        ("Max(x)", "takes 2 or more"),
        ("x == 1", "unexpected"),
        ("Piecewise((x, x > 0))", "last branch"),
        ("Piecewise((x, x))", "expected one of"),
        ("1e999", "exponent beyond"),
        ("1" * 61, "60 digits"),
        ("x" * 2001, "2000"),
        ("(" * 100 + "x" + ")" * 100, "nested"),
        ("-" * 100 + "x", "nested"),
        ("lambda: 0", "unexpected ':'"),
        ("x if x else 0", "unexpected 'if'"),
        ("[x]", "position 1"),
        ("'x'", "position 1"),
        ("1_000", "unexpected"),
        ("√x", "position 1"),
    ],
)
def test_everything_else_is_refused_with_the_reason(text: str, complaint: str) -> None:
    with pytest.raises(ExpressionError, match=complaint):
        parse(text)


def test_a_number_has_no_x() -> None:
    assert parse_exact("pi**2/12") == multiply(number("1/12"), power(Constant("pi"), 2))
    with pytest.raises(ExpressionError, match="depends on x"):
        parse_exact("x + 1")


def _trees() -> st.SearchStrategy[Expression]:
    leaves = st.sampled_from([X, Constant("pi"), Constant("E")]) | st.fractions(-9, 9, max_denominator=9).map(
        Number
    )

    def grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=2, max_size=3)
        return (
            several.map(lambda parts: add(*parts))
            | several.map(lambda parts: multiply(*parts))
            | inner.map(lambda u: power(u, 3) if u != number(0) else u)
            | inner.map(lambda u: power(call("cosh", u), Fraction(-1, 2)))
            | inner.map(lambda u: call("tanh", u))
            | several.map(lambda parts: call("Max", *parts))
        )

    return st.recursive(leaves, grow, max_leaves=12)


@given(_trees())
def test_what_is_written_is_read_back_as_written(tree: Expression) -> None:
    text = format_expression(tree)
    assert format_expression(parse(text)) == text


@given(_trees(), st.floats(-3, 3))
def test_writing_keeps_the_value(tree: Expression, at: float) -> None:
    assert _value(parse(format_expression(tree)), at) == pytest.approx(
        _value(tree, at), rel=1e-9, abs=1e-9, nan_ok=True
    )


def _value(tree: Expression, at: float) -> float:
    """A third reading of the tree, in Python floats; overflow is infinite."""
    from gsdcheck.model.expression import Product, Sum, Variable

    try:
        match tree:
            case Variable():
                return at
            case Number(value):
                return float(value)
            case Constant(name):
                return math.pi if name == "pi" else math.e
            case Sum(terms):
                return sum(_value(t, at) for t in terms)
            case Product(factors):
                return math.prod(_value(f, at) for f in factors)
            case Power(base, exponent):
                return float(_value(base, at) ** float(exponent))
            case Call("Max", arguments):
                return max(_value(a, at) for a in arguments)
            case Call(name, (argument,)):
                return float(getattr(math, name)(_value(argument, at)))
    except OverflowError:
        return math.inf
    raise AssertionError(tree)
