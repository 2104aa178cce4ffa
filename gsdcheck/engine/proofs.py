"""What Coq says of each claim: checked here and now, on record, or not checked; as a record."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gsdcheck.certify.coq import coq_proof
from gsdcheck.certify.coq_table import closure, coq_table, sources_folder
from gsdcheck.certify.formal import FORMAL_CLAIMS, NAMED_IN_COQ
from gsdcheck.certify.judgement import Judgement
from gsdcheck.claims import ALL_CLAIMS
from gsdcheck.claims.entry import Entry
from gsdcheck.engine.coq_audit import Audit, audit_sources
from gsdcheck.engine.coq_runs import coq_version, why_unusable
from gsdcheck.engine.coq_update import REMEDY, stale_table, write_table
from gsdcheck.engine.events import Finished, Listener, Started, ignore
from gsdcheck.engine.serial import extended, judgement_data
from gsdcheck.errors import CertificateRejected, InvalidInput
from gsdcheck.model.verdict import Verdict
from gsdcheck.record.build import build_record

CHECKED, RECORDED, NOT_CHECKED = "checked", "recorded", "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoqRun:
    """One run of Coq over the sources that ship: its version, what it says, or why it cannot be asked."""

    version: str | None = None
    audit: Audit | None = None
    unusable: str | None = None


def run_coq(entries: Sequence[Entry], *, jobs: int, listen: Listener = ignore) -> CoqRun:
    """Coq's word on the theorems of the claims; with all claims, also on whether the table is stale."""
    if unusable := why_unusable():
        return CoqRun(unusable=unusable)
    names = _theorems(entries)
    pinned = {name: coq_table().theorems[name].statement for name in names if name in coq_table().theorems}
    started, folder, whole = time.perf_counter(), sources_folder(), names == NAMED_IN_COQ
    modules = {name.partition(".")[0] for name in names}
    built = len(list(folder.glob("*.v"))) if whole else len(closure(modules))
    listen(Started(total=built + 2 * len(modules) + 1))

    def finished(name: str) -> None:
        listen(Finished(name=name, seconds=time.perf_counter() - started))

    audit = audit_sources(folder, names, pinned, whole=whole, jobs=jobs, finished=finished)
    return CoqRun(version=coq_version(), audit=audit)


def update_table(*, jobs: int) -> None:
    """Runs Coq over all the theorems and writes the table of audited ones.

    Raises:
        InvalidInput: Coq cannot be used, or does not accept a theorem.
    """
    if unusable := why_unusable():
        raise InvalidInput(f"The table is not written: {unusable}.")
    audit = audit_sources(sources_folder(), NAMED_IN_COQ, {}, jobs=jobs)
    write_table(audit, str(coq_version()))


def proofs_record(
    entries: Sequence[Entry], run: CoqRun, *, asked: Sequence[str] = (), machine: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The record: a judgement for each claim that has a proof in Coq, and the claims that have none.

    Args:
        asked: the names by which the entries were asked for; none means all.
    """
    formal = [entry for entry in entries if entry.claim.id in FORMAL_CLAIMS]
    record = build_record(
        kind="proofs",
        subject={"name": "Coq" if run.version is None else f"Coq {run.version}"},
        judgements=[_judgement(entry, run) for entry in formal],
        run=machine,
    )
    return extended(
        record,
        coq={"version": run.version, "audited_with": coq_table().coq, "unusable": run.unusable},
        faults=_loose(run),
        asked=list(asked),
        without_proof=[entry.claim.id for entry in entries if entry.claim.id not in FORMAL_CLAIMS],
    )


def _loose(run: CoqRun) -> list[str]:
    """What is wrong with the sources as a whole, and with the table if all of it was looked at."""
    if run.audit is None:
        return []
    of_claims = {name for formal in FORMAL_CLAIMS.values() for name in formal.theorems}
    others = [f"{name}: {fault}" for name, fault in run.audit.faults.items() if name not in of_claims]
    whole = set(run.audit.theorems) == set(NAMED_IN_COQ)
    stale = stale_table(run.audit, str(run.version)) if whole else None
    return [*run.audit.loose, *others, *([stale] if stale else [])]


def _judgement(entry: Entry, run: CoqRun) -> dict[str, Any]:
    claim = entry.claim
    status, because = _status(claim.id, run)
    if status == NOT_CHECKED:
        judgement = Judgement(
            claim=claim.id,
            verdict=Verdict.UNDECIDED,
            evidence=None,
            reason=f"the proof is not checked: {because}",
        )
    else:
        judgement = Judgement.from_certificate(coq_proof(claim.id))
    theorems = [_theorem(name) for name in FORMAL_CLAIMS[claim.id].theorems]
    proof = {"status": status, "because": because, "theorems": theorems}
    return {**judgement_data(judgement, expected=claim.expected), "proof": proof}


def _status(claim: str, run: CoqRun) -> tuple[str, str | None]:
    """Checked, recorded or not checked, and why it is not checked."""
    if run.audit is not None:
        for name in FORMAL_CLAIMS[claim].theorems:
            if fault := run.audit.faults.get(name):
                return NOT_CHECKED, f"{name}: {fault}"
    try:
        Judgement.from_certificate(coq_proof(claim))
    except CertificateRejected as fault:
        return NOT_CHECKED, f"{fault} {REMEDY}"
    return (RECORDED, run.unusable) if run.audit is None else (CHECKED, None)


def _theorem(name: str) -> dict[str, object]:
    """The pinned statement of a theorem, and the assumptions that Coq printed."""
    known = coq_table().theorems.get(name)
    return {
        "theorem": name,
        "statement": None if known is None else known.statement,
        "assumptions": None if known is None else list(known.assumptions),
    }


def _theorems(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The theorems of the claims; everything that something rests on, if these are all the claims."""
    if len(entries) == len(ALL_CLAIMS):
        return NAMED_IN_COQ
    chosen = [FORMAL_CLAIMS[e.claim.id] for e in entries if e.claim.id in FORMAL_CLAIMS]
    return tuple(sorted({name for formal in chosen for name in formal.theorems}))


def proofs_exit_code(record: Mapping[str, Any], *, require: bool) -> int:
    """0 nothing is wrong · 1 a proof does not check · 2 it must, and Coq cannot be used · 5 no claim has a proof."""
    statuses = {judgement["proof"]["status"] for judgement in record["judgements"]}
    missing = record["without_proof"] if require and record["asked"] else []
    if NOT_CHECKED in statuses or record["faults"] or missing:
        return 1
    if require and RECORDED in statuses:
        return 2
    return 0 if statuses else 5
