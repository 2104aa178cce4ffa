"""Polynomials over ℚ in a growing list of variables, as {((variable, exponent), ...): coefficient}."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

from gsdcheck.errors import Undecided

Monomial: TypeAlias = tuple[tuple[int, int], ...]
Sparse: TypeAlias = dict[Monomial, Fraction]
Rule: TypeAlias = tuple[Monomial, Sparse]

MOST_TERMS, MOST_STEPS = 400, 20_000


def constant(value: Fraction | int) -> Sparse:
    """The rational."""
    return {(): Fraction(value)} if value else {}


def variable(index: int, exponent: int = 1) -> Sparse:
    """z_index ** exponent."""
    return {((index, exponent),): Fraction(1)}


def total(parts: Iterable[Sparse]) -> Sparse:
    """The sum."""
    result: Sparse = {}
    for part in parts:
        for m, c in part.items():
            result[m] = result.get(m, Fraction(0)) + c
    return {m: c for m, c in result.items() if c}


def scaled(p: Sparse, c: Fraction | int) -> Sparse:
    """c p."""
    return {m: v * c for m, v in p.items()} if c else {}


def product(p: Sparse, q: Sparse) -> Sparse:
    """p q.

    Raises:
        Undecided: more than 400 terms.
    """
    result: Sparse = {}
    for m, a in p.items():
        for k, b in q.items():
            key = joined(m, k)
            result[key] = result.get(key, Fraction(0)) + a * b
    if len(result) > MOST_TERMS:
        raise Undecided(f"a polynomial of {len(result)} terms; {MOST_TERMS} is the limit.")
    return {m: c for m, c in result.items() if c}


def power(p: Sparse, exponent: int) -> Sparse:
    """p ** exponent for an exponent ≥ 0; raises as `product`."""
    result = constant(1)
    for _ in range(exponent):
        result = product(result, p)
    return result


def joined(m: Monomial, k: Monomial) -> Monomial:
    """The product of two monomials."""
    exponents = dict(m)
    for index, e in k:
        exponents[index] = exponents.get(index, 0) + e
    return tuple(sorted(exponents.items()))


def derivative(p: Sparse, slope: Callable[[int], Sparse]) -> Sparse:
    """dp/dx where the variable z_k has the derivative slope(k)."""
    parts = []
    for m, c in p.items():
        for place, (index, e) in enumerate(m):
            rest = (*m[:place], *(((index, e - 1),) if e > 1 else ()), *m[place + 1 :])
            parts.append(product({rest: c * e}, slope(index)))
    return total(parts)


def quotient(m: Monomial, left: Monomial) -> Monomial | None:
    """m / left, or None if left does not divide m."""
    exponents = dict(m)
    for index, e in left:
        exponents[index] = exponents.get(index, 0) - e
        if exponents[index] < 0:
            return None
    return tuple(sorted((i, e) for i, e in exponents.items() if e))


def reduced(p: Sparse, rules: Sequence[Rule]) -> Sparse:
    """The same function with every left side of a rule replaced by its right side.

    Raises:
        Undecided: that does not end soon.
    """
    done: Sparse = {}
    pending = dict(p)
    for _ in range(MOST_STEPS):
        if not pending:
            return {m: c for m, c in done.items() if c}
        m, c = pending.popitem()
        for left, right in rules:
            rest = quotient(m, left)
            if rest is not None:
                for k, b in right.items():
                    key = joined(rest, k)
                    pending[key] = pending.get(key, Fraction(0)) + c * b
                break
        else:
            done[m] = done.get(m, Fraction(0)) + c
    raise Undecided(f"a reduction of more than {MOST_STEPS} steps.")


def affine_in(p: Sparse, q: Sparse) -> tuple[Fraction, Fraction] | None:
    """(c, d) with p = c + d q, or None; q is no constant."""
    m = max(m for m in q if m)
    d = p.get(m, Fraction(0)) / q[m]
    rest = total((p, scaled(q, -d)))
    return (rest.get((), Fraction(0)), d) if set(rest) <= {()} else None
