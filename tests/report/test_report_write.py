import os

import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.record.build import build_record
from gsdcheck.record.files import read_record
from gsdcheck.report import write
from gsdcheck.report.write import write_report


@pytest.fixture
def record(verify_record):
    return build_record(kind="verify", judgements=verify_record["judgements"])


def test_a_report_is_the_record_and_its_page(tmp_path, record):
    page = write_report(tmp_path / "a" / "b", record)
    assert read_record(tmp_path / "a" / "b" / "record.json") == record
    assert "<!DOCTYPE html>" in page.read_text("utf-8")
    assert f"gsdcheck replay {tmp_path}/a/b/record.json" in page.read_text("utf-8")
    assert sorted(os.listdir(page.parent)) == ["record.json", "report.html", "report.md"]


def test_a_report_replaces_the_one_before(tmp_path, record):
    write_report(tmp_path, record)
    page = write_report(tmp_path, build_record(kind="hunt"))
    assert read_record(tmp_path / "record.json")["kind"] == "hunt"
    assert "gsdcheck hunt" in page.read_text("utf-8")


@pytest.mark.parametrize("place", ["file", "file/below", "a\0b", "x" * 300])
def test_a_folder_that_cannot_be_made_is_refused(tmp_path, record, place):
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput):
        write_report(tmp_path / place, record)
    assert os.listdir(tmp_path) == ["file"]


def test_the_record_survives_a_page_that_fails(tmp_path, record, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("drawing failed")

    monkeypatch.setattr(write, "render_html", fail)
    with pytest.raises(RuntimeError):
        write_report(tmp_path, record)
    assert read_record(tmp_path / "record.json") == record
    assert os.listdir(tmp_path) == ["record.json"]
