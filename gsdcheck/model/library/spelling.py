"""How a library names a function of ours: under which parameters, with which defaults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from gsdcheck.errors import InvalidInput, UnknownName
from gsdcheck.model.library.entry import Value, exact
from gsdcheck.model.library.reasons import RANDOM

Values: TypeAlias = dict[str, Fraction]
Meaning: TypeAlias = Callable[[Mapping[str, Value]], tuple[str, Values]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """The function `own` of our table under the parameters of a library.

    `parameters` holds the library's defaults, None for a parameter that must be given; `renamed` says which
    of ours each is, where the names differ; `meaning` replaces both where the parameters choose a function.
    `without` is the reason to show where a required parameter is not given.
    """

    own: str
    parameters: Mapping[str, str | None] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    meaning: Meaning | None = None
    without: str = ""

    def read(self, name: str, given: Mapping[str, Value]) -> tuple[str, Values]:
        """Our name and the values of all our parameters, exactly.

        Raises:
            UnknownName: a parameter that the function does not have.
            InvalidInput: a value that it does not take, a parameter that is missing or given twice.
        """
        values: dict[str, Value] = {}
        for asked, value in given.items():
            key = self._parameter(name, asked)
            if key in values:
                raise InvalidInput(f"{name}: the parameter {key} is given twice.")
            values[key] = value
        for key, default in self.parameters.items():
            if key not in values and default is None:
                reason = self.without or f"give one, as in {name}?{key}=1"
                raise InvalidInput(f"{name} has no value for its parameter {key}: {reason}.")
            values.setdefault(key, default or "0")
        if self.meaning is not None:
            return self.meaning(values)
        return self.own, {self.renamed.get(key, key): exact(key, values[key]) for key in self.parameters}

    def _parameter(self, name: str, asked: str) -> str:
        names = {fold(key): key for key in self.parameters}
        names |= {fold(key): target for key, target in self.synonyms.items() if fold(key) not in names}
        if fold(asked) not in names:
            known = ", ".join(self.parameters) or "none"
            raise UnknownName(f"{name} has no parameter {asked[:80]!r}. Its parameters: {known}.")
        return names[fold(asked)]


def fold(name: str) -> str:
    """The name without what names ignore: case, `_` and `-`."""
    return name.lower().replace("_", "").replace("-", "")


def same(*names: str, **defaults: str | None) -> dict[str, Spelling]:
    """Functions that a library calls as we do, with these defaults."""
    return {name: Spelling(own=name, parameters=defaults) for name in names}


def choice(key: str, value: Value, allowed: tuple[str, ...]) -> str:
    """The word that a parameter takes from a list; True and False are words.

    Raises:
        InvalidInput: it is not in the list.
    """
    word = str(value).lower()
    if word not in allowed:
        raise InvalidInput(f"the parameter {key}={str(value)[:80]!r} is not one of: {', '.join(allowed)}.")
    return word


def gelu(default: str, tangent: str, normal: str) -> Spelling:
    """The GELU, whose parameter `approximate` chooses between the tangent form and the normal one."""

    def meaning(values: Mapping[str, Value]) -> tuple[str, Values]:
        word = choice("approximate", values["approximate"], (tangent, normal))
        return ("gelu_tanh" if word == tangent else "gelu"), {}

    own = "gelu_tanh" if default == tangent else "gelu"
    return Spelling(own=own, parameters={"approximate": default}, meaning=meaning)


def rectified_at_random() -> Spelling:
    """RReLU: in evaluation the leaky ReLU of the mean slope, in training refused."""

    def meaning(values: Mapping[str, Value]) -> tuple[str, Values]:
        if choice("training", values["training"], ("true", "false")) == "true":
            raise InvalidInput(
                f"rrelu in training is no activation: {RANDOM}. In evaluation its slope is (lower + upper)/2."
            )
        lower, upper = (exact(key, values[key]) for key in ("lower", "upper"))
        if lower > upper:
            raise InvalidInput(f"rrelu with lower = {lower}, upper = {upper}: it needs lower <= upper.")
        return "leaky_relu", {"negative_slope": (lower + upper) / 2}

    defaults = {"lower": "1/8", "upper": "1/3", "training": "false"}
    return Spelling(own="leaky_relu", parameters=defaults, meaning=meaning)
