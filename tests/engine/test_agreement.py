"""Two records agree up to what rounding may change, and in nothing else."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from gsdcheck.engine.agreement import disagreements

Record = dict[str, Any]

JUDGEMENT: Record = {
    "claim": "c",
    "case": None,
    "verdict": "proved",
    "evidence": "ball",
    "rests_on": None,
    "expected": "proved",
    "amended_by": None,
    "margin": ["0.1", "0.2"],
    "sampled_margin": {"value": 1e-12, "hex": ""},
}
RECORD: Record = {
    "judgements": [JUDGEMENT],
    "quantities": {
        "bound": {"exact": "1", "enclosure": ["1", "oo"]},
        "frequencies": {"exact": None, "enclosure": [["1", "2"]]},
    },
    "sentences": [{"sentence": "P1"}],
    "series": {
        "orbit": {"kind": "orbit", "columns": {"t": [0.0, 1.0, None]}},
        "section": {"kind": "section", "columns": {"u": [0.0, 1.0]}},
    },
}


def changed(change: Callable[[Record], object]) -> list[str]:
    fresh = copy.deepcopy(RECORD)
    change(fresh)
    return disagreements(RECORD, fresh)


def judgement(**parts: Any) -> Callable[[Record], object]:
    return lambda record: record["judgements"][0].update(parts)


def column(name: str, values: list[Any]) -> Callable[[Record], object]:
    return lambda record: record["series"][name]["columns"].update(
        {next(iter(RECORD["series"][name]["columns"])): values}
    )


WITHIN_ROUNDING: dict[str, Callable[[Record], object]] = {
    "nothing": lambda _: None,
    "a narrower enclosure": judgement(margin=["0.15", "0.16"]),
    "a sampled margin of the same sign": judgement(sampled_margin={"value": 3e-13, "hex": ""}),
    "a reason": judgement(reason="worded otherwise"),
    "an orbit by a little": column("orbit", [0.0, 1.0001, None]),
    "a chaotic orbit": column("section", [5.0, 7.0]),
    "another enclosure of a frequency": lambda r: r["quantities"]["frequencies"].update(
        enclosure=[["0", "1"]]
    ),
}
BEYOND: dict[str, Callable[[Record], object]] = {
    "a verdict": judgement(verdict="supported"),
    "an evidence": judgement(evidence="theorem"),
    "what it rests on": judgement(rests_on="written"),
    "disjoint enclosures": judgement(margin=["0.3", "0.4"]),
    "no margin": judgement(margin=None),
    "a sampled margin of the other sign": judgement(sampled_margin={"value": -1e-15, "hex": ""}),
    "a judgement less": lambda r: r["judgements"].clear(),
    "another case": judgement(case="n = 2"),
    "an exact value": lambda r: r["quantities"]["bound"].update(exact="2"),
    "a bound that is finite": lambda r: r["quantities"]["bound"].update(enclosure=["0", "1/2"]),
    "a frequency less": lambda r: r["quantities"]["frequencies"].update(enclosure=[]),
    "disjoint frequencies": lambda r: r["quantities"]["frequencies"].update(enclosure=[["3", "4"]]),
    "an answer": lambda r: r["sentences"].clear(),
    "an orbit": column("orbit", [0.0, 1.1, None]),
    "a gap": column("orbit", [0.0, None, None]),
    "a point less": column("orbit", [0.0, 1.0]),
    "a figure less": lambda r: r["series"].pop("orbit"),
}


@pytest.mark.parametrize("what", WITHIN_ROUNDING)
def test_records_agree_that_differ_in(what: str) -> None:
    assert changed(WITHIN_ROUNDING[what]) == []


@pytest.mark.parametrize("what", BEYOND)
def test_records_disagree_that_differ_in(what: str) -> None:
    assert changed(BEYOND[what])


@pytest.mark.parametrize(("verdict", "differences"), [("proved", 1), ("supported", 1), ("refuted", 0)])
def test_what_was_drawn_matters_where_every_case_must_keep_to_the_claim(
    verdict: str, differences: int
) -> None:
    one = {**RECORD, "judgements": [{**JUDGEMENT, "verdict": verdict}]}
    drawn = {"value": -0.5, "hex": ""}
    other = {**RECORD, "judgements": [{**JUDGEMENT, "verdict": verdict, "sampled_margin": drawn}]}
    assert len(disagreements(one, other)) == differences
