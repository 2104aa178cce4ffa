"""The colours: seen on white and on dark pages, and told apart by everyone."""

from itertools import combinations

import numpy as np
import pytest

from gsdcheck.report.figures import palette
from gsdcheck.report.figures.palette import COLOURS, INK, MARKERS, line, marks
from gsdcheck.report.figures.sections import poincare_sections

HUES = [colour for colour in COLOURS if colour != INK]
PAGES = {"light": "#ffffff", "dark": "#14181f"}
SEEN_BY = {  # Machado, Oliveira and Fernandes (2009), severity 1
    "everyone": np.eye(3),
    "protanopes": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopes": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopes": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(a, b):
    """As WCAG 2 defines it."""
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (a, b))
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    """CIE L*a*b* of linear sRGB, D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    f = np.where(xyz > 0.008856, np.cbrt(t := xyz / [0.9505, 1, 1.089]), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(a, b, eye):
    return float(np.linalg.norm(lab(np.clip(eye @ linear(a), 0, 1)) - lab(np.clip(eye @ linear(b), 0, 1))))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("colour", HUES)
def test_a_colour_stands_out_from_the_page(colour, page):
    assert contrast(colour, PAGES[page]) >= 3


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)
    assert contrast("#e69f00", "#ffffff") < 3  # the orange of Okabe and Ito, which is left out


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_any_two_colours_are_told_apart(eyes):
    eye = np.array(SEEN_BY[eyes])
    assert min(distance(a, b, eye) for a, b in combinations(HUES, 2)) > 10


def test_red_and_green_would_not_be():
    assert distance("#b00000", "#4a6b00", np.array(SEEN_BY["deuteranopes"])) < 10


def test_curves_differ_in_more_than_their_colour():
    dashes = [str(line(i)["linestyle"]) for i in range(len(COLOURS) - 1)]
    assert len(set(dashes)) == len(dashes)
    assert line(0)["color"] != line(5)["color"]
    assert line(0)["linewidth"] > line(len(COLOURS))["linewidth"]
    assert len({marks(i)["marker"] for i in range(7)}) == len(MARKERS) == 7


def test_text_in_either_scheme_is_read_easily():
    from gsdcheck.report.figures.vector import _STYLE

    for ink, page in (("#3a4452", "light"), ("#c9d1dc", "dark")):
        assert ink in _STYLE
        assert contrast(ink, PAGES[page]) > 7
    assert contrast(palette.INK, PAGES["light"]) > 7


def test_the_orbits_of_a_section_differ_in_mark_and_not_only_in_colour():
    columns = {f"a {i}.{axis}": [float(i)] for i in range(1, 13) for axis in "uv"}
    series = {"kind": "section", "title": "", "x_label": "u", "y_label": "v", "columns": columns}
    lines = poincare_sections(series).axes[0].lines
    assert len({line.get_marker() for line in lines}) == 7
    assert len({(line.get_marker(), line.get_color()) for line in lines}) == 12
