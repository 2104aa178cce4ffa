"""Every claim of the catalogue as a target: one row a claim, with the judge that sees it fail soonest."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from gsdcheck.claims import BY_ID
from gsdcheck.claims.entry import Entry
from gsdcheck.engine.hunt.domain import domain_of
from gsdcheck.engine.hunt.targets import readings
from gsdcheck.engine.hunt.targets.chaos import ChaosJudge
from gsdcheck.engine.hunt.targets.formulas import energy_rises, energy_rises_in_balls, energy_stays
from gsdcheck.engine.hunt.targets.growth import GrowthJudge
from gsdcheck.engine.hunt.targets.orbits import OrbitJudge, Reading
from gsdcheck.engine.hunt.targets.own import OwnJudge
from gsdcheck.engine.hunt.targets.points import PointJudge
from gsdcheck.engine.hunt.targets.rests import RestJudge
from gsdcheck.engine.hunt.targets.spectra import SpectrumJudge, off_the_axis
from gsdcheck.engine.hunt.targets.target import Judge, Target
from gsdcheck.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How one claim is hunted.

    Attributes:
        judge: made from the entry.
        further: what its statement assumes beyond the premises that it lists.
        stepped: whether it is about forward Euler.
        roams: whether its margin means something on every case of the families; else only on its own cases.
        existential: it says that there is a case of negative margin.
        states, weights: the families of states and of weights that are worth its time; empty: all.
    """

    judge: Callable[[Entry], Judge]
    further: tuple[str, ...] = ()
    stepped: bool = False
    roams: bool = True
    existential: bool = False
    states: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()


def target_of(claim: str, *, without: str | None = None) -> Target:
    """The target of a claim; with an assumption dropped if one is named.

    Raises:
        UnknownName: no such claim.
    """
    entry, row = BY_ID[claim], ROWS.get(claim, _OWN)
    assumptions = (*entry.claim.assumptions, *row.further)
    left_out = (without, *((_SOUGHT.get(claim),) if row.existential else ()))
    domain = domain_of((name for name in assumptions if name not in left_out), stepped=row.stepped)
    judge = row.judge(entry)
    if isinstance(judge, OrbitJudge):
        domain = replace(domain, turns=judge.turns)
    if row.states:
        domain = replace(domain, states=row.states)
    if row.weights:
        domain = replace(domain, weights=row.weights)
    return Target(
        id=claim,
        domain=domain,
        judge=judge,
        cases=entry.cases,
        roams=row.roams,
        existential=row.existential,
    )


def _own(mechanism: str, *, exact: bool = False) -> Callable[[Entry], Judge]:
    return lambda entry: OwnJudge(mechanism=mechanism, entry_margin=entry.margin, exact=exact)


def _orbits(mechanism: str, reading: Reading, shows: str = "orbit") -> Callable[[Entry], Judge]:
    return lambda _: OrbitJudge(mechanism=mechanism, reading=reading, shows=shows)


def _returns(_: Entry) -> Judge:
    """Closed orbits need dense samples."""
    return OrbitJudge(
        mechanism="the orbit does not return", reading=readings.comes_back, turns=(60.0, 240.0), density=4.0
    )


def _spectrum(mechanism: str) -> Callable[[Entry], Judge]:
    return lambda entry: SpectrumJudge(mechanism=mechanism, departure=off_the_axis, exact=entry.margin)


def _euler_step(_: Entry) -> Judge:
    return PointJudge(
        mechanism="a step of forward Euler lowers the energy",
        formula=energy_rises,
        in_balls=energy_rises_in_balls,
        slack=1e-13,
        shows="step",
    )


def _growth(method: str, *, power: int, bound: float) -> Callable[[Entry], Judge]:
    judge = GrowthJudge(
        mechanism=f"{method} lifts the energy by more", method=method, power=power, bound=bound
    )
    return lambda _: judge


_SOUGHT = {"euler-energy-falls-without-monotony": "energy-falls"}
"""What an existential claim lists among its assumptions, and the hunt is for."""


def _own_cases(entry: Entry) -> Judge:
    """Margins that were made for the claim's own cases; those of orbits take their time."""
    pace = 1_000 if entry.share == 1 else 20
    return OwnJudge(mechanism="its margin is negative", entry_margin=entry.margin, pace=pace)


