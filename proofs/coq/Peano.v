(** Peano's theorem: x' = F(x) has a solution through every point if F is continuous.

    First for bounded, uniformly continuous F: the polygons of Euler converge along a filter at every
    rational time, hence at every time, and the limit has the slope F(x) everywhere. *)
From Coq Require Import Reals Lra Lia Arith Cantor.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Compactness Euler.
Open Scope R_scope.

(** |u_j - v_j| < d for every j. *)
Definition near (n : nat) (u v : vector) (d : R) : Prop :=
  forall j, (j < n)%nat -> Rabs (u j - v j) < d.

Definition field_bounded (n : nat) (F : field) (M : R) : Prop :=
  forall u i, (i < n)%nat -> Rabs (F u i) <= M.

Definition uniformly_continuous (n : nat) (F : field) : Prop :=
  forall e, 0 < e -> exists d, 0 < d /\ forall u v, near n u v d -> near n (F u) (F v) e.

(** ** The integer part *)

Definition floor (r : R) : nat := Z.to_nat (Int_part r).

Lemma floor_spec r : 0 <= r -> INR (floor r) <= r < INR (floor r) + 1.
Proof.
  intros Hr. unfold floor. destruct (base_Int_part r) as [H1 H2].
  assert (H : (0 <= Int_part r)%Z).
  { assert (H : (-1 < Int_part r)%Z) by (apply lt_IZR; simpl; lra). lia. }
  rewrite INR_IZR_INZ, Z2Nat.id by exact H. lra.
Qed.

Lemma floor_le r s : 0 <= r <= s -> (floor r <= floor s)%nat.
Proof.
  intros H. pose proof (floor_spec r ltac:(lra)). pose proof (floor_spec s ltac:(lra)).
  apply Nat.lt_succ_r, INR_lt. rewrite S_INR. lra.
Qed.

(** ** Polygons *)

Section Polygons.
Variables (n : nat) (F : field) (M : R) (x0 : vector).
Hypothesis HM : field_bounded n F M.

Lemma iterate_later h k m : iterate h F x0 (k + S m) = euler h F (iterate h F x0 (k + m)).
Proof. unfold iterate. rewrite Nat.add_succ_r. reflexivity. Qed.

Lemma iterate_slope h k m v e i :
  0 <= h -> (i < n)%nat ->
  (forall l, (l < m)%nat -> Rabs (F (iterate h F x0 (k + l)) i - v) <= e) ->
  Rabs (iterate h F x0 (k + m) i - iterate h F x0 k i - INR m * h * v) <= INR m * h * e.
Proof.
  intros Hh Hi. induction m as [|m IH]; intros H.
  - rewrite Nat.add_0_r. simpl.
    replace (iterate h F x0 k i - iterate h F x0 k i - 0 * h * v) with 0 by ring.
    rewrite Rabs_R0. lra.
  - rewrite iterate_later, S_INR. unfold euler at 1.
    set (z := iterate h F x0 (k + m)) in *.
    replace (z i + h * F z i - iterate h F x0 k i - (INR m + 1) * h * v)
      with ((z i - iterate h F x0 k i - INR m * h * v) + h * (F z i - v)) by ring.
    eapply Rle_trans; [apply Rabs_triang|].
    rewrite Rabs_mult, (Rabs_right h) by lra.
    assert (h * Rabs (F z i - v) <= h * e).
    { apply Rmult_le_compat_l; [exact Hh|]. apply H. lia. }
    assert (Rabs (z i - iterate h F x0 k i - INR m * h * v) <= INR m * h * e).
    { apply IH. intros l Hl. apply H. lia. }
    lra.
Qed.

Lemma iterate_moves h k m i :
  0 <= h -> (i < n)%nat ->
  Rabs (iterate h F x0 (k + m) i - iterate h F x0 k i) <= INR m * h * M.
Proof.
  intros Hh Hi.
  pose proof (iterate_slope h k m 0 M i Hh Hi) as H.
  rewrite Rmult_0_r, Rminus_0_r in H. apply H.
  intros l _. rewrite Rminus_0_r. now apply HM.
Qed.

(** The step 1/(N + 1), and the polygon at time t. *)
Definition mesh (N : nat) : R := / INR (S N).
Definition polygon (t : R) (N : nat) : vector := iterate (mesh N) F x0 (floor (t * INR (S N))).

Lemma mesh_pos N : 0 < mesh N.
Proof. apply Rinv_0_lt_compat, lt_0_INR. lia. Qed.

