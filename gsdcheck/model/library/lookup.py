"""From a subject to its activation: `[torch.|jax.|keras.]name[?key=value&…]`, else an expression in x."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gsdcheck.errors import ExpressionError, InvalidInput, UnknownName
from gsdcheck.model.activation import Activation, activation_from_expression
from gsdcheck.model.library import jax_names, keras_names, own, torch_names
from gsdcheck.model.library.entry import Value, build
from gsdcheck.model.library.spelling import Spelling, fold

LIBRARIES: tuple[str, ...] = ("torch", "jax", "keras")
"""The libraries whose names and defaults we hold; none of them need be installed."""


@dataclass(frozen=True, slots=True)
class _Table:
    spellings: Mapping[str, Spelling]
    refused: Mapping[str, str]


_TABLES: dict[str, _Table] = {
    "": _Table(own.SPELLINGS, own.REFUSED),
    "torch": _Table(torch_names.SPELLINGS, torch_names.REFUSED),
    "jax": _Table(jax_names.SPELLINGS, jax_names.REFUSED),
    "keras": _Table(keras_names.SPELLINGS, keras_names.REFUSED),
}
_PREFIX = re.compile(
    r"(?:(torch)(?:\.nn(?:\.functional)?)?|(jax)(?:\.nn)?|(keras)(?:\.activations)?)\.(?=[^.]*$)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[-.][A-Za-z0-9_]+)*-?")


def named_activation(name: str, /, **parameters: Value) -> Activation:
    """The activation of that name in our table, or in a library's as `torch.name`.

    Names ignore case, `_` and `-`; parameters are exact, and those of the library that the name belongs to.

    Raises:
        UnknownName: no such activation, or no such parameter of it; the message names the nearest.
        InvalidInput: the name is that of something else than a function of one number, and why; or a
            parameter is missing, no exact number, or outside the function's limits.
    """
    shown, spelling = _spelling(name)
    key, values = spelling.read(shown, parameters)
    entry = own.ENTRIES[key]
    defaults = {k: Fraction(v) for k, v in entry.defaults.items() if v is not None}
    return build(key, entry, {k: values.get(k, defaults.get(k, Fraction(0))) for k in entry.defaults})


def find_activation(subject: str) -> Activation:
    """The activation that a subject names: a name with parameters, else an expression in x.

    Raises:
        UnknownName: a lone word that is no name; the message names the nearest.
        InvalidInput: as `named_activation`.
        ExpressionError: the text is neither a name nor in the grammar.
    """
    head, _, query = subject.strip().partition("?")
    if _is_name(head):
        return named_activation(head, **_parameters(query))
    if query:
        raise ExpressionError(
            f"{subject[:80]!r}: parameters belong to a name, as in leaky_relu?negative_slope=0.2."
        )
    return activation_from_expression(subject)


def library_names(library: str) -> tuple[str, ...]:
    """The names of a library's elementwise activations, without the prefix.

    Raises:
        UnknownName: not one of LIBRARIES.
    """
    return tuple(_table(library).spellings)


def refused_names(library: str) -> Mapping[str, str]:
    """The names of a library that are no function of one number, each with the reason.

    Raises:
        UnknownName: not one of LIBRARIES.
    """
    return dict(_table(library).refused)


def library_spelling(library: str, name: str) -> Spelling:
    """What a name of a library means: our name, and the library's parameters with their defaults.

    Raises:
        UnknownName: no such library or name.
    """
    return _table(library).spellings[_key(library, _table(library).spellings, name)]


def distinct_activations() -> tuple[str, ...]:
    """The names for a matrix of all activations: no two of the same function, none that needs a parameter."""
    doubles = ("switched_softplus", "celu")  # within 3e-9 of softplus; with alpha = 1 the function elu
    return tuple(name for name in own.NAMES if name not in doubles)


def _table(library: str) -> _Table:
    if library not in LIBRARIES:
        raise UnknownName(f"unknown library {library!r}. Known: {', '.join(LIBRARIES)}.")
    return _TABLES[library]


def _is_name(head: str) -> bool:
    words = re.split(r"[-_.]", head)
    # x, x-1, x-1.5, pi-x, x-E: sums, and no names; x.real is an expression that the parser refuses
    sums = all(word in ("", "x", "pi", "E") or word.isdigit() for word in words) or head.startswith("x.")
    return _NAME.fullmatch(head) is not None and not sums


def _parameters(query: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for part in filter(None, query.split("&")):
        key, equals, value = part.partition("=")
        if not equals or not key:
            raise InvalidInput(f"{part[:80]!r} is not a parameter: write key=value, as in elu?alpha=1.5.")
        if key in parameters:
            raise InvalidInput(f"the parameter {key[:80]} is given twice.")
        parameters[key] = value
    return parameters


def _spelling(name: str) -> tuple[str, Spelling]:
    """The name as we show it, and what it means."""
    prefix = _PREFIX.match(name)
    library = next(filter(None, prefix.groups()), "").lower() if prefix else ""
    tail = name[prefix.end() :] if prefix else name
    table = _TABLES[library]
    refused = {fold(known): known for known in table.refused}
    if fold(tail) in refused:
        key = refused[fold(tail)]
        raise InvalidInput(
            f"{_qualified(library, key)} is not a function of one number: {table.refused[key]}."
            " An activation takes each number to a number, like tanh or torch.gelu."
        )
    key = _key(library, table.spellings, tail)
    return _qualified(library, key), table.spellings[key]


def _key(library: str, spellings: Mapping[str, Spelling], name: str) -> str:
    folded = {fold(known): known for known in spellings}
    if fold(name) in folded:
        return folded[fold(name)]
    asked = _qualified(library, name)
    raise UnknownName(
        f"unknown activation {asked[:80]!r}. The nearest name is {_nearest(library, name)!r};"
        " or give an expression in x, such as 'x/(1+Abs(x))'."
    )


def _nearest(library: str, name: str) -> str:
    """Of all names, prefixed ones included, the most similar; of equals one of the library asked, or ours."""
    order = sorted(_TABLES, key=lambda known: known != library)
    spelled = {_qualified(lib, key): key for lib in order for key in _TABLES[lib].spellings}
    wanted = fold(_qualified(library, name))[:80]

    def likeness(shown: str) -> float:
        key = spelled[shown]
        bare = fold(key) if not library and "." not in name else fold(shown)
        return difflib.SequenceMatcher(None, bare, wanted).ratio()

    return max(spelled, key=likeness)


def _qualified(library: str, key: str) -> str:
    return f"{library}.{key}" if library else key
