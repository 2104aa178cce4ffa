"""One sentence a person can act on, and a few more: what an activation's guarantees come to."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.engine.given import exact_text
from gsdcheck.engine.guarantees import Audited, Guarantee
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.expression import Expression
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.evaluation import compile_expression

_REACH, _POINTS, _BITS = 64.0, 8_193, 96


def advice(audited: Audited, found: Sequence[Guarantee]) -> list[str]:
    """The sentences; the first is the one that matters."""
    by_id = {guarantee.promise.id: guarantee for guarantee in found}
    name = audited.sigma.name
    first = " ".join(
        sentence for rule in (_orbits, _jacobian) if (sentence := rule(audited, by_id)) is not None
    )
    return [f"{name}: {first}", *(s for rule in _FURTHER if (s := rule(audited, by_id)) is not None)]


Found = Mapping[str, Guarantee]


def _orbits(audited: Audited, found: Found) -> str:
    closed, bounded = found["planar-orbits-are-closed"], found["orbits-are-bounded"]
    if closed.verdict is Verdict.PROVED:
        return "every planar orbit closes, and with invertible weights every orbit oscillates for ever."
    level = exact_text(audited.quantities["well_depth"])
    if closed.cell.startswith("H <") and level != "0":
        sample = bounded.counterexample
        escapes = sample is not None and len(sample.W) == 2
        above = "above it they can escape" if escapes else _above(closed)
        below = (
            "some level of the energy that is not settled" if level == "(undecided)" else f"energy {level}"
        )
        return f"planar orbits close below {below}; {above}."
    if bounded.verdict is Verdict.PROVED:
        return "every orbit is bounded, but the theory does not say that it closes or oscillates."
    if bounded.verdict is Verdict.REFUTED:
        return "no level of the energy confines the orbits: some escape to infinity."
    return "the theory does not promise that orbits stay bounded."


def _above(closed: Guarantee) -> str:
    return "above it some do not" if closed.verdict is Verdict.REFUTED else "above it nothing is promised"


def _jacobian(audited: Audited, found: Found) -> str | None:
    spectrum = found["jacobian-spectrum-is-imaginary"]
    if spectrum.verdict is Verdict.PROVED:
        return "The Jacobian stays on the imaginary axis."
    if spectrum.verdict is not Verdict.REFUTED:
        return None
    where = _where_slope_falls(audited.tau.slope)
    return f"The Jacobian can leave the imaginary axis{'' if where is None else f' once a coordinate is {where}'}."


def _where_slope_falls(slope: Expression) -> str | None:
    """Where σ' < 0 begins on the two sides of 0, to four digits, each end between two balls of opposite sign."""
    left, right = (_first_fall(slope, side) for side in (-1, 1))
    if left == right == "0":  # there is no place to name
        return None
    if left is not None and right is not None and left == f"-{right}":
        return f"beyond ±{right}"
    parts = [] if left is None else [f"below {left}"]
    parts += [] if right is None else [f"above {right}"]
    return " or ".join(parts) or None


def _first_fall(slope: Expression, side: int) -> str | None:
    grid = side * np.linspace(0.0, _REACH, _POINTS)
    with np.errstate(all="ignore"):
        values = compile_expression(slope)(grid)
    falling = np.flatnonzero(values[1:] < 0.0)  # what the slope is at 0 itself may be that of the other side
    if not falling.size:
        return None
    before, after = (Fraction(float(grid[int(falling[0]) + k])) for k in (0, 1))
    for _ in range(40):
        middle = (before + after) / 2
        before, after = (before, middle) if _is_negative(slope, middle) else (middle, after)
    return _short(float(after)) if _is_negative(slope, after) else None


def _short(place: float) -> str:
    """To four digits after the point; a small number to three digits, and 0 if the bisection ended there."""
    if abs(place) < 1e-9:
        return "0"
    return f"{place:.3g}" if abs(place) < 0.01 else f"{place:.4f}".rstrip("0").rstrip(".")


def _is_negative(slope: Expression, point: Fraction) -> bool:
    with precision(_BITS):
        value: arb = enclose(slope, to_arb(point))
        return bool(value < 0)


def _shift(audited: Audited, _: Found) -> str | None:
    if audited.shift is None:
        zero = exact_text(audited.quantities["zero"])
        return (
            f"σ vanishes at c = {zero}, which has no exact form here: what is measured from c is left open."
        )
    if audited.shift == "0":
        return None
    return (
        f"σ vanishes at c = {audited.shift}: energies and states are measured from c, that is, for σ(x + c)."
    )


def _small_period(audited: Audited, _: Found) -> str | None:
    slope = audited.quantities["slope_at_zero"]
    depth = audited.level("well_depth")
    known = slope["exact"] not in (None, "0") or (slope["enclosure"] and Fraction(slope["enclosure"][0]) > 0)
    if not known or depth is None or not depth > 0:
        return None
    return f"Small planar orbits have a period near {_period(slope)} (W = [[0, ω], [-ω, 0]])."


def _period(slope: Mapping[str, Any]) -> str:
    """2π/(σ'(0) ω)."""
    exact = slope["exact"]
    try:
        turns = 2 / Fraction(str(exact))
    except ValueError:  # an irrational slope, or one that is only enclosed
        return f"2π/({exact_text(slope)}·ω)"
    top = "π" if turns.numerator == 1 else f"{turns.numerator}π"
    return f"{top}/ω" if turns.denominator == 1 else f"{top}/({turns.denominator}ω)"


def _euler(_: Audited, found: Found) -> str:
    energy, growth, overflow = (
        found[f"euler-{name}"]
        for name in ("energy-never-decreases", "growth-is-at-most-linear", "does-not-overflow")
    )
    law = found["euler-energy-follows-root-law"].verdict is Verdict.SUPPORTED
    parts = {
        Verdict.PROVED: "never lowers the energy, so that closed orbits drift outwards",
        Verdict.REFUTED: "can lower the energy as well as raise it",
    }
    said = parts.get(energy.verdict, "changes the energy in a way that the theory does not decide")
    if overflow.verdict is Verdict.REFUTED:
        return f"Forward Euler {said}; with a large step it overflows."
    if growth.verdict is Verdict.PROVED:
        return f"Forward Euler {said}; the energy grows {'like √k' if law else 'at most linearly'} and cannot overflow."
    if overflow.verdict is Verdict.PROVED:
        return f"Forward Euler {said}; it cannot overflow."
    return f"Forward Euler {said}; that it cannot overflow is not proved."


def _discontinuous(audited: Audited, _: Found) -> str | None:
    certificate = activation_facts(audited.tau)["continuous"].certificate
    if certificate is None or certificate["holds"]:
        return None
    jump = certificate.get("segments")
    where = f" (it jumps at x = {jump[0]['hi']})" if isinstance(jump, list) else ""
    return f"σ is not continuous{where}: that solutions exist, and with it the theory, is not assured."


_FURTHER: tuple[Callable[[Audited, Found], str | None], ...] = (_shift, _small_period, _euler, _discontinuous)