Lemma mesh_small e : 0 < e -> eventually (fun N => mesh N < e).
Proof.
  intros He. exists (floor (/ e)). intros N HN.
  pose proof (Rinv_0_lt_compat e He) as Hp.
  pose proof (floor_spec (/ e) ltac:(lra)) as [_ H].
  apply le_INR in HN. unfold mesh. rewrite S_INR.
  rewrite <- (Rinv_inv e). apply Rinv_lt_contravar; [|lra].
  apply Rmult_lt_0_compat; lra.
Qed.

Lemma steps s t N :
  0 <= s <= t -> exists m, floor (t * INR (S N)) = (floor (s * INR (S N)) + m)%nat /\
    Rabs (INR m * mesh N - (t - s)) <= mesh N.
Proof.
  intros Hst. assert (HN : 0 < INR (S N)) by (apply lt_0_INR; lia).
  set (K := INR (S N)) in *.
  assert (Hle : (floor (s * K) <= floor (t * K))%nat) by (apply floor_le; nra).
  exists (floor (t * K) - floor (s * K))%nat. split; [lia|].
  rewrite minus_INR by exact Hle.
  pose proof (floor_spec (s * K) ltac:(nra)). pose proof (floor_spec (t * K) ltac:(nra)).
  assert (E : mesh N * K = 1) by (unfold mesh, K; field; unfold K in HN; lra).
  pose proof (mesh_pos N) as Hp.
  set (a := INR (floor (s * K))) in *. set (b := INR (floor (t * K))) in *.
  replace (t - s) with (mesh N * (t * K - s * K)) by (transitivity (mesh N * K * (t - s)); [ring|rewrite E; ring]).
  replace ((b - a) * mesh N - mesh N * (t * K - s * K)) with (mesh N * ((b - a) - (t * K - s * K))) by ring.
  rewrite Rabs_mult, (Rabs_right (mesh N)) by lra.
  rewrite <- (Rmult_1_r (mesh N)) at 2. apply Rmult_le_compat_l; [lra|].
  apply Rabs_le. lra.
Qed.

Lemma bound_nonneg i : (i < n)%nat -> 0 <= M.
Proof. intros Hi. eapply Rle_trans; [apply Rabs_pos|apply (HM zero i Hi)]. Qed.

Lemma polygon_moves s t N i :
  0 <= s <= t -> (i < n)%nat ->
  Rabs (polygon t N i - polygon s N i) <= (t - s + mesh N) * M.
Proof.
  intros Hst Hi. destruct (steps s t N Hst) as [m [E Hm]]. unfold polygon. rewrite E.
  eapply Rle_trans; [apply iterate_moves; [pose proof (mesh_pos N); lra|exact Hi]|].
  apply Rmult_le_compat_r; [now apply (bound_nonneg i)|]. apply Rabs_le_between in Hm. lra.
Qed.

Lemma polygon_slope s t N i d e :
  0 <= s <= t -> (i < n)%nat -> 0 < d ->
  (forall u v, near n u v d -> near n (F u) (F v) e) -> (t - s + mesh N) * M < d ->
  Rabs (polygon t N i - polygon s N i - (t - s) * F (polygon s N) i) <= (t - s + mesh N) * e + mesh N * M.
Proof.
  intros Hst Hi Hd HF Hsmall. destruct (steps s t N Hst) as [m [E Hm]].
  pose proof (mesh_pos N) as Hp.
  set (k := floor (s * INR (S N))) in *. set (h := mesh N) in *.
  assert (He : 0 <= e).
  { assert (H : near n (F zero) (F zero) e).
    { apply HF. intros j Hj. rewrite Rminus_eq_0, Rabs_R0. exact Hd. }
    specialize (H i Hi). rewrite Rminus_eq_0, Rabs_R0 in H. lra. }
  assert (Hmle : INR m * h <= t - s + h) by (apply Rabs_le_between in Hm; lra).
  assert (H : Rabs (iterate h F x0 (k + m) i - iterate h F x0 k i - INR m * h * F (iterate h F x0 k) i)
              <= INR m * h * e).
  { apply iterate_slope; [lra|exact Hi|]. intros l Hl. left. apply HF; [|exact Hi].
    intros j Hj. apply Rle_lt_trans with (INR l * h * M).
    - apply iterate_moves; [lra|exact Hj].
    - apply Rle_lt_trans with (2 := Hsmall). apply Rmult_le_compat_r; [now apply (bound_nonneg j)|].
      apply Rle_trans with (2 := Hmle). apply Rmult_le_compat_r; [lra|]. apply le_INR. lia. }
  unfold polygon. fold k h. rewrite E. fold k. set (v := F (iterate h F x0 k) i) in *.
  replace (iterate h F x0 (k + m) i - iterate h F x0 k i - (t - s) * v)
    with ((iterate h F x0 (k + m) i - iterate h F x0 k i - INR m * h * v) + (INR m * h - (t - s)) * v) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. apply Rplus_le_compat.
  - apply Rle_trans with (1 := H). apply Rmult_le_compat_r; [exact He|exact Hmle].
  - rewrite Rabs_mult. apply Rmult_le_compat; try apply Rabs_pos; [exact Hm|]. now apply HM.
