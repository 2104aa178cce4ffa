"""The facts of the library, derived by hand.

Columns: odd bounded continuous nondecreasing strictly_increasing lipschitz sign_strict sign_weak zero_only_at_origin.
All are continuous, being compositions of continuous functions that meet at their kinks.
"""

from fractions import Fraction

import pytest

from gsdcheck.certify.activation_facts import FACTS, check_fact
from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.library import BASIC_NAMES, named_activation
from gsdcheck.model.parser import parse

TABLE = {
    "identity": "T F T T T T T T T",  # x
    "zero": "T T T T F T F T F",  # 0 is odd, constant, and vanishes everywhere
    "tanh": "T T T T T T T T T",  # slope cosh^-2 in (0, 1]
    "relu": "F F T T F T F T F",  # f(1) + f(-1) = 1; 0 on x < 0: s f(s) = 0 there, never negative
    "leaky_relu": "F F T T T T T T T",  # slopes 1 and 1/100, f(1) + f(-1) = 0.99
    "elu": "F F T T T T T T T",  # slopes 1 and e^x, f(1) + f(-1) = 1/e
    "gelu": "F F T F F T T T T",  # x P(x), P > 0; falls left of -0.75; f(1) + f(-1) = 2 P(1) - 1
    "silu": "F F T F F T T T T",  # x s(x), s > 0; falls left of -1.28; f(1) + f(-1) = 2 s(1) - 1
    "softplus": "F F T T T T F F F",  # > 0 everywhere: s f(s) < 0 at -1, no zero at all; slope s(x) in (0, 1)
    "sigmoid": "F T T T T T F F F",  # in (0, 1): s f(s) < 0 at -1, no zero; slope in (0, 1/4]
    "softsign": "T T T T T T T T T",  # slope (1 + |x|)^-2 in (0, 1]
    "hardtanh": "T T T T F T T T T",  # 1 for all x >= 1, so not strictly increasing
    "sin": "T T T F F T F F F",  # sin 4 < 0, sin 2 > sin 3, zero at pi
    "atan": "T T T T T T T T T",  # slope 1/(1 + x^2)
    "erf": "T T T T T T T T T",  # slope 2 exp(-x^2)/sqrt(pi)
    "xgauss": "T T T F F T T T T",  # x times exp(-x^2) > 0, falls beyond 1/sqrt 2
    "expm1": "F F T T T F T T T",  # slope e^x is unbounded
    "rational_hump": "T T T F F T T T T",  # x/(1 + x^2)^2 falls beyond 1/sqrt 3
    "cube": "T F T T T F T T T",  # slope 3 x^2 vanishes at 0 only, is unbounded
    "sinh": "T F T T T F T T T",  # slope cosh is unbounded
    "rectified_tanh": "F T T T F T F T F",  # as relu, with tanh < 1
}
OTHERS = {
    "x + sin(x)": "T F T T T T T T T",  # slope 1 + cos x >= 0 with isolated zeros
    "x - sin(x)": "T F T T T T T T T",  # triple zero at 0
    "-x": "T F T F F T F F T",
    "sign(x)": "T T F T F F T T T",  # jump at 0
    "x*(x - 1)**2": "F F T F F F F T F",  # second zero at 1
    "x*Abs(x)": "T F T T T F T T T",
    "Max(0, x) + Min(0, 2*x)": "F F T T T T T T T",
    "exp(x)": "F F T T T F F F F",
    "x/(1 + x**2)": "T T T F F T T T T",
    "x*tanh(log1p(exp(x)))": "F F T F F T T T T",  # mish
    "Piecewise((x, x < 1), (x + 1, True))": "F F F T T F T T T",  # an upward jump
}  # fmt: skip


def letters(facts: object) -> str:
    shown = {True: "T", False: "F", None: "-"}
    assert isinstance(facts, dict) or hasattr(facts, "values")
    return " ".join(shown[fact.holds] for fact in facts.values())


