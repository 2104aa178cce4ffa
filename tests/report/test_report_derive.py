"""A derivation in words: formulas as text and LaTeX, the views of the terminal, HTML and Markdown."""

import copy
import json
import math
import re

import pytest
from rich.console import Console

from gsdcheck.engine.derive import derive
from gsdcheck.errors import InvalidInput
from gsdcheck.model.parser import parse
from gsdcheck.report.derivation_text import derivation_sections
from gsdcheck.report.derive_view import print_derivation
from gsdcheck.report.expression_latex import expression_latex
from gsdcheck.report.formulas import formula_latex, formula_text, rational_latex
from gsdcheck.report.html import render_html
from gsdcheck.report.latex import derivation_latex
from gsdcheck.report.markdown import has_markdown, render_markdown
from gsdcheck.report.sentence_latex import sentence_latex
from gsdcheck.report.write import write_report

HOSTILE = "<script>alert(1)</script>`\n\\end{align*}"
CROSS = "[[0, -1, 1], [1, 0, -1], [-1, 1, 0]]"


@pytest.fixture(scope="module")
def made():
    return {
        "cross": derive(CROSS, state="3,1,0"),
        "leaky": derive("[[0, 1], [-2, 0]]", activation="gelu", leak="1/3", bias="1/2,0", degree=1),
        "inner": derive("[[0, 1], [-1, 0]]", form="inner", leak="1/3", bias="1,2", degree=1),
        "relu": derive("[[0, 1], [-1, 0]]", activation="relu", bias="1,1", degree=1),
        "sin": derive("[[0, 1], [-1, 0]]", activation="sin", form="inner", degree=1),
        "none": derive("[[-1]]", degree=1),
        "quotient": derive("[[-1, 0], [0, -1]]", activation="identity", degree=1),
        "tilted": derive("[[3, -6], [1, -2]]", state="0,0", degree=1),
        "long": derive("[[0, 1e-300], [-1e-300, 0]]", degree=1),
        "rest": derive("[[0]]", degree=1),
        "bias": derive("[[0, 1], [-1, 0]]", bias="1/3,1/2", degree=1),
        "golden": derive("[[0,1,0,0],[-1,0,1,0],[0,-1,0,1],[0,0,-1,0]]"),
    }


def shown(record, width=80):
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        print_derivation(record, console, record_path="r.json")
    return captured.get()


def lines(record, title):
    return next((found for name, found in derivation_sections(record) if name.startswith(title)), [])


FORMULA = [["-1", [["v", 1, 2], ["v", 2, 1]]], ["1/2", [["x", 3, 1]]], ["3", []]]


def test_a_formula_is_read_as_it_is_written():
    assert formula_text(FORMULA) == "-v1**2*v2 + 1/2*x3 + 3"
    assert formula_text([]) == formula_latex([]) == "0"
    assert formula_text([["1", [["u", None, 1]]]]) == "u_i"
    assert formula_text([["2", [["log", [["1", []], ["-1", [["v", 1, 1]]]], 1]]]]) == "2*log|1 - v1|"
    assert formula_latex(FORMULA) == r"-v_{1}^{2} v_{2} + \tfrac{1}{2} x_{3} + 3"
    assert rational_latex("-2/3") == r"-\tfrac{2}{3}"


@pytest.mark.parametrize(
    ("potential", "text"),
    [
        ("Φ(x)", "2*Φ(x1)"),
        ("log(cosh(x))", "2*log(cosh(x1))"),
        ("expm1(y)-y", "2*(expm1(y1)-y1)"),
        ("x**2/2", "2*(x1**2/2)"),
    ],
)
def test_a_potential_stands_at_its_unit(potential, text):
    assert formula_text([["2", [["Phi", 1, 1]]]], potential) == text


def test_a_long_formula_is_cut_with_the_number_of_its_terms():
    terms = [["1", [["v", i, 1]]] for i in range(1, 99)]
    assert formula_text(terms).endswith("v60 + … (98 terms)")


