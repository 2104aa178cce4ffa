import io

import pytest
from rich.console import Console

from gsdcheck.record.build import build_matrix, build_record
from gsdcheck.report.grouping import claim_groups
from gsdcheck.report.terminal import print_record


def shown(record, *, width=80, encoding="utf-8", **options):
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="")
    print_record(record, Console(file=file, width=width, **options))
    file.flush()
    return raw.getvalue().decode(encoding)


def prose(text):
    """The lines but for commands, which are never broken, so that they can be copied."""
    return [line for line in text.splitlines() if "Reproduce with: " not in line]


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", ["verify_record", "inspect_record"])
def test_lines_fit_the_terminal(name, width, request):
    lines = prose(shown(request.getfixturevalue(name), width=width))
    assert max(map(len, lines)) <= width
    assert len(lines) > 10


@pytest.mark.parametrize("name", ["verify_record", "inspect_record"])
def test_no_colour_means_no_escape_sequences(name, request, monkeypatch):
    record = request.getfixturevalue(name)
    assert "\x1b" not in shown(record)
    assert "\x1b[32m" in shown(record, force_terminal=True, color_system="standard")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in shown(record, force_terminal=True)


def test_the_sentences_come_first_with_what_is_true_and_what_is_not(verify_record):
    says = {
        "true": "H is constant (I1); " * 5 + "+1 more",
        "false": None,
        "open": "who knows (O9, supported)",
    }
    verify_record["sentences"] = [{"sentence": "P2", "title": "it oscillates", "says": says}]
    lines = shown(verify_record).splitlines()
    assert lines[0].rstrip() == "P2 it oscillates"
    assert lines[1].startswith("   true   H is constant (I1); H")
    assert lines[2].startswith(" " * 10 + "constant (I1); H")
    assert lines[3].rstrip() == "   open   who knows (O9, supported)"
    assert lines[5].startswith("Row Claim")


def test_every_claim_fits_on_one_line_of_the_table(verify_record):
    table = shown(verify_record).split("\n\n")[0].splitlines()
    for group in claim_groups(verify_record):
        row = next(line for line in table if group.claim in line)
        assert group.headline["verdict"] in row
        assert group.headline["theory"] in row
    assert "+3 cases" in next(line for line in table if "odd-bounded-continuous-suffices" in line)


def test_a_case_that_came_out_differently_is_not_hidden(verify_record):
    verify_record["judgements"][3].update(verdict="undecided", evidence=None)
    text = shown(verify_record, width=120)
    assert "+3 cases (1 undecided)" in text
    assert "and leaves to infinity. (undecided)" in text
    verify_record["judgements"][2].update(verdict="proved", expected="proved")
    assert "+3 cases (1 proved, 1 undecided)" in shown(verify_record, width=120)


def test_a_claim_is_refuted_with_one_of_its_cases(verify_record):
    verify_record["judgements"][2].update(verdict="proved")
    group = claim_groups(verify_record)[2]
    assert (group.headline["verdict"], group.headline["case"]) == ("refuted", "x*exp(-x**2)")
    verify_record["judgements"][4]["case"] = None
    assert claim_groups(verify_record)[2].headline is verify_record["judgements"][4]


def test_a_refutation_gives_reason_amended_claim_and_command(verify_record):
    text = shown(verify_record)
    block = text[text.index("boundedness-is-necessary-for-the-invariant\n") :].split("\n\n")[0].splitlines()
    assert block[1:] == [
        "  σ = x is unbounded and ‖x‖²/2 is constant.",
        "  True instead: energy-is-conserved",
        "  Reproduce with: gsdcheck replay gsdcheck-report/record.json",
    ]


def test_a_case_is_named_once(verify_record):
    assert "  - 0: Every point is a fixed point.\n" in shown(verify_record)
    verify_record["judgements"][2]["reason"] = "Every point is a fixed point (0)"
    assert "  - Every point is a fixed point (0)\n" in shown(verify_record)


def test_the_command_is_one_line_and_quoted(verify_record):
    text = shown(verify_record, width=40)
    assert (
        "  Reproduce with: gsdcheck verify jacobian-spectrum-is-imaginary --profile quick --seed 1729\n"
        in text
    )
    raw = io.StringIO()
    print_record(verify_record, Console(file=raw, width=80), record_path="my report/record.json")
    assert "gsdcheck replay 'my report/record.json'" in raw.getvalue()


def test_an_unexpected_verdict_is_marked_and_counted(verify_record):
    text = shown(verify_record)
    assert "Expected: proved." in text
    assert "1 not as expected" in text
    verify_record["judgements"][-1]["expected"] = None
    assert "all as expected" in shown(verify_record)


def test_inspection_shows_facts_quantities_and_what_follows(inspect_record):
    text = shown(inspect_record)
    for part in ("similar to skew undecided", "sqrt(2)/2, in [0.70710678, 0.70710679]", "H is constant."):
        assert part in text
    assert "expected" not in text


def test_a_terminal_without_unicode_still_reads(verify_record):
    text = shown(verify_record, encoding="ascii")
    assert "refuted" in text
    assert "? refuted" not in text
    assert "? undecided" in text


def test_control_characters_and_markup_do_not_reach_the_terminal(verify_record):
    verify_record["judgements"][1]["reason"] = "\x1b]0;owned\x07 [bold]a[/bold] \x9b31m"
    text = shown(verify_record, force_terminal=True, color_system=None)
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "[bold]a[/bold]" in text


def test_an_interrupted_and_empty_record_is_printed():
    text = shown(build_record(kind="verify", status="interrupted", seed=3))
    assert "Interrupted" in text
    assert "0 claims · seed 3" in text


def test_a_matrix_is_its_records_one_after_another(verify_record, inspect_record):
    assert shown(build_matrix([verify_record, inspect_record])) == shown(verify_record) + shown(
        inspect_record
    )
