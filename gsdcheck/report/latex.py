"""A derivation in LaTeX: a fragment of align environments, and expressions of the grammar as mathematics."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Number,
    Piecewise,
    Power,
    Product,
    Sum,
    Variable,
)
from gsdcheck.model.parser import parse
from gsdcheck.report.formulas import formula_latex, rational_latex

_NAMED = ("exp", "log", "sin", "cos", "sinh", "cosh", "tanh")
_OTHERS = {"asinh": r"\operatorname{arsinh}", "atan": r"\arctan", "Max": r"\max", "Min": r"\min"}


def derivation_latex(record: Mapping[str, Any]) -> str:
    """The polynomial form, Darboux polynomials, first integrals and the Jacobian's polynomial; amsmath is needed."""
    return "\n".join(_lines(record)) + "\n"


def _lines(record: Mapping[str, Any]) -> Iterator[str]:
    data = record["derivation"]
    yield f"% gsdcheck derive: {_comment(record['subject'])}"
    yield from _aligned("polynomial form", _system(record["subject"], data))
    yield from _aligned("Darboux polynomials", _darboux(data))
    yield from _aligned("first integrals", _integrals(data))
    yield from _aligned("characteristic polynomial of the Jacobian", _jacobian(record["subject"], data))


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
    potential = rf"\Phi({unit})" if closed is None else _atom_latex(parse(closed), unit)
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
    coefficients = data["jacobian"]["coefficients"]
    if coefficients is None:
        return []
    n, terms = subject["n"], []
    base = r"\lambda" if subject["leak"] == "0" else rf"(\lambda + {rational_latex(subject['leak'])})"
    for k, coefficient in enumerate(coefficients):
        if not coefficient:
            continue
        power = "" if k == n else base if k == n - 1 else f"{base}^{{{n - k}}}"
        body = formula_latex(coefficient)
        factor = "" if body == "1" and power else f"({body})" if len(coefficient) > 1 and power else body
        terms.append(f"{factor} {power}".strip())
    return [rf"\det(\lambda - J) &= {' + '.join(terms).replace('+ -', '- ')}"]


def expression_latex(tree: Expression, variable: str) -> str:
    """An expression of the grammar as mathematics in the variable."""
    match tree:
        case Variable():
            return variable
        case Number(value):
            return rational_latex(str(value))
        case Constant(name):
            return r"\pi" if name == "pi" else r"\mathrm{e}"
        case Sum(terms):
            shown = " + ".join(expression_latex(term, variable) for term in terms)
            return shown.replace("+ -", "- ")
        case Product(factors):
            return _product_latex(factors, variable)
        case Power(base, exponent):
            return _power_latex(base, exponent, variable)
        case Call(name, arguments):
            inside = ", ".join(expression_latex(argument, variable) for argument in arguments)
            if name in _NAMED and (isinstance(arguments[0], Variable) or _is_named(arguments[0])):
                return rf"\{name} {inside}"
            if name == "Abs":
                return rf"\left|{inside}\right|"
            shown = rf"\{name}" if name in _NAMED else _OTHERS.get(name, rf"\operatorname{{{name}}}")
            return rf"{shown}\left({inside}\right)"
        case Piecewise(branches, otherwise):
            rows = [
                rf"{expression_latex(value, variable)} & {expression_latex(test.left, variable)} {test.relation} "
                rf"{expression_latex(test.right, variable)} \\"
                for value, test in branches
            ]
            last = rf"{expression_latex(otherwise, variable)} & \text{{else}}"
            return rf"\begin{{cases}} {' '.join(rows)} {last} \end{{cases}}"
    raise TypeError(f"not an expression: {tree!r}")


def _is_named(tree: Expression) -> bool:
    return isinstance(tree, Call) and tree.name in _NAMED


def _product_latex(factors: tuple[Expression, ...], variable: str) -> str:
    """Factors side by side, what has a negative exponent below a bar."""
    below = [f for f in factors if isinstance(f, Power) and f.exponent < 0]
    above = [f for f in factors if f not in below]
    sign = "-" if above and above[0] == Number(Fraction(-1)) and len(above) > 1 else ""
    shown = " ".join(_atom_latex(f, variable) for f in (above[1:] if sign else above)) or "1"
    if not below:
        return sign + shown
    bottom = " ".join(_power_latex(f.base, -f.exponent, variable) for f in below if isinstance(f, Power))
    return rf"{sign}\frac{{{shown}}}{{{bottom}}}"


def _power_latex(base: Expression, exponent: Fraction, variable: str) -> str:
    if exponent < 0:
        return rf"\frac{{1}}{{{_power_latex(base, -exponent, variable)}}}"
    if exponent == 1:
        return _atom_latex(base, variable)
    if exponent == Fraction(1, 2):
        return rf"\sqrt{{{expression_latex(base, variable)}}}"
    body = _atom_latex(base, variable)
    wrapped = rf"\left({body}\right)" if isinstance(base, Call | Power) else f"{{{body}}}"
    return f"{wrapped}^{{{exponent}}}"


def _atom_latex(tree: Expression, variable: str) -> str:
    text = expression_latex(tree, variable)
    negative = isinstance(tree, Number) and tree.value < 0
    return rf"\left({text}\right)" if isinstance(tree, Sum | Product) or negative else text
