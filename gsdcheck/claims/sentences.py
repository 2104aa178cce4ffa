"""The five sentences of the paper, and in what few words their chief claims are said.

What is true of a sentence is never written here: `engine.answers` puts it together from the verdicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of the paper's abstract.

    Attributes:
        key: P1 to P5.
        title: the sentence in at most 70 characters.
        text: the sentence, as proofs/THEORY.md words it.
        says: for its chief claims, by id, what the claim says in a few words: to be read under any verdict.
    """

    key: str
    title: str
    text: str
    says: Mapping[str, str]


SENTENCES = (
    Sentence(
        key="P1",
        title="skew weights are fundamental for stable limit cycles",
        text="Skew-symmetric weight matrices are fundamental to enable stable limit cycles, in linear and in nonlinear "
        "configurations.",
        says={
            "conserved-energy-implies-skew": "only skew W conserves H",
            "orbits-are-not-attracting": "no orbit attracts",
            "limit-cycles-exist": "skew W gives limit cycles",
            "skewness-is-necessary-for-oscillation": "only skew W oscillates",
        },
    ),
    Sentence(
        key="P2",
        title="tanh-like activations preserve the oscillations through invariants",
        text="Tanh-like activations (odd, bounded, continuous) preserve these oscillations, by ensuring motion invariants "
        "in state space (and non-odd ones disrupt the closed orbits).",
        says={
            "energy-is-conserved": "skew W conserves H for any continuous σ",
            "oddness-is-necessary-for-the-invariant": "only odd σ conserves H",
            "odd-bounded-continuous-suffices": "odd bounded σ suffices",
        },
    ),
    Sentence(
        key="P3",
        title="the network oscillates perpetually, without resting",
        text="Under these conditions the network oscillates perpetually, without converging to static fixed points.",
        says={
            "oscillation-is-perpetual": "oscillates if W is invertible and 0 < H < E₀",
            "zero-is-the-only-fixed-point": "0 is the only fixed point",
        },
    ),
    Sentence(
        key="P4",
        title="nonlinear activations tame forward Euler",
        text="Nonlinear activations mitigate the instabilities of forward Euler, and so enhance the stability of the "
        "integration.",
        says={
            "euler-energy-never-decreases": "H never falls",
            "euler-does-not-overflow": "bounded σ: no overflow",
            "bounded-activations-bound-euler": "bounded σ bounds the iterates",
            "euler-energy-follows-root-law": "H grows like √k",
        },
    ),
    Sentence(
        key="P5",
        title="this holds in two dimensions and in higher ones",
        text="This holds in two dimensions and in higher ones.",
        says={
            "odd-size-has-a-casimir": "odd n has a Casimir",
            "planar-orbits-are-closed": "planar orbits close",
            "inner-orbits-are-bounded": "odd increasing σ bounds the inner form",
        },
    ),
)
"""The sentences in the paper's order."""
