(** Solutions exist, and a solution that stays bounded can be continued.

    F is any continuous field of R^n (Peano's theorem); solutions need not be unique. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Compactness Peano.
Open Scope R_scope.

Definition continuous_field (n : nat) (F : field) : Prop :=
  forall z e, 0 < e -> exists d, 0 < d /\ forall u, near n u z d -> near n (F u) (F z) e.

Lemma field_ext n F u v : continuous_field n F -> equal n u v -> equal n (F u) (F v).
Proof.
  intros HF Huv i Hi. apply Rminus_diag_uniq, Classical_Prop.NNPP. intros Hne.
  destruct (HF v _ (Rabs_pos_lt _ Hne)) as [d [Hd H]].
  apply (Rlt_irrefl (Rabs (F u i - F v i))). apply H; [|exact Hi].
  intros j Hj. rewrite (Huv j Hj), Rminus_eq_0, Rabs_R0. exact Hd.
Qed.

(** ** Continuity and slopes in terms of e and d *)

Lemma continuous_on_eps (I : R -> Prop) (f : R -> R) :
  continuous_on I f <->
  forall t, I t -> forall e, 0 < e -> exists d, 0 < d /\ forall u, I u -> Rabs (u - t) < d -> Rabs (f u - f t) < e.
Proof.
  split.
  - intros H t Ht e He. destruct (H t Ht _ (locally_ball (f t) (mkposreal e He))) as [d Hd].
    exists d. split; [apply cond_pos|]. intros u Hu Hut. exact (Hd u Hut Hu).
  - intros H t Ht P [e He]. destruct (H t Ht e (cond_pos e)) as [d [Hd Hu]].
    exists (mkposreal d Hd). intros u Hut Iu. apply He. exact (Hu u Iu Hut).
Qed.

Lemma solution_near I n F x t d :
  solution I n F x -> I t -> 0 < d ->
  exists c, 0 < c /\ forall u, I u -> Rabs (u - t) < c -> near n (x u) (x t) d.
Proof.
  intros Hx Ht Hd.
  assert (H : within I (locally t) (fun u => near n (x u) (x t) d)).
  { apply (filterlim_near (within I (locally t)) n x (x t) d Hd). intros j Hj. now apply (Hx j Hj). }
  destruct H as [c Hc]. exists c. split; [apply cond_pos|]. intros u Hu Hut. exact (Hc u Hut Hu).
Qed.

Lemma slope_at I n F x a i e :
  interval I -> continuous_field n F -> solution I n F x -> I a -> (i < n)%nat -> 0 < e ->
  exists d, 0 < d /\ forall t, I t -> Rabs (t - a) < d ->
    Rabs (x t i - x a i - (t - a) * F (x a) i) <= Rabs (t - a) * e.
Proof.
  intros HI HF Hx Ha Hi He. destruct (HF (x a) e He) as [c [Hc HFc]].
  destruct (solution_near I n F x a c Hx Ha Hc) as [d [Hd Hnear]].
  assert (H : forall s t, I s -> I t -> s < t -> Rabs (s - a) < d -> Rabs (t - a) < d ->
    Rabs (x t i - x s i - (t - s) * F (x a) i) <= (t - s) * e).
  { intros s t Is It Hst Hs Ht.
    destruct (mean_value I (fun u => x u i) (fun u => F (x u) i) s t HI) as [m [Hm E]]; auto;
      try (apply (Hx i Hi)).
    assert (Im : I m) by (apply (HI s t); auto; lra).
    assert (Hma : Rabs (m - a) < d).
    { apply Rabs_def2 in Hs. apply Rabs_def2 in Ht. apply Rabs_def1; lra. }
    rewrite E. replace (F (x m) i * (t - s) - (t - s) * F (x a) i) with ((t - s) * (F (x m) i - F (x a) i)) by ring.
    rewrite Rabs_mult, (Rabs_right (t - s)) by lra. apply Rmult_le_compat_l; [lra|].
    left. exact (HFc _ (Hnear m Im Hma) i Hi). }
  assert (Haa : Rabs (a - a) < d) by (rewrite Rminus_eq_0, Rabs_R0; exact Hd).
  exists d. split; [exact Hd|]. intros t It Ht. destruct (Rtotal_order a t) as [Hlt|[<-|Hgt]].
  - rewrite (Rabs_right (t - a)) by lra. now apply H.
  - replace (x a i - x a i - (a - a) * F (x a) i) with 0 by ring. rewrite Rminus_eq_0, Rabs_R0. lra.
  - rewrite (Rabs_left (t - a)) by lra. pose proof (H t a It Ha Hgt Ht Haa) as Hs.
    replace (x t i - x a i - (t - a) * F (x a) i) with (- (x a i - x t i - (a - t) * F (x a) i)) by ring.
    rewrite Rabs_Ropp. lra.
Qed.

Lemma slope_is_derive (f : R -> R) a v :
  (forall e, 0 < e -> exists d, 0 < d /\ forall t, Rabs (t - a) < d ->
    Rabs (f t - f a - (t - a) * v) <= Rabs (t - a) * e) -> is_derive f a v.
Proof.
  intros H. apply is_derive_Reals. intros e He. destruct (H (e / 2) ltac:(lra)) as [d [Hd Hs]].
  exists (mkposreal d Hd). intros h Hh Hhd. simpl in Hhd.
  specialize (Hs (a + h)). replace (a + h - a) with h in Hs by ring. specialize (Hs Hhd).
  replace ((f (a + h) - f a) / h - v) with ((f (a + h) - f a - h * v) / h) by (field; exact Hh).
  unfold Rdiv. rewrite Rabs_mult, Rabs_inv. pose proof (Rabs_pos_lt h Hh) as Hp.
  apply Rle_lt_trans with (Rabs h * (e / 2) * / Rabs h).
  - apply Rmult_le_compat_r; [left; now apply Rinv_0_lt_compat|exact Hs].
  - replace (Rabs h * (e / 2) * / Rabs h) with (e / 2) by (field; lra). lra.
Qed.

(** ** Two solutions, one after the other *)

Definition joined (T : R) (x y : R -> vector) : R -> vector := fun t => if Rle_dec t T then x t else y t.

Lemma joined_left T x y t : t <= T -> joined T x y t = x t.
Proof. intros H. unfold joined. destruct (Rle_dec t T); [reflexivity|contradiction]. Qed.

Lemma joined_right T x y t : T < t -> joined T x y t = y t.
Proof. intros H. unfold joined. destruct (Rle_dec t T); [lra|reflexivity]. Qed.

Lemma interval_below I T : interval I -> interval (fun t => I t /\ t <= T).
Proof. intros HI a b t [Ia Ha] [Ib Hb] Ht. split; [now apply (HI a b)|lra]. Qed.

Lemma interval_above I T : interval I -> interval (fun t => I t /\ T <= t).
Proof. intros HI a b t [Ia Ha] [Ib Hb] Ht. split; [now apply (HI a b)|lra]. Qed.

Lemma joined_solution I T n F x y :
  interval I -> continuous_field n F -> I T ->
  solution (fun t => I t /\ t <= T) n F x -> solution (fun t => I t /\ T <= t) n F y ->
  equal n (x T) (y T) -> solution I n F (joined T x y).
Proof.
  intros HI HF IT Hx Hy Heq i Hi.
  pose proof (proj1 (continuous_on_eps _ _) (proj1 (Hx i Hi))) as Cx.
  pose proof (proj1 (continuous_on_eps _ _) (proj1 (Hy i Hi))) as Cy. simpl in Cx, Cy.
  split.
  - apply continuous_on_eps. intros t It e He. destruct (Rtotal_order t T) as [Hlt|[->|Hgt]].
    + destruct (Cx t ltac:(split; auto; lra) e He) as [d [Hd H]].
      exists (Rmin d (T - t)). split; [apply Rmin_pos; lra|]. intros u Iu Hu.
      pose proof (Rmin_l d (T - t)). pose proof (Rmin_r d (T - t)). pose proof (Rle_abs (u - t)).
      rewrite !joined_left by lra. apply H; [split; auto; lra|lra].
    + destruct (Cx T ltac:(split; auto; lra) e He) as [d [Hd H]].
      destruct (Cy T ltac:(split; auto; lra) e He) as [d' [Hd' H']].
      exists (Rmin d d'). split; [now apply Rmin_pos|]. intros u Iu Hu.
      pose proof (Rmin_l d d'). pose proof (Rmin_r d d'). rewrite (joined_left T x y T) by lra.
      destruct (Rle_lt_dec u T) as [Hle|Hlt].
      * rewrite joined_left by lra. apply H; [split; auto|lra].
      * rewrite joined_right, (Heq i Hi) by lra. apply H'; [split; auto; lra|lra].
    + destruct (Cy t ltac:(split; auto; lra) e He) as [d [Hd H]].
      exists (Rmin d (t - T)). split; [apply Rmin_pos; lra|]. intros u Iu Hu.
      pose proof (Rmin_l d (t - T)). pose proof (Rmin_r d (t - T)). pose proof (Rabs_def2 _ _ Hu).
      rewrite !joined_right by lra. apply H; [split; auto; lra|lra].
  - intros t Ht. destruct (Rtotal_order t T) as [Hlt|[->|Hgt]].
    + rewrite joined_left by lra.
      assert (Hlt' : locally t (fun u => u < T)) by now apply open_lt.
      apply is_derive_ext_loc with (fun u => x u i).
      * revert Hlt'. apply filter_imp. intros u Hu. now rewrite joined_left by lra.
      * apply (Hx i Hi). generalize (filter_and _ _ Ht Hlt'). apply filter_imp. intros u [Hu Hu']. split; [exact Hu|lra].
    + rewrite joined_left by lra.
      apply (slope_is_derive (fun u => joined T x y u i)). intros e He.
      destruct (slope_at _ n F x T i e (interval_below I T HI) HF Hx ltac:(split; auto; lra) Hi He) as [d [Hd H]].
      destruct (slope_at _ n F y T i e (interval_above I T HI) HF Hy ltac:(split; auto; lra) Hi He) as [d' [Hd' H']].
      destruct Ht as [c Hc]. pose proof (cond_pos c) as Hcp.
      exists (Rmin c (Rmin d d')). split; [apply Rmin_pos; [exact Hcp|now apply Rmin_pos]|]. intros u Hu.
      pose proof (Rmin_l c (Rmin d d')). pose proof (Rmin_r c (Rmin d d')).
      pose proof (Rmin_l d d'). pose proof (Rmin_r d d').
      assert (Iu : I u) by (apply Hc; apply Rlt_le_trans with (1 := Hu); lra).
      rewrite (joined_left T x y T) by lra. destruct (Rle_lt_dec u T) as [Hle|Hlt].
      * rewrite joined_left by lra. apply H; [split; auto|lra].
      * rewrite joined_right, (Heq i Hi), (field_ext n F _ _ HF Heq i Hi) by lra.
        apply H'; [split; auto; lra|lra].
    + rewrite joined_right by lra.
      assert (Hgt' : locally t (fun u => T < u)) by now apply open_gt.
      apply is_derive_ext_loc with (fun u => y u i).
      * revert Hgt'. apply filter_imp. intros u Hu. now rewrite joined_right by lra.
      * apply (Hy i Hi). generalize (filter_and _ _ Ht Hgt'). apply filter_imp. intros u [Hu Hu']. split; [exact Hu|lra].
Qed.

Lemma solution_ext (I : R -> Prop) n F x y :
  continuous_field n F -> (forall t, I t -> equal n (x t) (y t)) -> solution I n F x -> solution I n F y.
Proof.
  intros HF Hxy Hx i Hi. destruct (Hx i Hi) as [Hc Hd]. split.
  - apply continuous_on_eps. intros t It e He.
    destruct (proj1 (continuous_on_eps _ _) Hc t It e He) as [d [Hd0 H]]. exists d. split; [exact Hd0|].
    intros u Iu Hu. rewrite <- (Hxy u Iu i Hi), <- (Hxy t It i Hi). now apply H.
  - intros t Ht. assert (It : I t) by now apply locally_singleton.
    rewrite <- (field_ext n F _ _ HF (Hxy t It) i Hi).
    apply is_derive_ext_loc with (fun u => x u i); [|now apply Hd].
    revert Ht. apply filter_imp. intros u Iu. now apply Hxy.
Qed.

(** ** Time reversed *)

Definition reversed (F : field) : field := fun u i => - F u i.

Lemma reversed_solution I n F x :
  solution I n F x -> solution (fun t => I (- t)) n (reversed F) (fun t => x (- t)).
Proof.
  intros Hx i Hi. destruct (Hx i Hi) as [Hc Hd]. split.
  - apply continuous_on_eps. intros t It e He.
    destruct (proj1 (continuous_on_eps _ _) Hc (- t) It e He) as [d [Hd0 H]]. exists d. split; [exact Hd0|].
    intros u Iu Hu. apply H; [exact Iu|]. replace (- u - - t) with (- (u - t)) by ring. now rewrite Rabs_Ropp.
  - intros t [d Ht]. unfold reversed.
    replace (- F (x (- t)) i) with (-1 * F (x (- t)) i) by ring.
    apply (is_derive_comp (fun u => x u i) Ropp t (F (x (- t)) i) (-1)).
    + apply Hd. exists d. intros u Hu. specialize (Ht (- u)). rewrite Ropp_involutive in Ht. apply Ht.
      change (Rabs (- u - t) < d). change (Rabs (u - - t) < d) in Hu.
      replace (- u - t) with (- (u - - t)) by ring. now rewrite Rabs_Ropp.
    + auto_derive; auto.
Qed.

Lemma reversed_continuous n F : continuous_field n F -> continuous_field n (reversed F).
Proof.
  intros HF z e He. destruct (HF z e He) as [d [Hd H]]. exists d. split; [exact Hd|].
  intros u Hu i Hi. unfold reversed. replace (- F u i - - F z i) with (- (F u i - F z i)) by ring.
  rewrite Rabs_Ropp. exact (H u Hu i Hi).
Qed.

Lemma reversed_twice I n F x : solution I n (reversed (reversed F)) x -> solution I n F x.
Proof.
  intros Hx i Hi. destruct (Hx i Hi) as [Hc Hd]. split; [exact Hc|]. intros t Ht.
  rewrite <- (Ropp_involutive (F (x t) i)). exact (Hd t Ht).
Qed.

(** ** Bounded, uniformly continuous fields *)

Lemma slope_solution n F M x :
  field_bounded n F M -> uniformly_continuous n F -> has_slope n F x -> solution (from 0) n F x.
Proof.
  intros HM HF Hx.
  assert (Hlip : exists d, 0 < d /\ forall s t, 0 <= s <= t -> t - s < d ->
    forall i, (i < n)%nat -> Rabs (x t i - x s i) <= (t - s) * (Rabs M + 1)).
  { destruct (Hx 1 Rlt_0_1) as [d [Hd H]]. exists d. split; [exact Hd|]. intros s t Hst Hts i Hi.
    pose proof (H s t i Hst Hts Hi) as H1. pose proof (HM (x s) i Hi) as H2. pose proof (Rle_abs M).
    pose proof (Rabs_triang (x t i - x s i - (t - s) * F (x s) i) ((t - s) * F (x s) i)) as H3.
    replace (x t i - x s i - (t - s) * F (x s) i + (t - s) * F (x s) i) with (x t i - x s i) in H3 by ring.
    rewrite (Rabs_mult (t - s)), (Rabs_right (t - s)) in H3 by lra.
    assert ((t - s) * Rabs (F (x s) i) <= (t - s) * Rabs M) by (apply Rmult_le_compat_l; lra). lra. }
  destruct Hlip as [dl [Hdl Hlip]].
  assert (Hclose : forall e, 0 < e -> exists d, 0 < d /\ forall s t, 0 <= s -> 0 <= t -> Rabs (s - t) < d ->
    near n (x s) (x t) e).
  { intros e He. pose proof (Rabs_pos M) as HaM.
    exists (Rmin dl (e / (Rabs M + 2))). split.
    { apply Rmin_pos; [exact Hdl|]. apply Rdiv_lt_0_compat; lra. }
    assert (H : forall s t, 0 <= s <= t -> t - s < Rmin dl (e / (Rabs M + 2)) ->
      forall i, (i < n)%nat -> Rabs (x t i - x s i) < e).
    { intros s t Hst Hts i Hi. pose proof (Rmin_l dl (e / (Rabs M + 2))). pose proof (Rmin_r dl (e / (Rabs M + 2))).
      eapply Rle_lt_trans; [apply Hlip; auto; lra|].
      apply Rle_lt_trans with ((t - s) * (Rabs M + 2)); [apply Rmult_le_compat_l; lra|].
      replace e with (e / (Rabs M + 2) * (Rabs M + 2)) by (field; lra). apply Rmult_lt_compat_r; lra. }
    intros s t Hs Ht Hst i Hi. destruct (Rle_lt_dec s t) as [Hle|Hlt].
    - rewrite Rabs_minus_sym. apply H; [lra| |exact Hi]. apply Rabs_def2 in Hst. lra.
    - apply H; [lra| |exact Hi]. apply Rabs_def2 in Hst. lra. }
  intros i Hi. split.
  - apply continuous_on_eps. intros t Ht e He. destruct (Hclose e He) as [d [Hd H]]. exists d.
    split; [exact Hd|]. intros u Hu Hut. exact (H u t Hu Ht Hut i Hi).
  - intros t Ht.
    assert (Hpos : 0 < t).
    { destruct Ht as [d Ht]. pose proof (cond_pos d).
      assert (Hb : from 0 (t - d / 2)).
      { apply Ht. change (Rabs (t - d / 2 - t) < d). rewrite Rabs_left; lra. }
      unfold from in Hb. lra. }
    apply (slope_is_derive (fun u => x u i)). intros e He.
    destruct (Hx (e / 2) ltac:(lra)) as [d1 [Hd1 H1]]. destruct (HF (e / 2) ltac:(lra)) as [c [Hc HFc]].
    destruct (Hclose c Hc) as [d2 [Hd2 H2]].
    exists (Rmin t (Rmin d1 d2)). split; [apply Rmin_pos; [exact Hpos|now apply Rmin_pos]|].
    intros u Hu. pose proof (Rmin_l t (Rmin d1 d2)). pose proof (Rmin_r t (Rmin d1 d2)).
    pose proof (Rmin_l d1 d2). pose proof (Rmin_r d1 d2). pose proof (Rabs_def2 _ _ Hu).
    destruct (Rle_lt_dec t u) as [Hle|Hlt].
    + pose proof (H1 t u i ltac:(lra) ltac:(lra) Hi) as Hs. rewrite (Rabs_right (u - t)) by lra.
      apply Rle_trans with (1 := Hs). apply Rmult_le_compat_l; lra.
    + pose proof (H1 u t i ltac:(lra) ltac:(lra) Hi) as Hs. rewrite (Rabs_left (u - t)) by lra.
      assert (Hf : Rabs (F (x u) i - F (x t) i) < e / 2) by (apply HFc; [apply H2; lra|exact Hi]).
      replace (x u i - x t i - (u - t) * F (x t) i)
        with (- (x t i - x u i - (t - u) * F (x u) i) + - ((t - u) * (F (x u) i - F (x t) i))) by ring.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_Ropp, (Rabs_mult (t - u)), (Rabs_right (t - u)) by lra.
      assert ((t - u) * Rabs (F (x u) i - F (x t) i) <= (t - u) * (e / 2)) by (apply Rmult_le_compat_l; lra).
      replace (- (u - t) * e) with ((t - u) * (e / 2) + (t - u) * (e / 2)) by field. lra.
Qed.

Lemma uniformly_continuous_field n F : uniformly_continuous n F -> continuous_field n F.
Proof. intros HF z e He. destruct (HF e He) as [d [Hd H]]. exists d. split; [exact Hd|]. intros u. apply H. Qed.

Lemma reversed_bounded n F M : field_bounded n F M -> field_bounded n (reversed F) M.
Proof. intros HM u i Hi. unfold reversed. rewrite Rabs_Ropp. now apply HM. Qed.

Lemma reversed_uniform n F : uniformly_continuous n F -> uniformly_continuous n (reversed F).
Proof.
  intros HF e He. destruct (HF e He) as [d [Hd H]]. exists d. split; [exact Hd|].
  intros u v Huv i Hi. unfold reversed. replace (- F u i - - F v i) with (- (F u i - F v i)) by ring.
  rewrite Rabs_Ropp. exact (H u v Huv i Hi).
Qed.

Lemma global_solution n F M x0 :
  field_bounded n F M -> uniformly_continuous n F ->
  exists x, equal n (x 0) x0 /\ solution (fun _ => True) n F x.
Proof.
  intros HM HF.
  destruct (bounded_peano n F M x0 HM HF) as [y [Hy0 Hy]].
  destruct (bounded_peano n (reversed F) M x0 (reversed_bounded n F M HM) (reversed_uniform n F HF)) as [z [Hz0 Hz]].
  apply (slope_solution n F M) in Hy; auto.
  apply (slope_solution n _ M) in Hz; auto using reversed_bounded, reversed_uniform.
  exists (joined 0 (fun t => z (- t)) y). split.
  - rewrite joined_left by lra. rewrite Ropp_0. exact Hz0.
  - apply (joined_solution (fun _ => True) 0).
    + intros a b t _ _ _. exact I.
    + now apply uniformly_continuous_field.
    + exact I.
    + apply reversed_twice. apply solution_subset with (fun t => from 0 (- t)).
      * intros t [_ Ht]. unfold from. lra.
      * now apply reversed_solution.
    + apply solution_subset with (from 0); [intros t [_ Ht]; exact Ht|exact Hy].
    + rewrite Ropp_0. intros i Hi. now rewrite (Hz0 i Hi), (Hy0 i Hi).
Qed.

(** ** Continuous fields are bounded and uniformly continuous on cubes *)

Definition in_cube (n : nat) (r : R) (u : vector) : Prop := forall j, (j < n)%nat -> Rabs (u j) <= r.

Lemma cube_bounded n F r : continuous_field n F ->
  exists M, forall u i, in_cube n r u -> (i < n)%nat -> Rabs (F u i) <= M.
Proof.
  intros HF. apply Classical_Prop.NNPP. intros Hno.
  set (L := fun P : vector -> Prop => exists M, forall u, in_cube n r u ->
    (exists i, (i < n)%nat /\ M < Rabs (F u i)) -> P u).
  assert (HL : ProperFilter L).
  { split.
    - intros P [M HP]. apply Classical_Prop.NNPP. intros Hempty. apply Hno. exists M. intros u i Hu Hi.
      apply Rnot_lt_le. intros Hlt. apply Hempty. exists u. apply HP; [exact Hu|]. now exists i.
    - split.
      + exists 0. auto.
      + intros P Q [M HP] [K HQ]. exists (Rmax M K). intros u Hu [i [Hi Hlt]].
        pose proof (Rmax_l M K). pose proof (Rmax_r M K).
        split; [apply HP|apply HQ]; auto; exists i; split; auto; lra.
      + intros P Q HPQ [M HP]. exists M. auto. }
  destruct (compact_space L n (fun u => u)) as [G [z [HG [HGL Hz]]]].
  { intros i Hi. exists r, 0. intros u Hu _. now apply Hu. }
  destruct (HF z 1 Rlt_0_1) as [d [Hd HFz]].
  set (M := Sum n (fun i => Rabs (F z i)) + 1).
  assert (H1 : G (fun u => near n u z d)) by (apply (filterlim_near G n (fun u => u) z d Hd Hz)).
  assert (H2 : G (fun u => exists i, (i < n)%nat /\ M < Rabs (F u i))).
  { apply HGL. exists M. auto. }
  apply (filter_not_empty (F := G)). generalize (filter_and _ _ H1 H2). apply filter_imp.
  intros u [Hu [i [Hi Hlt]]]. pose proof (HFz u Hu i Hi) as H.
  pose proof (Rabs_triang (F u i - F z i) (F z i)) as Ht.
  replace (F u i - F z i + F z i) with (F u i) in Ht by ring.
  assert (Rabs (F z i) <= Sum n (fun i => Rabs (F z i))).
  { apply (Sum_term n (fun i => Rabs (F z i)) i Hi). intros; apply Rabs_pos. }
  unfold M in Hlt. lra.
Qed.

Lemma cube_uniform n F r e : continuous_field n F -> 0 < e ->
  exists d, 0 < d /\ forall u v, in_cube n r u -> in_cube n r v -> near n u v d -> near n (F u) (F v) e.
Proof.
  intros HF He. apply Classical_Prop.NNPP. intros Hno.
  set (L := fun P : vector * vector -> Prop => exists d, 0 < d /\ forall u v, in_cube n r u -> in_cube n r v ->
    near n u v d -> ~ near n (F u) (F v) e -> P (u, v)).
  assert (HL : ProperFilter L).
  { split.
    - intros P [d [Hd HP]]. apply Classical_Prop.NNPP. intros Hempty. apply Hno. exists d. split; [exact Hd|].
      intros u v Hu Hv Huv. apply Classical_Prop.NNPP. intros Hfar. apply Hempty. exists (u, v). now apply HP.
    - split.
      + exists 1. split; [lra|auto].
      + intros P Q [d [Hd HP]] [c [Hc HQ]]. exists (Rmin d c). split; [now apply Rmin_pos|].
        intros u v Hu Hv Huv Hfar. pose proof (Rmin_l d c). pose proof (Rmin_r d c).
        split; [apply HP|apply HQ]; auto; intros j Hj; specialize (Huv j Hj); lra.
      + intros P Q HPQ [d [Hd HP]]. exists d. auto. }
  destruct (compact_space L n fst) as [G [z [HG [HGL Hz]]]].
  { intros i Hi. exists r, 1. split; [lra|]. intros u v Hu _ _ _. now apply Hu. }
  destruct (HF z (e / 2) ltac:(lra)) as [d [Hd HFz]].
  assert (H1 : G (fun p => near n (fst p) z (d / 2))) by (apply (filterlim_near G n fst z (d / 2)); auto; lra).
  assert (H2 : G (fun p => near n (fst p) (snd p) (d / 2) /\ ~ near n (F (fst p)) (F (snd p)) e)).
  { apply HGL. exists (d / 2). split; [lra|auto]. }
  apply (filter_not_empty (F := G)). generalize (filter_and _ _ H1 H2). apply filter_imp.
  intros [u v]. simpl. intros [Hu [Huv Hfar]]. apply Hfar. intros i Hi.
  assert (Hu' : near n u z d) by (intros j Hj; specialize (Hu j Hj); lra).
  assert (Hv' : near n v z d).
  { intros j Hj. pose proof (Hu j Hj) as A. pose proof (Huv j Hj) as B. apply Rabs_def2 in A. apply Rabs_def2 in B.
    apply Rabs_def1; lra. }
  pose proof (HFz u Hu' i Hi) as A. pose proof (HFz v Hv' i Hi) as B. apply Rabs_def2 in A. apply Rabs_def2 in B.
  apply Rabs_def1; lra.
Qed.

(** F, with every coordinate cut off at -r and r. *)
Definition cut (r : R) (F : field) : field := fun u => F (fun j => clamp (- r) r (u j)).

Lemma cut_id n r F u : continuous_field n F -> in_cube n r u -> equal n (cut r F u) (F u).
Proof.
  intros HF Hu. apply (field_ext n F); [exact HF|]. intros j Hj. apply clamp_id.
  pose proof (proj1 (Rabs_le_between _ _) (Hu j Hj)). lra.
Qed.

Lemma cut_in_cube n r u : 0 <= r -> in_cube n r (fun j => clamp (- r) r (u j)).
Proof. intros Hr j Hj. apply Rabs_le. apply clamp_in. lra. Qed.

Lemma cut_bounded n r F : 0 <= r -> continuous_field n F -> exists M, field_bounded n (cut r F) M.
Proof.
  intros Hr HF. destruct (cube_bounded n F r HF) as [M HM]. exists M. intros u i Hi.
  apply HM; [now apply cut_in_cube|exact Hi].
Qed.

Lemma cut_uniform n r F : 0 <= r -> continuous_field n F -> uniformly_continuous n (cut r F).
Proof.
  intros Hr HF e He. destruct (cube_uniform n F r e HF He) as [d [Hd H]]. exists d. split; [exact Hd|].
  intros u v Huv. apply H; try now apply cut_in_cube. intros j Hj.
  eapply Rle_lt_trans; [apply clamp_lipschitz|]. now apply Huv.
Qed.

(** ** Peano's theorem *)

Lemma field_solution_ext (I : R -> Prop) n F F' x :
  (forall t, I t -> equal n (F (x t)) (F' (x t))) -> solution I n F x -> solution I n F' x.
Proof.
  intros HF Hx i Hi. destruct (Hx i Hi) as [Hc Hd]. split; [exact Hc|]. intros t Ht.
  rewrite <- (HF t (locally_singleton _ _ Ht) i Hi). now apply Hd.
Qed.

Theorem peano n F x0 : continuous_field n F ->
  exists x d, 0 < d /\ equal n (x 0) x0 /\ solution (fun t => - d < t < d) n F x.
Proof.
  intros HF. set (r := Sum n (fun j => Rabs (x0 j)) + 1).
  assert (Hr : forall j, (j < n)%nat -> Rabs (x0 j) + 1 <= r).
  { intros j Hj. unfold r. apply Rplus_le_compat_r.
    apply (Sum_term n (fun j => Rabs (x0 j)) j Hj). intros; apply Rabs_pos. }
  assert (Hr0 : 0 <= r).
  { unfold r. assert (0 <= Sum n (fun j => Rabs (x0 j))) by (apply Sum_nonneg; intros; apply Rabs_pos). lra. }
  destruct (cut_bounded n r F Hr0 HF) as [M HM]. assert (HU := cut_uniform n r F Hr0 HF).
  destruct (global_solution n (cut r F) M x0 HM HU) as [x [Hx0 Hx]].
  destruct (solution_near (fun _ => True) n _ x 0 1 Hx I Rlt_0_1) as [d [Hd Hnear]].
  exists x, d. split; [exact Hd|split; [exact Hx0|]].
  apply field_solution_ext with (cut r F).
  - intros t Ht. apply cut_id; [exact HF|]. intros j Hj.
    assert (Htd : Rabs (t - 0) < d) by (apply Rabs_def1; lra).
    pose proof (Hnear t I Htd j Hj) as A. rewrite (Hx0 j Hj) in A.
    pose proof (Rabs_triang (x t j - x0 j) (x0 j)) as B.
    replace (x t j - x0 j + x0 j) with (x t j) in B by ring. pose proof (Hr j Hj). lra.
  - apply solution_subset with (fun _ => True); [auto|exact Hx].
Qed.

Corollary continuous_is_solvable n F : continuous_field n F -> solvable n F.
Proof.
  intros HF x0. destruct (peano n F x0 HF) as [x [d [Hd [Hx0 Hx]]]].
  exists (fun t => - d < t < d), x. split; [|split; [|split; [exact Hx|exact Hx0]]].
  - intros a b t Ha Hb Ht. lra.
  - exists (mkposreal d Hd). intros t Ht. change (Rabs (t - 0) < d) in Ht. apply Rabs_def2 in Ht. lra.
Qed.

(** ** The fields of networks are continuous *)

Lemma smallest n (P : nat -> R -> Prop) :
  (forall j d d', P j d -> d' <= d -> P j d') ->
  (forall j, (j < n)%nat -> exists d, 0 < d /\ P j d) -> exists d, 0 < d /\ forall j, (j < n)%nat -> P j d.
Proof.
  intros Hmono. induction n as [|n IH]; intros H.
  - exists 1. split; [lra|]. intros j Hj. lia.
  - destruct IH as [d [Hd HP]]; [intros; apply H; lia|]. destruct (H n ltac:(lia)) as [c [Hc HPn]].
    exists (Rmin d c). split; [now apply Rmin_pos|]. intros j Hj.
    destruct (Nat.eq_dec j n) as [->|Hne]; [apply (Hmono n c)|apply (Hmono j d)]; auto; try apply HP; try lia.
    + apply Rmin_r.
    + apply Rmin_l.
Qed.

Lemma apply_continuous n (sigma : R -> R) : (forall s, continuous sigma s) -> continuous_field n (apply sigma).
Proof.
  intros Hs z e He.
  destruct (smallest n (fun j d => forall s, Rabs (s - z j) < d -> Rabs (sigma s - sigma (z j)) < e)) as [d [Hd H]].
  - intros j d d' H Hle s Hsd. apply H. lra.
  - intros j Hj. destruct (Hs (z j) _ (locally_ball (sigma (z j)) (mkposreal e He))) as [d Hd].
    exists d. split; [apply cond_pos|]. intros s Hsd. exact (Hd s Hsd).
  - exists d. split; [exact Hd|]. intros u Hu i Hi. apply H; auto.
Qed.

Lemma mul_continuous n W : continuous_field n (mul n W).
Proof.
  intros z e He. set (C := Sum n (fun i => Sum n (fun j => Rabs (W i j))) + 1).
  assert (Hrow : forall i, (i < n)%nat -> Sum n (fun j => Rabs (W i j)) + 1 <= C).
  { intros i Hi. unfold C. apply Rplus_le_compat_r.
    apply (Sum_term n (fun i => Sum n (fun j => Rabs (W i j))) i Hi).
    intros k _. apply Sum_nonneg. intros; apply Rabs_pos. }
  assert (HC : 0 < C).
  { unfold C. assert (0 <= Sum n (fun i => Sum n (fun j => Rabs (W i j)))); [|lra].
    apply Sum_nonneg. intros k _. apply Sum_nonneg. intros; apply Rabs_pos. }
  exists (e / C). split; [now apply Rdiv_lt_0_compat|]. intros u Hu i Hi.
  rewrite <- (mul_minus n W u z i).
  eapply Rle_lt_trans; [apply (mul_bounded_entries n W _ (e / C))|].
  - intros j Hj. left. now apply Hu.
  - assert (He' : 0 < e / C) by now apply Rdiv_lt_0_compat.
    apply Rlt_le_trans with ((Sum n (fun j => Rabs (W i j)) + 1) * (e / C)); [lra|].
    replace e with (C * (e / C)) at 2 by (field; lra). apply Rmult_le_compat_r; [lra|auto].
Qed.

Lemma compose_continuous n F G :
  continuous_field n F -> continuous_field n G -> continuous_field n (fun u => F (G u)).
Proof.
  intros HF HG z e He. destruct (HF (G z) e He) as [c [Hc HFz]]. destruct (HG z c Hc) as [d [Hd HGz]].
  exists d. split; [exact Hd|]. intros u Hu. apply HFz. now apply HGz.
Qed.

Lemma translate_continuous n F (b : vector) : continuous_field n F -> continuous_field n (fun u i => F u i + b i).
Proof.
  intros HF z e He. destruct (HF z e He) as [d [Hd H]]. exists d. split; [exact Hd|]. intros u Hu i Hi.
  replace (F u i + b i - (F z i + b i)) with (F u i - F z i) by ring. exact (H u Hu i Hi).
Qed.

Lemma outer_continuous n W (sigma : R -> R) b :
  (forall s, continuous sigma s) -> continuous_field n (outer n W sigma b).
Proof.
  intros Hs. apply (translate_continuous n (fun u => mul n W (apply sigma u)) b).
  apply (compose_continuous n (mul n W) (apply sigma)); [apply mul_continuous|now apply apply_continuous].
Qed.

Lemma inner_continuous n W (sigma : R -> R) b :
  (forall s, continuous sigma s) -> continuous_field n (inner n W sigma b).
Proof.
  intros Hs. apply (compose_continuous n (apply sigma) (affine n W b)); [now apply apply_continuous|].
  apply (translate_continuous n (mul n W) b). apply mul_continuous.
Qed.

Lemma leaky_continuous n gamma F : continuous_field n F -> continuous_field n (leaky gamma F).
Proof.
  intros HF z e He. destruct (HF z (e / 2) ltac:(lra)) as [d [Hd H]].
  set (c := e / 2 / (Rabs gamma + 1)). pose proof (Rabs_pos gamma) as Hg.
  assert (Hc : 0 < c) by (apply Rdiv_lt_0_compat; lra).
  exists (Rmin d c). split; [now apply Rmin_pos|]. intros u Hu i Hi.
  pose proof (Rmin_l d c). pose proof (Rmin_r d c).
  assert (H2 : Rabs (F u i - F z i) < e / 2) by (apply H; [intros j Hj; specialize (Hu j Hj); lra|exact Hi]).
  unfold leaky. replace (- gamma * u i + F u i - (- gamma * z i + F z i))
    with (- gamma * (u i - z i) + (F u i - F z i)) by ring.
  eapply Rle_lt_trans; [apply Rabs_triang|]. rewrite Rabs_mult, Rabs_Ropp.
  pose proof (Hu i Hi).
  assert (Rabs gamma * Rabs (u i - z i) <= (Rabs gamma + 1) * c).
  { apply Rmult_le_compat; try apply Rabs_pos; lra. }
  assert ((Rabs gamma + 1) * c = e / 2) by (unfold c; field; lra). lra.
Qed.

(** ** Orbits: solutions that cannot be continued *)

Definition between (a b : Rbar) : R -> Prop := fun t => Rbar_lt a t /\ Rbar_lt t b.

(** x: (a, b) -> R^n solves x' = F(x), and no solution on a larger interval continues it. *)
Definition orbit (n : nat) (F : field) (a b : Rbar) (x : R -> vector) : Prop :=
  solution (between a b) n F x /\
  forall a' b' x', solution (between a' b') n F x' ->
    (forall t, between a b t -> between a' b' t /\ equal n (x' t) (x t)) ->
    forall t, between a' b' t -> between a b t.

Lemma between_interval a b : interval (between a b).
Proof.
  intros s u t [Hs _] [_ Hu] Ht. split.
  - apply Rbar_lt_le_trans with (1 := Hs). simpl. lra.
  - apply Rbar_le_lt_trans with (2 := Hu). simpl. lra.
Qed.

Lemma shifted_solution I n F x T :
  solution I n F x -> solution (fun t => I (t - T)) n F (fun t => x (t - T)).
Proof.
  intros Hx i Hi. destruct (Hx i Hi) as [Hc Hd]. split.
  - apply continuous_on_eps. intros t It e He.
    destruct (proj1 (continuous_on_eps _ _) Hc (t - T) It e He) as [d [Hd0 H]]. exists d. split; [exact Hd0|].
    intros u Iu Hu. apply H; [exact Iu|]. now replace (u - T - (t - T)) with (u - t) by ring.
  - intros t [d Ht]. replace (F (x (t - T)) i) with (1 * F (x (t - T)) i) by ring.
    apply (is_derive_comp (fun u => x u i) (fun u => u - T) t (F (x (t - T)) i) 1).
    + apply Hd. exists d. intros u Hu. specialize (Ht (u + T)).
      assert (E : forall r : R, r + T - T = r) by (intros; ring). rewrite E in Ht. apply Ht.
      change (Rabs (u + T - t) < d). change (Rabs (u - (t - T)) < d) in Hu.
      now replace (u + T - t) with (u - (t - T)) by ring.
    + auto_derive; auto.
Qed.

(** A bounded solution on [t0, T) has a limit at T, and goes on from there. *)
Lemma continued (I : R -> Prop) n F x t0 T B :
  interval I -> continuous_field n F -> solution I n F x -> I t0 -> t0 < T ->
  (forall t, t0 <= t < T -> I t) -> (forall t, I t -> t < T) ->
  (forall t i, t0 <= t < T -> (i < n)%nat -> Rabs (x t i) <= B) ->
  exists T' x', T < T' /\ solution (fun t => I t \/ T <= t < T') n F x' /\
    forall t, I t -> equal n (x' t) (x t).
Proof.
  intros HI HF Hx I0 H0T Hin Hbelow HB.
  destruct (cube_bounded n F B HF) as [M HM].
  assert (Hcube : forall t, t0 <= t < T -> in_cube n B (x t)) by (intros t Ht j Hj; auto).
  assert (Hlip : forall s t i, t0 <= s <= t -> t < T -> (i < n)%nat ->
    Rabs (x t i - x s i) <= Rabs M * (T - s)).
  { intros s t i Hst HtT Hi. destruct (Req_dec s t) as [<-|Hne].
    - rewrite Rminus_eq_0, Rabs_R0. apply Rmult_le_pos; [apply Rabs_pos|lra].
    - destruct (mean_value I (fun u => x u i) (fun u => F (x u) i) s t HI) as [m [Hm E]];
        try (apply (Hx i Hi)); try (apply Hin; lra); try lra.
      rewrite E, Rabs_mult, (Rabs_right (t - s)) by lra. apply Rmult_le_compat; try apply Rabs_pos; try lra.
      apply Rle_trans with M; [|apply Rle_abs]. apply HM; [apply Hcube; lra|exact Hi]. }
  destruct (compact_space (at_left T) n x) as [G [z [HG [HGL Hz]]]].
  { intros i Hi. exists B. exists (mkposreal (T - t0) ltac:(lra)). intros t Ht HtT. apply HB; [|exact Hi].
    change (Rabs (t - T) < T - t0) in Ht. apply Rabs_def2 in Ht. lra. }
  assert (Hlim : forall s i, t0 <= s < T -> (i < n)%nat -> Rabs (z i - x s i) <= Rabs M * (T - s)).
  { intros s i Hs Hi. apply (limit_le G (fun t => Rabs (x t i - x s i))).
    - apply filterlim_comp with (locally (z i - x s i)); [|apply continuous_Rabs].
      apply (filterlim_add G (fun t => x t i) (fun _ => - x s i)); [now apply Hz|apply filterlim_const].
    - apply HGL. exists (mkposreal (T - s) ltac:(lra)). intros t Ht HtT.
      change (Rabs (t - T) < T - s) in Ht. apply Rabs_def2 in Ht. apply Hlip; auto; lra. }
  set (x1 := fun t => if Rlt_dec t T then x t else z).
  assert (E1 : forall t, t < T -> x1 t = x t)
    by (intros t Ht; unfold x1; destruct (Rlt_dec t T); [reflexivity|contradiction]).
  assert (ET : x1 T = z) by (unfold x1; destruct (Rlt_dec T T); [lra|reflexivity]).
  assert (Hx1 : solution (fun t => I t \/ t = T) n F x1).
  { intros i Hi. destruct (Hx i Hi) as [Hc Hd]. pose proof (proj1 (continuous_on_eps _ _) Hc) as Hce. split.
    - apply continuous_on_eps. intros t [It| ->] e He.
      + pose proof (Hbelow t It) as HtT. destruct (Hce t It e He) as [d [Hd0 H]].
        exists (Rmin d (T - t)). split; [apply Rmin_pos; lra|]. intros u Iu Hu.
        pose proof (Rmin_l d (T - t)). pose proof (Rmin_r d (T - t)). pose proof (Rabs_def2 _ _ Hu).
        destruct Iu as [Iu| ->]; [|lra]. rewrite !E1 by lra. apply H; [exact Iu|lra].
      + pose proof (Rabs_pos M).
        exists (Rmin (T - t0) (e / (Rabs M + 1))). split; [apply Rmin_pos; [lra|apply Rdiv_lt_0_compat; lra]|].
        intros u Iu Hu. pose proof (Rmin_l (T - t0) (e / (Rabs M + 1))). pose proof (Rmin_r (T - t0) (e / (Rabs M + 1))).
        pose proof (Rabs_def2 _ _ Hu). rewrite ET. destruct Iu as [Iu| ->].
        * pose proof (Hbelow u Iu). rewrite E1, Rabs_minus_sym by lra.
          apply Rle_lt_trans with (Rabs M * (T - u)); [apply Hlim; auto; lra|].
          apply Rle_lt_trans with ((Rabs M + 1) * (T - u)); [apply Rmult_le_compat_r; lra|].
          replace e with ((Rabs M + 1) * (e / (Rabs M + 1))) by (field; lra). apply Rmult_lt_compat_l; lra.
        * rewrite ET, Rminus_eq_0, Rabs_R0. exact He.
    - intros t Ht.
      assert (HtT : t < T).
      { destruct Ht as [d Ht]. pose proof (cond_pos d). destruct (Rlt_le_dec t T) as [H1|H1]; [exact H1|].
        assert (Hb : I (t + d / 2) \/ t + d / 2 = T).
        { apply Ht. change (Rabs (t + d / 2 - t) < d). rewrite Rabs_right; lra. }
        destruct Hb as [Hb|Hb]; [pose proof (Hbelow _ Hb)|]; lra. }
      rewrite E1 by exact HtT.
      assert (Hlt : locally t (fun u => u < T)) by now apply open_lt.
      apply is_derive_ext_loc with (fun u => x u i).
      + revert Hlt. apply filter_imp. intros u Hu. now rewrite E1.
      + apply Hd. generalize (filter_and _ _ Ht Hlt). apply filter_imp. intros u [[Hu| ->] Hu']; [exact Hu|lra]. }
  destruct (peano n F z HF) as [y [d [Hd [Hy0 Hy]]]].
  exists (T + d), (joined T x1 (fun t => y (t - T))). split; [lra|split].
  - apply joined_solution.
    + intros a b t Ha Hb Ht. destruct (Rlt_le_dec t T) as [HtT|HtT].
      * left. destruct Ha as [Ia|Ha]; [|lra]. destruct (Rle_lt_dec t0 t) as [H1|H1]; [apply Hin; lra|].
        apply (HI a t0); auto; lra.
      * right. split; [exact HtT|]. destruct Hb as [Ib|Hb]; [pose proof (Hbelow b Ib)|]; lra.
    + exact HF.
    + right. lra.
    + apply solution_subset with (fun t => I t \/ t = T); [|exact Hx1].
      intros t [[It|Ht] HtT]; [now left|right; lra].
    + apply solution_subset with (fun t => - d < t - T < d); [|now apply shifted_solution with (I := fun t => - d < t < d)].
      intros t [[It|Ht] HtT]; [pose proof (Hbelow t It)|]; lra.
    + rewrite ET, Rminus_eq_0. intros i Hi. symmetry. now apply Hy0.
  - intros t It i Hi. pose proof (Hbelow t It). rewrite joined_left, E1 by lra. reflexivity.
Qed.

(** An orbit that is bounded from some time on lives for ever. *)
Theorem bounded_orbit_has_no_end n F a b x t0 B :
  continuous_field n F -> orbit n F a b x -> between a b t0 ->
  (forall t i, between a b t -> t0 <= t -> (i < n)%nat -> Rabs (x t i) <= B) -> b = p_infty.
Proof.
  intros HF [Hx Hmax] H0 HB. destruct b as [T| |]; [|reflexivity|destruct H0 as [_ []]].
  assert (HtT : t0 < T) by apply H0.
  destruct (continued (between a T) n F x t0 T B) as [T' [x' [HT [Hx' Heq]]]]; auto.
  - apply between_interval.
  - intros t Ht. split; [|simpl; lra]. apply Rbar_lt_le_trans with t0; [apply H0|simpl; lra].
  - intros t [_ Ht]. exact Ht.
  - intros t i Ht Hi. apply HB; [|lra|exact Hi]. split; [|simpl; lra].
    apply Rbar_lt_le_trans with t0; [apply H0|simpl; lra].
  - exfalso. assert (Hb : between a T T).
    { apply (Hmax a (Finite T') x').
      - apply solution_subset with (2 := Hx'). intros t [Ha Ht]. simpl in Ht.
        destruct (Rlt_le_dec t T); [left; split; [exact Ha|simpl; lra]|right; lra].
      - intros t Ht. split; [|now apply Heq]. destruct Ht as [Ha Ht]. split; [exact Ha|]. simpl in *. lra.
      - split; [|simpl; lra]. apply Rbar_lt_trans with t0; [apply H0|exact HtT]. }
    destruct Hb as [_ Hb]. simpl in Hb. lra.
Qed.

Lemma reversed_between a b t : between a b (- t) <-> between (Rbar_opp b) (Rbar_opp a) t.
Proof. destruct a, b; unfold between; simpl; split; intros; lra || tauto || (split; tauto || lra). Qed.

Lemma reversed_orbit n F a b x :
  continuous_field n F -> orbit n F a b x ->
  orbit n (reversed F) (Rbar_opp b) (Rbar_opp a) (fun t => x (- t)).
Proof.
  intros HF [Hx Hmax]. split.
  - apply solution_subset with (fun t => between a b (- t)); [intros t; apply reversed_between|].
    now apply reversed_solution.
  - intros a' b' x' Hx' Hcont t Ht. apply reversed_between.
    apply (Hmax (Rbar_opp b') (Rbar_opp a') (fun t => x' (- t))).
    + apply reversed_twice. apply solution_subset with (fun t => between a' b' (- t)).
      * intros u. apply reversed_between.
      * now apply reversed_solution.
    + intros u Hu. rewrite <- (Ropp_involutive u) in Hu. apply reversed_between in Hu.
      destruct (Hcont (- u) Hu) as [H1 H2]. rewrite Ropp_involutive in H2. split; [|exact H2].
      now apply reversed_between.
    + apply (proj1 (reversed_between a' b' (- t))). now rewrite Ropp_involutive.
Qed.

(** An orbit that is bounded up to some time has lived for ever. *)
Theorem bounded_orbit_has_no_beginning n F a b x t0 B :
  continuous_field n F -> orbit n F a b x -> between a b t0 ->
  (forall t i, between a b t -> t <= t0 -> (i < n)%nat -> Rabs (x t i) <= B) -> a = m_infty.
Proof.
  intros HF Ho H0 HB.
  assert (E : Rbar_opp a = p_infty).
  { apply (bounded_orbit_has_no_end n (reversed F) (Rbar_opp b) (Rbar_opp a) (fun t => x (- t)) (- t0) B).
    - now apply reversed_continuous.
    - now apply reversed_orbit.
    - apply (proj1 (reversed_between a b (- t0))). now rewrite Ropp_involutive.
    - intros t i Ht Hle Hi. apply HB; [now apply reversed_between|lra|exact Hi]. }
  destruct a; simpl in E; congruence.
Qed.
