"""Records and simulations in notebooks: shown as pages and pictures, printed as text, and other values left alone."""

import html
import re
from pathlib import Path

import nbclient
import nbformat
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

import gsdcheck
from gsdcheck.errors import InvalidInput, RecordError
from gsdcheck.report import show
from gsdcheck.report.html import render_html
from gsdcheck.report.notebook import orbit_series

NOTEBOOKS = sorted((Path(__file__).parents[2] / "reports").glob("*.ipynb"))
W = [[0.0, 1.0], [-1.0, 0.0]]


@pytest.fixture(scope="module")
def circles():
    """x' = Wx from (1, 0) and (2, 0): circles of radius 1 and 2."""
    times = np.linspace(0, 6, 50)
    return gsdcheck.simulate([W, W], [[1.0, 0.0], [2.0, 0.0]], 6.0, activation="identity", save_at=times)


@pytest.fixture
def formatters():
    shell = InteractiveShell()
    gsdcheck.load_ipython_extension(shell)
    return shell.display_formatter.formatters


def test_a_record_is_shown_as_its_page_in_a_frame_without_scripts(verify_record):
    record = {**verify_record, "series": None}
    frame = show(record)._repr_html_()
    assert html.unescape(re.search(r'srcdoc="([^"]*)"', frame).group(1)) == render_html(record)
    assert 'sandbox=""' in frame
    assert "jacobian-spectrum-is-imaginary" in str(show(record))
    assert all(len(line) <= 80 or "Reproduce" in line for line in str(show(record)).splitlines())


def test_a_simulation_is_shown_as_its_orbits(circles):
    columns = orbit_series(circles)["columns"]
    radius = np.hypot(columns["x1"], columns["x2"]), np.hypot(columns["orbit 1.x1"], columns["orbit 1.x2"])
    np.testing.assert_allclose(radius[0], 1, rtol=1e-7)
    np.testing.assert_allclose(radius[1], 2, rtol=1e-7)
    assert "<svg" in show(circles)._repr_html_()
    assert str(show(circles)) == str(circles)


def test_a_simulation_without_times_is_shown_in_words():
    found = gsdcheck.simulate(W, [1.0, 0.0], 1.0)
    assert orbit_series(found) is None
    assert show(found)._repr_html_() == f"<p>{found}</p>"


@pytest.mark.parametrize("value", [1, {"a": 1}, "record.json", None])
def test_nothing_else_is_shown(value):
    with pytest.raises(InvalidInput, match="cannot be shown"):
        show(value)


def test_a_record_of_a_newer_schema_is_refused(verify_record):
    with pytest.raises(RecordError, match="Upgrade gsdcheck"):
        show({**verify_record, "schema_version": 2})


def test_the_extension_shows_records_and_simulations_and_leaves_dictionaries_alone(
    formatters, circles, verify_record
):
    record = {**verify_record, "series": None}
    assert formatters["text/html"](record).startswith("<iframe")
    assert "6 claims" in formatters["text/plain"](record)
    assert "<svg" in formatters["text/html"](circles)
    assert formatters["text/plain"](circles) == str(circles)
    assert formatters["text/html"]({"a": [1, 2]}) is None
    assert formatters["text/plain"]({"a": [1, 2]}) == "{'a': [1, 2]}"


def test_there_is_a_notebook():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")
def test_a_notebook_runs_and_shows_a_page_and_a_picture(path, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(gsdcheck.__file__).parents[1]))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [
        o["data"].get("text/html", "") for c in notebook.cells for o in c.get("outputs", []) if "data" in o
    ]
    assert any(part.startswith("<iframe") for part in shown)
    assert any("<svg" in part for part in shown)
