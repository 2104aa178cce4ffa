"""How the vocabulary reads when it is printed."""

from gsdcheck.claims import BY_ID
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import system


def test_a_claim_reads_as_its_id_its_row_and_its_statement():
    claim = BY_ID["energy-is-conserved"].claim
    assert str(claim) == f"energy-is-conserved (I1, P2): {claim.statement}"


def test_an_activation_reads_as_its_name_and_its_expression():
    assert str(find_activation("relu")) == "relu: Max(x, 0)"
    assert str(activation_from_expression("x**2")) == "x**2"


def test_a_system_reads_as_its_weights_activation_and_form_and_what_is_not_zero():
    assert str(system([[0, "1/2"], ["-1/2", 0]])) == "W = [[0, 1/2], [-1/2, 0]], σ = tanh(x), outer form"
    leaky = system([[0]], "tanh", form="inner", leak="1/10", bias=(3,))
    assert str(leaky) == "W = [[0]], σ = tanh(x), inner form, γ = 1/10, b = (3)"
