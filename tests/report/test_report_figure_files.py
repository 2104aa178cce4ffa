import os

import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.report.figure_files import write_figures

GOOD = {
    "kind": "euler",
    "title": "A *title*",
    "x_label": "k",
    "y_label": "H",
    "columns": {"k": [0, 1], "h=1": [1, 2]},
}
RECORD = {
    "series": {
        "growth": {**GOOD, "caption": "It | rises.\n<b>Fast</b>", "claim": "linear-euler-blows-up"},
        "../else where": GOOD,
        "later": {**GOOD, "kind": "hologram"},
        "broken": {**GOOD, "columns": {"k": [0]}},
    }
}


def test_every_figure_that_can_be_drawn_is_a_file_in_the_folder(tmp_path):
    files = write_figures(tmp_path, RECORD)
    assert sorted(path.name for path in files) == ["-else-where.svg", "growth.svg"]
    assert sorted(os.listdir(tmp_path / "figures")) == ["-else-where.svg", "captions.md", "growth.svg"]
    assert os.listdir(tmp_path) == ["figures"]
    assert "<title>A *title*</title>" in (tmp_path / "figures" / "growth.svg").read_text("utf-8")


def test_captions_name_the_claim_and_hold_no_markup(tmp_path):
    write_figures(tmp_path, RECORD)
    captions = (tmp_path / "figures" / "captions.md").read_text("utf-8")
    assert "**A \\*title\\*.** It \\| rises. \\<b\\>Fast\\</b\\> (`linear-euler-blows-up`)" in captions
    assert "](growth.svg)" in captions
    assert "h=1 rises from 1 to 2" in captions


def test_the_files_are_the_same_for_the_same_record(tmp_path):
    first = [path.read_bytes() for path in write_figures(tmp_path / "a", RECORD)]
    assert [path.read_bytes() for path in write_figures(tmp_path / "b", RECORD)] == first


def test_a_record_without_series_has_no_files(tmp_path):
    assert write_figures(tmp_path, {"series": None}) == ()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "figures").touch()
    with pytest.raises(InvalidInput, match="cannot be made"):
        write_figures(tmp_path, RECORD)
