"""What is audited: a name, an expression, an import path, or a Python object."""

import importlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from inspect import Parameter, signature
from typing import Any

from gsdcheck.engine.backends import Backend, Jax, Keras, NumPy, Torch, one_by_one
from gsdcheck.engine.calling import FAULTS, brief_fault, opaque, set_apart
from gsdcheck.engine.probing import probe_points, require_activation
from gsdcheck.engine.recognition import exact_attributes, recognised
from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import Activation, activation_from_expression
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.library import find_activation
from gsdcheck.numeric.opaque import OpaqueFunction

_EXTRAS = ("torch", "jax", "keras")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSubject:
    """A subject: `activation` is σ as a tree if it is known, `function` somebody's code if there is some.

    `source` is "library", "expression" or "callable"; `recognised` is the library name whose formula the
    code computes. At least one of `activation` and `function` is there.
    """

    name: str
    asked: str
    source: str
    activation: Activation | None = None
    function: OpaqueFunction | None = None
    recognised: str | None = None


def find_subject(subject: str | object) -> AuditSubject:
    """The subject that a text or an object means.

    A text with ":" is an import path `package.module:attr(.attr)*`, which is imported, and so runs; another
    text is a name of the library, else an expression in x. An object is taken as it is.

    Raises:
        InvalidInput: it cannot be imported, or it is no elementwise deterministic real function.
        UnknownName, ExpressionError: as `find_activation`.
    """
    if not isinstance(subject, str):
        return _from_object(subject, _name_of(subject))
    if ":" not in subject:
        return _from_activation(find_activation(subject), subject)
    return _from_object(imported(subject), subject)


def _from_activation(activation: Activation, asked: str) -> AuditSubject:
    source = "expression" if activation.name == activation.text else "library"
    return AuditSubject(name=activation.name, asked=asked, source=source, activation=activation)


def imported(path: str) -> object:
    """The object at `package.module:attr(.attr)*`; the working directory is searched first, as by `python -m`.

    Raises:
        InvalidInput: it cannot be imported; the message gives the reason.
    """
    module, _, attributes = path.partition(":")
    if not all(part.isidentifier() for part in (*module.split("."), *attributes.split("."))):
        raise InvalidInput(f"{path!r} is no import path. Write package.module:attr, such as my.module:snake.")
    if os.getcwd() not in sys.path and "" not in sys.path:
        sys.path.insert(0, os.getcwd())
    try:
        with set_apart():
            found: object = importlib.import_module(module)
    except FAULTS as fault:
        raise InvalidInput(_import_fault(path, module, fault)) from fault
    for attribute in attributes.split("."):
        if not hasattr(found, attribute):
            raise InvalidInput(f"{path!r}: {_name_of(found)} has no attribute {attribute!r}.")
        found = getattr(found, attribute)
    return found


def _import_fault(path: str, module: str, fault: BaseException) -> str:
    missing = getattr(fault, "name", None) if isinstance(fault, ModuleNotFoundError) else None
    root = (missing or "").partition(".")[0]
    if root in _EXTRAS:
        return f"{path!r} needs {root}, which is not installed: pip install gsdcheck[{root}]."
    return f"{path!r}: cannot import {module}: {brief_fault(fault)}"


def _from_object(thing: Any, asked: str) -> AuditSubject:
    if isinstance(thing, Activation):
        return _from_activation(thing, asked)
    if isinstance(thing, AuditSubject):
        return thing
    if isinstance(thing, str):
        return _from_activation(find_activation(thing), asked)
    if _made_by(thing, "sympy"):
        from gsdcheck.symbolic.from_sympy import from_sympy

        text = format_expression(from_sympy(thing))
        known = activation_from_expression(text)
        return AuditSubject(name=known.name, asked=asked, source="callable", activation=known)
    return _from_callable(thing, asked)


def _from_callable(thing: Any, asked: str) -> AuditSubject:
    instance = _instance(thing, asked)
    if not callable(instance):
        raise InvalidInput(f"{asked} is {instance!r}, a {type(thing).__name__}, and cannot be called with x.")
    _require_one_argument(instance, asked)
    _require_no_parameters(instance, asked)
    name = asked.rpartition(":")[2]
    function, dtype = _opaque(name, instance)
    function(probe_points()[:4], dtype)
    _require_no_parameters(instance, asked)  # a Keras layer makes its weights when it is first called
    require_activation(function, dtype)
    formula = recognised(function, _hints(instance), exact_attributes(_attributes(instance)), dtype)
    return AuditSubject(
        name=name,
        asked=asked,
        source="callable",
        activation=formula,
        function=function,
        recognised=None if formula is None else formula.name,
    )


