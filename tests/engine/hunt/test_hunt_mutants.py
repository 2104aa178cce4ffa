"""What the tests of a killed hunt check, checked: parts that lose, repeat or hurry are caught by it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from toy_searches import drawn, toy_hunt

from gsdcheck.engine.hunt.campaign import run_hunt
from gsdcheck.engine.hunt.executors import ThisProcess
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.outcome import Outcome, with_round
from gsdcheck.engine.hunt.rounds import plan
from gsdcheck.engine.hunt.serial import identity, outcome_data
from gsdcheck.record.canonical import digest

HUNT = toy_hunt()


class Backwards(ThisProcess):
    """Sound: another order, as workers have it."""

    def collect(self, timeout):
        self._waiting.rotate(1)
        return super().collect(timeout)


class Stutters(ThisProcess):
    """Sound: a result that arrives twice, as it may from a cluster."""

    def collect(self, timeout):
        return super().collect(timeout) * 2


class DrawsAgain(Backwards):
    """Wrong: a shard that is begun again draws other cases."""

    def collect(self, timeout):
        [(shard, result)] = super().collect(timeout)
        again = drawn(replace(shard, seed=shard.seed + 1))
        return [(shard, again if shard.index == 3 else result)]


class CountsTwice(Ledger):
    """Wrong: a second row for a result."""

    def results(self, number):
        found = super().results(number)
        return found | {place + 1_000: result for place, result in found.items() if place == 2}


class Loses(Ledger):
    """Wrong: a result is told but not there."""

    def add(self, shard, result):
        if (shard.round, shard.index) != (1, 2):
            super().add(shard, result)


def outcome(folder, executor: Callable[..., ThisProcess], ledger: type[Ledger] = Ledger) -> Outcome:
    with ledger.create(folder / f"{executor.__name__}.sqlite", identity(HUNT)) as opened:
        return [*run_hunt(HUNT, executor(drawn), opened)][-1].outcome


def disturbed(folder, executor=Backwards, ledger: type[Ledger] = Ledger) -> bool:
    """Whether a hunt differs from one in this process, or has not counted every case once."""
    found = outcome(folder, executor, ledger)
    cases = sum(found.tried.values()) + sum(found.rejected.values())
    alone = digest(outcome_data(outcome(folder, ThisProcess)))
    return cases != HUNT.max_examples or digest(outcome_data(found)) != alone


@pytest.mark.parametrize("executor", [Backwards, Stutters])
def test_sound_parts_pass(tmp_path, executor):
    assert not disturbed(tmp_path, executor)


def test_an_executor_that_draws_again_is_caught(tmp_path):
    assert disturbed(tmp_path, DrawsAgain)


@pytest.mark.parametrize("ledger", [CountsTwice, Loses])
def test_a_ledger_that_repeats_or_loses_is_caught(tmp_path, ledger):
    assert disturbed(tmp_path, ledger=ledger)


def test_a_plan_from_rounds_that_are_not_complete_is_caught(tmp_path, monkeypatch):
    arrived = []

    class Remembers(Ledger):
        def add(self, shard, result):
            super().add(shard, result)
            arrived.append(result)

    def hurried(hunt, number, before, left):
        return plan(hunt, number, with_round(before, arrived), left)

    assert not disturbed(tmp_path / "sound", ledger=Remembers)
    arrived.clear()
    monkeypatch.setattr("gsdcheck.engine.hunt.campaign.plan", hurried)
    assert disturbed(tmp_path / "hurried", ledger=Remembers)
