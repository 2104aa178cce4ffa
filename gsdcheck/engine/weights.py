"""A weights file as exact rationals, or one clear sentence about what is wrong with it."""

import difflib
import json
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from gsdcheck.certify.linear import MAX_UNITS, require_workable
from gsdcheck.engine.arrays import Archive, open_npy, open_npz, read_entries, read_header
from gsdcheck.errors import InvalidInput, RecordError, UnknownName
from gsdcheck.model.system import Matrix, Vector
from gsdcheck.record.safe_json import read_json

EXTENSIONS = (".npy", ".npz", ".csv", ".json")
BIAS_KEYS = ("bias", "b")
MAX_TEXT = 16 * 2**20
MAX_ARCHIVE = 2**30
MAX_DIGITS = 2000
MAX_EXPONENT = 400
MAX_NAME = 120
_ENTRY = re.compile(r"[^\[\],\s]+")
_RATIONAL = re.compile(r"[+-]?(?:\d+/\d+|(?:\d+\.?\d*|\.\d+)(?:[eE](?P<exponent>[+-]?\d+))?)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """W (n, n) and its bias (n,) or None, exact and dimensionless.

    `dtype` is NumPy's name of what was stored, or "rational" for text; `key` is that of W in an archive.
    """

    W: Matrix
    bias: Vector | None
    source: str
    dtype: str
    key: str | None = None

    @property
    def name(self) -> str:
        """The file without its folders, with the key if it is not W; the text of a matrix as it is."""
        if is_matrix_text(self.source):
            return self.source if len(self.source) <= MAX_NAME else f"W {len(self.W)}x{len(self.W)}"
        return Path(self.source).name + ("" if self.key in (None, "W") else f"::{self.key}")


def is_matrix_text(spec: str) -> bool:
    """Whether what is asked for is the matrix itself, "[[0, 1], [-1, 0]]", and no file."""
    return spec.startswith("[[")


def read_weights(spec: str) -> Weights:
    """W, and the bias beside it, of FILE.npy, FILE.npz, FILE.npz::KEY, FILE.csv or FILE.json, or [[0, 1], [-1, 0]].

    Floats are the binary fractions that they hold; decimals in text are what they spell, and "1/3" is 1/3.

    Raises:
        InvalidInput: the file cannot be read or holds no square, finite, small enough matrix.
        UnknownName: the archive has no array of that key; the message names the nearest.
    """
    source, separator, key = spec.rpartition("::") if "::" in spec else (spec, "", "")
    try:
        if is_matrix_text(spec.strip()):
            weights = _from_matrix_text(spec.strip())
        else:
            weights = _read(Path(source), source, key if separator else None)
        require_workable(weights.W)
    except InvalidInput as fault:
        raise type(fault)(f"{spec[:200]}: {fault}") from fault
    return weights


def _read(path: Path, source: str, key: str | None) -> Weights:
    extension = path.suffix.lower()
    if extension not in EXTENSIONS:
        raise InvalidInput(f"The extension is {extension!r}. Weights are read from {', '.join(EXTENSIONS)}.")
    if key is not None and extension != ".npz":
        raise InvalidInput(f"The key {key!r} is given, but only .npz files have keys. Leave out ::{key}.")
    _require_file(path, MAX_TEXT if extension in (".csv", ".json") else MAX_ARCHIVE)
    if extension == ".npz":
        return _from_npz(path, source, key)
    if extension == ".npy":
        return _from_npy(path, source)
    return _from_csv(path, source) if extension == ".csv" else _from_json(path, source)


def _require_file(path: Path, limit: int) -> None:
    """Before opening: a pipe or a device could block for ever."""
    try:
        status = path.stat()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or fault
        raise InvalidInput(f"The file cannot be read: {reason}. Check the path.") from fault
    if not stat.S_ISREG(status.st_mode):
        kind = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        raise InvalidInput(f"This is {kind}. Name a weights file ({', '.join(EXTENSIONS)}).")
    if status.st_size > limit:
        raise InvalidInput(f"The file has {status.st_size} bytes. At most {limit} are read.")


def _from_npy(path: Path, source: str) -> Weights:
    stream = open_npy(path)
    header = read_header(stream)
    n = _require_square(header.shape)
    entries = read_entries(stream, header, "W")
    return Weights(W=_rows(entries, n), bias=None, source=source, dtype=str(header.dtype))


def _from_npz(path: Path, source: str, key: str | None) -> Weights:
    with open_npz(path) as archive:
        chosen = _chosen(archive, key)
        stream = archive.stream(chosen)
        header = read_header(stream)
        n = _require_square(header.shape)
        entries = read_entries(stream, header, "W")
        bias = _bias_beside(archive, n, strict=key is None)
    return Weights(W=_rows(entries, n), bias=bias, source=source, dtype=str(header.dtype), key=chosen)


def _chosen(archive: Archive, key: str | None) -> str:
    """The key asked for; else W; else the only square matrix."""
    keys = list(archive.members)
    if key is not None:
        if key not in archive.members:
            raise UnknownName(f"There is no array {key!r}. {_choices(key, keys)}")
        return key
    if "W" in archive.members:
        return "W"
    square = [name for name in keys if _is_square(archive.shape(name))]
    if len(square) != 1:
        raise InvalidInput(
            f"The archive holds {len(square)} square matrices and none is called W. Name one with ::KEY. "
            + _choices("W", keys)
        )
    return square[0]


def _choices(wanted: str, keys: Sequence[str]) -> str:
    near = difflib.get_close_matches(wanted, keys, n=1)
    shown = ", ".join(keys[:20]) + (", ..." if len(keys) > 20 else "")
    return (f"Did you mean {near[0]!r}? " if near else "") + f"Keys: {shown or 'none'}."


def _bias_beside(archive: Archive, n: int, *, strict: bool) -> Vector | None:
    """The bias in the archive; if W was asked for by key, one of another length is another layer's."""
    for key in (key for key in BIAS_KEYS if key in archive.members):
        stream = archive.stream(key)
        header = read_header(stream)
        if header.shape == (n,):
            return read_entries(stream, header, key)
        if strict:
            raise InvalidInput(
                f"{key} has shape {header.shape} but W is {n}x{n}. They must agree. "
                "If it belongs to another layer, name W with ::KEY."
            )
    return None


def _from_csv(path: Path, source: str) -> Weights:
    lines = enumerate(_text(path).splitlines(), start=1)
    rows = [(i, line.split(",")) for i, line in lines if line.strip() and not line.lstrip().startswith("#")]
    _require_rows([(f"Line {i}", cells) for i, cells in rows])
    W = tuple(
        tuple(_rational(cell.strip(), f"Line {i}, column {j}") for j, cell in enumerate(cells, start=1))
        for i, cells in rows
    )
    return Weights(W=W, bias=None, source=source, dtype="rational")


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MAX_TEXT).decode("utf-8-sig")
    except OSError as fault:
        raise InvalidInput(f"The file cannot be read: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        raise InvalidInput(f"The file is not UTF-8 text: {fault.reason} at byte {fault.start}.") from fault


def _from_matrix_text(text: str) -> Weights:
    """The rows as they are typed in a shell: numbers such as 1/3 need no quotes."""
    quoted = text if '"' in text else _ENTRY.sub('"\\g<0>"', text)
    return _from_json_text(quoted, text)


def _from_json(path: Path, source: str) -> Weights:
    return _from_json_text(_text(path), source)


def _from_json_text(text: str, source: str) -> Weights:
    try:
        read_json(text.encode(), max_bytes=MAX_TEXT, max_depth=10, max_digits=MAX_DIGITS)
    except RecordError as fault:
        raise InvalidInput(str(fault)) from fault
    # Within the limits now: read once more, with decimals as the rationals that they spell.
    data = json.loads(text, parse_float=lambda shown: _rational(shown, "A number"))
    rows, named = _parts(data) if isinstance(data, dict) else (data, None)
    W = _matrix_of(rows)
    return Weights(W=W, bias=_bias_of(named, len(W)), source=source, dtype="rational")


def _parts(data: dict[str, object]) -> tuple[object, tuple[str, object] | None]:
    """W, and the bias with its key, of the object; other keys are refused: one may be a bias misspelt."""
    biases = [key for key in data if key in BIAS_KEYS]
    if "W" not in data or len(biases) > 1 or len(data) > 1 + len(biases):
        shown = ", ".join(repr(key[:40]) for key in list(data)[:10]) or "none"
        raise UnknownName(
            f"The object has the keys {shown}. It must have W, and may have bias. "
            'Write {"W": [[0, 1], [-1, 0]], "bias": [0, 0]}.'
        )
    return data["W"], (biases[0], data[biases[0]]) if biases else None


def _matrix_of(rows: object) -> Matrix:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise InvalidInput("W is not a list of rows. Write W as [[0, 1], [-1, 0]].")
    _require_rows([(f"Row {i}", row) for i, row in enumerate(rows)])
    return tuple(tuple(_number(x, f"W[{i}, {j}]") for j, x in enumerate(row)) for i, row in enumerate(rows))


def _bias_of(named: tuple[str, object] | None, n: int) -> Vector | None:
    if named is None or named[1] is None:
        return None
    key, values = named
    if not isinstance(values, list) or len(values) != n:
        raise InvalidInput(f"{key} is not a list of {n} numbers, but W is {n}x{n}. They must agree.")
    return tuple(_number(x, f"{key}[{i}]") for i, x in enumerate(values))


def _number(value: object, place: str) -> Fraction:
    if isinstance(value, str):
        return _rational(value.strip(), place)
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise InvalidInput(f'{place} is {str(value)[:40]!r}. An entry is a number or a text such as "1/3".')
    return Fraction(value)


def _rational(text: str, place: str) -> Fraction:
    """The number that a text spells; its length and exponent are checked before it is built."""
    match = _RATIONAL.fullmatch(text) if len(text) <= MAX_DIGITS else None
    if match is None:
        raise InvalidInput(
            f"{place} is {text[:40]!r}. An entry is a finite number of at most {MAX_DIGITS} characters, "
            "such as 3, -0.25, 1e-8 or 1/3."
        )
    if abs(int(match["exponent"] or 0)) > MAX_EXPONENT:
        raise InvalidInput(f"{place} is {text[:40]!r}. Exponents are limited to {MAX_EXPONENT}.")
    try:
        return Fraction(text)
    except ZeroDivisionError as fault:
        raise InvalidInput(f"{place} is {text[:40]!r}. A denominator is not 0.") from fault


def _require_rows(rows: Sequence[tuple[str, Sequence[object]]]) -> None:
    """Rows of one length, as many as they are long."""
    n = len(rows)
    for place, row in rows:
        if len(row) != len(rows[0][1]):
            raise InvalidInput(
                f"{place} has {len(row)} entries but the first has {len(rows[0][1])}. Rows are of one length."
            )
    _require_square((n, len(rows[0][1])) if rows else (0, 0))


def _require_square(shape: tuple[int, ...]) -> int:
    """n, for the shape (n, n) with 0 < n ≤ MAX_UNITS."""
    if not _is_square(shape):
        raise InvalidInput(f"W has shape {shape}. A weight matrix is square, (n, n).")
    if shape[0] < 1:
        raise InvalidInput("W is empty. A weight matrix has at least one unit.")
    if shape[0] > MAX_UNITS:
        raise InvalidInput(
            f"W is {shape[0]}x{shape[0]}. Exact work is limited to n ≤ {MAX_UNITS}. Pass a smaller network."
        )
    return shape[0]


def _is_square(shape: tuple[int, ...]) -> bool:
    return len(shape) == 2 and shape[0] == shape[1]


def _rows(entries: Sequence[Fraction], n: int) -> Matrix:
    return tuple(tuple(entries[i * n : (i + 1) * n]) for i in range(n))
