(** Row O1: orbits below the escape energy stay in the well.

    H(x0) < E* says that there are points q <= 0 <= p of the well with Phi(q), Phi(p) > H(x0); the
    theorems take them as data. That these orbits live for ever is in OrbitClaims.v; the sharpness for
    n = 2 is not covered. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Energy.
Open Scope R_scope.

Definition in_box (n : nat) (q p : R) (x : vector) : Prop :=
  forall i, (i < n)%nat -> q <= x i <= p.

(** The well contains [q, p] (weak sign condition). *)
Definition well (sigma : R -> R) (q p : R) : Prop := forall s, q <= s <= p -> 0 <= s * sigma s.

(** x is bounded on I. *)
Definition bounded_on (I : R -> Prop) (n : nat) (x : R -> vector) : Prop :=
  exists B, forall t i, I t -> (i < n)%nat -> Rabs (x t i) <= B.

(** ** A continuous maximum *)

Fixpoint Max (n : nat) (f : nat -> R) : R :=
  match n with
  | O => -1
  | S m => Rmax (Max m f) (f m)
  end.

Lemma Max_ge n f i : (i < n)%nat -> f i <= Max n f.
Proof.
  induction n as [|n IH]; intros Hi; [lia|]; simpl.
  destruct (Nat.eq_dec i n) as [->|Hne]; [apply Rmax_r|].
  apply Rle_trans with (Max n f); [apply IH; lia|apply Rmax_l].
Qed.

Lemma Max_attained n f : Max n f = -1 \/ exists i, (i < n)%nat /\ Max n f = f i.
Proof.
  induction n as [|n [IH|[i [Hi IH]]]]; simpl; [auto| |].
  - unfold Rmax. destruct (Rle_dec _ _); [right; exists n; auto|auto].
  - unfold Rmax. destruct (Rle_dec _ _); [right; exists n; auto|].
    right. exists i. auto.
Qed.

Lemma filterlim_Rmax {T} (L : (T -> Prop) -> Prop) {FL : Filter L} (f g : T -> R) (a b : R) :
  filterlim f L (locally a) -> filterlim g L (locally b) ->
  filterlim (fun t => Rmax (f t) (g t)) L (locally (Rmax a b)).
Proof.
  intros Hf Hg P [e He].
  assert (H : L (fun t => ball a e (f t) /\ ball b e (g t))).
  { apply filter_and; [apply Hf, locally_ball|apply Hg, locally_ball]. }
  unfold filtermap. revert H. apply filter_imp. intros t [Ha Hb]. apply He.
  apply Rabs_def2 in Ha. apply Rabs_def2 in Hb. unfold minus, plus, opp in *; simpl in *.
  apply Rabs_def1; unfold minus, plus, opp; simpl; unfold Rmax;
    repeat destruct (Rle_dec _ _); lra.
Qed.

Lemma filterlim_Max {T} (L : (T -> Prop) -> Prop) {FL : Filter L} n (f : nat -> T -> R) (l : nat -> R) :
  (forall i, (i < n)%nat -> filterlim (f i) L (locally (l i))) ->
  filterlim (fun t => Max n (fun i => f i t)) L (locally (Max n l)).
Proof.
  induction n as [|n IH]; intros H; simpl.
  - apply filterlim_const.
  - apply (filterlim_Rmax L (fun t => Max n (fun i => f i t)) (f n)).
    + apply IH. intros; apply H; lia.
    + apply H. lia.
Qed.

(** A curve that starts in a box and never meets its boundary from inside stays in the interior. *)
Lemma stays_in_box I n (x : R -> vector) q p t0 t :
  interval I -> (forall i, (i < n)%nat -> continuous_on I (fun u => x u i)) ->
  (forall u, I u -> in_box n q p (x u) -> forall i, (i < n)%nat -> x u i <> q /\ x u i <> p) ->
  I t0 -> I t -> in_box n q p (x t0) -> forall i, (i < n)%nat -> q < x t i < p.
Proof.
  intros HI Hc Hno Ht0 Ht Hbox.
  set (psi := fun i u => Rmax (q - x u i) (x u i - p)).
  set (m := fun u => Max n (fun i => psi i u)).
  assert (Hin : forall u, (forall i, (i < n)%nat -> psi i u <= 0) -> in_box n q p (x u)).
  { intros u Hu i Hi. pose proof (Hu i Hi) as H. unfold psi in H.
    pose proof (Rmax_l (q - x u i) (x u i - p)). pose proof (Rmax_r (q - x u i) (x u i - p)). lra. }
  assert (Hneg : forall u, I u -> in_box n q p (x u) -> m u < 0).
  { intros u Iu Hu. unfold m. destruct (Max_attained n (fun i => psi i u)) as [->|[i [Hi ->]]]; [lra|].
    pose proof (Hno u Iu Hu i Hi). pose proof (Hu i Hi). unfold psi, Rmax.
    destruct (Rle_dec _ _); lra. }
  assert (Hcm : continuous_on I m).
  { intros u Hu. unfold m.
    apply (filterlim_Max (within I (locally u)) n psi (fun i => psi i u)). intros i Hi. unfold psi.
    assert (Hx := Hc i Hi u Hu).
    apply (filterlim_Rmax (within I (locally u))).
    - apply (filterlim_add (within I (locally u)) (fun _ => q) (fun v => - x v i)); [apply filterlim_const|].
      apply filterlim_comp with (locally (x u i)); [exact Hx|].
      apply (@filterlim_opp R_AbsRing R_NormedModule).
    - apply (filterlim_add (within I (locally u)) (fun v => x v i) (fun _ => - p)); [exact Hx|apply filterlim_const]. }
  assert (Hm : m t < 0).
  { apply Rnot_le_lt. intros Hge.
    set (a := Rmin t0 t). set (b := Rmax t0 t).
    assert (Hab : a <= b) by apply Rminmax.
    assert (Ia : I a) by (unfold a, Rmin; destruct (Rle_dec _ _); auto).
    assert (Ib : I b) by (unfold b, Rmax; destruct (Rle_dec _ _); auto).
    destruct (IVT_gen (fun u => m (clamp a b u)) t0 t 0) as [c [_ E]].
    - intros u. apply continuity_pt_filterlim. apply (clamp_continuous I m a b); auto.
    - assert (a <= t0 <= b) by (unfold a, b; split; [apply Rmin_l|apply Rmax_l]).
      assert (a <= t <= b) by (unfold a, b; split; [apply Rmin_r|apply Rmax_r]).
      rewrite !clamp_id by auto. pose proof (Hneg t0 Ht0 Hbox).
      rewrite Rmin_left, Rmax_right by lra. lra.
    - set (u := clamp a b c) in *. assert (Iu : I u).
      { apply (HI a b); auto. now apply clamp_in. }
      enough (m u < 0) by lra. apply Hneg; auto. apply Hin. intros i Hi. rewrite <- E.
      apply (Max_ge n (fun i => psi i u)). exact Hi. }
  intros i Hi. assert (psi i t <= m t) by now apply (Max_ge n (fun i => psi i t)).
  unfold psi in *. pose proof (Rmax_l (q - x t i) (x t i - p)).
  pose proof (Rmax_r (q - x t i) (x t i - p)). lra.
Qed.

(** ** The well *)

Lemma potential_nonneg (sigma Phi : R -> R) q p s :
  potential sigma Phi -> Phi 0 = 0 -> well sigma q p -> q <= 0 <= p -> q <= s <= p -> 0 <= Phi s.
Proof.
  intros HP H0 Hw H0qp Hs. destruct (Req_dec 0 s) as [<-|Hne]; [lra|].
  destruct (mean_value_everywhere Phi sigma 0 s HP Hne) as [c [E Hc]].
  assert (Hcs := Hw c ltac:(lra)). destruct Hc as [Hc|Hc].
  - assert (0 <= sigma c) by nra. nra.
  - assert (sigma c <= 0) by nra. nra.
Qed.

Lemma potential_monotone (sigma Phi : R -> R) r s :
  potential sigma Phi -> (forall u, 0 <= u * sigma u) -> 0 <= r <= s \/ s <= r <= 0 ->
  Phi r <= Phi s.
Proof.
  intros HP Hw Hrs. destruct (Req_dec r s) as [<-|Hne]; [lra|].
  destruct (mean_value_everywhere Phi sigma r s HP Hne) as [c [E Hc]].
  pose proof (Hw c). destruct Hrs as [Hrs|Hrs].
  - assert (0 <= sigma c) by nra. nra.
  - assert (sigma c <= 0) by nra. nra.
Qed.

Lemma boundary_energy n (sigma Phi : R -> R) q p E x :
  potential sigma Phi -> Phi 0 = 0 -> well sigma q p -> q <= 0 <= p ->
  E < Phi q -> E < Phi p -> energy n Phi x = E -> in_box n q p x ->
  forall i, (i < n)%nat -> x i <> q /\ x i <> p.
Proof.
  intros HP H0 Hw Hqp Hq Hp HE Hx i Hi.
  assert (Phi (x i) <= E).
  { rewrite <- HE. apply (Sum_term n (apply Phi x) i Hi). intros j Hj.
    apply (potential_nonneg sigma Phi q p); auto. }
  split; intros Ei; rewrite Ei in *; lra.
Qed.

(** O1 (a), outer form. *)
Theorem orbits_are_bounded_outer I n W (sigma Phi : R -> R) x q p t0 t :
  interval I -> skew n W -> potential sigma Phi -> Phi 0 = 0 -> well sigma q p -> q <= 0 <= p ->
  solution I n (outer n W sigma zero) x -> I t0 -> I t ->
  in_box n q p (x t0) -> energy n Phi (x t0) < Phi q -> energy n Phi (x t0) < Phi p ->
  forall i, (i < n)%nat -> q < x t i < p.
Proof.
  intros HI HW HP H0 Hw Hqp Hx Ht0 Ht Hbox Hq Hp.
  apply (stays_in_box I n x q p t0 t); auto.
  - intros i Hi. now apply (Hx i Hi).
  - intros u Iu Hu. apply (boundary_energy n sigma Phi q p (energy n Phi (x t0))); auto.
    now apply (energy_is_conserved_outer I n W sigma).
Qed.

(** O1 (a), inner form: y = W x + b stays in the well. *)
Theorem orbits_are_bounded_inner I n W b (sigma Phi : R -> R) x q p t0 t :
  interval I -> skew n W -> potential sigma Phi -> Phi 0 = 0 -> well sigma q p -> q <= 0 <= p ->
  solution I n (inner n W sigma b) x -> I t0 -> I t ->
  in_box n q p (affine n W b (x t0)) ->
  energy n Phi (affine n W b (x t0)) < Phi q -> energy n Phi (affine n W b (x t0)) < Phi p ->
  forall i, (i < n)%nat -> q < affine n W b (x t) i < p.
Proof.
  intros HI HW HP H0 Hw Hqp Hx Ht0 Ht Hbox Hq Hp.
  apply (orbits_are_bounded_outer I n W sigma Phi (fun u => affine n W b (x u)) q p t0 t); auto.
  now apply conjugacy.
Qed.

(** O1 (b), outer form: E* = infinity. *)
Theorem all_orbits_are_bounded_outer I n W (sigma Phi : R -> R) x :
  interval I -> skew n W -> potential sigma Phi -> Phi 0 = 0 -> (forall s, 0 <= s * sigma s) ->
  (forall E, exists p, 0 <= p /\ E < Phi p) -> (forall E, exists q, q <= 0 /\ E < Phi q) ->
  solution I n (outer n W sigma zero) x -> bounded_on I n x.
Proof.
  intros HI HW HP H0 Hw Hright Hleft Hx.
  destruct (Classical_Prop.classic (exists t0, I t0)) as [[t0 Ht0]|Hempty].
  2:{ exists 0. intros t i Ht. exfalso. apply Hempty. now exists t. }
  destruct (Hright (energy n Phi (x t0))) as [p [Hp HE]].
  destruct (Hleft (energy n Phi (x t0))) as [q [Hq HE']].
  assert (Hpos : forall s, 0 <= Phi s).
  { intros s. rewrite <- H0. apply (potential_monotone sigma Phi 0 s); auto. lra. }
  assert (Hbox : in_box n q p (x t0)).
  { intros i Hi. assert (Phi (x t0 i) <= energy n Phi (x t0)).
    { apply (Sum_term n (apply Phi (x t0)) i Hi). intros j Hj. apply Hpos. }
    split; apply Rnot_lt_le; intros Hlt.
    - assert (Phi q <= Phi (x t0 i)) by (apply (potential_monotone sigma); auto; lra). lra.
    - assert (Phi p <= Phi (x t0 i)) by (apply (potential_monotone sigma); auto; lra). lra. }
  exists (p - q). intros t i Ht Hi.
  assert (q < x t i < p).
  { apply (orbits_are_bounded_outer I n W sigma Phi x q p t0 t); auto; try lra.
    intros s _. apply Hw. }
  apply Rabs_le. lra.
Qed.

(** O1 (c): in the inner form x is bounded with y = W x + b if W is invertible. *)
Theorem inner_orbit_is_bounded_with_y I n W b x :
  invertible n W -> bounded_on I n (fun t => affine n W b (x t)) -> bounded_on I n x.
Proof.
  intros [V HV] [B HB].
  set (C := B + Sum n (fun j => Rabs (b j))).
  exists (Sum n (fun i => Sum n (fun j => Rabs (V i j)) * C)). intros t i Ht Hi.
  assert (Hu : forall j, (j < n)%nat -> Rabs (mul n W (x t) j) <= C).
  { intros j Hj. replace (mul n W (x t) j) with (affine n W b (x t) j + - b j)
      by (unfold affine; ring).
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp.
    apply Rplus_le_compat; [now apply HB|].
    apply (Sum_term n (fun j => Rabs (b j)) j Hj). intros; apply Rabs_pos. }
  rewrite <- (inverse_left n V W (x t) HV i Hi).
  eapply Rle_trans; [apply (mul_bounded_entries n V _ C i Hu)|].
  apply (Sum_term n (fun i => Sum n (fun j => Rabs (V i j)) * C) i Hi).
  intros k Hk. apply Rmult_le_pos.
  - apply Sum_nonneg. intros; apply Rabs_pos.
  - eapply Rle_trans; [apply Rabs_pos|apply (Hu i Hi)].
Qed.

(** A strictly increasing sigma with sigma(0) = 0 has the sign condition and E* = infinity. *)
Lemma increasing_confines (sigma Phi : R -> R) :
  potential sigma Phi -> strictly_increasing sigma -> sigma 0 = 0 ->
  (forall s, 0 <= s * sigma s) /\
  (forall E, exists p, 0 <= p /\ E < Phi p) /\ (forall E, exists q, q <= 0 /\ E < Phi q).
Proof.
  intros HP Hm H0. split; [|split].
  - intros s. destruct (Rtotal_order s 0) as [Hs|[->|Hs]].
    + pose proof (Hm s 0 Hs). nra.
    + lra.
    + pose proof (Hm 0 s Hs). nra.
  - intros E. pose proof (Hm 0 1 ltac:(lra)) as H1. rewrite H0 in H1.
    set (k := (Rabs (E - Phi 1) + 1) / sigma 1).
    assert (Hk : 0 < k).
    { apply Rdiv_lt_0_compat; auto. pose proof (Rabs_pos (E - Phi 1)). lra. }
    exists (1 + k). split; [lra|].
    pose proof (remainder_nonneg sigma Phi 1 (1 + k) HP (strictly_nondecreasing _ Hm)) as Hr.
    unfold remainder in Hr.
    assert (sigma 1 * k = Rabs (E - Phi 1) + 1) by (unfold k; field; lra).
    pose proof (Rle_abs (E - Phi 1)). nra.
  - intros E. pose proof (Hm (-1) 0 ltac:(lra)) as H1. rewrite H0 in H1.
    set (k := (Rabs (E - Phi (-1)) + 1) / - sigma (-1)).
    assert (Hk : 0 < k).
    { apply Rdiv_lt_0_compat; [|lra]. pose proof (Rabs_pos (E - Phi (-1))). lra. }
    exists (- 1 - k). split; [lra|].
    pose proof (remainder_nonneg sigma Phi (-1) (-1 - k) HP (strictly_nondecreasing _ Hm)) as Hr.
    unfold remainder in Hr.
    assert (- sigma (-1) * k = Rabs (E - Phi (-1)) + 1) by (unfold k; field; lra).
    pose proof (Rle_abs (E - Phi (-1))). nra.
Qed.
