"""A realistic record of verify and one of inspect, written by hand from proofs/THEORY.md."""

import math

import pytest

from gsdcheck.record.build import build_record
from gsdcheck.report.html import render_html


def judgement(claim, row, verdict, evidence, reason, **others):
    return {
        "claim": claim,
        "theory": row,
        "case": None,
        "verdict": verdict,
        "evidence": evidence,
        "rests_on": None,
        "expected": verdict,
        "margin": None,
        "reason": reason,
        "amended_by": None,
        "certificate": None,
        "examples": 0,
        "seconds": 0.01,
        **others,
    }


def suffices(case, mechanism):
    return judgement(
        "odd-bounded-continuous-suffices",
        "O2",
        "refuted",
        "exact",
        mechanism,
        case=case,
        amended_by="oscillation-is-perpetual",
        certificate={
            "kind": "point",
            "activation": case,
            "W": [["0", "1"], ["-1", "0"]],
            "state": ["1", "1/2"],
        },
        sentence="P2",
        title="Odd, bounded, continuous suffices for perpetual oscillation",
        statement="If W is skew-symmetric and σ is odd, bounded and continuous, every orbit but the "
        "equilibria oscillates perpetually.",
    )


def series(kind, title, x_label, y_label, **columns):
    return {"kind": kind, "title": title, "x_label": x_label, "y_label": y_label, "columns": columns}


def circle(radius, n=200):
    angles = [2 * math.pi * i / n for i in range(n + 1)]
    return [radius * math.cos(a) for a in angles], [radius * math.sin(a) for a in angles]


def verify_judgements():
    return [
        judgement(
            "energy-is-conserved",
            "I1",
            "proved",
            "theorem",
            "dH/dt = σᵀ W σ = 0, because W is skew-symmetric.",
            rests_on="symbolic",
            examples=20_000,
            sentence="P2",
            title="The energy is constant along every orbit",
            statement="W skew-symmetric and σ continuous ⇒ H = Σ Φ(xᵢ) is constant along every orbit.",
            proof_page="proofs/energy-is-conserved.md",
            certificate={"kind": "theorem", "id": "energy-is-conserved", "premises": ["skew", "continuous"]},
        ),
        judgement(
            "boundedness-is-necessary-for-the-invariant",
            "I7",
            "refuted",
            "exact",
            "σ = x is unbounded and ‖x‖²/2 is constant.",
            amended_by="energy-is-conserved",
            sentence="P2",
            certificate={"kind": "identity", "terms": ["x1*x2", "-x1*x2"]},
        ),
        suffices("0", "Every point is a fixed point."),
        suffices(
            "x*exp(-x**2)", "From (1, 1/2) the orbit has H > 1/2, the escape energy, and leaves to infinity."
        ),
        suffices("x/(1+x**2)**2", "From (1, 1/2) the orbit leaves to infinity."),
        suffices("sin(x)", "On H = 2 the orbit converges to the saddle (π, 0)."),
        judgement(
            "oscillation-is-perpetual",
            "O3",
            "proved",
            "written",
            "A limit would be an equilibrium of positive energy in the well.",
            sentence="P3",
            examples=500,
            proof_page="proofs/oscillation-is-perpetual.md",
        ),
        judgement(
            "euler-energy-follows-root-law",
            "E4",
            "supported",
            "sampled",
            "The greatest relative deviation from the law was 0.4 %.",
            examples=200_000,
            margin={"value": 0.006, "hex": (0.006).hex()},
            sentence="P4",
        ),
        judgement(
            "jacobian-spectrum-is-imaginary",
            "J1",
            "undecided",
            None,
            "The time ran out.",
            expected="proved",
            sentence="P1",
        ),
    ]


