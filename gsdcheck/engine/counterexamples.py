"""Counterexamples proposed for one σ: small networks, states and steps found in floats, the simplest first.

Floats propose, `certify` decides. Each proposal names the theorem that would refute the claim with it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from gsdcheck.model.activation import Activation
from gsdcheck.model.expression import X
from gsdcheck.model.system import Form, system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.field import energy, network, vector_field

Rows = tuple[tuple[str, ...], ...]

TURN: Rows = (("0", "1"), ("-1", "0"))
BACK: Rows = (("0", "-1"), ("1", "0"))
CROSS: Rows = (("0", "-1", "1"), ("1", "0", "-1"), ("-1", "1", "0"))
_GLIDE: Rows = (("0", "0", "1"), ("0", "0", "-1"), ("-1", "1", "0"))
_STEPS = tuple(Fraction(s) for s in ("1", "1/2", "2", "1/4", "4", "1/8", "8", "1/16"))
_LARGE_STEPS = (1, 10, 100, 1000)
_TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterexample:
    """A network, and where the theorem speaks of them a state and a step, against a claim."""

    theorem: str
    W: Rows
    form: Form = Form.OUTER
    state: tuple[str, ...] | None = None
    step: str | None = None

    def in_words(self) -> str:
        """ "W = [[0, 1], [-1, 0]], x₀ = (1, 0), h = 1/2"."""
        rows = ", ".join(f"[{', '.join(row)}]" for row in self.W)
        parts = [f"W = [{rows}]", "inner form" if self.form is Form.INNER else ""]
        parts += ["" if self.state is None else f"x₀ = ({', '.join(self.state)})"]
        parts += ["" if self.step is None else f"h = {self.step}"]
        return ", ".join(filter(None, parts))

    def as_json(self) -> dict[str, object]:
        """The counterexample as data."""
        return {
            "W": [list(row) for row in self.W],
            "form": str(self.form),
            "state": None if self.state is None else list(self.state),
            "step": self.step,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The σ that counterexamples are sought for, with E* as a float (nan where it is unknown)."""

    sigma: Activation
    escape: float


Search = Callable[[Sought], Iterator[Counterexample]]


def _simple(limit: int) -> tuple[Fraction, ...]:
    """The rationals p/q, q = 1, 2, 4, |p/q| ≤ limit: small denominators first, then small values, + before -."""
    found = {Fraction(p, q) for q in (1, 2, 4) for p in range(-limit * q, limit * q + 1)}
    return tuple(sorted(found, key=lambda v: (v.denominator, abs(v), v < 0)))


_SIMPLE = _simple(16)


def _floats(values: tuple[Fraction, ...]) -> FloatArray:
    return np.array([float(v) for v in values])


def _pairs(values: tuple[Fraction, ...]) -> list[tuple[Fraction, Fraction]]:
    """The pairs, the simplest first."""

    def size(pair: tuple[Fraction, Fraction]) -> tuple[int, Fraction, bool, bool]:
        a, b = pair
        return a.denominator + b.denominator, abs(a) + abs(b), a < 0, b < 0

    return sorted(((a, b) for a in values for b in values), key=size)


def _texts(*values: Fraction) -> tuple[str, ...]:
    return tuple(map(str, values))


def slope_of_both_signs(sought: Sought) -> Iterator[Counterexample]:
    """x₀ = (p, q) with σ'(p) < 0 < σ'(q): det(W D) < 0."""
    falling, rising = (_places(sought.sigma, sign) for sign in (-1.0, 1.0))
    for p, q in islice(product(falling[:4], rising[:3]), 8):
        yield Counterexample(
            theorem="real-eigenvalue-against-jacobian-spectrum-is-imaginary", W=TURN, state=_texts(p, q)
        )


