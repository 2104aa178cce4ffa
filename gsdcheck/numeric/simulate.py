"""One call for orbits: one system or thousands, checked lane by lane and redone where the check fails."""

import math
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import repeat
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form, System
from gsdcheck.numeric.arrays import FloatArray, finite_array
from gsdcheck.numeric.methods.registry import METHODS, Method
from gsdcheck.numeric.observations import observables, observed
from gsdcheck.numeric.observations import section as section_of
from gsdcheck.numeric.problem import Problem, Subject, problem
from gsdcheck.numeric.runs import AdaptiveRunner, Run, Runner
from gsdcheck.numeric.simulation import Simulation
from gsdcheck.numeric.step_size import first_steps, next_steps

_CHECKS = 16
_ROUNDS = 6
_FIXED_ROUNDS = 2
_FINEST = 2e-15
"""No tolerance of a step below this: rounding would fail every step."""
_MOST_TRIED = 200_000
_ITERATED = 10
"""So many evaluations a step are counted where an iteration decides."""
_MOST_GIVEN = 1e10
"""No given step makes more steps: a kernel cannot be interrupted."""
_TELLING = 0.1
"""The energy is no check of a lane that may have lost more of it."""
_MEMORY = 2**30


def simulate(
    W: ArrayLike | System,
    x0: ArrayLike,
    t_end: float,
    *,
    activation: Subject = "tanh",
    form: str | Form = "outer",
    leak: float = 0.0,
    bias: ArrayLike | None = None,
    method: str = "dop853",
    energy_tolerance: float = 1e-8,
    step: float | None = None,
    save_at: ArrayLike | None = None,
    observe: Collection[str] = (),
    section: tuple[ArrayLike, float] | None = None,
    threads: int | None = None,
    engine: str = "auto",
    precision: int | None = None,
) -> Simulation:
    """x(t) of x' = -γx + Wσ(x) + b (outer) or -γx + σ(Wx + b) (inner), 0 ≤ t ≤ t_end, for B systems at once.

    Every lane is checked afterwards, by its energy where the exact orbit keeps it, else against a run with
    longer steps; a lane that fails is redone with a shorter step, and what still fails is flagged.

    Args:
        W: (n, n), one for all, or (B, n, n); or a System, which brings σ, form, leak and bias.
        x0: (n,) or (B, n).
        t_end: > 0.
        activation: a name, an expression in x, an Activation, or a NumPy function.
        bias: (n,).
        method: a key of `numeric.methods.registry.METHODS`.
        energy_tolerance: the greatest `error` of a lane that counts as met.
        step: h, the same for all lanes, which are then run once and never redone. Only the last step before a
            time of `save_at` or t_end is shorter, if it must be.
        save_at: (q,) increasing times in [0, t_end].
        observe: any of `extrema`, `sign_changes`, `crossings`; the orbits are then followed a second time.
        section: (g, c), the hyperplane {g·x = c} whose upward crossings are observed; x₁ = 0 by default.
        threads: how many; all processors by default.
        engine: `compiled` (the extra `fast`), `numpy`, or `auto`, which takes the first that can.
        precision: decimal digits, > 10: Taylor's method, on numbers of any kind (mpf, text, Fraction) taken
            exactly; the states are mpf, and only W, x0, t_end, σ, form, leak, bias and save_at are consulted.

    Raises:
        InvalidInput: any of these breaks its rule, or the states at `save_at` need more than 1 GiB.
        UnknownName: no such activation.
    """
    if precision is not None:
        from gsdcheck.numeric.precise import exact_systems, simulate_precisely

        known = exact_systems(W, activation, form, leak, bias)
        return simulate_precisely(known, x0, t_end, save_at, precision)
    systems = problem(W, x0, activation=activation, form=form, leak=leak, bias=bias)
    span = _positive("t_end", t_end)
    tolerance = _positive("energy_tolerance", energy_tolerance)
    chosen_method = _method(method, systems)
    if step is not None:
        _require_affordable(_positive("step", step), span)
    times = _times(save_at, span, systems)
    effort = _Effort(
        problem=systems,
        method=chosen_method,
        runner=_runner(engine, systems, chosen_method),
        times=times,
        ends=_positive_times(_check_times(span, step), times),
        threads=_threads(threads),
        tolerance=tolerance,
    )
    wanted = observables(observe)
    cut = section_of(systems, section)
    outcome = effort.until_met() if step is None else effort.once(float(step))
    if not wanted:
        return outcome
    return replace(outcome, observations=observed(systems, wanted, cut, span, tolerance))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Effort:
    """One call of `simulate`, its input read and checked."""

    problem: Problem
    method: Method
    runner: Runner
    times: FloatArray
    ends: FloatArray
    threads: int
    tolerance: float

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
            now = todo[span / steps[todo] * (self.method.evaluations or _ITERATED) <= runner.most_evaluations]
            if not now.size:
                continue
            run = self._run(now, steps[now], runner, parts=2**turn)
            self._take(outcome, now, run, np.flatnonzero(compared))
            compared[now] = True
            steps[now] = self._shorter(run.longest, outcome.error[now], outcome.checked_by_energy[now])
            todo = todo[~outcome.met_tolerance[todo]]
        return outcome

    def _runners(self) -> Iterator[Runner]:
        """One a round: fixed steps, and for DOP853 at last steps that follow the local error."""
        if self.method.name != "dop853":
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
        return runner(
            self.problem,
            self.method,
            lanes,
            steps,
            self.ends,
            parts=parts,
            keep=self.times.size > 0,
            threads=self.threads,
        )

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


