"""What computed orbits show, many lanes at once. Rounded, with error estimates; evidence, not proof."""

from gsdcheck.numeric.diagnostics.averages import TimeAverages, activity, coordinates, time_averages
from gsdcheck.numeric.diagnostics.crossings import Crossings, Direction, crossings
from gsdcheck.numeric.diagnostics.extremes import Extremes, extremes
from gsdcheck.numeric.diagnostics.frequencies import Frequencies, dominant_frequencies, orbit_frequencies
from gsdcheck.numeric.diagnostics.growth_fits import GrowthFits, LawFit, growth_fits
from gsdcheck.numeric.diagnostics.kernel_drift import KernelDrift, kernel_drift
from gsdcheck.numeric.diagnostics.lyapunov import LyapunovExponents, lyapunov_exponents
from gsdcheck.numeric.diagnostics.periods import Periods, periods
from gsdcheck.numeric.diagnostics.poincare import PoincareSection, poincare_section
from gsdcheck.numeric.diagnostics.recurrence import Recurrences, closure_defects, recurrence_times
from gsdcheck.numeric.diagnostics.signs import sign_changes
from gsdcheck.numeric.diagnostics.single import Period, closure_defect, period
from gsdcheck.numeric.diagnostics.spectra import JacobianSpectra, jacobian_spectra
from gsdcheck.numeric.diagnostics.winding import Windings, windings

__all__ = [
    "Crossings",
    "Direction",
    "Extremes",
    "Frequencies",
    "GrowthFits",
    "JacobianSpectra",
    "KernelDrift",
    "LawFit",
    "LyapunovExponents",
    "Period",
    "Periods",
    "PoincareSection",
    "Recurrences",
    "TimeAverages",
    "Windings",
    "activity",
    "closure_defect",
    "closure_defects",
    "coordinates",
    "crossings",
    "dominant_frequencies",
    "extremes",
    "growth_fits",
    "jacobian_spectra",
    "kernel_drift",
    "lyapunov_exponents",
    "orbit_frequencies",
    "period",
    "periods",
    "poincare_section",
    "recurrence_times",
    "sign_changes",
    "time_averages",
    "windings",
]
