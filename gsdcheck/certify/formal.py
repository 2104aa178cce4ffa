"""Which Coq theorems say a claim, and which say a theorem of the table. Data, held against both by a reviewer.

A claim is listed only if its statement in the catalogue says no more than the Coq theorems say, hypothesis by
hypothesis; a theorem of `certify.theorems` only if they cover its premises and its conclusion. What the catalogue
calls an orbit is in Coq a solution that no solution continues; that solutions exist is proved too (`Existence`).
"""

from dataclasses import dataclass

from gsdcheck.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Formal:
    """What Coq proves of a claim: that it holds, or its negation.

    Attributes:
        verdict: proved, or refuted where the theorems contain the negation of the claim's literal reading.
        theorems: Module.theorem; together they say the claim, and further ones give instances of it.
    """

    verdict: Verdict
    theorems: tuple[str, ...]


def _proved(*theorems: str) -> Formal:
    return Formal(verdict=Verdict.PROVED, theorems=theorems)


def _refuted(*theorems: str) -> Formal:
    return Formal(verdict=Verdict.REFUTED, theorems=theorems)


FORMAL_CLAIMS: dict[str, Formal] = {
    "energy-is-conserved": _proved(
        "InvariantClaims.energy_is_conserved", "InvariantClaims.tanh_energy_is_conserved"
    ),
    "conserved-energy-implies-skew": _proved("InvariantClaims.conserved_energy_implies_skew"),
    "inner-conserved-energy-implies-skew": _refuted(
        "InvariantClaims.inner_conserved_energy_does_not_imply_skew"
    ),
    "skewness-is-necessary-for-an-invariant": _refuted(
        "InvariantClaims.skewness_is_not_necessary_for_an_invariant"
    ),
    "casimirs-are-conserved-in-the-inner-form": _refuted(
        "InvariantClaims.casimirs_are_not_conserved_in_the_inner_form"
    ),
    "large-bias-unbounds-orbits": _proved("EscapeClaims.large_bias_unbounds_orbits"),
    "skew-symmetrizable-weights-conserve-an-energy": _proved(
        "InvariantClaims.skew_symmetrizable_weights_conserve_an_energy"
    ),
    "casimirs-are-conserved": _proved("InvariantClaims.casimirs_are_conserved"),
    "odd-size-has-a-casimir": _proved("InvariantClaims.odd_size_has_a_casimir"),
    "oddness-is-necessary-for-the-invariant": _refuted(
        "InvariantClaims.oddness_is_not_necessary_for_the_invariant"
    ),
    "boundedness-is-necessary-for-the-invariant": _refuted(
        "InvariantClaims.boundedness_is_not_necessary_for_the_invariant"
    ),
    "bias-tilts-the-energy": _proved("InvariantClaims.bias_tilts_the_energy"),
    "orbits-are-bounded": _proved("OrbitClaims.orbits_are_bounded"),
    "odd-bounded-continuous-suffices": _refuted("RestClaims.odd_bounded_continuous_does_not_suffice"),
    "oscillation-is-perpetual": _proved(
        "OrbitClaims.oscillation_is_perpetual",
        "OrbitClaims.tanh_oscillates",
        "OrbitClaims.expm1_oscillates",
    ),
    "leaves-hold-one-equilibrium": _proved("RestClaims.leaves_hold_one_equilibrium"),
    "inner-orbits-converge-only-at-rest": _proved("RestClaims.inner_orbits_converge_only_at_rest"),
    "coordinates-keep-changing-sign": _proved("RestClaims.activations_average_to_zero"),
    "invertible-weights-bound-inner-orbits": _proved("OrbitClaims.invertible_weights_bound_inner_orbits"),
    "activations-average-to-zero": _proved("RestClaims.activations_average_to_zero"),
    "skewness-is-necessary-for-oscillation": _refuted("RestClaims.skewness_is_not_necessary_for_oscillation"),
    "leak-stops-oscillation": _proved("RestClaims.leak_stops_oscillation"),
    "leaves-oscillate-or-all-escape": _proved("RestClaims.leaves_oscillate_or_all_escape"),
    "inner-form-drifts": _proved("EscapeClaims.inner_form_drifts"),
    "one-signed-activations-unbound-orbits": _proved("EscapeClaims.one_signed_activations_unbound_orbits"),
    "leaky-euler-keeps-its-bound": _proved("EscapeClaims.leaky_euler_keeps_its_bound"),
    "leaky-orbits-are-bounded": _proved("EscapeClaims.leaky_orbits_are_bounded"),
    "jacobian-spectrum-is-imaginary": _proved("SpectrumClaims.jacobian_spectrum_is_imaginary"),
    "jacobian-spectrum-is-symmetric": _proved(
        "JacobianSymmetry.jacobian_spectrum_is_symmetric_outer",
        "JacobianSymmetry.jacobian_spectrum_is_symmetric_inner",
        "SpectrumClaims.odd_jacobian_is_singular",
    ),
    "odd-jacobian-is-singular": _proved("SpectrumClaims.odd_jacobian_is_singular"),
    "planar-jacobian-has-opposite-eigenvalues": _proved(
        "SpectrumClaims.planar_jacobian_has_opposite_eigenvalues"
    ),
    "jacobian-spectrum-is-always-imaginary": _refuted(
        "SpectrumClaims.jacobian_spectrum_is_not_always_imaginary"
    ),
    "linear-norm-is-conserved-iff-skew": _proved("SpectrumClaims.linear_norm_is_conserved_iff_skew"),
    "linear-euler-blows-up": _proved("EulerClaims.linear_euler_blows_up"),
    "euler-energy-never-decreases": _proved("EulerClaims.euler_energy_never_decreases"),
    "closed-orbits-never-survive-euler": _proved("EulerClaims.closed_orbits_never_survive_euler"),
    "euler-step-gains-at-most-quadratically": _proved("EulerClaims.euler_step_gains_at_most_quadratically"),
    "euler-step-bound-is-attained": _proved("EulerClaims.euler_step_bound_is_attained"),
    "euler-energy-diverges": _proved("EulerClaims.euler_energy_diverges"),
    "euler-growth-is-at-most-linear": _proved("EulerClaims.euler_growth_is_at_most_linear"),
    "euler-does-not-overflow": _proved("EulerClaims.euler_does_not_overflow"),
    "bounded-activations-bound-euler": _refuted("EulerClaims.bounded_activations_do_not_bound_euler"),
    "euler-iterates-diverge": _proved("EulerClaims.euler_iterates_diverge"),
    "leaky-linear-euler-is-stable": _proved("EulerClaims.leaky_linear_euler_is_stable"),
    "splitting-substeps-are-exact": _proved("RemedyClaims.splitting_substeps_are_exact"),
    "splitting-keeps-casimirs": _proved("RemedyClaims.splitting_keeps_casimirs"),
    "splitting-is-symmetric": _proved("RemedyClaims.splitting_is_symmetric"),
    "midpoint-keeps-linear-norm": _proved("RemedyClaims.midpoint_keeps_linear_norm"),
    "discrete-gradients-keep-energy": _proved("RemedyClaims.discrete_gradients_keep_energy"),
}
"""The claims that Coq decides, by id."""

