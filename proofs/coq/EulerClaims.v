(** The claims of family E, sentence by sentence: forward Euler, in exact arithmetic. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Flows Convexity ConservedImpliesSkew Dichotomy Jacobian Euler EulerDiverges
  LeakyEuler Theory Instances.
Open Scope R_scope.

Lemma iterate_last h F x k : iterate h F x (S k) = euler h F (iterate h F x k).
Proof. reflexivity. Qed.

(** ** E1 *)

(** W of the next iterate is the next iterate of W x. *)
Lemma mul_iterate n W h x k :
  equal n (mul n W (iterate h (linear n W) x k)) (iterate h (linear n W) (mul n W x) k).
Proof.
  induction k as [|k IH]; [intros i _; reflexivity|]. intros i Hi. rewrite !iterate_last.
  set (z := iterate h (linear n W) x k) in *. set (y := iterate h (linear n W) (mul n W x) k) in *.
  transitivity (mul n W z i + h * mul n W (mul n W z) i).
  - rewrite <- mul_scal, <- mul_plus. reflexivity.
  - unfold euler, linear. rewrite (IH i Hi). f_equal. f_equal. apply mul_ext. exact IH.
Qed.

(** The ratio |W z|^2 / |z|^2 does not fall under a step. *)
Lemma ratio_rises n W h z q :
  skew n W -> 0 <= q -> q * sqnorm n z <= sqnorm n (mul n W z) ->
  q * sqnorm n (euler h (linear n W) z) <= sqnorm n (mul n W (euler h (linear n W) z)).
Proof.
  intros HW Hq Hz.
  assert (E : sqnorm n (mul n W (euler h (linear n W) z)) =
              sqnorm n (mul n W z) + h * h * sqnorm n (mul n W (mul n W z))).
  { rewrite (sqnorm_ext n _ (euler h (linear n W) (mul n W z)));
      [now apply (linear_euler_blows_up n W h (mul n W z))|].
    intros i Hi. exact (mul_iterate n W h z 1 i Hi). }
  rewrite E, (linear_euler_blows_up n W h z HW). unfold linear.
  set (a := sqnorm n z) in *. set (b := sqnorm n (mul n W z)) in *. set (c := sqnorm n (mul n W (mul n W z))).
  assert (Ha : 0 <= a) by apply sqnorm_nonneg. assert (Hb : 0 <= b) by apply sqnorm_nonneg.
  assert (Hc : 0 <= c) by apply sqnorm_nonneg.
  assert (Hbb : b * b <= a * c).
  { assert (Eb : b = - dot n z (mul n W (mul n W z))).
    { unfold b, sqnorm at 1. rewrite (dot_comm n z), (skew_dot n W (mul n W z) z HW), dot_comm.
      rewrite (dot_comm n z). ring. }
    replace (b * b) with (dot n z (mul n W (mul n W z)) * dot n z (mul n W (mul n W z))) by (rewrite Eb; ring).
    apply dot_sqr_le. }
  assert (Hqb : q * b <= c).
  { destruct (Req_dec b 0) as [->|Hne]; [lra|]. apply (Rmult_le_reg_r b); [lra|].
    apply Rle_trans with (c * (q * a)).
    - replace (q * b * b) with (q * (b * b)) by ring. replace (c * (q * a)) with (q * (a * c)) by ring.
      now apply Rmult_le_compat_l.
    - now apply Rmult_le_compat_l. }
  assert (0 <= h * h) by apply Rle_0_sqr.
  assert (h * h * (q * b) <= h * h * c) by now apply Rmult_le_compat_l. lra.
Qed.

Lemma ratio_along n W h x q k :
  skew n W -> 0 <= q -> q * sqnorm n x <= sqnorm n (mul n W x) ->
  (1 + h * h * q) ^ k * sqnorm n x <= sqnorm n (iterate h (linear n W) x k) /\
  q * sqnorm n (iterate h (linear n W) x k) <= sqnorm n (mul n W (iterate h (linear n W) x k)).
Proof.
  intros HW Hq Hx. induction k as [|k [IH1 IH2]]; [simpl; split; [lra|exact Hx]|].
  rewrite iterate_last. split; [|now apply ratio_rises].
  rewrite (linear_euler_blows_up n W h _ HW). simpl. set (z := iterate h (linear n W) x k) in *.
  assert (Hhh : 0 <= h * h) by apply Rle_0_sqr.
  assert (H1 : h * h * (q * sqnorm n z) <= h * h * sqnorm n (linear n W z)) by now apply Rmult_le_compat_l.
  assert (H2 : (1 + h * h * q) * ((1 + h * h * q) ^ k * sqnorm n x) <= (1 + h * h * q) * sqnorm n z).
  { apply Rmult_le_compat_l; [|exact IH1]. assert (0 <= h * h * q) by now apply Rmult_le_pos. lra. }
  rewrite Rmult_assoc. lra.
Qed.

(** E1, linear-euler-blows-up: the identity, the exact factor for n = 2, and exponential growth unless W x0 = 0. *)
Theorem linear_euler_blows_up n W :
  skew n W ->
  (forall h x, sqnorm n (euler h (linear n W) x) = sqnorm n x + h * h * sqnorm n (mul n W x)) /\
  (n = 2%nat -> forall h x, sqnorm n (euler h (linear n W) x) =
     (1 + h * h * (W 0%nat 1%nat * W 0%nat 1%nat)) * sqnorm n x) /\
  (forall h x, h <> 0 -> ~ equal n (mul n W x) zero ->
     exists q c, 1 < q /\ 0 < c /\ forall k, c * q ^ k <= sqnorm n (iterate h (linear n W) x k)).
Proof.
  intros HW. split; [|split].
  - intros h x. now apply Euler.linear_euler_blows_up.
  - intros -> h x. pose proof (planar_linear_euler_blows_up W h x 1 HW) as E. simpl in E.
    unfold iterate in E. simpl in E. rewrite Rmult_1_r in E. exact E.
  - intros h x Hh Hne.
    (* the iterates of z = W x grow with the ratio |W z|^2 / |z|^2 *)
    set (z := mul n W x). set (b := sqnorm n z). set (c := sqnorm n (mul n W z)).
    assert (Hb : 0 < b).
    { destruct (sqnorm_nonneg n z) as [H|H]; [exact H|]. exfalso. apply Hne. apply sqnorm_zero. now rewrite H. }
    assert (Hc : 0 < c).
    { destruct (sqnorm_nonneg n (mul n W z)) as [H|H]; [exact H|]. exfalso.
      assert (Hz : equal n (mul n W z) zero) by (apply sqnorm_zero; now rewrite H).
      assert (E : b = 0); [|lra]. unfold b, sqnorm. unfold z at 1. rewrite dot_comm.
      rewrite (skew_dot n W z x HW), dot_comm, (dot_zero_r n x _ Hz). ring. }
    assert (Hq : 0 < c / b) by now apply Rdiv_lt_0_compat.
    assert (Hhh : 0 < h * h) by (apply Rsqr_pos_lt in Hh; exact Hh).
    assert (Hgrow : 0 < h * h * (c / b)) by now apply Rmult_lt_0_compat.
    set (q := 1 + h * h * (c / b)).
    assert (Hratio : forall k, q ^ k * b <= sqnorm n (mul n W (iterate h (linear n W) x k))).
    { intros k. rewrite (sqnorm_ext n _ _ (mul_iterate n W h x k)).
      apply (ratio_along n W h z (c / b) k HW); [lra|]. fold b c. right. field. lra. }
    (* |x_k|^2 is at least what the last step added *)
    exists q, (Rmin (sqnorm n x) (h * h * b / q)).
    assert (Hx : 0 < sqnorm n x).
    { destruct (sqnorm_nonneg n x) as [H|H]; [exact H|]. exfalso. apply Hne. intros i Hi.
      apply mul_zero. apply sqnorm_zero. now rewrite H. }
    assert (Hq1 : 1 < q) by (unfold q; lra).
    split; [exact Hq1|split].
    { apply Rmin_pos; [exact Hx|]. apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat|lra]. }
    intros [|k].
    + simpl. rewrite Rmult_1_r. apply Rmin_l.
    + rewrite iterate_last, (Euler.linear_euler_blows_up n W h _ HW).
      assert (Hp : 0 < q ^ k) by (apply pow_lt; lra).
      apply Rle_trans with (h * h * b / q * q ^ S k).
      * apply Rmult_le_compat_r; [apply pow_le; lra|apply Rmin_r].
      * replace (h * h * b / q * q ^ S k) with (h * h * (q ^ k * b)) by (simpl; field; lra).
        apply Rle_trans with (h * h * sqnorm n (mul n W (iterate h (linear n W) x k))).
        -- apply Rmult_le_compat_l; [lra|apply Hratio].
        -- pose proof (sqnorm_nonneg n (iterate h (linear n W) x k)). change (linear n W (iterate h (linear n W) x k))
             with (mul n W (iterate h (linear n W) x k)). lra.
