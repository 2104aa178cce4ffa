import json

import pytest

from gsdcheck.errors import RecordError
from gsdcheck.record.safe_json import MAX_DEPTH, MAX_DIGITS, read_json

HOSTILE = {
    "empty": (b"", "not JSON"),
    "truncated": (b'{"a": [1, 2', "line 1, column"),
    "latin-1": ("σ".encode("utf-16"), "not UTF-8"),
    "nan": (b'{"a": NaN}', "NaN"),
    "infinity": (b"[-Infinity]", "Infinity"),
    "overflow": (b"[1e999]", "1e999"),
    "a million digits": (b"[" + b"7" * 10**6 + b"]", "1000000 characters"),
    "a million decimals": (b"[0." + b"7" * 10**6 + b"]", "1000002 characters"),
    "deep lists": (b"[" * 10**6 + b"]" * 10**6, "deep"),
    "deep objects": (b'{"a":' * 10**5, "deep"),
    "duplicate key": (b'{"a": 1, "b": {"c": 1, "c": 2}}', "'c' twice"),
    "half a surrogate": (rb'["\ud800"]', "surrogate"),
    "open string full of escapes": (b'"' + rb"\"" * 10**6, "not JSON"),
    "open string that ends in a backslash": (b'["\\', "not JSON"),
    "two documents": (b"{}{}", "Extra data"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_in_one_sentence(name):
    text, fault = HOSTILE[name]
    with pytest.raises(RecordError, match=fault) as caught:
        read_json(text)
    assert len(str(caught.value)) < 200


def test_text_at_the_limits_is_read():
    assert read_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    assert read_json(b"7" * MAX_DIGITS) == int("7" * MAX_DIGITS)
    for beyond in (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), b"7" * (MAX_DIGITS + 1)):
        with pytest.raises(RecordError, match="limit"):
            read_json(beyond)


def test_brackets_in_strings_do_not_nest():
    text = json.dumps({'[{"\\' * 200: "[" * 1000})
    assert read_json(text.encode()) == json.loads(text)


def test_a_surrogate_pair_is_a_character():
    assert read_json(rb'"\ud83d\ude00"') == "\U0001f600"


def test_a_file_is_read_like_its_bytes(tmp_path):
    file = tmp_path / "data.json"
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert read_json(file) == {"a": 1}


def test_a_file_beyond_the_limit_is_refused(tmp_path):
    file = tmp_path / "data.json"
    file.write_bytes(b"[1, 2, 3]")
    assert read_json(file, max_bytes=9) == [1, 2, 3]
    with pytest.raises(RecordError, match="larger than 8 bytes"):
        read_json(file, max_bytes=8)


@pytest.mark.parametrize("name", ["absent.json", ".", "a\0b"])
def test_what_is_no_readable_file_is_refused(tmp_path, name):
    with pytest.raises(RecordError):
        read_json(tmp_path / name)
