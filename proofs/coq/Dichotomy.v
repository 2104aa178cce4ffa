(** Rows O4 and O13: every orbit oscillates or rests, or all orbits are unbounded.

    The leaf of x0 is taken as the set of states with the Casimirs of x0. It contains x0 + range W
    (they are equal: RestClaims.v). Solutions are given; that they exist, and that bounded ones live
    for ever, is in Existence.v. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Energy Casimirs Boundedness Compactness Oscillation
  ConservedImpliesSkew.
Open Scope R_scope.

Definition casimir (n : nat) (W : matrix) (k : vector) : Prop :=
  equal n (mul n (fun i j => W j i) k) zero.
Definition same_leaf (n : nat) (W : matrix) (u v : vector) : Prop :=
  forall k, casimir n W k -> dot n k u = dot n k v.
Definition equilibrium (n : nat) (F : field) (z : vector) : Prop := equal n (F z) zero.

Lemma range_is_in_leaf n W u c : same_leaf n W u (fun i => u i + mul n W c i).
Proof.
  intros k Hk. rewrite dot_plus_r, dot_mul, dot_comm with (v := c), (dot_zero_r n c _ Hk). ring.
Qed.

(** W sigma(z) + b = 0 makes every Casimir orthogonal to b. *)
Lemma equilibrium_bias n W b (sigma : R -> R) z k :
  equilibrium n (outer n W sigma b) z -> casimir n W k -> dot n k b = 0.
Proof.
  intros Hz Hk. pose proof (dot_zero_r n k _ Hz) as E. unfold outer in E.
  rewrite dot_plus_r, dot_mul, dot_comm with (v := apply sigma z), (dot_zero_r n _ _ Hk) in E. lra.
Qed.

(** O4 (b): solutions stay on their leaf; with a bias if k . b = 0 for every Casimir. *)
Theorem solutions_stay_on_their_leaf I n W b (sigma : R -> R) x s t :
  interval I -> (forall k, casimir n W k -> dot n k b = 0) ->
  solution I n (outer n W sigma b) x -> I s -> I t -> same_leaf n W (x s) (x t).
Proof.
  intros HI Hb Hx Hs Ht k Hk. apply (casimirs_are_conserved I n W b k sigma); auto.
Qed.

Lemma kernel_is_casimir n W k : skew n W -> equal n (mul n W k) zero -> casimir n W k.
Proof. intros HW H. exact (proj1 (skew_kernel n W k HW) H). Qed.

(** O4 (a), any bias: a leaf holds at most one equilibrium. *)
Theorem leaves_hold_one_equilibrium n W b (sigma : R -> R) z z' :
  skew n W -> strictly_increasing sigma ->
  equilibrium n (outer n W sigma b) z -> equilibrium n (outer n W sigma b) z' ->
  same_leaf n W z z' -> equal n z z'.
Proof.
  intros HW Hm Hz Hz' Hl.
  set (k := fun i => sigma (z i) - sigma (z' i)).
  assert (Hk : casimir n W k).
  { apply kernel_is_casimir; auto. intros i Hi. unfold k.
    rewrite (mul_minus n W (apply sigma z) (apply sigma z')).
    pose proof (Hz i Hi). pose proof (Hz' i Hi). unfold outer, zero in *. lra. }
  assert (E : Sum n (fun i => k i * (z i - z' i)) = 0).
  { pose proof (Hl k Hk) as E. pose proof (dot_minus_r n k z z') as E'. unfold dot in *. lra. }
  assert (Hnn : forall i, (i < n)%nat -> 0 <= k i * (z i - z' i)).
  { intros i _. unfold k. destruct (Rtotal_order (z i) (z' i)) as [H|[->|H]]; [|lra|];
      pose proof (Hm _ _ H); nra. }
  intros i Hi. pose proof (Sum_nonneg_zero n _ Hnn E i Hi) as E0. unfold k in E0.
  destruct (Rtotal_order (z i) (z' i)) as [H|[H|H]]; [|exact H|]; pose proof (Hm _ _ H); nra.
Qed.

(** O4 (a), no bias: the equilibrium is the strict minimiser of H on its leaf. *)
Theorem equilibrium_minimises_energy n W (sigma Phi : R -> R) z v :
  skew n W -> potential sigma Phi -> strictly_increasing sigma ->
  equilibrium n (outer n W sigma zero) z -> same_leaf n W z v -> ~ equal n z v ->
  energy n Phi z < energy n Phi v.
Proof.
  intros HW HP Hm Hz Hl Hne.
  pose proof (energy_strictly_above_tangent n sigma Phi z v HP Hm Hne) as H.
  rewrite dot_minus_r, (Hl (apply sigma z)) in H; [lra|].
  apply kernel_is_casimir; auto. intros i Hi. rewrite <- (Hz i Hi). unfold outer, zero. ring.
Qed.

(** ** The energy relative to an equilibrium *)

(** G(x) = sum of Phi(x_i) - Phi(z_i) - sigma(z_i)(x_i - z_i). *)
Definition relative_energy (n : nat) (sigma Phi : R -> R) (z x : vector) : R :=
  Sum n (fun i => remainder sigma Phi (z i) (x i)).

Lemma relative_energy_is_conserved I n W b (sigma Phi : R -> R) z x s t :
  interval I -> skew n W -> potential sigma Phi -> equilibrium n (outer n W sigma b) z ->
  solution I n (outer n W sigma b) x -> I s -> I t ->
  relative_energy n sigma Phi z (x s) = relative_energy n sigma Phi z (x t).
Proof.
  intros HI HW HP Hz Hx.
  apply (first_integral I n (outer n W sigma b) x (fun i => remainder sigma Phi (z i))
           (fun i r => sigma r - sigma (z i))); auto.
  { intros i r _. now apply remainder_derive. }
  intros v. rewrite <- (skew_form n W (fun i => sigma (v i) - sigma (z i)) HW).
  apply dot_ext; intros i Hi; [reflexivity|].
  rewrite (mul_minus n W (apply sigma v) (apply sigma z)).
  pose proof (Hz i Hi). unfold outer, zero in *. lra.
Qed.

Lemma relative_energy_zero n (sigma Phi : R -> R) z x :
  potential sigma Phi -> strictly_increasing sigma -> relative_energy n sigma Phi z x = 0 ->
  equal n x z.
Proof.
  intros HP Hm H i Hi.
  destruct (Req_dec (z i) (x i)) as [->|Hne]; [reflexivity|].
  pose proof (remainder_pos sigma Phi (z i) (x i) HP Hm Hne).
  pose proof (Sum_nonneg_zero n (fun i => remainder sigma Phi (z i) (x i))) as E.
  rewrite (E) in H0; auto; [lra|]. intros j _. apply remainder_nonneg; auto.
  now apply strictly_nondecreasing.
Qed.

(** O4 (b) and O13 (a): a solution that converges rests at its limit, an equilibrium; any bias. *)
Theorem converging_orbits_rest n W b (sigma Phi : R -> R) x z t0 :
  skew n W -> potential sigma Phi -> (forall s, continuous sigma s) -> strictly_increasing sigma ->
  solution (from t0) n (outer n W sigma b) x -> converges_to n x z ->
  equilibrium n (outer n W sigma b) z /\ forall t, t0 <= t -> equal n (x t) z.
Proof.
  intros HW HP Hs Hm Hx Hz.
  assert (Heq : equilibrium n (outer n W sigma b) z).
  { apply (limit_is_equilibrium n _ x z t0 Hx Hz). intros i Hi.
    apply (filterlim_outer (Rbar_locally p_infty)); auto. }
  split; [exact Heq|]. intros t Ht. apply (relative_energy_zero n sigma Phi); auto.
  apply (limit_of_constant (fun u => relative_energy n sigma Phi z (x u)) t0).
  - intros u Hu.
    apply (relative_energy_is_conserved (from t0) n W b sigma Phi z x); auto.
    apply from_interval.
  - assert (E : 0 = relative_energy n sigma Phi z z).
    { unfold relative_energy. rewrite <- (Sum_zero n). apply Sum_ext. intros. unfold remainder. ring. }
    rewrite E. apply (filterlim_Sum (Rbar_locally p_infty) n
      (fun i u => remainder sigma Phi (z i) (x u i)) (fun i => remainder sigma Phi (z i) (z i))).
    intros i Hi. apply filterlim_comp with (locally (z i)); [now apply Hz|].
    apply (ex_derive_continuous (remainder sigma Phi (z i))).
    exists (sigma (z i) - sigma (z i)). now apply remainder_derive.
Qed.

(** O4 (c), inner form with sigma(0) = 0: x converges if and only if W x0 + b = 0. *)
Theorem inner_orbit_converges_iff_at_rest n W b (sigma Phi : R -> R) x t0 :
  skew n W -> potential sigma Phi -> (forall s, continuous sigma s) -> strictly_increasing sigma ->
  sigma 0 = 0 -> solution (from t0) n (inner n W sigma b) x ->
  ((exists z, converges_to n x z) <-> equal n (affine n W b (x t0)) zero) /\
  (equal n (affine n W b (x t0)) zero -> forall t, t0 <= t -> equal n (x t) (x t0)).
Proof.
  intros HW HP Hs Hm H0 Hx.
  set (y := fun t => affine n W b (x t)).
  assert (Hy : solution (from t0) n (outer n W sigma zero) y) by now apply conjugacy.
  assert (Hroot : forall s, sigma s = 0 -> s = 0).
  { intros s E. destruct (Rtotal_order s 0) as [H|[H|H]]; [|exact H|]; pose proof (Hm _ _ H); lra. }
  assert (Hrest : equal n (y t0) zero -> forall t, t0 <= t -> equal n (x t) (x t0)).
  { intros E t Ht.
    assert (Hz0 : equilibrium n (outer n W sigma zero) zero).
    { intros i Hi. unfold outer. rewrite mul_zero; [unfold zero; ring|]. intros j _. exact H0. }
    assert (Hyt : forall u, t0 <= u -> equal n (y u) zero).
    { intros u Hu. apply (relative_energy_zero n sigma Phi); auto.
      rewrite <- (relative_energy_is_conserved (from t0) n W zero sigma Phi zero y t0 u); auto.
      - unfold relative_energy. rewrite <- (Sum_zero n). apply Sum_ext. intros i Hi.
        rewrite (E i Hi). unfold remainder. ring.
      - apply from_interval.
      - apply start_in_from. }
    intros i Hi. apply (constant (from t0) (fun u => x u i)); auto.
    - apply from_interval.
    - now apply (Hx i Hi).
    - intros u Hu. rewrite <- H0. replace 0 with (y u i).
      + now apply (Hx i Hi).
      + apply (Hyt u); auto. now apply locally_singleton in Hu.
    - apply start_in_from. }
  split; [|exact Hrest]. split.
  - intros [z Hz].
    assert (Hyz : converges_to n y (affine n W b z)).
    { intros i Hi.
      apply (filterlim_add (Rbar_locally p_infty) (fun t => mul n W (x t) i) (fun _ => b i));
        [|apply filterlim_const].
      now apply (filterlim_dot (Rbar_locally p_infty) n (W i)). }
    assert (Hin : equal n (inner n W sigma b z) zero).
    { apply (limit_is_equilibrium n _ x z t0 Hx Hz). intros i Hi.
      apply filterlim_comp with (locally (affine n W b z i)); [now apply Hyz|]. apply Hs. }
    destruct (converging_orbits_rest n W zero sigma Phi y _ t0 HW HP Hs Hm Hy Hyz) as [_ E].
    intros i Hi. change (y t0 i = zero i). rewrite (E t0 (Rle_refl t0) i Hi). apply Hroot.
    apply (Hin i Hi).
  - intros E. exists (x t0). intros i Hi.
    apply filterlim_ext_loc with (fun _ => x t0 i); [|apply filterlim_const].
    apply eventually_after with t0. intros t Ht. symmetry. now apply (Hrest E t Ht).
Qed.

(** ** O13 (a) *)

Lemma remainder_coercive (sigma Phi : R -> R) r E :
  potential sigma Phi -> strictly_increasing sigma ->
  exists B, forall s, remainder sigma Phi r s <= E -> Rabs s <= B.
Proof.
  intros HP Hm. pose proof (strictly_nondecreasing _ Hm) as Hm'.
  pose proof (Hm r (r + 1) ltac:(lra)) as H1. pose proof (Hm (r - 1) r ltac:(lra)) as H2.
  set (d1 := sigma (r + 1) - sigma r). set (d2 := sigma r - sigma (r - 1)).
  assert (Hd1 : 0 < / d1) by (apply Rinv_0_lt_compat; unfold d1; lra).
  assert (Hd2 : 0 < / d2) by (apply Rinv_0_lt_compat; unfold d2; lra).
  pose proof (Rabs_pos E). pose proof (Rabs_pos r). pose proof (Rle_abs E).
  exists (Rabs r + 1 + Rabs E * / d1 + Rabs E * / d2). intros s Hs.
  assert (0 <= Rabs E * / d1) by (apply Rmult_le_pos; lra).
  assert (0 <= Rabs E * / d2) by (apply Rmult_le_pos; lra).
  assert (E1 : d1 * (Rabs E * / d1) = Rabs E) by (field; unfold d1; lra).
  assert (E2 : d2 * (Rabs E * / d2) = Rabs E) by (field; unfold d2; lra).
  pose proof (remainder_nonneg sigma Phi (r + 1) s HP Hm') as R1.
  pose proof (remainder_nonneg sigma Phi (r - 1) s HP Hm') as R2.
  pose proof (remainder_nonneg sigma Phi r (r + 1) HP Hm') as R3.
  pose proof (remainder_nonneg sigma Phi r (r - 1) HP Hm') as R4.
  unfold remainder in *.
  assert (U : d1 * (s - r - 1) <= Rabs E) by (unfold d1; lra).
  assert (L : d2 * (r - 1 - s) <= Rabs E) by (unfold d2; lra).
  assert (s - r - 1 <= Rabs E * / d1).
  { apply Rmult_le_reg_l with d1; [unfold d1; lra|lra]. }
  assert (r - 1 - s <= Rabs E * / d2).
  { apply Rmult_le_reg_l with d2; [unfold d2; lra|lra]. }
  pose proof (Rle_abs r). pose proof (Rle_abs (- r)). rewrite Rabs_Ropp in *.
  apply Rabs_le. lra.
Qed.

Lemma relative_energy_coercive n (sigma Phi : R -> R) z E i :
  potential sigma Phi -> strictly_increasing sigma -> (i < n)%nat ->
  exists B, forall x, relative_energy n sigma Phi z x <= E -> Rabs (x i) <= B.
Proof.
  intros HP Hm Hi. destruct (remainder_coercive sigma Phi (z i) E HP Hm) as [B HB].
  exists B. intros x Hx. apply HB. apply Rle_trans with (2 := Hx).
  apply (Sum_term n (fun i => remainder sigma Phi (z i) (x i)) i Hi).
  intros. apply remainder_nonneg; auto. now apply strictly_nondecreasing.
Qed.

(** Finitely many bounds are one bound. *)
Lemma uniform_bound n (P : nat -> R -> Prop) :
  (forall i, (i < n)%nat -> exists B, forall B', B <= B' -> P i B') ->
  exists B, forall i, (i < n)%nat -> P i B.
Proof.
  intros H. enough (exists B, forall i B', (i < n)%nat -> B <= B' -> P i B') as [B HB].
  { exists B. intros i Hi. apply HB; auto. lra. }
  induction n as [|n IH].
  - exists 0. intros; lia.
  - destruct IH as [B HB]; [intros; apply H; lia|]. destruct (H n ltac:(lia)) as [C HC].
    exists (Rmax B C). intros i B' Hi HB'. pose proof (Rmax_l B C). pose proof (Rmax_r B C).
    destruct (Nat.eq_dec i n) as [->|Hne]; [apply HC; lra|apply HB; [lia|lra]].
Qed.

(** O13 (a): if an equilibrium exists, every solution is bounded. *)
Theorem equilibrium_bounds_all_orbits I n W b (sigma Phi : R -> R) z x :
  interval I -> skew n W -> potential sigma Phi -> strictly_increasing sigma ->
  equilibrium n (outer n W sigma b) z -> solution I n (outer n W sigma b) x ->
  bounded_on I n x.
Proof.
  intros HI HW HP Hm Hz Hx.
  destruct (Classical_Prop.classic (exists t0, I t0)) as [[t0 Ht0]|Hempty].
  2:{ exists 0. intros t i Ht. exfalso. apply Hempty. now exists t. }
  destruct (uniform_bound n (fun i B => forall t, I t -> Rabs (x t i) <= B)) as [B HB].
  - intros i Hi.
    destruct (relative_energy_coercive n sigma Phi z (relative_energy n sigma Phi z (x t0)) i)
      as [B HB]; auto.
    exists B. intros B' HB' t Ht. apply Rle_trans with (2 := HB'). apply HB. right.
    apply (relative_energy_is_conserved I n W b sigma Phi z x); auto.
  - exists B. auto.
Qed.

(** States of the leaf of x0 with relative energy below e more than the infimum m. *)
Definition minimising (n : nat) (W : matrix) (G : vector -> R) (x0 : vector) (m : R)
  : (vector -> Prop) -> Prop :=
  fun P => exists e : posreal, forall u, same_leaf n W x0 u -> G u < m + e -> P u.

Lemma minimising_proper n W G x0 m :
  (forall e : posreal, exists u, same_leaf n W x0 u /\ G u < m + e) ->
  ProperFilter (minimising n W G x0 m).
Proof.
  intros H. split.
  - intros P [e He]. destruct (H e) as [u [Hu Hlt]]. exists u. auto.
  - split.
    + exists (mkposreal 1 Rlt_0_1). auto.
    + intros P Q [e He] [d Hd]. exists (mkposreal _ (Rmin_stable_in_posreal e d)). simpl.
      intros u Hu Hlt. pose proof (Rmin_l e d). pose proof (Rmin_r e d).
      split; [apply He|apply Hd]; auto; lra.
    + intros P Q HPQ [e He]. exists e. auto.
Qed.

(** A minimum along a line has slope 0. *)
Lemma slope_at_minimum (f : R -> R) l : is_derive f 0 l -> (forall e, f 0 <= f e) -> l = 0.
Proof.
  intros Hd Hmin. apply is_derive_Reals in Hd.
  exact (deriv_minimum f (-1) 1 0 (exist _ l Hd) ltac:(lra) ltac:(lra) (fun e _ _ => Hmin e)).
Qed.

(** O13 (a): if an equilibrium exists, every leaf holds one. *)
Theorem every_leaf_holds_an_equilibrium n W b (sigma Phi : R -> R) z x0 :
  skew n W -> potential sigma Phi -> strictly_increasing sigma ->
  equilibrium n (outer n W sigma b) z ->
  exists u, same_leaf n W x0 u /\ equilibrium n (outer n W sigma b) u.
Proof.
  intros HW HP Hm Hz. set (G := relative_energy n sigma Phi z).
  assert (Hpos : forall u, 0 <= G u).
  { intros u. apply Sum_nonneg. intros. apply remainder_nonneg; auto.
    now apply strictly_nondecreasing. }
  destruct (completeness (fun r => exists u, same_leaf n W x0 u /\ r = - G u)) as [m' [Hub Hlub]].
  { exists 0. intros r [u [_ ->]]. pose proof (Hpos u). lra. }
  { exists (- G x0), x0. split; [intros k _; reflexivity|reflexivity]. }
  set (m := - m').
  assert (Hm1 : forall u, same_leaf n W x0 u -> m <= G u).
  { intros u Hu. pose proof (Hub (- G u) (ex_intro _ u (conj Hu eq_refl))). unfold m. lra. }
  assert (HF : ProperFilter (minimising n W G x0 m)).
  { apply minimising_proper. intros e. apply Classical_Prop.NNPP. intros Hno.
    assert (m' <= m' - e); [|destruct e; simpl in *; lra].
    apply Hlub. intros r [u [Hu ->]]. apply Rnot_lt_le. intros Hlt. apply Hno. exists u.
    split; auto. unfold m. lra. }
  destruct (compact_space (minimising n W G x0 m) n (fun u => u)) as [K [u [HK [HKF Hu]]]].
  { intros i Hi. destruct (relative_energy_coercive n sigma Phi z (m + 1) i HP Hm Hi) as [B HB].
    exists B, (mkposreal 1 Rlt_0_1). simpl. intros v _ Hv. apply HB. apply Rlt_le, Hv. }
  assert (Hleaf : same_leaf n W x0 u).
  { intros k Hk. apply (limit_unique K (fun v => dot n k v)).
    - apply filterlim_ext_loc with (fun _ => dot n k x0); [|apply filterlim_const].
      apply HKF. exists (mkposreal 1 Rlt_0_1). intros v Hv _. now apply Hv.
    - now apply (filterlim_dot K n k (fun v => v)). }
  assert (HGu : filterlim G K (locally (G u))).
  { apply (filterlim_Sum K n (fun i v => remainder sigma Phi (z i) (v i))
             (fun i => remainder sigma Phi (z i) (u i))).
    intros i Hi. apply filterlim_comp with (locally (u i)); [now apply Hu|].
    apply (ex_derive_continuous (remainder sigma Phi (z i))).
    exists (sigma (u i) - sigma (z i)). now apply remainder_derive. }
  assert (Hmin : G u <= m).
  { apply le_epsilon. intros e He. apply (limit_le K G); auto. apply HKF.
    exists (mkposreal e He). simpl. intros v _ Hv. lra. }
  exists u. split; [exact Hleaf|].
  set (g := fun i => sigma (u i) - sigma (z i)).
  assert (Hg : forall c, dot n g (mul n W c) = 0).
  { intros c. apply (slope_at_minimum (fun e => G (fun i => u i + e * mul n W c i))).
    - apply (is_derive_Sum n (fun i e => remainder sigma Phi (z i) (u i + e * mul n W c i))).
      intros i Hi. rewrite Rmult_comm.
      apply (is_derive_comp (remainder sigma Phi (z i)) (fun e => u i + e * mul n W c i)).
      + replace (u i + 0 * mul n W c i) with (u i) by ring. now apply remainder_derive.
      + auto_derive; auto. ring.
    - intros e. apply Rle_trans with m.
      + apply Rle_trans with (2 := Hmin). right. unfold G, relative_energy. apply Sum_ext.
        intros i _. f_equal. ring.
      + apply Hm1. intros k Hk. rewrite (Hleaf k Hk).
        pose proof (range_is_in_leaf n W u (fun j => e * c j) k Hk) as E. rewrite E.
        apply dot_ext; intros i Hi; [reflexivity|]. now rewrite mul_scal. }
  assert (Hker : equal n (mul n W g) zero).
  { apply sqnorm_zero. pose proof (Hg (mul n W g)) as E. rewrite skew_dot in E by exact HW.
    unfold sqnorm. lra. }
  intros i Hi. pose proof (Hker i Hi) as E. unfold g in E.
  rewrite (mul_minus n W (apply sigma u) (apply sigma z)) in E.
  pose proof (Hz i Hi). unfold outer, zero in *. lra.
Qed.

(** O13 (b): a bounded solution implies an equilibrium. Any W and b; sigma need only be continuous. *)
Theorem bounded_orbit_implies_equilibrium n W b (sigma : R -> R) x t0 :
  (forall s, continuous sigma s) ->
  solution (from t0) n (outer n W sigma b) x -> bounded_on (from t0) n x ->
  exists z, equilibrium n (outer n W sigma b) z.
Proof.
  intros Hs Hx [B HB].
  assert (Hcont : Ranalysis1.continuity sigma) by (intros u; apply continuity_pt_filterlim, Hs).
  set (C := Rabs B). assert (HC : 0 <= C) by apply Rabs_pos.
  assert (HxC : forall t j, t0 <= t -> (j < n)%nat -> - C <= x t j <= C).
  { intros t j Ht Hj. apply Rabs_le_between. apply Rle_trans with B; [now apply HB|apply Rle_abs]. }
  destruct (continuity_ab_min sigma (- C) C) as [lo [Hlo Ilo]]; [lra|intros; apply Hcont|].
  destruct (continuity_ab_maj sigma (- C) C) as [hi [Hhi Ihi]]; [lra|intros; apply Hcont|].
  set (mean := fun t j => accumulated sigma t0 x j t / (t - t0)).
  assert (Hmean : forall t j, t0 < t -> (j < n)%nat -> sigma lo <= mean t j <= sigma hi).
  { intros t j Ht Hj.
    assert (Hd : forall u, is_derive (accumulated sigma t0 x j) u (sigma (held t0 x u j))).
    { intros u. apply accumulated_derive; auto. now apply (Hx j Hj). }
    assert (Hc : continuous_on (from t0) (accumulated sigma t0 x j)).
    { now apply (derivable_continuous_on _ _ (fun u => sigma (held t0 x u j))). }
    assert (L : sigma lo * (t - t0) <= accumulated sigma t0 x j t - accumulated sigma t0 x j t0).
    { apply (growth (from t0) _ (fun u => sigma (held t0 x u j))); auto.
      - apply from_interval.
      - intros u Hu. apply locally_singleton in Hu. apply Hlo. apply HxC; auto. apply Rmax_l.
      - apply start_in_from.
      - unfold from. lra.
      - lra. }
    assert (U : - sigma hi * (t - t0) <=
      - accumulated sigma t0 x j t - - accumulated sigma t0 x j t0).
    { apply (growth (from t0) (fun u => - accumulated sigma t0 x j u)
               (fun u => - sigma (held t0 x u j))); auto.
      - apply from_interval.
      - intros u Hu. apply filterlim_comp with (locally (accumulated sigma t0 x j u)).
        + now apply Hc.
        + apply (@filterlim_opp R_AbsRing R_NormedModule).
      - intros u _. apply @is_derive_opp. apply Hd.
      - intros u Hu. apply Ropp_le_contravar. apply Hhi. apply HxC; auto. apply Rmax_l.
      - apply start_in_from.
      - unfold from. lra.
      - lra. }
    rewrite accumulated_start in L, U. unfold mean. split.
    - apply Rle_div_r; lra.
    - apply Rle_div_l; lra. }
  destruct (compact_space (Rbar_locally p_infty) n mean) as [K [m [HK [HKF Hm]]]].
  { intros j Hj. exists (Rmax (Rabs (sigma lo)) (Rabs (sigma hi))). exists t0. intros t Ht.
    apply RmaxAbs; apply Hmean; auto. }
  destruct (intermediate sigma lo hi Hs) as [g Hg].
  exists (fun j => g (m j)). intros i Hi.
  assert (Hmj : forall j, (j < n)%nat -> sigma (g (m j)) = m j).
  { intros j Hj. apply Hg. assert (sigma lo <= sigma hi) by (apply Hlo; lra).
    rewrite Rmin_left, Rmax_right by assumption. split.
    - apply (limit_ge K (fun t => mean t j)); [now apply Hm|]. apply HKF. exists t0.
      intros t Ht. now apply Hmean.
    - apply (limit_le K (fun t => mean t j)); [now apply Hm|]. apply HKF. exists t0.
      intros t Ht. now apply Hmean. }
  unfold outer. rewrite (mul_ext n W (apply sigma (fun j => g (m j))) m)
    by (intros j Hj; unfold apply; now apply Hmj).
  apply (limit_unique K (fun t => mul n W (mean t) i + b i)).
  - apply (filterlim_add K (fun t => mul n W (mean t) i) (fun _ => b i)); [|apply filterlim_const].
    now apply (filterlim_dot K n (W i)).
  - apply (finer_limit (Rbar_locally p_infty)); auto.
    apply filterlim_ext_loc with (fun t => (x t i - x t0 i) / (t - t0)).
    + exists t0. intros t Ht.
      rewrite <- (displacement n W b sigma x t0 t i Hs Hx) by (unfold from; auto; lra).
      unfold mean, mul.
      rewrite (Sum_ext n (fun j => W i j * (accumulated sigma t0 x j t / (t - t0)))
                 (fun j => W i j * accumulated sigma t0 x j t * / (t - t0)))
        by (intros; unfold Rdiv; ring).
      rewrite Sum_scal_r. field. lra.
    + apply (bounded_mean (fun t => x t i - x t0 i) t0 (B + B)). intros t Ht.
      unfold Rminus. eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp.
      apply Rplus_le_compat; apply HB; auto. apply start_in_from.
Qed.

(** O13, both halves, for solutions on half-lines. *)
Theorem leaves_oscillate_or_all_escape n W b (sigma Phi : R -> R) :
  skew n W -> potential sigma Phi -> (forall s, continuous sigma s) -> strictly_increasing sigma ->
  ((exists z, equilibrium n (outer n W sigma b) z) ->
     (forall x0, exists z, same_leaf n W x0 z /\ equilibrium n (outer n W sigma b) z /\
        forall z', same_leaf n W x0 z' -> equilibrium n (outer n W sigma b) z' -> equal n z' z) /\
     (forall x t0, solution (from t0) n (outer n W sigma b) x ->
        bounded_on (from t0) n x /\
        (~ equilibrium n (outer n W sigma b) (x t0) -> ~ exists z, converges_to n x z))) /\
  ((~ exists z, equilibrium n (outer n W sigma b) z) ->
     forall x t0, solution (from t0) n (outer n W sigma b) x -> ~ bounded_on (from t0) n x).
Proof.
  intros HW HP Hs Hm. split.
  - intros [z Hz]. split.
    + intros x0. destruct (every_leaf_holds_an_equilibrium n W b sigma Phi z x0 HW HP Hm Hz)
        as [u [Hu Hequ]].
      exists u. split; [exact Hu|split; [exact Hequ|]]. intros z' Hz' Heqz'.
      apply (leaves_hold_one_equilibrium n W b sigma); auto.
      intros k Hk. rewrite <- (Hz' k Hk). now apply Hu.
    + intros x t0 Hx. split.
      * apply (equilibrium_bounds_all_orbits (from t0) n W b sigma Phi z x); auto.
        apply from_interval.
      * intros Hne [u Hu]. apply Hne.
        destruct (converging_orbits_rest n W b sigma Phi x u t0 HW HP Hs Hm Hx Hu) as [Hequ E].
        intros i Hi. rewrite <- (Hequ i Hi). unfold outer. f_equal. apply mul_ext.
        intros j Hj. unfold apply. now rewrite (E t0 (Rle_refl t0) j Hj).
  - intros Hno x t0 Hx Hb. apply Hno.
    exact (bounded_orbit_implies_equilibrium n W b sigma x t0 Hs Hx Hb).
Qed.
