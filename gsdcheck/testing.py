"""Two doors for other people's test suites over one list of guarantees.

    audit("my.module:snake").raise_for_status(expected_failures={...})     in any test, with or without pytest

    @parametrize_guarantees("my.module:snake", expected_failures={...})    one pytest case a guarantee
    def test_snake(guarantee):
        guarantee.check()

An expected failure is strict: one that does not fail is an error, for the entry is stale. A guarantee passes if it
is proved, or supported where floats are all there is; it fails if it is refuted or open. Importing this
module loads neither NumPy nor pytest, and collecting tests audits nothing.
"""

import difflib
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from gsdcheck.errors import InvalidInput, UnknownName
from gsdcheck.model.guarantees import GUARANTEES

__all__ = ["Audit", "Guarantee", "GuaranteeFailed", "audit", "parametrize_guarantees"]

Test = TypeVar("Test", bound=Callable[..., Any])
_PASSES = frozenset({"proved", "supported"})


class GuaranteeFailed(AssertionError):
    """A guarantee is refuted or open, or an expected failure did not fail; `command` shows the whole audit."""

    def __init__(self, message: str, command: str) -> None:
        super().__init__(message)
        self.command = command


@dataclass(frozen=True)
class Audit:
    """The audit of one subject; it runs when it is first asked for something."""

    subject: Any

    @cached_property
    def record(self) -> Mapping[str, Any]:
        """The audit record (DESIGN: `gsdcheck audit --json`)."""
        return _record(self.subject)

    @property
    def guarantees(self) -> tuple["Guarantee", ...]:
        """Every guarantee, in order."""
        return tuple(Guarantee(self, claim) for claim in GUARANTEES)

    def raise_for_status(self, expected_failures: Mapping[str, str] | None = None) -> None:
        """Nothing, if exactly the expected guarantees fail.

        Args:
            expected_failures: id of a guarantee → why it is expected to fail.

        Raises:
            GuaranteeFailed: another one fails, or one of these does not; all of them are named.
            UnknownName: an id is none.
        """
        __tracebackhide__ = True  # pytest: the sentence says it all
        reasons = _checked(expected_failures)
        faults = [fault for g in self.guarantees if (fault := _fault(g, reasons.get(g.id)))]
        if faults:
            raise GuaranteeFailed("\n\n".join(faults), self.command)

    @property
    def command(self) -> str:
        """The command line of this audit."""
        return f"gsdcheck audit {shlex.quote(self.record['subject']['asked'])}"


@dataclass(frozen=True)
class Guarantee:
    """One guarantee of one subject."""

    audit: Audit
    id: str
    expected_failure: str | None = None

    @property
    def data(self) -> Mapping[str, Any]:
        """Its row of the record: verdict, cell, says, counterexample."""
        return next(row for row in self.audit.record["guarantees"] if row["id"] == self.id)

    @property
    def holds(self) -> bool:
        """Whether it is proved, or supported where floats are all there is."""
        return self.data["verdict"] in _PASSES

    def check(self) -> None:
        """Nothing, if it holds; or, for an expected failure, if it does not.

        Raises:
            GuaranteeFailed: otherwise; the message has the sentence and the counterexample.
        """
        __tracebackhide__ = True
        fault = _fault(self, self.expected_failure)
        if fault:
            raise GuaranteeFailed(fault, self.audit.command)

    def __str__(self) -> str:
        return self.id


def audit(subject: Any) -> Audit:
    """The audit of a name, an expression in x, an import path `package.module:attr`, or a function."""
    return Audit(subject)


def parametrize_guarantees(
    subject: Any, expected_failures: Mapping[str, str] | None = None
) -> Callable[[Test], Test]:
    """A decorator: one case of the test for every guarantee, as its argument `guarantee`; ids are claim ids.

    Args:
        subject: as `audit` takes it; audited once a process, when the first case runs.
        expected_failures: id of a guarantee → why it is expected to fail. Strict: `check` fails where the
            guarantee holds after all, so that a stale entry is noticed.

    Raises:
        UnknownName: an id is none; the message names the nearest. InvalidInput: a reason is empty.
    """
    import pytest

    reasons, audited = _checked(expected_failures), Audit(subject)
    cases = [Guarantee(audited, claim, reasons.get(claim)) for claim in GUARANTEES]
    return pytest.mark.parametrize("guarantee", cases, ids=str)


def _checked(expected_failures: Mapping[str, str] | None) -> Mapping[str, str]:
    for claim, reason in (expected_failures or {}).items():
        if claim not in GUARANTEES:
            near = difflib.get_close_matches(str(claim), GUARANTEES, n=1, cutoff=0.0)[0]
            raise UnknownName(f"expected_failures: {claim!r} is no guarantee. The nearest is {near!r}.")
        if not isinstance(reason, str) or not reason.strip():
            raise InvalidInput(f"expected_failures: the reason for {claim} is {reason!r}. Say why, in words.")
    return expected_failures or {}


def _fault(guarantee: Guarantee, reason: str | None) -> str | None:
    """What is wrong, in words; None if the guarantee is as expected."""
    row, name = guarantee.data, guarantee.audit.record["subject"]["name"]
    if guarantee.holds:
        stale = f"{name}: {guarantee.id} is {row['verdict']}, though it is expected to fail ({reason!r})."
        return None if reason is None else f"{stale} Remove it from expected_failures."
    if reason is not None:
        return None
    return f"{name}: {guarantee.id} is {row['verdict']}. {row['says']}"


def _record(subject: Any) -> Mapping[str, Any]:
    try:
        hash(subject)
    except TypeError:  # an object without a hash: audited each time it is asked for
        return _audited(subject)
    return _remembered(subject)


@lru_cache(maxsize=64)
def _remembered(subject: Any) -> Mapping[str, Any]:
    return _audited(subject)


def _audited(subject: Any) -> Mapping[str, Any]:
    from gsdcheck.engine.audit import audit as engine_audit

    return engine_audit(subject)