def verify_series():
    energies = [0.1 * 1.4**i for i in range(12)]
    steps = [10**i for i in range(6)]
    law = [-math.log(4) + math.sqrt((0.5 + math.log(4)) ** 2 + 0.02 * k) for k in steps]
    x, y = [0.05 * i for i in range(80)], [1 + 0.002 * i**1.5 for i in range(80)]
    return {
        "growth": series(
            "growth",
            "Forward Euler, ωh = 0.1: energy against the number of steps",
            "k",
            "H",
            k=steps,
            linear=[0.5 * 1.01**k if k < 10_000 else None for k in steps],
            tanh=[1.002 * value for value in law],
            **{"law of E4": law},
        ),
        "period": series(
            "period",
            "Period of x' = W tanh x, ω = 1",
            "E",
            "T",
            E=energies,
            exact=[2 * math.pi + 3 * e for e in energies],
            **{"event detection": [None, *(2 * math.pi + 3 * e for e in energies[1:])]},
        ),
        "escape": series("orbit", "An orbit of σ = x·exp(−x²) that escapes", "x₁", "x₂", x1=x, x2=y),
    }


def make_verify_record():
    return build_record(
        kind="verify",
        profile="quick",
        seed=1729,
        subject={"name": "paper"},
        facts={},
        quantities={},
        judgements=verify_judgements(),
        series=verify_series(),
        run={"started": "2025-01-01T00:00:00Z", "seconds": 17.5, "jobs": 2},
    )


def inspect_series():
    (a, b), (c, d) = circle(1.0), circle(1.5)
    t = [0.1 * i for i in range(201)]
    steps = list(range(0, 1000, 10))
    im = [-1.618, -0.618, 0.618, 1.618]
    path = {"x1": a, "x2": b, "x3": [v**3 for v in a], "x10": [u * v for u, v in zip(a, b, strict=True)]}
    return {
        "orbit": series(
            "orbit", "The orbit from x₀ = (1, 0, 1, 0)", "x₁", "x₂", t=t, **path, **{"l.x1": c, "l.x2": d}
        ),
        "energy": series(
            "energy", "Energy along the orbit", "t", "H", t=t, H=[0.5 + 1e-12 * (i % 3) for i in range(201)]
        ),
        "spectrum": series(
            "spectrum", "Spectrum of J at x₀", "real part", "imaginary part", re=[0.0] * 4, im=im
        ),
        "euler": series(
            "euler",
            "Energy along forward Euler",
            "k",
            "H",
            k=steps,
            **{f"h={h}": [0.5 * (1 + h * h) ** k for k in steps] for h in (0.01, 0.05, 0.1)},
        ),
        "later": series("hologram", "A figure of the future", "x", "y", x=[1]),
    }


def make_inspect_record():
    fact = {"holds": True, "evidence": "exact", "certificate": {"kind": "linear-algebra"}}
    gain = "Forward Euler at h = 1/10 gains energy at every step."
    return build_record(
        kind="inspect",
        profile="quick",
        seed=1729,
        subject={
            "file": "weights.npz::W",
            "activation": "tanh",
            "form": "outer",
            "bias": None,
            "step": "1/10",
        },
        facts={
            "skew": fact,
            "invertible": {**fact, "holds": False},
            "similar_to_skew": {"holds": None, "evidence": None, "certificate": None},
        },
        quantities={
            "rank": {"enclosure": None, "exact": 4},
            "distance_to_skew": {"enclosure": ["0.70710678", "0.70710679"], "exact": "sqrt(2)/2"},
            "frequencies": {"enclosure": [["0.618", "0.619"], ["1.618", "1.619"]], "exact": None},
            "casimirs": {"enclosure": None, "exact": []},
        },
        judgements=[
            judgement("energy-is-conserved", "I1", "proved", "theorem", "H is constant.", expected=None),
            judgement("euler-energy-never-decreases", "E2", "proved", "theorem", gain, expected=None),
        ],
        series=inspect_series(),
    )


@pytest.fixture
def verify_record():
    return make_verify_record()


@pytest.fixture
def inspect_record():
    return make_inspect_record()


@pytest.fixture(scope="session")
def pages():
    """The page of each kind of record; figures take most of the time, so each is rendered once."""
    records = {
        "verify": make_verify_record(),
        "inspect": make_inspect_record(),
        "bare": build_record(kind="audit", status="interrupted"),
    }
    return {kind: (record, render_html(record)) for kind, record in records.items()}
