"""A toy hunt as a process of its own, to be killed: python hunting.py LEDGER [--resume] [--jobs N] …

Prints a line for each event, and at the end the digest of the outcome.
"""

import argparse
import sys
from pathlib import Path

import toy_searches
from toy_searches import toy_hunt

from gsdcheck.engine.hunt.campaign import RoundBegun, RoundDone, ShardDone, Stopped, run_hunt
from gsdcheck.engine.hunt.executors import Executor, cluster, executor
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.serial import identity, outcome_data
from gsdcheck.errors import GsdcheckError
from gsdcheck.record.canonical import digest


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--scheduler")
    parser.add_argument("--patience", type=float, default=cluster.PATIENCE)
    parser.add_argument(
        "--pretend-numpy", help="The version of NumPy that this process takes itself to have."
    )
    parser.add_argument("--search", default="drawn")
    parser.add_argument("--max-examples", type=int, default=4_000)
    given = parser.parse_args()
    if given.pretend_numpy:
        versions = {**cluster.search_versions(), "numpy": given.pretend_numpy}
        cluster.search_versions = lambda: versions
    hunt = toy_hunt(max_examples=given.max_examples)
    try:
        opened = Ledger.reopen if given.resume else Ledger.create
        with runner(given) as running, opened(given.ledger, identity(hunt)) as ledger:
            for event in run_hunt(hunt, running, ledger):
                print(said(event), flush=True)
    except GsdcheckError as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def runner(given: argparse.Namespace) -> Executor:
    search = getattr(toy_searches, given.search)
    if given.scheduler is None:
        return executor(search, jobs=given.jobs)
    return cluster.Cluster(search, given.scheduler, given.patience)


def said(event) -> str:
    match event:
        case RoundBegun():
            return f"round {event.number}: {event.shards} shards, {event.known} known"
        case ShardDone():
            return f"shard {event.shard.round} {event.shard.index}"
        case RoundDone():
            return f"done {event.outcome.rounds}"
        case Stopped():
            return f"{event.why} {digest(outcome_data(event.outcome))}"
    raise TypeError(event)


if __name__ == "__main__":
    sys.exit(main())