def test_the_table_speaks_of_every_name() -> None:
    assert set(TABLE) == set(BASIC_NAMES)
    assert all(len(row.split()) == len(FACTS) for row in TABLE.values())


@pytest.mark.parametrize("name", BASIC_NAMES)
def test_the_facts_of_the_library_are_those_derived_by_hand(name: str) -> None:
    assert letters(activation_facts(named_activation(name))) == TABLE[name]


@pytest.mark.parametrize("text", OTHERS)
def test_the_facts_of_an_expression_are_those_derived_by_hand(text: str) -> None:
    assert letters(activation_facts(activation_from_expression(text))) == OTHERS[text]


@pytest.mark.parametrize("text", ["1/x", "log(x)", "sqrt(x)", "tanh(1/x)"])
def test_what_is_not_defined_on_the_line_has_no_facts(text: str) -> None:
    facts = activation_facts(activation_from_expression(text))
    assert all(fact.holds is None and fact.certificate is None for fact in facts.values())


@pytest.mark.parametrize("name", BASIC_NAMES)
def test_every_certificate_checks_to_the_recorded_grade(name: str) -> None:
    for fact in activation_facts(named_activation(name)).values():
        assert fact.certificate is not None
        assert check_fact(fact.certificate) is fact.evidence


ENERGIES = {  # (E0, E*): exact where written so, else a decimal inside the enclosure
    **dict.fromkeys(
        ("identity", "tanh", "leaky_relu", "elu", "softsign", "hardtanh", "atan", "erf"), ("oo", "oo")
    ),
    **dict.fromkeys(("expm1", "cube", "sinh"), ("oo", "oo")),
    **dict.fromkeys(("zero", "relu", "rectified_tanh"), ("0", "0")),
    **dict.fromkeys(("xgauss", "rational_hump"), ("1/2", "1/2")),
    "gelu": ("1/4", "1/4"),
    "silu": ("pi**2/12", "pi**2/12"),
    "softplus": (None, None),
    "sigmoid": (None, None),
}


@pytest.mark.parametrize("name", ENERGIES)
def test_well_depth_and_escape_energy_are_those_of_the_theory(name: str) -> None:
    quantities = activation_quantities(named_activation(name))
    assert (quantities["well_depth"].exact, quantities["escape_energy"].exact) == ENERGIES[name]


@pytest.mark.parametrize(
    ("text", "depth", "energy"),
    [
        ("sin(x)", 2, 2),
        ("x*(x - 1)**2", Fraction(1, 12), None),
        ("x*(1 + x)*(2 - x)", Fraction(5, 12), Fraction(5, 12)),
        ("x*exp(-x**2)", Fraction(1, 2), Fraction(1, 2)),
        ("-x", 0, 0),
        ("Max(0, x - 1/2) + Min(0, x + 1/2)", None, None),
    ],
)
def test_energies_of_expressions(text: str, depth: Fraction | None, energy: Fraction | None) -> None:
    quantities = activation_quantities(activation_from_expression(text))
    for name, expected in (("well_depth", depth), ("escape_energy", energy)):
        low, high = check_quantity(quantities[name].certificate or {})
        if expected is None:
            assert quantities[name].exact == "oo"
        else:
            assert not low > float(expected) + 1e-15
            assert not high < float(expected) - 1e-15
            assert high - low < 1e-12


@pytest.mark.parametrize(
    ("name", "quantity", "expected"),
    [
        ("tanh", "lipschitz_constant", 1.0),
        ("tanh", "slope_at_zero", 1.0),
        ("sigmoid", "lipschitz_constant", 0.25),
        ("gelu", "lipschitz_constant", 1.1289041452),  # at sqrt 2: 1/2 (1 + erf 1) + exp(-1)/sqrt pi
        ("atan", "bound", 1.5707963267948966),
        ("xgauss", "bound", 0.42888194248035339),  # at 1/sqrt 2: 1/sqrt(2 e)
        ("rational_hump", "bound", 0.32475952641916445),  # at 1/sqrt 3: 3 sqrt 3/16
        ("tanh", "zero", 0.0),
    ],
)
def test_other_quantities_of_the_library(name: str, quantity: str, expected: float) -> None:
    enclosure = activation_quantities(named_activation(name))[quantity].enclosure
    assert enclosure is not None
    low, high = map(float, enclosure)
    assert low - 1e-9 <= expected <= high + 1e-9
    assert high - low < 1e-5


