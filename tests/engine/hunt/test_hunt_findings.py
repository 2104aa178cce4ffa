"""Findings on disk: what they hold, what they show, what becomes of them, and what is refused."""

import copy
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gsdcheck.claims.entry import CROSS, PLANAR, case
from gsdcheck.engine.hunt.findings.again import Fate, replayed
from gsdcheck.engine.hunt.findings.files import is_finding, read_finding, read_findings, write_findings
from gsdcheck.engine.hunt.findings.finding import FORMAT, finding_data, finding_digest, finding_name
from gsdcheck.engine.hunt.findings.script import script
from gsdcheck.engine.hunt.findings.sources import latex, numpy_source
from gsdcheck.engine.hunt.findings.words import latex_case
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.search import hunted
from gsdcheck.engine.hunt.settlement import settle
from gsdcheck.engine.hunt.shard import Candidate
from gsdcheck.errors import InvalidInput, RecordError
from gsdcheck.model.library import NAMES, find_activation
from gsdcheck.model.parser import parse
from gsdcheck.model.system import Case
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.record.canonical import canonical, float_number


def found(claim: str, given: Case, subject: str | None, *, certified: bool = True) -> dict[str, Any]:
    target = hunted(claim, subject, ())
    candidate = Candidate(case=plain_case(given), margin=-1.0, family="f", mechanism=target.judge.mechanism)
    [settled] = settle(target, [candidate]).found
    kept = settled if certified else replace(settled, judgement=None)
    return finding_data(target, kept, subject=subject, seed=7)


@pytest.fixture(scope="module")
def certified() -> dict[str, Any]:
    return found("euler-energy-never-decreases", case(PLANAR, [3, 3], "sin", step=1), "sin")


@pytest.fixture(scope="module")
def uncertified() -> dict[str, Any]:
    """As if no theorem spoke of it."""
    inner = case(PLANAR, [0, 3], "sin", form="inner")
    return found("jacobian-spectrum-is-imaginary", inner, "sin", certified=False)


def test_a_finding_says_what_was_found_how_and_with_what(certified: dict[str, Any]) -> None:
    assert certified["format"] == FORMAT
    assert certified["found"] == {"family": "f", "margin": float_number(-1.0), "seed": 7}
    assert certified["judgement"]["verdict"] == "refuted"
    assert certified["case"]["state"] == ["1", "3"]
    assert certified["as_found"]["state"] == ["3", "3"]
    assert {e["method"].split(" of ")[0] for e in certified["evidence"]} == {"balls"}
    assert set(certified["versions"]) >= {"gsdcheck", "numpy", "python-flint"}
    assert list(certified["lacks"]) == ["nondecreasing"]
    assert json.loads(canonical(certified)) == certified


def test_a_finding_is_read_back_as_it_was_written(tmp_path: Path, certified: dict[str, Any]) -> None:
    [path] = write_findings(tmp_path / "deep" / "down", [certified])
    assert path.name == finding_name(certified)
    assert read_findings(path.parent) == [certified]
    write_findings(path.parent, [certified])
    assert len(read_findings(path.parent)) == 1
    assert read_findings(tmp_path / "nowhere") == []


def test_a_certified_finding_is_still_refuted_and_an_uncertified_one_still_fails(
    certified: dict[str, Any], uncertified: dict[str, Any]
) -> None:
    assert replayed(certified).fate is Fate.REFUTED
    assert uncertified["judgement"] is None
    assert replayed(uncertified).fate is Fate.FAILS


def changed(data: dict[str, Any], **parts: Any) -> dict[str, Any]:
    new = {**copy.deepcopy(data), **parts}
    return {**new, "digest": finding_digest(new)}


def test_a_finding_whose_case_no_longer_fails_is_fixed(uncertified: dict[str, Any]) -> None:
    calm = changed(uncertified, case={**uncertified["case"], "state": ["0", "0"]})
    assert replayed(calm).fate is Fate.FIXED


def test_a_certificate_that_does_not_hold_is_not_believed(certified: dict[str, Any]) -> None:
    forged = copy.deepcopy(certified["judgement"])
    forged["certificate"]["subject"]["state"] = ["1/10", "1/10"]
    assert replayed(changed(certified, judgement=forged)).fate is Fate.FIXED
    forged["certificate"] = None
    assert replayed(changed(certified, judgement=forged)).fate is Fate.FIXED


@pytest.mark.parametrize(
    ("place", "name"),
    [("kind", "sorcery"), ("theorem", "euler-rises-for-witches"), ("facts", "quantity"), ("facts", "fact")],
)
def test_a_certificate_of_a_later_version_cannot_be_replayed(certified, place: str, name: str) -> None:
    later = copy.deepcopy(certified["judgement"])
    expression = later["certificate"]["subject"]["activation"]
    about = {"kind": f"activation-{name}", "expression": expression, name: "magic", "holds": True}
    later["certificate"][place] = [about] if place == "facts" else name
    again = replayed(changed(certified, judgement=later))
    assert again.fate is Fate.UNKNOWN
    assert again.detail


def test_a_certificate_of_another_claim_is_not_believed(certified: dict[str, Any]) -> None:
    again = replayed(changed(certified, claim="planar-orbits-are-closed"))
    assert (again.fate, again.judgement) == (Fate.FIXED, None)
    assert "another claim" in again.detail


def test_what_is_about_an_unknown_claim_or_activation_cannot_be_replayed(uncertified: dict[str, Any]) -> None:
    for parts in ({"claim": "no-such-claim"}, {"subject": "tanhh"}, {"case": {}}):
        again = replayed(changed(uncertified, **parts))
        assert again.fate is Fate.UNKNOWN
        assert again.detail


