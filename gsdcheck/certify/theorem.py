"""What a theorem of the table is: premises, conclusion, and what stands behind it. Data, read by `certificates`.

A theorem concludes a verdict about one claim for one subject. `direct` theorems state nothing beyond their
premises (an equilibrium *is* an orbit that does not oscillate): their evidence is that of the premises. The
others rest on the proof on their page. The theorem that bears its claim's own id is the claim for every n.
"""

from dataclasses import dataclass

from gsdcheck.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Theorem:
    """If the premises hold of a subject, the claim has this verdict for it.

    Attributes:
        id: kebab-case; equal to `claim` for the theorem that is the claim itself.
        page: the proof page (by default the claim's).
        steps: the identities of `certify.identities` that its proof uses, expanded again at each check.
        direct: whether the conclusion only restates the premises.
    """

    id: str
    claim: str
    verdict: Verdict
    premises: tuple[str, ...]
    conclusion: str
    steps: tuple[str, ...] = ()
    direct: bool = False

    @property
    def page(self) -> str:
        """The name of the proof page."""
        return self.claim


def proved(claim: str, *premises: str, says: str, steps: tuple[str, ...] = (), id: str = "") -> Theorem:
    """A theorem that proves the claim, for every subject with these premises; by default the claim itself."""
    return Theorem(
        id=id or claim, claim=claim, verdict=Verdict.PROVED, premises=premises, conclusion=says, steps=steps
    )


def refuted(id: str, claim: str, *premises: str, says: str, direct: bool = False) -> Theorem:
    """A theorem that refutes the claim by a subject with these premises."""
    return Theorem(
        id=id, claim=claim, verdict=Verdict.REFUTED, premises=premises, conclusion=says, direct=direct
    )


FREE = ("no-leak", "no-outer-bias")
"""The flow without leak, and in the outer form without bias: where H is the energy of the theory."""
TAME = ("odd", "bounded", "continuous")
DRIFT = (
    "inner",
    "skew",
    "nonzero-weights",
    "positive-casimir",
    "continuous",
    "strictly-increasing",
    "zero-at-origin-only",
    "above-line",
    "no-leak",
)
