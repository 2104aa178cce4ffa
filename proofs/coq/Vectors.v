(** Finite sums, vectors and square matrices over R, for every size n.

    A vector is a function nat -> R and a matrix a function nat -> nat -> R;
    only the entries below n count. *)
From Coq Require Import Reals Lra Lia Arith.
Open Scope R_scope.

Definition vector := nat -> R.
Definition matrix := nat -> nat -> R.

(** f 0 + ... + f (n - 1). *)
Fixpoint Sum (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S m => Sum m f + f m
  end.

Definition zero : vector := fun _ => 0.
Definition dot (n : nat) (u v : vector) : R := Sum n (fun i => u i * v i).
Definition sqnorm (n : nat) (u : vector) : R := dot n u u.
Definition norm (n : nat) (u : vector) : R := sqrt (sqnorm n u).
Definition mul (n : nat) (W : matrix) (u : vector) : vector :=
  fun i => Sum n (fun j => W i j * u j).
Definition delta (i j : nat) : R := if Nat.eqb i j then 1 else 0.

(** u = v in R^n. *)
Definition equal (n : nat) (u v : vector) : Prop := forall i, (i < n)%nat -> u i = v i.

(** W + W^T = 0. *)
Definition skew (n : nat) (W : matrix) : Prop :=
  forall i j, (i < n)%nat -> (j < n)%nat -> W i j + W j i = 0.

(** V W = W V = 1. *)
Definition inverse (n : nat) (V W : matrix) : Prop :=
  forall i j, (i < n)%nat -> (j < n)%nat ->
    Sum n (fun k => V i k * W k j) = delta i j /\ Sum n (fun k => W i k * V k j) = delta i j.
Definition invertible (n : nat) (W : matrix) : Prop := exists V, inverse n V W.

(** ** Sums *)

Lemma Sum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> Sum n f = Sum n g.
Proof.
  induction n as [|n IH]; intros H; [reflexivity|]; simpl.
  rewrite IH by (intros; apply H; lia). now rewrite (H n) by lia.
Qed.

Lemma Sum_plus n f g : Sum n (fun i => f i + g i) = Sum n f + Sum n g.
Proof. induction n as [|n IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma Sum_minus n f g : Sum n (fun i => f i - g i) = Sum n f - Sum n g.
Proof. induction n as [|n IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma Sum_scal n c f : Sum n (fun i => c * f i) = c * Sum n f.
Proof. induction n as [|n IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma Sum_scal_r n c f : Sum n (fun i => f i * c) = Sum n f * c.
Proof. induction n as [|n IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma Sum_zero n : Sum n (fun _ => 0) = 0.
Proof. induction n as [|n IH]; simpl; lra. Qed.

Lemma Sum_const n c : Sum n (fun _ => c) = INR n * c.
Proof.
  induction n as [|n IH]; [simpl; lra|].
  rewrite S_INR; simpl Sum; rewrite IH; lra.
Qed.

Lemma Sum_swap n m (f : nat -> nat -> R) :
  Sum n (fun i => Sum m (fun j => f i j)) = Sum m (fun j => Sum n (fun i => f i j)).
Proof.
  induction n as [|n IH]; simpl.
  - now rewrite Sum_zero.
  - now rewrite IH, Sum_plus.
Qed.

Lemma Sum_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> Sum n f <= Sum n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  assert (f n <= g n) by (apply H; lia).
  assert (Sum n f <= Sum n g) by (apply IH; intros; apply H; lia). lra.
Qed.

Lemma Sum_nonneg n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= Sum n f.
Proof. intros H. rewrite <- (Sum_zero n). now apply Sum_le. Qed.

Lemma Sum_lt n f g k :
  (k < n)%nat -> (forall i, (i < n)%nat -> f i <= g i) -> f k < g k -> Sum n f < Sum n g.
Proof.
  induction n as [|n IH]; intros Hk H Hlt; [lia|]; simpl.
  assert (f n <= g n) by (apply H; lia).
  assert (Hn : Sum n f <= Sum n g) by (apply Sum_le; intros; apply H; lia).
  destruct (Nat.eq_dec k n) as [->|Hne]; [lra|].
  assert (Sum n f < Sum n g) by (apply IH; [lia|intros; apply H; lia|exact Hlt]). lra.
Qed.

(** One term of a sum of nonnegative terms. *)
Lemma Sum_term n f k :
  (k < n)%nat -> (forall i, (i < n)%nat -> 0 <= f i) -> f k <= Sum n f.
Proof.
  induction n as [|n IH]; intros Hk H; [lia|]; simpl.
  assert (0 <= f n) by (apply H; lia).
  assert (0 <= Sum n f) by (apply Sum_nonneg; intros; apply H; lia).
  destruct (Nat.eq_dec k n) as [->|Hne]; [lra|].
  assert (f k <= Sum n f) by (apply IH; [lia|intros; apply H; lia]). lra.
Qed.

Lemma Sum_nonneg_zero n f :
  (forall i, (i < n)%nat -> 0 <= f i) -> Sum n f = 0 -> forall i, (i < n)%nat -> f i = 0.
Proof.
  intros H H0 i Hi. pose proof (Sum_term n f i Hi H). pose proof (H i Hi). lra.
Qed.

Lemma Sum_abs n f : Rabs (Sum n f) <= Sum n (fun i => Rabs (f i)).
Proof.
  induction n as [|n IH]; simpl; [rewrite Rabs_R0; lra|].
  pose proof (Rabs_triang (Sum n f) (f n)). lra.
Qed.

Lemma Sum_delta n (f : nat -> R) k : (k < n)%nat -> Sum n (fun i => delta k i * f i) = f k.
Proof.
  assert (Hz : forall m, (m <= k)%nat -> Sum m (fun i => delta k i * f i) = 0).
  { intros m Hm. rewrite <- (Sum_zero m). apply Sum_ext. intros i Hi. unfold delta.
    destruct (Nat.eqb_spec k i); [lia|lra]. }
  induction n as [|n IH]; intros Hk; [lia|]; simpl.
  destruct (Nat.eq_dec k n) as [->|Hne].
  - rewrite Hz by lia. unfold delta. rewrite Nat.eqb_refl. lra.
  - rewrite IH by lia. unfold delta. destruct (Nat.eqb_spec k n); [lia|lra].
Qed.

(** ** Vectors *)

Lemma dot_comm n u v : dot n u v = dot n v u.
Proof. apply Sum_ext. intros; ring. Qed.

Lemma dot_ext n u u' v v' : equal n u u' -> equal n v v' -> dot n u v = dot n u' v'.
Proof. intros Hu Hv. apply Sum_ext. intros i Hi. now rewrite Hu, Hv. Qed.

Lemma dot_plus_r n u v w : dot n u (fun i => v i + w i) = dot n u v + dot n u w.
Proof.
  unfold dot. rewrite <- Sum_plus. apply Sum_ext. intros; ring.
Qed.

Lemma dot_minus_r n u v w : dot n u (fun i => v i - w i) = dot n u v - dot n u w.
Proof.
  unfold dot. rewrite <- Sum_minus. apply Sum_ext. intros; ring.
Qed.

Lemma dot_scal_r n c u v : dot n u (fun i => c * v i) = c * dot n u v.
Proof. unfold dot. rewrite <- Sum_scal. apply Sum_ext. intros; ring. Qed.

Lemma dot_zero_r n u v : equal n v zero -> dot n u v = 0.
Proof.
  intros Hv. rewrite <- (Sum_zero n). apply Sum_ext. intros i Hi. rewrite Hv by lia.
  unfold zero; ring.
Qed.

Lemma sqnorm_nonneg n u : 0 <= sqnorm n u.
Proof. apply Sum_nonneg. intros i _. apply Rle_0_sqr. Qed.

Lemma sqnorm_ext n u v : equal n u v -> sqnorm n u = sqnorm n v.
Proof. intros H. now apply dot_ext. Qed.

Lemma sqnorm_zero n u : sqnorm n u = 0 -> equal n u zero.
Proof.
  intros H i Hi.
  assert (Hu : u i * u i = 0).
  { apply (Sum_nonneg_zero n (fun i => u i * u i)); auto. intros; apply Rle_0_sqr. }
  now apply Rsqr_0_uniq.
Qed.

Lemma sqnorm_scal n c u : sqnorm n (fun i => c * u i) = c * c * sqnorm n u.
Proof. unfold sqnorm, dot. rewrite <- Sum_scal. apply Sum_ext. intros; ring. Qed.

Lemma sqnorm_plus n u v :
  sqnorm n (fun i => u i + v i) = sqnorm n u + 2 * dot n u v + sqnorm n v.
Proof.
  unfold sqnorm, dot. rewrite <- Sum_scal, <- !Sum_plus. apply Sum_ext. intros; ring.
Qed.

Lemma norm_nonneg n u : 0 <= norm n u.
Proof. apply sqrt_pos. Qed.

Lemma norm_sqr n u : norm n u * norm n u = sqnorm n u.
Proof. apply sqrt_sqrt, sqnorm_nonneg. Qed.

Lemma norm_le n u r : 0 <= r -> sqnorm n u <= r * r -> norm n u <= r.
Proof.
  intros Hr H. unfold norm. rewrite <- (sqrt_square r Hr). now apply sqrt_le_1_alt.
Qed.

Lemma Rabs_le_norm n u i : (i < n)%nat -> Rabs (u i) <= norm n u.
Proof.
  intros Hi. rewrite <- (sqrt_Rsqr_abs (u i)). apply sqrt_le_1_alt.
  apply (Sum_term n (fun i => u i * u i)); auto. intros; apply Rle_0_sqr.
Qed.

(** Cauchy-Schwarz. *)
Lemma dot_sqr_le n u v : dot n u v * dot n u v <= sqnorm n u * sqnorm n v.
Proof.
  set (a := sqnorm n u). set (b := dot n u v). set (c := sqnorm n v).
  assert (Hq : forall r, 0 <= a + 2 * r * b + r * r * c).
  { intros r. pose proof (sqnorm_nonneg n (fun i => u i + r * v i)) as H.
    rewrite sqnorm_plus, dot_scal_r, sqnorm_scal in H. fold a b c in H. lra. }
  assert (Hc : 0 <= c) by apply sqnorm_nonneg.
  destruct (Req_dec c 0) as [H0|H0].
  - assert (b = 0); [|rewrite H; nra].
    assert (equal n v zero) by (apply sqnorm_zero; exact H0).
    now apply dot_zero_r.
  - pose proof (Hq (- b / c)) as H.
    replace (a + 2 * (- b / c) * b + - b / c * (- b / c) * c) with (a - b * b / c) in H
      by (field; auto).
    assert (0 <= (a - b * b / c) * c) by (apply Rmult_le_pos; lra).
    replace ((a - b * b / c) * c) with (a * c - b * b) in H1 by (field; auto). lra.
Qed.

Lemma dot_le_norms n u v : dot n u v <= norm n u * norm n v.
Proof.
  pose proof (dot_sqr_le n u v) as H.
  rewrite <- (norm_sqr n u), <- (norm_sqr n v) in H.
  pose proof (norm_nonneg n u). pose proof (norm_nonneg n v).
  apply Rnot_lt_le. intros Hlt.
  assert (0 <= norm n u * norm n v) by (apply Rmult_le_pos; auto). nra.
Qed.

Lemma norm_plus n u v : norm n (fun i => u i + v i) <= norm n u + norm n v.
Proof.
  pose proof (norm_nonneg n u). pose proof (norm_nonneg n v).
  apply norm_le; [lra|]. rewrite sqnorm_plus.
  pose proof (dot_le_norms n u v). pose proof (norm_sqr n u). pose proof (norm_sqr n v). nra.
Qed.

Lemma norm_scal n c u : norm n (fun i => c * u i) = Rabs c * norm n u.
Proof.
  unfold norm. rewrite sqnorm_scal, sqrt_mult_alt by apply Rle_0_sqr.
  f_equal. apply sqrt_Rsqr_abs.
Qed.

(** ** Matrices *)

Lemma mul_ext n W u v : equal n u v -> forall i, mul n W u i = mul n W v i.
Proof. intros H i. apply Sum_ext. intros j Hj. now rewrite H. Qed.

Lemma mul_plus n W u v i : mul n W (fun j => u j + v j) i = mul n W u i + mul n W v i.
Proof. apply (dot_plus_r n (W i)). Qed.

Lemma mul_minus n W u v i : mul n W (fun j => u j - v j) i = mul n W u i - mul n W v i.
Proof. apply (dot_minus_r n (W i)). Qed.

Lemma mul_scal n W c u i : mul n W (fun j => c * u j) i = c * mul n W u i.
Proof. apply (dot_scal_r n c (W i)). Qed.

Lemma mul_zero n W u i : equal n u zero -> mul n W u i = 0.
Proof. apply (dot_zero_r n (W i)). Qed.

(** u . W v = (W^T u) . v *)
Lemma dot_mul n W u v : dot n u (mul n W v) = dot n (mul n (fun i j => W j i) u) v.
Proof.
  unfold dot, mul.
  transitivity (Sum n (fun i => Sum n (fun j => u i * (W i j * v j)))).
  { apply Sum_ext. intros. now rewrite Sum_scal. }
  rewrite Sum_swap. apply Sum_ext. intros j _. rewrite <- Sum_scal_r.
  apply Sum_ext. intros; ring.
Qed.

(** u . W v = - (W u) . v for a skew W. *)
Lemma skew_dot n W u v : skew n W -> dot n u (mul n W v) = - dot n (mul n W u) v.
Proof.
  intros HW. rewrite dot_mul.
  enough (H : dot n (mul n (fun i j => W j i) u) v + dot n (mul n W u) v = 0) by lra.
  unfold dot. rewrite <- Sum_plus, <- (Sum_zero n). apply Sum_ext. intros i Hi.
  enough (H : mul n (fun i j => W j i) u i + mul n W u i = 0) by nra.
  unfold mul. rewrite <- Sum_plus, <- (Sum_zero n). apply Sum_ext. intros j Hj.
  pose proof (HW i j Hi Hj). nra.
Qed.

(** A skew form vanishes: s . W s = 0. *)
Lemma skew_form n W s : skew n W -> dot n s (mul n W s) = 0.
Proof.
  intros HW. pose proof (skew_dot n W s s HW) as H.
  rewrite (dot_comm n (mul n W s) s) in H. lra.
Qed.

(** For a skew W, W k = 0 and k^T W = 0 are the same. *)
Lemma skew_kernel n W k :
  skew n W -> equal n (mul n W k) zero <-> equal n (mul n (fun i j => W j i) k) zero.
Proof.
  intros HW.
  assert (H : forall i, (i < n)%nat -> mul n (fun i j => W j i) k i + mul n W k i = 0).
  { intros i Hi. unfold mul. rewrite <- Sum_plus, <- (Sum_zero n). apply Sum_ext.
    intros j Hj. pose proof (HW i j Hi Hj). nra. }
  split; intros H0 i Hi; pose proof (H i Hi); pose proof (H0 i Hi); unfold zero in *; lra.
Qed.

Lemma inverse_left n V W u : inverse n V W -> equal n (mul n V (mul n W u)) u.
Proof.
  intros HV i Hi. unfold mul.
  transitivity (Sum n (fun k => Sum n (fun j => V i k * (W k j * u j)))).
  { apply Sum_ext. intros. now rewrite Sum_scal. }
  rewrite Sum_swap.
  transitivity (Sum n (fun j => delta i j * u j)); [|now apply Sum_delta].
  apply Sum_ext. intros j Hj. rewrite <- (proj1 (HV i j Hi Hj)), <- Sum_scal_r.
  apply Sum_ext. intros; ring.
Qed.

Lemma inverse_sym n V W : inverse n V W -> inverse n W V.
Proof. intros H i j Hi Hj. destruct (H i j Hi Hj); auto. Qed.

Lemma inverse_right n V W u : inverse n V W -> equal n (mul n W (mul n V u)) u.
Proof. intros HV. now apply inverse_left, inverse_sym. Qed.

Lemma invertible_kernel n W u : invertible n W -> equal n (mul n W u) zero -> equal n u zero.
Proof.
  intros [V HV] H i Hi. rewrite <- (inverse_left n V W u HV i Hi). now apply mul_zero.
Qed.

(** Every matrix has an operator norm: |W u|^2 <= w^2 |u|^2 with w^2 the sum of the squares. *)
Lemma mul_bounded n W u :
  sqnorm n (mul n W u) <= Sum n (fun i => sqnorm n (W i)) * sqnorm n u.
Proof.
  unfold sqnorm at 1, dot at 1. rewrite <- Sum_scal_r. apply Sum_le. intros i _.
  apply (dot_sqr_le n (W i) u).
Qed.

Lemma mul_bounded_entries n V u B i :
  (forall j, (j < n)%nat -> Rabs (u j) <= B) ->
  Rabs (mul n V u i) <= Sum n (fun j => Rabs (V i j)) * B.
Proof.
  intros HB. eapply Rle_trans; [apply Sum_abs|]. rewrite <- Sum_scal_r. apply Sum_le.
  intros j Hj. rewrite Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos|auto].
Qed.
