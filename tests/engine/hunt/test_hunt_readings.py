"""Readings of orbits: on paths written down by hand, that do and do not do what is read."""

import numpy as np
import pytest

from gsdcheck.claims.entry import CROSS, PLANAR, case
from gsdcheck.engine.hunt.blocks import block_of
from gsdcheck.engine.hunt.targets import readings
from gsdcheck.engine.hunt.targets.orbits import Reading
from gsdcheck.engine.hunt.targets.paths import Paths

T = np.linspace(0.0, 60.0, 601)


def path(states: np.ndarray, given=None) -> Paths:
    """One orbit (q, n) of a network, by default the planar rotation with the identity."""
    found = case(PLANAR, [1, 0], "identity") if given is None else given
    times = T[: len(states)]
    return Paths(net=block_of([found]).network(), times=times, states=states[:, None], good=np.array([True]))


def circle(radius: np.ndarray | float = 1.0, rate: float = 1.0) -> np.ndarray:
    return np.stack([radius * np.cos(rate * T), -radius * np.sin(rate * T)], axis=1)


def inner(states: np.ndarray) -> Paths:
    return path(states, case(CROSS, [1, 0, 0], form="inner"))


def along_kernel(speed: float) -> np.ndarray:
    """A turn in the plane that (1, 1, 1) is normal to, and motion along (1, 1, 1)."""
    u, v = np.array([1.0, -1.0, 0.0]), np.array([1.0, 1.0, -2.0])
    wiggle = 0.3 * np.sin(T)[:, None] * np.ones(3)
    return np.outer(np.cos(T), u) + np.outer(np.sin(T), v) + wiggle + speed * T[:, None] * np.ones(3)


CASES = [
    ("a circle stays in its level set", readings.stays_in_level_set, path(circle()), True),
    ("a growing spiral leaves it", readings.stays_in_level_set, path(circle(np.exp(T / 60))), False),
    ("a circle is bounded", readings.stays_bounded, path(circle()), True),
    ("a spiral out is not", readings.stays_bounded, path(circle(np.exp(T / 30))), False),
    ("a spiral to a larger circle is", readings.stays_bounded, path(circle(2 - np.exp(-T / 5))), True),
    ("a circle swings on", readings.keeps_swinging, path(circle()), True),
    ("a spiral into 0 stops", readings.keeps_swinging, path(circle(np.exp(-T / 5))), False),
    ("a state that rests, with H > 0, has failed", readings.moves_or_rests, path(np.ones((601, 2))), False),
    ("a circle moves", readings.moves_or_rests, path(circle()), True),
    ("a circle oscillates within bounds", readings.oscillates_within_bounds, path(circle()), True),
    ("a spiral out does not", readings.oscillates_within_bounds, path(circle(np.exp(T / 30))), False),
    ("a spiral in does not", readings.oscillates_within_bounds, path(circle(np.exp(-T / 5))), False),
    ("a circle comes back", readings.comes_back, path(circle()), True),
    ("a slow spiral does not, after ten turns", readings.comes_back, path(circle(np.exp(-T / 500))), False),
    ("an orbit that runs off does not", readings.comes_back, path(np.stack([1 + T, T / 9], axis=1)), False),
    (
        "an orbit with no drift stays along the kernel",
        readings.stays_along_kernel,
        inner(along_kernel(0.0)),
        True,
    ),
    ("steady drift does not", readings.stays_along_kernel, inner(along_kernel(0.1)), False),
    ("drift against the kernel does not", readings.stays_along_kernel, inner(along_kernel(-0.1)), False),
]


def read(reading: Reading, found: Paths) -> float:
    with np.errstate(all="ignore"):  # as the judge of orbits calls it
        return float(reading(found)[0])


@pytest.mark.parametrize(("name", "reading", "found", "holds"), CASES, ids=[name for name, *_ in CASES])
def test_a_reading_sees_what_is_there(name: str, reading: Reading, found: Paths, holds: bool) -> None:
    margin = read(reading, found)
    assert margin >= 0 if holds else margin < 0, name


def leaky(states: np.ndarray, leak: str) -> Paths:
    return path(states, case(PLANAR, [1, 0], "identity", leak=leak))


def test_what_dies_out_is_judged_once_enough_time_has_passed() -> None:
    assert read(readings.dies_out, leaky(circle(np.exp(-T)), "1")) > 0
    assert read(readings.dies_out, leaky(circle(), "1")) < 0
    assert np.isnan(read(readings.dies_out, leaky(circle(), "1/10")))  # 300 units of time are needed
    assert np.isnan(
        read(readings.dies_out, leaky(circle((1 + T / 9) ** -0.5), "1"))
    )  # as x' = -x³ does: it may take for ever


@pytest.mark.parametrize(
    ("reading", "found"),
    [
        (readings.keeps_swinging, path(np.ones((601, 2)))),
        (readings.comes_back, path(np.ones((601, 2)))),
        (readings.stays_along_kernel, path(circle(), case(PLANAR, [1, 0], form="inner"))),
        (readings.stays_along_kernel, inner(along_kernel(0.1)[:60])),  # y has not turned: too early to say
        (readings.stays_in_level_set, path(np.zeros((601, 2)), case(PLANAR, [0, 0], "sigmoid"))),
        (readings.stays_in_level_set, path(2e6 * circle(np.exp(T / 60)))),  # Φ = x²/2 reaches H beyond 1e6
    ],
)
def test_a_reading_without_an_opinion_says_nothing(reading: Reading, found: Paths) -> None:
    assert np.isnan(read(reading, found))


def test_rounding_is_not_taken_for_a_turn() -> None:
    slow = np.outer(1e7 + T, [1.0, -1.0, 0.0]) + np.random.default_rng(0).normal(size=(601, 3)) * 1e-9
    assert np.isnan(read(readings.stays_along_kernel, inner(slow + np.outer(T, np.ones(3)))))


def test_drift_counts_at_once_where_y_is_still() -> None:
    assert read(readings.stays_along_kernel, inner(np.outer(T, np.ones(3)))) < 0


def test_beyond_every_level_set_growth_is_what_counts() -> None:
    # σ = sin: from x = 4 outside the well H is small, and the orbit, which rests here, has left nothing.
    rest = path(np.full((601, 2), 4.0), case(PLANAR, [4, 4], "sin"))
    assert read(readings.stays_in_level_set, rest) > 0
    away = path(np.stack([4 + T, 4 + T], axis=1), case(PLANAR, [4, 4], "sin"))
    assert read(readings.stays_in_level_set, away) < 0
