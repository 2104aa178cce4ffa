"""`gsdcheck derive`: the first integrals of one network, derived, with what they and exact algebra say of it."""

from typing import Any

from gsdcheck.certify.judgement import Judgement
from gsdcheck.engine.applicable import applicable
from gsdcheck.engine.derivation import derived
from gsdcheck.engine.derivation_data import derivation_data
from gsdcheck.engine.derive_follows import derive_follows
from gsdcheck.engine.events import Listener, ignore
from gsdcheck.engine.inspect import Parts
from gsdcheck.engine.matrix_quantities import matrix_quantities
from gsdcheck.engine.options import Inspected, described, exact_option, inspected
from gsdcheck.engine.resting import equilibria, leaf_quantity, wanted_leaf
from gsdcheck.engine.serial import extended, judgement_data
from gsdcheck.engine.structure import matrix_facts_data, structure_quantities
from gsdcheck.errors import InvalidInput
from gsdcheck.facts.matrix import LINEAR_ORBITS, STRUCTURE
from gsdcheck.model.system import Form, Vector
from gsdcheck.record.build import build_record

MOST_DEGREE = 12
CLAIMS = frozenset(
    {
        "energy-is-conserved",
        "casimirs-are-conserved",
        "leaves-hold-one-equilibrium",
        "leaves-oscillate-or-all-escape",
        "jacobian-spectrum-is-imaginary",
        "jacobian-spectrum-is-symmetric",
        "linear-oscillation-iff-similar-to-skew",
    }
)
"""The claims of the catalogue that a derivation is about; `inspect` has all that apply."""


def derive(
    spec: str,
    *,
    activation: str = "tanh",
    form: str = "outer",
    leak: str = "0",
    bias: str | None = None,
    project_skew: bool = False,
    degree: int = 4,
    state: str | None = None,
    listen: Listener = ignore,
) -> dict[str, Any]:
    """The record of one derivation: structure of W, first integrals with certificates, Jacobian, equilibria.

    Args:
        spec: FILE, FILE.npz::KEY or the matrix itself, as `read_weights` takes it.
        activation: a name of the library or an expression in x.
        form: outer or inner; of the inner form the integrals are functions of y = Wx + b.
        leak: γ ≥ 0, an exact number.
        bias: exact numbers with commas between them; None for the bias in the file, or 0.
        project_skew: replace W by (W - Wᵀ)/2, exactly.
        degree: up to which polynomial first integrals are searched, 0 to 12; lowered where it is too much.
        state: x₀, exact numbers with commas between them: on whose leaf an equilibrium is enclosed; None for none.
        listen: is told of each part.

    Raises:
        InvalidInput: the file or an option breaks its rule; UnknownName where a name is unknown.
    """
    if not 0 <= degree <= MOST_DEGREE:
        raise InvalidInput(f"degree is {degree}. It must be from 0 to {MOST_DEGREE}.")
    subject = inspected(
        spec,
        activation=activation,
        form=form,
        leak=leak,
        bias=bias,
        euler_step=None,
        project_skew=project_skew,
    )
    start = None if state is None else _state(state, subject)
    if start is not None and (subject.system.form is not Form.OUTER or subject.system.leak):
        raise InvalidInput(
            "state names a leaf, and leaves are those of the outer form without leak. Leave it out."
        )
    parts = Parts(listen, total=4)
    W = subject.system.W
    facts = matrix_facts_data(W, (*STRUCTURE, *LINEAR_ORBITS))
    quantities = {**structure_quantities(W), **matrix_quantities(W)}
    parts.done("structure")
    found = derived(subject.system, degree)
    parts.done("first integrals")
    judgements = [*_of_the_catalogue(subject), *found.judgements]
    parts.done("claims")
    leaf = wanted_leaf(subject.system, start)
    enclosure = None if leaf is None else leaf_quantity(subject.system, leaf)
    enclosed = enclosure is not None and enclosure["enclosure"] is not None
    if enclosed or start is not None:  # that none was found says something only of a state that was asked for
        quantities["equilibrium"] = enclosure
    resting = equilibria(subject.system, enclosed=enclosed)
    parts.done("equilibria")
    record = build_record(
        kind="derive",
        subject={
            **described(subject),
            "degree": degree,
            "state": None if start is None else list(map(str, start)),
        },
        facts={**facts, "integrable": found.integrable},
        quantities=quantities,
        judgements=[judgement_data(judgement) for judgement in judgements],
    )
    data = {**derivation_data(subject.system, found), "equilibria": resting}
    return extended(record, derivation=data, follows=derive_follows(record, data))


def _of_the_catalogue(subject: Inspected) -> list[Judgement]:
    found = applicable(subject.system, None).judgements.values()
    return [judgement for judgement in found if judgement.claim in CLAIMS]


def _state(text: str, subject: Inspected) -> Vector:
    values = tuple(exact_option("state", part) for part in text.split(","))
    n = subject.system.n
    if len(values) != n:
        raise InvalidInput(f"state has {len(values)} entries but W is {n}x{n}. They must agree.")
    return values
