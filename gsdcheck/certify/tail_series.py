"""The expansion of an expression on [R, ∞), by the structure of its form."""

from fractions import Fraction
from functools import lru_cache

from flint import arb, ctx

from gsdcheck.certify.balls import to_arb, upper
from gsdcheck.certify.expansions import (
    Expansion,
    as_growth,
    at_most,
    exactly,
    expansion,
    plus,
    rational,
    size,
    times,
)
from gsdcheck.certify.forms import Atom, Form, Frozen, Monomial, constant, freeze, is_constant_atom
from gsdcheck.certify.intervals import Interval, interval, value_range
from gsdcheck.certify.intervals import to_the as range_to_the
from gsdcheck.certify.normal_form import atom_tree, normal_form, tree
from gsdcheck.certify.taylor import (
    at_constant,
    at_zero,
    bounded_series,
    exp_of,
    log_of,
    log_one_plus,
    multiple,
    small,
    to_the,
)
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Expression

MOST_CALLS = 60
"""Calls and sums in one form; beyond, an expansion would take seconds."""


def expand(g: Expression, start: Fraction) -> Expansion:
    """u = Σ K m + r on [start, ∞).

    Raises:
        Undecided: start < 2, or no expansion was found.
    """
    if start < 2:
        raise Undecided(f"an expansion from {start}: it must begin at 2 or beyond.")
    result = _cached(freeze(normal_form(g)), start, ctx.prec)
    if isinstance(result, str):
        raise Undecided(result)
    return result


@lru_cache(maxsize=4096)
def _cached(form: Frozen, start: Fraction, _bits: int) -> Expansion | str:
    """The expansion, or why there is none: a failure is remembered too."""
    try:
        return _of_form(dict(form), start)
    except Undecided as limit:
        return str(limit)


def _form(form: Form, start: Fraction) -> Expansion:
    result = _cached(freeze(form), start, ctx.prec)
    if isinstance(result, str):
        raise Undecided(result)
    return result


def _of_form(form: Form, start: Fraction) -> Expansion:
    if len(form) > MOST_CALLS:
        raise Undecided("too many terms for an expansion.")
    parts = [times(exactly(constant(c), start), _of_monomial(m, start)) for m, c in form.items()]
    return plus(expansion(start, {}, {}), *parts)


def _of_monomial(monomial: Monomial, start: Fraction) -> Expansion:
    fixed = tuple((a, e) for a, e in monomial if is_constant_atom(a))
    result = exactly({fixed: Fraction(1)}, start)
    exponents: Form = {}
    for atom, exponent in monomial:
        if is_constant_atom(atom):
            continue
        if atom == ("x",):
            result = times(result, exactly(constant(Fraction(1)), start, (exponent, Fraction(0), ())))
        elif atom[0] == "exp":
            exponents[atom[1]] = exponent
        else:
            result = times(result, _of_power(atom, exponent, start))
    return times(result, exponential_of(exponents, start)) if exponents else result


def _of_power(atom: Atom, exponent: Fraction, start: Fraction) -> Expansion:
    try:
        return to_the(_of_atom(atom, start), exponent)
    except Undecided:
        # soundness: a bounded factor, say sin(x) or 1/(2 + sin(x)), may stand in the remainder
        return _within(range_to_the(_range(atom_tree(atom), start), exponent), start)


def _within(image: Interval, start: Fraction) -> Expansion:
    if not (image[0].is_finite() and image[1].is_finite()):
        raise Undecided("an unbounded factor in a tail.")
    half, middle = (image[1] - image[0]) / 2, (image[0] + image[1]) / 2
    if not image[0] > 0 and not image[1] < 0:
        return at_most((abs(middle) + half).upper(), start)
    centre = upper(middle.mid().upper()).limit_denominator(2**20)
    bound = max((abs(end - to_arb(centre)).upper() for end in image), key=upper)
    return plus(rational(centre, start), at_most(bound, start))


def _range(g: Expression, start: Fraction) -> Interval:
    return value_range(g, interval(start, None))


def _of_atom(atom: Atom, start: Fraction) -> Expansion:
    if atom[0] == "sum":
        return _form(dict(atom[1]), start)
    _, name, argument = atom  # x, exponentials and constants have been taken out
    return _called(name, dict(argument), start)


def exponential_of(argument: Form, start: Fraction) -> Expansion:
    """exp(u); where it has no monomial in the scale, 0 < exp(u) ≤ exp(-q x^k) if u falls that fast."""
    u = _form(argument, start)
    try:
        return exp_of(u)
    except Undecided:
        return _fallen(u)


