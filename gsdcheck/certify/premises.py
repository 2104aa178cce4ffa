"""The premises of the theorems, by name.

A premise returns a `Finding` (its grade, and a margin where there is one) or raises `CertificateRejected`
with the reason why it does not hold, or is not established. What holds of σ on the whole line comes from
fact certificates that were checked beforehand; what holds of W, b, γ, x₀ and h is computed.
"""

from gsdcheck.certify.activation_premises import ACTIVATION_PREMISES
from gsdcheck.certify.cycle_premises import CYCLE_PREMISES
from gsdcheck.certify.euler_premises import EULER_PREMISES
from gsdcheck.certify.motion_premises import MOTION_PREMISES
from gsdcheck.certify.network_premises import FORM_PREMISES, STEP_PREMISES, WEIGHT_PREMISES
from gsdcheck.certify.orbit_premises import ORBIT_PREMISES
from gsdcheck.certify.period_premises import PERIOD_PREMISES
from gsdcheck.certify.point_premises import POINT_PREMISES, STEPPING_PREMISES
from gsdcheck.certify.premise import Premise
from gsdcheck.certify.reversible_premises import REVERSIBLE_PREMISES
from gsdcheck.certify.rotation_premises import ROTATION_PREMISES, TWO_ROTATIONS
from gsdcheck.certify.shape_premises import CONTRACTION_PREMISES, SHAPE_PREMISES
from gsdcheck.certify.state_premises import STATE_PREMISES
from gsdcheck.certify.straight_premises import STRAIGHT_PREMISES, ZERO_PREMISES
from gsdcheck.certify.structure_premises import STABILITY_PREMISES, STRUCTURE_PREMISES

PREMISES: dict[str, Premise] = {
    premise.name: premise
    for premise in (
        *WEIGHT_PREMISES,
        *FORM_PREMISES,
        *STEP_PREMISES,
        *ACTIVATION_PREMISES,
        *STATE_PREMISES,
        *STRAIGHT_PREMISES,
        *EULER_PREMISES,
        *POINT_PREMISES,
        *STEPPING_PREMISES,
        *ZERO_PREMISES,
        *STRUCTURE_PREMISES,
        *STABILITY_PREMISES,
        *SHAPE_PREMISES,
        *CONTRACTION_PREMISES,
        *MOTION_PREMISES,
        *ROTATION_PREMISES,
        TWO_ROTATIONS,
        *ORBIT_PREMISES,
        *PERIOD_PREMISES,
        *CYCLE_PREMISES,
        *REVERSIBLE_PREMISES,
    )
}

ABOUT_ACTIVATION = frozenset(premise.name for premise in (*ACTIVATION_PREMISES, *SHAPE_PREMISES)) | {
    "linear",
    "tanh",
    "rests-at-zero",
}
"""The premises that look at σ alone."""

_OF_STATES = (
    *STATE_PREMISES,
    *STRAIGHT_PREMISES,
    *EULER_PREMISES,
    *MOTION_PREMISES,
    *ROTATION_PREMISES,
    *ORBIT_PREMISES,
    *PERIOD_PREMISES,
    *POINT_PREMISES,
    *STEPPING_PREMISES,
)
_OF_STEPS = (
    *STEP_PREMISES,
    *EULER_PREMISES,
    *STEPPING_PREMISES,
    *STABILITY_PREMISES,
    *CONTRACTION_PREMISES,
)

READ_A_STATE = frozenset(premise.name for premise in _OF_STATES)
READ_A_STEP = frozenset(premise.name for premise in _OF_STEPS)
"""The premises that look at x₀, and those that look at h."""

READ_AN_ORBIT = frozenset(
    premise.name for premise in (*ORBIT_PREMISES, *PERIOD_PREMISES, *CYCLE_PREMISES, *REVERSIBLE_PREMISES)
)
"""The premises for which a certificate states what an orbit does, which is then followed."""
