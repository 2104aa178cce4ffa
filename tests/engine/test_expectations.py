"""What the catalogue expects plays no part in what is decided."""

import json
import subprocess
import sys

INVERTED = """
import dataclasses, json, sys
from gsdcheck import claims
from gsdcheck.engine import verify
from gsdcheck.engine.serial import decisions_data
from gsdcheck.model.verdict import Verdict

OPPOSITE = {Verdict.PROVED: Verdict.REFUTED, Verdict.REFUTED: Verdict.PROVED, Verdict.SUPPORTED: Verdict.REFUTED,
            None: Verdict.REFUTED}

def inverted(entry):
    expected = OPPOSITE[entry.claim.expected]
    return dataclasses.replace(entry, claim=dataclasses.replace(entry.claim, expected=expected))

verify.examples_for = lambda entry, profile: 2
if sys.argv[1] == "inverted":
    claims.ALL_CLAIMS = tuple(map(inverted, claims.ALL_CLAIMS))
    claims.BY_ID.update({entry.claim.id: entry for entry in claims.ALL_CLAIMS})
data = decisions_data(list(verify.verify(claims.ALL_CLAIMS, profile="quick", seed=3, jobs=1)))
alone = [verify.exit_code([j for j in data if j["claim"] == entry.claim.id]) for entry in claims.ALL_CLAIMS]
kept = ("claim", "case", "verdict", "evidence", "rests_on", "reason", "margin", "certificate", "examples")
print(json.dumps({"code": verify.exit_code(data), "alone": alone, "judgements": [[j[k] for k in kept] for j in data]}))
"""


def start(mode: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", INVERTED, mode], stdout=subprocess.PIPE, text=True)


def test_inverted_expectations_change_the_exit_code_and_no_verdict() -> None:
    runs = [start("as-it-is"), start("inverted")]
    straight, inverted = (json.loads(run.communicate()[0]) for run in runs)
    assert inverted["judgements"] == straight["judgements"]
    assert len(straight["judgements"]) > 32
    assert (straight["code"], inverted["code"]) == (0, 1)
    assert set(straight["alone"]) == {0}
    assert set(inverted["alone"]) == {1}
