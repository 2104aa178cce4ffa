import copy

import pytest

from gsdcheck.record.build import build_record

JUDGEMENT = {
    "claim": "energy-is-conserved",
    "theory": "I1",
    "case": None,
    "verdict": "proved",
    "evidence": "theorem",
    "rests_on": "exact",
    "expected": "proved",
    "margin": None,
    "reason": "σᵀ W σ = 0 because W is skew-symmetric.",
    "amended_by": None,
    "certificate": {"kind": "table", "entries": ["1/3", 7], "holds": True},
    "examples": 0,
    "seconds": 0.25,
}


@pytest.fixture
def judgement():
    return copy.deepcopy(JUDGEMENT)


@pytest.fixture
def record(judgement):
    return build_record(
        kind="verify",
        profile="quick",
        seed=1729,
        subject={"name": "paper"},
        facts={"odd": {"holds": None, "evidence": None, "certificate": None}},
        quantities={"escape_energy": {"enclosure": ["oo", "oo"], "exact": "oo"}},
        judgements=[judgement],
        series={
            "e": {
                "kind": "energy",
                "title": "H",
                "x_label": "t",
                "y_label": "H",
                "columns": {"t": [0, None, 2.5]},
            }
        },
        run={"started": "2025-01-01T00:00:00Z", "jobs": 2},
    )
