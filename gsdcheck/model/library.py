"""The named activations, as data: σ, σ' and Φ in the grammar of expressions, with exact parameters.

The forms of σ' and Φ are chosen for float64: tests hold them against Arb from 1e-300 to 1e6. `{name}` stands
for a parameter.
"""

import difflib
from dataclasses import dataclass, field
from fractions import Fraction

from gsdcheck.errors import ExpressionError, InvalidInput, UnknownName
from gsdcheck.model.activation import Activation, activation_from_expression
from gsdcheck.model.parser import parse


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    sigma: str
    slope: str
    potential: str
    defaults: dict[str, str] = field(default_factory=dict)


_LI = "dilog(-exp(-Abs(x)))"
_LIBRARY: dict[str, _Entry] = {
    "identity": _Entry(sigma="x", slope="1", potential="x**2/2"),
    "zero": _Entry(sigma="0", slope="0", potential="0"),
    "tanh": _Entry(
        sigma="tanh(x)",
        slope="cosh(x)**(-2)",
        potential="Piecewise((log1p(sinh(x)**2)/2, Abs(x) < 1), (Abs(x) + log1p(exp(-2*Abs(x))) - log(2), True))",
    ),
    "relu": _Entry(
        sigma="Max(x, 0)",
        slope="Piecewise((1, x > 0), (0, True))",
        potential="Piecewise((x**2/2, x > 0), (0, True))",
    ),
    "leaky_relu": _Entry(
        sigma="Piecewise((x, x > 0), ({negative_slope}*x, True))",
        slope="Piecewise((1, x > 0), ({negative_slope}, True))",
        potential="Piecewise((x**2/2, x > 0), ({negative_slope}*x**2/2, True))",
        defaults={"negative_slope": "0.01"},
    ),
    "elu": _Entry(
        sigma="Piecewise((x, x > 0), ({alpha}*expm1(x), True))",
        slope="Piecewise((1, x > 0), ({alpha}*exp(x), True))",
        potential="Piecewise((x**2/2, x > 0), ({alpha}*(expm1(x) - x), True))",
        defaults={"alpha": "1"},
    ),
    "gelu": _Entry(
        sigma="x*erfc(-x/sqrt(2))/2",
        slope="erfc(-x/sqrt(2))/2 + x*exp(-x**2/2)/sqrt(2*pi)",
        potential="Piecewise((x**2/4 + ((x**2 - 1)*erf(x/sqrt(2)) + x*sqrt(2/pi)*exp(-x**2/2))/4, x > -1),"
        " (((x**2 - 1)*erfc(-x/sqrt(2)) + x*sqrt(2/pi)*exp(-x**2/2) + 1)/4, True))",
    ),
    "silu": _Entry(
        sigma="x/(1 + exp(-x))",
        slope="(1 + x/(1 + exp(x)))/(1 + exp(-x))",
        potential="Piecewise((x**2/2 + x*log1p(exp(-x)) - " + _LI + " - pi**2/12, x > 0),"
        " (x*log1p(exp(x)) + " + _LI + " + pi**2/12, True))",
    ),
    "softplus": _Entry(
        sigma="Max(x, 0) + log1p(exp(-Abs(x)))",
        slope="1/(1 + exp(-x))",
        potential="Piecewise((x**2/2 + pi**2/12 + " + _LI + ", x > 0), (-" + _LI + " - pi**2/12, True))",
    ),
    "sigmoid": _Entry(
        sigma="1/(1 + exp(-x))",
        slope="exp(-Abs(x))/(1 + exp(-Abs(x)))**2",
        potential="Max(x, 0) + log1p(exp(-Abs(x))) - log(2)",
    ),
    "softsign": _Entry(
        sigma="x/(1 + Abs(x))",
        slope="(1 + Abs(x))**(-2)",
        potential="Abs(x) - log1p(Abs(x))",
    ),
    "hardtanh": _Entry(
        sigma="Max({min_val}, Min({max_val}, x))",
        slope="Piecewise((0, x <= {min_val}), (0, x >= {max_val}), (1, True))",
        potential="Piecewise(({min_val}*x - ({min_val})**2/2, x <= {min_val}),"
        " ({max_val}*x - ({max_val})**2/2, x >= {max_val}), (x**2/2, True))",
        defaults={"min_val": "-1", "max_val": "1"},
    ),
    "sin": _Entry(sigma="sin(x)", slope="cos(x)", potential="2*sin(x/2)**2"),
    "atan": _Entry(sigma="atan(x)", slope="1/(1 + x**2)", potential="x*atan(x) - log1p(x**2)/2"),
    "erf": _Entry(
        sigma="erf(x)", slope="2*exp(-x**2)/sqrt(pi)", potential="x*erf(x) + expm1(-x**2)/sqrt(pi)"
    ),
    "xgauss": _Entry(sigma="x*exp(-x**2)", slope="(1 - 2*x**2)*exp(-x**2)", potential="-expm1(-x**2)/2"),
    "expm1": _Entry(sigma="expm1(x)", slope="exp(x)", potential="expm1(x) - x"),
    "rational_hump": _Entry(
        sigma="x/(1 + x**2)**2",
        slope="(1 - 3*x**2)/(1 + x**2)**3",
        potential="x**2/(1 + x**2)/2",
    ),
    "cube": _Entry(sigma="x**3", slope="3*x**2", potential="x**4/4"),
    "sinh": _Entry(sigma="sinh(x)", slope="cosh(x)", potential="2*sinh(x/2)**2"),
    "rectified_tanh": _Entry(
        sigma="Max(tanh(x), 0)",
        slope="Piecewise((cosh(x)**(-2), x > 0), (0, True))",
        potential="Piecewise((0, x <= 0), (log1p(sinh(x)**2)/2, x < 1), (x + log1p(exp(-2*x)) - log(2), True))",
    ),
}

