"""Certificates proposed for the quantities of an activation, completed with the values that they give."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from gsdcheck.certify.activation_quantities import PRECISION, compute
from gsdcheck.certify.balls import decimal_enclosure, precision
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.forms import Form, is_constant
from gsdcheck.certify.intervals import INFINITY, Interval
from gsdcheck.certify.normal_form import tree
from gsdcheck.certify.segments import Segment
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.facts.roots import only_zero_data
from gsdcheck.facts.scan import as_json
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
        ("zero", only_zero_data),
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
            low, high = _decimals(found, digits=24 if name == "zero" else 20)
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


def _decimals(found: Interval, digits: int) -> tuple[str, str]:
    if found[0] == INFINITY:
        return "oo", "oo"
    return decimal_enclosure(found[0], digits)[0], decimal_enclosure(found[1], digits)[1]


def _exact_text(found: Interval, exact: Form | None) -> str | None:
    """The text of the exact value, where it is a constant short enough to be read."""
    if found[0] == INFINITY:
        return "oo"
    if exact is None or len(exact) > MOST_EXACT_TERMS or not is_constant(exact):
        return None
    return format_expression(tree(exact))


def _slope_at_zero(f: Expression) -> Mapping[str, object]:
    points = [abs(p) for p in breakpoints(f) if p]
    reach = min([Fraction(1, 2), *points])
    ends = ((-reach, _ZERO), (_ZERO, reach))
    return {"segments": as_json([Segment(low=a, high=b, rule="smooth") for a, b in ends])}
