"""Symmetric compositions of a method of order 1 and its adjoint, as data.

Ψ_h = χ*_(α_2s h) ∘ χ_(α_2s-1 h) ∘ … ∘ χ*_(α_2 h) ∘ χ_(α_1 h) with α_(2s+1-k) = α_k and Σ α_k = 1 is its own
reverse, hence of even order. Source: hairer2006, II.4 and V.3.
"""

from dataclasses import dataclass
from itertools import accumulate, chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The fractions α_1 … α_2s of a step, a palindrome: at odd places of χ, at even ones of its adjoint."""

    order: int
    fractions: tuple[float, ...]


def _of_squares(order: int, first_half: tuple[float, ...]) -> Composition:
    """γ_1 … γ_m … γ_1 of the symmetric method χ*_(h/2) ∘ χ_(h/2), where γ_m makes the sum 1."""
    gammas = (*first_half, 1 - 2 * sum(first_half), *reversed(first_half))
    return Composition(order=order, fractions=tuple(gamma / 2 for gamma in gammas for _ in range(2)))


def _of_two_flows(order: int, a: tuple[float, ...], b: tuple[float, ...]) -> Composition:
    """From the splitting a_1 A, b_1 B, a_2 A, … in two flows: α_1 = a_1, α_1 + α_2 = b_1, α_2 + α_3 = a_2, …

    The order conditions are the same for any χ (McLachlan, in hairer2006, III.5.3). The last b makes the sum 1.
    """
    b = (*b, 0.5 - sum(b))
    sums = tuple(chain.from_iterable(zip(a, b, strict=True)))
    half = tuple(accumulate(sums, lambda alpha, total: total - alpha))
    return Composition(order=order, fractions=(*half, *reversed(half)))


ORDER2 = _of_squares(2, ())

ORDER4 = _of_two_flows(  # S6, source: blanes2002, table 2
    4,
    a=(0.0792036964311957, 0.353172906049774, -0.0420650803577195),
    b=(0.209515106613362, -0.143851773179818),
)

ORDER6 = _of_two_flows(  # S10, source: blanes2002, table 2
    6,
    a=(0.0502627644003922, 0.413514300428344, 0.0450798897943977, -0.188054853819569, 0.541960678450780),
    b=(0.148816447901042, -0.132385865767784, 0.067307604692185, 0.432666402578175),
)

ORDER8 = _of_squares(  # Kahan and Li, 17 stages, source: hairer2006, V (3.13)
    8,
    (
        0.13020248308889008088,
        0.56116298177510838456,
        -0.38947496264484728641,
        0.15884190655515560090,
        -0.39590389413323757734,
        0.18453964097831570709,
        0.25837438768632204729,
        0.29501172360931029887,
    ),
)
