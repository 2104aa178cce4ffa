import llvmlite.binding as llvm

llvm.initialize_native_target()
llvm.initialize_native_asmprinter()


def host_description():
    return llvm.get_host_cpu_name()


def _tm():
    t = llvm.Target.from_default_triple()
    return t.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        reloc="pic",
        codemodel="default",
        jit=True,
    )


def compile_object(text):
    m = llvm.parse_assembly(text.replace("define ", "define "))
    m.triple = llvm.get_process_triple()
    m.verify()
    tm = _tm()
    pto = llvm.create_pipeline_tuning_options(3)
    pb = llvm.create_pass_builder(tm, pto)
    pm = pb.getModulePassManager()
    pm.run(m, pb)
    open("/tmp/x/opt.ll", "w").write(str(m))
    open("/tmp/x/opt.s", "w").write(tm.emit_assembly(m))
    return tm.emit_object(m)


class L:
    def __init__(s, code):
        s.j = llvm.create_lljit_compiler(_tm())
        s.t = (
            llvm.JITLibraryBuilder()
            .add_object_img(code)
            .export_symbol("integrate")
            .add_current_process()
            .link(s.j, "k")
        )

    def address(s, n):
        return s.t[n]


def load_object(code):
    return L(code)