def _places(sigma: Activation, sign: float) -> list[Fraction]:
    """Points at which the slope visibly has the sign: simple ones, else near where it is steepest."""
    slope = compile_expression(sigma.slope)
    with np.errstate(all="ignore"):
        found = [v for v, s in zip(_SIMPLE, sign * slope(_floats(_SIMPLE)), strict=True) if s > 1e-12]
        if found:
            return found
        return [p for p in _steepest(slope, sign) if sign * slope(np.array([float(p)]))[0] > 1e-12]


def _steepest(slope: Callable[[FloatArray], FloatArray], sign: float) -> list[Fraction]:
    """Short rationals near the point of a fine grid at which sign · σ' is largest."""
    scales = np.concatenate(
        [np.linspace(-64, 64, 16_385), *(s * np.geomspace(1e-6, 1e6, 2_001) for s in (-1, 1))]
    )
    values = np.nan_to_num(sign * slope(scales), nan=-np.inf, posinf=-np.inf)
    best = float(scales[int(values.argmax())])
    return [Fraction(best).limit_denominator(2**k) for k in range(0, 24, 2)]


def energy_that_falls(sought: Sought) -> Iterator[Counterexample]:
    """(x₀, h) with H(x₀ + h W σ(x₀)) < H(x₀), by a visible amount."""
    near = tuple(v for v in _SIMPLE if abs(v) <= 4 and v.denominator <= 2)
    proposed: set[tuple[tuple[Fraction, Fraction], Fraction]] = set()
    for values in (near, (*near, *_places(sought.sigma, -1.0)[:4])):
        pairs = _pairs(values)
        falls = _falls(sought.sigma, _states(pairs))
        for index, place in islice(sorted(np.argwhere(falls).tolist(), key=sum), 6):
            pair, h = pairs[index], _STEPS[place]
            if (pair, h) not in proposed:
                yield Counterexample(theorem="euler-energy-falls", W=TURN, state=_texts(*pair), step=str(h))
            proposed.add((pair, h))


def _states(pairs: list[tuple[Fraction, Fraction]]) -> FloatArray:
    return np.array([[float(a), float(b)] for a, b in pairs])


def _falls(sigma: Activation, states: FloatArray) -> FloatArray:
    """(states, steps): whether H visibly falls at one step of forward Euler."""
    net = network(system(TURN, sigma))
    with np.errstate(all="ignore"):
        before, drive = energy(net, states), vector_field(net, states)
        after = np.stack([energy(net, states + float(h) * drive) for h in _STEPS], axis=-1)
        return np.asarray(after - before[:, None] < -_TINY * (1.0 + np.abs(before[:, None])))


def orbit_above_escape(*theorems: str) -> Search:
    """x₀ with H(x₀) > E*, the smallest integers that have it."""

    def search(sought: Sought) -> Iterator[Counterexample]:
        if not np.isfinite(sought.escape):
            return
        integers = tuple(Fraction(k) for k in range(-6, 7))
        pairs = _pairs(integers)
        heights = _heights(sought.sigma, pairs)
        above = [pair for pair, high in zip(pairs, heights > sought.escape + 1e-6, strict=True) if high]
        for theorem, pair in product(theorems, above[:2]):
            yield Counterexample(theorem=theorem, W=TURN, state=_texts(*pair))

    return search


def _heights(sigma: Activation, pairs: list[tuple[Fraction, Fraction]]) -> FloatArray:
    with np.errstate(all="ignore"):
        return energy(network(system(TURN, sigma)), _states(pairs))


def straight_orbit(theorem: str) -> Search:
    """x₀ from which one coordinate stays and the other runs along a half-line where σ seems to be 0."""

    def search(sought: Sought) -> Iterator[Counterexample]:
        sigma = compile_expression(sought.sigma.expression)
        integers = [Fraction(k) for k in sorted(range(-8, 9), key=lambda k: (abs(k), k < 0))]
        values = dict(zip(integers, sigma(_floats(tuple(integers))), strict=True))
        for side in (1, -1):
            far = sigma(side * np.array([1e2, 1e4, 1e8]))
            flat = [p for p in integers if p * side > 0 and values[p] == 0.0 and not far.any()]
            pushed = [(p, q) for p, q in product(flat[:2], integers) if values[q]]
            for start, drive in pushed:
                W = TURN if values[drive] * side > 0 else BACK
                yield Counterexample(theorem=theorem, W=W, state=_texts(start, drive))

    return search


