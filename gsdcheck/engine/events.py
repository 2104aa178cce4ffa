"""What happened while a command worked: the engine emits, the command line shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A job of so many parts begins."""

    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """One part is done."""

    name: str
    seconds: float


Event: TypeAlias = Started | Finished
Listener: TypeAlias = Callable[[Event], None]


def ignore(_: Event) -> None:
    """The listener that shows nothing."""