def test_the_sections_of_a_network_known_by_hand(made):
    found = made["cross"]
    assert lines(found, "Polynomial form") == ["x' = f, f = W v", "v = tanh(x), v_i' = (1 - v_i**2) f_i"]
    assert lines(found, "Darboux") == [
        "F = 1 - v_i, K = (-1 - v_i) f_i, i = 1, …, 3",
        "F = 1 + v_i, K = (1 - v_i) f_i, i = 1, …, 3",
    ]
    assert lines(found, "Constant") == ["(1 - v1)*(1 - v2)*(1 - v3)", "(1 + v1)*(1 + v2)*(1 + v3)"]
    assert "H = log(cosh(x1)) + log(cosh(x2)) + log(cosh(x3))   (energy)" in lines(found, "First integrals")
    assert "C1 = x1 + x2 + x3   (Casimir)" in lines(found, "First integrals")
    assert lines(found, "Jacobian")[0] == "det(λ - J) = λ**3 + (d1*d2 + d1*d3 + d2*d3)*λ"
    assert lines(found, "Equilibria")[:2] == [
        "σ(x) = t1 (1, 1, 1)",
        "x1 + x2 + x3 as at x₀, on the leaf of x₀",
    ]
    assert re.fullmatch(r"x1 in \[1\.33333\d*, 1\.33333\d*\]", lines(found, "Equilibria")[3])


def test_leak_bias_and_the_inner_form_are_written_into_the_field(made):
    assert lines(made["leaky"], "Polynomial form")[:2] == ["x' = f, f = W s - 1/3*x + b", "b = (1/2, 0)"]
    assert lines(made["inner"], "Polynomial form")[0] == "y' = f, f = W v - 1/3*y + 1/3*b, y = W x + b"
    assert lines(made["relu"], "Polynomial form")[-1] == "s_i = σ(x_i), of which no derivative is used"
    assert "v_i**2 = 1 - u_i**2" in lines(made["sin"], "Polynomial form")
    assert lines(made["leaky"], "Jacobian")[0] == "det(λ - J) = (λ + 1/3)**2 + 2*d1*d2"
    assert lines(made["none"], "First integrals") == ["none"]
    assert lines(made["quotient"], "First integrals") == ["I1 = -log|x1| + log|x2|   (logarithms)"]
    assert lines(made["none"], "Jacobian")[0] == "det(λ - J) = λ + d1"
    assert "H = Φ(x1) + Φ(x2) - x1 + x2   (energy)" in lines(made["relu"], "First integrals")
    assert lines(made["relu"], "Equilibria") == ["σ(x) = (1, -1)"]


def weights(n, entry):
    return json.dumps([[entry(i, j) for j in range(n)] for i in range(n)])


