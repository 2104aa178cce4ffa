"""What floats say of a function of which only the values are known: nothing is proved, violations are searched.

A fact holds (True) if no violation was found among the counted examples, and does not (False) if one
was that exceeds the rounding of the values; None where samples can say nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from gsdcheck.certify.activation_facts import FACTS
from gsdcheck.model.verdict import Evidence
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.opaque import OpaqueFunction
from gsdcheck.numeric.ulp import FORMATS

ROUNDING = 64
"""How many epsilons two values may differ by, relative to max(|σ|, min(|x|, 8)), without being different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledFact:
    """A property that was tried on `examples` inputs; `witness` is the x (float hex) that violates it."""

    name: str
    holds: bool | None
    evidence: Evidence | None
    certificate: None
    examples: int
    witness: str | None


def sampled_facts(
    function: OpaqueFunction, dtype: str = "float64", seed: int = 0
) -> Mapping[str, SampledFact]:
    """Every fact by name, as far as values at about 4000 points from 1e-8 to 1e6 show it.

    Continuity, boundedness and a Lipschitz constant are None: no finite number of values violates them.
    Strict monotonicity and the strict sign condition are None where values are equal, or zero, which
    saturation, or underflow, may also be the cause of. A zero away from 0 is not searched between values.
    """
    x = _points(seed)
    y, reflected = function(x, dtype), function(-x, dtype)
    kind = function.result_dtype(x[:1], dtype)
    epsilon = max(FORMATS[k].epsilon for k in (kind, dtype) if k in FORMATS)
    with np.errstate(all="ignore"):
        slack = ROUNDING * epsilon * np.maximum(np.abs(y), np.minimum(np.abs(x), 8.0))
        found = _verdicts(x, y, reflected, slack)
    named = {name: _fact(name, found.get(name), x) for name in FACTS}
    return MappingProxyType(named)


def _points(seed: int) -> FloatArray:
    """Numbers of float32, so that every wider dtype has them too; sorted, 0 among them."""
    rng = np.random.default_rng(seed)
    sizes = np.concatenate([10.0 ** rng.uniform(-8, 6, 1000), rng.uniform(0, 10, 1000)])
    both = np.concatenate([-sizes, [0.0], sizes])
    return np.unique(both.astype(np.float32).astype(np.float64))


_Found = tuple[bool | None, int | None, int]
"""(holds, the index of the worst violation, how many examples)"""


def _verdicts(x: FloatArray, y: FloatArray, reflected: FloatArray, slack: FloatArray) -> dict[str, _Found]:
    finite = np.isfinite(y)
    drop = np.where(finite[:-1] & finite[1:], y[:-1] - y[1:] - np.maximum(slack[:-1], slack[1:]), -1.0)
    wrong_side = np.where(finite, -np.sign(x) * y - slack, -1.0)
    both = finite & np.isfinite(reflected)
    nondecreasing = _judged(drop)
    weak = _judged(wrong_side)
    at_zero = np.where(x == 0, np.abs(y) - ROUNDING * np.finfo(np.float64).eps, -1.0)
    only = _judged(at_zero)
    return {
        "odd": _judged(np.where(both, np.abs(y + reflected) - slack, -1.0)),
        "nondecreasing": nondecreasing,
        "strictly_increasing": _unless(nondecreasing, bool((y[:-1] >= y[1:]).any())),
        "sign_weak": weak,
        "sign_strict": _unless(weak, bool(((x != 0) & (np.sign(x) * y <= 0)).any())),
        "zero_only_at_origin": _unless(only, bool(((np.sign(x) * y <= 0) & (x != 0)).any())),
    }


def _judged(excess: FloatArray) -> _Found:
    """Violated where the excess over rounding is positive."""
    worst = int(np.argmax(excess))
    return (False, worst, excess.size) if excess[worst] > 0 else (True, None, excess.size)


def _unless(found: _Found, open_question: bool) -> _Found:
    """The stricter property: violated with the weaker one, and open where the values do not tell."""
    return found if found[0] is False or not open_question else (None, None, found[2])


def _fact(name: str, found: _Found | None, x: FloatArray) -> SampledFact:
    holds, at, examples = found or (None, None, 0)
    return SampledFact(
        name=name,
        holds=holds,
        evidence=None if holds is None else Evidence.SAMPLED,
        certificate=None,
        examples=examples,
        witness=None if at is None else float(x[at]).hex(),
    )
