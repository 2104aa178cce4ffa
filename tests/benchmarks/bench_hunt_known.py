"""What a hunt finds of what is known to be there, and what it finds where there is nothing.

    python tests/benchmarks/bench_hunt_known.py [--seconds 30] [--seed 0] [--only WORD]

Each planted claim is hunted in one process until a counterexample is confirmed by every method, or the time is
up; a true claim for a third of the time. Printed are the cases and the processor time to the first finding.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass

from planted import Planted
from planted_orbits import FALSE_ORBITS, TRUE_ORBITS
from planted_points import FALSE_POINTS, TRUE_POINTS

from gsdcheck.engine.hunt.budget import plan_of
from gsdcheck.engine.hunt.outcome import Outcome, with_round
from gsdcheck.engine.hunt.rounds import AHEAD, plan
from gsdcheck.engine.hunt.search import search_for
from gsdcheck.engine.hunt.settlement import Settled
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.engine.hunt.watch import Watch

FALSE = (*FALSE_POINTS, *FALSE_ORBITS)
TRUE = (*TRUE_POINTS, *TRUE_ORBITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunted:
    """What became of one planted claim; seconds are those of the processor, to the first finding or to the end."""

    found: Settled | None
    cases: int
    seconds: float


def hunted(target: Target, seconds: float, seed: int) -> Hunted:
    """Rounds until something is confirmed, or the processor time is spent."""
    started, watch = time.process_time(), Watch(target)
    outcomes = [Outcome()] * AHEAD
    hunt = plan_of(target, target.id, None, seed=seed)
    for number in range(10_000):
        shards = plan(hunt, number, outcomes[-AHEAD], None)
        results = []
        for shard in shards:
            results.append(search_for(target, shard))
            if time.process_time() - started > seconds:
                break
        outcomes.append(with_round(outcomes[-1], results))
        watch.enough(outcomes[-1])
        spent = time.process_time() - started
        if watch.settlement.found or spent > seconds:
            cases = sum(outcomes[-1].tried.values())
            found = watch.settlement.found
            return Hunted(found=found[0] if found else None, cases=cases, seconds=spent)
    raise RuntimeError("a hunt without end")


def lines(claims: tuple[Planted, ...], seconds: float, seed: int) -> Iterator[tuple[str, Hunted]]:
    """Each claim with what became of it, as it is done."""
    for claim in claims:
        yield claim.name, hunted(claim.make(), seconds, seed)


def main() -> None:
    """Prints two tables and two counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    for title, claims, seconds in (("false", FALSE, options.seconds), ("true", TRUE, options.seconds / 3)):
        chosen = tuple(claim for claim in claims if options.only in claim.name)
        count = 0
        print(f"\n{title} claims: case found, cases, processor seconds to the first finding")
        for name, became in lines(chosen, seconds, options.seed):
            count += became.found is not None
            what = "-" if became.found is None else f"n = {became.found.case.system.n}"
            print(f"{name:<66} {what:>8} {became.cases:>10,} {became.seconds:>7.1f}", flush=True)
        print(f"{title}: {count} of {len(chosen)} found")


if __name__ == "__main__":
    main()
