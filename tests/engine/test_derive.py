"""`derive` as a whole: what it records of networks known by hand, and that every part replays."""

import copy
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy

from gsdcheck.engine.derive import derive
from gsdcheck.engine.replay import Outcome, replay_file
from gsdcheck.errors import InvalidInput, UnknownName

PLANAR = "[[0, 1], [-1, 0]]"
CROSS = "[[0, -1, 1], [1, 0, -1], [-1, 1, 0]]"
PATH = "[[0,1,0,0],[-1,0,1,0],[0,-1,0,1],[0,0,-1,0]]"
Record = dict[str, Any]

NETWORKS: dict[str, tuple[str, dict[str, Any]]] = {
    "planar": (PLANAR, {}),
    "cross": (CROSS, {"state": "3, 1, 0"}),
    "path": (PATH, {}),
    "bias": (PLANAR, {"bias": "1/2, 1/3"}),
    "inner": (CROSS, {"form": "inner", "bias": "1,0,2"}),
    "leaky": (CROSS, {"leak": "1/2", "degree": 2}),
    "leaky-inner": (PLANAR, {"form": "inner", "leak": "1", "bias": "1,2", "degree": 1}),
    "relu": (PLANAR, {"activation": "relu"}),
    "sin": (PLANAR, {"activation": "sin", "degree": 2}),
    "gelu": (PLANAR, {"activation": "gelu", "degree": 2}),
    "linear": ("[[1, -2], [1, -1]]", {"activation": "identity", "degree": 2}),
    "volterra": (
        "[[0,1,0,0,-1],[-1,0,1,0,0],[0,-1,0,1,0],[0,0,-1,0,1],[1,0,0,-1,0]]",
        {"activation": "exp", "degree": 2},
    ),
    "scaled": ("[[0, 1/3], [-1/7, 0]]", {}),
    "rational": ("[[-1, 0], [0, -1]]", {"activation": "identity", "degree": 1}),
    "zero": ("[[0, 0], [0, 0]]", {"degree": 1}),
}
RECORDS: dict[str, Record] = {}


def record(name: str) -> Record:
    if name not in RECORDS:
        spec, options = NETWORKS[name]
        RECORDS[name] = derive(spec, **options)
    return copy.deepcopy(RECORDS[name])


def integrals(found: Record) -> list[str]:
    return [entry["name"] for entry in found["derivation"]["integrals"]]


def replayed(found: Record, folder: Path) -> dict[str, set[Outcome]]:
    path = folder / "record.json"
    path.write_text(json.dumps(found))
    outcomes: dict[str, set[Outcome]] = {}
    for item in replay_file(str(path)):
        outcomes.setdefault(item.claim, set()).add(item.outcome)
    return outcomes


@pytest.mark.parametrize("name", NETWORKS)
def test_everything_that_is_recorded_replays(name: str, tmp_path: Path) -> None:
    found = record(name)
    outcomes = replayed(found, tmp_path)
    assert set().union(*outcomes.values()) == {Outcome.HOLDS}
    certified = {
        n for part in ("facts", "quantities") for n, e in found[part].items() if e.get("certificate")
    }
    assert {"skew", "similar_to_skew", "linear_orbits_bounded", "linear_orbits_periodic"} <= certified
    assert certified | {j["claim"] for j in found["judgements"]} == set(outcomes)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_first_integral_is_constant_in_floats_along_the_network(name: str) -> None:
    """The certificates' functions, read by SymPy and differentiated along the field by mpmath."""
    certificates = [j["certificate"] for j in record(name)["judgements"]]
    found = [c for c in certificates if c["kind"] == "first-integral"]
    assert len(found) >= len(record(name)["derivation"]["integrals"])
    for certificate in found:
        n = len(certificate["subject"]["W"])
        for shift in (0, 1):
            x = [mpmath.mpf(3 * i + 2) / 7 + shift for i in range(n)]
            assert abs(rate(certificate, x)) < 1e-20


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("planar", ["H"]),
        ("cross", ["C1", "H"]),
        ("path", ["H", "I1"]),
        ("bias", ["H"]),
        ("inner", ["H"]),
        ("leaky", []),
        ("relu", ["H"]),
        ("linear", ["I1"]),
        ("volterra", ["C1", "H", "I1"]),
        ("scaled", ["H"]),
        ("zero", ["C1", "C2", "H1", "H2"]),
    ],
)
def test_the_first_integrals_are_the_known_ones(name: str, expected: list[str]) -> None:
    assert integrals(record(name)) == expected


