(** Rows O3 and O5: orbits in the well have no limit, and the activations have mean zero.

    Solutions are given on a half-line (OrbitClaims.v: orbits). Not covered: t -> - infinity. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Energy Boundedness Compactness.
Open Scope R_scope.

Lemma eventually_after (t0 : R) (P : R -> Prop) :
  (forall t, t0 <= t -> P t) -> Rbar_locally p_infty P.
Proof. intros H. exists t0. intros t Ht. apply H. lra. Qed.

Lemma start_in_from t0 : from t0 t0.
Proof. unfold from. lra. Qed.

(** O3, outer form: x0 in the well, 0 < H(x0) < E0. *)
Theorem oscillation_is_perpetual_outer n W (sigma Phi : R -> R) x q p t0 :
  skew n W -> invertible n W -> potential sigma Phi -> Phi 0 = 0 ->
  (forall s, continuous sigma s) -> well sigma q p -> q <= 0 <= p ->
  solution (from t0) n (outer n W sigma zero) x -> in_box n q p (x t0) ->
  0 < energy n Phi (x t0) -> energy n Phi (x t0) < Phi q -> energy n Phi (x t0) < Phi p ->
  (forall s, q <= s <= p -> sigma s = 0 -> 0 < Phi s -> energy n Phi (x t0) < Phi s) ->
  bounded_on (from t0) n x /\ ~ exists z, converges_to n x z.
Proof.
  intros HW Hinv HP H0 Hs Hw Hqp Hx Hbox Hpos Hq Hp HE0.
  assert (Hin : forall t i, from t0 t -> (i < n)%nat -> q < x t i < p).
  { intros t i Ht. apply (orbits_are_bounded_outer (from t0) n W sigma Phi x q p t0 t); auto.
    - apply from_interval.
    - apply start_in_from. }
  split.
  { exists (p - q). intros t i Ht Hi. pose proof (Hin t i Ht Hi). apply Rabs_le. lra. }
  intros [z Hz].
  assert (Heq : equal n (outer n W sigma zero z) zero).
  { apply (limit_is_equilibrium n _ x z t0 Hx Hz). intros i Hi.
    apply (filterlim_outer (Rbar_locally p_infty)); auto. }
  assert (Hroot : equal n (apply sigma z) zero).
  { apply (invertible_kernel n W); auto. intros i Hi. rewrite <- (Heq i Hi).
    unfold outer, zero. now rewrite Rplus_0_r. }
  assert (Hzbox : in_box n q p z).
  { intros i Hi. split.
    - apply (limit_ge (Rbar_locally p_infty) (fun t => x t i)); [now apply Hz|].
      apply eventually_after with t0. intros t Ht. pose proof (Hin t i Ht Hi). lra.
    - apply (limit_le (Rbar_locally p_infty) (fun t => x t i)); [now apply Hz|].
      apply eventually_after with t0. intros t Ht. pose proof (Hin t i Ht Hi). lra. }
  assert (HE : energy n Phi (x t0) = energy n Phi z).
  { apply (limit_of_constant (fun t => energy n Phi (x t)) t0).
    - intros t Ht. apply (energy_is_conserved_outer (from t0) n W sigma Phi x); auto.
      + apply from_interval.
      + apply start_in_from.
    - apply (filterlim_energy (Rbar_locally p_infty)); auto.
      intros s. now apply (potential_continuous sigma). }
  assert (Hnn : forall i, (i < n)%nat -> 0 <= apply Phi z i).
  { intros i Hi. apply (potential_nonneg sigma Phi q p); auto. }
  assert (Hzero : forall i, (i < n)%nat -> apply Phi z i = 0).
  { intros i Hi. destruct (Rle_lt_or_eq_dec 0 _ (Hnn i Hi)) as [Hlt|<-]; [|reflexivity].
    pose proof (HE0 (z i) (Hzbox i Hi) (Hroot i Hi) Hlt).
    pose proof (Sum_term n (apply Phi z) i Hi Hnn). unfold energy in *. unfold apply in *. lra. }
  rewrite HE in Hpos. unfold energy in Hpos.
  rewrite (Sum_ext n _ (fun _ => 0) Hzero), Sum_zero in Hpos. lra.
Qed.

(** O3, inner form, any bias: the same of y = W x + b, and x itself has no limit. *)
Theorem oscillation_is_perpetual_inner n W b (sigma Phi : R -> R) x q p t0 :
  let y := fun t => affine n W b (x t) in
  skew n W -> invertible n W -> potential sigma Phi -> Phi 0 = 0 ->
  (forall s, continuous sigma s) -> well sigma q p -> q <= 0 <= p ->
  solution (from t0) n (inner n W sigma b) x -> in_box n q p (y t0) ->
  0 < energy n Phi (y t0) -> energy n Phi (y t0) < Phi q -> energy n Phi (y t0) < Phi p ->
  (forall s, q <= s <= p -> sigma s = 0 -> 0 < Phi s -> energy n Phi (y t0) < Phi s) ->
  bounded_on (from t0) n x /\ (~ exists z, converges_to n y z) /\ ~ exists z, converges_to n x z.
Proof.
  intros y HW Hinv HP H0 Hs Hw Hqp Hx Hbox Hpos Hq Hp HE0.
  destruct (oscillation_is_perpetual_outer n W sigma Phi y q p t0) as [Hb Hno]; auto.
  { now apply conjugacy. }
  split; [now apply (inner_orbit_is_bounded_with_y (from t0) n W b)|split; [exact Hno|]].
  intros [z Hz]. apply Hno. exists (affine n W b z). intros i Hi.
  apply (filterlim_add (Rbar_locally p_infty) (fun t => mul n W (x t) i) (fun _ => b i));
    [|apply filterlim_const].
  now apply (filterlim_dot (Rbar_locally p_infty) n (W i)).
Qed.

(** ** Time averages *)

(** The curve, resting at its start before t0. *)
Definition held (t0 : R) (x : R -> vector) : R -> vector := fun t => x (Rmax t0 t).

(** The integral of sigma(x_i) from t0 to t. *)
Definition accumulated (sigma : R -> R) (t0 : R) (x : R -> vector) (i : nat) (t : R) : R :=
  RInt (fun u => sigma (held t0 x u i)) t0 t.

Lemma held_continuous (t0 : R) (x : R -> vector) i t :
  continuous_on (from t0) (fun u => x u i) -> continuous (fun u => held t0 x u i) t.
Proof.
  intros Hc. unfold held.
  apply (filterlim_comp _ _ _ (fun u => Rmax t0 u) (fun u => x u i) _
           (within (from t0) (locally (Rmax t0 t)))).
  - intros P [e He]. exists e. intros u Hu. apply He; [|apply Rmax_l].
    apply Rabs_def2 in Hu. unfold minus, plus, opp in Hu; simpl in Hu.
    apply Rabs_def1; unfold minus, plus, opp; simpl; unfold Rmax;
      repeat destruct (Rle_dec _ _); destruct e; simpl in *; lra.
  - apply Hc. apply Rmax_l.
Qed.

Lemma accumulated_derive (sigma : R -> R) t0 (x : R -> vector) i t :
  (forall s, continuous sigma s) -> continuous_on (from t0) (fun u => x u i) ->
  is_derive (accumulated sigma t0 x i) t (sigma (held t0 x t i)).
Proof.
  intros Hs Hc.
  assert (Hcont : forall u, continuous (fun v => sigma (held t0 x v i)) u).
  { intros u. apply (continuous_comp (fun v => held t0 x v i) sigma); [now apply held_continuous|].
    apply Hs. }
  apply (is_derive_RInt (fun u => sigma (held t0 x u i)) _ t0); [|apply Hcont].
  apply filter_forall. intros u. apply (RInt_correct (fun v => sigma (held t0 x v i)) t0 u).
  apply (ex_RInt_continuous (fun v => sigma (held t0 x v i))). intros; apply Hcont.
Qed.

Lemma accumulated_start (sigma : R -> R) t0 (x : R -> vector) i : accumulated sigma t0 x i t0 = 0.
Proof. apply (RInt_point t0 (fun u => sigma (held t0 x u i))). Qed.

Lemma derivable_continuous_on (I : R -> Prop) (f df : R -> R) :
  (forall t, is_derive f t (df t)) -> continuous_on I f.
Proof.
  intros H t _ P HP.
  assert (Hc : continuous f t) by (apply (ex_derive_continuous f); now exists (df t)).
  destruct (Hc P HP) as [e He]. exists e. intros u Hu _. now apply He.
Qed.

(** W times the accumulated activations, plus b times the time, is the displacement. *)
Lemma displacement n W b (sigma : R -> R) x t0 t i :
  (forall s, continuous sigma s) -> solution (from t0) n (outer n W sigma b) x ->
  from t0 t -> (i < n)%nat ->
  mul n W (fun j => accumulated sigma t0 x j t) i + b i * (t - t0) = x t i - x t0 i.
Proof.
  intros Hs Hx Ht Hi.
  set (A := fun u => mul n W (fun j => accumulated sigma t0 x j u) i + b i * (u - t0)).
  assert (Hd : forall u, is_derive A u (outer n W sigma b (held t0 x u) i)).
  { intros u. apply @is_derive_plus.
    - apply (is_derive_Sum n (fun j v => W i j * accumulated sigma t0 x j v)). intros j Hj.
      apply is_derive_scal. apply accumulated_derive; auto. now apply (Hx j Hj).
    - auto_derive; auto. ring. }
  assert (E : A t - x t i = A t0 - x t0 i).
  { apply (constant (from t0) (fun u => A u - x u i)); auto.
    - apply from_interval.
    - intros u Hu. apply (filterlim_add (within (from t0) (locally u)) A (fun v => - x v i)).
      + now apply (derivable_continuous_on (from t0) A (fun u => outer n W sigma b (held t0 x u) i)).
      + apply filterlim_comp with (locally (x u i)); [now apply (Hx i Hi)|].
        apply (@filterlim_opp R_AbsRing R_NormedModule).
    - intros u Hu. evar_last.
      + apply @is_derive_minus; [apply Hd|now apply (Hx i Hi)].
      + assert (Hu' : t0 <= u) by (apply locally_singleton in Hu; exact Hu).
        unfold held. rewrite Rmax_right by exact Hu'. apply Rminus_eq_0.
    - apply start_in_from. }
  assert (A t0 = 0).
  { unfold A. rewrite Rminus_eq_0, Rmult_0_r, Rplus_0_r. apply mul_zero.
    intros j Hj. apply accumulated_start. }
  fold (A t). lra.
Qed.

(** What is bounded has mean rate 0. *)
Lemma bounded_mean (f : R -> R) t0 B :
  (forall t, t0 <= t -> Rabs (f t) <= B) ->
  filterlim (fun t => f t / (t - t0)) (Rbar_locally p_infty) (locally 0).
Proof.
  intros HB P [e He]. exists (t0 + (B + 1) / e). intros t Ht. apply He.
  assert (0 <= B) by (pose proof (HB t0 (Rle_refl t0)); pose proof (Rabs_pos (f t0)); lra).
  assert (0 < (B + 1) / e) by (apply Rdiv_lt_0_compat; [lra|apply cond_pos]).
  assert (Hb := HB t ltac:(lra)).
  change (Rabs (f t / (t - t0) - 0) < e).
  rewrite Rminus_0_r. unfold Rdiv at 1. rewrite Rabs_mult, Rabs_inv, (Rabs_right (t - t0)) by lra.
  apply Rmult_lt_reg_r with (t - t0); [lra|].
  rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  apply Rle_lt_trans with B; [exact Hb|].
  assert (E : e * ((B + 1) / e) = B + 1) by (field; apply Rgt_not_eq, cond_pos).
  pose proof (cond_pos e). nra.
Qed.

(** O5, outer form, W invertible (skew or not): a bounded orbit has mean activations 0. *)
Theorem activations_have_mean_zero_outer n W (sigma : R -> R) x t0 :
  invertible n W -> (forall s, continuous sigma s) ->
  solution (from t0) n (outer n W sigma zero) x -> bounded_on (from t0) n x ->
  forall i, (i < n)%nat ->
    filterlim (fun t => accumulated sigma t0 x i t / (t - t0)) (Rbar_locally p_infty) (locally 0).
Proof.
  intros [V HV] Hs Hx [B HB] i Hi.
  apply (bounded_mean _ t0 (Sum n (fun j => Rabs (V i j)) * (B + B))). intros t Ht.
  rewrite <- (inverse_left n V W (fun j => accumulated sigma t0 x j t) HV i Hi).
  apply mul_bounded_entries. intros j Hj.
  pose proof (displacement n W zero sigma x t0 t j Hs Hx Ht Hj) as E. unfold zero in E.
  rewrite Rmult_0_l, Rplus_0_r in E. rewrite E.
  unfold Rminus. eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp.
  apply Rplus_le_compat; apply HB; auto. apply start_in_from.
Qed.

(** O5, inner form, any W and b: if x is bounded, the activations sigma(y_i) have mean 0. *)
Theorem activations_have_mean_zero_inner n W b (sigma : R -> R) x t0 :
  (forall s, continuous sigma s) ->
  solution (from t0) n (inner n W sigma b) x -> bounded_on (from t0) n x ->
  forall i, (i < n)%nat ->
    filterlim (fun t => accumulated sigma t0 (fun u => affine n W b (x u)) i t / (t - t0))
      (Rbar_locally p_infty) (locally 0).
Proof.
  intros Hs Hx [B HB] i Hi. set (y := fun u => affine n W b (x u)).
  assert (Hy : continuous_on (from t0) (fun u => y u i)) by now apply (conjugacy _ n W sigma b x Hx i Hi).
  apply (bounded_mean _ t0 (B + B)). intros t Ht.
  assert (Hd : forall u, is_derive (accumulated sigma t0 y i) u (sigma (held t0 y u i)))
    by (intros u; now apply accumulated_derive).
  assert (E : accumulated sigma t0 y i t - x t i = accumulated sigma t0 y i t0 - x t0 i).
  { apply (constant (from t0) (fun u => accumulated sigma t0 y i u - x u i)); auto.
    - apply from_interval.
    - intros u Hu.
      apply (filterlim_add (within (from t0) (locally u)) (accumulated sigma t0 y i) (fun v => - x v i)).
      + now apply (derivable_continuous_on (from t0) _ (fun u => sigma (held t0 y u i))).
      + apply filterlim_comp with (locally (x u i)); [now apply (Hx i Hi)|].
        apply (@filterlim_opp R_AbsRing R_NormedModule).
    - intros u Hu. evar_last.
      + apply @is_derive_minus; [apply Hd|now apply (Hx i Hi)].
      + assert (Hu' : t0 <= u) by (apply locally_singleton in Hu; exact Hu).
        unfold held. rewrite Rmax_right by exact Hu'. apply Rminus_eq_0.
    - apply start_in_from. }
  rewrite accumulated_start in E.
  replace (accumulated sigma t0 y i t) with (x t i + - x t0 i) by lra.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp.
  apply Rplus_le_compat; apply HB; auto. apply start_in_from.
Qed.