Qed.

(** ** E2 *)

(** E2, euler-energy-never-decreases: both forms, weak and strict; no orbit of Euler closes. *)
Theorem euler_energy_never_decreases n W b sigma :
  skew n W -> is_continuous sigma -> nondecreasing sigma ->
  (forall h x, H n sigma x <= H n sigma (euler h (outer n W sigma zero) x)) /\
  (forall h x, H n sigma (affine n W b x) <= H n sigma (affine n W b (euler h (inner n W sigma b) x))) /\
  (strictly_increasing sigma -> forall h, h <> 0 ->
    (forall x, ~ equal n (mul n W (apply sigma x)) zero ->
       H n sigma x < H n sigma (euler h (outer n W sigma zero) x)) /\
    (forall x, ~ equal n (mul n W (apply sigma (affine n W b x))) zero ->
       H n sigma (affine n W b x) < H n sigma (affine n W b (euler h (inner n W sigma b) x))) /\
    (forall x p, (0 < p)%nat -> equal n (iterate h (outer n W sigma zero) x p) x ->
       equal n (mul n W (apply sigma x)) zero) /\
    (forall x p, (0 < p)%nat -> equal n (affine n W b (iterate h (inner n W sigma b) x p)) (affine n W b x) ->
       equal n (mul n W (apply sigma (affine n W b x))) zero)).
