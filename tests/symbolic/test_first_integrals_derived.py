"""First integrals derived without being told, held against the literature, SymPy, and a second way to count them."""

import itertools
import random
from fractions import Fraction

import pytest
import sympy
from sympy import Symbol

from gsdcheck.symbolic.integrals import Derivation
from tests.symbolic.networks import Weights, as_pair, derived, in_sympy, in_v, path, polynomials, ring

CROSS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
PLANAR = [[0, 1], [-1, 0]]


def v(n: int) -> list[Symbol]:
    return [Symbol(f"v{i + 1}") for i in range(n)]


def test_the_cofactors_of_tanh_give_log_cosh_and_the_casimir() -> None:
    """The kernel of the cofactors holds Σ log(1 ± v_i): their sum is -2 Σ log cosh x_i, their difference 2 k·x."""
    found = derived(CROSS)
    products = [
        sympy.expand(sympy.Mul(*(in_sympy(found.system, d.F) ** int(c) for c, d in integral.logarithms)))
        for integral in found.of_cofactors
    ]
    plus, minus = (sympy.expand(sympy.prod([1 + s * a for a in v(3)])) for s in (1, -1))
    assert sorted(map(str, products)) == sorted(map(str, (plus, minus)))
    (energy,) = found.energies
    assert as_pair(energy.integral) == ((0, 0, 0), (1, 1, 1))
    assert energy.by_logarithms is not None
    assert {c for c, _ in energy.by_logarithms.logarithms} == {Fraction(-1, 2)}
    (casimir,) = found.casimirs
    assert as_pair(casimir.integral) == ((1, 1, 1), (0, 0, 0))


@pytest.mark.parametrize("seed", range(8))
def test_a_random_skew_tanh_network_has_its_energy_and_its_casimirs_and_no_more(seed: int) -> None:
    rng = random.Random(seed)
    n = 3 + seed % 3
    W = [[0] * n for _ in range(n)]
    for i, j in itertools.combinations(range(n), 2):
        W[i][j] = rng.choice([2, 3, 5, 7, 11, -13])
        W[j][i] = -W[i][j]
    found = derived(W, degree=3)
    assert len(found.casimirs) == n - sympy.Matrix(W).rank()
    assert [as_pair(e.integral)[1] for e in found.energies] == [(1,) * n]
    assert found.further == ()


def test_a_symmetrizable_network_has_its_weighted_energy() -> None:
    (energy,) = derived([[0, 6, 6], [-3, 0, 3], [-2, -2, 0]]).energies
    assert as_pair(energy.integral)[1] == (1, 2, 3)


def test_two_components_have_an_energy_each() -> None:
    W = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 3], [0, 0, -3, 0]]
    betas = {as_pair(e.integral)[1] for e in derived(W, degree=2).energies}
    assert betas == {(1, 1, 0, 0), (0, 0, 1, 1)}


def test_a_bias_in_the_range_moves_into_the_energy() -> None:
    """Row I8: b = W c gives Σ Φ(x_i) + c_i x_i, here c = (-1/3, 1/2)."""
    (energy,) = derived(PLANAR, bias=["1/2", "1/3"]).energies
    assert as_pair(energy.integral) == ((Fraction(-1, 3), Fraction(1, 2)), (1, 1))
    assert derived(CROSS, bias=[1, 0, 0]).energies == ()


