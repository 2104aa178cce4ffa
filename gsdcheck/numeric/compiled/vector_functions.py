"""The functions of the grammar on L lanes: each an LLVM function, defined in a module when first asked for."""

import math
from collections.abc import Callable
from fractions import Fraction

from llvmlite import ir

from gsdcheck.numeric.compiled import error_functions, exponentials, logarithms, trigonometry
from gsdcheck.numeric.compiled.arithmetic import Arithmetic

STATED_ULP: dict[str, float] = {
    "exp": 1.5,
    "expm1": 2.0,
    "tanh": 2.5,
    "sinh": 3.0,
    "cosh": 2.0,
    "log": 1.5,
    "log1p": 1.5,
    "asinh": 2.5,
    "sin": 1.5,
    "cos": 1.5,
    "atan": 2.0,
    "erf": 2.0,
    "erfc": 6.5,
    "dilog": 6.0,
    "sqrt": 0.5,
}
"""The greatest error of each in units in the last place of the exact value, over all doubles."""

_ZETA2 = math.pi**2 / 6
_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798)
_DILOG = tuple(b / math.factorial(2 * k + 1) for k, b in enumerate(_BERNOULLI, start=1))


class VectorFunctions:
    """The elementwise functions of one module, all on the same number of lanes."""

    def __init__(self, module: ir.Module, lanes: int) -> None:
        self._module, self._lanes = module, lanes
        self._bodies: dict[str, Callable[[Arithmetic], ir.Value]] = {
            "exp": exponentials.exp,
            "expm1": exponentials.expm1,
            "tanh": exponentials.tanh,
            "sinh": exponentials.sinh,
            "cosh": exponentials.cosh,
            "log": logarithms.log,
            "log1p": logarithms.log1p,
            "asinh": logarithms.asinh,
            "sin": trigonometry.sin,
            "cos": trigonometry.cos,
            "atan": trigonometry.atan,
            "erf": error_functions.erf,
            "erfc": error_functions.erfc,
            "dilog": self._dilog,
            "sqrt": lambda do: do.sqrt(do.x),
            "Abs": lambda do: do.abs(do.x),
            "sign": _sign,
        }

    def function(self, name: str) -> ir.Function:
        """<L x double> (<L x double>), the function of that name of the grammar, or sqrt.

        Raises:
            KeyError: no such function.
        """
        return self._defined(f"vector.{name}", self._bodies[name])

    def power(self, exponent: Fraction) -> ir.Function:
        """u ↦ u**q: products, a root for halves, a division for q < 0, else the C library's pow."""
        label = str(exponent).replace("/", "_over_").replace("-", "minus_")
        return self._defined(f"vector.power_{label}", lambda do: _power(do, exponent))

    def _defined(self, name: str, body: Callable[[Arithmetic], ir.Value]) -> ir.Function:
        if name in self._module.globals:
            return self._module.globals[name]
        vector = ir.VectorType(ir.DoubleType(), self._lanes)
        function = ir.Function(self._module, ir.FunctionType(vector, [vector]), name=name)
        function.linkage = "internal"
        function.args[0].name = "x"
        do = Arithmetic(function, self._lanes)
        do.ret(body(do))
        return function

    def _dilog(self, do: Arithmetic) -> ir.Value:
        """Li₂ as in `numeric.dilogarithm`: a series in -log(1 - u), by inversion and reflection outside."""
        log1p, log = self.function("log1p"), self.function("log")
        one, u = do.number(1.0), do.x
        below, above = do.compare("<", u, do.number(-1.0)), do.compare(">", u, do.number(0.5))
        inner = do.select(below, do.div(one, u), do.select(above, do.sub(one, u), u))
        w = do.neg(do.call(log1p, do.neg(inner)))
        square = do.mul(w, w)
        tail = do.mul(square, do.horner(square, _DILOG))
        series = do.mul(w, do.add(do.fma(w, do.number(-0.25), one), tail))
        size = do.call(log, do.abs(u))
        inverted = do.sub(do.sub(do.number(-_ZETA2), do.mul(do.mul(size, size), do.number(0.5))), series)
        mixed = do.mul(size, do.call(log1p, do.neg(u)))
        mixed = do.select(do.compare("==", u, one), do.number(0.0), mixed)  # log u log(1 - u) → 0
        reflected = do.sub(do.sub(do.number(_ZETA2), mixed), series)
        return do.select(below, inverted, do.select(above, reflected, series))


def _sign(do: Arithmetic) -> ir.Value:
    """-1, 0, 1, or nan."""
    moving = do.compare("!=", do.x, do.number(0.0))
    return do.select(moving, do.with_sign(do.number(1.0), do.x), do.x)


def _power(do: Arithmetic, exponent: Fraction) -> ir.Value:
    if exponent < 0:
        return do.div(do.number(1.0), _power(do, -exponent))
    if exponent.denominator > 2 or exponent > _MOST_PRODUCTS:
        return do.power(do.x, float(exponent))
    value = do.sqrt(do.x) if exponent.denominator == 2 else None
    square, rest = do.x, exponent.numerator // exponent.denominator
    while rest:
        if rest & 1:
            value = square if value is None else do.mul(value, square)
        rest >>= 1
        square = do.mul(square, square) if rest else square
    return do.number(1.0) if value is None else value


_MOST_PRODUCTS = 16
"""Beyond this exponent products would round more often than pow does."""
