"""The domain of a claim once an assumption is gone: only cases that lack it are of interest."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from gsdcheck.certify.premises import ABOUT_ACTIVATION
from gsdcheck.engine.hunt.domain import SIZES, Domain
from gsdcheck.engine.hunt.families.other_weights import ANY
from gsdcheck.model.library import distinct_activations
from gsdcheck.model.system import Form

_LEAKS = tuple(map(Fraction, ("1", "1/2", "2", "1/10")))
_ODD_ONES = ("x+sign(x)", "tanh(x)+sign(x)/2", "sign(x)", "-x", "x*(x-1)**2")
"""Functions that the library lacks: with a jump, falling, with two zeros."""
_SINGULAR = ("rank two", "ones in the kernel", "sparse", "zero weights")


def broken(domain: Domain, assumption: str) -> Domain:
    """The domain of the cases that have all assumptions but this one, and not this one."""
    left = tuple(name for name in domain.assumptions if name != assumption)
    kept = replace(domain, assumptions=left, lacking=assumption)
    if assumption in ABOUT_ACTIVATION:
        return replace(kept, names=(*distinct_activations(), *_ODD_ONES))
    change = _CHANGES.get(assumption)
    return kept if change is None else change(kept)


def _odd_sizes(domain: Domain) -> Domain:
    """Skew matrices of odd size, and singular ones of even size."""
    return replace(domain, sizes=SIZES, weights=_SINGULAR if "skew" in domain.assumptions else domain.weights)


_CHANGES: Mapping[str, Callable[[Domain], Domain]] = {
    "skew": lambda d: replace(d, weights=tuple(ANY)),
    "negative-definite": lambda d: replace(d, weights=("integer weights", "sparse", "unit weights")),
    "similar-to-skew": lambda d: replace(d, weights=tuple(ANY)),
    "invertible": _odd_sizes,
    "nonzero-weights": lambda d: replace(d, weights=("zero weights",)),
    "rank-two": lambda d: replace(d, sizes=tuple(n for n in SIZES if n >= 4), weights=("integer weights",)),
    "positive-casimir": lambda d: replace(d, weights=("integer weights", "unit weights")),
    "planar": lambda d: replace(d, sizes=(3, 4)),
    "odd-size": lambda d: replace(d, sizes=(2, 4)),
    "outer": lambda d: replace(d, forms=(Form.INNER,)),
    "inner": lambda d: replace(d, forms=(Form.OUTER,)),
    "no-leak": lambda d: replace(d, leaks=_LEAKS),
    "leak": lambda d: replace(d, leaks=(Fraction(0),)),
    "no-bias": lambda d: replace(d, biased=True, always_biased=True),
    "no-outer-bias": lambda d: replace(d, biased=True, always_biased=True, forms=(Form.OUTER,)),
    "bias-in-range": lambda d: replace(d, biased=True, always_biased=True),
    "bias-outside-range": lambda d: replace(d, biased=False),
}
"""How the families change where an assumption about W, the form, γ or b is to be broken."""
