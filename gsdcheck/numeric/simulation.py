"""The outcome of a simulation: states, what was checked of them, and whether they passed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.observations import NOTHING, Observations


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """B orbits, lane by lane; rounded, dimensionless.

    Attributes:
        final_state: (B, n), x(t_end).
        energy: (B,), H(x0); nan where Φ is not known.
        energy_drift: (B,), max |H(x(t)) - H(x0)| / max(1, |H(x0)|) over 16 equidistant times and `times`; nan
            where Φ is not known. It says how wrong the orbit is only where `checked_by_energy`.
        error: (B,), what was compared with the tolerance: the energy drift where H is constant along the
            exact orbit, else how far a run with longer steps (with a given step: with half of it) is from this
            one at t_end and at `times`, relative to max(1, |x|).
            An energy drift bounds no phase: that of a splitting stays small while its error along the orbit grows
            like h^p t.
        checked_by_energy: (B,); not where the method keeps the energy by itself, or where the drift is within the
            tolerance but more than a tenth of |H(x0)|.
        met_tolerance: (B,); where it is False, nothing is claimed about the lane.
        steps: (B,), the steps of the run that is returned.
        times: (q,), the times asked for.
        states: (q, B, n), x at these times.
        method, engine: the integrator, and `compiled` or `numpy`.
        observations: extrema, changes of sign and crossings, where they were asked for.
    """

    final_state: FloatArray
    energy: FloatArray
    energy_drift: FloatArray
    error: FloatArray
    checked_by_energy: NDArray[np.bool_]
    met_tolerance: NDArray[np.bool_]
    steps: NDArray[np.int64]
    times: FloatArray
    states: FloatArray
    method: str
    engine: str
    observations: Observations = NOTHING

    def __str__(self) -> str:
        good, size = int(self.met_tolerance.sum()), self.met_tolerance.size
        return f"{size} orbits by {self.method} ({self.engine}): {good} within the tolerance"
