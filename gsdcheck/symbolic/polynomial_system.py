"""The network as a polynomial system: x_i' = f_i and g_a(x_i)' = P_a(x_i, g) f_i in the variables that matter."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from gsdcheck.errors import InvalidInput, Undecided
from gsdcheck.model.chain import Chain, Exponents, Polynomial
from gsdcheck.model.system import Form, System

MOST_STEPS = 200_000


class PolynomialSystem:
    """The outer form x' = -γx + Wσ(x) + b over ℚ[z], z the chain's functions at every unit, and x where it is needed.

    Attributes:
        slots: which variables of a unit occur: 0 is x, a is g_a; constants and functions with an unknown
            derivative are not among those that integrals are searched in, but f may hold them.
        searched: the positions of the variables that integrals may be polynomials in.
        velocity: f_i.
        rates: the rate of every variable, None where it is not known.
    """

    def __init__(self, system: System, chain: Chain) -> None:
        if system.form is not Form.OUTER:
            raise InvalidInput("the polynomial system is that of the outer form; pass y' = -γy + Wσ(y) + γb.")
        self.chain, self.n = chain, system.n
        self.slots = _needed(chain, leaky=system.leak != 0)
        names = [f"z{i}_{slot}" for i in range(self.n) for slot in self.slots]
        self.context: fmpq_mpoly_ctx = fmpq_mpoly_ctx.get(names or ["unused"], "degrevlex")
        self.variables: tuple[fmpq_mpoly, ...] = self.context.gens()
        self.zero: fmpq_mpoly = self.context.constant(0)
        self._rules = [
            (self._shifted(left, i), list(self.placed(right, i).terms()))
            for i in range(self.n)
            for left, right in chain.relations
        ]
        self.sigma = [self.placed(chain.sigma, i) for i in range(self.n)]
        self.velocity = [self._velocity(system, i) for i in range(self.n)]
        self.rates = [
            None if slope is None else self.reduced(slope * self.velocity[i])
            for i in range(self.n)
            for slope in self.slopes(i)
        ]
        self.searched = [
            self.position(i, slot) for i in range(self.n) for slot in self.slots if self._varies(slot)
        ]

    def position(self, i: int, slot: int) -> int:
        """The index of a variable in the ring."""
        return i * len(self.slots) + self.slots.index(slot)

    def slopes(self, i: int) -> list[fmpq_mpoly | None]:
        """d/dx_i of the variables of unit i."""
        found: list[fmpq_mpoly | None] = []
        for slot in self.slots:
            P = {(0,) * self.chain.width: Fraction(1)} if slot == 0 else self.chain.derivatives[slot - 1]
            found.append(None if P is None else self.placed(P, i))
        return found

    def slope(self, p: fmpq_mpoly, i: int) -> fmpq_mpoly:
        """∂p/∂x_i, reduced; the derivatives that it needs must be known."""
        first, total = i * len(self.slots), self.zero
        for k, slope in enumerate(self.slopes(i)):
            part = p.derivative(first + k)
            if part != 0 and slope is not None:
                total += part * slope
        return self.reduced(total)

    def rate(self, p: fmpq_mpoly) -> fmpq_mpoly:
        """dp/dt, reduced."""
        parts = ((p.derivative(k), rate) for k, rate in enumerate(self.rates) if rate is not None)
        return self.reduced(sum((part * rate for part, rate in parts if part != 0), self.zero))

    def placed(self, p: Polynomial, i: int) -> fmpq_mpoly:
        """A polynomial in (x, g) at unit i."""
        terms = {self._shifted(e, i): fmpq(c.numerator, c.denominator) for e, c in p.items()}
        return self.context.from_dict(terms)

    def expanded(self, p: fmpq_mpoly, linear: Sequence[Fraction] = ()) -> dict[Exponents, Fraction]:
        """p + Σ linear_i x_i over all variables of the chain, x_1, g_1(x_1), …, as certificates number them."""
        width = self.chain.width
        found: dict[Exponents, Fraction] = {}
        for exponents, c in p.terms():
            full = [0] * (self.n * width)
            for i in range(self.n):
                for slot in self.slots:
                    full[i * width + slot] = int(exponents[self.position(i, slot)])
            found[tuple(full)] = Fraction(int(c.numer()), int(c.denom()))
        for i, c in enumerate(linear):
            single = tuple(int(k == i * width) for k in range(self.n * width))
            found[single] = found.get(single, Fraction(0)) + c
        return {e: c for e, c in found.items() if c}

    def monomials(self, degree: int) -> Iterator[Exponents]:
        """The monomials of that degree in the searched variables that no relation replaces."""
        for powers in _compositions(degree, len(self.searched)):
            exponents = [0] * len(self.variables)
            for position, e in zip(self.searched, powers, strict=True):
                exponents[position] = e
            if not any(_divides(left, exponents) for left, _ in self._rules):
                yield tuple(exponents)

    def monomial(self, exponents: Exponents) -> fmpq_mpoly:
        """The monomial as a polynomial."""
        return self.context.from_dict({exponents: fmpq(1)})

    def reduced(self, p: fmpq_mpoly) -> fmpq_mpoly:
        """The same function without the left sides of the relations.

        Raises:
            Undecided: too many steps.
        """
        if not self._rules:
            return p
        done: dict[Exponents, fmpq] = {}
        pending: dict[Exponents, fmpq] = dict(p.to_dict())
        for _ in range(MOST_STEPS):
            if not pending:
                return self.context.from_dict({e: c for e, c in done.items() if c != 0})
            exponents, c = pending.popitem()
            rule = next((rule for rule in self._rules if _divides(rule[0], exponents)), None)
            if rule is None:
                done[exponents] = done.get(exponents, fmpq(0)) + c
                continue
            for right, d in rule[1]:
                key = tuple(e - f + g for e, f, g in zip(exponents, rule[0], right, strict=True))
                pending[key] = pending.get(key, fmpq(0)) + c * d
        raise Undecided(f"a reduction of more than {MOST_STEPS} steps.")

    def _velocity(self, system: System, i: int) -> fmpq_mpoly:
        total = self.context.constant(fmpq(system.bias[i].numerator, system.bias[i].denominator))
        for w, s in zip(system.W[i], self.sigma, strict=True):
            total += fmpq(w.numerator, w.denominator) * s
        if system.leak:
            total -= (
                fmpq(system.leak.numerator, system.leak.denominator) * self.variables[self.position(i, 0)]
            )
        return total

    def _varies(self, slot: int) -> bool:
        """Neither a constant nor a function with an unknown derivative."""
        return slot == 0 or bool(self.chain.derivatives[slot - 1])

    def _shifted(self, exponents: Sequence[int], i: int) -> Exponents:
        found = [0] * (self.n * len(self.slots))
        for slot, e in enumerate(exponents):
            if e:
                found[self.position(i, slot)] = e
        return tuple(found)


def _needed(chain: Chain, *, leaky: bool) -> tuple[int, ...]:
    """The variables of a unit: its functions, and x if the field holds it or there is nothing else."""
    polynomials = [chain.sigma, *(p for p in chain.derivatives if p is not None)]
    polynomials += [{left: Fraction(1), **right} for left, right in chain.relations]
    holds_x = leaky or any(e[0] for p in polynomials for e in p) or not chain.generators
    return tuple(range(0 if holds_x else 1, chain.width))


def _compositions(degree: int, length: int) -> Iterator[tuple[int, ...]]:
    """All exponents of that sum, the first variable's highest power first."""
    if length == 0:
        if degree == 0:
            yield ()
        return
    for e in range(degree, -1, -1):
        for rest in _compositions(degree - e, length - 1):
            yield (e, *rest)


def _divides(left: Sequence[int], exponents: Sequence[int]) -> bool:
    return all(f <= e for e, f in zip(exponents, left, strict=True))