def test_a_supremum_is_infinite_where_its_fact_is_refuted() -> None:
    """sup |x³| = sup |3x²| = ∞; sup |x| = ∞ but sup |x'| = 1; sin has both finite."""
    infinite = {
        name: {k for k, q in activation_quantities(named_activation(name)).items() if q.exact == "oo"}
        & {"bound", "lipschitz_constant"}
        for name in ("cube", "identity", "sin")
    }
    assert infinite == {"cube": {"bound", "lipschitz_constant"}, "identity": {"bound"}, "sin": set()}


def test_an_infinite_supremum_rests_on_the_refutation_of_its_own_fact_of_the_same_function() -> None:
    bound, slope, other = (
        activation_quantities(named_activation(name))[quantity].certificate
        for name, quantity in (("cube", "bound"), ("cube", "lipschitz_constant"), ("sinh", "bound"))
    )
    assert bound is not None
    assert slope is not None
    assert other is not None
    check_quantity(bound)
    broken = [
        {**bound, "refuted": slope["refuted"]},
        {**bound, "refuted": other["refuted"]},
        {**bound, "refuted": {**dict(bound["refuted"]), "holds": True}},
        {**bound, "exact": None},
        {**bound, "enclosure": ["1", "oo"]},
        {**bound, "quantity": "well_depth"},
        {**bound, "segments": []},
    ]
    for certificate in broken:
        with pytest.raises(CertificateRejected):
            check_quantity(certificate)


def test_energies_of_a_strictly_increasing_function_rest_on_its_facts() -> None:
    """x + x³ rises strictly through 0, so Φ → ∞ on both sides; a forged ground is rejected."""
    found = activation_quantities(activation_from_expression("x + x**3"))
    for name in ("well_depth", "escape_energy"):
        assert found[name].exact == "oo"
    energy, other = (
        activation_quantities(activation_from_expression(text))["escape_energy"].certificate
        for text in ("x + x**3", "sinh(x)")
    )
    assert energy is not None
    assert other is not None
    check_quantity(energy)
    facts = list(energy["facts"])
    for forged in (
        {**energy, "facts": other["facts"]},
        {**energy, "facts": facts[:1]},
        {**energy, "facts": [*facts, None]},
        {**energy, "facts": []},
        {**energy, "facts": [{**dict(facts[0]), "holds": False}, facts[1]]},
        {**energy, "exact": "1", "enclosure": ["1", "1"]},
        {**energy, "quantity": "bound"},
    ):
        with pytest.raises(CertificateRejected):
            check_quantity(forged)
    raised = activation_facts(activation_from_expression("tanh(x) + 2"))  # increasing, and nowhere 0
    facts = [raised[name].certificate for name in ("strictly_increasing", "continuous")]
    with pytest.raises(CertificateRejected, match="is not shown"):
        check_quantity({**energy, "expression": facts[0]["expression"], "facts": facts})
    # exp is strictly increasing too, but has no zero: nothing is said of its well
    assert activation_quantities(activation_from_expression("exp(x)"))["escape_energy"].exact is None


def test_quantities_that_do_not_exist_are_none() -> None:
    relu, sine = (activation_quantities(named_activation(name)) for name in ("relu", "sin"))
    assert relu["slope_at_zero"].exact is None  # a kink
    assert relu["bound"].exact == "oo"  # it exists, and is infinite
    assert sine["zero"].exact is None


def test_the_text_of_a_certificate_is_the_activation() -> None:
    activation = named_activation("gelu")
    for fact in activation_facts(activation).values():
        assert fact.certificate is not None
        assert parse(str(fact.certificate["expression"])) == activation.expression
