"""A weights file that is none is exit code 2 and one paragraph, never a traceback."""

import io
import pickle

import numpy as np
import pytest

LARGE = 65


def saved(array, save=np.save) -> bytes:
    content = io.BytesIO()
    save(content, array)
    return content.getvalue()


def archive(**arrays) -> bytes:
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


SKEW = np.array([[0.0, 1.0], [-1.0, 0.0]])
BAD = {
    "missing.npy": (None, "cannot be read"),
    "wide.npy": (saved(np.zeros((2, 3))), "square"),
    "vector.npy": (saved(np.zeros(4)), "square"),
    "none.npy": (saved(np.zeros((0, 0))), "empty"),
    "nan.npy": (saved(np.array([[0.0, np.nan], [0.0, 0.0]])), "finite"),
    "inf.npy": (saved(np.array([[np.inf]])), "finite"),
    "complex.npy": (saved(SKEW * 1j), "complex"),
    "large.npy": (saved(np.zeros((LARGE, LARGE))), "64"),
    "objects.npy": (saved(np.array([[None]], dtype=object)), "object"),
    "empty.npy": (b"", "npy"),
    "truncated.npy": (saved(SKEW)[:-5], "npy"),
    "pickle.npy": (pickle.dumps(SKEW), "npy"),
    "two.npz": (archive(a=SKEW, b=SKEW), "::"),
    "truncated.npz": (archive(W=SKEW)[:-40], "npz"),
    "empty.npz": (b"", "npz"),
    "wide.csv": ("0,1,2\n3,4,5\n", "square"),
    "ragged.csv": ("0,1\n2\n", "entries"),
    "words.csv": ("a,b\nc,d\n", "'a'"),
    "nan.csv": ("nan,0\n0,0\n", "'nan'"),
    "empty.csv": ("", "empty"),
    "huge.csv": ("1e999999999\n", "xponent"),
    "large.csv": (("0," * (LARGE - 1) + "0\n") * LARGE, "64"),
    "empty.json": ("", "JSON"),
    "truncated.json": ("[[0, 1], [-1", "JSON"),
    "number.json": ("[[" + "1" * 10**6 + "]]", "characters"),
    "nested.json": ("[" * 10**5, "deep"),
    "key.json": ('{"Weights": [[0]]}', "Weights"),
    "nan.json": ("[[NaN]]", "NaN"),
    "bias.json": ('{"W": [[0]], "bias": [1, 2]}', "bias"),
    "weights.pt": (pickle.dumps(SKEW), ".npy"),
    "escape\x1b[2J.npy": (None, "cannot be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_weights_are_2_with_one_paragraph_and_leave_no_trace(cli, home, name):
    content, words = BAD[name]
    if content is not None:
        (home / name).write_bytes(content.encode() if isinstance(content, str) else content)
    ran = cli("inspect", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"gsdcheck: {name[:6]}")
    assert words in ran.err
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 500
    assert "\x1b" not in ran.err
    assert not (home / "gsdcheck-report").exists()


def test_a_wrong_key_is_2_and_is_answered_with_the_nearest(cli, home):
    (home / "w.npz").write_bytes(archive(weights=SKEW, other=SKEW))
    ran = cli("inspect", "w.npz::wieghts")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean 'weights'?" in ran.err


def test_the_good_one_is_read(cli, home):
    (home / "w.npz").write_bytes(archive(weights=SKEW, other=SKEW))
    ran = cli("inspect", "w.npz::weights")
    assert (ran.code, ran.err) == (0, "")
    assert "energy-is-conserved" in ran.out
