"""The methods with a fixed step by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from gsdcheck.numeric.lanes import Lanes, Step
from gsdcheck.numeric.methods.compositions import ORDER2, ORDER4, ORDER6, ORDER8, Composition
from gsdcheck.numeric.methods.discrete_gradient import discrete_gradient, require_potential
from gsdcheck.numeric.methods.implicit_midpoint import implicit_midpoint
from gsdcheck.numeric.methods.runge_kutta import explicit_runge_kutta
from gsdcheck.numeric.methods.splitting import poisson_splitting, require_exact_parts
from gsdcheck.numeric.methods.tableaus import DOP853, EULER, RK4, Tableau


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method of fixed step.

    Attributes:
        name: its key in METHODS.
        order: of convergence, for smooth σ.
        evaluations: of σ, for each step and unit, at most; None where an iteration decides.
        build: from lanes to the step, which is a function of (n, B) states and h.
        requires: raises InvalidInput for lanes that the method does not fit.
        reach: C of the first guess h L‖W‖₂ = C (tolerance / (L‖W‖₂ T))^(1/p), where about one random tanh
            network in fifty has a larger energy error than the tolerance at T = 100.
        tableau: of an explicit Runge–Kutta method, else None.
        keeps_energy: H is kept whatever the step (by implicit midpoint where σ is linear), and so says nothing
            about the error.
    """

    name: str
    order: int
    evaluations: int | None
    build: Callable[[Lanes], Step]
    requires: Callable[[Lanes], None]
    reach: float
    tableau: Tableau | None = None
    keeps_energy: bool = False


def _nothing(_lanes: Lanes) -> None:
    """Every system will do."""


def _explicit(name: str, tableau: Tableau, reach: float) -> Method:
    return Method(
        name=name,
        order=tableau.order,
        evaluations=len(tableau.stages),
        build=partial(explicit_runge_kutta, tableau=tableau),
        requires=_nothing,
        reach=reach,
        tableau=tableau,
    )


def _splitting(composition: Composition, reach: float) -> Method:
    return Method(
        name=f"splitting{composition.order}",
        order=composition.order,
        evaluations=len(composition.fractions),
        build=partial(poisson_splitting, composition=composition),
        requires=require_exact_parts,
        reach=reach,
    )


_ALL = (
    _explicit("euler", EULER, reach=2.5),
    _explicit("rk4", RK4, reach=10.0),
    _explicit("dop853", DOP853, reach=9.0),
    Method(
        name="implicit_midpoint",
        order=2,
        evaluations=None,
        build=implicit_midpoint,
        requires=_nothing,
        reach=40.0,
        keeps_energy=True,
    ),
    _splitting(ORDER2, reach=30.0),
    _splitting(ORDER4, reach=30.0),
    _splitting(ORDER6, reach=14.0),
    _splitting(ORDER8, reach=8.0),
    Method(
        name="discrete_gradient",
        order=2,
        evaluations=None,
        build=discrete_gradient,
        requires=require_potential,
        reach=5.0,
        keeps_energy=True,
    ),
)

METHODS: Mapping[str, Method] = {method.name: method for method in _ALL}
