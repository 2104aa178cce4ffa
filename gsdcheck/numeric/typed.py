"""NumPy's reading of a tree at a given dtype: every constant and every step is rounded to it.

`evaluation` is the fast float64 reading; this one shows what the formula gives in float16 or bfloat16.
"""

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from gsdcheck.model.expression import (
    Call,
    Condition,
    Constant,
    Expression,
    Number,
    Piecewise,
    Power,
    Product,
    Sum,
    Variable,
)
from gsdcheck.numeric.evaluation import compile_expression, numpy_function

_COMPARISONS = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}


def evaluate_typed(expression: Expression, x: Any) -> Any:
    """The values of the tree at the array x (1-d), of the dtype of x, rounded at every step."""
    if x.dtype == np.float64:
        return compile_expression(expression)(x)
    with np.errstate(all="ignore"):
        return _value(expression, x)


def _value(tree: Expression, x: Any) -> Any:
    match tree:
        case Variable():
            return x.copy()
        case Number() | Constant():
            return np.full(x.shape, compile_expression(tree)(np.zeros(1))[0]).astype(x.dtype)
        case Sum(terms):
            return reduce(np.add, [_value(term, x) for term in terms])
        case Product(factors):
            return _product(factors, x)
        case Power(base, exponent):
            return _power(_value(base, x), float(exponent))
        case Call("Max" | "Min" as name, arguments):
            extremum = np.maximum if name == "Max" else np.minimum
            return reduce(extremum, [_value(argument, x) for argument in arguments])
        case Call(name, (argument,)):
            return _applied(numpy_function(name), _value(argument, x))
        case Piecewise(branches, otherwise):
            return _piecewise(branches, otherwise, x)
    raise TypeError(f"not an expression: {tree!r}")


def _product(factors: tuple[Expression, ...], x: Any) -> Any:
    """The product, a factor u**(-1) being a division as in `evaluation`."""
    result = None
    divisors = [f.base for f in factors if isinstance(f, Power) and f.exponent == -1]
    for factor in (f for f in factors if not (isinstance(f, Power) and f.exponent == -1)):
        result = _value(factor, x) if result is None else result * _value(factor, x)
    result = np.ones_like(x) if result is None else result
    return reduce(np.divide, [_value(divisor, x) for divisor in divisors], result)


def _power(base: Any, exponent: float) -> Any:
    if exponent < 0:
        return np.divide(np.ones_like(base), _power(base, -exponent))
    if exponent == 1:
        return base
    if exponent == 2:
        return np.square(base)
    if exponent == 0.5:
        return np.sqrt(base)
    return np.power(base, np.full_like(base, exponent))


def _applied(function: Callable[[Any], Any], argument: Any) -> Any:
    """The function in the dtype of its argument; in float32 and rounded where it has no loop of that dtype."""
    try:
        value = function(argument)
    except TypeError:  # SciPy's functions know no bfloat16
        value = function(argument.astype(np.float32))
    return np.asarray(value).astype(argument.dtype)


def _piecewise(branches: tuple[tuple[Expression, Condition], ...], otherwise: Expression, x: Any) -> Any:
    value = np.empty_like(x)
    rest = np.arange(x.size)
    for branch, test in branches:
        left, right = _value(test.left, x[rest]), _value(test.right, x[rest])
        hit = _COMPARISONS[test.relation](left, right)
        chosen, rest = rest[hit], rest[~hit]
        value[chosen] = _value(branch, x[chosen])
    value[rest] = _value(otherwise, x[rest])
    return value
