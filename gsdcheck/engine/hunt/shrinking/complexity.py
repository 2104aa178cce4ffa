"""How complicated a case is to read: fewer units, simpler σ, zeros, small integers, short fractions."""

from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from gsdcheck.model.expression import Expression, nodes
from gsdcheck.model.system import Case, Form

Complexity: TypeAlias = tuple[int, int, int, int, int]
"""(units, size of σ, digits of W, digits of γ and b and the form, digits of x₀ and h): compared in this order."""


def complexity(case: Case) -> Complexity:
    """The measure that shrinking lowers."""
    system = case.system
    return (
        system.n,
        _tree_size(system.activation.expression),
        sum(_weight(w) for row in system.W for w in row),
        _weight(system.leak) + sum(map(_weight, system.bias)) + (system.form is Form.INNER),
        sum(map(_weight, case.state)) + (0 if case.step is None else _weight(case.step)),
    )


def _weight(q: Fraction) -> int:
    """0 for 0, then 2 for 1, 3 for -1, 4 for 2, more for what has more digits or a denominator."""
    size = abs(q.numerator)
    return 2 * min(size, 6 + size.bit_length()) + 3 * (q.denominator.bit_length() - 1) + (q < 0)


@lru_cache(maxsize=512)
def _tree_size(tree: Expression) -> int:
    return sum(1 for _ in nodes(tree))
