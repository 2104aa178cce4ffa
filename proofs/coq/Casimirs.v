(** Row I4: linear first integrals of the outer form.

    The counterexample for the inner form is in InvariantClaims.v. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Fredholm Flows.
Open Scope R_scope.

(** I4: k^T W = 0 and k . b = 0; W need not be skew, sigma may be any function. *)
Theorem casimirs_are_conserved I n W b k (sigma : R -> R) x s t :
  interval I -> equal n (mul n (fun i j => W j i) k) zero -> dot n k b = 0 ->
  solution I n (outer n W sigma b) x -> I s -> I t ->
  dot n k (x s) = dot n k (x t).
Proof.
  intros HI Hk Hb Hx.
  apply (first_integral I n (outer n W sigma b) x (fun i r => k i * r) (fun i _ => k i)); auto.
  { intros i r _. apply is_derive_cmul. }
  intros z. change (dot n k (outer n W sigma b z) = 0).
  unfold outer. rewrite dot_plus_r, dot_mul, Hb, dot_comm, (dot_zero_r n _ _ Hk). lra.
Qed.

(** ** Odd n *)

Definition swap (p q i : nat) : nat :=
  if Nat.eqb i p then q else if Nat.eqb i q then p else i.

(* Case analysis on every comparison of indices in the goal. *)
Ltac compare_indices :=
  repeat (match goal with |- context [Nat.eqb ?a ?b] => destruct (Nat.eqb_spec a b) end;
          subst; try lia).

Lemma swap_swap p q i : swap p q (swap p q i) = i.
Proof.
  unfold swap. destruct (Nat.eqb_spec i p), (Nat.eqb_spec i q); compare_indices.
Qed.

Lemma swap_below n p q i :
  (p < n)%nat -> (q < n)%nat -> (i < n)%nat -> (swap p q i < n)%nat.
Proof. unfold swap. compare_indices. Qed.

Lemma Sum_of_swap n p q f :
  (p < n)%nat -> (q < n)%nat -> Sum n (fun i => f (swap p q i)) = Sum n f.
Proof.
  intros Hp Hq.
  transitivity (Sum n (fun i => f i + (delta p i * (f q - f p) + delta q i * (f p - f q)))).
  - apply Sum_ext. intros i _. unfold swap, delta.
    compare_indices; ring.
  - rewrite !Sum_plus.
    rewrite (Sum_delta n (fun _ => f q - f p) p Hp), (Sum_delta n (fun _ => f p - f q) q Hq). ring.
Qed.

(** One step of skew elimination: a pivot W n (n+1) reduces size n + 2 to size n. *)
Lemma kernel_from_pivot n W :
  (forall V, skew n V -> exists k, ~ equal n k zero /\ equal n (mul n V k) zero) ->
  skew (S (S n)) W -> W n (S n) <> 0 ->
  exists k, ~ equal (S (S n)) k zero /\ equal (S (S n)) (mul (S (S n)) W k) zero.
Proof.
  intros IH HW Ha. set (a := W n (S n)) in *.
  set (V := fun i j => W i j + (W i n * W (S n) j - W i (S n) * W n j) / a).
  destruct (IH V) as [k [Hk0 Hk]].
  { intros i j Hi Hj. unfold V.
    assert (E1 := HW i j ltac:(lia) ltac:(lia)).
    assert (E2 := HW (S n) j ltac:(lia) ltac:(lia)).
    assert (E3 := HW (S n) i ltac:(lia) ltac:(lia)).
    assert (E4 := HW n j ltac:(lia) ltac:(lia)).
    assert (E5 := HW n i ltac:(lia) ltac:(lia)).
    replace (W j i) with (- W i j) by lra. replace (W (S n) j) with (- W j (S n)) by lra.
    replace (W (S n) i) with (- W i (S n)) by lra. replace (W n j) with (- W j n) by lra.
    replace (W n i) with (- W i n) by lra. field. exact Ha. }
  set (dn := Sum n (fun j => W n j * k j)). set (ds := Sum n (fun j => W (S n) j * k j)).
  set (k2 := fun i => if Nat.ltb i n then k i else if Nat.eqb i n then ds / a else - dn / a).
  assert (Hsmall : forall i, (i < n)%nat -> k2 i = k i).
  { intros i Hi. unfold k2. destruct (Nat.ltb_spec i n); [reflexivity|lia]. }
  assert (Hn : k2 n = ds / a).
  { unfold k2. rewrite Nat.ltb_irrefl, Nat.eqb_refl. reflexivity. }
  assert (Hs : k2 (S n) = - dn / a).
  { unfold k2. destruct (Nat.ltb_spec (S n) n); [lia|]. destruct (Nat.eqb_spec (S n) n); [lia|].
    reflexivity. }
  exists k2. split.
  - intros H. apply Hk0. intros i Hi. rewrite <- Hsmall by exact Hi. apply H. lia.
  - intros i Hi. unfold mul. simpl Sum. rewrite Hn, Hs.
    rewrite (Sum_ext n (fun j => W i j * k2 j) (fun j => W i j * k j))
      by (intros j Hj; now rewrite Hsmall).
    assert (Enn := HW n n ltac:(lia) ltac:(lia)).
    assert (Ess := HW (S n) (S n) ltac:(lia) ltac:(lia)).
    assert (Esn := HW n (S n) ltac:(lia) ltac:(lia)). fold a in Esn.
    destruct (Nat.eq_dec i n) as [->|Hin]; [|destruct (Nat.eq_dec i (S n)) as [->|His]].
    + fold dn. fold a. replace (W n n) with 0 by lra. unfold zero. field. exact Ha.
    + fold ds. replace (W (S n) (S n)) with 0 by lra. replace (W (S n) n) with (- a) by lra.
      unfold zero. field. exact Ha.
    + rewrite <- (Hk i ltac:(lia)). unfold mul, V.
      rewrite (Sum_ext n (fun j => (W i j + (W i n * W (S n) j - W i (S n) * W n j) / a) * k j)
        (fun j => W i j * k j + (W i n / a * (W (S n) j * k j) - W i (S n) / a * (W n j * k j))))
        by (intros; field; exact Ha).
      rewrite Sum_plus, Sum_minus, !Sum_scal. fold dn ds. field. exact Ha.
Qed.

Lemma odd_kernel m : forall W, skew (S (2 * m)) W ->
  exists k, ~ equal (S (2 * m)) k zero /\ equal (S (2 * m)) (mul (S (2 * m)) W k) zero.
Proof.
  induction m as [|m IH]; intros W HW.
  - exists (fun _ => 1). split.
    + intros H. specialize (H 0%nat ltac:(lia)). unfold zero in H. lra.
    + intros i Hi. replace i with 0%nat by lia. unfold mul, zero. simpl.
      pose proof (HW 0%nat 0%nat ltac:(lia) ltac:(lia)). lra.
  - replace (S (2 * S m)) with (S (S (S (2 * m)))) in * by lia.
    set (n := S (2 * m)) in *.
    destruct (zero_or_not (S (S n)) (W (S n))) as [H0|[j [Hj Hne]]].
    + exists (delta (S n)). split.
      * intros H. specialize (H (S n) ltac:(lia)). unfold delta, zero in H.
        rewrite Nat.eqb_refl in H. lra.
      * intros i Hi. unfold mul, zero.
        rewrite (Sum_ext _ _ (fun j => delta (S n) j * W i j)) by (intros; ring).
        rewrite Sum_delta by lia.
        pose proof (HW i (S n) Hi ltac:(lia)). rewrite (H0 i Hi) in H. lra.
    + assert (Hjn : (j < S n)%nat).
      { destruct (Nat.eq_dec j (S n)) as [->|]; [|lia]. exfalso. apply Hne.
        pose proof (HW (S n) (S n) ltac:(lia) ltac:(lia)). lra. }
      set (t := swap j n). set (V := fun p q => W (t p) (t q)).
      assert (Ht : forall i, (i < S (S n))%nat -> (t i < S (S n))%nat)
        by (intros; apply swap_below; lia).
      destruct (kernel_from_pivot n V) as [k [Hk0 Hk]].
      * exact IH.
      * intros p q Hp Hq. apply HW; apply Ht; assumption.
      * unfold V, t.
        assert (E1 : swap j n n = j).
        { unfold swap. rewrite Nat.eqb_refl. destruct (Nat.eqb_spec n j); auto. }
        assert (E2 : swap j n (S n) = S n).
        { unfold swap. compare_indices. }
        rewrite E1, E2. pose proof (HW j (S n) ltac:(lia) ltac:(lia)). lra.
      * exists (fun i => k (t i)). split.
        -- intros H. apply Hk0. intros i Hi. rewrite <- (swap_swap j n i). apply (H (t i)), Ht, Hi.
        -- intros i Hi. change (zero i) with (zero (t i)).
           rewrite <- (Hk (t i) (Ht i Hi)). unfold mul, V.
           rewrite <- (Sum_of_swap (S (S n)) j n (fun q => W (t (t i)) (t q) * k q)) by lia.
           apply Sum_ext. intros q _. fold t. unfold t. now rewrite !swap_swap.
Qed.

(** I4: a skew W of odd size has a Casimir. *)
Theorem odd_size_has_a_casimir n W :
  Nat.Odd n -> skew n W ->
  exists k, ~ equal n k zero /\ equal n (mul n (fun i j => W j i) k) zero.
Proof.
  intros [m ->] HW. replace (2 * m + 1)%nat with (S (2 * m)) in * by lia.
  destruct (odd_kernel m W HW) as [k [Hk0 Hk]]. exists k.
  split; [exact Hk0|]. exact (proj1 (skew_kernel _ W k HW) Hk).
Qed.
