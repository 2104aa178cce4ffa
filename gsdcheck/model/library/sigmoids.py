"""Functions made of the logistic sigmoid and of the normal distribution."""

from gsdcheck.model.library.entry import Entry

_LI = "dilog(-exp(-Abs(x)))"
_U = "sqrt(2/pi)*(x + 0.044715*x**3)"  # tanh(u) is 1 - 2/(1 + exp(2u)); this way tails keep their digits
_V = "(1.702*x)"
_SWITCHED = (  # Φ of the softplus at βt, up to its value at 0: see `softplus`
    "Piecewise((({t})**2/2 + pi**2/12 + dilog(-exp(-({t}))), {t} > 0), (-dilog(-exp({t})) - pi**2/12, True))"
)


def _switched_potential() -> str:
    """∫₀ˣ of softplus(βt)/β up to t = T = threshold/β, and of t beyond: continuous, and 0 at 0."""
    corner = "({threshold}/{beta})"
    inner, start = f"{{beta}}*Min(x, {corner})", f"{{beta}}*Min(0, {corner})"
    soft = f"({_SWITCHED.replace('{t}', inner)} - {_SWITCHED.replace('{t}', start)})/{{beta}}**2"
    return f"{soft} + (Max(x, {corner})**2 - Max(0, {corner})**2)/2"


SIGMOIDS: dict[str, Entry] = {
    "sigmoid": Entry(
        sigma="1/(1 + exp(-x))",
        slope="exp(-Abs(x))/(1 + exp(-Abs(x)))**2",
        potential="Max(x, 0) + log1p(exp(-Abs(x))) - log(2)",
    ),
    "log_sigmoid": Entry(
        sigma="Min(x, 0) - log1p(exp(-Abs(x)))",
        slope="1/(1 + exp(x))",
        potential="Piecewise((-" + _LI + " - pi**2/12, x > 0), (x**2/2 + pi**2/12 + " + _LI + ", True))",
    ),
    "softplus": Entry(
        sigma="Max(x, 0) + log1p(exp(-Abs(x)))",
        slope="1/(1 + exp(-x))",
        potential="Piecewise((x**2/2 + pi**2/12 + " + _LI + ", x > 0), (-" + _LI + " - pi**2/12, True))",
    ),
    "switched_softplus": Entry(  # the softplus of PyTorch: it jumps by log1p(exp(-threshold))/beta
        sigma="Piecewise((x, {beta}*x > {threshold}),"
        " ((Max({beta}*x, 0) + log1p(exp(-Abs({beta}*x))))/{beta}, True))",
        slope="Piecewise((1, {beta}*x > {threshold}), (1/(1 + exp(-{beta}*x)), True))",
        potential=_switched_potential(),
        defaults={"beta": "1", "threshold": "20"},
        limits=("beta > 0",),
    ),
    "silu": Entry(
        sigma="x/(1 + exp(-x))",
        slope="(1 + x/(1 + exp(x)))/(1 + exp(-x))",
        potential="Piecewise((x**2/2 + x*log1p(exp(-x)) - " + _LI + " - pi**2/12, x > 0),"
        " (x*log1p(exp(x)) + " + _LI + " + pi**2/12, True))",
    ),
    "quick_gelu": Entry(
        sigma=f"x/(1 + exp(-{_V}))",
        slope=f"(1 + {_V}/(1 + exp({_V})))/(1 + exp(-{_V}))",
        potential=f"Piecewise((x**2/2 + (({_V}*log1p(exp(-{_V})) - dilog(-exp(-{_V})) - pi**2/12)/1.702**2), x > 0),"
        f" (({_V}*log1p(exp({_V})) + dilog(-exp({_V})) + pi**2/12)/1.702**2, True))",
    ),
    "gelu": Entry(
        sigma="x*erfc(-x/sqrt(2))/2",
        slope="erfc(-x/sqrt(2))/2 + x*exp(-x**2/2)/sqrt(2*pi)",
        potential="Piecewise((x**2/4 + ((x**2 - 1)*erf(x/sqrt(2)) + x*sqrt(2/pi)*exp(-x**2/2))/4, x > -1),"
        " (((x**2 - 1)*erfc(-x/sqrt(2)) + x*sqrt(2/pi)*exp(-x**2/2) + 1)/4, True))",
    ),
    "gelu_tanh": Entry(
        sigma=f"x/(1 + exp(-2*{_U}))",
        slope=f"(1 + 2*x*sqrt(2/pi)*(1 + 0.134145*x**2)/(1 + exp(2*{_U})))/(1 + exp(-2*{_U}))",
        potential=None,
    ),
    "mish": Entry(
        sigma="x*tanh(log1p(exp(x)))",
        slope="tanh(log1p(exp(x))) + x*cosh(log1p(exp(x)))**(-2)/(1 + exp(-x))",
        potential=None,  # dilogarithms at complex points
    ),
}
