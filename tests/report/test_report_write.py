import os

import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.record.files import read_record
from gsdcheck.report import write
from gsdcheck.report.write import write_report


def test_a_report_is_the_record_and_its_page(tmp_path, verify_record):
    page = write_report(tmp_path / "a" / "b", verify_record)
    assert read_record(tmp_path / "a" / "b" / "record.json") == verify_record
    assert "<!DOCTYPE html>" in page.read_text("utf-8")
    assert f"gsdcheck replay {tmp_path}/a/b/record.json" in page.read_text("utf-8")
    assert sorted(os.listdir(page.parent)) == ["record.json", "report.html"]


def test_a_report_replaces_the_one_before(tmp_path, verify_record, inspect_record):
    write_report(tmp_path, verify_record)
    page = write_report(tmp_path, inspect_record)
    assert read_record(tmp_path / "record.json")["kind"] == "inspect"
    assert "inspect" in page.read_text("utf-8")


@pytest.mark.parametrize("place", ["file", "file/below", "a\0b", "x" * 300])
def test_a_folder_that_cannot_be_made_is_refused(tmp_path, verify_record, place):
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput):
        write_report(tmp_path / place, verify_record)
    assert os.listdir(tmp_path) == ["file"]


def test_the_record_survives_a_page_that_fails(tmp_path, verify_record, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("drawing failed")

    monkeypatch.setattr(write, "render_html", fail)
    with pytest.raises(RuntimeError):
        write_report(tmp_path, verify_record)
    assert read_record(tmp_path / "record.json") == verify_record
    assert os.listdir(tmp_path) == ["record.json"]
