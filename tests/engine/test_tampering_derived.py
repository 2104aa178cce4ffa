"""Every leaf of the certificates of a derivation, changed: the core rejects it, or what it says is true.

What is accepted is held against floats: SymPy's reading of σ, mpmath's differences, NumPy's eigenvalues.
"""

import json
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest

from gsdcheck.certify.certificates import conclude
from gsdcheck.certify.equilibria import check_equilibrium
from gsdcheck.certify.integrability import check_integrable
from gsdcheck.certify.matrix_facts import MATRIX_FACTS, check_matrix_fact
from gsdcheck.engine.derive import derive
from gsdcheck.errors import CertificateRejected
from tests.engine.test_derive import function, polynomial, rate, value
from tests.engine.test_tampering import changes, leaves, replaced

Data = dict[str, Any]

NETWORKS: dict[str, tuple[str, dict[str, Any]]] = {
    "tanh": ("[[0, 2], [-2, 0]]", {"degree": 0}),
    "casimir": ("[[0, -1, 1], [1, 0, -1], [-1, 1, 0]]", {"degree": 0, "state": "3,1,0"}),
    "bias": ("[[0, 1], [-1, 0]]", {"degree": 0, "bias": "1/2,1/3"}),
    "sin": ("[[0, 1], [-3, 0]]", {"activation": "sin", "degree": 1}),
    "ellipse": ("[[1, -2], [1, -1]]", {"activation": "identity", "degree": 2}),
    "inner": ("[[0, 1], [-1, 0]]", {"activation": "expm1", "form": "inner", "bias": "1,0", "degree": 1}),
    "relu": ("[[0, 1], [-1, 0]]", {"activation": "relu", "degree": 0}),
}


@cache
def certificates(name: str) -> list[Data]:
    spec, options = NETWORKS[name]
    record = derive(spec, **options)
    found = [j["certificate"] for j in record["judgements"]]
    found += [
        e["certificate"]
        for part in ("facts", "quantities")
        for e in record[part].values()
        if e.get("certificate")
    ]
    kinds = ("first-integral", "darboux-polynomials", "matrix-fact", "integrable", "equilibrium")
    return [c for c in found if c["kind"] in kinds]


def forgeries(name: str) -> list[Data]:
    """Every certificate with one leaf changed; facts of σ within them are the business of other tests."""
    found = []
    for certificate in certificates(name):
        for path, leaf in leaves(certificate):
            if path[0] != "continuous":
                found += [replaced(certificate, path, other) for other in near(path, leaf)]
    return found


def near(path: tuple[Any, ...], leaf: Any) -> list[Any]:
    if path[-1] == "fact":
        return [other for other in MATRIX_FACTS if other != leaf]
    if path[-1] in ("potential",) or (isinstance(leaf, str) and "(" in leaf):
        return ["x**2/2", "log(cosh(x))", "sin(x)", "tanh(x)", "1-cos(x)"]
    return changes(path, leaf)


def established(certificate: Data) -> bool:
    checks = {
        "matrix-fact": check_matrix_fact,
        "integrable": check_integrable,
        "equilibrium": check_equilibrium,
    }
    check = checks.get(str(certificate.get("kind")), conclude)
    try:
        check(certificate)
    except CertificateRejected:
        return False
    return True


@pytest.mark.parametrize("name", NETWORKS)
def test_a_changed_leaf_is_rejected_or_says_something_true(name: str) -> None:
    forged = forgeries(name)
    accepted = [certificate for certificate in forged if established(certificate)]
    assert len(forged) > 100
    assert len(accepted) < len(forged) / 2
    for certificate in accepted:
        assert is_true(certificate), json.dumps(certificate)


def is_true(certificate: Data) -> bool:
    return {
        "first-integral": integral_is_true,
        "darboux-polynomials": darboux_is_true,
        "matrix-fact": matrix_fact_is_true,
        "integrable": integrable_is_true,
        "equilibrium": equilibrium_is_true,
    }[certificate["kind"]](certificate)


def states(n: int) -> list[list[Any]]:
    return [[mpmath.mpf(3 * i + 2) / 7 + k * mpmath.mpf((i + 1) ** 2) / 5 for i in range(n)] for k in (0, 1)]


def integral_is_true(certificate: Data) -> bool:
    first, second = states(len(certificate["subject"]["W"]))
    still = all(abs(rate(certificate, x)) < 1e-15 for x in (first, second))
    return still and abs(value(certificate, first) - value(certificate, second)) > 1e-9


def darboux_is_true(certificate: Data) -> bool:
    """d log|F|/dt = K at two states, by the difference of a logarithm."""
    zero = {"polynomial": [], "potential": None, "potentials": ["0"] * len(certificate["subject"]["W"])}
    for F, K in certificate["pairs"]:
        alone = {**certificate, **zero, "logarithms": [["1", F, K]]}
        for x in states(len(certificate["subject"]["W"])):
            subject = certificate["subject"]
            y = (
                x
                if subject["form"] == "outer"
                else np.array(matrix(subject["W"])) @ x + vector(subject["bias"])
            )
            z = [
                part for a in y for part in (a, *(function(g)(a) for g in certificate["chain"]["generators"]))
            ]
            if abs(rate(alone, x) - polynomial(K, z)) > 1e-12:
                return False
    return True


