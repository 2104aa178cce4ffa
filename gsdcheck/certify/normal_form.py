"""An expression as a form (`forms`): exact algebra in opaque atoms, so that what cancels is seen to cancel.

It holds at every point where the expression is defined; whoever draws conclusions on an interval first shows that
it is defined there (`pieces.require_domain`).
"""

from fractions import Fraction
from functools import lru_cache

from flint import fmpz

from gsdcheck.certify.forms import (
    Atom,
    Form,
    Frozen,
    Monomial,
    constant,
    factored,
    freeze,
    plus,
    raised,
    times,
)
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
    return freeze(_form(expression, at))


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
    return {((("call", name, freeze(u)), Fraction(1)),): Fraction(1)}


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
        return {((("call", "log1p", freeze(shifted)), Fraction(1)),): Fraction(1)}
    return {((("call", "log", freeze(u)), Fraction(1)),): Fraction(1)}


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


def is_zero(expression: Expression, at: Fraction | None = None) -> bool:
    """Whether the expression vanishes identically (or at that point), as far as the algebra sees (exact).

    Raises:
        Undecided: as `normal_form`.
    """
    form = normal_form(expression, at)
    if form:
        form = factored(normal_form(without_erfc(expression), at))[1]
    return not form