Proof.
  intros HW Hc Hm. pose proof (potential_of_continuous sigma Hc) as HP. split; [|split].
  - intros h x. now apply (euler_energy_never_decreases_outer n W sigma).
  - intros h x. now apply (euler_energy_never_decreases_inner n W sigma).
  - intros Hs h Hh.
    assert (Hzero : forall x, equal n (outer n W sigma zero x) zero <-> equal n (mul n W (apply sigma x)) zero).
    { intros x. split; intros E i Hi; specialize (E i Hi); unfold outer, zero in *; lra. }
    assert (Hclose : forall x p, (0 < p)%nat -> equal n (iterate h (outer n W sigma zero) x p) x ->
      equal n (mul n W (apply sigma x)) zero).
    { intros x p Hp E. apply Hzero. now apply (euler_orbits_never_close n W sigma (potential_of sigma) h x p). }
    split; [|split; [|split]].
    + intros x Hne. apply (euler_energy_increases_outer n W sigma); auto. intros E. now apply Hne, Hzero.
    + intros x Hne. now apply (euler_energy_increases_inner n W sigma).
    + exact Hclose.
    + intros x p Hp E. apply (Hclose (affine n W b x) p Hp). intros i Hi.
      rewrite <- (E i Hi). symmetry. now apply iterate_conjugacy.
Qed.

Lemma rests_under_euler n W sigma h x :
  equal n (mul n W (apply sigma x)) zero -> forall k, equal n (iterate h (outer n W sigma zero) x k) x.
Proof.
  intros Hz k. induction k as [|k IH]; [intros i _; reflexivity|]. intros i Hi. rewrite iterate_last. unfold euler.
  rewrite (IH i Hi), outer_zero_bias.
  rewrite (mul_ext n W _ (apply sigma x)) by (intros j Hj; unfold apply; now rewrite (IH j Hj)).
  rewrite (Hz i Hi). unfold zero. ring.
Qed.

