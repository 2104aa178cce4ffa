(** The claims of family O, sentence by sentence: what drifts, what escapes, and what a leak keeps. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Fredholm Flows Convexity Energy Casimirs ConservedImpliesSkew Boundedness
  Oscillation Dichotomy OneSigned Leak LeakLimit Drift Euler LeakyEuler Peano Existence Theory Instances
  OrbitClaims RestClaims.
Open Scope R_scope.

(** O14, inner-form-drifts. *)
Theorem inner_form_drifts n W b k c sigma :
  skew n W -> (forall i, (i < n)%nat -> 0 < k i) -> casimir n W k -> dot n k b = 0 ->
  is_continuous sigma -> strictly_increasing sigma -> sigma 0 = 0 -> 0 < c ->
  (forall s, c * s <= sigma s) ->
  (forall s, 0 < s -> c * s < sigma s) \/ (forall s, s < 0 -> c * s < sigma s) ->
  forall a e x t0, orbit n (inner n W sigma b) a e x -> between a e t0 -> ~ equal n (affine n W b (x t0)) zero ->
    global a e /\ exists r, 0 < r /\ forall t, t0 <= t -> dot n k (x t0) + r * (t - t0) <= dot n k (x t).
Proof.
  intros HW Hk HkW Hkb Hc Hm H0 Hcpos Hline Hside a e x t0 Ho Ht0 Hne.
  destruct (increasing_orbits_are_bounded n W b sigma HW Hc Hm H0) as [_ Hin].
  destruct (Hin a e x t0 Ho Ht0) as [Hg _]. split; [exact Hg|].
  apply (Drift.inner_form_drifts n W b k c sigma (potential_of sigma) x t0); auto.
  - now apply potential_of_continuous.
  - now apply (endless_solution n _ a e x t0 Ho Ht0), Hg.
Qed.

(** f rises strictly, or falls strictly, on I. *)
Definition strictly_monotone_on (I : R -> Prop) (f : R -> R) : Prop :=
  (forall s t, I s -> I t -> s < t -> f s < f t) \/ (forall s t, I s -> I t -> s < t -> f t < f s).

Lemma one_signed_is_monotone n W V sigma a c x i :
  inverse n V W -> one_signed sigma -> solution (between a c) n (outer n W sigma zero) x -> (i < n)%nat ->
  strictly_monotone_on (between a c) (fun t => mul n V (x t) i).
Proof.
  intros HV Hone Hx Hi.
  destruct (rate (between a c) n _ x (fun j s => V i j * s) (fun j _ => V i j) Hx) as [Hcont Hd].
  { intros j s _. apply is_derive_cmul. }
  assert (E : forall z, dot n (fun j => V i j) (outer n W sigma zero z) = sigma (z i)).
  { intros z. change (mul n V (outer n W sigma zero z) i = apply sigma z i).
    rewrite <- (inverse_left n V W (apply sigma z) HV i Hi). apply mul_ext. intros j Hj.
    unfold outer, zero. ring. }
  assert (Hstep : forall s t, between a c s -> between a c t -> s < t ->
    exists m, mul n V (x t) i - mul n V (x s) i = sigma (x m i) * (t - s)).
  { intros s t Hs Ht Hst.
    destruct (mean_value (between a c) (fun u => mul n V (x u) i) (fun u => sigma (x u i)) s t
                (between_interval a c)) as [m [_ Em]]; auto.
    - intros u Hu. rewrite <- (E (x u)). now apply Hd.
    - now exists m. }
  destruct Hone as [Hpos|Hneg]; [left|right]; intros s t Hs Ht Hst; destruct (Hstep s t Hs Ht Hst) as [m Em].
  - assert (0 < sigma (x m i) * (t - s)) by (apply Rmult_lt_0_compat; [apply Hpos|lra]). lra.
  - assert (0 < - sigma (x m i) * (t - s)).
    { apply Rmult_lt_0_compat; [|lra]. pose proof (Hneg (x m i)). lra. }
    lra.
Qed.

Lemma restricted_bounded n (a c : Rbar) x t0 :
  c = p_infty -> bounded_on (after c t0) n x -> bounded_on (from t0) n x.
Proof. intros -> [B HB]. exists B. intros t i Ht Hi. apply HB; [split; [exact Ht|exact I]|exact Hi]. Qed.

Lemma bounded_affine (I : R -> Prop) n W b x :
  bounded_on I n (fun t => affine n W b (x t)) -> invertible n W -> bounded_on I n x.
Proof. intros Hb Hinv. now apply (inner_orbit_is_bounded_with_y I n W b). Qed.

(** O15, one-signed-activations-unbound-orbits; inner form: of y = W x + b. *)
Theorem one_signed_activations_unbound_orbits n W b sigma :
  (0 < n)%nat -> invertible n W -> is_continuous sigma -> one_signed sigma ->
  (forall a c x t0, orbit n (outer n W sigma zero) a c x -> between a c t0 ->
     ~ bounded_on (after c t0) n x /\
     exists V, inverse n V W /\ forall i, (i < n)%nat -> strictly_monotone_on (between a c) (fun t => mul n V (x t) i)) /\
  (forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
     let y := fun t => affine n W b (x t) in
     ~ bounded_on (after c t0) n y /\
     exists V, inverse n V W /\ forall i, (i < n)%nat -> strictly_monotone_on (between a c) (fun t => mul n V (y t) i)).
Proof.
  intros Hn Hinv Hc Hone. destruct Hinv as [V HV]. split.
  - intros a c x t0 Ho H0. split.
    + intros Hb.
      assert (E : c = p_infty).
      { destruct Hb as [B HB]. apply (bounded_orbit_has_no_end n (outer n W sigma zero) a c x t0 B); auto.
        - now apply outer_continuous.
        - intros t i [_ Ht] Hle Hi. apply HB; [split|]; auto. }
      apply (one_signed_activations_unbound_orbits_outer n W sigma x t0); auto.
      * now exists V.
      * now apply (endless_solution n _ a c x t0).
      * now apply (restricted_bounded n a c).
    + exists V. split; [exact HV|]. intros i Hi. now apply (one_signed_is_monotone n W V sigma a c x i HV Hone (proj1 Ho)).
  - intros a c x t0 Ho H0 y. split.
    + intros Hb.
      assert (E : c = p_infty).
      { destruct (bounded_affine (after c t0) n W b x Hb (ex_intro _ V HV)) as [B HB].
        apply (bounded_orbit_has_no_end n (inner n W sigma b) a c x t0 B); auto.
        - now apply inner_continuous.
        - intros t i [_ Ht] Hle Hi. apply HB; [split|]; auto. }
      apply (one_signed_activations_unbound_orbits_outer n W sigma y t0); auto.
      * now exists V.
      * apply conjugacy. now apply (endless_solution n _ a c x t0).
      * now apply (restricted_bounded n a c).
    + exists V. split; [exact HV|]. intros i Hi.
      apply (one_signed_is_monotone n W V sigma a c y i HV Hone); [|exact Hi]. now apply conjugate_solution.
Qed.

(** limsup |f(t)| <= r as t -> infinity. *)
Definition ends_below (f : R -> R) (r : R) : Prop :=
  forall e, 0 < e -> exists T, forall t, T <= t -> Rabs (f t) <= r + e.

Lemma relaxes_below gamma a f r R0 :
  0 < gamma -> relaxes gamma a f r -> (forall u, a <= u -> r u <= R0) ->
  forall e, 0 < e -> exists T, forall t, T <= t -> f t <= R0 / gamma + e.
Proof.
  intros Hg Hf Hr e He. set (D := Rabs (f a - R0 / gamma)). pose proof (Rabs_pos (f a - R0 / gamma)) as HD. fold D in HD.
  exists (a + (D + 1) / (gamma * e)). intros t Ht.
  assert (Hge : 0 < gamma * e) by now apply Rmult_lt_0_compat.
  assert (Hq : 0 < (D + 1) / (gamma * e)) by (apply Rdiv_lt_0_compat; lra).
  pose proof (comparison gamma a f r R0 t Hg Hf Hr ltac:(lra)) as H.
  set (u := gamma * (t - a)). replace (- gamma * (t - a)) with (- u) in H by (unfold u; ring).
  assert (Hu : (D + 1) / e <= u).
  { replace ((D + 1) / e) with (gamma * ((D + 1) / (gamma * e))) by (field; lra).
    unfold u. apply Rmult_le_compat_l; lra. }
  assert (Hu0 : 0 < (D + 1) / e) by (apply Rdiv_lt_0_compat; lra).
  assert (Hexp : exp (- u) * u < 1).
  { assert (E : exp (- u) * exp u = 1) by (rewrite <- exp_plus; replace (- u + u) with 0 by ring; apply exp_0).
    rewrite <- E. apply Rmult_lt_compat_l; [apply exp_pos|]. pose proof (exp_ineq1 u ltac:(lra)). lra. }
  pose proof (exp_pos (- u)) as Hp.
  assert (H1 : exp (- u) * ((D + 1) / e) <= exp (- u) * u) by (apply Rmult_le_compat_l; lra).
  assert (H2 : exp (- u) * (D + 1) <= e).
  { replace (exp (- u) * (D + 1)) with (exp (- u) * ((D + 1) / e) * e) by (field; lra).
    apply Rle_trans with (1 * e); [apply Rmult_le_compat_r; lra|lra]. }
  assert (H3 : exp (- u) * (f a - R0 / gamma) <= exp (- u) * (D + 1)).
  { apply Rmult_le_compat_l; [lra|]. pose proof (Rle_abs (f a - R0 / gamma)) as H4. fold D in H4. lra. }
  lra.
Qed.

Lemma relaxes_ends_below gamma a f r R0 :
  0 < gamma -> relaxes gamma a f r -> (forall u, a <= u -> Rabs (r u) <= R0) -> ends_below f (R0 / gamma).
Proof.
  intros Hg Hf Hr e He.
  destruct (relaxes_below gamma a f r R0 Hg Hf) with (e := e) as [T HT]; auto.
  { intros u Hu. pose proof (Hr u Hu) as H. apply Rabs_le_between in H. lra. }
  destruct (relaxes_below gamma a _ _ R0 Hg (relaxes_opp gamma a f r Hf)) with (e := e) as [T' HT']; auto.
  { intros u Hu. pose proof (Hr u Hu) as H. apply Rabs_le_between in H. lra. }
  exists (Rmax T T'). intros t Ht. pose proof (Rmax_l T T'). pose proof (Rmax_r T T').
  pose proof (HT t ltac:(lra)). pose proof (HT' t ltac:(lra)). apply Rabs_le. lra.
Qed.

(** O16, leaky-orbits-are-bounded: the flow in both forms, the limsup, and forward Euler. *)
Theorem leaky_orbits_are_bounded n W b sigma gamma M :
  0 < gamma -> (forall s, Rabs (sigma s) <= M) -> is_continuous sigma ->
  (forall a c x t0, orbit n (leaky gamma (outer n W sigma b)) a c x -> between a c t0 ->
     c = p_infty /\ bounded_on (after c t0) n x /\
     forall i, (i < n)%nat -> ends_below (fun t => x t i) ((M * Sum n (fun j => Rabs (W i j)) + Rabs (b i)) / gamma)) /\
  (forall a c x t0, orbit n (leaky gamma (inner n W sigma b)) a c x -> between a c t0 ->
     c = p_infty /\ bounded_on (after c t0) n x /\
     forall i, (i < n)%nat -> ends_below (fun t => x t i) (M / gamma)) /\
  (forall h x k i, 0 < h * gamma <= 1 -> (i < n)%nat ->
     Rabs (iterate h (leaky gamma (outer n W sigma b)) x k i) <=
       Rmax (Rabs (x i)) ((M * Sum n (fun j => Rabs (W i j)) + Rabs (b i)) / gamma)) /\
  (forall h x k i, 0 < h * gamma <= 1 -> (i < n)%nat ->
     Rabs (iterate h (leaky gamma (inner n W sigma b)) x k i) <= Rmax (Rabs (x i)) (M / gamma)).
Proof.
  intros Hg HM Hc. set (R0 := fun i => M * Sum n (fun j => Rabs (W i j)) + Rabs (b i)).
  assert (HR : forall i, (i < n)%nat -> 0 <= R0 i).
  { intros i Hi. eapply Rle_trans; [apply Rabs_pos|apply (outer_bounded n W b sigma M zero i HM)]. }
  assert (Hh : forall h, 0 < h * gamma -> 0 < h) by (intros h H; apply (Rmult_lt_reg_r gamma); lra).
  split; [|split; [|split]].
  - intros a c x t0 Ho H0.
    assert (E : c = p_infty).
    { apply (leaky_has_no_end n gamma (outer n W sigma b) a c x t0 (Sum n R0)); auto.
      - now apply outer_continuous.
      - lra.
      - intros t i _ _ Hi. eapply Rle_trans; [now apply outer_bounded|]. now apply (Sum_term n R0 i Hi). }
    assert (Hx := endless_solution n _ a c x t0 Ho H0 E). split; [exact E|split].
    + exists (Sum n (fun i => Rmax (Rabs (x t0 i)) (R0 i / gamma))). intros t i [Ht _] Hi.
      eapply Rle_trans; [apply (leaky_orbits_are_bounded_outer n W b sigma gamma M x t0 t i); auto|].
      apply (Sum_term n (fun i => Rmax (Rabs (x t0 i)) (R0 i / gamma)) i Hi).
      intros j _. eapply Rle_trans; [apply Rabs_pos|apply Rmax_l].
    + intros i Hi. apply (relaxes_ends_below gamma t0 _ (fun t => outer n W sigma b (x t) i)); auto.
      * now apply (solution_relaxes n).
      * intros u _. now apply outer_bounded.
  - intros a c x t0 Ho H0.
    assert (E : c = p_infty).
    { apply (leaky_has_no_end n gamma (inner n W sigma b) a c x t0 M); auto.
      - now apply inner_continuous.
      - lra.
      - intros t i _ _ Hi. apply HM. }
    assert (Hx := endless_solution n _ a c x t0 Ho H0 E). split; [exact E|split].
    + exists (Sum n (fun i => Rmax (Rabs (x t0 i)) (M / gamma))). intros t i [Ht _] Hi.
      eapply Rle_trans; [apply (leaky_orbits_are_bounded_inner n W b sigma gamma M x t0 t i); auto|].
      apply (Sum_term n (fun i => Rmax (Rabs (x t0 i)) (M / gamma)) i Hi).
      intros j _. eapply Rle_trans; [apply Rabs_pos|apply Rmax_l].
    + intros i Hi. apply (relaxes_ends_below gamma t0 _ (fun t => inner n W sigma b (x t) i)); auto.
      * now apply (solution_relaxes n).
      * intros u _. apply HM.
  - intros h x k i Hhg Hi. apply (leaky_euler_orbits_are_bounded_outer n W b sigma gamma M h x k i); auto; try lra.
    apply Hh. lra.
  - intros h x k i Hhg Hi. apply (leaky_euler_orbits_are_bounded_inner n W b sigma gamma M h x k i); auto; try lra.
    apply Hh. lra.
Qed.

(** O16, leaky-euler-keeps-its-bound: sigma need not be continuous. *)
Theorem leaky_euler_keeps_its_bound n W b sigma gamma M h :
  0 < gamma -> (forall s, Rabs (sigma s) <= M) -> 0 < h * gamma <= 1 ->
  (forall x k i, (i < n)%nat ->
     Rabs (iterate h (leaky gamma (inner n W sigma b)) x k i) <= Rmax (Rabs (x i)) (M / gamma)) /\
  (forall x k i, (i < n)%nat ->
     Rabs (iterate h (leaky gamma (outer n W sigma b)) x k i) <=
       Rmax (Rabs (x i)) ((M * Sum n (fun j => Rabs (W i j)) + Rabs (b i)) / gamma)).
Proof.
  intros Hg HM Hhg. assert (Hh : 0 < h) by (apply (Rmult_lt_reg_r gamma); lra). split; intros x k i Hi.
  - apply (leaky_euler_orbits_are_bounded_inner n W b sigma gamma M h x k i); auto; lra.
  - apply (leaky_euler_orbits_are_bounded_outer n W b sigma gamma M h x k i); auto; lra.
Qed.

Lemma tanh_strictly_bounded s : -1 < tanh s < 1.
Proof.
  unfold tanh, sinh, cosh. pose proof (exp_pos s). pose proof (exp_pos (- s)).
  assert (Hd : 0 < (exp s + exp (- s)) / 2) by lra. split.
  - apply (Rmult_lt_reg_r ((exp s + exp (- s)) / 2)); [exact Hd|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. lra.
  - apply (Rmult_lt_reg_r ((exp s + exp (- s)) / 2)); [exact Hd|].
    unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. lra.
Qed.

(** I8, large-bias-unbounds-orbits: tanh, c = W^-1 b with |c_i| >= 1. *)
Theorem large_bias_unbounds_orbits n W V b i :
  inverse n V W -> (i < n)%nat -> 1 <= Rabs (mul n V b i) ->
  forall a c x t0, orbit n (outer n W tanh b) a c x -> between a c t0 ->
    ~ bounded_on (after c t0) n x /\ strictly_monotone_on (between a c) (fun t => mul n V (x t) i).
Proof.
  intros HV Hi Hbi a c x t0 Ho H0.
  assert (E : forall z, mul n V (outer n W tanh b z) i = tanh (z i) + mul n V b i).
  { intros z. unfold outer. rewrite mul_plus. f_equal. exact (inverse_left n V W (apply tanh z) HV i Hi). }
  split.
  - intros [B HB].
    assert (Ec : c = p_infty).
    { apply (bounded_orbit_has_no_end n (outer n W tanh b) a c x t0 B); auto.
      - apply outer_continuous. exact tanh_continuous.
      - intros t j [_ Ht] Hle Hj. apply HB; [split|]; auto. }
    destruct (bounded_orbit_implies_equilibrium n W b tanh x t0 tanh_continuous) as [z Hz].
    + now apply (endless_solution n _ a c x t0).
    + exists B. intros t j Ht Hj. apply HB; [|exact Hj]. rewrite Ec. split; [exact Ht|exact I].
    + pose proof (E z) as Ez. rewrite (mul_zero n V _ i Hz) in Ez. pose proof (tanh_strictly_bounded (z i)).
      unfold Rabs in Hbi. destruct (Rcase_abs _); lra.
  - destruct (rate (between a c) n _ x (fun j s => V i j * s) (fun j _ => V i j) (proj1 Ho)) as [Hcont Hd].
    { intros j s _. apply is_derive_cmul. }
    assert (Hstep : forall s t, between a c s -> between a c t -> s < t ->
      exists m, mul n V (x t) i - mul n V (x s) i = (tanh (x m i) + mul n V b i) * (t - s)).
    { intros s t Hs Ht Hst.
      destruct (mean_value (between a c) (fun u => mul n V (x u) i) (fun u => tanh (x u i) + mul n V b i) s t
                  (between_interval a c)) as [m [_ Em]]; auto.
      - intros u Hu. rewrite <- (E (x u)). now apply Hd.
      - now exists m. }
    unfold Rabs in Hbi. destruct (Rcase_abs (mul n V b i)) as [Hneg|Hpos]; [right|left]; intros s t Hs Ht Hst;
      destruct (Hstep s t Hs Ht Hst) as [m Em]; pose proof (tanh_strictly_bounded (x m i)).
    + assert (0 < - (tanh (x m i) + mul n V b i) * (t - s)) by (apply Rmult_lt_0_compat; lra). lra.
    + assert (0 < (tanh (x m i) + mul n V b i) * (t - s)) by (apply Rmult_lt_0_compat; lra). lra.
Qed.
