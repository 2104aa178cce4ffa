from dataclasses import dataclass
from typing import Any

from gsdcheck.numeric.methods.runge_kutta import explicit_runge_kutta
from gsdcheck.numeric.methods.tableaus import *


@dataclass
class Method:
    name: str
    evaluations = 12
    order: int
    tableau: Any
    reach: float = 9.0
    longest: float = 1.5
    keeps_energy: bool = False

    def build(s, lanes):
        return explicit_runge_kutta(lanes, s.tableau)

    def requires(s, lanes):
        pass


METHODS = {
    "dop853": Method("dop853", 8, DOP853),
    "rk4": Method("rk4", 4, RK4),
    "euler": Method("euler", 1, EULER),
}
