"""The premises of the theorems, by name.

A premise returns a `Finding` (its grade, and a margin where there is one) or raises `CertificateRejected`
with the reason why it does not hold, or is not established. What holds of σ on the whole line comes from
fact certificates that were checked beforehand; what holds of W, b, γ, x₀ and h is computed.
"""

from gsdcheck.certify.activation_premises import ACTIVATION_PREMISES
from gsdcheck.certify.euler_premises import EULER_PREMISES
from gsdcheck.certify.network_premises import FORM_PREMISES, STEP_PREMISES, WEIGHT_PREMISES
from gsdcheck.certify.point_premises import POINT_PREMISES, STEPPING_PREMISES
from gsdcheck.certify.premise import Premise
from gsdcheck.certify.state_premises import STATE_PREMISES
from gsdcheck.certify.straight_premises import STRAIGHT_PREMISES, ZERO_PREMISES

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
    )
}

ABOUT_ACTIVATION = frozenset(premise.name for premise in ACTIVATION_PREMISES) | {
    "linear",
    "tanh",
    "rests-at-zero",
}
"""The premises that look at σ alone."""

_AT_A_STEP = (*EULER_PREMISES, *STEPPING_PREMISES)
READ_A_STATE = frozenset(
    premise.name for premise in (*STATE_PREMISES, *STRAIGHT_PREMISES, *POINT_PREMISES, *_AT_A_STEP)
)
READ_A_STEP = frozenset(premise.name for premise in (*STEP_PREMISES, *_AT_A_STEP))
"""The premises that look at x₀, and those that look at h."""
