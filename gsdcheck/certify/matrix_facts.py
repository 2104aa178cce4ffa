"""Facts of a weight matrix, re-checked from their certificates by exact evaluation.

    {"kind": "matrix-fact", "fact": "skew_symmetrizable", "W": [["0", "1"], ["-2", "0"]], "holds": true,
     "witness": {"diagonal": ["2", "1"]}}

Witnesses: an entry at which W is not skew; a diagonal d > 0 with diag(d) W skew, or a cycle of units around which
none can exist; a k ≠ 0 with W k = 0. Facts without a witness are decided again from W by linear algebra over ℚ.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import prod

from gsdcheck.certify import linear
from gsdcheck.certify.linear_orbits import are_periodic, is_bounded_forward
from gsdcheck.certify.subject import MAX_UNITS, require_keys, require_list, require_rational
from gsdcheck.errors import CertificateRejected, GsdcheckError
from gsdcheck.model.system import Matrix, Vector
from gsdcheck.model.verdict import Evidence

MATRIX_FACTS: tuple[str, ...] = (
    "skew",
    "skew_symmetrizable",
    "similar_to_skew",
    "invertible",
    "linear_orbits_bounded",
    "linear_orbits_periodic",
)
"""The facts; the last two are of x' = Wx: every orbit is bounded for t ≥ 0, every orbit is periodic."""

MATRIX_FACT = "matrix-fact"
Witness = Mapping[str, object] | None


def matrix_fact(fact: str, W: Matrix, holds: bool, witness: Witness = None) -> dict[str, object]:
    """The certificate that the fact holds of W, or that it does not."""
    return {
        "kind": MATRIX_FACT,
        "fact": fact,
        "W": [[str(entry) for entry in row] for row in W],
        "holds": holds,
        "witness": None if witness is None else dict(witness),
    }


def check_matrix_fact(certificate: Mapping[str, object]) -> Evidence:
    """The grade with which the certificate establishes its fact: exact.

    Raises:
        CertificateRejected: it does not establish it, whatever the reason.
    """
    require_keys(certificate, {"kind", "fact", "W", "holds", "witness"}, "a fact of a matrix")
    fact, holds = certificate["fact"], certificate["holds"]
    if certificate["kind"] != MATRIX_FACT or fact not in MATRIX_FACTS or not isinstance(holds, bool):
        raise CertificateRejected("no certificate of a matrix's fact: kind, fact or holds.")
    W = _matrix(certificate["W"])
    by_witness = _WITNESSED.get((str(fact), holds))
    try:
        if by_witness is not None:
            shown = by_witness(W, certificate["witness"])
        else:
            if certificate["witness"] is not None:
                raise CertificateRejected(f"{fact} is decided from W alone; the witness must be null.")
            shown = _DECIDED[str(fact)](W) is holds
    except CertificateRejected:
        raise
    except (
        GsdcheckError
    ) as limit:  # soundness: W is beyond the limits of exact work, so nothing is established
        raise CertificateRejected(f"{fact} is not established: {limit}") from limit
    if not shown:
        raise CertificateRejected(f"{fact} = {holds} is not established of this W.")
    return Evidence.EXACT


def _matrix(data: object) -> Matrix:
    rows = require_list(data, "W")
    if not 1 <= len(rows) <= MAX_UNITS:
        raise CertificateRejected(f"W has {len(rows)} rows; a certificate holds 1 to {MAX_UNITS}.")
    return tuple(_vector(row, f"W[{i}]", len(rows)) for i, row in enumerate(rows))


def _vector(data: object, what: str, length: int) -> Vector:
    return tuple(require_rational(v, what) for v in require_list(data, what, length))


def _units(data: object, key: str, n: int) -> list[int]:
    """Different units, as indices from 0."""
    units = require_list(require_keys(data, {key}, "the witness")[key], key)
    found = [unit for unit in units if type(unit) is int and 0 <= unit < n]
    if not found or len(found) != len(units):
        raise CertificateRejected(f"{key} must be a list of units from 0 to {n - 1}.")
    return found


def _not_skew(W: Matrix, witness: object) -> bool:
    entry = _units(witness, "entry", len(W))
    return len(entry) == 2 and W[entry[0]][entry[1]] != -W[entry[1]][entry[0]]


def _symmetrizable(W: Matrix, witness: object) -> bool:
    n = len(W)
    d = _vector(require_keys(witness, {"diagonal"}, "the witness")["diagonal"], "diagonal", n)
    return min(d) > 0 and all(d[i] * W[i][j] == -d[j] * W[j][i] for i in range(n) for j in range(i + 1))


def _not_symmetrizable(W: Matrix, witness: object) -> bool:
    """A cycle around which d_i W_ij = -d_j W_ji cannot hold for any d > 0.

    Two units: W_ij and W_ji have not opposite signs. Else: multiplied along the cycle, the d cancel, and the
    product of the W_ij is (-1)^length times that of the W_ji, which it is not.
    """
    cycle = _units(witness, "cycle", len(W))
    if len(set(cycle)) != len(cycle):
        return False
    if len(cycle) == 2:
        a, b = W[cycle[0]][cycle[1]], W[cycle[1]][cycle[0]]
        # soundness: not both 0, and no opposite signs: d_i a = -d_j b has no solution d > 0
        return (a != 0 or b != 0) and a * b >= 0
    edges = list(pairwise([*cycle, cycle[0]]))
    forward = prod((W[i][j] for i, j in edges), start=Fraction(1))
    backward = prod((-W[j][i] for i, j in edges), start=Fraction(1))
    return forward != backward


def _singular(W: Matrix, witness: object) -> bool:
    k = _vector(require_keys(witness, {"kernel"}, "the witness")["kernel"], "kernel", len(W))
    return any(k) and not any(sum((w * v for w, v in zip(row, k, strict=True)), Fraction(0)) for row in W)


_WITNESSED: dict[tuple[str, bool], Callable[[Matrix, object], bool]] = {
    ("skew", False): _not_skew,
    ("skew_symmetrizable", True): _symmetrizable,
    ("skew_symmetrizable", False): _not_symmetrizable,
    ("invertible", False): _singular,
}
_DECIDED: dict[str, Callable[[Matrix], bool]] = {
    "skew": linear.is_skew,
    "similar_to_skew": linear.is_similar_to_skew,
    "invertible": lambda W: linear.rank(W) == len(W),
    "linear_orbits_bounded": is_bounded_forward,
    "linear_orbits_periodic": are_periodic,
}
