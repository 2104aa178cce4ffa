"""The records of the trusted core cannot be changed once they are made, and are made by name."""

import importlib
import inspect
import pkgutil
from dataclasses import fields, is_dataclass

import gsdcheck.certify

MODULES = [
    importlib.import_module(f"gsdcheck.certify.{entry.name}")
    for entry in pkgutil.iter_modules(gsdcheck.certify.__path__)
]
RECORDS = [
    member
    for module in MODULES
    for _, member in inspect.getmembers(module, inspect.isclass)
    if is_dataclass(member) and member.__module__ == module.__name__
]


def test_there_are_records() -> None:
    assert len(RECORDS) >= 30


def test_a_record_is_frozen_slotted_and_made_by_name() -> None:
    for record in RECORDS:
        assert record.__dataclass_params__.frozen, record
        assert "__slots__" in vars(record), record
        assert all(field.kw_only for field in fields(record)), record
