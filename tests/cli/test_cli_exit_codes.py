"""The exit code says how a command ended, for scripts that read nothing else."""

import dataclasses
from pathlib import Path

import pytest

from gsdcheck.claims import BY_ID
from gsdcheck.model.verdict import Verdict
from gsdcheck.record.files import read_record

QUICK = "linear-norm-is-conserved-iff-skew"


@pytest.fixture
def plant(monkeypatch):
    """Changes the entry of the quick claim; `expected` changes its claim."""

    def planted(*, expected=Verdict.PROVED, **changes):
        entry = BY_ID[QUICK]
        claim = dataclasses.replace(entry.claim, expected=expected)
        monkeypatch.setitem(BY_ID, QUICK, dataclasses.replace(entry, claim=claim, **changes))

    return planted


def violated(_):
    return -1.0


def test_as_expected_is_0(cli):
    assert cli("verify", QUICK).code == 0


def test_another_verdict_than_expected_is_1(cli, plant):
    plant(expected=Verdict.REFUTED)
    ran = cli("verify", QUICK)
    assert ran.code == 1
    assert "1 not as expected" in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Missing command"),
        (("verfiy",), "verfiy"),
        (("verify", "--jbs", "2"), "--jobs"),
        (("verify", "--profile", "slow"), "slow"),
        (("verify", "--jobs", "0"), "--jobs"),
        (("verify", "--seed", "-1"), "--seed"),
        (("verify", "--seed", "1.5"), "1.5"),
        (("verify", "--fail-on", "refuted"), "refuted"),
        (("inspect",), "WEIGHTS"),
        (("inspect", "w.csv", "--form", "middle"), "middle"),
        (("explain",), "CLAIM"),
        (("explain", "I1", "I2"), "I2"),
        (("replay",), "FILE"),
        (("claims", "I1"), "I1"),
    ],
)
def test_wrong_usage_is_2_and_shows_the_usage(cli, home, arguments, words):
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("gsdcheck: ")
    assert words in ran.err
    assert "Usage: gsdcheck" in ran.err
    assert not list(home.iterdir())


@pytest.mark.parametrize("command", ["verify", "explain"])
@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("energy-is-conservd", "energy-is-conserved"),
        ("I11", "I1"),
        ("P9", "P"),
        ("", "'"),
        ("\x1b[2J", "'\\x1b[2J'"),
    ],
)
def test_an_unknown_claim_is_2_and_is_answered_with_the_nearest(cli, home, command, name, nearest):
    ran = cli(command, name)
    assert (ran.code, ran.out) == (2, "")
    assert nearest in ran.err
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err
    assert not list(home.iterdir())


@pytest.mark.parametrize(
    ("name", "nearest"), [("tahn", "'tanh'"), ("reluu", "'relu'"), ("Leaky", "'leaky_relu'")]
)
def test_an_unknown_activation_is_2_and_is_answered_with_the_nearest(cli, home, name, nearest):
    (home / "w.csv").write_text("0,1\n-1,0\n")
    ran = cli("inspect", "w.csv", "--activation", name)
    assert (ran.code, ran.out) == (2, "")
    assert f"The nearest name is {nearest}" in ran.err


def test_a_defect_of_ours_is_3_and_never_a_verdict(cli, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("no reason")

    monkeypatch.setattr("gsdcheck.engine.verify.exit_code", broken)
    ran = cli("verify", QUICK)
    assert ran.code == 3
    assert "internal error: ZeroDivisionError: no reason" in ran.err


def test_undecided_where_a_decision_was_expected_is_4(cli, plant):
    plant(margin=violated)
    ran = cli("verify", QUICK)
    assert ran.code == 4
    assert "1 undecided" in ran.out


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--fail-on", "undecided"), 4)])
def test_an_open_question_left_undecided_is_4_only_if_asked_for(cli, plant, options, code):
    plant(margin=violated, expected=None)
    assert cli("verify", QUICK, *options).code == code


def test_fail_on_undecided_leaves_decisions_alone(cli):
    assert cli("verify", QUICK, "--fail-on", "undecided").code == 0


def test_an_inspected_network_to_which_nothing_applies_is_5(cli, home):
    (home / "w.csv").write_text("1,2\n3,4\n")
    ran = cli("inspect", "w.csv", "--activation", "exp(x)", "--bias", "1,1")
    assert read_record("gsdcheck-report/record.json")["judgements"] == []
    assert ran.code == 5


def interrupted_at(monkeypatch, place: str) -> None:
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(place, interrupt)


def test_an_interrupt_between_claims_is_130_and_keeps_what_was_decided(cli, monkeypatch):
    found = iter(("conserved-energy-implies-skew", "casimirs-are-conserved"))

    def proposals():
        if next(found) == "casimirs-are-conserved":
            raise KeyboardInterrupt
        return ()

    for claim in ("conserved-energy-implies-skew", "casimirs-are-conserved"):
        monkeypatch.setitem(BY_ID, claim, dataclasses.replace(BY_ID[claim], proposals=proposals))
    assert cli("verify", "conserved-energy-implies-skew", "casimirs-are-conserved", "--jobs", "1").code == 130
    record = read_record("gsdcheck-report/record.json")
    assert record["status"] == "interrupted"
    assert [j["claim"] for j in record["judgements"]] == ["conserved-energy-implies-skew"]


def test_an_interrupt_while_figures_are_computed_keeps_every_verdict(cli, monkeypatch):
    interrupted_at(monkeypatch, "gsdcheck.engine.paper.paper_series")
    ran = cli("verify", QUICK)
    record = read_record("gsdcheck-report/record.json")
    assert ran.code == 130
    assert (record["status"], record["judgements"][0]["claim"]) == ("interrupted", QUICK)
    assert ran.err == "gsdcheck: interrupted; what was decided so far is in the record.\n"


def test_an_interrupt_while_the_page_is_drawn_keeps_the_record(cli, monkeypatch):
    interrupted_at(monkeypatch, "gsdcheck.report.write.render_html")
    ran = cli("verify", QUICK)
    assert (ran.code, ran.err.strip()) == (130, "gsdcheck: interrupted.")
    assert read_record("gsdcheck-report/record.json")["status"] == "complete"
    assert [path.name for path in Path("gsdcheck-report").iterdir()] == ["record.json"]


def test_an_interrupted_inspect_is_130(cli, home, monkeypatch):
    interrupted_at(monkeypatch, "gsdcheck.engine.inspect.rollout")
    (home / "w.csv").write_text("0,1\n-1,0\n")
    ran = cli("inspect", "w.csv")
    assert (ran.code, ran.err.strip()) == (130, "gsdcheck: interrupted.")
    assert [path.name for path in home.iterdir()] == ["w.csv"]


@pytest.mark.parametrize(
    "arguments", [("--help",), ("-h",), ("--version",), ("verify", "--help"), ("claims",)]
)
def test_asking_is_0(cli, arguments):
    ran = cli(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out