(** E2, closed-orbits-never-survive-euler: what returns rests; inner form: of y = W x + b. *)
Theorem closed_orbits_never_survive_euler n W b sigma h :
  skew n W -> is_continuous sigma -> strictly_increasing sigma -> h <> 0 ->
  (forall x p, (0 < p)%nat -> equal n (iterate h (outer n W sigma zero) x p) x ->
     equal n (mul n W (apply sigma x)) zero /\ forall k, equal n (iterate h (outer n W sigma zero) x k) x) /\
  (forall x p, (0 < p)%nat -> equal n (affine n W b (iterate h (inner n W sigma b) x p)) (affine n W b x) ->
     equal n (mul n W (apply sigma (affine n W b x))) zero /\
     forall k, equal n (affine n W b (iterate h (inner n W sigma b) x k)) (affine n W b x)).
Proof.
  intros HW Hc Hm Hh.
  destruct (euler_energy_never_decreases n W b sigma HW Hc (strictly_nondecreasing _ Hm)) as [_ [_ Hs]].
  destruct (Hs Hm h Hh) as [_ [_ [Ho Hi]]]. split; intros x p Hp E.
  - pose proof (Ho x p Hp E) as Hz. split; [exact Hz|]. now apply rests_under_euler.
  - pose proof (Hi x p Hp E) as Hz. split; [exact Hz|]. intros k i Hik.
    rewrite (iterate_conjugacy n W sigma b h x k i Hik). now apply rests_under_euler.
Qed.

(** ** E3 *)

Lemma lipschitz_is_continuous L sigma : lipschitz L sigma -> is_continuous sigma.
Proof.
  intros HL s P [e He].
  assert (Hd : 0 < e / (Rabs L + 1)).
  { apply Rdiv_lt_0_compat; [apply cond_pos|]. pose proof (Rabs_pos L). lra. }
  exists (mkposreal _ Hd). intros r Hr. apply He. change (Rabs (sigma r - sigma s) < e).
  change (Rabs (r - s) < e / (Rabs L + 1)) in Hr. pose proof (HL s r) as H1. pose proof (Rabs_pos (r - s)).
  pose proof (Rabs_pos L). pose proof (Rle_abs L).
  assert (L * Rabs (r - s) <= (Rabs L + 1) * Rabs (r - s)) by (apply Rmult_le_compat_r; lra).
  assert (E : (Rabs L + 1) * (e / (Rabs L + 1)) = e) by (field; lra).
  assert ((Rabs L + 1) * Rabs (r - s) < (Rabs L + 1) * (e / (Rabs L + 1))) by (apply Rmult_lt_compat_l; lra). lra.
Qed.

Lemma operator_norm_squared n W u :
  sqnorm n (mul n W u) <= operator_norm n W * operator_norm n W * sqnorm n u.
Proof.
  destruct (operator_norm_spec n W) as [H0 HW]. rewrite <- !norm_sqr.
  replace (operator_norm n W * operator_norm n W * (norm n u * norm n u))
    with ((operator_norm n W * norm n u) * (operator_norm n W * norm n u)) by ring.
  apply Rmult_le_compat; auto using norm_nonneg.
Qed.

(** E3, euler-step-gains-at-most-quadratically: sigma bounded or not. *)
Theorem euler_step_gains_at_most_quadratically n W b sigma L h :
  skew n W -> lipschitz L sigma ->
  (forall x, Rabs (H n sigma (euler h (outer n W sigma zero) x) - H n sigma x) <=
     L * (h * h) / 2 * sqnorm n (mul n W (apply sigma x))) /\
  (forall x, Rabs (H n sigma (affine n W b (euler h (inner n W sigma b) x)) - H n sigma (affine n W b x)) <=
     L * (h * h) / 2 * sqnorm n (mul n W (apply sigma (affine n W b x)))).
Proof.
  intros HW HL. pose proof (potential_of_continuous sigma (lipschitz_is_continuous L sigma HL)) as HP.
  assert (Hstep : forall x, Rabs (H n sigma (euler h (outer n W sigma zero) x) - H n sigma x) <=
     L * (h * h) / 2 * sqnorm n (mul n W (apply sigma x))).
  { intros x. now apply (euler_energy_step_is_quadratic_outer n W sigma (potential_of sigma) L h x). }
  split; [exact Hstep|]. intros x. unfold H. rewrite energy_conjugacy. apply Hstep.
