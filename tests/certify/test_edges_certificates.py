"""Certificates that must be rejected, and wells whose heights are areas known by hand."""

import runpy
from fractions import Fraction
from itertools import pairwise

import pytest
from flint import arb

from gsdcheck.certify import activation_quantities, theorems
from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.certificates import (
    MAX_FACTS,
    Conclusion,
    _known,
    agreeing_periods,
    applied_theorem,
    conclude,
    written_proof,
)
from gsdcheck.certify.intervals import Interval
from gsdcheck.certify.linear import require_workable
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.certify.pages import page_text
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.state_premises import energy
from gsdcheck.certify.subject import case_data, read_subject, subject_data
from gsdcheck.certify.wells import FOREVER, Side, check_side, well_depth
from gsdcheck.certify.zeros import check_zeros
from gsdcheck.errors import CertificateRejected, InvalidInput, Undecided
from gsdcheck.facts.activation import activation_quantities as quantities_of
from gsdcheck.model.expression import X
from gsdcheck.model.library import find_activation
from gsdcheck.model.parser import parse
from gsdcheck.model.system import Case, system
from gsdcheck.model.verdict import Evidence, Verdict

TURN = [["0", "1"], ["-1", "0"]]


def side(
    text: str, *cuts: str, end: str, antiderivative: str | None = None, limit: str | None = None
) -> Side:
    ends = ["0", *cuts]
    segments = [{"lo": a, "hi": b, "rule": "direct"} for a, b in pairwise(ends)]
    data = {"segments": segments, "end": end, "antiderivative": antiderivative, "limit": limit}
    return check_side(parse(text), data)


def is_around(found: Interval | None, value: Fraction) -> bool:
    return (
        found is not None and bool(found[0] <= to_arb(value) <= found[1]) and bool(found[1] - found[0] < 1e-9)
    )


def test_a_zero_behind_a_jump_is_as_high_as_the_area_before_it() -> None:
    found = side("Piecewise((x, x <= 1), (0, True))", "1", "oo", end="converges")
    assert is_around(found.first_zero, Fraction(1, 2))
    assert is_around(found.supremum, Fraction(1, 2))


def test_a_zero_at_a_cut_is_as_high_as_the_area_before_it() -> None:
    found = side("x*(x - 1)**2", "1", "4", "oo", end="diverges")
    assert is_around(found.first_zero, Fraction(1, 12))
    assert found.supremum == FOREVER


def test_a_zero_at_an_unknown_place_leaves_the_depth_open() -> None:
    found = side("x*(x - 1)**2", "4", "oo", end="diverges")
    assert found.first_zero is None
    with pytest.raises(Undecided, match="not excluded"):
        well_depth((found, found))


@pytest.mark.parametrize(
    ("text", "cuts", "end", "reason"),
    [
        ("Piecewise((x, x < 1), (-1, x <= 1), (x, True))", ("1", "oo"), "diverges", "wrong sign inside"),
        ("x", ("oo",), "crosses", "infinite last segment"),
        ("x", ("1",), "diverges", "infinite last segment"),
        ("-x", ("oo",), "diverges", "a sign inside"),
        ("x", ("1", "2"), "ends", "beyond the well"),
        ("x", ("1", "2"), "crosses", "beyond the well"),
        ("1 + x", ("oo",), "diverges", "there is no well"),
    ],
)
def test_a_side_that_is_no_such_well_is_not_established(
    text: str, cuts: tuple[str, ...], end: str, reason: str
) -> None:
    with pytest.raises(Undecided, match=reason):
        side(text, *cuts, end=end)


def test_a_limit_is_exact_only_as_a_constant() -> None:
    f, F = "x*exp(-x)", "1 - (1 + x)*exp(-x)"
    found = side(f, "16", "oo", end="converges", antiderivative=F, limit="1")
    assert found.exact == {(): Fraction(1)}
    with pytest.raises(Undecided, match="limit of the antiderivative"):
        side(f, "16", "oo", end="converges", antiderivative=F, limit="2")
    scaled = side(f"log(2)*{f}", "16", "oo", end="converges", antiderivative=f"log(2)*({F})", limit="log(2)")
    assert scaled.exact == normal_form(parse("log(2)"))
    for wrong in ("log(3)", "log(2) + exp(-x)"):
        with pytest.raises(Undecided, match="limit"):
            side(f"log(2)*{f}", "16", "oo", end="converges", antiderivative=f"log(2)*({F})", limit=wrong)
    with pytest.raises(CertificateRejected, match="converges"):
        side("x", "1", "oo", end="diverges", antiderivative="x**2/2", limit="1")


