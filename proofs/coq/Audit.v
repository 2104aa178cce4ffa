(** Every theorem: its statement, and file by file what the theorems assume.

    Expected: the four axioms of the standard reals, or fewer. The theorems of a file are printed
    together, because a walk through the libraries takes most of a second. *)
From Coq Require Import Reals.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import
  Vectors Flows Convexity Compactness LinearSolutions Energy Casimirs ConservedImpliesSkew
  Boundedness Oscillation Dichotomy OneSigned Leak LeakLimit Drift Jacobian Euler EulerDiverges
  LeakyEuler Splitting Instances Refutations Witness.
From Gsdcheck Require JacobianSymmetry.
Open Scope R_scope.

(** ** LinearSolutions.v *)
Check LinearSolutions.linear_is_solvable.
Definition linear_solutions_theorems :=
  (@LinearSolutions.linear_is_solvable).
Print Assumptions linear_solutions_theorems.

(** ** Energy.v *)
Check Energy.energy_is_conserved_outer.
Check Energy.energy_is_conserved_inner.
Check Energy.energy_is_conserved_of_continuous.
Check Energy.weighted_energy_is_conserved.
Check Energy.weighted_energy_is_conserved_inner.
Check Energy.tilted_energy_is_conserved.
Definition energy_theorems :=
  (@Energy.energy_is_conserved_outer,
   @Energy.energy_is_conserved_inner,
   @Energy.energy_is_conserved_of_continuous,
   @Energy.weighted_energy_is_conserved,
   @Energy.weighted_energy_is_conserved_inner,
   @Energy.tilted_energy_is_conserved).
Print Assumptions energy_theorems.

(** ** Casimirs.v *)
Check Casimirs.casimirs_are_conserved.
Check Casimirs.odd_size_has_a_casimir.
Definition casimirs_theorems :=
  (@Casimirs.casimirs_are_conserved,
   @Casimirs.odd_size_has_a_casimir).
Print Assumptions casimirs_theorems.

(** ** ConservedImpliesSkew.v *)
Check ConservedImpliesSkew.conserved_energy_implies_skew_outer.
Check ConservedImpliesSkew.conserved_energy_implies_skew_inner.
Check ConservedImpliesSkew.linear_norm_is_conserved_iff_skew.
Definition conserved_implies_skew_theorems :=
  (@ConservedImpliesSkew.conserved_energy_implies_skew_outer,
   @ConservedImpliesSkew.conserved_energy_implies_skew_inner,
   @ConservedImpliesSkew.linear_norm_is_conserved_iff_skew).
Print Assumptions conserved_implies_skew_theorems.

(** ** Boundedness.v *)
Check Boundedness.orbits_are_bounded_outer.
Check Boundedness.orbits_are_bounded_inner.
Check Boundedness.all_orbits_are_bounded_outer.
Check Boundedness.inner_orbit_is_bounded_with_y.
Definition boundedness_theorems :=
  (@Boundedness.orbits_are_bounded_outer,
   @Boundedness.orbits_are_bounded_inner,
   @Boundedness.all_orbits_are_bounded_outer,
   @Boundedness.inner_orbit_is_bounded_with_y).
Print Assumptions boundedness_theorems.

(** ** Oscillation.v *)
Check Oscillation.oscillation_is_perpetual_outer.
Check Oscillation.oscillation_is_perpetual_inner.
Check Oscillation.activations_have_mean_zero_outer.
Check Oscillation.activations_have_mean_zero_inner.
Definition oscillation_theorems :=
  (@Oscillation.oscillation_is_perpetual_outer,
   @Oscillation.oscillation_is_perpetual_inner,
   @Oscillation.activations_have_mean_zero_outer,
   @Oscillation.activations_have_mean_zero_inner).
Print Assumptions oscillation_theorems.

(** ** Dichotomy.v *)
Check Dichotomy.solutions_stay_on_their_leaf.
Check Dichotomy.leaves_hold_one_equilibrium.
Check Dichotomy.equilibrium_minimises_energy.
Check Dichotomy.converging_orbits_rest.
Check Dichotomy.inner_orbit_converges_iff_at_rest.
Check Dichotomy.equilibrium_bounds_all_orbits.
Check Dichotomy.every_leaf_holds_an_equilibrium.
Check Dichotomy.bounded_orbit_implies_equilibrium.
Check Dichotomy.leaves_oscillate_or_all_escape.
Definition dichotomy_theorems :=
  (@Dichotomy.solutions_stay_on_their_leaf,
   @Dichotomy.leaves_hold_one_equilibrium,
   @Dichotomy.equilibrium_minimises_energy,
   @Dichotomy.converging_orbits_rest,
   @Dichotomy.inner_orbit_converges_iff_at_rest,
   @Dichotomy.equilibrium_bounds_all_orbits,
   @Dichotomy.every_leaf_holds_an_equilibrium,
   @Dichotomy.bounded_orbit_implies_equilibrium,
   @Dichotomy.leaves_oscillate_or_all_escape).
