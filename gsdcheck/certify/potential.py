"""Φ(x) = ∫₀ˣ σ in balls, by Arb's validated quadrature on each smooth piece, without closed forms."""

from fractions import Fraction
from functools import reduce
from itertools import pairwise

from flint import acb, arb, ctx

from gsdcheck.certify.balls import enclose, exact_end, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.pieces import smooth
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Call, Constant, Expression, Number, Power, Product, Sum, Variable

_ONE, _NAN = acb(1), acb(arb("nan"), arb("nan"))


def potential(expression: Expression, x: Fraction | arb) -> arb:
    """Φ(x) = ∫₀ˣ σ(s) ds: a ball that contains it for every point of the ball x (enclosed).

    Raises:
        Undecided: x is not finite, a branch or the domain between 0 and x is not decided, or the quadrature
            does not converge.
    """
    ball = x if isinstance(x, arb) else to_arb(x)
    if not ball.is_finite():
        raise Undecided(f"Phi({ball}): x is not finite.")
    end = exact_end(ball.mid())
    whole = integral(expression, Fraction(0), end)
    if not ball.is_exact():
        # ∫ from mid to t is (t - mid) times a mean of σ over the ball
        whole += (ball - ball.mid()) * enclose(expression, ball)
    if not whole.is_finite():
        raise Undecided(f"Phi({ball}): no finite enclosure.")
    return whole


def increase(expression: Expression, start: arb, end: arb) -> arb:
    """Φ(b) - Φ(a): a ball that contains it for all points a of the ball `start` and b of the ball `end` (enclosed).

    Only what lies between the two is integrated, so that a small increase is known to as many digits as a large one.

    Raises:
        Undecided: as `potential`.
    """
    if not (start.is_finite() and end.is_finite()):
        raise Undecided(f"Phi({end}) - Phi({start}): an end is not finite.")
    whole = integral(expression, exact_end(start.mid()), exact_end(end.mid()))
    for ball, sign in ((end, 1), (start, -1)):
        if not ball.is_exact():  # ∫ from mid to t is (t - mid) times a mean of σ over the ball
            whole += sign * (ball - ball.mid()) * enclose(expression, ball)
    if not whole.is_finite():
        raise Undecided(f"Phi({end}) - Phi({start}): no finite enclosure.")
    return whole


def integral(expression: Expression, low: Fraction, high: Fraction) -> arb:
    """∫ from low to high of σ (enclosed); raises as `potential`."""
    if low > high:
        return -integral(expression, high, low)
    cuts = [low, *(p for p in breakpoints(expression) if low < p < high), high]
    parts = [smooth_integral(smooth(expression, a, b), a, b) for a, b in pairwise(cuts) if a < b]
    return sum(parts, arb(0))


def smooth_integral(smooth_part: Expression, low: Fraction, high: Fraction) -> arb:
    """∫ from low to high of an expression without branches that is defined on [low, high] (enclosed).

    Raises:
        Undecided: the quadrature does not converge.
    """

    def integrand(z: acb, analytic: bool) -> acb:
        try:
            return _complex(smooth_part, z, analytic)
        except Undecided:  # soundness: no exception crosses the C callback; nan spoils the whole integral
            return acb(arb.nan())

    tolerance = arb(2) ** -ctx.prec
    result: arb = acb.integral(
        integrand,
        acb(to_arb(low)),
        acb(to_arb(high)),
        rel_tol=tolerance,
        abs_tol=tolerance,
        eval_limit=40_000,
    ).real
    if not result.is_finite():
        raise Undecided(f"the integral from {low} to {high} does not converge.")
    return result


def _complex(expression: Expression, z: acb, analytic: bool) -> acb:
    """The value at a complex ball; not finite where `analytic` is asked for and not assured."""
    match expression:
        case Variable():
            return z
        case Number(value):
            return acb(to_arb(value))
        case Constant(name):
            return acb(arb.pi() if name == "pi" else arb.const_e())
        case Sum(terms):
            return reduce(lambda a, b: a + b, (_complex(term, z, analytic) for term in terms))
        case Product(factors):
            return reduce(lambda a, b: a * b, (_complex(factor, z, analytic) for factor in factors))
        case Power(base, exponent):
            return _raised(_complex(base, z, analytic), exponent, analytic)
        case Call(name, (argument,)):
            return _called(name, _complex(argument, z, analytic), analytic)
    raise Undecided(f"the integrand has a branch: {type(expression).__name__}.")


def _raised(u: acb, exponent: Fraction, analytic: bool) -> acb:
    if exponent.denominator == 1:
        return u**exponent.numerator
    if exponent.denominator == 2:
        return u.sqrt(analytic=analytic) ** exponent.numerator
    return u.pow(acb(to_arb(exponent)), analytic=analytic)


def _called(name: str, u: acb, analytic: bool) -> acb:
    match name:
        case "exp" | "expm1" | "sin" | "cos" | "sinh" | "cosh" | "tanh" | "erf" | "erfc":
            return getattr(u, name)()  # entire or meromorphic: poles give balls that are not finite
        case "log":
            return u.log(analytic=analytic)
        case "log1p":
            return (1 + u).log(analytic=analytic)
        case "asinh" if u.real < 0:  # asinh is odd; on this side u + sqrt(u² + 1) would cancel
            return -_called(name, -u, analytic)
        case "asinh":
            return (u + (u * u + 1).sqrt(analytic=analytic)).log(analytic=analytic)
        case "atan":
            return _NAN if u.real.contains(0) and not abs(u.imag) < 1 else u.atan()
        case "dilog":
            return _NAN if not u.real < 1 and u.imag.contains(0) else u.polylog(2)
    raise Undecided(f"no complex {name}.")
