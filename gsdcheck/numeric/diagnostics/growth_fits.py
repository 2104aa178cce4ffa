"""Which law a growing energy follows: exponential, a power, or the √k law of forward Euler; or none."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray, finite_array
from gsdcheck.numeric.diagnostics.root_fit import root_fit
from gsdcheck.numeric.walks import Flags

_ULP = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFit:
    """One law fitted to each lane.

    Attributes:
        names: of the p parameters.
        values: (p, B), nan where the law could not be fitted.
        half_widths: (p, B) of 95 % intervals: independent errors of equal relative size are assumed.
        residual: (B,) the root mean square of the relative residuals, log H - log of the law.
        correlation: (B,) of neighbouring residuals: near 0 if only noise is left, near 1 if structure is.
        aic: (B,) Akaike's criterion, corrected for few samples; smaller is better.
    """

    names: tuple[str, ...]
    values: FloatArray
    half_widths: FloatArray
    residual: FloatArray
    correlation: FloatArray
    aic: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthFits:
    """Three laws for each lane, and which of them, if any, describes it.

    Attributes:
        exponential: H = a e^(rk), parameters a, r.
        power: H = a k^p, parameters a, p.
        root: H = a + b √(k + c), parameters a, b, c.
        chosen: (B,) "exponential", "power", "root" or "none".
        unexplained: (B,) the part of the variance of log H that the best law leaves; nan for a constant.
    """

    exponential: LawFit
    power: LawFit
    root: LawFit
    chosen: NDArray[np.str_]
    unexplained: FloatArray


def growth_fits(
    k: ArrayLike, H: ArrayLike, *, unexplained: float = 0.01, structured: float = 1e-4
) -> GrowthFits:
    """The laws that energies H_k follow, by least squares on log H, so that the laws can be compared.

    The law with the least AIC is chosen if it leaves at most the part `unexplained` of the variance of log H,
    and, where its residuals are no noise (neighbours correlate, at three standard errors), at most the part
    `structured`; else none. A fit down to rounding counts as exact, so that of two exact laws the simpler one
    wins: b √k is the power 1/2.

    Args:
        k: (q,) increasing, > 0 (a power law says nothing at 0), q ≥ 8.
        H: (q, B); a lane with an energy that is ≤ 0 or not finite follows no law.
        unexplained, structured: between 0 and 1.

    Raises:
        InvalidInput: wrong shapes, k not increasing or not > 0.
    """
    steps, energies = finite_array("k", k), np.array(H, dtype=np.float64)
    if steps.ndim != 1 or energies.ndim != 2 or energies.shape[0] != steps.size or steps.size < 8:
        raise InvalidInput(f"k has shape {steps.shape}, H {energies.shape}. Give (q,) and (q, B) with q ≥ 8.")
    if steps[0] <= 0 or (np.diff(steps) <= 0).any():
        raise InvalidInput(f"k starts with {steps[0]} or does not increase. Give increasing k > 0.")
    if not (0 < structured < 1 and 0 < unexplained < 1):
        raise InvalidInput(
            f"unexplained is {unexplained}, structured {structured}. Parts of a variance are between 0 and 1."
        )
    usable: Flags = np.asarray((np.isfinite(energies) & (energies > 0)).all(axis=0))
    energies = np.where(usable, energies, 1.0)
    L = np.log(energies)
    floor = steps.size * (4 * _ULP * np.maximum(1.0, abs(L).max(axis=0))) ** 2
    with np.errstate(all="ignore"):
        laws = {
            "exponential": _line(("a", "r"), steps, L, floor, usable),
            "power": _line(("a", "p"), np.log(steps), L, floor, usable),
            "root": _law(("a", "b", "c"), *root_fit(steps, energies), floor, usable),
        }
    best = np.argmin([law.aic for law in laws.values()], axis=0)[None]
    residual, correlation = (
        np.take_along_axis(np.stack([getattr(law, name) for law in laws.values()]), best, 0)[0]
        for name in ("residual", "correlation")
    )
    variance = L.var(axis=0)
    left = residual**2 / np.where(variance > floor, variance, np.nan)
    allowed = np.where(correlation > 3 / math.sqrt(steps.size), structured, unexplained)
    names = np.array([*laws, "none"])
    return GrowthFits(
        **laws, chosen=names[np.where(usable & (left <= allowed), best[0], 3)], unexplained=left
    )


def _line(names: tuple[str, str], u: FloatArray, L: FloatArray, floor: FloatArray, usable: Flags) -> LawFit:
    """log H = log a + r u by linear least squares; a and its interval by the delta method."""
    centred = u - u.mean()
    slope = centred @ L / (centred @ centred)
    at_zero = L.mean(axis=0) - slope * u.mean()
    residual = L - at_zero - slope * u[:, None]
    a = np.exp(at_zero)
    unit = np.stack(
        [a * math.sqrt(1 / u.size + u.mean() ** 2 / (centred @ centred)), 0 * a + (centred @ centred) ** -0.5]
    )
    return _law(names, np.stack([a, slope]), unit, residual, floor, usable)


def _law(
    names: tuple[str, ...],
    values: FloatArray,
    unit: FloatArray,
    residual: FloatArray,
    floor: FloatArray,
    usable: Flags,
) -> LawFit:
    """The record: `unit` are the standard errors of the parameters for residuals of variance 1."""
    from scipy.special import stdtrit

    p, q = len(names), residual.shape[0]
    squares = (residual**2).sum(axis=0)
    correlation = (residual[1:] * residual[:-1]).sum(axis=0) / np.where(squares > floor, squares, np.inf)
    fitted = usable & np.isfinite(squares) & np.isfinite(values).all(axis=0)
    rss = np.where(fitted, np.maximum(squares, floor), np.inf)
    known = np.isfinite(rss)
    return LawFit(
        names=names,
        values=np.where(known, values, np.nan),
        half_widths=np.where(known, stdtrit(q - p, 0.975) * np.sqrt(rss / (q - p)) * unit, np.inf),
        residual=np.sqrt(rss / q),
        correlation=correlation,
        aic=q * np.log(rss / q) + 2 * (p + 1) * q / (q - p - 2),
    )
