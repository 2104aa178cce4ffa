"""A finding in a sentence: plain, and with LaTeX."""

from gsdcheck.certify.subject import describe, read_subject
from gsdcheck.engine.hunt.findings.sources import latex, latex_number
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.model.system import Case, Form, Matrix, Vector


def sentence(case: Case, mechanism: str) -> str:
    """ "For σ = sin(x), W = [[0, 1], [-1, 0]], …: one step of forward Euler lowers the energy." """
    return f"For {describe(read_subject(plain_case(case)))}: {mechanism.rstrip('.')}."


def latex_sentence(case: Case, mechanism: str) -> str:
    """The same, every number and σ in LaTeX."""
    system, parts = case.system, []
    parts.append(rf"\sigma(x) = {latex(system.activation.expression)}")
    parts.append(f"W = {_matrix(system.W)}")
    if system.leak:
        parts.append(rf"\gamma = {latex_number(system.leak)}")
    if any(system.bias):
        parts.append(f"b = {_vector(system.bias)}")
    parts.append(f"x_0 = {_vector(case.state)}")
    if case.step is not None:
        parts.append(f"h = {latex_number(case.step)}")
    form = (
        r"$x' = -\gamma x + W\sigma(x) + b$"
        if system.form is Form.OUTER
        else r"$x' = -\gamma x + \sigma(Wx + b)$"
    )
    given = ", ".join(f"${part}$" for part in parts)
    return f"In the {system.form} form, {form}, with {given}: {mechanism.rstrip('.')}."


def _matrix(W: Matrix) -> str:
    rows = r" \\ ".join(" & ".join(map(latex_number, row)) for row in W)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def _vector(v: Vector) -> str:
    return rf"({', '.join(map(latex_number, v))})"
