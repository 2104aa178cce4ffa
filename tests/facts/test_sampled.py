"""Samples refute by violations that exceed rounding; they never refute what holds, and prove nothing."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from gsdcheck.engine.backends import NumPy
from gsdcheck.engine.calling import opaque
from gsdcheck.facts.sampled import sampled_facts
from gsdcheck.model.library import NAMES, named_activation
from gsdcheck.model.verdict import Evidence
from gsdcheck.numeric.evaluation import compile_expression

Code = Callable[[Any], Any]


def facts(function: Code, dtype: str = "float64") -> Any:
    return sampled_facts(opaque("f", function, NumPy()), dtype)


VIOLATED: dict[str, tuple[Code, set[str]]] = {
    "x + 1/8 is not odd and has its zero at -1/8": (
        lambda x: x + 0.125,
        {"odd", "sign_weak", "sign_strict", "zero_only_at_origin"},
    ),
    "x² is even": (np.square, {"odd", "nondecreasing", "strictly_increasing", "sign_weak", "sign_strict"}),
    "-x": (np.negative, {"nondecreasing", "strictly_increasing", "sign_weak", "sign_strict"}),
    "x exp(-x²) falls beyond 1/√2": (lambda x: x * np.exp(-x * x), {"nondecreasing", "strictly_increasing"}),
}


@pytest.mark.parametrize("case", VIOLATED)
def test_exactly_what_is_violated_is_false_and_has_a_witness(case: str) -> None:
    function, violated = VIOLATED[case]
    found = facts(function)
    assert {name for name, fact in found.items() if fact.holds is False} == violated
    for name in violated:
        assert found[name].evidence is Evidence.SAMPLED
        assert found[name].certificate is None
        assert np.isfinite(float.fromhex(found[name].witness))
        assert found[name].examples > 1000


def test_the_witness_violates_the_property() -> None:
    at = float.fromhex(facts(np.square)["sign_weak"].witness)
    assert at * at**2 < 0


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_rounding_is_no_violation(dtype: str) -> None:
    def noisy(x: Any) -> Any:
        """tanh through exp: odd and increasing but for rounding."""
        z = np.exp(-2 * np.abs(x))
        y = np.sign(x) * (1 - z) / (1 + z)
        return y * (1 + x.dtype.type(np.finfo(x.dtype).eps) * np.sin(1e5 * x))

    found = facts(noisy, dtype)
    assert {fact.holds for fact in found.values()} <= {True, None}
    assert found["odd"].holds is True
    assert found["nondecreasing"].holds is True


def test_flat_stretches_leave_the_strict_properties_open() -> None:
    found = facts(lambda x: np.maximum(x, 0))
    assert (found["nondecreasing"].holds, found["strictly_increasing"].holds) == (True, None)
    assert (found["sign_weak"].holds, found["sign_strict"].holds) == (True, None)
    assert found["zero_only_at_origin"].holds is None


def test_samples_say_nothing_of_bounds_continuity_and_slopes() -> None:
    found = facts(np.tanh)
    for name in ("bounded", "continuous", "lipschitz"):
        assert (found[name].holds, found[name].evidence, found[name].examples) == (None, None, 0)


@pytest.mark.parametrize("name", NAMES)
def test_no_sampled_fact_contradicts_a_certified_one(name: str) -> None:
    from gsdcheck.facts.activation import activation_facts

    activation = named_activation(name)
    certified = activation_facts(activation)
    for fact in facts(compile_expression(activation.expression)).values():
        if fact.holds is False:
            assert certified[fact.name].holds is not True, (name, fact)
