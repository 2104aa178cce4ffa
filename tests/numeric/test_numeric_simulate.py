"""`simulate` against exact orbits, its checks against orbits that fail, and what it refuses."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.linalg import expm

from gsdcheck import simulate, system
from gsdcheck.errors import InvalidInput, UnknownName
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.elliptic import tanh_orbit, tanh_period_float

ENGINES = pytest.mark.parametrize("engine", ["numpy", "compiled"])
J = np.array([[0.0, 1.0], [-1.0, 0.0]])


def skew_batch(n: int, size: int, seed: int = 0) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.standard_normal((size, n, n)), 1)
    return upper - upper.transpose(0, 2, 1), rng.standard_normal((size, n))


def log_cosh(x: FloatArray) -> FloatArray:
    return np.logaddexp(x, -x) - math.log(2)


@ENGINES
def test_tanh_orbits_are_the_elliptic_ones(engine: str) -> None:
    energies, times = np.array([0.01, 0.5, 2.0, 3.0]), np.array([0.0, 0.7, 33.0, 60.0])
    x0 = np.stack([tanh_orbit(e, 1.0, np.array(0.0)) for e in energies])
    found = simulate(1.5 * J, x0, 60.0, save_at=times, engine=engine, energy_tolerance=1e-11)
    exact = np.stack([tanh_orbit(e, 1.5, times) for e in energies], axis=1)
    assert found.met_tolerance.all()
    assert found.states == pytest.approx(exact, abs=1e-8)
    assert found.energy == pytest.approx(energies, rel=1e-12)


@ENGINES
@pytest.mark.parametrize("form", ["outer", "inner"])
def test_linear_systems_follow_the_exponential(engine: str, form: str) -> None:
    rng = np.random.default_rng(1)
    W, x0 = rng.standard_normal((5, 3, 3)), rng.standard_normal((5, 3))
    found = simulate(W, x0, 2.0, activation="identity", form=form, leak=0.3, engine=engine)
    exact = [expm(2 * (w - 0.3 * np.eye(3))) @ x for w, x in zip(W, x0, strict=True)]
    assert found.met_tolerance.all()
    assert not found.checked_by_energy.any()
    assert found.final_state == pytest.approx(np.array(exact), rel=1e-7)


@ENGINES
@pytest.mark.parametrize("n", [2, 3, 5, 9])
def test_the_drift_is_that_of_the_states(engine: str, n: int) -> None:
    W, x0 = skew_batch(n, 40)
    found = simulate(W, x0, 30.0, engine=engine)
    first, last = log_cosh(x0).sum(axis=1), log_cosh(found.final_state).sum(axis=1)
    assert found.met_tolerance.all()
    assert (np.abs(last - first) / np.maximum(1, first) <= found.energy_drift + 1e-14).all()
    assert found.energy == pytest.approx(first)


@ENGINES
def test_a_kink_is_crossed_within_the_tolerance(engine: str) -> None:
    # below the axis σ = x/10: half turns of a circle and of ellipses, H = Σ x²/2 · (1 or 1/10)
    x0 = np.array([[1.0, 2.0], [-3.0, 0.5]])
    found = simulate(J, x0, 20.0, activation="leaky_relu?negative_slope=0.1", engine=engine)
    energy = (np.where(x0 > 0, 0.5, 0.05) * x0**2).sum(axis=1)
    last = found.final_state
    assert found.met_tolerance.all()
    assert (np.where(last > 0, 0.5, 0.05) * last**2).sum(axis=1) == pytest.approx(energy, abs=2e-8)


@ENGINES
def test_what_fails_is_flagged(engine: str) -> None:
    # x' = x³/2 from 1 is (1 - t)^(-1/2): no orbit beyond t = 1; from 1/10 it lives until t = 100
    found = simulate([[0.5]], [[1.0], [0.1]], 5.0, activation="cube", engine=engine)
    assert found.met_tolerance.tolist() == [False, True]
    assert found.final_state[1, 0] == pytest.approx((100 - 5.0) ** -0.5)


def test_a_step_that_is_too_long_is_not_redone_but_flagged() -> None:
    W, x0 = skew_batch(3, 5)
    found = simulate(W, x0, 10.0, method="rk4", step=0.5)
    assert not found.met_tolerance.any()
    assert (found.energy_drift > 1e-8).all()


@ENGINES
def test_forward_euler_has_its_exact_factor(engine: str) -> None:
    # linear, n = 2: ‖x_{k+1}‖² = (1 + h²ω²) ‖x_k‖²
    found = simulate(3 * J, [1.0, 2.0], 10.0, activation="identity", method="euler", step=0.01, engine=engine)
    growth = (found.final_state**2).sum() / 5.0
    assert found.steps.tolist() == [1000]
    assert growth == pytest.approx((1 + (0.01 * 3) ** 2) ** 1000, rel=1e-11)


def test_lanes_do_not_disturb_each_other() -> None:
    def half_blind(x: FloatArray) -> FloatArray:
        return np.where(np.abs(x) > 5, np.nan, np.tanh(x))

    W, x0 = np.broadcast_to(J, (3, 2, 2)), np.array([[1.0, 0.5], [7.0, 0.0], [0.2, 0.3]])
    found = simulate(W, x0, 5.0, activation=half_blind)
    assert found.met_tolerance.tolist() == [True, False, True]
    assert found.final_state[[0, 2]] == pytest.approx(simulate(J, x0[[0, 2]], 5.0).final_state, abs=1e-8)


def test_engines_agree_where_nothing_is_chaotic() -> None:
    W, x0 = skew_batch(3, 30)
    ours, theirs = (
        simulate(W, x0, 10.0, activation="gelu", form="inner", bias=[0.1, 0, 0], engine=e)
        for e in ("numpy", "compiled")
    )
    assert (ours.engine, theirs.engine) == ("numpy", "compiled")
    assert ours.final_state == pytest.approx(theirs.final_state, abs=1e-6)


def test_observations_are_those_of_the_exact_oscillator() -> None:
    energies = np.array([0.5, 2.0])
    x0 = np.stack([tanh_orbit(e, 1.0, np.array(0.3)) for e in energies])
    wanted = ("extrema", "sign_changes", "crossings")
    seen = simulate(J, x0, 30.0, observe=wanted, section=([0.0, 1.0], 0.0)).observations
    swing = np.repeat(np.arccosh(np.exp(energies))[:, None], 2, axis=1)
    assert seen.extrema == pytest.approx(np.stack([-swing, swing]), rel=1e-7)
    assert seen.crossings is not None
    gaps = np.diff(seen.crossings.times, axis=0)
    for lane, energy in enumerate(energies):
        count = int(seen.crossings.counts[lane])
        assert count == int((30.0 + 0.3) / tanh_period_float(energy, 1.0) + 0.5)
        assert gaps[: count - 1, lane] == pytest.approx(tanh_period_float(energy, 1.0), rel=1e-8)
        assert abs(seen.sign_changes[lane, 1] - 2 * count) <= 1


def test_nothing_is_observed_unasked() -> None:
    assert simulate(J, [1.0, 0.0], 1.0).observations.extrema is None


def test_a_system_brings_everything() -> None:
    known = system([[0, 1], [-1, 0]], "gelu", form="inner", leak="1/4", bias=[1, 0])
    found = simulate(known, [0.5, 0.5], 3.0)
    same = simulate(J, [0.5, 0.5], 3.0, activation="gelu", form="inner", leak=0.25, bias=[1, 0])
    assert found.final_state.tolist() == same.final_state.tolist()
    with pytest.raises(InvalidInput, match="brings its own"):
        simulate(known, [0.5, 0.5], 3.0, leak=0.1)


def raising(_: FloatArray) -> FloatArray:
    raise ZeroDivisionError("in the middle")


def writing(x: FloatArray) -> FloatArray:
    x += 1
    return x


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"t_end": 0.0}, "t_end is 0.0"),
        ({"t_end": math.nan}, "t_end is nan"),
        ({"W": [[0, math.inf], [-math.inf, 0]]}, r"W\[0, 1\] is inf"),
        ({"W": np.zeros((2, 2), dtype=np.float16)}, "dtype float16"),
        ({"x0": np.zeros(2, dtype=complex)}, "dtype complex128"),
        ({"W": np.zeros((2, 3))}, r"W has shape \(2, 3\)"),
        ({"x0": [1.0, 2.0, 3.0]}, r"x0 has shape \(3,\)"),
        ({"W": np.zeros((2, 2, 2)), "x0": np.zeros((3, 2))}, "2 systems but x0 3 states"),
        ({"bias": [1.0]}, r"bias has shape \(1,\)"),
        ({"leak": -1.0}, "leak is -1.0"),
        ({"method": "rk5"}, "method is 'rk5'"),
        ({"engine": "gpu"}, "engine is 'gpu'"),
        ({"form": "sideways"}, "form is 'sideways'"),
        ({"threads": 0}, "threads is 0"),
        ({"observe": "extrema"}, "observe is 'extrema'"),
        ({"observe": ["energy"]}, "observe is"),
        ({"observe": ["crossings"], "section": ([0.0, 0.0], 1.0)}, "not all 0"),
        ({"energy_tolerance": 0.0}, "energy_tolerance is 0.0"),
        ({"save_at": [0.5, 0.5]}, "increasing times"),
        ({"save_at": [2.0]}, "increasing times"),
        ({"x0": np.zeros((2000, 2)), "save_at": np.linspace(0, 1, 50_000)}, "need 1526 MiB"),
        ({"activation": lambda x: x[:1]}, "acts elementwise"),
        ({"activation": lambda x: x.astype(np.float32)}, "gave float32"),
        ({"activation": lambda _: 0.0}, "acts elementwise"),
        ({"activation": raising}, "raised ZeroDivisionError: in the middle"),
        ({"activation": writing}, "read-only"),
        ({"activation": 3}, "activation is 3"),
        ({"W": [[0, 1], [1]]}, "W is not an array of numbers"),
        ({"bias": [[1], [1, 2]]}, "bias is not an array of numbers"),
        ({"W": system([[0, "1e400"], [-1, 0]])}, r"W\[0, 1\] is inf"),
        ({"leak": None}, "leak is None"),
        ({"leak": "1"}, "leak is '1'"),
        ({"method": ["rk4"]}, "method is"),
        ({"save_at": 0.5}, "increasing times"),
        ({"observe": 5}, "observe is 5"),
        ({"observe": (name for name in ["extrema"])}, "observe is"),
        ({"observe": ["crossings"], "section": 3}, "section is 3"),
        ({"observe": ["crossings"], "section": ([1.0, 0.0],)}, "Give a pair"),
        ({"step": 1e-12}, "more than 1e[+]10 steps"),
        ({"step": 1e-300, "t_end": 1e300}, "more than 1e[+]10 steps"),
    ],
)
def test_bad_input_is_refused_with_the_value(change: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"W": J, "x0": [1.0, 0.0], "t_end": 1.0, **change}
    with pytest.raises(InvalidInput, match=message):
        simulate(**arguments)


def test_an_unknown_activation_is_named() -> None:
    with pytest.raises(UnknownName, match="tanh"):
        simulate(J, [1.0, 0.0], 1.0, activation="tanhh")


@pytest.mark.parametrize("size", [1, 7, 33])
def test_any_number_of_systems_fits_the_lanes(size: int) -> None:
    W, x0 = skew_batch(2, size)
    together = simulate(W, x0, 5.0, engine="compiled").final_state
    alone = [simulate(w, x, 5.0, engine="numpy").final_state[0] for w, x in zip(W, x0, strict=True)]
    assert together == pytest.approx(np.array(alone), abs=1e-7)


def test_the_check_catches_a_wrong_field(monkeypatch: pytest.MonkeyPatch) -> None:
    # a mutant: the wrong sign of one weight makes the network dissipative; its energy cannot be kept
    import gsdcheck.numeric.lanes as lanes

    honest: Callable[..., FloatArray] = lanes.weighted

    def mutant(side: lanes.Lanes, vectors: FloatArray) -> FloatArray:
        return np.abs(honest(side, vectors))

    monkeypatch.setattr(lanes, "weighted", mutant)
    W, x0 = skew_batch(2, 3)
    found = simulate(W, x0, 5.0, engine="numpy")
    assert found.checked_by_energy.all()
    assert not found.met_tolerance.any()


def test_a_function_without_a_slope_is_not_believed_at_its_first_step() -> None:
    # a run whose every segment is one step, and its repetition, agree whatever the step
    steep = simulate(J, [1.0, 2.0], 1.0, activation=lambda x: np.sin(200 * x))
    exact = simulate(J, [1.0, 2.0], 1.0, activation="sin(200*x)", energy_tolerance=1e-12)
    assert steep.met_tolerance.all()
    assert steep.final_state == pytest.approx(exact.final_state, abs=1e-5)


@ENGINES
def test_close_saved_times_do_not_hide_the_error_of_a_step(engine: str) -> None:
    # Euler with the step 1/10 has (1 - 1/10)^10 for 1/e
    options: dict[str, Any] = {"activation": "identity", "leak": 1.0, "method": "euler", "engine": engine}
    found = simulate([[0.0]], [1.0], 1.0, step=0.5, save_at=np.arange(1, 11) / 10, **options)
    assert found.final_state[0, 0] == pytest.approx(0.9**10, rel=1e-13)
    assert not found.met_tolerance.any()


@ENGINES
def test_saved_states_are_checked_before_orbits_meet(engine: str) -> None:
    # x' = -x forgets its errors: at t = 100 Euler and the exact orbit are both 0
    options: dict[str, Any] = {
        "activation": "0",
        "leak": 1.0,
        "method": "euler",
        "step": 0.5,
        "engine": engine,
    }
    assert simulate([[0.0]], [1.0], 100.0, **options).met_tolerance.all()
    found = simulate([[0.0]], [1.0], 100.0, save_at=[1.0], **options)
    assert found.states[0, 0, 0] == 0.25
    assert found.error == pytest.approx(0.75**4 - 0.5**2)
    assert not found.met_tolerance.any()


def test_a_method_that_keeps_the_energy_at_any_step_is_not_judged_by_it() -> None:
    # linear, n = 2: implicit midpoint turns by 2 atan(h/2) a step, and not by h, on the right circle
    found = simulate(J, [1.0, 0.0], 100.0, activation="identity", method="implicit_midpoint", step=1.0)
    angle = 100 * 2 * math.atan(1 / 2)
    assert found.final_state[0] == pytest.approx([math.cos(angle), -math.sin(angle)], rel=1e-9)
    assert found.energy_drift[0] < 1e-13
    assert not found.met_tolerance.any()


@pytest.mark.parametrize("t_end", [5e-324, 1e-310])
def test_the_smallest_times_end_where_they_began(t_end: float) -> None:
    found = simulate(J, [1.0, 0.5], t_end)
    assert found.met_tolerance.all()
    assert found.final_state.tolist() == [[1.0, 0.5]]


def test_lanes_that_need_too_many_equal_steps_are_left_to_the_local_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from gsdcheck.numeric.numpy_runners import NumPyRunner

    monkeypatch.setattr(NumPyRunner, "most_evaluations", 100.0)
    x0, exact = (tanh_orbit(0.5, 1.0, np.array(t)) for t in (0.0, 20.0))
    found = simulate(J, x0, 20.0, engine="numpy")
    assert found.met_tolerance.all()
    assert found.final_state[0] == pytest.approx(exact, abs=1e-7)
    assert not simulate(J, x0, 20.0, engine="numpy", method="rk4").met_tolerance.any()


@ENGINES
def test_an_energy_below_the_tolerance_is_no_check(engine: str) -> None:
    # near 0 the network is linear, and Euler's orbit grows by √(1 + h²) a step, here to twelve times its size
    found = simulate(J, [1e-5, 0.0], 100.0, method="euler", step=0.05, engine=engine)
    assert np.linalg.norm(found.final_state) == pytest.approx(1e-5 * (1 + 0.05**2) ** 1000, rel=1e-6)
    assert found.energy_drift[0] < 1e-8
    assert not found.met_tolerance.any()
    assert simulate(J, [1e-5, 0.0], 100.0, engine=engine).met_tolerance.all()


def test_no_crossing_of_a_long_orbit_is_left_out() -> None:
    # the harmonic oscillator rises through 0 once every 2π
    options: dict[str, Any] = {"activation": "identity", "energy_tolerance": 1e-3, "observe": ["crossings"]}
    seen = simulate(J, [1.0, 0.0], 6400.0, **options)
    assert seen.observations.crossings is not None
    assert seen.observations.crossings.counts.tolist() == [int(6400 / (2 * math.pi) + 0.25)]
    assert seen.observations.complete is not None
    assert seen.observations.complete.all()


def test_an_orbit_that_escapes_is_observed_in_part_and_says_so() -> None:
    # x' = x³/2 from 1 has no state beyond t = 1; from 1/10 it has at t = 5
    options: dict[str, Any] = {"activation": "cube", "observe": ["extrema", "sign_changes"]}
    seen = simulate([[0.5]], [[1.0], [0.1]], 5.0, **options).observations
    assert seen.complete is not None
    assert seen.complete.tolist() == [False, True]
