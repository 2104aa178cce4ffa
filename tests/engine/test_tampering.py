"""Every leaf of every certificate, changed: replay rejects it, or it says something else that is true.

The forger recomputes the digest, and may also rewrite the judgement to whatever the changed certificate
establishes. What is then accepted is held against witnesses written here: SymPy's reading of σ sampled in
floats, mpmath, exact rationals, and the checks of the catalogue in the numerical room.
"""

import json
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from scipy.integrate import solve_ivp

from gsdcheck.certify import certificates
from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.formal import FORMAL_CLAIMS
from gsdcheck.certify.identities import IDENTITIES
from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.sharpness import SHARPNESS
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.claims import ALL_CLAIMS, BY_ID
from gsdcheck.engine.replay import Outcome, replay_judgement
from gsdcheck.engine.serial import judgement_data
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Case, exact_matrix, exact_vector, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.record.build import build_record
from gsdcheck.record.canonical import digest
from gsdcheck.record.files import parse_record

Path = tuple[Any, ...]
Data = dict[str, Any]

CERTIFIED = [entry.claim.id for entry in ALL_CLAIMS if entry.claim.expected is not Verdict.SUPPORTED]


@cache
def judgements(claim: str) -> list[Data]:
    """The judgements of a verify record on this claim, as data."""
    entry = BY_ID[claim]
    certificates = [json.loads(json.dumps(c)) for c in entry.proposals()]
    return [
        judgement_data(Judgement.from_certificate(c), expected=entry.claim.expected) for c in certificates
    ]


@cache
def owners() -> dict[str, str]:
    """The claim on whose certificates a fact that several share is changed."""
    found: dict[str, str] = {}
    for claim in CERTIFIED:
        for judgement in judgements(claim):
            for fact in judgement["certificate"].get("facts", []):
                found.setdefault(json.dumps(fact), claim)
    return found


def forgeries(claim: str) -> Iterator[tuple[Data, Data]]:
    """A judgement, and its certificate with one leaf changed; a fact that several share is changed once."""
    done: set[str] = set()
    for judgement in judgements(claim):
        certificate = judgement["certificate"]
        for path, leaf in leaves(certificate):
            fact = json.dumps(certificate["facts"][path[1]]) if path[:1] == ("facts",) and path[1:] else ""
            if fact in done or (fact and owners()[fact] != claim):
                continue
            for value in changes(path, leaf):
                yield judgement, replaced(certificate, path, value)
        done |= {json.dumps(fact) for fact in certificate.get("facts", [])}


@pytest.fixture(autouse=True)
def every_fact_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact that is not changed is the same fact in thousands of forgeries: its check is remembered."""
    monkeypatch.setattr(certificates, "check_fact", lambda entry: fact_grade(json.dumps(entry)))
    monkeypatch.setattr(certificates, "check_quantity", lambda entry: quantity_ends(json.dumps(entry)))


@cache
def fact_grade(text: str) -> Any:
    return check_fact(json.loads(text))


@cache
def quantity_ends(text: str) -> Any:
    return check_quantity(json.loads(text))


# What a leaf can be changed to


KINDS = (
    *("coq", "written", "identity", "theorem", "orbit", "tanh-period"),
    *("activation-fact", "activation-quantity"),
)
FACTS = (
    *("odd", "bounded", "continuous", "nondecreasing", "strictly_increasing"),
    *("lipschitz", "sign_strict", "sign_weak", "zero_only_at_origin"),
)
QUANTITIES = ("zero", "well_depth", "escape_energy", "slope_at_zero", "lipschitz_constant", "bound")
RULES = ("smooth", "direct", "tail", "compact", "range", "mirror", "jump", "factor", "taylor", "null")
ACTIVATIONS = tuple(
    find_activation(name).text for name in ("tanh", "identity", "sin", "gelu", "relu", "xgauss", "zero")
)
SAME_KIND: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    # rows of the section "Sharpness" speak of cases outside a claim's assumptions, where no check of it is to be
    # asked; tests/certify/test_theorems.py breaks their premises one by one
    "theorem": tuple(THEOREMS.keys() - {row.id for row in SHARPNESS}),
    "identity": tuple(IDENTITIES),
    "claim": tuple(FORMAL_CLAIMS),
    "fact": tuple(FACTS),
    "quantity": QUANTITIES,
    "form": ("outer", "inner"),
    "rule": RULES,
    "end": ("diverges", "converges", "crosses", "ends"),
    "activation": ACTIVATIONS,
    "expression": ACTIVATIONS,
    "antiderivative": ("0", "x", "x**2/2", "-cos(x)"),
    "limit": ("0", "1/2", "1", "pi"),
}


def leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every leaf with its path; an empty list is one."""
    if isinstance(data, dict | list) and data:
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def changes(path: Path, leaf: Any) -> list[Any]:
    """Other values of the same kind: by 1 and by one unit in the last place, or another valid name."""
    found: list[Any] = []
    for value in values_near(path, leaf):
        if value != leaf and value not in found:
            found.append(value)
    return found


