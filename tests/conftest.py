"""Hypothesis profiles: `dev` on a desk, `ci` the same cases every time, `deep` overnight."""

import os
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, settings

_COMMON = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("dev", **_COMMON)
settings.register_profile("ci", derandomize=True, **_COMMON)
settings.register_profile("deep", max_examples=2_000, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the marker torch are deselected, and counted as such, unless torch is installed."""
    if find_spec("torch") is None:
        without = [item for item in items if item.get_closest_marker("torch")]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if not item.get_closest_marker("torch")]
