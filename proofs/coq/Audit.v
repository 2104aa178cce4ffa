(** Every theorem: its statement and what it assumes.
    Expected: the four axioms of the standard reals, or fewer. *)
From Gsdcheck Require Vectors.
From Gsdcheck Require Flows.
From Gsdcheck Require Convexity.
From Gsdcheck Require Compactness.
From Gsdcheck Require Energy.
From Gsdcheck Require Casimirs.
From Gsdcheck Require ConservedImpliesSkew.
From Gsdcheck Require Boundedness.
From Gsdcheck Require Oscillation.
From Gsdcheck Require Dichotomy.
From Gsdcheck Require Leak.
From Gsdcheck Require Drift.
From Gsdcheck Require Jacobian.
From Gsdcheck Require Euler.
From Gsdcheck Require EulerDiverges.
From Gsdcheck Require LeakyEuler.
From Gsdcheck Require Splitting.
From Gsdcheck Require Instances.
From Gsdcheck Require Witness.

(** Energy.v *)
Check Energy.energy_is_conserved_outer.
Print Assumptions Energy.energy_is_conserved_outer.
Check Energy.energy_is_conserved_inner.
Print Assumptions Energy.energy_is_conserved_inner.
Check Energy.energy_is_conserved_of_continuous.
Print Assumptions Energy.energy_is_conserved_of_continuous.
Check Energy.weighted_energy_is_conserved.
Print Assumptions Energy.weighted_energy_is_conserved.
Check Energy.weighted_energy_is_conserved_inner.
Print Assumptions Energy.weighted_energy_is_conserved_inner.
Check Energy.tilted_energy_is_conserved.
Print Assumptions Energy.tilted_energy_is_conserved.

(** Casimirs.v *)
Check Casimirs.casimirs_are_conserved.
Print Assumptions Casimirs.casimirs_are_conserved.
Check Casimirs.odd_size_has_a_casimir.
Print Assumptions Casimirs.odd_size_has_a_casimir.

(** ConservedImpliesSkew.v *)
Check ConservedImpliesSkew.conserved_energy_implies_skew_outer.
Print Assumptions ConservedImpliesSkew.conserved_energy_implies_skew_outer.
Check ConservedImpliesSkew.conserved_energy_implies_skew_inner.
Print Assumptions ConservedImpliesSkew.conserved_energy_implies_skew_inner.
Check ConservedImpliesSkew.linear_norm_is_conserved_iff_skew.
Print Assumptions ConservedImpliesSkew.linear_norm_is_conserved_iff_skew.

(** Boundedness.v *)
Check Boundedness.orbits_are_bounded_outer.
Print Assumptions Boundedness.orbits_are_bounded_outer.
Check Boundedness.orbits_are_bounded_inner.
Print Assumptions Boundedness.orbits_are_bounded_inner.
Check Boundedness.all_orbits_are_bounded_outer.
Print Assumptions Boundedness.all_orbits_are_bounded_outer.
Check Boundedness.inner_orbit_is_bounded_with_y.
Print Assumptions Boundedness.inner_orbit_is_bounded_with_y.

(** Oscillation.v *)
Check Oscillation.oscillation_is_perpetual_outer.
Print Assumptions Oscillation.oscillation_is_perpetual_outer.
Check Oscillation.oscillation_is_perpetual_inner.
Print Assumptions Oscillation.oscillation_is_perpetual_inner.
Check Oscillation.activations_have_mean_zero_outer.
Print Assumptions Oscillation.activations_have_mean_zero_outer.

(** Dichotomy.v *)
Check Dichotomy.solutions_stay_on_their_leaf.
Print Assumptions Dichotomy.solutions_stay_on_their_leaf.
Check Dichotomy.leaves_hold_one_equilibrium.
Print Assumptions Dichotomy.leaves_hold_one_equilibrium.
Check Dichotomy.equilibrium_minimises_energy.
Print Assumptions Dichotomy.equilibrium_minimises_energy.
Check Dichotomy.converging_orbits_rest.
Print Assumptions Dichotomy.converging_orbits_rest.
Check Dichotomy.inner_orbit_converges_iff_at_rest.
Print Assumptions Dichotomy.inner_orbit_converges_iff_at_rest.
Check Dichotomy.equilibrium_bounds_all_orbits.
Print Assumptions Dichotomy.equilibrium_bounds_all_orbits.
Check Dichotomy.every_leaf_holds_an_equilibrium.
Print Assumptions Dichotomy.every_leaf_holds_an_equilibrium.
Check Dichotomy.bounded_orbit_implies_equilibrium.
Print Assumptions Dichotomy.bounded_orbit_implies_equilibrium.

(** Leak.v *)
Check Leak.leak_dissipates_outer.
Print Assumptions Leak.leak_dissipates_outer.
Check Leak.leak_lowers_energy_outer.
Print Assumptions Leak.leak_lowers_energy_outer.
Check Leak.leak_lowers_energy_inner.
Print Assumptions Leak.leak_lowers_energy_inner.
Check Leak.leak_strictly_lowers_energy_outer.
Print Assumptions Leak.leak_strictly_lowers_energy_outer.

