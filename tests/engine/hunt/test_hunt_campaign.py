"""A hunt ends when its budget does, decides from completed rounds only, and goes on as if never stopped."""

from contextlib import closing
from itertools import islice

import pytest
from toy_searches import SHARES, drawn, toy_hunt

from gsdcheck.engine.hunt.campaign import RoundBegun, RoundDone, ShardDone, Stop, Stopped, run_hunt
from gsdcheck.engine.hunt.executors import ThisProcess
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.rounds import AHEAD, RAMP, Hunt
from gsdcheck.engine.hunt.serial import identity, outcome_data
from gsdcheck.errors import InvalidInput
from gsdcheck.record.canonical import digest

HUNT = toy_hunt()
ENDLESS = toy_hunt(max_examples=None)


@pytest.fixture
def run(tmp_path):
    """Runs a hunt in this process, with its ledger in the test's folder, and counts what was searched."""
    path = tmp_path / "hunt.sqlite"

    def events(hunt: Hunt = HUNT, *, search=drawn, take=None, **options):
        def counted(shard):
            events.searched.append((shard.round, shard.index))
            return search(shard)

        opened = Ledger.reopen if path.exists() else Ledger.create
        with opened(path, identity(hunt)) as ledger:
            found = run_hunt(hunt, ThisProcess(counted), ledger, **options)
            with closing(found):
                return list(islice(found, take))

    events.searched = []
    return events


class Clock:
    """A clock that each shard moves on by a second."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def search(self, shard):
        self.now += 1
        return drawn(shard)


def tried(outcome: Outcome) -> int:
    return sum(outcome.tried.values()) + sum(outcome.rejected.values())


def of(kind: type, events) -> list:
    return [event for event in events if isinstance(event, kind)]


def test_every_case_that_was_asked_for_is_tried_once(run):
    events = run()
    last = events[-1]
    assert (last.why, tried(last.outcome), last.undecided) == (Stop.EXAMPLES, HUNT.max_examples, 0)
    assert sum(event.shard.examples for event in of(ShardDone, events)) == HUNT.max_examples
    assert len(set(run.searched)) == len(run.searched)


def test_the_events_tell_the_whole_story(run):
    events = run()
    begun, done = of(RoundBegun, events), of(RoundDone, events)
    assert [event.number for event in begun] == [*range(len(begun))]
    assert [event.outcome.rounds for event in done] == [*range(1, len(begun) + 1)]
    assert sum(event.shards for event in begun) == len(of(ShardDone, events))
    assert done[-1].outcome == events[-1].outcome
    assert len(of(Stopped, events)) == 1


def test_a_round_is_planned_from_the_rounds_before_the_last(run):
    events = run()
    bests = [(), *(event.outcome.best for event in of(RoundDone, events))]
    for event in of(ShardDone, events):
        known = [c.case for c in bests[max(0, event.shard.round - AHEAD + 1)]]
        assert all(case in known for case in event.shard.starts)
    assert any(event.shard.starts for event in of(ShardDone, events))


@pytest.mark.parametrize("at", range(0, 50, 7))
def test_a_hunt_that_was_left_at_any_moment_ends_as_if_it_was_not(run, tmp_path, at):
    run(take=at)
    before = len(run.searched)
    again = run()
    whole = list(
        islice(run_hunt(HUNT, ThisProcess(drawn), Ledger.create(tmp_path / "b", identity(HUNT))), 10**6)
    )
    assert again[-1] == whole[-1]
    assert len(set(run.searched)) == len(run.searched)
    assert sum(event.known for event in of(RoundBegun, again)) == before


def test_an_ended_hunt_is_read_and_not_run_again(run):
    first = run()
    searched = len(run.searched)
    assert run()[-1] == first[-1]
    assert len(run.searched) == searched


def test_a_round_that_time_cuts_off_is_not_decided_from_but_kept(run):
    clock = Clock()
    round_0 = 6  # of 2 sizes: one shard of "structured" and two of "batches"
    events = run(ENDLESS, search=clock.search, clock=clock, max_time=round_0 + 2)
    last = events[-1]
    assert (last.why, last.outcome.rounds, last.undecided) == (Stop.TIME, 1, 2)
    assert len(of(ShardDone, events)) == round_0 + 2
    assert tried(last.outcome) == 2 * (64 + 2 * 512) // 2**RAMP


def test_time_that_goes_on_goes_on_where_it_stopped(run):
    clock = Clock()
    for _ in range(12):
        last = run(ENDLESS, search=clock.search, clock=clock, max_time=2.5)[-1]
    assert len(set(run.searched)) == len(run.searched) == 36
    assert (last.why, last.outcome.rounds) == (Stop.TIME, 4)  # of 6, 6, 10, 10 and then 10 shards


def test_without_time_nothing_is_run_and_nothing_decided(run):
    last = run(ENDLESS, max_time=0)[-1]
    assert (last.why, last.outcome, last.undecided) == (Stop.TIME, Outcome(), 0)
    assert run.searched == []


def test_a_hunt_stops_when_enough_was_found_in_a_completed_round(run):
    events = run(enough=lambda outcome: outcome.rounds == 3)
    assert (events[-1].why, events[-1].outcome.rounds) == (Stop.ENOUGH, 3)
    assert run(enough=lambda outcome: outcome.rounds == 3)[-1] == events[-1]


def test_what_a_search_raises_ends_the_hunt_and_what_came_before_it_stays(run):
    def refuse_the_fifth(shard):
        if len(run.searched) == 5:
            raise InvalidInput("the fifth")
        return drawn(shard)

    with pytest.raises(InvalidInput, match="the fifth"):
        run(search=refuse_the_fifth)
    assert sum(event.known for event in of(RoundBegun, run())) == 4


def test_the_digest_knows_every_count_and_every_candidate(run):
    outcomes = [run(take=None)[-1].outcome, Outcome()]
    outcomes += [event.outcome for event in of(RoundDone, run())][:-1]
    digests = {digest(outcome_data(outcome)) for outcome in outcomes}
    assert len(digests) == len(outcomes) > 4


def test_the_seed_makes_the_outcome(tmp_path):
    def outcome(seed):
        hunt = toy_hunt(seed=seed, shares=SHARES[:1], max_examples=300)
        with Ledger.create(tmp_path / f"{seed}.sqlite", identity(hunt)) as ledger:
            return [*run_hunt(hunt, ThisProcess(drawn), ledger)][-1].outcome

    assert outcome(1) != outcome(2)
