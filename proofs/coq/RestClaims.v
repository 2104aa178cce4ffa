(** The claims of family O, sentence by sentence: where networks rest, and what does not oscillate. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Fredholm Flows Convexity Energy Casimirs ConservedImpliesSkew Boundedness
  Oscillation Dichotomy Leak LeakLimit LinearSolutions Peano Existence Theory Instances Refutations OrbitClaims.
Open Scope R_scope.

(** u is on the leaf x0 + range W. *)
Definition on_leaf (n : nat) (W : matrix) (x0 u : vector) : Prop :=
  exists c, equal n u (fun i => x0 i + mul n W c i).

Lemma on_leaf_same n W x0 u v : on_leaf n W x0 u -> on_leaf n W x0 v -> same_leaf n W u v.
Proof.
  intros [c Hc] [d Hd] k Hk.
  assert (E : forall w c, equal n w (fun i => x0 i + mul n W c i) -> dot n k w = dot n k x0).
  { intros w c' Hw. rewrite (dot_ext n k k w _ (fun i _ => eq_refl) Hw), dot_plus_r, dot_mul.
    rewrite (dot_comm n _ c'), (dot_zero_r n c' _ Hk). ring. }
  now rewrite (E u c Hc), (E v d Hd).
Qed.

Lemma same_leaf_on n W x0 u : same_leaf n W x0 u -> on_leaf n W x0 u.
Proof.
  intros Hs. destruct (in_range n W (fun i => u i - x0 i)) as [c Hc].
  - intros k Hk. rewrite dot_minus_r, (Hs k Hk). ring.
  - exists c. intros i Hi. pose proof (Hc i Hi). lra.
Qed.

Lemma starts_at n W x0 : on_leaf n W x0 x0.
Proof. exists zero. intros i _. rewrite mul_zero; [ring|]. intros j _. reflexivity. Qed.

(** O4, leaves-hold-one-equilibrium. *)
Theorem leaves_hold_one_equilibrium n W sigma :
  skew n W -> is_continuous sigma -> strictly_increasing sigma ->
  let F := outer n W sigma zero in
  (forall x0 z z', on_leaf n W x0 z -> on_leaf n W x0 z' -> equilibrium n F z -> equilibrium n F z' ->
     equal n z z') /\
  (forall x0 z v, on_leaf n W x0 z -> on_leaf n W x0 v -> equilibrium n F z -> ~ equal n z v ->
     H n sigma z < H n sigma v) /\
  (forall a x z t0, orbit n F a p_infty x -> between a p_infty t0 -> converges_to n x z ->
     equilibrium n F z /\ forall t, between a p_infty t -> equal n (x t) z).
Proof.
  intros HW Hc Hm F. split; [|split].
  - intros x0 z z' Hz Hz' Ez Ez'. apply (Dichotomy.leaves_hold_one_equilibrium n W zero sigma z z'); auto.
    now apply (on_leaf_same n W x0).
  - intros x0 z v Hz Hv Ez Hne. apply (equilibrium_minimises_energy n W sigma (potential_of sigma) z v); auto.
    + now apply potential_of_continuous.
    + now apply (on_leaf_same n W x0).
  - intros a x z t0 Ho H0 Hz.
    assert (Hrest : forall t0, between a p_infty t0 ->
      equilibrium n F z /\ forall t, t0 <= t -> equal n (x t) z).
    { intros s Hs. apply (converging_orbits_rest n W zero sigma (potential_of sigma) x z s); auto.
      - now apply potential_of_continuous.
      - now apply (endless_solution n F a p_infty x s Ho Hs). }
    split; [apply (Hrest t0 H0)|]. intros t Ht. apply (Hrest t Ht). lra.
Qed.

(** O4, inner-orbits-converge-only-at-rest: x converges iff y = W x + b is 0, and then it is constant. *)
Theorem inner_orbits_converge_only_at_rest n W b sigma :
  skew n W -> is_continuous sigma -> strictly_increasing sigma -> sigma 0 = 0 ->
  forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
    global a c /\
    ((exists z, converges_to n x z) <-> equal n (affine n W b (x t0)) zero) /\
    (equal n (affine n W b (x t0)) zero -> forall t, between a c t -> equal n (x t) (x t0)).
Proof.
  intros HW Hc Hm Hz a c x t0 Ho H0.
  destruct (increasing_orbits_are_bounded n W b sigma HW Hc Hm Hz) as [_ Hin].
  destruct (Hin a c x t0 Ho H0) as [Hg _]. split; [exact Hg|].
  assert (Hiff : forall s, between a c s ->
    ((exists z, converges_to n x z) <-> equal n (affine n W b (x s)) zero) /\
    (equal n (affine n W b (x s)) zero -> forall t, s <= t -> equal n (x t) (x s))).
  { intros s Hs. apply (inner_orbit_converges_iff_at_rest n W b sigma (potential_of sigma) x s); auto.
    - now apply potential_of_continuous.
    - now apply (endless_solution n _ a c x s Ho Hs), Hg. }
  split; [apply (Hiff t0 H0)|]. intros Hrest t Ht i Hi.
  destruct (Rle_lt_dec t0 t) as [Hle|Hlt]; [now apply (Hiff t0 H0)|].
  symmetry. apply (Hiff t Ht); [|lra|exact Hi]. apply (Hiff t Ht). now apply (Hiff t0 H0).
Qed.

(** ** O5 *)

(** The mean of f over [t0, t] tends to v. *)
Definition mean_tends_to (f : R -> R) (t0 v : R) : Prop :=
  filterlim (fun t => RInt f t0 t / (t - t0)) (Rbar_locally p_infty) (locally v).

