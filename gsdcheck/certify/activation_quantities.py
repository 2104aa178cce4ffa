"""Numbers of an activation (E₀, E*, σ'(0), sup |σ'|, sup |σ|, its zero), re-checked from certificates.

A certificate `{"kind": "activation-quantity", "expression", "quantity", "exact", "enclosure", ...}` states an
enclosure by two decimals and, where known, the exact value ("oo", a rational, or an expression in pi); both
are checked.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

from flint import arb

from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.certify.balls import enclose, exact_end, precision, to_arb
from gsdcheck.certify.forms import Form, constant
from gsdcheck.certify.intervals import INFINITY, Interval, interval, plus, times, value_range
from gsdcheck.certify.lines import growth_of, pieces, require_continuous, slope_on, slopes
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.certify.pieces import agree_at, value_sign
from gsdcheck.certify.polynomials import NULL
from gsdcheck.certify.segments import (
    Segment,
    read_expression,
    read_rational,
    read_segments,
    require_cover,
    require_keys,
    require_modest,
    require_rules,
)
from gsdcheck.certify.wells import check_side, escape_energy, reflected, well_depth
from gsdcheck.certify.zeros import only_zero
from gsdcheck.errors import CertificateRejected, Undecided, UnknownCertificate
from gsdcheck.model.expression import Expression

QUANTITIES: tuple[str, ...] = (
    "zero",
    "well_depth",
    "escape_energy",
    "slope_at_zero",
    "lipschitz_constant",
    "bound",
)
PRECISION = 96
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,60})(\.[0-9]{1,80})?(e-?[0-9]{1,4})?")
_HEAD = ("kind", "expression", "quantity", "exact", "enclosure")

Computed = tuple[Interval, Form | None]


def check_quantity(certificate: Mapping[str, object]) -> tuple[arb, arb]:
    """(lower, upper) around the quantity, as exact balls; both +inf if it is infinite.

    Raises:
        CertificateRejected: it does not establish what it states, whatever the reason.
    """
    if not isinstance(certificate, Mapping) or certificate.get("kind") != "activation-quantity":
        raise CertificateRejected("no certificate of an activation's quantity.")
    name = certificate.get("quantity")
    if not isinstance(name, str) or name not in QUANTITIES:
        raise UnknownCertificate("an unknown quantity.")
    if "refuted" in certificate:
        return _infinite(name, certificate)
    if "facts" in certificate:
        return _from_facts(name, certificate)
    require_keys(certificate, *_HEAD, *KEYS[name])
    f = read_expression(certificate["expression"])
    try:
        with precision(PRECISION):
            found, exact = compute(f, name, certificate)
            return _stated(certificate, found, exact)
    except (Undecided, RecursionError, OverflowError) as limit:
        raise CertificateRejected(f"{name} is not established: {limit}") from limit


SUPREMUM_OF = {"bound": "bounded", "lipschitz_constant": "lipschitz"}
"""The quantity that is infinite where the fact is refuted."""


def _infinite(name: str, certificate: Mapping[str, object]) -> tuple[arb, arb]:
    """sup |σ| = ∞ or sup |σ'| = ∞: what a refutation of bounded, or of Lipschitz, says."""
    require_keys(certificate, *_HEAD, "refuted")
    refuted, stated = certificate["refuted"], (certificate["exact"], certificate["enclosure"])
    if not isinstance(refuted, Mapping) or stated != ("oo", ["oo", "oo"]):
        raise CertificateRejected("the quantity is infinite.")
    of_the_same = (refuted.get("expression"), refuted.get("fact"), refuted.get("holds"))
    if of_the_same != (certificate["expression"], SUPREMUM_OF.get(name), False):
        raise CertificateRejected(f"this refutation says nothing of the {name} of σ.")
    check_fact(refuted)
    return INFINITY, INFINITY


FOLLOWS: dict[str, tuple[tuple[str, ...], str]] = {
    "zero": (("zero_only_at_origin",), "0"),
    "escape_energy": (("strictly_increasing", "continuous"), "oo"),
    "well_depth": (("strictly_increasing", "continuous"), "oo"),
}
"""The facts that give a quantity outright: σ strictly increasing with σ(0) = 0 makes Φ grow at least linearly."""


