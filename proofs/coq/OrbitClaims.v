(** The claims of family O, sentence by sentence: which orbits stay bounded, oscillate, rest or escape.

    An orbit is a solution that no solution continues (Existence.v), at any of its times t0. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Fredholm Flows Convexity Energy Casimirs ConservedImpliesSkew Boundedness
  Oscillation Dichotomy OneSigned Leak LeakLimit Drift Euler LeakyEuler Peano Existence Theory Instances.
Open Scope R_scope.

(** (a, c) is the whole line. *)
Definition global (a c : Rbar) : Prop := a = m_infty /\ c = p_infty.

(** The times of the orbit from t0 on. *)
Definition after (c : Rbar) (t0 : R) : R -> Prop := fun t => t0 <= t /\ Rbar_lt t c.

(** x(t) has no limit as t -> infinity. *)
Definition has_no_limit (n : nat) (x : R -> vector) : Prop := ~ exists z, converges_to n x z.

(** ** How long an orbit lives *)

Lemma bounded_is_global n F a c x t0 :
  continuous_field n F -> orbit n F a c x -> between a c t0 -> bounded_on (between a c) n x -> global a c.
Proof.
  intros HF Ho H0 [B HB]. split.
  - apply (bounded_orbit_has_no_beginning n F a c x t0 B); auto.
  - apply (bounded_orbit_has_no_end n F a c x t0 B); auto.
Qed.

Lemma solution_moves (I : R -> Prop) n F x M s t i :
  interval I -> solution I n F x -> (forall u, I u -> Rabs (F (x u) i) <= M) -> I s -> I t -> (i < n)%nat ->
  Rabs (x t i) <= Rabs (x s i) + M * Rabs (t - s).
Proof.
  intros HI Hx HM Is It Hi.
  assert (Hstep : forall u v, I u -> I v -> u < v -> Rabs (x v i - x u i) <= M * (v - u)).
  { intros u v Iu Iv Huv.
    destruct (mean_value I (fun w => x w i) (fun w => F (x w) i) u v HI) as [m [Hm E]]; auto; try apply (Hx i Hi).
    rewrite E, Rabs_mult, (Rabs_right (v - u)) by lra. apply Rmult_le_compat_r; [lra|].
    apply HM. apply (HI u v); auto; lra. }
  assert (H : Rabs (x t i - x s i) <= M * Rabs (t - s)).
  { destruct (Rtotal_order s t) as [Hlt|[<-|Hgt]].
    - rewrite (Rabs_right (t - s)) by lra. now apply Hstep.
    - rewrite !Rminus_eq_0, Rabs_R0. lra.
    - rewrite (Rabs_left (t - s)), Rabs_minus_sym by lra. replace (- (t - s)) with (s - t) by ring. now apply Hstep. }
  pose proof (Rabs_triang (x t i - x s i) (x s i)) as Ht.
  replace (x t i - x s i + x s i) with (x t i) in Ht by ring. lra.
Qed.

(** An orbit of bounded speed lives for ever. *)
Lemma slow_is_global n F a c x t0 M :
  continuous_field n F -> orbit n F a c x -> between a c t0 ->
  (forall t i, between a c t -> (i < n)%nat -> Rabs (F (x t) i) <= M) -> global a c.
Proof.
  intros HF Ho H0 HM. pose proof (proj1 Ho) as Hx.
  assert (Hsum : forall i, (i < n)%nat -> Rabs (x t0 i) <= Sum n (fun i => Rabs (x t0 i))).
  { intros i Hi. apply (Sum_term n (fun i => Rabs (x t0 i)) i Hi). intros; apply Rabs_pos. }
  assert (Hb : forall t i, between a c t -> (i < n)%nat ->
    Rabs (x t i) <= Sum n (fun i => Rabs (x t0 i)) + Rabs M * Rabs (t - t0)).
  { intros t i Ht Hi.
    pose proof (solution_moves (between a c) n F x M t0 t i (between_interval a c) Hx (fun u Hu => HM u i Hu Hi) H0 Ht Hi).
    pose proof (Hsum i Hi). pose proof (Rle_abs M). pose proof (Rabs_pos (t - t0)).
    assert (M * Rabs (t - t0) <= Rabs M * Rabs (t - t0)) by (apply Rmult_le_compat_r; lra). lra. }
  split.
  - destruct a as [S| |]; [|destruct H0 as [[] _]|reflexivity].
    apply (bounded_orbit_has_no_beginning n F (Finite S) c x t0
             (Sum n (fun i => Rabs (x t0 i)) + Rabs M * (t0 - S))); auto.
    intros t i Ht Hle Hi. eapply Rle_trans; [now apply Hb|]. apply Rplus_le_compat_l.
    apply Rmult_le_compat_l; [apply Rabs_pos|]. destruct Ht as [Ht _]. simpl in Ht.
    rewrite Rabs_left1 by lra. lra.
  - destruct c as [T| |]; [|reflexivity|destruct H0 as [_ []]].
    apply (bounded_orbit_has_no_end n F a (Finite T) x t0
             (Sum n (fun i => Rabs (x t0 i)) + Rabs M * (T - t0))); auto.
    intros t i Ht Hle Hi. eapply Rle_trans; [now apply Hb|]. apply Rplus_le_compat_l.
    apply Rmult_le_compat_l; [apply Rabs_pos|]. destruct Ht as [_ Ht]. simpl in Ht.
    rewrite Rabs_right by lra. lra.
Qed.

Lemma endless_solution n F a c x t0 :
  orbit n F a c x -> between a c t0 -> c = p_infty -> solution (from t0) n F x.
Proof.
  intros [Hx _] H0 ->. apply solution_subset with (2 := Hx). intros t Ht. unfold from in Ht. split; [|exact I].
  apply Rbar_lt_le_trans with t0; [apply H0|exact Ht].
Qed.

Lemma conjugate_solution n W sigma b a c x :
  orbit n (inner n W sigma b) a c x ->
  solution (between a c) n (outer n W sigma zero) (fun t => affine n W b (x t)).
Proof. intros [Hx _]. now apply conjugacy. Qed.

(** ** O1 *)

Lemma stays_in_well n W sigma a c x t0 :
  skew n W -> is_continuous sigma -> solution (between a c) n (outer n W sigma zero) x -> between a c t0 ->
  state_in_well n sigma (x t0) -> Rbar_lt (H n sigma (x t0)) (escape_energy sigma) ->
  exists q p, q <= 0 <= p /\ forall t i, between a c t -> (i < n)%nat -> q <= x t i <= p.
Proof.
  intros HW Hc Hx H0 Hwell HE.
  destruct (below_escape sigma _ HE) as [q [p [Hqp [Hq [Hp [HEq HEp]]]]]].
  exists q, p. split; [exact Hqp|]. intros t i Ht Hi.
  pose proof (orbits_are_bounded_outer (between a c) n W sigma (potential_of sigma) x q p t0 t
    (between_interval a c) HW (potential_of_continuous sigma Hc) (potential_of_zero sigma)
    (well_of_points sigma q p Hqp Hq Hp) Hqp Hx H0 Ht
    (state_in_box n sigma q p (x t0) Hc Hqp Hq Hp Hwell HEq HEp) HEq HEp i Hi). lra.
Qed.

Lemma between_bounds q p s : q <= 0 <= p -> q <= s <= p -> Rabs s <= p - q.
Proof. intros H1 H2. apply Rabs_le. lra. Qed.

Lemma well_orbit_outer n W sigma a c x t0 :
  skew n W -> is_continuous sigma -> orbit n (outer n W sigma zero) a c x -> between a c t0 ->
  state_in_well n sigma (x t0) -> Rbar_lt (H n sigma (x t0)) (escape_energy sigma) ->
  global a c /\ bounded_on (between a c) n x.
Proof.
  intros HW Hc Ho H0 Hwell HE.
  destruct (stays_in_well n W sigma a c x t0 HW Hc (proj1 Ho) H0 Hwell HE) as [q [p [Hqp Hin]]].
  assert (Hb : bounded_on (between a c) n x).
  { exists (p - q). intros t i Ht Hi. apply between_bounds; auto. }
  split; [|exact Hb]. apply (bounded_is_global n (outer n W sigma zero) a c x t0); auto.
  now apply outer_continuous.
Qed.

Lemma well_orbit_inner n W b sigma a c x t0 :
  skew n W -> is_continuous sigma -> orbit n (inner n W sigma b) a c x -> between a c t0 ->
  state_in_well n sigma (affine n W b (x t0)) ->
  Rbar_lt (H n sigma (affine n W b (x t0))) (escape_energy sigma) ->
  global a c /\ bounded_on (between a c) n (fun t => affine n W b (x t)).
Proof.
  intros HW Hc Ho H0 Hwell HE.
  destruct (stays_in_well n W sigma a c (fun t => affine n W b (x t)) t0 HW Hc (conjugate_solution n W sigma b a c x Ho)
              H0 Hwell HE) as [q [p [Hqp Hin]]].
  split.
  - destruct (bounded_between sigma q p Hc) as [M HM].
    apply (slow_is_global n (inner n W sigma b) a c x t0 M); auto.
    + now apply inner_continuous.
    + intros t i Ht Hi. apply HM. now apply Hin.
  - exists (p - q). intros t i Ht Hi. apply between_bounds; auto.
Qed.

(** O1, orbits-are-bounded: from inside the well below E*; E* infinite, from anywhere. Inner form: of y. *)
Theorem orbits_are_bounded n W b sigma :
  skew n W -> is_continuous sigma ->
  (forall a c x t0, orbit n (outer n W sigma zero) a c x -> between a c t0 ->
     state_in_well n sigma (x t0) -> Rbar_lt (H n sigma (x t0)) (escape_energy sigma) ->
     global a c /\ bounded_on (between a c) n x) /\
  (forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
     let y := fun t => affine n W b (x t) in
     state_in_well n sigma (y t0) -> Rbar_lt (H n sigma (y t0)) (escape_energy sigma) ->
     global a c /\ bounded_on (between a c) n y) /\
  (escape_energy sigma = p_infty ->
    (forall a c x t0, orbit n (outer n W sigma zero) a c x -> between a c t0 ->
       global a c /\ bounded_on (between a c) n x) /\
    (forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
       global a c /\ bounded_on (between a c) n (fun t => affine n W b (x t)))).
Proof.
  intros HW Hc. split; [|split].
  - intros a c x t0. now apply well_orbit_outer.
  - intros a c x t0 Ho H0 y. now apply well_orbit_inner.
  - intros Hinf. split; intros a c x t0 Ho H0.
    + apply (well_orbit_outer n W sigma a c x t0); auto; [intros i _; now apply infinite_escape|].
      rewrite Hinf. exact I.
    + apply (well_orbit_inner n W b sigma a c x t0); auto; [intros i _; now apply infinite_escape|].
      rewrite Hinf. exact I.
Qed.

Lemma increasing_orbits_are_bounded n W b sigma :
  skew n W -> is_continuous sigma -> strictly_increasing sigma -> sigma 0 = 0 ->
  (forall a c x t0, orbit n (outer n W sigma zero) a c x -> between a c t0 ->
     global a c /\ bounded_on (between a c) n x) /\
  (forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
     global a c /\ bounded_on (between a c) n (fun t => affine n W b (x t))).
Proof.
  intros HW Hc Hm H0. apply (orbits_are_bounded n W b sigma HW Hc). now apply increasing_escape.
Qed.

(** O7, the part for invertible W: sigma odd and strictly increasing, inner form. *)
Theorem invertible_inner_orbits_are_bounded n W b sigma :
  skew n W -> invertible n W -> odd sigma -> strictly_increasing sigma -> is_continuous sigma ->
  forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
    global a c /\ bounded_on (between a c) n x.
Proof.
  intros HW Hinv Hodd Hm Hc a c x t0 Ho Ht0.
  assert (H0 : sigma 0 = 0) by (pose proof (Hodd 0) as E; rewrite Ropp_0 in E; lra).
  destruct (increasing_orbits_are_bounded n W b sigma HW Hc Hm H0) as [_ Hin].
  destruct (Hin a c x t0 Ho Ht0) as [Hg Hy]. split; [exact Hg|].
  now apply (inner_orbit_is_bounded_with_y (between a c) n W b).
Qed.

(** O7, invertible-weights-bound-inner-orbits: the weak sign condition and E* infinite are enough. *)
Theorem invertible_weights_bound_inner_orbits n W b sigma :
  skew n W -> invertible n W -> is_continuous sigma -> (forall s, 0 <= s * sigma s) ->
  escape_energy sigma = p_infty ->
  forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
    global a c /\ bounded_on (between a c) n x.
Proof.
  intros HW Hinv Hc _ Hinf a c x t0 Ho Ht0.
  destruct (orbits_are_bounded n W b sigma HW Hc) as [_ [_ Hall]]. destruct (Hall Hinf) as [_ Hin].
  destruct (Hin a c x t0 Ho Ht0) as [Hg Hy]. split; [exact Hg|].
  now apply (inner_orbit_is_bounded_with_y (between a c) n W b).
Qed.

(** ** O3 *)

Lemma shallow_zeros sigma (e : R) q p :
  Rbar_lt e (well_depth sigma) -> q <= 0 <= p -> in_well sigma q -> in_well sigma p ->
  forall s, q <= s <= p -> sigma s = 0 -> 0 < potential_of sigma s -> e < potential_of sigma s.
Proof.
  intros He Hqp Hq Hp s Hs Hz Hpos. apply lesser_lt in He. destruct He as [_ He].
  apply (below_infimum _ e _ He). exists s. repeat split; auto.
  destruct (Rle_lt_dec 0 s); [apply (in_well_nearer sigma s p Hp)|apply (in_well_nearer sigma s q Hq)]; lra.
Qed.

Lemma oscillates n W sigma y t0 :
  skew n W -> invertible n W -> is_continuous sigma -> solution (from t0) n (outer n W sigma zero) y ->
  state_in_well n sigma (y t0) -> 0 < H n sigma (y t0) -> Rbar_lt (H n sigma (y t0)) (well_depth sigma) ->
  has_no_limit n y.
Proof.
  intros HW Hinv Hc Hy Hwell Hpos HE.
  destruct (below_escape sigma _ (proj1 (lesser_lt _ _ _ HE))) as [q [p [Hqp [Hq [Hp [HEq HEp]]]]]].
  apply (oscillation_is_perpetual_outer n W sigma (potential_of sigma) y q p t0); auto.
  - now apply potential_of_continuous.
  - apply potential_of_zero.
  - now apply well_of_points.
  - now apply (state_in_box n sigma).
  - now apply (shallow_zeros sigma).
Qed.

(** x = W^-1 (y - b) has a limit only if y has. *)
Lemma no_limit_inner n W b x :
  has_no_limit n (fun t => affine n W b (x t)) -> has_no_limit n x.
Proof.
  intros Hno [z Hz]. apply Hno. exists (affine n W b z). intros i Hi.
  apply (filterlim_add (Rbar_locally p_infty) (fun t => mul n W (x t) i) (fun _ => b i)); [|apply filterlim_const].
  now apply (filterlim_dot (Rbar_locally p_infty) n (W i)).
Qed.

Lemma invertible_is_even n W : skew n W -> invertible n W -> Nat.Even n.
Proof.
  intros HW Hinv. destruct (Nat.Even_or_Odd n) as [He|Ho]; [exact He|].
  destruct (odd_size_has_a_casimir n W Ho HW) as [k [Hk0 Hk]]. exfalso. apply Hk0.
  apply (invertible_kernel n W k Hinv). now apply skew_kernel.
Qed.

(** O3, oscillation-is-perpetual: 0 < H < E0 from inside the well; inner form: y, and x as well. *)
Theorem oscillation_is_perpetual n W b sigma :
  skew n W -> invertible n W -> is_continuous sigma ->
  Nat.Even n /\
  (forall a c x t0, orbit n (outer n W sigma zero) a c x -> between a c t0 -> state_in_well n sigma (x t0) ->
     0 < H n sigma (x t0) -> Rbar_lt (H n sigma (x t0)) (well_depth sigma) ->
     global a c /\ bounded_on (between a c) n x /\ has_no_limit n x) /\
  (forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
     let y := fun t => affine n W b (x t) in
     state_in_well n sigma (y t0) -> 0 < H n sigma (y t0) -> Rbar_lt (H n sigma (y t0)) (well_depth sigma) ->
     global a c /\ bounded_on (between a c) n y /\ has_no_limit n y /\
     bounded_on (between a c) n x /\ has_no_limit n x).
Proof.
  intros HW Hinv Hc. split; [now apply (invertible_is_even n W)|split].
  - intros a c x t0 Ho H0 Hwell Hpos HE.
    destruct (well_orbit_outer n W sigma a c x t0 HW Hc Ho H0 Hwell (proj1 (lesser_lt _ _ _ HE))) as [Hg Hb].
    split; [exact Hg|split; [exact Hb|]]. apply (oscillates n W sigma x t0); auto.
    now apply (endless_solution n _ a c x t0 Ho H0), Hg.
  - intros a c x t0 Ho H0 y Hwell Hpos HE.
    destruct (well_orbit_inner n W b sigma a c x t0 HW Hc Ho H0 Hwell (proj1 (lesser_lt _ _ _ HE))) as [Hg Hb].
    assert (Hno : has_no_limit n y).
    { apply (oscillates n W sigma y t0); auto. apply conjugacy.
      now apply (endless_solution n _ a c x t0 Ho H0), Hg. }
    split; [exact Hg|split; [exact Hb|split; [exact Hno|split]]].
    + now apply (inner_orbit_is_bounded_with_y (between a c) n W b).
    + now apply (no_limit_inner n W b).
Qed.

Lemma energy_is_positive n sigma x :
  is_continuous sigma -> (forall s, s <> 0 -> 0 < s * sigma s) -> ~ equal n x zero -> 0 < H n sigma x.
Proof.
  intros Hc Hs Hne. destruct (not_equal n x zero Hne) as [k [Hk Hx]]. unfold zero in Hx.
  assert (Hw : forall r, 0 <= r * sigma r).
  { intros r. destruct (Req_dec r 0) as [->|Hr]; [lra|]. left. now apply Hs. }
  assert (Hp : 0 < potential_of sigma (x k)).
  { destruct (mean_value_everywhere _ sigma 0 (x k) (potential_of_continuous sigma Hc) (not_eq_sym Hx)) as [c [E Hcc]].
    rewrite potential_of_zero in E. pose proof (Hs c ltac:(lra)). destruct Hcc.
    - assert (0 < sigma c) by nra. nra.
    - assert (sigma c < 0) by nra. nra. }
  apply Rlt_le_trans with (1 := Hp). apply (Sum_term n (apply (potential_of sigma) x) k Hk).
  intros j _. apply potential_in_well; [exact Hc|]. now apply sign_condition_in_well.
Qed.

(** O3 with E0 infinite and the strict sign condition: every orbit but the equilibrium oscillates. *)
Theorem all_orbits_oscillate n W b sigma :
  skew n W -> invertible n W -> is_continuous sigma -> (forall s, s <> 0 -> 0 < s * sigma s) ->
  well_depth sigma = p_infty ->
  (forall a c x t0, orbit n (outer n W sigma zero) a c x -> between a c t0 -> ~ equal n (x t0) zero ->
     global a c /\ bounded_on (between a c) n x /\ has_no_limit n x) /\
  (forall a c x t0, orbit n (inner n W sigma b) a c x -> between a c t0 ->
     let y := fun t => affine n W b (x t) in
     ~ equal n (y t0) zero -> global a c /\ bounded_on (between a c) n y /\ has_no_limit n y).
Proof.
  intros HW Hinv Hc Hs Hinf.
  assert (Hw : forall x, state_in_well n sigma x).
  { intros x i _. apply sign_condition_in_well. intros r.
    destruct (Req_dec r 0) as [->|Hr]; [lra|]. left. now apply Hs. }
  destruct (oscillation_is_perpetual n W b sigma HW Hinv Hc) as [_ [Ho Hi]]. split.
  - intros a c x t0 Hx H0 Hne. apply (Ho a c x t0); auto; [now apply energy_is_positive|]. rewrite Hinf. exact I.
  - intros a c x t0 Hx H0 y Hne. destruct (Hi a c x t0 Hx H0) as [Hg [Hb [Hno _]]]; auto.
    + now apply energy_is_positive.
    + rewrite Hinf. exact I.
Qed.

Lemma increasing_depth sigma :
  is_continuous sigma -> strictly_increasing sigma -> sigma 0 = 0 -> well_depth sigma = p_infty.
Proof.
  intros Hc Hm H0. apply lesser_infinite; [now apply increasing_escape|].
  destruct (Glb_Rbar_correct (fun e => exists s, in_well sigma s /\ sigma s = 0 /\ 0 < potential_of sigma s /\
    e = potential_of sigma s)) as [_ Hg].
  assert (Hle : Rbar_le p_infty (Glb_Rbar (fun e => exists s, in_well sigma s /\ sigma s = 0 /\
    0 < potential_of sigma s /\ e = potential_of sigma s))).
  { apply Hg. intros e [s [_ [Hz [Hpos _]]]]. exfalso.
    assert (s = 0).
    { destruct (Rtotal_order s 0) as [Hs|[Hs|Hs]]; [pose proof (Hm _ _ Hs)|exact Hs|pose proof (Hm _ _ Hs)]; lra. }
    subst s. rewrite potential_of_zero in Hpos. lra. }
  destruct (Glb_Rbar _); simpl in Hle; tauto.
Qed.

(** O3 for tanh, and for exp - 1, which is neither odd nor bounded. *)
Corollary tanh_oscillates n W b :
  skew n W -> invertible n W ->
  (forall a c x t0, orbit n (outer n W tanh zero) a c x -> between a c t0 -> ~ equal n (x t0) zero ->
     global a c /\ bounded_on (between a c) n x /\ has_no_limit n x) /\
  (forall a c x t0, orbit n (inner n W tanh b) a c x -> between a c t0 ->
     let y := fun t => affine n W b (x t) in
     ~ equal n (y t0) zero -> global a c /\ bounded_on (between a c) n y /\ has_no_limit n y).
Proof.
  intros HW Hinv. apply all_orbits_oscillate; auto.
  - exact tanh_continuous.
  - intros s Hs. destruct (Rtotal_order s 0) as [H|[H|H]]; [|contradiction|];
      pose proof (tanh_increasing _ _ H) as Hm; rewrite tanh_0 in Hm; nra.
  - apply increasing_depth; [exact tanh_continuous|exact tanh_increasing|exact tanh_0].
Qed.

Corollary expm1_oscillates n W b :
  skew n W -> invertible n W ->
  (forall a c x t0, orbit n (outer n W (fun s => exp s - 1) zero) a c x -> between a c t0 ->
     ~ equal n (x t0) zero -> global a c /\ bounded_on (between a c) n x /\ has_no_limit n x) /\
  (forall a c x t0, orbit n (inner n W (fun s => exp s - 1) b) a c x -> between a c t0 ->
     let y := fun t => affine n W b (x t) in
     ~ equal n (y t0) zero -> global a c /\ bounded_on (between a c) n y /\ has_no_limit n y).
Proof.
  intros HW Hinv. change (fun s => exp s - 1) with expm1. apply all_orbits_oscillate; auto.
  - exact expm1_continuous.
  - intros s Hs. destruct (Rtotal_order s 0) as [H|[H|H]]; [|contradiction|];
      pose proof (expm1_increasing _ _ H) as Hm; rewrite expm1_0 in Hm; nra.
  - apply increasing_depth; [exact expm1_continuous|exact expm1_increasing|exact expm1_0].
Qed.
