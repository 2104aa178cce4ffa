"""Σ c · Π atom^e: exact algebra over Q in opaque atoms, so that what cancels is seen to cancel.

A monomial is a sorted tuple of (atom, exponent), a form a dictionary from monomials to rationals. Atoms are
tuples: ("x",), ("pi",), ("prime", p) for roots, ("exp", monomial), ("call", name, argument), ("sum", form) for
powers that do not expand. Empty means zero; the converse is not claimed. The algebra holds at every point where the
expression is defined: x · x**(-1) is 1, so whoever draws conclusions on an interval first shows that
the expression is defined there (`pieces.require_domain`).
"""

from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from flint import fmpz

from gsdcheck.errors import Undecided
from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Number,
    Power,
    Product,
    Sum,
    Variable,
    X,
    add,
    call,
    multiply,
    number,
    power,
)

Atom: TypeAlias = tuple[Any, ...]
Monomial: TypeAlias = tuple[tuple[Atom, Fraction], ...]
Form: TypeAlias = dict[Monomial, Fraction]
Frozen: TypeAlias = tuple[tuple[Monomial, Fraction], ...]

MOST_TERMS, MOST_BITS = 300, 4_000
_X: Atom = ("x",)
_ODD = frozenset({"sin", "sinh", "tanh", "asinh", "atan", "erf"})
_EVEN = frozenset({"cos", "cosh"})
_AT_ZERO = {"cos": 1, "cosh": 1, "erfc": 1}  # the others of the grammar's functions are 0 at 0
_PI_SQUARED: Monomial = ((("pi",), Fraction(2)),)


def normal_form(expression: Expression, at: Fraction | None = None) -> Form:
    """The expression as Σ c · Π atom^e; with `at`, its value at that rational (exact).

    Raises:
        Undecided: more than 300 terms or 4,000 bits, a value outside the domain, or a branch that was not
            resolved before (Max, Min, Abs, sign, Piecewise).
    """
    return dict(_cached(expression, at))


@lru_cache(maxsize=4096)
def _cached(expression: Expression, at: Fraction | None) -> Frozen:
    return _freeze(_form(expression, at))


def _form(expression: Expression, at: Fraction | None) -> Form:
    match expression:
        case Variable():
            return constant(at) if at is not None else {((_X, Fraction(1)),): Fraction(1)}
        case Number(value):
            return constant(value)
        case Constant("pi"):
            return {((("pi",), Fraction(1)),): Fraction(1)}
        case Constant():
            return exponential(constant(Fraction(1)))
        case Sum(terms):
            return plus(*(normal_form(term, at) for term in terms))
        case Product(factors):
            result = constant(Fraction(1))
            for factor in factors:
                result = times(result, normal_form(factor, at))
            return result
        case Power(base, exponent):
            return raised(normal_form(base, at), exponent)
        case Call(name, (argument,)) if name not in ("Abs", "sign"):
            return applied(name, normal_form(argument, at))
    raise Undecided(f"a branch that is not resolved: {type(expression).__name__}.")


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


def _freeze(form: Form) -> Frozen:
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
    atom: Atom = ("sum", _freeze({m: c / content for m, c in reduced.items()}))
    outer = _raised_monomial(common, content, exponent)
    return times(outer, {((atom, exponent),): Fraction(1)})


def exponential(argument: Form) -> Form:
    """exp(Σ c m) = Π exp(m)^c, where exp(c log u) is u^c."""
    rest: dict[Atom, Fraction] = {}
    result = constant(Fraction(1))
    for monomial, c in argument.items():
        match monomial:
            case ((("call", "log" | "log1p" as name, u), 1),):
                base = plus(dict(u), constant(Fraction(1 if name == "log1p" else 0)))
                result = times(result, raised(base, c))
            case _:
                rest["exp", monomial] = c
    return times(result, {tuple(sorted(rest.items())): Fraction(1)})


