"""Activations of the library, with variants of their parameters."""

from collections.abc import Iterable
from functools import lru_cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from gsdcheck.model.activation import Activation
from gsdcheck.model.library import BASIC_NAMES, find_activation

_VARIANTS = {
    "leaky_relu": ("negative_slope=1/5", "negative_slope=1/2"),
    "elu": ("alpha=1/2", "alpha=2"),
}
"""Further parameters to draw; every variant is monotone, signed and unbounded as the default is."""


def activations(*, names: Iterable[str] = BASIC_NAMES) -> SearchStrategy[Activation]:
    """Activations with these names, BASIC_NAMES of the library unless told; shrinks towards the first.

    leaky_relu and elu are drawn with several exact parameters; a name with parameters of its own
    (`elu?alpha=3`) or an expression in x is drawn as it is.

    Raises:
        UnknownName: a name that is not in the library.
    """
    subjects = [subject for name in names for subject in _subjects(name)]
    return st.sampled_from([_activation(subject) for subject in subjects])


def _subjects(name: str) -> tuple[str, ...]:
    return (name, *(f"{name}?{variant}" for variant in _VARIANTS.get(name, ())))


@lru_cache(maxsize=256)
def _activation(subject: str) -> Activation:
    return find_activation(subject)
