(** Solutions of x' = F(x), first integrals and limits.

    Time runs over any interval: open, closed, half-open or a half-line. Inside it the solution is
    differentiable; at an end that belongs to the interval it is only continuous, from within. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors.
Open Scope R_scope.

Definition field := vector -> vector.

Definition interval (I : R -> Prop) : Prop :=
  forall a b t, I a -> I b -> a <= t <= b -> I t.

(** The half-line t >= t0. *)
Definition from (t0 : R) : R -> Prop := fun t => t0 <= t.

(** x: I -> R^n solves x' = F(x). *)
Definition solution (I : R -> Prop) (n : nat) (F : field) (x : R -> vector) : Prop :=
  forall i, (i < n)%nat ->
    continuous_on I (fun t => x t i) /\
    (forall t, locally t I -> is_derive (fun u => x u i) t (F (x t) i)).

(** Phi' = sigma. *)
Definition potential (sigma Phi : R -> R) : Prop := forall s, is_derive Phi s (sigma s).

Definition apply (sigma : R -> R) (x : vector) : vector := fun i => sigma (x i).

(** H(x) = Phi(x_1) + ... + Phi(x_n). *)
Definition energy (n : nat) (Phi : R -> R) (x : vector) : R := Sum n (apply Phi x).

(** x' = W sigma(x) + b. *)
Definition outer (n : nat) (W : matrix) (sigma : R -> R) (b : vector) : field :=
  fun x i => mul n W (apply sigma x) i + b i.

(** y = W x + b, and x' = sigma(W x + b). *)
Definition affine (n : nat) (W : matrix) (b : vector) (x : vector) : vector :=
  fun i => mul n W x i + b i.
Definition inner (n : nat) (W : matrix) (sigma : R -> R) (b : vector) : field :=
  fun x => apply sigma (affine n W b x).

(** x' = W x. *)
Definition linear (n : nat) (W : matrix) : field := mul n W.

(** x' = - gamma x + F(x). *)
Definition leaky (gamma : R) (F : field) : field := fun x i => - gamma * x i + F x i.

(** Through every x0 there is a solution around time 0. *)
Definition solvable (n : nat) (F : field) : Prop :=
  forall x0, exists I x, interval I /\ locally 0 I /\ solution I n F x /\ equal n (x 0) x0.

(** x(t) -> z as t -> infinity. *)
Definition converges_to (n : nat) (x : R -> vector) (z : vector) : Prop :=
  forall i, (i < n)%nat -> filterlim (fun t => x t i) (Rbar_locally p_infty) (locally (z i)).

(** ** Potentials *)

(** A continuous sigma has the potential of THEORY.md, its integral from 0. *)
Lemma integral_is_potential (sigma : R -> R) :
  (forall s, continuous sigma s) -> potential sigma (fun s => RInt sigma 0 s).
Proof.
  intros Hc s. apply is_derive_RInt with 0; [|apply Hc].
  apply filter_forall. intros u. apply (RInt_correct sigma 0 u), (ex_RInt_continuous sigma).
  auto.
Qed.

Lemma potential_continuous sigma Phi s : potential sigma Phi -> continuous Phi s.
Proof. intros H. apply (ex_derive_continuous Phi). now exists (sigma s). Qed.

(** ** The mean value theorem on an interval *)

Definition clamp (a b t : R) : R := Rmax a (Rmin b t).

Lemma clamp_lipschitz a b t u : Rabs (clamp a b u - clamp a b t) <= Rabs (u - t).
Proof.
  unfold clamp, Rmax, Rmin, Rabs.
  repeat (destruct (Rle_dec _ _) || destruct (Rcase_abs _)); lra.
Qed.

Lemma clamp_in a b t : a <= b -> a <= clamp a b t <= b.
Proof. intros H. unfold clamp, Rmax, Rmin. repeat destruct (Rle_dec _ _); lra. Qed.

Lemma clamp_id a b t : a <= t <= b -> clamp a b t = t.
Proof. intros H. unfold clamp, Rmax, Rmin. repeat destruct (Rle_dec _ _); lra. Qed.

Lemma clamp_continuous (I : R -> Prop) (f : R -> R) a b :
  interval I -> continuous_on I f -> I a -> I b -> a <= b ->
  forall t, continuous (fun u => f (clamp a b u)) t.
Proof.
  intros HI Hf Ha Hb Hab t.
  assert (Hin : forall u, I (clamp a b u)) by (intros u; apply (HI a b); auto; now apply clamp_in).
  apply filterlim_comp with (within I (locally (clamp a b t))); [|apply Hf, Hin].
  intros P [e He]. exists e. intros u Hu. apply He; [|apply Hin].
  apply Rle_lt_trans with (Rabs (u - t)); [apply clamp_lipschitz|exact Hu].
Qed.

Lemma mean_value (I : R -> Prop) (f df : R -> R) a b :
  interval I -> continuous_on I f -> (forall t, locally t I -> is_derive f t (df t)) ->
  I a -> I b -> a < b ->
  exists c, a < c < b /\ f b - f a = df c * (b - a).
Proof.
  intros HI Hf Hd Ha Hb Hab.
  set (g := fun u => f (clamp a b u)).
  assert (Hopen : forall c, a < c < b -> locally c (fun u => a < u < b)).
  { intros c Hc. apply (open_and (fun u => a < u) (fun u => u < b)); auto.
    - apply open_gt.
    - apply open_lt. }
  assert (Hg : forall c, a < c < b -> derivable_pt_lim g c (df c)).
  { intros c Hc. apply is_derive_Reals. apply is_derive_ext_loc with f.
    - generalize (Hopen c Hc). apply filter_imp. intros u Hu. unfold g.
      now rewrite clamp_id by lra.
    - apply Hd. generalize (Hopen c Hc). apply filter_imp. intros u Hu. apply (HI a b); auto. lra. }
  destruct (MVT g id a b (fun c Hc => exist _ (df c) (Hg c Hc))
              (fun c _ => derivable_pt_id c) Hab) as [c [Hc E]].
  - intros c _. apply continuity_pt_filterlim. apply (clamp_continuous I f a b); auto. lra.
  - intros c _. apply derivable_continuous_pt, derivable_pt_id.
  - exists c. split; [exact Hc|]. rewrite derive_pt_id in E. simpl in E.
    unfold g, id in E. rewrite !clamp_id in E by lra. lra.
Qed.

(** A derivative that is at least m makes f grow at least like m t. *)
Lemma growth (I : R -> Prop) (f df : R -> R) m a b :
  interval I -> continuous_on I f -> (forall t, locally t I -> is_derive f t (df t)) ->
  (forall t, locally t I -> m <= df t) -> I a -> I b -> a <= b -> m * (b - a) <= f b - f a.
Proof.
  intros HI Hf Hd Hm Ha Hb Hab. destruct (Req_dec a b) as [<-|Hne]; [lra|].
  destruct (mean_value I f df a b) as [c [Hc E]]; auto; [lra|].
  assert (m <= df c).
  { apply Hm. apply filter_imp with (fun u => a < u < b).
    - intros u Hu. apply (HI a b); auto. lra.
    - apply (open_and (fun u => a < u) (fun u => u < b)); auto; [apply open_gt|apply open_lt]. }
  rewrite E. apply Rmult_le_compat_r; lra.
Qed.

Lemma constant (I : R -> Prop) (f : R -> R) a b :
  interval I -> continuous_on I f -> (forall t, locally t I -> is_derive f t 0) ->
  I a -> I b -> f a = f b.
Proof.
  intros HI Hf Hd.
  assert (H : forall a b, I a -> I b -> a < b -> f a = f b).
  { intros u v Hu Hv Huv. destruct (mean_value I f (fun _ => 0) u v) as [c [_ E]]; auto. lra. }
  intros Ha Hb. destruct (Rtotal_order a b) as [Hlt|[->|Hgt]]; auto. symmetry. auto.
Qed.

(** ** Along solutions *)

Lemma is_derive_Sum n (f : nat -> R -> R) (df : nat -> R) t :
  (forall i, (i < n)%nat -> is_derive (f i) t (df i)) ->
  is_derive (fun u => Sum n (fun i => f i u)) t (Sum n df).
Proof.
  induction n as [|n IH]; intros H; simpl.
  - apply @is_derive_const.
  - apply @is_derive_plus; [apply IH; intros; apply H; lia|apply H; lia].
Qed.

Lemma filterlim_add {T} (L : (T -> Prop) -> Prop) {FL : Filter L} (f g : T -> R) (lf lg : R) :
  filterlim f L (locally lf) -> filterlim g L (locally lg) ->
  filterlim (fun t => f t + g t) L (locally (lf + lg)).
Proof.
  intros Hf Hg. apply (filterlim_comp_2 (G := locally lf) (H := locally lg)); auto.
  apply (@filterlim_plus R_AbsRing R_NormedModule).
Qed.

Lemma filterlim_Sum {T} (L : (T -> Prop) -> Prop) {FL : Filter L} n (f : nat -> T -> R) l :
  (forall i, (i < n)%nat -> filterlim (f i) L (locally (l i))) ->
  filterlim (fun u => Sum n (fun i => f i u)) L (locally (Sum n l)).
Proof.
  induction n as [|n IH]; intros H; simpl.
  - apply filterlim_const.
  - apply (filterlim_add L (fun u => Sum n (fun i => f i u)) (f n)).
    + apply IH. intros; apply H; lia.
    + apply H. lia.
Qed.

Lemma filterlim_cmul {T} (L : (T -> Prop) -> Prop) {FL : Filter L} (c : R) (f : T -> R) l :
  filterlim f L (locally l) -> filterlim (fun t => c * f t) L (locally (c * l)).
Proof.
  intros H. apply filterlim_comp with (locally l); [exact H|].
  apply @filterlim_scal_r.
Qed.

(** Psi_1(x_1) + ... + Psi_n(x_n) has the rate psi(x) . F(x). *)
Lemma rate I n F x (Psi psi : nat -> R -> R) :
  solution I n F x -> (forall i s, (i < n)%nat -> is_derive (Psi i) s (psi i s)) ->
  continuous_on I (fun t => Sum n (fun i => Psi i (x t i))) /\
  (forall t, locally t I ->
    is_derive (fun u => Sum n (fun i => Psi i (x u i))) t
              (dot n (fun i => psi i (x t i)) (F (x t)))).
Proof.
  intros Hx HP. split.
  - intros t Ht. apply (filterlim_Sum _ n (fun i u => Psi i (x u i)) (fun i => Psi i (x t i))).
    intros i Hi.
    apply filterlim_comp with (locally (x t i)); [now apply (Hx i Hi)|].
    apply (ex_derive_continuous (Psi i)). exists (psi i (x t i)). auto.
  - intros t Ht. apply (is_derive_Sum n (fun i u => Psi i (x u i))). intros i Hi.
    rewrite Rmult_comm. apply (is_derive_comp (Psi i) (fun u => x u i)); auto.
    now apply (Hx i Hi).
Qed.

Lemma first_integral I n F x (Psi psi : nat -> R -> R) s t :
  interval I -> solution I n F x -> (forall i s, (i < n)%nat -> is_derive (Psi i) s (psi i s)) ->
  (forall z, dot n (fun i => psi i (z i)) (F z) = 0) -> I s -> I t ->
  Sum n (fun i => Psi i (x s i)) = Sum n (fun i => Psi i (x t i)).
Proof.
  intros HI Hx HP H0 Hs Ht. destruct (rate I n F x Psi psi Hx HP) as [Hc Hd].
  apply (constant I (fun u => Sum n (fun i => Psi i (x u i)))); auto.
  intros u Hu. rewrite <- (H0 (x u)). now apply Hd.
Qed.

Lemma is_derive_cmul (c s : R) : is_derive (fun u => c * u) s c.
Proof. auto_derive; auto; ring. Qed.

(** y = W x + b turns the inner form into the outer form without bias. *)
Lemma conjugacy I n W sigma b x :
  solution I n (inner n W sigma b) x ->
  solution I n (outer n W sigma zero) (fun t => affine n W b (x t)).
Proof.
  intros Hx i Hi.
  destruct (rate I n _ x (fun j s => W i j * s) (fun j _ => W i j) Hx) as [Hc Hd].
  { intros j s _. apply is_derive_cmul. }
  split.
  - intros t Ht. apply (filterlim_add _ (fun u => mul n W (x u) i) (fun _ => b i)).
    + now apply Hc.
    + apply filterlim_const.
  - intros t Ht.
    apply (is_derive_plus (fun u => mul n W (x u) i) (fun _ => b i) t
             (mul n W (inner n W sigma b (x t)) i) 0); [now apply Hd|apply @is_derive_const].
Qed.

Lemma solution_subset (I J : R -> Prop) n F x :
  (forall t, J t -> I t) -> solution I n F x -> solution J n F x.
Proof.
  intros H Hx i Hi. split.
  - apply continuous_on_subset with I; auto. now apply (Hx i Hi).
  - intros t Ht. apply (Hx i Hi). now apply filter_imp with J.
Qed.

Lemma from_interval t0 : interval (from t0).
Proof. intros a b t Ha _ Ht. unfold from in *. lra. Qed.

(** ** Limits *)

Lemma eventually_from (t0 : R) : Rbar_locally p_infty (fun t => t0 < t).
Proof. now exists t0. Qed.

Lemma limit_unique {T} (L : (T -> Prop) -> Prop) {FL : ProperFilter L} (f : T -> R) (l l' : R) :
  filterlim f L (locally l) -> filterlim f L (locally l') -> l = l'.
Proof. intros H H'. exact (filterlim_locally_unique f l l' H H'). Qed.

(** What is constant for t >= t0 equals its limit. *)
Lemma limit_of_constant (f : R -> R) t0 c l :
  (forall t, t0 <= t -> f t = c) -> filterlim f (Rbar_locally p_infty) (locally l) -> c = l.
Proof.
  intros Hc Hl. apply (limit_unique (Rbar_locally p_infty) f); auto.
  apply filterlim_ext_loc with (fun _ => c); [|apply filterlim_const].
  exists t0. intros t Ht. rewrite Hc; lra.
Qed.

Lemma limit_rate_nonpos (f df : R -> R) t0 l v :
  continuous_on (from t0) f -> (forall t, t0 < t -> is_derive f t (df t)) ->
  filterlim f (Rbar_locally p_infty) (locally l) ->
  filterlim df (Rbar_locally p_infty) (locally v) -> v <= 0.
Proof.
  intros Hc Hd Hl Hv. apply Rnot_lt_le. intros Hpos.
  assert (Hp2 : 0 < v / 2) by lra.
  destruct (Hv _ (locally_ball v (mkposreal _ Hp2))) as [T HT]. simpl in HT.
  destruct (Hl _ (locally_ball l (mkposreal 1 Rlt_0_1))) as [T' HT']. simpl in HT'.
  set (a := Rmax (Rmax T T') t0 + 1).
  assert (Ha : T < a /\ T' < a /\ t0 < a).
  { unfold a. generalize (Rmax_l (Rmax T T') t0) (Rmax_r (Rmax T T') t0) (Rmax_l T T')
      (Rmax_r T T'). lra. }
  set (b := a + 4 / v + 1).
  assert (Hb : 0 < 4 / v) by (apply Rdiv_lt_0_compat; lra).
  assert (Hg : v / 2 * (b - a) <= f b - f a).
  { apply (growth (from a) f df); try (unfold from, b; lra).
    - apply from_interval.
    - apply continuous_on_subset with (from t0); auto. unfold from; intros; lra.
    - intros t Ht. apply Hd. apply locally_singleton in Ht. unfold from in Ht. lra.
    - intros t Ht. apply locally_singleton in Ht. unfold from in Ht.
      assert (Hball : ball v (v / 2) (df t)) by (apply HT; lra).
      apply Rabs_def2 in Hball. unfold minus, plus, opp in Hball; simpl in Hball. lra. }
  assert (Hfa : ball l 1 (f a)) by (apply HT'; lra).
  assert (Hfb : ball l 1 (f b)) by (apply HT'; unfold b; lra).
  apply Rabs_def2 in Hfa. apply Rabs_def2 in Hfb.
  unfold minus, plus, opp in *; simpl in *.
  assert (v / 2 * (b - a) = 2 + v / 2) by (unfold b; field; lra). lra.
Qed.

Lemma limit_rate_zero (f df : R -> R) t0 l v :
  continuous_on (from t0) f -> (forall t, t0 < t -> is_derive f t (df t)) ->
  filterlim f (Rbar_locally p_infty) (locally l) ->
  filterlim df (Rbar_locally p_infty) (locally v) -> v = 0.
Proof.
  intros Hc Hd Hl Hv. apply Rle_antisym.
  - now apply (limit_rate_nonpos f df t0 l v).
  - enough (- v <= 0) by lra.
    apply (limit_rate_nonpos (fun t => - f t) (fun t => - df t) t0 (- l) (- v)).
    + intros t Ht. apply filterlim_comp with (locally (f t)); [now apply Hc|].
      apply (@filterlim_opp R_AbsRing R_NormedModule).
    + intros t Ht. apply @is_derive_opp. auto.
    + apply filterlim_comp with (locally l); auto.
      apply (@filterlim_opp R_AbsRing R_NormedModule).
    + apply filterlim_comp with (locally v); auto.
      apply (@filterlim_opp R_AbsRing R_NormedModule).
Qed.

(** A field that is continuous in each coordinate along x -> z. *)
Lemma limit_is_equilibrium n F x z t0 :
  solution (from t0) n F x -> converges_to n x z ->
  (forall i, (i < n)%nat ->
    filterlim (fun t => F (x t) i) (Rbar_locally p_infty) (locally (F z i))) ->
  equal n (F z) zero.
Proof.
  intros Hx Hz HF i Hi.
  apply (limit_rate_zero (fun t => x t i) (fun t => F (x t) i) t0 (z i)); auto.
  - now apply (Hx i Hi).
  - intros t Ht. apply (Hx i Hi). apply filter_imp with (fun u => t0 < u).
    + intros u Hu. unfold from. lra.
    + now apply open_gt.
Qed.

Lemma filterlim_outer {T} (L : (T -> Prop) -> Prop) {FL : Filter L} n W (sigma : R -> R) b (x : T -> vector) (z : vector) i :
  (forall s, continuous sigma s) ->
  (forall j, (j < n)%nat -> filterlim (fun t => x t j) L (locally (z j))) ->
  filterlim (fun t => outer n W sigma b (x t) i) L (locally (outer n W sigma b z i)).
Proof.
  intros Hs Hx.
  apply (filterlim_add L (fun t => mul n W (apply sigma (x t)) i) (fun _ => b i));
    [|apply filterlim_const].
  apply (filterlim_Sum L n (fun j t => W i j * sigma (x t j)) (fun j => W i j * sigma (z j))).
  intros j Hj. apply (filterlim_cmul L). apply filterlim_comp with (locally (z j)); auto. apply Hs.
Qed.

Lemma filterlim_energy {T} (L : (T -> Prop) -> Prop) {FL : Filter L} n (Phi : R -> R) (x : T -> vector) (z : vector) :
  (forall s, continuous Phi s) ->
  (forall j, (j < n)%nat -> filterlim (fun t => x t j) L (locally (z j))) ->
  filterlim (fun t => energy n Phi (x t)) L (locally (energy n Phi z)).
Proof.
  intros Hs Hx. apply (filterlim_Sum L n (fun j t => Phi (x t j)) (fun j => Phi (z j))).
  intros j Hj. apply filterlim_comp with (locally (z j)); auto. apply Hs.
Qed.

Lemma filterlim_dot {T} (L : (T -> Prop) -> Prop) {FL : Filter L} n (k : vector) (x : T -> vector) (z : vector) :
  (forall j, (j < n)%nat -> filterlim (fun t => x t j) L (locally (z j))) ->
  filterlim (fun t => dot n k (x t)) L (locally (dot n k z)).
Proof.
  intros Hx. apply (filterlim_Sum L n (fun j t => k j * x t j) (fun j => k j * z j)).
  intros j Hj. apply (filterlim_cmul L). auto.
Qed.
