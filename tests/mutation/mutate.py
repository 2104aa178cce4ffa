"""Mutation testing of the trusted core: which small changes of gsdcheck/certify does no test see?

python tests/mutation/mutate.py --sample 300 --seed 1
python tests/mutation/mutate.py --sample all --module sturm signs --list-survivors survivors.txt
"""

import argparse
import contextlib
import difflib
import gc
import importlib
import io
import json
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.mutation.mutants import Mutant, is_change, mutants_of, mutated  # noqa: E402
from tests.mutation.rates import reasons_in, summary  # noqa: E402
from tests.mutation.reach import LOOK_AT_ALL, Reach, measure  # noqa: E402
from tests.mutation.trial import attempt  # noqa: E402

PACKAGE = ROOT / "gsdcheck" / "certify"
REASONS = ROOT / "tests" / "mutation" / "survivors.toml"
TESTS = (
    "tests/certify",
    *("tests/facts/" + name for name in (
        "test_activation_sampling.py", "test_activation_table.py", "test_chains_found.py", "test_domain.py",
        "test_hand_derived.py", "test_networks_found.py", "test_reversible_orbits.py", "test_sampled.py",
        "test_scan_rules.py", "test_tail_facts.py", "test_zero.py",
    )),
)  # fmt: skip
"""Without the ablation and the fuzzer of tests/facts, whose tests take longer than all others together."""
FIRST = 25  # most mutants die of the first few tests; the others are collected only for those that do not
THIRD_PARTY = (
    "coverage",
    "flint",
    "hypothesis",
    "mpmath",
    "numpy",
    "pytest",
    "scipy.integrate",
    "sympy",
    "xdist",
)


def main() -> None:
    options = _options()
    os.chdir(ROOT)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    for name in THIRD_PARTY:
        importlib.import_module(name)
    reach = measure(ROOT, PACKAGE, TESTS, options.store)
    sample = _sample(options)
    _load_plugins()
    gc.freeze()
    results = _in_processes(sample, reach, options)
    text = summary(results, reasons_in(REASONS))
    print(text)
    doubtful = _fail_unchanged(results, reach)
    if doubtful:
        raise SystemExit(
            f"These tests fail without any mutant, so what they killed does not count: {doubtful}"
        )
    if options.list_survivors:
        options.list_survivors.write_text(text)


def _load_plugins() -> None:
    """Import what pytest imports when it starts, but for our own plugin, once instead of once a mutant."""
    with tempfile.TemporaryDirectory() as empty, contextlib.redirect_stdout(io.StringIO()):
        pytest.main(
            ["-q", "-p", "no:gsdcheck", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", empty, empty]
        )
    loaded = [name for name in sys.modules if name.partition(".")[0] == "gsdcheck"]
    if loaded:
        raise SystemExit(
            f"Mutants must be tried in a process that has not imported gsdcheck; it has {loaded[0]}."
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", default="150", help="how many mutants, drawn from all alike, or `all`")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument(
        "--budget", type=float, default=40, help="seconds of tests for one mutant (default: 40)"
    )
    parser.add_argument("--module", nargs="+", default=[], help="only these files of gsdcheck/certify")
    parser.add_argument("--list-survivors", type=Path, metavar="FILE")
    parser.add_argument(
        "--again", type=Path, metavar="FILE", help="only the mutants that --list-survivors wrote to FILE"
    )
    parser.add_argument("--store", type=Path, default=Path(tempfile.gettempdir()) / "gsdcheck-mutation")
    return parser.parse_args()


def _sample(options: argparse.Namespace) -> list[tuple[Mutant, str]]:
    """Mutants with their sources, each as likely as any other; places where nothing changes do not count."""
    sources = {file: file.read_text() for file in sorted(PACKAGE.glob("*.py"))}
    if options.module:
        sources = {file: text for file, text in sources.items() if file.stem in options.module}
    every = [
        mutant for file, text in sources.items() for mutant in mutants_of(str(file.relative_to(ROOT)), text)
    ]
    if options.again:
        places = _listed(options.again.read_text())
        every = [mutant for mutant in every if (mutant.file, mutant.operator, mutant.occurrence) in places]
    random.Random(options.seed).shuffle(every)
    wanted = len(every) if options.again or options.sample == "all" else int(options.sample)
    chosen: list[tuple[Mutant, str]] = []
    left_out = 0
    for mutant in every:
        if len(chosen) == wanted:
            break
        source = sources[ROOT / mutant.file]
        changed = mutated(source, mutant)
        if is_change(source, changed):
            chosen.append((mutant, changed))
        else:
            left_out += 1
    print(
        f"{len(every)} places; {len(chosen)} mutants drawn, {left_out} others left out (types, words, no Python)",
        flush=True,
    )
    return chosen


def _listed(text: str) -> set[tuple[str, str, int]]:
    """The mutants that `--list-survivors` has written: file, operator and occurrence."""
    found = re.findall(r"^(\S+):\d+ (\S+)#(\d+) \(", text, re.MULTILINE)
    return {(file, operator, int(occurrence)) for file, operator, occurrence in found}


def _in_processes(
    sample: Sequence[tuple[Mutant, str]], reach: Reach, options: argparse.Namespace
) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder) / str(job) for job in range(options.jobs)]
        pids = [
            _start(sample[job :: options.jobs], reach, options.budget, output)
            for job, output in enumerate(outputs)
        ]
        for pid in pids:
            if os.waitpid(pid, 0)[1] != 0:
                raise SystemExit("A worker has failed: see above.")
        return [json.loads(line) for output in outputs for line in output.read_text().splitlines()]