@pytest.mark.parametrize("n", [7, 8])
def test_the_jacobian_polynomial_of_a_path_is_printed_with_its_matchings(n):
    """Of a path a minor is the product over a matching; k edges without a common end: C(n - k, k) of them."""
    line = lines(derive(weights(n, lambda i, j: (j == i + 1) - (j == i - 1)), degree=0), "Jacobian")[0]
    assert line.startswith(f"det(λ - J) = λ**{n} + (d1*d2 + d2*d3")
    products = re.findall(r"d\d(?:\*d\d)+", line)
    assert len(products) == sum(math.comb(n - k, k) for k in range(1, n // 2 + 1))


@pytest.mark.parametrize(
    ("n", "says"),
    [
        (8, "det(λ - J) has 128 terms in d_1, …, d_8, which are in the record and in derivation.tex"),
        (9, "det(λ - J) in d_1, …, d_9 is not written out: 9 units are too many"),
    ],
)
def test_a_jacobian_polynomial_that_is_not_printed_is_said_to_be_elsewhere(n, says):
    """Of a skew W without zeros the minors are the 2⁷ of an even number of the 8 units."""
    record = derive(weights(n, lambda i, j: (j > i) - (j < i)), degree=0)
    assert lines(record, "Jacobian")[0] == says
    if n == 8:
        assert sum(map(len, record["derivation"]["jacobian"]["coefficients"])) == 2**7


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_terminal_view_keeps_to_its_width(made, width):
    for record in made.values():
        text = shown(record, width)
        within = [line for line in text.splitlines() if not line.startswith("Reproduce with:")]
        assert max(map(len, within)) <= width
        assert "What follows" in text


def test_the_terminal_view_ends_with_what_reproduces_it(made):
    text = shown(made["golden"])
    assert "Reproduce with: gsdcheck replay r.json" in text
    assert "proved  darboux-polynomials-give-first-integrals +4 cases" in text
    assert "I1 = -v1**2 - 2*v1*v3" in text
    assert "equilibrium" not in text.split("Quantity")[1].split("What follows")[0]


@pytest.mark.parametrize("name", ["cross", "leaky", "inner", "relu", "sin", "none", "quotient", "golden"])
def test_latex_is_balanced_and_names_every_integral(made, name):
    text = derivation_latex(made[name])
    assert text.count(r"\begin{align*}") == text.count(r"\end{align*}") >= 2
    assert text.count("{") == text.count("}")
    assert text.count(r"\left") == text.count(r"\right")
    for entry in made[name]["derivation"]["integrals"]:
        head = entry["name"] if entry["name"] == "H" else f"{entry['name'][0]}_{{{entry['name'][1:]}}}"
        assert f"  {head} &=" in text


@pytest.mark.parametrize(
    "name", ["cross", "leaky", "inner", "relu", "sin", "none", "golden", "tilted", "long"]
)
def test_latex_is_read_as_mathematics(made, name):
    """By matplotlib's parser, row by row; it knows no \\tfrac, which is a small \\frac."""
    from matplotlib.mathtext import MathTextParser

    parser, text = MathTextParser("path"), derivation_latex(made[name]).replace(r"\tfrac", r"\frac")
    rows = re.findall(r"^  (?!\\item)(.+?)(?: \\\\)?$", text, re.MULTILINE)
    items = re.findall(r"^  \\item (.+)$", text, re.MULTILINE)
    assert len(rows) > 5
    assert len(items) == len(made[name]["follows"])
    for row in rows:
        parser.parse(f"${row.replace('&', ' ')}$")
    for item in items:
        parser.parse(item)
        assert item.isascii()


def test_a_row_that_is_no_mathematics_is_seen():
    from matplotlib.mathtext import MathTextParser

    with pytest.raises(ValueError, match=r"ParseException|Expected"):
        MathTextParser("path").parse(r"$\dot x = \frac{1}$")


LATEX = {
    "cross": [
        r"W^{\top} &= -W",
        r"periodic orbits only} \text{, with the period } \frac{2 \pi}{\sqrt{3}}",
        r"&= \lambda^{3} + 3 \lambda \quad \text{where all } d_i = \sigma'(0) = 1",
        r"\sigma(x) &= t_{1} (1, 1, 1)",
        r"\text{the equilibrium on the leaf of } x_0 = (3, 1, 0)",
        r"x_{1} &\in [1.333333",
        r"\item Up to degree 4, no further first integral",
        r"$C_{1}$ and H commute for \{I, J\} = $\nabla I^{\top}$",
    ],
    "leaky": [
        r"\operatorname{diag}(1, \tfrac{1}{2}) \, W & \text{ is skew}",
        r"(\lambda + \tfrac{1}{3})^{2}",
    ],
    "tilted": [
        r"\operatorname{diag}(d) \, W & \text{ is skew for no } d > 0",
        r"W & \text{ is not similar to a skew matrix}",
        r"has an orbit that is unbounded for } t \geq 0",
        r"&= \lambda^{2} - \lambda \quad",
        r"\text{an equilibrium on the leaf of } x_0 = (0, 0) \text{; there may be others}",
    ],
    "long": [r"with a period in } [6283185307179 \cdot 10^{288}, 628318530718 \cdot 10^{289}]"],
    "quotient": [r"has orbits that are all bounded, for } t \geq 0", r"$-W^{-1}b$"],
    "golden": [r"\dot x = W x & \text{ has bounded orbits only}", r"&= \lambda^{4} + 3 \lambda^{2} + 1"],
    "rest": [r"periodic orbits only} \text{, all at rest}"],
    "bias": [
        r"\text{the equilibrium on the leaf of } x_0 = 0",
        r"\sigma(x) &= (\tfrac{1}{2}, -\tfrac{1}{3})",
    ],
}


@pytest.mark.parametrize("name", LATEX)
def test_latex_has_what_the_text_has(made, name):
    text = derivation_latex(made[name])
    assert [part for part in LATEX[name] if part not in text] == []


@pytest.mark.parametrize("text", [r"1}\input{x}", "1/2/3", "x", "", "1.5"])
def test_a_number_that_is_none_is_no_latex(made, text):
    with pytest.raises(InvalidInput, match="unexpected"):
        rational_latex(text)
    record = copy.deepcopy(made["cross"])
    record["quantities"]["equilibrium"]["enclosure"][0][0] = text + "e"
    with pytest.raises(InvalidInput, match="unexpected"):
        derivation_latex(record)


@pytest.mark.parametrize(
    ("sentence", "latex"),
    [
        ("σ(x) = -W⁻¹b, so", r"$\sigma(x)$ = $-W^{-1}b$, so"),
        ("σ(x2) = -1", r"$\sigma(x_{2})$ = -1"),
        ("(5 unknowns over ℚ).", r"(5 unknowns over $\mathbf{Q}$)."),
        ("γx = σ(Wx + b)", r"$\gamma x$ = $\sigma(Wx$ + b)"),
        ("the period 2*pi/sqrt(3).", r"the period $\frac{2 \pi}{\sqrt{3}}$."),
        ("kᵀW = 0, d > 0", r"$k^{\top}W$ = 0, d $>$ 0"),
        (r"100% \input{x} a_b pi\x", r"100\% \textbackslash{}input\{x\} $a_b$ pi\textbackslash{}x"),
    ],
)
def test_a_sentence_is_set_with_its_mathematics(sentence, latex):
    assert sentence_latex(sentence) == latex


def test_latex_says_log_cosh_and_the_leak(made):
    assert r"H &= \log \cosh x_{1} + \log \cosh x_{2} + \log \cosh x_{3}" in derivation_latex(made["cross"])
    assert r"\dot y &= f = W \sigma(y) - \tfrac{1}{3} (y - b)" in derivation_latex(made["inner"])
    assert r"\dot x &= f = W \sigma(x) - \tfrac{1}{3} x + b" in derivation_latex(made["leaky"])
    assert r"(\lambda + \tfrac{1}{3})^{2} + 2 d_{1} d_{2}" in derivation_latex(made["leaky"])
    assert r"\Phi(x_{1})" in derivation_latex(made["relu"])


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("log(cosh(x))", r"\log \cosh x"),
        ("exp(-x**2)/2", r"\tfrac{1}{2} \exp\left(-{x}^{2}\right)"),
        ("x/sqrt(1+x**2)", r"\frac{x}{\sqrt{{x}^{2} + 1}}"),
        ("sin(x)**2", r"\left(\sin x\right)^{2}"),
        ("atan(x)*pi", r"\arctan\left(x\right) \pi"),
        ("Abs(x)-E", r"\left|x\right| - \mathrm{e}"),
        ("Max(x, 0)", r"\max\left(x, 0\right)"),
        ("erf(x)", r"\operatorname{erf}\left(x\right)"),
        ("(x+1)*x", r"\left(x + 1\right) x"),
        ("x**(-1)", r"\frac{1}{x}"),
        ("x**(-2)*3", r"\frac{3}{{x}^{2}}"),
    ],
)
def test_an_expression_is_written_as_mathematics(text, latex):
    found = expression_latex(parse(text), "x")
    assert found.count("{") == found.count("}")
    assert found == latex


