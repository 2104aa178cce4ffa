"""The limits of what the core reads are those that were chosen: each keeps a certificate from costing without end."""

import importlib
import pkgutil

import gsdcheck.certify

CHOSEN = {
    "branches": {"MOST_ALTERNATIVES": 12},
    "breakpoints": {"MOST": 12, "MOST_LEAVES": 16},
    "certificates": {"MAX_FACTS": 16},
    "chains": {"MOST_GENERATORS": 6, "MOST_RELATIONS": 6, "MOST_CUTS": 4},
    "crossings": {"MOST_PARTS": 200},
    "cycle_premises": {"MOST_BOXES": 20_000},
    "darboux": {"MOST_PAIRS": 200, "MOST_PAIRED_TERMS": 20_000},
    "euler_premises": {"MOST_STEPS": 2_000, "MOST_UNITS": 4},
    "expansions": {"MOST_KEPT": 8, "MOST_PRODUCTS": 150},
    "fields": {"MOST_UNITS": 8},
    "forms": {"MOST_TERMS": 300, "MOST_BITS": 4_000},
    "harmonics": {"MOST_FACTORS": 6},
    "integral_text": {"MOST_CHARACTERS": 400},
    "linear": {"MAX_UNITS": 64, "MAX_SIZE": 1_048_576},
    "orbit_premises": {"MOST_PARTS": 200},
    "orbit_steps": {"MOST_TRIES": 40},
    "orbits": {"MOST_STEPS": 1_000, "MOST_CROSSINGS": 12},
    "polynomial_data": {"MOST_TERMS": 2_000, "MOST_EXPONENT": 64},
    "polynomial_field": {"MOST_VARIABLES": 256, "MOST_STEPS": 50_000},
    "segments": {"MOST_SEGMENTS": 400, "MOST_DIGITS": 90, "MOST_WORK": 30_000},
    "signs": {"MOST_NODES": 1_500},
    "subject": {"MAX_UNITS": 64, "MAX_TEXT": 2_000},
    "tail_series": {"MOST_CALLS": 60},
}
"""By module; a limit that a module takes from another is listed where it is defined."""


def test_the_limits_are_those_that_were_chosen() -> None:
    for name, limits in CHOSEN.items():
        module = importlib.import_module(f"gsdcheck.certify.{name}")
        assert {limit: getattr(module, limit) for limit in limits} == limits, name


def test_the_signs_are_three_bits() -> None:
    from gsdcheck.certify.polynomials import ANY, NEGATIVE, NULL, POSITIVE

    assert (NEGATIVE, NULL, POSITIVE, ANY) == (1, 2, 4, 7)


def test_no_limit_is_left_out() -> None:
    known = {limit for limits in CHOSEN.values() for limit in limits}
    for entry in pkgutil.iter_modules(gsdcheck.certify.__path__):
        module = importlib.import_module(f"gsdcheck.certify.{entry.name}")
        assert {name for name in vars(module) if name.startswith(("MOST", "MAX"))} <= known, entry.name
