"""A file, written whole or not at all."""

import os
import secrets
from pathlib import Path

from gsdcheck.errors import InvalidInput


def write_atomically(path: str | os.PathLike[str], content: bytes) -> None:
    """The file at `path` holds `content`, never half of it; a failure leaves no trace.

    The content goes to a temporary file in the same folder, which is then renamed. A link is followed; what
    is not a regular file (a device, a pipe) is written to directly, because renaming would replace it.

    Raises:
        InvalidInput: the folder does not exist or cannot be written, or `path` is a folder.
    """
    try:
        target = Path(os.path.realpath(path))
        is_folder, is_special = target.is_dir(), target.exists() and not target.is_file()
        if not is_folder:
            target.write_bytes(content) if is_special else _replace(target, content)
    except OSError as fault:
        raise InvalidInput(
            f"{path} cannot be written: {fault.strerror}. Name a file in a folder that can be written."
        ) from fault
    except ValueError as fault:  # a NUL byte in the name
        raise InvalidInput(f"{os.fspath(path)!r} is not the name of a file: {fault}.") from fault
    if is_folder:
        raise InvalidInput(f"{path} cannot be written: it is a folder. Name a file.")


def _replace(target: Path, content: bytes) -> None:
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