@pytest.mark.parametrize("data", [None, [], {"segments": []}])
def test_a_side_of_another_form_is_rejected(data: object) -> None:
    with pytest.raises(CertificateRejected):
        check_side(X, data)


@pytest.mark.parametrize(("first", "end"), [("1", "diverges"), ("0", "elsewhere")])
def test_a_side_begins_at_0_and_has_a_known_end(first: str, end: str) -> None:
    segments = [{"lo": first, "hi": "oo", "rule": "direct"}]
    with pytest.raises(CertificateRejected, match="begins at 0"):
        check_side(X, {"segments": segments, "end": end, "antiderivative": None, "limit": None})


def test_an_unknown_quantity_or_a_slope_without_its_two_sides_is_rejected() -> None:
    head = {"kind": "activation-quantity", "expression": "x", "exact": "1", "enclosure": ["1", "1"]}
    ends = ("-oo", "0", "oo")
    cover = [{"lo": a, "hi": b, "rule": "smooth"} for a, b in pairwise(ends)]
    assert check_quantity(head | {"quantity": "slope_at_zero", "segments": cover})[0] == 1
    with pytest.raises(CertificateRejected, match="one segment on each side"):
        check_quantity(head | {"quantity": "slope_at_zero", "segments": cover[:1]})
    for name in ("area", None, ["bound"]):
        with pytest.raises(CertificateRejected, match="unknown quantity"):
            check_quantity(head | {"quantity": name, "segments": cover})


def test_a_witness_outside_the_segments_bounds_nothing_from_below() -> None:
    part = Segment(low=Fraction(0), high=Fraction(1), rule="range")
    assert activation_quantities._supremum((X,), (part,), "1")[0] == (arb(1), arb(1))
    with pytest.raises(Undecided, match="no segment"):
        activation_quantities._supremum((X,), (part,), "2")


@pytest.mark.parametrize("verdict", [Verdict.PROVED, Verdict.REFUTED, Verdict.SUPPORTED])
def test_sampled_evidence_makes_no_conclusion(verdict: Verdict) -> None:
    with pytest.raises(CertificateRejected, match="cannot make"):
        Conclusion(
            claim="c",
            case=None,
            verdict=verdict,
            evidence=Evidence.SAMPLED,
            rests_on=None,
            margin=None,
            reason="r",
        )


def test_a_theorem_that_is_not_in_the_table_proves_nothing() -> None:
    subject = subject_data(system(W=TURN))
    with pytest.raises(CertificateRejected, match="no theorem"):
        conclude(applied_theorem("no-such-theorem", subject, []))
    with pytest.raises(CertificateRejected, match="no theorem"):
        written_proof("no-such-theorem")


def test_more_facts_than_are_read_are_rejected() -> None:
    subject = subject_data(system(W=TURN))
    with pytest.raises(CertificateRejected, match="at most 16"):
        conclude(applied_theorem("energy-is-conserved", subject, [{}] * (MAX_FACTS + 1)))


def test_periods_agree_only_to_the_digits_that_their_balls_have() -> None:
    assert conclude(agreeing_periods(Fraction(1, 2), Fraction(1), 25)).verdict is Verdict.PROVED
    with pytest.raises(CertificateRejected, match="differ by up to"):
        conclude(agreeing_periods(Fraction(1, 2), Fraction(1, 10**30), 40))  # a period of some 10^31


@pytest.mark.parametrize("name", ["no-such-page", "../README", ""])
def test_a_proof_page_that_is_not_shipped_is_rejected(name: str) -> None:
    with pytest.raises(CertificateRejected, match="no proof page"):
        page_text(name)


