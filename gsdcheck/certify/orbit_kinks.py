"""A step across a kink of σ: so short that the first order is enough, on a tube where σ is continuous.

If x₀ + [0, h] f(B) is inside B for continuous f, every solution stays in B until h (Peano gives one, and none
reaches the border of B), and x(s) is in x₀ + s f(B), f(B) being the hull of the values on both sides of the kink.
"""

from fractions import Fraction
from itertools import pairwise

from flint import arb, arb_mat

from gsdcheck.certify.balls import lower, to_arb, upper
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.fields import Box, Field, identity, norm
from gsdcheck.certify.orbit_steps import Step
from gsdcheck.certify.pieces import agree_at, at_point, smooth
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Expression

INFLATIONS = 4


def step_across(field: Field, box: Box, h: Fraction, centre: Box | None = None) -> Step:
    """A step of length h on which σ may have kinks, of local error h²; with the derivative if a centre is given.

    Raises:
        Undecided: no tube is found, or σ is not seen to be continuous on it.
    """
    tube = _tube(field, box, h)
    for u in field.arguments(tube):
        require_continuous(field.sigma, u)
    speed = field.value(tube)
    return Step(
        h=h,
        tube=tube,
        x=[[a, v] for a, v in zip(box, speed, strict=True)],
        centre=[[a, v] for a, v in zip(box if centre is None else centre, speed, strict=True)],
        V=[] if centre is None else _derivative(field, tube, h),
    )


def _tube(field: Field, box: Box, h: Fraction) -> Box:
    during = to_arb(h) * arb(0.5, 0.5)  # [0, h]
    tube = box
    for _ in range(INFLATIONS):
        speed = field.value(tube)
        reached = [a + during * v for a, v in zip(box, speed, strict=True)]
        # soundness: strictly inside, so that no solution reaches the border of the tube
        if all(b.contains_interior(a) for a, b in zip(reached, tube, strict=True)):
            return tube
        tube = [a + during * arb(0, 1) * (1 + abs(v)) for a, v in zip(reached, speed, strict=True)]
    raise Undecided("no box is seen to contain the orbit while it crosses a kink of σ.")


def _derivative(field: Field, tube: Box, h: Fraction) -> list[list[list[arb]]]:
    """I + s M: ‖V(s) - I‖ ≤ e^(L|s|) - 1 ≤ |s| (e^(L|h|) - 1)/|h|, V the difference quotients of the flow."""
    # soundness: L bounds the slopes of σ's pieces, hence the difference quotients of the continuous σ; infinite
    # slopes make the derivative infinite
    length = to_arb(abs(h))
    growth = ((norm(field.jacobian(tube)) * length).expm1() / length).upper() * arb(0, 1)
    unit: arb_mat = identity(field.n)
    return [[[a, growth] for a in row] for row in unit.tolist()]


def require_continuous(sigma: Expression, ball: arb) -> None:
    """Nothing, if σ is seen to be continuous on the ball.

    Raises:
        Undecided: it jumps, or this is not decided.
    """
    low, high = lower(ball), upper(ball)
    cuts = [p for p in breakpoints(sigma) if low < p < high]
    parts = [smooth(sigma, a, b) for a, b in pairwise([low, *cuts, high]) if a < b]
    for cut, (left, right) in zip(cuts, pairwise(parts), strict=True):
        if not (agree_at(left, right, cut) and agree_at(at_point(sigma, cut), right, cut)):
            raise Undecided(f"σ jumps at {cut}, or is not seen to be continuous there.")
