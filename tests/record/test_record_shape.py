import copy

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gsdcheck.errors import RecordError
from gsdcheck.record.build import build_matrix, build_record, versions
from gsdcheck.record.shape import require_shape, schema

VALUES = [
    None, True, False, 0, 1, -1, 1.0, 0.5, "", "proved", "sampled", "formal", "oo", "1/2", "sha256:0",
    [], ["1", "2"], ["1", "2", "3"], [["1", "2"], ["-oo", "1.5e3"]], [0.5], {},
    {"value": 0.5, "hex": "0x1.0p-1"}, {"holds": True}, {"enclosure": None, "exact": None},
]  # fmt: skip


def accepted(data):
    try:
        require_shape(data)
    except RecordError:
        return False
    return True


def accepted_by_jsonschema(data):
    return jsonschema.Draft202012Validator(schema()).is_valid(data)


def places(data, path=()):
    """Every key path of the data."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        yield (*path, key)
        yield from places(value, (*path, key))


def parent(data, path):
    for key in path[:-1]:
        data = data[key]
    return data


def test_the_schema_is_json_schema_2020_12():
    jsonschema.Draft202012Validator.check_schema(schema())


def test_a_made_record_and_a_matrix_are_valid_for_jsonschema(record):
    jsonschema.Draft202012Validator(schema()).validate(record)
    jsonschema.Draft202012Validator(schema()).validate(build_matrix([record]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_our_validator_agrees_with_jsonschema(record, data):
    changed = copy.deepcopy(record)
    path = data.draw(st.sampled_from(list(places(record))))
    if data.draw(st.booleans()):
        parent(changed, path)[path[-1]] = data.draw(st.sampled_from(VALUES))
    else:
        parent(changed, path).pop(path[-1])
    assert accepted(changed) == accepted_by_jsonschema(changed)


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        (("judgements", 0, "claim"), "c", ""),
        (("judgements", 0, "margin"), ["-oo", "1.5e-3"], ["1", "2", "3"]),
        (("judgements", 0, "margin"), {"value": 0.5, "hex": "0x1.0p-1"}, 0.5),
        (("judgements", 0, "examples"), 3.0, True),
        (("quantities", "escape_energy", "enclosure"), [["1", "2"], ["oo", "oo"]], ["1", "nan"]),
        (("quantities", "escape_energy", "exact"), [["1/2", 3], []], 0.5),
        (("facts", "odd", "holds"), False, 0),
        (("schema_version",), 1.0, True),
        (("subject",), None, "paper"),
        (("digest",), "sha256:" + "0" * 64, "sha256:" + "0" * 63),
    ],
)
def test_what_a_key_may_hold(record, path, good, bad):
    parent(record, path)[path[-1]] = good
    assert (accepted(record), accepted_by_jsonschema(record)) == (True, True)
    parent(record, path)[path[-1]] = bad
    assert (accepted(record), accepted_by_jsonschema(record)) == (False, False)


def test_every_key_of_the_contract_is_required(record):
    for path in [(key,) for key in record] + [("judgements", 0, key) for key in record["judgements"][0]]:
        changed = copy.deepcopy(record)
        del parent(changed, path)[path[-1]]
        with pytest.raises(RecordError, match=f"lacks the key '{path[-1]}'"):
            require_shape(changed)


@pytest.mark.parametrize(
    ("verdict", "evidence"), [("proved", "sampled"), ("refuted", "sampled"), ("refuted", "written")]
)
def test_evidence_that_decides_nothing_does_not_decide(record, verdict, evidence):
    record["judgements"][0].update(verdict=verdict, evidence=evidence)
    assert (accepted(record), accepted_by_jsonschema(record)) == (False, False)
    record["judgements"][0]["verdict"] = "supported"
    assert (accepted(record), accepted_by_jsonschema(record)) == (True, True)


def test_a_fault_is_named_with_its_place_and_value(record):
    record["judgements"][0]["examples"] = -3
    with pytest.raises(RecordError, match=r"record\.judgements\[0\]\.examples is -3, below 0"):
        require_shape(record)


def test_a_record_shares_nothing_with_its_parts(judgement):
    record = build_record(kind="verify", judgements=[judgement])
    judgement["certificate"]["entries"].append("9")
    assert record["judgements"][0]["certificate"]["entries"] == ["1/3", 7]


def test_a_record_of_an_unknown_kind_is_refused():
    with pytest.raises(RecordError, match="kind is 'poem'"):
        build_record(kind="poem")


def test_versions_name_what_verdicts_rest_on():
    assert {"python", "gsdcheck", "numpy", "python-flint", "hypothesis", "sympy", "mpmath"} == set(versions())
