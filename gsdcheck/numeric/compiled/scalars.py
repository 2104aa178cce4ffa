"""The C library's functions of one number, lane by lane: for what is rare or has no formula of ours."""

from typing import Any

from llvmlite import ir

from gsdcheck.numeric.compiled.vector import Mask, Vector, select, vector_type

_DOUBLE = ir.DoubleType()


def lane_by_lane(name: str, *arguments: Vector) -> Vector:
    """The C function `name` of each lane's arguments."""
    place = arguments[0].place
    builder, function = place.builder, _declared(place.builder.module, name, len(arguments))
    value = ir.Constant(vector_type(place.lanes), ir.Undefined)
    for lane in range(place.lanes):
        index = ir.Constant(ir.IntType(32), lane)
        numbers = [builder.extract_element(a.value, index) for a in arguments]
        value = builder.insert_element(value, builder.call(function, numbers), index)
    return Vector(place, value)


def rarely(rare: Mask, name: str, x: Vector, usual: Vector) -> Vector:
    """The C function `name` of x where the mask holds, `usual` elsewhere; a branch skips it if no lane asks."""
    builder = rare.place.builder
    before = builder.block
    with builder.if_then(rare.any(), likely=False):
        value = select(rare, lane_by_lane(name, x), usual)
        inside = builder.block
    joined = builder.phi(vector_type(rare.place.lanes), name="joined")
    joined.add_incoming(usual.value, before)
    joined.add_incoming(value.value, inside)
    return Vector(rare.place, joined)


def _declared(module: Any, name: str, count: int) -> Any:
    known = module.globals.get(name)
    return known or ir.Function(module, ir.FunctionType(_DOUBLE, [_DOUBLE] * count), name)
