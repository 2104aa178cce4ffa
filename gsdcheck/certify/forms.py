"""Σ c · Π atom^e over Q: sums, products, rational powers and common factors of forms.

A monomial is a sorted tuple of (atom, exponent), a form a dictionary from monomials to rationals. Atoms are
tuples: ("x",), ("pi",), ("prime", p) for roots, ("exp", monomial), ("call", name, argument), ("sum", form) for
powers that do not expand. Empty means zero; the converse is not claimed. The algebra holds at every point where
the expression is defined: x · x**(-1) is 1.
"""

from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpz

from gsdcheck.errors import Undecided

Atom: TypeAlias = tuple[Any, ...]
Monomial: TypeAlias = tuple[tuple[Atom, Fraction], ...]
Form: TypeAlias = dict[Monomial, Fraction]
Frozen: TypeAlias = tuple[tuple[Monomial, Fraction], ...]

MOST_TERMS, MOST_BITS = 300, 4_000


def constant(value: Fraction) -> Form:
    """The rational as a form."""
    return {(): value} if value else {}


def plus(*forms: Form) -> Form:
    """The sum."""
    result: Form = {}
    for form in forms:
        for monomial, coefficient in form.items():
            result[monomial] = result.get(monomial, Fraction(0)) + coefficient
    return _limited({monomial: c for monomial, c in result.items() if c})


def times(a: Form, b: Form) -> Form:
    """The product; integer powers of sums that became positive are expanded."""
    if len(a) * len(b) > 4 * MOST_TERMS:
        raise Undecided(f"a product of {len(a)} by {len(b)} terms.")
    parts: list[Form] = []
    for u, s in a.items():
        for v, t in b.items():
            monomial, c = _merged(u, v)
            parts.append({monomial: c * s * t})
    if _has_sums(a) and _has_sums(b):
        parts = [expand_sums(part) for part in parts]
    return plus(*parts)


def _has_sums(form: Form) -> bool:
    return any(atom[0] == "sum" for monomial in form for atom, _ in monomial)


def expand_sums(form: Form) -> Form:
    """The same form with every positive integer power of a sum multiplied out."""
    parts: list[Form] = []
    for monomial, c in form.items():
        sums = [(a, e) for a, e in monomial if a[0] == "sum" and e > 0 and e.denominator == 1]
        part: Form = {tuple(p for p in monomial if p not in sums): c}
        for atom, exponent in sums:
            for _ in range(exponent.numerator):
                part = times(part, dict(atom[1]))
        parts.append(part)
    return plus(*parts)


def _merged(u: Monomial, v: Monomial) -> tuple[Monomial, Fraction]:
    """u · v, with the rational that integer powers of primes give back."""
    exponents = dict(u)
    for atom, exponent in v:
        exponents[atom] = exponents.get(atom, Fraction(0)) + exponent
    return _monomial(exponents)


def _monomial(exponents: dict[Atom, Fraction]) -> tuple[Monomial, Fraction]:
    """Π atom^e with the exponents of primes brought into [0, 1), and the rational that this sets free."""
    scale = Fraction(1)
    for atom in [a for a in exponents if a[0] == "prime"]:
        whole = exponents[atom].numerator // exponents[atom].denominator
        scale *= Fraction(atom[1]) ** whole
        exponents[atom] -= whole
    return tuple(sorted((a, e) for a, e in exponents.items() if e)), scale


def _limited(form: Form) -> Form:
    if len(form) > MOST_TERMS:
        raise Undecided(f"a form of {len(form)} terms; {MOST_TERMS} is the limit.")
    if any(c.numerator.bit_length() + c.denominator.bit_length() > MOST_BITS for c in form.values()):
        raise Undecided(f"a rational of more than {MOST_BITS} bits.")
    return form


def is_constant(form: Form | Frozen) -> bool:
    """Whether x occurs nowhere in the form."""
    return all(is_constant_atom(atom) for monomial in dict(form) for atom, _ in monomial)


def is_constant_atom(atom: Atom) -> bool:
    """Whether x occurs nowhere in the atom."""
    match atom:
        case ("x",):
            return False
        case ("exp", monomial):
            return all(is_constant_atom(a) for a, _ in monomial)
        case ("sum", form) | ("call", _, form):
            return is_constant(form)
    return True