def values_near(path: Path, leaf: Any) -> Iterator[Any]:
    key = next((k for k in reversed(path) if isinstance(k, str)), "")
    if isinstance(leaf, bool):
        yield not leaf
    elif isinstance(leaf, int):
        yield from (leaf - 1, leaf + 1)
    elif leaf is None:
        yield from ("0", "1/2", "oo", ["0", "0"], ["1", "1"], ["1", "1", "1"])
    elif isinstance(leaf, list):
        yield ["0"]
    elif key in SAME_KIND:
        yield from SAME_KIND[key]
    elif key in ("page", "sources"):
        yield ("1" if leaf[0] == "0" else "0") + leaf[1:]
    elif key in ("statement", "assumptions"):  # what Coq printed
        yield from (leaf[1:], f"{leaf} ", leaf.replace("forall", "exists", 1))
    else:
        yield from numbers_near(leaf)


def numbers_near(text: str) -> Iterator[str]:
    """The number by 1, and by one unit in the last place of its numerator, denominator or decimals."""
    if text in ("oo", "-oo"):
        yield from ("0", "1", "-1", "16", "-oo" if text == "oo" else "oo")
        return
    head, point, decimals = text.partition(".")
    if point:
        for step in (-1, 1):
            yield f"{int(head) + step}.{decimals}"
            yield f"{head}.{int(decimals) + step:0{len(decimals)}d}"
        return
    try:
        value = Fraction(text)
    except ValueError:  # pi/2
        yield from ("0", "1", f"{text}+1", f"-{text}")
        return
    p, q = value.numerator, value.denominator
    yield from (str(value + 1), str(value - 1), str(-value))
    yield from (str(Fraction(n, d)) for n, d in ((p + 1, q), (p - 1, q), (p, q + 1), (p, max(1, q - 1))))