def _check_times(span: float, step: float | None) -> FloatArray:
    """16 equidistant times that end at the span; with a given step, multiples of it."""
    if step is None:
        return np.linspace(0, span, _CHECKS + 1)[1:]
    whole = int(span / step * (1 + 1e-12))
    return np.append(np.unique(np.arange(_CHECKS) * whole // _CHECKS)[1:] * step, span)


def _positive_times(*lists: FloatArray) -> FloatArray:
    """All of them that are > 0 (a sixteenth of the smallest number is not), each once, in their order."""
    together = np.unique(np.concatenate(lists))
    return together[together > 0]


def _distance(fine: FloatArray, coarse: FloatArray) -> FloatArray:
    """‖x - x̃‖ / max(1, ‖x‖) lane by lane, inf where either is no number; (k, n) to (k,)."""
    with np.errstate(all="ignore"):
        distance = np.linalg.norm(fine - coarse, axis=-1) / np.maximum(1, np.linalg.norm(fine, axis=-1))
    return np.where(np.isfinite(distance), distance, np.inf)


def _method(name: str, systems: Problem) -> Method:
    if not isinstance(name, str) or name not in METHODS:
        raise InvalidInput(f"method is {name!r}. It is one of {', '.join(METHODS)}.")
    METHODS[name].requires(systems.view())
    return METHODS[name]


def _runner(engine: str, systems: Problem, method: Method) -> Runner:
    from gsdcheck.numeric.engines import runner_for

    return runner_for(engine, systems, method)


def _positive(name: str, value: float) -> float:
    if not (isinstance(value, Real) and 0 < value < math.inf):
        raise InvalidInput(f"{name} is {value!r}. It must be a finite number > 0.")
    return float(value)


def _require_affordable(step: float, span: float) -> None:
    if span > _MOST_GIVEN * step:
        raise InvalidInput(
            f"step is {step} and t_end is {span}, more than {_MOST_GIVEN:.0e} steps, which would take hours. Give a"
            " longer step."
        )


def _times(save_at: ArrayLike | None, span: float, systems: Problem) -> FloatArray:
    if save_at is None:
        return np.empty(0)
    times = finite_array("save_at", save_at)
    if (
        times.ndim != 1
        or (np.diff(times) <= 0).any()
        or (times.size and not 0 <= times[0] <= times[-1] <= span)
    ):
        raise InvalidInput(f"save_at is {times.ravel()[:5].tolist()}…. Give increasing times in [0, {span}].")
    needed = 8 * times.size * systems.x0.size
    if needed > _MEMORY:
        raise InvalidInput(
            f"the states at {times.size} times of {systems.size} systems need {needed / 2**20:.0f} MiB; the limit"
            f" is {_MEMORY >> 20} MiB. Save fewer times, or use sweep, which streams."
        )
    return times


def _threads(threads: int | None) -> int:
    if threads is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not isinstance(threads, int) or threads < 1:
        raise InvalidInput(f"threads is {threads!r}. It is a whole number ≥ 1.")
    return threads
