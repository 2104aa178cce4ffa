"""The search for the zeros of an activation: samples, bisection, exact guesses; `certify.zeros` decides."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from flint import arb

from gsdcheck.certify.balls import enclose, lower, precision, to_arb, upper
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.lines import slope_on
from gsdcheck.certify.normal_form import is_zero
from gsdcheck.certify.pieces import smooth, value_sign
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import End, sign_on
from gsdcheck.errors import Undecided
from gsdcheck.facts.scan import SIGN_RULES, as_json, scan
from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Number,
    Power,
    Variable,
    add,
    call,
    multiply,
    nodes,
    number,
    power,
    substitute,
)
from gsdcheck.model.formatting import format_expression

Place = tuple[Fraction, Fraction]
_STEPS = [Fraction(m * 2 ** (k + 6), 512) for k in range(-6, 18) for m in (8, 9, 11, 13, 15)]
_GRID = (*(-s for s in reversed(_STEPS)), Fraction(0), *_STEPS)
_ONE = Fraction(1)
_BITS, _NARROW = 192, Fraction(1, 2**80)
_WIDTHS = [Fraction(16), Fraction(4), *(Fraction(1, 2**k) for k in (0, 1, 2, 3, 4, 6, 8, 12, 16, 24))]


def places(f: Expression) -> list[Place]:
    """Pairs a ≤ b between which f is seen to vanish or to change its sign, in order; a = b for a zero at a."""
    kinks = breakpoints(f)
    factors = [f, *(node.base for node in nodes(f) if isinstance(node, Power))]
    touching = [p for g in factors for p in breakpoints(Call("sign", (g,)))]
    points = sorted({*_GRID, *kinks, *touching})
    found: list[Place] = []
    last: tuple[Fraction, bool] | None = None
    for p in points:
        value = enclose(f, to_arb(p))
        if value > 0 or value < 0:
            positive = bool(value > 0)
            if last is not None and last[1] != positive and not (found and found[-1][0] >= last[0]):
                found.append((last[0], p))
            last = (p, positive)
        elif value.contains(0) and _is_zero_at(f, p):
            found.append((p, p))
    return found


def _is_zero_at(f: Expression, p: Fraction) -> bool:
    try:
        return value_sign(f, p) == NULL
    except Undecided:
        return False


def only_zero_data(f: Expression) -> Mapping[str, object]:
    """The data of a certificate that f has one zero.

    Raises:
        Undecided: none was found, or several.
    """
    found = places(f)
    if len(found) != 1:
        raise Undecided("the samples show no zero, or several.")
    low, high = found[0]
    if low == high:
        return _at_rational(f, low)
    low, high = _narrowed(f, low, high)
    middle = (low + high) / 2
    rational = _rational_near(to_arb(middle))
    if rational is not None and _is_zero_at(f, rational):
        return _at_rational(f, rational)
    return _in_bracket(f, low, high)


def no_zero_segments(f: Expression) -> list[Segment]:
    """Segments on each of which f has a sign, all over the line.

    Raises:
        Undecided: not found.
    """
    return _signed(f, breakpoints(f), None, None)


def _at_rational(f: Expression, c: Fraction) -> Mapping[str, object]:
    found = _signed(f, {c, *breakpoints(f)}, None, None)
    return {"at": str(c), "bracket": None, "segments": as_json(found)}


def _signed(f: Expression, points: object, low: End, high: End) -> list[Segment]:
    def works(segment: Segment) -> bool:
        part = smooth(f, segment.low, segment.high)
        return sign_on(part, segment.low, segment.high, segment.rule) in (POSITIVE, NEGATIVE)

    assert isinstance(points, (set, tuple))
    inside = [p for p in points if (low is None or p > low) and (high is None or p < high)]
    return scan(inside, low, high, SIGN_RULES, works, budget=80)


def _narrowed(f: Expression, low: Fraction, high: Fraction) -> Place:
    """The pair after bisection, to a width of 2⁻⁸⁰ of its size or until balls see no sign."""
    with precision(_BITS):
        rising = bool(enclose(f, to_arb(high)) > 0)
        while high - low > _NARROW * max(_ONE, abs(low)):
            middle = (low + high) / 2
            value = enclose(f, to_arb(middle))
            if not (value > 0 or value < 0):
                return _around(f, low, high, middle)
            low, high = (low, middle) if bool(value > 0) == rising else (middle, high)
    return low, high


def _around(f: Expression, low: Fraction, high: Fraction, zero: Fraction) -> Place:
    """A narrow pair around a dyadic point at which no ball sees a sign."""
    width = (high - low) / 4
    while width > _NARROW * max(_ONE, abs(zero)):
        values = [enclose(f, to_arb(zero + s * width / 2)) for s in (-1, 1)]
        if not values[0] * values[1] < 0:
            break
        width /= 2
    return max(low, zero - width), min(high, zero + width)


def _rational_near(x: arb) -> Fraction | None:
    """The rational of denominator ≤ 10⁶ within 2⁻⁶⁰, if there is one."""
    if not x.is_finite():
        return None
    middle = (lower(x) + upper(x)) / 2
    near = middle.limit_denominator(10**6)
    return near if abs(near - middle) < Fraction(1, 2**60) * max(_ONE, abs(middle)) else None


def _in_bracket(f: Expression, low: Fraction, high: Fraction) -> Mapping[str, object]:
    a, b = _monotone_around(f, low, high)
    part = smooth(f, a, b)
    kinks = breakpoints(f)
    found = [Segment(low=a, high=b, rule="monotone")]
    if a is not None:
        found = _signed(f, kinks, None, a) + found
    if b is not None:
        found += _signed(f, kinks, b, None)
    exact = next((c for c in _guesses(f, low, high) if _vanishes(part, c)), None)
    return {
        "at": None if exact is None else format_expression(exact),
        "bracket": [str(low), str(high)],
        "segments": as_json(found),
    }


def _monotone_around(f: Expression, low: Fraction, high: Fraction) -> tuple[End, End]:
    """The widest of a few intervals around [low, high] on which f' has one sign."""
    kinks = breakpoints(f)
    left: End = max((k for k in kinks if k <= low), default=None)
    right: End = min((k for k in kinks if k >= high), default=None)
    tries: list[tuple[End, End]] = [(left, right)]
    for width in _WIDTHS:
        near = round((low + high) / width) * width / 2
        a, b = min(near - width, low), max(near + width, high)
        tries.append((a if left is None else max(a, left), b if right is None else min(b, right)))
    for start, end in tries:
        try:
            part = smooth(f, start, end)
            if sign_on(slope_on(part, start, end), start, end, "direct") in (POSITIVE, NEGATIVE):
                return start, end
        except Undecided:
            continue  # a narrower one
    raise Undecided("no interval around the zero on which the slope has one sign.")