_MODERATE = ("ordinary states", "simple states", "equal units")
"""Where exponents are worth measuring: neither so near 0 that all is linear nor where σ saturates."""

_OWN = Row(judge=_own_cases, roams=False)

ROWS: dict[str, Row] = {
    "energy-is-conserved": Row(
        judge=lambda _: PointJudge(mechanism="the energy changes", formula=energy_stays, slack=1e-12)
    ),
    "conserved-energy-implies-skew": Row(
        judge=_own("H is conserved though W is not skew", exact=True), further=("outer",)
    ),
    "odd-size-has-a-casimir": Row(judge=_own("W is invertible", exact=True)),
    "oddness-is-necessary-for-the-invariant": Row(judge=_own("σ is not odd, and H is conserved")),
    "boundedness-is-necessary-for-the-invariant": Row(judge=_own("σ is unbounded, and H is conserved")),
    "orbits-are-bounded": Row(
        judge=_orbits("the orbit leaves its level set and grows", readings.stays_bounded)
    ),
    "odd-bounded-continuous-suffices": Row(
        judge=_orbits("the orbit stops swinging", readings.moves_or_rests), further=("nonzero-weights",)
    ),
    "zero-is-the-only-fixed-point": Row(judge=lambda _: RestJudge()),
    "oscillation-is-perpetual": Row(judge=_orbits("the orbit stops swinging", readings.moves_or_rests)),
    "leaves-oscillate-or-all-escape": Row(
        judge=_orbits("the orbit grows or stops swinging", readings.oscillates_within_bounds),
        further=("no-outer-bias", "zero-at-origin-only"),
    ),
    "planar-orbits-are-closed": Row(judge=_returns),
    "lyapunov-exponents-vanish": Row(
        judge=lambda _: ChaosJudge(),
        states=_MODERATE,
        weights=("reversible", "integer weights", "unit weights"),
    ),
    "lyapunov-exponents-vanish-at-rank-two": Row(judge=lambda _: ChaosJudge(), states=_MODERATE),
    "inner-orbits-are-bounded": Row(
        judge=_orbits("x drifts along the kernel of W", readings.stays_along_kernel, "drift"),
        states=(*_MODERATE, "one unit", "special points"),
    ),
    "rank-two-inner-orbits-are-bounded": Row(
        judge=_orbits("x drifts along the kernel of W", readings.stays_along_kernel, "drift")
    ),
    "leak-stops-oscillation": Row(judge=_orbits("the orbit does not die out", readings.dies_out)),
    "dissipative-weights-stop-oscillation": Row(
        judge=_orbits("the orbit does not die out", readings.dies_out)
    ),
    "skewness-is-necessary-for-oscillation": Row(judge=_own("W is similar to a skew matrix", exact=True)),
    "jacobian-spectrum-is-imaginary": Row(judge=_spectrum("an eigenvalue leaves the imaginary axis")),
    "jacobian-spectrum-is-always-imaginary": Row(judge=_spectrum("an eigenvalue leaves the imaginary axis")),
    "jacobian-spectrum-is-symmetric": Row(judge=_own("the spectrum is not symmetric", exact=True)),
    "linear-norm-is-conserved-iff-skew": Row(judge=_own("the norm changes, or W is not skew", exact=True)),
    "linear-euler-blows-up": Row(judge=_own("the norm grows otherwise", exact=True), stepped=True),
    "euler-energy-never-decreases": Row(judge=_euler_step, stepped=True),
    "euler-energy-falls-without-monotony": Row(judge=_euler_step, stepped=True, existential=True),
    "rk4-energy-hardly-rises": Row(judge=_growth("rk4", power=4, bound=1 / 25)),
    "splitting-energy-stays-close": Row(judge=_growth("splitting2", power=2, bound=1.0)),
}
"""The claims whose margin roams; every other is hunted on the cases that its own strategy draws."""


def require_margin(claim: str) -> None:
    """Nothing, if the claim can be hunted.

    Raises:
        InvalidInput: its entry has no margin.
    """
    if not callable(getattr(BY_ID[claim], "margin", None)):
        raise InvalidInput(f"{claim} has no margin: there is no number on which a hunt could look.")
