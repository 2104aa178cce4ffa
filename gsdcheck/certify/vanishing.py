"""A zero of f between two points, from a factor that changes sign: f itself may only touch 0 there.

x (x² - 2)² has a zero in (1, 2) because x² - 2 changes sign, though f does not; 1 + cos u vanishes where cos(u/2) does.
"""

from collections.abc import Iterator
from fractions import Fraction

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.branch_signs import is_branching
from gsdcheck.certify.branches import joined
from gsdcheck.certify.forms import Form
from gsdcheck.certify.normal_form import normal_form, tree
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Power,
    Product,
    Sum,
    add,
    call,
    multiply,
    number,
)

_ZERO_AT_ZERO = frozenset(
    {"Abs", "sign", "sin", "tanh", "sinh", "atan", "asinh", "erf", "expm1", "log1p", "dilog"}
)
_HALF = Fraction(1, 2)


def vanishes_between(f: Expression, a: Fraction, b: Fraction) -> bool:
    """Whether f is shown to have a zero in (a, b)."""
    try:
        joined(f, a, b, jumps=True)  # soundness: (x - 2)/(x - 2) has no zero where x - 2 vanishes
    except Undecided:
        return False
    return any(_changes_sign(u, a, b) for u in _carriers(f))


def _changes_sign(u: Expression, a: Fraction, b: Fraction) -> bool:
    try:
        part = joined(u, a, b)  # soundness: continuous on [a, b], so the intermediate value theorem holds
    except Undecided:
        return False
    return bool(enclose(part, to_arb(a)) * enclose(part, to_arb(b)) < 0)


def _carriers(f: Expression) -> Iterator[Expression]:
    """Expressions u such that f(x) = 0 wherever u(x) = 0 and f is defined."""
    yield f
    match f:
        case Product(factors):
            for factor in factors:
                yield from _carriers(factor)
        case Power(base, exponent) if exponent > 0:
            yield from _carriers(base)
        case Call(name, (argument,)) if name in _ZERO_AT_ZERO:
            yield from _carriers(argument)
        case Sum():
            yield from _half_angle(f)


def _half_angle(f: Expression) -> Iterator[Expression]:
    """c + c cos u = 2 c cos²(u/2), c - c cos u = 2 c sin²(u/2), c ± c sin u = 2 c sin²(u/2 ± pi/4)."""
    if is_branching(f):
        return
    try:
        form = normal_form(f)
    except Undecided:
        return
    constant = form.get((), Fraction(0))
    waves = [(m[0][0], c) for m, c in form.items() if len(m) == 1 and m[0][1] == 1 and m[0][0][0] == "call"]
    if len(form) != 2 or len(waves) != 1 or abs(waves[0][1]) != abs(constant):
        return
    ((_, name, argument), c) = waves[0]
    yield from _half_wave(name, dict(argument), same=c == constant)


def _half_wave(name: str, u: Form, *, same: bool) -> Iterator[Expression]:
    half = multiply(number(_HALF), tree(u))
    if name == "cos":
        yield call("cos" if same else "sin", half)
    if name == "sin":
        quarter = multiply(number(Fraction(1 if same else -1, 4)), Constant("pi"))
        yield call("sin", add(half, quarter))
