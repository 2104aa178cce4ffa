(** Rows J3, O2 and O9: literal readings that are false, by counterexamples with n = 2. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows ConservedImpliesSkew Boundedness Oscillation Jacobian
  Instances Leak LeakLimit.
Open Scope R_scope.

Lemma sin_derive s : is_derive sin s (cos s).
Proof. apply is_derive_Reals, derivable_pt_lim_sin. Qed.

(** (0, pi) *)
Definition saddle : vector := fun i => match i with 0%nat => 0 | _ => PI end.

(** J3: "the Jacobian spectrum is always imaginary" is false: sin at (0, pi) has the eigenvalue 1. *)
Theorem jacobian_spectrum_is_not_always_imaginary :
  ~ (forall n W (sigma dsigma : R -> R) x alpha beta,
       skew n W -> (forall s, is_derive sigma s (dsigma s)) ->
       eigenvalue n (outer_jacobian n W (apply dsigma x)) alpha beta -> alpha = 0).
Proof.
  intros H. enough (1 = 0) by lra.
  apply (H 2%nat rotation sin cos saddle 1 0 rotation_skew sin_derive).
  exists (fun i => match i with 0%nat => 1 | _ => -1 end), zero. split; [|split].
  - intros [E _]. specialize (E 0%nat ltac:(lia)). unfold zero in E. lra.
  - intros i Hi. destruct i as [|[|i]]; [| |lia];
      unfold outer_jacobian, mul, diagonal, apply, saddle, zero; simpl;
      rewrite cos_0, cos_PI; ring.
  - intros i Hi. unfold outer_jacobian. rewrite mul_zero; [unfold zero; ring|].
    intros j _. unfold diagonal, zero. ring.
Qed.

Lemma saddle_rests I : solution I 2 (outer 2 rotation sin zero) (fun _ => saddle).
Proof.
  intros i Hi. split.
  - intros t _. apply filterlim_const.
  - intros t _. replace (outer 2 rotation sin zero saddle i) with 0; [apply @is_derive_const|].
    destruct i as [|[|i]]; [| |lia]; unfold outer, mul, apply, saddle, zero; simpl;
      rewrite sin_0, sin_PI; ring.
Qed.

(** O2: "odd, bounded and continuous suffices for perpetual oscillation" is false: sin rests at (0, pi). *)
Theorem odd_bounded_continuous_does_not_suffice :
  ~ (forall n W (sigma : R -> R) x t0,
       skew n W -> invertible n W -> odd sigma -> bounded sigma -> (forall s, continuous sigma s) ->
       solution (from t0) n (outer n W sigma zero) x -> ~ equal n (x t0) zero ->
       ~ exists z, converges_to n x z).
Proof.
  intros H.
  apply (H 2%nat rotation sin (fun _ => saddle) 0 rotation_skew rotation_invertible).
  - intros s. apply sin_neg.
  - exists 1. intros s. apply Rabs_le. apply SIN_bound.
  - intros s. apply (ex_derive_continuous sin). eexists. apply sin_derive.
  - apply saddle_rests.
  - intros E. specialize (E 1%nat ltac:(lia)). unfold saddle, zero in E. pose proof PI_RGT_0. lra.
  - exists saddle. intros i Hi. apply filterlim_const.
Qed.

(** [[1, -2], [1, -1]], whose square is -1. *)
Definition sheared : matrix := fun i j =>
  match i, j with
  | 0%nat, 0%nat => 1
  | 0%nat, 1%nat => -2
  | 1%nat, 0%nat => 1
  | _, _ => -1
  end.

(** O9, linear: "skewness is necessary for oscillation" is false: every orbit of [[1, -2], [1, -1]] is closed. *)
Theorem skewness_is_not_necessary_for_oscillation :
  ~ skew 2 sheared /\
  forall x0, exists x,
    solution (fun _ => True) 2 (linear 2 sheared) x /\ equal 2 (x 0) x0 /\
    (forall t, equal 2 (x (t + 2 * PI)) (x t)) /\
    (forall t, equal 2 (x (t + PI)) (fun i => - x t i)).
Proof.
  split.
  - intros H. specialize (H 0%nat 0%nat ltac:(lia) ltac:(lia)). simpl in H. lra.
  - intros x0. exists (fun t i => cos t * x0 i + sin t * mul 2 sheared x0 i).
    split; [|split; [|split]].
    + assert (Hd : forall i t, (i < 2)%nat ->
        is_derive (fun u => cos u * x0 i + sin u * mul 2 sheared x0 i) t
          (linear 2 sheared (fun j => cos t * x0 j + sin t * mul 2 sheared x0 j) i)).
      { intros i t Hi. auto_derive; auto. unfold linear.
        destruct i as [|[|i]]; [| |lia]; unfold mul; simpl; ring. }
      intros i Hi. split; [|intros t _; now apply Hd].
      apply (derivable_continuous_on _ _ _ (fun t => Hd i t Hi)).
    + intros i _. rewrite cos_0, sin_0. ring.
    + intros t i _. pose proof (cos_period t 1) as Ec. pose proof (sin_period t 1) as Es.
      simpl in Ec, Es. rewrite Rmult_1_r in Ec, Es. now rewrite Ec, Es.
    + intros t i _. rewrite neg_cos, neg_sin. ring.
Qed.

(** O10 for tanh. *)
Corollary tanh_leak_stops_oscillation n W gamma x t0 :
  skew n W -> 0 < gamma -> solution (from t0) n (leaky gamma (outer n W tanh zero)) x ->
  converges_to n x zero.
Proof.
  intros HW Hg. apply (leak_stops_oscillation_outer n W tanh (fun s => ln (cosh s)) gamma); auto.
  - exact tanh_potential.
  - exact tanh_potential_0.
  - exact tanh_continuous.
  - apply (increasing_confines tanh (fun s => ln (cosh s)) tanh_potential tanh_increasing tanh_0).
  - split; left; exists 1; intros s _; apply tanh_bounded.
Qed.
