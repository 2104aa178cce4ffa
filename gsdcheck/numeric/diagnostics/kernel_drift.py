"""The drift of inner-form orbits along ker W: its mean velocity, and how its reach grows with time (row O7)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.sampling import bump, enough_samples, states_at
from gsdcheck.numeric.diagnostics.starts import lane_states, positive, tolerance
from gsdcheck.numeric.lanes import Lanes, preactivation
from gsdcheck.numeric.walks import Walk

_SINGULAR = 1e-9
"""Singular values below this part of the largest are 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelDrift:
    """The motion of Px, P the orthogonal projection on ker W, in each lane.

    Attributes:
        rates: (n, B) the mean of (Px)' = Pσ(y) with a smooth window; nan in a lane that could not be followed.
        errors: (B,) how far the means over the whole and over its two halves lie apart; inf with nan.
        speeds: (B,) the plain mean of |Pσ(y)|: the rate if all of the motion went one way.
        reach: (3, B) the largest |P(x(t) - x₀)| up to T/4, T/2 and T.
    """

    rates: FloatArray
    errors: FloatArray
    speeds: FloatArray
    reach: FloatArray

    @property
    def rate(self) -> FloatArray:
        """(B,) |rates|."""
        return np.asarray(np.linalg.norm(self.rates, axis=0))

    @property
    def growth(self) -> FloatArray:
        """(B,) p with reach ~ t^p over the last doubling: 1 steady, 1/2 a random walk, 0 bounded; 0 at rest."""
        before, after = np.where(self.reach[2] > 0, self.reach[1:], 1.0)
        with np.errstate(divide="ignore"):
            return np.asarray(np.log2(after / before))


def kernel_drift(
    lanes: Lanes, x0: ArrayLike, t_end: ArrayLike, *, rtol: float = 1e-9, max_steps: int = 1_000_000
) -> KernelDrift:
    """d/dt Px = Pσ(y), y = Wx + b, which y does not feel: averaged with the window exp(-1/(u(1 - u))).

    On a quasi-periodic y the mean converges faster than any power of 1/T (das2017) and its error is small; on a
    chaotic one the halves disagree. A drift is steady if its rate is many errors, and its growth is about 1.

    Args:
        lanes: in the inner form, without leak.
        x0: (n, B).
        t_end: T, a number or (B,), > 0; it should hold many periods of y.
        rtol: relative tolerance of the orbit.

    Raises:
        InvalidInput: wrong shapes, another form, a leak, or T not in (0, ∞).
    """
    if lanes.form is not Form.INNER or lanes.leak:
        raise InvalidInput(
            f"form is {lanes.form}, leak is {lanes.leak}. Only x' = σ(Wx + b) drifts along ker W; "
            "the outer form keeps k·x, and a leak pulls it to a bounded set."
        )
    start = lane_states(lanes, x0)
    T = positive("t_end", t_end, start.shape[1])
    count = enough_samples(lanes, T, 1.5, 256)
    count += -count % 4  # so that T/4 and T/2 are sampled
    walk = Walk(lanes, start, rtol=tolerance(rtol), max_steps=max_steps)
    P = _on_kernel(lanes.W)
    u = np.arange(count + 1) / count
    windows = np.stack([bump(u), bump(2 * u), bump(2 * u - 1)])
    sums, speeds, reach = np.zeros((3, *start.shape)), np.zeros(start.shape[1]), []
    farthest = np.zeros(start.shape[1])
    with np.errstate(all="ignore"):
        for j, x in enumerate(states_at(walk, T / count, count + 1)):
            velocity = _projected(P, lanes.sigma(preactivation(lanes, x)))
            sums += windows[:, j, None, None] * velocity
            speeds += np.linalg.norm(velocity, axis=0) / (count + 1)
            farthest = np.maximum(farthest, np.linalg.norm(_projected(P, x - start), axis=0))
            if j in (count // 4, count // 2, count):
                reach.append(farthest)
        rates = sums / windows.sum(axis=1)[:, None, None]
        errors = np.linalg.norm(np.ptp(rates, axis=0), axis=0) + rtol * speeds
    known = np.isfinite(errors)
    return KernelDrift(
        rates=np.where(known, rates[0], np.nan),
        errors=np.where(known, errors, math.inf),
        speeds=np.where(known, speeds, np.nan),
        reach=np.where(known, np.stack(reach), np.nan),
    )


def _on_kernel(W: FloatArray) -> FloatArray:
    """The orthogonal projection on ker W, (n, n, B) or (n, n, 1); nan where W is not finite."""
    finite = np.isfinite(W).all(axis=(0, 1))
    _, sizes, rows = np.linalg.svd(np.where(finite, W, 0.0).transpose(2, 0, 1))
    null = (sizes <= _SINGULAR * sizes[:, :1])[..., None]
    P = np.where(null, rows, 0.0)
    return np.where(finite, np.einsum("bki,bkj->ijb", P, P), np.nan)


def _projected(P: FloatArray, vectors: FloatArray) -> FloatArray:
    """P v lane by lane."""
    return np.asarray(np.einsum("ijb,jb->ib", np.broadcast_to(P, (*P.shape[:2], vectors.shape[1])), vectors))