def _vanishes(part: Expression, c: Expression) -> bool:
    try:
        return is_zero(substitute(part, c))
    except Undecided:
        return False


def _guesses(f: Expression, low: Fraction, high: Fraction) -> Iterator[Expression]:
    """Constants near the middle of the bracket: q π, log q, √q, ∛q, exp q, and q ± a constant of f."""
    with precision(_BITS):
        x = to_arb((low + high) / 2)
        size = abs(x)
        pi, cube, root = (
            _rational_near(x / arb.pi()),
            _rational_near(size * size * size),
            _rational_near(x * x),
        )
        logarithm = _rational_near(size.log()) if size > 0 else None
        exponential = _rational_near(x.exp()) if size < 40 else None
        shifts = [(k, s, _rational_near(x - s * enclose(k, arb(0)))) for k in _constants(f) for s in (1, -1)]
    sign = number(1 if low >= 0 else -1)
    if pi is not None:
        yield multiply(number(pi), Constant("pi"))
    if exponential is not None:
        yield call("log", number(exponential))
    if root is not None:
        yield multiply(sign, power(number(root), Fraction(1, 2)))
    if cube is not None:
        yield multiply(sign, power(number(cube), Fraction(1, 3)))
    if logarithm is not None:
        yield multiply(sign, call("exp", number(logarithm)))
    for k, s, q in shifts:
        if q is not None:
            yield add(multiply(number(s), k), number(q))


def _constants(f: Expression) -> list[Expression]:
    """The constant subexpressions of f that are no rationals."""
    found: list[Expression] = []
    for node in nodes(f):
        if not isinstance(node, (Number, Variable)) and not any(isinstance(n, Variable) for n in nodes(node)):
            found.append(node)
    return found[:6]


def several_witness(f: Expression) -> list[list[str]]:
    """Two places with a zero each; `Undecided` if samples show fewer."""
    found = [place for place in places(f) if place[0] == place[1] or _is_smooth(f, *place)]
    apart = [(a, b) for a, b in pairwise(found) if a[1] < b[0]]
    if not apart:
        raise Undecided("the samples show no two zeros.")
    return [[str(p) for p in place] for place in apart[0]]


def _is_smooth(f: Expression, low: Fraction, high: Fraction) -> bool:
    try:
        smooth(f, low, high)
    except Undecided:
        return False
    return True
