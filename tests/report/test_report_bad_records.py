"""Records that are not to be trusted: refused with a sentence, or shown as the text that they are."""

import json

import pytest

from gsdcheck.cli import run
from gsdcheck.errors import RecordError
from gsdcheck.record.canonical import digest
from gsdcheck.record.files import read_record, write_record
from gsdcheck.report import show
from gsdcheck.report.write import write_report

HOSTILE = "<script>document.title = 'run'</script>"


@pytest.fixture
def file(tmp_path, verify_record):
    write_record(tmp_path / "record.json", {**verify_record, "series": None, "digest": digest(verify_record)})
    return tmp_path / "record.json"


@pytest.mark.parametrize("command", ["replay", "compare"])
def test_a_record_of_a_newer_schema_is_refused_with_both_versions(file, command, capsys):
    newer = {**json.loads(file.read_text("utf-8")), "schema_version": 2}
    file.write_text(json.dumps(newer), "utf-8")
    assert run([command, str(file), *([str(file)] if command == "compare" else [])]) == 2
    assert "schema_version 2, this gsdcheck reads up to 1" in capsys.readouterr().err
    with pytest.raises(RecordError, match="schema_version 2"):
        show(newer)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.999])
def test_a_truncated_record_is_refused_and_named(file, part):
    whole = file.read_bytes()
    file.write_bytes(whole[: int(part * len(whole))])
    with pytest.raises(RecordError, match=r"record\.json"):
        read_record(file)


def test_a_record_that_lost_a_part_is_refused_before_it_is_shown(verify_record):
    del verify_record["judgements"]
    with pytest.raises(RecordError, match="judgements"):
        show(verify_record)


def test_markup_for_an_activation_is_refused_before_there_is_a_report(tmp_path, capsys):
    assert run(["audit", HOSTILE, "--report", str(tmp_path / "report")]) == 2
    assert "unexpected" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_markup_in_the_name_of_a_file_is_shown_as_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "<img src=x onerror=f()>.csv").write_text("0,1\n-1,0\n", "utf-8")
    files = ["--junit", "a.xml", "--markdown", "b.md"]
    assert run(["inspect", "<img src=x onerror=f()>.csv", "--quiet", "--report", "report", *files]) == 0
    for name in ("report/report.html", "a.xml", "b.md"):
        assert "<img src=x" not in (tmp_path / name).read_text("utf-8")
        assert "&lt;img src=x" in (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize("key", ["claim", "case", "reason", "title", "statement", "source", "theory"])
def test_markup_in_any_text_of_a_record_is_escaped(tmp_path, verify_record, key):
    for judgement in verify_record["judgements"]:
        judgement[key] = HOSTILE
    page = write_report(tmp_path, {**verify_record, "series": None}).read_text("utf-8")
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