def test_a_piecewise_expression_is_written_in_cases():
    found = expression_latex(parse("Piecewise((x, x > 0), (0, True))"), "x_i")
    assert found == r"\begin{cases} x_i & x_i > 0 \\ 0 & \text{else} \end{cases}"
    with pytest.raises(TypeError):
        expression_latex("x", "x")  # type: ignore[arg-type]


def test_a_hostile_name_stays_text(made):
    record = copy.deepcopy(made["cross"])
    record["subject"]["name"] = HOSTILE
    record["follows"][0] = HOSTILE
    page, markdown, latex = render_html(record), render_markdown(record), derivation_latex(record)
    assert "<script>alert" not in page
    assert "<script" not in markdown
    first, *rest = latex.splitlines()
    assert first.startswith("% ")
    assert HOSTILE.splitlines()[1] in first  # in the comment, where it ends nothing
    assert "".join(rest).count(r"\begin{align*}") == "".join(rest).count(r"\end{align*}")


def test_the_page_and_the_markdown_hold_the_integrals(made):
    record = made["golden"]
    assert has_markdown(record)
    for text in (render_html(record), render_markdown(record)):
        assert "I1 = -v1**2" in text
        assert "completely integrable" in text


def test_the_report_folder_holds_page_markdown_and_latex(made, tmp_path):
    write_report(tmp_path, made["cross"])
    assert {path.name for path in tmp_path.iterdir()} == {
        "record.json",
        "report.html",
        "report.md",
        "derivation.tex",
    }
    assert (tmp_path / "derivation.tex").read_text(encoding="utf-8") == derivation_latex(made["cross"])
