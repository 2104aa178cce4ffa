"""The work behind one call of `simulate`: runs, their checks, and what is redone."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.methods.registry import Method
from gsdcheck.numeric.numpy_runners import AdaptiveRunner
from gsdcheck.numeric.problem import Problem
from gsdcheck.numeric.runs import Order, Run, Runner
from gsdcheck.numeric.simulation import Simulation
from gsdcheck.numeric.step_size import first_steps, next_steps

_ROUNDS = 6
_FIXED_ROUNDS = 2
_FINEST = 2e-15
"""No tolerance of a step below this: rounding would fail every step."""
_MOST_TRIED = 200_000
_ITERATED = 10
"""So many evaluations a step are counted where an iteration decides."""
_TELLING = 0.1
"""The energy is no check of a lane that may have lost more of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """Systems, a method, and the times at which their orbits are wanted and checked.

    Attributes:
        times: (q,) where states are kept.
        ends: (S,) all of `times` that are > 0, and those of the checks; the last is t_end.
        most: a lane that would need more evaluations of σ and a unit is given up; None for the runner's own limit.
    """

    problem: Problem
    method: Method
    runner: Runner
    times: FloatArray
    ends: FloatArray
    threads: int
    tolerance: float
    most: float | None = None

    def once(self, step: float) -> Simulation:
        """All lanes with this step; where the energy says nothing, a second run has half of it."""
        outcome = self._empty()
        everyone = np.arange(self.problem.size)
        run = self._run(everyone, np.full(everyone.size, step), self.runner)
        self._take(outcome, everyone, run, everyone[:0])
        blind = np.flatnonzero(~outcome.checked_by_energy)
        if blind.size:
            fine = self._run(blind, np.full(blind.size, step / 2), self.runner, parts=2)
            outcome.error[blind] = self._apart(fine, outcome, blind)
            outcome.met_tolerance[blind] = outcome.error[blind] <= self.tolerance
        return outcome

    def until_met(self) -> Simulation:
        """Rounds of runs; each redoes, with shorter steps, the lanes that are not within the tolerance."""
        outcome = self._empty()
        span = float(self.ends[-1])
        steps = first_steps(self.problem, self.method, span, self.tolerance)
        todo, compared = np.arange(self.problem.size), np.zeros(self.problem.size, dtype=bool)
        for turn, runner in enumerate(self._runners()):
            most = runner.most_evaluations if self.most is None else min(self.most, runner.most_evaluations)
            now = todo[span / steps[todo] * (self.method.evaluations or _ITERATED) <= most]
            if not now.size:
                continue
            run = self._run(now, steps[now], runner, parts=2**turn)
            self._take(outcome, now, run, np.flatnonzero(compared))
            compared[now] = True
            steps[now] = self._shorter(run.longest, outcome.error[now], outcome.checked_by_energy[now])
            todo = todo[~outcome.met_tolerance[todo]]
        return outcome

    def _runners(self) -> Iterator[Runner]:
        """One a round: fixed steps, and for DOP853 at last steps that follow the local error, if time is no object."""
        if self.most is not None:
            yield from repeat(self.runner, _FIXED_ROUNDS)
        elif self.method.name != "dop853":
            yield from repeat(self.runner, _ROUNDS)
        else:
            yield from repeat(self.runner, _FIXED_ROUNDS)
            for part in (0.03, 1e-3, 3e-5):
                yield AdaptiveRunner(max(part * self.tolerance, _FINEST), _MOST_TRIED)

    def _shorter(self, steps: FloatArray, errors: FloatArray, by_energy: NDArray[np.bool_]) -> FloatArray:
        """The steps of the next round; at most half of the last for lanes that are compared with it.

        Then the distance of the two runs, (1 - 2⁻ᵖ) of the coarse error, is no less than the fine one.
        """
        shorter = next_steps(steps, errors, self.tolerance, self.method.order)
        halved = np.where(np.isinf(errors), steps / 2, np.minimum(shorter, steps / 2))
        return np.where(by_energy, shorter, halved)

    def _run(self, lanes: NDArray[np.intp], steps: FloatArray, runner: Runner, parts: int = 1) -> Run:
        order = Order(
            problem=self.problem,
            method=self.method,
            chosen=lanes,
            steps=steps,
            ends=self.ends,
            parts=parts,
            keep=self.times.size > 0,
            threads=self.threads,
        )
        return runner(order)

    def _checked(self) -> NDArray[np.bool_]:
        """The lanes whose energy tells how wrong they are: not those of a method that keeps it by itself."""
        return self.problem.conserves & (not self.method.keeps_energy)

    def _take(
        self, outcome: Simulation, lanes: NDArray[np.intp], run: Run, compared: NDArray[np.intp]
    ) -> None:
        """Puts the run into the outcome and judges its lanes."""
        drifts = run.drifts / np.maximum(1.0, np.abs(run.energies))
        # a drift that is small, but not against an energy that is itself small, says nothing
        telling = ~(drifts <= self.tolerance) | (run.drifts <= _TELLING * np.abs(run.energies))
        by_energy = self._checked()[lanes] & telling
        known = np.isin(lanes, compared)
        distance = np.where(known, self._apart(run, outcome, lanes), np.inf)
        outcome.final_state[lanes] = run.states[-1]
        outcome.energy[lanes], outcome.energy_drift[lanes] = run.energies, drifts
        outcome.checked_by_energy[lanes] = by_energy
        outcome.error[lanes] = np.where(by_energy, drifts, distance)
        outcome.met_tolerance[lanes] = outcome.error[lanes] <= self.tolerance
        outcome.steps[lanes] = run.steps
        if self.times.size:
            self._keep(outcome, lanes, run)

    def _apart(self, run: Run, outcome: Simulation, lanes: NDArray[np.intp]) -> FloatArray:
        """How far the run is from the outcome at the end and, where orbits may have met since, at `times`; (k,)."""
        distance = _distance(run.states[-1], outcome.final_state[lanes])
        for row, segment in enumerate(np.searchsorted(self.ends, self.times)):
            if self.times[row] > 0:
                earlier = _distance(run.states[segment], outcome.states[row, lanes])
                distance = np.maximum(distance, earlier)
        return distance

    def _keep(self, outcome: Simulation, lanes: NDArray[np.intp], run: Run) -> None:
        at = np.searchsorted(self.ends, self.times)
        for row, (time, segment) in enumerate(zip(self.times, at, strict=True)):
            outcome.states[row, lanes] = self.problem.x0[lanes] if time == 0 else run.states[segment]

    def _empty(self) -> Simulation:
        size, n = self.problem.size, self.problem.n
        return Simulation(
            final_state=np.full((size, n), np.nan),
            energy=np.full(size, np.nan),
            energy_drift=np.full(size, np.nan),
            error=np.full(size, np.inf),
            checked_by_energy=self._checked().copy(),
            met_tolerance=np.zeros(size, dtype=bool),
            steps=np.zeros(size, dtype=np.int64),
            times=self.times,
            states=np.full((self.times.size, size, n), np.nan),
            method=self.method.name,
            engine=self.runner.name,
        )


def _distance(fine: FloatArray, coarse: FloatArray) -> FloatArray:
    """‖x - x̃‖ / max(1, ‖x‖) lane by lane, inf where either is no number; (k, n) to (k,)."""
    with np.errstate(all="ignore"):
        distance = np.linalg.norm(fine - coarse, axis=-1) / np.maximum(1, np.linalg.norm(fine, axis=-1))
    return np.where(np.isfinite(distance), distance, np.inf)
