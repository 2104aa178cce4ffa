"""NumPy's files, read within limits: header first, data only if it is of numbers. Nothing is unpickled."""

import io
import lzma
import math
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

from gsdcheck.errors import InvalidInput

MAX_MEMBERS = 1000
MAX_BYTES = 2**17
"""What is read of any one array: more than a header and the widest floats of the largest legal matrix.

NumPy itself would read a header of up to 4 GiB before it looks at its length.
"""
_KINDS = {
    "O": "Python objects, which need pickle, and pickles can run code",
    "c": "complex numbers",
    "U": "text",
    "S": "text",
    "b": "truth values",
    "V": "raw bytes or records (bfloat16 is saved so)",
}
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # an encrypted member; NotImplementedError, an unknown compression
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an .npy file says of its array before the data."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The arrays of an .npz file by key."""

    file: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]

    def stream(self, key: str) -> IO[bytes]:
        """The first bytes of one member, unpacked; all, and the checksum verified, if it is of legal size."""
        with self.file.open(self.members[key]) as member:
            return io.BytesIO(member.read(MAX_BYTES))

    def shape(self, key: str) -> tuple[int, ...]:
        """The shape in the header of one member."""
        return read_header(self.stream(key)).shape


def open_npy(path: Path) -> IO[bytes]:
    """The first bytes of an .npy file; all, if it is of legal size.

    Raises:
        InvalidInput: it cannot be read.
    """
    with _faults_of_the_file("npy"), path.open("rb") as file:
        return io.BytesIO(file.read(MAX_BYTES))


@contextmanager
def open_npz(path: Path) -> Iterator[Archive]:
    """The members of an .npz file.

    Raises:
        InvalidInput: it is no archive, is damaged or encrypted, or has two members of one name.
    """
    with _faults_of_the_file("npz"), zipfile.ZipFile(path) as file:
        members = [info for info in file.infolist() if info.filename.endswith(".npy")]
        keys = [info.filename.removesuffix(".npy") for info in members]
        if len(keys) > MAX_MEMBERS:
            raise InvalidInput(f"The archive holds {len(keys)} arrays. At most {MAX_MEMBERS} are read.")
        if len(set(keys)) < len(keys):
            raise InvalidInput("The archive holds two arrays under one key. Save it again with numpy.savez.")
        yield Archive(file=file, members=dict(zip(keys, members, strict=True)))


def read_header(stream: IO[bytes]) -> Header:
    """Shape, order and dtype of the array that follows in the stream.

    Raises:
        InvalidInput: there is no .npy header of version 1 or 2, or it is damaged.
    """
    from numpy.lib import format as npy

    try:
        version = npy.read_magic(stream)
        read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[version]
        shape, fortran, dtype = read(stream)
    # NumPy evaluates a literal and builds a dtype from it: whatever it raises is a fault of the file.
    except Exception as fault:
        shown = (str(fault).splitlines() or [""])[0][:120]
        raise InvalidInput(
            f"The .npy header cannot be read: {shown} Save it again with numpy.save."
        ) from fault
    return Header(shape=shape, fortran=fortran, dtype=dtype)


def read_entries(stream: IO[bytes], header: Header, name: str) -> tuple[Fraction, ...]:
    """The entries in row-major order, as the exact rationals that they hold.

    Raises:
        InvalidInput: not integers or floats, not finite, or not as many bytes as the header says.
    """
    import numpy as np

    dtype = header.dtype
    if dtype.kind not in "iuf":
        kind = _KINDS.get(dtype.kind, "no numbers")
        raise InvalidInput(
            f"{name} has dtype {str(dtype)[:40]}: {kind}. Weights are real numbers. "
            f"Save {name} as float32 or float64."
        )
    size = math.prod(header.shape) * dtype.itemsize
    data = stream.read(size + 1)
    if len(data) != size:
        fault = "is truncated" if len(data) < size else "has bytes after its end"
        raise InvalidInput(f"{name} {fault}: {size} bytes belong to it. Save the file again.")
    array = np.frombuffer(data, dtype=dtype).reshape(header.shape, order="F" if header.fortran else "C")
    if not np.isfinite(array).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise InvalidInput(f"{name}{list(place)} is {array[place]}. Weights are finite numbers.")
    return tuple(
        Fraction(*x.as_integer_ratio()) for x in (array[place].item() for place in np.ndindex(array.shape))
    )


@contextmanager
def _faults_of_the_file(kind: str) -> Iterator[None]:
    try:
        yield
    except InvalidInput:
        raise
    except _FAULTS as fault:
        raise InvalidInput(
            f"The file cannot be read as .{kind}: {fault} Save it again with NumPy."
        ) from fault
