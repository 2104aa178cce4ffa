(** The hypotheses can be met: explicit solutions for W = [[0, 1], [-1, 0]] and sigma(s) = s. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Energy ConservedImpliesSkew Boundedness
  Oscillation Instances Leak.
Open Scope R_scope.

(** (a cos t + b sin t, b cos t - a sin t) exp(- gamma t). *)
Definition spiral (gamma a b : R) (t : R) : vector := fun i =>
  match i with
  | 0%nat => exp (- gamma * t) * (a * cos t + b * sin t)
  | _ => exp (- gamma * t) * (b * cos t - a * sin t)
  end.

Lemma spiral_start gamma a b i : spiral gamma a b 0 i = match i with 0%nat => a | _ => b end.
Proof. destruct i; simpl; rewrite Rmult_0_r, exp_0, cos_0, sin_0; ring. Qed.

Lemma spiral_solves I gamma a b :
  solution I 2 (leaky gamma (outer 2 rotation (fun s => s) zero)) (spiral gamma a b).
Proof.
  assert (Hd : forall i t, (i < 2)%nat -> is_derive (fun u => spiral gamma a b u i) t
    (leaky gamma (outer 2 rotation (fun s => s) zero) (spiral gamma a b t) i)).
  { intros i t Hi. destruct i as [|[|i]]; [| |lia];
      unfold spiral, leaky, outer, mul, apply, zero; simpl; auto_derive; auto; ring. }
  intros i Hi. split; [|auto].
  apply (derivable_continuous_on I (fun u => spiral gamma a b u i) _ (fun t => Hd i t Hi)).
Qed.

Lemma rotation_solves I a b :
  solution I 2 (outer 2 rotation (fun s => s) zero) (spiral 0 a b).
Proof.
  intros i Hi. destruct (spiral_solves I 0 a b i Hi) as [Hc Hd]. split; [exact Hc|].
  intros t Ht. replace (outer 2 rotation (fun s => s) zero (spiral 0 a b t) i) with
    (leaky 0 (outer 2 rotation (fun s => s) zero) (spiral 0 a b t) i); [now apply Hd|].
  unfold leaky. ring.
Qed.

(** I2 and J4: through every state there is a solution. *)
Theorem rotation_is_solvable : solvable 2 (linear 2 rotation).
Proof.
  intros x0. exists (fun _ => True), (spiral 0 (x0 0%nat) (x0 1%nat)).
  split; [intros a b t; auto|split; [now apply filter_true|split]].
  - apply linear_is_outer. apply rotation_solves.
  - intros i Hi. rewrite spiral_start. destruct i as [|[|i]]; [reflexivity|reflexivity|lia].
Qed.

Lemma identity_increasing : strictly_increasing (fun s => s).
Proof. intros r s H. exact H. Qed.

(** O1, O3: all hypotheses hold of the circle through (1, 0), so its conclusion does. *)
Theorem circle_oscillates_perpetually :
  bounded_on (from 0) 2 (spiral 0 1 0) /\ ~ exists z, converges_to 2 (spiral 0 1 0) z.
Proof.
  apply (increasing_activations_oscillate 2 rotation (fun s => s) (fun s => s * s / 2)).
  - apply rotation_skew.
  - apply rotation_invertible.
  - apply half_square_potential.
  - field.
  - reflexivity.
  - intros s. apply continuous_id.
  - apply identity_increasing.
  - apply rotation_solves.
  - intros E. specialize (E 0%nat ltac:(lia)). rewrite spiral_start in E. unfold zero in E. lra.
Qed.

(** O10: the energy of a leaky spiral falls. *)
Theorem spiral_loses_energy t :
  0 < t -> energy 2 (fun s => s * s / 2) (spiral 1 1 0 t) < energy 2 (fun s => s * s / 2) (spiral 1 1 0 0).
Proof.
  intros Ht.
  apply (leak_strictly_lowers_energy_outer (from 0) 2 rotation (fun s => s) (fun s => s * s / 2) 1);
    auto; try lra.
  - apply from_interval.
  - apply rotation_skew.
  - apply half_square_potential.
  - intros r Hr. now apply Rsqr_pos_lt.
  - apply spiral_solves.
  - apply start_in_from.
  - unfold from. lra.
  - intros E. specialize (E 0%nat ltac:(lia)). rewrite spiral_start in E. unfold zero in E. lra.
Qed.