def test_log_cosh_is_derived_from_the_cofactors_and_named() -> None:
    data = record("cross")["derivation"]
    energy = next(entry for entry in data["integrals"] if entry["name"] == "H")
    assert data["potential"] == "log(cosh(x))"
    assert energy["formula"] == [["1", [["Phi", i, 1]]] for i in (1, 2, 3)]
    assert {term[0] for term in energy["by_logarithms"]} == {"-1/2"}
    assert len(data["darboux"]) == 6


def test_what_w_alone_decides_is_decided_exactly() -> None:
    facts = {
        name: {k: f["holds"] for k, f in record(name)["facts"].items()}
        for name in ("linear", "scaled", "path")
    }
    assert (facts["linear"]["skew_symmetrizable"], facts["linear"]["similar_to_skew"]) == (False, True)
    assert (facts["scaled"]["skew"], facts["scaled"]["skew_symmetrizable"]) == (False, True)
    assert facts["path"]["linear_orbits_periodic"] is False
    quantities = record("scaled")["quantities"]
    assert quantities["symmetrizer"]["exact"] == ["1", "7/3"]
    assert quantities["minimal_polynomial"]["exact"] == ["1/21", "0", "1"]
    assert quantities["linear_period"]["exact"] == "2*pi/sqrt(1/21)"
    assert record("linear")["quantities"]["linear_period"]["exact"] == "2*pi"


def test_the_jacobian_polynomial_is_the_one_on_paper() -> None:
    found = record("path")["derivation"]["jacobian"]
    pairs = [["1", [["d", i, 1], ["d", i + 1, 1]]] for i in (1, 2, 3)]
    assert found["coefficients"][:3] == [[["1", []]], [], pairs]
    assert found["at_zero"] == ["1", "0", "3", "0", "1"]
    assert record("relu")["derivation"]["jacobian"]["at_zero"] is None  # relu has no slope at 0
    assert record("gelu")["derivation"]["jacobian"]["slope_at_zero"] == "1/2"


def test_the_equilibrium_of_the_leaf_is_enclosed() -> None:
    found = record("cross")
    ends = found["quantities"]["equilibrium"]["enclosure"]
    assert all(Fraction(low) < Fraction(4, 3) < Fraction(high) for low, high in ends)
    assert found["derivation"]["equilibria"]["kernel"] == [["1", "1", "1"]]
    assert "exactly one" in found["derivation"]["equilibria"]["says"]


@pytest.mark.parametrize(
    ("spec", "options", "says"),
    [
        (CROSS, {"bias": "1/2,0,-1/2"}, "an equilibrium was enclosed"),
        (CROSS, {"activation": "exp"}, "an equilibrium was enclosed"),  # x = 0: W exp(0) = 0
        ("[[0, 1, 1], [-1, 0, 1], [-1, -1, 0]]", {"activation": "exp"}, "or no leaf holds one"),
        (CROSS, {"bias": "1,0,0"}, "not in range W"),
        (CROSS, {"leak": "1"}, "no leaves"),
        (CROSS, {"form": "inner"}, "Wx + b = (c, …, c)"),
        (CROSS, {"form": "inner", "activation": "sin"}, "not exactly one zero"),
        (CROSS, {"form": "inner", "leak": "1"}, "γx = σ(Wx + b)"),
        (CROSS, {"activation": "sin"}, "not strictly increasing"),
        ("[[3, -6], [1, -2]]", {}, "skew for no d > 0"),
    ],
)
def test_what_is_known_of_equilibria_is_said(spec: str, options: dict[str, Any], says: str) -> None:
    assert says in derive(spec, degree=0, **options)["derivation"]["equilibria"]["says"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("path", "completely integrable: H and I1 commute"),
        ("planar", "completely integrable, by H alone"),
        ("inner", "completely integrable: k·y with kᵀW = 0 and H"),
        ("relu", "No chain of functions"),
        ("leaky", "decays exactly like exp(-γt), γ = 1/2"),
        ("scaled", "diag(d) W is for d = (1, 7/3)"),
        ("linear", "diag(d) W is skew for no d > 0"),
        ("path", "not commensurate"),
        ("cross", "common period 2*pi/sqrt(3)"),
        ("zero", "at rest"),
        ("rational", "some decay"),
    ],
)
def test_what_follows_is_said(name: str, says: str) -> None:
    assert any(says in sentence for sentence in record(name)["follows"])


