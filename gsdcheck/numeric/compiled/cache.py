"""Compiled objects on disk, by a hash of what they are made of: a kernel is compiled once per machine."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

FOLDER_VARIABLE = "GSDCHECK_CACHE"


def cache_folder() -> Path:
    """$GSDCHECK_CACHE, else the user's cache folder (XDG_CACHE_HOME, LOCALAPPDATA or ~/.cache) / gsdcheck."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "gsdcheck"


@lru_cache(maxsize=1)
def generator_fingerprint() -> str:
    """A hash of the files that write the code: an edit of any of them makes every kernel anew."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def cached_object(key: str, make: Callable[[], bytes]) -> bytes:
    """The object code stored under the key and the fingerprint, or what `make` gives, which is then stored.

    A stored object begins with the hash of its own bytes; one that is torn or foreign is made anew. A folder
    that cannot be written costs the speed of the next start, and nothing else.
    """
    path = cache_folder() / f"{_name(key)}.o"
    stored = _read(path)
    if stored is not None:
        return stored
    code = make()
    _write(path, code)
    return code


def _name(key: str) -> str:
    return hashlib.sha256(f"{generator_fingerprint()} {key}".encode()).hexdigest()[:32]


def _read(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, code = content[:32], content[32:]
    return code if code and hashlib.sha256(code).digest() == digest else None


def _write(path: Path, code: bytes) -> bool:
    """Whether the object could be stored; the file appears whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(code).digest() + code)
        os.replace(temporary, path)
    except OSError:
        return False
    return True
