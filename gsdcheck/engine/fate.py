"""What a window of states shows of where orbits go: overflow, rest, a cycle, or motion. Rounded."""

import numpy as np

from gsdcheck.numeric.arrays import FloatArray

_NEAR = 1e-7
_OVERFLOW = "overflow"


def map_fate(tail: FloatArray, starts: int) -> str:
    """What the iterates of a map do; a period of at most a quarter of the window is recognised.

    Args:
        tail: (steps, m, n), time first: the window, of the starts that had not overflowed before it.
        starts: how many there were, m or more.

    Returns:
        "9 rest at one fixed point, 7 run round a cycle of period 2".
    """
    return _fate(tail, starts, len(tail) // 4, _NEAR)


def flow_fate(tail: FloatArray, starts: int) -> str:
    """What orbits of a flow do, seen at equal times; a closed orbit counts as motion.

    An orbit whose last motion is below 1e-5 counts as at rest: near an equilibrium it never quite stops.
    """
    return _fate(tail, starts, 1, 10 * _NEAR)


def _fate(tail: FloatArray, starts: int, longest: int, near: float) -> str:
    kinds: dict[str, list[int]] = {}
    for i in range(tail.shape[1]):
        kinds.setdefault(_kind(tail[:, i], longest, near), []).append(i)
    lost = starts - tail.shape[1] + len(kinds.pop(_OVERFLOW, []))
    said = [_counted(kind, tail[:, which]) for kind, which in sorted(kinds.items())]
    return ", ".join([*said, f"{lost} have overflowed"] if lost else said)


def _kind(path: FloatArray, longest: int, near: float) -> str:
    if not np.isfinite(path).all():
        return _OVERFLOW
    near *= max(1.0, float(np.abs(path).max()))
    for period in range(1, longest + 1):
        if len(path) > period and np.abs(path[period:] - path[:-period]).max() <= near:
            # In slow motion each state is near the one before, and the ends of the window are far apart.
            spread = max(float(np.ptp(path[phase::period], axis=0).max()) for phase in range(period))
            return "move" if spread > 10 * near else "rest" if period == 1 else f"cycle {period}"
    return "move"


def _counted(kind: str, paths: FloatArray) -> str:
    count = paths.shape[1]
    if kind == "rest":
        ends = paths[-1]
        return f"{count} rest at {_points(ends)}"
    if kind == "move":
        swings = np.ptp(paths, axis=0).max(axis=-1)
        return f"{count} are still moving (by {swings.min():.2g} to {swings.max():.2g} a coordinate)"
    return f"{count} run round a cycle of period {kind.split()[1]}"


def _points(ends: FloatArray) -> str:
    distinct: list[FloatArray] = []
    for end in ends:
        if all(np.abs(end - other).max() > 1e-4 * max(1.0, float(np.abs(end).max())) for other in distinct):
            distinct.append(end)
    if len(distinct) > 1:
        return f"{len(distinct)} different fixed points"
    return f"one fixed point, |x| = {np.linalg.norm(distinct[0]):.4g}"
