"""A finding in a sentence: plain, and with LaTeX."""

from fractions import Fraction

from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.subject import describe, read_subject
from gsdcheck.engine.hunt.certification import reads_a_state, stated_orbit
from gsdcheck.engine.hunt.findings.sources import latex, latex_number
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.settlement import Settled
from gsdcheck.model.system import Case, Form, Matrix, Vector


def sentence(settled: Settled) -> str:
    """ "For σ = sin(x), W = [[0, 1], [-1, 0]], …: one step of forward Euler lowers the energy." """
    judged = settled.judgement
    about = describe(read_subject(plain_case(settled.case))) if judged is None else judged.case
    return f"For {about}: {settled.mechanism.rstrip('.')}."


def latex_sentence(settled: Settled) -> str:
    """The same, every number and σ in LaTeX; the state is left out where the theorem speaks of others."""
    judged = settled.judgement
    own = judged is None or reads_a_state(judged)
    return latex_case(settled.case, settled.mechanism, with_state=own, orbit=_orbit(judged))


def _orbit(judged: Judgement | None) -> str:
    """The closed orbit that the certificate follows, in LaTeX; empty without one."""
    stated = {} if judged is None else stated_orbit(judged)
    if not {"start", "along", "parameter"} <= stated.keys():
        return ""
    start, along, ends = (tuple(map(Fraction, stated[key])) for key in ("start", "along", "parameter"))
    low, high = map(latex_number, ends)
    return rf" and the closed orbit through $x(0) = {_vector(start)} + u\,{_vector(along)}$, $u \in [{low}, {high}]$"


def latex_case(case: Case, mechanism: str, *, with_state: bool = True, orbit: str = "") -> str:
    """ "In the outer form, …, with σ(x) = …, W = …, x₀ = …: mechanism." in LaTeX."""
    system, parts = case.system, []
    parts.append(rf"\sigma(x) = {latex(system.activation.expression)}")
    parts.append(f"W = {_matrix(system.W)}")
    if system.leak:
        parts.append(rf"\gamma = {latex_number(system.leak)}")
    if any(system.bias):
        parts.append(f"b = {_vector(system.bias)}")
    if with_state:
        parts.append(f"x_0 = {_vector(case.state)}")
    if case.step is not None:
        parts.append(f"h = {latex_number(case.step)}")
    form = (
        r"$x' = -\gamma x + W\sigma(x) + b$"
        if system.form is Form.OUTER
        else r"$x' = -\gamma x + \sigma(Wx + b)$"
    )
    given = ", ".join(f"${part}$" for part in parts)
    return f"In the {system.form} form, {form}, with {given}{orbit}: {mechanism.rstrip('.')}."


def _matrix(W: Matrix) -> str:
    rows = r" \\ ".join(" & ".join(map(latex_number, row)) for row in W)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def _vector(v: Vector) -> str:
    return rf"({', '.join(map(latex_number, v))})"
