(** The claims of family R, sentence by sentence: steps that keep what the flow keeps, in exact arithmetic. *)
From Coq Require Import Reals Lra Lia Arith.
From Coquelicot Require Import Coquelicot.
From Gsdcheck Require Import Vectors Fredholm Flows Convexity Oscillation Dichotomy Euler Splitting Theory.
Open Scope R_scope.

(** ** R1 *)

(** R1, splitting-keeps-casimirs: outer form, any W; a substep, and the sweep. *)
Theorem splitting_keeps_casimirs n W k sigma :
  casimir n W k ->
  (forall i t x, (i < n)%nat -> dot n k (outer_substep W sigma i t x) = dot n k x) /\
  (forall h x, dot n k (sweep (outer_substep W sigma) n h x) = dot n k x).
Proof.
  intros Hk. split.
  - intros i t x Hi. now apply outer_substep_keeps_casimirs.
  - intros h x. now apply sweep_keeps_casimirs.
Qed.

(** R1, splitting-is-symmetric: the sweep with -h undoes the sweep with h, in both forms. *)
Theorem splitting_is_symmetric n W b sigma h x :
  (forall i, (i < n)%nat -> W i i = 0) ->
  equal n (sweep (outer_substep W sigma) n (- h) (sweep (outer_substep W sigma) n h x)) x /\
  equal n (sweep (inner_substep n W sigma b) n (- h) (sweep (inner_substep n W sigma b) n h x)) x.
Proof.
  intros HW. split; intros i _; [now apply outer_sweep_is_symmetric|now apply inner_sweep_is_symmetric].
Qed.

(** The part of the field that one activation drives: W[:, i] sigma(x_i), and e_i sigma((W x + b)_i). *)
Definition outer_part (W : matrix) (sigma : R -> R) (i : nat) : field := fun x j => W j i * sigma (x i).
Definition inner_part (n : nat) (W : matrix) (sigma : R -> R) (b : vector) (i : nat) : field :=
  fun x j => delta i j * sigma (affine n W b x i).