Print Assumptions dichotomy_theorems.

(** ** OneSigned.v *)
Check OneSigned.one_signed_activations_unbound_orbits_outer.
Check OneSigned.one_signed_activations_unbound_orbits_inner.
Definition one_signed_theorems :=
  (@OneSigned.one_signed_activations_unbound_orbits_outer,
   @OneSigned.one_signed_activations_unbound_orbits_inner).
Print Assumptions one_signed_theorems.

(** ** Leak.v *)
Check Leak.leak_dissipates_outer.
Check Leak.leak_lowers_energy_outer.
Check Leak.leak_lowers_energy_inner.
Check Leak.leak_strictly_lowers_energy_outer.
Definition leak_theorems :=
  (@Leak.leak_dissipates_outer,
   @Leak.leak_lowers_energy_outer,
   @Leak.leak_lowers_energy_inner,
   @Leak.leak_strictly_lowers_energy_outer).
Print Assumptions leak_theorems.

(** ** LeakLimit.v *)
Check LeakLimit.leaky_orbits_are_bounded_outer.
Check LeakLimit.leaky_orbits_are_bounded_inner.
Check LeakLimit.leak_stops_oscillation_outer.
Check LeakLimit.leak_stops_oscillation_inner.
Definition leak_limit_theorems :=
  (@LeakLimit.leaky_orbits_are_bounded_outer,
   @LeakLimit.leaky_orbits_are_bounded_inner,
   @LeakLimit.leak_stops_oscillation_outer,
   @LeakLimit.leak_stops_oscillation_inner).
Print Assumptions leak_limit_theorems.

(** ** Drift.v *)
Check Drift.inner_form_drifts.
Definition drift_theorems :=
  (@Drift.inner_form_drifts).
Print Assumptions drift_theorems.

(** ** Jacobian.v *)
Check Jacobian.jacobian_spectrum_is_imaginary_outer.
Check Jacobian.jacobian_spectrum_is_imaginary_inner.
Check Jacobian.odd_jacobian_is_singular.
Definition jacobian_theorems :=
  (@Jacobian.jacobian_spectrum_is_imaginary_outer,
   @Jacobian.jacobian_spectrum_is_imaginary_inner,
   @Jacobian.odd_jacobian_is_singular).
Print Assumptions jacobian_theorems.

(** ** JacobianSymmetry.v *)
Check JacobianSymmetry.jacobian_spectrum_is_symmetric_outer.
Check JacobianSymmetry.jacobian_spectrum_is_symmetric_inner.
Definition jacobian_symmetry_theorems :=
  (@JacobianSymmetry.jacobian_spectrum_is_symmetric_outer,
   @JacobianSymmetry.jacobian_spectrum_is_symmetric_inner).
Print Assumptions jacobian_symmetry_theorems.

(** ** Euler.v *)
Check Euler.linear_euler_blows_up.
Check Euler.planar_linear_euler_blows_up.
Check Euler.euler_energy_never_decreases_outer.
Check Euler.euler_energy_never_decreases_inner.
Check Euler.euler_energy_increases_outer.
Check Euler.euler_energy_increases_inner.
Check Euler.euler_orbits_never_close.
Check Euler.euler_energy_step_is_quadratic_outer.
Check Euler.euler_growth_is_at_most_linear_outer.
Check Euler.euler_growth_is_at_most_linear_inner.
Check Euler.euler_does_not_overflow_outer.
Check Euler.euler_does_not_overflow_inner.
Check Euler.operator_bound_exists.
Definition euler_theorems :=
  (@Euler.linear_euler_blows_up,
   @Euler.planar_linear_euler_blows_up,
   @Euler.euler_energy_never_decreases_outer,
   @Euler.euler_energy_never_decreases_inner,
   @Euler.euler_energy_increases_outer,
   @Euler.euler_energy_increases_inner,
   @Euler.euler_orbits_never_close,
   @Euler.euler_energy_step_is_quadratic_outer,
   @Euler.euler_growth_is_at_most_linear_outer,
   @Euler.euler_growth_is_at_most_linear_inner,
   @Euler.euler_does_not_overflow_outer,
   @Euler.euler_does_not_overflow_inner,
   @Euler.operator_bound_exists).
