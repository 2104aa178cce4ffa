"""u = m θ on [R, ∞) with m = x^a exp(q(x)) and θ in a known interval: growth, decay and tail integrals.

One dominating monomial m and an enclosure of the quotient θ. The left tail is the right tail of u(-x). Where
the sign of θ is not seen so, the expansion in several terms with exact constants (`tail_series`) decides.
"""

from fractions import Fraction

from flint import arb

from gsdcheck.certify.balls import to_arb, upper
from gsdcheck.certify.expansions import as_growth
from gsdcheck.certify.forms import Atom, Form, Monomial, factored, raised
from gsdcheck.certify.growth import (
    UNIT,
    Growth,
    decreases,
    dominated_sum,
    power_of,
    product,
    scaled,
    value_at_start,
    with_factor,
)
from gsdcheck.certify.intervals import (
    EVERYTHING,
    INFINITY,
    ZERO,
    Interval,
    hull,
    interval,
    times,
    to_the,
    value_range,
)
from gsdcheck.certify.normal_form import atom_tree, exponential, normal_form, tree
from gsdcheck.certify.tail_series import expand
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Expression, X, negate, substitute


def right_tail(g: Expression, start: Fraction) -> Growth:
    """u = m θ on [start, ∞).

    Raises:
        Undecided: start ≤ 0, or no enclosure of this form was found.
    """
    if start <= 0:
        raise Undecided(f"a tail from {start}: it must begin beyond 0.")
    try:
        growth = _of_form(normal_form(g), start)
    except Undecided:
        return as_growth(expand(g, start))
    return growth if growth.keeps_sign() else _sharper(g, growth)


def _sharper(g: Expression, growth: Growth) -> Growth:
    """The growth by the expansion with exact constants, or else the one known: both hold."""
    try:
        return as_growth(expand(g, growth.start))
    except Undecided:
        return growth


def left_tail(g: Expression, start: Fraction) -> Growth:
    """u(-x) = m θ on [-start, ∞), for u on (-∞, start]; raises as `right_tail`."""
    return right_tail(substitute(g, negate(X)), -start)


def _of_form(form: Form, start: Fraction) -> Growth:
    monomial, rest = factored(form)
    result = _of_monomial(monomial, start)
    if not rest:
        return Growth(start=start, power=Fraction(0), exponent=(), factor=(ZERO, ZERO))
    terms = [scaled(_of_monomial(m, start), c) for m, c in rest.items()]
    return product(result, dominated_sum(terms))


def _of_monomial(monomial: Monomial, start: Fraction) -> Growth:
    result = Growth(start=start, power=Fraction(0), exponent=(), factor=UNIT)
    for atom, exponent in monomial:
        result = product(result, _of_power(atom, exponent, start))
    return result


def _of_power(atom: Atom, exponent: Fraction, start: Fraction) -> Growth:
    if atom == ("x",):
        return Growth(start=start, power=exponent, exponent=(), factor=UNIT)
    if atom[0] == "exp":
        return _exponential({atom[1]: exponent}, start)
    try:
        return power_of(_of_atom(atom, start), exponent)
    except Undecided:
        return _constant(to_the(_range(atom_tree(atom), start), exponent), start)


def _constant(factor: Interval, start: Fraction) -> Growth:
    if factor[0] == EVERYTHING[0] or factor[1] == INFINITY:
        raise Undecided("an unbounded factor in a tail.")
    return Growth(start=start, power=Fraction(0), exponent=(), factor=factor)


def _range(g: Expression, start: Fraction) -> Interval:
    return value_range(g, interval(start, None))


def _polynomial(form: Form) -> dict[int, Fraction]:
    """The form as a polynomial in x over Q."""
    result: dict[int, Fraction] = {}
    for monomial, c in form.items():
        if monomial == ():
            result[0] = c
        elif (
            len(monomial) == 1
            and monomial[0][0] == ("x",)
            and monomial[0][1].denominator == 1
            and monomial[0][1] > 0
        ):
            result[int(monomial[0][1])] = c
        else:
            raise Undecided("not a polynomial over Q.")
    return result