(** step is the flow of F: its curves are the solutions of x' = F(x), and the only ones. *)
Definition is_flow (n : nat) (F : field) (step : R -> vector -> vector) : Prop :=
  (forall x0, equal n (step 0 x0) x0 /\ solution (fun _ => True) n F (fun t => step t x0)) /\
  (forall I x, interval I -> I 0 -> solution I n F x -> forall t, I t -> equal n (x t) (step t (x 0))).

(** A field that is constant along its own solutions. *)
Lemma constant_speed I n F x :
  interval I -> I 0 -> solution I n F x ->
  (forall t, I t -> equal n (F (x t)) (F (x 0))) -> forall t, I t -> equal n (x t) (fun i => x 0 i + t * F (x 0) i).
Proof.
  intros HI I0 Hx Hconst t It i Hi.
  assert (E : x 0 i + - (0 * F (x 0) i) = x t i + - (t * F (x 0) i)).
  { apply (constant I (fun u => x u i + - (u * F (x 0) i))); auto.
    - intros u Iu. apply (filterlim_add (within I (locally u)) (fun v => x v i) (fun v => - (v * F (x 0) i))).
      + now apply (Hx i Hi).
      + apply (derivable_continuous_on I (fun v => - (v * F (x 0) i)) (fun _ => - F (x 0) i)); auto.
        intros v. auto_derive; auto. ring.
    - intros u Hu. evar_last.
      + apply @is_derive_plus; [now apply (Hx i Hi)|]. instantiate (1 := - F (x 0) i). auto_derive; auto. ring.
      + rewrite (Hconst u (locally_singleton _ _ Hu) i Hi). unfold plus; simpl. ring. }
  lra.
Qed.

Lemma line_is_solution n F x0 :
  (forall t, equal n (F (fun i => x0 i + t * F x0 i)) (F x0)) ->
  solution (fun _ => True) n F (fun t i => x0 i + t * F x0 i).
Proof.
  intros H i Hi.
  assert (Hd : forall t, is_derive (fun u => x0 i + u * F x0 i) t (F x0 i)) by (intros t; auto_derive; auto; ring).
  split.
  - now apply (derivable_continuous_on _ (fun u => x0 i + u * F x0 i) (fun _ => F x0 i)).
  - intros t _. rewrite (H t i Hi). apply Hd.
Qed.

(** R1, splitting-substeps-are-exact: the parts add up to the field, and x + t g_i(x) is the flow of g_i. *)
Theorem splitting_substeps_are_exact n W b sigma :
  (forall i, (i < n)%nat -> W i i = 0) ->
  (forall x, equal n (outer n W sigma b x) (fun j => Sum n (fun i => outer_part W sigma i x j) + b j)) /\
  (forall x, equal n (inner n W sigma b x) (fun j => Sum n (fun i => inner_part n W sigma b i x j))) /\
  (forall i, (i < n)%nat ->
     is_flow n (outer_part W sigma i) (outer_substep W sigma i) /\
     is_flow n (inner_part n W sigma b i) (inner_substep n W sigma b i)).
Proof.
  intros HW. split; [|split].
  - intros x j _. reflexivity.
  - intros x j Hj. unfold inner_part.
    rewrite (Sum_ext n _ (fun i => delta j i * sigma (affine n W b x i))).
    + now rewrite Sum_delta.
    + intros i _. f_equal. unfold delta. now rewrite Nat.eqb_sym.
  - intros i Hi. split; split.
    + intros x0. split; [intros j _; unfold outer_substep; ring|].
      apply (line_is_solution n (outer_part W sigma i)). intros t j Hj. unfold outer_part at 1 3.
      replace (x0 i + t * outer_part W sigma i x0 i) with (x0 i); [reflexivity|].
      unfold outer_part. rewrite (HW i Hi). ring.
    + intros I x HI I0 Hx. apply (constant_speed I n (outer_part W sigma i) x HI I0 Hx). intros t It j Hj.
      unfold outer_part. f_equal. f_equal.
      apply (constant I (fun u => x u i)); auto; [apply (Hx i Hi)|]. intros u Hu.
      replace 0 with (outer_part W sigma i (x u) i) by (unfold outer_part; rewrite (HW i Hi); ring).
      now apply (Hx i Hi).
    + intros x0. split; [intros j _; unfold inner_substep; ring|].
      apply (line_is_solution n (inner_part n W sigma b i)). intros t j Hj. unfold inner_part at 1 3. f_equal. f_equal.
      exact (inner_substep_keeps n W sigma b i t x0 Hi (HW i Hi)).
    + intros I x HI I0 Hx. apply (constant_speed I n (inner_part n W sigma b i) x HI I0 Hx). intros t It j Hj.
      unfold inner_part. f_equal. f_equal.
      destruct (rate I n _ x (fun k s => W i k * s) (fun k _ => W i k) Hx) as [Hc Hd].
      { intros k s _. apply is_derive_cmul. }
      unfold affine. f_equal. apply (constant I (fun u => mul n W (x u) i)); auto. intros u Hu.
      replace 0 with (dot n (fun k => W i k) (inner_part n W sigma b i (x u))); [now apply Hd|].
      unfold dot, inner_part.
      rewrite (Sum_ext n _ (fun k => delta i k * (W i k * sigma (affine n W b (x u) i)))) by (intros; ring).
      rewrite Sum_delta, (HW i Hi) by exact Hi. ring.
Qed.

(** ** R2 *)

(** z = x + h W (x + z) / 2 *)
Definition midpoint_step (n : nat) (W : matrix) (h : R) (x z : vector) : Prop :=
  equal n z (fun i => x i + h * mul n W (fun j => (x j + z j) / 2) i).

(** R2, midpoint-keeps-linear-norm: one solution at every h, and |x| is kept. *)
Theorem midpoint_keeps_linear_norm n W h x :
  skew n W ->
  (exists z, midpoint_step n W h x z) /\
  (forall z z', midpoint_step n W h x z -> midpoint_step n W h x z' -> equal n z z') /\
  (forall z, midpoint_step n W h x z -> norm n z = norm n x).
Proof.
  intros HW.
  assert (Hhalf : forall u v i, mul n W (fun j => (u j + v j) / 2) i = / 2 * (mul n W u i + mul n W v i)).
  { intros u v i. rewrite <- mul_plus, <- mul_scal. apply mul_ext. intros j _. field. }
  (* u = (h / 2) W u has only the solution 0 *)
  assert (Hinj : forall c u, equal n u (fun i => c * mul n W u i) -> equal n u zero).
  { intros c u Hu. apply sqnorm_zero. unfold sqnorm. rewrite (dot_ext n u u u _ (fun i _ => eq_refl) Hu).
    rewrite dot_scal_r, (skew_form n W u HW). ring. }
  split; [|split].
  - set (A := fun i j => delta i j - h / 2 * W i j).
    assert (EA : forall u i, (i < n)%nat -> Sum n (fun j => A i j * u j) = u i - h / 2 * mul n W u i).
    { intros u i Hi. unfold A, mul.
      rewrite (Sum_ext n _ (fun j => delta i j * u j - h / 2 * (W i j * u j))) by (intros; ring).
      now rewrite Sum_minus, Sum_scal, Sum_delta. }
    destruct (solvable_or_contradictory n n A (fun i => x i + h / 2 * mul n W x i)) as [[z Hz]|[k [Hk Hv]]].
    + exists z. intros i Hi. pose proof (Hz i Hi) as E. rewrite (EA z i Hi) in E. rewrite Hhalf. lra.
    + exfalso. apply Hv. assert (Hk0 : equal n k zero).
      { apply (Hinj (- (h / 2))). intros j Hj. pose proof (Hk j Hj) as E. unfold A in E.
        rewrite (Sum_ext n _ (fun i => delta j i * k i - h / 2 * (W i j * k i))) in E.
        - rewrite Sum_minus, Sum_scal, Sum_delta in E by exact Hj.
          assert (Es : Sum n (fun i => W i j * k i) = - mul n W k j).
          { unfold mul. replace (- Sum n (fun i => W j i * k i)) with (Sum n (fun i => -1 * (W j i * k i))) by (rewrite Sum_scal; ring).
            apply Sum_ext. intros i Hi. pose proof (HW i j Hi Hj). replace (W i j) with (- W j i) by lra. ring. }
          rewrite Es in E. lra.
        - intros i _. unfold delta. rewrite Nat.eqb_sym. ring. }
      rewrite dot_comm. now apply dot_zero_r.
  - intros z z' Hz Hz'. assert (E : equal n (fun i => z i - z' i) zero).
    { apply (Hinj (h / 2)). intros i Hi. pose proof (Hz i Hi) as E. pose proof (Hz' i Hi) as E'.
      cbv beta in E, E'. rewrite Hhalf in E, E'. rewrite mul_minus. lra. }
    intros i Hi. pose proof (E i Hi) as E'. unfold zero in E'. lra.
  - intros z Hz. unfold norm. f_equal.
    (* |z|^2 - |x|^2 = (z - x) . (z + x) = 2 h m . W m, m = (x + z) / 2 *)
    set (m := fun j => (x j + z j) / 2).
    assert (E : sqnorm n z - sqnorm n x = 2 * h * dot n m (mul n W m)).
    { unfold sqnorm, dot. rewrite <- Sum_minus, <- Sum_scal. apply Sum_ext. intros i Hi.
      pose proof (Hz i Hi) as Ez. cbv beta in Ez. fold m in Ez.
      transitivity (2 * m i * (z i - x i)); [unfold m; field|]. rewrite Ez at 1. ring. }
    rewrite (skew_form n W m HW) in E. lra.
Qed.

(** The average of sigma between r and s. *)
Definition mean_between (sigma : R -> R) (r s : R) : R :=
  if Req_EM_T r s then sigma r else RInt sigma r s / (s - r).

Lemma mean_between_gain sigma r s :
  is_continuous sigma -> potential_of sigma s - potential_of sigma r = mean_between sigma r s * (s - r).
Proof.
  intros Hc. unfold mean_between. destruct (Req_EM_T r s) as [->|Hne]; [ring|].
  assert (E : potential_of sigma s = potential_of sigma r + RInt sigma r s).
  { unfold potential_of. symmetry. apply (RInt_Chasles sigma 0 r s); apply (ex_RInt_continuous sigma); auto. }
  rewrite E. field. lra.
Qed.

(** R2, discrete-gradients-keep-energy: outer form, and inner form with g at y = W x + b and W z + b. *)
Theorem discrete_gradients_keep_energy n W b sigma h :
  skew n W -> is_continuous sigma ->
  let g := fun u v j => mean_between sigma (u j) (v j) in
  (forall x z, equal n z (fun i => x i + h * mul n W (g x z) i) -> H n sigma z = H n sigma x) /\
  (forall x z, equal n z (fun i => x i + h * g (affine n W b x) (affine n W b z) i) ->
     H n sigma (affine n W b z) = H n sigma (affine n W b x)).
Proof.
  intros HW Hc g.
  assert (Hkeep : forall x z, equal n z (fun i => x i + h * mul n W (g x z) i) -> H n sigma z = H n sigma x).
  { intros x z Hz.
    assert (E : H n sigma z - H n sigma x = h * dot n (g x z) (mul n W (g x z))).
    { unfold H, energy, dot. rewrite <- Sum_minus, <- Sum_scal. apply Sum_ext. intros i Hi. unfold apply.
      rewrite (mean_between_gain sigma (x i) (z i) Hc). fold (g x z i).
      assert (Ez : z i - x i = h * mul n W (g x z) i) by (pose proof (Hz i Hi); lra). rewrite Ez. ring. }
    rewrite (skew_form n W _ HW) in E. lra. }
  split; [exact Hkeep|]. intros x z Hz. apply Hkeep. intros i Hi. unfold affine at 1 2.
  rewrite (mul_ext n W z _ Hz), mul_plus, mul_scal. ring.
Qed.
