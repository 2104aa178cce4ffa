"""The guarantees as data: the theorems that give them whole or below a level, and where to seek counterexamples."""

from collections.abc import Iterator
from dataclasses import dataclass

from gsdcheck.engine.counterexamples import (
    CROSS,
    TURN,
    Counterexample,
    Search,
    Sought,
    energy_that_falls,
    first_of,
    gliding_orbit,
    linear_network,
    mirror_line,
    network_of,
    orbit_above_escape,
    orbit_at_rest,
    overflowing_iterates,
    slope_of_both_signs,
    straight_orbit,
)
from gsdcheck.model.system import Form


def _nowhere(_: Sought) -> Iterator[Counterexample]:
    yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How one guarantee is judged.

    Attributes:
        id: of the claim.
        title: in a few words, of σ.
        whole: theorems that give the whole statement, for every network with this σ.
        below: theorems that give it below the level.
        level: the quantity that bounds what `below` says: escape_energy or well_depth.
        says, says_below: one sentence each; `{level}` stands for the level and its value.
        cell: the word in the table where the whole statement holds.
        needs_bias: whether it holds for some biases only, so that shifting σ to its zero matters.
        law: whether floats may support it (the growth law of forward Euler).
        search: where counterexamples are sought.
    """

    id: str
    title: str
    whole: tuple[str, ...]
    says: str
    below: tuple[str, ...] = ()
    level: str = ""
    says_below: str = ""
    cell: str = "yes"
    law: bool = False
    needs_bias: bool = False
    search: Search = _nowhere


PROMISES: tuple[Promise, ...] = (
    Promise(
        id="energy-is-conserved",
        title="The energy is conserved",
        whole=("energy-is-conserved",),
        says="The energy is constant along every orbit of every skew network.",
    ),
    Promise(
        id="orbits-are-bounded",
        title="Orbits are bounded",
        whole=("all-orbits-are-bounded",),
        below=("orbits-are-bounded", "well-orbits-are-bounded"),
        level="escape_energy",
        says="Every orbit of every skew network is bounded (inner form: y = Wx + b).",
        says_below="Orbits from inside the well with H < {level} are bounded.",
        cell="all",
        search=first_of(
            orbit_above_escape("escape-against-orbits-are-bounded"),
            straight_orbit("straight-orbit-against-orbits-are-bounded"),
            gliding_orbit,
            network_of("one-signed-activation-against-orbits-are-bounded", TURN),
        ),
    ),
    Promise(
        id="planar-orbits-are-closed",
        title="Planar orbits are closed",
        whole=("all-planar-orbits-are-closed",),
        below=("planar-orbits-are-closed", "well-planar-orbits-are-closed"),
        level="well_depth",
        says="Every planar orbit with H > 0 is closed.",
        says_below="Planar orbits in the well with 0 < H < {level} are closed.",
        cell="all",
        search=first_of(
            orbit_above_escape("escape-against-planar-orbits-are-closed"),
            straight_orbit("straight-orbit-against-planar-orbits-are-closed"),
            mirror_line("mirror-line-against-planar-orbits-are-closed"),
            network_of("one-signed-activation-against-planar-orbits-are-closed", TURN),
        ),
    ),
    Promise(
        id="oscillation-is-perpetual",
        title="Oscillation is perpetual",
        whole=("all-orbits-oscillate",),
        below=("oscillation-is-perpetual", "well-orbits-oscillate"),
        level="well_depth",
        says="With W invertible, every orbit with H > 0 oscillates for ever.",
        says_below="With W invertible, orbits in the well with 0 < H < {level} oscillate for ever.",
        cell="all",
        search=first_of(
            orbit_above_escape("escape-against-oscillation-is-perpetual"),
            straight_orbit("straight-orbit-against-oscillation-is-perpetual"),
            orbit_at_rest("rest-against-oscillation-is-perpetual"),
            mirror_line("mirror-line-against-oscillation-is-perpetual"),
            network_of("one-signed-activation-against-oscillation-is-perpetual", TURN),
        ),
    ),
    Promise(
        id="jacobian-spectrum-is-imaginary",
        title="The Jacobian's spectrum is imaginary",
        whole=("jacobian-spectrum-is-imaginary",),
        says="The Jacobian's eigenvalues lie on the imaginary axis everywhere.",
        search=slope_of_both_signs,
    ),
    Promise(
        id="euler-energy-never-decreases",
        title="Euler never lowers the energy",
        whole=("euler-energy-never-decreases",),
        says="Forward Euler never lowers the energy, at any step size.",
        search=energy_that_falls,
    ),
    Promise(
        id="euler-growth-is-at-most-linear",
        title="Euler's energy grows at most linearly",
        whole=("euler-growth-is-at-most-linear",),
        says="Under forward Euler the energy grows at most linearly in the number of steps.",
        search=first_of(linear_network("linear-euler-outgrows"), network_of("steep-euler-outgrows", TURN)),
    ),
    Promise(
        id="euler-energy-follows-root-law",
        title="Euler's energy grows like √k",
        whole=(),
        says="",
        cell="√k",
        law=True,
    ),
    Promise(
        id="euler-does-not-overflow",
        title="Euler does not overflow",
        whole=("euler-does-not-overflow",),
        says="Forward Euler cannot overflow: the iterates grow at most linearly.",
        search=overflowing_iterates,
    ),
    Promise(
        id="rank-two-inner-orbits-are-bounded",
        title="Inner-form orbits are bounded for n = 3",
        whole=("rank-two-inner-orbits-are-bounded",),
        says="In the inner form with n = 3 every orbit x is bounded (any n, if W has rank at most 2).",
        needs_bias=True,
        search=network_of(
            "drift-against-rank-two-inner-orbits-are-bounded", CROSS, Form.INNER, state=("1", "0", "0")
        ),
    ),
    Promise(
        id="leaves-oscillate-or-all-escape",
        title="Orbits oscillate or rest, or all escape",
        whole=("leaves-oscillate-or-all-escape",),
        says="Outer form, any bias: if an equilibrium exists every other orbit oscillates for ever, else all escape.",
        search=first_of(
            orbit_above_escape("escape-against-leaves-oscillate-or-all-escape"),
            straight_orbit("straight-orbit-against-leaves-oscillate-or-all-escape"),
            orbit_at_rest("rest-against-leaves-oscillate-or-all-escape"),
            mirror_line("mirror-line-against-leaves-oscillate-or-all-escape"),
        ),
    ),
)
