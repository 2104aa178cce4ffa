(** Row R1: the substeps of the Poisson splitting.

    Not covered: the order of the method, volume, and compositions of order 4, 6 and 8. *)
From Coq Require Import Reals Lra Lia Arith List.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows.
Import ListNotations.
Open Scope R_scope.

(** Outer form: x + t W[:, i] sigma(x_i). *)
Definition outer_substep (W : matrix) (sigma : R -> R) (i : nat) (t : R) (x : vector) : vector :=
  fun j => x j + t * (W j i * sigma (x i)).

(** Inner form: x_i + t sigma((W x + b)_i), the other coordinates rest. *)
Definition inner_substep n (W : matrix) (sigma : R -> R) (b : vector) (i : nat) (t : R) (x : vector)
  : vector := fun j => x j + t * (delta i j * sigma (affine n W b x i)).

(** The substeps of a list of indices, first to last, each with time t. *)
Definition run (substep : nat -> R -> vector -> vector) (l : list nat) (t : R) (x : vector) : vector :=
  fold_left (fun y i => substep i t y) l x.

(** 0, ..., n - 1 and back, each with h / 2. *)
Definition sweep (substep : nat -> R -> vector -> vector) (n : nat) (h : R) : vector -> vector :=
  run substep (seq 0 n ++ rev (seq 0 n)) (h / 2).

