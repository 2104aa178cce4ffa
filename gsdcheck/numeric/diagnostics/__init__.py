"""What computed orbits show, many lanes at once. Rounded, with error estimates; evidence, not proof."""

from gsdcheck.numeric.diagnostics.crossings import (
    Crossings,
    Direction,
    PoincareSection,
    crossings,
    poincare_section,
)
from gsdcheck.numeric.diagnostics.periods import Periods, periods
from gsdcheck.numeric.diagnostics.recurrence import Recurrences, closure_defects, recurrence_times
from gsdcheck.numeric.diagnostics.signs import sign_changes
from gsdcheck.numeric.diagnostics.single import Period, closure_defect, period

__all__ = [
    "Crossings",
    "Direction",
    "Period",
    "Periods",
    "PoincareSection",
    "Recurrences",
    "closure_defect",
    "closure_defects",
    "crossings",
    "period",
    "periods",
    "poincare_section",
    "recurrence_times",
    "sign_changes",
]
