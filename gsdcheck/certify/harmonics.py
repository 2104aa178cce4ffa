"""Products of sines and cosines as sums: sin u cos u = sin(2u)/2, whose range is sharp where that of a product is not.

1 + 2 sin x cos x, the slope of x + sin² x, is 1 + sin 2x: then its range [0, 2] shows that it is never negative.
"""

from fractions import Fraction

from gsdcheck.certify.forms import Atom, Form, Monomial, constant, plus, times
from gsdcheck.certify.normal_form import applied

MOST_FACTORS = 6
_HALF = Fraction(1, 2)

Wave = tuple[Fraction, str, Form]
"""c cos(u) or c sin(u)."""


def linearised(form: Form) -> Form:
    """The same form with every product of at most six sines and cosines written as a sum of them."""
    return plus(*(_term(monomial, c) for monomial, c in form.items()))


def has_products(form: Form) -> bool:
    """Whether a term has two sines or cosines as factors, or a power of one."""
    return any(len(_waves(monomial)) > 1 for monomial in form)


def _waves(monomial: Monomial) -> list[Atom]:
    """The sines and cosines among the factors, each as often as its exponent says; none if they are too many."""
    found = [
        (atom, exponent)
        for atom, exponent in monomial
        if _is_wave(atom) and exponent > 0 and exponent.denominator == 1
    ]
    if sum(exponent for _, exponent in found) > MOST_FACTORS:
        return []
    return [atom for atom, exponent in found for _ in range(int(exponent))]


def _is_wave(atom: Atom) -> bool:
    return atom[0] == "call" and atom[1] in ("sin", "cos")


def _term(monomial: Monomial, coefficient: Fraction) -> Form:
    waves = _waves(monomial)
    rest = tuple((atom, e) for atom, e in monomial if atom not in waves)
    sums: list[Wave] = [(coefficient, "cos", {})]
    for _, name, argument in waves:
        sums = [part for wave in sums for part in _times(wave, name, dict(argument))]
    written = plus(*(times(constant(c), applied(name, u)) for c, name, u in sums))
    return times(written, {rest: Fraction(1)})


def _times(wave: Wave, name: str, v: Form) -> list[Wave]:
    """c f(u) · g(v) for f, g among sine and cosine, by the addition theorems."""
    c, first, u = wave
    together, apart = plus(u, v), plus(u, {m: -k for m, k in v.items()})
    half = c * _HALF
    match first, name:
        case "cos", "cos":
            return [(half, "cos", apart), (half, "cos", together)]
        case "sin", "cos":
            return [(half, "sin", apart), (half, "sin", together)]
        case "cos", "sin":
            return [(-half, "sin", apart), (half, "sin", together)]
    return [(half, "cos", apart), (-half, "cos", together)]
