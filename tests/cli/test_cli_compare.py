"""The exit codes and the words of `gsdcheck compare`."""

import json

from gsdcheck.engine.audit import audit
from gsdcheck.engine.serial import extended
from gsdcheck.record.files import write_record


def written(path, subject="tanh", **changes):
    """An audit record in a file, with facts changed and sealed again."""
    record = audit(subject)
    for name, holds in changes.items():
        record["facts"][name]["holds"] = holds
    write_record(path, extended(record))
    return str(path)


def test_no_regression_is_0_and_a_regression_1(cli, tmp_path):
    base = written(tmp_path / "base.json")
    worse = written(tmp_path / "worse.json", odd=None)
    same = cli("compare", base, base)
    assert same.code == 0
    assert "0 changes · 0 regressions" in same.out
    lost = cli("compare", base, worse)
    assert lost.code == 1
    assert "regression tanh odd: fact True -> None" in lost.out
    assert cli("compare", worse, base).code == 0
    assert cli("compare", base, worse, "-q").out == ""


def test_nothing_compared_is_5(cli, tmp_path):
    ran = cli("compare", written(tmp_path / "a.json"), written(tmp_path / "b.json", "atan"))
    assert ran.code == 5
    assert "checks only in the base: tanh" in ran.out


def test_what_cannot_be_read_is_2(cli, tmp_path):
    base = written(tmp_path / "base.json")
    missing = cli("compare", base, str(tmp_path / "nothing.json"))
    assert (missing.code, "nothing.json" in missing.err) == (2, True)
    edited = json.loads((tmp_path / "base.json").read_text(encoding="utf-8"))
    edited["facts"]["odd"]["holds"] = False
    (tmp_path / "edited.json").write_text(json.dumps(edited), encoding="utf-8")
    tampered = cli("compare", base, str(tmp_path / "edited.json"))
    assert (tampered.code, "was edited" in tampered.err) == (2, True)
    edited["schema_version"] = 99
    (tmp_path / "newer.json").write_text(json.dumps(edited), encoding="utf-8")
    newer = cli("compare", base, str(tmp_path / "newer.json"))
    assert (newer.code, "99" in newer.err) == (2, True)


def test_the_comparison_is_a_record_of_its_own(cli, tmp_path):
    base = written(tmp_path / "base.json")
    ran = cli("compare", base, written(tmp_path / "worse.json", odd=None), "--json", "-")
    record = json.loads(ran.out)
    assert (ran.code, record["kind"], record["regressions"]) == (1, "compare", 1)
