"""Text to tree, for one small grammar. Nothing is ever evaluated as code.

    expression  := term (('+' | '-') term)*
    term        := factor (('*' | '/') factor)*
    factor      := ('+' | '-') factor | atom ('**' factor)?
    atom        := number | 'x' | 'pi' | 'E' | NAME '(' arguments ')' | '(' expression ')'
    Piecewise((value, left REL right), ..., (value, True)),  REL one of < <= > >=

An exponent must be a rational number, except that `E**u` is exp(u) and `c**u` with a rational c > 0 is
exp(u log c). `sqrt(u)` is u**(1/2). Decimal literals are the exact rationals they spell.
"""

import difflib
import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NoReturn

from gsdcheck.errors import ExpressionError
from gsdcheck.model.expression import (
    CONSTANTS,
    FUNCTIONS,
    Condition,
    Constant,
    Expression,
    Number,
    Piecewise,
    Variable,
    X,
    add,
    call,
    is_partial,
    multiply,
    nodes,
    number,
    power,
)

MAX_LENGTH = 2_000
MAX_DEPTH = 60
MAX_DIGITS = 60
MAX_EXPONENT = 64
MAX_BITS = 16_384
"""Limits on what is read: nothing that a user types may fill the memory."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<op>\*\*|<=|>=|==|!=|[-+*/(),<>^]))"
)
_KNOWN = (*FUNCTIONS, *CONSTANTS, "x", "sqrt", "Piecewise", "True")


@lru_cache(maxsize=1_024)
def parse(text: str) -> Expression:
    """The tree of an expression in x.

    Raises:
        ExpressionError: the text is not in the grammar, or longer, deeper or larger than the limits; the
            message shows the position.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"the expression has {len(text)} characters; at most {MAX_LENGTH} are read.")
    return _Parser(text).whole()


