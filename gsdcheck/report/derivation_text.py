"""A derivation as titles and lines of plain text: what terminal, HTML and Markdown show alike."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gsdcheck.report.formulas import formula_text

Record = Mapping[str, Any]

MOST_MINORS = 64
"""Terms up to which the Jacobian's polynomial in d_1, …, d_n is printed: all of 6 units, or of sparse weights."""


def derivation_sections(record: Record) -> list[tuple[str, list[str]]]:
    """The derivation as titles and lines of plain text, in the order in which it is read."""
    data = record["derivation"]
    found = [
        ("Polynomial form", list(_system(record["subject"], data))),
        ("Darboux polynomials F, with F' = K F", list(_darboux(data))),
        ("Constant because cofactors cancel", list(_products(data))),
        ("First integrals", list(_integrals(data))),
        (f"Jacobian J, d_i = σ'({data['variable']}_i)", list(_jacobian(record["subject"], data))),
        ("Equilibria", list(_equilibria(record, data))),
    ]
    return [(title, lines) for title, lines in found if lines]


def _system(subject: Record, data: Record) -> Iterator[str]:
    x, chain = data["variable"], data["chain"]
    values = "s" if chain is None or formula_text(chain["sigma"]) != "v_i" else "v"
    leak = "" if subject["leak"] == "0" else f" - {subject['leak']}*{x}"
    bias = (
        "" if subject["bias"] is None else " + b" if x == "x" else (f" + {subject['leak']}*b" if leak else "")
    )
    where = ", y = W x" + (" + b" if subject["bias"] is not None else "") if x == "y" else ""
    yield f"{x}' = f, f = W {values}{leak}{bias}{where}"
    if subject["bias"] is not None:
        yield f"b = ({', '.join(subject['bias'])})"
    if chain is None:
        yield f"s_i = σ({x}_i), of which no derivative is used"
        return
    for entry in chain["functions"]:
        symbol, slope = entry["symbol"], formula_text(entry["slope"])
        yield f"{symbol} = {_in_variable(entry['expression'], x)}, {symbol}_i' = {_factor(slope)} f_i"
    if values == "s":
        yield f"s_i = {formula_text(chain['sigma'])}"
    for left, right in chain["relations"]:
        yield f"{formula_text(left)} = {formula_text(right)}"


def _darboux(data: Record) -> Iterator[str]:
    """One line for the same polynomial at several units."""
    alike: dict[tuple[str, str], list[int]] = {}
    for entry in data["darboux"]:
        if entry["unit"] is None or entry["kappa"] is None:
            yield f"F = {formula_text(entry['polynomial'])}, K = {formula_text(entry['cofactor'])}"
            continue
        key = (formula_text(_without_unit(entry["polynomial"])), formula_text(_without_unit(entry["kappa"])))
        alike.setdefault(key, []).append(entry["unit"])
    for (polynomial, kappa), units in alike.items():
        yield f"F = {polynomial}, K = {'' if kappa == '1' else _factor(kappa) + ' '}f_i, i = {_units(units)}"


def _without_unit(formula: Sequence[Any]) -> list[Any]:
    return [[c, [[symbol, None, exponent] for symbol, _, exponent in factors]] for c, factors in formula]


def _units(units: Sequence[int]) -> str:
    whole = len(units) > 2 and list(units) == list(range(units[0], units[-1] + 1))
    return f"{units[0]}, …, {units[-1]}" if whole else ", ".join(map(str, units))


def _products(data: Record) -> Iterator[str]:
    for product in data["products"]:
        parts = [
            f"({formula_text(polynomial)})" + ("" if c == "1" else f"**{c}" if "/" not in c else f"**({c})")
            for polynomial, c in product
        ]
        yield "*".join(parts)


def _integrals(data: Record) -> Iterator[str]:
    potential = _in_variable(data["potential"] or "Φ(x)", data["variable"])
    words = {"casimir": "Casimir", "energy": "energy"}
    for entry in data["integrals"]:
        further = f"degree {entry['degree']}" if entry["degree"] else "logarithms"
        kind = words.get(entry["kind"], further)
        yield f"{entry['name']} = {formula_text(entry['formula'], potential)}   ({kind})"
        if entry["by_logarithms"] is not None:
            yield f"{entry['name']} = {_by_logarithms(entry['by_logarithms'])} + const"
    for unit in data["at_rest"]:
        yield f"every function of {data['variable']}{unit}   (unit {unit} is at rest)"
    if not data["integrals"] and not data["at_rest"]:
        yield "none"


def _in_variable(expression: str, variable: str) -> str:
    """An expression in x as one in the variable of the derivation."""
    return re.sub(r"\bx\b", lambda _: variable, expression)