Qed.

Lemma identity_is_continuous : is_continuous (fun s => s).
Proof. intros s P HP. exact HP. Qed.

Lemma identity_energy n x : H n (fun s => s) x = sqnorm n x / 2.
Proof.
  rewrite (H_unique n (fun s => s) (fun s => s * s / 2) x identity_is_continuous half_square_potential) by field.
  apply energy_of_identity.
Qed.

(** E3, euler-step-bound-is-attained: sigma = identity, so that L = 1. *)
Theorem euler_step_bound_is_attained n W h :
  skew n W -> lipschitz 1 (fun s => s) /\
  forall x, H n (fun s => s) (euler h (linear n W) x) - H n (fun s => s) x = h * h / 2 * sqnorm n (mul n W x).
Proof.
  intros HW. split; [intros r s; lra|]. intros x. rewrite !identity_energy, (Euler.linear_euler_blows_up n W h x HW).
  change (linear n W x) with (mul n W x). field.
Qed.

(** E3, euler-growth-is-at-most-linear: one step, and k steps, in both forms. *)
Theorem euler_growth_is_at_most_linear n W b sigma L h :
  skew n W -> lipschitz L sigma ->
  (forall x, H n sigma (euler h (outer n W sigma zero) x) - H n sigma x <=
     L * (h * h) / 2 * sqnorm n (mul n W (apply sigma x))) /\
  (forall x, H n sigma (affine n W b (euler h (inner n W sigma b) x)) - H n sigma (affine n W b x) <=
     L * (h * h) / 2 * sqnorm n (mul n W (apply sigma (affine n W b x)))) /\
  (forall M, (forall s, Rabs (sigma s) <= M) ->
    let step := L * (h * h) / 2 * (operator_norm n W * operator_norm n W * (INR n * (M * M))) in
    (forall x, L * (h * h) / 2 * sqnorm n (mul n W (apply sigma x)) <= step) /\
    (forall x k, H n sigma (iterate h (outer n W sigma zero) x k) - H n sigma x <= step * INR k) /\
    (forall x k, H n sigma (affine n W b (iterate h (inner n W sigma b) x k)) - H n sigma (affine n W b x) <=
       step * INR k)).
Proof.
  intros HW HL. pose proof (potential_of_continuous sigma (lipschitz_is_continuous L sigma HL)) as HP.
  assert (HL0 : 0 <= L).
  { pose proof (HL 0 1) as H1. rewrite Rminus_0_r, Rabs_R1, Rmult_1_r in H1.
    eapply Rle_trans; [apply Rabs_pos|exact H1]. }
  assert (Hc : 0 <= L * (h * h) / 2).
  { assert (0 <= L * (h * h)) by (apply Rmult_le_pos; [exact HL0|apply Rle_0_sqr]). lra. }
  assert (Hstep : forall x, H n sigma (euler h (outer n W sigma zero) x) - H n sigma x <=
     L * (h * h) / 2 * sqnorm n (mul n W (apply sigma x))).
  { intros x. eapply Rle_trans; [apply Rle_abs|].
    now apply (euler_energy_step_is_quadratic_outer n W sigma (potential_of sigma) L h x). }
  split; [exact Hstep|split].
  - intros x. unfold H. rewrite energy_conjugacy. apply Hstep.
  - intros M HM step. split; [|split].
    + intros x. unfold step. apply Rmult_le_compat_l; [exact Hc|].
      eapply Rle_trans; [apply operator_norm_squared|].
      apply Rmult_le_compat_l; [apply Rle_0_sqr|].
      unfold sqnorm, dot, apply. rewrite <- Sum_const. apply Sum_le. intros i _.
      rewrite <- (Rabs_right (sigma (x i) * sigma (x i))) by (apply Rle_ge, Rle_0_sqr). rewrite Rabs_mult.
      apply Rmult_le_compat; auto using Rabs_pos.
    + intros x k. eapply Rle_trans; [apply Rle_abs|].
      apply (euler_growth_is_at_most_linear_outer n W sigma (potential_of sigma) L M (operator_norm n W) h x k); auto.
      intros u. apply operator_norm_squared.
    + intros x k. eapply Rle_trans; [apply Rle_abs|].
      apply (euler_growth_is_at_most_linear_inner n W sigma (potential_of sigma) L M (operator_norm n W) b h x k); auto.
      intros u. apply operator_norm_squared.