def orbit_at_rest(theorem: str) -> Search:
    """x₀ ≠ 0 at which σ seems to vanish, with H(x₀) > 0."""

    def search(sought: Sought) -> Iterator[Counterexample]:
        sigma = compile_expression(sought.sigma.expression)
        zeros = [v for v, s in zip(_SIMPLE, sigma(_floats(_SIMPLE)), strict=True) if v and s == 0.0]
        named = [str(v) for v in zeros[:6]]
        if abs(sigma(np.array([np.pi]))[0]) < 1e-15:
            named.append("pi")
        for text in named:
            yield Counterexample(theorem=theorem, W=TURN, state=(text, text))

    return search


def mirror_line(theorem: str) -> Search:
    """x₀ = (π/2, π/2), for a σ that is symmetric about π/2, like the sine."""

    def search(sought: Sought) -> Iterator[Counterexample]:
        if _is_mirrored(sought.sigma):
            yield Counterexample(theorem=theorem, W=TURN, state=("pi/2", "pi/2"))

    return search


def gliding_orbit(sought: Sought) -> Iterator[Counterexample]:
    """x₀ = (0, π, π/2) in three dimensions, for a σ that is symmetric about π/2."""
    if _is_mirrored(sought.sigma):
        yield Counterexample(theorem="gliding-orbit", W=_GLIDE, state=("0", "pi", "pi/2"))


def _is_mirrored(sigma: Activation) -> bool:
    points = np.array([-3.0, -0.7, 0.4, 2.5])
    values = compile_expression(sigma.expression)
    with np.errstate(all="ignore"):
        return bool(np.allclose(values(np.pi - points), values(points), rtol=1e-12, atol=1e-12))


def overflowing_iterates(sought: Sought) -> Iterator[Counterexample]:
    """The smallest h of 1, 10, 100, 1000 with which forward Euler leaves the floats within 2,000 steps."""
    for h in np.flatnonzero(_overflows(sought.sigma, np.array(_LARGE_STEPS, dtype=np.float64))):
        yield Counterexample(theorem="euler-overflows", W=TURN, state=("1", "1"), step=str(_LARGE_STEPS[h]))


def _overflows(sigma: Activation, steps: FloatArray) -> NDArray[np.bool_]:
    """For which steps forward Euler from (1, 1) overflows; all are tried at once, until the first one does."""
    net, x = network(system(TURN, sigma)), np.ones((steps.size, 2))
    with np.errstate(all="ignore"):
        for _ in range(2_000):
            x = x + steps[:, None] * vector_field(net, x)
            if not np.isfinite(x[0]).all():
                break
    return np.asarray(~np.isfinite(x).all(axis=-1))


def linear_network(theorem: str) -> Search:
    """The planar rotation, for σ(x) = x."""

    def search(sought: Sought) -> Iterator[Counterexample]:
        if sought.sigma.expression == X:
            yield Counterexample(theorem=theorem, W=TURN)

    return search


def network_of(
    theorem: str, W: Rows, form: Form = Form.OUTER, state: tuple[str, ...] | None = None
) -> Search:
    """That network alone; without a state the theorem speaks of all its orbits."""

    def search(_: Sought) -> Iterator[Counterexample]:
        yield Counterexample(theorem=theorem, W=W, form=form, state=state)

    return search


def first_of(*searches: Search) -> Search:
    """All the proposals, those of the first search first."""

    def search(sought: Sought) -> Iterator[Counterexample]:
        for one in searches:
            yield from one(sought)

    return search
