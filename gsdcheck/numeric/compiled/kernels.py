"""The integration kernel: explicit Runge–Kutta steps of groups of L systems, and their energies.

For the conservative outer form x' = Wσ(x) + b the stages are combined before they are weighted,
x + W Σ h a_ij σ(y_j) + h c_i b, so that a stage costs one product with W and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from llvmlite import ir

from gsdcheck.model.system import Form
from gsdcheck.numeric.compiled.emission import DOUBLE, INDEX, POINTER, Emission
from gsdcheck.numeric.methods.tableaus import Tableau


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a kernel is compiled for.

    Attributes:
        n, lanes: units of a system, systems of a group.
        leaky: γ may be other than 0.
        biased: b may be other than 0.
        hollow: every W_ii is 0, as it is for a skew W.
    """

    n: int
    lanes: int
    form: Form
    leaky: bool
    biased: bool
    hollow: bool


def define_integration(
    module: ir.Module, shape: Shape, tableau: Tableau, sigma: ir.Function, potential: ir.Function | None
) -> ir.Function:
    """Defines `integrate` in the module.

    C arguments: groups G, segments S, stride (n, or 0 to keep the last state only), γ, and the arrays
    W [G, n, n, L], bias [G, n, L], x0 [G, n, L], spans [S], steps [G, S] of int64 ≥ 1; results
    states [G, S or 1, n, L], initial energies [G, L] and the greatest |H - H₀| at the ends of segments [G, L].
    Segment s of group g is steps[g, s] steps of spans[s] / steps[g, s]. Doubles, arrays aligned to 64 bytes.
    """
    signature = {
        **dict.fromkeys(("groups", "segments", "stride"), INDEX),
        "leak": DOUBLE,
        **dict.fromkeys(("W", "bias", "x0", "spans", "steps", "states", "energies", "drifts"), POINTER),
    }
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), signature.values()), name="integrate")
    for argument, name in zip(function.args, signature, strict=True):
        argument.name = name
        if isinstance(argument.type, ir.PointerType):
            argument.add_attribute("noalias")
    _Integration(function, shape, tableau, sigma, potential).emit()
    return function


