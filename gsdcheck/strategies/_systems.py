"""States, systems and cases."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Case, Exact, Form, Matrix, System, Vector
from gsdcheck.strategies._activations import activations as all_activations
from gsdcheck.strategies._elements import elements
from gsdcheck.strategies._matrices import Size, skew_matrices

FORMS = (Form.OUTER, Form.INNER)


def states(*, n: int | SearchStrategy[int], magnitude: Exact = 100) -> SearchStrategy[Vector]:
    """x ∈ ℚⁿ with |x_i| ≤ magnitude: zero, tiny (1e-8), ordinary and large coordinates, and the origin."""
    coordinate = elements(largest=magnitude)
    if isinstance(n, int):
        return st.lists(coordinate, min_size=n, max_size=n).map(tuple)
    return n.flatmap(lambda size: states(n=size, magnitude=magnitude))


def systems(
    *,
    n: Size = None,
    matrices: SearchStrategy[Matrix] | None = None,
    activations: SearchStrategy[Activation] | None = None,
    forms: Sequence[Form] = FORMS,
    leak: SearchStrategy[Fraction] | None = None,
    bias: SearchStrategy[Fraction] | None = None,
) -> SearchStrategy[System]:
    """(W, σ, form, γ, b) with skew W of size n, any activation of the library, γ = 0 and b = 0 unless told.

    Args:
        n: the size of W, where `matrices` is not given.
        matrices: what W is drawn from.
        activations: what σ is drawn from.
        forms: the forms to choose from.
        leak: what γ is drawn from.
        bias: what each entry of b is drawn from.
    """
    return _systems(
        skew_matrices(n=n) if matrices is None else matrices,
        all_activations() if activations is None else activations,
        st.sampled_from(tuple(forms)),
        st.just(Fraction(0)) if leak is None else leak,
        bias,
    )


@st.composite
def _systems(
    draw: DrawFn,
    matrices: SearchStrategy[Matrix],
    activations: SearchStrategy[Activation],
    forms: SearchStrategy[Form],
    leak: SearchStrategy[Fraction],
    bias: SearchStrategy[Fraction] | None,
) -> System:
    W = draw(matrices)
    b = () if bias is None else tuple(draw(st.lists(bias, min_size=len(W), max_size=len(W))))
    return System(W=W, activation=draw(activations), form=draw(forms), leak=draw(leak), bias=b)


def cases(
    *,
    systems: SearchStrategy[System] | None = None,
    steps: SearchStrategy[Fraction] | None = None,
    magnitude: Exact = 100,
) -> SearchStrategy[Case]:
    """A system, a state with |x_i| ≤ magnitude, and a step h where `steps` is given."""
    return _cases(_systems_or_all(systems), st.none() if steps is None else steps, magnitude)


def _systems_or_all(given: SearchStrategy[System] | None) -> SearchStrategy[System]:
    return systems() if given is None else given


@st.composite
def _cases(
    draw: DrawFn,
    systems: SearchStrategy[System],
    steps: SearchStrategy[Fraction] | SearchStrategy[None],
    magnitude: Exact,
) -> Case:
    system = draw(systems)
    return Case(system=system, state=draw(states(n=system.n, magnitude=magnitude)), step=draw(steps))
