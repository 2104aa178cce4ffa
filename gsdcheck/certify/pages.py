"""The proof pages: where they are, and their fingerprints."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from gsdcheck.errors import CertificateRejected

_PACKAGE = Path(__file__).resolve().parent.parent


def proofs_folder() -> Path:
    """The folder of proof pages: inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "proofs"
    return installed if installed.is_dir() else _PACKAGE.parent / "proofs"


@cache
def page_text(name: str) -> str:
    """The text of the proof page `name` (without its ending).

    Raises:
        CertificateRejected: no such page is shipped.
    """
    path = proofs_folder() / f"{name}.md"
    if not name.replace("-", "").isalnum() or not path.is_file():
        raise CertificateRejected(f"there is no proof page {name!r} in {proofs_folder()}.")
    return path.read_text(encoding="utf-8")


def page_fingerprint(name: str) -> str:
    """sha256 of the proof page, in hex: a judgement that rests on a text says which text."""
    return sha256(page_text(name).encode()).hexdigest()
