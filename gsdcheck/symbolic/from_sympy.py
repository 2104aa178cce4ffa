"""A SymPy expression in our words, exactly: the inverse of `to_sympy`."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from gsdcheck.errors import InvalidInput
from gsdcheck.model.expression import (
    Condition,
    Constant,
    Expression,
    Number,
    Relation,
    X,
    add,
    call,
    multiply,
    number,
    piecewise,
    power,
)
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse

_SAME = (
    "sin",
    "cos",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "atan",
    "erf",
    "erfc",
    "Abs",
    "sign",
    "exp",
    "Max",
    "Min",
)
_RELATIONS: dict[str, Relation] = {
    "StrictLessThan": "<",
    "LessThan": "<=",
    "StrictGreaterThan": ">",
    "GreaterThan": ">=",
}
_NARROWER = ("positive", "negative", "nonpositive", "nonnegative", "zero", "integer", "rational")
_REWRITTEN: dict[str, Callable[[Expression], Expression]] = {
    "tan": lambda u: multiply(call("sin", u), power(call("cos", u), -1)),
    "sech": lambda u: power(call("cosh", u), -1),
    "coth": lambda u: power(call("tanh", u), -1),
}


def from_sympy(expression: Any) -> Expression:
    """The tree of a SymPy expression of one free symbol, or of a Lambda of one argument.

    Rationals stay rationals; a Float becomes the binary fraction that it holds. The symbol is read as real.

    Raises:
        InvalidInput: two symbols or none, or a node that the grammar has not; the message names it.
        ExpressionError: the tree is beyond the limits of the grammar.
    """
    body = _body(expression)
    symbols = sorted(body.free_symbols, key=str)
    if len(symbols) > 1:
        named = ", ".join(map(str, symbols))
        raise InvalidInput(f"{expression} has {len(symbols)} free symbols ({named}); an activation has one.")
    if not symbols and body != 0:
        raise InvalidInput(f"{expression} has no free symbol: it is a constant and no activation.")
    if symbols and any(getattr(symbols[0], f"is_{kind}") is not None for kind in _NARROWER):
        raise InvalidInput(
            f"{expression}: the symbol {symbols[0]} is declared to be less than a real number"
            f" ({symbols[0].assumptions0}); SymPy simplified by that. Use Symbol({str(symbols[0])!r}, real=True)."
        )
    # soundness: facts are proved of, and records replayed from, the text, so the tree is what the text says
    return parse(format_expression(_tree(body)))


def _body(expression: Any) -> Any:
    import sympy

    if isinstance(expression, sympy.Lambda):
        if len(expression.signature) != 1 or not isinstance(expression.signature[0], sympy.Symbol):
            raise InvalidInput(
                f"{expression} does not take one argument; an activation is a function of one x."
            )
        stray = expression.free_symbols
        if stray:
            raise InvalidInput(f"{expression} has the free symbol {min(stray, key=str)}; give it a value.")
        return expression.expr
    if isinstance(expression, type(sympy.tanh)) and isinstance(expression, type):
        return expression(sympy.Symbol("x", real=True))
    if not isinstance(expression, sympy.Expr):
        raise InvalidInput(f"{expression} is a SymPy {type(expression).__name__} and no expression in x.")
    return expression


def _tree(node: Any) -> Expression:
    import sympy

    if isinstance(node, sympy.Symbol):
        return X
    if isinstance(node, sympy.Float):
        return Number(_held(node))
    if isinstance(node, sympy.Rational):
        return Number(Fraction(int(node.p), int(node.q)))
    if node is sympy.pi or node is sympy.E:
        return Constant("pi" if node is sympy.pi else "E")
    if isinstance(node, sympy.Add):
        return add(*map(_tree, node.args))
    if isinstance(node, sympy.Mul):
        return multiply(*map(_tree, node.args))
    if isinstance(node, sympy.Pow):
        return _power(node)
    return _applied(node)


def _held(node: Any) -> Fraction:
    """The binary fraction that a Float is."""
    sign, mantissa, exponent, _ = node._mpf_
    if not node.is_finite:
        raise _unsupported(node)
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size


def _power(node: Any) -> Expression:
    """base ** exponent: a rational exponent, or a base E or a positive number."""
    import sympy

    base, exponent = node.args
    if isinstance(exponent, sympy.Rational):
        return power(_tree(base), Fraction(int(exponent.p), int(exponent.q)))
    if isinstance(exponent, sympy.Float):
        return power(_tree(base), _held(exponent))
    if base is sympy.E:
        return call("exp", _tree(exponent))
    if isinstance(base, sympy.Rational | sympy.Float) and base > 0:
        return call("exp", multiply(_tree(exponent), call("log", _tree(base))))
    raise _unsupported(node)


def _applied(node: Any) -> Expression:
    name, arguments = type(node).__name__, node.args
    if name == "Piecewise":
        return _piecewise(node)
    if name == "polylog" and arguments[0] == 2:
        return call("dilog", _tree(arguments[1]))
    if name == "Heaviside":
        return _heaviside(node)
    if name == "log" and len(arguments) == 1:
        return call("log", _tree(arguments[0]))
    if name in _SAME:
        return call(name, *map(_tree, arguments))
    if name in _REWRITTEN:
        return _REWRITTEN[name](_tree(arguments[0]))
    raise _unsupported(node)


def _heaviside(node: Any) -> Expression:
    u, at_zero = _tree(node.args[0]), _tree(node.args[1])
    zero = number(0)
    branches = ((zero, Condition(u, "<", zero)), (number(1), Condition(u, ">", zero)))
    return piecewise(*branches, otherwise=at_zero)


def _piecewise(node: Any) -> Expression:
    *branches, (last, condition) = node.args
    if not _is_complete(branches, condition):
        raise InvalidInput(f"{node}: the last branch of a Piecewise must have the condition True.")
    pairs = [(_tree(value), _condition(part)) for value, test in branches for part in _alternatives(test)]
    return piecewise(*pairs, otherwise=_tree(last))


def _is_complete(branches: list[Any], last: Any) -> bool:
    """Whether one branch always holds: True, or after a single relation its negation, which SymPy keeps."""
    import sympy

    negation = getattr(branches[0][1], "negated", None) if len(branches) == 1 else None
    return last in (sympy.true, negation)


def _alternatives(test: Any) -> tuple[Any, ...]:
    """The parts of an Or: a branch for A or B is one for A and then one for B with the same value."""
    import sympy

    return tuple(test.args) if isinstance(test, sympy.Or) else (test,)


def _condition(test: Any) -> Condition:
    name = type(test).__name__
    if name not in _RELATIONS:
        raise _unsupported(test)
    left, right = _tree(test.lhs), _tree(test.rhs)
    return Condition(left, _RELATIONS[name], right)


def _unsupported(node: Any) -> InvalidInput:
    return InvalidInput(
        f"{node}: {type(node).__name__} is not in the grammar of expressions. Known are arithmetic, rational powers,"
        " Piecewise, and exp log sin cos sinh cosh tanh asinh atan erf erfc Abs sign Max Min polylog(2, ·)."
    )