def km_integrals(n: int) -> list[sympy.Expr]:
    """Sums of products of k variables no two of which are neighbours on the ring: the Volterra lattice's own."""
    z = v(n)
    far = lambda S: all((a - b) % n not in (1, n - 1) for a, b in itertools.permutations(S, 2))  # noqa: E731
    return [
        sympy.Add(*(sympy.Mul(*(z[i] for i in S)) for S in itertools.combinations(range(n), k) if far(S)))
        for k in range(2, (n - 1) // 2 + 1)
    ]


@pytest.mark.parametrize("n", [5, 6, 7])
def test_the_periodic_volterra_lattice_has_the_integrals_of_kac_and_van_moerbeke(n: int) -> None:
    found = derived(ring(n), "exponential", degree=3)
    known = km_integrals(n)
    assert [sympy.expand(a - b) for a, b in zip(polynomials(found), known, strict=True)] == [0] * len(known)
    assert all(in_v(ring(n), lambda a: a, q) == 0 for q in known)


def test_the_casimirs_of_the_volterra_lattice_are_products() -> None:
    """n = 6: v1 v3 v5 and v2 v4 v6 are exp(x1 + x3 + x5) and exp(x2 + x4 + x6)."""
    found = derived(ring(6), "exponential", degree=3)
    shown = {
        str(sympy.Mul(*(in_sympy(found.system, d.F) ** int(c) for c, d in i.logarithms)))
        for i in found.of_cofactors
    }
    assert shown == {"v1*v3*v5", "v2*v4*v6"}
    assert {as_pair(c.integral)[0] for c in found.casimirs} == {(1, 0, 1, 0, 1, 0), (0, 1, 0, 1, 0, 1)}


@pytest.mark.parametrize("n", [5, 6, 8])
def test_hirotas_ring_has_the_sum_of_neighbours_products(n: int) -> None:
    """X(Σ v_i v_{i+1}) = Σ (1 - v_i²)(v_{i+1}² - v_{i-1}²) = 0 for v_i' = (1 - v_i²)(v_{i+1} - v_{i-1})."""
    z = v(n)
    known = sympy.Add(*(z[i] * z[(i + 1) % n] for i in range(n)))
    first, *_ = polynomials(derived(ring(n), degree=2))
    assert sympy.expand(first - known) == 0
    assert in_v(ring(n), lambda a: 1 - a * a, known) == 0


def test_hirotas_path_has_an_integral_of_degree_four_and_a_path_of_other_weights_has_none() -> None:
    (found,) = polynomials(derived(path(4)))
    assert sympy.total_degree(found) == 4
    assert in_v(path(4), lambda a: 1 - a * a, found) == 0
    weighted = [[0, 1, 0, 0], [-1, 0, 2, 0], [0, -2, 0, 1], [0, 0, -1, 0]]
    assert derived(weighted).further == ()


def test_sums_of_exponentials_of_integrals_are_no_further_ones() -> None:
    """n = 6, ring: (1 + e₂(v1, v3, v5))(1 + e₂(v2, v4, v6)) is a quarter of four products of six factors 1 ± v_i."""
    assert [f.degree for f in derived(ring(6)).further] == [2]


def switched(W: Weights, signs: tuple[int, ...], order: tuple[int, ...]) -> tuple[int, ...]:
    n = len(W)
    return tuple(signs[i] * signs[j] * W[order[i]][order[j]] for i, j in itertools.combinations(range(n), 2))


def test_of_four_units_with_weights_0_and_1_only_the_path_and_the_twisted_ring_have_a_further_integral() -> (
    None
):
    """All connected W with entries 0, ±1, up to the order of the units, signs of x_i (tanh is odd) and of t."""
    pairs, seen, further = list(itertools.combinations(range(4), 2)), set(), []
    for entries in itertools.product((0, 1, -1), repeat=6):
        if entries in seen:
            continue
        W = [[0] * 4 for _ in range(4)]
        for (i, j), w in zip(pairs, entries, strict=True):
            W[i][j], W[j][i] = w, -w
        for order in itertools.permutations(range(4)):
            for signs in itertools.product((1, -1), repeat=4):
                image = switched(W, signs, order)
                seen |= {image, tuple(-w for w in image)}
        if connected(W) and derived(W).further:
            further.append(sum(map(abs, entries)))
    assert sorted(further) == [3, 4]  # three edges, and four


def connected(W: Weights) -> bool:
    return all((sympy.Matrix(4, 4, lambda i, j: abs(W[i][j]) + (i == j)) ** 3)[0, j] for j in range(4))


@pytest.mark.parametrize("seed", range(6))
def test_quadratic_integrals_of_a_linear_network_are_counted_by_the_lyapunov_equation(seed: int) -> None:
    """x'Sx is constant iff S W + Wᵀ S = 0 (SymPy); the kernel up to degree 2 has those and the Casimirs."""
    rng = random.Random(seed)
    n = 2 + seed % 3
    A = sympy.Matrix([[rng.randint(-2, 2) for _ in range(n)] for _ in range(n)])
    W = (A - A.T) if seed % 2 else A
    S = sympy.Matrix(n, n, lambda i, j: Symbol(f"s{min(i, j)}{max(i, j)}"))
    unknowns = sorted(S.free_symbols, key=str)
    equations, _ = sympy.linear_eq_to_matrix(list(S * W + W.T * S), unknowns)
    quadratic = len(unknowns) - equations.rank()
    found = derived([[int(x) for x in row] for row in W.tolist()], "identity", degree=2)
    logarithms = sum(bool(f.integral.logarithms) for f in found.further)
    assert found.dimension - logarithms == quadratic + n - W.rank()


def test_commensurate_frequencies_give_integrals_of_higher_degree() -> None:
    """Frequencies 1 and 2: Re and Im of z_1² z̄_2, of degree 3; for 1 and 3 they have degree 4."""
    degrees = {}
    for ratio in (2, 3):
        W = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, ratio], [0, 0, -ratio, 0]]
        degrees[ratio] = [f.degree for f in derived(W, "identity").further]
    assert degrees == {2: [3, 3], 3: [4, 4]}