def _by_logarithms(formula: Sequence[Any]) -> str:
    """The formula with the logarithms of one coefficient written as the logarithm of a product."""
    others = [term for term in formula if term[1][0][0] != "log"]
    factors: dict[str, list[str]] = {}
    for coefficient, parts in formula:
        if parts[0][0] == "log":
            factors.setdefault(coefficient, []).append(f"({formula_text(parts[0][1])})")
    logs = [
        f"{'- ' if c.startswith('-') else '+ '}{'' if c in ('1', '-1') else c.removeprefix('-') + '*'}log|{'*'.join(f)}|"
        for c, f in factors.items()
    ]
    shown = " ".join([f"+ {formula_text(others)}", *logs] if others else logs)
    return shown.removeprefix("+ ") if shown.startswith("+") else "-" + shown.removeprefix("- ")


def _factor(text: str) -> str:
    """The text as a factor."""
    return f"({text})" if " " in text else text


def _jacobian(subject: Record, data: Record) -> Iterator[str]:
    found = data["jacobian"]
    base = "λ" if found["leak"] == "0" else f"(λ + {found['leak']})"
    yield f"det(λ - J) {_minors(base, subject['n'], found['coefficients'])}"
    if found["at_zero"] is not None:
        zeros = [c == "0" for c in found["at_zero"]]
        where = f"all d_i = σ'(0) = {found['slope_at_zero']}"
        yield f"{polynomial_in(base, found['at_zero'], zeros)} where {where}"


def _minors(base: str, n: int, coefficients: Sequence[Any] | None) -> str:
    """ "= λ**2 + d1*d2", or where that is instead."""
    if coefficients is None:
        return f"in d_1, …, d_{n} is not written out: {n} units are too many"
    size = sum(map(len, coefficients))
    if size > MOST_MINORS:
        return f"has {size} terms in d_1, …, d_{n}, which are in the record and in derivation.tex"
    terms = [formula_text(c) if len(c) == 1 else f"({formula_text(c)})" for c in coefficients]
    return f"= {polynomial_in(base, terms, [not c for c in coefficients])}"


def polynomial_in(base: str, coefficients: Sequence[str], zeros: Sequence[bool]) -> str:
    """Σ c_k base^(n-k) without the terms that are zero."""
    n, parts = len(coefficients) - 1, []
    for k, (c, zero) in enumerate(zip(coefficients, zeros, strict=True)):
        if zero:
            continue
        power = "" if k == n else base if k == n - 1 else f"{base}**{n - k}"
        sign, size = ("-", c[1:]) if c.startswith("-") else ("+", c)
        body = power if size == "1" and power else f"{size}*{power}" if power else size
        parts.append(f"{sign} {body}")
    return (
        " ".join(parts).removeprefix("+ ").replace("- ", "-", 1)
        if parts[0][0] == "-"
        else " ".join(parts)[2:]
    )


def _equilibria(record: Record, data: Record) -> Iterator[str]:
    found = data["equilibria"]
    if found["particular"] is not None:
        yield f"σ(x) = {_affine(found['particular'], found['kernel'])}"
        for k in found["leaf"]:
            terms = [[c, [["x", i + 1, 1]]] for i, c in enumerate(k) if c != "0"]
            yield f"{formula_text(terms)} as at x₀, on the leaf of x₀"
    quantity = record["quantities"].get("equilibrium")
    if quantity is None or found["empty"]:
        return
    yield enclosed_words(record)
    for i, (low, high) in enumerate(quantity["enclosure"] or (), start=1):
        yield f"x{i} in [{low}, {high}]"


def enclosed_words(record: Record) -> str:
    """Whose equilibrium was enclosed: with "there may be others" but where it is known to be the only one."""
    found, state = record["derivation"]["equilibria"], record["subject"]["state"]
    leaf = f"x₀ = ({', '.join(state)})" if state else "0"
    if record["quantities"]["equilibrium"]["enclosure"] is None:
        return f"on the leaf of {leaf} none was found, which says nothing"
    if found["unique"]:
        return f"on the leaf of {leaf}:"
    return f"an equilibrium on the leaf of {leaf}; there may be others:"


def _affine(point: Sequence[str], directions: Sequence[Sequence[str]]) -> str:
    """ "(1, 0) + t1 (1, 1)", without a point that is 0 if there is a direction."""
    parts = [f"t{k} ({', '.join(z)})" for k, z in enumerate(directions, start=1)]
    if any(v != "0" for v in point) or not parts:
        parts.insert(0, f"({', '.join(point)})")
    return " + ".join(parts)
