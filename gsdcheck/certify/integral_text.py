"""A first integral in one line, its functions written out: what a judgement is about."""

import re
from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256

from gsdcheck.model.chain import Chain, Polynomial
from gsdcheck.model.expression import Expression, Sum, Variable, X
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.system import Form

MOST_CHARACTERS = 400


class UnitNames:
    """The names of the variables: x1, x2, … (y1, … in the inner form), and the functions of the chain at them."""

    def __init__(self, chain: Chain, n: int, form: Form) -> None:
        letter = "x" if form is Form.OUTER else "y"
        self.units = [f"{letter}{i + 1}" for i in range(n)]
        self._variables = [at_unit(g, unit) for unit in self.units for g in (X, *chain.generators)]

    def terms(self, p: Polynomial) -> Iterable[tuple[Fraction, str]]:
        """Each term as its coefficient and the text of its monomial, in ascending degree."""
        for exponents in sorted(p, key=lambda e: (sum(e), [-k for k in e])):
            powers = [
                name if e == 1 else f"{name}**{e}"
                for name, e in zip(self._variables, exponents, strict=True)
                if e
            ]
            yield p[exponents], "*".join(powers)

    def polynomial(self, p: Polynomial) -> str:
        """The polynomial as text."""
        return linear_text(self.terms(p))


def at_unit(f: Expression, unit: str) -> str:
    """f at a unit as a factor of a product."""
    text = re.sub(r"\bx\b", unit, format_expression(f))
    return text if isinstance(f, Variable) or re.fullmatch(r"\w+\([^()]*\)", text) else f"({text})"


def at_unit_in_sum(f: Expression, unit: str) -> str:
    """f at a unit as a term; a sum is bracketed."""
    text = re.sub(r"\bx\b", unit, format_expression(f))
    return f"({text})" if isinstance(f, Sum) else text


def linear_text(terms: Iterable[tuple[Fraction, str]]) -> str:
    """ "x1-2*x2+1/3"; "0" for no terms."""
    shown = [_signed(c, text) for c, text in terms]
    return "".join(shown).removeprefix("+") or "0"


def _signed(c: Fraction, text: str) -> str:
    sign, size = ("-" if c < 0 else "+"), abs(c)
    if not text:
        return f"{sign}{size}"
    return f"{sign}{text}" if size == 1 else f"{sign}{size}*{text}"


def shortened(text: str) -> str:
    """The text, or its beginning and the hash of all of it, so that no digit can change unseen."""
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[: MOST_CHARACTERS // 2]}… (sha256 {sha256(text.encode()).hexdigest()[:32]})"
