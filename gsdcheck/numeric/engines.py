"""Which runner serves a problem: compiled kernels where they can, NumPy for everything."""

from importlib.util import find_spec

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.methods.registry import Method
from gsdcheck.numeric.numpy_runners import NumPyRunner
from gsdcheck.numeric.problem import Problem
from gsdcheck.numeric.runs import Runner

MOST_UNITS = 64
"""Beyond this n a lane's weights leave the caches, and NumPy's matrix products are as fast."""


def runner_for(engine: str, problem: Problem, method: Method) -> Runner:
    """The runner of that name; `auto` is `compiled` where the extra `fast` is installed and it can.

    Raises:
        InvalidInput: no engine of that name, or the compiled one cannot serve the problem, and why.
    """
    if engine not in ("auto", "compiled", "numpy"):
        raise InvalidInput(f"engine is {engine!r}. It is 'auto', 'compiled' or 'numpy'.")
    if engine == "numpy":
        return NumPyRunner()
    obstacle = _obstacle(problem, method)
    if obstacle is None:
        from gsdcheck.numeric.compiled.runner import CompiledRunner

        return CompiledRunner()
    if engine == "compiled":
        raise InvalidInput(f"no compiled kernel: {obstacle}. Use engine='numpy'.")
    return NumPyRunner()


def _obstacle(problem: Problem, method: Method) -> str | None:
    """Why no kernel can be compiled, or None."""
    if find_spec("llvmlite") is None:
        return "llvmlite is not installed (pip install 'gsdcheck[fast]')"
    if problem.activation is None:
        return "the activation is known by its values alone, and a kernel needs its expression"
    if method.tableau is None:
        return f"{method.name} is not an explicit Runge–Kutta method"
    if problem.n > MOST_UNITS:
        return f"n = {problem.n} is beyond {MOST_UNITS}"
    return None
