(** x' = W x has a solution through every state: the exponential series. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows.
Open Scope R_scope.

(** The k-th Taylor coefficient of x_i: (W^k x0)_i / k!. *)
Definition taylor (n : nat) (W : matrix) (x0 : vector) (i k : nat) : R :=
  Nat.iter k (mul n W) x0 i / INR (fact k).

Lemma taylor_derive n W x0 i k :
  PS_derive (taylor n W x0 i) k = Sum n (fun j => W i j * taylor n W x0 j k).
Proof.
  unfold PS_derive, taylor. change (Nat.iter (S k) (mul n W) x0 i) with
    (Sum n (fun j => W i j * Nat.iter k (mul n W) x0 j)).
  rewrite (Sum_ext n (fun j => W i j * (Nat.iter k (mul n W) x0 j / INR (fact k)))
             (fun j => W i j * Nat.iter k (mul n W) x0 j * / INR (fact k)))
    by (intros; unfold Rdiv; ring).
  rewrite Sum_scal_r, fact_simpl, mult_INR. field. split.
  - apply INR_fact_neq_0.
  - apply not_0_INR. lia.
Qed.

Lemma powers_bounded n W x0 :
  exists B c, 0 < B /\ 0 < c /\
    forall k i, (i < n)%nat -> Rabs (Nat.iter k (mul n W) x0 i) <= B * c ^ k.
Proof.
  set (row := fun i => Sum n (fun j => Rabs (W i j))).
  assert (Hrow : forall i, 0 <= row i) by (intros; apply Sum_nonneg; intros; apply Rabs_pos).
  set (c := Sum n row + 1). set (B := Sum n (fun i => Rabs (x0 i)) + 1).
  assert (Hc : 0 < c) by (assert (0 <= Sum n row) by (apply Sum_nonneg; auto); unfold c; lra).
  assert (HB : 0 < B).
  { assert (0 <= Sum n (fun i => Rabs (x0 i))) by (apply Sum_nonneg; intros; apply Rabs_pos).
    unfold B; lra. }
  exists B, c. split; [exact HB|split; [exact Hc|]].
  induction k as [|k IH]; intros i Hi; simpl.
  - pose proof (Sum_term n (fun i => Rabs (x0 i)) i Hi (fun j _ => Rabs_pos (x0 j))).
    unfold B. lra.
  - assert (Hp : 0 <= B * c ^ k) by (apply Rmult_le_pos; [lra|apply pow_le; lra]).
    apply Rle_trans with (row i * (B * c ^ k)).
    + eapply Rle_trans; [apply Sum_abs|]. unfold row. rewrite <- Sum_scal_r. apply Sum_le.
      intros j Hj. rewrite Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos|now apply IH].
    + replace (B * (c * c ^ k)) with (c * (B * c ^ k)) by ring.
      apply Rmult_le_compat_r; [exact Hp|].
      pose proof (Sum_term n row i Hi (fun j _ => Hrow j)). unfold c. lra.
Qed.

