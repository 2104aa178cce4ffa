from llvmlite import ir
import math

D = ir.DoubleType()


class VectorFunctions:
    def __init__(s, m, l):
        s.m = m
        s.l = l
        s.V = ir.VectorType(D, l)
        s.I = ir.VectorType(ir.IntType(64), l)

    def sp(s, x):
        return ir.Constant(s.V, [ir.Constant(D, x)] * s.l)

    def intr(s, n, k):
        f = f"llvm.{n}.v{s.l}f64"
        if f not in s.m.globals:
            ir.Function(s.m, ir.FunctionType(s.V, [s.V] * k), name=f)
        return s.m.globals[f]

    def power(s, q):
        n = "pow_%s" % str(q).replace("/", "_").replace("-", "m")
        if n in s.m.globals:
            return s.m.globals[n]
        f = ir.Function(s.m, ir.FunctionType(s.V, [s.V]), name=n)
        f.attributes.add("alwaysinline")
        f.linkage = "internal"
        b = ir.IRBuilder(f.append_basic_block())
        r = f.args[0]
        assert q == 2
        b.ret(b.fmul(r, r))
        return f

    def function(s, n):
        if n in s.m.globals:
            return s.m.globals[n]
        f = ir.Function(s.m, ir.FunctionType(s.V, [s.V]), name=n)
        f.attributes.add("alwaysinline")
        f.linkage = "internal"
        b = ir.IRBuilder(f.append_basic_block())
        x = f.args[0]
        if n == "log1p":
            b.ret(x)
            return f
        if n in ("exp", "sinh", "Abs", "log"):
            b.ret(x)
            return f
        fma = lambda a, c, d: b.call(s.intr("fma", 3), [a, c, d])
        c = b.call(s.intr("maxnum", 2), [b.call(s.intr("minnum", 2), [x, s.sp(20.0)]), s.sp(-20.0)])
        magic = 6755399441055744.0
        t = fma(c, s.sp(2 * math.log2(math.e)), s.sp(magic))
        k = b.fsub(t, s.sp(magic))
        r = fma(k, s.sp(-0.6931471803691238 / 2), c)
        r = fma(k, s.sp(-1.9082149292705877e-10 / 2), r)
        r = b.fadd(r, r)
        # poly expm1(r)
        co = [1 / math.factorial(j) for j in range(2, 14)]
        p = s.sp(co[-1])
        for a in reversed(co[:-1]):
            p = fma(p, r, s.sp(a))
        r2 = b.fmul(r, r)
        p = fma(p, r2, r)
        ik = b.shl(b.bitcast(t, s.I), ir.Constant(s.I, [ir.Constant(ir.IntType(64), 52)] * s.l))
        two = b.bitcast(b.add(ik, b.bitcast(s.sp(1.0), s.I)), s.V)
        em = fma(two, p, b.fsub(two, s.sp(1.0)))
        b.ret(b.fdiv(em, b.fadd(em, s.sp(2.0))))
        return f
