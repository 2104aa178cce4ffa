"""The identities hold, and a matrix that is not skew breaks every one that needs skewness."""

import pytest

from gsdcheck.certify.identities import IDENTITIES, require_identity
from gsdcheck.certify.identity import Ring
from gsdcheck.errors import CertificateRejected

NEEDS_SKEWNESS = (
    "energy-rate",
    "odd-determinant",
    "jacobian-parity",
    "jacobian-similarity",
    "euler-norm",
    "leak-rate",
    "weighted-energy-rate",
    "tilted-energy-rate",
    "tanh-cofactors",
    "jacobian-trace",
    "odd-jacobian",
    "planar-jacobian",
    "leaky-euler-norm",
    "substep-argument",
    "substep-determinant",
    "midpoint-norm",
)


@pytest.mark.parametrize("name", IDENTITIES)
def test_every_identity_holds_at_every_size_it_is_stated_for(name: str) -> None:
    for n in IDENTITIES[name].sizes:
        assert require_identity(name, n).name == name


@pytest.mark.parametrize("name", NEEDS_SKEWNESS)
def test_without_skewness_it_fails(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ring, "skew", Ring.matrix)
    with pytest.raises(CertificateRejected, match="not zero"):
        require_identity.__wrapped__(name, IDENTITIES[name].sizes[-1])


@pytest.mark.parametrize(("name", "n"), [("energy-rate", 1), ("odd-determinant", 4), ("no-such", 2)])
def test_unknown_names_and_sizes_are_rejected(name: str, n: int) -> None:
    with pytest.raises(CertificateRejected):
        require_identity(name, n)


def test_the_determinant_is_the_determinant() -> None:
    ring = Ring(3, vectors="a")
    a, b, c = ring.vector("a")
    one, two = ring.context.constant(1), ring.context.constant(2)
    # Vandermonde with rows (1, t, t²): (b - a)(c - a)(c - b)
    vandermonde = ring.determinant([[one, t, t * t] for t in (a, b, c)])
    assert vandermonde == (b - a) * (c - a) * (c - b)
    assert ring.determinant([[two, one], [one, two]]) == ring.context.constant(3)


def test_the_characteristic_coefficients_of_a_triangular_matrix_are_elementary_symmetric() -> None:
    ring = Ring(3, vectors="a")
    a, b, c = ring.vector("a")
    one, zero = ring.context.constant(1), ring.zero
    found = ring.characteristic([[a, one, one], [zero, b, one], [zero, zero, c]])
    assert found == [one, a + b + c, a * b + a * c + b * c, a * b * c]
