"""Formulas of a derivation as plain text and in LaTeX, from the data in a record.

A formula is a list of terms [coefficient, factors], a factor [symbol, unit, exponent]; ["log", formula, 1] is the
logarithm of the absolute value of a formula, and Phi the potential, for which a closed form may be put.
"""

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from gsdcheck.errors import InvalidInput

Formula: TypeAlias = Sequence[Any]
_RATIONAL = re.compile(r"-?[0-9]+(/[0-9]+)?")
MOST_TERMS = 60
"""Terms of a formula that are shown; the record has all of them."""


def formula_text(formula: Formula, potential: str = "Φ(x)") -> str:
    """ "x1 - 2*x2 + 1/3*v1**2"; "0" for no terms."""
    return _joined([_signed_text(term, potential) for term in formula[:MOST_TERMS]], len(formula))


def _joined(parts: Sequence[tuple[str, str]], terms: int) -> str:
    shown = "".join(f" {sign} {text}" for sign, text in parts)
    shown = shown[3:] if shown.startswith(" + ") else "-" + shown[3:]
    more = f" + … ({terms} terms)" if terms > len(parts) else ""
    return (shown if parts else "0") + more


def _signed_text(term: Any, potential: str) -> tuple[str, str]:
    coefficient, factors = str(term[0]), term[1]
    sign, size = ("-", coefficient[1:]) if coefficient.startswith("-") else ("+", coefficient)
    parts = [factor_text(factor, potential) for factor in factors]
    if size != "1" or not parts:
        parts.insert(0, size)
    return sign, "*".join(parts)


def factor_text(factor: Any, potential: str) -> str:
    """One factor: "v1**2", "v_i" where the unit is left open, "log|1 - v1|", or the potential at a unit."""
    symbol, unit, exponent = factor
    if symbol == "log":
        return f"log|{formula_text(unit)}|"
    if symbol == "Phi":
        text = re.sub(r"\b[xy]\b", rf"\g<0>{unit}", potential)
        return text if re.fullmatch(r"\w+\((?:[^()]|\([^()]*\))*\)", text) else f"({text})"
    body = f"{symbol}{'_i' if unit is None else unit}"
    return body if exponent == 1 else f"{body}**{exponent}"


def formula_latex(formula: Formula, potential: str = r"\Phi(x_i)") -> str:
    """The formula in LaTeX's mathematics; the potential is LaTeX already, in x_i or y_i for the unit i."""
    parts = []
    for term in formula:
        coefficient, factors = str(term[0]), term[1]
        sign, size = ("-", coefficient[1:]) if coefficient.startswith("-") else ("+", coefficient)
        shown = [_factor_latex(factor, potential) for factor in factors]
        if size != "1" or not shown:
            shown.insert(0, rational_latex(size))
        parts.append((sign, " ".join(shown)))
    text = "".join(f" {sign} {body}" for sign, body in parts)
    return (text[3:] if text.startswith(" + ") else "-" + text[3:]) if parts else "0"


def rational_latex(value: str) -> str:
    """A rational as a fraction.

    Raises:
        InvalidInput: the text is no rational, so that it could be anything to LaTeX.
    """
    if not _RATIONAL.fullmatch(value):
        raise InvalidInput(
            f"unexpected characters in the number {value[:40]!r}. A rational is written p or p/q."
        )
    top, bar, bottom = value.partition("/")
    sign = "-" if top.startswith("-") else ""
    return rf"{sign}\tfrac{{{top.removeprefix('-')}}}{{{bottom}}}" if bar else value


def _factor_latex(factor: Any, potential: str) -> str:
    symbol, unit, exponent = factor
    if symbol == "log":
        return rf"\log\left|{formula_latex(unit)}\right|"
    if symbol == "Phi":
        return potential.replace("_i", f"_{{{unit}}}")
    body = f"{symbol}_{{{'i' if unit is None else unit}}}"
    return body if exponent == 1 else f"{body}^{{{exponent}}}"
