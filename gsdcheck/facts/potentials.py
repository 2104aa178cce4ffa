"""A closed form of Φ = ∫σ for formulas: the library's, or one of a few that people write; the core proves Φ' = σ."""

from gsdcheck.certify.branch_signs import is_branching
from gsdcheck.certify.chains import require_antiderivative
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.activation import Activation
from gsdcheck.model.chain import Chain
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse

_WRITTEN = ("log(cosh(x))", "log(1+exp(x))", "1-cos(x)", "cosh(x)-1")


def closed_potential(activation: Activation, chain: Chain) -> Expression | None:
    """A function without branches whose slope is σ; None where none is at hand."""
    if not chain.is_closed:
        return None
    carried = activation.potential
    candidates = [] if carried is None or is_branching(carried) else [carried]
    for candidate in (*candidates, *map(parse, _WRITTEN)):
        spelled = parse(format_expression(candidate))
        if _is_antiderivative(spelled, chain):
            return spelled
    return None


def _is_antiderivative(candidate: Expression, chain: Chain) -> bool:
    try:
        require_antiderivative(candidate, chain)
    except (CertificateRejected, Undecided):
        return False
    return True
