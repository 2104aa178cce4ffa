"""The equilibrium on the leaf of a state: followed from 0 in floats, refined by balls, decided in `certify`."""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from flint import arb, arb_mat

from gsdcheck.certify.balls import decimal_enclosure, enclose, exact_end, precision, to_arb
from gsdcheck.certify.equilibria import BITS, EQUILIBRIUM, check_equilibrium, leaf_equations, residual
from gsdcheck.certify.subject import Subject, read_subject, subject_data
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.system import Matrix, System, Vector
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, network

STEPS, SHORTEST = 400, 1e-6
DIGITS = 20


def leaf_equilibrium(system: System, state: Vector) -> Mapping[str, object] | None:
    """The certificate of a box that holds exactly one equilibrium of x₀ + range W; None if none was found."""
    data = subject_data(system, [str(x) for x in state])
    subject = read_subject(data)
    try:
        rows, leaf = leaf_equations(subject)
        guess = _followed(network(system), rows, leaf, state)
        if guess is None:
            return None
        certificate = {
            "kind": EQUILIBRIUM,
            "quantity": EQUILIBRIUM,
            "subject": data,
            "enclosure": _refined_box(subject, rows, leaf, guess),
            "exact": None,
        }
        check_equilibrium(certificate)
    except (CertificateRejected, Undecided, ZeroDivisionError):
        return None
    return certificate


def _followed(net: Network, rows: list[int], leaf: Matrix, state: Vector) -> FloatArray | None:
    """Newton's method along b and x₀ grown from 0 to their values; None where it loses its way."""
    K = np.array([[float(v) for v in k] for k in leaf]).reshape(len(leaf), net.n)
    x0, W, b = np.array([float(v) for v in state]), net.W[rows], net.bias[rows]
    x, reached, step = np.zeros(net.n), 0.0, 1.0
    with np.errstate(all="ignore"):
        for _ in range(STEPS):
            target = min(1.0, reached + step)
            found = _newton(net, W, K, target * b, target * x0, x)
            if found is None:
                step /= 2
                if step < SHORTEST:
                    return None
                continue
            x, reached, step = found, target, 2 * step
            if reached == 1.0:
                return x
    return None


def _newton(
    net: Network, W: FloatArray, K: FloatArray, b: FloatArray, x0: FloatArray, x: FloatArray
) -> FloatArray | None:
    """The zero near x, if five steps more than halve the residual each."""
    size = np.inf
    for _ in range(60):
        G = np.concatenate([W @ net.sigma(x) + b, K @ (x - x0)])
        now = float(np.abs(G).max(initial=0.0))
        if not np.isfinite(now) or now > 4 * size:
            return None
        if now <= 1e-12 * (1 + float(np.abs(x).max())):
            return x
        size = now
        J = np.concatenate([W * net.slope(x), K])
        try:
            x = x - np.linalg.solve(J, G)
        except np.linalg.LinAlgError:
            return None
    return None


def _refined_box(subject: Subject, rows: list[int], leaf: Matrix, guess: FloatArray) -> list[list[str]]:
    """Decimal intervals about the zero: Newton's method in balls, then a margin."""
    slope = derivative(subject.activation)
    W = [subject.W[i] for i in rows]
    with precision(BITS):
        x = [to_arb(Fraction(float(v))) for v in guess]
        for _ in range(4):
            slopes = [enclose(slope, a) for a in x]
            J = [[to_arb(w) * s for w, s in zip(row, slopes, strict=True)] for row in W]
            J += [[to_arb(k) for k in row] for row in leaf]
            G = arb_mat([[g] for g in residual(subject, rows, leaf, x)])
            change = arb_mat(J).solve(G)
            x = [to_arb(exact_end((a - change[i, 0]).mid())) for i, a in enumerate(x)]
        margin = arb(10) ** -DIGITS
        return [list(decimal_enclosure(a + arb(0, (1 + abs(a)) * margin), DIGITS + 2)) for a in x]
