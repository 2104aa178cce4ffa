"""How many equilibria the leaves x₀ + range W hold: the outer form without leak, b in range W."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gsdcheck.certify import linear
from gsdcheck.engine.structure import MAX_EXACT
from gsdcheck.facts.activation import activation_facts
from gsdcheck.facts.preimages import Preimages, preimages
from gsdcheck.facts.zero import zero_of
from gsdcheck.model.system import System, Vector

MOST_VALUES = 16
"""Values of σ that are looked for; each takes up to a tenth of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """A sentence; whether no equilibrium exists, and whether no leaf holds two (False: not known)."""

    says: str
    empty: bool = False
    unique: bool = False


def on_leaves(network: System, particular: Vector, kernel: tuple[Vector, ...], *, enclosed: bool) -> Leaves:
    """What W and σ say of the equilibria {x: σ(x) ∈ s + span Z}.

    Args:
        network: in the outer form without leak.
        particular, kernel: s and Z.
        enclosed: whether an equilibrium was enclosed, so that there is one.
    """
    counts = _counts(network, particular, kernel)
    missed = [i for i, count in counts.items() if count is Preimages.NONE]
    if missed:
        i = missed[0]
        return Leaves(
            says=f"an equilibrium would have σ(x{i + 1}) {_equals(particular[i])}, a value that σ never takes: "
            "no equilibrium exists.",
            empty=True,
            unique=True,
        )
    if not kernel:
        return _one_leaf(network, set(counts.values()), enclosed)
    if len(kernel) == network.n:
        return Leaves(says="W = 0 and b = 0: every state is an equilibrium.", unique=True)
    return _many_leaves(network, enclosed)


def _counts(
    network: System, particular: Vector, kernel: tuple[Vector, ...]
) -> Mapping[int, Preimages | None]:
    """How often σ takes each value that it has at every equilibrium, by the first unit with that value."""
    first: dict[Fraction, int] = {}
    for i, s in enumerate(particular):
        if not any(z[i] for z in kernel):
            first.setdefault(s, i)
    return {
        i: preimages(network.activation, s) if k < MOST_VALUES else None
        for k, (s, i) in enumerate(first.items())
    }


def _one_leaf(network: System, counts: set[Preimages | None], enclosed: bool) -> Leaves:
    """W is invertible: the equilibria are the x with σ(x) = -W⁻¹b, unit by unit."""
    increasing = activation_facts(network.activation)["strictly_increasing"].holds
    start = "W is invertible, so that equilibria solve σ(x) = -W⁻¹b,"
    if counts == {Preimages.ONE}:
        return Leaves(says=f"{start} and σ takes each of these values once: exactly one exists.", unique=True)
    if increasing:
        number = "exactly one exists, and was enclosed" if enclosed else "exactly one exists, or none"
        return Leaves(says=f"{start} and σ is strictly increasing: {number}.", unique=True)
    if None not in counts:
        return Leaves(says=f"{start} and σ takes each of these values, some several times: several exist.")
    if enclosed:
        return Leaves(
            says=f"{start} and σ {_not_increasing(increasing)}: one was enclosed, others may exist."
        )
    return Leaves(says=f"{start} and σ {_not_increasing(increasing)}: none, one or several may exist.")


def _many_leaves(network: System, enclosed: bool) -> Leaves:
    """W is singular.

    If S = diag(d) W is skew for a d > 0, two equilibria x, x' of a leaf have S(σ(x) - σ(x')) = 0 and
    diag(d)(x - x') in range S, so that Σ d_i (x_i - x_i')(σ(x_i) - σ(x_i')) = 0: for a strictly increasing σ, x = x'.
    For W skew and σ continuous too, one equilibrium anywhere puts one on every leaf
    (proofs/leaves-oscillate-or-all-escape.md).
    """
    facts = activation_facts(network.activation)
    increasing, leaf = facts["strictly_increasing"].holds, "a leaf x₀ + range W"
    if not increasing:
        return Leaves(
            says=f"σ {_not_increasing(increasing)}: {leaf} may hold no equilibrium, one or several."
        )
    if linear.skew_symmetrizer(network.W) is None:
        return Leaves(says=f"diag(d) W is skew for no d > 0: {leaf} may hold no equilibrium, one or several.")
    if not linear.is_skew(network.W) or not facts["continuous"].holds:
        what = "W is skew" if linear.is_skew(network.W) else "diag(d) W is skew for a d > 0"
        return Leaves(
            says=f"{what} and σ is strictly increasing: {leaf} holds at most one equilibrium.", unique=True
        )
    at_zero = not any(network.bias) and zero_of(network.activation).only is True
    if at_zero or enclosed:
        why = "has a zero" if at_zero else "an equilibrium was enclosed"
        says = f"σ is strictly increasing and {why}: every leaf x₀ + range W holds exactly one equilibrium."
    else:
        says = (
            "σ is strictly increasing: either every leaf x₀ + range W holds exactly one equilibrium, "
            "or no leaf holds one."
        )
    return Leaves(says=says, unique=True)


def _equals(value: Fraction) -> str:
    """ "= 1/2", or "≈ 1.5" where no reader takes the digits in."""
    if len(str(value)) <= MAX_EXACT:
        return f"= {value}"
    return f"≈ {Decimal(value.numerator) / Decimal(value.denominator):.6g}"


def _not_increasing(increasing: bool | None) -> str:
    return "is not strictly increasing" if increasing is False else "is not known to be strictly increasing"
