"""The signs that a smooth expression takes on an open interval, as a mask (see `polynomials`).

An expression is Π atom^e · P. Atoms have their sign from what they are (exp, cosh, erfc are positive, tanh
has the sign of its argument), P from Sturm's theorem where it is a polynomial in one atom, from the signs of
its terms, or from its range. The claims hold where the expression is defined.
"""

import re
from fractions import Fraction

from flint import arb

from gsdcheck.certify.balls import enclose, exact_end, precision, to_arb
from gsdcheck.certify.forms import Atom, Form, Monomial, factored, plus, times
from gsdcheck.certify.harmonics import has_products, linearised
from gsdcheck.certify.intervals import interval, value_range
from gsdcheck.certify.intervals import plus as sum_intervals
from gsdcheck.certify.intervals import times as times_intervals
from gsdcheck.certify.masks import (
    NOT_NEGATIVE,
    NOT_POSITIVE,
    mask_of_interval,
    power_sign,
    product_sign,
    sum_sign,
)
from gsdcheck.certify.normal_form import atom_tree, is_zero, normal_form, tree
from gsdcheck.certify.polynomials import ANY, NEGATIVE, NULL, POSITIVE, polynomial_sign
from gsdcheck.certify.tails import left_tail, right_tail
from gsdcheck.errors import Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import Expression, Power, nodes

__all__ = [
    "NOT_NEGATIVE",
    "NOT_POSITIVE",
    "End",
    "closed_sign",
    "direct_sign",
    "limited_derivative",
    "require_analytic",
    "require_rule",
    "sign_at",
    "sign_on",
]
MOST_NODES = 1_500
_SAME_SIGN = frozenset({"tanh", "sinh", "atan", "asinh", "erf", "log1p"})
_POSITIVE = frozenset({"cosh", "erfc"})
_RULE = re.compile(r"taylor-(lo|hi)-([1-4])")

End = Fraction | None


def sign_on(g: Expression, low: End, high: End, rule: str) -> int:
    """The mask of signs of g on the open interval (low, high), by the rule that is named.

    None is an infinite end. Rules: `direct`, `tail` on a half-line beyond 0, and `taylor-lo-n` or
    `taylor-hi-n` for a zero of order ≤ n at a finite end.

    Raises:
        Undecided: no such rule, or the rule does not apply.
    """
    if rule == "direct":
        return direct_sign(g, low, high)
    if rule == "tail":
        return _tail(g, low, high)
    if rule == "mean":
        return _mean(g, low, high)
    match = _RULE.fullmatch(rule)
    if match is None:
        raise Undecided(f"no rule {rule!r}.")
    mask, rest = _without_signed_factors(g, low, high)
    return product_sign(mask, _taylor(rest, low, high, match[1], int(match[2])))


def require_rule(rule: str) -> None:
    """Nothing if there is a rule of this name; else `Undecided`."""
    if rule not in ("direct", "tail", "mean") and not _RULE.fullmatch(rule):
        raise Undecided(f"no rule {rule[:40]!r}.")


def _mean(g: Expression, low: End, high: End) -> int:
    """g(x) lies in g(m) + g'([low, high]) (x - m), m the middle."""
    if low is None or high is None:
        raise Undecided("the mean value theorem needs a finite segment.")
    require_analytic(g, low, high)
    middle = (low + high) / 2
    slope = value_range(limited_derivative(g), interval(low, high))
    value = enclose(g, to_arb(middle))
    change = times_intervals(slope, interval(low - middle, high - middle))
    return mask_of_interval(sum_intervals((value.lower(), value.upper()), change))


def _without_signed_factors(g: Expression, low: End, high: End) -> tuple[int, Expression]:
    """The sign of the factors that have one on the segment, and the product of the others."""
    monomial, form = factored(normal_form(g))
    mask, rest = POSITIVE, form
    for atom, exponent in monomial:
        sign = _mask_of_monomial(((atom, exponent),), low, high)
        if sign in (POSITIVE, NEGATIVE):
            mask = product_sign(mask, sign)
        else:
            rest = times(rest, {((atom, exponent),): Fraction(1)})
    return mask, tree(rest)