class _Integration:
    """Emits the body of `integrate`."""

    def __init__(
        self,
        function: ir.Function,
        shape: Shape,
        tableau: Tableau,
        sigma: ir.Function,
        potential: ir.Function | None,
    ) -> None:
        self._emit = Emission(function, shape.n, shape.lanes)
        self._shape, self._tableau = shape, tableau
        self._activation, self._potential = _activation(function, shape, sigma), potential
        if len(tableau.stages) > 1:
            self._activation.attributes.add("noinline")
        self._argument = {argument.name: argument for argument in function.args}
        n, stages = shape.n, len(tableau.stages)
        self._x, self._point = self._emit.array(n, "x"), self._emit.array(n, "point")
        self._mean = self._emit.array(n, "mean")
        self._slopes = self._emit.array(stages * n, "slopes")
        terms = sum(len(row) + 1 for row in (*tableau.stages, tableau.weights))
        self._scaled = self._emit.memory(DOUBLE, terms, "scaled")
        self._combined = shape.form is Form.OUTER and not shape.leaky

    def emit(self) -> None:
        """Emits the loops over groups, segments and steps."""
        emit, argument = self._emit, self._argument
        build, n = emit.builder, self._shape.n
        with emit.loop(argument["groups"], "group") as group:
            self._W = emit.place(argument["W"], build.mul(group, emit.index(n * n)))
            self._b = emit.place(argument["bias"], build.mul(group, emit.index(n)))
            initial = emit.place(argument["x0"], build.mul(group, emit.index(n)))
            emit.each_unit(lambda i: emit.store(emit.load(initial, i), self._x, i))
            first = self._energy()
            emit.store(first, argument["energies"], group)
            emit.store(emit.splat(0.0), argument["drifts"], group)
            with emit.loop(argument["segments"], "segment") as segment:
                self._segment(group, segment)
                self._record(group, segment, first)
        build.ret_void()

    def _segment(self, group: ir.Value, segment: ir.Value) -> None:
        """All steps of one segment."""
        build, argument = self._emit.builder, self._argument
        at = build.add(build.mul(group, argument["segments"]), segment)
        count = self._emit.scalar(argument["steps"], at, INDEX, "count")
        span = self._emit.scalar(argument["spans"], segment, DOUBLE, "span")
        self._scale(build.fdiv(span, build.sitofp(count, DOUBLE), name="h"))
        with self._emit.loop(count, "step"):
            place = 0
            for stage, row in enumerate(self._tableau.stages):
                self._move(row, place, self._point)
                self._slope(self._point, stage)
                place += len(row) + 1
            self._move(self._tableau.weights, place, self._x)

    def _scale(self, h: ir.Value) -> None:
        """Stores h times every coefficient, and h times their sum after each row."""
        build, place = self._emit.builder, 0
        for row in (*self._tableau.stages, self._tableau.weights):
            for coefficient in (*row.values(), sum(row.values())):
                scaled = build.fmul(h, ir.Constant(DOUBLE, coefficient))
                build.store(scaled, build.gep(self._scaled, [self._emit.index(place)], source_etype=DOUBLE))
                place += 1

    def _coefficient(self, place: int) -> ir.Value:
        return self._emit.splat(self._emit.scalar(self._scaled, self._emit.index(place), DOUBLE))

    def _move(self, row: Mapping[int, float], place: int, target: ir.Value) -> None:
        """target = x + h Σ row[j] k_j, where k_j is Wσ(y_j) + b in the conservative outer form."""
        emit, n = self._emit, self._shape.n
        weights = [self._coefficient(place + k) for k in range(len(row) + 1)]

        def combined(i: ir.Value | int, start: ir.Value | None) -> ir.Value:
            total = start
            for weight, stage in zip(weights, row, strict=False):
                slope = emit.load(self._slopes, stage, i, shape=(n,))
                total = emit.builder.fmul(weight, slope) if total is None else emit.fma(weight, slope, total)
            return total

        if not row:
            emit.each_unit(lambda i: emit.store(emit.load(self._x, i), target, i))
        elif not self._combined:
            emit.each_unit(lambda i: emit.store(combined(i, emit.load(self._x, i)), target, i))
        else:
            emit.each_unit(lambda j: emit.store(combined(j, None), self._mean, j))

            def moved(i: ir.Value | int) -> None:
                start = emit.load(self._x, i)
                if self._shape.biased:
                    start = emit.fma(weights[-1], emit.load(self._b, i), start)
                emit.store(self._weighted(i, self._mean, start), target, i)

            emit.each_unit(moved)

    def _slope(self, point: ir.Value, stage: int) -> None:
        """Stores σ(point), or f(point) where the stages are not combined, as the slope of the stage."""
        emit, n = self._emit, self._shape.n
        slope = emit.place(self._slopes, stage * n)
        if self._combined:
            self._activate(point, slope)
        elif self._shape.form is Form.OUTER:
            self._activate(point, self._mean)
            emit.each_unit(lambda i: emit.store(self._driven(i, self._mean), slope, i))
        else:
            emit.each_unit(lambda i: emit.store(self._driven(i, point), self._mean, i))
            self._activate(self._mean, slope)
        if self._shape.leaky:
            loss = emit.builder.fneg(emit.splat(self._argument["leak"]))
            emit.each_unit(
                lambda i: emit.store(emit.fma(loss, emit.load(point, i), emit.load(slope, i)), slope, i)
            )

    def _driven(self, i: ir.Value | int, vectors: ir.Value) -> ir.Value:
        """(W v + b)_i."""
        return self._weighted(i, vectors, self._emit.load(self._b, i))

    def _weighted(self, i: ir.Value | int, vectors: ir.Value, start: ir.Value) -> ir.Value:
        """start + Σ_j W_ij v_j."""
        emit, n = self._emit, self._shape.n

        def add(j: ir.Value | int, total: ir.Value) -> ir.Value:
            if self._shape.hollow and isinstance(i, int) and i == j:
                return total
            return emit.fma(emit.load(self._W, i, j, shape=(n,)), emit.load(vectors, j), total)

        return emit.sum_over_units(start, add)

    def _activate(self, arguments: ir.Value, values: ir.Value) -> None:
        """values_i = σ(arguments_i) for all units."""
        self._emit.builder.call(self._activation, [arguments, values])

    def _energy(self) -> ir.Value:
        """H(x), or 0 where no potential is known."""
        emit, potential = self._emit, self._potential
        if potential is None:
            return emit.splat(0.0)

        def add(i: ir.Value | int, total: ir.Value) -> ir.Value:
            outer = self._shape.form is Form.OUTER
            argument = emit.load(self._x, i) if outer else self._driven(i, self._x)
            return emit.builder.fadd(total, emit.builder.call(potential, [argument], name="phi"))

        return emit.sum_over_units(emit.splat(0.0), add)

    def _record(self, group: ir.Value, segment: ir.Value, first: ir.Value) -> None:
        """Stores the state at the end of a segment and the greatest |H - H₀| so far; a nan stays."""
        emit, argument = self._emit, self._argument
        build, n = emit.builder, self._shape.n
        rows = build.select(
            build.icmp_unsigned("==", argument["stride"], emit.index(0)), emit.index(1), argument["segments"]
        )
        row = build.add(
            build.mul(group, build.mul(rows, emit.index(n))), build.mul(segment, argument["stride"])
        )
        states = emit.place(argument["states"], row)
        emit.each_unit(lambda i: emit.store(emit.load(self._x, i), states, i))
        if self._potential is None:
            return
        magnitude = emit.absolute(build.fsub(self._energy(), first, name="change"))
        greatest = emit.load(argument["drifts"], group)
        wins = build.fcmp_unordered("ugt", magnitude, greatest)
        emit.store(build.select(wins, magnitude, greatest), argument["drifts"], group)


def _activation(kernel: ir.Function, shape: Shape, sigma: ir.Function) -> ir.Function:
    """Defines `activate`, which applies σ to the n units of a point: one copy of σ's code, whatever the stages."""
    kind = ir.FunctionType(ir.VoidType(), [POINTER, POINTER])
    function = ir.Function(kernel.module, kind, name="activate")
    function.linkage = "internal"
    function.args[0].name, function.args[1].name = "arguments", "values"
    emit = Emission(function, shape.n, shape.lanes)
    arguments, values = function.args

    def apply(i: ir.Value | int) -> None:
        emit.store(emit.builder.call(sigma, [emit.load(arguments, i)], name="sigma"), values, i)

    emit.each_unit(apply)
    emit.builder.ret_void()
    return function
