"""Facts of activations derived by hand, with the derivation beside each.

Columns: odd bounded continuous nondecreasing strictly_increasing lipschitz sign_strict sign_weak
zero_only_at_origin. The sign facts are about s σ(s) as σ is given, not shifted to its zero. Functions that are
not defined on the whole line have no facts.
"""

TABLE = {
    # monotone through 0
    "x/2": "T F T T T T T T T",  # linear
    "2*x + sin(x)": "T F T T T T T T T",  # slope in [1, 3]
    "asinh(x)": "T F T T T T T T T",  # slope (1 + x²)^(-1/2) in (0, 1]; grows like log 2x
    "tanh(x)/2": "T T T T T T T T T",  # as tanh
    "x + x**3": "T F T T T F T T T",  # slope 1 + 3 x²
    "x**5": "T F T T T F T T T",  # flat at 0: slope 5 x⁴
    "x/sqrt(1 + x**2)": "T T T T T T T T T",  # slope (1 + x²)^(-3/2)
    "x*sqrt(1 + x**2)": "T F T T T F T T T",  # slope (1 + 2 x²)/sqrt(1 + x²), like 2 |x|
    "x*exp(x**2)": "T F T T T F T T T",  # slope (1 + 2 x²) exp(x²)
    "tanh(x**3)": "T T T T T T T T T",  # slope 3 x² sech²(x³), continuous and 0 at infinity
    "tanh(sinh(x))": "T T T T T T T T T",  # slope cosh x sech²(sinh x): 0 at infinity
    "x*Abs(x)": "T F T T T F T T T",  # slope 2 |x|
    "sign(x)*log1p(Abs(x))": "T F T T T T T T T",  # slope 1/(1 + |x|), also at 0
    "x + Abs(x)/2": "F F T T T T T T T",  # slopes 3/2 and 1/2
    "x + tanh(x)": "T F T T T T T T T",  # slope in (1, 2]
    # touching slopes and cancellation
    "x - tanh(x)": "T F T T T T T T T",  # slope tanh² in [0, 1)
    "x - atan(x)": "T F T T T T T T T",  # slope x²/(1 + x²)
    "sinh(x) - x": "T F T T T F T T T",  # slope cosh - 1
    "x - sin(x)": "T F T T T T T T T",  # slope 1 - cos x in [0, 2], isolated zeros
    "x + sin(x)": "T F T T T T T T T",  # slope 1 + cos x
    "x + sin(2*x)/2": "T F T T T T T T T",  # slope 1 + cos 2x
    "x + sin(x)**2": "F F T T T T T T T",  # snake: slope 1 + sin 2x; x + sin² x > 0 for x > 0, as |sin² x| < |x|
    "atan(x) - x/(1 + x**2)": "T T T T T T T T T",  # slope 2 x²/(1 + x²)²
    "tanh(x) - x/(1 + x**2)": "T T T T T T T T T",  # (1 - x²) cosh² x ≤ 1 < (1 + x²)², x ≠ 0
    "expm1(x) - x": "F F T F F F F F T",  # > 0 for x ≠ 0, falls left of 0
    "tanh(x) - x/2": "T F T F F T F F F",  # slope -1/2 at infinity; tanh 2 < 1, zero near 1.915
    "sin(x) - x": "T F T F F T F F T",  # minus x - sin x
    # flat, jumps and kinks
    "Max(0, x - 1) + Min(0, x + 1)": "T F T T F T F T F",  # softshrink: 0 on [-1, 1]
    "Max(-1, Min(1, x**3))": "T T T T F T T T T",  # 1 beyond 1; slope ≤ 3
    "Max(tanh(x), x/2)": "F F T T T T T T T",  # of two increasing; equal at 1.915; f(1) = tanh 1, f(-1) = -1/2
    "Abs(x)": "F F T F F T F F T",  # s |s| < 0 at s = -1
    "Abs(x**2 - 2)": "F F T F F F F F F",  # 2 at 0, zeros ±√2
    "Abs(sin(x))": "F T T F F T F F F",  # infinitely many kinks, 1-Lipschitz, zero at π
    "Max(sin(x), 0)": "F T T F F T F F F",  # s f(s) < 0 at -3π/2; 0 on intervals
    "x*Abs(sin(x))": "T F T F F F F T F",  # slope |sin x| + x sign(sin) cos x, near kπ of size kπ
    "sqrt(Abs(x))": "F F T F F F F F T",  # a cusp
    "sign(x)*sqrt(Abs(x))": "T F T T T F T T T",  # slope ∞ at 0
    "sign(x)": "T T F T F F T T T",  # a jump
    "x + sign(x)": "T F F T T F T T T",  # an upward jump
    "x - sign(x)": "T F F F F F F F F",  # a downward jump, zeros at ±1
    "Piecewise((1, x > 0), (-1, True))": "F T F T F F T T F",  # -1 at 0: no zero; f(0) ≠ -f(0)
    "Piecewise((x, x < 1), (x + 1, True))": "F F F T T F T T T",  # f(1) = 2, f(-1) = -1
    "Piecewise((x, x < 1), (2 - x, True))": "F F T F F T F F F",  # a tent, zero at 2
    "Piecewise((x**2, x > 0), (x, True))": "F F T T T F T T T",  # slope 2 x unbounded
    "Max(x, 0)**2": "F F T T F F F T F",  # slope 2 max(x, 0)
    # not monotone, signed
    "x/(1 + x**4)": "T T T F F T T T T",  # falls beyond 3^(-1/4)
    "x*exp(-Abs(x))": "T T T F F T T T T",  # slope (1 - |x|) exp(-|x|) in [-e^-2, 1]
    "x**3*exp(-x**2)": "T T T F F T T T T",  # triple zero at 0, falls beyond √(3/2)
    "tanh(x)*(2 + sin(x))": "F T T F F T T T T",  # within 3; slope ~ cos x for large x; f(x) + f(-x) = 2 tanh x sin x
    "x*(2 + cos(x))": "T F T F F F T T T",  # slope 2 + cos x - x sin x takes both signs without bound
    "tanh(x) + sin(50*x)/1000": "T T T F F T T T T",  # slope 0.05 cos 50x at large x; |sin 50x| < 1000 tanh x
    # other signs and zeros
    "-tanh(x)": "T T T F F T F F T",  # falls
    "x*cos(x)": "T F T F F F F F F",  # slope cos x - x sin x; zero at π/2, negative at 3
    "sin(x**2)": "F T T F F F F F F",  # slope 2 x cos x²; even; zero at √π
    "sin(x)*exp(-x**2)": "T T T F F T F F F",  # slope bounded by 1 + 2 |x| exp(-x²); zero at π
    "cos(x)": "F T T F F T F F F",  # even, 1 at 0
    "x**2": "F F T F F F F F T",  # s³ < 0 for s < 0
    "x**2*exp(-x)": "F F T F F F F F T",  # unbounded on the left
    "x*(x - 1)*(x - 2)": "F F T F F F F F F",  # f(3/2) < 0
    "x*(x - 1)**2": "F F T F F F F T F",  # touches 0 at 1
    "x*(x - 1)**2*(x + 1)**2": "T F T F F F F T F",  # touches at ±1; 0 at 0 and 1, > 0 between
    "x*((x - 1)**2 - 1/1000000000000)": "F F T F F F F F F",  # s f(s) < 0 on (1 - 1e-6, 1 + 1e-6), f(1) < 0
    "tanh(x - 100000)": "F T T T T T F F F",  # the zero is 100000; f(1) < 0
    "tanh(x - 1) + tanh(1)": "F T T T T T T T T",  # increasing, 0 at 0; f(1) = tanh 1, f(-1) = tanh 1 - tanh 2
    "exp(x) - 2": "F F T T T F F F F",  # the zero is log 2; f(1/2) < 0
    "x - cos(x)": "F F T T T T F F F",  # slope 1 + sin x, isolated zeros; f(0) = -1, f(1/2) < 0
    "x + 1": "F F T T T T F F F",  # f(-1/2) > 0
    "1 + tanh(x)": "F T T T T T F F F",  # in (0, 2)
    "exp(-x**2)": "F T T F F T F F F",  # > 0
    "x*(1 + x)*(2 - x)": "F F T F F F F F F",  # negative at 3
    "x*exp(x)": "F F T F F F T T T",  # falls left of -1, slope (1 + x) exp x
    "x*(1 + tanh(x))": "F F T F F T T T T",  # 2 x/(1 + exp(-2x)), the slope below 0 at -2
    "log1p(x**2)": "F F T F F T F F T",  # slope 2 x/(1 + x²) in [-1, 1]; even, > 0
    "x/(1 + log1p(x**2))": "T F T T T T T T T",  # with u = 1 + x²: slope ∝ log u - 1 + 2/u ≥ log 2
}
UNDEFINED = ("log(x)", "1/x", "sqrt(x)", "log1p(x)", "tanh(1/x)", "x**(1/3)", "1/(x**2 - 2)", "dilog(x)")