Qed.

(** E3, euler-does-not-overflow: any W; with a bias in the outer form |b| is added to each step. *)
Theorem euler_does_not_overflow n W b sigma M h :
  (forall s, Rabs (sigma s) <= M) ->
  (forall x k, norm n (iterate h (outer n W sigma zero) x k) <=
     norm n x + INR k * (Rabs h * (operator_norm n W * (M * sqrt (INR n))))) /\
  (forall x k, norm n (iterate h (outer n W sigma b) x k) <=
     norm n x + INR k * (Rabs h * (operator_norm n W * (M * sqrt (INR n)) + norm n b))) /\
  (forall x k, norm n (iterate h (inner n W sigma b) x k) <= norm n x + INR k * (Rabs h * (M * sqrt (INR n)))).
Proof.
  intros HM. destruct (operator_norm_spec n W) as [H0 HW].
  assert (Hb : forall c x k, norm n (iterate h (outer n W sigma c) x k) <=
    norm n x + INR k * (Rabs h * (operator_norm n W * (M * sqrt (INR n)) + norm n c))).
  { intros c x k. now apply euler_does_not_overflow_outer. }
  split; [|split; [apply Hb|]].
  - intros x k. pose proof (Hb zero x k) as E.
    assert (E0 : norm n zero = 0).
    { unfold norm. rewrite <- sqrt_0. f_equal. apply (dot_zero_r n zero zero). intros i _. reflexivity. }
    rewrite E0, Rplus_0_r in E. exact E.
  - intros x k. now apply euler_does_not_overflow_inner.
Qed.

(** ** E4 *)

(** E4, bounded-activations-bound-euler: the literal reading is false even for small steps; tanh diverges. *)
Theorem bounded_activations_do_not_bound_euler :
  ~ (forall n W sigma, skew n W -> odd sigma -> bounded sigma -> is_continuous sigma ->
       exists h0, 0 < h0 /\ forall h x, 0 < h < h0 ->
         exists B, forall k, norm n (iterate h (outer n W sigma zero) x k) <= B) /\
  (odd tanh /\ bounded tanh /\ is_continuous tanh) /\
  (forall n W h x, skew n W -> h <> 0 -> ~ equal n (outer n W tanh zero x) zero ->
     diverges n (iterate h (outer n W tanh zero) x)).
Proof.
  split; [exact Instances.bounded_activations_do_not_bound_euler|split].
  - split; [exact tanh_odd|split; [exists 1; exact tanh_bounded|exact tanh_continuous]].
  - intros n W h x. apply tanh_euler_iterates_diverge.
Qed.

(** E4, euler-iterates-diverge; inner form: y = W x + b, and x as well. *)
Theorem euler_iterates_diverge n W b sigma h :
  skew n W -> is_continuous sigma -> strictly_increasing sigma -> h <> 0 ->
  (forall x, ~ equal n (mul n W (apply sigma x)) zero -> diverges n (iterate h (outer n W sigma zero) x)) /\
  (forall x, ~ equal n (mul n W (apply sigma (affine n W b x))) zero ->
     diverges n (fun k => affine n W b (iterate h (inner n W sigma b) x k)) /\
     diverges n (iterate h (inner n W sigma b) x)).
Proof.
  intros HW Hc Hm Hh. pose proof (potential_of_continuous sigma Hc) as HP. split.
  - intros x Hne. apply (euler_iterates_diverge_outer n W sigma (potential_of sigma)); auto.
    intros E. apply Hne. intros i Hi. rewrite <- (E i Hi). unfold outer, zero. ring.
  - intros x Hne. now apply (euler_iterates_diverge_inner n W b sigma (potential_of sigma)).
Qed.