def matrix(rows: list[list[str]]) -> list[list[float]]:
    return [[float(Fraction(w)) for w in row] for row in rows]


def vector(entries: list[str]) -> np.ndarray:
    return np.array([float(Fraction(v)) for v in entries])


def matrix_fact_is_true(certificate: Data) -> bool:
    W = np.array(matrix(certificate["W"]))
    values = np.linalg.eigvals(W)
    imaginary = bool((abs(values.real) < 1e-7).all())
    distinct = [v for k, v in enumerate(values) if all(abs(v - u) > 1e-4 for u in values[:k])]
    product = np.eye(len(W), dtype=complex)
    for v in distinct:
        product = product @ (W - v * np.eye(len(W)))
    diagonalizable = bool(abs(product).max() < 1e-6)
    turns = sorted({round(abs(v.imag), 9) for v in distinct if abs(v.imag) > 1e-7})
    commensurate = all(
        abs(float(Fraction(t / turns[0]).limit_denominator(50)) - t / turns[0]) < 1e-8 for t in turns
    )
    return (
        certificate["holds"]
        is {
            "skew": bool((W == -W.T).all()),
            "skew_symmetrizable": symmetrizable(W),
            "similar_to_skew": imaginary and diagonalizable,
            "invertible": bool(abs(np.linalg.det(W)) > 1e-9),
            "linear_orbits_bounded": bool((values.real < 1e-7).all()) and (not imaginary or diagonalizable),
            "linear_orbits_periodic": imaginary and diagonalizable and commensurate,
        }[certificate["fact"]]
    )


def symmetrizable(W: np.ndarray) -> bool:
    """A d > 0 in the null space of all d_i W_ij + d_j W_ji, for the connected or the decoupled W of these tests."""
    n = len(W)
    rows = [
        [W[i, j] * (k == i) + W[j, i] * (k == j) for k in range(n)] for i in range(n) for j in range(i + 1)
    ]
    _, s, vh = np.linalg.svd(np.array(rows))
    null = vh[np.concatenate([s, np.zeros(n - len(s))])[:n] < 1e-9]
    return len(null) == n or any((v > 1e-9).all() or (v < -1e-9).all() for v in null)


def gradient(certificate: Data, x: list[Any]) -> np.ndarray:
    h = mpmath.mpf(10) ** -12
    step = [[a + (h if i == k else 0) for i, a in enumerate(x)] for k in range(len(x))]
    back = [[a - (h if i == k else 0) for i, a in enumerate(x)] for k in range(len(x))]
    pairs = zip(step, back, strict=True)
    return np.array([float((value(certificate, a) - value(certificate, b)) / (2 * h)) for a, b in pairs])


def integrable_is_true(certificate: Data) -> bool:
    """The integrals, as functions of y in the inner form, are constant, commute, and are independent at a state."""
    W = np.array(matrix(certificate["subject"]["W"]))
    outer = {**certificate["subject"], "form": "outer"}
    if certificate["subject"]["form"] == "inner":
        outer["bias"] = ["0"] * len(W)
    whole = [
        {**certificate, "subject": outer, "potential": None, "logarithms": [], **i}
        for i in certificate["integrals"]
    ]
    x = states(len(W))[0]
    slopes = np.array([gradient(c, x) for c in whole])
    brackets = slopes @ W @ slopes.T
    steady = all(abs(rate(c, x)) < 1e-9 for c in whole)
    return (
        steady and bool(abs(brackets).max() < 1e-6) and np.linalg.matrix_rank(slopes, tol=1e-6) == len(whole)
    )


def equilibrium_is_true(certificate: Data) -> bool:
    """Newton's method from the middle of the box ends in the box, on the leaf of the state."""
    subject, W = certificate["subject"], np.array(matrix(certificate["subject"]["W"]))
    sigma, n = function(subject["activation"]), len(W)
    kernel = np.linalg.svd(W.T)
    K = kernel.Vh[kernel.S < 1e-9]
    x0, b = vector([str(Fraction(s)) for s in subject["state"]]), vector(subject["bias"])

    def residual(x: np.ndarray) -> np.ndarray:
        return np.concatenate([W @ [float(sigma(a)) for a in x] + b, K @ (x - x0)])

    box = np.array([[float(Fraction(low)), float(Fraction(high))] for low, high in certificate["enclosure"]])
    x = box.mean(axis=1)
    for _ in range(60):
        J = np.array([(residual(x + 1e-6 * e) - residual(x - 1e-6 * e)) / 2e-6 for e in np.eye(n)]).T
        x = x - np.linalg.lstsq(J, residual(x), rcond=None)[0]
    return bool(
        abs(residual(x)).max() < 1e-9 and (x > box[:, 0] - 1e-9).all() and (x < box[:, 1] + 1e-9).all()
    )


@pytest.mark.parametrize(
    "kind", ["first-integral", "darboux-polynomials", "matrix-fact", "integrable", "equilibrium"]
)
def test_the_witnesses_can_say_no(kind: str) -> None:
    certificate = json.loads(json.dumps(next(c for c in certificates("casimir") if c["kind"] == kind)))
    assert is_true(certificate)
    if kind == "matrix-fact":
        certificate["holds"] = not certificate["holds"]
    elif kind == "equilibrium":
        certificate["enclosure"][0] = ["2", "3"]
    else:
        certificate["subject"]["W"][0][1] = "5"
    assert not is_true(certificate)
