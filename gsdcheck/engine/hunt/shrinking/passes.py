"""The passes of shrinking: each proposes simpler cases, the boldest first."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache, partial
from itertools import combinations
from typing import TypeAlias

from gsdcheck.engine.hunt.shrinking.complexity import complexity
from gsdcheck.model.activation import Activation
from gsdcheck.model.expression import nodes
from gsdcheck.model.library import distinct_activations, find_activation
from gsdcheck.model.system import Case, Form, Matrix, System, Vector

Pass: TypeAlias = Callable[[Case], Iterator[Case]]

_DENOMINATORS = (1, 2, 4, 10, 100, 1000, 10**6)
_STEPS = tuple(map(Fraction, ("1", "1/2", "2", "1/4", "1/10", "1/8", "1/100")))
_TURN: Matrix = ((Fraction(0), Fraction(1)), (Fraction(-1), Fraction(0)))
_CROSS: Matrix = tuple(tuple(map(Fraction, row)) for row in ((0, -1, 1), (1, 0, -1), (-1, 1, 0)))


def fewer_units(case: Case) -> Iterator[Case]:
    """Two units only, then without one unit or two (where n must be even), the last first."""
    n = case.system.n
    yield from (_left(case, pair) for pair in combinations(range(n), 2) if n > 3)
    for gone in (*combinations(range(n), 1), *combinations(range(n), 2)):
        if len(gone) < n:
            yield _left(case, tuple(i for i in range(n) if n - 1 - i not in gone))


def _left(case: Case, kept: tuple[int, ...]) -> Case:
    """The case of these units alone."""
    W, bias = case.system.W, case.system.bias
    system = replace(
        case.system, W=tuple(tuple(W[i][j] for j in kept) for i in kept), bias=tuple(bias[i] for i in kept)
    )
    return replace(case, system=system, state=tuple(case.state[i] for i in kept))


def famous_weights(case: Case) -> Iterator[Case]:
    """The rotation of the plane or (1, 1, 1)×, where n fits."""
    for W in (_TURN, _CROSS):
        if len(W) == case.system.n and case.system.W != W:
            yield _with_weights(case, W)


def simpler_activation(case: Case) -> Iterator[Case]:
    """The activations of the library whose trees are smaller, the smallest first."""
    size = sum(1 for _ in nodes(case.system.activation.expression))
    for other, other_size in _activations():
        if other_size < size:
            yield replace(case, system=replace(case.system, activation=other))


@lru_cache(maxsize=1)
def _activations() -> tuple[tuple[Activation, int], ...]:
    found = [find_activation(name) for name in distinct_activations()]
    sized = [(activation, sum(1 for _ in nodes(activation.expression))) for activation in found]
    return tuple(sorted(sized, key=lambda pair: pair[1]))


def rounder_weights(case: Case) -> Iterator[Case]:
    """All weights scaled to at most 1, 2 or 3 and rounded; or as they are, to short fractions."""
    W = case.system.W
    largest = max(abs(w) for row in W for w in row)
    for top in (1, 2, 3) if largest else ():
        yield _with_weights(case, _each(W, partial(_rounded, factor=top / largest)))
    for most in _DENOMINATORS:
        yield _with_weights(case, _each(W, partial(Fraction.limit_denominator, max_denominator=most)))


def simpler_weights(case: Case) -> Iterator[Case]:
    """One weight, with its mirror image where W is skew there: 0, ±1, half as large, less by 1, or shorter."""
    W, n = case.system.W, case.system.n
    for i in range(n):
        for j in range(n):
            if W[i][j]:
                mirrored = i != j and W[j][i] == -W[i][j]
                for value in _simpler(W[i][j]):
                    yield _with_weights(case, _changed(W, i, j, value, mirrored=mirrored))


def plainer_system(case: Case) -> Iterator[Case]:
    """No bias, less of it, no leak or a round one; the outer form."""
    system = case.system
    if any(system.bias):
        yield replace(case, system=replace(system, bias=(Fraction(0),) * system.n))
        yield from (replace(case, system=replace(system, bias=bias)) for bias in _one_simpler(system.bias))
    if system.leak:
        yield from (
            replace(case, system=replace(system, leak=leak)) for leak in map(Fraction, ("0", "1", "1/2"))
        )
    if system.form is Form.INNER:
        yield replace(case, system=replace(system, form=Form.OUTER))


def rounder_state(case: Case) -> Iterator[Case]:
    """All coordinates to short fractions, or to one value."""
    for most in _DENOMINATORS:
        yield replace(case, state=tuple(v.limit_denominator(most) for v in case.state))
    for value in dict.fromkeys(case.state):
        yield replace(case, state=(value,) * case.system.n)


def simpler_state(case: Case) -> Iterator[Case]:
    """One coordinate: 0, ±1, a neighbour's value, half as large, or a shorter fraction."""
    for bold in _one_simpler(case.state):
        yield replace(case, state=bold)


def simpler_step(case: Case) -> Iterator[Case]:
    """A famous step, or a shorter fraction."""
    if case.step is not None:
        for step in (*_STEPS, *(case.step.limit_denominator(most) for most in _DENOMINATORS)):
            if step:
                yield replace(case, step=step)


PASSES: tuple[Pass, ...] = (
    fewer_units,
    famous_weights,
    simpler_activation,
    rounder_weights,
    plainer_system,
    rounder_state,
    simpler_step,
    simpler_weights,
    simpler_state,
)
"""All passes, in the order in which they are tried again and again."""


def proposals(case: Case, tried: Pass) -> Iterator[Case]:
    """What the pass proposes, as far as it is simpler than the case."""
    now = complexity(case)
    return (simpler for simpler in tried(case) if complexity(simpler) < now)


def _simpler(value: Fraction) -> Iterator[Fraction]:
    yield from map(Fraction, (0, 1, -1))
    whole = round(value)
    yield Fraction(round(value / 2))
    yield Fraction(whole)
    yield Fraction(whole - (1 if whole > 0 else -1))
    for most in _DENOMINATORS:
        yield value.limit_denominator(most)


def _one_simpler(vector: Vector) -> Iterator[Vector]:
    for i, value in enumerate(vector):
        for other in (*_simpler(value), *vector):
            if other != value:
                yield (*vector[:i], other, *vector[i + 1 :])


def _rounded(value: Fraction, factor: Fraction) -> Fraction:
    return Fraction(round(value * factor))


def _each(W: Matrix, change: Callable[[Fraction], Fraction]) -> Matrix:
    return tuple(tuple(change(w) for w in row) for row in W)


def _changed(W: Matrix, i: int, j: int, value: Fraction, *, mirrored: bool) -> Matrix:
    rows = [list(row) for row in W]
    rows[i][j] = value
    if mirrored:
        rows[j][i] = -value
    return tuple(map(tuple, rows))


def _with_weights(case: Case, W: Matrix) -> Case:
    system: System = replace(case.system, W=W)
    return replace(case, system=system)