def _made_by(thing: Any, library: str) -> bool:
    """Whether the object, its class or one of its bases was defined in the library; imports nothing."""
    kinds = type.mro(thing) if isinstance(thing, type) else type(thing).__mro__
    modules = [getattr(thing, "__module__", None), *(kind.__module__ for kind in kinds)]
    return any(str(module).partition(".")[0] in (library, f"{library}lib") for module in modules)


def _instance(thing: Any, asked: str) -> Any:
    """A layer made with its defaults, if what is given is the class of it."""
    if not isinstance(thing, type):
        return thing
    if not any(_made_by(thing, library) for library in ("torch", "keras")):
        raise InvalidInput(f"{asked} is the class {thing.__name__}; give an instance of it or a function.")
    try:
        with set_apart():
            return thing()
    except FAULTS as fault:
        raise InvalidInput(
            f"{asked}() cannot be made without arguments: {brief_fault(fault)}. Give an instance."
        ) from fault


def _require_one_argument(function: Any, asked: str) -> None:
    """One argument must do. A ufunc says how many it takes; what has no signature is found out by the call."""
    if isinstance(getattr(function, "nin", None), int):
        needed = int(function.nin)
    else:
        try:
            parameters = signature(function).parameters.values()
        except (TypeError, ValueError):
            return
        positional = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
        needed = sum(p.kind in positional and p.default is Parameter.empty for p in parameters)
        if needed == 0 and any(p.kind in (*positional, Parameter.VAR_POSITIONAL) for p in parameters):
            return
    if needed != 1:
        raise InvalidInput(
            f"{asked} takes {needed} arguments; an activation takes one. Fix the others with functools.partial."
        )


def _require_no_parameters(thing: Any, asked: str) -> None:
    learnt: list[Any] = []
    if _made_by(thing, "torch") and callable(getattr(thing, "parameters", None)):
        learnt = list(thing.parameters())
    elif _made_by(thing, "keras"):
        learnt = list(getattr(thing, "weights", ()))
    if learnt:
        kind = type(thing).__name__
        raise InvalidInput(
            f"{asked} ({kind}) has {len(learnt)} learnable parameter(s): without their values it is no function."
            " Give the function with the value, such as leaky_relu?negative_slope=0.25."
        )


def _opaque(name: str, function: Callable[[Any], Any]) -> tuple[OpaqueFunction, str]:
    """The function with the backend that can call it, and a dtype at which it has answers."""
    if (keras := _made_by(function, "keras")) or _made_by(function, "torch") or _made_by(function, "jax"):
        own: Backend = Keras() if keras else Jax()
        own = Torch() if not keras and _made_by(function, "torch") else own
        return opaque(name, function, own), "float64"
    faults: list[InvalidInput] = []
    for candidate in _attempts(name, function):
        try:
            candidate(probe_points()[::100])
        except InvalidInput as fault:
            if not isinstance(fault.__cause__, TypeError | ValueError | AttributeError):
                raise  # it took the array; what it did with it is the fault
            faults.append(fault)
        else:
            return candidate, "float64"
    raise faults[0]


def _attempts(name: str, function: Callable[[Any], Any]) -> list[OpaqueFunction]:
    """The ways to call plain code: with arrays of a library that is already loaded, else float by float."""
    loaded = [b for b in (Torch(), Jax()) if b.name in sys.modules]
    arrays = opaque(name, function, NumPy())
    try:
        with set_apart():
            first = function(probe_points()[::100].copy())
    except FAULTS:  # the reason is found again, and told, when `arrays` is tried
        first = None
    if _made_by(first, "jax"):
        return [opaque(name, function, Jax())]
    if _made_by(first, "torch"):
        return [opaque(name, function, Torch())]
    singly = [opaque(name, one_by_one(function), NumPy())] if _takes_floats(function) else []
    return [arrays, *singly, *(opaque(name, function, backend) for backend in loaded)]


def _takes_floats(function: Callable[[Any], Any]) -> bool:
    try:
        with set_apart():
            value = function(0.5)
    except FAULTS:  # as above
        return False
    return isinstance(value, int | float) and not isinstance(value, bool)


def _attributes(function: Any) -> dict[str, Any]:
    given = dict(function.keywords) if isinstance(function, partial) else {}
    return {**getattr(function, "__dict__", {}), **given}


def _hints(function: Any) -> tuple[str, ...]:
    inner = function.func if isinstance(function, partial) else function
    name = str(getattr(inner, "__name__", None) or type(inner).__name__)
    libraries = [library for library in ("torch", "jax", "keras") if _made_by(inner, library)]
    return (*(f"{library}.{name}" for library in libraries), name) if name.isidentifier() else ()


def _name_of(thing: object) -> str:
    if isinstance(thing, Activation | AuditSubject):
        return thing.name
    name = getattr(thing, "__name__", None)
    return str(name) if name else repr(thing)[:60]
