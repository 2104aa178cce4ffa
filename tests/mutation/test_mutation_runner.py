"""The runner of the mutation tests kills a planted mutant that a test sees, and lets one live that none sees."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scipy.stats import binomtest

from tests.mutation.mutants import Mutant, is_change, mutants_of, mutated
from tests.mutation.rates import rate, reasons_in, summary, wilson
from tests.mutation.reach import Reach, measure, spans
from tests.mutation.trial import attempt

PLANTED = "def doubled(x):\n    return 2 * x\n\n\ndef tripled(x):\n    return 3 * x\n"
TESTS = """
import planted

def test_double():
    assert planted.doubled(2) == 4

def test_triple_is_a_number():
    assert isinstance(planted.tripled(1), int)
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "planted.py").write_text(PLANTED)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_planted.py").write_text(TESTS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "package"))
    yield tmp_path
    sys.modules.pop("planted", None)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (("2 * x", "2 + x + 1"), "killed"),
        (("3 * x", "4 * x"), "survived"),
        (("def tripled", "def tripled("), "killed"),
    ],
)
def test_a_mutant_dies_of_the_test_that_sees_it(
    checkout: Path, change: tuple[str, str], outcome: str
) -> None:
    path = checkout / "package" / "planted.py"
    tests = ["tests/test_planted.py::test_double", "tests/test_planted.py::test_triple_is_a_number"]
    trial = attempt("planted", path, PLANTED.replace(*change), tests, 60)
    assert trial.outcome == outcome
    assert path.read_text() == PLANTED


def test_a_mutant_without_end_is_timed_out(checkout: Path) -> None:
    source = PLANTED.replace("return 2 * x", "\n    while True: pass")
    trial = attempt(
        "planted", checkout / "package" / "planted.py", source, ["tests/test_planted.py::test_double"], 0.5
    )
    assert trial.outcome == "timed out"


def test_a_line_is_given_the_tests_that_run_it(checkout: Path) -> None:
    reach = measure(checkout, checkout / "package", ["tests"], checkout / "store")
    double, triple = "tests/test_planted.py::test_double", "tests/test_planted.py::test_triple_is_a_number"
    assert reach.tests_for("package/planted.py", PLANTED, 2) == [double]
    assert reach.tests_for("package/planted.py", PLANTED, 6) == [triple]
    assert reach.tests_for("package/planted.py", PLANTED, 5) == [triple]
    assert set(reach.tests_for("package/planted.py", PLANTED, 3)) == {double, triple}


def test_the_cheapest_tests_come_first() -> None:
    reach = Reach(seconds={"slow": 2.0, "fast": 1.0}, lines={"f.py": {2: frozenset({"slow", "fast"})}})
    assert reach.tests_for("f.py", "def f():\n    pass\n", 2) == ["fast", "slow"]


def test_what_looks_at_definitions_comes_last_and_always() -> None:
    looking = "tests/certify/test_records.py::test_all"
    reach = Reach(seconds={looking: 1.0, "slow": 2.0}, lines={"f.py": {2: frozenset({"slow"})}})
    assert reach.tests_for("f.py", "def f():\n    pass\n", 2) == ["slow", looking]
    assert reach.tests_for("g.py", "x = 1\n", 1) == [looking]


def test_for_what_runs_on_import_the_tests_that_are_about_the_file_go_first() -> None:
    near, far = "tests/test_f.py::test_slow", "tests/test_g.py::test_fast"
    reach = Reach(
        seconds={near: 2.0, far: 1.0},
        lines={"f.py": {4: frozenset({near, far})}},
        importers={"f.py": frozenset({"tests/test_f.py"})},
    )
    source = "TABLE = {1: 2}\n\ndef f():\n    return TABLE[1]\n"
    assert reach.tests_for("f.py", source, 1) == [near, far]
    assert reach.tests_for("f.py", source, 4) == [far, near]