Definition keeps_changing_sign (f : R -> R) : Prop :=
  forall T, (exists t, T <= t /\ 0 < f t) /\ (exists t, T <= t /\ f t < 0).

Lemma mean_of_accumulated sigma x t0 i :
  filterlim (fun t => accumulated sigma t0 x i t / (t - t0)) (Rbar_locally p_infty) (locally 0) ->
  mean_tends_to (fun t => sigma (x t i)) t0 0.
Proof.
  apply filterlim_ext_loc. exists t0. intros t Ht. unfold accumulated. f_equal.
  apply RInt_ext. intros u Hu. unfold held. rewrite Rmin_left in Hu by lra. now rewrite Rmax_right by lra.
Qed.

(** If f settles on one sign, the mean of |f| tends to 0 with that of f. *)
Lemma mean_of_settled (f : R -> R) t0 :
  continuous_on (from t0) f -> mean_tends_to f t0 0 ->
  (exists T, (forall t, T <= t -> 0 <= f t) \/ (forall t, T <= t -> f t <= 0)) ->
  mean_tends_to (fun t => Rabs (f t)) t0 0.
Proof.
  intros Hc Hm [T Hsign]. set (S := Rmax t0 T).
  assert (HS : t0 <= S /\ T <= S) by (split; [apply Rmax_l|apply Rmax_r]).
  set (g := fun u => f (Rmax t0 u)).
  assert (Hg : forall u, continuous g u).
  { intros u. unfold g.
    apply (filterlim_comp _ _ _ (fun u => Rmax t0 u) f _ (within (from t0) (locally (Rmax t0 u)))).
    - intros P [e He]. exists e. intros v Hv. apply He; [|apply Rmax_l].
      apply Rabs_def2 in Hv. unfold minus, plus, opp in Hv; simpl in Hv.
      apply Rabs_def1; unfold minus, plus, opp; simpl; unfold Rmax;
        repeat destruct (Rle_dec _ _); destruct e; simpl in *; lra.
    - apply Hc. apply Rmax_l. }
  assert (Ha : forall u, continuous (fun v => Rabs (g v)) u).
  { intros u. apply (continuous_comp g Rabs); [apply Hg|apply continuous_Rabs]. }
  assert (Eg : forall u v, t0 <= u <= v -> RInt f u v = RInt g u v).
  { intros u v Huv. apply RInt_ext. intros w Hw. unfold g. rewrite Rmin_left in Hw by lra. now rewrite Rmax_right by lra. }
  assert (Ea : forall u v, t0 <= u <= v -> RInt (fun t => Rabs (f t)) u v = RInt (fun t => Rabs (g t)) u v).
  { intros u v Huv. apply RInt_ext. intros w Hw. unfold g. rewrite Rmin_left in Hw by lra. now rewrite Rmax_right by lra. }
  assert (Ig : forall u v, ex_RInt g u v) by (intros; apply (ex_RInt_continuous g); auto).
  assert (Ia : forall u v, ex_RInt (fun t => Rabs (g t)) u v)
    by (intros; apply (ex_RInt_continuous (fun t => Rabs (g t))); auto).
  assert (Hs : exists s, s * s = 1 /\ forall t, S <= t -> Rabs (f t) = s * f t).
  { destruct Hsign as [H|H]; [exists 1|exists (-1)]; (split; [ring|]); intros t Ht; pose proof (H t ltac:(lra)).
    - rewrite Rabs_right by lra. ring.
    - rewrite Rabs_left1 by lra. ring. }
  destruct Hs as [s [Hss Hs]].
  set (C := RInt (fun t => Rabs (g t)) t0 S - s * RInt g t0 S).
  assert (E : forall t, S < t ->
    RInt (fun u => Rabs (f u)) t0 t / (t - t0) = C / (t - t0) + s * (RInt f t0 t / (t - t0))).
  { intros t Ht. rewrite Ea, Eg by lra.
    rewrite <- (RInt_Chasles (fun u => Rabs (g u)) t0 S t), <- (RInt_Chasles g t0 S t) by auto.
    assert (E : RInt (fun u => Rabs (g u)) S t = s * RInt g S t).
    { transitivity (RInt (fun u => scal s (g u)) S t); [|apply (RInt_scal g S t s); auto].
      apply RInt_ext. intros u Hu. unfold g, scal; simpl; unfold mult; simpl.
      rewrite Rmin_left in Hu by lra. rewrite Rmax_right by lra. apply Hs. lra. }
    rewrite E. unfold C, plus; simpl. field. lra. }
  unfold mean_tends_to. apply filterlim_ext_loc with (fun t => C / (t - t0) + s * (RInt f t0 t / (t - t0))).
  - exists S. intros t Ht. symmetry. now apply E.
  - replace 0 with (0 + s * 0) by ring. apply (filterlim_add (Rbar_locally p_infty)).
    + apply (bounded_mean (fun _ => C) t0 (Rabs C)). intros; lra.
    + apply (filterlim_cmul (Rbar_locally p_infty)). exact Hm.
Qed.

Lemma mean_of_sign_changes (sigma : R -> R) (f : R -> R) t0 :
  is_continuous sigma -> continuous_on (from t0) f -> (forall s, 0 <= s * sigma s) ->
  mean_tends_to (fun t => sigma (f t)) t0 0 ->
  keeps_changing_sign f \/ mean_tends_to (fun t => Rabs (sigma (f t))) t0 0.
