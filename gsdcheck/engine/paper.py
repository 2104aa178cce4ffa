"""The figures of `gsdcheck verify`: those of the claims that were decided, and on request the paper's own story."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gsdcheck.engine.pictures import drifts, laws, planar, sections, spectra, story
from gsdcheck.engine.pictures.arrays import Picture

FIGURES = ("none", "claims", "paper")
"""What `--figures` may be: no figures, those of the claims, or these and the paper's own story."""

_Named = dict[str, tuple[str, Callable[[], Picture]]]

OF_CLAIMS: _Named = {
    "escape": ("orbits-are-bounded", planar.escape),
    "well-depth": ("oscillation-is-perpetual", planar.rest_above_the_well_depth),
    "period": ("tanh-period-is-elliptic", laws.tanh_periods),
    "sections": ("limit-cycles-exist", sections.sections),
    "limit-cycle": ("skewness-is-necessary-for-oscillation", planar.limit_cycle),
    "lotka-volterra": ("oddness-is-necessary-for-closed-orbits", planar.closed_without_oddness),
    "kernel-drift": ("inner-form-drifts", drifts.kernel_drift),
    "spectrum-tanh": ("jacobian-spectrum-is-imaginary", spectra.imaginary_spectrum),
    "spectrum-gelu": ("jacobian-spectrum-is-symmetric", spectra.symmetric_spectrum),
    "spectrum-sin": ("jacobian-spectrum-is-always-imaginary", spectra.real_eigenvalues),
    "integrators": ("euler-energy-never-decreases", drifts.energy_drifts),
    "growth": ("euler-energy-follows-root-law", laws.euler_growth),
}
"""Name of the series: the claim that it belongs to, and what computes it."""

STORY: _Named = {
    "paper-1-linear": ("linear-norm-is-conserved-iff-skew", story.linear_plane),
    "paper-2-tanh": ("planar-orbits-are-closed", story.tanh_plane),
    "paper-3-three-units": ("casimirs-are-conserved", story.three_units),
    "paper-4-four-units": ("limit-cycles-exist", story.four_units),
    "paper-5-rectified": ("oddness-is-necessary-for-closed-orbits", story.rectified_plane),
    "paper-6-euler-linear": ("linear-euler-blows-up", story.euler_linear),
    "paper-7-euler-tanh": ("euler-iterates-diverge", story.euler_tanh),
    "growth": OF_CLAIMS["growth"],
}
"""What the abstract describes, in its order."""


def paper_series(
    judgements: Sequence[Mapping[str, Any]], figures: str = "claims"
) -> dict[str, Picture] | None:
    """Named series for `report.figures`; the same for the same judgements.

    Args:
        judgements: as a record holds them; each claim brings its figures, a planar counterexample its portrait.
        figures: one of `FIGURES`.
    """
    if figures == "none":
        return None
    decided = {judgement["claim"] for judgement in judgements}
    wanted = {name: found for name, found in OF_CLAIMS.items() if found[0] in decided}
    if figures == "paper":
        wanted |= STORY
    return {
        **{name: {**make(), "claim": claim} for name, (claim, make) in wanted.items()},
        **_counterexamples(judgements),
    }


def _counterexamples(judgements: Sequence[Mapping[str, Any]]) -> dict[str, Picture]:
    """The portrait of every refuting orbit that has one, numbered by claim."""
    found: dict[str, Picture] = {}
    for judgement in judgements:
        if planar.has_portrait(judgement):
            claim = judgement["claim"]
            number = 1 + sum(picture["claim"] == claim for picture in found.values())
            found[f"against-{claim}-{number}"] = {**planar.counterexample(judgement), "claim": claim}
    return found
