(** Rows O10 and O16: under a leak every orbit goes to 0, and bounded activations bound all orbits.

    Solutions are given on a half-line; that orbits live so long is in RestClaims.v and EscapeClaims.v.
    Euler in O16 is in LeakyEuler.v. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Energy Boundedness Oscillation Leak.
Open Scope R_scope.

(** ** f' = - gamma f + r *)

Definition relaxes (gamma a : R) (f r : R -> R) : Prop :=
  continuous_on (from a) f /\ forall t, a < t -> is_derive f t (- gamma * f t + r t).

Lemma relaxes_later gamma a b f r : relaxes gamma a f r -> a <= b -> relaxes gamma b f r.
Proof.
  intros [Hc Hd] Hab. split.
  - apply continuous_on_subset with (from a); auto. unfold from. intros; lra.
  - intros t Ht. apply Hd. lra.
Qed.

Lemma relaxes_opp gamma a f r : relaxes gamma a f r -> relaxes gamma a (fun t => - f t) (fun t => - r t).
Proof.
  intros [Hc Hd]. split.
  - intros t Ht. apply filterlim_comp with (locally (f t)); [now apply Hc|].
    apply (@filterlim_opp R_AbsRing R_NormedModule).
  - intros t Ht. evar_last; [apply @is_derive_opp; now apply Hd|].
    unfold opp; simpl. ring.
Qed.

Lemma comparison gamma a f r R0 t :
  0 < gamma -> relaxes gamma a f r -> (forall u, a <= u -> r u <= R0) -> a <= t ->
  f t <= R0 / gamma + exp (- gamma * (t - a)) * (f a - R0 / gamma).
Proof.
  intros Hg [Hc Hd] Hr Ht.
  set (g := fun u => - (exp (gamma * (u - a)) * (f u - R0 / gamma))).
  assert (H : 0 * (t - a) <= g t - g a).
  { apply (growth (from a) g (fun u => exp (gamma * (u - a)) * (R0 - r u))).
    - apply from_interval.
    - intros u Hu. unfold g.
      apply (filterlim_comp _ _ _ (fun v => exp (gamma * (v - a)) * (f v - R0 / gamma)) Ropp _
               (locally (exp (gamma * (u - a)) * (f u - R0 / gamma))));
        [|apply (@filterlim_opp R_AbsRing R_NormedModule)].
      apply (filterlim_comp_2 (G := locally (exp (gamma * (u - a)))) (H := locally (f u - R0 / gamma))).
      + apply (derivable_continuous_on (from a) (fun v => exp (gamma * (v - a)))
                 (fun v => gamma * exp (gamma * (v - a)))); auto.
        intros v. auto_derive; auto. unfold Rminus. ring.
      + apply (filterlim_add (within (from a) (locally u)) f (fun _ => - (R0 / gamma)));
          [now apply Hc|apply filterlim_const].
      + apply (@filterlim_mult R_AbsRing).
    - intros u Hu. assert (Hau : a <= u) by (apply locally_singleton in Hu; exact Hu).
      destruct (Req_dec a u) as [<-|Hne].
      + exfalso. destruct Hu as [e He]. specialize (He (a - e / 2)). unfold from in He.
        pose proof (cond_pos e). enough (a <= a - e / 2) by lra. apply He.
        apply Rabs_def1; unfold minus, plus, opp; simpl; lra.
      + assert (D1 : is_derive (fun v => exp (gamma * (v - a))) u (gamma * exp (gamma * (u - a)))).
        { auto_derive; auto. unfold Rminus. ring. }
        assert (D2 : is_derive (fun v => f v - R0 / gamma) u (- gamma * f u + r u)).
        { evar_last.
          - apply @is_derive_minus; [apply Hd; lra|apply @is_derive_const].
          - unfold minus, plus, opp, Hierarchy.zero; simpl. ring. }
        apply is_derive_Reals in D1. apply is_derive_Reals in D2.
        pose proof (derivable_pt_lim_mult _ _ _ _ _ D1 D2) as D3. apply is_derive_Reals in D3.
        unfold g. evar_last; [apply @is_derive_opp; exact D3|].
        unfold opp; simpl. field. lra.
    - intros u Hu. apply locally_singleton in Hu. pose proof (Hr u Hu).
      pose proof (exp_pos (gamma * (u - a))). nra.
    - apply start_in_from.
    - exact Ht.
    - exact Ht. }
  unfold g in H. rewrite Rminus_eq_0, Rmult_0_r, exp_0 in H.
  set (E := exp (gamma * (t - a))) in *.
  assert (HE : exp (- gamma * (t - a)) * E = 1).
  { unfold E. rewrite <- exp_plus. replace (- gamma * (t - a) + gamma * (t - a)) with 0 by ring.
    apply exp_0. }
  pose proof (exp_pos (- gamma * (t - a))).
  set (e := exp (- gamma * (t - a))) in *.
  assert (e * (E * (f t - R0 / gamma)) <= e * (f a - R0 / gamma))
    by (apply Rmult_le_compat_l; lra).
  rewrite <- Rmult_assoc, HE in H1. lra.
Qed.

Lemma exp_decay_le_1 gamma u : 0 < gamma -> 0 <= u -> 0 < exp (- gamma * u) <= 1.
Proof.
  intros Hg Hu. split; [apply exp_pos|]. rewrite <- exp_0.
  destruct (Req_dec u 0) as [->|Hne]; [rewrite Rmult_0_r; lra|]. left. apply exp_increasing. nra.
Qed.

Lemma comparison_max gamma a f r R0 t :
  0 < gamma -> relaxes gamma a f r -> (forall u, a <= u -> r u <= R0) -> a <= t ->
  f t <= Rmax (f a) (R0 / gamma).
Proof.
  intros Hg Hf Hr Ht. pose proof (comparison gamma a f r R0 t Hg Hf Hr Ht) as H.
  pose proof (exp_decay_le_1 gamma (t - a) Hg ltac:(lra)) as [He1 He2].
  set (e := exp (- gamma * (t - a))) in *. unfold Rmax. destruct (Rle_dec _ _); nra.
Qed.

Lemma comparison_abs gamma a f r R0 t :
  0 < gamma -> relaxes gamma a f r -> (forall u, a <= u -> Rabs (r u) <= R0) -> a <= t ->
  Rabs (f t) <= Rmax (Rabs (f a)) (R0 / gamma).
Proof.
  intros Hg Hf Hr Ht.
  pose proof (Rmax_l (Rabs (f a)) (R0 / gamma)). pose proof (Rmax_r (Rabs (f a)) (R0 / gamma)).
  assert (f t <= Rmax (f a) (R0 / gamma)).
  { apply (comparison_max gamma a f r R0 t Hg Hf); auto.
    intros u Hu. specialize (Hr u Hu). apply Rabs_le_between in Hr. lra. }
  assert (- f t <= Rmax (- f a) (R0 / gamma)).
  { apply (comparison_max gamma a _ _ R0 t Hg (relaxes_opp gamma a f r Hf)); auto.
    intros u Hu. specialize (Hr u Hu). apply Rabs_le_between in Hr. lra. }
  pose proof (Rle_abs (f a)). pose proof (Rle_abs (- f a)) as Hn. rewrite Rabs_Ropp in Hn.
  apply Rabs_le. split.
  - enough (- f t <= Rmax (Rabs (f a)) (R0 / gamma)) by lra.
    apply Rle_trans with (1 := H2). apply Rmax_lub; lra.
  - apply Rle_trans with (1 := H1). apply Rmax_lub; lra.
Qed.

Lemma relaxation_upper gamma a f r e :
  0 < gamma -> relaxes gamma a f r -> filterlim r (Rbar_locally p_infty) (locally 0) -> 0 < e ->
  exists T, forall t, T < t -> f t < e.
Proof.
  intros Hg Hf Hr He.
  assert (Hd : 0 < gamma * (e / 2)) by nra.
  destruct (Hr _ (locally_ball 0 (mkposreal _ Hd))) as [T HT]. simpl in HT.
  set (b := Rmax a T + 1).
  assert (Hb : a <= b /\ T < b).
  { unfold b. pose proof (Rmax_l a T). pose proof (Rmax_r a T). lra. }
  set (D := Rabs (f b) + 1).
  assert (HD : 0 < D) by (unfold D; pose proof (Rabs_pos (f b)); lra).
  exists (b + 2 * D / (gamma * e)). intros t Ht.
  assert (Hq : 0 < 2 * D / (gamma * e)) by (apply Rdiv_lt_0_compat; nra).
  pose proof (comparison gamma b f r (gamma * (e / 2)) t Hg (relaxes_later gamma a b f r Hf (proj1 Hb)))
    as H.
  replace (gamma * (e / 2) / gamma) with (e / 2) in H by (field; lra).
  assert (Hle : f t <= e / 2 + exp (- gamma * (t - b)) * (f b - e / 2)).
  { apply H; [|lra]. intros u Hu. assert (Hball : ball 0 (gamma * (e / 2)) (r u)) by (apply HT; lra).
    apply Rabs_def2 in Hball. unfold minus, plus, opp in Hball; simpl in Hball. lra. }
  set (u := gamma * (t - b)) in *.
  assert (Hu : 2 * D / e < u).
  { assert (E : gamma * (2 * D / (gamma * e)) = 2 * D / e) by (field; lra).
    rewrite <- E. unfold u. apply Rmult_lt_compat_l; lra. }
  replace (- gamma * (t - b)) with (- u) in Hle by (unfold u; ring).
  assert (HE : exp (- u) * exp u = 1).
  { rewrite <- exp_plus. replace (- u + u) with 0 by ring. apply exp_0. }
  assert (Hu0 : 0 < 2 * D / e) by (apply Rdiv_lt_0_compat; lra).
  pose proof (exp_ineq1 u ltac:(lra)) as Hexp. pose proof (exp_pos (- u)) as Hp.
  assert (H1 : exp (- u) * (2 * D / e) < 1).
  { rewrite <- HE. apply Rmult_lt_compat_l; lra. }
  assert (H2 : exp (- u) * D < e / 2).
  { replace (exp (- u) * D) with (exp (- u) * (2 * D / e) * (e / 2)) by (field; lra).
    replace (e / 2) with (1 * (e / 2)) at 2 by ring. apply Rmult_lt_compat_r; lra. }
  assert (H3 : exp (- u) * (f b - e / 2) <= exp (- u) * D).
  { apply Rmult_le_compat_l; [lra|]. unfold D. pose proof (Rle_abs (f b)). lra. }
  lra.
Qed.

(** f' = - gamma f + r with r -> 0 makes f -> 0. *)
Lemma relaxation gamma a f r :
  0 < gamma -> relaxes gamma a f r -> filterlim r (Rbar_locally p_infty) (locally 0) ->
  filterlim f (Rbar_locally p_infty) (locally 0).
Proof.
  intros Hg Hf Hr P [e He].
  destruct (relaxation_upper gamma a f r e Hg Hf Hr (cond_pos e)) as [T HT].
  destruct (relaxation_upper gamma a (fun t => - f t) (fun t => - r t) e Hg (relaxes_opp _ _ _ _ Hf))
    as [T' HT'].
  - replace 0 with (- 0) by ring. apply filterlim_comp with (locally 0); [exact Hr|].
    apply (@filterlim_opp R_AbsRing R_NormedModule).
  - apply cond_pos.
  - exists (Rmax T T'). intros t Ht. pose proof (Rmax_l T T'). pose proof (Rmax_r T T').
    apply He. apply Rabs_def1; unfold minus, plus, opp; simpl.
    + pose proof (HT t ltac:(lra)). lra.
    + pose proof (HT' t ltac:(lra)). lra.
Qed.

Lemma solution_relaxes n gamma F x t0 i :
  solution (from t0) n (leaky gamma F) x -> (i < n)%nat ->
  relaxes gamma t0 (fun t => x t i) (fun t => F (x t) i).
Proof.
  intros Hx Hi. destruct (Hx i Hi) as [Hc Hd]. split; [exact Hc|]. intros t Ht. apply Hd.
  apply filter_imp with (fun u => t0 < u); [|now apply open_gt]. intros u Hu. unfold from. lra.
Qed.

(** ** O16 *)

Lemma outer_bounded n W b (sigma : R -> R) M x i :
  (forall s, Rabs (sigma s) <= M) ->
  Rabs (outer n W sigma b x i) <= M * Sum n (fun j => Rabs (W i j)) + Rabs (b i).
Proof.
  intros HM. unfold outer. eapply Rle_trans; [apply Rabs_triang|].
  apply Rplus_le_compat_r. rewrite Rmult_comm. apply mul_bounded_entries. intros; apply HM.
Qed.

(** O16, outer form, any W and b. *)
Theorem leaky_orbits_are_bounded_outer n W b (sigma : R -> R) gamma M x t0 t i :
  0 < gamma -> (forall s, Rabs (sigma s) <= M) ->
  solution (from t0) n (leaky gamma (outer n W sigma b)) x -> t0 <= t -> (i < n)%nat ->
  Rabs (x t i) <=
  Rmax (Rabs (x t0 i)) ((M * Sum n (fun j => Rabs (W i j)) + Rabs (b i)) / gamma).
Proof.
  intros Hg HM Hx Ht Hi.
  apply (comparison_abs gamma t0 (fun u => x u i) (fun u => outer n W sigma b (x u) i)); auto.
  - now apply (solution_relaxes n).
  - intros u _. now apply outer_bounded.
Qed.

(** O16, inner form, any W and b. *)
Theorem leaky_orbits_are_bounded_inner n W b (sigma : R -> R) gamma M x t0 t i :
  0 < gamma -> (forall s, Rabs (sigma s) <= M) ->
  solution (from t0) n (leaky gamma (inner n W sigma b)) x -> t0 <= t -> (i < n)%nat ->
  Rabs (x t i) <= Rmax (Rabs (x t0 i)) (M / gamma).
Proof.
  intros Hg HM Hx Ht Hi.
  apply (comparison_abs gamma t0 (fun u => x u i) (fun u => inner n W sigma b (x u) i)); auto.
  - now apply (solution_relaxes n).
  - intros u _. apply HM.
Qed.

(** ** O10 *)

(** On each side of 0, Phi is unbounded or sigma is bounded. *)
Definition confining (sigma Phi : R -> R) : Prop :=
  ((exists M, forall s, 0 <= s -> Rabs (sigma s) <= M) \/
   (forall E, exists p, 0 <= p /\ E < Phi p)) /\
  ((exists M, forall s, s <= 0 -> Rabs (sigma s) <= M) \/
   (forall E, exists q, q <= 0 /\ E < Phi q)).

Lemma bounded_between (sigma : R -> R) a b :
  (forall s, continuous sigma s) -> exists M, forall s, a <= s <= b -> Rabs (sigma s) <= M.
Proof.
  intros Hs. destruct (Rle_lt_dec a b) as [Hab|Hab].
  - assert (Hc : forall c, a <= c <= b -> continuity_pt (fun s => Rabs (sigma s)) c).
    { intros c _. apply continuity_pt_filterlim.
      apply (continuous_comp sigma Rabs); [apply Hs|]. apply continuous_Rabs. }
    destruct (continuity_ab_maj (fun s => Rabs (sigma s)) a b Hab Hc) as [m [Hm _]].
    exists (Rabs (sigma m)). exact Hm.
  - exists 0. intros. lra.
Qed.

(** sigma is bounded where Phi <= E. *)
Lemma confined (sigma Phi : R -> R) E :
  potential sigma Phi -> (forall s, continuous sigma s) -> (forall s, 0 <= s * sigma s) ->
  confining sigma Phi -> exists M, forall s, Phi s <= E -> Rabs (sigma s) <= M.
Proof.
  intros HP Hs Hw [Hright Hleft].
  assert (HR : exists M, forall s, 0 <= s -> Phi s <= E -> Rabs (sigma s) <= M).
  { destruct Hright as [[M HM]|H]; [exists M; auto|].
    destruct (H E) as [p [Hp HEp]]. destruct (bounded_between sigma 0 p Hs) as [M HM].
    exists M. intros s Hs0 HE. apply HM. split; [exact Hs0|]. apply Rnot_lt_le. intros Hlt.
    assert (Phi p <= Phi s) by (apply (potential_monotone sigma); auto; lra). lra. }
  assert (HL : exists M, forall s, s <= 0 -> Phi s <= E -> Rabs (sigma s) <= M).
  { destruct Hleft as [[M HM]|H]; [exists M; auto|].
    destruct (H E) as [q [Hq HEq]]. destruct (bounded_between sigma q 0 Hs) as [M HM].
    exists M. intros s Hs0 HE. apply HM. split; [|exact Hs0]. apply Rnot_lt_le. intros Hlt.
    assert (Phi q <= Phi s) by (apply (potential_monotone sigma); auto; lra). lra. }
  destruct HR as [M HM]. destruct HL as [M' HM']. exists (Rmax M M'). intros s HE.
  pose proof (Rmax_l M M'). pose proof (Rmax_r M M').
  destruct (Rle_lt_dec 0 s) as [H1|H1].
  - apply Rle_trans with M; auto.
  - apply Rle_trans with M'; auto. apply HM'; auto. lra.
Qed.

Lemma sign_condition_root (sigma : R -> R) :
  (forall s, continuous sigma s) -> (forall s, 0 <= s * sigma s) -> sigma 0 = 0.
Proof.
  intros Hs Hw. apply Classical_Prop.NNPP. intros Hne.
  assert (He : 0 < Rabs (sigma 0)) by now apply Rabs_pos_lt.
  destruct (Hs 0 _ (locally_ball (sigma 0) (mkposreal _ He))) as [d Hd]. simpl in Hd.
  pose proof (cond_pos d) as Hp.
  assert (Hb : forall s, Rabs s < d -> Rabs (sigma s - sigma 0) < Rabs (sigma 0)).
  { intros s H. apply Hd. change (Rabs (s - 0) < d). now rewrite Rminus_0_r. }
  pose proof (Hb (d / 2)) as H1. pose proof (Hb (- (d / 2))) as H2.
  rewrite Rabs_Ropp in H2. rewrite (Rabs_right (d / 2)) in H1, H2 by lra.
  specialize (H1 ltac:(lra)). specialize (H2 ltac:(lra)).
  pose proof (Hw (d / 2)). pose proof (Hw (- (d / 2))).
  apply Rabs_def2 in H1. apply Rabs_def2 in H2.
  unfold Rabs in *. destruct (Rcase_abs (sigma 0)); nra.
Qed.

(** A curve whose power falls short of a lower bound only rarely would lose all its energy. *)
Lemma activations_vanish n W (sigma Phi : R -> R) gamma x t0 X K i :
  skew n W -> potential sigma Phi -> Phi 0 = 0 -> (forall s, continuous sigma s) ->
  (forall s, 0 <= s * sigma s) -> 0 < gamma ->
  solution (from t0) n (leaky gamma (outer n W sigma zero)) x -> (i < n)%nat -> 0 < K ->
  (forall t, t0 <= t -> Rabs (x t i) <= X) ->
  (forall t u, t0 <= t <= u -> Rabs (x u i - x t i) <= K * (u - t)) ->
  filterlim (fun t => sigma (x t i)) (Rbar_locally p_infty) (locally 0).
Proof.
  intros HW HP H0 Hs Hw Hg Hx Hi HK HX HL P [e He].
  set (H := fun t => energy n Phi (x t)).
  assert (Hmono : forall s t, t0 <= s -> s <= t -> H t <= H s).
  { intros s t Hs0 Hst.
    apply (leak_lowers_energy_outer (from t0) n W sigma Phi gamma x s t); auto; try lra.
    - apply from_interval.
    - unfold from. lra. }
  assert (Hpos : forall t, 0 <= H t).
  { intros t. apply Sum_nonneg. intros j _. unfold apply. rewrite <- H0.
    apply (potential_monotone sigma Phi 0 (x t j) HP Hw). lra. }
  (* |sigma(s)| >= e needs |s| >= d *)
  destruct (Hs 0 _ (locally_ball (sigma 0) e)) as [d Hd].
  assert (Hroot := sign_condition_root sigma Hs Hw).
  assert (Hfar : forall s, e <= Rabs (sigma s) -> d <= Rabs s).
  { intros s Hes. apply Rnot_lt_le. intros Hlt.
    assert (Hb : ball (sigma 0) e (sigma s)).
    { apply Hd. change (Rabs (s - 0) < d). now rewrite Rminus_0_r. }
    change (Rabs (sigma s - sigma 0) < e) in Hb. rewrite Hroot, Rminus_0_r in Hb. lra. }
  (* s sigma(s) is uniformly continuous on [-X, X] *)
  set (g := fun s => s * sigma s).
  assert (Hgc : forall c, - X <= c <= X -> continuity_pt g c).
  { intros c _. apply continuity_pt_filterlim.
    apply (continuous_mult (fun s => s) sigma); [apply continuous_id|apply Hs]. }
  assert (Hde : 0 < d * e / 2).
  { pose proof (cond_pos d). pose proof (cond_pos e).
    assert (0 < d * e) by now apply Rmult_lt_0_compat. lra. }
  destruct (Heine g (fun c => - X <= c <= X) (compact_P3 (- X) X) Hgc (mkposreal _ Hde)) as [r Hr].
  simpl in Hr. pose proof (cond_pos r) as Hr0.
  set (tau := r / (2 * K)).
  assert (Htau : 0 < tau) by (apply Rdiv_lt_0_compat; lra).
  assert (HKtau : K * tau = r / 2) by (unfold tau; field; lra).
  set (drop := gamma * (d * e / 2) * tau).
  assert (Hdrop : 0 < drop) by (apply Rmult_lt_0_compat; [now apply Rmult_lt_0_compat|exact Htau]).
  assert (Hfall : forall t, t0 <= t -> e <= Rabs (sigma (x t i)) -> H (t + tau) <= H t - drop).
  { intros t Ht Hbig.
    destruct (rate (from t0) n _ x (fun _ s => - Phi s) (fun _ s => - sigma s) Hx) as [Hc Hdr].
    { intros j s _. apply @is_derive_opp. apply HP. }
    assert (E : forall v, Sum n (fun j => - Phi (v j)) = - energy n Phi v).
    { intros v. unfold energy, apply.
      rewrite (Sum_ext n _ (fun j => -1 * Phi (v j))) by (intros; ring). rewrite Sum_scal. ring. }
    set (J := fun u => t <= u <= t + tau).
    assert (HJ : forall u, J u -> from t0 u) by (unfold J, from; intros; lra).
    assert (Hgrow : gamma * (d * e / 2) * (t + tau - t) <=
      Sum n (fun j => - Phi (x (t + tau) j)) - Sum n (fun j => - Phi (x t j))).
    { apply (growth J (fun u => Sum n (fun j => - Phi (x u j)))
        (fun u => dot n (fun j => - sigma (x u j)) (leaky gamma (outer n W sigma zero) (x u)))).
      - intros a b c Ha Hb Hc'. unfold J in *. lra.
      - now apply continuous_on_subset with (from t0).
      - intros u Hu. apply Hdr. now apply filter_imp with J.
      - intros u Hu. apply locally_singleton in Hu.
        rewrite (dot_ext n _ (fun j => -1 * apply sigma (x u) j) _
                   (leaky gamma (outer n W sigma zero) (x u)))
          by (intros j _; unfold apply; ring).
        rewrite dot_comm, dot_scal_r, dot_comm, leaky_dot by exact HW.
        assert (Hterm : g (x u i) <= power n sigma (x u)).
        { apply (Sum_term n (fun j => x u j * sigma (x u j)) i Hi). intros; apply Hw. }
        assert (Hclose : Rabs (g (x u i) - g (x t i)) < d * e / 2).
        { apply Hr.
          - apply Rabs_le_between. apply HX. unfold J in Hu. lra.
          - apply Rabs_le_between. now apply HX.
          - apply Rle_lt_trans with (K * (u - t)); [apply HL; unfold J in Hu; lra|].
            unfold J in Hu. assert (K * (u - t) <= K * tau) by (apply Rmult_le_compat_l; lra). lra. }
        assert (Hgt : d * e <= g (x t i)).
        { pose proof (Hw (x t i)) as Hn. unfold g. rewrite <- (Rabs_right (x t i * sigma (x t i))) by lra.
          rewrite Rabs_mult. pose proof (Hfar _ Hbig). pose proof (cond_pos d). pose proof (cond_pos e).
          apply Rmult_le_compat; lra. }
        apply Rabs_def2 in Hclose.
        assert (gamma * (d * e / 2) <= gamma * power n sigma (x u))
          by (apply Rmult_le_compat_l; lra). lra.
      - unfold J. lra.
      - unfold J. lra.
      - lra. }
    rewrite !E in Hgrow. unfold H, drop. replace (t + tau - t) with tau in Hgrow by ring. lra. }
  (* the infimum of the energy *)
  destruct (completeness (fun v => exists t, t0 <= t /\ v = - H t)) as [m [Hub Hlub]].
  { exists 0. intros v [t [_ ->]]. pose proof (Hpos t). lra. }
  { exists (- H t0), t0. split; [lra|reflexivity]. }
  assert (Hnear : exists T, t0 <= T /\ - m <= H T < - m + drop).
  { apply Classical_Prop.NNPP. intros Hno. enough (m <= m - drop) by lra. apply Hlub.
    intros v [t [Ht ->]]. apply Rnot_lt_le. intros Hlt. apply Hno. exists t.
    pose proof (Hub (- H t) (ex_intro _ t (conj Ht eq_refl))). repeat split; lra. }
  destruct Hnear as [T [HT [Hlow Hhigh]]].
  exists T. intros t Ht. apply He. change (Rabs (sigma (x t i) - 0) < e). rewrite Rminus_0_r.
  apply Rnot_le_lt. intros Hbig.
  pose proof (Hfall t ltac:(lra) Hbig) as Hf. pose proof (Hmono T t HT ltac:(lra)).
  pose proof (Hub (- H (t + tau)) (ex_intro _ (t + tau) (conj (ltac:(lra) : t0 <= t + tau) eq_refl))).
  lra.
Qed.

(** A bounded rate makes a curve Lipschitz. *)
Lemma bounded_rate_lipschitz (f df : R -> R) t0 K t u :
  continuous_on (from t0) f -> (forall s, t0 < s -> is_derive f s (df s)) ->
  (forall s, t0 <= s -> Rabs (df s) <= K) -> t0 <= t <= u -> Rabs (f u - f t) <= K * (u - t).
Proof.
  intros Hc Hd HK Htu. destruct (Req_dec t u) as [<-|Hne].
  { rewrite !Rminus_eq_0, Rabs_R0. lra. }
  set (J := fun s => t <= s <= u).
  destruct (mean_value J f df t u) as [c [Hcc E]].
  - intros a b s Ha Hb Hs. unfold J in *. lra.
  - apply continuous_on_subset with (from t0); auto. unfold J, from. intros; lra.
  - intros s Hs. apply Hd. destruct Hs as [e He].
    assert (J (s - e / 2)).
    { apply He. pose proof (cond_pos e). apply Rabs_def1; unfold minus, plus, opp; simpl; lra. }
    unfold J in H. pose proof (cond_pos e). lra.
  - unfold J. lra.
  - unfold J. lra.
  - lra.
  - rewrite E, Rabs_mult, (Rabs_right (u - t)) by lra. apply Rmult_le_compat_r; [lra|].
    apply HK. lra.
Qed.

(** O10, outer form: every orbit goes to 0. *)
Theorem leak_stops_oscillation_outer n W (sigma Phi : R -> R) gamma x t0 :
  skew n W -> potential sigma Phi -> Phi 0 = 0 -> (forall s, continuous sigma s) ->
  (forall s, 0 <= s * sigma s) -> confining sigma Phi -> 0 < gamma ->
  solution (from t0) n (leaky gamma (outer n W sigma zero)) x -> converges_to n x zero.
Proof.
  intros HW HP H0 Hs Hw Hconf Hg Hx.
  assert (Hpos : forall s, 0 <= Phi s).
  { intros s. rewrite <- H0. apply (potential_monotone sigma Phi 0 s HP Hw). lra. }
  destruct (confined sigma Phi (energy n Phi (x t0)) HP Hs Hw Hconf) as [M HM].
  assert (HxM : forall t j, t0 <= t -> (j < n)%nat -> Rabs (sigma (x t j)) <= M).
  { intros t j Ht Hj. apply HM. apply Rle_trans with (energy n Phi (x t)).
    - apply (Sum_term n (apply Phi (x t)) j Hj). intros; apply Hpos.
    - apply (leak_lowers_energy_outer (from t0) n W sigma Phi gamma x t0 t); auto; try lra.
      + apply from_interval.
      + apply start_in_from. }
  assert (Hr : forall t i, t0 <= t -> (i < n)%nat ->
    Rabs (outer n W sigma zero (x t) i) <= Sum n (fun j => Rabs (W i j)) * M).
  { intros t i Ht Hi. unfold outer, zero. rewrite Rplus_0_r. apply mul_bounded_entries.
    intros j Hj. now apply HxM. }
  assert (Hsig : forall i, (i < n)%nat ->
    filterlim (fun t => sigma (x t i)) (Rbar_locally p_infty) (locally 0)).
  { intros i Hi. set (R0 := Sum n (fun j => Rabs (W i j)) * M).
    set (X := Rmax (Rabs (x t0 i)) (R0 / gamma)).
    assert (HX : forall t, t0 <= t -> Rabs (x t i) <= X).
    { intros t Ht. apply (comparison_abs gamma t0 (fun u => x u i)
        (fun u => outer n W sigma zero (x u) i)); auto.
      - now apply (solution_relaxes n).
      - intros u Hu. now apply Hr. }
    assert (HR0 : 0 <= R0).
    { eapply Rle_trans; [apply Rabs_pos|apply (Hr t0 i); auto; lra]. }
    assert (HX0 : 0 <= X) by (eapply Rle_trans; [apply Rabs_pos|apply (HX t0); lra]).
    apply (activations_vanish n W sigma Phi gamma x t0 X (gamma * X + R0 + 1) i); auto.
    - assert (0 <= gamma * X) by (apply Rmult_le_pos; lra). lra.
    - intros t u Htu. destruct (solution_relaxes n gamma _ x t0 i Hx Hi) as [Hc Hd].
      apply (bounded_rate_lipschitz (fun v => x v i)
        (fun v => - gamma * x v i + outer n W sigma zero (x v) i) t0); auto.
      intros s Hs0. eapply Rle_trans; [apply Rabs_triang|].
      rewrite Rabs_mult, Rabs_Ropp, (Rabs_right gamma) by lra.
      pose proof (HX s Hs0). pose proof (Hr s i Hs0 Hi). fold R0 in H1.
      assert (gamma * Rabs (x s i) <= gamma * X) by (apply Rmult_le_compat_l; lra). lra. }
  intros i Hi. apply (relaxation gamma t0 (fun t => x t i) (fun t => outer n W sigma zero (x t) i) Hg).
  - now apply (solution_relaxes n).
  - replace 0 with (mul n W zero i + 0)
      by (rewrite mul_zero by (intros j _; reflexivity); ring).
    apply (filterlim_add (Rbar_locally p_infty) (fun t => mul n W (apply sigma (x t)) i) (fun _ => 0));
      [|apply filterlim_const].
    apply (filterlim_dot (Rbar_locally p_infty) n (W i) (fun t => apply sigma (x t)) zero).
    exact Hsig.
Qed.

(** O10, inner form. *)
Theorem leak_stops_oscillation_inner n W (sigma Phi : R -> R) gamma x t0 :
  skew n W -> potential sigma Phi -> Phi 0 = 0 -> (forall s, continuous sigma s) ->
  (forall s, 0 <= s * sigma s) -> confining sigma Phi -> 0 < gamma ->
  solution (from t0) n (leaky gamma (inner n W sigma zero)) x -> converges_to n x zero.
Proof.
  intros HW HP H0 Hs Hw Hconf Hg Hx.
  assert (Hy : converges_to n (fun t => affine n W zero (x t)) zero).
  { apply (leak_stops_oscillation_outer n W sigma Phi gamma _ t0); auto. now apply leaky_conjugacy. }
  intros i Hi. apply (relaxation gamma t0 (fun t => x t i) (fun t => inner n W sigma zero (x t) i) Hg).
  - now apply (solution_relaxes n).
  - rewrite <- (sign_condition_root sigma Hs Hw).
    apply filterlim_comp with (locally 0); [now apply (Hy i Hi)|]. apply Hs.
Qed.