def applied(name: str, u: Form) -> Form:
    """f(u), with the values at 0 and a few others, parity, and what log and exp undo."""
    if name == "exp":
        return exponential(u)
    if name == "expm1":
        return plus(exponential(u), constant(Fraction(-1)))
    if name in ("log", "log1p"):
        return _logarithm(u if name == "log" else None, u if name == "log1p" else {})
    if not u:
        return constant(Fraction(_AT_ZERO.get(name, 0)))
    if name == "dilog" and u == constant(Fraction(-1)):
        return {_PI_SQUARED: Fraction(-1, 12)}
    if name == "atan" and abs(u.get((), Fraction(0))) == 1 and len(u) == 1:
        return {((("pi",), Fraction(1)),): u[()] / 4}
    if (name in _ODD or name in _EVEN) and u[max(u)] < 0:
        flipped = applied(name, {monomial: -c for monomial, c in u.items()})
        return flipped if name in _EVEN else {monomial: -c for monomial, c in flipped.items()}
    return {((("call", name, _freeze(u)), Fraction(1)),): Fraction(1)}


def _logarithm(whole: Form | None, shifted: Form) -> Form:
    """log(whole), or log1p(shifted), which is kept as such unless 1 + shifted is one term."""
    u = plus(constant(Fraction(1)), shifted) if whole is None else whole
    if not u:
        raise Undecided("log(0).")
    if len(u) == 1:
        monomial, c = next(iter(u.items()))
        if c > 0 and all(atom[0] in ("exp", "prime") for atom, _ in monomial):
            return plus(_log_of_rational(c), *(_log_of_atom(atom, e) for atom, e in monomial))
    if whole is None:
        return {((("call", "log1p", _freeze(shifted)), Fraction(1)),): Fraction(1)}
    return {((("call", "log", _freeze(u)), Fraction(1)),): Fraction(1)}


def _log_of_rational(value: Fraction) -> Form:
    if max(value.numerator, value.denominator).bit_length() > 64:
        raise Undecided(f"log({value}).")
    parts = [(int(p), int(e)) for p, e in fmpz(value.numerator).factor()]
    parts += [(int(p), -int(e)) for p, e in fmpz(value.denominator).factor()]
    return plus(*(_log_of_atom(("prime", p), Fraction(e)) for p, e in parts))


def _log_of_atom(atom: Atom, exponent: Fraction) -> Form:
    if atom[0] == "exp":
        return {atom[1]: exponent}
    argument: Frozen = (((), Fraction(atom[1])),)
    return {((("call", "log", argument), Fraction(1)),): exponent}


def tree(form: Form) -> Expression:
    """The form as an expression."""
    return add(*(multiply(number(c), *(_tree_of(a, e) for a, e in m)) for m, c in form.items()))


def atom_tree(atom: Atom) -> Expression:
    """The atom as an expression."""
    match atom:
        case ("x",):
            return X
        case ("pi",):
            return Constant("pi")
        case ("prime", p):
            return number(p)
        case ("exp", monomial):
            return call("exp", tree({monomial: Fraction(1)}))
        case ("call", name, argument):
            return call(name, tree(dict(argument)))
        case _:
            return tree(dict(atom[1]))


def _tree_of(atom: Atom, exponent: Fraction) -> Expression:
    if atom[0] == "exp":  # one exponential, not a power of one: its range is sharp
        return call("exp", tree({atom[1]: exponent}))
    return power(atom_tree(atom), exponent)


def without_erfc(expression: Expression) -> Expression:
    """The same function with erfc(u) written 1 - erf(u), for proving that something vanishes."""
    match expression:
        case Call("erfc", (argument,)):
            return add(number(1), multiply(number(-1), call("erf", without_erfc(argument))))
        case Call(name, arguments):
            return Call(name, tuple(map(without_erfc, arguments)))
        case Sum(terms):
            return add(*map(without_erfc, terms))
        case Product(factors):
            return multiply(*map(without_erfc, factors))
        case Power(base, exponent):
            return power(without_erfc(base), exponent)
    return expression


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


def is_zero(expression: Expression, at: Fraction | None = None) -> bool:
    """Whether the expression vanishes identically (or at that point), as far as the algebra sees (exact).

    Raises:
        Undecided: as `normal_form`.
    """
    form = normal_form(expression, at)
    if form:
        form = factored(normal_form(without_erfc(expression), at))[1]
    return not form
