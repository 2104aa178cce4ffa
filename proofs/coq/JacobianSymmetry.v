(** Row J2: the spectrum of W D is symmetric about 0.

    Over any field, in particular the complex numbers; D is symmetric, in particular diagonal with
    entries of any sign. Eigenvectors are rows, v J = lambda v, as in the library; a matrix and its
    transpose have the same eigenvalues (eigenvalue_trmx). *)
From mathcomp Require Import all_ssreflect all_algebra.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Symmetry.
Variable F : fieldType.
Variable n : nat.
Implicit Types (A W D : 'M[F]_n) (lambda : F).

Lemma eigenvalue_trmx A lambda : eigenvalue A lambda -> eigenvalue A^T lambda.
Proof.
rewrite !eigenvalue_root_char; suff -> : char_poly A^T = char_poly A by [].
rewrite /char_poly -det_tr; congr (\det _); apply/matrixP => i j.
by rewrite !mxE eq_sym.
Qed.

(** W D and D W have the same eigenvalues other than 0. *)
Lemma eigenvalue_swap A D lambda :
  lambda != 0 -> eigenvalue (D *m A) lambda -> eigenvalue (A *m D) lambda.
Proof.
move=> nz /eigenvalueP[v Hv v0]; apply/eigenvalueP; exists (v *m D).
  by rewrite mulmxA -(mulmxA v) Hv scalemxAl.
apply: contra_neq v0 => vD0.
have : lambda *: v = 0 by rewrite -Hv mulmxA vD0 mul0mx.
by move/eqP; rewrite scaler_eq0 (negPf nz) => /eqP.
Qed.

Lemma eigenvalue_opp A lambda : eigenvalue (- A) lambda -> eigenvalue A (- lambda).
Proof.
move=> /eigenvalueP[v Hv v0]; apply/eigenvalueP; exists v => //.
by rewrite scaleNr -Hv mulmxN opprK.
Qed.

(** J2, outer form: J = W D. *)
Theorem jacobian_spectrum_is_symmetric_outer W D lambda :
  W^T = - W -> D^T = D -> eigenvalue (W *m D) lambda -> eigenvalue (W *m D) (- lambda).
Proof.
move=> HW HD H; have [l0|nz] := eqVneq lambda 0; first by rewrite l0 oppr0 -l0.
apply: eigenvalue_swap; first by rewrite oppr_eq0.
by apply: eigenvalue_opp; rewrite -mulmxN -HW -{1}HD -trmx_mul; apply: eigenvalue_trmx.
Qed.

(** J2, inner form: J = D W. *)
Theorem jacobian_spectrum_is_symmetric_inner W D lambda :
  W^T = - W -> D^T = D -> eigenvalue (D *m W) lambda -> eigenvalue (D *m W) (- lambda).
Proof.
move=> HW HD H; have [l0|nz] := eqVneq lambda 0; first by rewrite l0 oppr0 -l0.
apply: eigenvalue_swap; first by rewrite oppr_eq0.
by apply: eigenvalue_opp; rewrite -mulNmx -HW -{1}HD -trmx_mul; apply: eigenvalue_trmx.
Qed.
End Symmetry.