def test_incommensurate_frequencies_give_none() -> None:
    found = derived(path(4), "identity")  # (√5 ± 1)/2
    assert [f.degree for f in found.further] == [2]


def test_integrals_of_sin_hold_modulo_the_relation() -> None:
    found = derived(PLANAR, "sin")
    assert found.further == ()
    assert found.dimension == 4  # the powers of cos x1 + cos x2, with sin² written 1 - cos²


@pytest.mark.parametrize("name", ["relu", "softsign"])
def test_without_a_chain_there_are_still_casimirs_and_the_energy(name: str) -> None:
    found = derived(CROSS, name)
    assert [as_pair(c.integral)[0] for c in found.casimirs] == [(1, 1, 1)]
    assert [as_pair(e.integral)[1] for e in found.energies] == [(1, 1, 1)]
    assert found.further == ()


def test_two_leaky_casimirs_have_a_constant_quotient() -> None:
    """k·x decays like exp(-γt) for kᵀW = 0, so log|k·x| - log|l·x| is constant."""
    W = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    (found,) = derived(W, leak="1/2", degree=1).of_cofactors
    shown = {str(in_sympy(derived(W, leak="1/2", degree=1).system, d.F)): c for c, d in found.logarithms}
    assert set(shown.values()) == {1, -1}


def test_a_unit_at_rest_is_a_first_integral_that_is_not_listed() -> None:
    found = derived([[0, 1, 0], [-1, 0, 0], [0, 0, 0]])
    assert [as_pair(c.integral)[0] for c in found.casimirs] == [(0, 0, 1)]
    assert found.further == ()
    assert found.dimension > 4  # v3, v3², …, which are functions of x3


def test_a_constant_activation_has_no_energy_of_its_own() -> None:
    found = derived(PLANAR, "zero", bias=[1, 0])
    assert found.energies == ()
    assert [as_pair(c.integral)[0] for c in found.casimirs] == [(0, 1)]


def test_the_degree_is_lowered_where_the_search_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    def degree() -> int:
        return derived(path(4), degree=4).degree

    assert degree() == 4
    monkeypatch.setattr("gsdcheck.symbolic.integrals.MOST_TERMS", 40)
    assert degree() == 3  # 4 + 10 + 20 monomials
    monkeypatch.setattr("gsdcheck.symbolic.integrals.MOST_ENTRIES", 400)
    assert degree() < 3


def test_a_derivation_of_degree_0_has_logarithms_alone() -> None:
    found: Derivation = derived(CROSS, degree=0)
    assert found.unknowns == 6  # log(1 ± v_i); x_i and Φ(x_i) are combinations of them
    assert (len(found.casimirs), len(found.energies), found.dimension) == (1, 1, 2)