Lemma taylor_converges n W x0 i : (i < n)%nat -> CV_radius (taylor n W x0 i) = p_infty.
Proof.
  intros Hi. destruct (powers_bounded n W x0) as [B [c [HB [Hc H]]]].
  set (b := fun k => B * c ^ k / INR (fact k)).
  assert (Hpos : forall k, 0 < b k).
  { intros k. apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; [lra|now apply pow_lt]|].
    apply INR_fact_lt_0. }
  assert (Hb : CV_radius b = p_infty).
  { apply CV_radius_infinite_DAlembert.
    - intros k. apply Rgt_not_eq, Hpos.
    - apply is_lim_seq_ext with (fun k => c * / INR (S k)).
      + intros k. rewrite Rabs_right.
        * unfold b. rewrite fact_simpl, mult_INR. simpl pow. field.
          repeat split; try apply INR_fact_neq_0; try lra; try (apply not_0_INR; lia);
            apply pow_nonzero; lra.
        * apply Rle_ge, Rlt_le, Rdiv_lt_0_compat; apply Hpos.
      + replace (Finite 0) with (Rbar_mult c 0) by (simpl; f_equal; ring).
        apply is_lim_seq_scal_l.
        apply (is_lim_seq_incr_1 (fun k => / INR k)).
        replace (Finite 0) with (Rbar_inv p_infty) by reflexivity.
        apply is_lim_seq_inv; [apply is_lim_seq_INR|discriminate]. }
  assert (Hle : Rbar_le (CV_radius b) (CV_radius (taylor n W x0 i))).
  { apply (proj2 (CV_radius_bounded b)). intros r [M HM].
    apply (proj1 (CV_radius_bounded (taylor n W x0 i))). exists M. intros k.
    apply Rle_trans with (2 := HM k). rewrite !Rabs_mult.
    apply Rmult_le_compat_r; [apply Rabs_pos|].
    rewrite (Rabs_right (b k)) by (apply Rle_ge, Rlt_le, Hpos).
    unfold taylor, b, Rdiv. rewrite Rabs_mult.
    rewrite (Rabs_right (/ INR (fact k))).
    - apply Rmult_le_compat_r; [|now apply H].
      apply Rlt_le, Rinv_0_lt_compat, INR_fact_lt_0.
    - apply Rle_ge, Rlt_le, Rinv_0_lt_compat, INR_fact_lt_0. }
  rewrite Hb in Hle. destruct (CV_radius (taylor n W x0 i)); simpl in Hle; tauto.
Qed.

Lemma is_pseries_Sum m (w : nat -> R) (a : nat -> nat -> R) (t : R) :
  (forall j, (j < m)%nat -> ex_pseries (a j) t) ->
  is_pseries (fun k => Sum m (fun j => w j * a j k)) t (Sum m (fun j => w j * PSeries (a j) t)).
Proof.
  induction m as [|m IH]; intros H; simpl.
  - apply filterlim_ext with (fun _ => 0); [|apply filterlim_const].
    intros N. induction N as [|N IHN].
    + rewrite sum_O. unfold scal; simpl; unfold mult; simpl. ring.
    + rewrite sum_Sn, <- IHN. unfold scal, plus; simpl; unfold mult; simpl. ring.
  - apply (is_pseries_plus (fun k => Sum m (fun j => w j * a j k)) (fun k => w m * a m k)).
    + apply IH. intros; apply H; lia.
    + apply (is_pseries_scal (w m) (a m) t); [apply Rmult_comm|].
      apply PSeries_correct. apply H. lia.
Qed.

Theorem linear_is_solvable n W : solvable n (linear n W).
Proof.
  intros x0. exists (fun _ => True), (fun t i => PSeries (taylor n W x0 i) t).
  assert (Hd : forall i t, (i < n)%nat -> is_derive (fun u => PSeries (taylor n W x0 i) u) t
    (linear n W (fun j => PSeries (taylor n W x0 j) t) i)).
  { intros i t Hi.
    replace (linear n W (fun j => PSeries (taylor n W x0 j) t) i)
      with (PSeries (PS_derive (taylor n W x0 i)) t).
    - apply is_derive_PSeries. rewrite taylor_converges by exact Hi. exact Logic.I.
    - unfold linear, mul. apply is_pseries_unique.
      apply is_pseries_ext with (fun k => Sum n (fun j => W i j * taylor n W x0 j k)).
      + intros k. symmetry. apply taylor_derive.
      + apply is_pseries_Sum. intros j Hj. apply CV_radius_inside.
        rewrite taylor_converges by exact Hj. exact Logic.I. }
  split; [intros a b t _ _ _; exact Logic.I|].
  split; [apply filter_true|split].
  - intros i Hi. split; [|intros t _; now apply Hd].
    intros t _ P HP.
    assert (Hc : continuous (fun u => PSeries (taylor n W x0 i) u) t)
      by (apply (ex_derive_continuous (fun u => PSeries (taylor n W x0 i) u));
          eexists; now apply Hd).
    destruct (Hc P HP) as [e He]. exists e. intros u Hu _. now apply He.
  - intros i Hi. rewrite PSeries_0. unfold taylor. simpl. field.
Qed.
