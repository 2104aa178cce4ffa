"""The options of `inspect`: exact numbers, the skew projection, mutants, and what is refused."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from gsdcheck.engine.applicable import applicable
from gsdcheck.engine.events import Finished, Started
from gsdcheck.engine.fate import flow_fate, map_fate
from gsdcheck.engine.given import rounded_up
from gsdcheck.engine.inspect import inspect
from gsdcheck.engine.options import described, exact_option, inspected
from gsdcheck.engine.structure import spectral_norm, structure_facts
from gsdcheck.errors import InvalidInput, UnknownName

DATA = Path(__file__).parents[1] / "data"
SKEW = [[0, "1/3", -2], ["-1/3", 0, 1], [2, -1, 0]]


def written(folder, W, bias=None):
    file = folder / "weights.json"
    file.write_text(json.dumps({"W": W, **({} if bias is None else {"bias": bias})}))
    return str(file)


def options_of(spec, **given):
    usual = {"activation": "tanh", "form": "inner", "leak": "0", "bias": None, "euler_step": None}
    return inspected(spec, **{**usual, "project_skew": False, **given})


def claims(record):
    return {judgement["claim"] for judgement in record["judgements"]}


def exact(rows):
    return [[Fraction(entry) for entry in row] for row in rows]


@pytest.mark.parametrize(("i", "j"), [(0, 1), (2, 0), (1, 1)])
def test_one_nudged_entry_loses_the_energy(tmp_path, i, j):
    nudged = [list(row) for row in SKEW]
    nudged[i][j] = str(Fraction(nudged[i][j]) + Fraction(1, 10**30))
    whole, broken = (options_of(written(tmp_path, W)).system for W in (SKEW, nudged))
    assert "energy-is-conserved" in applicable(whole, None).judgements
    assert "energy-is-conserved" not in applicable(broken, None).judgements
    assert structure_facts(broken.W)["skew"]["holds"] is False


def test_the_projection_is_the_skew_part_exactly():
    found = inspect(str(DATA / "plain-tanh-recall.npz"), form="inner", project_skew=True)
    with np.load(DATA / "plain-tanh-recall.npz") as data:
        W = exact(data["W"].astype(float).tolist())
    projected = exact(found["subject"]["W"])
    assert projected == [[(W[i][j] - W[j][i]) / 2 for j in range(8)] for i in range(8)]
    assert found["subject"]["projected"] is True
    assert "energy-is-conserved" in claims(found)
    assert "2.274" in found["follows"][0]


def test_decimals_are_exact(tmp_path):
    given = options_of(written(tmp_path, SKEW), leak="0.1", bias="0.2, 1/3, -1", euler_step="1e-3")
    subject = described(given)
    assert (subject["leak"], subject["euler_step"]) == ("1/10", "1/1000")
    assert subject["bias"] == ["1/5", "1/3", "-1"]


def test_an_option_overrides_the_bias_of_the_file(tmp_path):
    spec = written(tmp_path, SKEW, bias=[1, 1, 1])
    assert options_of(spec).system.bias == (1, 1, 1)
    assert options_of(spec, bias="0,0,2").system.bias == (0, 0, 2)


@pytest.mark.parametrize(
    "options",
    [
        {"form": "middle"},
        {"leak": "-1"},
        {"leak": "x"},
        {"leak": "1e999999999"},
        {"bias": "1,2"},
        {"bias": "1,,2"},
        {"bias": ""},
        {"euler_step": "0"},
        {"euler_step": "pi"},
        {"activation": "tanh("},
    ],
)
def test_options_that_break_their_rule_are_refused(tmp_path, options):
    with pytest.raises(InvalidInput):
        inspect(written(tmp_path, SKEW), **options)


def test_an_unknown_activation_is_answered_with_the_nearest(tmp_path):
    with pytest.raises(UnknownName, match="tanh"):
        inspect(written(tmp_path, SKEW), activation="tahn")


def test_an_option_that_is_no_number_shows_itself():
    with pytest.raises(InvalidInput, match=r"leak is 'pi'\. It must be a rational"):
        exact_option("leak", "pi")


def test_overflow_under_euler_is_a_gap(tmp_path):
    found = inspect(written(tmp_path, SKEW), activation="identity", euler_step="2")
    column = found["series"]["euler"]["columns"]["h=2"]
    assert column[0] is not None
    assert column[-1] is None


def test_each_part_is_announced_in_turn(tmp_path):
    events = []
    inspect(written(tmp_path, SKEW), listen=events.append)
    assert events[0] == Started(total=4)
    assert [e.name for e in events if isinstance(e, Finished)] == [
        "structure",
        "claims",
        "series",
        "measurements",
    ]


def test_a_large_matrix_is_named_by_its_hash(tmp_path):
    W = [[int(i < j) - int(i > j) for j in range(17)] for i in range(17)]
    subject = described(options_of(written(tmp_path, W)))
    assert subject["W"] is None
    assert len(subject["W_sha256"]) == 64


@pytest.mark.parametrize("n", [1, 2])
def test_the_smallest_networks_are_inspected_too(tmp_path, n):
    W = [[0]] if n == 1 else [[0, 0], [0, 0]]
    found = inspect(written(tmp_path, W), euler_step="1")
    assert "energy-is-conserved" in claims(found)
    assert "planar-orbits-are-closed" not in claims(found)


def test_the_spectral_norm_encloses_that_of_an_integer_matrix():
    W = tuple(tuple(Fraction(x) for x in row) for row in ((3, 0), (4, 5)))
    low, high = spectral_norm(W)  # singular values √45 and √5
    assert low**2 <= 45 <= high**2
    assert high - low < Fraction(1, 10**20)


@pytest.mark.parametrize("value", ["1/3", "2/3", "0.3", "12345.6", "1e-9", "99999"])
def test_rounding_up_never_rounds_down(value):
    exact_value = Fraction(value)
    shown = Fraction(rounded_up(exact_value))
    assert exact_value <= shown <= exact_value * Fraction(1001, 1000)


@pytest.mark.parametrize(
    ("path", "of_map", "of_flow"),
    [
        (lambda k: np.full_like(k, 2.0), "1 rest at one fixed point, |x| = 2", None),
        (lambda k: (-1.0) ** k, "1 run round a cycle of period 2", "1 are still moving"),
        (lambda k: np.sin(k), "1 are still moving", "1 are still moving"),
        (lambda k: 1 + 5e-8 * k, "1 are still moving", "1 are still moving"),
        (lambda k: k / (k < 200), "1 have overflowed", "1 have overflowed"),
    ],
)
def test_the_fate_of_a_path_is_named(path, of_map, of_flow):
    with np.errstate(divide="ignore"):
        tail = path(np.arange(256.0))[:, None, None]
    assert map_fate(tail, 1).startswith(of_map)
    assert flow_fate(tail, 1).startswith(of_flow or of_map)
