"""The Noetherian chain of an elementary function, read off its tree: it proposes, `certify.chains` decides."""

from collections.abc import Callable
from fractions import Fraction

from gsdcheck.errors import Undecided
from gsdcheck.model.chain import Chain, Exponents
from gsdcheck.model.derivative import derivative as tree_derivative
from gsdcheck.model.expression import (
    ONE,
    Call,
    Constant,
    Expression,
    Number,
    Power,
    Product,
    Sum,
    Variable,
    add,
    call,
    multiply,
)
from gsdcheck.model.expression import power as tree_power
from gsdcheck.symbolic import sparse
from gsdcheck.symbolic.sparse import Monomial, Rule, Sparse, constant, product, scaled, total, variable

MOST_GENERATORS, MOST_EXPONENT = 12, 16


def elementary_chain(f: Expression) -> Chain:
    """The chain of exponentials, roots, logarithms, circular, hyperbolic and error functions that f is made of.

    Raises:
        Undecided: f has branches, a dilogarithm, or is too large.
    """
    builder = _Builder()
    return builder.chain(builder.of(f))


class _Builder:
    """Polynomials in z_0 = x and the functions met so far, z_1, z_2, …"""

    def __init__(self) -> None:
        self.trees: list[Expression] = [Variable()]
        self.slopes: list[Sparse] = [constant(1)]
        self.rules: list[Rule] = []

    def of(self, f: Expression) -> Sparse:
        """f as a polynomial; functions that are not yet there are added."""
        match f:
            case Variable():
                return variable(0)
            case Number(value):
                return constant(value)
            case Constant():
                return self.added(f, {})
            case Sum(terms):
                return total(map(self.of, terms))
            case Product(factors):
                result = constant(1)
                for factor in factors:
                    result = product(result, self.of(factor))
                return result
            case Power(base, exponent):
                return self._power(base, exponent)
            case Call(name, (argument,)) if name in _RULES:
                return _RULES[name](self, f, argument)
        raise Undecided(f"no chain for {type(f).__name__}.")

    def chain(self, sigma: Sparse) -> Chain:
        """The chain of the functions that σ needs, derivatives and all."""
        sigma = self.reduced(sigma)
        slopes = [self.reduced(p) for p in self.slopes]
        needed = _reachable(sigma, slopes)
        place = {index: k for k, index in enumerate((0, *needed))}
        width = len(place)

        def dense(p: Sparse) -> dict[Exponents, Fraction]:
            return {_dense(m, place, width): c for m, c in p.items()}

        kept = [
            (left, right)
            for left, right in self.rules
            if _variables({left: Fraction(1), **right}) <= set(place)
        ]
        return Chain(
            generators=tuple(self.trees[index] for index in needed),
            derivatives=tuple(dense(slopes[index]) for index in needed),
            sigma=dense(sigma),
            relations=tuple((_dense(left, place, width), dense(right)) for left, right in kept),
        )

    def reduced(self, p: Sparse) -> Sparse:
        """The polynomial with the left sides of the relations replaced."""
        return sparse.reduced(p, self.rules)

    def slope(self, p: Sparse) -> Sparse:
        """dp/dx, reduced."""
        return self.reduced(sparse.derivative(p, lambda index: self.slopes[index]))

    def added(self, tree: Expression, slope: Sparse) -> Sparse:
        """The function of that tree as a variable, a new one if need be."""
        if tree in self.trees:
            return variable(self.trees.index(tree))
        if len(self.trees) > MOST_GENERATORS:
            raise Undecided(f"a chain of more than {MOST_GENERATORS} functions.")
        self.trees.append(tree)
        self.slopes.append(slope)
        return variable(len(self.trees) - 1)

    def pair(self, f: Expression, first: str, second: str, u: Expression, sign: int) -> Sparse:
        """sin and cos (sign -1), or sinh and cosh (sign 1): s' = u' c, c' = sign u' s, c² = 1 + sign s²."""
        s, c = call(first, u), call(second, u)
        if f not in self.trees:
            rate = self.slope(self.of(u))
            index = len(self.trees)
            self.added(s, product(rate, variable(index + 1)))
            self.added(c, scaled(product(rate, variable(index)), sign))
            right = total((constant(-sign), scaled(variable(index + 1, 2), sign)))
            self.rules.append((((index, 2),), right))
        return variable(self.trees.index(f))

    def _power(self, base: Expression, exponent: Fraction) -> Sparse:
        if exponent.denominator == 1 and exponent > 0:
            if exponent > MOST_EXPONENT:
                raise Undecided(f"a power of {exponent}.")
            return sparse.power(self.of(base), int(exponent))
        if isinstance(base, Power) and exponent.denominator == 1:  # (b**e)**k = b**(e k) for an integer k
            return self._power(base.base, base.exponent * exponent)
        if isinstance(base, Call) and base.name == "exp":
            return self.of(call("exp", multiply(Number(exponent), base.arguments[0])))
        q, p = exponent.denominator, exponent.numerator
        whole = max(0, -(-p // q))  # base**(p/q) = base**whole · h**(q·whole - p) for h = base**(-1/q)
        root = self.root(base, q)
        return product(sparse.power(self.of(base), whole), sparse.power(root, q * whole - p))

    def root(self, base: Expression, q: int) -> Sparse:
        """h = base**(-1/q): h' = -base' h**(q+1)/q, and for base' = c + d base that is -(c h**(q+1) + d h)/q."""
        tree = tree_power(base, Fraction(-1, q))
        if tree in self.trees:
            return variable(self.trees.index(tree))
        B = self.of(base)
        if set(B) <= {()}:  # a rational
            return self._constant_root(tree, B.get((), Fraction(0)), q)
        index, rate = len(self.trees), self.slope(B)
        affine = sparse.affine_in(rate, B)
        slope = (
            product(rate, variable(index, q + 1))
            if affine is None
            else total((scaled(variable(index, q + 1), affine[0]), scaled(variable(index), affine[1])))
        )
        h = self.added(tree, scaled(slope, Fraction(-1, q)))
        lead = max(B, key=_order)
        rest = {m: -c / B[lead] for m, c in B.items() if m != lead}
        right = total((constant(1 / B[lead]), product(rest, variable(index, q))))
        self.rules.append((sparse.joined(lead, ((index, q),)), right))
        return h

    def _constant_root(self, tree: Expression, base: Fraction, q: int) -> Sparse:
        if base == 0:
            raise Undecided("a division by zero.")
        if q == 1:
            return constant(1 / base)
        index = len(self.trees)
        h = self.added(tree, {})
        self.rules.append((((index, q),), constant(1 / base)))
        return h

    def exponential(self, f: Expression, u: Expression) -> Sparse:
        """exp(u): a power of one that is there, or a new function, whose product with exp(-u) is 1."""
        U = self.reduced(self.of(u))
        opposite = None
        for index, tree in enumerate(self.trees):
            if isinstance(tree, Call) and tree.name == "exp":
                V = self.reduced(self.of(tree.arguments[0]))
                ratio = _ratio(U, V)
                if ratio is not None and ratio.denominator == 1 and ratio > 0:
                    return variable(index, int(ratio))
                opposite = index if ratio == -1 else opposite
        index, rate = len(self.trees), self.slope(U)
        g = self.added(f, product(rate, variable(index)))
        if opposite is not None:
            self.rules.append((((opposite, 1), (index, 1)), constant(1)))
        return g

    def logarithm(self, f: Expression, base: Expression) -> Sparse:
        """log(base): its slope is base'/base, c/base + d for base' = c + d base."""
        B = self.of(base)
        rate = self.slope(B)
        affine = sparse.affine_in(rate, B) if set(B) - {()} else None
        c, d = (rate, constant(0)) if affine is None else tuple(map(constant, affine))
        return self.added(f, total((product(c, self.root(base, 1)) if c else {}, d)))

    def integral(self, f: Expression, u: Expression, base: Expression, q: int) -> Sparse:
        """A function of u with the slope u' base**(-1/q)."""
        rate = self.slope(self.of(u))
        return self.added(f, product(rate, self.root(base, q)))

    def gaussian(self, f: Expression, u: Expression) -> Sparse:
        """erf or erfc of u: with its own slope G as a function, G' = -2 u u' G, if u' is constant."""
        U = self.of(u)
        rate = self.slope(U)
        if any(index == 0 or self.slopes[index] for m in rate for index, _ in m):
            raise Undecided("an error function of what is not affine.")
        G = self.added(tree_derivative(f), {})
        index = next(iter(G))[0][0]
        self.slopes[index] = self.reduced(scaled(product(product(U, rate), G), -2))
        return self.added(f, G)


def _hyperbolic_tangent(builder: _Builder, f: Expression, u: Expression) -> Sparse:
    rate = builder.slope(builder.of(u))
    index = builder.trees.index(f) if f in builder.trees else len(builder.trees)
    return builder.added(f, product(rate, total((constant(1), scaled(variable(index, 2), -1)))))


_RULES: dict[str, Callable[[_Builder, Expression, Expression], Sparse]] = {
    "exp": lambda b, f, u: b.exponential(f, u),
    "expm1": lambda b, _, u: total((b.of(call("exp", u)), constant(-1))),
    "log": lambda b, f, u: b.logarithm(f, u),
    "log1p": lambda b, f, u: b.logarithm(f, add(ONE, u)),
    "sin": lambda b, f, u: b.pair(f, "sin", "cos", u, -1),
    "cos": lambda b, f, u: b.pair(f, "sin", "cos", u, -1),
    "sinh": lambda b, f, u: b.pair(f, "sinh", "cosh", u, 1),
    "cosh": lambda b, f, u: b.pair(f, "sinh", "cosh", u, 1),
    "tanh": _hyperbolic_tangent,
    "atan": lambda b, f, u: b.integral(f, u, add(ONE, tree_power(u, 2)), 1),
    "asinh": lambda b, f, u: b.integral(f, u, add(ONE, tree_power(u, 2)), 2),
    "erf": lambda b, f, u: b.gaussian(f, u),
    "erfc": lambda b, f, u: b.gaussian(f, u),
}


def _ratio(p: Sparse, q: Sparse) -> Fraction | None:
    """c with p = c q, or None."""
    if not p or set(p) != set(q):
        return None
    m = next(iter(p))
    c = p[m] / q[m]
    return c if all(p[k] == c * q[k] for k in p) else None


def _reachable(sigma: Sparse, slopes: list[Sparse]) -> list[int]:
    found: set[int] = set()
    pending = _variables(sigma) - {0}
    while pending:
        index = pending.pop()
        found.add(index)
        pending |= _variables(slopes[index]) - {0} - found
    return sorted(found)


def _variables(p: Sparse) -> set[int]:
    return {index for m in p for index, _ in m}


def _dense(m: Monomial, place: dict[int, int], width: int) -> Exponents:
    exponents = [0] * width
    for index, e in m:
        exponents[place[index]] = e
    return tuple(exponents)


def _order(m: Monomial) -> tuple[tuple[int, int], ...]:
    """A key for the lexicographic order with z_0 > z_1 > …."""
    return tuple((-index, e) for index, e in m)
