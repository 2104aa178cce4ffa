"""dH/dt = sᵀWs, s = σ(x): polynomials size by size, and the argument for every size."""

from flint import fmpz_mpoly

from gsdcheck.symbolic.ring import Row, SymbolicMatrix, dot, skew_ring


def energy_rate(n: int) -> fmpz_mpoly:
    """dH/dt = sᵀWs in ℤ[w, s] with every entry of the skew W a symbol: the zero polynomial.

    References:
        proofs/energy-is-conserved.md.
    """
    ring = skew_ring(n)
    return quadratic_form(ring.W, ring.s, ring.zero)


def quadratic_form(W: SymbolicMatrix, s: Row, zero: fmpz_mpoly) -> fmpz_mpoly:
    """sᵀWs, expanded."""
    return dot(s, [dot(row, s, zero) for row in W], zero)


def quadratic_form_is_alternating(*, transpose_sign: int = -1) -> bool:
    """sᵀWs = 0 for every n: with q = sᵀWs, SymPy transposes q to sᵀWᵀs, and Wᵀ = -W makes that -q.

    W and s are matrix symbols of the symbolic size n. SymPy carries out the transposition and the
    substitution; that a 1 x 1 matrix equals its transpose, so that q = -q, is checked on its shape.

    Args:
        transpose_sign: Wᵀ = transpose_sign·W; +1 is the mutant, for which the answer is False.
    """
    import sympy

    n = sympy.Symbol("n", integer=True, positive=True)
    W, s = sympy.MatrixSymbol("W", n, n), sympy.MatrixSymbol("s", n, 1)
    q = s.T * W * s
    transposed = q.T.doit()
    substituted = transposed.subs(W.T, transpose_sign * W).doit()
    return bool(q.shape == (1, 1) and transposed == s.T * W.T * s and substituted == (-q).doit())


def indexed_sum_is_alternating(*, transpose_sign: int = -1) -> bool:
    """Σ_ij s_i W_ij s_j = 0 for every n: exchanging the names i and j turns the sum into its negative.

    SymPy renames, reorders the two finite sums and compares. It has no skew-symmetric Indexed, so the one
    use of W_ji = -W_ij is a substitution of ours, and it cannot evaluate the sum itself to 0.

    Args:
        transpose_sign: W_ji = transpose_sign·W_ij; +1 is the mutant, for which the answer is False.
    """
    import sympy

    n, i, j = sympy.symbols("n i j", integer=True, positive=True)
    W, s = sympy.IndexedBase("W"), sympy.IndexedBase("s")
    total = sympy.Sum(s[i] * W[i, j] * s[j], (i, 1, n), (j, 1, n))
    renamed = total.xreplace({i: j, j: i}).reorder_limit(0, 1)
    substituted = renamed.function.subs(W[j, i], transpose_sign * W[i, j])
    return bool(renamed.limits == total.limits and substituted == -total.function)
