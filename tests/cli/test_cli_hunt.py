"""`gsdcheck hunt`, `ablate`, and `replay` of what they leave: outcomes, exit codes, and what is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from gsdcheck.engine.hunt.executors.cluster import Cluster
from gsdcheck.engine.hunt.findings.finding import finding_digest
from gsdcheck.record.canonical import canonical
from gsdcheck.record.files import read_record

NEVER_FALLS, FALLS = "euler-energy-never-decreases", "euler-energy-falls-without-monotony"
README_EXAMPLE = ("hunt", NEVER_FALLS, "--activation", "sin", "--max-examples", "60")
SINE = ("hunt", NEVER_FALLS, "--activation", "sin", "--n", "2,3", "--max-examples", "800", "--jobs", "1")


def recorded(home: Path) -> dict[str, Any]:
    return read_record(home / "gsdcheck-report" / "record.json")


def findings(home: Path) -> list[Path]:
    return sorted((home / ".gsdcheck" / "findings").glob("*.json"))


def test_a_hunt_finds_certifies_keeps_and_says_how_hard_it_searched(cli, home):
    ran = cli(*SINE)
    assert ran.code == 0
    record = recorded(home)
    assert record["kind"] == "hunt"
    assert {judgement["verdict"] for judgement in record["judgements"]} == {"refuted"}
    [hunt] = record["hunts"]
    assert sum(hunt["tried"].values()) == hunt["judged"] > 0
    assert hunt["stopped"] in ran.out.replace("\n  ", " ")
    assert list(hunt["lacks"]) == ["nondecreasing"]
    for said in ("refuted", "of which it does", "Weights", "States", "Least margin", "Finding kept in"):
        assert said in ran.out
    assert all(len(line) <= 80 for line in ran.out.splitlines() if "findings/" not in line)
    assert [path.name for path in findings(home)] == sorted(f["file"] for f in record["findings"])
    assert cli("replay", "gsdcheck-report/record.json").code == 0
    assert json.loads(findings(home)[0].read_text())["figure"].startswith("<svg")


@pytest.mark.parametrize("example", [SINE[:-2], README_EXAMPLE], ids=["two-sizes", "readme"])
def test_the_same_seed_gives_the_same_digest_whatever_the_processes(cli, home, example):
    digests = []
    for jobs, seed in (("1", "5"), ("2", "5"), ("4", "5"), ("1", "6")):
        for path in findings(home):
            path.unlink()  # known findings are part of the record
        cli(*example, "--jobs", jobs, "--seed", seed, "--reproducible")
        digests.append(recorded(home)["digest"])
    assert len(set(digests[:3])) == 1
    assert digests[3] != digests[0]


def test_known_findings_are_replayed_first_and_listed_apart(cli, home):
    cli(*SINE)
    kept = len(findings(home))
    ran = cli(*SINE)
    assert ran.out.count("Known finding, still refuted") == kept
    [hunt] = recorded(home)["hunts"]
    assert [again["fate"] for again in hunt["known"]] == ["still refuted"] * kept
    assert len(findings(home)) == kept


def test_known_findings_are_those_of_the_same_function_however_it_is_spelled(cli, home):
    cli(*SINE)
    kept, options = len(findings(home)), ("--n", "2", "--max-examples", "1", "--jobs", "1")
    for spelling, known in (("sin(x)", kept), ("SIN", kept), ("tanh", 0)):
        cli("hunt", NEVER_FALLS, "--activation", spelling, *options)
        assert len(recorded(home)["hunts"][0]["known"]) == known
    cli("hunt", NEVER_FALLS, *options)
    assert recorded(home)["hunts"][0]["known"] == []


def test_a_finding_that_was_kept_under_two_spellings_is_known_once(cli, home):
    again = tuple("sin(x)" if word == "sin" else word for word in SINE)
    known = []
    for asked in (SINE, again, SINE):
        cli(*asked)
        known.append([one["sentence"] for one in recorded(home)["hunts"][0]["known"]])
    assert len(known[2]) == len(set(known[2])) >= len(known[1]) > len(known[0]) == 0


def test_a_finding_about_a_function_that_nobody_can_read_is_no_hindrance(cli, home):
    cli(*SINE)
    data = {**json.loads(findings(home)[0].read_text()), "subject": "of_a_later_version"}
    path = findings(home)[0].with_name("later.json")
    path.write_bytes(canonical({**data, "digest": finding_digest(data)}))
    assert cli(*SINE).code == 0


def test_a_known_refutation_counts_where_the_hunt_finds_nothing(cli, home):
    cli(*SINE)
    ran = cli("hunt", NEVER_FALLS, "--activation", "sin", "--n", "2", "--max-examples", "1", "--jobs", "1")
    assert ran.code == 0
    assert all(judgement["verdict"] == "refuted" for judgement in recorded(home)["judgements"])
    assert any(judgement.get("known") for judgement in recorded(home)["judgements"])


def test_a_finding_is_replayed_and_a_forged_one_is_not_believed(cli, home):
    cli(*SINE)
    path = findings(home)[0]
    ran = cli("replay", str(path))
    assert ran.code == 0
    assert ran.out.startswith("still refuted")
    assert cli("replay", "-q", str(path)).out == ""
    data = json.loads(path.read_text())
    path.write_bytes(canonical({**data, "sentence": "nothing to see"}))
    assert cli("replay", str(path)).code == 2
    ran = cli(*SINE)
    assert ran.code == 2
    assert "was edited" in ran.err


def test_a_finding_of_a_later_version_cannot_be_replayed_and_is_not_fixed(cli, home):
    cli(*SINE)
    path = findings(home)[0]
    data = json.loads(path.read_text())
    data["judgement"]["certificate"]["theorem"] = "of-a-later-version"
    path.write_bytes(canonical({**data, "digest": finding_digest(data)}))
    ran = cli("replay", str(path))
    assert (ran.code, ran.out.split(" (")[0].split("  ")[0]) == (2, "cannot replay")
    assert cli(*SINE).out.count("Known finding, cannot replay") == 1


def test_a_proved_claim_is_supported_and_as_expected(cli, home):
    ran = cli("hunt", "odd-size-has-a-casimir", "--max-examples", "150", "--jobs", "1")
    assert ran.code == 0
    [judgement] = recorded(home)["judgements"]
    assert (judgement["verdict"], judgement["expected"]) == ("supported", "supported")
    assert judgement["examples"] == recorded(home)["hunts"][0]["judged"]
    assert findings(home) == []


def test_a_witness_proves_a_claim_of_existence_and_silence_says_nothing_of_it(cli, home):
    options = ("--max-examples", "600", "--jobs", "1")
    assert cli("hunt", FALLS, "--activation", "sin", *options).code == 0
    assert {judgement["verdict"] for judgement in recorded(home)["judgements"]} == {"proved"}
    assert cli("replay", str(findings(home)[0])).out.startswith("still proved")
    assert cli("hunt", FALLS, "--activation", "tanh", *options, "--fail-on", "undecided").code == 4
    assert recorded(home)["judgements"][0]["verdict"] == "undecided"


def test_a_hunt_that_can_tell_nothing_says_so(cli, home):
    ran = cli(
        "hunt", "planar-orbits-are-closed", "--activation", "zero", "--max-examples", "40", "--jobs", "1"
    )
    assert ran.code == 5
    assert "nothing was checked" in ran.err
    assert "Nothing was checked" in ran.out
    assert recorded(home)["judgements"][0]["verdict"] == "undecided"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("hunt",), "Missing argument"),
        (("hunt", "E99"), "unknown claim"),
        (("hunt", NEVER_FALLS, "--activation", "tanhh"), "tanh"),
        (("hunt", NEVER_FALLS, "--n", "two"), "n is 'two'"),
        (("hunt", "O6", "--n", "3..5"), "planar"),
        (("hunt", NEVER_FALLS, "--max-time", "soon"), "max-time is 'soon'"),
        (("hunt", NEVER_FALLS, "--max-examples", "0"), "0"),
        (("hunt", NEVER_FALLS, "--resume", "--max-examples", "9"), "ledger"),
        (("hunt", NEVER_FALLS, "--scheduler", "tcp://127.0.0.1:1", "--max-examples", "9"), "127.0.0.1:1"),
        (("ablate", "O2"), "false with all its assumptions"),
        (("ablate", "P4"), "names"),
        (("ablate", "I1", "--max-time", "0s"), "max-time"),
    ],
)
def test_a_mistake_is_an_error_with_exit_code_2(cli, arguments, said, monkeypatch):
    monkeypatch.setattr(Cluster.__init__, "__defaults__", (0.2,))  # a scheduler has 0.2 s to answer
    ran = cli(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("text", ["{", '{"kind": "finding", "format": 99}', '{"kind": "verify"}'])
def test_a_damaged_folder_of_findings_is_an_error_before_anything_is_searched(cli, home, text):
    folder = home / ".gsdcheck" / "findings"
    folder.mkdir(parents=True)
    (folder / "x.json").write_text(text)
    ran = cli(*SINE)
    assert ran.code == 2
    assert "x.json" in ran.err
    assert not (home / ".gsdcheck" / "hunts").exists()


def test_a_file_in_place_of_the_findings_is_an_error_before_anything_is_searched(cli, home):
    (home / ".gsdcheck").mkdir()
    (home / ".gsdcheck" / "findings").touch()
    ran = cli(*SINE)
    assert ran.code == 2
    assert ".gsdcheck/findings is no folder" in ran.err
    assert not (home / ".gsdcheck" / "hunts").exists()


def test_a_ledger_that_is_not_ours_is_left_alone(cli, home):
    cli(*SINE)
    [ledger] = (home / ".gsdcheck" / "hunts").glob("*.sqlite")
    ledger.write_bytes(b"my shopping list")
    ran = cli(*SINE)
    assert ran.code == 2
    assert ledger.read_bytes() == b"my shopping list"


def test_a_hunt_goes_on_with_its_ledger(cli, home):
    cli(*SINE)
    first = recorded(home)["hunts"][0]
    assert cli(*SINE, "--resume").code == 0
    assert recorded(home)["hunts"][0]["tried"] == first["tried"]


def test_an_ablation_is_a_table_that_replays(cli, home):
    ran = cli("ablate", "odd-size-has-a-casimir", "--max-examples", "20")
    assert ran.code == 0
    assert "needed" in ran.out
    assert "Counterexample without n is odd" in ran.out.replace("\n  ", " ")
    assert [row["need"] for row in recorded(home)["ablation"]] == ["needed", "needed"]
    assert cli("replay", "gsdcheck-report/record.json").code == 0


@pytest.mark.parametrize(
    "command", [("hunt", "E2"), ("hunt", "E2", "--max-time", "5s", "--max-examples", "9"), ("ablate", "J4")]
)
def test_a_reproducible_search_is_counted_and_not_timed(cli, command):
    ran = cli(*command, "--reproducible")
    assert (ran.code, ran.out) == (2, "")
    assert "Give --max-examples N alone." in ran.err
