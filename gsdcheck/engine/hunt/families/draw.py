"""A block of cases from a domain: one family of weights, one of states, one σ, one form."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

import numpy as np
from numpy.random import Generator

from gsdcheck.engine.hunt.assumptions import level
from gsdcheck.engine.hunt.blocks import Block
from gsdcheck.engine.hunt.domain import Domain, usable
from gsdcheck.engine.hunt.families.other_weights import ANY, negative_definite
from gsdcheck.engine.hunt.families.skew_weights import SKEW, Weights
from gsdcheck.engine.hunt.families.states import STATES
from gsdcheck.engine.hunt.families.steps import steps
from gsdcheck.engine.hunt.landmarks import Landmarks, landmarks
from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Form, Vector
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import Function, compile_expression
from gsdcheck.numeric.field import vector_field
from gsdcheck.numeric.quadrature import potential_by_quadrature

Item = TypeVar("Item")


def _zero_weights(_: Generator, size: int, n: int) -> FloatArray:
    return np.zeros((size, n, n))


WEIGHTS: Mapping[str, Weights] = {
    **SKEW,
    **ANY,
    "negative definite": negative_definite,
    "zero weights": _zero_weights,
}
"""Every family of weights by name."""

_DEPTHS = np.array([0.1, 0.5, 0.9, 0.99, 1 - 1e-4])
_BIASED_PART = 0.25


def draw(domain: Domain, rng: Generator, size: int) -> Block:
    """B cases; the same for the same state of the generator.

    Raises:
        InvalidInput: no activation of the library satisfies the assumptions about σ.
    """
    weights, states = _one(rng, domain.weights), _one(rng, domain.states)
    sigma, form = _sigma(domain, rng), _one(rng, domain.forms)
    n, leak = int(_one(rng, domain.sizes)), _one(rng, domain.leaks)
    W = WEIGHTS[weights](rng, size, n)
    bias = _bias(domain, rng, form, n)
    marks = landmarks(sigma)
    y = _in_the_well(domain, rng, sigma, STATES[states](rng, size, n, marks))
    x = y if form is Form.OUTER else _behind(rng, W, y, bias)
    block = Block(
        activation=sigma,
        W=W,
        state=x,
        form=form,
        leak=leak,
        bias=bias,
        family=f"{weights} · {states}",
        turns=_one(rng, domain.turns),
    )
    return _stepped(block, rng, marks) if domain.stepped else block


def _one(rng: Generator, items: tuple[Item, ...]) -> Item:
    return items[int(rng.integers(len(items)))]


def _sigma(domain: Domain, rng: Generator) -> Activation:
    if domain.subject is not None:
        return domain.subject
    for place in rng.permutation(len(domain.names)):
        found = usable(domain.names[int(place)], domain.about_activation(), domain.lacking)
        if found is not None:
            return found
    raise InvalidInput(
        f"no activation of the library is known to satisfy {', '.join(domain.about_activation())}."
        " Name one with --activation."
    )


def _bias(domain: Domain, rng: Generator, form: Form, n: int) -> Vector:
    allowed = domain.biased and (form is Form.INNER or "no-outer-bias" not in domain.assumptions)
    if not allowed or (not domain.always_biased and rng.random() > _BIASED_PART):
        return ()
    return tuple(Fraction(int(b), 2) for b in rng.integers(-4, 5, n))


def _behind(rng: Generator, W: FloatArray, y: FloatArray, bias: Vector) -> FloatArray:
    """x with Wx + b = y as nearly as there is one, or y itself in every third block."""
    if rng.integers(3) == 0:
        return y
    b = np.array([float(v) for v in bias]) if bias else 0.0
    x = (np.linalg.pinv(W, rcond=1e-10) @ (y - b)[..., None])[..., 0]
    return np.asarray(np.where(np.isfinite(x).all(axis=1, keepdims=True), x, y))


def _in_the_well(domain: Domain, rng: Generator, sigma: Activation, y: FloatArray) -> FloatArray:
    """y, drawn towards 0 until H is a part of E* or E₀, where one of them is assumed to be above H."""
    names = {"below-escape": "escape_energy", "below-well-depth": "well_depth"}
    asked = [level(sigma, quantity) for name, quantity in names.items() if name in domain.assumptions]
    depths = [float(ball) for ball in asked if ball is not None]
    if not depths or not np.isfinite(min(depths)):
        return y
    phi = _potential(sigma)
    wanted = min(depths) * rng.choice(_DEPTHS, len(y))
    low, high = np.zeros(len(y)), np.ones(len(y))
    with np.errstate(all="ignore"):
        for _ in range(50):
            middle = (low + high) / 2
            below = phi(middle[:, None] * y).sum(axis=1) < wanted
            low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray(low[:, None] * y)


def _potential(sigma: Activation) -> Function:
    closed = sigma.potential
    return potential_by_quadrature(sigma.expression) if closed is None else compile_expression(closed)


def _stepped(block: Block, rng: Generator, marks: Landmarks) -> Block:
    """The block with steps, of both signs where no leak makes the sign matter."""
    net = block.network()
    with np.errstate(all="ignore"):
        speeds = np.abs(vector_field(net, block.state)).max(axis=1)
    pace = float(block.leak) + np.linalg.norm(block.W, 2, axis=(1, 2))
    h = steps(rng, speeds, pace, marks)
    if block.leak:
        return replace(block, step=np.minimum(h, 1 / float(block.leak)))
    return replace(block, step=h * rng.choice([1.0, 1.0, -1.0], block.size))
