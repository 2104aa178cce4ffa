"""Noetherian chains in certificates: that g_a' = P_a(x, g) and σ = S(x, g) hold on the whole line.

    {"generators": ["tanh(x)"], "derivatives": [[["-1", [[1, 2]]], ["1", []]]], "sigma": [["1", [[1, 1]]]],
     "relations": [], "cuts": []}

Variable 0 is x, variable a is g_a. Every generator is shown to be C¹ on ℝ; the identities are proved by the algebra
of `forms`, in which tanh, sinh and cosh are written by exponentials, so that 1 - tanh² is cosh⁻².
"""

import json
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from gsdcheck.certify.harmonics import linearised
from gsdcheck.certify.lines import slope_on
from gsdcheck.certify.normal_form import is_zero, normal_form
from gsdcheck.certify.pieces import at_point, smooth
from gsdcheck.certify.polynomial_data import exponents_data, polynomial_data, read_exponents, read_polynomial
from gsdcheck.certify.subject import require_expression, require_keys, require_list, require_rational
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.chain import Chain, Exponents, Polynomial
from gsdcheck.model.expression import (
    ONE,
    Call,
    Expression,
    Power,
    Product,
    Sum,
    add,
    call,
    multiply,
    negate,
    number,
    power,
)
from gsdcheck.model.formatting import format_expression

MOST_GENERATORS, MOST_RELATIONS, MOST_CUTS = 6, 6, 4


def chain_data(chain: Chain) -> dict[str, object]:
    """The plain data of a chain whose derivatives are all known."""
    return {
        "generators": [format_expression(g) for g in chain.generators],
        "derivatives": [polynomial_data(p) for p in chain.derivatives if p is not None],
        "sigma": polynomial_data(chain.sigma),
        "relations": [[exponents_data(e), polynomial_data(r)] for e, r in chain.relations],
        "cuts": [str(cut) for cut in chain.cuts],
    }


def read_chain(data: object, sigma: Expression) -> Chain:
    """The chain of σ that the data spells, each of its identities proved.

    Raises:
        CertificateRejected: malformed, or an identity that does not hold.
        Undecided: an identity, or that a generator is C¹ on ℝ, could not be shown.
    """
    require_keys(data, {"generators", "derivatives", "sigma", "relations", "cuts"}, "a chain")
    return _checked(json.dumps(data, sort_keys=True), sigma)


@lru_cache(maxsize=256)
def _checked(text: str, sigma: Expression) -> Chain:
    chain = _read(json.loads(text))
    for generator, derivative in zip(chain.generators, chain.derivatives, strict=True):
        assert derivative is not None  # none is read as unknown
        _require_derivative(generator, chain.tree(derivative))
    for exponents, polynomial in chain.relations:
        _require_relation(chain, exponents, polynomial)
    _require_equal(sigma, chain.tree(chain.sigma), chain.cuts)
    return chain


def _read(data: dict[str, object]) -> Chain:
    texts = require_list(data["generators"], "generators")
    cuts = tuple(require_rational(cut, "a cut") for cut in require_list(data["cuts"], "cuts"))
    relations = require_list(data["relations"], "relations")
    if len(texts) > MOST_GENERATORS or len(relations) > MOST_RELATIONS or len(cuts) > MOST_CUTS:
        raise CertificateRejected(
            f"a chain has at most {MOST_GENERATORS} generators, {MOST_RELATIONS} relations and {MOST_CUTS} cuts."
        )
    if any(left >= right for left, right in pairwise(cuts)):
        raise CertificateRejected("the cuts are not in ascending order.")
    width = 1 + len(texts)
    derivatives = require_list(data["derivatives"], "derivatives", len(texts))
    return Chain(
        generators=tuple(require_expression(text, "a generator") for text in texts),
        derivatives=tuple(read_polynomial(p, width, "a derivative") for p in derivatives),
        sigma=read_polynomial(data["sigma"], width, "sigma"),
        relations=tuple(_relation(entry, width) for entry in relations),
        cuts=cuts,
    )