Qed.

(** ** Their limit *)

Definition time (k : nat) : R := let (a, b) := of_nat k in INR a / INR (S b).

Lemma times_dense t e : 0 <= t -> 0 < e -> exists k, 0 <= time k <= t /\ t - time k < e.
Proof.
  intros Ht He. destruct (mesh_small e He) as [N HN]. specialize (HN N (Nat.le_refl N)).
  assert (HK : 0 < INR (S N)) by (apply lt_0_INR; lia).
  exists (to_nat (floor (t * INR (S N)), N)). unfold time. rewrite cancel_of_to.
  pose proof (floor_spec (t * INR (S N)) ltac:(nra)) as [H1 H2].
  set (a := INR (floor (t * INR (S N)))) in *.
  assert (Ha : 0 <= a) by apply pos_INR. unfold mesh in HN. unfold Rdiv.
  pose proof (Rinv_0_lt_compat _ HK) as Hp.
  assert (E : t * INR (S N) * / INR (S N) = t) by (field; lra).
  assert (a * / INR (S N) <= t * INR (S N) * / INR (S N)) by (apply Rmult_le_compat_r; lra).
  assert (t * INR (S N) * / INR (S N) < (a + 1) * / INR (S N)) by (apply Rmult_lt_compat_r; lra).
  split; [split; [apply Rmult_le_pos; lra|lra]|lra].
Qed.

Lemma time_nonneg k : 0 <= time k.
Proof.
  unfold time. destruct (of_nat k) as [a b]. apply Rmult_le_pos; [apply pos_INR|].
  left. apply Rinv_0_lt_compat, lt_0_INR. lia.
Qed.

Lemma polygon_bounded t N i :
  0 <= t -> (i < n)%nat -> Rabs (polygon t N i) <= Rabs (x0 i) + (t + 1) * M.
Proof.
  intros Ht Hi. pose proof (polygon_moves 0 t N i ltac:(lra) Hi) as H.
  assert (E : polygon 0 N i = x0 i).
  { unfold polygon. rewrite Rmult_0_l. replace (floor 0) with 0%nat; [reflexivity|].
    pose proof (floor_spec 0 ltac:(lra)) as [Hf _]. apply (INR_le _ 0) in Hf. lia. }
  rewrite E in H.
  assert (mesh N <= 1).
  { unfold mesh. rewrite <- Rinv_1. apply Rinv_le_contravar; [lra|]. rewrite S_INR.
    pose proof (pos_INR N). lra. }
  pose proof (bound_nonneg i Hi).
  pose proof (Rabs_triang (polygon t N i - x0 i) (x0 i)) as Htri.
  replace (polygon t N i - x0 i + x0 i) with (polygon t N i) in Htri by ring.
  assert ((t - 0 + mesh N) * M <= (t + 1) * M) by (apply Rmult_le_compat_r; lra). lra.
Qed.

Lemma polygons_converge :
  exists G : (nat -> Prop) -> Prop, ProperFilter G /\ finer G eventually /\
    forall t i, 0 <= t -> (i < n)%nat -> exists l, filterlim (fun N => polygon t N i) G (locally l).
