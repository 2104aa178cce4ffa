import json
import os
import stat

import pytest

from gsdcheck.errors import InvalidInput, RecordError
from gsdcheck.record import atomic, upgrade
from gsdcheck.record.build import build_matrix
from gsdcheck.record.canonical import canonical, digest
from gsdcheck.record.files import read_record, write_record


@pytest.fixture
def path(tmp_path):
    return tmp_path / "record.json"


def test_a_record_is_read_as_it_was_written(path, record):
    write_record(path, record)
    assert read_record(path) == record
    assert os.listdir(path.parent) == ["record.json"]


def test_a_matrix_is_read_as_it_was_written(path, record):
    write_record(path, build_matrix([record, record]))
    assert read_record(path)["records"] == [record, record]


def test_every_single_digit_edit_is_rejected(path, record):
    text = json.dumps(
        {key: value for key, value in record.items() if key not in ("run", "digest", "versions")}
    )
    places = [i for i, letter in enumerate(text) if letter.isdigit() and '"seconds"' not in text[i - 14 : i]]
    for i in places:
        edited = json.loads(text[:i] + str((int(text[i]) + 1) % 10) + text[i + 1 :])
        path.write_bytes(canonical({**record, **edited}))
        with pytest.raises(RecordError):
            read_record(path)
    assert len(places) > 10


def test_an_edit_is_answered_with_both_digests(path, record):
    record["judgements"][0]["certificate"]["entries"][0] = "1/4"
    path.write_bytes(canonical(record))
    with pytest.raises(RecordError, match=record["digest"]) as caught:
        read_record(path)
    assert digest(record) in str(caught.value)


def test_an_edit_inside_a_matrix_is_rejected(path, record):
    path.write_bytes(
        canonical({"schema_version": 1, "kind": "matrix", "records": [record, {**record, "seed": 2}]})
    )
    with pytest.raises(RecordError, match="edited"):
        read_record(path)


def test_when_and_how_long_may_differ(path, record):
    record["run"] = None
    record["judgements"][0]["seconds"] = 99
    path.write_bytes(canonical(record))
    assert read_record(path)["run"] is None


def test_every_truncation_is_rejected(path, record):
    content = canonical(record)
    for size in range(0, len(content) - 2, 7):
        path.write_bytes(content[:size])
        with pytest.raises(RecordError):
            read_record(path)


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        (7, "schema_version 7, .* up to 1"),
        (0, "is 0"),
        (-(10**30), "first"),
        ("1", "integer"),
        (True, "integer"),
    ],
)
def test_another_schema_version_is_refused(path, record, version, fault):
    path.write_bytes(canonical({**record, "schema_version": version}))
    with pytest.raises(RecordError, match=fault):
        read_record(path)


def test_an_older_record_is_upgraded_step_by_step(path, record, monkeypatch):
    def from_zero(old):
        return {**old, "schema_version": 1, "seed": 1729}

    old = {**{key: value for key, value in record.items() if key != "seed"}, "schema_version": 0}
    old["digest"] = digest(old)
    monkeypatch.setitem(upgrade._STEPS, 0, from_zero)
    path.write_bytes(canonical(old))
    assert read_record(path) == record
    path.write_bytes(canonical({"schema_version": 0, "kind": "matrix", "records": [record]}))
    assert read_record(path)["records"] == [record]
    path.write_bytes(canonical({**old, "profile": "deep"}))
    with pytest.raises(RecordError, match="edited"):
        read_record(path)


def test_unknown_keys_are_ignored(path, record):
    record["colour"] = record["judgements"][0]["colour"] = "blue"
    record["digest"] = digest(record)
    write_record(path, record)
    assert read_record(path)["colour"] == "blue"


@pytest.mark.parametrize("text", ["[]", "1", "null", "{}", '{"schema_version": 1}', '"record"'])
def test_json_that_is_no_record_is_refused(path, text):
    path.write_text(text)
    with pytest.raises(RecordError):
        read_record(path)


@pytest.mark.parametrize("place", ["absent/record.json", ".", "file/record.json", "a\0b", "x" * 300])
def test_a_place_that_cannot_be_written_is_refused(tmp_path, record, place):
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput):
        write_record(tmp_path / place, record)
    assert os.listdir(tmp_path) == ["file"]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(path, record, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    path.write_text("old")
    monkeypatch.setattr(atomic.os, "fsync", fail)
    with pytest.raises(InvalidInput, match="No space left"):
        write_record(path, record)
    assert (path.read_text(), os.listdir(path.parent)) == ("old", ["record.json"])


def test_an_interrupted_write_leaves_nothing(path, record, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_record(path, record)
    assert os.listdir(path.parent) == []


def test_a_link_is_followed_and_a_device_is_left_in_place(tmp_path, path, record):
    (tmp_path / "link").symlink_to(path)
    write_record(tmp_path / "link", record)
    assert (tmp_path / "link").is_symlink()
    assert read_record(path) == record
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_record(pipe, {"schema_version": 1})
    assert json.loads(os.read(reader, 1000)) == {"schema_version": 1}
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