def _relation(data: object, width: int) -> tuple[Exponents, Polynomial]:
    monomial, polynomial = require_list(data, "a relation", 2)
    exponents = read_exponents(monomial, width, "a relation")
    right = read_polynomial(polynomial, width, "a relation")
    # soundness: the lexicographic order is a well-order, so that replacing monomials comes to an end
    if any(e >= exponents for e in right):
        raise CertificateRejected("the right side of a relation is not below its monomial.")
    return exponents, right


def _require_derivative(generator: Expression, claimed: Expression) -> None:
    # soundness: no branch, defined on all of ℝ, and so is its derivative, which is continuous: C¹
    if smooth(generator, None, None) != generator:
        raise CertificateRejected(f"the generator {format_expression(generator)} has branches.")
    slope = slope_on(generator, None, None)
    if not vanishes(add(slope, negate(claimed))):
        shown = format_expression(claimed)
        raise CertificateRejected(
            f"d/dx {format_expression(generator)} = {shown} is not an identity of the algebra."
        )


def _require_relation(chain: Chain, exponents: Exponents, polynomial: Polynomial) -> None:
    left, right = chain.tree({exponents: Fraction(1)}), chain.tree(polynomial)
    if not vanishes(add(left, negate(right))):
        shown = f"{format_expression(left)} = {format_expression(right)}"
        raise CertificateRejected(f"{shown} is not an identity of the algebra.")


def _require_equal(sigma: Expression, claimed: Expression, cuts: tuple[Fraction, ...]) -> None:
    """σ = S on every open segment between neighbouring cuts, and at the cuts."""
    ends = (None, *cuts, None)
    for low, high in pairwise(ends):
        _require_equal_on(smooth(sigma, low, high), claimed, low, high)
    for cut in cuts:
        if not vanishes(add(at_point(sigma, cut), negate(claimed)), cut):
            raise CertificateRejected(f"σ is another function than its polynomial at {cut}.")


def _require_equal_on(
    part: Expression, claimed: Expression, low: Fraction | None, high: Fraction | None
) -> None:
    """Equal by algebra, or of equal slope and equal at one point of the closed segment."""
    difference = add(part, negate(claimed))
    if vanishes(difference):
        return
    slopes = add(slope_on(part, low, high), negate(slope_on(claimed, low, high)))
    point = low if low is not None else high if high is not None else Fraction(0)
    # soundness: both sides are C¹ on the closed segment, so equal slopes and one common value make them equal
    if not (vanishes(slopes) and vanishes(difference, point)):
        raise CertificateRejected(f"σ = {format_expression(claimed)} is not an identity of the algebra.")


def require_antiderivative(potential: Expression, chain: Chain) -> None:
    """Nothing if the potential is C¹ on ℝ and its slope is σ.

    Raises:
        CertificateRejected: it is not, or this was not shown.
        Undecided: that it is C¹ could not be shown.
    """
    _require_derivative(potential, chain.tree(chain.sigma))


def vanishes(expression: Expression, at: Fraction | None = None) -> bool:
    """Whether the expression is 0 wherever it is defined (or at that point), as far as the algebra sees."""
    plain = in_exponentials(expression)
    try:
        return is_zero(plain, at) or not linearised(normal_form(plain, at))
    except Undecided:
        return False


def in_exponentials(expression: Expression) -> Expression:
    """The same function with tanh, sinh and cosh written by exp."""
    match expression:
        case Call("tanh", (argument,)):
            twice = multiply(number(2), in_exponentials(argument))
            return add(ONE, multiply(number(-2), power(add(ONE, call("exp", twice)), -1)))
        case Call("sinh" | "cosh" as name, (argument,)):
            u = in_exponentials(argument)
            reflected = call("exp", negate(u))
            both = add(call("exp", u), reflected if name == "cosh" else negate(reflected))
            return multiply(number("1/2"), both)
        case Call(name, arguments):
            return Call(name, tuple(map(in_exponentials, arguments)))
        case Sum(terms):
            return add(*map(in_exponentials, terms))
        case Product(factors):
            return multiply(*map(in_exponentials, factors))
        case Power(base, exponent):
            return power(in_exponentials(base), exponent)
    return expression
