"""The two doors for other people's suites, as they use them: in a suite of their own, in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from gsdcheck.engine.promises import PROMISES
from gsdcheck.errors import InvalidInput, UnknownName
from gsdcheck.model.guarantees import GUARANTEES
from gsdcheck.testing import GuaranteeFailed, audit, parametrize_guarantees

# What is not proved of these by THEORY.md: atan's growth law is only measured (and passes); GELU: E* = 1/4, a slope
# that changes sign, and Euler with an unbounded σ.
GELU_FAILS = {
    "orbits-are-bounded": "E* = 1/4",
    "planar-orbits-are-closed": "E* = 1/4",
    "oscillation-is-perpetual": "E* = 1/4",
    "jacobian-spectrum-is-imaginary": "the slope is negative below -0.75",
    "euler-energy-never-decreases": "the slope is negative below -0.75",
    "euler-growth-is-at-most-linear": "unbounded",
    "euler-energy-follows-root-law": "unbounded",
    "euler-does-not-overflow": "unbounded",
    "rank-two-inner-orbits-are-bounded": "not odd",
    "leaves-oscillate-or-all-escape": "not monotone",
}
SUITE = """
from gsdcheck.testing import parametrize_guarantees


@parametrize_guarantees({subject}, expected_failures={expected!r})
def test_sigma(guarantee):
    guarantee.check()
"""


def run(folder: Path, subject: str, expected: dict[str, str], *options: str) -> tuple[int, str]:
    """The exit code and the output of pytest on a suite with one parametrised test."""
    (folder / "test_mine.py").write_text(SUITE.format(subject=subject, expected=expected), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *options, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_ids_are_those_of_the_audit_in_its_order() -> None:
    assert tuple(promise.id for promise in PROMISES) == GUARANTEES
    assert tuple(row["id"] for row in audit("tanh").record["guarantees"]) == GUARANTEES


def test_a_suite_passes_where_every_guarantee_is_as_expected(tmp_path: Path) -> None:
    code, out = run(tmp_path, "'tanh'", {})
    assert (code, "11 passed" in out) == (0, True)
    code, out = run(tmp_path, "'gelu'", GELU_FAILS)
    assert (code, "11 passed" in out) == (0, True)


def test_a_failure_shows_the_sentence_the_counterexample_and_how_to_see_it_again(tmp_path: Path) -> None:
    code, out = run(tmp_path, "'sin'", {}, "-k", "jacobian")
    assert code == 1
    assert "sin: jacobian-spectrum-is-imaginary is refuted." in out
    assert "x₀ = " in out
    assert "Reproduce with: gsdcheck audit sin" in out
    assert "testing.py" not in out.split("short test summary")[0]  # no traceback through our code


def test_without_the_plugin_the_failure_is_the_same(tmp_path: Path) -> None:
    code, out = run(tmp_path, "'sin'", {}, "-k", "jacobian", "-p", "no:gsdcheck")
    assert code == 1
    assert "jacobian-spectrum-is-imaginary is refuted" in out
    assert "Reproduce with" not in out


def test_a_stale_expected_failure_fails(tmp_path: Path) -> None:
    code, out = run(tmp_path, "'tanh'", {"energy-is-conserved": "once upon a time"})
    assert code == 1
    assert "1 failed, 10 passed" in out
    assert "Remove it from expected_failures" in out


def test_an_id_that_is_none_is_an_error_when_tests_are_collected(tmp_path: Path) -> None:
    code, out = run(tmp_path, "'tanh'", {"energy-is-conservd": "a typing error"})
    assert code == 2
    assert "The nearest is 'energy-is-conserved'" in out


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_a_reason_is_in_words(reason: str) -> None:
    with pytest.raises(InvalidInput, match="Say why"):
        parametrize_guarantees("tanh", {"energy-is-conserved": reason})


def test_ids_select_cases(tmp_path: Path) -> None:
    code, out = run(tmp_path, "'tanh'", {}, "-k", "planar-orbits-are-closed", "-vv")
    assert code == 0
    assert "test_sigma[planar-orbits-are-closed] PASSED" in out
    assert "10 deselected" in out


def test_collecting_audits_nothing(tmp_path: Path) -> None:
    code, out = run(tmp_path, "'no such activation at all'", {}, "--collect-only")
    assert code == 0
    assert "11 tests collected" in out


def test_a_function_of_the_suite_is_a_subject_and_works_side_by_side(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("import numpy as np\n\n\ndef squash(x):\n    return np.tanh(x)\n")
    code, out = run(tmp_path, "'mine:squash'", {}, "-n", "2")
    assert (code, "11 passed" in out) == (0, True)
    code, out = run(tmp_path, "__import__('mine').squash", {})
    assert (code, "11 passed" in out) == (0, True)


def test_raise_for_status_names_every_fault_and_nothing_else() -> None:
    audit("tanh").raise_for_status()
    audit("gelu").raise_for_status(GELU_FAILS)
    with pytest.raises(GuaranteeFailed) as failed:
        audit("gelu").raise_for_status({**GELU_FAILS, "energy-is-conserved": "it is not"})
    assert "energy-is-conserved is proved" in str(failed.value)
    assert "orbits-are-bounded" not in str(failed.value)
    without = {k: v for k, v in GELU_FAILS.items() if k != "orbits-are-bounded"}
    with pytest.raises(GuaranteeFailed, match="gelu: orbits-are-bounded is refuted"):
        audit("gelu").raise_for_status(without)
    with pytest.raises(UnknownName, match="'orbits-are-bounded'"):
        audit("gelu").raise_for_status({"orbits-are-bound": "a typing error"})


def loaded(folder: Path, *options: str) -> set[str]:
    """The modules that a run of pytest over an empty test has loaded at its end."""
    (folder / "test_empty.py").write_text("def test_it():\n    pass\n", encoding="utf-8")
    (folder / "conftest.py").write_text(
        "import sys\n\n\ndef pytest_sessionfinish():\n    print('\\nLOADED', *sorted(sys.modules))\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-s", *options, str(folder)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("LOADED"))
    return set(line.split()[1:])


def test_the_plugin_loads_next_to_nothing(tmp_path: Path) -> None:
    more = loaded(tmp_path) - loaded(tmp_path, "-p", "no:gsdcheck")
    assert more <= {"gsdcheck", "gsdcheck.pytest_plugin"}
    assert "gsdcheck.pytest_plugin" in more


def test_the_door_loads_no_numerics_until_a_check_runs() -> None:
    code = "import sys, gsdcheck.testing as t; t.audit('tanh'); print({'numpy', 'flint', 'pytest'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
