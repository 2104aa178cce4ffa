"""Hypothesis strategies for oscillating networks: exact matrices, activations, states, systems, cases.

Every number drawn is an exact rational (a float is the binary fraction it holds), so a property that fails
fails exactly. Needs nothing but Hypothesis: `@given(W=skew_matrices(n=4))`.
"""

from gsdcheck.strategies._activations import activations
from gsdcheck.strategies._elements import (
    KINDS,
    elements,
    nonzero_elements,
    positive_elements,
    sizes,
    steps,
)
from gsdcheck.strategies._matrices import (
    invertible_skew_matrices,
    matrices,
    planar_skew_matrices,
    skew_matrices,
    skew_symmetrizable_matrices,
)
from gsdcheck.strategies._systems import FORMS, cases, states, systems

__all__ = [
    "FORMS",
    "KINDS",
    "activations",
    "cases",
    "elements",
    "invertible_skew_matrices",
    "matrices",
    "nonzero_elements",
    "planar_skew_matrices",
    "positive_elements",
    "sizes",
    "skew_matrices",
    "skew_symmetrizable_matrices",
    "states",
    "steps",
    "systems",
]
