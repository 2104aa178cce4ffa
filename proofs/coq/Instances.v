(** tanh and exp(s) - 1: the theorems applied, and rows I6, I7 and E4's literal readings refuted. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Energy ConservedImpliesSkew Boundedness
  Oscillation Euler EulerDiverges.
Open Scope R_scope.

Definition odd (sigma : R -> R) : Prop := forall s, sigma (- s) = - sigma s.
Definition bounded (sigma : R -> R) : Prop := exists M, forall s, Rabs (sigma s) <= M.

(** W = [[0, 1], [-1, 0]]. *)
Definition rotation : matrix := fun i j =>
  match i, j with
  | 0%nat, 1%nat => 1
  | 1%nat, 0%nat => -1
  | _, _ => 0
  end.

Lemma rotation_skew : skew 2 rotation.
Proof.
  intros i j Hi Hj. destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; simpl; ring.
Qed.

Lemma rotation_invertible : invertible 2 rotation.
Proof.
  exists (fun i j => - rotation i j). intros i j Hi Hj.
  destruct i as [|[|i]]; destruct j as [|[|j]]; try lia; unfold delta; simpl; split; ring.
Qed.

Lemma derivative_pos_increasing (sigma dsigma : R -> R) :
  (forall s, is_derive sigma s (dsigma s)) -> (forall s, 0 < dsigma s) -> strictly_increasing sigma.
Proof.
  intros Hd Hp r s Hrs.
  destruct (mean_value_everywhere sigma dsigma r s Hd ltac:(lra)) as [c [E _]].
  pose proof (Hp c). nra.
Qed.

(** ** O3 and E* = E0 = infinity for every strictly increasing sigma with sigma(0) = 0 *)

Lemma increasing_energy_pos n (sigma Phi : R -> R) x :
  potential sigma Phi -> Phi 0 = 0 -> sigma 0 = 0 -> strictly_increasing sigma ->
  ~ equal n x zero -> 0 < energy n Phi x.
Proof.
  intros HP H0 Hs0 Hm Hne.
  assert (Hne' : ~ equal n zero x).
  { intros E. apply Hne. intros i Hi. symmetry. now apply E. }
  pose proof (energy_strictly_above_tangent n sigma Phi zero x HP Hm Hne') as H.
  assert (E : energy n Phi zero = 0).
  { unfold energy, apply, zero. rewrite H0. apply Sum_zero. }
  rewrite E, dot_comm, dot_zero_r in H by (intros i _; exact Hs0). lra.
Qed.

Lemma boxed n (x : vector) : exists B, 0 <= B /\ in_box n (- B) B x.
Proof.
  exists (Sum n (fun i => Rabs (x i))). split.
  - apply Sum_nonneg. intros; apply Rabs_pos.
  - intros i Hi. apply Rabs_le_between.
    apply (Sum_term n (fun i => Rabs (x i)) i Hi). intros; apply Rabs_pos.
Qed.

(** O3 for increasing activations, outer form. *)
Theorem increasing_activations_oscillate n W (sigma Phi : R -> R) x t0 :
  skew n W -> invertible n W -> potential sigma Phi -> Phi 0 = 0 -> sigma 0 = 0 ->
  (forall s, continuous sigma s) -> strictly_increasing sigma ->
  solution (from t0) n (outer n W sigma zero) x -> ~ equal n (x t0) zero ->
  bounded_on (from t0) n x /\ ~ exists z, converges_to n x z.
Proof.
  intros HW Hinv HP H0 Hs0 Hs Hm Hx Hne.
  destruct (increasing_confines sigma Phi HP Hm Hs0) as [Hw [Hright Hleft]].
  destruct (Hright (energy n Phi (x t0))) as [p [Hp HEp]].
  destruct (Hleft (energy n Phi (x t0))) as [q [Hq HEq]].
  destruct (boxed n (x t0)) as [B [HB Hbox]].
  assert (Hpos := increasing_energy_pos n sigma Phi (x t0) HP H0 Hs0 Hm Hne).
  apply (oscillation_is_perpetual_outer n W sigma Phi x (q - B) (p + B) t0); auto; try lra.
  - intros s _. apply Hw.
  - intros i Hi. pose proof (Hbox i Hi). lra.
  - apply Rlt_le_trans with (1 := HEq). apply (potential_monotone sigma); auto. lra.
  - apply Rlt_le_trans with (1 := HEp). apply (potential_monotone sigma); auto. lra.
  - intros s _ Hroot Hs'. exfalso.
    assert (s = 0); [|subst s; lra].
    destruct (Rtotal_order s 0) as [H|[H|H]]; [|exact H|]; pose proof (Hm _ _ H); lra.
Qed.

(** ** tanh *)

Lemma cosh_pos s : 0 < cosh s.
Proof. unfold cosh. pose proof (exp_pos s). pose proof (exp_pos (- s)). lra. Qed.

Lemma cosh_sinh s : cosh s * cosh s - sinh s * sinh s = 1.
Proof.
  unfold cosh, sinh. assert (E : exp s * exp (- s) = 1).
  { rewrite <- exp_plus, Rplus_opp_r. apply exp_0. }
  nra.
Qed.

Lemma tanh_derive s : is_derive tanh s (/ (cosh s * cosh s)).
Proof.
  pose proof (cosh_pos s) as Hc. unfold tanh. evar_last.
  - apply (is_derive_div sinh cosh s (cosh s) (sinh s)).
    + apply is_derive_Reals, derivable_pt_lim_sinh.
    + apply is_derive_Reals, derivable_pt_lim_cosh.
    + lra.
  - pose proof (cosh_sinh s) as E. simpl. rewrite Rmult_1_r.
    replace (cosh s * cosh s - sinh s * sinh s) with 1 by lra. field. lra.
Qed.

Lemma tanh_potential : potential tanh (fun s => ln (cosh s)).
Proof.
  intros s. pose proof (cosh_pos s) as Hc. unfold tanh. evar_last.
  - apply (is_derive_comp ln cosh s (/ cosh s) (sinh s)).
    + apply is_derive_Reals. now apply derivable_pt_lim_ln.
    + apply is_derive_Reals, derivable_pt_lim_cosh.
  - unfold scal; simpl; unfold mult; simpl. field. lra.
Qed.

Lemma tanh_potential_0 : ln (cosh 0) = 0.
Proof. unfold cosh. rewrite Ropp_0, exp_0. replace ((1 + 1) / 2) with 1 by field. apply ln_1. Qed.

Lemma tanh_0 : tanh 0 = 0.
Proof. unfold tanh, sinh. rewrite Ropp_0. field. pose proof (cosh_pos 0). lra. Qed.

Lemma tanh_continuous s : continuous tanh s.
Proof. apply (ex_derive_continuous tanh). eexists. apply tanh_derive. Qed.

Lemma tanh_increasing : strictly_increasing tanh.
Proof.
  apply (derivative_pos_increasing tanh (fun s => / (cosh s * cosh s)) tanh_derive).
  intros s. pose proof (cosh_pos s). apply Rinv_0_lt_compat. now apply Rmult_lt_0_compat.
Qed.

Lemma tanh_bounded s : Rabs (tanh s) <= 1.
Proof.
  pose proof (cosh_pos s). pose proof (cosh_sinh s). unfold tanh.
  unfold Rdiv. rewrite Rabs_mult, Rabs_inv, (Rabs_right (cosh s)) by lra.
  apply Rmult_le_reg_r with (cosh s); [lra|]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r, Rmult_1_l by lra.
  unfold Rabs. destruct (Rcase_abs _); nra.
Qed.

Lemma tanh_odd : odd tanh.
Proof.
  intros s. unfold tanh, sinh, cosh. rewrite Ropp_involutive. pose proof (exp_pos s).
  pose proof (exp_pos (- s)). field. lra.
Qed.

Lemma tanh_lipschitz : lipschitz 1 tanh.
Proof.
  intros r s. destruct (Req_dec r s) as [<-|Hne].
  { rewrite !Rminus_eq_0, Rabs_R0. lra. }
  destruct (mean_value_everywhere tanh (fun s => / (cosh s * cosh s)) r s tanh_derive Hne)
    as [c [-> _]].
  rewrite Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|].
  pose proof (cosh_pos c). pose proof (cosh_sinh c). pose proof (Rle_0_sqr (sinh c)).
  unfold Rsqr in *. assert (1 <= cosh c * cosh c) by lra.
  rewrite Rabs_right by (left; apply Rinv_0_lt_compat; lra).
  rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
Qed.

(** I1 for tanh. *)
Corollary tanh_energy_is_conserved I n W x s t :
  interval I -> skew n W -> solution I n (outer n W tanh zero) x -> I s -> I t ->
  energy n (fun r => ln (cosh r)) (x s) = energy n (fun r => ln (cosh r)) (x t).
Proof. intros HI HW. apply (energy_is_conserved_outer I n W tanh); auto. exact tanh_potential. Qed.

(** O3 for tanh: every orbit but 0 is bounded and has no limit. *)
Corollary tanh_oscillates_perpetually n W x t0 :
  skew n W -> invertible n W -> solution (from t0) n (outer n W tanh zero) x ->
  ~ equal n (x t0) zero -> bounded_on (from t0) n x /\ ~ exists z, converges_to n x z.
Proof.
  intros HW Hinv. apply (increasing_activations_oscillate n W tanh (fun s => ln (cosh s))); auto.
  - exact tanh_potential.
  - exact tanh_potential_0.
  - exact tanh_0.
  - exact tanh_continuous.
  - exact tanh_increasing.
Qed.

(** E3 for tanh: H grows by at most (h w)^2 n / 2 a step. *)
Corollary tanh_euler_growth_is_at_most_linear n W w h x k :
  skew n W -> (forall u, sqnorm n (mul n W u) <= w * w * sqnorm n u) ->
  Rabs (energy n (fun r => ln (cosh r)) (iterate h (outer n W tanh zero) x k) -
        energy n (fun r => ln (cosh r)) x) <= h * h / 2 * (w * w * INR n) * INR k.
Proof.
  intros HW Hw.
  pose proof (euler_growth_is_at_most_linear_outer n W tanh (fun r => ln (cosh r)) 1 1 w h x k
    HW tanh_potential tanh_lipschitz tanh_bounded Hw) as H.
  replace (h * h / 2 * (w * w * INR n)) with (1 * (h * h) / 2 * (w * w * (INR n * (1 * 1)))) by field.
  exact H.
Qed.

(** E4 for tanh: from every state that is not an equilibrium. *)
Corollary tanh_euler_iterates_diverge n W h x :
  skew n W -> h <> 0 -> ~ equal n (outer n W tanh zero x) zero ->
  diverges n (iterate h (outer n W tanh zero) x).
Proof.
  intros HW. apply (euler_iterates_diverge_outer n W tanh (fun r => ln (cosh r))); auto.
  - exact tanh_potential.
  - exact tanh_continuous.
  - exact tanh_increasing.
Qed.

(** E4 for tanh and an invertible W (n = 2: any W <> 0): H_k -> infinity from every x <> 0. *)
Corollary tanh_euler_energy_diverges n W h x :
  skew n W -> invertible n W -> h <> 0 -> ~ equal n x zero ->
  forall E, exists N, forall k, (N <= k)%nat ->
    E < energy n (fun s => ln (cosh s)) (iterate h (outer n W tanh zero) x k).
Proof.
  intros HW Hinv Hh Hx. apply (euler_energy_diverges_outer n W tanh); auto.
  - exact tanh_potential.
  - exact tanh_continuous.
  - exact tanh_increasing.
  - exact tanh_0.
  - exact tanh_potential_0.
  - intros E. apply Hx. intros i Hi.
    assert (E0 : equal n (apply tanh x) zero).
    { apply (invertible_kernel n W); auto. intros j Hj. rewrite <- (E j Hj).
      symmetry. apply outer_zero_bias. }
    specialize (E0 i Hi). unfold apply, zero in *.
    destruct (Rtotal_order (x i) 0) as [H|[H|H]]; [|exact H|];
      pose proof (tanh_increasing _ _ H) as Ht; rewrite tanh_0 in Ht; lra.
Qed.

(** E4, the literal reading is false: "odd, bounded and continuous keeps Euler iterates bounded". *)
Theorem bounded_activations_do_not_bound_euler :
  ~ (forall n W (sigma : R -> R), skew n W -> odd sigma -> bounded sigma ->
       (forall s, continuous sigma s) ->
       exists h0, 0 < h0 /\ forall h x, 0 < h < h0 ->
         exists B, forall k, norm n (iterate h (outer n W sigma zero) x k) <= B).
Proof.
  intros H.
  destruct (H 2%nat rotation tanh rotation_skew tanh_odd (ex_intro _ 1 tanh_bounded) tanh_continuous)
    as [h0 [Hh0 Hb]].
  destruct (Hb (h0 / 2) (delta 0) ltac:(lra)) as [B HB].
  destruct (tanh_euler_iterates_diverge 2 rotation (h0 / 2) (delta 0) rotation_skew ltac:(lra)) with B
    as [N HN].
  - intros E. specialize (E 1%nat ltac:(lia)).
    unfold outer, mul, apply, delta, zero in E. simpl in E. rewrite tanh_0 in E.
    pose proof (tanh_increasing 0 1 ltac:(lra)) as Ht. rewrite tanh_0 in Ht. lra.
  - pose proof (HN N (le_n N)). pose proof (HB N). lra.
Qed.

(** ** exp(s) - 1 *)

Definition expm1 (s : R) : R := exp s - 1.

Lemma expm1_derive s : is_derive expm1 s (exp s).
Proof. unfold expm1. auto_derive; auto. ring. Qed.

Lemma expm1_potential : potential expm1 (fun s => exp s - 1 - s).
Proof. intros s. unfold expm1. auto_derive; auto. ring. Qed.

Lemma expm1_continuous s : continuous expm1 s.
Proof. apply (ex_derive_continuous expm1). eexists. apply expm1_derive. Qed.

Lemma expm1_increasing : strictly_increasing expm1.
Proof. apply (derivative_pos_increasing expm1 exp expm1_derive). apply exp_pos. Qed.

Lemma expm1_0 : expm1 0 = 0.
Proof. unfold expm1. rewrite exp_0. ring. Qed.

Lemma expm1_not_odd : ~ odd expm1.
Proof.
  intros H. specialize (H 1). unfold expm1 in H.
  pose proof (exp_ineq1 1 ltac:(lra)). pose proof (exp_pos (Ropp 1)). lra.
Qed.

Lemma expm1_unbounded : ~ bounded expm1.
Proof.
  intros [M HM].
  pose proof (HM (Rabs M + 1)) as H. unfold expm1 in H.
  assert (0 < Rabs M + 1) by (pose proof (Rabs_pos M); lra).
  pose proof (exp_ineq1 (Rabs M + 1) ltac:(lra)). pose proof (Rle_abs M).
  rewrite Rabs_right in H by lra. lra.
Qed.

Lemma rotation_nonzero : exists i j, (i < 2)%nat /\ (j < 2)%nat /\ rotation i j <> 0.
Proof. exists 0%nat, 1%nat. repeat split; try lia. simpl. lra. Qed.

Lemma expm1_energy_is_conserved :
  conserved 2 (outer 2 rotation expm1 zero) (energy 2 (fun s => exp s - 1 - s)).
Proof.
  intros I x s t HI Hx. apply (energy_is_conserved_outer I 2 rotation expm1); auto.
  - apply rotation_skew.
  - apply expm1_potential.
Qed.

(** I6, the literal reading is false: oddness is not necessary for the invariant. *)
Theorem oddness_is_not_necessary_for_the_invariant :
  ~ (forall n W (sigma Phi : R -> R), skew n W ->
       (exists i j, (i < n)%nat /\ (j < n)%nat /\ W i j <> 0) ->
       (forall s, continuous sigma s) -> potential sigma Phi ->
       conserved n (outer n W sigma zero) (energy n Phi) -> odd sigma).
Proof.
  intros H. apply expm1_not_odd.
  exact (H 2%nat rotation expm1 _ rotation_skew rotation_nonzero expm1_continuous expm1_potential
           expm1_energy_is_conserved).
Qed.

(** I7, the literal reading is false: boundedness is not necessary for the invariant. *)
Theorem boundedness_is_not_necessary_for_the_invariant :
  ~ (forall n W (sigma Phi : R -> R), skew n W ->
       (exists i j, (i < n)%nat /\ (j < n)%nat /\ W i j <> 0) ->
       (forall s, continuous sigma s) -> potential sigma Phi ->
       conserved n (outer n W sigma zero) (energy n Phi) -> bounded sigma).
Proof.
  intros H. apply expm1_unbounded.
  exact (H 2%nat rotation expm1 _ rotation_skew rotation_nonzero expm1_continuous expm1_potential
           expm1_energy_is_conserved).
Qed.

(** O3 for exp(s) - 1: neither odd nor bounded, and every orbit but 0 oscillates perpetually. *)
Corollary expm1_oscillates_perpetually n W x t0 :
  skew n W -> invertible n W -> solution (from t0) n (outer n W expm1 zero) x ->
  ~ equal n (x t0) zero -> bounded_on (from t0) n x /\ ~ exists z, converges_to n x z.
Proof.
  intros HW Hinv.
  apply (increasing_activations_oscillate n W expm1 (fun s => exp s - 1 - s)); auto.
  - exact expm1_potential.
  - rewrite exp_0. ring.
  - exact expm1_0.
  - exact expm1_continuous.
  - exact expm1_increasing.
Qed.
