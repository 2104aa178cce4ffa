"""A planted claim: a name that says where it fails, and its target, made when its turn comes."""

from collections.abc import Callable
from dataclasses import dataclass

from gsdcheck.engine.hunt.targets.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A claim of which it is known whether it is true."""

    name: str
    make: Callable[[], Target]


def planted(name: str, make: Callable[[], Target]) -> Planted:
    """The claim of that name."""
    return Planted(name=name, make=make)
