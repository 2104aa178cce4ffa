"""Deciding the claims of the catalogue: certificates are checked by the core, then cases are generated."""

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from gsdcheck.certify.formal import FORMAL_CLAIMS
from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.claims import BY_ID
from gsdcheck.claims.entry import Certificate, Entry
from gsdcheck.engine.events import Finished, Listener, Started, ignore
from gsdcheck.engine.pool import in_processes
from gsdcheck.engine.sampling import Sample, examples_for, sample
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.verdict import Evidence, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One claim, decided: its judgements, the headline (case None or the first refutation) first."""

    claim: str
    judgements: tuple[Judgement, ...]
    worst: float
    violation: Mapping[str, object] | None
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker brings back: plain data that the parent checks again by constructing judgements."""

    claim: str
    certificates: tuple[Certificate, ...]
    sample: Sample
    seconds: float


def verify(
    entries: tuple[Entry, ...], *, profile: str, seed: int, jobs: int, listen: Listener = ignore
) -> Generator[Decision, None, None]:
    """The decisions of the claims, as they are reached; the outcome does not depend on `jobs`.

    Args:
        entries: the claims to decide.
        profile: a key of `sampling.PROFILES`.
        seed: of the generated cases.
        jobs: the number of processes.
        listen: is told of each event.
    """
    listen(Started(total=len(entries)))
    claims = [entry.claim.id for entry in entries]
    for work in in_processes(partial(prepare, profile=profile, seed=seed), claims, jobs):
        decision = decide(work)
        yield decision
        listen(Finished(name=decision.claim, seconds=decision.seconds))  # only what the caller has, is done


def prepare(claim: str, profile: str, seed: int) -> Work:
    """The certificates proposed for the claim and the sample of its check; runs in a worker."""
    started = time.perf_counter()
    entry = BY_ID[claim]
    certificates = tuple(entry.proposals())
    refuting = any(_refutes(certificate) for certificate in certificates)
    return Work(
        claim=claim,
        certificates=certificates,
        sample=sample(entry, examples=examples_for(entry, profile), seed=seed, shrink=not refuting),
        seconds=time.perf_counter() - started,
    )


def _refutes(certificate: Certificate) -> bool:
    """Whether the certificate is proposed as a refutation."""
    if certificate["kind"] == "coq":
        return FORMAL_CLAIMS[str(certificate["claim"])].verdict is Verdict.REFUTED
    return (
        certificate["kind"] in ("theorem", "orbit")
        and THEOREMS[str(certificate["theorem"])].verdict is Verdict.REFUTED
    )


def decide(work: Work) -> Decision:
    """The judgements that the work supports. The expected verdict plays no part in it."""
    found = work.sample
    try:
        checked = tuple(Judgement.from_certificate(c) for c in work.certificates)
        judgements = _with_headline(work.claim, checked, found)
    except CertificateRejected as fault:
        judgements = (_undecided(work.claim, f"a certificate was rejected: {fault}", found),)
    return Decision(
        claim=work.claim,
        judgements=judgements,
        worst=found.worst,
        violation=found.violation,
        seconds=work.seconds,
    )


def _with_headline(claim: str, checked: tuple[Judgement, ...], found: Sample) -> tuple[Judgement, ...]:
    """The checked judgements, led by the one that speaks for the claim as a whole."""
    if any(j.claim != claim for j in checked):
        strangers = sorted({j.claim for j in checked} - {claim})
        raise CertificateRejected(f"a certificate is about {', '.join(strangers)}, not about {claim}.")
    refuted = [j for j in checked if j.verdict is Verdict.REFUTED]
    general = [j for j in checked if j.case is None and j.verdict is Verdict.PROVED]
    if refuted and general:
        raise CertificateRejected("certificates prove and refute the same claim")
    if refuted:  # the violations that were generated are what a refuted claim leads one to expect
        head, *rest = refuted
        return (replace(head, examples=found.examples), *rest)
    if found.violation is not None:  # soundness: a proof that the search contradicts is not reported as one
        reason = (
            f"the check is violated (margin {found.worst:.3g}) on a generated case; nothing certifies it yet"
        )
        return (_undecided(claim, reason, found),)
    if general:
        head = replace(general[0], examples=found.examples)
        return (head, *(j for j in checked if j.case is not None))
    return (_supported(claim, found), *checked)


def _undecided(claim: str, reason: str, found: Sample) -> Judgement:
    return Judgement(
        claim=claim, verdict=Verdict.UNDECIDED, evidence=None, reason=reason, examples=found.examples
    )


def _supported(claim: str, found: Sample) -> Judgement:
    return Judgement(
        claim=claim,
        verdict=Verdict.SUPPORTED,
        evidence=Evidence.SAMPLED,
        reason=f"no violation in {found.examples} generated cases; the least margin is {found.worst:.3g}",
        examples=found.examples,
    )


def exit_code(judgements: list[dict[str, Any]], *, fail_on_undecided: bool = False) -> int:
    """0 as expected · 1 a decided verdict differs · 4 undecided where it matters · 5 nothing was checked."""
    if not judgements:
        return 5
    decided = [j for j in judgements if j["expected"] is not None and j["verdict"] != j["expected"]]
    if any(j["verdict"] != str(Verdict.UNDECIDED) for j in decided):
        return 1
    undecided = any(j["verdict"] == str(Verdict.UNDECIDED) for j in judgements)
    return 4 if decided or (fail_on_undecided and undecided) else 0