def _start(share: Sequence[tuple[Mutant, str]], reach: Reach, budget: float, output: Path) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            with output.open("w") as stream:
                for mutant, changed in share:
                    result = _judge(mutant, changed, reach, budget)
                    print(json.dumps(result), file=stream, flush=True)
                    print(f"{result['outcome']:<11} {result['took']:6.1f} s  {_short(result)}", flush=True)
            code = 0
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        finally:
            os._exit(code)
    return pid


def _short(result: dict[str, Any]) -> str:
    return f"{result['file']}:{result['line']} {result['operator']} {result['witness']}"


def _judge(mutant: Mutant, changed: str, reach: Reach, budget: float) -> dict[str, Any]:
    start = time.monotonic()
    source = (ROOT / mutant.file).read_text()
    tests = _within(reach, reach.tests_for(mutant.file, source, mutant.line), budget)
    outcome, witness = "not covered", ""
    for part in (tests[:FIRST], tests[FIRST:]):
        if part:
            limit = 15 + 4 * sum(reach.seconds[test] for test in part)
            trial = attempt(module_name(mutant.file), ROOT / mutant.file, changed, part, limit)
            outcome, witness = trial.outcome, trial.witness
            if outcome != "survived":
                break
    return {
        "file": mutant.file,
        "line": mutant.line,
        "operator": mutant.operator,
        "occurrence": mutant.occurrence,
        "outcome": outcome,
        "witness": witness,
        "tests": len(tests),
        "took": time.monotonic() - start,
        "change": [
            line for line in difflib.ndiff(source.splitlines(), changed.splitlines()) if line[0] in "+-"
        ],
    }


def _within(reach: Reach, tests: Sequence[str], budget: float) -> list[str]:
    """The first tests and those that look at definitions, then by turns one of each file, within the budget."""
    turns = Counter[str]()
    ordered: list[tuple[int, float, str]] = []
    for rank, test in enumerate(tests):
        file = test.partition("::")[0]
        first = rank < FIRST or file in LOOK_AT_ALL
        ordered.append((0 if first else 1 + turns[file], reach.seconds[test], test))
        turns[file] += rank >= FIRST

    def taken() -> Iterator[str]:
        spent = 0.0
        for _, seconds, test in sorted(ordered):
            spent += seconds
            if spent > budget and test != tests[0]:
                return
            yield test

    return list(taken())


def module_name(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _fail_unchanged(results: Sequence[dict[str, Any]], reach: Reach) -> list[str]:
    """The tests among those that have killed mutants which fail, run alike, on the code as it is."""
    witnesses: dict[str, set[str]] = {}
    for result in results:
        if result["witness"]:
            witnesses.setdefault(result["file"], set()).add(result["witness"])
    failing = Counter[str]()
    for file, tests in witnesses.items():
        ordered = sorted(tests, key=lambda test: reach.seconds[test])
        trial = attempt(module_name(file), ROOT / file, (ROOT / file).read_text(), ordered, 600)
        if trial.outcome != "survived":
            failing[trial.witness] += 1
    return sorted(failing)


if __name__ == "__main__":
    main()