def freeze(form: Form) -> Frozen:
    """The form as a sorted tuple, to be part of an atom or a key."""
    return tuple(sorted(form.items()))


def raised(base: Form, exponent: Fraction) -> Form:
    """base ** exponent."""
    if not base:
        if exponent < 0:
            raise Undecided("a division by zero.")
        return {}
    if len(base) == 1:
        return _raised_monomial(*next(iter(base.items())), exponent)
    if exponent.denominator == 1 and 0 < exponent <= 16:
        result = constant(Fraction(1))
        for _ in range(exponent.numerator):
            result = times(result, base)
        return result
    return _raised_sum(base, exponent)


def _raised_monomial(monomial: Monomial, coefficient: Fraction, exponent: Fraction) -> Form:
    if exponent.denominator > 1:
        return _root_of_monomial(monomial, coefficient, exponent)
    bits = coefficient.numerator.bit_length() + coefficient.denominator.bit_length()
    if abs(exponent) * bits > MOST_BITS:
        raise Undecided(f"a rational of more than {MOST_BITS} bits.")
    raised_monomial, scale = _monomial({atom: e * exponent for atom, e in monomial})
    return expand_sums({raised_monomial: coefficient**exponent.numerator * scale})


def _root_of_monomial(monomial: Monomial, coefficient: Fraction, exponent: Fraction) -> Form:
    # soundness: (u v)^q = u^q v^q needs factors ≥ 0: only what is known to be > 0 comes out
    outside, scale = _monomial({a: e * exponent for a, e in monomial if a[0] in ("pi", "prime", "exp")})
    inside: Monomial = tuple((a, e) for a, e in monomial if a[0] not in ("pi", "prime", "exp"))
    result = times(_root(abs(coefficient), exponent), {outside: scale})
    if coefficient > 0 and not inside:
        return result
    if coefficient > 0 and len(inside) == 1 and inside[0][1] == 1:
        return times(result, {((inside[0][0], exponent),): Fraction(1)})
    base: Frozen = ((inside, Fraction(1 if coefficient > 0 else -1)),)
    return times(result, {((("sum", base), exponent),): Fraction(1)})


def _root(value: Fraction, exponent: Fraction) -> Form:
    """value ** exponent for value > 0, by its prime factors."""
    powers: dict[Atom, Fraction] = {}
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        if part.bit_length() > 64:
            raise Undecided(f"a root of {value}.")
        powers.update({("prime", int(p)): sign * int(e) * exponent for p, e in fmpz(part).factor()})
    monomial, scale = _monomial(powers)
    return {monomial: scale}


def _raised_sum(base: Form, exponent: Fraction) -> Form:
    """(content · Σ)^q with the positive content taken out, so that equal sums look equal."""
    shift = {
        atom: min(dict(m).get(atom, Fraction(0)) for m in base)
        for m in base
        for atom, _ in m
        if atom[0] == "exp"
    }
    common: Monomial = tuple(sorted((atom, e) for atom, e in shift.items() if e))
    inverse: Monomial = tuple((atom, -e) for atom, e in common)
    reduced = times(base, {inverse: Fraction(1)})
    leading = max(reduced)
    content = reduced[leading] if exponent.denominator == 1 else abs(reduced[leading])
    atom: Atom = ("sum", freeze({m: c / content for m, c in reduced.items()}))
    outer = _raised_monomial(common, content, exponent)
    return times(outer, {((atom, exponent),): Fraction(1)})


def factored(form: Form) -> tuple[Monomial, Form]:
    """(M, P) with form = M · P: M the least powers that all terms share, P without negative powers of sums."""
    outer: Monomial = ()
    for _ in range(8):
        common = _common(form)
        if not common:
            break
        outer = _merged(outer, common)[0]
        inverse: Monomial = tuple((atom, -e) for atom, e in common)
        form = expand_sums(plus(*({_merged(m, inverse)[0]: c} for m, c in form.items())))
    return outer, form


def _common(form: Form) -> Monomial:
    atoms = {atom for monomial in form for atom, _ in monomial if atom[0] not in ("prime",)}
    shared = {atom: min(dict(monomial).get(atom, Fraction(0)) for monomial in form) for atom in atoms}
    return tuple(sorted((atom, e) for atom, e in shared.items() if e))
