"""The strategy that the structured searcher draws from: the domain of a target, in the words of `strategies`."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from gsdcheck.engine.hunt.domain import Domain, usable
from gsdcheck.engine.hunt.landmarks import landmarks
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Case, Form, Matrix, System, Vector

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_MAGNITUDE = 20
_LARGEST_STEP = 10


def domain_cases(domain: Domain, n: int) -> "SearchStrategy[Case]":
    """Cases of n units of the domain: small exact numbers first, then landmarks of σ, then floats."""
    from hypothesis import strategies as st

    from gsdcheck import strategies

    weights = _weights(domain, n)
    sigmas = _activations(domain)
    forms, leaks = st.sampled_from(domain.forms), st.sampled_from(domain.leaks)
    steps = strategies.steps(largest=_LARGEST_STEP) if domain.stepped else st.none()
    biases = {form: _biases(domain, form, n) for form in domain.forms}
    states = cache(lambda text: st.lists(_coordinates(by_text[text]), min_size=n, max_size=n))
    by_text: dict[str, Activation] = {}

    @st.composite
    def whole(draw: "DrawFn") -> Case:
        sigma, form = draw(sigmas), draw(forms)
        by_text[sigma.text] = sigma
        system = System(
            W=draw(weights), activation=sigma, form=form, leak=draw(leaks), bias=draw(biases[form])
        )
        return Case(system=system, state=tuple(draw(states(sigma.text))), step=draw(steps))

    return whole()


def _weights(domain: Domain, n: int) -> "SearchStrategy[Matrix]":
    from gsdcheck import strategies

    numbers = strategies.elements("zero", "integers", "rationals")
    assumed = set(domain.assumptions)
    if "skew" not in assumed:
        chosen = strategies.matrices(n=n, elements=numbers)
        return chosen.map(_damped) if "negative-definite" in assumed else chosen
    if "invertible" in assumed:
        return strategies.invertible_skew_matrices(n=n, elements=numbers)
    if "planar" in assumed:
        return strategies.planar_skew_matrices(elements=numbers)
    return strategies.skew_matrices(n=n, elements=numbers)


def _damped(W: Matrix) -> Matrix:
    """(W - Wᵀ)/2 - I: its symmetric part is -I."""
    n = len(W)
    return tuple(tuple((W[i][j] - W[j][i]) / 2 - (i == j) for j in range(n)) for i in range(n))


def _activations(domain: Domain) -> "SearchStrategy[Activation]":
    from hypothesis import strategies as st

    if domain.subject is not None:
        return st.just(domain.subject)
    needed = domain.about_activation()
    look_up: Callable[[str], Activation | None] = lambda name: usable(name, needed, domain.lacking)  # noqa: E731
    return st.sampled_from(domain.names).map(look_up).filter(lambda found: found is not None)  # type: ignore[return-value]


def _biases(domain: Domain, form: Form, n: int) -> "SearchStrategy[Vector]":
    from hypothesis import strategies as st

    if not domain.biased or (form is Form.OUTER and "no-outer-bias" in domain.assumptions):
        return st.just(())
    entry = st.integers(-4, 4).map(lambda k: Fraction(k, 2))
    some = st.lists(entry, min_size=n, max_size=n).map(tuple)
    return some if domain.always_biased else st.just(()) | some


def _coordinates(sigma: Activation) -> "SearchStrategy[Fraction]":
    """Halves, rationals and floats to 20, and the landmarks of σ with both their sides."""
    from hypothesis import strategies as st

    from gsdcheck import strategies

    marks = landmarks(sigma)
    beside = [
        Fraction(point + shift * width)
        for point, width in zip(marks.points.tolist(), marks.widths.tolist(), strict=True)
        for shift in (0.0, 0.5, -0.5)
    ]
    halves = st.integers(-8, 8).map(lambda k: Fraction(k, 2))
    return halves | st.sampled_from(beside) | strategies.elements(largest=_MAGNITUDE)