def _exponential(argument: Form, start: Fraction) -> Growth:
    """exp(u): a monomial if u is a polynomial, a factor if u is bounded, a bound if u falls like -c x^k."""
    try:
        q = _polynomial(argument)
    except Undecided:
        return _exponential_of_tail(argument, start)
    constant = to_arb(q.pop(0, Fraction(0))).exp()
    return Growth(
        start=start,
        power=Fraction(0),
        exponent=tuple(sorted(q.items())),
        factor=(constant.lower(), constant.upper()),
    )


def _exponential_of_tail(argument: Form, start: Fraction) -> Growth:
    image = _range(tree(argument), start)
    if image[0].is_finite() and image[1].is_finite():
        return _constant((image[0].exp().lower(), image[1].exp().upper()), start)
    u = _of_form(argument, start)
    if u.exponent or u.power.denominator > 1 or u.power < 1 or not u.factor[1] < 0:
        raise Undecided("exp of a tail that is not known to fall.")
    # soundness: u ≤ c x^k with c < 0 rounded up, so 0 < exp(u) ≤ exp(c x^k)
    c = upper(u.factor[1])
    return Growth(start=start, power=Fraction(0), exponent=((int(u.power), c),), factor=(ZERO, arb(1)))


def _of_atom(atom: Atom, start: Fraction) -> Growth:
    match atom:
        case ("sum", form):
            return _of_form(dict(form), start)
        case ("call", name, argument):
            return _called(name, dict(argument), start)
    raise Undecided("a constant.")


def _called(name: str, u: Form, start: Fraction) -> Growth:
    if name == "erfc":
        return _complementary(u, start)
    if name in ("cosh", "sinh"):
        return _hyperbolic(name, u, start)
    if name in _SLOPE_AT_ZERO:
        return _nearly_linear(name, u, start)
    raise Undecided(f"the tail of {name}.")


def _complementary(u: Form, start: Fraction) -> Growth:
    """0 < erfc(u) ≤ exp(-u²) for u ≥ 0."""
    if not _range(tree(u), start)[0] >= 0:
        raise Undecided("erfc of a tail that is not known to be ≥ 0.")
    bound = _exponential({m: -c for m, c in raised(u, Fraction(2)).items()}, start)
    return with_factor(bound, hull((ZERO, ZERO), bound.factor))


def _hyperbolic(name: str, u: Form, start: Fraction) -> Growth:
    """cosh u = e^|u| (1 + e^(-2|u|))/2, and sinh u with a minus sign and the sign of u."""
    low, high = _range(tree(u), start)
    sign = 1 if low > 0 else -1
    if not (low > 0 or high < 0):
        raise Undecided(f"{name} of a tail that may vanish.")
    least = low if low > 0 else -high
    small = (-2 * least).exp()
    grown = _of_form(exponential({m: sign * c for m, c in u.items()}), start)
    half = arb(1) / 2
    factor = (half, ((1 + small) / 2).upper()) if name == "cosh" else (((1 - small) / 2).lower(), half)
    if name == "sinh" and sign < 0:
        factor = (-factor[1], -factor[0])
    return with_factor(grown, times(grown.factor, factor))


_SLOPE_AT_ZERO = frozenset({"tanh", "atan", "asinh", "erf", "log1p", "sin", "dilog"})


def _nearly_linear(name: str, u: Form, start: Fraction) -> Growth:
    """f(u) = u κ for u → 0, with κ near f'(0)."""
    inner = _of_form(u, start)
    if not inner.decays():
        raise Undecided(f"{name} of a tail that does not decay.")
    low, high = (inner.factor[0].lower(), inner.factor[1].upper())
    m = value_at_start(inner)
    if not decreases(inner):
        raise Undecided(f"{name} of a tail that is not falling yet.")
    size = (m * _absolute_bound((low, high))).upper()
    if not size < 1 / arb(4):
        raise Undecided(f"{name} of a tail that is not small yet.")
    return with_factor(inner, times(inner.factor, _quotient(name, size)))


def _absolute_bound(factor: Interval) -> arb:
    return factor[1] if factor[1] >= -factor[0] else -factor[0]


def _quotient(name: str, size: arb) -> Interval:
    """An interval that contains f(u)/u for 0 < |u| ≤ size < 1/4, from |f(u) - f'(0) u| ≤ |u|²."""
    slope = 2 / arb.pi().sqrt() if name == "erf" else arb(1)
    return ((slope - size).lower(), (slope + size).upper())
