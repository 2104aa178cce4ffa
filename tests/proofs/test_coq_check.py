"""`proofs/coq/check` accepts what is proved from the axioms of the reals, and nothing less."""

import shutil
import subprocess
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[2] / "proofs" / "coq" / "check"
pytestmark = pytest.mark.skipif(
    shutil.which("coqc") is None, reason="needs Coq (Debian: coq libcoq-coquelicot)"
)

PROVED = "Theorem two : 1 + 1 = 2.\nProof. reflexivity. Qed.\n"
CLASSICAL = """From Coq Require Import Reals.
Theorem either (x y : R) : {(x <= y)%R} + {~ (x <= y)%R}.
Proof. destruct (total_order_T x y) as [[H|H]|H]; [left; apply Rlt_le|left; apply Req_le|right; apply Rlt_not_le]; auto.
Qed.
"""
WRONG = {
    "an admitted proof": "Theorem two : 1 + 1 = 3.\nProof. Admitted.\n",
    "a step that is admitted": "Theorem two : 1 + 1 = 3.\nProof. admit. Qed.\n",
    "an axiom": "Axiom wrong : 1 = 2.\nTheorem two : 1 + 1 = 4.\nProof. rewrite wrong. reflexivity. Qed.\n",
    "a hypothesis of no section": "Hypothesis wrong : 1 = 2.\nTheorem two : 1 = 2.\nProof. exact wrong. Qed.\n",
    "an unguarded fixpoint": "Fixpoint loop (n : nat) : 0 = 1 := loop (S n).\n"
    "Theorem two : 0 = 1.\nProof. exact (loop 0). Qed.\n",
    "a false statement": "Theorem two : 1 + 1 = 3.\nProof. reflexivity. Qed.\n",
    "no theorem": "Definition two := 2.\n",
}


def checked(folder: Path, proof: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(CHECK, folder)
    (folder / "_CoqProject").write_text("-Q . Gsdcheck\n")
    (folder / "Case.v").write_text(proof)
    return subprocess.run([folder / "check"], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("proof", [PROVED, CLASSICAL], ids=["without axioms", "with those of the reals"])
def test_a_proof_is_accepted(tmp_path: Path, proof: str) -> None:
    done = checked(tmp_path, proof)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 theorems checked")


@pytest.mark.parametrize("fault", list(WRONG))
def test_what_is_no_proof_is_rejected(tmp_path: Path, fault: str) -> None:
    done = checked(tmp_path, WRONG[fault])
    assert done.returncode == 1
    assert done.stderr
