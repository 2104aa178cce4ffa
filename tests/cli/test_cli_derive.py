"""`gsdcheck derive` on the command line: what it prints, where it writes, and how it fails."""

import json

import pytest

PLANAR = "[[0, 1], [-1, 0]]"


def test_a_matrix_on_the_command_line_is_derived(cli, home):
    ran = cli("derive", PLANAR)
    assert ran.code == 0
    assert "H = log(cosh(x1)) + log(cosh(x2))   (energy)" in ran.out
    assert {path.name for path in (home / "gsdcheck-report").iterdir()} == {
        "record.json",
        "report.html",
        "report.md",
        "derivation.tex",
    }


def test_a_file_is_derived_as_the_matrix_in_it(cli, home):
    (home / "w.csv").write_text("0, 1/3\n-1/3, 0\n")
    from_file, from_text = (
        cli("derive", spec, "--degree", "2") for spec in ("w.csv", "[[0, 1/3], [-1/3, 0]]")
    )
    first, second = (ran.out.partition("\n")[2] for ran in (from_file, from_text))
    assert first == second


def test_inspect_takes_a_matrix_too(cli):
    ran = cli("inspect", PLANAR)
    assert ran.code == 0
    assert ran.out.startswith("inspect: [[0, 1], [-1, 0]] · tanh(x) · outer")


def test_latex_is_what_is_printed_when_it_is_asked_for(cli, home):
    ran = cli("derive", PLANAR, "--latex", "--degree", "1")
    assert ran.out.startswith("% gsdcheck derive: [[0, 1], [-1, 0]], tanh(x), outer form\n")
    assert ran.out == (home / "gsdcheck-report" / "derivation.tex").read_text(encoding="utf-8")
    assert cli("derive", PLANAR, "--latex", "--quiet", "--degree", "1").out == ""


def test_the_record_replays_and_compares_equal_to_itself(cli, home):
    ran = cli("derive", PLANAR, "--json", "a.json", "--reproducible", "-q", "--degree", "2")
    assert (ran.code, ran.out) == (0, "")
    assert cli("replay", "a.json").code == 0
    assert cli("compare", "a.json", "a.json").code == 0
    record = json.loads((home / "a.json").read_text(encoding="utf-8"))
    assert (record["kind"], record["run"]) == ("derive", None)


def test_the_record_on_stdout_is_the_record_alone(cli):
    record = json.loads(cli("derive", PLANAR, "--json", "-", "--latex", "--degree", "1").out)
    assert record["derivation"]["integrals"][0]["name"] == "H"


def test_every_option_reaches_the_derivation(cli):
    options = ("--activation", "sin", "--degree", "1", "--form", "inner", "--leak", "1/2", "--bias", "1,2")
    record = json.loads(cli("derive", "[[1, 1], [-1, 0]]", *options, "--project-skew", "--json", "-").out)
    subject = record["subject"]
    shown = (subject["activation"], subject["degree"], subject["form"], subject["leak"], subject["bias"])
    assert shown == ("sin(x)", 1, "inner", "1/2", ["1", "2"])
    assert subject["W"] == [["0", "1"], ["-1", "0"]]
    record = json.loads(cli("derive", PLANAR, "--state", "1,2", "--degree", "0", "--json", "-").out)
    assert record["subject"]["state"] == ["1", "2"]
    assert record["quantities"]["equilibrium"]["enclosure"] is not None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("derive",), "Missing argument"),
        (("derive", "missing.npy"), "cannot be read"),
        (("derive", "[[0, 1], [2]]"), "Rows are of one length"),
        (("derive", "[[0, 1], [2, a]]"), "W[1, 1] is 'a'"),
        (("derive", "[[0, 1], [2, 1/0]]"), "denominator"),
        (("derive", "[[0, 1], [2"), "not JSON"),
        (("derive", "[[0, 1e999], [0, 0]]"), "Exponents are limited"),
        (("derive", "[[" + "0," * 64 + "0]]"), "square"),
        (("derive", PLANAR, "--degree", "13"), "13"),
        (("derive", PLANAR, "--degree", "x"), "x"),
        (("derive", PLANAR, "--state", "1"), "state has 1 entries"),
        (("derive", PLANAR, "--state", "1,1", "--leak", "1"), "leaves"),
        (("derive", PLANAR, "--activation", "tahn"), "tanh"),
        (("derive", PLANAR, "--activation", "softmax"), "softmax"),
        (("derive", PLANAR, "--bias", "1"), "bias has 1 entries"),
        (("derive", PLANAR, "--report", "\0"), "null byte"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(cli, arguments, says):
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_settings_of_the_project_hold_for_derive(cli, home):
    (home / "pyproject.toml").write_text('[tool.gsdcheck]\nreport = "out"\n')
    assert cli("derive", PLANAR, "--degree", "0", "-q").code == 0
    assert (home / "out" / "report.html").is_file()


def test_verbose_names_the_parts(cli):
    err = cli("derive", PLANAR, "--degree", "0", "-v").err
    assert [part in err for part in ("structure", "first integrals", "claims", "equilibria")] == [True] * 4
