(** Row O14: one-sided activations make the inner form drift.

    That these orbits live for ever is in EscapeClaims.v. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Boundedness Compactness Oscillation Dichotomy.
Open Scope R_scope.

(** (3) of the written proof: the drift rate is positive off 0 on k . y = 0. *)
Lemma drift_rate_positive n k c (sigma : R -> R) y :
  (forall i, (i < n)%nat -> 0 < k i) -> (forall s, c * s <= sigma s) ->
  (forall s, 0 < s -> c * s < sigma s) \/ (forall s, s < 0 -> c * s < sigma s) ->
  dot n k y = 0 -> ~ equal n y zero -> 0 < dot n k (apply sigma y).
Proof.
  intros Hk Hc Hside Hy Hne.
  assert (Hex : forall e, e = 1 \/ e = -1 -> exists i, (i < n)%nat /\ 0 < e * y i).
  { intros e He. apply Classical_Prop.NNPP. intros Hno. apply Hne.
    assert (Hle : forall i, (i < n)%nat -> 0 <= k i * - (e * y i)).
    { intros i Hi. apply Rmult_le_pos; [apply Rlt_le; auto|].
      apply Rnot_lt_le. intros Hlt. apply Hno. exists i. split; auto. lra. }
    assert (E : Sum n (fun i => k i * - (e * y i)) = 0).
    { rewrite (Sum_ext n _ (fun i => - e * (k i * y i))) by (intros; ring).
      rewrite Sum_scal. unfold dot in Hy. rewrite Hy. ring. }
    intros i Hi. pose proof (Sum_nonneg_zero n _ Hle E i Hi) as E0. pose proof (Hk i Hi).
    unfold zero. destruct He; subst e; nra. }
  enough (0 < Sum n (fun i => k i * (sigma (y i) - c * y i))) as H.
  { rewrite (Sum_ext n _ (fun i => k i * sigma (y i) - c * (k i * y i))) in H by (intros; ring).
    rewrite Sum_minus, Sum_scal in H. unfold dot, apply in *. rewrite Hy in H. lra. }
  assert (Hterm : forall i, (i < n)%nat -> 0 <= k i * (sigma (y i) - c * y i)).
  { intros i Hi. pose proof (Hc (y i)). apply Rmult_le_pos; [apply Rlt_le; auto|lra]. }
  assert (Hone : exists i, (i < n)%nat /\ 0 < sigma (y i) - c * y i).
  { destruct Hside as [Hs|Hs].
    - destruct (Hex 1) as [i [Hi Hp]]; auto. exists i. split; auto.
      pose proof (Hs (y i) ltac:(lra)). lra.
    - destruct (Hex (-1)) as [i [Hi Hp]]; auto. exists i. split; auto.
      pose proof (Hs (y i) ltac:(lra)). lra. }
  destruct Hone as [i [Hi Hp]]. rewrite <- (Sum_zero n). apply Sum_lt with i; auto.
  pose proof (Hk i Hi). nra.
Qed.

(** O14: k . x grows at least linearly. *)
Theorem inner_form_drifts n W b k c (sigma Phi : R -> R) x t0 :
  skew n W -> potential sigma Phi -> (forall s, continuous sigma s) -> strictly_increasing sigma ->
  sigma 0 = 0 -> (forall i, (i < n)%nat -> 0 < k i) -> casimir n W k -> dot n k b = 0 ->
  (forall s, c * s <= sigma s) ->
  (forall s, 0 < s -> c * s < sigma s) \/ (forall s, s < 0 -> c * s < sigma s) ->
  solution (from t0) n (inner n W sigma b) x -> ~ equal n (affine n W b (x t0)) zero ->
  exists r, 0 < r /\ forall t, t0 <= t -> dot n k (x t0) + r * (t - t0) <= dot n k (x t).
Proof.
  intros HW HP Hs Hm H0 Hk Hcas Hkb Hc Hside Hx Hne.
  set (y := fun t => affine n W b (x t)).
  assert (Hy : solution (from t0) n (outer n W sigma zero) y) by now apply conjugacy.
  set (G := relative_energy n sigma Phi zero).
  assert (Hrest : equilibrium n (outer n W sigma zero) zero).
  { intros i Hi. unfold outer. rewrite mul_zero; [unfold zero; ring|]. intros j _. exact H0. }
  set (K := fun v => G v = G (y t0) /\ dot n k v = 0).
  assert (HK : forall t, t0 <= t -> K (y t)).
  { intros t Ht. split.
    - apply (relative_energy_is_conserved (from t0) n W zero sigma Phi zero y); auto.
      + apply from_interval.
      + apply start_in_from.
    - unfold y, affine. rewrite dot_plus_r, dot_mul, dot_comm, (dot_zero_r n _ _ Hcas), Hkb. ring. }
  assert (Hr : exists r, 0 < r /\ forall v, K v -> r <= dot n k (apply sigma v)).
  { apply Classical_Prop.NNPP. intros Hno.
    set (L := fun P : vector -> Prop =>
      exists e : posreal, forall v, K v -> dot n k (apply sigma v) < e -> P v).
    assert (HL : ProperFilter L).
    { split.
      - intros P [e He]. apply Classical_Prop.NNPP. intros Hnp. apply Hno. exists e.
        split; [apply cond_pos|]. intros v Hv. apply Rnot_lt_le. intros Hlt. apply Hnp. eauto.
      - split.
        + exists (mkposreal 1 Rlt_0_1). auto.
        + intros P Q [e He] [d Hd]. exists (mkposreal _ (Rmin_stable_in_posreal e d)). simpl.
          intros v Hv Hlt. pose proof (Rmin_l e d). pose proof (Rmin_r e d).
          split; [apply He|apply Hd]; auto; lra.
        + intros P Q HPQ [e He]. exists e. auto. }
    destruct (compact_space L n (fun v => v)) as [M [z [HM [HML Hz]]]].
    { intros i Hi. destruct (relative_energy_coercive n sigma Phi zero (G (y t0)) i HP Hm Hi) as [B HB].
      exists B, (mkposreal 1 Rlt_0_1). intros v [Hv _] _. apply HB. right. exact Hv. }
    assert (HKM : M K) by (apply HML; exists (mkposreal 1 Rlt_0_1); auto).
    assert (Ek : dot n k z = 0).
    { apply (limit_unique M (fun v => dot n k v)); [now apply (filterlim_dot M n k (fun v => v))|].
      apply filterlim_ext_loc with (fun _ => 0); [|apply filterlim_const].
      revert HKM. apply filter_imp. intros v [_ E]. now symmetry. }
    assert (EG : G z = G (y t0)).
    { apply (limit_unique M G).
      - apply (filterlim_Sum M n (fun i v => remainder sigma Phi (zero i) (v i))
                 (fun i => remainder sigma Phi (zero i) (z i))).
        intros i Hi. apply filterlim_comp with (locally (z i)); [now apply Hz|].
        apply (ex_derive_continuous (remainder sigma Phi (zero i))).
        exists (sigma (z i) - sigma (zero i)). now apply remainder_derive.
      - apply filterlim_ext_loc with (fun _ => G (y t0)); [|apply filterlim_const].
        revert HKM. apply filter_imp. intros v [E _]. now symmetry. }
    assert (Hz0 : ~ equal n z zero).
    { intros E. apply Hne. apply (relative_energy_zero n sigma Phi); auto. fold G.
      change (G (y t0) = 0). rewrite <- EG. unfold G, relative_energy. rewrite <- (Sum_zero n).
      apply Sum_ext. intros i Hi. rewrite (E i Hi). unfold remainder. ring. }
    pose proof (drift_rate_positive n k c sigma z Hk Hc Hside Ek Hz0) as Hpos.
    enough (dot n k (apply sigma z) <= 0) by lra.
    apply le_epsilon. intros e He. rewrite Rplus_0_l.
    apply (limit_le M (fun v => dot n k (apply sigma v))).
    - apply (filterlim_dot M n k (fun v => apply sigma v) (apply sigma z)). intros j Hj.
      apply filterlim_comp with (locally (z j)); [now apply Hz|]. apply Hs.
    - apply HML. exists (mkposreal e He). simpl. intros v _ Hv. lra. }
  destruct Hr as [r [Hr Hmin]]. exists r. split; [exact Hr|]. intros t Ht.
  destruct (rate (from t0) n _ x (fun i s => k i * s) (fun i _ => k i) Hx) as [Hc' Hd].
  { intros i s _. apply is_derive_cmul. }
  enough (r * (t - t0) <= dot n k (x t) - dot n k (x t0)) by lra.
  apply (growth (from t0) (fun u => dot n k (x u)) (fun u => dot n k (inner n W sigma b (x u)))); auto.
  - apply from_interval.
  - intros u Hu. apply locally_singleton in Hu. apply (Hmin (y u)). now apply HK.
  - apply start_in_from.
Qed.
