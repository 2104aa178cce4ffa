"""The one zero c of an activation, and the activation relative to it: x ↦ σ(x + c)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gsdcheck.certify.balls import precision
from gsdcheck.certify.zeros import PRECISION, check_zeros
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.facts.activation import activation_quantities
from gsdcheck.facts.roots import no_zero_segments, several_witness
from gsdcheck.facts.scan import as_json
from gsdcheck.model.activation import Activation
from gsdcheck.model.expression import ZERO, Expression, add, negate, substitute
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse
from gsdcheck.model.shift import shift_argument


@dataclass(frozen=True, slots=True, kw_only=True)
class Zero:
    """The zero of σ if it has exactly one.

    `only` says whether it has exactly one (None: undecided); the certificate establishes that. `value` is the
    exact constant if known, `enclosure` two decimals around it.
    """

    value: Expression | None = None
    enclosure: tuple[str, str] | None = None
    certificate: Mapping[str, object] | None = None
    only: bool | None = None


def zero_of(activation: Activation) -> Zero:
    """The zero of σ: exact or enclosed where σ has exactly one, `only` False where it has none or several."""
    found = activation_quantities(activation, ("zero",))["zero"]
    if found.certificate is not None:
        value = None if found.exact is None else parse(found.exact)
        return Zero(value=value, enclosure=found.enclosure, certificate=found.certificate, only=True)
    return _not_one(activation.expression)


@lru_cache(maxsize=512)
def _not_one(f: Expression) -> Zero:
    for certificate in _count_proposals(f):
        try:
            check_zeros(certificate)
        except CertificateRejected:  # a proposal that fails shows nothing; the next one may
            continue
        return Zero(certificate=certificate, only=False)
    return Zero()


def _count_proposals(f: Expression) -> Iterator[Mapping[str, object]]:
    head = {"kind": "activation-zeros", "expression": format_expression(f)}
    searches: tuple[tuple[str, str, Callable[[], object]], ...] = (
        ("several", "witness", lambda: several_witness(f)),
        ("none", "segments", lambda: as_json(no_zero_segments(f))),
    )
    for count, key, search in searches:
        try:
            with precision(PRECISION):
                data = search()
        except Undecided:
            continue  # the other count
        yield {**head, "count": count, key: data}


def shifted(activation: Activation, c: Expression) -> Activation:
    """x ↦ σ(x + c), with its slope, and its potential Φ(x + c) - Φ(c) where σ carries one."""
    if c == ZERO:
        return activation
    expression = shift_argument(activation.expression, c)
    potential = activation.potential
    if potential is not None:
        level = substitute(potential, c)
        potential = parse(format_expression(add(shift_argument(potential, c), negate(level))))
    return Activation(
        name=format_expression(expression),
        expression=expression,
        slope=shift_argument(activation.slope, c),
        potential=potential,
    )
