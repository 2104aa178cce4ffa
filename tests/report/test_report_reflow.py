"""Pages on a narrow terminal: prose is wrapped, formulas keep their lines, and no word is lost."""

from gsdcheck.certify.pages import page_text
from gsdcheck.claims import ALL_CLAIMS
from gsdcheck.report.reflow import reflowed, wrapped

PAGES = [page_text(entry.claim.id) for entry in ALL_CLAIMS]


def test_every_page_keeps_its_words_and_its_prose_fits() -> None:
    for page in PAGES:
        shown = reflowed(page, 60)
        assert shown.split() == page.split()
        prose = [line for line in shown.splitlines() if not line.startswith(("    ", "|", "#"))]
        assert [line for line in prose if len(line) > 60 and " " in line.strip("* ")] == []


def test_a_point_hangs_and_a_paragraph_does_not() -> None:
    assert reflowed("one two\nthree\n\n* four five\n  six seven\n* eight", 20) == (
        "one two three\n\n* four five six\n  seven\n* eight\n"
    )


def test_the_number_of_a_formula_comes_nearer_only_if_it_must() -> None:
    formula = f"    x' = W σ(x){' ' * 30}(1)"
    assert reflowed(formula, 30).splitlines()[0] == f"    x' = W σ(x){' ' * 12}(1)"
    assert reflowed(formula, 10).splitlines()[0] == "    x' = W σ(x)  (1)"
    assert reflowed(formula, 80).splitlines()[0] == formula


def test_a_line_of_a_list_is_wrapped_below_itself_and_code_is_not() -> None:
    lines = ["Assumptions:", "  skew: the weights are skew", "    forall (n : nat) (W : matrix), True"]
    assert wrapped(lines, 20).splitlines() == [
        "Assumptions:",
        "  skew: the weights",
        "    are skew",
        "    forall (n : nat) (W : matrix), True",
    ]