def _from_facts(name: str, certificate: Mapping[str, object]) -> tuple[arb, arb]:
    """The one zero is 0, or E* = E₀ = ∞, because of facts of the same σ."""
    require_keys(certificate, *_HEAD, "facts")
    facts, (needed, exact) = certificate["facts"], FOLLOWS.get(name, ((), ""))
    if not isinstance(facts, list) or not all(isinstance(fact, Mapping) for fact in facts):
        raise CertificateRejected("facts are a list of certificates.")
    if not needed or [fact.get("fact") for fact in facts] != [*needed]:
        raise CertificateRejected(f"these facts do not give the {name} of σ.")
    if (certificate["exact"], certificate["enclosure"]) != (exact, [exact, exact]):
        raise CertificateRejected(f"what these facts give is {exact}.")
    for fact in facts:
        if fact.get("expression") != certificate["expression"] or fact.get("holds") is not True:
            raise CertificateRejected("a fact of another σ, or one that does not hold.")
        check_fact(fact)
    if exact == "0":
        return arb(0), arb(0)
    with precision(PRECISION):
        if value_sign(read_expression(certificate["expression"]), Fraction(0)) != NULL:
            raise CertificateRejected("σ(0) = 0 is not shown.")
    return INFINITY, INFINITY


KEYS: dict[str, tuple[str, ...]] = {
    "zero": ("at", "bracket", "segments"),
    "well_depth": ("left", "right"),
    "escape_energy": ("left", "right"),
    "slope_at_zero": ("segments",),
    "lipschitz_constant": ("segments", "witness"),
    "bound": ("segments", "witness"),
}


def compute(f: Expression, name: str, certificate: Mapping[str, object]) -> Computed:
    """The quantity from the segments of the certificate: an interval, and the exact value as a form if known.

    Raises:
        CertificateRejected: the data have another form.
        Undecided: they establish nothing.
    """
    return _COMPUTE[name](f, certificate)


def _stated(certificate: Mapping[str, object], found: Interval, exact: Form | None) -> tuple[arb, arb]:
    """The stated enclosure and exact value, if the computed ones imply them."""
    stated, enclosure = certificate["exact"], certificate["enclosure"]
    if not isinstance(enclosure, list) or len(enclosure) != 2:
        raise CertificateRejected("an enclosure is a list of two decimals.")
    if found[0] == INFINITY:
        if stated != "oo" or enclosure != ["oo", "oo"]:
            raise CertificateRejected("the quantity is infinite.")
        return found
    if stated is not None and (exact is None or normal_form(read_expression(stated)) != exact):
        raise CertificateRejected("the exact value is not established.")
    low, high = _decimal(enclosure[0]), _decimal(enclosure[1])
    if low is None or not found[0].is_finite() or low > exact_end(found[0]):
        raise CertificateRejected("the lower end of the enclosure is not established.")
    if high is not None and not (found[1].is_finite() and high >= exact_end(found[1])):
        raise CertificateRejected("the upper end of the enclosure is not established.")
    return to_arb(low).lower(), INFINITY if high is None else to_arb(high).upper()


def _decimal(text: object) -> Fraction | None:
    """The rational that a decimal is; None for oo."""
    if text == "oo":
        return None
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise CertificateRejected("an end of an enclosure is a decimal or oo.")
    return Fraction(text)


def _energy(f: Expression, certificate: Mapping[str, object]) -> Computed:
    return escape_energy((check_side(reflected(f), certificate["left"]), check_side(f, certificate["right"])))


def _depth(f: Expression, certificate: Mapping[str, object]) -> Computed:
    return well_depth((check_side(reflected(f), certificate["left"]), check_side(f, certificate["right"])))


