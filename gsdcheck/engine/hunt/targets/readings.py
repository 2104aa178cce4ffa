"""What orbits show, as margins: each is ≥ 0 where the claim is not seen to fail, nan without an opinion."""

import numpy as np

from gsdcheck.engine.hunt.targets.paths import Paths
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import energy

_GROWTH = 1.3
_TURNS = 6
_RADII = np.geomspace(1e-6, 1e6, 2_000)
_LEVEL = 1e-3  # Φ is level if it rises by less, relatively, over the last decade of radii


def stays_in_level_set(found: Paths) -> FloatArray:
    """1.02 minus the largest |y_i| along the orbit, in units of the radius of the level set of H(x₀).

    Where Φ levels off on one side below H(x₀), or the orbit starts beyond the radius, outside the well, the largest
    |y_i| of the second half may be 1.3 times that of the first. nan where Φ still rises at 1e6: a radius beyond that
    is not reached in the time that an orbit is followed, and growth says nothing.
    """
    y = np.abs(found.argument()).max(axis=2)
    start = energy(found.net, found.states[0]) * (1 + 1e-6) + 1e-9
    walls = np.minimum(found.net.potential(_RADII), found.net.potential(-_RADII))
    walls = np.maximum.accumulate(np.where(np.isfinite(walls), walls, np.inf))
    place = np.searchsorted(walls, start)
    radius = _RADII[np.minimum(place, _RADII.size - 1)]
    within = 1.02 - y.max(axis=0) / radius
    before = walls[np.searchsorted(_RADII, _RADII[-1] / 10)]
    levels = bool(np.isfinite(walls[-1])) and walls[-1] - before <= _LEVEL * abs(walls[-1])
    growth = np.where((place < _RADII.size) | levels, _no_growth(y), np.nan)
    return np.where((place < _RADII.size) & (y[0] <= 1.02 * radius), within, growth)


def stays_bounded(found: Paths) -> FloatArray:
    """The larger of that and 1.3 minus the growth of |y_i| from the first half of the time to the second.

    With a leak or a bias H is not kept, and an orbit that leaves the level set of its start may well come to rest.
    """
    grows = _no_growth(np.abs(found.argument()).max(axis=2))
    return np.asarray(np.maximum(stays_in_level_set(found), grows))


def _no_growth(size: FloatArray) -> FloatArray:
    """(q, B) ↦ 1.3 minus the largest size of the second half over that of the first; nan at 0."""
    half = len(size) // 2
    early, late = size[:half].max(axis=0), size[half:].max(axis=0)
    return np.asarray(np.where(early > 0, _GROWTH - (late - 0.1) / np.where(early > 0, early, 1.0), np.nan))


def keeps_swinging(found: Paths) -> FloatArray:
    """The swing of the last third, over that of the first, less a fiftieth; nan for an orbit that hardly moves."""
    y = found.argument()
    third = len(y) // 3
    early, late = (np.ptp(part, axis=0).max(axis=1) for part in (y[:third], y[-third:]))
    size = np.maximum(np.abs(y[0]).max(axis=1), 1e-6)
    return np.where(early > 1e-6 * size, late / early - 0.02, np.nan)


def moves_or_rests(found: Paths) -> FloatArray:
    """As `keeps_swinging`, and an orbit that does not move at all has failed unless it is 0."""
    speed = np.abs(np.diff(found.argument()[:2], axis=0)).max(axis=(0, 2))
    rests = (speed == 0) & found.states[0].any(axis=1)
    return np.where(rests, -1.0, keeps_swinging(found))


def oscillates_within_bounds(found: Paths) -> FloatArray:
    """The smaller of what `keeps_swinging` and `stays_in_level_set` say."""
    return np.minimum(keeps_swinging(found), stays_in_level_set(found))


