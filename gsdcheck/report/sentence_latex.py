"""Sentences of a record in LaTeX: words as they are, what is mathematics in them between dollars."""

import re

from gsdcheck.errors import ExpressionError
from gsdcheck.model.parser import parse
from gsdcheck.report.expression_latex import expression_latex

_SIGNS = {
    "σ": r"\sigma ",
    "Φ": r"\Phi ",
    "γ": r"\gamma ",
    "∇": r"\nabla ",
    "ℚ": r"\mathbf{Q}",
    "ℝ": r"\mathbf{R}",
    "ᵀ": r"^{\top}",
    "₀": "_{0}",
    "⁻¹": "^{-1}",
    "ⁿ": "^{n}",
    "²": "^{2}",
    "·": r"\cdot ",
    "…": r"\ldots ",
    "≈": r"\approx ",
    "≥": r"\geq ",
    "≤": r"\leq ",
    "<": "<",
    ">": ">",
    "|": "|",
    "λ": r"\lambda ",
    "α": r"\alpha ",
    "β": r"\beta ",
}
"""What makes a word mathematics, and how it is written there."""
_SPECIAL = {c: rf"\{c}" for c in "#$%&_{}"}
_SPECIAL |= {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_MARK = re.compile("⁻¹|.", re.DOTALL)
_NAME = re.compile(r"[A-Za-z]_[a-z]|[CHI]\d+")
"""x_i, or a first integral such as C1."""


def sentence_latex(text: str) -> str:
    """The sentence on one line; nothing in it is a command that is not ours."""
    return " ".join(map(_word, text.split()))


def _word(word: str) -> str:
    core = word.rstrip(".,;:")
    core = core.rstrip(")") if "(" not in core else core
    rest = word[len(core) :]
    if re.search(r"\bpi\b", core):
        return _constant(core) + rest
    if any(sign in core for sign in _SIGNS) or _NAME.fullmatch(core):
        return f"${_mathematics(core)}${rest}"
    return "".join(_SPECIAL.get(c, c) for c in word)


def _constant(core: str) -> str:
    """2*pi/sqrt(3)."""
    try:
        return f"${expression_latex(parse(core), 'x')}$"
    except ExpressionError:
        return "".join(_SPECIAL.get(c, c) for c in core)


def _mathematics(core: str) -> str:
    shown = "".join(_SIGNS.get(c) or (c if c == "_" else _SPECIAL.get(c, c)) for c in _MARK.findall(core))
    shown = re.sub(r" (?![A-Za-z])", "", shown)  # a command's end needs a space before a letter only
    return re.sub(r"\b([a-zA-Z])(\d+)", r"\1_{\2}", shown).rstrip()
