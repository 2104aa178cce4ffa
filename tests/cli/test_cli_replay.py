"""`gsdcheck replay`: what still holds, what no longer does, and what cannot be replayed."""

import json
from pathlib import Path

import pytest

from gsdcheck.record.build import build_record
from gsdcheck.record.files import write_record

CLAIM = "skewness-is-necessary-for-oscillation"


@pytest.fixture
def good(home, record) -> str:
    write_record(home / "good.json", record)
    return "good.json"


@pytest.fixture
def false(home, record) -> str:
    """One entry of W differs: the theorem no longer applies."""
    record["judgements"][0]["certificate"]["subject"]["W"][0][1] = "-1"
    write_record(home / "false.json", record)
    return "false.json"


@pytest.fixture
def bare(home) -> str:
    write_record(home / "bare.json", build_record(kind="verify", judgements=[]))
    return "bare.json"


def test_a_record_still_holds(cli, good):
    ran = cli("replay", good)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0].split() == ["still", "holds", CLAIM, *ran.out.splitlines()[0].split()[3:]]
    assert ran.out.splitlines()[-1] == "good.json: 1 still holds"


def test_an_edited_record_no_longer_holds(cli, false):
    ran = cli("replay", false)
    assert ran.code == 1
    assert ran.out.startswith(f"no longer holds  {CLAIM}")
    assert ran.out.splitlines()[-1] == "false.json: 1 no longer holds"


def test_a_verdict_turned_round_with_a_new_digest_no_longer_holds(cli, record):
    turned = {**record["judgements"][0], "verdict": "proved"}
    write_record("turned.json", build_record(kind="verify", judgements=[turned]))
    ran = cli("replay", "turned.json")
    assert ran.code == 1
    assert "its certificate establishes another verdict" in ran.out


def test_nothing_to_replay_is_5(cli, bare, record):
    assert cli("replay", bare).code == 5
    supported = {"verdict": "supported", "evidence": "sampled", "rests_on": None, "certificate": None}
    judgements = [{**record["judgements"][0], **supported}]
    write_record("supported.json", build_record(kind="verify", judgements=judgements))
    ran = cli("replay", "supported.json")
    assert ran.code == 5
    assert "has no certificate to replay" in ran.out


@pytest.fixture
def unreadable(home, good) -> dict[str, str]:
    text = (home / good).read_text(encoding="utf-8")
    contents: dict[str, str | bytes] = {
        "empty": "",
        "truncated": text[: len(text) // 2],
        "a list": "[1, 2]",
        "a text": '"record"',
        "another object": '{"a": 1}',
        "a judgement that is none": '{"judgements": [1]}',
        "twice a key": '{"judgements": [], "judgements": []}',
        "a number": "1" * 10**6,
        "nested": "[" * 10**5,
        "not a number": "NaN",
        "a pickle": b"\x80\x04K\x01.",
    }
    for name, content in contents.items():
        (home / f"{name}.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    (home / "folder.json").mkdir()
    return dict.fromkeys([*contents, "folder", "missing"])


def test_what_is_no_record_is_2_with_one_sentence(cli, unreadable):
    for name in unreadable:
        ran = cli("replay", f"{name}.json")
        assert (name, ran.code, ran.out) == (name, 2, "")
        assert ran.err.startswith(f"gsdcheck: {name}.json ")
        assert ran.err.count("\n") == 1
        assert len(ran.err) < 400


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (("good.json", "good.json"), 0),
        (("good.json", "bare.json"), 5),
        (("false.json", "bare.json"), 1),
        (("bare.json", "false.json", "good.json"), 1),
        (("missing.json", "false.json"), 2),
        (("false.json", "missing.json", "bare.json"), 2),
    ],
)
@pytest.mark.usefixtures("good", "bare")
def test_the_worst_of_several_files_decides_and_none_is_left_out(cli, home, record, files, code):
    record["judgements"][0]["certificate"]["subject"]["W"][0][1] = "-1"
    write_record(home / "false.json", record)
    ran = cli("replay", *files)
    assert ran.code == code
    for file in files:
        assert f"{file}" in ran.out + ran.err


def test_quiet_prints_only_what_does_not_hold(cli, good, home, record):
    assert (cli("replay", "-q", good).out, cli("replay", "-q", good).err) == ("", "")
    record["judgements"][0]["certificate"] = None
    write_record(home / "false.json", record)
    assert cli("replay", "-q", "false.json").out.count("\n") == 2


def test_a_record_cannot_steer_the_terminal(cli, home):
    evil = {"claim": "\x1b[2J\r\x9b1m", "case": "\x07\x00", "verdict": "proved", "certificate": None}
    (home / "evil\x1b.json").write_text(json.dumps({"judgements": [evil]}), encoding="utf-8")
    ran = cli("replay", "evil\x1b.json", "missing\x1b.json")
    assert ran.code == 2
    assert "no longer holds" in ran.out
    assert not any(ord(letter) < 32 and letter != "\n" for letter in ran.out + ran.err)
    assert "\x9b" not in ran.out


def test_replay_needs_the_file_alone(process, home, good):
    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    (home / good).rename(elsewhere / "r.json")
    ran = process("replay", "r.json", cwd=elsewhere)
    out, err = ran.communicate()
    assert (ran.returncode, err) == (0, "")
    assert out.endswith("r.json: 1 still holds\n")
    assert [path.name for path in Path(elsewhere).iterdir()] == ["r.json"]