(** E4, euler-energy-diverges: both forms; n = 2, tanh, W <> 0, x0 <> 0: always. *)
Theorem euler_energy_diverges :
  (forall n W b sigma h, skew n W -> is_continuous sigma -> strictly_increasing sigma -> sigma 0 = 0 -> h <> 0 ->
    (forall x, ~ equal n (mul n W (apply sigma x)) zero -> forall E, exists N, forall k, (N <= k)%nat ->
       E < H n sigma (iterate h (outer n W sigma zero) x k)) /\
    (forall x, ~ equal n (mul n W (apply sigma (affine n W b x))) zero -> forall E, exists N, forall k, (N <= k)%nat ->
       E < H n sigma (affine n W b (iterate h (inner n W sigma b) x k)))) /\
  (forall W h x, skew 2 W -> W 0%nat 1%nat <> 0 -> h <> 0 -> ~ equal 2 x zero ->
     forall E, exists N, forall k, (N <= k)%nat -> E < H 2 tanh (iterate h (outer 2 W tanh zero) x k)).
Proof.
  assert (Hgen : forall n W sigma h, skew n W -> is_continuous sigma -> strictly_increasing sigma -> sigma 0 = 0 -> h <> 0 ->
    forall x, ~ equal n (mul n W (apply sigma x)) zero -> forall E, exists N, forall k, (N <= k)%nat ->
       E < H n sigma (iterate h (outer n W sigma zero) x k)).
  { intros n W sigma h HW Hc Hm H0 Hh x Hne.
    apply (euler_energy_diverges_outer n W sigma (potential_of sigma) h x); auto.
    - now apply potential_of_continuous.
    - apply potential_of_zero.
    - intros Ez. apply Hne. intros i Hi. rewrite <- (Ez i Hi). symmetry. apply outer_zero_bias. }
  split.
  - intros n W b sigma h HW Hc Hm H0 Hh. split; [now apply Hgen|]. intros x Hne E.
    destruct (Hgen n W sigma h HW Hc Hm H0 Hh (affine n W b x) Hne E) as [N HN]. exists N. intros k Hk.
    unfold H. rewrite (energy_ext n _ _ _ (iterate_conjugacy n W sigma b h x k)). now apply HN.
  - intros W h x HW Hw Hh Hne. apply Hgen; auto; [exact tanh_continuous|exact tanh_increasing|exact tanh_0|].
    intros Hz. apply Hne.
    pose proof (HW 0%nat 0%nat ltac:(lia) ltac:(lia)) as W00. pose proof (HW 1%nat 1%nat ltac:(lia) ltac:(lia)) as W11.
    pose proof (HW 1%nat 0%nat ltac:(lia) ltac:(lia)) as W10.
    assert (Hroot : forall s, tanh s = 0 -> s = 0).
    { intros s Es. rewrite <- tanh_0 in Es.
      destruct (Rtotal_order s 0) as [Hs|[Hs|Hs]]; [pose proof (tanh_increasing _ _ Hs)|exact Hs|pose proof (tanh_increasing _ _ Hs)]; lra. }
    pose proof (Hz 0%nat ltac:(lia)) as Z0. pose proof (Hz 1%nat ltac:(lia)) as Z1.
    unfold mul, apply, zero in Z0, Z1. simpl in Z0, Z1.
    assert (E0 : W 0%nat 0%nat = 0) by lra. assert (E1 : W 1%nat 1%nat = 0) by lra.
    assert (E2 : W 1%nat 0%nat = - W 0%nat 1%nat) by lra. rewrite E0 in Z0. rewrite E1, E2 in Z1.
    intros i Hi. unfold zero. destruct i as [|[|i]]; [| |lia]; apply Hroot; apply (Rmult_eq_reg_l (W 0%nat 1%nat)); auto; lra.
Qed.

(** ** E6 *)

(** For a skew W, i omega is an eigenvalue iff W W u = - omega^2 u for some u <> 0. *)
Lemma eigenvalue_iff_frequency n W omega :
  skew n W -> eigenvalue n (mul n W) 0 omega <-> frequency n W omega.
