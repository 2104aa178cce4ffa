"""Where the ledger of a claim and σ is, and what becomes of the one that is there already."""

import hashlib
from itertools import chain, count
from pathlib import Path

from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.ledger_file import close_log, require_ours, require_resumable
from gsdcheck.engine.hunt.rounds import Hunt
from gsdcheck.engine.hunt.serial import identity
from gsdcheck.errors import InvalidInput

LEDGERS = "hunts"
"""The folder of ledgers, in that of findings and ledgers."""


def opened(plan: Hunt, folder: Path, *, resume: bool) -> Ledger:
    """The ledger of the hunt: gone on with, or begun anew while the last one is kept beside it.

    Raises:
        InvalidInput: what is in its place cannot be used, or the folder not written.
    """
    path = _path(plan, folder)
    if resume:
        return Ledger.reopen(path, identity(plan))
    if path.exists():
        _set_aside(path)
    return Ledger.create(path, identity(plan))


def is_there(plan: Hunt, folder: Path) -> bool:
    """Whether there is a ledger that the hunt can go on with.

    Raises:
        InvalidInput: what is in its place is damaged, foreign or of another hunt.
    """
    path = _path(plan, folder)
    if path.exists():
        require_resumable(path, identity(plan))
    return path.exists()


def _path(plan: Hunt, folder: Path) -> Path:
    about = plan.claim if plan.subject is None else f"{plan.claim}-{_slug(plan.subject)}"
    return folder / LEDGERS / f"{about}.sqlite"


def _slug(subject: str) -> str:
    letters = "".join(c if c.isalnum() else "-" for c in subject)[:32].strip("-")
    return f"{letters}-{hashlib.sha256(subject.encode()).hexdigest()[:8]}"


def _set_aside(path: Path) -> None:
    """The last ledger of the same claim and σ is renamed to the first name that is free: none is ever deleted.

    Raises:
        InvalidInput: the file is no sound ledger of ours or is in use, and stays where it is; or it cannot be
            renamed.
    """
    require_ours(path)
    close_log(path)
    names = chain([".previous.sqlite"], (f".previous-{k}.sqlite" for k in count(2)))
    try:
        path.replace(next(free for free in map(path.with_suffix, names) if not free.exists()))
    except OSError as fault:
        raise InvalidInput(f"{path} cannot be renamed: {fault.strerror}. Move it yourself.") from fault
