(** Rows E1, E2 and E3: forward Euler, in exact arithmetic.

    Not covered: rounding. sigma is taken to have a potential with a derivative everywhere, so a
    monotone sigma with jumps is left to the written proof. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity.
Open Scope R_scope.

(** One step x + h F(x), and k steps. *)
Definition euler (h : R) (F : field) (x : vector) : vector := fun i => x i + h * F x i.
Definition iterate (h : R) (F : field) (x : vector) (k : nat) : vector := Nat.iter k (euler h F) x.

Lemma euler_difference h F x i : euler h F x i - x i = h * F x i.
Proof. unfold euler. ring. Qed.

Lemma energy_ext n Phi u v : equal n u v -> energy n Phi u = energy n Phi v.
Proof. intros H. apply Sum_ext. intros i Hi. unfold apply. now rewrite H. Qed.

Lemma outer_zero_bias n W sigma x i : outer n W sigma zero x i = mul n W (apply sigma x) i.
Proof. unfold outer, zero. ring. Qed.

(** The first-order change of the energy vanishes. *)
Lemma first_order n W (sigma : R -> R) h x :
  skew n W ->
  dot n (apply sigma x) (fun i => euler h (outer n W sigma zero) x i - x i) = 0.
Proof.
  intros HW.
  rewrite (dot_ext n _ (apply sigma x) _ (fun i => h * mul n W (apply sigma x) i)).
  - rewrite dot_scal_r, skew_form by exact HW. ring.
  - intros i _; reflexivity.
  - intros i _. now rewrite euler_difference, outer_zero_bias.
Qed.

(** A step of the inner form is a step of the outer form for y = W x + b. *)
Lemma euler_conjugacy n W (sigma : R -> R) b h x i :
  affine n W b (euler h (inner n W sigma b) x) i =
  euler h (outer n W sigma zero) (affine n W b x) i.
Proof.
  unfold affine at 1, euler. rewrite mul_plus, mul_scal, outer_zero_bias.
  unfold inner, affine. ring.
Qed.

Lemma energy_conjugacy n W (sigma Phi : R -> R) b h x :
  energy n Phi (affine n W b (euler h (inner n W sigma b) x)) =
  energy n Phi (euler h (outer n W sigma zero) (affine n W b x)).
Proof. apply energy_ext. intros i _. apply euler_conjugacy. Qed.

(** ** E1 *)

(** E1: |x + h W x|^2 = |x|^2 + h^2 |W x|^2. *)
Theorem linear_euler_blows_up n W h x :
  skew n W ->
  sqnorm n (euler h (linear n W) x) = sqnorm n x + h * h * sqnorm n (linear n W x).
Proof.
  intros HW. unfold euler. rewrite sqnorm_plus, dot_scal_r, sqnorm_scal.
  unfold linear at 1. rewrite skew_form by exact HW. ring.
Qed.

(** E1, n = 2: after k steps exactly the factor (1 + h^2 omega^2)^k. *)
Theorem planar_linear_euler_blows_up W h x k :
  skew 2 W ->
  sqnorm 2 (iterate h (linear 2 W) x k) = (1 + h * h * (W 0%nat 1%nat * W 0%nat 1%nat)) ^ k * sqnorm 2 x.
Proof.
  intros HW. induction k as [|k IH]; [simpl; ring|].
  change (iterate h (linear 2 W) x (S k)) with (euler h (linear 2 W) (iterate h (linear 2 W) x k)).
  rewrite linear_euler_blows_up by exact HW. simpl pow.
  rewrite (Rmult_assoc _ (_ ^ k) (sqnorm 2 x)), <- IH.
  set (y := iterate h (linear 2 W) x k).
  pose proof (HW 0%nat 0%nat ltac:(lia) ltac:(lia)). pose proof (HW 1%nat 1%nat ltac:(lia) ltac:(lia)).
  pose proof (HW 0%nat 1%nat ltac:(lia) ltac:(lia)).
  unfold linear, sqnorm, dot, mul. simpl.
  replace (W 0%nat 0%nat) with 0 by lra. replace (W 1%nat 1%nat) with 0 by lra.
  replace (W 1%nat 0%nat) with (- W 0%nat 1%nat) by lra. ring.
Qed.

(** ** E2 *)

(** E2, outer form, weak: sigma nondecreasing, any h. *)
Theorem euler_energy_never_decreases_outer n W (sigma Phi : R -> R) h x :
  skew n W -> potential sigma Phi -> nondecreasing sigma ->
  energy n Phi x <= energy n Phi (euler h (outer n W sigma zero) x).
Proof.
  intros HW HP Hm.
  pose proof (energy_above_tangent n sigma Phi x (euler h (outer n W sigma zero) x) HP Hm) as H.
  rewrite first_order in H by exact HW. lra.
Qed.

(** E2, inner form, weak; any bias. *)
Theorem euler_energy_never_decreases_inner n W (sigma Phi : R -> R) b h x :
  skew n W -> potential sigma Phi -> nondecreasing sigma ->
  energy n Phi (affine n W b x) <= energy n Phi (affine n W b (euler h (inner n W sigma b) x)).
Proof.
  intros. rewrite energy_conjugacy. now apply euler_energy_never_decreases_outer.
Qed.

(** E2, outer form, strict: sigma strictly increasing, h <> 0, x not an equilibrium. *)
Theorem euler_energy_increases_outer n W (sigma Phi : R -> R) h x :
  skew n W -> potential sigma Phi -> strictly_increasing sigma -> h <> 0 ->
  ~ equal n (outer n W sigma zero x) zero ->
  energy n Phi x < energy n Phi (euler h (outer n W sigma zero) x).
Proof.
  intros HW HP Hm Hh Hne.
  pose proof (energy_strictly_above_tangent n sigma Phi x (euler h (outer n W sigma zero) x) HP Hm)
    as H.
  rewrite first_order in H by exact HW. enough (~ equal n x (euler h (outer n W sigma zero) x))
    by (specialize (H H0); lra).
  intros E. apply Hne. intros i Hi. pose proof (E i Hi) as Ei. unfold euler in Ei.
  unfold zero at 2. apply Rmult_eq_reg_l with h; [|exact Hh]. lra.
Qed.

(** E2, inner form, strict unless W sigma(y) = 0. *)
Theorem euler_energy_increases_inner n W (sigma Phi : R -> R) b h x :
  skew n W -> potential sigma Phi -> strictly_increasing sigma -> h <> 0 ->
  ~ equal n (mul n W (inner n W sigma b x)) zero ->
  energy n Phi (affine n W b x) < energy n Phi (affine n W b (euler h (inner n W sigma b) x)).
Proof.
  intros HW HP Hm Hh Hne. rewrite energy_conjugacy. apply euler_energy_increases_outer; auto.
  intros E. apply Hne. intros i Hi. rewrite <- (E i Hi). symmetry. apply outer_zero_bias.
Qed.

Lemma iterate_energy n W (sigma Phi : R -> R) h x k m :
  skew n W -> potential sigma Phi -> nondecreasing sigma -> (k <= m)%nat ->
  energy n Phi (iterate h (outer n W sigma zero) x k) <=
  energy n Phi (iterate h (outer n W sigma zero) x m).
Proof.
  intros HW HP Hm Hkm. induction Hkm as [|m Hkm IH]; [lra|].
  apply Rle_trans with (1 := IH).
  apply (euler_energy_never_decreases_outer n W sigma Phi h _ HW HP Hm).
Qed.

(** E2: closed orbits never survive Euler. *)
Theorem euler_orbits_never_close n W (sigma Phi : R -> R) h x p :
  skew n W -> potential sigma Phi -> strictly_increasing sigma -> h <> 0 -> (0 < p)%nat ->
  equal n (iterate h (outer n W sigma zero) x p) x ->
  equal n (outer n W sigma zero x) zero.
Proof.
  intros HW HP Hm Hh Hp E. apply Classical_Prop.NNPP. intros Hne.
  pose proof (euler_energy_increases_outer n W sigma Phi h x HW HP Hm Hh Hne).
  pose proof (iterate_energy n W sigma Phi h x 1 p HW HP (strictly_nondecreasing _ Hm) ltac:(lia)) as H1.
  rewrite (energy_ext n Phi _ _ E) in H1. simpl in H1. lra.
Qed.

(** ** E3 *)

(** E3, one step, outer form: |H(x') - H(x)| <= (L h^2 / 2) |W sigma(x)|^2. *)
Theorem euler_energy_step_is_quadratic_outer n W (sigma Phi : R -> R) L h x :
  skew n W -> potential sigma Phi -> lipschitz L sigma ->
  Rabs (energy n Phi (euler h (outer n W sigma zero) x) - energy n Phi x)
  <= L * (h * h) / 2 * sqnorm n (mul n W (apply sigma x)).
Proof.
  intros HW HP HL.
  pose proof (energy_quadratic n sigma Phi L x (euler h (outer n W sigma zero) x) HP HL) as H.
  rewrite first_order in H by exact HW. rewrite Rminus_0_r in H.
  rewrite (sqnorm_ext n _ (fun i => h * mul n W (apply sigma x) i)), sqnorm_scal in H; [lra|].
  intros i _. now rewrite euler_difference, outer_zero_bias.
Qed.

Lemma sqnorm_bounded n sigma M x :
  (forall s, Rabs (sigma s) <= M) -> sqnorm n (apply sigma x) <= INR n * (M * M).
Proof.
  intros HM. rewrite <- Sum_const. apply Sum_le. intros i _. unfold apply.
  pose proof (HM (x i)) as H. apply Rabs_le_between in H. nra.
Qed.

(** E3, k steps, outer form: the energy changes by at most C k,
    C = (L h^2 / 2) w^2 n M^2, where |W u| <= w |u| for all u. *)
Theorem euler_growth_is_at_most_linear_outer n W (sigma Phi : R -> R) L M w h x k :
  skew n W -> potential sigma Phi -> lipschitz L sigma -> (forall s, Rabs (sigma s) <= M) ->
  (forall u, sqnorm n (mul n W u) <= w * w * sqnorm n u) ->
  Rabs (energy n Phi (iterate h (outer n W sigma zero) x k) - energy n Phi x)
  <= L * (h * h) / 2 * (w * w * (INR n * (M * M))) * INR k.
Proof.
  intros HW HP HL HM Hw. set (C := L * (h * h) / 2 * (w * w * (INR n * (M * M)))).
  assert (HL0 : 0 <= L).
  { pose proof (HL 0 1) as H. rewrite (Rabs_right (1 - 0)) in H by lra.
    pose proof (Rabs_pos (sigma 1 - sigma 0)). lra. }
  induction k as [|k IH].
  { simpl. rewrite Rminus_eq_0, Rabs_R0. lra. }
  rewrite S_INR. set (y := iterate h (outer n W sigma zero) x k) in *.
  change (iterate h (outer n W sigma zero) x (S k)) with (euler h (outer n W sigma zero) y).
  pose proof (euler_energy_step_is_quadratic_outer n W sigma Phi L h y HW HP HL) as H1.
  pose proof (Hw (apply sigma y)) as H2. pose proof (sqnorm_bounded n sigma M y HM) as H3.
  assert (H4 : L * (h * h) / 2 * sqnorm n (mul n W (apply sigma y)) <= C).
  { unfold C. apply Rmult_le_compat_l.
    - assert (0 <= L * (h * h)) by (apply Rmult_le_pos; [lra|apply Rle_0_sqr]). lra.
    - apply Rle_trans with (1 := H2). apply Rmult_le_compat_l; [apply Rle_0_sqr|exact H3]. }
  replace (energy n Phi (euler h (outer n W sigma zero) y) - energy n Phi x) with
    ((energy n Phi (euler h (outer n W sigma zero) y) - energy n Phi y) +
     (energy n Phi y - energy n Phi x)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.

Lemma iterate_conjugacy n W (sigma : R -> R) b h x k :
  equal n (affine n W b (iterate h (inner n W sigma b) x k))
          (iterate h (outer n W sigma zero) (affine n W b x) k).
Proof.
  induction k as [|k IH]; intros i Hi; [reflexivity|].
  change (affine n W b (euler h (inner n W sigma b) (iterate h (inner n W sigma b) x k)) i =
          euler h (outer n W sigma zero) (iterate h (outer n W sigma zero) (affine n W b x) k) i).
  rewrite euler_conjugacy. unfold euler. rewrite (IH i Hi), !outer_zero_bias.
  f_equal. f_equal. apply mul_ext. intros j Hj. unfold apply. now rewrite (IH j Hj).
Qed.

(** E3, k steps, inner form: the same of y = W x + b. *)
Theorem euler_growth_is_at_most_linear_inner n W (sigma Phi : R -> R) L M w b h x k :
  skew n W -> potential sigma Phi -> lipschitz L sigma -> (forall s, Rabs (sigma s) <= M) ->
  (forall u, sqnorm n (mul n W u) <= w * w * sqnorm n u) ->
  Rabs (energy n Phi (affine n W b (iterate h (inner n W sigma b) x k)) -
        energy n Phi (affine n W b x))
  <= L * (h * h) / 2 * (w * w * (INR n * (M * M))) * INR k.
Proof.
  intros. rewrite (energy_ext n Phi _ _ (iterate_conjugacy n W sigma b h x k)).
  now apply euler_growth_is_at_most_linear_outer.
Qed.

Lemma norm_bounded n sigma M x :
  0 <= M -> (forall s, Rabs (sigma s) <= M) -> norm n (apply sigma x) <= M * sqrt (INR n).
Proof.
  intros H0 HM. assert (0 <= INR n) by apply pos_INR.
  apply norm_le; [apply Rmult_le_pos; [exact H0|apply sqrt_pos]|].
  replace (M * sqrt (INR n) * (M * sqrt (INR n))) with (sqrt (INR n) * sqrt (INR n) * (M * M)) by ring.
  rewrite sqrt_sqrt by assumption. now apply sqnorm_bounded.
Qed.

Lemma iterate_norm n h F x B k :
  (forall y, norm n (F y) <= B) -> norm n (iterate h F x k) <= norm n x + INR k * (Rabs h * B).
Proof.
  intros HB. induction k as [|k IH]; [simpl; lra|].
  rewrite S_INR. set (y := iterate h F x k) in *.
  change (iterate h F x (S k)) with (euler h F y). unfold euler.
  eapply Rle_trans; [apply (norm_plus n y (fun i => h * F y i))|].
  rewrite norm_scal. pose proof (HB y). pose proof (Rabs_pos h). nra.
Qed.

(** E3, outer form, any W and b: |x_k| <= |x_0| + k |h| (w M sqrt n + |b|). *)
Theorem euler_does_not_overflow_outer n W (sigma : R -> R) M w b h x k :
  0 <= w -> (forall u, norm n (mul n W u) <= w * norm n u) -> (forall s, Rabs (sigma s) <= M) ->
  norm n (iterate h (outer n W sigma b) x k) <=
  norm n x + INR k * (Rabs h * (w * (M * sqrt (INR n)) + norm n b)).
Proof.
  intros Hw HW HM. apply iterate_norm. intros y.
  assert (H0 : 0 <= M) by (pose proof (HM 0); pose proof (Rabs_pos (sigma 0)); lra).
  eapply Rle_trans; [apply (norm_plus n (mul n W (apply sigma y)) b)|].
  pose proof (HW (apply sigma y)). pose proof (norm_bounded n sigma M y H0 HM). nra.
Qed.

(** E3, inner form, any W and b: |x_k| <= |x_0| + k |h| M sqrt n. *)
Theorem euler_does_not_overflow_inner n W (sigma : R -> R) M b h x k :
  (forall s, Rabs (sigma s) <= M) ->
  norm n (iterate h (inner n W sigma b) x k) <= norm n x + INR k * (Rabs h * (M * sqrt (INR n))).
Proof.
  intros HM. apply iterate_norm. intros y.
  assert (H0 : 0 <= M) by (pose proof (HM 0); pose proof (Rabs_pos (sigma 0)); lra).
  now apply norm_bounded.
Qed.

(** The bounds w of E3 exist: the Frobenius norm is one. *)
Theorem operator_bound_exists n W :
  exists w, 0 <= w /\ (forall u, sqnorm n (mul n W u) <= w * w * sqnorm n u) /\
    (forall u, norm n (mul n W u) <= w * norm n u).
Proof.
  set (q := Sum n (fun i => sqnorm n (W i))).
  assert (Hq : 0 <= q) by (apply Sum_nonneg; intros; apply sqnorm_nonneg).
  exists (sqrt q). assert (H : forall u, sqnorm n (mul n W u) <= sqrt q * sqrt q * sqnorm n u).
  { intros u. rewrite sqrt_sqrt by exact Hq. apply mul_bounded. }
  split; [apply sqrt_pos|split; [exact H|]]. intros u.
  apply norm_le; [apply Rmult_le_pos; [apply sqrt_pos|apply norm_nonneg]|].
  replace (sqrt q * norm n u * (sqrt q * norm n u)) with
    (sqrt q * sqrt q * (norm n u * norm n u)) by ring.
  rewrite norm_sqr. apply H.
Qed.