@pytest.mark.parametrize(
    ("parts", "match"),
    [
        ({"format": FORMAT + 1}, "has the format '2'"),
        ({"sentence": "nothing to see"}, "was edited"),
        ({"claim": 3}, "damaged"),
        ({"judgement": "refuted"}, "damaged"),
    ],
)
def test_a_foreign_or_damaged_finding_is_refused(
    tmp_path: Path, certified: dict[str, Any], parts: dict[str, Any], match: str
) -> None:
    path = tmp_path / "f.json"
    path.write_bytes(canonical({**certified, **parts}))
    with pytest.raises(RecordError, match=match):
        read_finding(path)


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '{"kind": "verify"}', '{"kind": "finding"}'])
def test_what_is_no_finding_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(RecordError):
        read_findings(tmp_path)


def test_only_what_says_so_is_a_finding(certified: dict[str, Any]) -> None:
    assert is_finding(certified)
    assert not is_finding({"kind": "finding"})
    assert not is_finding([certified])


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, certified: dict[str, Any]) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InvalidInput, match="cannot be made"):
        write_findings(tmp_path / "file" / "folder", [certified])


def test_what_is_no_folder_of_findings_is_named_by_who_reads_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("file", "link"):
        with pytest.raises(InvalidInput, match=rf"{name} is no folder"):
            read_findings(tmp_path / name)


def output(text: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", text], capture_output=True, text=True, check=True
    )
    return ran.stdout


def test_the_script_of_a_step_shows_the_fall_of_the_energy() -> None:
    # H = Σ 1 - cos x; x₁ = (3 + sin 3, 3 - sin 3) for h = 1
    text = script(case(PLANAR, [3, 3], "sin", step=1), "step")
    expected = 2 * np.cos(3) - np.cos(3 + np.sin(3)) - np.cos(3 - np.sin(3))
    assert float(output(text).rpartition(":")[2]) == pytest.approx(expected, abs=1e-8)
    assert len(text.splitlines()) <= 12


def test_the_script_of_a_spectrum_shows_a_real_eigenvalue() -> None:
    shown = output(script(case(PLANAR, [0, 3], "sin", form="inner"), "spectrum"))
    values = [complex(v) for v in shown.rpartition("[")[2].strip("]\n").split()]
    assert max(abs(v.real) for v in values) > 0.1


def test_the_script_of_a_drift_shows_what_moves_along_the_kernel() -> None:
    """x' = e^(Wx) - 1 drifts along (1, 1, 1), and along nothing else."""
    shown = output(script(case(CROSS, [1, 0, 0], "expm1", form="inner"), "drift", time=20.0))
    along = [[float(v) for v in line.rpartition("[")[2].strip("]").split()] for line in shown.splitlines()]
    assert len(along) == 11
    assert all(max(row) - min(row) < 1e-6 for row in along)
    assert along[-1][0] > along[0][0] + 1


def test_the_script_of_a_parting_shows_how_two_orbits_part() -> None:
    """x₁' = x₁: the distance of two orbits grows like e^t."""
    shown = output(script(case([[1]], [1], "identity"), "parting", time=10.0))
    apart = [float(line.split("= ")[-1]) for line in shown.splitlines()]
    assert apart[-1] / apart[0] == pytest.approx(np.exp(10.0), rel=1e-2)


def test_the_script_of_an_orbit_shows_the_drift() -> None:
    # σ = eˣ - 1, CROSS: x₁ + x₂ + x₃ grows like H t, H(1, 0, 0) = Φ(0) + Φ(1) + Φ(-1) = e - 2 + 1/e
    shown = output(script(case(CROSS, [1, 0, 0], "expm1", form="inner"), "orbit", time=20.0))
    last = [float(v) for v in shown.splitlines()[-1].rpartition("[")[2].strip("]").split()]
    assert sum(last) == pytest.approx(1 + 20 * (np.e - 2 + 1 / np.e), rel=0.05)


@pytest.mark.parametrize("name", [n for n in NAMES if "dilog" not in find_activation(n).text])
def test_the_numpy_source_of_an_activation_computes_it(name: str) -> None:
    import math

    tree, x = find_activation(name).expression, np.array([-3.0, -0.5, 0.25, 2.0])
    values = eval(numpy_source(tree), {"np": np, "math": math, "x": x})  # noqa: S307
    assert np.broadcast_to(values, 4) == pytest.approx(compile_expression(tree)(x), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tanh(x)", r"\tanh\left(x\right)"),
        ("x**2/3-1", r"\tfrac{1}{3}\,x^{2}-1"),
        ("1/(1+exp(-x))", r"\frac{1}{\exp\left(-1\,x\right)+1}"),
        ("Max(x, 0)", r"\max\left(x, 0\right)"),
        ("Abs(x)*erf(x)", r"\left|x\right|\,\operatorname{erf}\left(x\right)"),
        ("sqrt(x**2+pi)", r"\left(x^{2}+\pi\right)^{\tfrac{1}{2}}"),
        ("Piecewise((x, x >= 0), (0, True))", r"\begin{cases}x & x \ge 0 \\ 0 & \text{else}\end{cases}"),
        ("2*(x+1)", r"2\,\left(x+1\right)"),
    ],
)
def test_an_expression_in_latex(text: str, expected: str) -> None:
    assert latex(parse(text)) == expected


def test_a_sentence_names_every_number() -> None:
    said = latex_case(case(PLANAR, [1, "-1/2"], "relu", step="1/3", leak=2, bias=[0, 1]), "it falls")
    for part in (r"\gamma = 2", r"x_0 = (1, -\tfrac{1}{2})", r"h = \tfrac{1}{3}", "b = (0, 1)", "0 & 1"):
        assert part in said
