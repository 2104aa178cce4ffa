"""What a derivation says of W and of the equilibria, as rows of LaTeX's align environments."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gsdcheck.errors import InvalidInput
from gsdcheck.model.parser import parse
from gsdcheck.report.expression_latex import expression_latex
from gsdcheck.report.formulas import formula_latex, rational_latex

Record = Mapping[str, Any]
_DECIMAL = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:e(-?[0-9]+))?")


def weights_rows(record: Record) -> list[str]:
    """W skew, or made so by a diagonal, or similar to a skew matrix; the orbits of x' = Wx and their period."""
    holds = {name: fact["holds"] for name, fact in record["facts"].items()}
    rows = []
    if holds["skew"]:
        rows.append(r"W^{\top} &= -W")
    elif holds["skew_symmetrizable"]:
        d = _vector(record["quantities"]["symmetrizer"]["exact"], bare=True)
        rows.append(rf"\operatorname{{diag}}({d}) \, W & \text{{ is skew}}")
    else:
        rows.append(r"\operatorname{diag}(d) \, W & \text{ is skew for no } d > 0")
    similar = "is" if holds["similar_to_skew"] else "is not"
    rows.append(rf"W & \text{{ {similar} similar to a skew matrix}}")
    rows.append(rf"\dot x = W x & \text{{ has {_linear_orbits(holds)}}}{_period(record)}")
    return rows


def _linear_orbits(holds: Mapping[str, bool | None]) -> str:
    if holds["linear_orbits_periodic"]:
        return "periodic orbits only"
    if not holds["linear_orbits_bounded"]:
        return "an orbit that is unbounded for "
    return "bounded orbits only" if holds["similar_to_skew"] else "orbits that are all bounded, for "


def _period(record: Record) -> str:
    """The period, or the half line of time that the words before it speak of."""
    quantity, facts = record["quantities"]["linear_period"], record["facts"]
    if quantity["exact"] is not None:
        return rf" \text{{, with the period }} {expression_latex(parse(quantity['exact']), 'x')}"
    if quantity["enclosure"] is not None:
        return rf" \text{{, with a period in }} {_interval(quantity['enclosure'])}"
    if facts["linear_orbits_periodic"]["holds"]:
        return r" \text{, all at rest}"
    return "" if facts["similar_to_skew"]["holds"] else r" t \geq 0"


def equilibria_rows(record: Record) -> list[str]:
    """σ(x) = s + t₁ z₁ + …, the leaf of x₀, and the equilibrium that was enclosed."""
    found, rows = record["derivation"]["equilibria"], []
    if found["particular"] is None:
        return []
    rows.append(rf"\sigma(x) &= {_affine(found['particular'], found['kernel'])}")
    for k in found["leaf"]:
        terms = [[c, [["x", i + 1, 1]]] for i, c in enumerate(k) if c != "0"]
        rows.append(rf"{formula_latex(terms)} & \text{{ as at }} x_0 \text{{, on the leaf of }} x_0")
    quantity = record["quantities"].get("equilibrium")
    if quantity is not None and quantity["enclosure"] is not None:
        rows += _enclosed(quantity["enclosure"], record["subject"]["state"], bool(found["unique"]))
    return rows


def _enclosed(box: Sequence[Sequence[str]], state: Sequence[str] | None, unique: bool) -> list[str]:
    others = "" if unique else r" \text{; there may be others}"
    leaf = rf"x_0 = {_vector(state)}" if state else "x_0 = 0"
    heading = rf"& \text{{{'the' if unique else 'an'} equilibrium on the leaf of }} {leaf}{others}"
    return [heading, *(rf"x_{{{i}}} &\in {_interval(ends)}" for i, ends in enumerate(box, start=1))]


def _affine(point: Sequence[str], directions: Sequence[Sequence[str]]) -> str:
    parts = [f"t_{{{k}}} {_vector(z)}" for k, z in enumerate(directions, start=1)]
    if any(v != "0" for v in point) or not parts:
        parts.insert(0, _vector(point))
    return " + ".join(parts)


def _vector(values: Sequence[str], *, bare: bool = False) -> str:
    shown = ", ".join(map(rational_latex, values))
    return shown if bare else f"({shown})"


def _interval(ends: Sequence[str]) -> str:
    return f"[{', '.join(map(_decimal, ends))}]"


def _decimal(text: str) -> str:
    """ "1.5e-7" as a product.

    Raises:
        InvalidInput: the text is no decimal, so that it could be anything to LaTeX.
    """
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise InvalidInput(
            f"unexpected characters in the number {text[:40]!r}. A decimal is written 1.5 or 15e-1."
        )
    mantissa, exponent = found.groups()
    return mantissa if exponent is None else rf"{mantissa} \cdot 10^{{{exponent}}}"
