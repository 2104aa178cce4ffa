(** Row O10: under a leak the energy falls.

    LeakLimit.v proves that every orbit goes to 0, which needs more of sigma. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Energy Boundedness.
Open Scope R_scope.

(** x . sigma(x) *)
Definition power (n : nat) (sigma : R -> R) (x : vector) : R := Sum n (fun i => x i * sigma (x i)).

Lemma power_nonneg n sigma x : (forall s, 0 <= s * sigma s) -> 0 <= power n sigma x.
Proof. intros H. apply Sum_nonneg. intros; apply H. Qed.

Lemma power_pos n sigma x :
  (forall s, s <> 0 -> 0 < s * sigma s) -> ~ equal n x zero -> 0 < power n sigma x.
Proof.
  intros H Hne. destruct (not_equal n x zero Hne) as [k [Hk Hx]].
  unfold power. rewrite <- (Sum_zero n). apply Sum_lt with k; auto.
  intros i _. destruct (Req_dec (x i) 0) as [->|Hi]; [lra|]. apply Rlt_le. auto.
Qed.

Lemma leaky_dot n W (sigma : R -> R) gamma x :
  skew n W ->
  dot n (apply sigma x) (leaky gamma (outer n W sigma zero) x) = - gamma * power n sigma x.
Proof.
  intros HW. unfold leaky. rewrite dot_plus_r, dot_scal_r. unfold outer.
  rewrite dot_plus_r, skew_form, (dot_zero_r n _ zero) by (auto; intros i _; reflexivity).
  unfold power. rewrite !Rplus_0_r. f_equal. apply dot_comm.
Qed.

(** y = W x obeys the outer form, with the same leak. *)
Lemma leaky_conjugacy I n W (sigma : R -> R) gamma x :
  solution I n (leaky gamma (inner n W sigma zero)) x ->
  solution I n (leaky gamma (outer n W sigma zero)) (fun t => affine n W zero (x t)).
Proof.
  intros Hx i Hi.
  destruct (rate I n _ x (fun j s => W i j * s) (fun j _ => W i j) Hx) as [Hc Hd].
  { intros j s _. apply is_derive_cmul. }
  split.
  - intros t Ht. apply (filterlim_add (within I (locally t)) (fun u => mul n W (x u) i) (fun _ => 0)).
    + now apply Hc.
    + apply filterlim_const.
  - intros t Ht. unfold leaky at 1.
    replace (- gamma * affine n W zero (x t) i + outer n W sigma zero (affine n W zero (x t)) i)
      with (mul n W (leaky gamma (inner n W sigma zero) (x t)) i + 0).
    + apply (is_derive_plus (fun u => mul n W (x u) i) (fun _ => 0) t
               (mul n W (leaky gamma (inner n W sigma zero) (x t)) i) 0); [now apply Hd|].
      apply @is_derive_const.
    + unfold leaky. rewrite mul_plus, mul_scal. unfold outer, affine, zero. fold zero.
      unfold inner. rewrite !Rplus_0_r. reflexivity.
Qed.

(** O10, outer form: H' = - gamma x . sigma(x). *)
Theorem leak_dissipates_outer I n W (sigma Phi : R -> R) gamma x t :
  skew n W -> potential sigma Phi -> solution I n (leaky gamma (outer n W sigma zero)) x ->
  locally t I -> is_derive (fun u => energy n Phi (x u)) t (- gamma * power n sigma (x t)).
Proof.
  intros HW HP Hx Ht.
  destruct (rate I n _ x (fun _ => Phi) (fun _ => sigma) Hx) as [_ Hd]; auto.
  rewrite <- (leaky_dot n W sigma gamma (x t) HW). now apply Hd.
Qed.

(** O10, outer form: the energy never rises (weak sign condition). *)
Theorem leak_lowers_energy_outer I n W (sigma Phi : R -> R) gamma x s t :
  interval I -> skew n W -> potential sigma Phi -> (forall r, 0 <= r * sigma r) -> 0 <= gamma ->
  solution I n (leaky gamma (outer n W sigma zero)) x -> I s -> I t -> s <= t ->
  energy n Phi (x t) <= energy n Phi (x s).
Proof.
  intros HI HW HP Hsign Hg Hx Hs Ht Hst.
  destruct (rate I n _ x (fun _ r => - Phi r) (fun _ r => - sigma r) Hx) as [Hc Hd].
  { intros i r _. apply @is_derive_opp. apply HP. }
  assert (H : 0 * (t - s) <= Sum n (fun i => - Phi (x t i)) - Sum n (fun i => - Phi (x s i))).
  { apply (growth I (fun u => Sum n (fun i => - Phi (x u i)))
      (fun u => dot n (fun i => - sigma (x u i)) (leaky gamma (outer n W sigma zero) (x u)))); auto.
    intros u _.
    rewrite (dot_ext n _ (fun i => -1 * apply sigma (x u) i) _ (leaky gamma (outer n W sigma zero) (x u)))
      by (intros i _; unfold apply; ring).
    rewrite dot_comm, dot_scal_r, dot_comm, leaky_dot by exact HW.
    pose proof (power_nonneg n sigma (x u) Hsign). nra. }
  assert (E : forall v, Sum n (fun i => - Phi (v i)) = - energy n Phi v).
  { intros v. unfold energy, apply.
    rewrite (Sum_ext n _ (fun i => -1 * Phi (v i))) by (intros; ring). rewrite Sum_scal. ring. }
  rewrite !E in H. lra.
Qed.

(** O10, inner form: the same of y = W x. *)
Theorem leak_lowers_energy_inner I n W (sigma Phi : R -> R) gamma x s t :
  interval I -> skew n W -> potential sigma Phi -> (forall r, 0 <= r * sigma r) -> 0 <= gamma ->
  solution I n (leaky gamma (inner n W sigma zero)) x -> I s -> I t -> s <= t ->
  energy n Phi (affine n W zero (x t)) <= energy n Phi (affine n W zero (x s)).
Proof.
  intros HI HW HP Hsign Hg Hx.
  apply (leak_lowers_energy_outer I n W sigma Phi gamma (fun t => affine n W zero (x t))); auto.
  now apply leaky_conjugacy.
Qed.

(** O10, outer form: the energy falls strictly from x <> 0 (strict sign condition). *)
Theorem leak_strictly_lowers_energy_outer I n W (sigma Phi : R -> R) gamma x s t :
  interval I -> skew n W -> potential sigma Phi -> (forall r, r <> 0 -> 0 < r * sigma r) ->
  0 < gamma -> solution I n (leaky gamma (outer n W sigma zero)) x -> I s -> I t -> s < t ->
  ~ equal n (x s) zero -> energy n Phi (x t) < energy n Phi (x s).
Proof.
  intros HI HW HP Hsign Hg Hx Hs Ht Hst Hne.
  assert (Hweak : forall r, 0 <= r * sigma r).
  { intros r. destruct (Req_dec r 0) as [->|H]; [lra|]. apply Rlt_le. auto. }
  destruct (not_equal n (x s) zero Hne) as [k [Hk Hxk]].
  destruct (Hx k Hk) as [Hck _].
  assert (He : 0 < Rabs (x s k)) by now apply Rabs_pos_lt.
  destruct (Hck s Hs _ (locally_ball (x s k) (mkposreal _ He))) as [d Hd]. simpl in Hd.
  set (u := Rmin t (s + d / 2)).
  assert (Hu : s < u <= t /\ u < s + d).
  { pose proof (cond_pos d). unfold u, Rmin. destruct (Rle_dec _ _); lra. }
  assert (Hnz : forall v, s <= v <= u -> x v k <> 0).
  { intros v Hv E. assert (Hball : ball (x s k) (Rabs (x s k)) (x v k)).
    { apply Hd; [|apply (HI s t); auto; lra].
      apply Rabs_def1; unfold minus, plus, opp; simpl; lra. }
    rewrite E in Hball. change (Rabs (0 - x s k) < Rabs (x s k)) in Hball.
    rewrite Rminus_0_l, Rabs_Ropp in Hball. lra. }
  assert (Iu : I u) by (apply (HI s t); auto; lra).
  destruct (rate I n _ x (fun _ => Phi) (fun _ => sigma) Hx) as [Hc Hdr]; auto.
  destruct (mean_value I (fun u => energy n Phi (x u))
              (fun u => - gamma * power n sigma (x u)) s u) as [c [Hcc E]]; auto; try lra.
  { intros v Hv. apply (leak_dissipates_outer I n W sigma Phi gamma x v HW HP Hx Hv). }
  assert (Hp : 0 < power n sigma (x c)).
  { apply power_pos; auto. intros Ez. apply (Hnz c); [lra|]. now apply Ez. }
  assert (energy n Phi (x u) < energy n Phi (x s)).
  { assert (0 < gamma * power n sigma (x c) * (u - s)).
    { apply Rmult_lt_0_compat; [now apply Rmult_lt_0_compat|lra]. }
    lra. }
  apply Rle_lt_trans with (2 := H).
  apply (leak_lowers_energy_outer I n W sigma Phi gamma x u t); auto; lra.
Qed.
