"""Tests that run Coq: skipped where it is missing, unless GSDCHECK_REQUIRE_COQ says that it must be there."""

import os

import pytest

from gsdcheck.engine.coq_runs import why_unusable


@pytest.fixture(scope="session")
def coq() -> None:
    """Coq with its libraries."""
    if reason := why_unusable():
        if os.environ.get("GSDCHECK_REQUIRE_COQ"):
            pytest.fail(f"GSDCHECK_REQUIRE_COQ is set, and {reason}")
        pytest.skip(f"needs Coq: {reason}")
