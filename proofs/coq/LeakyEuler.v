(** Rows E6 and O16: forward Euler under a leak.

    E6: the linear network x' = - gamma x + W x. O16: bounded activations, any W and b. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Euler Compactness.
Open Scope R_scope.

(** i omega is an eigenvalue of W: W W u = - omega^2 u for some u <> 0. For a skew W and omega <> 0
    u - i W u / omega is then an eigenvector for i omega, and for omega = 0 W u = 0. *)
Definition frequency (n : nat) (W : matrix) (omega : R) : Prop :=
  exists u, ~ equal n u zero /\ equal n (mul n W (mul n W u)) (fun i => - (omega * omega) * u i).

(** |x'|^2 = factor |x|^2 on the plane of the frequency omega. *)
Definition factor (gamma h omega : R) : R :=
  (1 - h * gamma) * (1 - h * gamma) + h * h * (omega * omega).

Lemma factor_nonneg gamma h omega : 0 <= factor gamma h omega.
Proof.
  unfold factor. pose proof (Rle_0_sqr (1 - h * gamma)). pose proof (Rle_0_sqr (h * omega)).
  unfold Rsqr in *. lra.
Qed.

Lemma factor_below gamma h omega :
  0 < h -> factor gamma h omega < 1 <-> h * (gamma * gamma + omega * omega) < 2 * gamma.
Proof.
  intros Hh. unfold factor. split; intros H.
  - apply Rmult_lt_reg_l with h; [exact Hh|]. lra.
  - assert (h * (h * (gamma * gamma + omega * omega)) < h * (2 * gamma))
      by (apply Rmult_lt_compat_l; auto). lra.
Qed.

Lemma factor_at_most gamma h omega :
  0 < h -> factor gamma h omega <= 1 <-> h * (gamma * gamma + omega * omega) <= 2 * gamma.
Proof.
  intros Hh. unfold factor. split; intros H.
  - apply Rmult_le_reg_l with h; [exact Hh|]. lra.
  - assert (h * (h * (gamma * gamma + omega * omega)) <= h * (2 * gamma))
      by (apply Rmult_le_compat_l; lra). lra.
Qed.

(** |x'|^2 = (1 - h gamma)^2 |x|^2 + h^2 |W x|^2. *)
Lemma leaky_step n W gamma h x :
  skew n W ->
  sqnorm n (euler h (leaky gamma (linear n W)) x) =
  (1 - h * gamma) * (1 - h * gamma) * sqnorm n x + h * h * sqnorm n (mul n W x).
Proof.
  intros HW.
  rewrite (sqnorm_ext n _ (fun i => (1 - h * gamma) * x i + h * mul n W x i))
    by (intros i _; unfold euler, leaky, linear; ring).
  rewrite sqnorm_plus, !sqnorm_scal, dot_scal_r, dot_comm, dot_scal_r, dot_comm, skew_form
    by exact HW. ring.
Qed.

Lemma square_of_skew n W u v :
  skew n W -> dot n (mul n W u) (mul n W v) = - dot n (mul n W (mul n W u)) v.
Proof. intros HW. now apply skew_dot. Qed.

Lemma frequency_norm n W omega z :
  skew n W -> equal n (mul n W (mul n W z)) (fun i => - (omega * omega) * z i) ->
  sqnorm n (mul n W z) = omega * omega * sqnorm n z.
Proof.
  intros HW Hz. unfold sqnorm at 1. rewrite square_of_skew by exact HW.
  rewrite (dot_ext n _ _ z z Hz) by (intros i _; reflexivity).
  rewrite dot_comm, dot_scal_r. unfold sqnorm. ring.
Qed.

Lemma frequency_iterates n W gamma h omega u k :
  skew n W -> equal n (mul n W (mul n W u)) (fun i => - (omega * omega) * u i) ->
  sqnorm n (iterate h (leaky gamma (linear n W)) u k) = factor gamma h omega ^ k * sqnorm n u.
Proof.
  intros HW Hu.
  assert (H : forall k, let z := iterate h (leaky gamma (linear n W)) u k in
    equal n (mul n W (mul n W z)) (fun i => - (omega * omega) * z i)).
  { induction k0 as [|j IH]; [exact Hu|]. simpl in *.
    set (z := iterate h (leaky gamma (linear n W)) u j) in *.
    change (Nat.iter j (euler h (leaky gamma (linear n W))) u) with z in *.
    assert (E : forall v i, mul n W (fun q => (1 - h * gamma) * v q + h * mul n W v q) i =
      (1 - h * gamma) * mul n W v i + h * mul n W (mul n W v) i).
    { intros v i. now rewrite mul_plus, !mul_scal. }
    intros i Hi.
    rewrite (mul_ext n W _ (fun q => (1 - h * gamma) * mul n W z q + h * mul n W (mul n W z) q)).
    - rewrite E. rewrite (IH i Hi).
      rewrite (mul_ext n W (mul n W (mul n W z)) (fun q => - (omega * omega) * z q) IH), mul_scal.
      unfold euler, leaky, linear. ring.
    - intros q _. rewrite <- E. apply mul_ext. intros p _. unfold euler, leaky, linear. ring. }
  induction k as [|k IH]; [simpl; ring|].
  change (iterate h (leaky gamma (linear n W)) u (S k)) with
    (euler h (leaky gamma (linear n W)) (iterate h (leaky gamma (linear n W)) u k)).
  rewrite leaky_step, (frequency_norm n W omega _ HW (H k)), IH by exact HW.
  simpl. unfold factor. ring.
Qed.

(** ** The largest frequency bounds W *)

Lemma quadratic_slope l q : (forall e, 0 <= 2 * e * l + e * e * q) -> l = 0.
Proof.
  intros H. set (Q := Rabs q + 1).
  assert (HQ : 0 < Q) by (unfold Q; pose proof (Rabs_pos q); lra).
  assert (Hq : q <= Q) by (unfold Q; pose proof (Rle_abs q); lra).
  pose proof (H (- l / Q)) as H0.
  assert (E : 2 * (- l / Q) * l + - l / Q * (- l / Q) * q = (l / Q) * (l / Q) * (q - 2 * Q))
    by (field; lra).
  rewrite E in H0.
  assert (Hl : l / Q = 0).
  { apply Classical_Prop.NNPP. intros Hne. set (a := l / Q) in *.
    assert (0 < a * a) by (apply Rsqr_pos_lt in Hne; exact Hne).
    assert (0 < a * a * (2 * Q - q)) by (apply Rmult_lt_0_compat; lra). lra. }
  replace l with (l / Q * Q) by (field; lra). rewrite Hl. ring.
Qed.

Lemma largest_frequency n W :
  (0 < n)%nat -> skew n W ->
  exists omega, frequency n W omega /\
    forall u, sqnorm n (mul n W u) <= omega * omega * sqnorm n u.
Proof.
  intros Hn HW. set (S1 := fun u => sqnorm n u = 1).
  set (Fr := Sum n (fun i => sqnorm n (W i))).
  destruct (completeness (fun r => exists u, S1 u /\ r = sqnorm n (mul n W u))) as [m [Hub Hlub]].
  { exists Fr. intros r [u [Hu ->]]. pose proof (mul_bounded n W u) as H. fold Fr in H.
    rewrite Hu in H. lra. }
  { exists (sqnorm n (mul n W (delta 0))), (delta 0). split; [|reflexivity].
    unfold S1, sqnorm, dot. rewrite Sum_delta by exact Hn. reflexivity. }
  assert (Hm : forall u, sqnorm n (mul n W u) <= m * sqnorm n u).
  { intros u. destruct (Req_dec (sqnorm n u) 0) as [E|E].
    - rewrite E. pose proof (mul_bounded n W u) as H. rewrite E in H. lra.
    - assert (Hp : 0 < sqnorm n u) by (pose proof (sqnorm_nonneg n u); lra).
      set (c := / sqrt (sqnorm n u)).
      assert (Hc : c * c * sqnorm n u = 1).
      { unfold c. assert (0 < sqrt (sqnorm n u)) by now apply sqrt_lt_R0.
        rewrite <- (sqrt_sqrt (sqnorm n u)) at 3 by lra. field. lra. }
      assert (H : sqnorm n (mul n W (fun i => c * u i)) <= m).
      { apply Hub. exists (fun i => c * u i). split; [|reflexivity]. unfold S1.
        now rewrite sqnorm_scal. }
      rewrite (sqnorm_ext n _ (fun i => c * mul n W u i)), sqnorm_scal in H
        by (intros i _; apply mul_scal).
      assert (0 < c * c) by (apply Rmult_lt_reg_r with (sqnorm n u); lra).
      apply Rmult_le_reg_l with (c * c); [assumption|].
      replace (c * c * (m * sqnorm n u)) with (m * (c * c * sqnorm n u)) by ring.
      rewrite Hc. lra. }
  set (L := fun P : vector -> Prop =>
    exists e : posreal, forall u, S1 u -> m - e < sqnorm n (mul n W u) -> P u).
  assert (HL : ProperFilter L).
  { split.
    - intros P [e He]. apply Classical_Prop.NNPP. intros Hno.
      assert (m <= m - e); [|destruct e; simpl in *; lra].
      apply Hlub. intros r [u [Hu ->]]. apply Rnot_lt_le. intros Hlt. apply Hno. eauto.
    - split.
      + exists (mkposreal 1 Rlt_0_1). auto.
      + intros P Q [e He] [d Hd]. exists (mkposreal _ (Rmin_stable_in_posreal e d)). simpl.
        intros u Hu Hlt. pose proof (Rmin_l e d). pose proof (Rmin_r e d).
        split; [apply He|apply Hd]; auto; lra.
      + intros P Q HPQ [e He]. exists e. auto. }
  assert (HLS : L S1) by (exists (mkposreal 1 Rlt_0_1); auto).
  destruct (compact_space L n (fun u => u)) as [K [u [HK [HKL Hu]]]].
  { intros i Hi. exists 1. revert HLS. apply filter_imp. intros v Hv.
    apply Rle_trans with (norm n v); [now apply Rabs_le_norm|].
    unfold norm. rewrite Hv, sqrt_1. lra. }
  assert (Hsq : forall (x : vector -> vector) z,
    (forall i, (i < n)%nat -> filterlim (fun v => x v i) K (locally (z i))) ->
    filterlim (fun v => sqnorm n (x v)) K (locally (sqnorm n z))).
  { intros x z Hx. apply (filterlim_Sum K n (fun i v => x v i * x v i) (fun i => z i * z i)).
    intros i Hi. apply (filterlim_comp _ _ _ (fun v => x v i) (fun s => s * s) _ (locally (z i)));
      [now apply Hx|].
    apply (ex_derive_continuous (fun s : R => s * s)). auto_derive. auto. }
  assert (Hu1 : sqnorm n u = 1).
  { apply (limit_unique K (fun v => sqnorm n v)); [now apply (Hsq (fun v => v))|].
    apply filterlim_ext_loc with (fun _ => 1); [|apply filterlim_const].
    apply HKL. revert HLS. apply filter_imp. intros v Hv. now symmetry. }
  assert (Htop : m <= sqnorm n (mul n W u)).
  { apply le_epsilon. intros e He. enough (m - e <= sqnorm n (mul n W u)) by lra.
    apply (limit_ge K (fun v => sqnorm n (mul n W v))).
    - apply (Hsq (fun v => mul n W v)). intros i Hi. now apply (filterlim_dot K n (W i) (fun v => v)).
    - apply HKL. exists (mkposreal e He). simpl. intros v _ Hv. lra. }
  assert (Hm0 : 0 <= m).
  { pose proof (Hm u) as H. rewrite Hu1 in H. pose proof (sqnorm_nonneg n (mul n W u)). lra. }
  assert (Hg : forall v, m * dot n u v - dot n (mul n W u) (mul n W v) = 0).
  { intros v.
    apply (quadratic_slope _ (m * sqnorm n v - sqnorm n (mul n W v))). intros e.
    pose proof (Hm (fun i => u i + e * v i)) as H.
    rewrite (sqnorm_ext n (mul n W _) (fun i => mul n W u i + e * mul n W v i)) in H
      by (intros i _; now rewrite mul_plus, mul_scal).
    rewrite !sqnorm_plus, !sqnorm_scal, !dot_scal_r, Hu1 in H. lra. }
  exists (sqrt m). rewrite sqrt_sqrt by exact Hm0. split; [|exact Hm].
  exists u. split.
  - intros E. rewrite (sqnorm_ext n u zero E) in Hu1. unfold sqnorm in Hu1.
    rewrite dot_zero_r in Hu1 by (intros i _; reflexivity). lra.
  - rewrite sqrt_sqrt by exact Hm0.
    set (g := fun i => mul n W (mul n W u) i + m * u i).
    assert (E : equal n g zero).
    { apply sqnorm_zero. pose proof (Hg g) as H. rewrite square_of_skew in H by exact HW.
      unfold sqnorm at 1. unfold g at 1. rewrite dot_comm, dot_plus_r, dot_scal_r.
      rewrite (dot_comm n g (mul n W (mul n W u))), (dot_comm n g u). lra. }
    intros i Hi. pose proof (E i Hi) as Ei. unfold g, zero in Ei. lra.
Qed.

Lemma iterates_bounded_by_factor n W gamma h omega x k :
  skew n W -> (forall u, sqnorm n (mul n W u) <= omega * omega * sqnorm n u) ->
  sqnorm n (iterate h (leaky gamma (linear n W)) x k) <= factor gamma h omega ^ k * sqnorm n x.
Proof.
  intros HW Hw. induction k as [|k IH]; [simpl; lra|].
  change (iterate h (leaky gamma (linear n W)) x (S k)) with
    (euler h (leaky gamma (linear n W)) (iterate h (leaky gamma (linear n W)) x k)).
  rewrite leaky_step by exact HW. set (y := iterate h (leaky gamma (linear n W)) x k) in *.
  assert (h * h * sqnorm n (mul n W y) <= h * h * (omega * omega * sqnorm n y))
    by (apply Rmult_le_compat_l; [apply Rle_0_sqr|apply Hw]).
  simpl pow. rewrite (Rmult_assoc _ (_ ^ k) (sqnorm n x)).
  apply Rle_trans with (factor gamma h omega * sqnorm n y).
  - unfold factor. lra.
  - apply Rmult_le_compat_l; [apply factor_nonneg|exact IH].
Qed.

Lemma empty_norm n x : n = 0%nat -> sqnorm n x = 0.
Proof. intros ->. reflexivity. Qed.

(** E6: asymptotically stable if and only if h (gamma^2 + omega^2) < 2 gamma for every frequency. *)
Theorem leaky_euler_is_asymptotically_stable_iff n W gamma h :
  skew n W -> 0 < h ->
  (forall x, is_lim_seq (fun k => sqnorm n (iterate h (leaky gamma (linear n W)) x k)) 0) <->
  (forall omega, frequency n W omega -> h * (gamma * gamma + omega * omega) < 2 * gamma).
Proof.
  intros HW Hh. split.
  - intros H omega [u [Hu0 Hu]]. apply factor_below; [exact Hh|]. apply Rnot_le_lt. intros Hle.
    assert (Hpos : 0 < sqnorm n u).
    { destruct (sqnorm_nonneg n u) as [Hlt|E]; [exact Hlt|]. exfalso. apply Hu0.
      apply sqnorm_zero. now symmetry. }
    enough (sqnorm n u <= 0) by lra.
    apply (is_lim_seq_le (fun _ => sqnorm n u)
             (fun k => sqnorm n (iterate h (leaky gamma (linear n W)) u k)) (sqnorm n u) 0).
    + intros k. rewrite (frequency_iterates n W gamma h omega u k HW Hu).
      pose proof (pow_R1_Rle _ k Hle). nra.
    + apply is_lim_seq_const.
    + apply H.
  - intros H x. destruct (Nat.eq_dec n 0) as [Hn|Hn].
    { apply is_lim_seq_ext with (fun _ => 0); [|apply is_lim_seq_const].
      intros k. now rewrite empty_norm. }
    destruct (largest_frequency n W ltac:(lia) HW) as [omega [Hf Hw]].
    pose proof (proj2 (factor_below gamma h omega Hh) (H omega Hf)) as Hq.
    pose proof (factor_nonneg gamma h omega).
    apply is_lim_seq_le_le with (fun _ => 0) (fun k => factor gamma h omega ^ k * sqnorm n x).
    + intros k. split; [apply sqnorm_nonneg|now apply iterates_bounded_by_factor].
    + apply is_lim_seq_const.
    + replace (Finite 0) with (Rbar_mult 0 (sqnorm n x)) by (simpl; f_equal; ring).
      apply is_lim_seq_scal_r. apply is_lim_seq_geom. rewrite Rabs_right; lra.
Qed.

(** E6: bounded if and only if h (gamma^2 + omega^2) <= 2 gamma for every frequency. *)
Theorem leaky_euler_is_bounded_iff n W gamma h :
  skew n W -> 0 < h ->
  (forall x, exists B, forall k, sqnorm n (iterate h (leaky gamma (linear n W)) x k) <= B) <->
  (forall omega, frequency n W omega -> h * (gamma * gamma + omega * omega) <= 2 * gamma).
Proof.
  intros HW Hh. split.
  - intros H omega [u [Hu0 Hu]]. apply factor_at_most; [exact Hh|]. apply Rnot_lt_le. intros Hlt.
    assert (Hpos : 0 < sqnorm n u).
    { destruct (sqnorm_nonneg n u) as [Hp|E]; [exact Hp|]. exfalso. apply Hu0.
      apply sqnorm_zero. now symmetry. }
    destruct (H u) as [B HB].
    destruct (Pow_x_infinity (factor gamma h omega)) with (B / sqnorm n u + 1) as [N HN].
    { rewrite Rabs_right; lra. }
    pose proof (HN N (le_n N)) as Hbig. pose proof (HB N) as Hsmall.
    rewrite (frequency_iterates n W gamma h omega u N HW Hu) in Hsmall.
    rewrite Rabs_right in Hbig by (apply Rle_ge, pow_le; lra).
    assert (E : (B / sqnorm n u + 1) * sqnorm n u = B + sqnorm n u) by (field; lra).
    assert ((B / sqnorm n u + 1) * sqnorm n u <= factor gamma h omega ^ N * sqnorm n u)
      by (apply Rmult_le_compat_r; lra).
    lra.
  - intros H x. exists (sqnorm n x). intros k. destruct (Nat.eq_dec n 0) as [Hn|Hn].
    { rewrite !empty_norm by exact Hn. lra. }
    destruct (largest_frequency n W ltac:(lia) HW) as [omega [Hf Hw]].
    pose proof (proj2 (factor_at_most gamma h omega Hh) (H omega Hf)) as Hq.
    apply Rle_trans with (factor gamma h omega ^ k * sqnorm n x);
      [now apply iterates_bounded_by_factor|].
    pose proof (pow_incr _ 1 k (conj (factor_nonneg gamma h omega) Hq)) as Hk.
    rewrite pow1 in Hk. pose proof (sqnorm_nonneg n x). nra.
Qed.

(** ** O16, forward Euler with 0 < h gamma <= 1 *)

Lemma leaky_iterates_bounded n gamma h F x k i R0 :
  0 < gamma -> 0 < h -> h * gamma <= 1 -> (forall y, Rabs (F y i) <= R0) -> (i < n)%nat ->
  Rabs (iterate h (leaky gamma F) x k i) <= Rmax (Rabs (x i)) (R0 / gamma).
Proof.
  intros Hg Hh Hhg HF Hi. induction k as [|k IH]; [apply Rmax_l|].
  change (iterate h (leaky gamma F) x (S k)) with
    (euler h (leaky gamma F) (iterate h (leaky gamma F) x k)).
  set (y := iterate h (leaky gamma F) x k) in *. set (m := Rmax (Rabs (x i)) (R0 / gamma)) in *.
  assert (Hm : R0 <= gamma * m).
  { apply Rle_trans with (gamma * (R0 / gamma)); [right; field; lra|].
    apply Rmult_le_compat_l; [lra|apply Rmax_r]. }
  unfold euler, leaky.
  replace (y i + h * (- gamma * y i + F y i)) with ((1 - h * gamma) * y i + h * F y i) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult.
  rewrite (Rabs_right (1 - h * gamma)), (Rabs_right h) by lra.
  assert ((1 - h * gamma) * Rabs (y i) <= (1 - h * gamma) * m) by (apply Rmult_le_compat_l; lra).
  assert (h * Rabs (F y i) <= h * (gamma * m))
    by (apply Rmult_le_compat_l; [lra|apply Rle_trans with (1 := HF y); exact Hm]).
  lra.
Qed.

(** O16, Euler, inner form. *)
Theorem leaky_euler_orbits_are_bounded_inner n W b (sigma : R -> R) gamma M h x k i :
  0 < gamma -> 0 < h -> h * gamma <= 1 -> (forall s, Rabs (sigma s) <= M) -> (i < n)%nat ->
  Rabs (iterate h (leaky gamma (inner n W sigma b)) x k i) <= Rmax (Rabs (x i)) (M / gamma).
Proof.
  intros Hg Hh Hhg HM Hi. apply (leaky_iterates_bounded n); auto. intros y. apply HM.
Qed.

(** O16, Euler, outer form. *)
Theorem leaky_euler_orbits_are_bounded_outer n W b (sigma : R -> R) gamma M h x k i :
  0 < gamma -> 0 < h -> h * gamma <= 1 -> (forall s, Rabs (sigma s) <= M) -> (i < n)%nat ->
  Rabs (iterate h (leaky gamma (outer n W sigma b)) x k i) <=
  Rmax (Rabs (x i)) ((M * Sum n (fun j => Rabs (W i j)) + Rabs (b i)) / gamma).
Proof.
  intros Hg Hh Hhg HM Hi. apply (leaky_iterates_bounded n); auto. intros y.
  unfold outer. eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat_r.
  eapply Rle_trans; [apply Sum_abs|]. rewrite Rmult_comm, <- Sum_scal_r. apply Sum_le.
  intros j _. rewrite Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos|apply HM].
Qed.
