"""`gsdcheck ablate`: the claim without each of its assumptions, proved still, refuted, or open."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from gsdcheck.certify.premises import PREMISES
from gsdcheck.claims import BY_ID
from gsdcheck.claims.entry import Entry
from gsdcheck.engine.hunt.ablation.broken import broken
from gsdcheck.engine.hunt.ablation.implications import consequences, still_proved
from gsdcheck.engine.hunt.budget import plan_of, within
from gsdcheck.engine.hunt.outcome import Outcome, with_round
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.rounds import AHEAD, plan
from gsdcheck.engine.hunt.search import search_for
from gsdcheck.engine.hunt.settlement import Settled, settle
from gsdcheck.engine.hunt.shard import Candidate
from gsdcheck.engine.hunt.targets.catalogue import target_of
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.engine.hunt.watch import Watch
from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Case
from gsdcheck.model.verdict import Verdict

_SEEN_AS_MUTANT = "mutant · of the catalogue"


class Need(Enum):
    """What the claim is without the assumption."""

    NEEDED = "needed"
    IDLE = "not needed"
    OPEN = "open"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablated:
    """One assumption, dropped.

    Attributes:
        need: needed only with a certificate, not needed only with a theorem.
        reason: one sentence.
        settled: the smallest counterexample; without a judgement it is a candidate.
        theorem: what proves the claim without the assumption.
        examples: how many cases were judged.
    """

    assumption: str
    need: Need
    reason: str
    settled: Settled | None = None
    theorem: str | None = None
    examples: int = 0

    @property
    def says(self) -> str:
        """The assumption in words."""
        return PREMISES[self.assumption].says


def ablations(claim: str, *, seconds: float | None, examples: int | None, seed: int) -> Iterator[Ablated]:
    """Each assumption of the claim in turn; the budget is that of one assumption.

    Raises:
        InvalidInput: the claim is refuted as it stands.
    """
    entry = BY_ID[claim]
    if entry.claim.expected is Verdict.REFUTED:
        raise InvalidInput(
            f"{claim} is false with all its assumptions: there is nothing to drop. True instead is"
            f" {entry.claim.amended_by}; ablate that."
        )
    for assumption in entry.claim.assumptions:
        yield _ablated(entry, assumption, seconds, examples, seed)


def _ablated(
    entry: Entry, assumption: str, seconds: float | None, examples: int | None, seed: int
) -> Ablated:
    left = [name for name in entry.claim.assumptions if name != assumption]
    if (theorem := still_proved(entry.claim.id, left, assumption)) is not None:
        follows = assumption in consequences(left)
        reason = "it follows from the others" if follows else f"{theorem.id} is proved without it"
        return Ablated(assumption=assumption, need=Need.IDLE, reason=reason, theorem=theorem.id)
    target = without(entry.claim.id, assumption)
    mutants = _mutants(entry, target, assumption)
    found = settle(target, mutants).found
    tried = len(mutants)
    if not any(settled.judgement for settled in found):
        try:
            more, judged = _hunted(target, seconds, examples, seed)
        except InvalidInput as fault:  # no σ at hand satisfies the other assumptions without this one
            return _concluded(assumption, found, tried, f" ({fault})")
        found, tried = (*found, *more), tried + judged
    return _concluded(assumption, found, tried)


def _concluded(assumption: str, found: tuple[Settled, ...], tried: int, why: str = "") -> Ablated:
    certified = [settled for settled in found if settled.judgement is not None]
    if certified:
        best = certified[0]
        return Ablated(
            assumption=assumption,
            need=Need.NEEDED,
            reason=best.mechanism,
            settled=best,
            examples=tried,
        )
    if found:
        reason = f"{found[0].mechanism}, as every method sees it; nothing certifies it yet"
        return Ablated(assumption=assumption, need=Need.OPEN, reason=reason, settled=found[0], examples=tried)
    reason = f"no proof without it, and no counterexample in {tried:,} cases{why}"
    return Ablated(assumption=assumption, need=Need.OPEN, reason=reason, examples=tried)


def without(claim: str, assumption: str) -> Target:
    """The target of the claim on the cases that have every assumption but this one."""
    target = target_of(claim)
    return replace(target, domain=broken(target.domain, assumption))


def _mutants(entry: Entry, target: Target, assumption: str) -> list[Candidate]:
    """The catalogue's own counterexamples to the claim without this assumption."""
    cases = [mutant.broken for mutant in entry.mutants if mutant.breaks == assumption]
    return [_candidate(target, entry, case) for case in cases]


def _candidate(target: Target, entry: Entry, case: Case) -> Candidate:
    margin = min(target.judge.margin(case), entry.margin(case))
    return Candidate(
        case=plain_case(case), margin=margin, family=_SEEN_AS_MUTANT, mechanism=target.judge.mechanism
    )


def _hunted(
    target: Target, seconds: float | None, examples: int | None, seed: int
) -> tuple[tuple[Settled, ...], int]:
    """Rounds until something is certified or the budget is spent, and how many cases were judged."""
    in_time = within(seconds)
    watch = Watch(target, in_time)
    hunt = plan_of(target, target.id, target.domain.lacking, seed=seed, max_examples=examples)
    outcomes, left, number = [Outcome()] * AHEAD, examples, 0
    while in_time():
        shards = plan(hunt, number, outcomes[-AHEAD], left)
        if not shards:
            break
        left = None if left is None else left - sum(shard.examples for shard in shards)
        outcomes.append(with_round(outcomes[-1], [search_for(target, shard) for shard in shards]))
        watch.enough(outcomes[-1])
        if any(settled.judgement for settled in watch.settlement.found):
            break
        number += 1
    return watch.settlement.found, sum(outcomes[-1].tried.values())