def _slope_at_zero(f: Expression, certificate: Mapping[str, object]) -> Computed:
    """σ'(0), the same from both sides of 0, where σ is continuous."""
    segments = read_segments(certificate["segments"])
    require_rules(segments, "smooth")
    if len(segments) != 2 or segments[0].high != 0:
        raise CertificateRejected("the slope at 0 is read from one segment on each side of 0.")
    parts = pieces(f, segments)
    require_continuous(f, segments, parts)
    left, right = slopes(parts, segments)
    if not agree_at(left, right, Fraction(0)):
        raise Undecided("the slopes on the two sides of 0 are not shown to agree.")
    form = normal_form(right, Fraction(0))
    value = enclose(right, to_arb(0))
    return (value.lower(), value.upper()), form


def _bound(f: Expression, certificate: Mapping[str, object]) -> Computed:
    """sup |σ| for a continuous σ: the closed pieces say it, where an isolated value at a cut could exceed them."""
    segments = read_segments(certificate["segments"])
    require_modest(f, segments)
    require_cover(segments, None, None)
    parts = pieces(f, segments)
    require_continuous(f, segments, parts)
    return _supremum(parts, segments, certificate["witness"])


def _lipschitz(f: Expression, certificate: Mapping[str, object]) -> Computed:
    """sup |σ'| for a continuous σ."""
    segments = read_segments(certificate["segments"])
    require_modest(f, segments)
    require_cover(segments, None, None)
    parts = pieces(f, segments)
    require_continuous(f, segments, parts)
    return _supremum(slopes(parts, segments), segments, certificate["witness"])


def _supremum(parts: tuple[Expression, ...], segments: tuple[Segment, ...], witness: object) -> Computed:
    """sup |g| over the pieces: at most the largest range, at least |g| on the closed piece at the witness."""
    top = max(
        (largest_on(part, segment) for part, segment in zip(parts, segments, strict=True)), key=exact_end
    )
    point = read_rational(witness)
    values = [
        (abs(enclose(part, to_arb(point))).lower(), part)
        for part, segment in zip(parts, segments, strict=True)
        if _inside(point, segment)
    ]
    if not values:
        raise Undecided("the witness is on no segment.")
    low, part = max(values, key=lambda pair: exact_end(pair[0]))
    form = normal_form(part, point)
    rational = form.get((), Fraction(0)) if set(form) <= {()} else None
    known = rational is not None and bool(to_arb(abs(rational)) >= top)
    return (low, top), constant(abs(rational)) if known and rational is not None else None


def _inside(point: Fraction, segment: Segment) -> bool:
    return (segment.low is None or segment.low <= point) and (segment.high is None or point <= segment.high)


@lru_cache(maxsize=4096)
def largest_on(part: Expression, segment: Segment) -> arb:
    """A number ≥ sup |u| on the segment, by its rule (range, mean, tail)."""
    low, high = _range_by_rule(part, segment)
    size = high if high >= -low else -low
    if not size.is_finite():
        raise Undecided("no finite bound on a segment.")
    return size


def _range_by_rule(part: Expression, segment: Segment) -> Interval:
    match segment.rule:
        case "range":
            return value_range(part, interval(segment.low, segment.high))
        case "mean" if segment.low is not None and segment.high is not None:
            return _mean_value_range(part, segment.low, segment.high)
        case "tail":
            growth = growth_of(part, segment)
            return growth.range()
    raise Undecided(f"a bound by the rule {segment.rule[:40]!r}.")


def _mean_value_range(u: Expression, low: Fraction, high: Fraction) -> Interval:
    """u is monotone on [low, high], or within u(middle) ± width/2 · sup |u'|."""
    slope = slope_on(u, low, high)
    bottom, top = value_range(slope, interval(low, high))
    if bottom >= 0 or top <= 0:
        both = enclose(u, to_arb(low)).union(enclose(u, to_arb(high)))
        return both.lower(), both.upper()
    half = (high - low) / 2
    middle = enclose(u, to_arb(low + half))
    return plus((middle.lower(), middle.upper()), times((bottom, top), interval(-half, half)))


_COMPUTE: dict[str, Callable[[Expression, Mapping[str, object]], Computed]] = {
    "zero": only_zero,
    "well_depth": _depth,
    "escape_energy": _energy,
    "slope_at_zero": _slope_at_zero,
    "lipschitz_constant": _lipschitz,
    "bound": _bound,
}