def test_a_theorem_with_an_unknown_premise_stops_the_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gsdcheck.certify.premises.PREMISES", {})
    with pytest.raises(RuntimeError, match="premises that do not exist"):
        runpy.run_path(str(theorems.__file__))


def test_a_matrix_is_workable_if_it_is_square_and_small() -> None:
    require_workable(((Fraction(0), Fraction(1)), (Fraction(-1), Fraction(0))))
    with pytest.raises(InvalidInput, match="square"):
        require_workable(((Fraction(0), Fraction(1)),))


def test_the_energy_of_the_inner_form_is_the_potential_of_Wx_plus_b() -> None:
    data = subject_data(system(W=TURN)) | {"form": "inner", "bias": ["1", "0"], "state": ["2", "3"]}
    found = energy(read_subject(data | {"activation": "x"}))
    assert found.overlaps(arb(10))  # Wx + b = (4, -2), and 16/2 + 4/2 = 10
    assert found.rad() < 1e-9


def test_the_data_of_a_case_are_read_back() -> None:
    case = Case(system=system(W=TURN), state=(Fraction(1, 2), Fraction(0)), step=Fraction(1, 10))
    subject = read_subject(case_data(case))
    assert subject.step == Fraction(1, 10)
    assert subject.W == case.system.W


ZERO = {"kind": "activation-quantity", "quantity": "zero", "exact": None, "enclosure": ["-9", "9"]}
HALVES = [{"lo": "-oo", "hi": "0", "rule": "direct"}, {"lo": "0", "hi": "oo", "rule": "direct"}]
WHOLE = [{"lo": "-oo", "hi": "oo", "rule": "monotone"}]


def zero_of(text: str, **ground: object) -> object:
    return check_quantity({**ZERO, "expression": text, **ground})


def test_a_zero_is_found_at_a_cut_in_a_bracket_and_by_algebra() -> None:
    assert zero_of("x", at="0", bracket=None, segments=HALVES)
    assert zero_of("x - 2", at=None, bracket=["1", "3"], segments=WHOLE)
    assert zero_of("x - sqrt(2)", at="sqrt(2)", exact="sqrt(2)", bracket=["1", "3"], segments=WHOLE)


@pytest.mark.parametrize(
    ("text", "ground", "why"),
    [
        ("x - 1", {"at": "1", "bracket": None, "segments": HALVES}, "must be a cut"),
        ("x", {"at": None, "bracket": ["-1"], "segments": WHOLE}, "list of two"),
        ("x", {"at": None, "bracket": ["1", "1"], "segments": WHOLE}, "positive width"),
        ("x", {"at": None, "bracket": ["-1", "1"], "segments": HALVES}, "must be monotone"),
        (
            "x",
            {
                "at": None,
                "bracket": ["-1", "1"],
                "segments": [{**HALVES[0], "rule": "monotone"}, HALVES[1]],
            },
            "must lie in the monotone segment",
        ),
        (
            "x",
            {
                "at": None,
                "bracket": ["-1", "1"],
                "segments": [HALVES[0], {**HALVES[1], "rule": "monotone"}],
            },
            "must lie in the monotone segment",
        ),
        ("x - sqrt(2)", {"at": "sqrt(2)", "bracket": ["-1", "1"], "segments": WHOLE}, "opposite signs"),
        (
            "x - sqrt(2)",
            {"at": "sqrt(3) + 9", "bracket": ["1", "3"], "segments": WHOLE},
            "inside the bracket",
        ),
        (
            "x - sqrt(2)",
            {"at": "sqrt(3)", "bracket": ["1", "3"], "segments": WHOLE},
            "value at the exact zero",
        ),
        ("x - sqrt(2)", {"at": "sqrt(x)", "bracket": ["1", "3"], "segments": WHOLE}, "a constant"),
    ],
)
def test_a_zero_that_is_not_shown_is_rejected(text: str, ground: dict[str, object], why: str) -> None:
    with pytest.raises(CertificateRejected, match=why):
        zero_of(text, **ground)


COUNT = {"kind": "activation-zeros", "expression": "x**2 - 1", "count": "several"}