(** Drift.v *)
Check Drift.inner_form_drifts.
Print Assumptions Drift.inner_form_drifts.

(** Jacobian.v *)
Check Jacobian.jacobian_spectrum_is_imaginary_outer.
Print Assumptions Jacobian.jacobian_spectrum_is_imaginary_outer.
Check Jacobian.jacobian_spectrum_is_imaginary_inner.
Print Assumptions Jacobian.jacobian_spectrum_is_imaginary_inner.
Check Jacobian.odd_jacobian_is_singular.
Print Assumptions Jacobian.odd_jacobian_is_singular.

(** Euler.v *)
Check Euler.linear_euler_blows_up.
Print Assumptions Euler.linear_euler_blows_up.
Check Euler.planar_linear_euler_blows_up.
Print Assumptions Euler.planar_linear_euler_blows_up.
Check Euler.euler_energy_never_decreases_outer.
Print Assumptions Euler.euler_energy_never_decreases_outer.
Check Euler.euler_energy_never_decreases_inner.
Print Assumptions Euler.euler_energy_never_decreases_inner.
Check Euler.euler_energy_increases_outer.
Print Assumptions Euler.euler_energy_increases_outer.
Check Euler.euler_energy_increases_inner.
Print Assumptions Euler.euler_energy_increases_inner.
Check Euler.euler_orbits_never_close.
Print Assumptions Euler.euler_orbits_never_close.
Check Euler.euler_energy_step_is_quadratic_outer.
Print Assumptions Euler.euler_energy_step_is_quadratic_outer.
Check Euler.euler_growth_is_at_most_linear_outer.
Print Assumptions Euler.euler_growth_is_at_most_linear_outer.
Check Euler.euler_growth_is_at_most_linear_inner.
Print Assumptions Euler.euler_growth_is_at_most_linear_inner.
Check Euler.euler_does_not_overflow_outer.
Print Assumptions Euler.euler_does_not_overflow_outer.
Check Euler.euler_does_not_overflow_inner.
Print Assumptions Euler.euler_does_not_overflow_inner.
Check Euler.operator_bound_exists.
Print Assumptions Euler.operator_bound_exists.

(** EulerDiverges.v *)
Check EulerDiverges.euler_iterates_diverge_outer.
Print Assumptions EulerDiverges.euler_iterates_diverge_outer.
Check EulerDiverges.euler_iterates_diverge_inner.
Print Assumptions EulerDiverges.euler_iterates_diverge_inner.

(** LeakyEuler.v *)
Check LeakyEuler.leaky_euler_is_asymptotically_stable_iff.
Print Assumptions LeakyEuler.leaky_euler_is_asymptotically_stable_iff.
Check LeakyEuler.leaky_euler_is_bounded_iff.
Print Assumptions LeakyEuler.leaky_euler_is_bounded_iff.

(** Splitting.v *)
Check Splitting.outer_substep_is_exact_flow.
Print Assumptions Splitting.outer_substep_is_exact_flow.
Check Splitting.inner_substep_is_exact_flow.
Print Assumptions Splitting.inner_substep_is_exact_flow.
Check Splitting.outer_substep_keeps_casimirs.
Print Assumptions Splitting.outer_substep_keeps_casimirs.
Check Splitting.sweep_keeps_casimirs.
Print Assumptions Splitting.sweep_keeps_casimirs.
Check Splitting.outer_sweep_is_symmetric.
Print Assumptions Splitting.outer_sweep_is_symmetric.
Check Splitting.inner_sweep_is_symmetric.
Print Assumptions Splitting.inner_sweep_is_symmetric.

(** Instances.v *)
Check Instances.increasing_activations_oscillate.
Print Assumptions Instances.increasing_activations_oscillate.
Check Instances.tanh_energy_is_conserved.
Print Assumptions Instances.tanh_energy_is_conserved.
Check Instances.tanh_oscillates_perpetually.
Print Assumptions Instances.tanh_oscillates_perpetually.
Check Instances.tanh_euler_growth_is_at_most_linear.
Print Assumptions Instances.tanh_euler_growth_is_at_most_linear.
Check Instances.tanh_euler_iterates_diverge.
Print Assumptions Instances.tanh_euler_iterates_diverge.
Check Instances.bounded_activations_do_not_bound_euler.
Print Assumptions Instances.bounded_activations_do_not_bound_euler.
Check Instances.oddness_is_not_necessary_for_the_invariant.
Print Assumptions Instances.oddness_is_not_necessary_for_the_invariant.
Check Instances.boundedness_is_not_necessary_for_the_invariant.
Print Assumptions Instances.boundedness_is_not_necessary_for_the_invariant.
Check Instances.expm1_oscillates_perpetually.
Print Assumptions Instances.expm1_oscillates_perpetually.

(** Witness.v *)
Check Witness.rotation_is_solvable.
Print Assumptions Witness.rotation_is_solvable.
Check Witness.circle_oscillates_perpetually.
Print Assumptions Witness.circle_oscillates_perpetually.
Check Witness.spiral_loses_energy.
Print Assumptions Witness.spiral_loses_energy.
