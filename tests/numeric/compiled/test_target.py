"""A module becomes machine code for the processor at hand, and an object file outlives its module."""

import ctypes

import llvmlite.binding as llvm
import pytest
from llvmlite import ir

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.compiled.elementwise import along
from gsdcheck.numeric.compiled.target import assembly, host, jit_library, load, object_code, optimised
from gsdcheck.numeric.compiled.vector_functions import VectorFunctions

TWICE = """
define double @twice(double %x) {
  %y = fadd double %x, %x
  ret double %y
}
"""
MISSING = """
declare double @gsdcheck_has_no_such_function(double)
define double @calls(double %x) {
  %y = call double @gsdcheck_has_no_such_function(double %x)
  ret double %y
}
"""


def call(address: int, x: float) -> float:
    return ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_double)(address)(x)


def test_a_module_becomes_callable() -> None:
    library = jit_library(TWICE, ("twice",))
    assert call(library.address("twice"), 1.25) == 2.5


def test_an_object_file_can_be_loaded_again_and_again() -> None:
    image = object_code(TWICE)
    first, second = load(image, ("twice",)), load(image, ("twice",))
    assert first.address("twice") != second.address("twice")
    assert call(first.address("twice"), 3.0) == call(second.address("twice"), 3.0) == 6.0


def test_vectors_fill_the_widest_registers() -> None:
    module = ir.Module("wide")
    along(module, VectorFunctions(module).function("tanh"), 8)
    features = llvm.get_host_cpu_features()
    if features.get("avx512f"):
        assert "zmm" in assembly(str(module))
        assert "ymm" not in assembly(str(module))
    assert "ymm" in assembly(str(module), "haswell") or not host().startswith("x86_64")


def test_arithmetic_is_not_rewritten() -> None:
    text = """
define double @f(double %x, double %y) {
  %a = fmul double %x, %y
  %b = fadd double %a, 1.0
  %c = fsub double %b, 1.0
  ret double %c
}
"""
    after = str(optimised(text))
    assert [after.count(word) for word in ("fmul", "fadd", "fma", "fast", "contract")] == [1, 2, 0, 0, 0]


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda: jit_library("define nonsense", ()), "not a module of LLVM"),
        (lambda: jit_library(TWICE, ("thrice",)), "cannot be loaded"),
        (lambda: load(b"not an object", ("f",)), "cannot be loaded"),
        (lambda: jit_library(MISSING, ("calls",)), "cannot be loaded"),
        (lambda: jit_library(TWICE, ("twice",)).address("thrice"), "'thrice'"),
    ],
)
def test_what_is_not_code_is_refused(attempt: object, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        attempt()
