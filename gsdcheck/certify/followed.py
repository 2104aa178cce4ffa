"""What a certificate states of an orbit, read strictly; and the orbit's start, enclosed."""

from collections.abc import Mapping
from fractions import Fraction

from flint import arb

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.fields import Box
from gsdcheck.certify.premise import Known
from gsdcheck.certify.state_premises import exact_state
from gsdcheck.certify.subject import Subject, require_keys, require_list, require_rational
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.expression import Number

SUBSCRIPTS = "₁₂₃₄₅₆₇₈"
"""Of the units, at most eight."""

FOLLOWED_BITS = 80
"""The working precision in which the orbits of certificates are followed, the same for all of them."""
LONGEST = Fraction(200)
"""The longest time for which a certificate may have an orbit followed."""


def stated(known: Known, premise: str, keys: set[str]) -> Mapping[str, object]:
    """What the certificate states for the premise, which must have exactly these keys.

    Raises:
        CertificateRejected: it states nothing, or something else.
    """
    if premise not in known.along:
        raise CertificateRejected("this needs an orbit that is followed, and none is stated.")
    return require_keys(known.along[premise], keys, premise)


def require_integer(value: object, what: str, least: int, most: int) -> int:
    """The value, which must be an integer in the range."""
    if type(value) is not int or not least <= value <= most:  # soundness: True is no 1 here
        raise CertificateRejected(f"{what} is {str(value)[:40]!r}, not an integer from {least} to {most}.")
    return value


def require_sign(value: object) -> int:
    """1 or -1."""
    if type(value) is not int or value not in (1, -1):
        raise CertificateRejected(f"a sign is 1 or -1, not {str(value)[:40]!r}.")
    return value


def require_time(value: object, what: str) -> Fraction:
    """A time > 0 that is not too long to be followed."""
    time = require_rational(value, what)
    if not 0 < time <= LONGEST:
        raise CertificateRejected(f"{what} is {time}; a time is > 0, and at most {LONGEST}.")
    return time


def require_positive_rational(value: object, what: str) -> Fraction:
    """A rational > 0."""
    number = require_rational(value, what)
    if not number > 0:
        raise CertificateRejected(f"{what} is {number}; it must be > 0.")
    return number


def require_interval(value: object, what: str) -> tuple[Fraction, Fraction]:
    """Two rationals 0 < low < high, two times."""
    low, high = (require_time(end, what) for end in require_list(value, what, 2))
    if not low < high:
        raise CertificateRejected(f"{what} is no interval: {low} is not below {high}.")
    return low, high


def require_vector(values: object, what: str, n: int) -> list[Fraction]:
    """A list of n rationals."""
    return [require_rational(v, f"{what}[{j}]") for j, v in enumerate(require_list(values, what, n))]


def start_box(subject: Subject) -> Box:
    """x₀ in balls of the current precision."""
    return [to_arb(s.value) if isinstance(s, Number) else enclose(s, arb(0)) for s in exact_state(subject)]


def require_within(value: arb, low: Fraction, high: Fraction, what: str) -> None:
    """Nothing, if every point of the ball is in [low, high].

    Raises:
        CertificateRejected: this is not seen.
    """
    if not (to_arb(low) <= value and value <= to_arb(high)):  # soundness: for all points of the balls
        raise CertificateRejected(f"{what} is {value.str(20)}, which is not seen to be in [{low}, {high}].")


def spelled(value: Fraction) -> str:
    """The rational as a decimal where that ends, else as a quotient; exact."""
    for places in range(41):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
            return f"{'-' if value < 0 else ''}{whole}{'.' if part else ''}{part}"
    return str(value)
