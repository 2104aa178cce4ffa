"""Functions of one formula: exponential, trigonometric and algebraic ones."""

from gsdcheck.model.library.entry import Entry

SMOOTH: dict[str, Entry] = {
    "identity": Entry(sigma="x", slope="1", potential="x**2/2"),
    "zero": Entry(sigma="0", slope="0", potential="0"),
    "tanh": Entry(
        sigma="tanh(x)",
        slope="cosh(x)**(-2)",
        potential="Piecewise((log1p(sinh(x)**2)/2, Abs(x) < 1), (Abs(x) + log1p(exp(-2*Abs(x))) - log(2), True))",
    ),
    "sin": Entry(sigma="sin(x)", slope="cos(x)", potential="2*sin(x/2)**2"),
    "atan": Entry(sigma="atan(x)", slope="1/(1 + x**2)", potential="x*atan(x) - log1p(x**2)/2"),
    "erf": Entry(sigma="erf(x)", slope="2*exp(-x**2)/sqrt(pi)", potential="x*erf(x) + expm1(-x**2)/sqrt(pi)"),
    "xgauss": Entry(sigma="x*exp(-x**2)", slope="(1 - 2*x**2)*exp(-x**2)", potential="-expm1(-x**2)/2"),
    "gaussian": Entry(sigma="exp(-x**2)", slope="-2*x*exp(-x**2)", potential="sqrt(pi)*erf(x)/2"),
    "exponential": Entry(sigma="exp(x)", slope="exp(x)", potential="expm1(x)"),
    "expm1": Entry(sigma="expm1(x)", slope="exp(x)", potential="expm1(x) - x"),
    "cube": Entry(sigma="x**3", slope="3*x**2", potential="x**4/4"),
    "sinh": Entry(sigma="sinh(x)", slope="cosh(x)", potential="2*sinh(x/2)**2"),
    "asinh": Entry(
        sigma="asinh(x)",
        slope="(1 + x**2)**(-1/2)",
        potential="x*asinh(x) - x**2/(1 + sqrt(1 + x**2))",
    ),
    "algebraic_sigmoid": Entry(
        sigma="x/sqrt(1 + x**2)",
        slope="(1 + x**2)**(-3/2)",
        potential="x**2/(1 + sqrt(1 + x**2))",
    ),
    "serpentine": Entry(
        sigma="x/(1 + x**2)",
        slope="(1 - x)*(1 + x)/(1 + x**2)**2",
        potential="log1p(x**2)/2",
    ),
    "rational_hump": Entry(
        sigma="x/(1 + x**2)**2",
        slope="(1 - 3*x**2)/(1 + x**2)**3",
        potential="x**2/(1 + x**2)/2",
    ),
    "bent_identity": Entry(
        sigma="x + x**2/(1 + sqrt(1 + x**2))/2",  # (√(1+x²) - 1)/2 + x without the difference
        slope="1 + x/sqrt(1 + x**2)/2",
        potential="x**2/2 + (x*sqrt(1 + x**2) + asinh(x))/4 - x/2",
    ),
    "snake": Entry(
        sigma="x + sin({a}*x)**2/{a}",
        slope="(sin({a}*x) + cos({a}*x))**2",  # 1 + sin 2ax, with the digits of its double zeros
        potential="x**2/2 + x/(2*{a}) - sin(2*{a}*x)/(4*{a}**2)",
        defaults={"a": "1"},
        limits=("a != 0",),
    ),
    "tanhshrink": Entry(
        sigma="x - tanh(x)",
        slope="tanh(x)**2",
        potential="Piecewise((x**2/2 - log1p(sinh(x)**2)/2, Abs(x) < 1),"
        " (x**2/2 - Abs(x) - log1p(exp(-2*Abs(x))) + log(2), True))",
    ),
    "lisht": Entry(
        sigma="x*tanh(x)",
        slope="tanh(x) + x*cosh(x)**(-2)",
        potential="sign(x)*(x**2/2 + Abs(x)*log1p(exp(-2*Abs(x))) - dilog(-exp(-2*Abs(x)))/2 - pi**2/24)",
    ),
}