QUANTITIES = {  # a decimal, or inf for none finite
    ("x**5", "zero"): "0",
    ("exp(x) - 2", "zero"): "0.69314718055994530942",  # log 2
    ("tanh(x - 100000)", "zero"): "100000",
    ("x - cos(x)", "zero"): "0.73908513321516064166",  # the fixed point of cos
    ("x*(x - 1)**2", "well_depth"): "0.083333333333333333333",  # ∫₀¹ = 1/4 - 2/3 + 1/2
    ("x*(x - 1)**2", "escape_energy"): "inf",  # Φ ~ x⁴/4
    ("x*(1 + x)*(2 - x)", "escape_energy"): "0.41666666666666666667",  # Φ(-1) = 5/12 < Φ(2) = 8/3
    ("x*(1 + x)*(2 - x)", "slope_at_zero"): "2",
    ("x/(1 + x**4)", "escape_energy"): "0.78539816339744830962",  # atan(x²)/2 to π/4
    ("x/(1 + x**4)", "slope_at_zero"): "1",
    ("x*exp(-Abs(x))", "escape_energy"): "1",  # ∫₀^∞ x exp(-x)
    ("x*exp(-Abs(x))", "well_depth"): "1",
    ("x*exp(-Abs(x))", "bound"): "0.36787944117144232160",  # 1/e at 1
    ("x**3*exp(-x**2)", "escape_energy"): "0.5",  # ∫₀^∞ x³ exp(-x²)
    ("x**3*exp(-x**2)", "slope_at_zero"): "0",
    ("tanh(x)/2", "bound"): "0.5",
    ("x - tanh(x)", "lipschitz_constant"): "1",  # sup tanh²
    ("x - sin(x)", "lipschitz_constant"): "2",  # at π
    ("-tanh(x)", "escape_energy"): "0",  # the well is {0}
    ("Abs(x)", "escape_energy"): "0",  # Φ ≥ 0 right, the well ends at 0 on the left
}
