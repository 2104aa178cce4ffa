(** Bounded families in R^n have a finer filter along which every coordinate converges. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors.
Open Scope R_scope.

Definition finer {T} (G F : (T -> Prop) -> Prop) : Prop := forall P, F P -> G P.

(** F, refined by "f is near l". *)
Definition refine {T} (F : (T -> Prop) -> Prop) (f : T -> R) (l : R) : (T -> Prop) -> Prop :=
  fun P => exists A (e : posreal), F A /\ forall t, A t -> Rabs (f t - l) < e -> P t.

Lemma refine_finer {T} (F : (T -> Prop) -> Prop) (f : T -> R) l : finer (refine F f l) F.
Proof. intros P HP. exists P, (mkposreal 1 Rlt_0_1). auto. Qed.

Lemma refine_limit {T} (F : (T -> Prop) -> Prop) {FF : Filter F} (f : T -> R) l :
  filterlim f (refine F f l) (locally l).
Proof.
  intros P [e He]. exists (fun _ => True), e. split; [apply filter_true|].
  intros t _ Ht. now apply He.
Qed.

Lemma refine_proper {T} (F : (T -> Prop) -> Prop) {FF : Filter F} (f : T -> R) l :
  (forall A (e : posreal), F A -> exists t, A t /\ Rabs (f t - l) < e) ->
  ProperFilter (refine F f l).
Proof.
  intros H. split.
  - intros P [A [e [HA HP]]]. destruct (H A e HA) as [t [Ht Hl]]. exists t. auto.
  - split.
    + now apply refine_finer, filter_true.
    + intros P Q [A [e [HA HP]]] [B [d [HB HQ]]].
      exists (fun t => A t /\ B t), (mkposreal _ (Rmin_stable_in_posreal e d)).
      split; [now apply filter_and|]. simpl. intros t [Ht Ht'] Hl.
      pose proof (Rmin_l e d). pose proof (Rmin_r e d). split; [apply HP|apply HQ]; auto; lra.
    + intros P Q HPQ [A [e [HA HP]]]. exists A, e. auto.
Qed.

(** The limit superior of f along F. *)
Definition limsup {T} (F : (T -> Prop) -> Prop) (f : T -> R) : R :=
  real (Lub_Rbar (fun r => ~ F (fun t => f t < r))).

Lemma limsup_is_lub {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} (f : T -> R) B :
  F (fun t => Rabs (f t) <= B) -> is_lub (fun r => ~ F (fun t => f t < r)) (limsup F f).
Proof.
  intros HB. unfold limsup. set (E := fun r => ~ F (fun t => f t < r)).
  assert (Hup : forall r, E r -> r <= B + 1).
  { intros r Hr. apply Rnot_lt_le. intros Hlt. apply Hr.
    revert HB. apply filter_imp. intros t Ht. apply Rabs_le_between in Ht. lra. }
  assert (Hlow : E (- B)).
  { intros H. apply (filter_not_empty (F := F)).
    generalize (filter_and _ _ H HB). apply filter_imp. intros t [H1 H2].
    apply Rabs_le_between in H2. lra. }
  destruct (Lub_Rbar_correct E) as [Hub Hl]. destruct (Lub_Rbar E) as [l| |]; simpl.
  - split; [exact Hub|]. intros b Hb. exact (Hl (Finite b) Hb).
  - exfalso. exact (Hl (Finite (B + 1)) Hup).
  - exfalso. exact (Hub _ Hlow).
Qed.

Lemma limsup_proper {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} (f : T -> R) B :
  F (fun t => Rabs (f t) <= B) -> ProperFilter (refine F f (limsup F f)).
Proof.
  intros HB. destruct (limsup_is_lub F f B HB) as [Hub Hlub]. set (l := limsup F f) in *.
  apply refine_proper; [apply FF|]. intros A e HA.
  apply Classical_Prop.NNPP. intros Hno.
  assert (Hup : F (fun t => f t < l + e)).
  { apply Classical_Prop.NNPP. intros H. pose proof (Hub (l + e) H). destruct e; simpl in *; lra. }
  assert (Hlow : forall r, ~ F (fun t => f t < r) -> r <= l - e).
  { intros r Hr. apply Rnot_lt_le. intros Hlt. apply Hr.
    generalize (filter_and _ _ HA Hup). apply filter_imp. intros t [Ht1 Ht2].
    apply Rnot_le_lt. intros Hge. apply Hno. exists t. split; auto. apply Rabs_def1; lra. }
  pose proof (Hlub (l - e) Hlow). destruct e; simpl in *; lra.
Qed.

(** A limit is the limit superior. *)
Lemma limsup_unique {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} (f : T -> R) l :
  filterlim f F (locally l) -> limsup F f = l.
Proof.
  intros Hl.
  assert (Hnear : forall e, 0 < e -> F (fun t => Rabs (f t - l) < e)).
  { intros e He. exact (Hl _ (locally_ball l (mkposreal e He))). }
  destruct (limsup_is_lub F f (Rabs l + 1)) as [Hub Hlub].
  { generalize (Hnear 1 ltac:(lra)). apply filter_imp. intros t Ht.
    pose proof (Rabs_triang (f t - l) l) as H. replace (f t - l + l) with (f t) in H by ring. lra. }
  apply Rle_antisym.
  - apply Hlub. intros r Hr. apply Rnot_lt_le. intros Hlt. apply Hr.
    generalize (Hnear (r - l) ltac:(lra)). apply filter_imp. intros t Ht. apply Rabs_def2 in Ht. lra.
  - apply Rnot_lt_le. intros Hlt. set (r := (limsup F f + l) / 2).
    assert (Hr : r <= limsup F f); [|unfold r in Hr; lra]. apply Hub. intros H.
    apply (filter_not_empty (F := F)).
    generalize (filter_and _ _ H (Hnear (l - r) ltac:(unfold r; lra))). apply filter_imp.
    intros t [H1 H2]. apply Rabs_def2 in H2. lra.
Qed.

Lemma compact_line {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} (f : T -> R) B :
  F (fun t => Rabs (f t) <= B) ->
  exists (G : (T -> Prop) -> Prop) (l : R), ProperFilter G /\ finer G F /\ filterlim f G (locally l).
Proof.
  intros HB. exists (refine F f (limsup F f)), (limsup F f).
  split; [now apply (limsup_proper F f B)|split; [apply refine_finer|]].
  apply refine_limit. apply FF.
Qed.

Lemma compact_space {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} n (f : T -> vector) :
  (forall i, (i < n)%nat -> exists B, F (fun t => Rabs (f t i) <= B)) ->
  exists (G : (T -> Prop) -> Prop) (z : vector), ProperFilter G /\ finer G F /\
    forall i, (i < n)%nat -> filterlim (fun t => f t i) G (locally (z i)).
Proof.
  induction n as [|n IH]; intros HB.
  - exists F, (fun _ => 0). split; [exact FF|split; [intros P; auto|intros; lia]].
  - destruct IH as [G [z [HG [HGF Hz]]]]; [intros; apply HB; lia|].
    destruct (HB n ltac:(lia)) as [B Hn].
    destruct (compact_line G (fun t => f t n) B (HGF _ Hn)) as [K [l [HK [HKG Hl]]]].
    exists K, (fun i => if Nat.eqb i n then l else z i).
    split; [exact HK|split; [intros P HP; auto|]].
    intros i Hi. destruct (Nat.eqb_spec i n) as [->|Hne]; [exact Hl|].
    intros P HP. apply HKG. apply Hz; [lia|exact HP].
Qed.

Lemma finer_limit {T} (F G : (T -> Prop) -> Prop) (f : T -> R) l :
  finer G F -> filterlim f F (locally l) -> filterlim f G (locally l).
Proof. intros H Hf P HP. apply H, Hf, HP. Qed.

(** Weak inequalities survive limits. *)
Lemma limit_le {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} (f : T -> R) (l c : R) :
  filterlim f F (locally l) -> F (fun t => f t <= c) -> l <= c.
Proof.
  intros Hf Hc. apply Rnot_lt_le. intros Hlt.
  assert (He : 0 < l - c) by lra.
  apply (filter_not_empty (F := F)).
  assert (H : F (fun t => f t <= c /\ ball l (mkposreal _ He) (f t))).
  { apply filter_and; [exact Hc|apply Hf, locally_ball]. }
  revert H. apply filter_imp. intros t [H1 H2]. apply Rabs_def2 in H2.
  unfold minus, plus, opp in H2; simpl in H2. lra.
Qed.

Lemma limit_ge {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} (f : T -> R) (l c : R) :
  filterlim f F (locally l) -> F (fun t => c <= f t) -> c <= l.
Proof.
  intros Hf Hc. enough (- l <= - c) by lra.
  apply (limit_le F (fun t => - f t)).
  - apply filterlim_comp with (locally l); [exact Hf|].
    apply (@filterlim_opp R_AbsRing R_NormedModule).
  - revert Hc. apply filter_imp. intros t Ht. lra.
Qed.

(** ** Countably many bounded functions at once *)

Fixpoint stage {T} (F : (T -> Prop) -> Prop) (f : nat -> T -> R) (k : nat) : (T -> Prop) -> Prop :=
  match k with
  | O => F
  | S m => refine (stage F f m) (f m) (limsup (stage F f m) (f m))
  end.

Definition diagonal {T} (F : (T -> Prop) -> Prop) (f : nat -> T -> R) : (T -> Prop) -> Prop :=
  fun P => exists k, stage F f k P.

Lemma stage_finer {T} (F : (T -> Prop) -> Prop) (f : nat -> T -> R) j k :
  (j <= k)%nat -> finer (stage F f k) (stage F f j).
Proof.
  induction 1 as [|k _ IH]; intros P HP; [exact HP|]. simpl. apply refine_finer, IH, HP.
Qed.

Lemma stage_proper {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} (f : nat -> T -> R) k :
  (forall k, exists B, F (fun t => Rabs (f k t) <= B)) -> ProperFilter (stage F f k).
Proof.
  intros HB. induction k as [|k IH]; simpl; [exact FF|].
  destruct (HB k) as [B H]. apply (limsup_proper _ (f k) B).
  apply (stage_finer F f 0 k); [lia|exact H].
Qed.

Lemma compact_sequence {T} (F : (T -> Prop) -> Prop) {FF : ProperFilter F} (f : nat -> T -> R) :
  (forall k, exists B, F (fun t => Rabs (f k t) <= B)) ->
  exists G : (T -> Prop) -> Prop, ProperFilter G /\ finer G F /\
    forall k, exists l, filterlim (f k) G (locally l).
Proof.
  intros HB. exists (diagonal F f).
  assert (Hs : forall k, ProperFilter (stage F f k)) by (intros; now apply stage_proper).
  split; [|split].
  - split.
    + intros P [k HP]. exact (filter_ex (F := stage F f k) P HP).
    + split.
      * exists 0%nat. apply (filter_true (F := stage F f 0)).
      * intros P Q [j HP] [k HQ]. exists (Nat.max j k). apply filter_and.
        -- apply (stage_finer F f j); [apply Nat.le_max_l|exact HP].
        -- apply (stage_finer F f k); [apply Nat.le_max_r|exact HQ].
      * intros P Q HPQ [k HP]. exists k. revert HP. now apply filter_imp.
  - intros P HP. now exists 0%nat.
  - intros k. exists (limsup (stage F f k) (f k)). intros P HP. exists (S k). simpl.
    apply (refine_limit (stage F f k) (f k)). exact HP.
Qed.
