"""One network as the sentences about it see it: what applies, what is known, and how numbers are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from typing import Any

from flint import arb

from gsdcheck.engine.structure import ball_of
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.system import Form, System

Quantities = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the sentences are made from: the system, the step, the theorems that apply, the quantities."""

    system: System
    step: Fraction | None
    theorems: frozenset[str]
    quantities: Quantities

    @property
    def y(self) -> str:
        """The argument of σ, in words."""
        return "x" if self.system.form is Form.OUTER else "y = Wx + b"

    def lacks(self, fact: str) -> str:
        """ "is not …" where the fact is refuted for σ, "is not known to be …" where it is open."""
        refuted = activation_facts(self.system.activation)[fact].holds is False
        return f"{'is not' if refuted else 'is not known to be'} {fact}"

    def ball(self, name: str) -> arb | None:
        """A recorded quantity as a ball; None where it is undecided."""
        return ball_of(self.quantities[name]) if name in self.quantities else None

    def most(self, name: str) -> Fraction | None:
        """A rational ≥ the recorded quantity; None where it is undecided or infinite."""
        ends = self.quantities.get(name, {}).get("enclosure")
        return None if ends is None or ends[1] == "oo" else Fraction(ends[1])


def shown(ball: arb | None) -> str:
    """About the middle of the ball, to four digits."""
    return "an undecided number" if ball is None else f"{float(ball):.4g}"


def rounded_up(value: Fraction) -> str:
    """A decimal of at most four digits that is ≥ the rational."""
    up = Context(prec=4, rounding=ROUND_CEILING).divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{up.normalize():f}" if -6 < up.adjusted() < 9 else f"{up.normalize():e}"


def exact_text(quantity: Mapping[str, Any]) -> str:
    """The exact value, else the middle of the enclosure to six digits."""
    if quantity.get("exact") is not None:
        return str(quantity["exact"])
    ball = ball_of(quantity) if quantity.get("enclosure") else None
    return "(undecided)" if ball is None else f"{float(ball):.6g}"
