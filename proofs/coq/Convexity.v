(** Tangent inequalities for the potential of a monotone or Lipschitz activation. *)
From Coq Require Import Reals Lra Lia.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows.
Open Scope R_scope.

Definition nondecreasing (sigma : R -> R) : Prop := forall r s, r <= s -> sigma r <= sigma s.
Definition strictly_increasing (sigma : R -> R) : Prop := forall r s, r < s -> sigma r < sigma s.
Definition lipschitz (L : R) (sigma : R -> R) : Prop :=
  forall r s, Rabs (sigma s - sigma r) <= L * Rabs (s - r).

Lemma strictly_nondecreasing sigma : strictly_increasing sigma -> nondecreasing sigma.
Proof. intros H r s [Hlt| ->]; [left; auto|lra]. Qed.

(** Mean value theorem for a function with a derivative everywhere. *)
Lemma mean_value_everywhere (f df : R -> R) a b :
  (forall s, is_derive f s (df s)) -> a <> b ->
  exists c, f b - f a = df c * (b - a) /\ (a < c < b \/ b < c < a).
Proof.
  intros Hd Hne.
  assert (H : forall u v, u < v -> exists c, f v - f u = df c * (v - u) /\ u < c < v).
  { intros u v Huv. destruct (MVT_cor2 f df u v Huv) as [c [E Hc]].
    - intros c _. apply is_derive_Reals, Hd.
    - exists c. auto. }
  destruct (Rtotal_order a b) as [Hlt|[->|Hgt]]; [|lra|].
  - destruct (H a b Hlt) as [c [E Hc]]. exists c. auto.
  - destruct (H b a Hgt) as [c [E Hc]]. exists c. split; [lra|auto].
Qed.

(** The remainder of the tangent at r. *)
Definition remainder (sigma Phi : R -> R) (r s : R) : R := Phi s - Phi r - sigma r * (s - r).

Lemma remainder_derive (sigma Phi : R -> R) r s :
  potential sigma Phi -> is_derive (remainder sigma Phi r) s (sigma s - sigma r).
Proof.
  intros HP. unfold remainder.
  evar_last.
  - apply @is_derive_minus; [apply @is_derive_minus; [apply HP|apply @is_derive_const]|].
    apply (is_derive_ext (fun u => sigma r * u - sigma r * r)); [intros; simpl; ring|].
    apply @is_derive_minus; [apply is_derive_cmul|apply @is_derive_const].
  - unfold minus, plus, opp, Hierarchy.zero; simpl. ring.
Qed.

Lemma remainder_mean (sigma Phi : R -> R) r s :
  potential sigma Phi -> r <> s ->
  exists c, remainder sigma Phi r s = (sigma c - sigma r) * (s - r) /\ (r < c < s \/ s < c < r).
Proof.
  intros HP Hne.
  destruct (mean_value_everywhere (remainder sigma Phi r) (fun s => sigma s - sigma r) r s)
    as [c [E Hc]]; auto.
  - intros u. now apply remainder_derive.
  - exists c. split; auto. rewrite <- E. unfold remainder. ring.
Qed.

Lemma remainder_nonneg (sigma Phi : R -> R) r s :
  potential sigma Phi -> nondecreasing sigma -> 0 <= remainder sigma Phi r s.
Proof.
  intros HP Hm. destruct (Req_dec r s) as [<-|Hne]; [unfold remainder; lra|].
  destruct (remainder_mean sigma Phi r s) as [c [E [Hc|Hc]]]; auto; rewrite E.
  - pose proof (Hm r c ltac:(lra)). nra.
  - pose proof (Hm c r ltac:(lra)). nra.
Qed.

Lemma remainder_pos (sigma Phi : R -> R) r s :
  potential sigma Phi -> strictly_increasing sigma -> r <> s -> 0 < remainder sigma Phi r s.
Proof.
  intros HP Hm Hne.
  destruct (remainder_mean sigma Phi r s) as [c [E [Hc|Hc]]]; auto; rewrite E.
  - pose proof (Hm r c ltac:(lra)). nra.
  - pose proof (Hm c r ltac:(lra)). nra.
Qed.

Lemma remainder_quadratic (sigma Phi : R -> R) L r s :
  potential sigma Phi -> lipschitz L sigma ->
  Rabs (remainder sigma Phi r s) <= L / 2 * ((s - r) * (s - r)).
