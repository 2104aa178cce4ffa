import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck.errors import InvalidInput, RecordError
from gsdcheck.record.canonical import canonical, digest, float_number, read_float
from gsdcheck.record.safe_json import read_json

finite = st.floats(allow_nan=False, allow_infinity=False)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | finite | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
)


@given(plain)
def test_canonical_form_is_stable_under_reading(data):
    assert canonical(read_json(canonical(data))) == canonical(data)


def test_canonical_form_is_known_text():
    assert canonical({"b": [1, 0.1], "a": "σ"}) == '{\n "a": "σ",\n "b": [\n  1,\n  0.1\n ]\n}\n'.encode()


def test_canonical_form_ignores_the_order_of_keys():
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1}) != canonical({"a": 2, "b": 1})


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, -math.inf, "\ud800", 10**5000],
    ids=["nan", "oo", "-oo", "surrogate", "digits"],
)
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises(InvalidInput, match="no JSON form"):
        canonical({"x": [value]})


def test_digest_is_sha256_of_the_rest():
    rest = {"a": 1, "judgements": [{"claim": "c"}]}
    noted = {
        **rest,
        "digest": "d",
        "run": {"jobs": 2},
        "seconds": 9,
        "judgements": [{"claim": "c", "seconds": 1}],
    }
    assert digest(noted) == "sha256:" + hashlib.sha256(canonical(rest)).hexdigest()


def test_digest_looks_at_judgements_of_any_shape():
    assert digest({"judgements": ["a"]}) != digest({"judgements": ["b"]})


def test_digest_depends_on_seconds_inside_a_certificate():
    first, second = ({"judgements": [{"certificate": {"seconds": k}}]} for k in (1, 2))
    assert digest(first) != digest(second)


@given(finite)
def test_floats_survive_the_record_bit_by_bit(x):
    back = read_float(read_json(canonical(float_number(x))))
    assert back.hex() == x.hex()


@pytest.mark.parametrize(
    "number",
    [
        {"value": 0.1, "hex": "0x1.0p-1"},
        {"value": 0.1},
        {"value": 0.1, "hex": "pqr"},
        {"value": 1.0, "hex": "inf"},
        {"value": 1.0, "hex": "0x1p99999"},
        0.1,
        None,
    ],
)
def test_a_float_that_contradicts_itself_is_refused(number):
    with pytest.raises(RecordError):
        read_float(number)


@pytest.mark.parametrize("x", [math.nan, math.inf])
def test_a_float_of_a_record_is_finite(x):
    with pytest.raises(InvalidInput, match="not finite"):
        float_number(x)