def test_dependent_gradients_are_said_to_be_that(monkeypatch: pytest.MonkeyPatch) -> None:
    """e₂(v) of the cross is cosh(C) exp(-H) - 1, which is not seen if products of 1 ± v_i are not tried."""
    monkeypatch.setattr("gsdcheck.symbolic.known.MOST_CANDIDATES", 0)
    found = derive(CROSS, degree=2)
    assert integrals(found) == ["C1", "H", "I1"]
    assert any(
        s.startswith("measured: at one state the gradients of the 3") and "rank 2;" in s
        for s in found["follows"]
    )


def test_no_more_is_said_of_dependent_gradients_than_was_measured() -> None:
    """C = x₂ and H = x₂²/2 = C²/2 is a polynomial in C; log cosh x₂ is a function of x₂ that is none."""
    for activation in ("identity", "tanh"):
        found = derive("[[0, 1], [0, 0]]", activation=activation, degree=1)
        said = next(s for s in found["follows"] if "gradients" in s)
        assert integrals(found) == ["C1", "H"]
        assert "have rank 1;" in said
        assert "was not decided" in said
        assert "polynomial" not in said


def test_a_saddle_is_unbounded() -> None:
    assert any("unbounded" in s for s in derive("[[0, 1], [1, 0]]", degree=1)["follows"])


def test_an_activation_that_is_not_known_to_be_continuous_has_no_energy() -> None:
    found = derive(CROSS, activation="sign(x)", degree=1)
    assert integrals(found) == ["C1"]
    assert any("not known to be continuous" in sentence for sentence in found["follows"])


def test_more_units_than_a_search_takes_lower_the_degree() -> None:
    n = 20
    rows = [[(j == i + 1) - (j == i - 1) for j in range(n)] for i in range(n)]
    found = derive(json.dumps(rows), degree=3)
    assert found["derivation"]["search"]["degree"] < 3
    assert found["derivation"]["jacobian"]["coefficients"] is None
    assert any("too large a search" in sentence for sentence in found["follows"])


def test_a_chain_beyond_a_limit_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gsdcheck.engine.derivation.MOST_VARIABLES", 3)
    found = derive(PLANAR, degree=1)
    assert found["derivation"]["chain"] is None
    assert integrals(found) == ["H"]
    monkeypatch.undo()
    monkeypatch.setattr("gsdcheck.symbolic.polynomial_system.MOST_STEPS", 1)
    assert derive(PLANAR, activation="sin", degree=1)["derivation"]["chain"] is None


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"degree": 13}, "degree"),
        ({"degree": -1}, "degree"),
        ({"state": "1"}, "state has 1 entries"),
        ({"state": "1,x"}, "depends on x"),
        ({"state": "1,1", "leak": "1"}, "leaves"),
        ({"state": "1,1", "form": "inner"}, "leaves"),
        ({"leak": "-1"}, "leak"),
        ({"form": "outside"}, "form"),
        ({"bias": "1"}, "bias"),
    ],
)
def test_an_option_that_breaks_its_rule_is_refused(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(InvalidInput, match=fault):
        derive(PLANAR, **options)


def test_an_unknown_activation_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="tanh"):
        derive(PLANAR, activation="tahn")


def test_the_same_question_has_the_same_answer() -> None:
    first, second = (derive(PATH, degree=3) for _ in range(2))
    assert first["digest"] == second["digest"]


def test_projecting_derives_of_the_skew_part() -> None:
    found = derive("[[1, 1], [-3, 2]]", project_skew=True, degree=1)
    assert found["subject"]["W"] == [["0", "2"], ["-2", "0"]]
    assert integrals(found) == ["H"]