NAMES: tuple[str, ...] = tuple(_LIBRARY)
"""The names of the activations that gsdcheck carries."""


def named_activation(name: str, **parameters: str | int | Fraction) -> Activation:
    """The library activation of that name; names ignore case, `_` and `-`.

    Raises:
        UnknownName: no such activation, or no such parameter of it.
        InvalidInput: a parameter is not an exact number.
    """
    key = _key(name)
    entry = _LIBRARY[key]
    for given in parameters:
        if given not in entry.defaults:
            known = ", ".join(entry.defaults) or "none"
            raise UnknownName(f"{key} has no parameter {given!r}. Its parameters: {known}.")
    values = {k: _exact(k, parameters.get(k, default)) for k, default in entry.defaults.items()}
    shown = {k: f"({v})" for k, v in values.items()}
    changed = [f"{k}={v}" for k, v in values.items() if v != Fraction(entry.defaults[k])]
    return Activation(
        name=key + ("?" + "&".join(changed) if changed else ""),
        expression=parse(entry.sigma.format(**shown)),
        slope=parse(entry.slope.format(**shown)),
        potential=parse(entry.potential.format(**shown)),
        parameters=values,
    )


def find_activation(subject: str) -> Activation:
    """The activation that a subject names: `name[?key=value&…]` of the library, else an expression in x.

    Raises:
        UnknownName: a lone word that is no name; the message names the nearest.
        ExpressionError: the text is neither a name nor in the grammar.
    """
    head, _, query = subject.strip().partition("?")
    words = head.replace("_", "-").split("-")
    sums = all(word in ("", "x") or word.isdigit() for word in words)  # x, -x, x-1, 5: sums, and no names
    if "".join(words).isalnum() and not sums:
        pairs = [part.partition("=") for part in query.split("&") if part]
        return named_activation(head, **{key: value for key, _, value in pairs})
    if query:
        raise ExpressionError(
            f"{subject!r}: parameters belong to a name, as in leaky_relu?negative_slope=0.2."
        )
    return activation_from_expression(subject)


def _fold(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _key(name: str) -> str:
    folded = {_fold(known): known for known in _LIBRARY}
    if _fold(name) in folded:
        return folded[_fold(name)]
    near = difflib.get_close_matches(_fold(name), folded, n=1, cutoff=0.0)
    raise UnknownName(
        f"unknown activation {name!r}. The nearest name is {folded[near[0]]!r};"
        f" known: {', '.join(_LIBRARY)}; or give an expression in x, such as 'x/(1+Abs(x))'."
    )


def _exact(key: str, value: str | int | Fraction) -> Fraction:
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError) as fault:
        raise InvalidInput(
            f"the parameter {key}={value!r} is not an exact number such as 0.2 or 1/5."
        ) from fault
