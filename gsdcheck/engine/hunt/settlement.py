"""From candidates to findings: confirmed, shrunk, certified where a theorem applies, mechanisms kept apart."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from gsdcheck.certify.judgement import Judgement
from gsdcheck.engine.hunt.assumptions import inside
from gsdcheck.engine.hunt.certification import (
    certified,
    certified_by_following,
    deciding_theorems,
    may_be_followed,
    on_its_orbit,
    reads_a_state,
    theorem_of,
)
from gsdcheck.engine.hunt.confirmation import ALONE, Confirmation, confirmed
from gsdcheck.engine.hunt.plain import plain_case, read_case, spelled
from gsdcheck.engine.hunt.shard import Candidate
from gsdcheck.engine.hunt.shrinking.complexity import complexity
from gsdcheck.engine.hunt.shrinking.passes import famous_weights, rounder_state, rounder_weights
from gsdcheck.engine.hunt.shrinking.shrink import about_one_activation, shrunk
from gsdcheck.engine.hunt.targets.target import Judge, Target
from gsdcheck.model.system import Case

MOST_TRIES, _FEWEST_TRIES, _TRY_SECONDS = 240, 48, 20
"""Cases that the shrinking of one candidate may judge: what a judge does in so many seconds, within bounds."""
_MOST_CERTIFIED_TRIES = 80
_MOST_CANDIDATES = 12
_ENOUGH, _SLOW, _FEW = 3, 10, 2
"""Certified findings after which no further candidate is looked at; where a judge is slow, one, or two of any kind."""

OUT_OF_TIME = "the time was up before it was looked at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A case on which the claim fails, as small as it could be made, with what speaks for it.

    Attributes:
        candidate: as it was found.
        case: after shrinking, exact.
        confirmation: what every method says of the case.
        judgement: the claim refuted with this case by the core; None where no theorem applies.
    """

    candidate: Candidate
    case: Case
    confirmation: Confirmation
    judgement: Judgement | None

    @property
    def mechanism(self) -> str:
        """How the claim fails: the conclusion of the theorem, else what the judge looked at."""
        if self.judgement is None:
            return self.candidate.mechanism
        return self.judgement.reason.removesuffix(f" ({self.judgement.case})")

    @property
    def kind(self) -> tuple[str, str]:
        """What keeps findings apart: the mechanism and the form."""
        return self.mechanism, str(self.case.system.form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of the candidates.

    Attributes:
        found: the findings, certified ones first, then the simpler ones; one a mechanism and form.
        alone: cases on which the claim's margin is negative, as the only method there is says.
        refused: how many candidates were no findings, by reason.
    """

    found: tuple[Settled, ...]
    alone: tuple[Settled, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)


def settle(
    target: Target,
    candidates: Sequence[Candidate],
    *,
    in_time: Callable[[], bool] = lambda: True,
    most_alone: int = 1,
) -> Settlement:
    """The findings among the candidates; the same for the same candidates, if there is time for all.

    Args:
        in_time: asked before each candidate but the first, which is looked at in any case.
        most_alone: how many cases that one method alone sees are shrunk and kept.
    """
    refused: Counter[str] = Counter()
    found, alone = list[Settled](), list[Settled]()
    slow = is_slow(target)
    enough = 1 if slow else _ENOUGH
    for looked_at, candidate in enumerate(worth := _worth_a_look(target, candidates)):
        if sum(f.judgement is not None for f in found) >= enough or (slow and len(found) >= _FEW):
            break
        if looked_at and not in_time():
            refused[OUT_OF_TIME] += len(worth) - looked_at
            break
        case = read_case(candidate.case)
        seen = confirmed(target, case)
        certain = not seen.refused or _is_certified(target, case)
        if seen.refused and not certain:
            refused[seen.refused] += 1
        if certain or (seen.refused == ALONE and len(alone) < most_alone):
            settled = _settled(target, candidate, case, seen)
            (found if certain or settled.judgement else alone).append(settled)
    return Settlement(found=tuple(apart(found)), alone=tuple(alone), refused=dict(refused))


def is_slow(target: Target) -> bool:
    """Whether a second finding costs too much to be looked for once one is certified."""
    return target.judge.alone < _SLOW


def _is_certified(target: Target, case: Case) -> bool:
    """Whether a theorem that reads the state applies: then no float need speak for the case."""
    if inside(case, target.domain.assumptions, target.domain.lacking) is not None:
        return False
    found = certified(target, plain_case(case))
    return found is not None and (reads_a_state(found) or target.judge.margin(case) < 0)


def _worth_a_look(target: Target, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The negative ones: those that a closed orbit may certify, then families in turn, small networks and the worst."""
    turns: Counter[str] = Counter()
    ranked = []
    for candidate in sorted(candidates, key=lambda c: c.margin):
        if candidate.margin < 0:
            units, beyond = len(candidate.case["W"]), not may_be_followed(target, candidate.case)
            ranked.append((beyond, turns[candidate.family], units, candidate.margin, candidate))
            turns[candidate.family] += 1
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:4])][:_MOST_CANDIDATES]


