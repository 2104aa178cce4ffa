"""This machine as LLVM sees it: from assembly to object code, and from object code to addresses."""

import itertools
from functools import lru_cache

import llvmlite.binding as llvm

_numbers = itertools.count()
SPEED = 3
"""The optimisation level: LLVM's -O3, without any licence to reorder floating-point arithmetic."""


class Library:
    """Loaded object code; its functions live as long as it does."""

    def __init__(self, jit: llvm.LLJIT, tracker: object, symbols: dict[str, int]) -> None:
        self._jit, self._tracker, self._symbols = jit, tracker, symbols

    def address(self, name: str) -> int:
        """Where the exported function begins."""
        return self._symbols[name]


@lru_cache(maxsize=1)
def _machine() -> llvm.TargetMachine:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=SPEED,
        reloc="pic",
        codemodel="default",
        jit=True,
    )


@lru_cache(maxsize=1)
def host_description() -> str:
    """What object code depends on besides its source: processor, its features, LLVM's version."""
    version = ".".join(map(str, llvm.llvm_version_info))
    features = llvm.get_host_cpu_features().flatten()
    return f"{llvm.get_process_triple()} {llvm.get_host_cpu_name()} {features} LLVM {version} O{SPEED}"


def compile_object(assembly: str) -> bytes:
    """Object code of a module, optimised for this machine."""
    return bytes(_machine().emit_object(_optimised(assembly)))


def machine_code(assembly: str) -> str:
    """The machine's assembly of a module, for reading."""
    return str(_machine().emit_assembly(_optimised(assembly)))


def _optimised(assembly: str) -> llvm.ModuleRef:
    machine = _machine()
    module = llvm.parse_assembly(assembly)
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    module.verify()
    tuning = llvm.create_pipeline_tuning_options(speed_level=SPEED)
    # The code is written in vectors and unrolled where it pays; looking for more only takes time.
    tuning.loop_unrolling = tuning.loop_vectorization = tuning.slp_vectorization = False
    builder = llvm.create_pass_builder(machine, tuning)
    builder.getModulePassManager().run(module, builder)
    return module


def load_object(code: bytes, *exports: str) -> Library:
    """The object code in executable memory, linked to the C library of this process."""
    jit = _jit()
    builder = llvm.JITLibraryBuilder().add_object_img(code).add_current_process()
    for name in exports:
        builder = builder.export_symbol(name)
    tracker = builder.link(jit, f"gsdcheck{next(_numbers)}")
    return Library(jit, tracker, {name: tracker[name] for name in exports})


@lru_cache(maxsize=1)
def _jit() -> llvm.LLJIT:
    _machine()  # LLVM has to know the processor first
    return llvm.create_lljit_compiler()
