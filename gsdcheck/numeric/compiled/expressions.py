"""LLVM's reading of a tree: L lanes at once, no branches; a Piecewise computes every branch and selects."""

from fractions import Fraction
from functools import reduce

import numpy as np
from llvmlite import ir

from gsdcheck.model.expression import (
    Call,
    Condition,
    Expression,
    Piecewise,
    Power,
    Product,
    Sum,
    Variable,
    nodes,
)
from gsdcheck.numeric.compiled.vector_functions import VectorFunctions
from gsdcheck.numeric.evaluation import compile_expression


def define_expression(
    module: ir.Module, functions: VectorFunctions, name: str, tree: Expression, lanes: int
) -> ir.Function:
    """Defines `name`, x ↦ the value of the tree at x, as a function <L x double> (<L x double>) of the module.

    What does not depend on x is folded by `evaluation`, so that both readings share their constants.
    """
    vector = ir.VectorType(ir.DoubleType(), lanes)
    function = ir.Function(module, ir.FunctionType(vector, [vector]), name=name)
    function.linkage = "internal"
    function.args[0].name = "x"
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    builder.ret(_Emitter(builder, function.args[0], functions, lanes).value(tree))
    return function


class _Emitter:
    """Emits the nodes of one tree; a subtree that occurs twice is computed once."""

    def __init__(self, builder: ir.IRBuilder, x: ir.Value, functions: VectorFunctions, lanes: int) -> None:
        self._builder, self._x, self._functions, self._lanes = builder, x, functions, lanes
        self._vector = ir.VectorType(ir.DoubleType(), lanes)
        self._known: dict[Expression, ir.Value] = {}

    def value(self, tree: Expression) -> ir.Value:
        """The vector of the tree's values."""
        if tree not in self._known:
            self._known[tree] = self._emit(tree)
        return self._known[tree]

    def _emit(self, tree: Expression) -> ir.Value:
        if not any(isinstance(node, Variable) for node in nodes(tree)):
            return self._splat(_folded(tree))
        build = self._builder
        match tree:
            case Variable():
                return self._x
            case Sum(terms):
                return reduce(lambda a, b: build.fadd(a, b, name="sum"), map(self.value, terms))
            case Product(factors):
                return self._product(factors)
            case Power(base, exponent):
                return self._power(self.value(base), exponent)
            case Call("Max" | "Min" as name, arguments):
                return reduce(lambda a, b: self._extremum(name, a, b), map(self.value, arguments))
            case Call(name, (argument,)):
                return build.call(self._functions.function(name), [self.value(argument)], name=name.lower())
            case Piecewise(branches, otherwise):
                chosen = self.value(otherwise)
                for value, test in reversed(branches):
                    chosen = build.select(self._test(test), self.value(value), chosen, name="piece")
                return chosen
        raise TypeError(f"not an expression: {tree!r}")

    def _splat(self, number: float) -> ir.Value:
        return ir.Constant(self._vector, [ir.Constant(ir.DoubleType(), number)] * self._lanes)

    def _product(self, factors: tuple[Expression, ...]) -> ir.Value:
        """The product with every u**(-1) as a division, as in `evaluation`."""
        below = [f.base for f in factors if isinstance(f, Power) and f.exponent == -1]
        above = [f for f in factors if not (isinstance(f, Power) and f.exponent == -1)]
        top = reduce(self._times, map(self.value, above)) if above else self._splat(1.0)
        if not below:
            return top
        return self._builder.fdiv(top, reduce(self._times, map(self.value, below)), name="quotient")

    def _times(self, left: ir.Value, right: ir.Value) -> ir.Value:
        return self._builder.fmul(left, right, name="product")

    def _power(self, base: ir.Value, exponent: Fraction) -> ir.Value:
        return self._builder.call(self._functions.power(exponent), [base], name="power")

    def _extremum(self, name: str, left: ir.Value, right: ir.Value) -> ir.Value:
        """The greater or lesser of the two; nan if either is, as NumPy's maximum and minimum."""
        build = self._builder
        wins = build.fcmp_ordered(">=" if name == "Max" else "<=", left, right)
        lost = build.fcmp_unordered("uno", left, left)
        return build.select(build.or_(wins, lost), left, right, name=name.lower())

    def _test(self, test: Condition) -> ir.Value:
        return self._builder.fcmp_ordered(test.relation, self.value(test.left), self.value(test.right))


def _folded(tree: Expression) -> float:
    return float(compile_expression(tree)(np.zeros(1))[0])
