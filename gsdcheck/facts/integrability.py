"""Complete integrability: enough commuting, independent first integrals among those that were derived."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.integrability import INTEGRABLE, check_integrable
from gsdcheck.certify.polynomial_data import polynomial_data
from gsdcheck.certify.polynomial_field import value_at
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.expression import X
from gsdcheck.model.system import System
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.symbolic.ansatz import Integral
from gsdcheck.symbolic.polynomial_system import PolynomialSystem
from gsdcheck.symbolic.slopes import Gradient, bracket, gradient

_BITS = 128


def integrable(
    network: System,
    system: PolynomialSystem,
    integrals: Sequence[Integral],
    head: Mapping[str, object],
    witness: Sequence[Fraction],
) -> tuple[Mapping[str, object], list[Integral]] | None:
    """The certificate that the network is completely integrable, and by which of these integrals; None if not found.

    Args:
        network: in the outer form, as the system has it.
        head: subject, chain and continuity, as certificates hold them.
        witness: a point at which gradients are compared.
    """
    needed = network.n - linear.rank(network.W) // 2
    if network.leak or not linear.is_skew(network.W):
        return None
    chosen = _commuting(network, system, integrals, witness, needed)
    if len(chosen) < needed:
        return None
    rows = np.array([_at(system, slopes, witness) for _, slopes in chosen])
    certificate = {
        "kind": INTEGRABLE,
        **head,
        "integrals": [_data(system, integral) for integral, _ in chosen],
        "witness": [str(x) for x in witness],
        "minor": _columns(rows),
    }
    try:
        check_integrable(certificate)
    except CertificateRejected:  # balls that are too wide at this witness, or a bias outside range W
        return None
    return certificate, [integral for integral, _ in chosen]


def gradient_rank(
    system: PolynomialSystem, integrals: Sequence[Integral], witness: Sequence[Fraction]
) -> int | None:
    """How many of the gradients are independent at the witness, in floats; None where a gradient is not at hand."""
    gradients = [gradient(system, integral) for integral in integrals]
    rows = [_at(system, slopes, witness) for slopes in gradients if slopes is not None]
    if len(rows) < len(integrals):
        return None
    return _rank(np.array(rows)) if rows else 0


def _rank(rows: FloatArray) -> int:
    """The rank of the rows, each scaled to 1."""
    sizes = np.abs(rows).max(axis=1, keepdims=True)
    return int(
        np.linalg.matrix_rank(np.divide(rows, sizes, out=np.zeros_like(rows), where=sizes > 0), tol=1e-9)
    )


def _commuting(
    network: System,
    system: PolynomialSystem,
    integrals: Sequence[Integral],
    witness: Sequence[Fraction],
    needed: int,
) -> list[tuple[Integral, Gradient]]:
    """Integrals that commute with those chosen before them and are independent of them."""
    chosen: list[tuple[Integral, Gradient]] = []
    for integral in integrals:
        slopes = None if integral.logarithms else gradient(system, integral)
        if slopes is None or len(chosen) == needed:
            continue
        if any(bracket(system, network.W, slopes, other) != 0 for _, other in chosen):
            continue
        rows = np.array([_at(system, g, witness) for g in (*(g for _, g in chosen), slopes)])
        if _rank(rows) == len(rows):
            chosen.append((integral, slopes))
    return chosen


def _at(system: PolynomialSystem, slopes: Gradient, witness: Sequence[Fraction]) -> list[float]:
    functions = (X, *system.chain.generators)
    with precision(_BITS):
        z = [enclose(functions[slot], to_arb(x)) for x in witness for slot in system.slots]
        return [float(value_at(p, z)) for p in slopes]


def _columns(rows: FloatArray) -> list[int]:
    """Columns in which the rows are independent, by elimination with the largest pivot."""
    left, found = rows.astype(float).copy(), []
    for k in range(len(left)):
        column = int(np.argmax(np.abs(left[k])))
        found.append(column)
        if left[k, column]:
            left[k + 1 :] -= np.outer(left[k + 1 :, column] / left[k, column], left[k])
    return found


def _data(system: PolynomialSystem, integral: Integral) -> dict[str, object]:
    return {
        "polynomial": polynomial_data(system.expanded(integral.polynomial, integral.linear)),
        "potentials": [str(c) for c in integral.potentials],
    }
