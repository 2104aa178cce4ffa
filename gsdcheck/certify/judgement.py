"""A judgement: a verdict that exists only because it was checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from gsdcheck.certify.certificates import Conclusion, Enclosure, canonical_text, conclude
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.verdict import Evidence, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A claim, a case, and the verdict on them.

    Constructing one checks it: a `proved` or `refuted` judgement must carry a certificate that establishes
    exactly this claim, case, verdict, evidence, margin and reason; a `supported` one must say how many
    examples were tried; neither `supported` nor `undecided` may carry a certificate.

    Attributes:
        claim: the claim's id.
        verdict: what was decided.
        evidence: the grade, None for undecided.
        case: what it is about; None for the claim as a whole.
        rests_on: for evidence `theorem`, the grade of the theorem itself.
        margin: decimal enclosure of the number the claim says is ≥ 0, or by which it is violated.
        reason: one sentence.
        certificate: canonical JSON text, so that it cannot change after it was checked.
        examples: how many generated cases were tried besides.

    Raises:
        CertificateRejected: the certificate does not establish this.
    """

    claim: str
    verdict: Verdict
    evidence: Evidence | None
    reason: str
    case: str | None = None
    rests_on: Evidence | None = None
    margin: Enclosure | None = None
    certificate: str | None = None
    examples: int = 0

    def __post_init__(self) -> None:
        if self.verdict in (Verdict.PROVED, Verdict.REFUTED):
            self._require_certificate()
            return
        if self.certificate is not None:
            raise CertificateRejected(
                f"{self.claim} is {self.verdict}; only a decided claim has a certificate."
            )
        expected = Evidence.SAMPLED if self.verdict is Verdict.SUPPORTED else None
        if self.evidence is not expected or (expected and self.examples < 1):
            raise CertificateRejected(
                f"{self.claim} is {self.verdict} with evidence {self.evidence} and {self.examples} examples."
                " Supported means sampled with at least one example; undecided has no evidence."
            )

    def __str__(self) -> str:
        case = "" if self.case is None else f" [{self.case}]"
        grade = "" if self.evidence is None else f" ({self.evidence})"
        return f"{self.claim}{case}: {self.verdict}{grade}: {self.reason}"

    def _require_certificate(self) -> None:
        if self.certificate is None:
            raise CertificateRejected(f"{self.claim} cannot be {self.verdict} without a certificate.")
        found = conclude(json.loads(self.certificate))
        for part in fields(Conclusion):  # soundness: every field of the conclusion, none left out
            said, holds = getattr(self, part.name), getattr(found, part.name)
            if said != holds:
                raise CertificateRejected(
                    f"{self.claim}: the judgement says {part.name} = {said}, its certificate {holds}."
                )

    def __reduce__(self) -> tuple[object, ...]:
        # soundness: copies and pickles are constructed, hence checked, like any other judgement
        return _rebuild, tuple(getattr(self, part.name) for part in fields(self))

    @classmethod
    def from_certificate(cls, certificate: Mapping[str, object], *, examples: int = 0) -> Self:
        """The judgement that the certificate establishes."""
        found = conclude(certificate)
        return cls(
            **{part.name: getattr(found, part.name) for part in fields(Conclusion)},
            certificate=canonical_text(certificate),
            examples=examples,
        )


def _rebuild(*values: object) -> Judgement:
    names = (part.name for part in fields(Judgement))
    return Judgement(**dict(zip(names, values, strict=True)))  # type: ignore[arg-type]
