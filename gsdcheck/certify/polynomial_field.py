"""A network as a polynomial vector field over ℚ, and Lie derivatives along it (python-flint).

The variables are those of unit 1, then of unit 2, …: x_i (in the inner form y_i, y = Wx + b) and the functions g_a of
the chain at x_i. Along every solution of x' = -γx + Wσ(x) + b they obey x_i' = f_i and g_a(x_i)' = P_a(x_i, g) f_i.
"""

from collections.abc import Sequence
from fractions import Fraction
from operator import add

from flint import arb, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.chain import Chain, Exponents, Polynomial
from gsdcheck.model.system import Form

MOST_VARIABLES, MOST_STEPS = 256, 50_000
"""Variables of a network, and monomials that are looked at in one reduction."""

Rule = tuple[list[tuple[int, int]], list[tuple[Exponents, fmpq]]]
"""The powers of a monomial as pairs of a variable and its exponent, and the terms that replace it."""


class PolynomialField:
    """The field of a subject whose activation has this chain; the outer form, or the inner one in y = Wx + b.

    Attributes:
        context: the ring ℚ[x_1, g_1(x_1), …, x_n, …].
        sigma: σ(x_i) as polynomials.
        velocity: f_i, the right side of x_i'.

    Raises:
        CertificateRejected: more than 256 variables.
    """

    def __init__(self, subject: Subject, chain: Chain) -> None:
        self.chain, self.n, self.width = chain, subject.n, chain.width
        if self.n * self.width > MOST_VARIABLES:
            raise CertificateRejected(f"{self.n * self.width} variables; at most {MOST_VARIABLES} are read.")
        names = [f"z{i}" for i in range(self.n * self.width)]
        self.context: fmpq_mpoly_ctx = fmpq_mpoly_ctx.get(names, "degrevlex")
        self.variables: tuple[fmpq_mpoly, ...] = self.context.gens()
        self.zero: fmpq_mpoly = self.context.constant(0)
        self.sigma = [self.placed(chain.sigma, i) for i in range(self.n)]
        self.velocity = [self._velocity(subject, i) for i in range(self.n)]
        self._rules: list[Rule] = [
            (
                [(i * self.width + k, e) for k, e in enumerate(left) if e],
                list(self.placed(right, i).terms()),
            )
            for i in range(self.n)
            for left, right in chain.relations
        ]

    def polynomial(self, p: Polynomial) -> fmpq_mpoly:
        """A polynomial in all variables."""
        return self.context.from_dict({e: fmpq(c.numerator, c.denominator) for e, c in p.items()})

    def placed(self, p: Polynomial, i: int) -> fmpq_mpoly:
        """A polynomial in (x, g) at unit i."""
        return self.polynomial({self._shifted(e, i): c for e, c in p.items()})

    def _shifted(self, exponents: Exponents, i: int) -> Exponents:
        before, after = (0,) * (i * self.width), (0,) * ((self.n - 1 - i) * self.width)
        return before + exponents + after

    def _velocity(self, subject: Subject, i: int) -> fmpq_mpoly:
        # soundness: x' = -γx + σ(Wx + b) gives y' = Wx' = -γ(y - b) + Wσ(y) for y = Wx + b
        inner = subject.form is Form.INNER
        constant = subject.leak * subject.bias[i] if inner else subject.bias[i]
        terms = (_rational(w) * s for w, s in zip(subject.W[i], self.sigma, strict=True) if w)
        return sum(terms, _rational(constant) - _rational(subject.leak) * self.variables[i * self.width])

    def slope(self, p: fmpq_mpoly, i: int) -> fmpq_mpoly:
        """∂p/∂x_i of p as a function of x_1, …, x_n.

        Raises:
            CertificateRejected: it needs a derivative that is not known.
        """
        first = i * self.width
        total = p.derivative(first)
        for a, P in enumerate(self.chain.derivatives, start=1):
            part = p.derivative(first + a)
            if part == 0:
                continue
            if P is None:
                raise CertificateRejected("the polynomial holds a function whose derivative is not known.")
            total += part * self.placed(P, i)
        return total

    def rate(self, slopes: Sequence[fmpq_mpoly]) -> fmpq_mpoly:
        """Σ_i slopes_i f_i, the rate of what has these partial derivatives, in normal form."""
        return self.reduced(sum((s * f for s, f in zip(slopes, self.velocity, strict=True)), self.zero))

    def lie(self, p: fmpq_mpoly) -> fmpq_mpoly:
        """dp/dt along solutions, in normal form."""
        return self.rate([self.slope(p, i) for i in range(self.n)])

    def reduced(self, p: fmpq_mpoly) -> fmpq_mpoly:
        """The same function with every left side of a relation replaced until none is left.

        Raises:
            CertificateRejected: too many steps.
        """
        if not self._rules:
            return p
        total: dict[Exponents, fmpq] = {}
        pending: dict[Exponents, fmpq] = dict(p.to_dict())
        for _ in range(MOST_STEPS):
            if not pending:
                return self.context.from_dict({e: c for e, c in total.items() if c != 0})
            exponents, c = pending.popitem()
            into, terms = self._replaced(exponents, total, pending)
            for e, factor in terms:
                into[e] = into.get(e, fmpq(0)) + c * factor
        raise CertificateRejected(f"a reduction of more than {MOST_STEPS} steps.")

    def _replaced(
        self, exponents: Exponents, done: dict[Exponents, fmpq], pending: dict[Exponents, fmpq]
    ) -> tuple[dict[Exponents, fmpq], list[tuple[Exponents, fmpq]]]:
        """Where the monomial goes and as what: replaced by a rule and pending, or done as it is."""
        for left, right in self._rules:
            if all(exponents[k] >= e for k, e in left):
                rest = list(exponents)
                for k, e in left:
                    rest[k] -= e
                return pending, [(tuple(map(add, rest, g)), c) for g, c in right]
        return done, [(exponents, fmpq(1))]


def scaled(c: Fraction, p: fmpq_mpoly) -> fmpq_mpoly:
    """c p."""
    return _rational(c) * p


def value_at(p: fmpq_mpoly, z: Sequence[arb]) -> arb:
    """p(z), enclosed at the current precision."""
    total = arb(0)
    for exponents, c in p.terms():
        term = arb(c)
        for value, e in zip(z, exponents, strict=True):
            if e:
                term *= value ** int(e)
        total += term
    return total


def _rational(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
