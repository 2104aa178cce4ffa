(** A system of linear equations is solvable, or a combination of its rows is contradictory. *)
From Coq Require Import Reals Lra Lia Arith.
From Gsdcheck Require Import Vectors.
Open Scope R_scope.

Lemma zero_or_not n (f : nat -> R) :
  (forall i, (i < n)%nat -> f i = 0) \/ exists i, (i < n)%nat /\ f i <> 0.
Proof.
  induction n as [|n [IH|[i [Hi H]]]].
  - left. intros; lia.
  - destruct (Req_dec (f n) 0) as [H|H].
    + left. intros i Hi. destruct (Nat.eq_dec i n) as [->|Hne]; auto. apply IH. lia.
    + right. exists n. split; [lia|exact H].
  - right. exists i. split; [lia|exact H].
Qed.

(** n equations in m unknowns. *)
Lemma solvable_or_contradictory n m : forall (W : matrix) (v : vector),
  (exists c, forall i, (i < n)%nat -> Sum m (fun j => W i j * c j) = v i) \/
  (exists k, (forall j, (j < m)%nat -> Sum n (fun i => k i * W i j) = 0) /\ dot n k v <> 0).
Proof.
  induction m as [|m IH]; intros W v.
  - destruct (zero_or_not n v) as [H|[p [Hp Hne]]].
    + left. exists zero. intros i Hi. symmetry. exact (H i Hi).
    + right. exists (delta p). split; [intros; lia|]. unfold dot. now rewrite Sum_delta.
  - destruct (zero_or_not n (fun i => W i m)) as [H|[p [Hp Hne]]].
    { destruct (IH W v) as [[c Hc]|[k [Hk Hv]]].
      - left. exists c. intros i Hi. simpl. rewrite (H i Hi), (Hc i Hi). ring.
      - right. exists k. split; [|exact Hv]. intros j Hj.
        destruct (Nat.eq_dec j m) as [->|Hjm]; [|apply Hk; lia].
        rewrite <- (Sum_zero n). apply Sum_ext. intros i Hi. rewrite (H i Hi). ring. }
    set (r := fun i => W i m / W p m).
    destruct (IH (fun i j => W i j - r i * W p j) (fun i => v i - r i * v p)) as [[c Hc]|[k [Hk Hv]]].
    + left. set (S := Sum m (fun j => W p j * c j)).
      exists (fun j => if Nat.eqb j m then (v p - S) / W p m else c j). intros i Hi. simpl.
      rewrite Nat.eqb_refl.
      rewrite (Sum_ext m _ (fun j => (W i j - r i * W p j) * c j + r i * (W p j * c j))).
      * rewrite Sum_plus, Sum_scal, (Hc i Hi). fold S. unfold r. field. exact Hne.
      * intros j Hj. destruct (Nat.eqb_spec j m); [lia|]. ring.
    + right. set (a := Sum n (fun i => k i * W i m) / W p m).
      assert (E : forall f : nat -> R, Sum n (fun i => (k i - delta p i * a) * f i) =
                  Sum n (fun i => k i * f i) - a * f p).
      { intros f.
        rewrite (Sum_ext n _ (fun i => k i * f i - a * (delta p i * f i))) by (intros; ring).
        now rewrite Sum_minus, Sum_scal, Sum_delta. }
      assert (D : forall f : nat -> R, Sum n (fun i => k i * (f i - r i * f p)) =
                  Sum n (fun i => k i * f i) - a * f p).
      { intros f. rewrite (Sum_ext n _ (fun i => k i * f i - k i * W i m * (f p / W p m)))
          by (intros; unfold r; field; exact Hne).
        rewrite Sum_minus, Sum_scal_r. unfold a. field. exact Hne. }
      exists (fun i => k i - delta p i * a). split.
      * intros j Hj. rewrite (E (fun i => W i j)).
        destruct (Nat.eq_dec j m) as [->|Hjm]; [unfold a; field; exact Hne|].
        rewrite <- (D (fun i => W i j)). apply Hk. lia.
      * unfold dot in *. now rewrite E, <- D.
Qed.

(** What every k with k^T W = 0 annihilates is in the range of W. *)
Lemma in_range n W v :
  (forall k, equal n (mul n (fun i j => W j i) k) zero -> dot n k v = 0) ->
  exists c, equal n v (mul n W c).
Proof.
  intros H. destruct (solvable_or_contradictory n n W v) as [[c Hc]|[k [Hk Hv]]].
  - exists c. intros i Hi. symmetry. exact (Hc i Hi).
  - exfalso. apply Hv, H. intros j Hj. change (mul n (fun i j => W j i) k j = 0).
    rewrite <- (Hk j Hj). apply Sum_ext. intros; ring.
Qed.
