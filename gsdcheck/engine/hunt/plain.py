"""Cases as plain data, and back: what shards, ledgers and findings hold."""

import json
from fractions import Fraction
from functools import lru_cache

from flint import arb

from gsdcheck.certify.balls import enclose
from gsdcheck.certify.subject import Subject, case_data, read_subject
from gsdcheck.engine.hunt.shard import PlainCase
from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import Activation, activation_from_expression
from gsdcheck.model.expression import Expression, Number
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.library import NAMES, find_activation
from gsdcheck.model.system import Case, System, exact


def plain_case(case: Case) -> PlainCase:
    """The case as a certificate spells it."""
    return case_data(case)


def spelled(case: Case) -> str:
    """The case in one line, which no other case has."""
    return spelled_plain(case_data(case))


def spelled_plain(case: PlainCase) -> str:
    """The same of a plain case."""
    return json.dumps(dict(case), sort_keys=True)


def read_case(data: PlainCase) -> Case:
    """The case that the data describes; a coordinate such as pi/2 becomes the float64 next to it.

    Raises:
        CertificateRejected: the data is malformed.
        InvalidInput: it has no state, or one that is no point of ℝⁿ.
    """
    subject = read_subject(data)
    if subject.state is None:
        raise InvalidInput("the case has no state. What is hunted for is a case with one.")
    return Case(
        system=_system(subject), state=tuple(_rational(value) for value in subject.state), step=subject.step
    )


def _system(subject: Subject) -> System:
    sigma = _activation(format_expression(subject.activation))
    return System(W=subject.W, activation=sigma, form=subject.form, leak=subject.leak, bias=subject.bias)


def _rational(value: Expression) -> Fraction:
    return value.value if isinstance(value, Number) else exact(float(enclose(value, arb(0)).mid()))


@lru_cache(maxsize=256)
def _activation(text: str) -> Activation:
    """The library's activation of this expression, which knows its potential; else the expression alone."""
    return _by_text().get(text) or activation_from_expression(text)


@lru_cache(maxsize=1)
def _by_text() -> dict[str, Activation]:
    known = [find_activation(name) for name in NAMES]
    return {activation.text: activation for activation in reversed(known)}
