"""A script of about ten lines that shows a finding with NumPy alone."""

from gsdcheck.engine.hunt.findings.sources import numpy_source
from gsdcheck.model.expression import Call, nodes
from gsdcheck.model.system import Case, Form, System

_RUNGE_KUTTA = (
    "    p = f(x); q = f(x + dt / 2 * p); r = f(x + dt / 2 * q)",
    "    x = x + dt / 6 * (p + 2 * q + 2 * r + f(x + dt * r))",
)
_STEPS = {
    "step": (
        "y = {argument}",
        "z = {moved}",
        "s = (np.arange(20000)[:, None] + 0.5) / 20000",
        "gain = ((z - y) * sigma(y + s * (z - y)).mean(axis=0)).sum()",
        'print("H after one step of forward Euler minus H before it:", gain)',
    ),
    "spectrum": (
        "y, e = {argument}, 1e-6",
        "slope = (sigma(y + e) - sigma(y - e)) / (2 * e)",
        "J = {jacobian} - leak * np.eye(len(x))",
        'print("eigenvalues of the Jacobian:", np.linalg.eigvals(J))',
    ),
    "orbit": (
        "dt, steps = {dt}, {steps}",
        "for k in range(steps + 1):",
        "    if k % (steps // 10) == 0:",
        '        print(f"t = {{k * dt:8.3f}}  x = {{x}}")',
        *_RUNGE_KUTTA,
    ),
    "drift": (
        "dt, steps, kernel = {dt}, {steps}, np.eye(len(x)) - np.linalg.pinv(W) @ W",
        "for k in range(steps + 1):",
        "    if k % (steps // 10) == 0:",
        '        print(f"t = {{k * dt:8.3f}}  part of x along the kernel of W = {{kernel @ x}}")',
        *_RUNGE_KUTTA,
    ),
    "parting": (
        "b, x = b[:, None], np.stack([x, x + 1e-9 * (np.arange(len(x)) == 0)], axis=1)",
        "dt, steps = {dt}, {steps}",
        "for k in range(steps + 1):",
        "    if k % (steps // 10) == 0:",
        '        print(f"t = {{k * dt:8.3f}}  distance of two orbits = {{np.linalg.norm(x[:, 0] - x[:, 1]):.3e}}")',
        *_RUNGE_KUTTA,
    ),
    "point": ('print("x\' at x:", f(x))',),
}
"""What is shown, by the word that a judge has for it."""


def script(case: Case, shows: str, time: float = 60.0) -> str:
    """The text of a script that anybody with NumPy can run.

    Args:
        shows: step, spectrum, orbit, drift, parting or point.
        time: how long an orbit is followed.
    """
    system = case.system
    steps = max(10, min(400_000, round(time * 50 * max(1.0, _norm(system)))))
    values = {
        "argument": "x" if system.form is Form.OUTER else "W @ x + b",
        "moved": "x + h * f(x)" if system.form is Form.OUTER else "W @ (x + h * f(x)) + b",
        "jacobian": "W * slope" if system.form is Form.OUTER else "slope[:, None] * W",
        "dt": f"{time / steps!r}",
        "steps": str(steps),
    }
    return "\n".join([*_head(case), *(line.format(**values) for line in _STEPS[shows])]) + "\n"


def _head(case: Case) -> list[str]:
    """The network, its state and its field."""
    system, sigma = case.system, case.system.activation.expression
    needs_math = any(isinstance(node, Call) and node.name in ("erf", "erfc") for node in nodes(sigma))
    drive = "W @ sigma(x) + b" if system.form is Form.OUTER else "sigma(W @ x + b)"
    lines = [
        "import numpy as np",
        f"sigma = lambda x: {numpy_source(sigma)} + 0.0 * x",
        f"W = np.array([{', '.join(_row(row) for row in system.W)}])",
        f"x, b, leak = np.array({_row(case.state)}), np.array({_row(system.bias)}), {system.leak}",
        f"f = lambda x: {drive} - leak * x",
    ]
    return [
        *(["import math"] if needs_math else []),
        *lines,
        *([] if case.step is None else [f"h = {case.step}"]),
    ]


def _row(values: tuple[object, ...]) -> str:
    return f"[{', '.join(map(str, values))}]"


def _norm(system: System) -> float:
    return max(float(sum(map(abs, row))) for row in system.W)
