"""Functions in pieces: rectifiers, clips, shrinkages and their smooth relatives.

The potential of a function clipped to [a, b] is written with the antiderivative that the clip c(x) has
everywhere, c(x)²/2 + a·Min(x - a, 0) + b·Max(x - b, 0), or piece by piece where that keeps more digits.
"""

from gsdcheck.model.library.entry import Entry

_BELOW = "{negative_slope}*(Min(x - {threshold}, 0)**2 - Min(-{threshold}, 0)**2)/2"


def _clipped(u: str) -> str:
    """∫₀ᵘ of Max(0, Min(max_value, t)) dt, for max_value ≥ 0."""
    return f"(Max(0, Min({{max_value}}, {u}))**2/2 + {{max_value}}*Max({u} - {{max_value}}, 0))"


PIECES: dict[str, Entry] = {
    "relu": Entry(
        sigma="Max(x, 0)",
        slope="Piecewise((1, x > 0), (0, True))",
        potential="Piecewise((x**2/2, x > 0), (0, True))",
    ),
    "leaky_relu": Entry(
        sigma="Piecewise((x, x > 0), ({negative_slope}*x, True))",
        slope="Piecewise((1, x > 0), ({negative_slope}, True))",
        potential="Piecewise((x**2/2, x > 0), ({negative_slope}*x**2/2, True))",
        defaults={"negative_slope": "0.01"},
    ),
    "thresholded_relu": Entry(
        sigma="Piecewise((x, x > {threshold}), ({negative_slope}*(x - {threshold}), True))",
        slope="Piecewise((1, x > {threshold}), ({negative_slope}, True))",
        potential="(Max(x, {threshold})**2 - Max(0, {threshold})**2)/2 + " + _BELOW,
        defaults={"threshold": None, "negative_slope": "0"},
    ),
    "clipped_relu": Entry(
        sigma="Piecewise((Max(0, Min({max_value}, x)), x > {threshold}),"
        " ({negative_slope}*(x - {threshold}), True))",
        slope="Piecewise((Piecewise((0, x <= 0), (1, x < {max_value}), (0, True)), x > {threshold}),"
        " ({negative_slope}, True))",
        potential=f"{_clipped('Max(x, {threshold})')} - {_clipped('Max(0, {threshold})')} + {_BELOW}",
        defaults={"max_value": None, "threshold": "0", "negative_slope": "0"},
        limits=("max_value >= 0",),
    ),
    "threshold": Entry(
        sigma="Piecewise((x, x > {threshold}), ({value}, True))",
        slope="Piecewise((1, x > {threshold}), (0, True))",
        potential="(Max(x, {threshold})**2 - Max(0, {threshold})**2)/2"
        " + {value}*(Min(x, {threshold}) - Min(0, {threshold}))",
        defaults={"threshold": None, "value": None},
    ),
    "relu6": Entry(
        sigma="Max(0, Min(6, x))",
        slope="Piecewise((0, x <= 0), (1, x < 6), (0, True))",
        potential="Piecewise((0, x <= 0), (x**2/2, x < 6), (6*x - 18, True))",
    ),
    "squared_relu": Entry(
        sigma="Piecewise((x**2, x > 0), (0, True))",
        slope="Piecewise((2*x, x > 0), (0, True))",
        potential="Piecewise((x**3/3, x > 0), (0, True))",
    ),
    "elu": Entry(
        sigma="Piecewise((x, x > 0), ({alpha}*expm1(x), True))",
        slope="Piecewise((1, x > 0), ({alpha}*exp(x), True))",
        potential="Piecewise((x**2/2, x > 0), ({alpha}*(expm1(x) - x), True))",
        defaults={"alpha": "1"},
    ),
    "celu": Entry(
        sigma="Piecewise((x, x > 0), ({alpha}*expm1(x/{alpha}), True))",
        slope="Piecewise((1, x > 0), (exp(x/{alpha}), True))",
        potential="Piecewise((x**2/2, x > 0), ({alpha}**2*expm1(x/{alpha}) - {alpha}*x, True))",
        defaults={"alpha": "1"},
        limits=("alpha != 0",),
    ),
    "selu": Entry(  # scale and scale·alpha of Klambauer et al., to the digits that the libraries give
        sigma="1.0507009873554804934193349852946*Piecewise((x, x > 0),"
        " (1.6732632423543772848170429916717*expm1(x), True))",
        slope="1.0507009873554804934193349852946*Piecewise((1, x > 0),"
        " (1.6732632423543772848170429916717*exp(x), True))",
        potential="1.0507009873554804934193349852946*Piecewise((x**2/2, x > 0),"
        " (1.6732632423543772848170429916717*(expm1(x) - x), True))",
    ),
    "isrlu": Entry(
        sigma="Piecewise((x, x > 0), (x/sqrt(1 + {alpha}*x**2), True))",
        slope="Piecewise((1, x > 0), ((1 + {alpha}*x**2)**(-3/2), True))",
        potential="Piecewise((x**2/2, x > 0), (x**2/(1 + sqrt(1 + {alpha}*x**2)), True))",
        defaults={"alpha": "1"},
        limits=("alpha >= 0",),
    ),
    "softsign": Entry(
        sigma="x/(1 + Abs(x))",
        slope="(1 + Abs(x))**(-2)",
        potential="Abs(x) - log1p(Abs(x))",
    ),
    "symlog": Entry(
        sigma="sign(x)*log1p(Abs(x))",
        slope="1/(1 + Abs(x))",
        potential="(1 + Abs(x))*log1p(Abs(x)) - Abs(x)",
    ),
    "hardtanh": Entry(
        sigma="Max({min_val}, Min({max_val}, x))",
        slope="Piecewise((0, x <= {min_val}), (0, x >= {max_val}), (1, True))",
        potential="Piecewise(({min_val}*x - ({min_val})**2/2, x <= {min_val}),"
        " ({max_val}*x - ({max_val})**2/2, x >= {max_val}), (x**2/2, True))"
        " + (Max({min_val}, 0)**2 + Min({max_val}, 0)**2)/2",  # so that it is 0 at 0 wherever the clip is
        defaults={"min_val": "-1", "max_val": "1"},
        limits=("min_val < max_val",),
    ),
    "rectified_tanh": Entry(
        sigma="Max(tanh(x), 0)",
        slope="Piecewise((cosh(x)**(-2), x > 0), (0, True))",
        potential="Piecewise((0, x <= 0), (log1p(sinh(x)**2)/2, x < 1), (x + log1p(exp(-2*x)) - log(2), True))",
    ),
    "hard_sigmoid": Entry(
        sigma="Max(0, Min(1, (x + 3)/6))",
        slope="Piecewise((0, x <= -3), (1/6, x < 3), (0, True))",
        potential="Piecewise((-3/4, x <= -3), (x*(x + 6)/12, x < 3), (x - 3/4, True))",
    ),
    "hard_swish": Entry(
        sigma="Piecewise((0, x <= -3), (x*(x + 3)/6, x < 3), (x, True))",
        slope="Piecewise((0, x <= -3), ((2*x + 3)/6, x < 3), (1, True))",
        potential="Piecewise((3/4, x <= -3), (x**2*(2*x + 9)/36, x < 3), (x**2/2 - 3/4, True))",
    ),
    "softshrink": Entry(
        sigma="Piecewise((x - {threshold}, x > {threshold}), (x + {threshold}, x < -{threshold}), (0, True))",
        slope="Piecewise((0, Abs(x) <= {threshold}), (1, True))",
        potential="Piecewise((0, Abs(x) <= {threshold}), ((Abs(x) - {threshold})**2/2, True))",
        defaults={"threshold": "1/2"},
        limits=("threshold >= 0",),
    ),
    "hardshrink": Entry(
        sigma="Piecewise((x, x > {threshold}), (x, x < -{threshold}), (0, True))",
        slope="Piecewise((0, Abs(x) <= {threshold}), (1, True))",
        potential="Piecewise((0, Abs(x) <= {threshold}),"
        " ((Abs(x) - {threshold})*(Abs(x) + {threshold})/2, True))",
        defaults={"threshold": "1/2"},
        limits=("threshold >= 0",),
    ),
    "squareplus": Entry(  # (x + √(x² + b))/2, and on the left its reciprocal form, which has no difference
        sigma="Piecewise(((x + sqrt(x**2 + {b}))/2, x > 0), ({b}/(sqrt(x**2 + {b}) - x)/2, True))",
        slope="Piecewise(((x + sqrt(x**2 + {b}))/2, x > 0), ({b}/(sqrt(x**2 + {b}) - x)/2, True))"
        "/sqrt(x**2 + {b})",
        potential="Piecewise(((x**2 + x*sqrt(x**2 + {b}) + {b}*asinh(x/sqrt({b})))/4, x > 0),"
        " ({b}*(x/(sqrt(x**2 + {b}) - x) + asinh(x/sqrt({b})))/4, True))",
        defaults={"b": "4"},
        limits=("b > 0",),
    ),
    "sparse_plus": Entry(
        sigma="Piecewise((0, x <= -1), ((x + 1)**2/4, x < 1), (x, True))",
        slope="Piecewise((0, x <= -1), ((x + 1)/2, x < 1), (1, True))",
        potential="Piecewise((-1/12, x <= -1), (x*(x**2 + 3*x + 3)/12, x < 1), (x**2/2 + 1/12, True))",
    ),
    "sparse_sigmoid": Entry(
        sigma="Max(0, Min(1, (x + 1)/2))",
        slope="Piecewise((0, x <= -1), (1/2, x < 1), (0, True))",
        potential="Piecewise((-1/4, x <= -1), (x*(x + 2)/4, x < 1), (x - 1/4, True))",
    ),
}
