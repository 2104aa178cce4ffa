(** Rows I2 and J4: only skew weights conserve the energy.

    In I2 that solutions exist is a hypothesis, which Existence.v proves (Peano's theorem). J4 needs none. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows LinearSolutions Energy.
Open Scope R_scope.

(** G is constant along every solution. *)
Definition conserved (n : nat) (F : field) (G : vector -> R) : Prop :=
  forall I x s t, interval I -> solution I n F x -> I s -> I t -> G (x s) = G (x t).

(** ** A quadratic form that vanishes on a cube vanishes *)

Lemma form_on_cube n W a b :
  a < b ->
  (forall v, (forall i, (i < n)%nat -> a <= v i <= b) -> dot n v (mul n W v) = 0) ->
  skew n W.
Proof.
  intros Hab H p q Hp Hq.
  set (c := fun _ : nat => (a + b) / 2). set (d := (b - a) / 8).
  set (u := fun i => d * delta p i). set (w := fun i => d * delta q i).
  set (B := fun f g => dot n f (mul n W g)).
  assert (Hd : forall i j, 0 <= d * delta i j <= d).
  { intros i j. unfold delta. destruct (Nat.eqb i j); unfold d; lra. }
  assert (Hbox : forall e e', 0 <= e <= 1 -> 0 <= e' <= 1 ->
    B (fun i => c i + (e * u i + e' * w i)) (fun i => c i + (e * u i + e' * w i)) = 0).
  { intros e e' He He'. apply H. intros i Hi.
    pose proof (Hd p i). pose proof (Hd q i). fold (u i) in *. fold (w i) in *.
    unfold c, d in *. nra. }
  assert (Hplus : forall f g, B (fun i => f i + g i) (fun i => f i + g i) =
    B f f + (B f g + B g f) + B g g).
  { intros f g. unfold B.
    rewrite (dot_ext n _ (fun i => f i + g i) (mul n W (fun i => f i + g i))
               (fun i => mul n W f i + mul n W g i)).
    - rewrite dot_plus_r, !(dot_comm n (fun i => f i + g i)), !dot_plus_r,
        !(dot_comm n (mul n W _)). ring.
    - intros i _; reflexivity.
    - intros i _. apply mul_plus. }
  assert (Hscal : forall e f g e', B (fun i => e * f i) (fun i => e' * g i) = e * e' * B f g).
  { intros e f g e'. unfold B.
    rewrite (dot_ext n _ (fun i => e * f i) (mul n W (fun i => e' * g i))
               (fun i => e' * mul n W g i)).
    - rewrite dot_scal_r, dot_comm, dot_scal_r, dot_comm. ring.
    - intros i _; reflexivity.
    - intros i _. apply mul_scal. }
  assert (Hplus2 : forall f g k, B f (fun i => g i + k i) = B f g + B f k).
  { intros f g k. unfold B. rewrite <- dot_plus_r. apply dot_ext; intros i _; [reflexivity|].
    apply mul_plus. }
  assert (Hplus1 : forall f g k, B (fun i => g i + k i) f = B g f + B k f).
  { intros f g k. unfold B. rewrite dot_comm, dot_plus_r, !(dot_comm n (mul n W f)).
    reflexivity. }
  assert (Hs1 : forall e f g, B (fun i => e * f i) g = e * B f g).
  { intros e f g. unfold B. rewrite dot_comm, dot_scal_r, dot_comm. reflexivity. }
  assert (Hs2 : forall e f g, B f (fun i => e * g i) = e * B f g).
  { intros e f g. unfold B. rewrite <- dot_scal_r. apply dot_ext; intros i _; [reflexivity|].
    apply mul_scal. }
  assert (Hexp : forall e e', B (fun i => c i + (e * u i + e' * w i))
                                (fun i => c i + (e * u i + e' * w i)) =
    B c c + e * (B c u + B u c) + e' * (B c w + B w c) + e * e * B u u + e' * e' * B w w
    + e * e' * (B u w + B w u)).
  { intros e e'. repeat rewrite ?Hplus1, ?Hplus2, ?Hs1, ?Hs2. ring. }
  assert (E : B u w + B w u = 0).
  { pose proof (Hbox 0 0 ltac:(lra) ltac:(lra)) as E0. pose proof (Hbox 1 0 ltac:(lra) ltac:(lra)) as E1.
    pose proof (Hbox 0 1 ltac:(lra) ltac:(lra)) as E2. pose proof (Hbox 1 1 ltac:(lra) ltac:(lra)) as E3.
    rewrite Hexp in E0, E1, E2, E3. lra. }
  assert (HB : forall i j, (i < n)%nat -> (j < n)%nat -> B (fun k => d * delta i k) (fun k => d * delta j k) = d * d * W i j).
  { intros i j Hi Hj. rewrite Hscal. f_equal. unfold B, dot. rewrite Sum_delta by exact Hi.
    unfold mul. rewrite (Sum_ext n _ (fun k => delta j k * W i k)) by (intros; ring).
    now rewrite Sum_delta. }
  unfold u, w in E. rewrite (HB p q Hp Hq), (HB q p Hq Hp) in E.
  assert (0 < d * d) by (unfold d; nra).
  apply Rmult_eq_reg_l with (d * d); lra.
Qed.

(** ** Conserved along solutions: the rate vanishes at every state *)

Lemma conserved_rate n F (Psi psi : nat -> R -> R) x0 :
  solvable n F -> (forall i s, (i < n)%nat -> is_derive (Psi i) s (psi i s)) ->
  conserved n F (fun x => Sum n (fun i => Psi i (x i))) ->
  exists z, equal n z x0 /\ dot n (fun i => psi i (z i)) (F z) = 0.
Proof.
  intros Hex HP Hc. destruct (Hex x0) as [I [x [HI [H0 [Hx E]]]]].
  exists (x 0). split; [exact E|].
  destruct (rate I n F x Psi psi Hx HP) as [_ Hd].
  rewrite <- (is_derive_unique _ _ _ (Hd 0 H0)).
  apply is_derive_unique. apply is_derive_ext_loc with (fun _ => Sum n (fun i => Psi i (x 0 i))).
  - generalize H0. apply filter_imp. intros t Ht.
    apply (Hc I x 0 t); auto. now apply locally_singleton in H0.
  - apply @is_derive_const.
Qed.

(** A continuous function takes on [n] coordinates any values between two of its values. *)
Lemma intermediate (sigma : R -> R) r s :
  (forall u, continuous sigma u) ->
  exists g : R -> R, forall v, Rmin (sigma r) (sigma s) <= v <= Rmax (sigma r) (sigma s) ->
    sigma (g v) = v.
Proof.
  intros Hc. set (a := Rmin (sigma r) (sigma s)). set (b := Rmax (sigma r) (sigma s)).
  assert (Hab : a <= b) by apply Rminmax.
  assert (Hcont : Ranalysis1.continuity sigma)
    by (intros u; apply continuity_pt_filterlim, Hc).
  exists (fun v => proj1_sig (IVT_gen sigma r s (clamp a b v) Hcont (clamp_in a b v Hab))).
  intros v Hv. destruct (IVT_gen _ _ _ _ _ _) as [z [Hz E]]. simpl. rewrite E. now apply clamp_id.
Qed.

(** I2, outer form, any W. *)
Theorem conserved_energy_implies_skew_outer n W (sigma Phi : R -> R) :
  potential sigma Phi -> (forall s, continuous sigma s) -> (exists r s, sigma r <> sigma s) ->
  solvable n (outer n W sigma zero) ->
  conserved n (outer n W sigma zero) (energy n Phi) -> skew n W.
Proof.
  intros HP Hs [r [s Hne]] Hex Hc.
  destruct (intermediate sigma r s Hs) as [g Hg].
  apply (form_on_cube n W (Rmin (sigma r) (sigma s)) (Rmax (sigma r) (sigma s))).
  { unfold Rmin, Rmax. destruct (Rle_dec _ _); lra. }
  intros v Hv.
  destruct (conserved_rate n _ (fun _ => Phi) (fun _ => sigma) (fun i => g (v i)) Hex) as [z [E H]]; auto.
  assert (Ez : equal n (apply sigma z) v).
  { intros i Hi. unfold apply. rewrite (E i Hi). apply Hg, Hv, Hi. }
  rewrite <- H. apply dot_ext; intros i Hi.
  - symmetry. now apply Ez.
  - unfold outer, zero. rewrite Rplus_0_r. symmetry. now apply mul_ext.
Qed.

(** I2, inner form, W invertible, any bias. *)
Theorem conserved_energy_implies_skew_inner n W b (sigma Phi : R -> R) :
  potential sigma Phi -> (forall s, continuous sigma s) -> (exists r s, sigma r <> sigma s) ->
  invertible n W -> solvable n (inner n W sigma b) ->
  conserved n (inner n W sigma b) (fun x => energy n Phi (affine n W b x)) -> skew n W.
Proof.
  intros HP Hs [r [s Hne]] [V HV] Hex Hc.
  destruct (intermediate sigma r s Hs) as [g Hg].
  apply (form_on_cube n W (Rmin (sigma r) (sigma s)) (Rmax (sigma r) (sigma s))).
  { unfold Rmin, Rmax. destruct (Rle_dec _ _); lra. }
  intros v Hv.
  destruct (Hex (mul n V (fun i => g (v i) - b i))) as [I [x [HI [H0 [Hx E]]]]].
  set (y := fun t => affine n W b (x t)).
  destruct (rate I n _ y (fun _ => Phi) (fun _ => sigma) (conjugacy I n W sigma b x Hx)) as [_ Hd]; auto.
  assert (Ey : equal n (apply sigma (y 0)) v).
  { intros i Hi. unfold apply, y, affine. rewrite (mul_ext n W _ _ E).
    rewrite (inverse_right n V W _ HV i Hi).
    replace (g (v i) - b i + b i) with (g (v i)) by ring. apply Hg, Hv, Hi. }
  assert (Hz : dot n (fun i => sigma (y 0 i)) (outer n W sigma zero (y 0)) = 0).
  { rewrite <- (is_derive_unique _ _ _ (Hd 0 H0)).
    apply is_derive_unique. apply is_derive_ext_loc with (fun _ => energy n Phi (y 0)).
    - generalize H0. apply filter_imp. intros t Ht.
      apply (Hc I x 0 t); auto. now apply locally_singleton in H0.
    - apply @is_derive_const. }
  rewrite <- Hz. apply dot_ext; intros i Hi.
  - symmetry. now apply Ey.
  - unfold outer, zero. rewrite Rplus_0_r. symmetry. now apply mul_ext.
Qed.

(** ** J4 *)

Lemma half_square_potential : potential (fun s => s) (fun s => s * s / 2).
Proof. intros s. auto_derive; auto. field. Qed.

Lemma energy_of_identity n x : energy n (fun s => s * s / 2) x = sqnorm n x / 2.
Proof.
  unfold energy, sqnorm, dot, apply.
  rewrite (Sum_ext n _ (fun i => / 2 * (x i * x i))) by (intros; field).
  rewrite Sum_scal. field.
Qed.

Lemma linear_is_outer I n W x :
  solution I n (linear n W) x <-> solution I n (outer n W (fun s => s) zero) x.
Proof.
  split; intros H i Hi; destruct (H i Hi) as [Hc Hd]; split; auto; intros t Ht.
  - replace (outer n W (fun s => s) zero (x t) i) with (linear n W (x t) i); auto.
    unfold outer, zero. now rewrite Rplus_0_r.
  - replace (linear n W (x t) i) with (outer n W (fun s => s) zero (x t) i); auto.
    unfold outer, zero. now rewrite Rplus_0_r.
Qed.

(** J4, every n: x' = W x keeps |x| if and only if W is skew. *)
Theorem linear_norm_is_conserved_iff_skew n W :
  conserved n (linear n W) (norm n) <-> skew n W.
Proof.
  pose proof (linear_is_solvable n W) as Hex. split.
  - intros Hc. apply (conserved_energy_implies_skew_outer n W (fun s => s) (fun s => s * s / 2)).
    + exact half_square_potential.
    + intros s. apply continuous_id.
    + exists 0, 1. lra.
    + intros x0. destruct (Hex x0) as [I [x [HI [H0 [Hx E]]]]]. exists I, x.
      split; [exact HI|split; [exact H0|split; [|exact E]]]. now apply linear_is_outer.
    + intros I x s t HI Hx Hs Ht. rewrite !energy_of_identity, <- !norm_sqr.
      rewrite (Hc I x s t); auto. now apply linear_is_outer.
  - intros HW I x s t HI Hx Hs Ht. unfold norm. f_equal.
    enough (sqnorm n (x s) / 2 = sqnorm n (x t) / 2) by lra.
    rewrite <- !energy_of_identity.
    apply (energy_is_conserved_outer I n W (fun s => s)); auto.
    + exact half_square_potential.
    + now apply linear_is_outer.
Qed.