Proof.
  intros Hc Hf Hw Hm.
  assert (Hroot := sign_condition_root sigma Hc Hw).
  destruct (Classical_Prop.classic (exists T, (forall t, T <= t -> 0 <= f t) \/ (forall t, T <= t -> f t <= 0)))
    as [[T HT]|Hno].
  - right. apply (mean_of_settled (fun t => sigma (f t)) t0); auto.
    + intros t Ht. apply filterlim_comp with (locally (f t)); [now apply Hf|apply Hc].
    + exists T. destruct HT as [H|H]; [left|right]; intros t Ht; pose proof (H t Ht); pose proof (Hw (f t));
        destruct (Req_dec (f t) 0) as [E|Hne]; try (rewrite E, Hroot; lra); nra.
  - left. intros T. split; apply Classical_Prop.NNPP; intros H; apply Hno; exists T.
    + right. intros t Ht. apply Rnot_lt_le. intros Hlt. apply H. now exists t.
    + left. intros t Ht. apply Rnot_lt_le. intros Hlt. apply H. now exists t.
Qed.

(** O5, activations-average-to-zero: a bounded orbit, W invertible (outer) or any (inner), and the signs. *)
Theorem activations_average_to_zero n W b sigma :
  is_continuous sigma ->
  (forall a c x t0, invertible n W -> orbit n (outer n W sigma zero) a c x -> between a c t0 ->
     bounded_on (after c t0) n x -> c = p_infty /\ forall i, (i < n)%nat ->
       mean_tends_to (fun t => sigma (x t i)) t0 0 /\
       ((forall s, 0 <= s * sigma s) ->
        keeps_changing_sign (fun t => x t i) \/ mean_tends_to (fun t => Rabs (sigma (x t i))) t0 0)) /\
  (forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
     let y := fun t => affine n W b (x t) in
     bounded_on (after c t0) n x -> c = p_infty /\ forall i, (i < n)%nat ->
       mean_tends_to (fun t => sigma (y t i)) t0 0 /\
       ((forall s, 0 <= s * sigma s) ->
        keeps_changing_sign (fun t => y t i) \/ mean_tends_to (fun t => Rabs (sigma (y t i))) t0 0)).
Proof.
  intros Hc.
  assert (Hend : forall F a c x t0, continuous_field n F -> orbit n F a c x -> between a c t0 ->
    bounded_on (after c t0) n x -> c = p_infty /\ solution (from t0) n F x /\ bounded_on (from t0) n x).
  { intros F a c x t0 HF Ho H0 [B HB].
    assert (E : c = p_infty).
    { apply (bounded_orbit_has_no_end n F a c x t0 B); auto. intros t i [_ Ht] Hle Hi. apply HB; [split|]; auto. }
    split; [exact E|]. split; [now apply (endless_solution n F a c x t0)|].
    exists B. intros t i Ht Hi. apply HB; [|exact Hi]. rewrite E. split; [exact Ht|exact I]. }
  split.
  - intros a c x t0 Hinv Ho H0 Hb.
    destruct (Hend _ a c x t0 (outer_continuous n W sigma zero Hc) Ho H0 Hb) as [E [Hx Hbx]].
    split; [exact E|]. intros i Hi.
    assert (Hm : mean_tends_to (fun t => sigma (x t i)) t0 0).
    { apply mean_of_accumulated. now apply (activations_have_mean_zero_outer n W sigma x t0). }
    split; [exact Hm|]. intros Hw. apply (mean_of_sign_changes sigma (fun t => x t i) t0); auto.
    now apply (Hx i Hi).
  - intros a c x t0 Ho H0 y Hb.
    destruct (Hend _ a c x t0 (inner_continuous n W sigma b Hc) Ho H0 Hb) as [E [Hx Hbx]].
    split; [exact E|]. intros i Hi.
    assert (Hm : mean_tends_to (fun t => sigma (y t i)) t0 0).
    { apply (mean_of_accumulated sigma y). now apply (activations_have_mean_zero_inner n W b sigma x t0). }
    split; [exact Hm|]. intros Hw. apply (mean_of_sign_changes sigma (fun t => y t i) t0); auto.
    now apply (conjugacy (from t0) n W sigma b x Hx i Hi).
Qed.

(** ** O13 *)

(** O13, leaves-oscillate-or-all-escape: outer form, any bias. *)
Theorem leaves_oscillate_or_all_escape n W b sigma :
  skew n W -> is_continuous sigma -> strictly_increasing sigma ->
  let F := outer n W sigma b in
  ((exists z, equilibrium n F z) ->
     (forall x0, exists z, on_leaf n W x0 z /\ equilibrium n F z /\
        forall z', on_leaf n W x0 z' -> equilibrium n F z' -> equal n z' z) /\
     (forall a c x t0, orbit n F a c x -> between a c t0 ->
        global a c /\ bounded_on (between a c) n x /\ (~ equilibrium n F (x t0) -> has_no_limit n x))) /\
  ((~ exists z, equilibrium n F z) ->
     forall a c x t0, orbit n F a c x -> between a c t0 -> ~ bounded_on (after c t0) n x).