def stays_along_kernel(found: Paths) -> FloatArray:
    """How far from 2 the growth of the reach of P(x - x₀) is in one of the last two doublings of time, less 0.4.

    P is the projector on ker W, the reach the largest distance so far; steady drift doubles it each time. nan where W
    is invertible, where what moves along the kernel is small, and where y moves and has turned less than six times
    in the first half: before it has gone round, nothing can be said.
    """
    _, s, vh = np.linalg.svd(found.net.W)
    null = s <= 1e-10 * np.maximum(s[:, :1], 1e-300)
    P = np.einsum("bki,bk,bkj->bij", vh, null.astype(float), vh)
    along = np.linalg.norm((P @ (found.states - found.states[0])[..., None])[..., 0], axis=2)
    reach = [along[: len(along) // part].max(axis=0) for part in (4, 2, 1)]
    uneven = np.maximum(abs(reach[1] / reach[0] - 2), abs(reach[2] / reach[1] - 2))
    size, half = 1e-6 + np.abs(found.states[0]).max(axis=1), len(along) // 2
    y = found.argument()
    still = np.ptp(y, axis=0).max(axis=1) <= 1e-9 * (1e-6 + np.abs(y[0]).max(axis=1))
    telling = null.any(axis=1) & (reach[2] > 1e-3 * size) & (still | (_turns(y[:half]) >= _TURNS))
    return np.where(telling, uneven - 0.4, np.nan)


def _turns(y: FloatArray) -> FloatArray:
    """(q, B, n) ↦ (B,) how often the coordinate that turns most often does, rounding apart."""
    velocity = np.diff(y, axis=0)
    moves = np.abs(velocity) > np.maximum(
        1e-3 * np.abs(velocity).max(axis=0), 1e-9 * np.abs(y).max(axis=(0, 2))[:, None]
    )
    sign = np.sign(velocity) * moves
    return np.asarray((sign[1:] * sign[:-1] < 0).sum(axis=0).max(axis=1))


def dies_out(found: Paths) -> FloatArray:
    """A tenth of |y(0)| minus |y| at the end, relative to |y(0)|; nan if too little time has passed, or |y| still falls.

    Enough are 30/γ units of time, or without a leak 30 + 4 H(x₀); never where σ'(0) = 0, for |y| falls like a power of t.
    """
    y = np.linalg.norm(found.argument(), axis=2)
    leak = found.net.leak
    needed = 30.0 / leak if leak else 30.0 + 4.0 * energy(found.net, found.states[0])
    left, quarter = 0.1 - y[-1] / np.where(y[0] > 0, y[0], 1.0), len(y) // 4
    falls = y[-quarter:].max(axis=0) < 0.98 * y[-2 * quarter : -quarter].max(axis=0)
    known = (found.times[-1] >= needed) & (y[0] > 0) & ((left >= 0) | ~falls)
    known &= bool(leak) | (abs(float(found.net.slope(np.zeros(1))[0])) > 1e-3)
    return np.where(known, left, np.nan)


def comes_back(found: Paths) -> FloatArray:
    """0.02 minus the least distance from x₀ at a late return, relative to the size of the orbit.

    Returns are upward crossings of the hyperplane {f(x₀)·(x - x₀) = 0} in the second half, read between samples by
    a straight line. Without one the orbit may neither leave its level set nor come to rest; nan if it rests from
    the start.
    """
    x = found.states - found.states[0]
    height = (x * x[1]).sum(axis=2)
    half = len(x) // 2
    low, high = height[half:-1], height[half + 1 :]
    up = (low < 0) & (high >= 0)
    part = np.where(up, -low / np.where(up, high - low, 1.0), 0.0)
    crossing = x[half:-1] + part[..., None] * (x[half + 1 :] - x[half:-1])
    size = np.linalg.norm(x, axis=2).max(axis=0)
    distance = np.where(up, np.linalg.norm(crossing, axis=2), np.inf).min(axis=0)
    away = np.minimum(stays_in_level_set(found), keeps_swinging(found))
    return np.where(size > 0, np.where(up.any(axis=0), 0.02 - distance / size, away), np.nan)
