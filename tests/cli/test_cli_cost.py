"""What a command does not need, it does not load."""

import json

import pytest

from gsdcheck.record.files import write_record

HEAVY = {"hypothesis", "jinja2", "matplotlib", "mpmath", "rich", "scipy", "sympy"}
LOADED = (
    "import json, sys; "
    "print(json.dumps([{code}, *{{m.partition('.')[0] for m in sys.modules}}]), file=sys.stderr)"
)
RUN = "from gsdcheck.cli import run; import sys; code = run(sys.argv[1:]); " + LOADED.format(code="code")


def loaded(process, code, *arguments):
    ran = process(*arguments, python=("-c", code))
    _, err = ran.communicate()
    ended, *modules = json.loads(err)
    assert ended == 0
    return set(modules)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("claims",), ("explain", "I1")])
def test_asking_loads_nothing_heavy(process, arguments):
    assert not loaded(process, RUN, *arguments) & HEAVY


def test_replay_loads_nothing_heavy(process, home, record):
    write_record(home / "r.json", record)
    assert not loaded(process, RUN, "replay", "r.json") & HEAVY


def test_verify_loads_what_it_searches_with(process):
    assert {"hypothesis", "jinja2", "matplotlib", "rich"} <= loaded(
        process, RUN, "verify", "jacobian-spectrum-is-always-imaginary"
    )


def test_a_claim_without_figures_loads_nothing_that_draws(process):
    assert "matplotlib" not in loaded(process, RUN, "verify", "J4")


def test_the_package_alone_loads_next_to_nothing(process):
    modules = loaded(process, "import gsdcheck; " + LOADED.format(code="0"))
    assert "gsdcheck" in modules
    assert not modules & (HEAVY | {"numpy", "flint", "click"})
