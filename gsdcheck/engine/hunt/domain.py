"""What a hunt draws from: the sizes, activations, forms, weights and numbers that the assumptions leave open."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from gsdcheck.certify.premises import ABOUT_ACTIVATION
from gsdcheck.engine.hunt.assumptions import lacking
from gsdcheck.engine.hunt.families.other_weights import ANY
from gsdcheck.engine.hunt.families.skew_weights import SKEW
from gsdcheck.engine.hunt.families.states import STATES
from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import Activation
from gsdcheck.model.library import distinct_activations, find_activation
from gsdcheck.model.system import Form

SIZES = (2, 3, 4, 5, 6)
"""The numbers of units that are tried unless others are asked for."""

_BOTH = (Form.OUTER, Form.INNER)
_LEAKS = tuple(map(Fraction, ("1/2", "1", "2", "1/10", "1/1000")))
_LINEAR, _TANH = ("identity",), ("tanh",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Where the cases of a hunt lie.

    Attributes:
        assumptions: names of premises that every case satisfies.
        sizes: the numbers of units to choose from.
        names: the activations to choose from; those that lack an assumption are passed over when it is their turn.
        subject: the one σ that the hunt is confined to, if it is.
        forms, leaks: to choose from.
        weights, states: names of families of weights and of states.
        lacking: an assumption that no case satisfies: an ablation is about it.
        biased, always_biased: whether a bias is drawn now and then, or always.
        stepped: whether cases have a step.
        turns: how long orbits are followed, to choose from, in radians of the fastest frequency.
    """

    assumptions: tuple[str, ...]
    sizes: tuple[int, ...] = SIZES
    names: tuple[str, ...] = ()
    subject: Activation | None = None
    forms: tuple[Form, ...] = _BOTH
    leaks: tuple[Fraction, ...] = (Fraction(0),)
    weights: tuple[str, ...] = tuple(SKEW)
    states: tuple[str, ...] = tuple(STATES)
    lacking: str | None = None
    biased: bool = False
    always_biased: bool = False
    stepped: bool = False
    turns: tuple[float, ...] = (0.0,)

    def confined(self, subject: Activation) -> "Domain":
        """The same about one σ alone; what σ lacks is no longer assumed."""
        missing = lacking(subject, self.assumptions)
        kept = tuple(name for name in self.assumptions if name not in missing)
        return replace(self, subject=subject, assumptions=kept)

    def sized(self, sizes: Collection[int]) -> "Domain":
        """The same for these numbers of units.

        Raises:
            InvalidInput: the assumptions exclude all of them.
        """
        left = _sizes(self.assumptions, sizes)
        if not left:
            raise InvalidInput(
                f"n in {sorted(sizes)}: the claim assumes {', '.join(_SIZE_RULES & set(self.assumptions))}, which no"
                " such n allows. Give another range with --n."
            )
        return replace(self, sizes=left)

    def about_activation(self) -> tuple[str, ...]:
        """The assumptions that are about σ alone."""
        return tuple(name for name in self.assumptions if name in ABOUT_ACTIVATION)


_SIZE_RULES = {"planar", "odd-size", "invertible", "skew"}


def domain_of(assumptions: Iterable[str], *, stepped: bool = False) -> Domain:
    """The domain of a claim with these assumptions; `stepped` where it is about Euler's method."""
    known = tuple(assumptions)
    return Domain(
        assumptions=known,
        sizes=_sizes(known, SIZES) or _sizes(known, range(1, 9)),
        names=_LINEAR if "linear" in known else _TANH if "tanh" in known else distinct_activations(),
        forms=_forms(known),
        leaks=_leaks(known),
        weights=_weights(known),
        biased="no-bias" not in known and ("bias-in-range" not in known or "invertible" in known),
        stepped=stepped or bool({"nonzero-step", "relaxing-step"} & set(known)),
    )


def _sizes(assumptions: Collection[str], sizes: Collection[int]) -> tuple[int, ...]:
    """The sizes that the assumptions allow, sorted."""
    kept = sorted(set(sizes))
    if "planar" in assumptions:
        kept = [n for n in kept if n == 2]
    if "odd-size" in assumptions:
        kept = [n for n in kept if n % 2 == 1]
    if {"skew", "invertible"} <= set(assumptions):
        kept = [n for n in kept if n % 2 == 0]
    return tuple(kept)


def _forms(assumptions: Collection[str]) -> tuple[Form, ...]:
    if "outer" in assumptions or "linear" in assumptions:
        return (Form.OUTER,)
    return (Form.INNER,) if "inner" in assumptions else _BOTH


def _leaks(assumptions: Collection[str]) -> tuple[Fraction, ...]:
    if "leak" in assumptions:
        return _LEAKS
    return (Fraction(0),) if "no-leak" in assumptions else (Fraction(0), *_LEAKS)


def _weights(assumptions: Collection[str]) -> tuple[str, ...]:
    if "negative-definite" in assumptions:
        return ("negative definite",)
    if "similar-to-skew" in assumptions and "skew" not in assumptions:
        return ("similar to skew", "skew-symmetrizable", "integer weights")
    if "skew" not in assumptions:
        return (*ANY, *SKEW)
    if "positive-casimir" in assumptions:
        return ("ones in the kernel",)
    return ("rank two", "zero weights") if "rank-two" in assumptions else tuple(SKEW)


def usable(name: str, assumptions: Collection[str], without: str | None = None) -> Activation | None:
    """The library's activation of that name, if the assumptions about σ are established of it.

    And `without` is not, where it is one about σ.
    """
    activation = find_activation(name)
    if lacking(activation, assumptions):
        return None
    if without in ABOUT_ACTIVATION and not lacking(activation, (without,)):
        return None
    return activation
