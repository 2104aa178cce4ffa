"""Certificates of first integrals, written by hand from the mathematics; what tests vary."""

from typing import Any

from gsdcheck.certify.subject import subject_data
from gsdcheck.model.system import system

Data = dict[str, Any]

PLANAR = [[0, 1], [-1, 0]]
CROSS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]


def power(variable: int, exponent: int = 1) -> list[list[int]]:
    return [[variable, exponent]]


TANH: Data = {  # t' = 1 - t²
    "generators": ["tanh(x)"],
    "derivatives": [[["-1", power(1, 2)], ["1", []]]],
    "sigma": [["1", power(1)]],
    "relations": [],
    "cuts": [],
}
IDENTITY: Data = {
    "generators": [],
    "derivatives": [],
    "sigma": [["1", power(0)]],
    "relations": [],
    "cuts": [],
}
SIN: Data = {  # s' = c, c' = -s, s² = 1 - c²
    "generators": ["sin(x)", "cos(x)"],
    "derivatives": [[["1", power(2)]], [["-1", power(1)]]],
    "sigma": [["1", power(1)]],
    "relations": [[power(1, 2), [["-1", power(2, 2)], ["1", []]]]],
    "cuts": [],
}
ATAN: Data = {  # u = 1/(1 + x²), u' = -2x u², atan' = u, x²u = 1 - u
    "generators": ["(x**2+1)**(-1)", "atan(x)"],
    "derivatives": [[["-2", [[0, 1], [1, 2]]]], [["1", power(1)]]],
    "sigma": [["1", power(2)]],
    "relations": [[[[0, 2], [1, 1]], [["-1", power(1)], ["1", []]]]],
    "cuts": [],
}
SOFTPLUS: Data = {  # log(1 + e^x) = x + log(1 + e^-x) on both sides of its cut; v = 1/(1 + e^-x)
    "generators": ["(exp(-x)+1)**(-1)", "log1p(exp(-x))"],
    "derivatives": [[["-1", power(1, 2)], ["1", power(1)]], [["1", power(1)], ["-1", []]]],
    "sigma": [["1", power(0)], ["1", power(2)]],
    "relations": [],
    "cuts": ["0"],
}


def first_integral(
    W: list[list[Any]], activation: str = "tanh", chain: Data | None = TANH, **parts: Any
) -> Data:
    """Φ(x_1) + … + Φ(x_n) unless the parts say otherwise; options of the system are among them."""
    options = {key: parts.pop(key) for key in ("form", "leak", "bias") if key in parts}
    n = len(W)
    usual = {
        "continuous": None,
        "polynomial": [],
        "potentials": ["1"] * n if "polynomial" not in parts and "logarithms" not in parts else ["0"] * n,
        "potential": None,
        "logarithms": [],
        "witness": [f"{i + 1}/{n + 3}" if (i + 1) % (n + 3) else "1" for i in range(n)],
    }
    subject = subject_data(system(W, activation, **options))
    witness = [str(_lowest(w)) for w in usual["witness"]]
    return {
        "kind": "first-integral",
        "subject": subject,
        "chain": chain,
        **usual,
        "witness": witness,
        **parts,
    }


def _lowest(text: str) -> Any:
    from fractions import Fraction

    return Fraction(text)


PLUS, MINUS = 1, -1


def planar_darboux(unit: int, sign: int) -> list[Any]:
    """[F, K] for F = 1 ± t_unit of the planar rotation: K = ±(1 ∓ t_unit) f, f_1 = t_2, f_2 = -t_1.

    Variables: x_1 is 0, t_1 is 1, x_2 is 2, t_2 is 3.
    """
    own, other = (1, 3) if unit == 1 else (3, 1)
    direction = 1 if unit == 1 else -1
    F = [[str(sign), power(own)], ["1", []]]
    K = [[str(-direction), [[1, 1], [3, 1]]], [str(sign * direction), power(other)]]
    return [F, K]
