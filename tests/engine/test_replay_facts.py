"""Facts and quantities of an inspect record are replayed from their certificates too."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from gsdcheck.engine.inspect import inspect
from gsdcheck.engine.replay import Outcome, Replayed, replay_file
from gsdcheck.errors import RecordError


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("weights") / "w.json"
    path.write_text("[[0, 1], [-1, 0]]")
    return inspect(str(path), activation="gelu")


def replayed(record: dict[str, Any], folder: Path) -> dict[str, Replayed]:
    path = folder / "record.json"
    path.write_text(json.dumps(record))
    return {item.claim: item for item in replay_file(str(path))}


def test_every_certified_fact_and_quantity_holds(record: dict[str, Any], tmp_path: Path) -> None:
    found = replayed(record, tmp_path)
    certified = [
        n for part in ("facts", "quantities") for n, e in record[part].items() if e.get("certificate")
    ]
    assert {"odd", "bounded", "escape_energy"} <= set(certified) <= set(found)
    assert {found[name].outcome for name in certified} == {Outcome.HOLDS}


@pytest.mark.parametrize(
    ("part", "name", "key", "value"),
    [
        ("facts", "odd", "holds", True),
        ("facts", "odd", "evidence", "formal"),
        ("quantities", "escape_energy", "exact", "1/3"),
        ("quantities", "escape_energy", "enclosure", ["0", "1"]),
    ],
)
def test_a_fact_says_what_its_certificate_says(
    record: dict[str, Any], tmp_path: Path, part: str, name: str, key: str, value: object
) -> None:
    forged = copy.deepcopy(record)
    forged[part][name][key] = value
    assert replayed(forged, tmp_path)[name].outcome is Outcome.FAILS


def test_a_fact_of_another_activation_fails(record: dict[str, Any], tmp_path: Path) -> None:
    forged = copy.deepcopy(record)
    forged["facts"]["odd"]["certificate"]["expression"] = "tanh(x)"
    assert replayed(forged, tmp_path)["odd"].outcome is Outcome.FAILS


def test_a_newer_record_is_refused_with_both_versions(record: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"record\.json: .*2.*1"):
        replayed({**record, "schema_version": 2}, tmp_path)


def test_a_record_without_judgements_has_nothing_to_replay(record: dict[str, Any], tmp_path: Path) -> None:
    assert replayed({**record, "judgements": None, "facts": None, "quantities": None}, tmp_path) == {}
