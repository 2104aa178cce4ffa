"""Weights files: exact values, and one clear sentence for every fault."""

import contextlib
import io
import os
import pickle
import struct
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from gsdcheck.certify.linear import MAX_UNITS, is_skew
from gsdcheck.engine.weights import read_weights
from gsdcheck.errors import InvalidInput, UnknownName

DATA = Path(__file__).parent.parent / "data"
SQUARE = np.array([[0.0, 0.1], [-0.1, 0.0]])


def saved(path: Path, W: np.ndarray | None = None, **named: np.ndarray) -> str:
    if path.suffix == ".npy":
        np.save(path, W, allow_pickle=True)
    else:
        np.savez(path, **named if W is None else {"W": W, **named})
    return str(path)


def held(x: np.generic) -> Fraction:
    """The value of a scalar by another road: an integer, or the sum of two float64."""
    if x.dtype.kind in "iu":
        return Fraction(int(x))
    high = float(x)
    return Fraction(high) + Fraction(float(x - x.dtype.type(high)))


def written(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def npy(header: str, data: bytes = b"", version: int = 1) -> bytes:
    """An .npy file with any header at all."""
    text = header.encode()
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    return b"\x93NUMPY" + bytes([version, 0]) + length + text + data


@pytest.mark.parametrize("dtype", ["<f2", "<f4", ">f4", "<f8", "g", "i1", "<i8", "u1"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_every_real_dtype_is_read_as_the_rationals_that_it_holds(
    tmp_path: Path, dtype: str, order: str
) -> None:
    array = np.array([[0, 3.3], [7.7, 1]]).astype(dtype).copy(order=order)  # type: ignore[call-overload]
    read = read_weights(saved(tmp_path / "w.npy", array))
    assert tuple(tuple(held(x) for x in row) for row in array) == read.W
    assert read.dtype == str(array.dtype)
    assert read.bias is None


def test_float32_is_not_the_decimal_that_was_typed(tmp_path: Path) -> None:
    W = read_weights(saved(tmp_path / "w.npy", SQUARE.astype(np.float32))).W
    assert W[0][1] == Fraction(13421773, 2**27) != Fraction(1, 10)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.npz")), ids=lambda p: p.stem)
def test_the_trained_networks_are_read_entry_by_entry(path: Path) -> None:
    read, arrays = read_weights(str(path)), np.load(path)
    assert np.array_equal(np.array(read.W, dtype=float), arrays["W"])
    assert read.bias is not None
    assert np.array_equal(np.array(read.bias, dtype=float), arrays["bias"])
    assert (read.dtype, read.key, read.source) == ("float32", "W", str(path))
    assert is_skew(read.W) is path.stem.startswith(("skew-gelu", "skew-tanh-recall"))


def test_an_archive_gives_w_or_the_only_square_matrix_or_the_key_asked_for(tmp_path: Path) -> None:
    both = saved(tmp_path / "two.npz", W=SQUARE, U=SQUARE + 1)
    assert read_weights(both).key == "W"
    assert read_weights(f"{both}::U").W[0][0] == 1
    assert read_weights(saved(tmp_path / "one.npz", rnn=SQUARE, wide=np.ones((2, 3)))).key == "rnn"
    with pytest.raises(InvalidInput, match=r"2 square matrices.*::KEY.*Keys: A, B"):
        read_weights(saved(tmp_path / "none.npz", A=SQUARE, B=SQUARE))


def test_a_wrong_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    path = saved(tmp_path / "w.npz", weight_hh=SQUARE, bias=np.zeros(2))
    with pytest.raises(
        UnknownName, match=r"no array 'weight_h'.*Did you mean 'weight_hh'\? Keys: weight_hh, bias"
    ):
        read_weights(f"{path}::weight_h")
    with pytest.raises(InvalidInput, match=r"shape \(2,\)"):
        read_weights(f"{path}::bias")


def test_a_bias_must_fit_unless_w_was_picked_among_layers(tmp_path: Path) -> None:
    path = saved(tmp_path / "w.npz", W=SQUARE, bias=np.zeros(3))
    with pytest.raises(InvalidInput, match=r"bias has shape \(3,\) but W is 2x2"):
        read_weights(path)
    assert read_weights(f"{path}::W").bias is None
    assert read_weights(saved(tmp_path / "b.npz", W=SQUARE, b=np.array([1, 2]))).bias == (1, 2)


def test_text_is_read_as_what_it_spells(tmp_path: Path) -> None:
    expected = ((Fraction(0), Fraction(1, 10)), (Fraction(-1, 3), Fraction(5, 10**9)))
    csv = written(tmp_path / "w.csv", "\ufeff# W\n0, 0.1\n\n-1/3,5e-9\n")
    json = written(tmp_path / "w.json", '[[0, 0.1], ["-1/3", 5e-9]]')
    assert read_weights(csv).W == read_weights(json).W == expected
    assert read_weights(json).dtype == "rational"


def test_decimals_beyond_float64_stay_exact(tmp_path: Path) -> None:
    read = read_weights(
        written(tmp_path / "w.json", '{"W": [[0.10000000000000000000000001]], "bias": ["1/7"]}')
    )
    assert Fraction(10**25 + 1, 10**26) == read.W[0][0]
    assert read.bias == (Fraction(1, 7),)
    assert read_weights(written(tmp_path / "n.json", '{"W": [[1]], "bias": null}')).bias is None


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros((2, 3)), r"shape \(2, 3\).*square"),
        (np.zeros(3), r"shape \(3,\)"),
        (np.zeros((2, 2, 2)), r"shape \(2, 2, 2\)"),
        (np.float64(3), r"shape \(\)"),
        (np.zeros((0, 0)), "W is empty"),
        (np.array([[0, 1], [np.nan, 0]]), r"W\[1, 0\] is nan.*finite"),
        (np.array([[0, -np.inf], [0, 0]]), r"W\[0, 1\] is -inf"),
        (SQUARE.astype(complex), "complex numbers"),
        (np.array([["a", "b"], ["c", "d"]]), "text"),
        (np.array([[True, False], [False, True]]), "truth values"),
        (np.array([[None, 1], [2, 3]]), "Python objects.*pickle"),
        (np.zeros((2, 2), dtype="V2"), "bfloat16"),
        (np.zeros((2, 2), dtype="M8[s]"), "no numbers"),
        (np.zeros((MAX_UNITS + 1, MAX_UNITS + 1)), "65x65.*limited to n ≤ 64"),
    ],
)
@pytest.mark.parametrize("kind", ["w.npy", "w.npz"])
def test_arrays_that_are_no_weights_are_refused(
    tmp_path: Path, kind: str, array: np.ndarray, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        read_weights(saved(tmp_path / kind, array))
    assert kind in str(caught.value)


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("unpickled",)


def test_a_pickle_is_never_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    objects = saved(tmp_path / "o.npy", np.array([[Bomb()]], dtype=object))
    for path in (objects, written(tmp_path / "p.npy", pickle.dumps(Bomb()))):
        with pytest.raises(InvalidInput):
            read_weights(path)
    assert not (tmp_path / "unpickled").exists()
    pickle.loads(pickle.dumps(Bomb()))  # noqa: S301  the bomb does go off where it is loaded
    assert (tmp_path / "unpickled").exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("w.npy", b"", "header cannot be read"),
        ("w.npy", b"PK\x03\x04 not numpy", "header cannot be read"),
        ("w.npz", b"not a zip", "cannot be read as .npz"),
        (
            "w.npy",
            npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)}\n", b"\0" * 31),
            "truncated: 32 bytes",
        ),
        (
            "w.npy",
            npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)}\n", b"\0" * 33),
            "after its end",
        ),
        (
            "w.npy",
            npy("{'descr': '<f8', 'fortran_order': False, 'shape': (999999999, 999999999)}\n"),
            "n ≤ 64",
        ),
        ("w.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1)}\n"), "is empty"),
        ("w.npy", npy("(" * 9000), "header cannot be read"),
        ("w.npy", npy("-" * 9000 + "1"), "header cannot be read"),
        ("w.npy", npy("{}", version=3), "header cannot be read"),
        ("w.npy", npy("__import__('os')"), "header cannot be read"),
        ("w.npy", npy(" " * 10**6, version=2), "header cannot be read"),
    ],
)
def test_damaged_and_hostile_arrays_are_refused(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_weights(written(tmp_path / name, content))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    huge = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (8192, 8192)}\n") + bytes(2**26)
    header = b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**26) + bytes(2**26)
    for content, words in ((huge, "8192x8192"), (header, "header cannot be read")):
        with zipfile.ZipFile(tmp_path / "w.npz", "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("W.npy", content)
        with pytest.raises(InvalidInput, match=words):
            read_weights(str(tmp_path / "w.npz"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archives_with_two_of_a_key_too_many_or_none_are_refused(tmp_path: Path) -> None:
    for keys, words in (
        (["W", "W"], "two arrays under one key"),
        (range(1001), "1001 arrays"),
        ([], "Keys: none"),
    ):
        with zipfile.ZipFile(tmp_path / "w.npz", "w") as file:
            for key in keys:
                file.writestr(f"{key}.npy", b"")
        with pytest.raises(InvalidInput, match=words):
            read_weights(str(tmp_path / "w.npz"))


def test_every_cut_and_every_flipped_byte_of_an_archive_is_read_or_refused(tmp_path: Path) -> None:
    content = (DATA / "skew-tanh-sine.npz").read_bytes()
    path = tmp_path / "w.npz"
    true = read_weights(written(path, content)).W
    cuts = [content[:i] for i in range(0, len(content), 7)]
    flips = [content[:i] + bytes([content[i] ^ 255]) + content[i + 1 :] for i in range(len(content))]
    read = []
    for damaged in cuts + flips:
        with contextlib.suppress(InvalidInput):
            read.append(read_weights(written(path, damaged)).W)
    assert 0 < len(read) < len(flips) / 2  # a flipped date harms nothing
    assert set(read) == {true}  # the checksum guards the data


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("w.csv", "", "empty"),
        ("w.csv", "1,2\n3\n", "Line 2 has 1 entries but the first has 2"),
        ("w.csv", "1,2\n3,x\n", "Line 2, column 2 is 'x'"),
        ("w.csv", "1,2\n3,\n", "Line 2, column 2 is ''"),
        ("w.csv", "nan", "'nan'.*finite"),
        ("w.csv", "1/0", "denominator"),
        ("w.csv", "1e999999999", "Exponents are limited to 400"),
        ("w.csv", "1" * 10**6, "at most 2000 characters"),
        ("w.csv", "1,2,3\n4,5,6\n", r"shape \(2, 3\)"),
        ("w.csv", b"\xff\xfe", "not UTF-8"),
        ("w.csv", "\n".join(["0," * 64 + "0"] * 65), "n ≤ 64"),
        ("w.json", "", "not JSON"),
        ("w.json", "[[NaN]]", "NaN"),
        ("w.json", "[[1e999]]", "beyond the range"),
        ("w.json", "[[1e-999999999]]", "Exponents"),
        ("w.json", "[[" + "1" * 10**6 + "]]", "1000000 characters"),
        ("w.json", "[" * 10**6, "deep"),
        ("w.json", "3", "list of rows"),
        ("w.json", "[1, 2]", "list of rows"),
        ("w.json", "[]", "empty"),
        ("w.json", "[[]]", r"shape \(1, 0\)"),
        ("w.json", "[[1, 2], [3]]", "Row 1 has 1"),
        ("w.json", "[[true]]", r"W\[0, 0\] is 'True'"),
        ("w.json", "[[null]]", "'None'"),
        ("w.json", '[["pi"]]', r"W\[0, 0\] is 'pi'"),
        ("w.json", '{"w": [[1]]}', "keys 'w'.*must have W"),
        ("w.json", '{"W": [[1]], "biases": [1]}', "'biases'"),
        ("w.json", '{"W": [[1]], "bias": [1], "b": [1]}', "keys 'W', 'bias', 'b'"),
        ("w.json", '{"W": [[1]], "bias": [1, 2]}', "bias is not a list of 1"),
        ("w.json", '{"W": [[1]], "bias": ["x"]}', r"bias\[0\] is 'x'"),
        ("w.json", '{"W": [[1]], "W": [[2]]}', "twice"),
    ],
)
def test_text_that_is_no_matrix_is_refused(tmp_path: Path, name: str, text: str | bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_weights(written(tmp_path / name, text))


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("missing.npy", "No such file.*Check the path"),
        ("folder.npz", "a directory"),
        ("pipe.csv", "not a regular file"),
        ("weights.txt", r"extension is '.txt'.*\.npy, \.npz, \.csv, \.json"),
        ("weights", "extension is ''"),
        ("", "extension is ''"),
        ("w.json::W", "only .npz files have keys"),
        ("nul\0.npy", "cannot be read"),
        ("loop.npy", "symbolic links"),
    ],
)
def test_what_is_not_a_readable_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spec: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.npz").mkdir()
    os.mkfifo("pipe.csv")
    os.symlink("loop.npy", "loop.npy")
    with pytest.raises(InvalidInput, match=words):
        read_weights(spec)


@pytest.mark.parametrize("name", ["w.npy", "w.npz", "w.csv", "w.json"])
def test_a_file_that_may_not_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse(*_: object, **__: object) -> io.BytesIO:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path / name, "[[1]]")
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    with pytest.raises(InvalidInput, match="Permission denied"):
        read_weights(path)


def test_a_text_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    with path.open("wb") as file:
        file.truncate(2**24 + 1)
    with pytest.raises(InvalidInput, match=r"16777217 bytes\. At most 16777216"):
        read_weights(str(path))


def test_entries_too_long_for_exact_work_are_refused_with_the_limit(tmp_path: Path) -> None:
    W = np.zeros((64, 64))
    W[0, 1], W[1, 0] = 1e300, 1e-300
    with pytest.raises(InvalidInput, match="256 bits here"):
        read_weights(saved(tmp_path / "w.npy", W))