def _tail(g: Expression, low: End, high: End) -> int:
    if high is None and low is not None:
        growth = right_tail(g, low)
    elif low is None and high is not None:
        growth = left_tail(g, high)
    else:
        raise Undecided("a tail is a half-line.")
    return mask_of_interval(growth.factor)


def direct_sign(g: Expression, low: End, high: End) -> int:
    """The mask of signs of g on (low, high) by factors, terms and range."""
    mask = _mask_of_range(g, low, high)
    if mask in (POSITIVE, NEGATIVE, NULL):
        return mask
    try:
        form = normal_form(g)
        mask &= _mask_of_form(form, low, high)
        if mask & NEGATIVE and mask & POSITIVE and has_products(form):
            mask &= _mask_of_range(tree(linearised(form)), low, high)
    except Undecided:
        return mask  # what is known so far
    return mask


def sign_at(g: Expression, point: Fraction) -> int:
    """The sign of g at the rational point: exactly 0 by algebra, or not 0 by a ball.

    Raises:
        Undecided: neither.
    """
    for bits in (80, 320):
        with precision(bits):
            value = enclose(g, to_arb(point))
        if value > 0:
            return POSITIVE
        if value < 0:
            return NEGATIVE
        if not value.is_finite():
            raise Undecided(f"no finite value at {point}.")
        if is_zero(g, point):
            return NULL
    raise Undecided(f"the sign at {point}.")


def closed_sign(g: Expression, low: End, high: End) -> int:
    """The mask of signs of g on the closed interval."""
    mask = direct_sign(g, low, high)
    for end in (low, high):
        if end is not None:
            mask |= sign_at(g, end)
    return mask


def limited_derivative(g: Expression) -> Expression:
    """dg/dx, refused where it grows beyond 1,500 nodes.

    Raises:
        Undecided: it does.
    """
    slope = derivative(g)
    if sum(1 for _, _ in zip(nodes(slope), range(MOST_NODES), strict=False)) >= MOST_NODES:
        raise Undecided("a derivative of more than 1,500 nodes.")
    return slope


def _taylor(g: Expression, low: End, high: End, end: str, order: int) -> int:
    """g = Σ_{k<n} g⁽ᵏ⁾(z)(x-z)ᵏ/k! + g⁽ⁿ⁾(ξ)(x-z)ⁿ/n! is ≥ 0 if all these terms are."""
    z = low if end == "lo" else high
    if z is None:
        raise Undecided("no Taylor expansion at an infinite end.")
    side = POSITIVE if end == "lo" else NEGATIVE
    require_analytic(g, low, high)
    masks, derivative_, direction = [], g, POSITIVE
    for _ in range(order):
        masks.append(product_sign(direction, sign_at(derivative_, z)))
        direction = product_sign(direction, side)
        derivative_ = tree(normal_form(limited_derivative(derivative_)))
    masks.append(product_sign(direction, direct_sign(derivative_, low, high)))
    return sum_sign(masks)


def require_analytic(g: Expression, low: End, high: End) -> None:
    """Nothing if g, where it is defined on (low, high), is analytic: no root of a base that touches 0.

    Raises:
        Undecided: such a root is not excluded.
    """
    # soundness: sqrt((x - 1)**2) has a kink that no branch shows, and derivatives that lie about it
    for node in nodes(g):
        if not isinstance(node, Power) or node.exponent.denominator == 1:
            continue
        if direct_sign(node.base, low, high) != POSITIVE:
            raise Undecided("a root of a base that may touch 0.")


def _mask_of_range(g: Expression, low: End, high: End) -> int:
    return mask_of_interval(value_range(g, interval(low, high)))


