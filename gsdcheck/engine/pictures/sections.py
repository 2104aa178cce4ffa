"""Poincaré sections of one network at two energies: regular at the low one, chaotic at the high one (O8)."""

import numpy as np

from gsdcheck.engine.pictures.arrays import DIGITS, Picture, listed, named_series, short
from gsdcheck.model.system import system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import lyapunov_exponents, poincare_section
from gsdcheck.numeric.field import Network, energy, network
from gsdcheck.numeric.problem import problem

NETWORK = system([[0, 0, 1, "1/2"], [0, 0, 0, 1], [-1, 0, 0, "-1/2"], ["-1/2", -1, "1/2", 0]], "tanh")
"""Four units with a positive largest exponent; tests/numeric/test_numeric_lyapunov.py measures one too."""

PANELS = {"regular": 0.25, "chaotic": 6.0}
ORBITS, TIME, EXPONENT_TIME = 12, 500.0, 400.0
_SEED, _MOST_POINTS = 0, 60


def sections() -> Picture:
    """Where twelve orbits of each energy pierce x₁ = 0 upward, in x₂ and x₄; with the largest exponents."""
    net = network(NETWORK)
    starts = np.concatenate([starts_at(net, H, ORBITS) for H in PANELS.values()])
    lanes = problem(NETWORK, starts).lanes(np.arange(len(starts)))
    states = poincare_section(lanes, starts.T, [1, 0, 0, 0], 0.0, TIME, rtol=1e-6).crossings.states
    found = lyapunov_exponents(lanes, starts.T, EXPONENT_TIME, leading=1, rtol=1e-5)
    columns: dict[str, list[float | None]] = {}
    values: dict[str, float] = {}
    for place, (name, H) in enumerate(PANELS.items()):
        mine = slice(place * ORBITS, (place + 1) * ORBITS)
        columns |= _columns(name, states[:, :, mine])
        best = int(np.argmax(found.values[0, mine] - found.errors[0, mine])) + mine.start
        values |= {
            f"{name} H": H,
            f"{name} λ": float(f"{found.values[0, best]:.3g}"),
            f"{name} λ error": float(f"{found.errors[0, best]:.2g}"),
        }
    return named_series(
        "section",
        "One tanh network of four units: regular at a low energy, chaotic at a high one",
        "x₂",
        "x₄",
        columns,
        caption=_caption(values),
        values=values,
    )


def starts_at(net: Network, height: float, count: int) -> FloatArray:
    """(count, n) states of energy H with x₁ = 0, in drawn directions; the same for the same arguments."""
    directions = np.random.default_rng(_SEED).normal(size=(count, net.n))
    directions[:, 0] = 0.0
    low, high = np.zeros((count, 1)), np.full((count, 1), 1e3)
    for _ in range(60):
        middle = (low + high) / 2
        below = energy(net, middle * directions)[:, None] < height
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray(low * directions)


def _columns(name: str, states: FloatArray) -> dict[str, list[float | None]]:
    """x₂ and x₄ of the first crossings, (m, n, B) with nan after the last of an orbit."""
    columns = {}
    for orbit in range(states.shape[2]):
        points = states[np.isfinite(states[:, 0, orbit]), :, orbit][:_MOST_POINTS]
        columns[f"{name} {orbit + 1}.u"] = listed(points[:, 1], DIGITS)
        columns[f"{name} {orbit + 1}.v"] = listed(points[:, 3], DIGITS)
    return columns


def _caption(values: dict[str, float]) -> str:
    calm, wild = (f"{short(values[f'{name} λ'])} ± {short(values[f'{name} λ error'])}" for name in PANELS)
    return (
        f"Orbits of n = 4 need not close: at H = {PANELS['regular']:g} they pierce the plane on curves (largest "
        f"Lyapunov exponent {calm}), at H = {PANELS['chaotic']:g} others fill a region ({wild} on the wildest)."
    )
