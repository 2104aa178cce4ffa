(** Row E4: the iterates of forward Euler leave every ball.

    Not covered: the growth law. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Compactness Dichotomy Euler.
Open Scope R_scope.

(** The indices at which the sequence is in the ball of radius r. *)
Definition visits (n : nat) (x : nat -> vector) (r : R) : (nat -> Prop) -> Prop :=
  fun P => exists N, forall k, (N <= k)%nat -> norm n (x k) <= r -> P k.

Lemma visits_proper n x r :
  (forall N, exists k, (N <= k)%nat /\ norm n (x k) <= r) -> ProperFilter (visits n x r).
Proof.
  intros H. split.
  - intros P [N HN]. destruct (H N) as [k [Hk Hr]]. exists k. auto.
  - split.
    + now exists 0%nat.
    + intros P Q [N HN] [M HM]. exists (Nat.max N M). intros k Hk Hr.
      split; [apply HN|apply HM]; auto; lia.
    + intros P Q HPQ [N HN]. exists N. auto.
Qed.

(** |x_k| -> infinity. *)
Definition diverges (n : nat) (x : nat -> vector) : Prop :=
  forall r, exists N, forall k, (N <= k)%nat -> r < norm n (x k).

(** E4, outer form: any skew W, any n, any h <> 0, from any x0 that is not an equilibrium. *)
Theorem euler_iterates_diverge_outer n W (sigma Phi : R -> R) h x :
  skew n W -> potential sigma Phi -> (forall s, continuous sigma s) -> strictly_increasing sigma ->
  h <> 0 -> ~ equal n (outer n W sigma zero x) zero ->
  diverges n (iterate h (outer n W sigma zero) x).
Proof.
  intros HW HP Hs Hm Hh Hne r. set (F := outer n W sigma zero).
  apply Classical_Prop.NNPP. intros Hno.
  assert (HF : ProperFilter (visits n (iterate h F x) r)).
  { apply visits_proper. intros N. apply Classical_Prop.NNPP. intros H. apply Hno. exists N.
    intros k Hk. apply Rnot_le_lt. intros Hle. apply H. now exists k. }
  destruct (compact_space (visits n (iterate h F x) r) n (iterate h F x)) as [K [z [HK [HKF Hz]]]].
  { intros i Hi. exists r, 0%nat. intros k _ Hk. apply Rle_trans with (2 := Hk).
    now apply Rabs_le_norm. }
  assert (HPc : forall s, continuous Phi s) by (intros s; now apply (potential_continuous sigma)).
  assert (HHz : filterlim (fun k => energy n Phi (iterate h F x k)) K (locally (energy n Phi z)))
    by now apply (filterlim_energy K).
  assert (Hup : forall k, energy n Phi (iterate h F x k) <= energy n Phi z).
  { intros k. apply (limit_ge K (fun j => energy n Phi (iterate h F x j))); [exact HHz|].
    apply HKF. exists k. intros j Hj _. apply iterate_energy; auto.
    now apply strictly_nondecreasing. }
  assert (Hstep : energy n Phi (euler h F z) <= energy n Phi z).
  { apply (limit_le K (fun k => energy n Phi (euler h F (iterate h F x k)))).
    - apply (filterlim_energy K); auto. intros i Hi.
      apply (filterlim_add K (fun k => iterate h F x k i) (fun k => h * F (iterate h F x k) i));
        [now apply Hz|].
      apply (filterlim_cmul K). apply (filterlim_outer K); auto.
    - apply filter_forall. intros k. apply (Hup (S k)). }
  assert (Heq : equal n (F z) zero).
  { apply Classical_Prop.NNPP. intros H.
    pose proof (euler_energy_increases_outer n W sigma Phi h z HW HP Hm Hh H). unfold F in *. lra. }
  assert (Hker : equal n (mul n W (apply sigma z)) zero).
  { intros i Hi. rewrite <- (Heq i Hi). symmetry. apply outer_zero_bias. }
  assert (Hconst : forall k, dot n (apply sigma z) (iterate h F x k) = dot n (apply sigma z) x).
  { induction k as [|k IH]; [reflexivity|].
    change (iterate h F x (S k)) with (euler h F (iterate h F x k)). unfold euler.
    rewrite dot_plus_r, IH, dot_scal_r.
    rewrite (dot_ext n _ (apply sigma z) (F (iterate h F x k))
               (mul n W (apply sigma (iterate h F x k)))).
    - rewrite (skew_dot n W _ _ HW), (dot_comm n (mul n W (apply sigma z))),
        (dot_zero_r n _ _ Hker). ring.
    - intros i _; reflexivity.
    - intros i _. apply outer_zero_bias. }
  assert (Hdot : dot n (apply sigma z) x = dot n (apply sigma z) z).
  { apply (limit_unique K (fun k => dot n (apply sigma z) (iterate h F x k))).
    - apply filterlim_ext with (fun _ => dot n (apply sigma z) x); [|apply filterlim_const].
      intros k. symmetry. apply Hconst.
    - now apply (filterlim_dot K). }
  destruct (Classical_Prop.classic (equal n z x)) as [E|E].
  - apply Hne. intros i Hi. rewrite <- (Heq i Hi). unfold F, outer. f_equal.
    apply mul_ext. intros j Hj. unfold apply. now rewrite (E j Hj).
  - pose proof (energy_strictly_above_tangent n sigma Phi z x HP Hm E) as H.
    rewrite dot_minus_r, Hdot in H. pose proof (Hup 0%nat) as H0. simpl in H0. lra.
Qed.

(** E4, inner form, any bias: y = W x + b diverges, and x with it. *)
Theorem euler_iterates_diverge_inner n W b (sigma Phi : R -> R) h x :
  skew n W -> potential sigma Phi -> (forall s, continuous sigma s) -> strictly_increasing sigma ->
  h <> 0 -> ~ equal n (mul n W (inner n W sigma b x)) zero ->
  diverges n (fun k => affine n W b (iterate h (inner n W sigma b) x k)) /\
  diverges n (iterate h (inner n W sigma b) x).
Proof.
  intros HW HP Hs Hm Hh Hne.
  assert (Hy : diverges n (fun k => affine n W b (iterate h (inner n W sigma b) x k))).
  { intros r.
    destruct (euler_iterates_diverge_outer n W sigma Phi h (affine n W b x) HW HP Hs Hm Hh) with r
      as [N HN].
    - intros E. apply Hne. intros i Hi. rewrite <- (E i Hi). symmetry. apply outer_zero_bias.
    - exists N. intros k Hk. unfold norm.
      rewrite (sqnorm_ext n _ _ (iterate_conjugacy n W sigma b h x k)). now apply HN. }
  split; [exact Hy|]. intros r.
  destruct (operator_bound_exists n W) as [w [Hw [_ HwW]]].
  destruct (Hy (w * Rabs r + norm n b)) as [N HN]. exists N. intros k Hk.
  apply Rnot_le_lt. intros Hle. specialize (HN k Hk). set (v := iterate h (inner n W sigma b) x k) in *.
  pose proof (norm_plus n (mul n W v) b). pose proof (HwW v). pose proof (Rle_abs r).
  assert (w * norm n v <= w * Rabs r) by (apply Rmult_le_compat_l; lra).
  unfold affine in HN. lra.
Qed.

(** E4: where sigma(0) = 0, H is coercive, so H_k -> infinity too; any n, outer form. *)
Theorem euler_energy_diverges_outer n W (sigma Phi : R -> R) h x :
  skew n W -> potential sigma Phi -> (forall s, continuous sigma s) -> strictly_increasing sigma ->
  sigma 0 = 0 -> Phi 0 = 0 -> h <> 0 -> ~ equal n (outer n W sigma zero x) zero ->
  forall E, exists N, forall k, (N <= k)%nat ->
    E < energy n Phi (iterate h (outer n W sigma zero) x k).
Proof.
  intros HW HP Hs Hm H0 HP0 Hh Hne E.
  assert (Erel : forall v, relative_energy n sigma Phi zero v = energy n Phi v).
  { intros v. apply Sum_ext. intros i _. unfold remainder, zero, apply. rewrite H0, HP0. ring. }
  destruct (uniform_bound n (fun i B => forall v, energy n Phi v <= E -> Rabs (v i) <= B)) as [B HB].
  { intros i Hi. destruct (relative_energy_coercive n sigma Phi zero E i HP Hm Hi) as [B HB].
    exists B. intros B' HB' v Hv. apply Rle_trans with (2 := HB'). apply HB. now rewrite Erel. }
  destruct (euler_iterates_diverge_outer n W sigma Phi h x HW HP Hs Hm Hh Hne (sqrt (INR n * (B * B))))
    as [N HN].
  exists N. intros k Hk. apply Rnot_le_lt. intros Hle. specialize (HN k Hk).
  enough (norm n (iterate h (outer n W sigma zero) x k) <= sqrt (INR n * (B * B))) by lra.
  apply sqrt_le_1_alt. rewrite <- Sum_const. apply Sum_le. intros i Hi.
  pose proof (HB i Hi _ Hle) as Hb. apply Rabs_le_between in Hb. nra.
Qed.
