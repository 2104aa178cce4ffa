"""Shards, their results and the outcome of a hunt as plain data, which reads back to the very same values."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.rounds import Hunt
from gsdcheck.engine.hunt.shard import Candidate, Shard, ShardResult
from gsdcheck.record.build import versions


def shard_data(shard: Shard) -> dict[str, Any]:
    """The shard as JSON has it: tuples become lists."""
    data: dict[str, Any] = json.loads(json.dumps(asdict(shard)))
    return data


def hunt_data(hunt: Hunt) -> dict[str, Any]:
    """The settings as JSON has them."""
    data: dict[str, Any] = json.loads(json.dumps(asdict(hunt)))
    return data


def result_data(result: ShardResult) -> dict[str, Any]:
    """The result as plain data; margins in hexadecimal, so that -inf has a spelling and no bit is lost.

    Raises:
        ValueError: a margin is nan, which has no place in an order: a defect of the searcher.
    """
    return {
        "tried": dict(result.tried),
        "rejected": dict(result.rejected),
        "best": [candidate_data(candidate) for candidate in result.best],
        "seconds": float(result.seconds),
    }


def candidate_data(candidate: Candidate) -> dict[str, Any]:
    """The candidate as plain data, its margin in hexadecimal."""
    margin = float(candidate.margin)
    if math.isnan(margin):
        raise ValueError(f"the margin of a candidate of {candidate.family!r} is nan; a searcher says -inf")
    return {
        "case": dict(candidate.case),
        "margin": margin.hex(),
        "family": candidate.family,
        "mechanism": candidate.mechanism,
    }


def read_result(data: Mapping[str, Any]) -> ShardResult:
    """The result that `result_data` wrote.

    Raises:
        KeyError, TypeError, ValueError: it wrote something else.
    """
    return ShardResult(
        tried=data["tried"],
        rejected=data["rejected"],
        best=tuple(_candidate(candidate) for candidate in data["best"]),
        seconds=data["seconds"],
    )


def _candidate(data: Mapping[str, Any]) -> Candidate:
    return Candidate(**{**data, "margin": float.fromhex(data["margin"])})


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain data: equal for two runs of one hunt, whoever ran it and however often it was killed."""
    return {
        "rounds": outcome.rounds,
        "tried": dict(outcome.tried),
        "rejected": dict(outcome.rejected),
        "best": [candidate_data(candidate) for candidate in outcome.best],
    }


def identity(hunt: Hunt) -> dict[str, dict[str, Any]]:
    """Of which hunt a ledger is: the settings, and the versions of what the outcome rests on."""
    return {"hunt": hunt_data(hunt), "versions": search_versions()}


def search_versions() -> dict[str, str | None]:
    """The versions that a record has, and of what else computes a margin; null if not installed."""
    return versions(also=("llvmlite", "scipy"))
