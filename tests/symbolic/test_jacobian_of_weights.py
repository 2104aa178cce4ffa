"""det(λ - W diag(d)) of one matrix by its minors, against SymPy; brackets of gradients; resting values."""

import random
from fractions import Fraction

import pytest
import sympy

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import exact_matrix, exact_vector
from gsdcheck.symbolic.equilibria import resting_values
from gsdcheck.symbolic.jacobian import jacobian_polynomial
from gsdcheck.symbolic.slopes import bracket, gradient
from tests.symbolic.networks import derived, path, ring


@pytest.mark.parametrize("seed", range(10))
def test_the_polynomial_is_the_one_that_sympy_expands(seed: int) -> None:
    rng = random.Random(seed)
    n = 1 + seed % 4
    rows = [[Fraction(rng.randint(-3, 3), rng.randint(1, 3)) for _ in range(n)] for _ in range(n)]
    d = sympy.symbols(f"d0:{n}")
    lam = sympy.Symbol("lambda")
    J = sympy.Matrix(n, n, lambda i, j: sympy.Rational(str(rows[i][j])) * d[j])
    expected = sympy.expand((lam * sympy.eye(n) - J).det(method="berkowitz"))
    found = sum(
        sympy.Rational(str(c)) * sympy.Mul(*(d[i] for i in S)) * lam ** (n - k)
        for k, terms in enumerate(jacobian_polynomial(exact_matrix(rows)))
        for c, S in terms
    )
    assert sympy.expand(found - expected) == 0


def test_more_minors_than_anyone_reads_are_refused() -> None:
    with pytest.raises(InvalidInput, match="n ≤ 12"):
        jacobian_polynomial(exact_matrix([[0] * 13] * 13))


def test_the_integrals_of_an_integrable_network_commute_and_those_of_two_blocks_with_x_do_not() -> None:
    found = derived(ring(6))
    W = exact_matrix(ring(6))
    integrals = [e.integral for e in (*found.casimirs, *found.energies, *found.further)]
    gradients = [gradient(found.system, integral) for integral in integrals]
    assert all(bracket(found.system, W, a, b) == 0 for a in gradients for b in gradients)
    resonant = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 2], [0, 0, -2, 0]]
    linear = derived(resonant, "identity")
    first, second = (gradient(linear.system, f.integral) for f in linear.further)
    assert bracket(linear.system, exact_matrix(resonant), first, second) != 0


def test_a_gradient_of_a_logarithm_is_the_logarithmic_slope() -> None:
    found = derived(path(2))
    (product,) = found.of_cofactors  # log(1 - v1²) + log(1 - v2²)
    v1, v2 = found.system.variables
    assert gradient(found.system, product) == (-2 * v1, -2 * v2)
    leaky = derived([[-1, 0], [0, -1]], "identity", degree=1)
    (quotient,) = leaky.of_cofactors  # log|x1| - log|x2| has no polynomial slope
    assert gradient(leaky.system, quotient) is None


@pytest.mark.parametrize(
    ("W", "b", "expected"),
    [
        ([[0, 1], [-1, 0]], [0, 0], ((0, 0), ())),
        ([[0, 1], [-1, 0]], ["1/2", "1/3"], ((Fraction(1, 3), Fraction(-1, 2)), ())),
        ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], [0, 0, 0], ((0, 0, 0), ((1, 1, 1),))),
        ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], [1, 0, 0], None),
        ([[0, 0], [0, 0]], [0, 0], ((0, 0), ((1, 0), (0, 1)))),
    ],
)
def test_the_resting_values_are_those_that_weights_and_bias_cancel(
    W: list, b: list, expected: object
) -> None:
    assert resting_values(exact_matrix(W), exact_vector(b)) == expected
