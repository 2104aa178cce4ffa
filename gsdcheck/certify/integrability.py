"""Complete integrability of one network, re-checked over ℚ and, for independence, by balls.

    {"kind": "integrable", "subject": {...}, "chain": {...} or null, "continuous": null or a fact,
     "integrals": [{"polynomial": Q, "potentials": [...]}, ...], "witness": [...], "minor": [0, 1]}

For a skew W and b in its range x' = Wσ(x) + b is Hamiltonian for the bracket {I, J} = ∇Iᵀ W ∇J, whose leaves have the
dimension rank W. It is integrable if n - rank W/2 first integrals commute pairwise and are independent.
"""

from collections.abc import Mapping

from flint import arb, arb_mat, fmpq_mpoly

from gsdcheck.certify import linear
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.darboux import read_field, short_list
from gsdcheck.certify.first_integrals import Integral, read_integral, require_continuous, slopes_of
from gsdcheck.certify.polynomial_field import PolynomialField, scaled, value_at
from gsdcheck.certify.premise import BITS
from gsdcheck.certify.subject import Subject, require_keys, require_list, require_rational
from gsdcheck.errors import CertificateRejected, GsdcheckError
from gsdcheck.model.expression import X
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Evidence, weakest

INTEGRABLE = "integrable"
_KEYS = {"kind", "subject", "chain", "continuous", "integrals", "witness", "minor"}


def check_integrable(certificate: Mapping[str, object]) -> Evidence:
    """The grade with which the certificate establishes that the network is completely integrable.

    Raises:
        CertificateRejected: it does not establish it, whatever the reason.
    """
    try:
        return _checked(certificate)
    except CertificateRejected:
        raise
    except (GsdcheckError, ValueError, ArithmeticError, RecursionError) as limit:
        # soundness: a limit was met, so nothing is established
        raise CertificateRejected(f"the check came to a limit: {limit}") from limit


def _checked(certificate: Mapping[str, object]) -> Evidence:
    require_keys(certificate, _KEYS, "an integrable network")
    if certificate["kind"] != INTEGRABLE:
        raise CertificateRejected("no certificate of an integrable network: kind.")
    subject, field = read_field(certificate)
    _require_hamiltonian(subject)
    integrals = [_read(entry, field) for entry in short_list(certificate["integrals"], "integrals")]
    needed = subject.n - linear.rank(subject.W) // 2
    if len(integrals) != needed:
        raise CertificateRejected(f"{len(integrals)} integrals; this network needs {needed}.")
    evidence = require_continuous(
        certificate["continuous"], subject, field, used=any(any(i.potentials) for i in integrals)
    )
    gradients = [slopes_of(integral, field) for integral in integrals]
    _require_commuting(subject, field, gradients)
    _require_independent(certificate, subject, field, gradients)
    return weakest(Evidence.SYMBOLIC, evidence)


def _read(entry: object, field: PolynomialField) -> Integral:
    fields = require_keys(entry, {"polynomial", "potentials"}, "an integral")
    return read_integral({**fields, "potential": None, "logarithms": []}, field)


def _require_hamiltonian(subject: Subject) -> None:
    """γ = 0, W skew, and in the outer form b in range W: then x' = W ∇(Σ Φ(x_i) + c·x) with W c = b."""
    outer_bias = subject.form is Form.OUTER and not linear.in_range(subject.W, subject.bias)
    if subject.leak or not linear.is_skew(subject.W) or outer_bias:
        raise CertificateRejected("the network is not Hamiltonian: a leak, W not skew, or b not in range W.")


def _require_commuting(subject: Subject, field: PolynomialField, gradients: list[list[fmpq_mpoly]]) -> None:
    """Every integral is constant along the network, and every pair has {I, J} = 0."""
    for k, gradient in enumerate(gradients):
        if field.rate(gradient) != 0:
            raise CertificateRejected("one of the functions is no first integral.")
        flow = [
            sum((scaled(w, s) for w, s in zip(row, gradient, strict=True)), field.zero) for row in subject.W
        ]
        for other in gradients[:k]:
            bracket = sum((a * b for a, b in zip(other, flow, strict=True)), field.zero)
            # soundness: reduced by identities that hold on the line, the bracket is the zero polynomial
            if field.reduced(bracket) != 0:
                raise CertificateRejected("two of the integrals do not commute.")


def _require_independent(
    certificate: Mapping[str, object],
    subject: Subject,
    field: PolynomialField,
    gradients: list[list[fmpq_mpoly]],
) -> None:
    """The minor of the gradients in the named columns is not 0 at the witness."""
    point = [
        require_rational(v, "witness") for v in require_list(certificate["witness"], "witness", subject.n)
    ]
    columns = require_list(certificate["minor"], "minor", len(gradients))
    if not all(type(c) is int and 0 <= c < subject.n for c in columns):
        raise CertificateRejected(f"the minor has columns from 0 to {subject.n - 1}.")
    with precision(BITS):
        z = [enclose(g, to_arb(x)) for x in point for g in (X, *field.chain.generators)]
        rows: list[list[arb]] = [
            [value_at(gradient[int(str(c))], z) for c in columns] for gradient in gradients
        ]
        minor = arb_mat(rows).det() if rows else arb(1)
        # soundness: a ball without 0: the gradients are linearly independent at the witness
        if not minor.is_finite() or minor.contains(0):
            raise CertificateRejected("the integrals were not seen to be independent at the witness.")
