"""NumPy's reading of a tree: elementwise float64 evaluation.

A tree is compiled once to nested closures (no generated code). Subtrees without x are folded, a factor
`u**(-1)` is a division, and every branch of a Piecewise sees only the elements that belong to it.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

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
    nodes,
)
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.dilogarithm import dilogarithm

Function: TypeAlias = Callable[[FloatArray], FloatArray]
_Value: TypeAlias = FloatArray | np.float64
_Node: TypeAlias = Callable[[FloatArray], _Value]
_Test: TypeAlias = Callable[[FloatArray], NDArray[np.bool_]]


@lru_cache(maxsize=512)
def compile_expression(expression: Expression) -> Function:
    """x ↦ the value of the tree at x, elementwise.

    Returns:
        A function of a float64 array of any shape that returns a fresh float64 array of that shape, rounded.
        Outside the domain of the tree it gives nan, on overflow ±inf, and never a warning.
    """
    node = _compile(expression)

    def evaluate(x: FloatArray) -> FloatArray:
        array = np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            value = node(array.reshape(-1))
        if value.shape == ():
            return np.full(array.shape, value)
        # The tree "x" gives back the caller's own memory: copy it, so that a result may be written to.
        fresh = value if not np.may_share_memory(value, array) else value.copy()
        return np.asarray(fresh, dtype=np.float64).reshape(array.shape)

    return evaluate


def _compile(tree: Expression) -> _Node:
    if any(isinstance(node, Variable) for node in nodes(tree)):
        return _compile_node(tree)
    with np.errstate(all="ignore"):
        constant = np.float64(_compile_node(tree)(np.zeros(1)).item())
    return lambda _: constant


def _compile_node(tree: Expression) -> _Node:
    match tree:
        case Variable():
            return lambda x: x
        case Number(value):
            constant = _rounded(value)
            return lambda _: constant
        case Constant(name):
            named = np.float64({"pi": np.pi, "E": np.e}[name])
            return lambda _: named
        case Sum(terms):
            return _fold(np.add, [_compile(term) for term in terms])
        case Product(factors):
            return _product(factors)
        case Power(base, exponent):
            return _power(_compile(base), exponent)
        case Call("Max" | "Min" as name, arguments):
            extremum = np.maximum if name == "Max" else np.minimum
            return _fold(extremum, [_compile(argument) for argument in arguments])
        case Call(name, (argument,)):
            function, inner = numpy_function(name), _compile(argument)
            return lambda x: function(inner(x))
        case Piecewise(branches, otherwise):
            return _piecewise([(_compile(v), _test(c)) for v, c in branches], _compile(otherwise))
    raise TypeError(f"not an expression: {tree!r}")


def _rounded(value: Fraction) -> np.float64:
    """The nearest float64; beyond the range an infinity, as IEEE arithmetic would have it."""
    try:
        return np.float64(float(value))
    except OverflowError:
        return np.float64(np.inf if value > 0 else -np.inf)


def numpy_function(name: str) -> Callable[[_Value], _Value]:
    """The function of that name of the grammar, of one argument, elementwise."""
    return _NUMPY[name] if name in _NUMPY else _ERROR_FUNCTIONS[name]


def _error_function(name: str) -> Callable[[_Value], _Value]:
    """erf or erfc: the C library's for a few elements, SciPy's, which takes a quarter second to load, for many."""
    single = np.frompyfunc(getattr(math, name), 1, 1)

    def evaluate(x: _Value) -> _Value:
        if np.size(x) <= _FEW:
            return np.asarray(single(x), dtype=np.float64)
        from scipy import special

        return np.asarray(getattr(special, name)(x))

    return evaluate


_FEW = 2**15
_ERROR_FUNCTIONS = {name: _error_function(name) for name in ("erf", "erfc")}

_NUMPY: dict[str, Callable[[_Value], _Value]] = {
    "exp": np.exp,
    "log": np.log,
    "log1p": np.log1p,
    "expm1": np.expm1,
    "sin": np.sin,
    "cos": np.cos,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "asinh": np.arcsinh,
    "atan": np.arctan,
    "dilog": dilogarithm,
    "Abs": np.abs,
    "sign": np.sign,
}


def _fold(combine: Callable[[_Value, _Value], _Value], parts: list[_Node]) -> _Node:
    if len(parts) == 2:  # the common case, without a loop
        left, right = parts
        return lambda x: combine(left(x), right(x))
    first, *rest = parts

    def folded(x: FloatArray) -> _Value:
        value = first(x)
        for part in rest:
            value = combine(value, part(x))
        return value

    return folded


def _product(factors: tuple[Expression, ...]) -> _Node:
    """The product with every u**(-1) as a division: one rounding less than a reciprocal."""
    below = [f.base for f in factors if isinstance(f, Power) and f.exponent == -1]
    above = [f for f in factors if not (isinstance(f, Power) and f.exponent == -1)]
    top = _fold(np.multiply, [_compile(f) for f in above]) if above else (lambda _: np.float64(1.0))
    if not below:
        return top
    bottom = _fold(np.multiply, [_compile(f) for f in below])
    return lambda x: np.divide(top(x), bottom(x))


def _power(base: _Node, exponent: Fraction) -> _Node:
    if exponent < 0:
        positive = _power(base, -exponent)
        return lambda x: np.divide(1.0, positive(x))
    if exponent == 1:
        return base
    if exponent == 2:
        return lambda x: np.square(base(x))
    if exponent == Fraction(1, 2):
        return lambda x: np.sqrt(base(x))
    rounded = _rounded(exponent)
    return lambda x: np.power(base(x), rounded)


def _test(condition: Condition) -> _Test:
    compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[condition.relation]
    left, right = _compile(condition.left), _compile(condition.right)
    return lambda x: np.broadcast_to(compare(left(x), right(x)), x.shape)


def _piecewise(branches: list[tuple[_Node, _Test]], otherwise: _Node) -> _Node:
    def evaluate(x: FloatArray) -> FloatArray:
        value = np.empty_like(x)
        rest = np.arange(x.size)
        for branch, test in branches:
            hit = test(x[rest])
            chosen, rest = rest[hit], rest[~hit]
            if chosen.size:
                value[chosen] = branch(x[chosen])
        if rest.size:
            value[rest] = otherwise(x[rest])
        return value

    return evaluate
