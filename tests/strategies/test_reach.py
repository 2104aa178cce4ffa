"""What the strategies can find: a feature that no example ever has is a feature that nothing tests."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq, fmpq_mat
from hypothesis import Phase, find, settings

from gsdcheck import strategies as gs
from gsdcheck.model.system import Form, Matrix

SEARCH = settings(max_examples=1500, database=None, deadline=None, derandomize=True, phases=(Phase.generate,))
MINIMAL = settings(SEARCH, phases=(Phase.generate, Phase.shrink))


def _rank(W: Matrix) -> int:
    return int(fmpq_mat([[fmpq(a.numerator, a.denominator) for a in row] for row in W]).rank())


def _is_block_diagonal(W: Matrix) -> bool:
    entries = [(i, j) for i, row in enumerate(W) for j, a in enumerate(row) if a]
    return len(W) >= 4 and _rank(W) >= 4 and all(i // 2 == j // 2 for i, j in entries)


def _has_hidden_repeated_frequency(W: Matrix) -> bool:
    """W² = -ω² I, while W is not block diagonal: every frequency is ω."""
    n = len(W)
    square = [[sum(W[i][k] * W[k][j] for k in range(n)) for j in range(n)] for i in range(n)]
    scalar = all(square[i][j] == (square[0][0] if i == j else 0) for i in range(n) for j in range(n))
    return n >= 4 and scalar and square[0][0] != 0 and not _is_block_diagonal(W)


def _is_dyadic(r: Fraction) -> bool:
    return r.denominator & (r.denominator - 1) == 0


def _some(feature: Callable[[Fraction], bool]) -> Callable[[Matrix], bool]:
    return lambda W: any(feature(a) for row in W for a in row)


SKEW_FEATURES: dict[str, Callable[[Matrix], bool]] = {
    "a single unit": lambda W: len(W) == 1,
    "odd size": lambda W: len(W) == 5 and _rank(W) == 4,
    "even size, invertible": lambda W: len(W) == 6 and _rank(W) == 6,
    "even size, singular, not zero": lambda W: len(W) == 4 and _rank(W) == 2,
    "rank 2 without zeros": lambda W: (
        len(W) >= 4 and all(W[i][j] for i in range(len(W)) for j in range(i)) and _rank(W) == 2
    ),
    "zero": lambda W: len(W) > 2 and _rank(W) == 0,
    "blocks": _is_block_diagonal,
    "blocks of one frequency": lambda W: _is_block_diagonal(W) and W[0][1] == W[2][3],
    "one frequency, hidden": _has_hidden_repeated_frequency,
    "a planar block": lambda W: len(W) == 2 and W[0][1] != 0,
    "a rational that is no float": _some(lambda a: not _is_dyadic(a)),
    "a float that is no short rational": _some(lambda a: _is_dyadic(a) and a.denominator > 2**40),
    "an entry below 1e-6": _some(lambda a: 0 < abs(a) < Fraction(1, 10**6)),
    "an entry above 1e6": _some(lambda a: abs(a) > 10**6),
    "entries 12 decades apart": lambda W: (
        max(abs(a) for row in W for a in row) > 10**12 * min((abs(a) for r in W for a in r if a), default=1)
    ),
}


@pytest.mark.parametrize("feature", SKEW_FEATURES)
def test_skew_matrices_find(feature: str) -> None:
    assert SKEW_FEATURES[feature](find(gs.skew_matrices(), SKEW_FEATURES[feature], settings=SEARCH))


MATRIX_FEATURES: dict[str, Callable[[Matrix], bool]] = {
    "not skew": lambda W: any(W[i][j] != -W[j][i] for i in range(len(W)) for j in range(len(W))),
    "singular, not zero": lambda W: len(W) == 3 and 0 < _rank(W) < 3,
    "skew, not zero": lambda W: len(W) == 2 and W[0][1] == -W[1][0] != 0 and W[0][0] == W[1][1] == 0,
}


@pytest.mark.parametrize("feature", MATRIX_FEATURES)
def test_matrices_find(feature: str) -> None:
    assert find(gs.matrices(), MATRIX_FEATURES[feature], settings=SEARCH)


STATE_FEATURES: dict[str, Callable[[tuple[Fraction, ...]], bool]] = {
    "the origin": lambda x: not any(x),
    "one zero coordinate": lambda x: x.count(Fraction(0)) == 1,
    "a tiny coordinate": lambda x: any(0 < abs(c) < Fraction(1, 10**6) for c in x),
    "a large coordinate": lambda x: any(abs(c) > 90 for c in x),
    "both signs": lambda x: min(x) < 0 < max(x),
}


@pytest.mark.parametrize("feature", STATE_FEATURES)
def test_states_find(feature: str) -> None:
    assert find(gs.states(n=3), STATE_FEATURES[feature], settings=SEARCH)


CASE_FEATURES: dict[str, Callable[[Any], bool]] = {
    "the inner form": lambda case: case.system.form is Form.INNER,
    "a bias": lambda case: any(case.system.bias),
    "a leak": lambda case: case.system.leak > 0,
    "no leak, no bias": lambda case: case.system.leak == 0 and not any(case.system.bias),
    "a small step": lambda case: case.step < Fraction(1, 200),
    "a large step": lambda case: case.step > 1,
    "another parameter": lambda case: "alpha" in case.system.activation.name,
    "an activation that is not monotone": lambda case: case.system.activation.name == "sin",
}


@pytest.mark.parametrize("feature", CASE_FEATURES)
def test_cases_find(feature: str) -> None:
    entries = gs.elements("zero", "rationals")
    systems = gs.systems(bias=entries, leak=gs.elements("zero", "integers").map(abs))
    assert find(gs.cases(systems=systems, steps=gs.steps()), CASE_FEATURES[feature], settings=SEARCH)


def test_a_minimal_example_is_readable() -> None:
    W = find(gs.skew_matrices(n=3), lambda W: _rank(W) > 0, settings=MINIMAL)
    assert sorted(abs(a) for row in W for a in row) == [0] * 7 + [1, 1]


def test_a_minimal_large_entry_is_a_short_number_with_zeros() -> None:
    """Where shrinking ends depends on the constants that Hypothesis finds in the modules loaded so far."""
    W = find(gs.skew_matrices(n=2), lambda W: abs(W[0][1]) >= 10**6, settings=MINIMAL)
    assert W[0][1] % 10**6 == 0
    assert abs(W[0][1]) <= 10**8


def test_the_minimal_case_is_the_origin_of_one_unit() -> None:
    case = find(gs.cases(), lambda _: True, settings=MINIMAL)
    assert (case.system.W, case.state) == (((0,),), (0,))