def _mask_of_form(form: Form, low: End, high: End) -> int:
    if not form:
        return NULL
    monomial, rest = factored(form)
    return product_sign(_mask_of_monomial(monomial, low, high), _mask_of_sum(rest, low, high))


def _mask_of_sum(form: Form, low: End, high: End) -> int:
    """A sum that shares no factor: one term, a polynomial in one atom, terms of one sign, or its range."""
    if not form:
        return NULL
    if len(form) > 1:
        mask = _mask_of_exponential_difference(form, low, high)
        mask = mask if mask != ANY else _mask_of_polynomial(form, low, high)
        if mask != ANY:
            return mask
    masks = [_mask_of_term(monomial, c, low, high) for monomial, c in form.items()]
    return sum_sign(masks) & _mask_of_range(tree(form), low, high)


def _mask_of_exponential_difference(form: Form, low: End, high: End) -> int:
    """c exp(u) - c exp(v) has the sign of c (u - v); else ANY."""
    if (
        len(form) != 2
        or sum(form.values(), Fraction(0))
        or any(atom[0] != "exp" for m in form for atom, _ in m)
    ):
        return ANY
    (first, c), (second, _) = form.items()
    u, v = ({atom[1]: e for atom, e in monomial} for monomial in (first, second))
    difference = plus(u, {m: -e for m, e in v.items()})
    return product_sign(POSITIVE if c > 0 else NEGATIVE, _mask_of_form(difference, low, high))


def _mask_of_term(monomial: Monomial, coefficient: Fraction, low: End, high: End) -> int:
    return product_sign(POSITIVE if coefficient > 0 else NEGATIVE, _mask_of_monomial(monomial, low, high))


def _mask_of_monomial(monomial: Monomial, low: End, high: End) -> int:
    mask = POSITIVE
    for atom, exponent in monomial:
        mask = product_sign(mask, power_sign(_mask_of_atom(atom, low, high), exponent))
    return mask


def _mask_of_atom(atom: Atom, low: End, high: End) -> int:
    match atom:
        case ("x",):
            return (
                (0 if low is not None and low >= 0 else NEGATIVE)
                | _straddles(low, high)
                | (0 if high is not None and high <= 0 else POSITIVE)
            )
        case ("pi",) | ("exp", _) | ("prime", _):
            return POSITIVE
        case ("call", name, argument) if name in _SAME_SIGN:
            return _mask_of_form(dict(argument), low, high)
        case ("call", name, _) if name in _POSITIVE:
            return POSITIVE
        case ("sum", form):
            return _mask_of_form(dict(form), low, high)
        case _:
            return _mask_of_range(atom_tree(atom), low, high)


def _straddles(low: End, high: End) -> int:
    return NULL if (low is None or low < 0) and (high is None or high > 0) else 0


def _mask_of_polynomial(form: Form, low: End, high: End) -> int:
    """A polynomial in one atom, by Sturm's theorem on the range of that atom; else ANY."""
    atoms = {atom for monomial in form for atom, _ in monomial}
    if len(atoms) != 1:
        return ANY
    (atom,) = atoms
    degrees = {dict(monomial).get(atom, Fraction(0)): c for monomial, c in form.items()}
    if any(d.denominator > 1 or not 0 <= d <= 64 for d in degrees):
        return ANY
    coefficients = [degrees.get(Fraction(k), Fraction(0)) for k in range(int(max(degrees)) + 1)]
    if atom == ("x",):
        return polynomial_sign(coefficients, low, high)
    bottom, top = value_range(atom_tree(atom), interval(low, high))
    return polynomial_sign(coefficients, _outside(bottom, -1), _outside(top, 1))


def _outside(end: arb, side: int) -> End:
    """A rational strictly beyond the end point: the range is closed, Sturm's interval open."""
    return exact_end(end) + Fraction(side, 2**200) if end.is_finite() else None
