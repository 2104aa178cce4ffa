"""One call for orbits: one system or thousands, checked lane by lane and redone where the check fails."""

import math
import os
from collections.abc import Collection
from dataclasses import replace
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form, System
from gsdcheck.numeric.arrays import FloatArray, finite_array
from gsdcheck.numeric.efforts import Effort
from gsdcheck.numeric.methods.registry import METHODS, Method
from gsdcheck.numeric.observations import observables, observed
from gsdcheck.numeric.observations import section as section_of
from gsdcheck.numeric.problem import Problem, Subject, problem
from gsdcheck.numeric.runs import Runner
from gsdcheck.numeric.simulation import Simulation

_CHECKS = 16
_MOST_GIVEN = 1e10
"""No given step makes more steps: a kernel cannot be interrupted."""
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
    most_evaluations: float | None = None,
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
        threads: how many the compiled engine uses; all processors by default.
        engine: `compiled` (the extra `fast`), `numpy`, or `auto`, which takes the first that can.
        precision: decimal digits, > 10: Taylor's method, on numbers of any kind (mpf, text, Fraction) taken
            exactly; the states are mpf, and only W, x0, t_end, σ, form, leak, bias and save_at are consulted.
        most_evaluations: of σ, for each unit and run of a lane: what would need more is flagged without more ado, and
            no lane is redone more than once. For searches, in which one stiff lane must not hold up thousands.

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
    effort = Effort(
        problem=systems,
        method=chosen_method,
        runner=_runner(engine, systems, chosen_method),
        times=times,
        ends=_positive_times(_check_times(span, step), times),
        threads=_threads(threads),
        tolerance=tolerance,
        most=None if most_evaluations is None else _positive("most_evaluations", most_evaluations),
    )
    wanted = observables(observe)
    cut = section_of(systems, section)
    outcome = effort.until_met() if step is None else effort.once(float(step))
    if not wanted:
        return outcome
    return replace(outcome, observations=observed(systems, wanted, cut, span, tolerance))


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
