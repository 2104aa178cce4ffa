"""The equilibrium on a leaf x₀ + range W, enclosed: Krawczyk's operator maps the box into its inside.

    {"kind": "equilibrium", "quantity": "equilibrium", "subject": {... with the state x₀ ...},
     "enclosure": [["0.1", "0.11"], ...], "exact": null}

On the leaf Wσ(x) + b = 0 is r = rank W equations, and k·(x - x₀) = 0 for a basis of {k: kᵀW = 0} are the n - r others.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from flint import arb, arb_mat, fmpq_mat

from gsdcheck.certify import linear
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.lines import slope_on
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.polynomials import rational
from gsdcheck.certify.subject import Subject, read_subject, require_keys, require_list, require_text
from gsdcheck.errors import CertificateRejected, GsdcheckError
from gsdcheck.model.expression import Expression
from gsdcheck.model.system import Form, Matrix, Vector

EQUILIBRIUM = "equilibrium"
BITS = 192
Box = list[tuple[Fraction, Fraction]]
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,60})(\.[0-9]{1,80})?(e-?[0-9]{1,3})?")


def check_equilibrium(certificate: Mapping[str, object]) -> None:
    """Nothing, if the box holds exactly one equilibrium of the leaf of x₀.

    Raises:
        CertificateRejected: it is not shown to, whatever the reason.
    """
    require_keys(certificate, {"kind", "subject", "enclosure", "quantity", "exact"}, "an equilibrium")
    if (certificate["kind"], certificate["quantity"], certificate["exact"]) != (
        EQUILIBRIUM,
        EQUILIBRIUM,
        None,
    ):
        raise CertificateRejected("no certificate of an equilibrium: kind, quantity or exact.")
    try:
        subject = read_subject(certificate["subject"])
        box = _box(certificate["enclosure"], subject.n)
        with precision(BITS):
            _require_one_zero(subject, box)
    except CertificateRejected:
        raise
    except (GsdcheckError, ValueError, ArithmeticError, RecursionError) as limit:
        # soundness: a limit was met, so nothing is established
        raise CertificateRejected(f"the check came to a limit: {limit}") from limit


def _box(data: object, n: int) -> Box:
    found = []
    for entry in require_list(data, "enclosure", n):
        low, high = (_decimal(e) for e in require_list(entry, "an interval", 2))
        if not low < high:
            raise CertificateRejected("an interval of the enclosure is empty or a point.")
        found.append((low, high))
    return found


def _decimal(value: object) -> Fraction:
    text = require_text(value, "an end")
    if not _DECIMAL.fullmatch(text):  # bounded in length and exponent, unlike Fraction(text)
        raise CertificateRejected(f"{text[:40]!r} is no decimal.")
    return Fraction(text)


def _require_one_zero(subject: Subject, box: Box) -> None:
    """K(X) = m - Y G(m) + (I - Y G'(X)) (X - m) lies inside X: G has exactly one zero in X."""
    rows, leaf = leaf_equations(subject)
    W = [subject.W[i] for i in rows]
    n = subject.n
    middle = [(low + high) / 2 for low, high in box]
    m = [to_arb(x) for x in middle]
    wide = [to_arb(low).union(to_arb(high)) for low, high in box]
    slopes = [_slope(subject.activation, low, high) for low, high in box]
    at_middle = [enclose(slope, x) for slope, x in zip(slopes, m, strict=True)]
    over_box = [enclose(slope, x) for slope, x in zip(slopes, wide, strict=True)]
    Y = arb_mat(_jacobian(W, leaf, at_middle)).inv()
    G = arb_mat([[g] for g in residual(subject, rows, leaf, m)])
    spread = arb_mat([[x - c] for x, c in zip(wide, m, strict=True)])
    identity = arb_mat([[int(i == j) for j in range(n)] for i in range(n)])
    image = (
        arb_mat([[c] for c in m]) - Y * G + (identity - Y * arb_mat(_jacobian(W, leaf, over_box))) * spread
    )
    for i, (low, high) in enumerate(box):
        # soundness: strictly inside, and true only if every point of the ball is
        if not (image[i, 0] > to_arb(low) and image[i, 0] < to_arb(high)):
            raise CertificateRejected("Krawczyk's operator does not map the box into its inside.")


def leaf_equations(subject: Subject) -> tuple[list[int], Matrix]:
    """The rows of W that span the others, and a basis of {k: kᵀW = 0}.

    Raises:
        CertificateRejected: a leak, the inner form, no state, or b outside range W: then no leaf holds an equilibrium.
    """
    if subject.form is not Form.OUTER or subject.leak or subject.state is None:
        raise CertificateRejected(
            "leaves are those of the outer form without leak, and the certificate needs x₀."
        )
    if not linear.in_range(subject.W, subject.bias):
        raise CertificateRejected("b is not in range W, so there is no equilibrium.")
    transposed = fmpq_mat([[rational(row[j]) for row in subject.W] for j in range(subject.n)])
    R, r = transposed.rref()
    rows = [next(j for j in range(subject.n) if R[i, j] != 0) for i in range(r)]
    return rows, linear.left_kernel(subject.W)


def residual(subject: Subject, rows: list[int], leaf: Matrix, x: list[arb]) -> list[arb]:
    """(Wσ(x) + b) in the named rows, then k·(x - x₀), enclosed."""
    sigma = [enclose(subject.activation, a) for a in x]
    start = [enclose(s, arb(0)) for s in subject.state or ()]
    drive = [
        sum((to_arb(w) * s for w, s in zip(subject.W[i], sigma, strict=True)), to_arb(subject.bias[i]))
        for i in rows
    ]
    moved = [a - b for a, b in zip(x, start, strict=True)]
    return drive + [sum((to_arb(k) * d for k, d in zip(row, moved, strict=True)), arb(0)) for row in leaf]


def _jacobian(rows: list[Vector], leaf: Matrix, slopes: list[arb]) -> list[list[arb]]:
    upper = [[to_arb(w) * s for w, s in zip(row, slopes, strict=True)] for row in rows]
    return upper + [[to_arb(k) for k in row] for row in leaf]


def _slope(sigma: Expression, low: Fraction, high: Fraction) -> Expression:
    """σ' on the closed interval, on which σ is C¹."""
    return slope_on(smooth(sigma, low, high), low, high)
