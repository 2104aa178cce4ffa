"""A series as a record spells it, and numbers short enough for a picture."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from gsdcheck.numeric.arrays import FloatArray

Picture = dict[str, Any]

DIGITS = 5
"""Significant digits of a coordinate: a hundred times finer than a page shows."""


def named_series(
    kind: str,
    title: str,
    x_label: str,
    y_label: str,
    columns: Mapping[str, Any],
    *,
    caption: str | None = None,
    values: Mapping[str, float] | None = None,
) -> Picture:
    """A series as a record spells it; columns are lists of equal length with null for gaps, its claim not yet named.

    Args:
        kind: selects the figure (`report.series`).
        caption: what is to be seen, in a sentence.
        values: numbers that are no columns; infinities become "oo", what is not a number null.
    """
    return {
        "kind": kind,
        "title": title,
        "x_label": x_label,
        "y_label": y_label,
        "columns": dict(columns),
        "caption": caption,
        "claim": None,
        "values": {name: _spelled(value) for name, value in (values or {}).items()},
    }


def listed(values: FloatArray, digits: int | None = None) -> list[float | None]:
    """The values, to so many significant digits, with null for what is not finite."""
    if digits is not None:
        return [float(f"{v:.{digits - 1}e}") if np.isfinite(v) else None for v in values]
    return [float(v) if np.isfinite(v) else None for v in values]


def short(value: float) -> str:
    """Two significant digits, for a caption."""
    return f"{value:.2g}".replace("-", "−")


def _spelled(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return float(value) if math.isfinite(value) else ("oo" if value > 0 else "-oo")
