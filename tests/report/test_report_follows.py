"""What follows for a network, and what does not apply, is said in the terminal and on the page."""

import io
import re
from typing import Any

from rich.console import Console

from gsdcheck.report.html import render_html
from gsdcheck.report.terminal import print_record

FOLLOWS = ["H is kept & <b>nothing</b> else."]
MISSING = [
    {"claim": "oscillation-is-perpetual", "title": "Orbits <i>oscillate</i>", "because": "W is singular."}
]


def _record() -> dict[str, Any]:
    from gsdcheck.record.build import build_record

    judgement = {
        "claim": "energy-is-conserved",
        "theory": "I1",
        "case": None,
        "verdict": "supported",
        "evidence": "sampled",
        "rests_on": None,
        "expected": None,
        "margin": None,
        "reason": "seen",
        "amended_by": None,
        "certificate": None,
        "examples": 3,
        "seconds": None,
    }
    record = build_record(kind="inspect", subject={"name": "w.npy"}, judgements=[judgement])
    return {**record, "follows": FOLLOWS, "not_applicable": MISSING}


def test_the_terminal_says_what_follows_and_what_does_not_apply() -> None:
    out = io.StringIO()
    print_record(_record(), Console(file=out, width=80, no_color=True))
    assert FOLLOWS[0] in out.getvalue()
    assert "- W is singular: oscillation-is-perpetual\n" in out.getvalue()


def test_the_page_says_it_too_and_escapes_it() -> None:
    page = re.sub("</?var>", "", render_html(_record()))
    assert "H is kept &amp; &lt;b&gt;nothing&lt;/b&gt; else." in page
    assert "Orbits &lt;i&gt;oscillate&lt;/i&gt;" in page
    assert "W is singular." in page


def test_without_them_the_page_does_not_name_them() -> None:
    record = {k: v for k, v in _record().items() if k not in ("follows", "not_applicable")}
    assert "What does not apply" not in render_html(record)