Proof.
  intros HP HL. destruct (Req_dec r s) as [<-|Hne].
  { unfold remainder. replace (Phi r - Phi r - sigma r * (r - r)) with 0 by ring.
    rewrite Rabs_R0. lra. }
  assert (H : forall e, e = 1 \/ e = -1 ->
    0 <= L / 2 * ((s - r) * (s - r)) - e * remainder sigma Phi r s).
  { intros e He.
    set (g := fun u => L / 2 * ((u - r) * (u - r)) - e * remainder sigma Phi r u).
    set (dg := fun u => L * (u - r) - e * (sigma u - sigma r)).
    destruct (mean_value_everywhere g dg r s) as [c [E Hc]]; auto.
    { intros u. unfold g, dg. apply @is_derive_minus.
      - auto_derive; auto. field.
      - apply is_derive_scal. now apply remainder_derive. }
    assert (Hr : g r = 0).
    { unfold g, remainder. ring. }
    change (0 <= g s). rewrite Hr in E. replace (g s) with (dg c * (s - r)) by lra.
    pose proof (HL r c) as Hl. unfold dg.
    destruct Hc as [Hc|Hc].
    - rewrite (Rabs_right (c - r)) in Hl by lra. apply Rabs_le_between in Hl.
      apply Rmult_le_pos; [destruct He; subst e; lra|lra].
    - rewrite (Rabs_left (c - r)) in Hl by lra. apply Rabs_le_between in Hl.
      assert (L * (c - r) - e * (sigma c - sigma r) <= 0) by (destruct He; subst e; lra).
      nra. }
  pose proof (H 1 (or_introl eq_refl)). pose proof (H (-1) (or_intror eq_refl)).
  apply Rabs_le. lra.
Qed.

(** The sum over the coordinates: H(v) - H(u) - sigma(u) . (v - u). *)
Lemma energy_remainder n (sigma Phi : R -> R) u v :
  Sum n (fun i => remainder sigma Phi (u i) (v i)) =
  energy n Phi v - energy n Phi u - dot n (apply sigma u) (fun i => v i - u i).
Proof. unfold remainder, energy, dot, apply. now rewrite !Sum_minus. Qed.

Lemma energy_above_tangent n (sigma Phi : R -> R) u v :
  potential sigma Phi -> nondecreasing sigma ->
  energy n Phi u + dot n (apply sigma u) (fun i => v i - u i) <= energy n Phi v.
Proof.
  intros HP Hm. pose proof (energy_remainder n sigma Phi u v) as E.
  assert (0 <= Sum n (fun i => remainder sigma Phi (u i) (v i))).
  { apply Sum_nonneg. intros. now apply remainder_nonneg. }
  lra.
Qed.

Lemma not_equal n (u v : vector) : ~ equal n u v -> exists i, (i < n)%nat /\ u i <> v i.
Proof.
  induction n as [|n IH]; intros H.
  - exfalso. apply H. intros i Hi. lia.
  - destruct (Req_dec (u n) (v n)) as [E|Hne]; [|exists n; auto].
    destruct IH as [i [Hi Hne]].
    + intros H'. apply H. intros i Hi. destruct (Nat.eq_dec i n) as [->|]; auto. apply H'. lia.
    + exists i. auto.
Qed.

Lemma energy_strictly_above_tangent n (sigma Phi : R -> R) u v :
  potential sigma Phi -> strictly_increasing sigma -> ~ equal n u v ->
  energy n Phi u + dot n (apply sigma u) (fun i => v i - u i) < energy n Phi v.
Proof.
  intros HP Hm Hne. pose proof (energy_remainder n sigma Phi u v) as E.
  destruct (not_equal n u v Hne) as [k [Hk Hkne]].
  assert (0 < Sum n (fun i => remainder sigma Phi (u i) (v i))).
  { rewrite <- (Sum_zero n). apply Sum_lt with k; auto.
    - intros. apply remainder_nonneg; auto. now apply strictly_nondecreasing.
    - now apply remainder_pos. }
  lra.
Qed.

Lemma energy_quadratic n (sigma Phi : R -> R) L u v :
  potential sigma Phi -> lipschitz L sigma ->
  Rabs (energy n Phi v - energy n Phi u - dot n (apply sigma u) (fun i => v i - u i))
  <= L / 2 * sqnorm n (fun i => v i - u i).
Proof.
  intros HP HL. rewrite <- energy_remainder.
  eapply Rle_trans; [apply Sum_abs|]. unfold sqnorm, dot. rewrite <- Sum_scal.
  apply Sum_le. intros i _. now apply remainder_quadratic.
Qed.
