"""Phase freezing: an oscillating u along a sequence x_n → ∞ on which its sines and cosines are constants.

If all arguments of sin and cos are integer multiples k w of one continuous w with |w| → ∞, then w takes the values
θ + 2πn for all large n or all large -n, at points x_n → ∞ (by the intermediate value theorem). There sin(k w) is
sin(kθ), so u(x_n) = v(x_n), v being u with these constants: |v| → ∞ shows that u is unbounded.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from gsdcheck.certify.forms import Form
from gsdcheck.certify.growth import Growth
from gsdcheck.certify.lines import growth_of
from gsdcheck.certify.normal_form import normal_form, tree
from gsdcheck.certify.pieces import require_domain
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import limited_derivative
from gsdcheck.certify.tails import right_tail
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import (
    Call,
    Expression,
    Power,
    Product,
    Sum,
    X,
    add,
    call,
    multiply,
    negate,
    nodes,
    number,
    power,
    substitute,
)


def is_unbounded(part: Expression, segment: Segment) -> bool:
    """Whether u is shown to be unbounded on the half-line: by its growth, or by that of a frozen phase."""
    try:
        if growth_of(part, segment).diverges():
            return True
    except Undecided:
        pass  # what oscillates may have no growth of its own
    return any(growth.diverges() for growth in frozen_tails(*_outward(part, segment)))


def outgrows_lines(part: Expression, segment: Segment) -> bool:
    """Whether u is shown not to be Lipschitz: |u|/x or |u'| is unbounded on the half-line."""
    try:
        if growth_of(part, segment).outgrows_line():
            return True
    except Undecided:
        pass  # the slope may be known better
    g, start = _outward(part, segment)
    # soundness: u is smooth on the segment, so an unbounded u' contradicts |u(x) - u(y)| ≤ L |x - y|
    slope = limited_derivative(g)
    require_domain(slope, start, None)
    return any(growth.diverges() for growth in frozen_tails(slope, start))


def _outward(part: Expression, segment: Segment) -> tuple[Expression, Fraction]:
    """u, or u(-x) for a left half-line, and where it starts."""
    if segment.high is None and segment.low is not None:
        return part, segment.low
    if segment.low is None and segment.high is not None:
        return substitute(part, negate(X)), -segment.high
    raise Undecided("a tail is a half-line.")


_QUARTERS = ((0, 1), (1, 0), (0, -1), (-1, 0))
"""(sin, cos) of 0, π/2, π, 3π/2."""


def frozen_tails(g: Expression, start: Fraction) -> Iterator[Growth]:
    """The tails of u with sin(k w), cos(k w) frozen at w = 0, π/2, π, 3π/2 mod 2π; none where it does not apply."""
    try:
        base = _common_argument(g)
        if base is None or not right_tail(tree(base), start).diverges():
            return
    except Undecided:
        return
    for quarter in range(4):
        try:
            yield right_tail(_frozen(g, base, quarter), start)
        except Undecided:  # another phase may do
            continue


def _common_argument(g: Expression) -> Form | None:
    """w such that every sin and cos in g has the argument k w, k an integer; None without sin and cos."""
    forms = [
        normal_form(node.arguments[0])
        for node in nodes(g)
        if isinstance(node, Call) and node.name in ("sin", "cos")
    ]
    if not forms or not all(forms):
        return None
    first = forms[0]
    below = lcm(*(_multiple(form, first).denominator for form in forms))
    return {m: c / below for m, c in first.items()}


def _multiple(form: Form, base: Form) -> Fraction:
    """q with form = q · base."""
    monomial = next(iter(base))
    q = form.get(monomial, Fraction(0)) / base[monomial]
    if not q or form != {m: q * c for m, c in base.items()}:
        raise Undecided("arguments of sin and cos that are no multiples of one another.")
    return q


def _frozen(g: Expression, base: Form, quarter: int) -> Expression:
    match g:
        case Call(("sin" | "cos") as name, (argument,)):
            k = _multiple(normal_form(argument), base)
            return number(_QUARTERS[int(k) * quarter % 4][0 if name == "sin" else 1])
        case Call(name, arguments):
            return call(name, *(_frozen(a, base, quarter) for a in arguments))
        case Sum(terms):
            return add(*(_frozen(t, base, quarter) for t in terms))
        case Product(factors):
            return multiply(*(_frozen(f, base, quarter) for f in factors))
        case Power(inner, exponent):
            return power(_frozen(inner, base, quarter), exponent)
    return g
