"""The equilibria of a network as a record spells them: exact parametrisation, equations of a leaf, one enclosure."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from gsdcheck.certify import linear
from gsdcheck.engine.resting_leaves import on_leaves
from gsdcheck.facts.activation import activation_facts
from gsdcheck.facts.equilibria import leaf_equilibrium
from gsdcheck.facts.zero import zero_of
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.system import Form, System, Vector
from gsdcheck.symbolic.equilibria import resting_values


def equilibria(network: System, *, enclosed: bool) -> dict[str, Any]:
    """{x: Wσ(x) + b = 0} as {x: σ(x) ∈ s + span Z}, the leaf equations k·x = const, and what is known of σ.

    `particular` and `kernel` are s and Z; `empty` is True where no equilibrium exists, `unique` where no leaf holds
    two. With a leak there are no leaves, and in the inner form the equilibria are {x: σ(Wx + b) = 0}; then only
    `says` is filled.

    Args:
        network: the system.
        enclosed: whether an equilibrium was enclosed, so that there is one.
    """
    found: dict[str, Any] = {"particular": None, "kernel": None, "leaf": None, "empty": None, "unique": None}
    if network.leak:
        return {**found, "says": _with_leak(network)}
    if network.form is Form.INNER:
        return {**found, "says": _inner(network)}
    values = resting_values(network.W, network.bias)
    if values is None:
        return {**found, "empty": True, "says": "b is not in range W: no equilibrium exists."}
    leaves = on_leaves(network, *values, enclosed=enclosed)
    particular, kernel = values
    return {
        "particular": [str(v) for v in particular],
        "kernel": [[str(v) for v in z] for z in kernel],
        "leaf": [[str(v) for v in k] for k in linear.left_kernel(network.W)],
        "empty": leaves.empty or None,
        "unique": leaves.unique or None,
        "says": leaves.says,
    }


def _with_leak(network: System) -> str:
    equation = "γx = Wσ(x) + b" if network.form is Form.OUTER else "γx = σ(Wx + b)"
    return f"With a leak there are no leaves: equilibria solve {equation}, γ = {network.leak}."


def _inner(network: System) -> str:
    zero = zero_of(network.activation)
    if zero.only and zero.value is not None:
        c = format_expression(zero.value)
        return f"σ vanishes at c = {c} alone: the equilibria are the x with Wx + b = (c, …, c)."
    if zero.only is False:
        return "The equilibria are the x with σ(Wx + b) = 0; σ has not exactly one zero."
    return "The equilibria are the x with σ(Wx + b) = 0."


def wanted_leaf(network: System, state: Vector | None) -> Vector | None:
    """The state on whose leaf an equilibrium is enclosed: the one asked for, or 0 to see if there is one.

    Without a bias a zero of σ is one already; 0 is tried where a strictly increasing σ has none.
    """
    has_leaves = network.form is Form.OUTER and not network.leak
    if not has_leaves or state is not None:
        return state if has_leaves else None
    increasing = activation_facts(network.activation)["strictly_increasing"].holds
    is_open = any(network.bias) or (increasing and zero_of(network.activation).only is False)
    return (Fraction(0),) * network.n if is_open else None


def leaf_quantity(network: System, state: Vector) -> Mapping[str, Any]:
    """An equilibrium on the leaf of the state as a quantity; undecided where none was enclosed."""
    certificate = leaf_equilibrium(network, state)
    enclosure = None if certificate is None else certificate["enclosure"]
    return {"enclosure": enclosure, "exact": None, "certificate": certificate}