(** R1, outer form: a substep is the exact flow of its part x' = W[:, i] sigma(x_i). *)
Theorem outer_substep_is_exact_flow W (sigma : R -> R) i x0 :
  W i i = 0 ->
  (forall j, outer_substep W sigma i 0 x0 j = x0 j) /\
  (forall t j, is_derive (fun u => outer_substep W sigma i u x0 j) t
                 (W j i * sigma (outer_substep W sigma i t x0 i))).
Proof.
  intros HW. split; intros.
  - unfold outer_substep. ring.
  - replace (outer_substep W sigma i t x0 i) with (x0 i) by (unfold outer_substep; rewrite HW; ring).
    unfold outer_substep. auto_derive; auto; ring.
Qed.

Lemma inner_substep_keeps n W (sigma : R -> R) b i t x :
  (i < n)%nat -> W i i = 0 -> affine n W b (inner_substep n W sigma b i t x) i = affine n W b x i.
Proof.
  intros Hi HW. unfold affine at 1. unfold inner_substep at 1.
  rewrite (mul_plus n W x (fun j => t * (delta i j * sigma (affine n W b x i)))), mul_scal.
  unfold mul at 2.
  rewrite (Sum_ext n _ (fun j => delta i j * (W i j * sigma (affine n W b x i)))) by (intros; ring).
  rewrite Sum_delta, HW by exact Hi. unfold affine. ring.
Qed.

(** R1, inner form: a substep is the exact flow of x_i' = sigma((W x + b)_i), x_j' = 0. *)
Theorem inner_substep_is_exact_flow n W (sigma : R -> R) b i x0 :
  (i < n)%nat -> W i i = 0 ->
  (forall j, inner_substep n W sigma b i 0 x0 j = x0 j) /\
  (forall t j, is_derive (fun u => inner_substep n W sigma b i u x0 j) t
                 (delta i j * sigma (affine n W b (inner_substep n W sigma b i t x0) i))).
Proof.
  intros Hi HW. split; intros.
  - unfold inner_substep. ring.
  - rewrite inner_substep_keeps by auto. unfold inner_substep. auto_derive; auto; ring.
Qed.

(** R1, outer form: a substep keeps every Casimir. *)
Theorem outer_substep_keeps_casimirs n W (sigma : R -> R) k i t x :
  (i < n)%nat -> equal n (mul n (fun i j => W j i) k) zero ->
  dot n k (outer_substep W sigma i t x) = dot n k x.
Proof.
  intros Hi Hk. unfold outer_substep. rewrite dot_plus_r, dot_scal_r.
  enough (dot n k (fun j => W j i * sigma (x i)) = 0) as -> by ring.
  unfold dot. rewrite (Sum_ext n _ (fun j => W j i * k j * sigma (x i))) by (intros; ring).
  rewrite Sum_scal_r. pose proof (Hk i Hi) as E. unfold mul in E. rewrite E. unfold zero. ring.
Qed.

Lemma run_keeps_casimirs n W (sigma : R -> R) k l t x :
  (forall i, In i l -> (i < n)%nat) -> equal n (mul n (fun i j => W j i) k) zero ->
  dot n k (run (outer_substep W sigma) l t x) = dot n k x.
Proof.
  revert x. induction l as [|i l IH]; intros x Hl Hk; [reflexivity|]. simpl.
  rewrite IH; auto; [|intros; apply Hl; now right].
  apply outer_substep_keeps_casimirs; auto. apply Hl. now left.
Qed.

Lemma sweep_indices n i : In i (seq 0 n ++ rev (seq 0 n)) -> (i < n)%nat.
Proof.
  intros H. apply in_app_or in H. rewrite <- in_rev, in_seq in H. lia.
Qed.

(** R1, outer form: the whole sweep keeps every Casimir. *)
Theorem sweep_keeps_casimirs n W (sigma : R -> R) k h x :
  equal n (mul n (fun i j => W j i) k) zero ->
  dot n k (sweep (outer_substep W sigma) n h x) = dot n k x.
Proof. apply run_keeps_casimirs. apply sweep_indices. Qed.

(** ** Symmetry *)

Section Symmetry.
  Variable substep : nat -> R -> vector -> vector.
  Variable P : nat -> Prop.
  Hypothesis back : forall i t x y, P i ->
    (forall j, y j = substep i t x j) -> forall j, substep i (- t) y j = x j.

  Lemma run_back l t x : (forall i, In i l -> P i) ->
    forall j, run substep (rev l) (- t) (run substep l t x) j = x j.
  Proof.
    revert x. induction l as [|i l IH]; intros x Hl j; [reflexivity|].
    simpl. unfold run at 1. rewrite fold_left_app. simpl.
    apply back.
    - apply Hl. now left.
    - intros q. apply (IH (substep i t x)). intros p Hp. apply Hl. now right.
  Qed.

  Lemma sweep_back n h x : (forall i, (i < n)%nat -> P i) ->
    forall j, sweep substep n (- h) (sweep substep n h x) j = x j.
  Proof.
    intros HP j. unfold sweep. rewrite <- (run_back (seq 0 n ++ rev (seq 0 n)) (h / 2) x).
    - rewrite rev_app_distr, rev_involutive. now replace (- h / 2) with (- (h / 2)) by field.
    - intros i Hi. apply HP. now apply sweep_indices.
  Qed.
End Symmetry.

(** R1: the sweep is its own reverse, outer form. *)
Theorem outer_sweep_is_symmetric n W (sigma : R -> R) h x :
  (forall i, (i < n)%nat -> W i i = 0) ->
  forall j, sweep (outer_substep W sigma) n (- h) (sweep (outer_substep W sigma) n h x) j = x j.
Proof.
  intros HW. apply (sweep_back _ (fun i => W i i = 0)); auto.
  intros i t z y Hi E j. unfold outer_substep. rewrite !E. unfold outer_substep.
  rewrite Hi, Rmult_0_l, Rmult_0_r, Rplus_0_r. ring.
Qed.

(** R1: the sweep is its own reverse, inner form. *)
Theorem inner_sweep_is_symmetric n W (sigma : R -> R) b h x :
  (forall i, (i < n)%nat -> W i i = 0) ->
  forall j, sweep (inner_substep n W sigma b) n (- h) (sweep (inner_substep n W sigma b) n h x) j
            = x j.
Proof.
  intros HW. apply (sweep_back _ (fun i => (i < n)%nat /\ W i i = 0)); auto.
  intros i t z y [Hi H0] E j.
  assert (Ea : affine n W b y i = affine n W b z i).
  { rewrite <- (inner_substep_keeps n W sigma b i t z Hi H0). unfold affine. f_equal.
    apply mul_ext. intros q _. apply E. }
  unfold inner_substep. rewrite Ea, E. unfold inner_substep. ring.
Qed.
