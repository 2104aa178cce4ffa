"""A derivation in LaTeX: a fragment of align environments, then the sentences of what follows as a list."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gsdcheck.model.parser import parse
from gsdcheck.report.expression_latex import atom_latex, expression_latex
from gsdcheck.report.formulas import formula_latex, rational_latex
from gsdcheck.report.network_latex import equilibria_rows, weights_rows
from gsdcheck.report.sentence_latex import sentence_latex


def derivation_latex(record: Mapping[str, Any]) -> str:
    """All that a derivation says, but for its certificates; amsmath is needed."""
    return "\n".join(_lines(record)) + "\n"


def _lines(record: Mapping[str, Any]) -> Iterator[str]:
    data = record["derivation"]
    yield f"% gsdcheck derive: {_comment(record['subject'])}"
    yield from _aligned("polynomial form", _system(record["subject"], data))
    yield from _aligned("Darboux polynomials", _darboux(data))
    yield from _aligned("first integrals", _integrals(data))
    yield from _aligned("characteristic polynomial of the Jacobian", _jacobian(record["subject"], data))
    yield from _aligned("weights", weights_rows(record))
    yield from _aligned("equilibria", equilibria_rows(record))
    yield from _listed("what follows", record["follows"])


def _comment(subject: Mapping[str, Any]) -> str:
    text = f"{subject['name']}, {subject['activation']}, {subject['form']} form"
    return " ".join(text.split())  # on one line, whatever the name of the file is


def _aligned(title: str, rows: list[str]) -> list[str]:
    if not rows:
        return []
    return [
        f"% {title}",
        r"\begin{align*}",
        *(f"  {row} \\\\" for row in rows[:-1]),
        f"  {rows[-1]}",
        r"\end{align*}",
    ]


def _listed(title: str, sentences: Sequence[str]) -> list[str]:
    if not sentences:
        return []
    items = [rf"  \item {sentence_latex(sentence)}" for sentence in sentences]
    return [f"% {title}", r"\begin{itemize}", *items, r"\end{itemize}"]


def _system(subject: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    chain, x = data["chain"], data["variable"]
    rows = [rf"\dot {x} &= f = W \sigma({x}){_leak_and_bias(subject, x)}"]
    if chain is None:
        return rows
    for entry in chain["functions"]:
        body = expression_latex(parse(entry["expression"]), f"{x}_i")
        slope = formula_latex(entry["slope"])
        rows.append(rf"{entry['symbol']}_i &= {body}, \quad \dot {entry['symbol']}_i = ({slope}) f_i")
    rows.append(rf"\sigma({x}_i) &= {formula_latex(chain['sigma'])}")
    return rows


def _leak_and_bias(subject: Mapping[str, Any], x: str) -> str:
    """- γ x + b, for y = Wx + b - γ (y - b)."""
    leak = "" if subject["leak"] == "0" else rational_latex(subject["leak"])
    if x == "x":
        return (f" - {leak} x" if leak else "") + ("" if subject["bias"] is None else " + b")
    away = "y" if subject["bias"] is None else "(y - b)"
    return f" - {leak} {away}" if leak else ""


def _darboux(data: Mapping[str, Any]) -> list[str]:
    return [
        rf"F &= {formula_latex(entry['polynomial'])}, & K &= {formula_latex(entry['cofactor'])}"
        for entry in data["darboux"]
    ]


def _integrals(data: Mapping[str, Any]) -> list[str]:
    rows = []
    closed, unit = data["potential"], f"{data['variable']}_i"
    potential = rf"\Phi({unit})" if closed is None else atom_latex(parse(closed), unit)
    for entry in data["integrals"]:
        name = f"{entry['name'][0]}_{{{entry['name'][1:]}}}" if entry["name"][1:] else entry["name"]
        rows.append(f"{name} &= {formula_latex(entry['formula'], potential)}")
        if entry["by_logarithms"] is not None:
            rows.append(rf"&= {formula_latex(entry['by_logarithms'])} + \mathrm{{const}}")
    letters = [entry["symbol"] for entry in (data["chain"] or {"functions": []})["functions"]]
    for unit in data["at_rest"]:
        names = ", ".join(f"{letter}_{{{unit}}}" for letter in (data["variable"], *letters))
        rows.append(rf"{names} &= \mathrm{{const}}")
    return rows


def _jacobian(subject: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    """The polynomial in the d_i, and where every d_i is σ'(0), as far as the record has them."""
    found, rows = data["jacobian"], []
    base = r"\lambda" if subject["leak"] == "0" else rf"(\lambda + {rational_latex(subject['leak'])})"
    if found["coefficients"] is not None:
        rows.append(rf"\det(\lambda - J) &= {_in_powers(base, found['coefficients'])}")
    if found["at_zero"] is not None:
        constants = [[[c, []]] if c != "0" else [] for c in found["at_zero"]]
        where = rf"\text{{where all }} d_i = \sigma'(0) = {rational_latex(found['slope_at_zero'])}"
        rows.append(rf"&= {_in_powers(base, constants)} \quad {where}")
    return rows


def _in_powers(base: str, coefficients: Sequence[Any]) -> str:
    """Σ c_k base^(n-k) without the terms that are zero."""
    n, terms = len(coefficients) - 1, []
    for k, coefficient in enumerate(coefficients):
        if not coefficient:
            continue
        power = "" if k == n else base if k == n - 1 else f"{base}^{{{n - k}}}"
        body = formula_latex(coefficient)
        factor = f"({body}) " if len(coefficient) > 1 and power else f"{body} "
        terms.append(f"{body[:-1] if power and body in ('1', '-1') else factor}{power}".strip())
    return " + ".join(terms).replace("+ -", "- ")