def _fallen(u: Expansion) -> Expansion:
    """0 < e^u ≤ e^(c x^k) for u ≤ c x^a, k ≤ a, c < 0 rounded up (x ≥ 1)."""
    growth = as_growth(u)
    top = growth.factor[1]
    if not top < 0 or growth.log < 0 or growth.exponent:
        raise Undecided("exp of a tail that is not known to fall like a power.")
    k = growth.power.numerator // growth.power.denominator
    if k < 1:
        raise Undecided("exp of a tail that falls slower than x.")
    # soundness: log(x)^b ≥ log(R)^b for b ≥ 0, and x^a ≥ x^k for x ≥ 1
    c = upper(top * (to_arb(u.start).log().log() * to_arb(growth.log)).exp()) if growth.log else upper(top)
    c = -((-c) * 2**20 // 1) * Fraction(1, 2**20) if -c > Fraction(1, 2**10) else c
    return at_most(arb(1), u.start, (Fraction(0), Fraction(0), ((k, c),)))


def _called(name: str, argument: Form, start: Fraction) -> Expansion:
    try:
        u = _form(argument, start)
        return _applied(name, u)
    except Undecided:
        return _within(
            _range(tree({((("call", name, freeze(argument)), Fraction(1)),): Fraction(1)}), start), start
        )


def _applied(name: str, u: Expansion) -> Expansion:
    if name in ("log", "log1p"):
        return _logarithm(name, u)
    growth = as_growth(u)
    if growth.decays() or not (u.terms or u.rest):
        return at_zero(name, u)
    if growth.diverges():
        return _far(name, u, 1 if growth.factor[0] > 0 else -1)
    return at_constant(name, u)


def _logarithm(name: str, u: Expansion) -> Expansion:
    if name == "log":
        return log_of(u)
    try:
        small(u)
    except Undecided:
        return log_of(plus(rational(1, u.start), u))
    return log_one_plus(u)


_HALF_PI: Form = {((("pi",), Fraction(1)),): Fraction(1, 2)}
_SIXTH_OF_PI_SQUARED: Form = {((("pi",), Fraction(2)),): Fraction(-1, 6)}


def _exp(u: Expansion) -> Expansion:
    try:
        return exp_of(u)
    except Undecided:
        return _fallen(u)


def _far(name: str, u: Expansion, sign: int) -> Expansion:
    """f(u) for u → sign · ∞, of one sign on the whole tail."""
    v = multiple(u, sign)  # → +∞, and > 0
    one = rational(1, u.start)
    match name:
        case "tanh":  # 1 - 2w/(1 + w), w = exp(-2v)
            series = [constant(Fraction(c)) for c in (1, -2, 2, -2, 2, -2)]
            return multiple(bounded_series(series, _exp(multiple(v, -2)), arb(2)), sign)
        case "atan":
            inverse = at_zero("atan", to_the(v, Fraction(-1)))
            return multiple(plus(exactly(_HALF_PI, u.start), multiple(inverse, -1)), sign)
        case "asinh":
            root = to_the(plus(one, times(v, v)), Fraction(1, 2))
            return multiple(log_of(plus(v, root)), sign)
        case "erf":
            return multiple(plus(one, multiple(_complementary(v), -1)), sign)
        case "erfc":
            rest = _complementary(v)
            return rest if sign > 0 else plus(rational(2, u.start), multiple(rest, -1))
        case "sinh" | "cosh":
            half = exactly(constant(Fraction(1, 2)), u.start)
            both = (_exp(u), multiple(_exp(multiple(u, -1)), -1 if name == "sinh" else 1))
            return times(half, plus(*both))
        case "dilog" if sign < 0:  # Li2(-v) = -pi²/6 - log(v)²/2 - Li2(-1/v), v > 0
            log = log_of(v)
            square = times(exactly(constant(Fraction(-1, 2)), u.start), times(log, log))
            inverse = at_zero("dilog", multiple(to_the(v, Fraction(-1)), -1))
            return plus(exactly(_SIXTH_OF_PI_SQUARED, u.start), square, multiple(inverse, -1))
        case "sin" | "cos":
            return at_most(arb(1), u.start)
    raise Undecided(f"the tail of {name}.")


def _complementary(v: Expansion) -> Expansion:
    """0 < erfc(v) ≤ exp(-v²) for v ≥ 0."""
    bound = _exp(multiple(times(v, v), -1))
    return expansion(v.start, {}, {m: size(K) for m, K in bound.terms} | _summed(bound))


def _summed(bound: Expansion) -> dict[tuple[Fraction, Fraction, tuple[tuple[int, Fraction], ...]], arb]:
    """The remainder's bounds, with those of the exact terms of the same monomial added."""
    exact = {m: size(K) for m, K in bound.terms}
    return {m: (C + exact[m]).upper() if m in exact else C for m, C in bound.rest}
