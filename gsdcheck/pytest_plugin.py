"""The pytest plugin: below a failed guarantee it says how to see the whole audit. It imports nothing but pytest."""

from collections.abc import Generator
from typing import Any

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: Any) -> Generator[None, Any, Any]:
    """The report of a test, with a section `gsdcheck` where a guarantee failed."""
    report = yield
    failure = getattr(call.excinfo, "value", None)
    # by name: importing gsdcheck.testing would cost every test run that never fails a guarantee
    if failure is not None and type(failure).__module__ == "gsdcheck.testing":
        report.sections.append(("gsdcheck", f"Reproduce with: {failure.command}"))
    return report
