"""The named activations, as data: our own, and the names and defaults of torch, jax and keras."""

from gsdcheck.model.library.lookup import (
    LIBRARIES,
    distinct_activations,
    find_activation,
    library_names,
    library_spelling,
    named_activation,
    refused_names,
)
from gsdcheck.model.library.own import BASIC_NAMES, NAMES

__all__ = [
    "BASIC_NAMES",
    "LIBRARIES",
    "NAMES",
    "distinct_activations",
    "find_activation",
    "library_names",
    "library_spelling",
    "named_activation",
    "refused_names",
]