def test_two_changes_of_sign_are_two_zeros() -> None:
    assert check_zeros({**COUNT, "witness": [["-2", "0"], ["1", "1"]]}) == "several"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kind": "activation-quantity"}, "no certificate of the number"),
        ({"count": "one"}, "none or several"),
        ({"witness": [["-2", "0"]]}, "two to four pairs"),
        ({"witness": [["-2", "0"], "1"]}, "a pair of rationals"),
        ({"witness": [["-2", "0"], ["2", "1"]]}, "a ≤ b"),
        ({"witness": [["-2", "0"], ["-1/2", "2"]]}, "disjoint"),
        ({"witness": [["-2", "0"], ["2", "3"]]}, "change of sign"),
    ],
)
def test_several_zeros_that_are_not_shown_are_rejected(change: dict[str, object], why: str) -> None:
    with pytest.raises(CertificateRejected, match=why):
        check_zeros({**COUNT, "witness": [["-2", "0"], ["1", "1"]], **change})


def test_an_infinite_quantity_is_stated_as_infinite() -> None:
    cut = [{"lo": "0", "hi": "1", "rule": "direct"}, {"lo": "1", "hi": "oo", "rule": "direct"}]
    sides = {"segments": cut, "end": "diverges"}
    side_of = {**sides, "antiderivative": None, "limit": None}
    depth = {"kind": "activation-quantity", "quantity": "well_depth", "expression": "x"}
    depth |= {"left": side_of, "right": side_of}
    assert check_quantity({**depth, "exact": "oo", "enclosure": ["oo", "oo"]})
    for exact, enclosure in (("1", ["1", "1"]), (None, ["0", "oo"])):
        with pytest.raises(CertificateRejected, match="is infinite"):
            check_quantity({**depth, "exact": exact, "enclosure": enclosure})


@pytest.mark.parametrize(
    ("text", "antiderivative"),
    [
        ("x*exp(-x**2/2)", "1 - exp(-x**2/2)"),
        (  # no expansion, for the factor of x does not settle; but an enclosure of the tail
            "x*(2*(2 + sin(log(1 + x))) + cos(log(1 + x))*(1 - 1/(1 + x)))/(1 + x**2*(2 + sin(log(1 + x))))**2",
            "1 - 1/(1 + x**2*(2 + sin(log(1 + x))))",
        ),
    ],
)
def test_the_limit_of_an_antiderivative_is_a_constant_to_which_it_tends(
    text: str, antiderivative: str
) -> None:
    found = side(text, "4", "oo", end="converges", antiderivative=antiderivative, limit="1")
    assert found.exact == {(): 1}
    for limit in ("1 + exp(-x)", "2"):
        with pytest.raises(Undecided, match="limit"):
            side(text, "4", "oo", end="converges", antiderivative=antiderivative, limit=limit)


def test_a_well_that_ends_inside_its_last_segment_is_no_lower_than_it_is() -> None:
    found = side("x*(1 - x)", "1/2", "2", end="crosses")  # sup Φ = 1/6, at 1; a range of σ there is [-2, 1]
    assert found.supremum[0] <= to_arb(Fraction(1, 6)) <= found.supremum[1]


def test_a_quantity_is_known_as_the_whole_of_its_enclosure() -> None:
    entry = quantities_of(find_activation("gelu"), ("lipschitz_constant",))["lipschitz_constant"].certificate
    assert entry is not None
    low, high = check_quantity(entry)
    known = _known([dict(entry)], entry["expression"]).quantities["lipschitz_constant"][0]
    assert low < high
    assert known.contains(low)
    assert known.contains(high)


@pytest.mark.parametrize(
    ("name", "supremum", "stated"), [("hardtanh", "1", "1"), ("sin", "1", None), ("atan", "pi/2", None)]
)
def test_a_bound_is_exact_where_it_is_attained_at_a_rational(
    name: str, supremum: str, stated: str | None
) -> None:
    found = quantities_of(find_activation(name), ("bound",))["bound"]
    assert found.certificate is not None
    assert found.certificate["exact"] == stated
    low, high = check_quantity(found.certificate)
    assert low <= enclose(parse(supremum), arb(0)) <= high