def _settled(target: Target, candidate: Candidate, case: Case, seen: Confirmation) -> Settled:
    small, judgement = _certified_and_small(target, case)
    again = confirmed(target, small)
    # what is certified needs no floats to speak for it; what one method alone sees is shrunk with that one
    if again.refused in (None, seen.refused) or judgement is not None:
        return Settled(candidate=candidate, case=small, confirmation=again, judgement=judgement)
    return Settled(candidate=candidate, case=case, confirmation=seen, judgement=None)


def _certified_and_small(target: Target, case: Case) -> tuple[Case, Judgement | None]:
    """The case shrunk so that a certificate can be had, if one can; else shrunk as long as it fails."""
    judge = target.judge.focused(case)
    fixed = about_one_activation() if target.domain.subject is not None else ()
    mirrored = may_be_followed(target, plain_case(case))

    def admits(simpler: Case) -> bool:
        if mirrored and not may_be_followed(target, plain_case(simpler)):
            return False  # a mirror is worth more than a zero: it is what may certify the case
        return inside(simpler, target.domain.assumptions, target.domain.lacking) is None

    def sift(cases: Sequence[Case]) -> list[Case]:
        return sifted(judge, [simpler for simpler in cases if admits(simpler)])

    def judged(simpler: Case) -> Judgement | None:
        """By a theorem that speaks of this very case: it reads the state, or floats see the case fail as well."""
        found = certified(target, plain_case(simpler)) if admits(simpler) else None
        if found is None or reads_a_state(found) or judge.margin(simpler) < 0:
            return found
        return None

    tries = max(_FEWEST_TRIES, min(MOST_TRIES, judge.alone * _TRY_SECONDS))
    small = shrunk(case, lambda c: judge.margin(c) < 0, most=tries, fixed=fixed, sift=sift)
    if deciding_theorems(target):
        for start in (small, case, *_readable(case), *_readable(small)):
            if (first := judged(start)) is not None:
                same = partial(_is_by, theorem_of(first), judged)
                small = shrunk(start, same, most=_MOST_CERTIFIED_TRIES, fixed=fixed)
                return small, judged(small)
    for start in (small, case):
        if (followed := certified_by_following(target, plain_case(start))) is not None:
            return on_its_orbit(start, followed), followed
    return small, None


def _is_by(theorem: str, judged: Callable[[Case], Judgement | None], case: Case) -> bool:
    """Whether the case is judged, and by that theorem."""
    found = judged(case)
    return found is not None and theorem_of(found) == theorem


def sifted(judge: Judge, cases: Sequence[Case]) -> list[Case]:
    """The cases that a rough look, at all that can be looked at together, does not clear; in their order."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, case in enumerate(cases):
        system = case.system
        key = (system.activation.text, system.n, system.form, system.leak, system.bias, case.step is None)
        groups.setdefault(key, []).append(place)
    kept = []
    for places in groups.values():
        margins = judge.rough([cases[place] for place in places])
        kept += [place for place, margin in zip(places, margins, strict=True) if margin < 0]
    return [cases[place] for place in sorted(kept)]


def _readable(case: Case) -> Iterator[Case]:
    """The case with famous weights, and with round states: of such cases theorems speak."""
    for simpler in (*famous_weights(case), *rounder_weights(case)):
        yield simpler
        yield from rounder_state(simpler)


def apart(found: Sequence[Settled]) -> list[Settled]:
    """Of each mechanism and form the simplest; certified ones first."""
    ranked = sorted(found, key=lambda f: (f.judgement is None, complexity(f.case), spelled(f.case)))
    kept: dict[tuple[str, str], Settled] = {}
    for settled in ranked:
        kept.setdefault(settled.kind, settled)
    return list(kept.values())
