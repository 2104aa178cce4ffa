"""What `simulate` notes along the orbits when it is asked to: extrema, changes of sign, crossings of a section."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray, finite_array
from gsdcheck.numeric.diagnostics.crossings import Crossings, crossings
from gsdcheck.numeric.diagnostics.extremes import extremes
from gsdcheck.numeric.problem import Problem

OBSERVABLE = ("extrema", "sign_changes", "crossings")
_BLOCK = 4096
_PART = 1e-2
"""The observed orbits are followed with a tolerance a step of this part of the tolerance on the whole."""

_MOST_STEPS = 100_000
"""Those of an observed orbit; it has no more crossings, so none is left out of an orbit that is complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The hyperplane {g·x = c}.

    Attributes:
        normal: g, (n,), not 0.
    """

    normal: FloatArray
    offset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """What was asked for, None what was not.

    Attributes:
        extrema: (2, B, n), the least and the greatest value of each coordinate.
        sign_changes: (B, n).
        crossings: of the section, upwards; its arrays have the lanes last.
        complete: (B,), all this was followed to t_end; where it is False, it is what was seen before.
    """

    extrema: FloatArray | None = None
    sign_changes: NDArray[np.int64] | None = None
    crossings: Crossings | None = None
    complete: NDArray[np.bool_] | None = None


NOTHING = Observations()


def section(problem: Problem, given: tuple[ArrayLike, float] | None) -> Section:
    """The section (g, c), by default {x₁ = 0}.

    Raises:
        InvalidInput: it is no pair, g is not (n,), or 0, or an entry is not finite.
    """
    if given is None:
        return Section(normal=np.eye(problem.n)[0], offset=0.0)
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise InvalidInput(f"section is {given!r}. Give a pair (g, c), the hyperplane {{g·x = c}}.")
    normal, offset = finite_array("section normal", given[0]), finite_array("section offset", given[1])
    if normal.shape != (problem.n,) or not normal.any() or offset.ndim:
        raise InvalidInput(
            f"section is {given!r}. Give (g, c): g of {problem.n} numbers, not all 0, and a number c."
        )
    return Section(normal=normal, offset=float(offset))


def observables(names: Collection[str]) -> tuple[str, ...]:
    """The names.

    Raises:
        InvalidInput: they are no collection, or one of them is none of OBSERVABLE.
    """
    if not isinstance(names, Collection) or isinstance(names, str) or not set(names) <= set(OBSERVABLE):
        raise InvalidInput(f"observe is {names!r}. It is a collection of {', '.join(OBSERVABLE)}.")
    return tuple(names)


def observed(
    problem: Problem, names: Collection[str], cut: Section, span: float, tolerance: float
) -> Observations:
    """The observations of all lanes, followed anew by DOP853 with local error control, in blocks."""
    rtol = min(max(_PART * tolerance, 1e-13), 1e-3)
    extrema = sign_changes = found = None
    complete = np.ones(problem.size, dtype=bool)
    if "extrema" in names or "sign_changes" in names:
        swings = [
            extremes(problem.lanes(b), problem.x0[b].T, span, rtol=rtol, max_steps=_MOST_STEPS)
            for b in _blocks(problem)
        ]
        complete &= np.concatenate([swing.complete for swing in swings])
        if "extrema" in names:
            ends = [np.stack([swing.least.T, swing.greatest.T]) for swing in swings]
            extrema = np.concatenate(ends, axis=1)
        if "sign_changes" in names:
            sign_changes = np.concatenate([swing.sign_changes.T for swing in swings])
    if "crossings" in names:
        parts = [
            crossings(
                problem.lanes(b),
                problem.x0[b].T,
                cut.normal,
                cut.offset,
                span,
                most=_MOST_STEPS,
                rtol=rtol,
                max_steps=_MOST_STEPS,
            )
            for b in _blocks(problem)
        ]
        found = _joined(parts)
        complete &= found.complete
    return Observations(extrema=extrema, sign_changes=sign_changes, crossings=found, complete=complete)


def _blocks(problem: Problem) -> Iterator[NDArray[np.intp]]:
    for start in range(0, problem.size, _BLOCK):
        yield np.arange(start, min(start + _BLOCK, problem.size))


def _joined(parts: list[Crossings]) -> Crossings:
    """The crossings of all blocks, padded to the largest count."""
    most = max(part.times.shape[0] for part in parts)

    def padded(array: FloatArray) -> FloatArray:
        missing = [(0, most - array.shape[0]), *[(0, 0)] * (array.ndim - 1)]
        return np.pad(array, missing, constant_values=np.nan)

    return Crossings(
        counts=np.concatenate([part.counts for part in parts]),
        times=np.concatenate([padded(part.times) for part in parts], axis=-1),
        states=np.concatenate([padded(part.states) for part in parts], axis=-1),
        complete=np.concatenate([part.complete for part in parts]),
    )