Proof.
  intros HW Hc Hm F. pose proof (potential_of_continuous sigma Hc) as HP.
  destruct (Dichotomy.leaves_oscillate_or_all_escape n W b sigma (potential_of sigma) HW HP Hc Hm) as [Hyes Hno].
  split.
  - intros Hex. destruct (Hyes Hex) as [Hleaf Horb]. split.
    + intros x0. destruct (Hleaf x0) as [z [Hz [Ez Hu]]]. exists z. split; [now apply same_leaf_on|].
      split; [exact Ez|]. intros z' Hz' Ez'. apply Hu; [|exact Ez'].
      apply (on_leaf_same n W x0); [apply starts_at|exact Hz'].
    + intros a c x t0 Ho H0. destruct Hex as [z Hz].
      assert (Hb : bounded_on (between a c) n x).
      { apply (equilibrium_bounds_all_orbits (between a c) n W b sigma (potential_of sigma) z x); auto.
        - apply between_interval.
        - apply Ho. }
      assert (Hg : global a c).
      { apply (bounded_is_global n F a c x t0); auto. now apply outer_continuous. }
      split; [exact Hg|split; [exact Hb|]]. intros Hne.
      apply (Horb x t0); [|exact Hne]. now apply (endless_solution n F a c x t0 Ho H0), Hg.
  - intros Hex a c x t0 Ho H0 [B HB].
    assert (E : c = p_infty).
    { apply (bounded_orbit_has_no_end n F a c x t0 B); auto.
      - now apply outer_continuous.
      - intros t i [_ Ht] Hle Hi. apply HB; [split|]; auto. }
    apply (Hno Hex x t0); [now apply (endless_solution n F a c x t0)|].
    exists B. intros t i Ht Hi. apply HB; [|exact Hi]. rewrite E. split; [exact Ht|exact I].
Qed.

(** ** O2 and O9: literal readings that are false *)

Lemma everywhere_is_orbit n F x : solution (fun _ => True) n F x -> orbit n F m_infty p_infty x.
Proof.
  intros Hx. split.
  - now apply solution_subset with (fun _ => True).
  - intros a' b' x' _ _ t _. split; exact I.
Qed.

(** O2, odd-bounded-continuous-suffices: the sine rests at (0, pi). *)
Theorem odd_bounded_continuous_does_not_suffice :
  ~ (forall n W sigma, skew n W -> invertible n W -> odd sigma -> bounded sigma -> is_continuous sigma ->
       forall a c x t0, orbit n (outer n W sigma zero) a c x -> between a c t0 -> ~ equal n (x t0) zero ->
         global a c /\ bounded_on (between a c) n x /\ has_no_limit n x).
Proof.
  intros Hall.
  destruct (Hall 2%nat rotation sin rotation_skew rotation_invertible) with
    (a := m_infty) (c := p_infty) (x := fun _ : R => saddle) (t0 := 0) as [_ [_ Hno]].
  - intros s. apply sin_neg.
  - exists 1. intros s. apply Rabs_le. apply SIN_bound.
  - intros s. apply (ex_derive_continuous sin). eexists. apply sin_derive.
  - apply everywhere_is_orbit, saddle_rests.
  - split; exact I.
  - intros E. specialize (E 1%nat ltac:(lia)). unfold saddle, zero in E. pose proof PI_RGT_0. lra.
  - apply Hno. exists saddle. intros i Hi. apply filterlim_const.
Qed.

Lemma sheared_square u i : (i < 2)%nat -> mul 2 sheared (mul 2 sheared u) i = - u i.
Proof. intros Hi. destruct i as [|[|i]]; [| |lia]; unfold mul; simpl; ring. Qed.

(** The solutions of x' = sheared x turn. *)
Lemma sheared_turns (I : R -> Prop) x s t i :
  interval I -> solution I 2 (linear 2 sheared) x -> I s -> I t -> (i < 2)%nat ->
  x t i = cos (t - s) * x s i + sin (t - s) * mul 2 sheared (x s) i.
Proof.
  intros HI Hx Is It.
  set (W := sheared) in *.
  set (u := fun i r => cos (r - s) * x r i - sin (r - s) * mul 2 W (x r) i).
  assert (Hu : forall j, (j < 2)%nat -> u j s = u j t).
  { intros j Hj. apply (constant I (u j)); auto.
    - intros r Ir.
      destruct (rate I 2 _ x (fun k v => W j k * v) (fun k _ => W j k) Hx) as [Hc _].
      { intros k v _. apply is_derive_cmul. }
      assert (Dc : continuous_on I (fun v => cos (v - s))).
      { apply (derivable_continuous_on I (fun v => cos (v - s)) (fun v => - sin (v - s))). intros v.
        auto_derive; auto. unfold Rminus. ring. }
      assert (Ds : continuous_on I (fun v => sin (v - s))).
      { apply (derivable_continuous_on I (fun v => sin (v - s)) (fun v => cos (v - s))). intros v.
        auto_derive; auto. unfold Rminus. ring. }
      apply (filterlim_add (within I (locally r)) (fun v => cos (v - s) * x v j) (fun v => - (sin (v - s) * mul 2 W (x v) j))).
      + apply (filterlim_comp_2 (G := locally (cos (r - s))) (H := locally (x r j))); [now apply Dc|now apply (Hx j Hj)|].
        apply (@filterlim_mult R_AbsRing).
      + apply filterlim_comp with (locally (sin (r - s) * mul 2 W (x r) j)); [|apply (@filterlim_opp R_AbsRing R_NormedModule)].
        apply (filterlim_comp_2 (G := locally (sin (r - s))) (H := locally (mul 2 W (x r) j))); [now apply Ds|now apply Hc|].
        apply (@filterlim_mult R_AbsRing).
    - intros r Hr.
      destruct (rate I 2 _ x (fun k v => W j k * v) (fun k _ => W j k) Hx) as [_ Hd].
      { intros k v _. apply is_derive_cmul. }
      assert (D1 : is_derive (fun v => cos (v - s)) r (- sin (r - s))) by (auto_derive; auto; unfold Rminus; ring).
      assert (D2 : is_derive (fun v => sin (v - s)) r (cos (r - s))) by (auto_derive; auto; unfold Rminus; ring).
      assert (D3 : is_derive (fun v => x v j) r (mul 2 W (x r) j)) by now apply (Hx j Hj).
      assert (D4 : is_derive (fun v => mul 2 W (x v) j) r (mul 2 W (mul 2 W (x r)) j)) by now apply Hd.
      apply is_derive_Reals in D1. apply is_derive_Reals in D2. apply is_derive_Reals in D3. apply is_derive_Reals in D4.
      pose proof (derivable_pt_lim_mult _ _ _ _ _ D1 D3) as D5. pose proof (derivable_pt_lim_mult _ _ _ _ _ D2 D4) as D6.
      pose proof (derivable_pt_lim_minus _ _ _ _ _ D5 D6) as D7. apply is_derive_Reals in D7.
      evar_last; [exact D7|]. unfold W. rewrite (sheared_square (x r) j Hj). ring. }
  assert (E : forall j, (j < 2)%nat -> cos (t - s) * x t j - sin (t - s) * mul 2 W (x t) j = x s j).
  { intros j Hj. pose proof (Hu j Hj) as E. unfold u in E. rewrite Rminus_eq_0, cos_0, sin_0 in E. lra. }
  assert (Hone : sin (t - s) * sin (t - s) + cos (t - s) * cos (t - s) = 1) by apply sin2_cos2.
  intros Hi. pose proof (E 0%nat ltac:(lia)) as E0. pose proof (E 1%nat ltac:(lia)) as E1.
  set (k := cos (t - s)) in *. set (l := sin (t - s)) in *.
  destruct i as [|[|i]]; [| |lia]; unfold W, mul in *; simpl in *; rewrite <- E0, <- E1.
  - transitivity ((l * l + k * k) * x t 0%nat); [rewrite Hone; ring|ring].
  - transitivity ((l * l + k * k) * x t 1%nat); [rewrite Hone; ring|ring].
Qed.

Lemma two_pi_period t : cos (t + 2 * PI) = cos t /\ sin (t + 2 * PI) = sin t.
Proof.
  pose proof (cos_period t 1) as Ec. pose proof (sin_period t 1) as Es.
  simpl in Ec, Es. rewrite Rmult_1_r in Ec, Es. now split.
Qed.

Lemma sheared_orbit a c x t0 :
  orbit 2 (linear 2 sheared) a c x -> between a c t0 ->
  global a c /\ bounded_on (between a c) 2 x /\ (forall t, equal 2 (x (t + 2 * PI)) (x t)) /\
  (~ equal 2 (x t0) zero -> has_no_limit 2 x).
Proof.
  intros Ho H0. pose proof (proj1 Ho) as Hx.
  assert (Hb : bounded_on (between a c) 2 x).
  { exists (Sum 2 (fun i => Rabs (x t0 i)) + Sum 2 (fun i => Rabs (mul 2 sheared (x t0) i))).
    intros t i Ht Hi. rewrite (sheared_turns (between a c) x t0 t i (between_interval a c) Hx H0 Ht Hi).
    eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult.
    pose proof (COS_bound (t - t0)) as B1. pose proof (SIN_bound (t - t0)) as B2. apply Rabs_le in B1. apply Rabs_le in B2.
    pose proof (Sum_term 2 (fun i => Rabs (x t0 i)) i Hi (fun j _ => Rabs_pos _)) as T1.
    pose proof (Sum_term 2 (fun i => Rabs (mul 2 sheared (x t0) i)) i Hi (fun j _ => Rabs_pos _)) as T2.
    cbv beta in T1, T2. pose proof (Rabs_pos (x t0 i)). pose proof (Rabs_pos (mul 2 sheared (x t0) i)).
    apply Rplus_le_compat.
    - apply Rle_trans with (1 * Rabs (x t0 i)); [apply Rmult_le_compat_r; lra|lra].
    - apply Rle_trans with (1 * Rabs (mul 2 sheared (x t0) i)); [apply Rmult_le_compat_r; lra|lra]. }
  assert (Hg : global a c) by (apply (bounded_is_global 2 (linear 2 sheared) a c x t0); auto; apply mul_continuous).
  destruct Hg as [-> ->].
  assert (Hin : forall t, between m_infty p_infty t) by (intros t; split; exact I).
  assert (Hper : forall t, equal 2 (x (t + 2 * PI)) (x t)).
  { intros t i Hi.
    rewrite (sheared_turns _ x t0 (t + 2 * PI) i (between_interval _ _) Hx H0 (Hin _) Hi).
    rewrite (sheared_turns _ x t0 t i (between_interval _ _) Hx H0 (Hin _) Hi).
    replace (t + 2 * PI - t0) with (t - t0 + 2 * PI) by ring.
    destruct (two_pi_period (t - t0)) as [-> ->]. reflexivity. }
  split; [split; reflexivity|split; [exact Hb|split; [exact Hper|]]].
  intros Hne [z Hz]. apply Hne.
  assert (Hback : forall t, equal 2 (x (t + PI)) (fun i => - x t i)).
  { intros t i Hi.
    rewrite (sheared_turns _ x t (t + PI) i (between_interval _ _) Hx (Hin _) (Hin _) Hi).
    replace (t + PI - t) with PI by ring. rewrite cos_PI, sin_PI. ring. }
  assert (Hshift : forall d i, (i < 2)%nat -> filterlim (fun t => x (t + d) i) (Rbar_locally p_infty) (locally (z i))).
  { intros d i Hi. apply (filterlim_comp _ _ _ (fun t => t + d) (fun t => x t i) _ (Rbar_locally p_infty)); [|now apply Hz].
    intros P [M HM]. exists (M - d). intros t Ht. apply HM. lra. }
  assert (Hz0 : equal 2 z zero).
  { intros i Hi. assert (E : z i = - z i).
    { apply (limit_unique (Rbar_locally p_infty) (fun t => x (t + PI) i)); [now apply Hshift|].
      apply filterlim_ext with (fun t => - x t i); [intros t; symmetry; now apply Hback|].
      apply filterlim_comp with (locally (z i)); [now apply Hz|apply (@filterlim_opp R_AbsRing R_NormedModule)]. }
    unfold zero. lra. }
  (* x turns back to x(t0) again and again, and comes near 0 *)
  intros i Hi. unfold zero.
  assert (Hk : forall k : nat, x (t0 + INR k * (2 * PI)) i = x t0 i).
  { induction k as [|k IH]; [simpl; now replace (t0 + 0 * (2 * PI)) with t0 by ring|].
    rewrite S_INR. replace (t0 + (INR k + 1) * (2 * PI)) with (t0 + INR k * (2 * PI) + 2 * PI) by ring.
    now rewrite (Hper _ i Hi). }
  apply Classical_Prop.NNPP. intros Hni. assert (He : 0 < Rabs (x t0 i)) by now apply Rabs_pos_lt.
  destruct (Hz i Hi _ (locally_ball (z i) (mkposreal _ He))) as [M HM]. simpl in HM.
  destruct (floor_spec (Rabs (M - t0)) (Rabs_pos _)) as [_ Hkm]. rewrite <- S_INR in Hkm.
  set (k := S (floor (Rabs (M - t0)))) in *. pose proof PI_RGT_0 as Hpi. pose proof PI2_1.
  assert (Hlt : M < t0 + INR k * (2 * PI)).
  { pose proof (Rle_abs (M - t0)). pose proof (Rabs_pos (M - t0)). assert (INR k <= INR k * (2 * PI)) by nra. lra. }
  pose proof (HM _ Hlt) as Hball. rewrite Hk, (Hz0 i Hi) in Hball. change (Rabs (x t0 i - 0) < Rabs (x t0 i)) in Hball.
  rewrite Rminus_0_r in Hball. lra.
Qed.

(** O9, skewness-is-necessary-for-oscillation, linear networks: [[1, -2], [1, -1]] turns and is not skew. *)
Theorem skewness_is_not_necessary_for_oscillation :
  ~ (forall n W, (exists i j, (i < n)%nat /\ (j < n)%nat /\ W i j <> 0) ->
       (forall a c x t0, orbit n (linear n W) a c x -> between a c t0 -> ~ equilibrium n (linear n W) (x t0) ->
          global a c /\ bounded_on (between a c) n x /\ has_no_limit n x) -> skew n W) /\
  ~ skew 2 sheared /\
  (forall u, equal 2 (mul 2 sheared (mul 2 sheared u)) (fun i => - u i)) /\
  (forall a c x t0, orbit 2 (linear 2 sheared) a c x -> between a c t0 ->
     global a c /\ forall t, equal 2 (x (t + 2 * PI)) (x t)) /\
  (forall x0, exists x, orbit 2 (linear 2 sheared) m_infty p_infty x /\ equal 2 (x 0) x0).
Proof.
  assert (Hns : ~ skew 2 sheared).
  { intros HW. specialize (HW 0%nat 0%nat ltac:(lia) ltac:(lia)). simpl in HW. lra. }
  split; [|split; [exact Hns|split; [|split]]].
  - intros Hall. apply Hns. apply Hall.
    + exists 0%nat, 0%nat. repeat split; try lia. simpl. lra.
    + intros a c x t0 Ho H0 Hne. destruct (sheared_orbit a c x t0 Ho H0) as [Hg [Hb [_ Hno]]].
      split; [exact Hg|split; [exact Hb|]]. apply Hno. intros E. apply Hne. intros i Hi.
      unfold linear. now apply mul_zero.
  - intros u i Hi. now apply sheared_square.
  - intros a c x t0 Ho H0. destruct (sheared_orbit a c x t0 Ho H0) as [Hg [_ [Hper _]]]. now split.
  - intros x0. destruct (proj2 Refutations.skewness_is_not_necessary_for_oscillation x0) as [x [Hx [Hx0 _]]].
    exists x. split; [now apply everywhere_is_orbit|exact Hx0].
Qed.

(** ** O10 *)

Lemma leaky_moves (I : R -> Prop) n gamma F x R0 s t i :
  interval I -> solution I n (leaky gamma F) x -> 0 <= gamma -> I s -> I t -> s <= t -> (i < n)%nat ->
  (forall u, I u -> s <= u -> Rabs (F (x u) i) <= R0) -> Rabs (x t i) <= Rabs (x s i) + R0 * (t - s).
Proof.
  intros HI Hx Hg Is It Hst Hi HR.
  set (J := fun u => I u /\ s <= u <= t).
  assert (HJ : interval J).
  { intros a b u [Ia Ha] [Ib Hb] Hu. split; [now apply (HI a b)|lra]. }
  assert (Hsub : solution J n (leaky gamma F) x) by (apply solution_subset with (2 := Hx); intros u [Iu _]; exact Iu).
  destruct (Hsub i Hi) as [Hc Hd].
  set (g := fun e u => e * (exp (gamma * (u - s)) * x u i)).
  set (E := exp (gamma * (t - s))).
  assert (HE : 1 <= E).
  { unfold E. rewrite <- exp_0. destruct (Req_dec (gamma * (t - s)) 0) as [->|Hne]; [lra|].
    left. apply exp_increasing. assert (0 <= gamma * (t - s)) by (apply Rmult_le_pos; lra). lra. }
  assert (HR0 : 0 <= R0) by (eapply Rle_trans; [apply Rabs_pos|apply (HR s Is); lra]).
  assert (Hgrow : forall e, e = 1 \/ e = -1 -> - (E * R0) * (t - s) <= g e t - g e s).
  { intros e He. apply (growth J (g e) (fun u => e * (exp (gamma * (u - s)) * F (x u) i))); auto; try (split; auto; lra).
    - intros u Ju. unfold g. apply (filterlim_cmul (within J (locally u)) e (fun v => exp (gamma * (v - s)) * x v i)).
      apply (filterlim_comp_2 (G := locally (exp (gamma * (u - s)))) (H := locally (x u i))); [| now apply Hc|apply (@filterlim_mult R_AbsRing)].
      apply (derivable_continuous_on J (fun v => exp (gamma * (v - s))) (fun v => gamma * exp (gamma * (v - s)))); auto.
      intros v. auto_derive; auto. unfold Rminus. ring.
    - intros u Ju. unfold g.
      assert (D1 : is_derive (fun v => exp (gamma * (v - s))) u (gamma * exp (gamma * (u - s)))).
      { auto_derive; auto. unfold Rminus. ring. }
      assert (D2 : is_derive (fun v => x v i) u (leaky gamma F (x u) i)) by now apply Hd.
      apply is_derive_Reals in D1. apply is_derive_Reals in D2.
      pose proof (derivable_pt_lim_mult _ _ _ _ _ D1 D2) as D3. apply is_derive_Reals in D3.
      apply (is_derive_scal _ _ e) in D3. evar_last; [exact D3|]. unfold leaky. ring.
    - intros u Ju. apply locally_singleton in Ju. destruct Ju as [Iu Hu].
      pose proof (HR u Iu ltac:(lra)) as Hb. apply Rabs_le_between in Hb.
      assert (Hexp : 0 < exp (gamma * (u - s)) <= E).
      { split; [apply exp_pos|]. unfold E. destruct (Req_dec (gamma * (u - s)) (gamma * (t - s))) as [->|Hne]; [lra|].
        left. apply exp_increasing. assert (gamma * (u - s) <= gamma * (t - s)) by (apply Rmult_le_compat_l; lra). lra. }
      assert (exp (gamma * (u - s)) * R0 <= E * R0) by (apply Rmult_le_compat_r; lra).
      assert (- (exp (gamma * (u - s)) * R0) <= e * (exp (gamma * (u - s)) * F (x u) i)).
      { destruct He as [->| ->].
        - assert (exp (gamma * (u - s)) * - R0 <= exp (gamma * (u - s)) * F (x u) i) by (apply Rmult_le_compat_l; lra). lra.
        - assert (exp (gamma * (u - s)) * F (x u) i <= exp (gamma * (u - s)) * R0) by (apply Rmult_le_compat_l; lra). lra. }
      lra. }
  pose proof (Hgrow 1 ltac:(now left)) as G1. pose proof (Hgrow (-1) ltac:(now right)) as G2.
  unfold g in G1, G2. rewrite Rminus_eq_0, Rmult_0_r, exp_0 in G1, G2. fold E in G1, G2.
  pose proof (Rle_abs (x s i)) as A1. pose proof (Rle_abs (- x s i)) as A2. rewrite Rabs_Ropp in A2.
  pose proof (Rabs_pos (x s i)) as A3.
  assert (A4 : Rabs (x s i) <= E * Rabs (x s i)) by (rewrite <- (Rmult_1_l (Rabs (x s i))) at 1; now apply Rmult_le_compat_r).
  assert (B1 : E * (x t i) <= E * (Rabs (x s i) + R0 * (t - s))) by lra.
  assert (B2 : E * (- x t i) <= E * (Rabs (x s i) + R0 * (t - s))) by lra.
  apply Rmult_le_reg_l in B1; [|lra]. apply Rmult_le_reg_l in B2; [|lra]. apply Rabs_le. lra.
Qed.

(** A leaky orbit on which F stays bounded has no end. *)
Lemma leaky_has_no_end n gamma F a c x t0 R0 :
  continuous_field n F -> 0 <= gamma -> orbit n (leaky gamma F) a c x -> between a c t0 ->
  (forall t i, between a c t -> t0 <= t -> (i < n)%nat -> Rabs (F (x t) i) <= R0) -> c = p_infty.
Proof.
  intros HF Hg Ho H0 HR. destruct c as [T| |]; [|reflexivity|destruct H0 as [_ []]].
  apply (bounded_orbit_has_no_end n (leaky gamma F) a (Finite T) x t0
           (Sum n (fun i => Rabs (x t0 i)) + Rabs R0 * (T - t0))); auto.
  - now apply leaky_continuous.
  - intros t i Ht Hle Hi.
    eapply Rle_trans; [apply (leaky_moves (between a T) n gamma F x (Rabs R0) t0 t i); auto|].
    + apply between_interval.
    + apply Ho.
    + intros u Hu Htu. apply Rle_trans with R0; [now apply HR|apply Rle_abs].
    + apply Rplus_le_compat.
      * apply (Sum_term n (fun i => Rabs (x t0 i)) i Hi). intros; apply Rabs_pos.
      * apply Rmult_le_compat_l; [apply Rabs_pos|]. destruct Ht as [_ Ht]. simpl in Ht. lra.
Qed.

Lemma leaky_energy_bounds n W sigma gamma a c x t0 M :
  skew n W -> is_continuous sigma -> (forall s, 0 <= s * sigma s) -> 0 < gamma ->
  solution (between a c) n (leaky gamma (outer n W sigma zero)) x -> between a c t0 ->
  (forall s, potential_of sigma s <= H n sigma (x t0) -> Rabs (sigma s) <= M) ->
  forall t i, between a c t -> t0 <= t -> (i < n)%nat -> Rabs (sigma (x t i)) <= M.
Proof.
  intros HW Hc Hw Hg Hx H0 HM t i Ht Hle Hi. apply HM.
  apply Rle_trans with (H n sigma (x t)).
  - apply (Sum_term n (apply (potential_of sigma) (x t)) i Hi). intros j _.
    apply potential_in_well; [exact Hc|]. now apply sign_condition_in_well.
  - apply (leak_lowers_energy_outer (between a c) n W sigma (potential_of sigma) gamma x t0 t); auto; try lra.
    + apply between_interval.
    + now apply potential_of_continuous.
Qed.

(** O10, leak-stops-oscillation: H' = - gamma x . sigma(x) <= 0, and x -> 0. Inner form: H and its rate at y = W x. *)
Theorem leak_stops_oscillation n W sigma gamma :
  0 < gamma -> skew n W -> is_continuous sigma -> (forall s, 0 <= s * sigma s) ->
  confining sigma (potential_of sigma) ->
  (forall a c x t0, orbit n (leaky gamma (outer n W sigma zero)) a c x -> between a c t0 ->
     (forall t, between a c t ->
        is_derive (fun u => H n sigma (x u)) t (- gamma * power n sigma (x t)) /\ 0 <= power n sigma (x t)) /\
     c = p_infty /\ converges_to n x zero) /\
  (forall a c x t0, orbit n (leaky gamma (inner n W sigma zero)) a c x -> between a c t0 ->
     let y := fun t => affine n W zero (x t) in
     (forall t, between a c t ->
        is_derive (fun u => H n sigma (y u)) t (- gamma * power n sigma (y t)) /\ 0 <= power n sigma (y t)) /\
     c = p_infty /\ converges_to n x zero).
Proof.
  intros Hg HW Hc Hw Hconf. pose proof (potential_of_continuous sigma Hc) as HP.
  assert (Hopen : forall a c t, between a c t -> locally t (between a c)).
  { intros a c t [Ha Ht]. apply filter_and; [now apply open_Rbar_gt|now apply open_Rbar_lt]. }
  split.
  - intros a c x t0 Ho H0.
    destruct (confined sigma (potential_of sigma) (H n sigma (x t0)) HP Hc Hw Hconf) as [M HM].
    assert (E : c = p_infty).
    { apply (leaky_has_no_end n gamma (outer n W sigma zero) a c x t0 (Sum n (fun i => Sum n (fun j => Rabs (W i j)) * Rabs M))); auto.
      - now apply outer_continuous.
      - lra.
      - intros t i Ht Hle Hi. unfold outer, zero. rewrite Rplus_0_r.
        eapply Rle_trans; [apply (mul_bounded_entries n W _ (Rabs M))|].
        + intros j Hj. apply Rle_trans with M; [|apply Rle_abs].
          now apply (leaky_energy_bounds n W sigma gamma a c x t0 M HW Hc Hw Hg (proj1 Ho) H0 HM t j).
        + apply (Sum_term n (fun i => Sum n (fun j => Rabs (W i j)) * Rabs M) i Hi). intros k _.
          apply Rmult_le_pos; [apply Sum_nonneg; intros|]; apply Rabs_pos. }
    split; [|split; [exact E|]].
    + intros t Ht. split; [|now apply power_nonneg].
      apply (leak_dissipates_outer (between a c) n W sigma (potential_of sigma) gamma x t HW HP (proj1 Ho)). now apply Hopen.
    + apply (leak_stops_oscillation_outer n W sigma (potential_of sigma) gamma x t0); auto.
      * apply potential_of_zero.
      * now apply (endless_solution n _ a c x t0).
  - intros a c x t0 Ho H0 y.
    assert (Hy : solution (between a c) n (leaky gamma (outer n W sigma zero)) y) by (apply leaky_conjugacy; apply Ho).
    destruct (confined sigma (potential_of sigma) (H n sigma (y t0)) HP Hc Hw Hconf) as [M HM].
    assert (E : c = p_infty).
    { apply (leaky_has_no_end n gamma (inner n W sigma zero) a c x t0 M); auto.
      - now apply inner_continuous.
      - lra.
      - intros t i Ht Hle Hi.
        now apply (leaky_energy_bounds n W sigma gamma a c y t0 M HW Hc Hw Hg Hy H0 HM t i). }
    split; [|split; [exact E|]].
    + intros t Ht. split; [|now apply power_nonneg].
      apply (leak_dissipates_outer (between a c) n W sigma (potential_of sigma) gamma y t HW HP Hy). now apply Hopen.
    + apply (leak_stops_oscillation_inner n W sigma (potential_of sigma) gamma x t0); auto.
      * apply potential_of_zero.
      * now apply (endless_solution n _ a c x t0).
Qed.