def parse_exact(text: str) -> Expression:
    """The tree of an expression without x: a rational, or a number such as `pi**2/12`.

    Raises:
        ExpressionError: as `parse`, or the text mentions x.
    """
    tree = parse(text)
    if any(isinstance(node, Variable) for node in nodes(tree)):
        raise ExpressionError(f"{text!r} is not a number: it depends on x.")
    return tree


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    position: int


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._tokenize())
        self.index = 0
        self.depth = 0

    def fail(self, fault: str, position: int | None = None) -> NoReturn:
        at = self.peek.position if position is None else position
        shown = self.text[max(0, at - 30) : at + 30]
        raise ExpressionError(f"{fault} at position {at + 1}, near {shown!r}.")

    def _tokenize(self) -> list[_Token]:
        tokens, at, end = [], 0, len(self.text.rstrip())
        while at < end:
            match = _TOKEN.match(self.text, at)
            if match is None or match.lastgroup is None:
                place = at + len(self.text[at:]) - len(self.text[at:].lstrip())
                raise ExpressionError(f"unexpected {self.text[place]!r} at position {place + 1}.")
            tokens.append(_Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup)))
            at = match.end()
        tokens.append(_Token("end", "", end))
        return tokens

    @property
    def peek(self) -> _Token:
        return self.tokens[self.index]

    def accept(self, *ops: str) -> str | None:
        if self.peek.kind == "op" and self.peek.text in ops:
            self.index += 1
            return self.tokens[self.index - 1].text
        return None

    def expect(self, op: str) -> None:
        if not self.accept(op):
            self.fail(f"expected {op!r}, found {self.peek.text or 'the end'!r}")

    def whole(self) -> Expression:
        tree = self.expression()
        if self.peek.kind != "end":
            hint = " (powers are written **)" if self.peek.text == "^" else ""
            self.fail(f"unexpected {self.peek.text!r}{hint}")
        return tree

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"more than {MAX_DEPTH} nested levels")
        terms = [self.term()]
        while op := self.accept("+", "-"):
            term = self.term()
            terms.append(term if op == "+" else multiply(number(-1), term))
        self.depth -= 1
        return add(*terms) if len(terms) > 1 else terms[0]

    def term(self) -> Expression:
        factors = [self.factor()]
        while op := self.accept("*", "/"):
            position = self.peek.position
            factor = self.factor()
            if op == "/" and factor == number(0):
                self.fail("division by zero", position)
            factors.append(factor if op == "*" else power(factor, -1))
        if number(0) in factors and any(map(is_partial, factors)):
            self.fail("a factor 0 would hide where the other factors are undefined")
        return multiply(*factors) if len(factors) > 1 else factors[0]

    def factor(self) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"more than {MAX_DEPTH} nested levels")
        if sign := self.accept("+", "-"):
            inner = self.factor()
            self.depth -= 1
            return inner if sign == "+" else multiply(number(-1), inner)
        tree = self.atom()
        position = self.peek.position
        if self.accept("**"):
            tree = self.raised(tree, self.factor(), position)
        self.depth -= 1
        return tree

    def raised(self, base: Expression, exponent: Expression, position: int) -> Expression:
        if isinstance(exponent, Number):
            value = exponent.value
            if abs(value) > MAX_EXPONENT or value.denominator > MAX_EXPONENT:
                self.fail(f"the exponent {value} is beyond the limit of {MAX_EXPONENT}", position)
            if value == 0 and is_partial(base):
                self.fail("the power 0 would hide where its base is undefined", position)
            if base == number(0) and value < 0:
                self.fail("division by zero", position)
            if isinstance(base, Number) and _bits(base.value) * abs(value) > MAX_BITS:
                self.fail(f"a power with more than {MAX_BITS} bits", position)
            if isinstance(base, Number) and value.denominator > 1 and base.value < 0:
                self.fail(f"a root of the negative number {base.value}", position)
            return power(base, value)
        if base == Constant("E"):
            return call("exp", exponent)
        if isinstance(base, Number) and base.value > 0:
            return call("exp", multiply(exponent, call("log", base)))
        self.fail("an exponent must be a rational number (or the base E or a positive number)", position)

    def atom(self) -> Expression:
        token = self.peek
        if token.kind == "number":
            self.index += 1
            return self.literal(token)
        if token.kind == "name":
            self.index += 1
            return self.named(token)
        if self.accept("("):
            tree = self.expression()
            self.expect(")")
            return tree
        self.fail(f"unexpected {token.text or 'end'!r}")

    def literal(self, token: _Token) -> Number:
        mantissa, _, exponent = token.text.lower().partition("e")
        if len(mantissa) > MAX_DIGITS or (exponent and abs(int(exponent[:9])) > 400):
            self.fail(
                f"a number with more than {MAX_DIGITS} digits or an exponent beyond 400", token.position
            )
        return Number(Fraction(token.text))

    def named(self, token: _Token) -> Expression:
        name = token.text
        if name == "x":
            return X
        if name in CONSTANTS:
            return Constant(name)
        if name == "Piecewise":
            return self.piecewise()
        if name not in FUNCTIONS and name != "sqrt":
            near = difflib.get_close_matches(name, _KNOWN, n=1, cutoff=0.5)
            hint = f" (did you mean {near[0]!r}?)" if near else ""
            self.fail(f"unknown name {name!r}{hint}", token.position)
        self.expect("(")
        arguments = [self.expression()]
        while self.accept(","):
            arguments.append(self.expression())
        self.expect(")")
        least, most = (1, 1) if name == "sqrt" else FUNCTIONS[name]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            self.fail(f"{name} takes {least}{'' if most else ' or more'} argument(s)", token.position)
        return power(arguments[0], Fraction(1, 2)) if name == "sqrt" else call(name, *arguments)

    def piecewise(self) -> Expression:
        branches: list[tuple[Expression, Condition]] = []
        self.expect("(")
        while True:
            self.expect("(")
            value = self.expression()
            self.expect(",")
            if self.peek.text == "True":
                self.index += 1
                self.expect(")")
                self.accept(",")
                self.expect(")")
                return Piecewise(tuple(branches), value) if branches else value
            branches.append((value, self.condition()))
            self.expect(")")
            if not self.accept(","):
                self.fail("the last branch of a Piecewise must be (value, True)")

    def condition(self) -> Condition:
        left = self.expression()
        relation = self.accept("<", "<=", ">", ">=")
        if relation is None:
            self.fail("expected one of < <= > >=")
        return Condition(left, relation, self.expression())  # type: ignore[arg-type]
