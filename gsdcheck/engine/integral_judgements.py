"""The judgements of a derivation: every Darboux polynomial and first integral with its certificate."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from gsdcheck.certify.chains import chain_data
from gsdcheck.certify.darboux import MOST_PAIRED_TERMS, MOST_PAIRS
from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.polynomial_data import polynomial_data
from gsdcheck.certify.subject import subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.chain import Chain
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.system import System
from gsdcheck.symbolic.ansatz import Integral
from gsdcheck.symbolic.darboux import Darboux
from gsdcheck.symbolic.polynomial_system import PolynomialSystem

WITNESSES = 3


class Certificates:
    """What the certificates of one network share: subject, chain, the continuity of σ where it is needed."""

    def __init__(
        self, network: System, chain: Chain, system: PolynomialSystem, potential: Expression | None
    ) -> None:
        self.system, self.closed = system, chain.is_closed
        self.potential = None if potential is None else format_expression(potential)
        self.continuous = None if chain.is_closed else activation_facts(network.activation)["continuous"]
        self.subject = subject_data(network)
        self.chain = chain_data(chain) if chain.is_closed else None

    @property
    def knows_potentials(self) -> bool:
        """Whether Φ' = σ is established: σ has a chain, or is known to be continuous."""
        return self.continuous is None or self.continuous.holds is True

    def head(self, *, potentials: bool) -> dict[str, Any]:
        """Subject, chain and continuity."""
        needed = potentials and self.continuous is not None
        fact = self.continuous.certificate if needed and self.continuous is not None else None
        return {"subject": self.subject, "chain": self.chain, "continuous": fact}

    def darboux(self, found: Sequence[Darboux]) -> Iterator[Judgement]:
        """That these are Darboux polynomials, in as many judgements as the limits of the core ask for."""
        head = {"kind": "darboux-polynomials", "subject": self.subject, "chain": self.chain}
        pairs = [[self._data(d.F), self._data(d.K)] for d in found]
        for chunk in _chunks(pairs):
            yield Judgement.from_certificate({**head, "pairs": chunk})

    def integral(self, integral: Integral) -> Judgement | None:
        """That this is a first integral; None if the core does not see it, at none of a few witnesses."""
        uses_potentials = any(integral.potentials)
        certificate = {
            "kind": "first-integral",
            **self.head(potentials=uses_potentials),
            "polynomial": polynomial_data(self.system.expanded(integral.polynomial, integral.linear)),
            "potentials": [str(c) for c in integral.potentials],
            "potential": self.potential if uses_potentials else None,
            "logarithms": [[str(c), self._data(d.F), self._data(d.K)] for c, d in integral.logarithms],
        }
        for point in witnesses(self.system.n):
            try:
                return Judgement.from_certificate({**certificate, "witness": point})
            except CertificateRejected:  # the gradient may vanish there, or the integral be beyond a limit
                continue
        return None

    def _data(self, p: Any) -> list[object]:
        return polynomial_data(self.system.expanded(p))


def _chunks(pairs: Sequence[list[list[object]]]) -> Iterator[list[list[list[object]]]]:
    """The pairs in order, no chunk above the limits of the core."""
    chunk: list[list[list[object]]] = []
    terms = 0
    for pair in pairs:
        size = sum(map(len, pair))
        if chunk and (len(chunk) == MOST_PAIRS or terms + size > MOST_PAIRED_TERMS):
            yield chunk
            chunk, terms = [], 0
        chunk.append(pair)
        terms += size
    if chunk:
        yield chunk


def witnesses(n: int) -> Iterator[list[str]]:
    """States at which gradients are looked at: rationals of growing size and other signs, no two of them equal."""
    for k in range(WITNESSES):
        yield [str(Fraction((2 * i + 3) * (1 + 3 * k), n + 4) * (-1) ** (i * k)) for i in range(n)]


def as_fractions(point: Sequence[str]) -> list[Fraction]:
    """The state as rationals."""
    return [Fraction(x) for x in point]
