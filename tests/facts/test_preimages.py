"""How often an activation takes a value, of activations whose graphs are known."""

from fractions import Fraction

import pytest

from gsdcheck.facts.preimages import Preimages, preimages
from gsdcheck.model.library import find_activation

KNOWN = [
    ("tanh", "1/2", "one"),
    ("tanh", "-1", "none"),  # the limit at -∞, which the sign of tanh + 1 does not show in floats
    ("tanh", "1", "none"),
    ("tanh", "-7/3", "none"),
    ("erf(x)", "1", "none"),
    ("exp", "0", "none"),
    ("exp", "3", "one"),
    ("exp(x)-1", "-2", "none"),
    ("logistic", "0", "none"),
    ("logistic", "1", "none"),
    ("logistic", "1/3", "one"),
    ("x**3", "7", "one"),
    ("x**2", "1/2", "several"),
    ("sin", "1/2", "several"),
    ("sin", "2", "none"),
    ("relu", "-1", "none"),
    ("relu", "0", "several"),
    ("sign(x)", "1/2", "none"),
    ("sin", "1", None),  # taken infinitely often, but without a change of sign: honestly open
    ("tanh", "1/" + "3" * 80, None),
    ("tanh", "3" * 80 + "/2", "none"),
]


@pytest.mark.parametrize(("name", "value", "count"), KNOWN)
def test_a_value_is_taken_as_often_as_the_graph_says(name: str, value: str, count: str | None) -> None:
    found = preimages(find_activation(name), Fraction(value))
    assert found == (None if count is None else Preimages(count))


@pytest.mark.parametrize("value", ["999/1000", "-999999/1000000"])
def test_a_value_just_inside_the_range_is_taken(value: str) -> None:
    """x = artanh(value)."""
    assert preimages(find_activation("tanh"), Fraction(value)) is Preimages.ONE


def test_a_bound_rules_nothing_out_where_the_activation_does_not_increase() -> None:
    """|sin| ≤ 1 and sin takes the value 1; |x²/(1 + x²)| < 1 and it does not, which is not shown either."""
    for name in ("sin", "x**2/(1+x**2)"):
        assert preimages(find_activation(name), Fraction(1)) is not Preimages.ONE
    assert preimages(find_activation("sin"), Fraction(1)) is not Preimages.NONE