def replaced(data: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = replaced(data[path[0]], path[1:], value)
    return copy


# Witnesses that share no code with the trusted core


@cache
def sigma(text: str) -> Callable[[np.ndarray], np.ndarray]:
    """σ as SymPy reads it, in floats."""
    x = sympy.Symbol("x", real=True)
    tree = sympy.sympify(
        text, locals={"x": x, "expm1": lambda u: sympy.exp(u) - 1, "log1p": lambda u: sympy.log(1 + u)}
    )
    value = sympy.lambdify(x, tree, modules=["scipy", "numpy"])

    def evaluated(s: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            return np.asarray(value(np.asarray(s, dtype=float)), dtype=float) + 0 * s

    return evaluated


GRID = np.concatenate([np.linspace(-60, 60, 24_001), [-1e4, 1e4, -1e8, 1e8], [-300.0, 300.0]])
GRID.sort()


@cache
def fact_holds(expression: str, name: str) -> bool:
    """Whether the fact holds on the grid, as far as floats see."""
    with np.errstate(all="ignore"):
        return fact_is_seen(expression, name)


def fact_is_seen(expression: str, name: str) -> bool:
    f = sigma(expression)
    v, positive = f(GRID), GRID > 0
    seen = np.isfinite(v)
    slope = np.diff(v) / np.diff(GRID)
    near = (np.abs(GRID) <= 30) & seen
    match name:
        case "odd":
            return bool(np.allclose(v[near], -f(-GRID[near]), rtol=1e-9, atol=1e-12))
        case "bounded":
            return bool(seen.all() and np.max(np.abs(v)) < 1e3)
        case "continuous":
            return bool(np.max(np.abs(np.diff(v[near]) / (1 + np.abs(v[near][1:])))) < 0.1)
        case "nondecreasing":
            return bool((np.diff(v[seen]) >= -1e-12).all())
        case "strictly_increasing":
            return bool((np.diff(v[np.abs(GRID) <= 5]) > 0).all() and (np.diff(v[seen]) >= 0).all())
        case "lipschitz":
            return bool(seen.all() and np.max(np.abs(slope)) < 1e2)
        case "sign_strict":
            inside = (np.abs(GRID) <= 7) & (np.abs(GRID) > 1e-9)
            return bool((np.sign(GRID[inside]) * v[inside] > 0).all())
        case "sign_weak":
            return bool((np.sign(GRID[seen]) * v[seen] >= 0).all())
        case "zero_only_at_origin":
            others = (np.abs(GRID) <= 7) & (np.abs(GRID) > 1e-9)
            same = all(len(set(np.sign(v[others & side]))) == 1 for side in (positive, ~positive))
            return bool(f(np.zeros(1))[0] == 0 and same and (v[others] != 0).all())
    raise AssertionError(name)


def rational(value: mpmath.mpf) -> Fraction:
    return Fraction(mpmath.nstr(value, 60))


with mpmath.workdps(70):
    SILU = rational(mpmath.pi**2 / 12)
    MISH = rational(
        -mpmath.quad(lambda s: s * mpmath.tanh(mpmath.log1p(mpmath.exp(s))), [-400, -40, -8, -2, 0])
    )

# (E₀, E*) by hand: ∫₀^∞ x exp(-x²) = ∫₀^∞ x/(1+x²)² = 1/2; ∫₋∞^0 |gelu| = 1/4; strictly increasing: ∞.
ENERGIES: dict[str, Fraction | None] = {
    find_activation("xgauss").text: Fraction(1, 2),
    find_activation("rational_hump").text: Fraction(1, 2),
    find_activation("gelu").text: Fraction(1, 4),
    find_activation("silu").text: SILU,
    find_activation("mish").text: MISH,
    find_activation("Max(0, x*(1-x))").text: Fraction(0),
    **dict.fromkeys(
        find_activation(name).text
        for name in (
            *("tanh", "expm1", "elu", "selu", "softsign"),
            *("leaky_relu?negative_slope=1/2", "tanh(x-1)+tanh(1)"),
        )
    ),
}


def quantity_is_true(entry: Data) -> bool:
    known = {"well_depth": ENERGIES, "escape_energy": ENERGIES, "lipschitz_constant": SLOPES, "bound": BOUNDS}
    value = known[entry["quantity"]][entry["expression"]]
    if value is None:
        return entry["exact"] == "oo" and entry["enclosure"] == ["oo", "oo"]
    low, high = entry["enclosure"]
    within = Fraction(low) <= value and (high == "oo" or value <= Fraction(high))
    return within and (entry["exact"] is None or is_near(entry["exact"], value))


def is_near(exact: str, value: Fraction) -> bool:
    return bool(abs(sympy.N(sympy.sympify(exact), 60) - sympy.Rational(value)) < sympy.Float("1e-25", 60))


BOUNDS: dict[str, Fraction | None] = {"tanh(x)": Fraction(1)}
SLOPES: dict[str, Fraction | None] = {"tanh(x)": Fraction(1)}


def fact_is_true(entry: Data) -> bool:
    if entry["kind"] == "activation-quantity":
        return quantity_is_true(entry)
    if entry["kind"] == "line-fact":
        return line_fact_is_seen(entry["expression"], entry["fact"], float(Fraction(entry["slope"])))
    return fact_holds(entry["expression"], entry["fact"]) is entry["holds"]


def line_fact_is_seen(expression: str, name: str, slope: float) -> bool:
    """Whether σ(s) - c s has one sign, is ≥ 0 and > 0 on one side, or does not fall, as far as floats see."""
    near = GRID[np.abs(GRID) <= 30]
    v = sigma(expression)(near) - slope * near
    slack = 1e-12 * (1 + np.abs(near))
    match name:
        case "one-signed":
            return bool((v > 0).all() or (v < 0).all())
        case "above-line":
            sides = [v[near > 1e-3], v[near < -1e-3]]
            return bool((v >= -slack).all() and any((side > 0).all() for side in sides))
        case "steep":
            return bool((np.diff(v) >= -slack[1:]).all())
    raise AssertionError(name)


def period_is_true(data: Data) -> bool:
    """(4/ω)K(1 - e^(-2E)) and 4/ω ∫ e^E/√(1 + U² sin²) agree, by mpmath, and differ by less than is said."""
    with mpmath.workdps(60):
        energy, omega = (
            mpmath.mpf(Fraction(data[k]).numerator) / Fraction(data[k]).denominator
            for k in ("energy", "omega")
        )
        U2 = mpmath.expm1(2 * energy)
        curve = (
            4
            / omega
            * mpmath.exp(energy)
            * mpmath.quad(
                lambda phi: 1 / mpmath.sqrt(1 + U2 * mpmath.sin(phi) ** 2),
                mpmath.linspace(0, mpmath.pi / 2, 5),
            )
        )
        formula = 4 / omega * mpmath.ellipk(1 - mpmath.exp(-2 * energy))
        return bool(abs(curve - formula) < mpmath.mpf(10) ** -data["digits"])


def identity_is_true(data: Data) -> bool:
    """The identity, at a random point with rational entries."""
    n, name = data["n"], data["identity"]
    draw = random.Random(n)
    number = lambda: Fraction(draw.randint(-9, 9), draw.randint(1, 9))  # noqa: E731
    A = np.array([[number() for _ in range(n)] for _ in range(n)], dtype=object)
    W, a, b, h = A - A.T, *(np.array([number() for _ in range(n)], dtype=object) for _ in range(2)), number()
    det = lambda M: sympy.Matrix(M).applyfunc(sympy.nsimplify).det()  # noqa: E731
    parity = lambda M: sympy.Matrix(M).charpoly().all_coeffs()  # noqa: E731
    match name:
        case "pair" | "energy-rate":
            return a @ (W @ a) == 0
        case "polarisation":
            e, f = np.eye(n, dtype=int).astype(object)[[0, n - 1]]
            q = lambda s: s @ (A @ s)  # noqa: E731
            return q(a + e + f) - q(a + e) - q(a + f) + q(a) == A[0][n - 1] + A[n - 1][0]
        case "casimir-rate":
            return a @ (A @ b) == (A.T @ a) @ b
        case "odd-determinant":
            return det(W) == 0
        case "jacobian-similarity":
            return parity(W @ np.diag(a * a)) == parity(np.diag(a) @ W @ np.diag(a))
        case "jacobian-parity":
            return not any(parity(W @ np.diag(a))[1::2])
        case "norm-rate":
            return 2 * (a @ (A @ a)) == a @ ((A + A.T) @ a)
        case "euler-norm":
            step, speed = a + h * (W @ a), W @ a
            return step @ step == a @ a + h * h * (speed @ speed)
        case "euler-planar-factor":
            step = a + h * (W @ a)
            return n == 2 and step @ step == (1 + h * h * W[0][1] ** 2) * (a @ a)
        case "leak-rate":
            return b @ (-h * a + W @ b) == -h * (a @ b)
    return further_identity_is_true(name, n, W, A, a, b, h)


def further_identity_is_true(
    name: str, n: int, W: np.ndarray, A: np.ndarray, a: np.ndarray, b: np.ndarray, h: Fraction
) -> bool:
    one = np.eye(n, dtype=int).astype(object)
    det = lambda M: sympy.Matrix(M).applyfunc(sympy.nsimplify).det()  # noqa: E731
    move = h * b[0]
    match name:
        case "weighted-energy-rate":
            d = a * a + 1
            return (d * b) @ ((W @ b) / d) == 0
        case "tilted-energy-rate":
            return (a + b) @ (W @ a + W @ b) == 0
        case "jacobian-trace":
            return np.trace(W @ np.diag(a)) == 0
        case "odd-jacobian":
            return det(W @ np.diag(a)) == 0
        case "planar-jacobian":
            spectrum = sympy.Matrix(W @ np.diag(a)).charpoly().all_coeffs()
            return n == 2 and spectrum == [1, 0, W[0][1] ** 2 * a[0] * a[1]]
        case "leaky-euler-norm":
            leaky, turned = (1 - h * a[0]) * b + h * (W @ b), W @ b
            return leaky @ leaky == (1 - h * a[0]) ** 2 * (b @ b) + h * h * (turned @ turned)
        case "leaky-euler-factor":
            g, w = a[0], b[0]
            return (1 - h * g) ** 2 + h * h * w * w == 1 - h * (2 * g - h * (g * g + w * w))
        case "substep-argument":
            moved = [(a + move * W[:, i])[i] - a[i] + (W @ (a + move * one[i]) - W @ a)[i] for i in range(n)]
            return not any(moved)
        case "substep-casimir":
            moves = [b @ (a + move * A[:, i]) - b @ a - move * (A.T @ b)[i] for i in range(n)]
            return not any(moves)
        case "substep-determinant":
            shears = [one + move * np.outer(W[:, i], one[i]) for i in range(n)]
            return {det(M) for M in (*shears, *(one - S.T + one for S in shears))} == {1}
        case "sweep-pairs":
            order = [*range(n), *reversed(range(n))]
            pairs = sum(A[i][j] for k, i in enumerate(order) for j in order[:k] if i != j)
            return pairs == 2 * (np.sum(A) - np.trace(A))
        case "midpoint-norm":
            return b @ b - a @ a == (a + b) @ (b - a) and (a + b) @ (W @ (a + b)) == 0
        case "rk4-amplification":
            z = sympy.I * sympy.Rational(h.numerator, h.denominator)
            R = sympy.expand(1 + z + z**2 / 2 + z**3 / 6 + z**4 / 24)
            u = sympy.Rational(h.numerator, h.denominator)
            return sympy.expand(R * sympy.conjugate(R)) == 1 - u**6 / 72 + u**8 / 576
        case "tanh-darboux":
            rates = (1 - a * a) * (W @ a)  # of 1 + v, and its negative of 1 - v
            return bool(
                (rates == (1 - a) * (W @ a) * (1 + a)).all()
                and (-rates == -(1 + a) * (W @ a) * (1 - a)).all()
            )
        case "tanh-cofactors":
            plus, minus = (1 - a) * (W @ a), -(1 + a) * (W @ a)
            return (plus + minus).sum() == 0 and b @ (plus - minus) == 2 * (W.T @ b) @ a
    raise AssertionError(name)


def theorem_is_true(data: Data) -> bool:
    """Its facts are true of σ, and the check of the claim agrees with the verdict on this subject."""
    theorem, subject = THEOREMS[data["theorem"]], data["subject"]
    if not all(fact_is_true(entry) for entry in data["facts"]):
        return False
    if theorem.id == "planar-escape" or theorem.id.startswith("escape-against-"):
        return (never_turns if fact_holds(subject["activation"], "odd") else never_winds)(subject)
    if theorem.claim == "one-signed-activations-unbound-orbits":
        return rises_or_falls(subject)
    if theorem.id == "incommensurate-orbit":
        return excites_incommensurate(subject)
    if theorem.id.startswith("mirror-line-against-"):
        return not keeps_swinging(subject)
    if theorem.id.startswith("rest-against-"):
        return rests(subject)
    if theorem.id.endswith("-outgrows"):
        return outgrows(subject)
    if theorem.claim in SEEN:
        return SEEN[theorem.claim](subject) is (theorem.verdict is Verdict.PROVED)
    margin = margin_of(theorem.claim, json.dumps(subject))
    return margin >= 0 if theorem.verdict is Verdict.PROVED else margin < 0


@cache
def path(text: str) -> tuple[np.ndarray, np.ndarray]:
    """x(t) and what σ is applied to, for 20 units of time by Heun's method with steps of 1/100."""
    subject = json.loads(text)
    f, x = sigma(subject["activation"]), np.array([float(v) for v in case_of(subject).state])
    W = np.array([[float(Fraction(w)) for w in row] for row in subject["W"]])
    b, leak = np.array([float(Fraction(v)) for v in subject["bias"]]), float(Fraction(subject["leak"]))
    inner = subject["form"] == "inner"

    def field(x: np.ndarray) -> np.ndarray:
        return (f(W @ x + b) if inner else W @ f(x) + b) - leak * x

    found = [x]
    for _ in range(2_000):
        speed = field(x)
        x = x + 0.005 * (speed + field(x + 0.01 * speed))
        found.append(x)
    states = np.array(found)
    return states, states @ W.T + b if inner else states


def stays(subject: Data) -> bool:
    """What σ is applied to is less than 1.7 times as large in the second half as in the first: no growth in t."""
    sizes = np.abs(path(json.dumps(subject))[1]).max(axis=1)
    return bool(sizes[1_000:].max() <= 1.7 * sizes[:1_000].max())


def keeps_swinging(subject: Data) -> bool:
    """It stays, and swings in the last third of the orbit at least half as widely as in the first."""
    y = path(json.dumps(subject))[1]
    early, late = (np.ptp(part, axis=0).max() for part in (y[:667], y[-667:]))
    return stays(subject) and bool(late > 0.5 * early > 0)


def rises_or_falls(subject: Data) -> bool:
    """Every coordinate of W⁻¹x is strictly monotone along the orbit, and moves by more than 1/10."""
    W = np.array([[float(Fraction(w)) for w in row] for row in subject["W"]])
    moves = np.diff(np.linalg.solve(W, path(json.dumps(subject))[0].T))
    return bool(
        all((row > 0).all() or (row < 0).all() for row in moves) and (abs(moves.sum(axis=1)) > 0.1).all()
    )


def excites_incommensurate(subject: Data) -> bool:
    """Two frequencies that x₀ excites have a quotient that is near no fraction with a small denominator."""
    W = np.array([[float(Fraction(w)) for w in row] for row in subject["W"]])
    values, vectors = np.linalg.eig(W)
    parts = abs(np.linalg.solve(vectors, [complex(sympy.sympify(v)) for v in subject["state"]]))
    excited = [abs(v.imag) for v, part in zip(values, parts, strict=True) if part > 1e-9 and abs(v) > 1e-9]
    quotients = [a / b for a in excited for b in excited]
    return any(abs(q - float(Fraction(q).limit_denominator(60))) > 1e-7 for q in quotients)


def rests(subject: Data) -> bool:
    """x₀ ≠ 0 does not move."""
    states = path(json.dumps(subject))[0]
    return bool(states[0].any() and np.allclose(states, states[0], atol=1e-12))


def outgrows(subject: Data) -> bool:
    """log ‖W x_k‖ of forward Euler, h = 1/10, rises between k = 200 and 400 as it does between 0 and 200, or faster."""
    f, x = sigma(subject["activation"]), np.array([float(v) for v in case_of(subject).state])
    W = np.array([[float(Fraction(w)) for w in row] for row in subject["W"]])
    sizes = [np.linalg.norm(W @ x)]
    for _ in range(400):
        x = x + 0.1 * (W @ f(x))
        sizes.append(np.linalg.norm(W @ x))
    early, late = np.log(sizes[200] / sizes[0]), np.log(sizes[400] / sizes[200])
    return bool(early > 0.1 and late > 0.8 * early)


SEEN = {"oscillation-is-perpetual": keeps_swinging, "orbits-are-bounded": stays}


def never_turns(subject: Data) -> bool:
    """H(x₀) > sup Φ = 1/2 by quadrature, and no velocity and no coordinate changes its sign along the orbit."""
    f, (states, _) = sigma(subject["activation"]), path(json.dumps(subject))
    energy = sum(f(np.linspace(0, v, 10_001)).mean() * v for v in states[0])
    signs = np.hstack([states[1:], np.diff(states, axis=0)])  # a velocity may become too small to be seen
    return bool(energy > 0.5 and not ((signs > 0).any(axis=0) & (signs < 0).any(axis=0)).any())


def never_winds(subject: Data) -> bool:
    """H(x₀) > E* by quadrature, and the orbit does not turn once round 0 within 20 units of time."""
    f, (states, _) = sigma(subject["activation"]), path(json.dumps(subject))
    energy = sum(f(np.linspace(0, v, 10_001)).mean() * v for v in states[0])
    angle = np.unwrap(np.arctan2(states[:, 1], states[:, 0]))
    level = ENERGIES[subject["activation"]]
    return level is not None and bool(energy > level and np.ptp(angle) < 1.9 * np.pi)


@cache
def margin_of(claim: str, subject: str) -> float:
    return BY_ID[claim].margin(case_of(json.loads(subject)))


def case_of(subject: Data) -> Case:
    moving = subject["state"] and set(subject["state"]) != {"0"}
    state = subject["state"] if moving else [f"{k + 1}/8" for k in range(len(subject["W"]))]
    values = [
        Fraction(str(sympy.Rational(v))) if "pi" not in v else Fraction(float(sympy.sympify(v)))
        for v in state
    ]
    chosen = system(
        exact_matrix(subject["W"]),
        activation_from_expression(subject["activation"]),
        form=subject["form"],
        leak=subject["leak"],
        bias=exact_vector(subject["bias"]),
    )
    return Case(system=chosen, state=tuple(values), step=Fraction(subject["step"] or "1/10"))


def followed(subject: Data, start: list[float], time: float, **options: Any) -> Any:
    """The orbit by DOP853."""
    f = sigma(subject["activation"])
    W = np.array([[float(Fraction(w)) for w in row] for row in subject["W"]])
    b, leak = np.array([float(Fraction(v)) for v in subject["bias"]]), float(Fraction(subject["leak"]))
    inner = subject["form"] == "inner"

    def field(_: float, x: np.ndarray) -> np.ndarray:
        return (f(W @ x + b) if inner else W @ f(x) + b) - leak * x

    return solve_ivp(field, (0, time), start, method="DOP853", rtol=1e-11, atol=1e-12, **options)


def returns(subject: Data, start: list[float], i: int, within: float) -> tuple[float, np.ndarray]:
    """Time and place of the first return to {x_i = x_i(0)} in the direction of the start."""

    def height(_: float, x: np.ndarray) -> float:
        return float(x[i] - start[i])

    ahead = followed(subject, start, 0.01)
    height.direction = float(np.sign(ahead.y[i, -1] - start[i]))  # type: ignore[attr-defined]
    run = followed(subject, ahead.y[:, -1].tolist(), 1.1 * within, events=height)
    return float(run.t_events[0][0]) + 0.01, run.y_events[0][0]


def within(value: float, ends: list[str], slack: float = 1e-7) -> bool:
    low, high = (float(Fraction(end)) for end in ends)
    return low - slack < value < high + slack


def outlasts(subject: Data, start: list[float], stated: Data) -> bool:
    """Far away from the stated time on, at 4,000 times."""
    first, last, distance = (float(Fraction(stated[key])) for key in ("from", "until", "distance"))
    run = followed(subject, start, last, t_eval=np.linspace(first, last, 4_000))
    return bool((np.abs(run.y.T - start).max(axis=1) > distance - 1e-6).all())


def stays_in_quadrant(subject: Data, start: list[float], stated: Data) -> bool:
    run = followed(subject, start, float(Fraction(stated["time"])) + 15)
    late = run.y[:, run.t >= float(Fraction(stated["time"]))].T * stated["quadrant"]
    return bool(len(late) > 3 and (late > -1e-9).all() and (np.diff(late[:, 0]) <= 1e-9).all())


def contracts(subject: Data, stated: Data) -> bool:
    """Two orbits from the ends of the box come back nearer to each other, within the period."""
    at, r, i = [float(Fraction(v)) for v in stated["at"]], 1e-5, stated["coordinate"]
    ends = [[v + s * r * (j != i) for j, v in enumerate(at)] for s in (-1, 1)]
    times, places = zip(*(returns(subject, end, i, 20.0) for end in ends), strict=True)
    nearer = float(np.abs(places[1] - places[0]).max()) / (2 * r)
    return nearer < float(Fraction(stated["contraction"])) and within(sum(times) / 2, stated["period"], 1e-5)


def drives_away(subject: Data, stated: Data) -> bool:
    """Around the stated point a short orbit gains distance, in the stated metric, and a long one stays bounded."""
    at, radius = np.array([float(Fraction(v)) for v in stated["at"]]), float(Fraction(stated["radius"]))
    P = np.array([[float(Fraction(v)) for v in row] for row in stated["metric"]])
    gains = []
    for angle in np.linspace(0, 6, 8):
        away = 0.9 * radius * np.array([np.cos(angle), np.sin(angle)])
        later = followed(subject, list(at + away), 1e-3).y[:, -1] - at
        gains.append(later @ P @ later > away @ P @ away)
    far = followed(subject, [3.0, 3.0], 40.0).y[:, -1]
    return all(gains) and bool(np.abs(far).max() <= float(Fraction(stated["within"])))


def middle_of(stated: Data) -> tuple[list[float], float]:
    """The start in the middle of the segment, and the time in the middle of the interval."""
    p, q = (np.array([float(Fraction(v)) for v in stated[key]]) for key in ("start", "along"))
    u, t = (float(sum(map(Fraction, stated[key])) / 2) for key in ("parameter", "time"))
    return list(p + u * q), t


def drifts(subject: Data, stated: Data) -> bool:
    """After two parts or four y is back, and k·x has moved by the drift that is stated."""
    start, t = middle_of(stated)
    W = np.array([[float(Fraction(w)) for w in row] for row in subject["W"]])
    k = np.array([float(Fraction(v)) for v in stated["kernel"]])
    moves = followed(subject, start, 4 * t, t_eval=[2 * t, 4 * t]).y.T - start
    return any(
        bool(np.allclose(W @ move, 0, atol=1e-5)) and within(k @ move, stated["drift"], 1e-5)
        for move in moves
    )


def parts_ways(subject: Data, stated: Data) -> bool:
    """After two parts or four the orbit is back, and orbits from nearby have a derivative of a large trace."""
    start, t = middle_of(stated)
    n, h, returned = len(start), 1e-5, False
    for turns in (2, 4):
        back = followed(subject, start, turns * t).y[:, -1]
        ends = [followed(subject, list(start + h * e), turns * t).y[:, -1] for e in np.eye(n)]
        trace = sum((end - back)[i] / h for i, end in enumerate(ends))
        returned |= bool(np.allclose(back, start, atol=1e-5)) and abs(trace) > n
    return returned


def orbit_is_true(data: Data) -> bool:
    """What is stated of the orbit is seen on an orbit in floats, and the facts of σ are true."""
    subject, seen = data["subject"], [fact_is_true(entry) for entry in data["facts"]]
    start = [float(sympy.sympify(v)) for v in subject["state"] or []]
    for premise, stated in data["along"].items():
        match premise:
            case "returns-to-axis" | "returns-to-plane" | "elliptic-return":
                time, place = returns(subject, start, stated["coordinate"], 40.0)
                seen.append(within(time, stated["period"]) and np.allclose(place, start, atol=1e-7))
            case "outlasts-the-planar-period":
                seen.append(outlasts(subject, start, stated))
            case "last-quadrant":
                seen.append(stays_in_quadrant(subject, start, stated))
            case "contracting-return":
                seen.append(contracts(subject, stated))
            case "one-source":
                seen.append(drives_away(subject, stated))
            case "closed-orbit-drifts":
                seen.append(drifts(subject, stated))
            case "closed-orbit-is-unstable":
                seen.append(parts_ways(subject, stated))
            case _:
                raise AssertionError(premise)
    return all(seen)


TRUE: dict[str, Callable[[Data], bool]] = {
    "theorem": theorem_is_true,
    "orbit": orbit_is_true,
    "tanh-period": period_is_true,
    "identity": identity_is_true,
    # row O5 is one theorem that two claims say, half of it each; of any other claim there is one proof in Coq
    "coq": lambda data: data["claim"] in ("activations-average-to-zero", "coordinates-keep-changing-sign"),
}


def test_there_are_thousands_of_forgeries() -> None:
    """Every kind of leaf is met: else the test below would be vacuous."""
    keys = {
        key
        for claim in CERTIFIED
        for j in judgements(claim)
        for path, _ in leaves(j["certificate"])
        for key in path
    }
    assert {
        "theorem",
        "W",
        "state",
        "step",
        "form",
        "leak",
        "bias",
        "fact",
        "holds",
        "lo",
        "hi",
        "rule",
    } <= keys
    assert {
        "page",
        "identity",
        "n",
        "energy",
        "omega",
        "digits",
        "exact",
        "enclosure",
        "limit",
        "end",
    } <= keys


@pytest.mark.parametrize("claim", CERTIFIED)
def test_a_changed_leaf_is_rejected_or_says_something_else_that_is_true(claim: str) -> None:
    accepted = rejected = 0
    for judgement, forged in forgeries(claim):
        if replay_judgement({"certificate": forged}).outcome is Outcome.FAILS:
            rejected += 1
            continue
        accepted += 1
        assert TRUE[forged["kind"]](forged), forged
        record = resealed({**judgement, "certificate": forged})
        if forged.get("facts") == judgement["certificate"].get("facts"):
            # Something else is true of another subject; a fact may have two certificates and stay the same.
            assert replay_judgement(record["judgements"][0]).outcome is Outcome.FAILS, forged
    assert accepted < rejected


def resealed(judgement: Data) -> Data:
    """A record of this judgement with a digest that fits: reading finds nothing wrong with it."""
    record = build_record(kind="verify", profile="quick", seed=0, judgements=[judgement])
    assert record["digest"] == digest(record)
    return parse_record(record, name="forged")


LIES = {
    "claim": "energy-is-never-lost",
    "case": "all",
    "verdict": "supported",
    "evidence": "formal",
    "rests_on": "formal",
    "reason": "because",
    "margin": ["1e9", "2e9"],
    "theory": "Z9",
    "sentence": "P9",
    "title": "Every network oscillates",
    "statement": "Every network oscillates.",
    "amended_by": "nothing",
    "proof_page": "proofs/nothing.md",
    "expected": "supported",
}


@pytest.mark.parametrize("claim", CERTIFIED)
def test_a_judgement_that_says_more_than_its_certificate_no_longer_holds(claim: str) -> None:
    for judgement in judgements(claim):
        assert replay_judgement(judgement).outcome is Outcome.HOLDS
        for key, lie in LIES.items():
            said = "exact" if judgement[key] == lie else lie  # what is formal cannot be overstated
            forged = resealed({**judgement, key: said})["judgements"][0]
            assert replay_judgement(forged).outcome is Outcome.FAILS, key


def test_the_certificate_of_another_claim_is_rejected() -> None:
    first = [judgements(claim)[0] for claim in CERTIFIED]
    for mine, other in pairwise([*first, first[0]]):
        swapped = replay_judgement({**mine, "certificate": other["certificate"]})
        assert swapped.outcome is Outcome.FAILS
        assert "another" in swapped.detail


PLANAR = [["0", "1"], ["-1", "0"]]


def orbit_of(activation: str, *state: str, leak: str = "0") -> Data:
    parts: Data = {"activation": activation, "W": PLANAR, "form": "outer", "leak": leak}
    return parts | {"bias": ["0", "0"], "state": [*state], "step": None}


def test_the_witnesses_of_orbits_can_say_no() -> None:
    assert keeps_swinging(orbit_of("tanh(x)", "1", "0"))
    assert not keeps_swinging(orbit_of("tanh(x)", "1", "0", leak="1"))
    assert not keeps_swinging(orbit_of("0", "1", "0"))
    assert not stays(orbit_of("x*erfc(-x/sqrt(2))/2", "3", "3"))  # H > E* = 1/4
    assert never_turns(orbit_of("x*exp(-x**2)", "1", "2"))
    assert not never_turns(orbit_of("x*exp(-x**2)", "1/2", "1/2"))
    assert never_winds(orbit_of("x*erfc(-x/sqrt(2))/2", "1", "0"))
    assert not never_winds(orbit_of("x*erfc(-x/sqrt(2))/2", "1/2", "0"))
    assert outgrows(orbit_of("x", "1", "0"))
    assert not outgrows(orbit_of("tanh(x)", "1", "0"))


@pytest.mark.parametrize(
    "witness_of_a_lie",
    [
        {"kind": "identity", "identity": "euler-planar-factor", "n": 3},
        {"kind": "activation-fact", "expression": "sin(x)", "fact": "sign_strict", "holds": True},
        {"kind": "activation-fact", "expression": "tanh(x)", "fact": "odd", "holds": False},
        {"kind": "activation-quantity", "expression": find_activation("gelu").text, "quantity": "escape_energy",
         "exact": "1/4", "enclosure": ["0.2500000000000000000001", "0.26"]},
    ],
    ids=lambda data: data["kind"],
)  # fmt: skip
def test_the_witnesses_can_say_no(witness_of_a_lie: Data) -> None:
    check = TRUE.get(witness_of_a_lie["kind"], fact_is_true)
    assert not check(witness_of_a_lie)


@pytest.mark.parametrize("name", FACTS)
def test_the_witness_of_a_fact_tells_functions_apart(name: str) -> None:
    holds = {
        text
        for text in ("tanh(x)", "x**3", "Max(x, 0)", "sign(x)", "sin(x)", "exp(x)")
        if fact_holds(text, name)
    }
    truth = {
        "odd": {"tanh(x)", "x**3", "sign(x)", "sin(x)"},
        "bounded": {"tanh(x)", "sign(x)", "sin(x)"},
        "continuous": {"tanh(x)", "x**3", "Max(x, 0)", "sin(x)", "exp(x)"},
        "nondecreasing": {"tanh(x)", "x**3", "Max(x, 0)", "sign(x)", "exp(x)"},
        "strictly_increasing": {"tanh(x)", "x**3", "exp(x)"},
        "lipschitz": {"tanh(x)", "Max(x, 0)", "sin(x)"},
        "sign_strict": {"tanh(x)", "x**3", "sign(x)"},
        "sign_weak": {"tanh(x)", "x**3", "Max(x, 0)", "sign(x)"},
        "zero_only_at_origin": {"tanh(x)", "x**3", "sign(x)"},
    }
    assert holds == truth[name]
