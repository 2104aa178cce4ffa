(** Rows J1 and J2 (odd n): spectra of J = W D and J = D W, D = diag(sigma'(x_i)).

    An eigenvalue alpha + i beta with eigenvector u + i w <> 0 is written in real numbers:
    J u = alpha u - beta w, J w = alpha w + beta u. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Casimirs.
Open Scope R_scope.

Definition diagonal (d u : vector) : vector := fun i => d i * u i.

Definition eigenvalue (n : nat) (J : vector -> vector) (alpha beta : R) : Prop :=
  exists u w, ~ (equal n u zero /\ equal n w zero) /\
    equal n (J u) (fun i => alpha * u i - beta * w i) /\
    equal n (J w) (fun i => alpha * w i + beta * u i).

(** The Jacobians of the outer and of the inner form. *)
Definition outer_jacobian (n : nat) (W : matrix) (d : vector) : vector -> vector :=
  fun u => mul n W (diagonal d u).
Definition inner_jacobian (n : nat) (W : matrix) (d : vector) : vector -> vector :=
  fun u => diagonal d (mul n W u).

(** The outer Jacobian is the derivative of the field. *)
Lemma outer_jacobian_is_derivative n W (sigma dsigma : R -> R) b x v i :
  (forall s, is_derive sigma s (dsigma s)) ->
  is_derive (fun e => outer n W sigma b (fun j => x j + e * v j) i) 0
            (outer_jacobian n W (apply dsigma x) v i).
Proof.
  intros Hd. evar_last.
  - apply @is_derive_plus; [|apply @is_derive_const].
    apply (is_derive_Sum n (fun j e => W i j * sigma (x j + e * v j))
             (fun j => W i j * (v j * dsigma (x j)))). intros j _.
    apply is_derive_scal. apply (is_derive_comp sigma (fun e => x j + e * v j)).
    + replace (x j + 0 * v j) with (x j) by ring. apply Hd.
    + auto_derive; auto. ring.
  - unfold plus, Hierarchy.zero; simpl. rewrite Rplus_0_r. unfold outer_jacobian, mul.
    apply Sum_ext. intros j _. unfold diagonal, apply. ring.
Qed.

(** J1, outer form: W skew, D >= 0: every eigenvalue is imaginary. *)
Theorem jacobian_spectrum_is_imaginary_outer n W d alpha beta :
  skew n W -> (forall i, (i < n)%nat -> 0 <= d i) ->
  eigenvalue n (outer_jacobian n W d) alpha beta -> alpha = 0.
Proof.
  intros HW Hd [u [w [Hne [Hu Hw]]]]. unfold outer_jacobian in *.
  pose proof (skew_form n W (diagonal d u) HW) as Eu.
  pose proof (skew_form n W (diagonal d w) HW) as Ew.
  rewrite (dot_ext n _ (diagonal d u) _ _ (fun i _ => eq_refl) Hu), dot_minus_r, !dot_scal_r in Eu.
  rewrite (dot_ext n _ (diagonal d w) _ _ (fun i _ => eq_refl) Hw), dot_plus_r, !dot_scal_r in Ew.
  assert (Esym : dot n (diagonal d u) w = dot n (diagonal d w) u).
  { apply Sum_ext. intros. unfold diagonal. ring. }
  set (T := fun i => d i * (u i * u i + w i * w i)).
  assert (ET : Sum n T = dot n (diagonal d u) u + dot n (diagonal d w) w).
  { unfold dot. rewrite <- Sum_plus. apply Sum_ext. intros. unfold T, diagonal. ring. }
  assert (HT : alpha * Sum n T = 0) by (rewrite ET, Esym in *; lra).
  destruct (Req_dec (Sum n T) 0) as [H0|H0].
  2:{ apply Rmult_integral in HT. tauto. }
  assert (Hnn : forall i, (i < n)%nat -> 0 <= T i).
  { intros i Hi. apply Rmult_le_pos; [auto|]. pose proof (Rle_0_sqr (u i)).
    pose proof (Rle_0_sqr (w i)). unfold Rsqr in *. lra. }
  assert (Hz : forall i, (i < n)%nat -> d i = 0 \/ (u i = 0 /\ w i = 0)).
  { intros i Hi. pose proof (Sum_nonneg_zero n T Hnn H0 i Hi) as E. unfold T in E.
    apply Rmult_integral in E. destruct E as [E|E]; [auto|right].
    pose proof (Rle_0_sqr (u i)). pose proof (Rle_0_sqr (w i)). unfold Rsqr in *.
    split; apply Rsqr_0_uniq; unfold Rsqr; lra. }
  assert (Du : equal n (diagonal d u) zero).
  { intros i Hi. unfold diagonal, zero. destruct (Hz i Hi) as [->|[-> _]]; ring. }
  assert (Dw : equal n (diagonal d w) zero).
  { intros i Hi. unfold diagonal, zero. destruct (Hz i Hi) as [->|[_ ->]]; ring. }
  apply Classical_Prop.NNPP. intros Ha. apply Hne.
  assert (H : forall i, (i < n)%nat -> u i * u i + w i * w i = 0).
  { intros i Hi. pose proof (Hu i Hi) as E1. pose proof (Hw i Hi) as E2.
    rewrite (mul_zero n W _ i Du) in E1. rewrite (mul_zero n W _ i Dw) in E2.
    assert (E : alpha * (u i * u i + w i * w i) = 0).
    { replace (alpha * (u i * u i + w i * w i)) with
        (u i * (alpha * u i - beta * w i) + w i * (alpha * w i + beta * u i)) by ring.
      rewrite <- E1, <- E2. ring. }
    apply Rmult_integral in E. tauto. }
  split; intros i Hi; pose proof (H i Hi); pose proof (Rle_0_sqr (u i));
    pose proof (Rle_0_sqr (w i)); unfold Rsqr, zero in *; apply Rsqr_0_uniq; unfold Rsqr; lra.
Qed.

(** J1, inner form. *)
Theorem jacobian_spectrum_is_imaginary_inner n W d alpha beta :
  skew n W -> (forall i, (i < n)%nat -> 0 <= d i) ->
  eigenvalue n (inner_jacobian n W d) alpha beta -> alpha = 0.
Proof.
  intros HW Hd [u [w [Hne [Hu Hw]]]]. unfold inner_jacobian in *.
  destruct (Classical_Prop.classic (equal n (mul n W u) zero /\ equal n (mul n W w) zero))
    as [[Zu Zw]|Hp].
  - apply Classical_Prop.NNPP. intros Ha. apply Hne.
    assert (H : forall i, (i < n)%nat -> u i * u i + w i * w i = 0).
    { intros i Hi. pose proof (Hu i Hi) as E1. pose proof (Hw i Hi) as E2.
      unfold diagonal in *. rewrite (Zu i Hi) in E1. rewrite (Zw i Hi) in E2. unfold zero in *.
      rewrite Rmult_0_r in E1, E2.
      assert (E : alpha * (u i * u i + w i * w i) = 0).
      { replace (alpha * (u i * u i + w i * w i)) with
          (u i * (alpha * u i - beta * w i) + w i * (alpha * w i + beta * u i)) by ring.
        rewrite <- E1, <- E2. ring. }
      apply Rmult_integral in E. tauto. }
    split; intros i Hi; pose proof (H i Hi); pose proof (Rle_0_sqr (u i));
      pose proof (Rle_0_sqr (w i)); unfold Rsqr, zero in *; apply Rsqr_0_uniq; unfold Rsqr; lra.
  - apply (jacobian_spectrum_is_imaginary_outer n W d alpha beta HW Hd).
    exists (mul n W u), (mul n W w). split; [exact Hp|]. unfold outer_jacobian. split; intros i Hi.
    + rewrite (mul_ext n W _ _ Hu), mul_minus, !mul_scal. reflexivity.
    + rewrite (mul_ext n W _ _ Hw), mul_plus, !mul_scal. reflexivity.
Qed.

(** J2: for odd n 0 is an eigenvalue, with any D. *)
Theorem odd_jacobian_is_singular n W d :
  Nat.Odd n -> skew n W -> eigenvalue n (outer_jacobian n W d) 0 0.
Proof.
  intros Hodd HW.
  assert (Hex : exists v, ~ equal n v zero /\ equal n (mul n W (diagonal d v)) zero).
  { destruct (Classical_Prop.classic (exists i, (i < n)%nat /\ d i = 0)) as [[i [Hi Hd]]|Hd].
    - exists (delta i). split.
      + intros E. specialize (E i Hi). unfold delta, zero in E. rewrite Nat.eqb_refl in E. lra.
      + intros j Hj. apply mul_zero. intros q _. unfold diagonal, delta, zero.
        destruct (Nat.eqb_spec i q) as [<-|_]; [rewrite Hd|]; ring.
    - destruct (odd_size_has_a_casimir n W Hodd HW) as [k [Hk0 Hk]].
      exists (fun i => k i / d i). split.
      + intros E. apply Hk0. intros i Hi. assert (d i <> 0) by (intros H; apply Hd; eauto).
        pose proof (E i Hi) as Ei. unfold zero in *.
        replace (k i) with (k i / d i * d i) by (field; assumption). rewrite Ei. ring.
      + intros i Hi. rewrite <- (proj2 (skew_kernel n W k HW) Hk i Hi). apply mul_ext.
        intros j Hj. assert (d j <> 0) by (intros H; apply Hd; eauto). unfold diagonal. field.
        assumption. }
  destruct Hex as [v [Hv0 Hv]]. exists v, zero. split; [tauto|].
  split; intros i Hi.
  - unfold outer_jacobian. rewrite (Hv i Hi). unfold zero. ring.
  - unfold outer_jacobian. rewrite mul_zero; [unfold zero; ring|].
    intros j _. unfold diagonal, zero. ring.
Qed.
