import pytest

from gsdcheck.report.values import quantity_text, reason_alone, subject_name, value_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        ("1/3", "1/3"),
        ({"value": 0.1, "hex": "0x1.999999999999ap-4"}, "0.1"),
        (["0.2", "0.3"], "[0.2, 0.3]"),
        ([], "none"),
        ({"h": "1/10", "x": ["1", "2"]}, "h = 1/10, x = [1, 2]"),
    ],
)
def test_a_value_reads_in_one_line(value, text):
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("exact", "enclosure", "text"),
    [
        ("1/4", ["0.2499", "0.2501"], "1/4, in [0.2499, 0.2501]"),
        ("pi**2/12", ["0.82", "0.83"], "pi**2/12, in [0.82, 0.83]"),
        ("oo", ["oo", "oo"], "∞"),
        ("-3", ["-3", "-3"], "-3"),
        (4, None, "4"),
        (None, ["0.1", "0.2"], "in [0.1, 0.2]"),
        (None, None, "undecided"),
    ],
)
def test_a_quantity_is_exact_or_enclosed_or_undecided(exact, enclosure, text):
    assert quantity_text({"exact": exact, "enclosure": enclosure}) == text


def test_a_rounded_quantity_says_that_it_is_rounded():
    rounded = {"exact": None, "enclosure": None, "value": 0.5, "hex": "0x1.0p-1"}
    assert quantity_text(rounded) == "≈ 0.5"


def test_a_subject_is_named_by_what_it_has():
    assert subject_name({"subject": {"form": "outer", "file": "w.npy", "leak": "0"}}) == "w.npy · outer"
    assert subject_name({"subject": None}) == "no subject"


def test_a_reason_under_its_case_does_not_repeat_it():
    assert reason_alone({"reason": "It grows (h = 1)", "case": "h = 1"}) == "It grows"
    assert reason_alone({"reason": "It grows (h = 1)", "case": None}) == "It grows (h = 1)"
    assert reason_alone({"reason": None, "case": None}) == ""