Print Assumptions euler_theorems.

(** ** EulerDiverges.v *)
Check EulerDiverges.euler_iterates_diverge_outer.
Check EulerDiverges.euler_iterates_diverge_inner.
Check EulerDiverges.euler_energy_diverges_outer.
Definition euler_diverges_theorems :=
  (@EulerDiverges.euler_iterates_diverge_outer,
   @EulerDiverges.euler_iterates_diverge_inner,
   @EulerDiverges.euler_energy_diverges_outer).
Print Assumptions euler_diverges_theorems.

(** ** LeakyEuler.v *)
Check LeakyEuler.leaky_euler_is_asymptotically_stable_iff.
Check LeakyEuler.leaky_euler_is_bounded_iff.
Check LeakyEuler.leaky_euler_orbits_are_bounded_inner.
Check LeakyEuler.leaky_euler_orbits_are_bounded_outer.
Definition leaky_euler_theorems :=
  (@LeakyEuler.leaky_euler_is_asymptotically_stable_iff,
   @LeakyEuler.leaky_euler_is_bounded_iff,
   @LeakyEuler.leaky_euler_orbits_are_bounded_inner,
   @LeakyEuler.leaky_euler_orbits_are_bounded_outer).
Print Assumptions leaky_euler_theorems.

(** ** Splitting.v *)
Check Splitting.outer_substep_is_exact_flow.
Check Splitting.inner_substep_is_exact_flow.
Check Splitting.outer_substep_keeps_casimirs.
Check Splitting.sweep_keeps_casimirs.
Check Splitting.outer_sweep_is_symmetric.
Check Splitting.inner_sweep_is_symmetric.
Definition splitting_theorems :=
  (@Splitting.outer_substep_is_exact_flow,
   @Splitting.inner_substep_is_exact_flow,
   @Splitting.outer_substep_keeps_casimirs,
   @Splitting.sweep_keeps_casimirs,
   @Splitting.outer_sweep_is_symmetric,
   @Splitting.inner_sweep_is_symmetric).
Print Assumptions splitting_theorems.

(** ** Instances.v *)
Check Instances.increasing_activations_oscillate.
Check Instances.tanh_energy_is_conserved.
Check Instances.tanh_oscillates_perpetually.
Check Instances.tanh_euler_growth_is_at_most_linear.
Check Instances.tanh_euler_iterates_diverge.
Check Instances.tanh_euler_energy_diverges.
Check Instances.bounded_activations_do_not_bound_euler.
Check Instances.oddness_is_not_necessary_for_the_invariant.
Check Instances.boundedness_is_not_necessary_for_the_invariant.
Check Instances.expm1_oscillates_perpetually.
Definition instances_theorems :=
  (@Instances.increasing_activations_oscillate,
   @Instances.tanh_energy_is_conserved,
   @Instances.tanh_oscillates_perpetually,
   @Instances.tanh_euler_growth_is_at_most_linear,
   @Instances.tanh_euler_iterates_diverge,
   @Instances.tanh_euler_energy_diverges,
   @Instances.bounded_activations_do_not_bound_euler,
   @Instances.oddness_is_not_necessary_for_the_invariant,
   @Instances.boundedness_is_not_necessary_for_the_invariant,
   @Instances.expm1_oscillates_perpetually).
Print Assumptions instances_theorems.

(** ** Refutations.v *)
Check Refutations.jacobian_spectrum_is_not_always_imaginary.
Check Refutations.odd_bounded_continuous_does_not_suffice.
Check Refutations.skewness_is_not_necessary_for_oscillation.
Check Refutations.tanh_leak_stops_oscillation.
Definition refutations_theorems :=
  (@Refutations.jacobian_spectrum_is_not_always_imaginary,
   @Refutations.odd_bounded_continuous_does_not_suffice,
   @Refutations.skewness_is_not_necessary_for_oscillation,
   @Refutations.tanh_leak_stops_oscillation).
Print Assumptions refutations_theorems.

(** ** Witness.v *)
Check Witness.rotation_is_solvable.
Check Witness.circle_oscillates_perpetually.
Check Witness.spiral_loses_energy.
Definition witness_theorems :=
  (@Witness.rotation_is_solvable,
   @Witness.circle_oscillates_perpetually,
   @Witness.spiral_loses_energy).
Print Assumptions witness_theorems.
