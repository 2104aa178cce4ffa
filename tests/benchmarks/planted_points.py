"""False claims about points, each planted so that it fails only somewhere that is hard to hit."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from planted import Planted, planted

from gsdcheck.certify import linear
from gsdcheck.engine.hunt.domain import domain_of
from gsdcheck.engine.hunt.targets.catalogue import target_of
from gsdcheck.engine.hunt.targets.own import OwnJudge
from gsdcheck.engine.hunt.targets.points import Formula, PointJudge
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.system import Case
from gsdcheck.numeric.field import Network

NO_DRIVE = ("no-leak", "no-bias")


def about(claim: str, sigma: str) -> Target:
    """A claim of the catalogue, confined to a planted σ."""
    return target_of(claim).confined(activation_from_expression(sigma))


def points(name: str, assumptions: tuple[str, ...], formula: Formula, **options: object) -> Target:
    """A claim of its own about points."""
    judge = PointJudge(mechanism=name, formula=formula, slack=float(options.pop("slack", 1e-13)))
    stepped = bool(options.pop("stepped", False))
    return Target(
        id=f"planted-{name}",
        domain=replace(domain_of(assumptions, stepped=stepped), **options),
        judge=judge,
    )


def exactly(
    name: str, assumptions: tuple[str, ...], holds: Callable[[Case], bool], **options: object
) -> Target:
    """A claim of its own that exact arithmetic decides case by case."""
    judge = OwnJudge(
        mechanism=name, entry_margin=lambda case: 0.0 if holds(case) else -1.0, exact=True, lanes=64
    )
    return Target(id=f"planted-{name}", domain=replace(domain_of(assumptions), **options), judge=judge)


def _symmetric_part(net: Network, x: np.ndarray, _h: np.ndarray) -> np.ndarray:
    """-|dH/dt| from the symmetric part of W alone, relative to |σ|²: what skewness makes 0 exactly."""
    s = net.sigma(x)
    part = (net.W + np.swapaxes(net.W, -1, -2)) @ s[..., None]
    return -abs((s * part[..., 0]).sum(axis=-1)) / 2


def _odd(net: Network, x: np.ndarray, _h: np.ndarray) -> np.ndarray:
    """-|σ(x₁) + σ(-x₁)|."""
    return -abs(net.sigma(x) + net.sigma(-x)).max(axis=-1)


def _signed(net: Network, x: np.ndarray, _h: np.ndarray) -> np.ndarray:
    """min x_i σ(x_i)."""
    return (x * net.sigma(x)).min(axis=-1)


def _leaky_euler(slack: float) -> Formula:
    """1 - |1 + h(-γ + iω)|², for h ≤ (1 + slack) 2γ/(γ² + ω²); no opinion beyond."""

    def formula(net: Network, _x: np.ndarray, h: np.ndarray) -> np.ndarray:
        square = net.W[..., 0, 1] ** 2
        leak = float(net.leak)
        limit = 2 * leak / (leak * leak + square)
        gain = (1 - h * leak) ** 2 + h * h * square
        return np.where((h > 0) & (h <= (1 + slack) * limit), 1 - gain, np.nan)

    return formula


def _rk4(limit: float) -> Formula:
    """1 - |R(ihω)|² of RK4 for |hω| ≤ limit; no opinion beyond."""

    def formula(net: Network, _x: np.ndarray, h: np.ndarray) -> np.ndarray:
        z = (h * net.W[..., 0, 1]) ** 2
        return np.where(z <= limit * limit, z**3 / 72 - z**4 / 576, np.nan)

    return formula


def _frequencies_differ(case: Case) -> bool:
    return all(found.multiplicity == 1 for found in linear.frequencies(case.system.W) if found.lower > 0)


def _invertible_unless_a_row_is_zero(case: Case) -> bool:
    W = case.system.W
    return not all(any(row) for row in W) or linear.rank(W) == len(W)


def _not_seven(case: Case) -> bool:
    return case.system.n != 7 or linear.rank(case.system.W) < 6


def _no_slow_frequency(case: Case) -> bool:
    positive = [f for f in linear.frequencies(case.system.W) if f.lower > 0]
    return not positive or positive[0].upper > positive[-1].lower / 10**6


def _bounded_if_imaginary(case: Case) -> bool:
    W = case.system.W
    return not linear.is_imaginary_spectrum(W) or linear.is_similar_to_skew(W)


def _symmetric_if_traceless(case: Case) -> bool:
    W = case.system.W
    trace = sum(W[i][i] for i in range(len(W)))
    return trace != 0 or not any(linear.characteristic_polynomial(W)[-2::-2])


DIP = "tanh(x)-exp(-((x-1.2345)*1000)**2)/500"
NEEDLE = "tanh(x)-exp(-((x-1.2345678)*1000000)**2)/500000"
STEP_BACK = "Piecewise((x, x < 7/10), (7/5-x, x < 0.700001), (x-0.000002, True))"
STEP_BACK_LEFT = "Piecewise((x, x < -2.000001), (-4.000002-x, x < -2), (x-0.000002, True))"
TINY = "x-2*tanh(1000000*x)/1000000"
HUGE = "x/(1+(x/100000)**2)"
LOPSIDED = "tanh(x)+exp(-((x-3.3)*1000000)**2)/10"
DENTED = "tanh(x)-2*exp(-((x-0.01)*1000)**2)"

E2, J1 = "euler-energy-never-decreases", "jacobian-spectrum-is-imaginary"
SKEW_FREE = ("skew", *NO_DRIVE)

FALSE_POINTS: tuple[Planted, ...] = (
    planted("E2, σ falls on a width of 1e-3", lambda: about(E2, DIP)),
    planted("E2, σ falls on a width of 1e-6", lambda: about(E2, NEEDLE)),
    planted("J1, σ falls on a width of 1e-3", lambda: about(J1, DIP)),
    planted("J1, σ falls on a width of 1e-6", lambda: about(J1, NEEDLE)),
    planted("J1, σ folds back on [0.7, 0.700001]", lambda: about(J1, STEP_BACK)),
    planted("E2, σ folds back on [-2.000001, -2]", lambda: about(E2, STEP_BACK_LEFT)),
    planted("E2, σ falls only where |x| < 1e-6", lambda: about(E2, TINY)),
    planted("J1, σ falls only where |x| < 1e-6", lambda: about(J1, TINY)),
    planted("E2, σ falls only where |x| > 1e5", lambda: about(E2, HUGE)),
    planted("J1, σ falls only where |x| > 1e5", lambda: about(J1, HUGE)),
    planted(
        "σ is odd, but for a needle of width 1e-6",
        lambda: points("odd", ("outer", *NO_DRIVE), _odd).confined(activation_from_expression(LOPSIDED)),
    ),
    planted(
        "x σ(x) ≥ 0, but for a dent of width 1e-3",
        lambda: points("signed", ("outer", *NO_DRIVE), _signed).confined(activation_from_expression(DENTED)),
    ),
    planted(
        "H is constant for W that is skew to within 1e-12",
        lambda: points(
            "nearly-skew",
            ("outer", *NO_DRIVE),
            _symmetric_part,
            slack=0.0,
            weights=("integer weights", "tiny asymmetry"),
        ),
    ),
    planted(
        "odd n only: skew W without a zero row is invertible",
        lambda: exactly("no-zero-row", SKEW_FREE, _invertible_unless_a_row_is_zero, sizes=(2, 3)),
    ),
    planted(
        "n = 4 only, rank 2: skew W without a zero row is invertible",
        lambda: exactly("no-zero-row-even", SKEW_FREE, _invertible_unless_a_row_is_zero, sizes=(2, 4)),
    ),
    planted(
        "repeated frequencies only: frequencies of skew W differ",
        lambda: exactly("frequencies-differ", SKEW_FREE, _frequencies_differ, sizes=(4, 5, 6)),
    ),
    planted("n = 7 only", lambda: exactly("not-seven", SKEW_FREE, _not_seven, sizes=(2, 3, 4, 5, 6, 7, 8))),
    planted(
        "near-singular W only: frequencies lie within a factor 1e6",
        lambda: exactly("no-slow-frequency", SKEW_FREE, _no_slow_frequency, sizes=(4, 6)),
    ),
    planted(
        "defective W only: an imaginary spectrum bounds exp(Wt)",
        lambda: exactly("imaginary-is-bounded", ("linear", *NO_DRIVE), _bounded_if_imaginary),
    ),
    planted(
        "n ≥ 3 only: W without trace has a symmetric spectrum",
        lambda: exactly("traceless-is-symmetric", NO_DRIVE, _symmetric_if_traceless, sizes=(2, 3)),
    ),
    planted(
        "h in a band of 1e-3: leaky Euler is stable a little further",
        lambda: points(
            "leaky-band",
            ("linear", "planar", "skew", "nonzero-weights", "leak", "no-bias"),
            _leaky_euler(1e-3),
            stepped=True,
        ),
    ),
    planted(
        "hω in (2√2, 2.83]: RK4 is bounded up to 2.83",
        lambda: points("rk4-band", ("linear", "planar", *SKEW_FREE), _rk4(2.83), stepped=True),
    ),
    planted(
        "skewness is necessary for oscillation (O9)",
        lambda: target_of("skewness-is-necessary-for-oscillation"),
    ),
    planted(
        "the spectrum is always imaginary (J3)", lambda: target_of("jacobian-spectrum-is-always-imaginary")
    ),
)
"""Claims that are false; each fails only where its name says."""

STEEP = "tanh(x)+tanh((x-1.2345)*1000)/1000"
FLAT = "Piecewise((x, x < 7/10), (7/10, x < 0.700001), (x-0.000001, True))"

TRUE_POINTS: tuple[Planted, ...] = (
    planted("E2, σ steep on a width of 1e-3", lambda: about(E2, STEEP)),
    planted("E2, σ flat on a width of 1e-6", lambda: about(E2, FLAT)),
    planted("J1, σ steep on a width of 1e-3", lambda: about(J1, STEEP)),
    planted("J1, σ flat on a width of 1e-6", lambda: about(J1, FLAT)),
    planted("σ is odd", lambda: points("odd-tanh", ("outer", "odd", *NO_DRIVE), _odd)),
    planted("x σ(x) ≥ 0", lambda: points("signed-weak", ("outer", "weak-sign", *NO_DRIVE), _signed)),
    planted(
        "H is constant for skew W",
        lambda: points("exactly-skew", ("outer", *SKEW_FREE), _symmetric_part, slack=0.0),
    ),
    planted(
        "even n: W without trace, n = 2, has a symmetric spectrum",
        lambda: exactly("traceless-plane", NO_DRIVE, _symmetric_if_traceless, sizes=(2,)),
    ),
    planted(
        "n = 2: skew W without a zero row is invertible",
        lambda: exactly("no-zero-row-plane", SKEW_FREE, _invertible_unless_a_row_is_zero, sizes=(2,)),
    ),
    planted(
        "n = 2, 3: frequencies of skew W differ",
        lambda: exactly("frequencies-differ-small", SKEW_FREE, _frequencies_differ, sizes=(2, 3)),
    ),
    planted(
        "leaky Euler is stable up to its limit",
        lambda: points(
            "leaky",
            ("linear", "planar", "skew", "nonzero-weights", "leak", "no-bias"),
            _leaky_euler(0.0),
            stepped=True,
        ),
    ),
    planted(
        "RK4 is bounded up to 2√2",
        lambda: points("rk4", ("linear", "planar", *SKEW_FREE), _rk4(2 * 2**0.5), stepped=True),
    ),
    *(
        planted(f"{claim}, as proved", lambda claim=claim: target_of(claim))
        for claim in (
            "energy-is-conserved",
            "conserved-energy-implies-skew",
            "odd-size-has-a-casimir",
            "jacobian-spectrum-is-imaginary",
            "jacobian-spectrum-is-symmetric",
            "linear-norm-is-conserved-iff-skew",
            "linear-euler-blows-up",
            "euler-energy-never-decreases",
        )
    ),
)
"""Claims that are true, some of them by a hair."""
