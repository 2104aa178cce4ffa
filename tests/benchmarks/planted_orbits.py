"""False and true claims about orbits: what shows late, slowly, far out, or only in some dimension."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from planted import Planted, planted
from planted_points import NO_DRIVE, about

from gsdcheck.engine.hunt.domain import domain_of
from gsdcheck.engine.hunt.targets import readings
from gsdcheck.engine.hunt.targets.catalogue import target_of
from gsdcheck.engine.hunt.targets.chaos import ChaosJudge
from gsdcheck.engine.hunt.targets.orbits import OrbitJudge, Reading
from gsdcheck.engine.hunt.targets.paths import Paths
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.model.library import find_activation
from gsdcheck.numeric.field import energy

LATE = (60.0, 240.0, 960.0)


def orbits(name: str, assumptions: tuple[str, ...], reading: Reading, **options: object) -> Target:
    """A claim of its own about orbits."""
    judge = OrbitJudge(
        mechanism=name,
        reading=reading,
        turns=options.pop("turns", LATE),  # type: ignore[arg-type]
        density=float(options.pop("density", 0.5)),
    )
    domain = replace(domain_of(assumptions), turns=judge.turns, **options)
    return Target(id=f"planted-{name}", domain=domain, judge=judge)


def energy_within_half(found: Paths) -> np.ndarray:
    """1/2 minus the relative change of the energy."""
    H = energy(found.net, found.states)
    return 0.5 - np.abs(H - H[0]).max(axis=0) / np.abs(H[0])


def _leaky(name: str, reading: Reading, leak: Fraction, *assumptions: str, **options: object) -> Target:
    return orbits(name, (*assumptions, "leak", "no-bias"), reading, leaks=(leak,), **options)


FREE = ("skew", *NO_DRIVE)
SLOWLY = "tanh(x)+tanh(x)**2/200"
FAR = "tanh(x)*(1-(x/100)**2)/(1+(x/100)**2)"

FALSE_ORBITS: tuple[Planted, ...] = (
    planted(
        "n = 3, σ not odd: inner orbits are bounded (O7, expm1)",
        lambda: replace(
            about("inner-orbits-are-bounded", "expm1(x)"),
            domain=replace(about("inner-orbits-are-bounded", "expm1(x)").domain, sizes=(3,)),
        ),
    ),
    planted(
        "the same for a σ that is odd to 1/200: drift after T = 500",
        lambda: replace(
            about("inner-orbits-are-bounded", SLOWLY),
            domain=replace(about("inner-orbits-are-bounded", SLOWLY).domain, sizes=(3,)),
        ),
    ),
    planted(
        "a leak of 1/25: oscillation is perpetual, for some hundred units",
        lambda: _leaky(
            "leaky-swing",
            readings.keeps_swinging,
            Fraction(1, 25),
            "skew",
            "invertible",
            "continuous",
            "strict-sign",
            names=("tanh", "softsign", "atan"),
        ),
    ),
    planted(
        "a leak of 1/1000: planar orbits close",
        lambda: _leaky(
            "leaky-return",
            readings.comes_back,
            Fraction(1, 1000),
            "planar",
            "skew",
            "nonzero-weights",
            names=("tanh", "atan"),
            turns=(60.0, 240.0),
            density=4.0,
        ),
    ),
    planted(
        "W + Wᵀ = 0 but for 1e-3: H stays within a half, until T = 500",
        lambda: orbits(
            "damped-energy",
            ("continuous", "strict-sign", *NO_DRIVE),
            energy_within_half,
            names=("tanh", "softsign"),
            weights=("damped",),
            forms=domain_of(("outer",)).forms,
        ),
    ),
    planted(
        "n ≥ 4 only: linear orbits close",
        lambda: orbits(
            "linear-return",
            ("linear", "nonzero-weights", *FREE),
            readings.comes_back,
            sizes=(2, 3, 4),
            turns=(60.0, 240.0),
            density=4.0,
        ),
    ),
    planted(
        "far out only, |x| > 200: orbits are bounded",
        lambda: orbits(
            "far-escape",
            ("continuous", "outer", *FREE),
            readings.stays_in_level_set,
            sizes=(2,),
        ).confined(find_activation(FAR)),
    ),
    planted("odd, bounded, continuous suffices (O2)", lambda: target_of("odd-bounded-continuous-suffices")),
    planted("fixed points away from 0, odd n only (O4)", lambda: target_of("zero-is-the-only-fixed-point")),
    planted(
        "n = 4: tanh networks are not chaotic (O8)",
        lambda: Target(
            id="planted-chaos",
            judge=ChaosJudge(),
            domain=replace(
                domain_of(("skew", "outer", "tanh", *NO_DRIVE)),
                sizes=(4,),
                states=("ordinary states", "simple states", "equal units"),
            ),
        ),
    ),
)
"""Claims that are false; each fails only where its name says."""

TRUE_ORBITS: tuple[Planted, ...] = (
    planted(
        "n = 3, tanh: inner orbits are bounded",
        lambda: replace(
            about("rank-two-inner-orbits-are-bounded", "tanh(x)"),
            domain=replace(about("rank-two-inner-orbits-are-bounded", "tanh(x)").domain, sizes=(3,)),
        ),
    ),
    planted(
        "n = 2: linear orbits close",
        lambda: orbits(
            "linear-return-plane",
            ("linear", "nonzero-weights", *FREE),
            readings.comes_back,
            sizes=(2,),
            turns=(60.0, 240.0),
            density=4.0,
        ),
    ),
    planted(
        "planar tanh networks are not chaotic",
        lambda: Target(
            id="planted-no-chaos",
            judge=ChaosJudge(),
            domain=replace(
                domain_of(("skew", "outer", "tanh", *NO_DRIVE)),
                sizes=(2,),
                states=("ordinary states", "simple states", "equal units"),
            ),
        ),
    ),
    *(
        planted(f"{claim}, as proved", lambda claim=claim: target_of(claim))
        for claim in (
            "orbits-are-bounded",
            "oscillation-is-perpetual",
            "leaves-oscillate-or-all-escape",
            "planar-orbits-are-closed",
            "rank-two-inner-orbits-are-bounded",
            "leak-stops-oscillation",
            "dissipative-weights-stop-oscillation",
        )
    ),
)
"""Claims that are true, some of them by a hair."""