@pytest.mark.parametrize(
    ("part", "name", "change"),
    [
        ("facts", "integrable", {"holds": False}),
        ("facts", "integrable", {"evidence": "exact"}),
        ("facts", "skew", {"holds": False}),
        ("quantities", "equilibrium", {"exact": "1"}),
        ("quantities", "equilibrium", {"enclosure": [["1.3", "1.4"]] * 3}),
    ],
)
def test_a_fact_that_says_more_than_its_certificate_fails(
    part: str, name: str, change: Record, tmp_path: Path
) -> None:
    forged = record("cross")
    forged[part][name].update(change)
    assert replayed(forged, tmp_path)[name] == {Outcome.FAILS}


@pytest.mark.parametrize("name", ["skew", "integrable"])
def test_a_true_fact_about_another_network_fails(name: str, tmp_path: Path) -> None:
    forged = record("cross")
    forged["facts"][name] = record("planar")["facts"][name]
    assert replayed(forged, tmp_path)[name] == {Outcome.FAILS}
    forged = record("cross")
    forged["subject"]["activation"] = "atan(x)"
    assert replayed(forged, tmp_path)["integrable"] == {Outcome.FAILS}


def number(text: str) -> mpmath.mpf:
    value = Fraction(text)
    return mpmath.mpf(value.numerator) / value.denominator


READ: dict[str, Any] = {}


def function(text: str) -> Any:
    if text not in READ:
        x = sympy.Symbol("x", real=True)
        words = {"x": x, "expm1": lambda u: sympy.exp(u) - 1, "log1p": lambda u: sympy.log(1 + u)}
        READ[text] = sympy.lambdify(x, sympy.sympify(text, locals=words), "mpmath")
    return READ[text]


def affine(subject: Record, x: list[Any]) -> list[Any]:
    pairs = zip(subject["W"], subject["bias"], strict=True)
    return [sum((number(w) * a for w, a in zip(row, x, strict=True)), number(b)) for row, b in pairs]


def polynomial(data: list[Any], z: list[Any]) -> Any:
    return sum((number(c) * mpmath.fprod(z[k] ** e for k, e in m) for c, m in data), mpmath.mpf(0))


def value(certificate: Record, x: list[Any]) -> Any:
    subject = certificate["subject"]
    y = x if subject["form"] == "outer" else affine(subject, x)
    chain = certificate["chain"]
    names = [subject["activation"]] if chain is None else chain["generators"]
    z = [part for a in y for part in (a, *(function(g)(a) for g in names))]
    total = polynomial(certificate["polynomial"], z)
    for beta, a in zip(certificate["potentials"], y, strict=True):
        if beta != "0":
            closed = certificate["potential"]
            potential = (
                function(closed)(a) if closed else mpmath.quad(function(subject["activation"]), [0, a])
            )
            total += number(beta) * potential
    for c, F, _ in certificate["logarithms"]:
        total += number(c) * mpmath.log(abs(polynomial(F, z)))
    return total


def rate(certificate: Record, x: list[Any]) -> Any:
    """dI/dt by a central difference along the field, to 40 digits."""
    subject = certificate["subject"]
    with mpmath.workdps(50):
        sigma, leak = function(subject["activation"]), number(subject["leak"])
        inside = x if subject["form"] == "outer" else affine(subject, x)
        values = [sigma(a) for a in inside]
        drive = affine(subject, values) if subject["form"] == "outer" else values
        f = [d - leak * a for d, a in zip(drive, x, strict=True)]
        h = mpmath.mpf(10) ** -15
        ahead, behind = (
            value(certificate, [a + s * h * b for a, b in zip(x, f, strict=True)]) for s in (1, -1)
        )
        return (ahead - behind) / (2 * h)


def test_the_float_check_sees_a_function_that_is_no_integral() -> None:
    certificate = next(
        j["certificate"]
        for j in record("planar")["judgements"]
        if j["certificate"]["kind"] == "first-integral"
    )
    broken = copy.deepcopy(certificate)
    broken["subject"]["W"][0][1] = "2"
    assert abs(rate(broken, [mpmath.mpf(1), mpmath.mpf(2)])) > 1e-3
    assert np.isfinite(float(rate(certificate, [mpmath.mpf(1), mpmath.mpf(2)])))
