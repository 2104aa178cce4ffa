"""Records and simulations in a notebook: the page of a record in a frame, the orbits of a simulation as a picture."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from gsdcheck.errors import InvalidInput

if TYPE_CHECKING:
    from gsdcheck.numeric.simulation import Simulation

_LANES = 6
_POINTS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a notebook shows as HTML, and any other place as text."""

    text: str
    html: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def is_record(value: object) -> bool:
    """Whether the value looks like a record of gsdcheck."""
    return isinstance(value, Mapping) and {"schema_version", "kind"} <= value.keys()


def shown(value: object) -> Shown:
    """The record or simulation, to be shown.

    Raises:
        InvalidInput: it is neither.
        RecordError: a record of another shape or of a newer schema version.
    """
    from gsdcheck.numeric.simulation import Simulation

    if isinstance(value, Simulation):
        return _simulation(value)
    if is_record(value):
        return _record(value)  # type: ignore[arg-type]
    raise InvalidInput(
        f"A {type(value).__name__} cannot be shown. Pass a record (read_record, audit, inspect) or a Simulation."
    )


def _record(record: Mapping[str, Any]) -> Shown:
    from rich.console import Console

    from gsdcheck.record.shape import require_shape
    from gsdcheck.record.upgrade import upgrade
    from gsdcheck.report.html import render_html
    from gsdcheck.report.terminal import print_record

    known = upgrade(dict(record))
    require_shape(known)
    console = Console(file=io.StringIO(), width=80, color_system=None, highlight=False)
    with console.capture() as captured:
        print_record(known, console)
    return Shown(text=captured.get().rstrip(), html=_frame(render_html(known), f"gsdcheck {known['kind']}"))


def _frame(page: str, title: str) -> str:
    """The page in a frame that can do nothing but be read: no script, no form, and no style outside of it."""
    return f'<iframe sandbox="" title="{escape(title)}" width="100%" height="640" srcdoc="{escape(page)}"></iframe>'


def _simulation(found: "Simulation") -> Shown:
    text = str(found)
    series = orbit_series(found)
    if series is None:
        return Shown(text=text, html=f"<p>{escape(text)}</p>")
    from gsdcheck.report.figures import description, figure_of, svg

    figure = figure_of(series)
    assert figure is not None  # the kind is one of ours
    words = description(series)
    picture = svg(figure, title=series["title"], description=words, name="simulation")
    return Shown(text=text, html=f"<p>{escape(text)}</p>{picture}")


def orbit_series(found: "Simulation") -> dict[str, Any] | None:
    """The first orbits that met the tolerance, as a series of kind "orbit"; None if no times were saved."""
    if found.times.size < 2:
        return None
    lanes = [lane for lane in range(found.met_tolerance.size) if found.met_tolerance[lane]][:_LANES]
    if not lanes:
        return None
    every = max(1, found.times.size // _POINTS)
    columns: dict[str, list[float]] = {"t": found.times[::every].tolist()}
    for lane in lanes:
        group = "" if lane == lanes[0] else f"orbit {lane}."
        states = found.states[::every, lane, :]
        columns |= {f"{group}x{i + 1}": states[:, i].tolist() for i in range(states.shape[1])}
    title = "The orbit" if len(lanes) == 1 else f"{len(lanes)} of {found.met_tolerance.size} orbits"
    return {"kind": "orbit", "title": title, "x_label": "x₁", "y_label": "x₂", "columns": columns}


def register(shell: Any) -> None:
    """Records and simulations show themselves in this IPython shell; other dictionaries stay as they were."""
    from gsdcheck.numeric.simulation import Simulation

    html = shell.display_formatter.formatters["text/html"]
    plain = shell.display_formatter.formatters["text/plain"]
    html.for_type(Simulation, lambda value: shown(value).html)
    html.for_type(dict, lambda value: shown(value).html if is_record(value) else None)
    before = plain.lookup_by_type(dict)
    plain.for_type(Simulation, lambda value, printer, _cycle: printer.text(str(value)))

    def print_dictionary(value: dict[Any, Any], printer: Any, cycle: bool) -> None:
        if is_record(value):
            printer.text(shown(value).text)
        else:
            before(value, printer, cycle)

    plain.for_type(dict, print_dictionary)
