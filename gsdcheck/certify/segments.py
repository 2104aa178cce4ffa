"""The segments of a certificate: neighbours of positive width that cover an interval, each with its rule."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from gsdcheck.certify.signs import End
from gsdcheck.errors import CertificateRejected, ExpressionError
from gsdcheck.model.expression import Expression, children, nodes
from gsdcheck.model.parser import parse

MOST_SEGMENTS, MOST_DIGITS, MOST_WORK = 400, 90, 30_000
_RATIONAL = re.compile(r"-?[0-9]+(/[0-9]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The open interval (low, high), None for an infinite end, and the rule that decides it."""

    low: End
    high: End
    rule: str

    def as_json(self) -> dict[str, str]:
        """The segment as data."""
        return {"lo": end_text(self.low, "-oo"), "hi": end_text(self.high, "oo"), "rule": self.rule}


def end_text(end: End, infinite: str) -> str:
    """The rational as text, or the infinity that None stands for."""
    return infinite if end is None else str(end)


def read_rational(text: object) -> Fraction:
    """The rational that a canonical text p/q in lowest terms is.

    Raises:
        CertificateRejected: anything else.
    """
    if not isinstance(text, str) or len(text) > MOST_DIGITS or not _RATIONAL.fullmatch(text):
        raise CertificateRejected(
            f"{str(text)[:40]!r} is no rational p/q of at most {MOST_DIGITS} characters."
        )
    head, _, tail = text.partition("/")
    if tail and not int(tail):
        raise CertificateRejected(f"{text!r} divides by zero.")
    value = Fraction(int(head), int(tail or 1))
    if str(value) != text:
        raise CertificateRejected(f"{text!r} is not in lowest terms: {value}.")
    return value


def read_segments(data: object) -> tuple[Segment, ...]:
    """The segments, each of positive width and each beginning where the one before it ends.

    Raises:
        CertificateRejected: no list, unknown or missing keys, a gap, an overlap, or an empty segment.
    """
    if not isinstance(data, list) or not 1 <= len(data) <= MOST_SEGMENTS:
        raise CertificateRejected(f"segments must be a list of 1 to {MOST_SEGMENTS} entries.")
    segments = tuple(_segment(entry) for entry in data)
    for before, after in pairwise(segments):
        if before.high is None or before.high != after.low:
            raise CertificateRejected(
                f"a gap or an overlap between segments at {before.high} and {after.low}."
            )
    return segments


def _segment(entry: object) -> Segment:
    if (
        not isinstance(entry, dict)
        or set(entry) != {"lo", "hi", "rule"}
        or not isinstance(entry["rule"], str)
    ):
        raise CertificateRejected("a segment has the keys lo, hi and rule, and nothing else.")
    low = None if entry["lo"] == "-oo" else read_rational(entry["lo"])
    high = None if entry["hi"] == "oo" else read_rational(entry["hi"])
    if low is not None and high is not None and not low < high:
        raise CertificateRejected(f"the segment ({low}, {high}) has no positive width.")
    return Segment(low=low, high=high, rule=entry["rule"])


def require_cover(segments: tuple[Segment, ...], low: End, high: End) -> None:
    """Nothing if the segments cover (low, high) exactly; else `CertificateRejected`."""
    if segments[0].low != low or segments[-1].high != high:
        raise CertificateRejected("the segments do not cover the line that the fact speaks of.")


def require_rules(segments: tuple[Segment, ...], *rules: str) -> None:
    """Nothing if every rule is one of these; else `CertificateRejected`."""
    for segment in segments:
        if segment.rule not in rules:
            raise CertificateRejected(f"the rule {segment.rule[:40]!r} is none of {', '.join(rules)}.")


def require_modest(f: Expression, segments: tuple[Segment, ...]) -> None:
    """Nothing if segments · nodes · depth stay within what is checked in seconds; else `CertificateRejected`."""
    work = len(segments) * sum(1 for _ in nodes(f)) * _depth(f)
    if work > MOST_WORK:
        raise CertificateRejected(
            f"{len(segments)} segments of a function of this size: {work} > {MOST_WORK}."
        )


def _depth(f: Expression) -> int:
    return 1 + max(map(_depth, children(f)), default=0)


def cuts(segments: tuple[Segment, ...]) -> tuple[Fraction, ...]:
    """The points between neighbouring segments."""
    return tuple(segment.high for segment in segments[:-1] if segment.high is not None)


def require_keys(certificate: Mapping[str, object], *keys: str) -> None:
    """Nothing if the certificate has these keys and no others; else `CertificateRejected`."""
    if set(certificate) != set(keys):
        shown = ", ".join(sorted(str(key)[:40] for key in set(certificate) ^ set(keys)))
        raise CertificateRejected(f"keys are missing or unknown: {shown}.")


def read_expression(text: object) -> Expression:
    """The expression of a certificate.

    Raises:
        CertificateRejected: no text in the grammar.
    """
    if not isinstance(text, str):
        raise CertificateRejected("the expression must be a text.")
    try:
        return parse(text)
    except ExpressionError as fault:
        raise CertificateRejected(f"the expression is not in the grammar: {fault}") from fault
