"""The Noetherian chain of an activation: proposed by fitting σ' = p(σ) or from the tree, decided in `certify`."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from flint import arb, arb_mat

from gsdcheck.certify.balls import enclose, exact_end, precision, to_arb
from gsdcheck.certify.branch_signs import is_branching
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.chains import MOST_CUTS, MOST_GENERATORS, chain_data, read_chain
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.signs import limited_derivative
from gsdcheck.errors import CertificateRejected, InvalidInput, Undecided
from gsdcheck.model.chain import Chain, Polynomial
from gsdcheck.model.expression import Expression
from gsdcheck.symbolic.chains import elementary_chain

MOST_DEGREE = 4
"""Of p in σ' = p(σ): of what has a name, none has a higher one."""
MOST_DENOMINATOR = 10**6
_BITS = 256


@lru_cache(maxsize=256)
def noetherian_chain(sigma: Expression) -> Chain | None:
    """A chain whose identities the core has proved; None where none was found, which says nothing of σ."""
    for proposal in _proposals(sigma):
        try:
            return read_chain(chain_data(proposal), sigma)
        except (CertificateRejected, Undecided):  # the next proposal may hold
            continue
    return None


def _proposals(sigma: Expression) -> Iterator[Chain]:
    """Polynomials in x, then σ' = p(σ), then the functions that the tree is made of."""
    cuts = breakpoints(sigma) if is_branching(sigma) else ()
    if len(cuts) > MOST_CUTS:
        return
    try:
        part = smooth(sigma, cuts[-1], None) if cuts else sigma
    except Undecided:
        return
    found = _elementary(part)
    if found is not None and not found.generators:
        yield replace(found, cuts=cuts)
    for p in _slopes_by_value(part):
        yield Chain(generators=(part,), derivatives=(p,), sigma={(0, 1): Fraction(1)}, cuts=cuts)
    if found is not None and len(found.generators) <= MOST_GENERATORS:
        yield replace(found, cuts=cuts)


def _elementary(part: Expression) -> Chain | None:
    try:
        return elementary_chain(part)
    except (Undecided, InvalidInput):
        return None


def _slopes_by_value(sigma: Expression) -> Iterator[Polynomial]:
    """Polynomials p over ℚ of degree 0, 1, … such that σ' = p(σ) at a few points, to 256 bits."""
    points = [Fraction(k, 3) for k in (-4, 1, 5, -2, 2)]
    try:
        slope = limited_derivative(sigma)
    except Undecided:
        return
    with precision(_BITS):
        values = [enclose(sigma, to_arb(x)) for x in points]
        slopes = [enclose(slope, to_arb(x)) for x in points]
        for degree in range(MOST_DEGREE + 1):
            rows, right = values[: degree + 1], slopes[: degree + 1]
            try:
                found = arb_mat([[v**k for k in range(degree + 1)] for v in rows]).solve(
                    arb_mat([[s] for s in right])
                )
            except ZeroDivisionError:  # two values agree to 256 bits
                return
            p = [_simple(found[k, 0]) for k in range(degree + 1)]
            if None not in p:
                yield {(0, k): c for k, c in enumerate(p) if c}


def _simple(ball: arb) -> Fraction | None:
    """A rational of small denominator in the ball, if there is one."""
    if not ball.is_finite():
        return None
    guess = exact_end(ball.mid()).limit_denominator(MOST_DENOMINATOR)
    return guess if ball.contains(to_arb(guess)) else None
