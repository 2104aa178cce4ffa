"""The processor at hand as LLVM sees it: a module becomes machine code for it, and machine code becomes callable."""

import itertools
from dataclasses import dataclass
from functools import cache
from typing import Any

import llvmlite.binding as llvm

from gsdcheck.errors import InvalidInput

_NUMBERS = itertools.count()


@dataclass(frozen=True, slots=True)
class Library:
    """Machine code in memory, for as long as this object lives."""

    tracker: Any

    def address(self, name: str) -> int:
        """Where the exported function starts, for `ctypes`.

        Raises:
            InvalidInput: the library exports no function of that name.
        """
        try:
            return int(self.tracker[name])
        except KeyError:
            raise InvalidInput(
                f"the library exports no function {name!r}. Name it when it is loaded."
            ) from None


@cache
def host() -> str:
    """The processor and its features: code made for another one of these must not be run here."""
    return f"{llvm.get_default_triple()} {llvm.get_host_cpu_name()} {_features()}"


def optimised(module: str, cpu: str | None = None) -> Any:
    """The module, parsed, verified and optimised (level 3) for this processor, or for LLVM's processor `cpu`.

    Raises:
        InvalidInput: it is not a module of LLVM, with LLVM's own words.
    """
    machine = _machine(cpu)
    try:
        parsed = llvm.parse_assembly(module)
        parsed.verify()
    except RuntimeError as error:
        raise InvalidInput(f"not a module of LLVM: {error}. Print one with str(ir.Module).") from None
    parsed.triple, parsed.data_layout = machine.triple, str(machine.target_data)
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    # the code is written in vectors: a compiler that widens or unrolls it again only spends registers
    tuning.loop_vectorization = tuning.slp_vectorization = tuning.loop_unrolling = False
    builder = llvm.create_pass_builder(machine, tuning)
    builder.getModulePassManager().run(parsed, builder)
    return parsed


def assembly(module: str, cpu: str | None = None) -> str:
    """The machine code in words."""
    return str(_machine(cpu).emit_assembly(optimised(module, cpu)))


def object_code(module: str, cpu: str | None = None) -> bytes:
    """The machine code as an object file, which `load` takes in this process or a later one on the same host."""
    return bytes(_machine(cpu).emit_object(optimised(module, cpu)))


def load(image: bytes, names: tuple[str, ...]) -> Library:
    """The library of an object file that exports the functions of those names.

    Raises:
        InvalidInput: the object does not define them, or calls functions that this process does not have.
    """
    builder = llvm.JITLibraryBuilder().add_object_img(image).add_current_process()
    for name in names:
        builder.export_symbol(name)
    try:
        return Library(builder.link(_linker(), f"gsdcheck{next(_NUMBERS)}"))
    except RuntimeError as error:
        raise InvalidInput(
            f"the object cannot be loaded: {error}. Compile it again on this machine."
        ) from None


def jit_library(module: str, names: tuple[str, ...], cpu: str | None = None) -> Library:
    """The functions of those names of a module, compiled for this processor (or for `cpu`) and loaded."""
    return load(object_code(module, cpu), names)


def _features() -> str:
    """What the processor can do; never 256 bits for choice where there are 512."""
    return f"{llvm.get_host_cpu_features().flatten()},-prefer-256-bit"


@cache
def _machine(cpu: str | None) -> Any:
    _initialize()
    features = _features() if cpu is None else ""
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=cpu or llvm.get_host_cpu_name(),
        features=features,
        opt=3,
        reloc="pic",
        codemodel="default",
        jit=True,
    )


@cache
def _linker() -> Any:
    _initialize()
    return llvm.create_lljit_compiler(None, use_jit_link=False)


@cache
def _initialize() -> None:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