_BOUNDED = ("OrbitClaims.orbits_are_bounded",)
_PERPETUAL = ("OrbitClaims.oscillation_is_perpetual",)
_DRIFT = ("EscapeClaims.inner_form_drifts",)
_ONE_SIGNED = ("EscapeClaims.one_signed_activations_unbound_orbits",)
_LEAKY = ("EscapeClaims.leaky_orbits_are_bounded",)
_DIVERGE = ("EulerClaims.euler_iterates_diverge",)
_AVERAGES = (
    "RestClaims.activations_average_to_zero",
    "OrbitClaims.orbits_are_bounded",
    "OrbitClaims.invertible_weights_bound_inner_orbits",
)

FORMAL_THEOREMS: dict[str, tuple[str, ...]] = {
    "energy-is-conserved": ("InvariantClaims.energy_is_conserved",),
    "conserved-energy-implies-skew": ("InvariantClaims.conserved_energy_implies_skew",),
    "skew-symmetrizable-weights-conserve-an-energy": (
        "InvariantClaims.skew_symmetrizable_weights_conserve_an_energy",
    ),
    "casimirs-are-conserved": ("InvariantClaims.casimirs_are_conserved",),
    "odd-size-has-a-casimir": ("InvariantClaims.odd_size_has_a_casimir",),
    "bias-tilts-the-energy": ("InvariantClaims.bias_tilts_the_energy",),
    "large-bias-unbounds-orbits": ("EscapeClaims.large_bias_unbounds_orbits",),
    "orbits-are-bounded": _BOUNDED,
    "well-orbits-are-bounded": _BOUNDED,
    "all-orbits-are-bounded": _BOUNDED,
    "this-orbit-is-bounded": _BOUNDED,
    "invertible-inner-orbits-are-bounded": ("OrbitClaims.invertible_inner_orbits_are_bounded",),
    "invertible-weights-bound-inner-orbits": ("OrbitClaims.invertible_weights_bound_inner_orbits",),
    "inner-form-drifts": _DRIFT,
    "drift-against-increasing-activations": _DRIFT,
    "drift-against-inner-orbits-are-bounded": _DRIFT,
    "drift-against-rank-two-inner-orbits-are-bounded": _DRIFT,
    "one-signed-activations-unbound-orbits": _ONE_SIGNED,
    "one-signed-activation-against-orbits-are-bounded": _ONE_SIGNED,
    "one-signed-activation-against-planar-orbits-are-closed": _ONE_SIGNED,
    "one-signed-activation-against-oscillation-is-perpetual": _ONE_SIGNED,
    "leaky-orbits-are-bounded": _LEAKY,
    "leaky-euler-iterates-are-bounded": _LEAKY,
    "leaky-euler-keeps-its-bound": ("EscapeClaims.leaky_euler_keeps_its_bound",),
    "oscillation-is-perpetual": _PERPETUAL,
    "well-orbits-oscillate": _PERPETUAL,
    "this-orbit-oscillates": _PERPETUAL,
    "all-orbits-oscillate": ("OrbitClaims.all_orbits_oscillate",),
    "leaves-hold-one-equilibrium": ("RestClaims.leaves_hold_one_equilibrium",),
    "inner-orbits-converge-only-at-rest": ("RestClaims.inner_orbits_converge_only_at_rest",),
    "activations-average-to-zero": _AVERAGES,
    "coordinates-keep-changing-sign": _AVERAGES,
    "leaves-oscillate-or-all-escape": ("RestClaims.leaves_oscillate_or_all_escape",),
    "leak-stops-oscillation": ("RestClaims.leak_stops_oscillation",),
    "jacobian-spectrum-is-imaginary": (
        "SpectrumClaims.jacobian_spectrum_is_imaginary",
        "SpectrumClaims.nondecreasing_slope_is_nonnegative",
    ),
    "jacobian-spectrum-is-symmetric": (
        "JacobianSymmetry.jacobian_spectrum_is_symmetric_outer",
        "JacobianSymmetry.jacobian_spectrum_is_symmetric_inner",
    ),
    "odd-jacobian-is-singular": ("SpectrumClaims.odd_jacobian_is_singular",),
    "planar-jacobian-has-opposite-eigenvalues": ("SpectrumClaims.planar_jacobian_has_opposite_eigenvalues",),
    "linear-norm-is-conserved-iff-skew": ("SpectrumClaims.linear_norm_is_conserved_iff_skew",),
    "linear-euler-blows-up": ("EulerClaims.linear_euler_blows_up",),
    "euler-energy-never-decreases": ("EulerClaims.euler_energy_never_decreases",),
    "closed-orbits-never-survive-euler": ("EulerClaims.closed_orbits_never_survive_euler",),
    "euler-step-gains-at-most-quadratically": ("EulerClaims.euler_step_gains_at_most_quadratically",),
    "euler-step-bound-is-attained": ("EulerClaims.euler_step_bound_is_attained",),
    "euler-energy-diverges": ("EulerClaims.euler_energy_diverges",),
    "euler-growth-is-at-most-linear": ("EulerClaims.euler_growth_is_at_most_linear",),
    "euler-does-not-overflow": ("EulerClaims.euler_does_not_overflow",),
    "euler-iterates-diverge": _DIVERGE,
    "euler-diverges-though-bounded": _DIVERGE,
    "leaky-linear-euler-is-stable": ("EulerClaims.leaky_linear_euler_is_stable",),
    "splitting-substeps-are-exact": ("RemedyClaims.splitting_substeps_are_exact",),
    "splitting-keeps-casimirs": ("RemedyClaims.splitting_keeps_casimirs",),
    "splitting-is-symmetric": ("RemedyClaims.splitting_is_symmetric",),
    "midpoint-keeps-linear-norm": ("RemedyClaims.midpoint_keeps_linear_norm",),
    "discrete-gradients-keep-energy": ("RemedyClaims.discrete_gradients_keep_energy",),
}
"""The theorems of `certify.theorems`, by id, whose conclusion Coq proves from their premises."""

NAMED_IN_COQ: tuple[str, ...] = tuple(
    sorted(
        {name for formal in FORMAL_CLAIMS.values() for name in formal.theorems}
        | {name for names in FORMAL_THEOREMS.values() for name in names}
    )
)
"""Every Coq theorem that something here rests on."""
