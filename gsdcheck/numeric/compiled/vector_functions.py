"""The functions of the grammar on L lanes, each defined in a module when it is first asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from llvmlite import ir

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.compiled import error_functions, exponentials, logarithms, signs, trigonometry
from gsdcheck.numeric.compiled.dilogarithms import dilog
from gsdcheck.numeric.compiled.powers import power
from gsdcheck.numeric.compiled.vector import Place, Vector, vector_type

Emitter = Callable[[Vector], Vector]

EMITTERS: dict[str, Emitter] = {
    "exp": exponentials.exp,
    "expm1": exponentials.expm1,
    "sinh": exponentials.sinh,
    "cosh": exponentials.cosh,
    "tanh": exponentials.tanh,
    "log": logarithms.log,
    "log1p": logarithms.log1p,
    "asinh": logarithms.asinh,
    "sin": trigonometry.sin,
    "cos": trigonometry.cos,
    "atan": trigonometry.atan,
    "erf": error_functions.erf,
    "erfc": error_functions.erfc,
    "dilog": dilog,
    "sqrt": signs.sqrt,
    "Abs": signs.absolute_value,
    "sign": signs.sign,
}
"""What writes the function of that name."""

STATED_ULP: dict[str, float] = {
    "exp": 1.2,
    "expm1": 2.0,
    "sinh": 3.0,
    "cosh": 2.0,
    "tanh": 2.0,
    "log": 1.0,
    "log1p": 1.5,
    "asinh": 3.0,
    "sin": 2.0,
    "cos": 2.0,
    "atan": 2.0,
    "erf": 3.0,
    "erfc": 4.0,
    "dilog": 4.0,
    "sqrt": 0.5,
    "Abs": 0.0,
    "sign": 0.0,
}
"""The largest |computed - f(x)| in ulps of f(x), over all float64 x; the tests hold each to it against Arb.

Where sin and cos ask the C library (|x| > 2^20), and a power its pow, the bound supposes its errors below 1 ulp.
"""

_SMALL = frozenset({"exp", "expm1", "tanh", "sqrt", "Abs", "sign"})
"""Worth a copy at every call."""


@dataclass(frozen=True, slots=True)
class VectorFunctions:
    """Functions <L x double> → <L x double>, internal to a module.

    Attributes:
        module: where they are defined.
        lanes: L.
        inline: whether each call becomes a copy of the function; None: if it is small, else as LLVM sees fit.
    """

    module: ir.Module
    lanes: int = 8
    inline: bool | None = None
    _defined: dict[str, Any] = field(default_factory=dict)

    def function(self, name: str) -> Any:
        """The `ir.Function` of that name of the grammar (or sqrt), elementwise.

        Raises:
            InvalidInput: there is none.
        """
        if name not in EMITTERS:
            raise InvalidInput(f"no vector function {name!r}. Known: {', '.join(EMITTERS)}.")
        return self._function(name, EMITTERS[name], name in _SMALL)

    def power(self, exponent: Fraction) -> Any:
        """The `ir.Function` u ↦ u^q: products for a whole q, a root for a half, else the C library's pow."""
        name = f"power_{exponent.numerator}_{exponent.denominator}"
        return self._function(name, lambda u: power(u, exponent), True)

    def _function(self, name: str, emitter: Emitter, small: bool) -> Any:
        if name not in self._defined:
            self._defined[name] = self._define(name, emitter, small)
        return self._defined[name]

    def _define(self, name: str, emitter: Emitter, small: bool) -> Any:
        kind = vector_type(self.lanes)
        function = ir.Function(self.module, ir.FunctionType(kind, [kind]), f"{name}.v{self.lanes}")
        function.linkage = "internal"
        function.attributes.add("nounwind")
        if self.inline is False:
            function.attributes.add("noinline")
        elif self.inline or small:
            function.attributes.add("alwaysinline")
        function.args[0].name = "x"
        builder = ir.IRBuilder(function.append_basic_block("entry"))
        place = Place(builder=builder, lanes=self.lanes, function=self.function)
        builder.ret(emitter(Vector(place, function.args[0])).value)
        return function
