"""What follows for forward Euler, in sentences that rest on judgements and exact quantities."""

from fractions import Fraction

from gsdcheck.engine.given import Given, rounded_up, shown
from gsdcheck.model.system import Form


def euler_consequences(given: Given) -> list[str]:
    """The sentences about the iterates x + h f(x); none without a step."""
    rules = (_energy, _no_promise, _linear, _no_overflow, _repelling_rest)
    return (
        [] if given.step is None else [sentence for rule in rules for sentence in [rule(given)] if sentence]
    )


def _energy(given: Given) -> str | None:
    if "euler-energy-never-decreases" not in given.theorems:
        return None
    text = f"Forward Euler at h = {given.step} never lowers H (euler-energy-never-decreases)"
    growth = energy_per_step(given)
    if growth is not None and "euler-growth-is-at-most-linear" in given.theorems:
        text += (
            f", and raises it by at most (L h²/2) n M² ‖W‖₂² ≤ {rounded_up(growth)} a step "
            "(euler-growth-is-at-most-linear)"
        )
    if "euler-iterates-diverge" in given.theorems:
        text += (
            f". In the end |{given.y[0]}| → ∞ unless it rests from the start: no closed orbit survives "
            "(euler-iterates-diverge)"
        )
    return text + "."


def energy_per_step(given: Given) -> Fraction | None:
    """(L h²/2) n M² ‖W‖₂², from above; None where L, M or the norm is unknown.

    H(x_{k+1}) - H(x_k) ≤ (L h²/2) ‖Wσ‖², and ‖Wσ‖ ≤ ‖W‖₂ √n M.
    """
    L, M, norm = (given.most(name) for name in ("lipschitz_constant", "bound", "spectral_norm"))
    if given.step is None or L is None or M is None or norm is None:
        return None
    return L * given.step**2 / 2 * given.system.n * M**2 * norm**2


def _no_promise(given: Given) -> str | None:
    if "energy-is-conserved" not in given.theorems or "euler-energy-never-decreases" in given.theorems:
        return None
    bounded = (
        ""
        if "euler-does-not-overflow" in given.theorems
        else f", and as σ {given.lacks('bounded')}, none for its size"
    )
    return (
        f"σ {given.lacks('nondecreasing')}: under forward Euler H may rise and fall, "
        f"there is no guarantee for it{bounded}."
    )


def _linear(given: Given) -> str | None:
    if "linear-euler-blows-up" not in given.theorems:
        return None
    return f"Forward Euler at h = {given.step} grows exponentially where Wx ≠ 0 (linear-euler-blows-up)."


def _no_overflow(given: Given) -> str | None:
    bound = given.most("bound")
    if given.step is None or "euler-does-not-overflow" not in given.theorems or bound is None:
        return None
    if given.system.form is Form.OUTER:
        return "Under forward Euler |x| grows at most linearly in k: no overflow (euler-does-not-overflow)."
    return (
        f"Under forward Euler every |x_i| grows by at most hM ≤ {rounded_up(bound * given.step)} a step: "
        "no overflow (euler-does-not-overflow)."
    )


def _repelling_rest(given: Given) -> str | None:
    volume = given.ball("euler_determinant")
    if volume is None or not abs(volume) > 1:
        return None
    return (
        f"|det(I + hJ)| = {shown(abs(volume))} > 1 where the flow rests: forward Euler at h = {given.step} expands "
        "volume there, so the rest state is unstable for it. An oscillation that lasts is made by the step size."
    )