def test_a_statement_is_widened_to_what_is_around_it() -> None:
    source = (
        "import a\n\nclass C:\n    @a\n    def f(self):\n        return (\n            1 + 2\n        )\n"
    )
    assert list(spans(source, 7)) == [(6, 8), (4, 8), (3, 8), (1, 8)]


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        (("x + 1", "x - 1"), True),
        (("int | None", "int & None"), False),
        (("of {1}", "of {2}"), False),
        (("ValueError", "TypeError"), True),
        (("x + 1", "x + + * 1"), False),
        (("Words.", "Other."), False),
    ],
)
def test_types_and_words_are_no_change(change: tuple[str, str], counts: bool) -> None:
    source = 'def f(x: int | None):\n    """Words."""\n    if x:\n        raise ValueError(f"of {1}")\n    return x + 1\n'
    assert is_change(source, source.replace(*change)) is counts


LIMITED = "MOST, MOST_OTHERS = 3, 4\n@lru_cache(maxsize=5)\ndef f(a, *, b=1):\n    return zip(a, b, strict=True), a + 6\n"


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        (("3, 4", "3, 9"), False),
        (("@lru_cache(maxsize=5)", ""), False),
        (("a, *, b", "a, /, b"), False),
        (("strict=True", "strict=False"), False),
        (("b=1", "b=2"), True),
        (("a + 6", "a + 7"), True),
        (("zip(a, b", "zip(b, b"), True),
    ],
)
def test_limits_caches_and_ways_to_pass_are_no_change(change: tuple[str, str], counts: bool) -> None:
    assert is_change(LIMITED, LIMITED.replace(*change)) is counts


@pytest.mark.parametrize(("killed", "tried"), [(9, 10), (280, 300), (0, 7), (50, 50)])
def test_the_interval_is_that_of_scipy(killed: int, tried: int) -> None:
    exact = binomtest(killed, tried).proportion_ci(method="wilson")
    assert wilson(killed, tried) == pytest.approx((exact.low, exact.high), abs=1e-6)


def test_a_mutant_that_no_test_runs_is_not_killed() -> None:
    outcomes = ["killed", "timed out", "survived", "not covered"]
    assert rate([{"outcome": outcome} for outcome in outcomes]).startswith("killed: 2 of 4 = 50.0%")


SURVIVED = {
    "file": "f.py",
    "line": 7,
    "operator": "core/ReplaceComparisonOperator_Gt_NotEq",
    "occurrence": 0,
    "outcome": "survived",
    "tests": 3,
    "change": ["-     return x > 0", "+     return x != 0"],
}


def test_a_survivor_with_a_reason_is_set_apart_and_no_other_is(tmp_path: Path) -> None:
    listed = tmp_path / "survivors.toml"
    listed.write_text(
        '[[survivor]]\nfile = "f.py"\nbefore = "return x > 0"\nafter = "return x != 0"\nwhy = "x is not negative"\n'
    )
    killed, other = {**SURVIVED, "outcome": "killed"}, {**SURVIVED, "file": "g.py"}
    text = summary([SURVIVED, killed, other], reasons_in(listed))
    assert "all: killed: 1 of 3" in text
    assert "without the 1 that are equivalent or harmless: killed: 1 of 2" in text
    assert text.count("x is not negative") == 1
    assert text.count("NO REASON IS LISTED") == 1


def test_every_listed_survivor_is_a_change_of_a_line_that_is_there() -> None:
    root = Path(__file__).parents[2]
    for file, before, after in reasons_in(root / "tests" / "mutation" / "survivors.toml"):
        lines = [line.strip() for line in (root / file).read_text(encoding="utf-8").splitlines()]
        assert set(before.splitlines()) <= set(lines), (file, before)
        assert before != after


def test_each_place_of_an_operator_is_a_mutant() -> None:
    pytest.importorskip("cosmic_ray", reason="needs the extra `mutation`")
    source = "y = x < 1\nz = x < 2\n"
    name = "core/ReplaceComparisonOperator_Lt_GtE"
    found = [mutant for mutant in mutants_of("f.py", source) if mutant.operator == name]
    assert found == [Mutant(file="f.py", line=line, operator=name, occurrence=line - 1) for line in (1, 2)]
    assert mutated(source, found[1]).replace(" ", "") == "y=x<1\nz=x>=2\n"
