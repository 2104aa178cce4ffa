"""The SVG of a figure: small, legible in both schemes, alone and beside others, with words for those who listen."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from gsdcheck.report.figures import figure_of, svg
from gsdcheck.report.figures.canvas import WIDTH
from gsdcheck.report.figures.palette import INK
from gsdcheck.report.figures.vector import _small_tag

SVG = "{http://www.w3.org/2000/svg}"
STEPS = list(range(200))
ENERGIES = {
    "kind": "euler",
    "title": "t",
    "x_label": "step k",
    "y_label": "energy <H> & 2.00",
    "columns": {
        "k": STEPS,
        "h=0.2": [1 + 0.0012345 * k for k in STEPS],
        "h=0.1": [1 + 0.01 * k for k in STEPS],
    },
}


@pytest.fixture(scope="module")
def image():
    return svg(figure_of(ENERGIES), title="A <title>", description="Rises & falls.", name="energies")


def test_it_is_one_element_with_title_and_description(image):
    root = ElementTree.fromstring(image)
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    assert [child.text for child in root][:2] == ["A <title>", "Rises & falls."]
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]


def test_text_stays_text_and_keeps_its_zeros(image):
    said = [element.text for element in ElementTree.fromstring(image).iter(f"{SVG}text")]
    assert {"step k", "energy <H> & 2.00", "h=0.2"} <= set(said)


def test_text_is_large_enough_for_a_telephone(image):
    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)px", image)]
    width = float(re.search(r'viewBox="0 0 ([\d.]+) ', image).group(1))
    assert width == pytest.approx(72 * WIDTH)
    assert min(sizes) * 372 / width > 9.5  # a page of 400 pixels leaves 372 for the figure


def test_text_and_axes_take_the_colour_of_the_scheme(image):
    assert INK not in image
    assert image.count("currentColor") > 20
    assert "prefers-color-scheme:dark" in image
    assert not re.search(r"(?:fill|stroke): #(?:000|fff|ffffff|000000)\b", image)


def test_nothing_in_it_dates_it_or_is_loaded(image):
    assert (
        re.findall(r'(?:href|src)="(?!#)[^"]*"|<script|@import|url\((?!#)|<image|<!DOCTYPE|<\?xml', image)
        == []
    )
    assert not re.search(r"20\d\d-\d\d-\d\d|[Mm]atplotlib", image)


def test_styles_reach_no_other_element_of_a_page(image):
    (style,) = re.findall(r"<style>(.*?)</style>", image)
    selectors = re.findall(r"([^{}]+)\{(?=[^{}]*\})", style)
    assert len(selectors) >= 4
    assert all(selector.startswith("svg.gsdcheck") for selector in selectors)


def test_figures_of_different_names_share_no_id(image):
    other = svg(figure_of(ENERGIES), name="again")
    mine, others = (set(re.findall(r' id="([^"]+)"', text)) for text in (image, other))
    assert mine
    assert not mine & others


def test_every_id_is_referred_to_and_every_reference_leads_somewhere(image):
    assert set(re.findall(r' id="([^"]+)"', image)) == set(re.findall(r"#([mpC][\w]+)", image))


def test_it_is_a_fraction_of_what_matplotlib_writes(image, tmp_path):
    figure_of(ENERGIES).savefig(tmp_path / "plain.svg")
    assert len(image.encode()) < 0.5 * (tmp_path / "plain.svg").stat().st_size


@pytest.mark.parametrize(
    ("tag", "small"),
    [
        ('<use x="1.23456" y="-7.000000"/>', '<use x="1.23" y="-7"/>'),
        ('<path d="M 10.5 0.004567 L 3 4"/>', '<path d="M 10.5 0 L 3 4"/>'),
        (
            "<text style=\"font: 10.5px 'DejaVu Sans', sans-serif; fill: red\">",
            '<text style="font-size: 10.5px; fill: red">',
        ),
        (
            "<text style=\"font-size: 9px; font-family: 'A', 'B'; fill: red\">",
            '<text style="font-size: 9px; fill: red">',
        ),
        ('<text x="1" transform="rotate(-0 1 2)">', '<text x="1">'),
        ('<text x="1" transform="rotate(-90 1 2)">', '<text x="1" transform="rotate(-90 1 2)">'),
        ('<g id="axes_1">', "<g>"),
        ('<g id="kept">', '<g id="kept">'),
        (f'<path style="stroke: {INK}"/>', '<path style="stroke: currentColor"/>'),
    ],
)
def test_a_tag_loses_what_no_reader_needs(tag, small):
    assert _small_tag(tag, {"kept"}) == small
