(** The claims of family J, sentence by sentence: where the eigenvalues of the Jacobian lie.

    That the spectrum is symmetric (J2) is proved over any field in JacobianSymmetry.v. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity Casimirs ConservedImpliesSkew Jacobian Theory Instances
  Refutations.
Open Scope R_scope.

(** J is the derivative of F at x: the rate of each F_i along every direction v. *)
Definition is_jacobian (n : nat) (F : field) (x : vector) (J : vector -> vector) : Prop :=
  forall v i, (i < n)%nat -> is_derive (fun e => F (fun j => x j + e * v j) i) 0 (J v i).

(** d_i = sigma'(x_i). *)
Definition slopes (n : nat) (sigma : R -> R) (x d : vector) : Prop :=
  forall i, (i < n)%nat -> is_derive sigma (x i) (d i).

Lemma outer_jacobian_of_slopes n W b sigma x d :
  slopes n sigma x d -> is_jacobian n (outer n W sigma b) x (outer_jacobian n W d).
Proof.
  intros Hd v i _. evar_last.
  - apply @is_derive_plus; [|apply @is_derive_const].
    apply (is_derive_Sum n (fun j e => W i j * sigma (x j + e * v j)) (fun j => W i j * (v j * d j))).
    intros j Hj. apply is_derive_scal. apply (is_derive_comp sigma (fun e => x j + e * v j)).
    + replace (x j + 0 * v j) with (x j) by ring. now apply Hd.
    + auto_derive; auto. ring.
  - unfold plus, Hierarchy.zero; simpl. rewrite Rplus_0_r. unfold outer_jacobian, mul.
    apply Sum_ext. intros j _. unfold diagonal. ring.
Qed.

Lemma inner_jacobian_of_slopes n W b sigma x d :
  slopes n sigma (affine n W b x) d -> is_jacobian n (inner n W sigma b) x (inner_jacobian n W d).
Proof.
  intros Hd v i Hi. evar_last.
  - apply (is_derive_comp sigma (fun e => affine n W b (fun j => x j + e * v j) i) 0 (d i) (mul n W v i)).
    + replace (affine n W b (fun j => x j + 0 * v j) i) with (affine n W b x i); [now apply Hd|].
      unfold affine. rewrite (mul_ext n W (fun j => x j + 0 * v j) x); [reflexivity|]. intros j _. ring.
    + apply is_derive_ext with (fun e => affine n W b x i + e * mul n W v i).
      * assert (E : forall e : R, affine n W b x i + e * mul n W v i = affine n W b (fun j => x j + e * v j) i).
        { intros e. unfold affine. rewrite mul_plus, mul_scal. ring. }
        exact E.
      * auto_derive; auto. ring.
  - unfold scal; simpl; unfold mult; simpl. unfold inner_jacobian, diagonal. ring.
Qed.

(** J1, jacobian-spectrum-is-imaginary: both forms, any bias. *)
Theorem jacobian_spectrum_is_imaginary n W b sigma x d :
  skew n W -> (forall i, (i < n)%nat -> 0 <= d i) ->
  (slopes n sigma x d ->
     is_jacobian n (outer n W sigma b) x (outer_jacobian n W d) /\
     forall alpha beta, eigenvalue n (outer_jacobian n W d) alpha beta -> alpha = 0) /\
  (slopes n sigma (affine n W b x) d ->
     is_jacobian n (inner n W sigma b) x (inner_jacobian n W d) /\
     forall alpha beta, eigenvalue n (inner_jacobian n W d) alpha beta -> alpha = 0).
Proof.
  intros HW Hd. split; intros Hs; split.
  - now apply outer_jacobian_of_slopes.
  - intros alpha beta. now apply jacobian_spectrum_is_imaginary_outer.
  - now apply inner_jacobian_of_slopes.
  - intros alpha beta. now apply jacobian_spectrum_is_imaginary_inner.
Qed.

(** A nondecreasing sigma has sigma' >= 0 wherever it has a derivative. *)
Theorem nondecreasing_slope_is_nonnegative sigma s v : nondecreasing sigma -> is_derive sigma s v -> 0 <= v.
Proof.
  intros Hm Hd. apply Rnot_lt_le. intros Hv. apply is_derive_Reals in Hd.
  destruct (Hd (- v / 2) ltac:(lra)) as [e He]. pose proof (cond_pos e) as Hp.
  specialize (He (e / 2) ltac:(lra) ltac:(rewrite Rabs_right; lra)). apply Rabs_def2 in He.
  pose proof (Hm s (s + e / 2) ltac:(lra)).
  assert (0 <= (sigma (s + e / 2) - sigma s) / (e / 2)).
  { apply Rmult_le_pos; [lra|]. left. apply Rinv_0_lt_compat. lra. }
  lra.
Qed.

(** J2, jacobian-spectrum-is-symmetric, the part about odd n: 0 is an eigenvalue, in both forms. *)
Theorem odd_jacobian_is_singular n W d :
  skew n W -> Nat.Odd n ->
  eigenvalue n (outer_jacobian n W d) 0 0 /\ eigenvalue n (inner_jacobian n W d) 0 0.
Proof.
  intros HW Hn. split; [now apply Jacobian.odd_jacobian_is_singular|].
  destruct (odd_size_has_a_casimir n W Hn HW) as [k [Hk0 Hk]].
  apply (skew_kernel n W k HW) in Hk. exists k, zero. split; [|split].
  - intros [E _]. now apply Hk0.
  - intros i Hi. unfold inner_jacobian, diagonal. rewrite (Hk i Hi). unfold zero. ring.
  - intros i Hi. unfold inner_jacobian, diagonal. rewrite mul_zero by (intros j _; reflexivity). unfold zero. ring.
Qed.

Lemma sin_is_tame : odd sin /\ bounded sin /\ is_continuous sin.
Proof.
  split; [|split].
  - intros s. apply sin_neg.
  - exists 1. intros s. apply Rabs_le. apply SIN_bound.
  - intros s. apply (ex_derive_continuous sin). eexists. apply sin_derive.
Qed.

(** (0, 3) *)
Definition zero_three : vector := fun i => match i with 0%nat => 0 | _ => 3 end.

Lemma cos_3_negative : cos 3 < 0.
Proof.
  pose proof PI_4. pose proof PI2_1. apply cos_lt_0; lra.
Qed.

(** J3, jacobian-spectrum-is-always-imaginary: false for the sine at (0, 3), with lambda^2 = - cos 0 cos 3 > 0. *)
Theorem jacobian_spectrum_is_not_always_imaginary :
  ~ (forall n W sigma x d alpha beta,
       skew n W -> odd sigma -> bounded sigma -> is_continuous sigma -> slopes n sigma x d ->
       eigenvalue n (outer_jacobian n W d) alpha beta -> alpha = 0) /\
  slopes 2 sin zero_three (apply cos zero_three) /\
  exists lambda, lambda <> 0 /\ lambda * lambda = - (cos 0 * cos 3) /\
    eigenvalue 2 (outer_jacobian 2 rotation (apply cos zero_three)) lambda 0.
Proof.
  assert (Hs : slopes 2 sin zero_three (apply cos zero_three)) by (intros i _; apply sin_derive).
  assert (He : exists lambda, lambda <> 0 /\ lambda * lambda = - (cos 0 * cos 3) /\
    eigenvalue 2 (outer_jacobian 2 rotation (apply cos zero_three)) lambda 0).
  { pose proof cos_3_negative as Hneg. set (l := sqrt (- cos 3)).
    assert (Hl : l * l = - cos 3) by (apply sqrt_sqrt; lra).
    assert (Hl0 : l <> 0) by (intros E; rewrite E in Hl; lra).
    exists l. split; [exact Hl0|split; [rewrite cos_0, Hl; ring|]].
    exists (fun i => match i with 0%nat => - l | _ => 1 end), zero. split; [|split].
    - intros [E _]. specialize (E 1%nat ltac:(lia)). unfold zero in E. lra.
    - intros i Hi. destruct i as [|[|i]]; [| |lia];
        unfold outer_jacobian, mul, diagonal, apply, zero_three, zero; simpl; rewrite cos_0.
      + transitivity (cos 3); [ring|]. replace (l * - l - 0 * 0) with (- (l * l)) by ring. rewrite Hl. ring.
      + ring.
    - intros i Hi. unfold outer_jacobian. rewrite mul_zero; [unfold zero; ring|].
      intros j _. unfold diagonal, zero. ring. }
  split; [|split; [exact Hs|exact He]].
  intros Hall. destruct He as [l [Hl0 [_ Hl]]]. apply Hl0. destruct sin_is_tame as [Ho [Hb Hc]].
  exact (Hall 2%nat rotation sin zero_three (apply cos zero_three) l 0 rotation_skew Ho Hb Hc Hs Hl).
Qed.

(** J4, linear-norm-is-conserved-iff-skew. *)
Theorem linear_norm_is_conserved_iff_skew n W : conserved n (linear n W) (norm n) <-> skew n W.
Proof. apply ConservedImpliesSkew.linear_norm_is_conserved_iff_skew. Qed.

(** ** n = 2 *)

(** J = [[0, p], [q, 0]], so that J J = p q. *)
Lemma planar_eigenvalue (J : vector -> vector) p q alpha beta :
  (forall u, J u 0%nat = p * u 1%nat) -> (forall u, J u 1%nat = q * u 0%nat) ->
  eigenvalue 2 J alpha beta <-> (alpha * alpha - beta * beta = p * q /\ alpha * beta = 0).
Proof.
  intros J0 J1. split.
  - intros [u [w [Hne [Hu Hw]]]].
    pose proof (Hu 0%nat ltac:(lia)) as U0. pose proof (Hu 1%nat ltac:(lia)) as U1.
    pose proof (Hw 0%nat ltac:(lia)) as W0. pose proof (Hw 1%nat ltac:(lia)) as W1. cbv beta in *.
    rewrite J0 in U0, W0. rewrite J1 in U1, W1.
    set (A := alpha * alpha - beta * beta - p * q). set (B := 2 * (alpha * beta)).
    (* A v = - i B v for v = u + i w *)
    assert (E : forall i, (i < 2)%nat -> A * u i = B * w i /\ A * w i = - B * u i).
    { intros i Hi. destruct i as [|[|i]]; [| |lia]; unfold A, B; split.
      - transitivity (alpha * (alpha * u 0%nat) - beta * (beta * u 0%nat) - p * (q * u 0%nat)); [ring|].
        rewrite U1. replace (p * (alpha * u 1%nat - beta * w 1%nat)) with (alpha * (p * u 1%nat) - beta * (p * w 1%nat)) by ring.
        rewrite U0, W0. ring.
      - transitivity (alpha * (alpha * w 0%nat) - beta * (beta * w 0%nat) - p * (q * w 0%nat)); [ring|].
        rewrite W1. replace (p * (alpha * w 1%nat + beta * u 1%nat)) with (alpha * (p * w 1%nat) + beta * (p * u 1%nat)) by ring.
        rewrite U0, W0. ring.
      - transitivity (alpha * (alpha * u 1%nat) - beta * (beta * u 1%nat) - q * (p * u 1%nat)); [ring|].
        rewrite U0. replace (q * (alpha * u 0%nat - beta * w 0%nat)) with (alpha * (q * u 0%nat) - beta * (q * w 0%nat)) by ring.
        rewrite U1, W1. ring.
      - transitivity (alpha * (alpha * w 1%nat) - beta * (beta * w 1%nat) - q * (p * w 1%nat)); [ring|].
        rewrite W0. replace (q * (alpha * w 0%nat + beta * u 0%nat)) with (alpha * (q * w 0%nat) + beta * (q * u 0%nat)) by ring.
        rewrite U1, W1. ring. }
    assert (Hsq : A * A + B * B = 0).
    { apply Classical_Prop.NNPP. intros Hs. apply Hne.
      assert (Hz : forall i, (i < 2)%nat -> u i = 0 /\ w i = 0).
      { intros i Hi. destruct (E i Hi) as [E1 E2]. split; apply (Rmult_eq_reg_l (A * A + B * B)); try exact Hs.
        - transitivity (A * (A * u i) + B * (B * u i)); [ring|]. rewrite E1.
          transitivity (B * (A * w i) + B * (B * u i)); [ring|]. rewrite E2. ring.
        - transitivity (A * (A * w i) + B * (B * w i)); [ring|]. rewrite E2.
          transitivity (- B * (A * u i) + B * (B * w i)); [ring|]. rewrite E1. ring. }
      split; intros i Hi; apply (Hz i Hi). }
    assert (HA : A = 0) by nra. assert (HB : B = 0) by nra. unfold A, B in *. split; lra.
  - intros [Hsq Hprod].
    destruct (Req_dec q 0) as [Hq|Hq]; [destruct (Req_dec p 0) as [Hp|Hp]|].
    + (* J = 0 *)
      assert (Hab : alpha = 0 /\ beta = 0).
      { rewrite Hp, Rmult_0_l in Hsq. apply Rmult_integral in Hprod. destruct Hprod as [->| ->]; split; nra. }
      destruct Hab as [-> ->]. exists (fun i => match i with 0%nat => 1 | _ => 0 end), zero. split; [|split].
      * intros [E _]. specialize (E 0%nat ltac:(lia)). unfold zero in E. lra.
      * intros i Hi. destruct i as [|[|i]]; [| |lia]; rewrite ?J0, ?J1, ?Hp, ?Hq; unfold zero; ring.
      * intros i Hi. destruct i as [|[|i]]; [| |lia]; rewrite ?J0, ?J1; unfold zero; ring.
    + (* (J + lambda) e_1 *)
      exists (fun i => match i with 0%nat => p | _ => alpha end), (fun i => match i with 0%nat => 0 | _ => beta end).
      split; [|split].
      * intros [E _]. specialize (E 0%nat ltac:(lia)). unfold zero in E. lra.
      * intros i Hi. destruct i as [|[|i]]; [| |lia]; rewrite ?J0, ?J1; simpl; lra.
      * intros i Hi. destruct i as [|[|i]]; [| |lia]; rewrite ?J0, ?J1; simpl; lra.
    + (* (J + lambda) e_0 *)
      exists (fun i => match i with 0%nat => alpha | _ => q end), (fun i => match i with 0%nat => beta | _ => 0 end).
      split; [|split].
      * intros [E _]. specialize (E 1%nat ltac:(lia)). unfold zero in E. lra.
      * intros i Hi. destruct i as [|[|i]]; [| |lia]; rewrite ?J0, ?J1; simpl; lra.
      * intros i Hi. destruct i as [|[|i]]; [| |lia]; rewrite ?J0, ?J1; simpl; lra.
Qed.

(** J3, planar-jacobian-has-opposite-eigenvalues: (alpha + i beta)^2 = - omega^2 sigma'(x_1) sigma'(x_2), which is
    imaginary where the slopes agree in sign, and real where they do not. *)
Theorem planar_jacobian_has_opposite_eigenvalues W b sigma x d :
  skew 2 W -> let square := - (W 0%nat 1%nat * W 0%nat 1%nat * (d 0%nat * d 1%nat)) in
  (forall alpha beta, alpha * alpha - beta * beta = square -> alpha * beta = 0 ->
     (0 <= d 0%nat * d 1%nat -> alpha = 0) /\ (d 0%nat * d 1%nat <= 0 -> beta = 0)) /\
  (slopes 2 sigma x d ->
     is_jacobian 2 (outer 2 W sigma b) x (outer_jacobian 2 W d) /\
     forall alpha beta, eigenvalue 2 (outer_jacobian 2 W d) alpha beta <->
       (alpha * alpha - beta * beta = square /\ alpha * beta = 0)) /\
  (slopes 2 sigma (affine 2 W b x) d ->
     is_jacobian 2 (inner 2 W sigma b) x (inner_jacobian 2 W d) /\
     forall alpha beta, eigenvalue 2 (inner_jacobian 2 W d) alpha beta <->
       (alpha * alpha - beta * beta = square /\ alpha * beta = 0)).
Proof.
  intros HW square. set (w := W 0%nat 1%nat) in *.
  pose proof (HW 0%nat 0%nat ltac:(lia) ltac:(lia)) as W00. pose proof (HW 1%nat 1%nat ltac:(lia) ltac:(lia)) as W11.
  pose proof (HW 1%nat 0%nat ltac:(lia) ltac:(lia)) as W10. fold w in W10.
  assert (E00 : W 0%nat 0%nat = 0) by lra. assert (E11 : W 1%nat 1%nat = 0) by lra. assert (E10 : W 1%nat 0%nat = - w) by lra.
  split.
  { intros alpha beta Hsq Hprod. unfold square in Hsq. pose proof (Rle_0_sqr w) as Hw. unfold Rsqr in Hw.
    apply Rmult_integral in Hprod. split; intros Hd; destruct Hprod as [->| ->]; try reflexivity.
    - assert (0 <= w * w * (d 0%nat * d 1%nat)) by now apply Rmult_le_pos. nra.
    - assert (0 <= w * w * - (d 0%nat * d 1%nat)) by (apply Rmult_le_pos; lra). nra. }
  split; intros Hs; split.
  - now apply outer_jacobian_of_slopes.
  - intros alpha beta. unfold square.
    replace (- (w * w * (d 0%nat * d 1%nat))) with (w * d 1%nat * (- w * d 0%nat)) by ring.
    apply planar_eigenvalue; intros u; unfold outer_jacobian, mul, diagonal; simpl; rewrite ?E00, ?E11, ?E10; fold w; ring.
  - now apply inner_jacobian_of_slopes.
  - intros alpha beta. unfold square.
    replace (- (w * w * (d 0%nat * d 1%nat))) with (w * d 0%nat * (- w * d 1%nat)) by ring.
    apply planar_eigenvalue; intros u; unfold inner_jacobian, mul, diagonal; simpl; rewrite ?E00, ?E11, ?E10; fold w; ring.
Qed.
