(** The claims of family I, sentence by sentence: what the flow conserves.

    A theorem here says what the claim of the same name says, about the energy of THEORY.md. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Fredholm Flows Convexity Energy Casimirs ConservedImpliesSkew Boundedness
  Dichotomy Peano Existence Theory Instances.
Open Scope R_scope.

(** I1, energy-is-conserved: both forms, any bias in the inner one. *)
Theorem energy_is_conserved n W b sigma :
  skew n W -> is_continuous sigma ->
  conserved n (outer n W sigma zero) (H n sigma) /\
  conserved n (inner n W sigma b) (fun x => H n sigma (affine n W b x)).
Proof.
  intros HW Hc. pose proof (potential_of_continuous sigma Hc) as HP. split; intros I x s t HI Hx Hs Ht.
  - now apply (energy_is_conserved_outer I n W sigma).
  - now apply (energy_is_conserved_inner I n W b sigma).
Qed.

(** I2, conserved-energy-implies-skew: that solutions exist is Peano's theorem. *)
Theorem conserved_energy_implies_skew n W b sigma :
  is_continuous sigma -> (exists r s, sigma r <> sigma s) ->
  (conserved n (outer n W sigma zero) (H n sigma) -> skew n W) /\
  (invertible n W -> conserved n (inner n W sigma b) (fun x => H n sigma (affine n W b x)) -> skew n W).
Proof.
  intros Hc Hne. pose proof (potential_of_continuous sigma Hc) as HP. split.
  - intros Hcons. apply (conserved_energy_implies_skew_outer n W sigma (potential_of sigma)); auto.
    now apply continuous_is_solvable, outer_continuous.
  - intros Hinv Hcons. apply (conserved_energy_implies_skew_inner n W b sigma (potential_of sigma)); auto.
    now apply continuous_is_solvable, inner_continuous.
Qed.

(** I3, skew-symmetrizable-weights-conserve-an-energy: D W skew, D = diag(d). So skewness is not necessary. *)
Theorem skew_symmetrizable_weights_conserve_an_energy :
  (forall n W b d sigma, skew n (fun i j => d i * W i j) -> is_continuous sigma ->
     conserved n (outer n W sigma zero) (fun x => Sum n (fun i => d i * potential_of sigma (x i))) /\
     conserved n (inner n W sigma b)
       (fun x => Sum n (fun i => d i * potential_of sigma (affine n W b x i)))) /\
  exists W d, (forall i, 0 < d i) /\ skew 2 (fun i j => d i * W i j) /\ ~ skew 2 W.
Proof.
  split.
  - intros n W b d sigma HW Hc. pose proof (potential_of_continuous sigma Hc) as HP.
    split; intros I x s t HI Hx Hs Ht.
    + now apply (weighted_energy_is_conserved I n W d sigma).
    + now apply (weighted_energy_is_conserved_inner I n W b d sigma).
  - exists (fun i j => match i, j with 0%nat, 1%nat => 1 | 1%nat, 0%nat => -2 | _, _ => 0 end).
    exists (fun i => match i with 0%nat => 2 | _ => 1 end). split; [|split].
    + intros [|i]; lra.
    + intros i j Hi Hj. destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; lra.
    + intros HW. specialize (HW 0%nat 1%nat ltac:(lia) ltac:(lia)). simpl in HW. lra.
Qed.

(** (1, 1, 1) x *)
Definition cross : matrix := fun i j =>
  match i, j with
  | 0%nat, 1%nat | 1%nat, 2%nat | 2%nat, 0%nat => -1
  | 1%nat, 0%nat | 2%nat, 1%nat | 0%nat, 2%nat => 1
  | _, _ => 0
  end.

(** I4, casimirs-are-conserved: any W and sigma; not so in the inner form. *)
Theorem casimirs_are_conserved :
  (forall n W b k sigma, casimir n W k -> dot n k b = 0 -> conserved n (outer n W sigma b) (dot n k)) /\
  ~ (forall n W k sigma, skew n W -> is_continuous sigma -> casimir n W k ->
       conserved n (inner n W sigma zero) (dot n k)).
Proof.
  split.
  - intros n W b k sigma Hk Hb I x s t HI Hx Hs Ht. now apply (Casimirs.casimirs_are_conserved I n W b k sigma).
  - intros Hall. set (k := fun _ : nat => 1). set (x0 := fun i : nat => match i with 0%nat => 1 | _ => 0 end).
    assert (HW : skew 3 cross).
    { intros i j Hi Hj. destruct i as [|[|[|i]]]; destruct j as [|[|[|j]]]; try lia; simpl; lra. }
    assert (Hk : casimir 3 cross k).
    { intros i Hi. unfold mul, k, zero. destruct i as [|[|[|i]]]; try lia; simpl; ring. }
    pose proof (Hall 3%nat cross k expm1 HW expm1_continuous Hk) as Hcons.
    destruct (conserved_rate 3 (inner 3 cross expm1 zero) (fun i s => k i * s) (fun i _ => k i) x0) as [z [Hz E]].
    + now apply continuous_is_solvable, inner_continuous, expm1_continuous.
    + intros i s _. apply is_derive_cmul.
    + exact Hcons.
    + assert (E0 : z 0%nat = 1) by exact (Hz 0%nat ltac:(lia)).
      assert (E1 : z 1%nat = 0) by exact (Hz 1%nat ltac:(lia)).
      assert (E2 : z 2%nat = 0) by exact (Hz 2%nat ltac:(lia)).
      unfold dot, inner, apply, affine, mul, k, zero, expm1 in E. simpl in E. rewrite E0, E1, E2 in E.
      assert (H1 := exp_ineq1 1 ltac:(lra)). assert (H2 := exp_pos (- 1)).
      revert E.
      replace (0 + 0 * 1 + -1 * 0 + 1 * 0 + 0) with 0 by ring.
      replace (0 + 1 * 1 + 0 * 0 + -1 * 0 + 0) with 1 by ring.
      replace (0 + -1 * 1 + 1 * 0 + 0 * 0 + 0) with (- 1) by ring.
      rewrite exp_0. intros E. lra.
Qed.

(** I4, odd-size-has-a-casimir. *)
Theorem odd_size_has_a_casimir n W :
  skew n W -> Nat.Odd n -> exists k, ~ equal n k zero /\ casimir n W k.
Proof. intros HW Hn. now apply Casimirs.odd_size_has_a_casimir. Qed.

(** H is conserved by every skew W, in both forms. *)
Definition keeps_energy (sigma : R -> R) : Prop :=
  forall n W b, skew n W ->
    conserved n (outer n W sigma zero) (H n sigma) /\
    conserved n (inner n W sigma b) (fun x => H n sigma (affine n W b x)).

Lemma continuous_keeps_energy sigma : is_continuous sigma -> keeps_energy sigma.
Proof. intros Hc n W b HW. now apply energy_is_conserved. Qed.

Definition nonzero (n : nat) (W : matrix) : Prop := exists i j, (i < n)%nat /\ (j < n)%nat /\ W i j <> 0.

(** I6, oddness-is-necessary-for-the-invariant: the literal reading is false. *)
Theorem oddness_is_not_necessary_for_the_invariant :
  ~ (forall n W b sigma, skew n W -> nonzero n W -> is_continuous sigma ->
       conserved n (outer n W sigma zero) (H n sigma) ->
       conserved n (inner n W sigma b) (fun x => H n sigma (affine n W b x)) -> odd sigma) /\
  ~ odd (fun s => exp s - 1) /\ keeps_energy (fun s => exp s - 1).
Proof.
  assert (Hk : keeps_energy expm1) by exact (continuous_keeps_energy expm1 expm1_continuous).
  split; [|split; [exact expm1_not_odd|exact Hk]].
  intros Hall. apply expm1_not_odd. destruct (Hk 2%nat rotation zero rotation_skew) as [Ho Hi].
  exact (Hall 2%nat rotation zero expm1 rotation_skew rotation_nonzero expm1_continuous Ho Hi).
Qed.

Lemma unbounded (sigma : R -> R) : (forall s, 1 <= s -> s / 2 <= sigma s) -> ~ bounded sigma.
Proof.
  intros Hs [M HM]. set (s := 2 * Rabs M + 2). pose proof (Rabs_pos M). pose proof (Rle_abs M).
  pose proof (Hs s ltac:(unfold s; lra)). pose proof (HM s) as Hb. pose proof (Rle_abs (sigma s)).
  unfold s in *. lra.
Qed.

Lemma derivable_is_continuous (sigma dsigma : R -> R) :
  (forall s, is_derive sigma s (dsigma s)) -> is_continuous sigma.
Proof. intros Hd s. apply (ex_derive_continuous sigma). now exists (dsigma s). Qed.

(** I7, boundedness-is-necessary-for-the-invariant: the literal reading is false. *)
Theorem boundedness_is_not_necessary_for_the_invariant :
  ~ (forall n W b sigma, skew n W -> nonzero n W -> is_continuous sigma ->
       conserved n (outer n W sigma zero) (H n sigma) ->
       conserved n (inner n W sigma b) (fun x => H n sigma (affine n W b x)) -> bounded sigma) /\
  (~ bounded (fun s => s) /\ keeps_energy (fun s => s)) /\
  (~ bounded sinh /\ keeps_energy sinh) /\
  (~ bounded (fun s => s ^ 3) /\ keeps_energy (fun s => s ^ 3)).
Proof.
  split; [|split; [|split]].
  - intros Hall. apply expm1_unbounded.
    destruct (continuous_keeps_energy expm1 expm1_continuous 2%nat rotation zero rotation_skew) as [Ho Hi].
    exact (Hall 2%nat rotation zero expm1 rotation_skew rotation_nonzero expm1_continuous Ho Hi).
  - split; [apply unbounded; intros; lra|].
    apply continuous_keeps_energy, (derivable_is_continuous _ (fun _ => 1)). intros s. auto_derive; auto.
  - split.
    + apply unbounded. intros s Hs. unfold sinh. pose proof (exp_ineq1 s ltac:(lra)).
      assert (exp (- s) <= 1) by (rewrite <- exp_0; left; apply exp_increasing; lra). lra.
    + apply continuous_keeps_energy, (derivable_is_continuous _ cosh). intros s.
      apply is_derive_Reals, derivable_pt_lim_sinh.
  - split.
    + apply unbounded. intros s Hs. assert (1 <= s * s) by nra. simpl. nra.
    + apply continuous_keeps_energy, (derivable_is_continuous _ (fun s => 3 * s ^ 2)). intros s.
      auto_derive; auto. simpl. ring.
Qed.

(** I8, bias-tilts-the-energy: the outer form with b = W c. *)
Theorem bias_tilts_the_energy n W b c sigma :
  skew n W -> is_continuous sigma -> equal n b (mul n W c) ->
  conserved n (outer n W sigma b) (fun x => Sum n (fun i => potential_of sigma (x i) + c i * x i)).
Proof.
  intros HW Hc Hb I x s t HI Hx Hs Ht.
  now apply (tilted_energy_is_conserved I n W b c sigma (potential_of sigma) x s t HI HW
               (potential_of_continuous sigma Hc) Hb).
Qed.

(** I1 for tanh: H(x) = ln cosh x_1 + ... + ln cosh x_n. *)
Corollary tanh_energy_is_conserved n W :
  skew n W -> conserved n (outer n W tanh zero) (energy n (fun s => ln (cosh s))).
Proof. intros HW I x s t HI Hx Hs Ht. now apply (Instances.tanh_energy_is_conserved I n W). Qed.

(** ** Literal readings that are false *)

(** [[1, -1], [1, -1]]: both coordinates of W x are x_1 - x_2. *)
Definition equal_rows : matrix := fun _ j => match j with 0%nat => 1 | _ => -1 end.

Lemma equal_rows_value x i : affine 2 equal_rows zero x i = x 0%nat - x 1%nat.
Proof. unfold affine, mul, equal_rows, zero. simpl. ring. Qed.

(** I2, inner-conserved-energy-implies-skew: false for singular W. *)
Theorem inner_conserved_energy_does_not_imply_skew :
  ~ (forall n W b sigma, is_continuous sigma -> (exists r s, sigma r <> sigma s) ->
       conserved n (inner n W sigma b) (fun x => H n sigma (affine n W b x)) -> skew n W) /\
  ~ skew 2 equal_rows /\
  (forall sigma, is_continuous sigma ->
     conserved 2 (inner 2 equal_rows sigma zero) (fun x => H 2 sigma (affine 2 equal_rows zero x))).
Proof.
  assert (Hns : ~ skew 2 equal_rows).
  { intros HW. specialize (HW 0%nat 0%nat ltac:(lia) ltac:(lia)). unfold equal_rows in HW. lra. }
  assert (Hc : forall sigma, is_continuous sigma ->
    conserved 2 (inner 2 equal_rows sigma zero) (fun x => H 2 sigma (affine 2 equal_rows zero x))).
  { intros sigma _ I x s t HI Hx Hs Ht.
    assert (E : dot 2 (equal_rows 0%nat) (x s) = dot 2 (equal_rows 0%nat) (x t)).
    { apply (first_integral I 2 _ x (fun i r => equal_rows 0%nat i * r) (fun i _ => equal_rows 0%nat i) s t HI Hx); auto.
      - intros i r _. apply is_derive_cmul.
      - intros z. unfold dot, inner, apply. simpl. rewrite !equal_rows_value. ring. }
    unfold H, energy. apply Sum_ext. intros i _. unfold apply. rewrite !equal_rows_value. f_equal.
    unfold dot, equal_rows in E. simpl in E. lra. }
  split; [|split; [exact Hns|exact Hc]].
  intros Hall. apply Hns. apply (Hall 2%nat equal_rows zero expm1 expm1_continuous).
  - exists 0, 1. rewrite expm1_0. unfold expm1. pose proof (exp_ineq1 1 ltac:(lra)). lra.
  - apply Hc. exact expm1_continuous.
Qed.

(** [[0, 1], [-2, 0]] *)
Definition lopsided : matrix := fun i j =>
  match i, j with 0%nat, 1%nat => 1 | 1%nat, 0%nat => -2 | _, _ => 0 end.
(** (2, 1) *)
Definition two_one : vector := fun i => match i with 0%nat => 2 | _ => 1 end.

(** I3, skewness-is-necessary-for-an-invariant: false, lopsided weights conserve 2 Phi(x_1) + Phi(x_2). *)
Theorem skewness_is_not_necessary_for_an_invariant :
  ~ (forall n W d sigma, (forall i, 0 < d i) -> is_continuous sigma -> strictly_increasing sigma ->
       conserved n (outer n W sigma zero) (fun x => Sum n (fun i => d i * potential_of sigma (x i))) -> skew n W) /\
  ~ skew 2 lopsided /\
  (forall sigma, is_continuous sigma ->
     conserved 2 (outer 2 lopsided sigma zero) (fun x => 2 * potential_of sigma (x 0%nat) + potential_of sigma (x 1%nat))).
Proof.
  assert (Hns : ~ skew 2 lopsided).
  { intros HW. specialize (HW 0%nat 1%nat ltac:(lia) ltac:(lia)). simpl in HW. lra. }
  assert (Hw : forall sigma, is_continuous sigma ->
    conserved 2 (outer 2 lopsided sigma zero) (fun x => Sum 2 (fun i => two_one i * potential_of sigma (x i)))).
  { intros sigma Hc. apply (proj1 skew_symmetrizable_weights_conserve_an_energy 2%nat lopsided zero two_one sigma); auto.
    intros i j Hi Hj. destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; simpl; lra. }
  split; [|split; [exact Hns|]].
  - intros Hall. apply Hns. apply (Hall 2%nat lopsided two_one expm1).
    + intros [|i]; simpl; lra.
    + exact expm1_continuous.
    + exact expm1_increasing.
    + apply Hw. exact expm1_continuous.
  - intros sigma Hc I x s t HI Hx Hs Ht. pose proof (Hw sigma Hc I x s t HI Hx Hs Ht) as E. simpl in E. lra.
Qed.

(** I4, casimirs-are-conserved-in-the-inner-form: false. *)
Theorem casimirs_are_not_conserved_in_the_inner_form :
  ~ (forall n W b k sigma, is_continuous sigma -> casimir n W k -> conserved n (inner n W sigma b) (dot n k)).
Proof. intros Hall. apply (proj2 casimirs_are_conserved). intros n W k sigma _ Hc Hk. now apply Hall. Qed.
