"""Planar networks that a claim speaks of: counterexamples over their level sets, wells, a genuine limit cycle."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from gsdcheck.certify.balls import enclose
from gsdcheck.engine.pictures.arrays import Picture
from gsdcheck.engine.pictures.portraits import followed, levels, portrait, start_at
from gsdcheck.model.parser import parse_exact
from gsdcheck.model.system import System, system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import energy, network

_ROTATION = [[0, 1], [-1, 0]]
_TIME, _REACH = 250.0, 2.5
_FATES = {
    "planar-escape": "has more than the escape energy and leaves the well",
    "mirror-line": "tends to a point of rest",
}
"""What the theorems that a portrait can show say of the orbit."""


def has_portrait(judgement: Mapping[str, Any]) -> bool:
    """Whether it is refuted by a theorem about the fate of one planar orbit."""
    return judgement["verdict"] == "refuted" and (judgement["certificate"] or {}).get("theorem") in _FATES


def counterexample(judgement: Mapping[str, Any]) -> Picture:
    """The orbit of a certified counterexample over the level sets of H, beside one below E* that closes.

    Args:
        judgement: as a record holds it, one for which `has_portrait`.

    """
    subject, fate = judgement["certificate"]["subject"], _FATES[judgement["certificate"]["theorem"]]
    given = system_of(subject)
    start, net = floats(subject["state"]), network(given)
    reach = _REACH * float(np.abs(start).max())
    orbits = {"counterexample": followed(net, start, _TIME, reach)}
    inside = start_at(net, 0.6 * levels(given.activation)["E*"])
    orbits["orbit below E*"] = followed(net, [inside, 0.0], _TIME, reach)
    return portrait(
        given,
        orbits,
        reach,
        title=f"σ = {given.activation.text}: the counterexample over the level sets of H",
        caption=f"From ({', '.join(subject['state'])}), where H = {float(energy(net, start)):.4g}, the orbit {fate}; "
        "the one below E* closes.",
    )


def system_of(subject: Mapping[str, Any]) -> System:
    """The network that a certificate is about; its numbers are exact."""
    return system(
        [[Fraction(w) for w in row] for row in subject["W"]],
        subject["activation"],
        form=subject["form"],
        leak=Fraction(subject["leak"]),
        bias=[Fraction(b) for b in subject["bias"]],
    )


def floats(state: list[str]) -> FloatArray:
    """The exact numbers, each rounded to a float."""
    return np.array([float(enclose(parse_exact(text), arb(0)).mid()) for text in state])


def escape() -> Picture:
    """GELU: orbits close below E* = 1/4 and leave above it."""
    given, reach = system(_ROTATION, "gelu"), 3.0
    net = network(given)
    escapes = levels(given.activation)["E*"]
    starts = {f"H = {part:g} E*": [start_at(net, part * escapes), 0.0] for part in (0.3, 0.9, 1.3)}
    orbits = {name: followed(net, start, _TIME, reach) for name, start in starts.items()}
    return portrait(
        given,
        orbits,
        reach,
        title="GELU: orbits over the level sets of H",
        caption="Below the escape energy E* every orbit that starts in the well closes; the one above it leaves.",
    )


def rest_above_the_well_depth() -> Picture:
    """s (s - 1)²: below E₀ = 1/12 orbits oscillate, on it one comes to rest, although E* = ∞."""
    given, reach = system(_ROTATION, "x*(x-1)**2"), 1.2
    net = network(given)
    depth = levels(given.activation)["E₀"]
    orbits = {
        name: followed(net, [start_at(net, part * depth, side=-1), 0.0], 400.0, reach)
        for name, part in (("H = 0.5 E₀", 0.5), ("H = E₀", 1.0))
    }
    last = orbits["H = E₀"][-1].round(1)
    return portrait(
        given,
        orbits,
        reach,
        title="σ = s (s − 1)²: the well depth E₀ is what matters, not E*",
        caption="Below E₀ orbits go round for ever. The one on the level E₀ creeps up to an equilibrium where σ "
        f"vanishes, here to ({last[0] + 0:.1f}, {last[1] + 0:.1f}), although E* is infinite and nothing escapes.",
    )


def closed_without_oddness() -> Picture:
    """eˣ - 1, which is neither odd nor bounded: Lotka–Volterra, all orbits closed."""
    given, reach = system(_ROTATION, "expm1"), 4.0
    net = network(given)
    orbits = {
        f"H = {height:g}": followed(net, [start_at(net, height), 0.0], _TIME, reach)
        for height in (0.3, 1.0, 2.0)
    }
    return portrait(
        given,
        orbits,
        reach,
        title="σ = eˣ − 1: closed orbits without oddness",
        caption="The orbits of this network, which is Lotka–Volterra in logarithms, all close, although σ is neither "
        "odd nor bounded.",
    )


def limit_cycle() -> Picture:
    """x' = -x + W tanh x with W = [[2, -2], [2, 2]], not skew: orbits from inside and outside tend to one cycle."""
    given = system([[2, -2], [2, 2]], "tanh", leak=1)
    net, reach = network(given), 6.0
    starts = {"from inside": [0.1, 0.0], "from outside": [5.5, 0.0]}
    orbits = {name: followed(net, start, 16.0, reach, once=False) for name, start in starts.items()}
    return portrait(
        given,
        orbits,
        reach,
        title="x′ = −x + W tanh x with W = [[2, −2], [2, 2]]: an attracting limit cycle without skew weights",
        caption="Orbits from inside and from outside approach the same closed orbit: what skew weights cannot do.",
    )
