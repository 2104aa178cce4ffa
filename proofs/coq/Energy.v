(** Rows I1, I3 and I8 (the invariant): energies of skew networks are first integrals.

    Solutions are given (Existence.v). Not covered: the coercivity statements of I8, sigma without a
    potential. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows.
Open Scope R_scope.

(** I1, outer form: x' = W sigma(x). *)
Theorem energy_is_conserved_outer I n W (sigma Phi : R -> R) x s t :
  interval I -> skew n W -> potential sigma Phi ->
  solution I n (outer n W sigma zero) x -> I s -> I t ->
  energy n Phi (x s) = energy n Phi (x t).
Proof.
  intros HI HW HP Hx. apply (first_integral I n (outer n W sigma zero) x (fun _ => Phi) (fun _ => sigma)); auto.
  intros z. change (dot n (apply sigma z) (outer n W sigma zero z) = 0).
  unfold outer. rewrite dot_plus_r.
  rewrite (skew_form n W (apply sigma z) HW), (dot_zero_r n _ zero) by (intros i _; auto). lra.
Qed.

(** I1, inner form: x' = sigma(W x + b), any bias. *)
Theorem energy_is_conserved_inner I n W b (sigma Phi : R -> R) x s t :
  interval I -> skew n W -> potential sigma Phi ->
  solution I n (inner n W sigma b) x -> I s -> I t ->
  energy n Phi (affine n W b (x s)) = energy n Phi (affine n W b (x t)).
Proof.
  intros HI HW HP Hx.
  apply (energy_is_conserved_outer I n W sigma Phi (fun t => affine n W b (x t))); auto.
  now apply conjugacy.
Qed.

(** I1 as THEORY.md states it: sigma continuous, Phi its integral from 0. *)
Corollary energy_is_conserved_of_continuous I n W (sigma : R -> R) x s t :
  interval I -> skew n W -> (forall r, continuous sigma r) ->
  solution I n (outer n W sigma zero) x -> I s -> I t ->
  energy n (fun r => RInt sigma 0 r) (x s) = energy n (fun r => RInt sigma 0 r) (x t).
Proof.
  intros HI HW Hc. apply (energy_is_conserved_outer I n W sigma); auto. now apply integral_is_potential.
Qed.

(** I3: D W skew for a diagonal D (of any signs), outer form. *)
Theorem weighted_energy_is_conserved I n W d (sigma Phi : R -> R) x s t :
  interval I -> skew n (fun i j => d i * W i j) -> potential sigma Phi ->
  solution I n (outer n W sigma zero) x -> I s -> I t ->
  Sum n (fun i => d i * Phi (x s i)) = Sum n (fun i => d i * Phi (x t i)).
Proof.
  intros HI HW HP Hx.
  apply (first_integral I n (outer n W sigma zero) x (fun i r => d i * Phi r) (fun i r => d i * sigma r)); auto.
  { intros i r _. apply (is_derive_scal Phi r (d i) (sigma r)). apply HP. }
  intros z. rewrite <- (skew_form n _ (apply sigma z) HW). unfold outer.
  apply Sum_ext. intros i _. unfold mul, apply, zero.
  transitivity (sigma (z i) * (d i * Sum n (fun j => W i j * sigma (z j)))); [ring|].
  f_equal. rewrite <- Sum_scal. apply Sum_ext. intros; ring.
Qed.

(** I3, inner form: the same of y = W x + b. *)
Theorem weighted_energy_is_conserved_inner I n W b d (sigma Phi : R -> R) x s t :
  interval I -> skew n (fun i j => d i * W i j) -> potential sigma Phi ->
  solution I n (inner n W sigma b) x -> I s -> I t ->
  Sum n (fun i => d i * Phi (affine n W b (x s) i)) =
  Sum n (fun i => d i * Phi (affine n W b (x t) i)).
Proof.
  intros HI HW HP Hx.
  apply (weighted_energy_is_conserved I n W d sigma Phi (fun t => affine n W b (x t))); auto.
  now apply conjugacy.
Qed.

(** I8, the invariant: outer form with the bias b = W c. *)
Theorem tilted_energy_is_conserved I n W b c (sigma Phi : R -> R) x s t :
  interval I -> skew n W -> potential sigma Phi -> equal n b (mul n W c) ->
  solution I n (outer n W sigma b) x -> I s -> I t ->
  Sum n (fun i => Phi (x s i) + c i * x s i) = Sum n (fun i => Phi (x t i) + c i * x t i).
Proof.
  intros HI HW HP Hb Hx.
  apply (first_integral I n (outer n W sigma b) x (fun i r => Phi r + c i * r) (fun i r => sigma r + c i)); auto.
  { intros i r _. apply (is_derive_plus Phi (fun u => c i * u) r (sigma r) (c i)).
    - apply HP.
    - apply is_derive_cmul. }
  intros z. rewrite <- (skew_form n W (fun i => apply sigma z i + c i) HW).
  apply dot_ext; intros i Hi; [reflexivity|].
  unfold outer. rewrite (Hb i Hi). symmetry. apply mul_plus.
Qed.
