"""Certificates proposed for the quantities of an activation, completed with the values that they give."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from gsdcheck.certify.activation_quantities import PRECISION, compute
from gsdcheck.certify.balls import decimal_enclosure, enclose, precision, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.forms import Form, is_constant
from gsdcheck.certify.intervals import INFINITY, Interval
from gsdcheck.certify.normal_form import tree
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.polynomials import NEGATIVE, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import sign_on
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.facts.scan import SIGN_RULES, as_json, scan
from gsdcheck.facts.suprema import bound, lipschitz
from gsdcheck.facts.wells import sides
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression

Certificate = dict[str, object]
_ZERO = Fraction(0)
MOST_EXACT_TERMS = 4
"""A longer exact value tells a reader less than its enclosure."""


def quantity_proposals(
    f: Expression, potential: Expression | None, names: tuple[str, ...]
) -> Iterator[Certificate]:
    """Certificates worth checking, the exact ones first."""
    for name, make in (
        ("zero", _zero),
        ("slope_at_zero", _slope_at_zero),
        ("lipschitz_constant", lipschitz),
        ("bound", bound),
    ):
        if name in names:
            yield from _completed(f, name, make)
    wanted = tuple(name for name in ("escape_energy", "well_depth") if name in names)
    for closed in (potential, None) if potential is not None else (None,):
        wells = list(_well_proposals(f, closed, wanted))
        yield from wells
        if wells:  # with closed forms if they serve, else without
            return


def _well_proposals(
    f: Expression, potential: Expression | None, names: tuple[str, ...]
) -> Iterator[Certificate]:
    found = sides(f, potential) if names else {}
    for name in names if found else ():
        yield from _completed(f, name, lambda _: found)


def _completed(
    f: Expression, name: str, make: Callable[[Expression], Mapping[str, object]]
) -> Iterator[Certificate]:
    """The certificate with the enclosure and exact value that its data give."""
    with precision(PRECISION):
        try:
            data = make(f)
            found, exact = compute(f, name, data)
            low, high = _decimals(found)
        except (Undecided, CertificateRejected):
            return
    yield {
        "kind": "activation-quantity",
        "expression": format_expression(f),
        "quantity": name,
        "exact": _exact_text(found, exact),
        "enclosure": [low, high],
        **data,
    }


def _decimals(found: Interval) -> tuple[str, str]:
    if found[0] == INFINITY:
        return "oo", "oo"
    return decimal_enclosure(found[0])[0], decimal_enclosure(found[1])[1]


def _exact_text(found: Interval, exact: Form | None) -> str | None:
    if found[0] == INFINITY:
        return "oo"
    if exact is None or len(exact) > MOST_EXACT_TERMS or not is_constant(exact):
        return None
    return format_expression(tree(exact))


def _zero(f: Expression) -> Mapping[str, object]:
    def works(segment: Segment) -> bool:
        part = smooth(f, segment.low, segment.high)
        return sign_on(part, segment.low, segment.high, segment.rule) in (POSITIVE, NEGATIVE)

    points = {_ZERO, *breakpoints(f)}
    if not enclose(f, to_arb(0)).contains(0):
        raise Undecided("no zero at 0.")
    return {"segments": as_json(scan(points, None, None, SIGN_RULES, works, budget=60))}


def _slope_at_zero(f: Expression) -> Mapping[str, object]:
    points = [abs(p) for p in breakpoints(f) if p]
    reach = min([Fraction(1, 2), *points])
    ends = ((-reach, _ZERO), (_ZERO, reach))
    return {"segments": as_json([Segment(low=a, high=b, rule="smooth") for a, b in ends])}
