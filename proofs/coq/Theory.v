(** What THEORY.md defines: potential, energy, well, escape energy, well depth, ||W||.

    The other files take a potential, or points of the well, as they need them; here they are the ones
    of the theory, and the lemmas say that these will do. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Energy Boundedness Existence.
Open Scope R_scope.

Definition is_continuous (sigma : R -> R) : Prop := forall s, continuous sigma s.

(** Phi(s), the integral of sigma from 0 to s, and H(x) = Phi(x_1) + ... + Phi(x_n). *)
Definition potential_of (sigma : R -> R) : R -> R := fun s => RInt sigma 0 s.
Definition H (n : nat) (sigma : R -> R) (x : vector) : R := energy n (potential_of sigma) x.

(** s is in the well: r sigma(r) >= 0 for every r from 0 to s. *)
Definition in_well (sigma : R -> R) (s : R) : Prop := forall r, Rmin 0 s <= r <= Rmax 0 s -> 0 <= r * sigma r.
Definition state_in_well (n : nat) (sigma : R -> R) (x : vector) : Prop :=
  forall i, (i < n)%nat -> in_well sigma (x i).

Definition lesser (a b : Rbar) : Rbar := if Rbar_le_dec a b then a else b.

(** E* = min(sup of Phi over the well right of 0, sup of Phi over the well left of 0). *)
Definition escape_energy (sigma : R -> R) : Rbar :=
  lesser (Lub_Rbar (fun e => exists p, 0 <= p /\ in_well sigma p /\ e = potential_of sigma p))
         (Lub_Rbar (fun e => exists q, q <= 0 /\ in_well sigma q /\ e = potential_of sigma q)).

(** E0 = min(E*, inf of Phi over the zeros of sigma in the well with Phi > 0). *)
Definition well_depth (sigma : R -> R) : Rbar :=
  lesser (escape_energy sigma)
    (Glb_Rbar (fun e => exists s, in_well sigma s /\ sigma s = 0 /\ 0 < potential_of sigma s /\
                          e = potential_of sigma s)).

(** ||W||: the least w >= 0 with |W u| <= w |u| for every u. *)
Definition operator_norm (n : nat) (W : matrix) : R :=
  real (Glb_Rbar (fun w => 0 <= w /\ forall u, norm n (mul n W u) <= w * norm n u)).

(** ** The potential *)

Lemma potential_of_continuous sigma : is_continuous sigma -> potential sigma (potential_of sigma).
Proof. apply integral_is_potential. Qed.

Lemma potential_of_zero sigma : potential_of sigma 0 = 0.
Proof. unfold potential_of. now rewrite RInt_point. Qed.

(** Any potential that vanishes at 0 is this one. *)
Lemma potential_unique sigma Psi s :
  is_continuous sigma -> potential sigma Psi -> Psi 0 = 0 -> potential_of sigma s = Psi s.
Proof.
  intros Hc HP H0.
  destruct (Req_dec 0 s) as [<-|Hne]; [now rewrite potential_of_zero|].
  destruct (mean_value_everywhere (fun r => potential_of sigma r - Psi r) (fun _ => 0) 0 s) as [c [E _]].
  - intros r. evar_last.
    + apply @is_derive_minus; [now apply potential_of_continuous|apply HP].
    + unfold minus, plus, opp; simpl. ring.
  - exact Hne.
  - rewrite potential_of_zero, H0 in E. lra.
Qed.

Lemma H_unique n sigma Psi x :
  is_continuous sigma -> potential sigma Psi -> Psi 0 = 0 -> H n sigma x = energy n Psi x.
Proof. intros Hc HP H0. apply Sum_ext. intros i _. now apply potential_unique. Qed.

(** ** The well *)

Lemma in_well_nearer sigma r s : in_well sigma s -> 0 <= r <= s \/ s <= r <= 0 -> in_well sigma r.
Proof.
  intros Hs Hr u Hu. apply Hs.
  unfold Rmin, Rmax in *. destruct (Rle_dec 0 s), (Rle_dec 0 r); lra.
Qed.

Lemma well_of_points sigma q p :
  q <= 0 <= p -> in_well sigma q -> in_well sigma p -> well sigma q p.
Proof.
  intros Hqp Hq Hp s Hs. destruct (Rle_lt_dec 0 s).
  - apply Hp. rewrite Rmin_left, Rmax_right; lra.
  - apply Hq. rewrite Rmin_right, Rmax_left; lra.
Qed.

Lemma sign_condition_in_well sigma s : (forall r, 0 <= r * sigma r) -> in_well sigma s.
Proof. intros Hw r _. apply Hw. Qed.

(** Phi does not fall away from 0 inside the well. *)
Lemma potential_rises sigma r s :
  is_continuous sigma -> in_well sigma s -> 0 <= r <= s \/ s <= r <= 0 ->
  potential_of sigma r <= potential_of sigma s.
Proof.
  intros Hc Hs Hr. destruct (Req_dec r s) as [<-|Hne]; [lra|].
  destruct (mean_value_everywhere _ sigma r s (potential_of_continuous sigma Hc) Hne) as [c [E Hcc]].
  assert (Hw : 0 <= c * sigma c).
  { apply Hs. unfold Rmin, Rmax. destruct (Rle_dec 0 s); lra. }
  destruct Hr as [Hr|Hr].
  - assert (0 <= sigma c) by nra. nra.
  - assert (sigma c <= 0) by nra. nra.
Qed.

Lemma potential_in_well sigma s : is_continuous sigma -> in_well sigma s -> 0 <= potential_of sigma s.
Proof.
  intros Hc Hs. rewrite <- (potential_of_zero sigma). apply (potential_rises sigma 0 s Hc Hs). lra.
Qed.

Lemma lesser_lt (e : R) a b : Rbar_lt e (lesser a b) -> Rbar_lt e a /\ Rbar_lt e b.
Proof.
  unfold lesser. destruct (Rbar_le_dec a b) as [Hab|Hab]; intros He.
  - split; [exact He|]. now apply Rbar_lt_le_trans with a.
  - apply Rbar_not_le_lt in Hab. split; [now apply Rbar_lt_trans with b|exact He].
Qed.

Lemma below_supremum (E : R -> Prop) (e : R) : Rbar_lt e (Lub_Rbar E) -> exists v, E v /\ e < v.
Proof.
  intros He. apply Classical_Prop.NNPP. intros Hno. destruct (Lub_Rbar_correct E) as [_ Hl].
  apply (Rbar_lt_not_le _ _ He). apply Hl. intros v Hv. simpl. apply Rnot_lt_le. intros Hlt.
  apply Hno. now exists v.
Qed.

Lemma below_infimum (E : R -> Prop) (e v : R) : Rbar_lt e (Glb_Rbar E) -> E v -> e < v.
Proof.
  intros He Hv. destruct (Glb_Rbar_correct E) as [Hl _].
  exact (Rbar_lt_le_trans e _ v He (Hl v Hv)).
Qed.

(** H < E* says that there are points of the well on both sides of 0 with a larger potential. *)
Lemma below_escape sigma (e : R) :
  Rbar_lt e (escape_energy sigma) ->
  exists q p, q <= 0 <= p /\ in_well sigma q /\ in_well sigma p /\
    e < potential_of sigma q /\ e < potential_of sigma p.
Proof.
  intros He. apply lesser_lt in He. destruct He as [Hp Hq].
  destruct (below_supremum _ e Hp) as [v [[p [Hp0 [Hpw ->]]] Hvp]].
  destruct (below_supremum _ e Hq) as [v [[q [Hq0 [Hqw ->]]] Hvq]].
  exists q, p. repeat split; auto.
Qed.

(** A state of the well whose energy is below Phi(q) and Phi(p) lies between q and p. *)
Lemma state_in_box n sigma q p x :
  is_continuous sigma -> q <= 0 <= p -> in_well sigma q -> in_well sigma p -> state_in_well n sigma x ->
  H n sigma x < potential_of sigma q -> H n sigma x < potential_of sigma p -> in_box n q p x.
Proof.
  intros Hc Hqp Hq Hp Hx HEq HEp i Hi.
  assert (Hle : potential_of sigma (x i) <= H n sigma x).
  { apply (Sum_term n (apply (potential_of sigma) x) i Hi). intros j Hj.
    apply potential_in_well; auto. }
  split; apply Rnot_lt_le; intros Hlt.
  - pose proof (potential_rises sigma q (x i) Hc (Hx i Hi) ltac:(lra)). lra.
  - pose proof (potential_rises sigma p (x i) Hc (Hx i Hi) ltac:(lra)). lra.
Qed.

(** If E* is infinite, every state is in the well. *)
Lemma infinite_escape sigma :
  is_continuous sigma -> escape_energy sigma = p_infty -> forall s, in_well sigma s.
Proof.
  intros Hc Hinf s.
  assert (Hm : exists m, forall r, Rmin 0 s <= r <= Rmax 0 s -> potential_of sigma r <= m).
  { destruct (continuity_ab_maj (potential_of sigma) (Rmin 0 s) (Rmax 0 s)) as [m [Hm _]].
    - unfold Rmin, Rmax. destruct (Rle_dec 0 s); lra.
    - intros r _. apply continuity_pt_filterlim. apply (potential_continuous sigma).
      now apply potential_of_continuous.
    - now exists (potential_of sigma m). }
  destruct Hm as [m Hm].
  destruct (below_escape sigma m) as [q [p [Hqp [Hq [Hp [Hmq Hmp]]]]]].
  { rewrite Hinf. exact I. }
  unfold Rmin, Rmax in *. destruct (Rle_dec 0 s).
  - apply (in_well_nearer sigma s p Hp). left. split; [assumption|]. apply Rnot_lt_le. intros Hlt.
    pose proof (Hm p ltac:(lra)). lra.
  - apply (in_well_nearer sigma s q Hq). right. split; [|lra]. apply Rnot_lt_le. intros Hlt.
    pose proof (Hm q ltac:(lra)). lra.
Qed.

Lemma lesser_infinite a b : a = p_infty -> b = p_infty -> lesser a b = p_infty.
Proof. intros -> ->. unfold lesser. now destruct (Rbar_le_dec p_infty p_infty). Qed.

Lemma unbounded_supremum (E : R -> Prop) : (forall e, exists v, E v /\ e < v) -> Lub_Rbar E = p_infty.
Proof.
  intros HE. destruct (Lub_Rbar_correct E) as [Hub _]. destruct (Lub_Rbar E) as [l| |]; auto.
  - exfalso. destruct (HE l) as [v [Hv Hlt]]. pose proof (Hub v Hv) as Hle. simpl in Hle. lra.
  - exfalso. destruct (HE 0) as [v [Hv _]]. exact (Hub v Hv).
Qed.

(** sigma strictly increasing with sigma(0) = 0: E* and E0 are infinite. *)
Lemma increasing_escape sigma :
  is_continuous sigma -> strictly_increasing sigma -> sigma 0 = 0 -> escape_energy sigma = p_infty.
Proof.
  intros Hc Hm H0.
  destruct (increasing_confines sigma _ (potential_of_continuous sigma Hc) Hm H0) as [Hw [Hr Hl]].
  apply lesser_infinite; apply unbounded_supremum; intros e.
  - destruct (Hr e) as [p [Hp He]]. exists (potential_of sigma p). split; [|exact He].
    exists p. repeat split; auto. now apply sign_condition_in_well.
  - destruct (Hl e) as [q [Hq He]]. exists (potential_of sigma q). split; [|exact He].
    exists q. repeat split; auto. now apply sign_condition_in_well.
Qed.

(** ** The norm of W *)

Lemma operator_norm_spec n W :
  0 <= operator_norm n W /\ forall u, norm n (mul n W u) <= operator_norm n W * norm n u.
Proof.
  unfold operator_norm. set (E := fun w => 0 <= w /\ forall u, norm n (mul n W u) <= w * norm n u).
  destruct (Glb_Rbar_correct E) as [Hlb Hglb].
  assert (Hne : exists w, E w).
  { set (C := Sum n (fun i => sqnorm n (W i))).
    assert (HC : 0 <= C) by (apply Sum_nonneg; intros; apply sqnorm_nonneg).
    exists (sqrt C). split; [apply sqrt_pos|]. intros u. apply norm_le.
    - apply Rmult_le_pos; [apply sqrt_pos|apply norm_nonneg].
    - replace (sqrt C * norm n u * (sqrt C * norm n u)) with (sqrt C * sqrt C * (norm n u * norm n u)) by ring.
      rewrite sqrt_sqrt, norm_sqr by exact HC. apply mul_bounded. }
  destruct Hne as [w0 Hw0].
  assert (H0 : Rbar_le 0 (Glb_Rbar E)) by (apply Hglb; intros w [Hw _]; exact Hw).
  assert (Hle : Rbar_le (Glb_Rbar E) w0) by now apply Hlb.
  destruct (Glb_Rbar E) as [g| |]; simpl in *; try contradiction.
  split; [exact H0|]. intros u. apply Rnot_lt_le. intros Hlt.
  pose proof (norm_nonneg n u) as Hu.
  destruct (Req_dec (norm n u) 0) as [Hz|Hnz].
  - destruct Hw0 as [_ Hw0]. pose proof (Hw0 u). rewrite Hz in *. lra.
  - assert (Hg : Rbar_le (norm n (mul n W u) / norm n u) g).
    { apply Hglb. intros w [_ Hw]. simpl. apply (Rmult_le_reg_r (norm n u)); [lra|].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by exact Hnz. apply Hw. }
    simpl in Hg. apply (Rmult_le_compat_r (norm n u)) in Hg; [|exact Hu].
    unfold Rdiv in Hg. rewrite Rmult_assoc, Rinv_l, Rmult_1_r in Hg by exact Hnz. lra.
Qed.
