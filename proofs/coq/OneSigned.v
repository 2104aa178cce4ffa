(** Row O15, first half: with W invertible and sigma of one sign every orbit is unbounded.

    Solutions are given on a half-line (EscapeClaims.v: orbits). Not covered: rectified activations. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Boundedness Dichotomy.
Open Scope R_scope.

Definition one_signed (sigma : R -> R) : Prop :=
  (forall s, 0 < sigma s) \/ (forall s, sigma s < 0).

(** O15, outer form; n >= 1. *)
Theorem one_signed_activations_unbound_orbits_outer n W (sigma : R -> R) x t0 :
  (0 < n)%nat -> invertible n W -> (forall s, continuous sigma s) -> one_signed sigma ->
  solution (from t0) n (outer n W sigma zero) x -> ~ bounded_on (from t0) n x.
Proof.
  intros Hn Hinv Hs Hone Hx Hb.
  destruct (bounded_orbit_implies_equilibrium n W zero sigma x t0 Hs Hx Hb) as [z Hz].
  assert (E : equal n (apply sigma z) zero).
  { apply (invertible_kernel n W); auto. intros i Hi. rewrite <- (Hz i Hi).
    unfold outer, zero. now rewrite Rplus_0_r. }
  specialize (E 0%nat Hn). unfold apply, zero in E.
  destruct Hone as [H|H]; specialize (H (z 0%nat)); lra.
Qed.

(** O15, inner form: x is unbounded, because y = W x + b is; any bias. *)
Theorem one_signed_activations_unbound_orbits_inner n W b (sigma : R -> R) x t0 :
  (0 < n)%nat -> invertible n W -> (forall s, continuous sigma s) -> one_signed sigma ->
  solution (from t0) n (inner n W sigma b) x -> ~ bounded_on (from t0) n x.
Proof.
  intros Hn Hinv Hs Hone Hx [B HB].
  apply (one_signed_activations_unbound_orbits_outer n W sigma (fun t => affine n W b (x t)) t0); auto.
  { now apply conjugacy. }
  destruct (uniform_bound n (fun i C => forall t, from t0 t -> Rabs (affine n W b (x t) i) <= C))
    as [C HC].
  - intros i Hi. exists (Sum n (fun j => Rabs (W i j)) * B + Rabs (b i)). intros C HC t Ht.
    apply Rle_trans with (2 := HC). unfold affine.
    eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat_r.
    apply mul_bounded_entries. intros j Hj. now apply HB.
  - exists C. auto.
Qed.