Proof.
  set (f := fun k N => let (q, i) := of_nat k in if Nat.ltb i n then polygon (time q) N i else 0).
  destruct (compact_sequence eventually f) as [G [HG [HGe Hlim]]].
  { intros k. unfold f. destruct (of_nat k) as [q i].
    exists (Rabs (x0 i) + (time q + 1) * Rabs M). apply filter_forall. intros N.
    pose proof (time_nonneg q). pose proof (Rabs_pos (x0 i)). pose proof (Rabs_pos M).
    destruct (Nat.ltb_spec i n) as [Hi|_].
    - pose proof (polygon_bounded (time q) N i ltac:(lra) Hi). pose proof (Rle_abs M).
      assert ((time q + 1) * M <= (time q + 1) * Rabs M) by (apply Rmult_le_compat_l; lra). lra.
    - rewrite Rabs_R0. assert (0 <= (time q + 1) * Rabs M) by (apply Rmult_le_pos; lra). lra. }
  exists G. split; [exact HG|split; [exact HGe|]]. intros t i Ht Hi.
  apply (proj1 (filterlim_locally_cauchy (U := R_CompleteSpace) (F := G) (fun N => polygon t N i))).
  intros e. pose proof (cond_pos e) as He.
  pose proof (bound_nonneg i Hi) as HM0.
  set (d := e / 8 / (M + 1)).
  assert (Hd : 0 < d) by (apply Rdiv_lt_0_compat; lra).
  assert (HdM : d * M <= e / 8).
  { assert (E : d * (M + 1) = e / 8) by (unfold d; field; lra).
    assert (d * M <= d * (M + 1)) by (apply Rmult_le_compat_l; lra). lra. }
  destruct (times_dense t d Ht Hd) as [q [Hq Hqd]].
  destruct (Hlim (to_nat (q, i))) as [l Hl].
  assert (He4 : 0 < e / 4) by lra.
  exists (fun N => mesh N < d /\ Rabs (polygon (time q) N i - l) < e / 4). split.
  - apply filter_and; [now apply HGe, mesh_small|].
    generalize (Hl _ (locally_ball l (mkposreal _ He4))). unfold filtermap. apply filter_imp.
    intros N HN. unfold f in HN. rewrite cancel_of_to in HN.
    destruct (Nat.ltb_spec i n); [exact HN|lia].
  - assert (Hclose : forall N, mesh N < d -> Rabs (polygon (time q) N i - l) < e / 4 ->
      Rabs (polygon t N i - l) < e / 2).
    { intros N H1 H2. pose proof (polygon_moves (time q) t N i Hq Hi) as H3.
      pose proof (mesh_pos N).
      assert ((t - time q + mesh N) * M <= (d + d) * M) by (apply Rmult_le_compat_r; lra).
      pose proof (Rabs_triang (polygon t N i - polygon (time q) N i) (polygon (time q) N i - l)) as H4.
      replace (polygon t N i - polygon (time q) N i + (polygon (time q) N i - l))
        with (polygon t N i - l) in H4 by ring. lra. }
    intros N N' [H1 H2] [H1' H2']. pose proof (Hclose N H1 H2) as H3. pose proof (Hclose N' H1' H2') as H3'.
    apply Rabs_def2 in H3. apply Rabs_def2 in H3'.
    apply Rabs_def1; unfold minus, plus, opp; simpl; lra.
Qed.
End Polygons.

Lemma filter_finite {T} (G : (T -> Prop) -> Prop) {FG : Filter G} n (P : nat -> T -> Prop) :
  (forall j, (j < n)%nat -> G (P j)) -> G (fun t => forall j, (j < n)%nat -> P j t).
Proof.
  induction n as [|n IH]; intros H.
  - apply filter_forall. intros t j Hj. lia.
  - generalize (filter_and (F := G) _ _ (IH (fun j Hj => H j (Nat.lt_lt_succ_r _ _ Hj))) (H n (Nat.lt_succ_diag_r n))).
    apply filter_imp.
    intros t [H1 H2] j Hj. destruct (Nat.eq_dec j n) as [->|Hne]; [exact H2|]. apply H1. lia.
Qed.

Lemma filterlim_near {T} (G : (T -> Prop) -> Prop) {FG : Filter G} n (u : T -> vector) (z : vector) d :
  0 < d -> (forall j, (j < n)%nat -> filterlim (fun t => u t j) G (locally (z j))) ->
  G (fun t => near n (u t) z d).
Proof.
  intros Hd H. apply (filter_finite G n (fun j t => Rabs (u t j - z j) < d)).
  intros j Hj. exact (H j Hj _ (locally_ball (z j) (mkposreal d Hd))).
Qed.

(** The slope of x on [s, t] is F(x(s)), uniformly. *)
Definition has_slope (n : nat) (F : field) (x : R -> vector) : Prop :=
  forall e, 0 < e -> exists d, 0 < d /\ forall s t i, 0 <= s <= t -> t - s < d -> (i < n)%nat ->
    Rabs (x t i - x s i - (t - s) * F (x s) i) <= (t - s) * e.

