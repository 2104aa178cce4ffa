"""What follows for the flow of one network, in sentences that rest on judgements and exact quantities."""

from collections.abc import Callable

from gsdcheck.certify import linear
from gsdcheck.engine.given import Given, exact_text, rounded_up, shown
from gsdcheck.model.system import Form


def consequences(given: Given) -> list[str]:
    """The sentences, from structure to orbits to spectra."""
    return [sentence for rule in _RULES for sentence in [rule(given)] if sentence]


def _distance(given: Given) -> str | None:
    if linear.is_skew(given.system.W):
        return None
    distance = shown(given.ball("distance_to_skew"))
    if "dissipative-weights-stop-oscillation" in given.theorems:
        return None
    return (
        f"W is not skew: the nearest skew matrix is {distance} away (½‖W + Wᵀ‖). No conserved energy is "
        "promised, nor what rests on one; --project-skew inspects the nearest skew matrix instead."
    )


def _symmetrizable(given: Given) -> str | None:
    W, outer = given.system.W, given.system.form is Form.OUTER
    free = outer and not given.system.leak and not any(given.system.bias)
    if not free or linear.is_skew(W) or linear.skew_symmetrizer(W) is None:
        return None
    return "W is not skew but diag(d) W is, d > 0: Σ d_i Φ(x_i) is constant along every orbit (σ continuous)."


def _conserved(given: Given) -> str | None:
    if "energy-is-conserved" not in given.theorems:
        return None
    return (
        f"The flow conserves H = Σ Φ at {given.y} (energy-is-conserved): a change of H in a simulation "
        "is the error of the integrator."
    )


def _dissipative(given: Given) -> str | None:
    if "dissipative-weights-stop-oscillation" not in given.theorems:
        return None
    goal = "x → 0" if given.system.form is Form.OUTER else "y = Wx + b → 0, hence x → -W⁻¹b"
    distance = shown(given.ball("distance_to_skew"))
    return (
        f"W + Wᵀ is negative definite (½‖W + Wᵀ‖ = {distance}): the flow loses energy until it rests, {goal} "
        "from every start (dissipative-weights-stop-oscillation). It forgets where it started."
    )


def _leak_stops(given: Given) -> str | None:
    if "leak-stops-oscillation" not in given.theorems:
        return None
    return "The leak wins: every orbit goes to 0, whatever the skew W does (leak-stops-oscillation)."


def _planar(given: Given) -> str | None:
    if "all-planar-orbits-are-closed" in given.theorems:
        return f"Every orbit of {given.y} is closed: a centre, not a limit cycle (planar-orbits-are-closed)."
    if given.theorems.isdisjoint(("planar-orbits-are-closed", "well-planar-orbits-are-closed")):
        return None
    depth = exact_text(given.quantities.get("well_depth", {}))
    return (
        f"Orbits of {given.y} in the well with 0 < H < E₀ = {depth} are periodic (planar-orbits-are-closed)."
    )


def _linear(given: Given) -> str | None:
    if "linear-norm-is-conserved-iff-skew" in given.theorems:
        return (
            "σ is linear and W skew: |x| is constant along every orbit (linear-norm-is-conserved-iff-skew)."
        )
    if "linear-oscillation-iff-similar-to-skew" not in given.theorems:
        return None
    return (
        "σ is linear and W is similar to a skew matrix: all orbits are bounded and none but equilibria "
        "converge, though W is not skew (linear-oscillation-iff-similar-to-skew)."
    )


def _bounded(given: Given) -> str | None:
    if "all-orbits-are-bounded" in given.theorems:
        return f"Every orbit of {given.y} is bounded, because E* = ∞ (orbits-are-bounded)." + _state(given)
    if given.theorems.isdisjoint(("orbits-are-bounded", "well-orbits-are-bounded")):
        return None
    energy = exact_text(given.quantities.get("escape_energy", {}))
    start = _start(given)
    return (
        f"Orbits of {given.y} that start in the well below the escape energy E* = {energy} are bounded; "
        f"above it nothing is promised (orbits-are-bounded).{start}{_state(given)}"
    )


def _start(given: Given) -> str:
    """On which side of E* a roll-out from x = 0 begins."""
    if "this-orbit-is-bounded" in given.theorems:
        return " The start x = 0 is below it, so its orbit is bounded."
    energy, escape = given.ball("energy_at_rest"), given.ball("escape_energy")
    if energy is None or escape is None or not energy >= escape:
        return ""
    return f" The start x = 0 is not: it has H = {shown(energy)}."


def _state(given: Given) -> str:
    """What a bounded y says of x in the inner form: the part of x in range W is bounded, W skew."""
    if given.system.form is Form.OUTER:
        return ""
    singular = linear.rank(given.system.W) < given.system.n
    return (
        " W is singular: x itself can only leave along the kernel of W."
        if singular
        else " W is invertible: so is x."
    )


