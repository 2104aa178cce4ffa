"""Certificates of facts: what is off in any way is rejected, and never with another exception."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck.certify.activation_facts import FACTS, check_fact
from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.model.activation import Activation
from gsdcheck.model.derivative import derivative
from gsdcheck.model.library import named_activation
from gsdcheck.model.parser import parse
from gsdcheck.model.verdict import Evidence

LINE = [{"lo": "-oo", "hi": "0", "rule": "direct"}, {"lo": "0", "hi": "oo", "rule": "direct"}]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def fact(expression: str, name: str, holds: bool, **ground: object) -> dict[str, Any]:
    return {"kind": "activation-fact", "expression": expression, "fact": name, "holds": holds, **ground}


def certificate(activation: str, name: str) -> dict[str, Any]:
    found = activation_facts(named_activation(activation))[name].certificate
    return copy.deepcopy(dict(found or {}))


def test_a_sign_is_established_by_two_half_lines() -> None:
    assert check_fact(fact("tanh(x)", "sign_strict", True, segments=LINE)) is Evidence.BALL


FALSE_FACTS = {  # by hand, see tests/facts/test_activation_table.py
    "x*erfc(-x/sqrt(2))/2": ("odd", "bounded", "nondecreasing", "strictly_increasing"),
    "1/(1 + exp(-x))": ("odd", "sign_strict", "sign_weak", "zero_only_at_origin"),
    "Max(x, 0)": ("odd", "bounded", "strictly_increasing", "sign_strict", "zero_only_at_origin"),
    "sign(x)": ("continuous", "strictly_increasing", "lipschitz"),
    "1/x": FACTS,
}


@pytest.mark.parametrize(("other", "name"), [(f, name) for f, names in FALSE_FACTS.items() for name in names])
def test_what_is_true_of_tanh_is_not_proved_of_a_function_where_it_is_false(other: str, name: str) -> None:
    original = certificate("tanh", name)
    assert check_fact(original)
    with pytest.raises(CertificateRejected):
        check_fact(original | {"expression": other})


@pytest.mark.parametrize("name", FACTS)
def test_the_negation_of_a_fact_is_rejected(name: str) -> None:
    for activation in ("tanh", "relu", "gelu"):
        changed = certificate(activation, name)
        changed["holds"] = not changed["holds"]
        with pytest.raises(CertificateRejected):
            check_fact(changed)


@pytest.mark.parametrize(
    "segments",
    [
        [{"lo": "-oo", "hi": "0", "rule": "direct"}, {"lo": "1", "hi": "oo", "rule": "direct"}],  # a gap
        [{"lo": "-oo", "hi": "1", "rule": "direct"}, {"lo": "0", "hi": "oo", "rule": "direct"}],  # an overlap
        [LINE[0], {"lo": "0", "hi": "0", "rule": "direct"}, LINE[1]],  # no width
        [LINE[0], {"lo": "0", "hi": "9", "rule": "direct"}],  # not the whole line
        [{"lo": "-oo", "hi": "oo", "rule": "direct"}],  # 0 is no cut
        [LINE[0], LINE[1] | {"rule": "sampling"}],
        [LINE[0], LINE[1] | {"lo": "0/1"}],
        [LINE[0], LINE[1] | {"lo": "-0"}],
        [LINE[0], LINE[1] | {"lo": "0.0"}],
        [LINE[0], LINE[1] | {"lo": 0}],
        [LINE[0], LINE[1] | {"extra": "1"}],
        [LINE[0] | {"hi": "1/0"}, LINE[1]],
        [LINE[0], {"lo": "0", "rule": "direct"}],
        [],
        LINE * 300,
        "direct",
        None,
    ],
)
def test_a_cover_that_is_off_is_rejected(segments: object) -> None:
    with pytest.raises(CertificateRejected):
        check_fact(fact("tanh(x)", "sign_strict", True, segments=segments))


@pytest.mark.parametrize(
    ("expression", "name", "witness"),
    [
        ("Max(x, 0)", "sign_strict", ["1"]),
        ("Max(x, 0)", "sign_strict", ["0"]),
        ("Max(x, 0)", "sign_weak", ["-1"]),
        ("tanh(x)", "odd", ["1"]),
        ("sin(x)", "nondecreasing", ["3", "2"]),
        ("sin(x)", "nondecreasing", ["0", "1"]),
        ("tanh(x)", "strictly_increasing", ["1", "1"]),
        ("sin(x)", "zero_only_at_origin", ["-1", "1"]),
        ("sin(x)", "zero_only_at_origin", ["3", "7"]),
        ("1/(x - 2)", "zero_only_at_origin", ["1", "3"]),
        ("Piecewise((-1, x < 2), (1, True))", "zero_only_at_origin", ["1", "3"]),
        ("(x - 2)/(x - 2)", "zero_only_at_origin", ["1", "3"]),  # no value where x - 2 vanishes
        (
            "2 + cos(x)",
            "zero_only_at_origin",
            ["3", "4"],
        ),  # cos(x/2) changes sign, 2 + cos x does not touch 0
        ("x*(2 + sin(x))", "sign_strict", ["4", "5"]),
        ("sin(x)", "bounded", ["1"]),
        ("tanh(x)", "continuous", ["0"]),
        ("tanh(x)", "odd", ["1", "2", "3"]),
        ("1/x", "odd", ["0"]),
        ("x", "odd", [1]),
    ],
)
def test_a_witness_that_refutes_nothing_is_rejected(
    expression: str, name: str, witness: list[object]
) -> None:
    with pytest.raises(CertificateRejected):
        check_fact(fact(expression, name, False, witness=witness))


@pytest.mark.parametrize(
    ("expression", "name", "witness", "grade"),
    [
        ("Max(x, 0)", "sign_strict", ["-1"], Evidence.EXACT),
        ("Max(x, 0)", "odd", ["1"], Evidence.BALL),
        ("sin(x)", "nondecreasing", ["2", "3"], Evidence.BALL),
        ("Max(-1, Min(1, x))", "strictly_increasing", ["1", "2"], Evidence.EXACT),
        ("sin(x)", "zero_only_at_origin", ["3", "4"], Evidence.BALL),
        ("x*(x - 1)", "zero_only_at_origin", ["1"], Evidence.EXACT),
        ("exp(x)", "zero_only_at_origin", ["0"], Evidence.BALL),
    ],
)
def test_a_witness_refutes_with_its_grade(
    expression: str, name: str, witness: list[str], grade: Evidence
) -> None:
    assert check_fact(fact(expression, name, False, witness=witness)) is grade


@pytest.mark.parametrize(
    ("expression", "name", "segments"),
    [
        ("sin(x)", "bounded", [{"lo": "1", "hi": "oo", "rule": "tail"}]),
        ("sin(x)/x", "bounded", [{"lo": "1", "hi": "oo", "rule": "tail"}]),
        ("x + sin(x)", "lipschitz", [{"lo": "1", "hi": "oo", "rule": "tail"}]),
        ("x", "lipschitz", [{"lo": "1", "hi": "oo", "rule": "tail"}]),
        ("x", "bounded", [{"lo": "0", "hi": "oo", "rule": "tail"}]),
        ("x", "bounded", [{"lo": "1", "hi": "2", "rule": "tail"}]),
        ("tanh(x)", "continuous", [LINE[0] | {"rule": "jump"}, LINE[1] | {"rule": "jump"}]),
        ("tanh(x)", "nondecreasing", LINE),
    ],
)
def test_a_tail_or_jump_that_refutes_nothing_is_rejected(
    expression: str, name: str, segments: object
) -> None:
    with pytest.raises(CertificateRejected):
        check_fact(fact(expression, name, False, segments=segments))


def test_a_root_that_hides_a_kink_carries_no_taylor_sign() -> None:
    # 2 - 2 |x - 1| is 0 at 0 with slope 2 and second derivative 0 beside the kink, and negative beyond 2
    text = "x*(2 - 2*sqrt((x - 1)**2))"
    for rule in ("direct", "taylor-lo-1", "taylor-lo-2", "taylor-lo-3"):
        cover = [LINE[0], {"lo": "0", "hi": "3", "rule": rule}, {"lo": "3", "hi": "oo", "rule": "direct"}]
        with pytest.raises(CertificateRejected):
            check_fact(fact(text, "sign_weak", True, segments=cover))


@pytest.mark.parametrize("text", ["1 +", "", "y", "((((", "x" * 3000, 5, None, "((2**64)**64)**64"])
def test_an_expression_that_is_none_is_rejected(text: object) -> None:
    with pytest.raises(CertificateRejected):
        check_fact(fact("x", "odd", True, segments=LINE) | {"expression": text})


@given(JSON)
def test_any_json_is_rejected_and_nothing_else_happens(data: Any) -> None:
    heads = (
        {"kind": "activation-fact", "expression": "tanh(x)", "fact": "odd", "holds": True},
        {"kind": "activation-quantity", "expression": "tanh(x)", "quantity": "well_depth", "exact": "oo"},
    )
    for value in (data, *(head | {"segments": data} for head in heads), {**heads[0], "witness": data}):
        for check in (check_fact, check_quantity):
            with pytest.raises(CertificateRejected):
                check(value)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = json.loads(json.dumps(data))
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize("name", ["odd", "bounded", "sign_strict", "zero_only_at_origin", "lipschitz"])
def test_a_changed_leaf_is_rejected_or_still_true(name: str) -> None:
    original = certificate("gelu", name)
    truth = original["holds"]
    for path, leaf in leaves(original):
        for value in (None, 7, "", "1", "-1/3", "oo", "odd", "direct", "tail", "tanh(x)", not leaf):
            changed = replaced(original, path, value)
            try:
                check_fact(changed)
            except CertificateRejected:
                continue
            same_subject = (changed["expression"], changed["fact"]) == (original["expression"], name)
            assert (changed["holds"] == truth) if same_subject else _is_true(changed)


def _is_true(changed: dict[str, Any]) -> bool:
    tree = parse(changed["expression"])
    facts = activation_facts(Activation(name="changed", expression=tree, slope=derivative(tree)))
    return facts[changed["fact"]].holds == changed["holds"]


def quantity(activation: str, name: str) -> dict[str, Any]:
    found = activation_quantities(named_activation(activation))[name].certificate
    return copy.deepcopy(dict(found or {}))


@pytest.mark.parametrize(
    ("activation", "name"),
    [
        ("gelu", "escape_energy"),
        ("silu", "well_depth"),
        ("tanh", "escape_energy"),
        ("tanh", "lipschitz_constant"),
    ],
)
def test_a_quantity_with_a_false_value_is_rejected(activation: str, name: str) -> None:
    original = quantity(activation, name)
    assert check_quantity(original)
    for changes in (
        {"exact": "1/3"}, {"exact": "x"}, {"exact": "0.25000001"}, {"enclosure": ["0.26", "0.27"]},
        {"enclosure": ["7", "8"]},
        {"enclosure": ["0.2", "0.2"]}, {"enclosure": ["-1", "nan"]}, {"enclosure": ["1e9", "oo"]},
        {"expression": "x/(2 + x**2)**2"},
        {"quantity": "bound"}, {"extra": 1}, {"enclosure": None},
    ):  # fmt: skip
        with pytest.raises(CertificateRejected):
            check_quantity(original | changes)


def test_a_wider_enclosure_is_still_true() -> None:
    changed = quantity("gelu", "escape_energy") | {"enclosure": ["0.2", "0.3"]}
    low, high = check_quantity(changed)
    assert low < 0.25 < high


def test_a_finite_value_for_an_infinite_energy_is_rejected() -> None:
    original = quantity("tanh", "escape_energy")
    with pytest.raises(CertificateRejected):
        check_quantity(original | {"exact": None, "enclosure": ["0", "oo"]})
    finite = quantity("gelu", "escape_energy")
    with pytest.raises(CertificateRejected):
        check_quantity(finite | {"exact": "oo", "enclosure": ["oo", "oo"]})


@pytest.mark.parametrize("key", ["antiderivative", "limit"])
def test_a_wrong_closed_form_is_rejected(key: str) -> None:
    original = quantity("gelu", "escape_energy")
    for text in ("0", "1/4", "x", "x**2/4", None, "1/x"):
        side = original["left"] | {key: text}
        if side == original["left"]:
            continue
        with pytest.raises(CertificateRejected):
            check_quantity(original | {"left": side})