Lemma bounded_peano n F M x0 :
  field_bounded n F M -> uniformly_continuous n F ->
  exists x, equal n (x 0) x0 /\ has_slope n F x.
Proof.
  intros HM HF. destruct (polygons_converge n F M x0 HM) as [G [HG [HGe Hlim]]].
  set (X := polygon F x0) in *.
  set (x := fun t i => limsup G (fun N => X t N i)).
  assert (Hx : forall t i, 0 <= t -> (i < n)%nat -> filterlim (fun N => X t N i) G (locally (x t i))).
  { intros t i Ht Hi. destruct (Hlim t i Ht Hi) as [l Hl]. unfold x.
    now rewrite (limsup_unique G (fun N => X t N i) l Hl). }
  exists x. split.
  - intros i Hi. unfold x. apply (limsup_unique G (fun N => X 0 N i)).
    apply filterlim_ext with (fun _ => x0 i); [|apply filterlim_const]. intros N. unfold X, polygon.
    rewrite Rmult_0_l. replace (floor 0) with 0%nat; [reflexivity|].
    pose proof (floor_spec 0 ltac:(lra)) as [Hf _]. apply (INR_le _ 0) in Hf. lia.
  - intros e He. destruct (HF e He) as [d0 [Hd0 Hnear]].
    exists (d0 / (Rabs M + 1) / 2). pose proof (Rabs_pos M) as HaM.
    set (d := d0 / (Rabs M + 1) / 2).
    assert (Hd : 0 < d) by (unfold d; apply Rdiv_lt_0_compat; [apply Rdiv_lt_0_compat|]; lra).
    assert (HdM : 2 * d * (Rabs M + 1) = d0) by (unfold d; field; lra).
    split; [exact Hd|]. intros s t i Hst Hts Hi.
    assert (HM0 : 0 <= M) by now apply (bound_nonneg n F M HM i).
    rewrite (Rabs_right M) in * by lra.
    apply le_epsilon. intros eta Heta.
    apply (limit_le G (fun N => Rabs (X t N i - X s N i - (t - s) * F (X s N) i))).
    + apply filterlim_comp with (locally (x t i - x s i - (t - s) * F (x s) i)).
      * apply (filterlim_add G (fun N => X t N i - X s N i) (fun N => - ((t - s) * F (X s N) i))).
        -- apply (filterlim_add G (fun N => X t N i) (fun N => - X s N i)); [apply Hx; auto; lra|].
           apply filterlim_comp with (locally (x s i)); [apply Hx; auto; lra|].
           apply (@filterlim_opp R_AbsRing R_NormedModule).
        -- apply filterlim_comp with (locally ((t - s) * F (x s) i)); [|apply (@filterlim_opp R_AbsRing R_NormedModule)].
           apply (filterlim_cmul G). intros P [r Hr].
           destruct (HF r (cond_pos r)) as [c [Hc Hcn]].
           assert (Hn : G (fun N => near n (X s N) (x s) c))
             by (apply (filterlim_near G n (X s) (x s) c Hc); intros; apply Hx; auto; lra).
           unfold filtermap. revert Hn. apply filter_imp. intros N HN. apply Hr. exact (Hcn _ _ HN i Hi).
      * apply continuous_Rabs.
    + set (h0 := Rmin d (eta / (e + M + 1))).
      assert (Hh0 : 0 < h0).
      { unfold h0. apply Rmin_pos; [exact Hd|]. apply Rdiv_lt_0_compat; lra. }
      apply HGe. generalize (mesh_small h0 Hh0). apply filter_imp. intros N HN.
      pose proof (mesh_pos N) as Hp.
      assert (H1 : mesh N < d) by (apply Rlt_le_trans with (1 := HN); apply Rmin_l).
      assert (H2 : mesh N < eta / (e + M + 1)) by (apply Rlt_le_trans with (1 := HN); apply Rmin_r).
      assert (H3 : mesh N * (e + M + 1) < eta).
      { replace eta with (eta / (e + M + 1) * (e + M + 1)) by (field; lra).
        apply Rmult_lt_compat_r; lra. }
      eapply Rle_trans; [apply (polygon_slope n F M x0 HM s t N i d0 e); auto|].
      * apply Rle_lt_trans with (2 * d * M); [apply Rmult_le_compat_r; lra|].
        rewrite <- HdM. apply Rmult_lt_compat_l; lra.
      * lra.
Qed.