Proof.
  intros HW. split.
  - intros [u [w [Hne [Hu Hw]]]].
    assert (Euu : equal n (mul n W (mul n W u)) (fun i => - (omega * omega) * u i)).
    { intros i Hi. rewrite (mul_ext n W _ (fun i => - omega * w i) ltac:(intros j Hj; rewrite (Hu j Hj); ring)).
      rewrite mul_scal, (Hw i Hi). ring. }
    assert (Eww : equal n (mul n W (mul n W w)) (fun i => - (omega * omega) * w i)).
    { intros i Hi. rewrite (mul_ext n W _ (fun i => omega * u i) ltac:(intros j Hj; rewrite (Hw j Hj); ring)).
      rewrite mul_scal, (Hu i Hi). ring. }
    destruct (Classical_Prop.classic (equal n u zero)) as [H0|H0].
    + exists w. split; [|exact Eww]. intros H1. now apply Hne.
    + exists u. now split.
  - intros [u [Hne Hu]]. destruct (Req_dec omega 0) as [->|Hom].
    + assert (Hz : equal n (mul n W u) zero).
      { apply sqnorm_zero. unfold sqnorm. rewrite (square_of_skew n W u u HW), dot_comm, (dot_zero_r n u); [ring|].
        intros i Hi. rewrite (Hu i Hi). unfold zero. ring. }
      exists u, zero. split; [intros [E _]; now apply Hne|split].
      * intros i Hi. rewrite (Hz i Hi). unfold zero. ring.
      * intros i Hi. rewrite mul_zero by (intros j _; reflexivity). unfold zero. ring.
    + exists u, (fun i => - / omega * mul n W u i). split; [intros [E _]; now apply Hne|split].
      * intros i Hi. field. exact Hom.
      * intros i Hi. rewrite mul_scal, (Hu i Hi). field. exact Hom.
Qed.

(** E6, leaky-linear-euler-is-stable: asymptotically, and in the weak sense; omega = 0 counts if W is singular. *)
Theorem leaky_linear_euler_is_stable n W gamma h :
  skew n W -> 0 < gamma -> 0 < h ->
  ((forall x, is_lim_seq (fun k => norm n (iterate h (leaky gamma (linear n W)) x k)) 0) <->
   (forall omega, eigenvalue n (mul n W) 0 omega -> h * (gamma * gamma + omega * omega) < 2 * gamma)) /\
  ((forall x, exists B, forall k, norm n (iterate h (leaky gamma (linear n W)) x k) <= B) <->
   (forall omega, eigenvalue n (mul n W) 0 omega -> h * (gamma * gamma + omega * omega) <= 2 * gamma)).
Proof.
  intros HW Hg Hh.
  destruct (leaky_euler_is_asymptotically_stable_iff n W gamma h HW Hh) as [A1 A2].
  destruct (leaky_euler_is_bounded_iff n W gamma h HW Hh) as [B1 B2].
  set (x_ := fun x k => iterate h (leaky gamma (linear n W)) x k) in *.
  assert (Hsq : forall x, is_lim_seq (fun k => norm n (x_ x k)) 0 <-> is_lim_seq (fun k => sqnorm n (x_ x k)) 0).
  { intros x. split; intros Hl.
    - apply is_lim_seq_ext with (fun k => norm n (x_ x k) * norm n (x_ x k)); [intros k; apply norm_sqr|].
      replace (Finite 0) with (Finite (0 * 0)) by (f_equal; ring). now apply is_lim_seq_mult'.
    - apply (is_lim_seq_continuous sqrt) in Hl; [|apply continuity_pt_sqrt; lra].
      rewrite sqrt_0 in Hl. exact Hl. }
  split; split.
  - intros Hs omega He. apply A1; [intros x; now apply Hsq|now apply eigenvalue_iff_frequency].
  - intros Hf x. apply Hsq. apply A2. intros omega Ho. apply Hf. now apply eigenvalue_iff_frequency.
  - intros Hs omega He. apply B1; [|now apply eigenvalue_iff_frequency].
    intros x. destruct (Hs x) as [B HB]. exists (B * B). intros k. rewrite <- norm_sqr.
    apply Rmult_le_compat; auto using norm_nonneg; apply HB.
  - intros Hf x. destruct (B2 ltac:(intros omega Ho; apply Hf; now apply eigenvalue_iff_frequency) x) as [B HB].
    exists (sqrt B). intros k. apply sqrt_le_1_alt. apply HB.
Qed.