def _oscillation(given: Given) -> str | None:
    if "all-orbits-oscillate" in given.theorems:
        return f"Every orbit of {given.y} but the equilibrium oscillates for ever (oscillation-is-perpetual)."
    if given.theorems.isdisjoint(("oscillation-is-perpetual", "well-orbits-oscillate")):
        return None
    depth = exact_text(given.quantities.get("well_depth", {}))
    start = " The orbit from x = 0 is one of them." if "this-orbit-oscillates" in given.theorems else ""
    return (
        f"Orbits of {given.y} in the well with 0 < H < E₀ = {depth} oscillate for ever, never converging "
        f"(oscillation-is-perpetual).{start}"
    )


def _escaping_bias(given: Given) -> str | None:
    if "bias-outside-range-unbounds-the-inner-form" not in given.theorems:
        return None
    leak = " A leak γ > 0 would bound every orbit." if given.most("bound") is not None else ""
    return (
        "b is not in range W: while some y = Wx + b rests, its x runs along a straight line to infinity "
        "(bias-outside-range-unbounds-the-inner-form). For kᵀW = 0, k·y = k·b is constant but k·x is not."
        f"{leak}"
    )


def _drifts(given: Given) -> str | None:
    if "inner-form-drifts" not in given.theorems:
        return None
    return (
        "Some k·x with kᵀW = 0, k > 0, grows at least linearly in t from every x₀ with Wx₀ + b ≠ 0, because σ "
        "lies above a line through 0 (inner-form-drifts)."
    )


def _small_rank(given: Given) -> str | None:
    if (
        "rank-two-inner-orbits-are-bounded" not in given.theorems
        or linear.rank(given.system.W) == given.system.n
    ):
        return None
    return (
        "W has rank at most 2 and σ is odd: x itself is bounded, and periodic unless it rests "
        "(rank-two-inner-orbits-are-bounded)."
    )


def _one_signed(given: Given) -> str | None:
    if "one-signed-activations-unbound-orbits" not in given.theorems:
        return None
    return (
        f"σ keeps one strict sign and W is invertible: every orbit of {given.y} is unbounded "
        "(one-signed-activations-unbound-orbits)."
    )


def _dichotomy(given: Given) -> str | None:
    if "leaves-oscillate-or-all-escape" not in given.theorems or not any(given.system.bias):
        return None
    return (
        "With this bias either an equilibrium exists, and then every orbit is bounded and oscillates for ever unless "
        "it rests, or none exists, and then every orbit is unbounded (leaves-oscillate-or-all-escape)."
    )


def _casimirs(given: Given) -> str | None:
    count = given.system.n - linear.rank(given.system.W)
    if "casimirs-are-conserved" not in given.theorems or not count:
        return None
    what = "one linear combination" if count == 1 else f"{count} independent linear combinations"
    return f"The flow conserves {what} k·x of the state, kᵀW = 0 (casimirs-are-conserved)."


def _leaky(given: Given) -> str | None:
    bound, leak = given.most("bound"), given.system.leak
    if "leaky-orbits-are-bounded" not in given.theorems or bound is None:
        return None
    if given.system.form is Form.OUTER:
        return "The leak confines every orbit, because σ is bounded (leaky-orbits-are-bounded)."
    reach = rounded_up(bound / leak)
    text = f"The leak confines every orbit: in the limit |x_i| ≤ M/γ ≤ {reach} (leaky-orbits-are-bounded)."
    if "leaky-euler-iterates-are-bounded" in given.theorems:
        text += f" Forward Euler at h = {given.step} keeps |x_i| ≤ max(|x_i(0)|, {reach}), whatever W is."
    return text


def _contraction(given: Given) -> str | None:
    """L‖W‖₂ < γ, by upper ends: the flow and forward Euler with 0 < hγ ≤ 1 contract to one equilibrium."""
    L, norm, leak = given.most("lipschitz_constant"), given.most("spectral_norm"), given.system.leak
    if L is None or norm is None or not leak:
        return None
    if L * norm < leak:
        return (
            f"L‖W‖₂ ≤ {rounded_up(L * norm)} < γ = {leak}: the flow, and forward Euler with 0 < hγ ≤ 1, contract "
            "to a single equilibrium from every start."
        )
    return (
        f"L‖W‖₂ ≤ {rounded_up(L * norm)} is not shown to be < γ = {leak}: "
        "a single attracting equilibrium is not guaranteed."
    )


def _spectrum(given: Given) -> str | None:
    if "jacobian-spectrum-is-imaginary" in given.theorems:
        return (
            "Jacobian eigenvalues are imaginary wherever σ is differentiable: frozen there, the linearised flow neither "
            "grows nor decays exponentially (jacobian-spectrum-is-imaginary)."
        )
    if "jacobian-spectrum-is-symmetric" in given.theorems:
        return (
            f"σ {given.lacks('nondecreasing')}, so Jacobian eigenvalues may leave the imaginary axis, in pairs "
            "±λ (jacobian-spectrum-is-symmetric): gradients can grow."
        )
    return None


_RULES: tuple[Callable[[Given], str | None], ...] = (
    _distance,
    _symmetrizable,
    _conserved,
    _dissipative,
    _leak_stops,
    _bounded,
    _planar,
    _oscillation,
    _linear,
    _one_signed,
    _dichotomy,
    _small_rank,
    _drifts,
    _escaping_bias,
    _casimirs,
    _leaky,
    _contraction,
    _spectrum,
)
