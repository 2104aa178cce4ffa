"""Mathematics in sentences, set as HTML: letters in italics, indices low, exponents high.

Statements and proof pages are Unicode text (σ, Wᵀ, x_k, e^{-2E}). What is one letter, or an index, is marked up;
whatever is not recognised stays the text it was, so that nothing is ever said differently.
"""

import re

from markupsafe import Markup, escape

_SCRIPT = r"\{[^{}]{1,40}\}|[A-Za-z0-9αβγωσμ]{1,2}(?![\w])|[*∞]"
_LETTER = r"[A-Za-zα-ωΑ-ΩϕΦ]"
_WORDS = r"W[xyDσΦ]|σW|WD|DW|sσ|kW|hω|ωh"
_BEFORE = r"(?<![^\W²³ᵀ])(?<![.'’/])(?<!\w-)"  # no letter but an exponent, and no part of a name
_AFTER = r"(?=[₀-₉ᵢⱼₖₙ²³ᵀ'′*]*(?:(?<=[²³ᵀ])[A-Zα-ωx]|(?![\w-])))"
_TOKENS = re.compile(
    rf"(?P<base>{_BEFORE}(?:{_WORDS}|{_LETTER})[₀-₉*]?|[)\]‖}}])(?P<mark>[_^])(?P<script>{_SCRIPT})"
    r"|`(?P<code>[^`\n]{1,80})`"
    rf"|{_BEFORE}(?P<letter>{_WORDS}|[b-zB-HJ-Zα-ωΦΣΩ]){_AFTER}"
)


def typeset(text: object) -> Markup:
    """The text as HTML, escaped; `x_{k+1}`, `e^{-x}` single letters and `code` are set."""
    shown, end = [], 0
    source = str(text)
    for found in _TOKENS.finditer(source):
        shown.append(escape(source[end : found.start()]))
        shown.append(_set(found))
        end = found.end()
    return Markup("").join([*shown, escape(source[end:])])


def _set(found: re.Match[str]) -> Markup:
    if found["code"] is not None:
        return Markup("<code>{}</code>").format(found["code"])
    if found["mark"] is None:
        return _variable(found["letter"])
    tag = "sub" if found["mark"] == "_" else "sup"
    script = typeset(found["script"].strip("{}"))
    return _variable(found["base"]) + Markup(f"<{tag}>") + script + Markup(f"</{tag}>")


def _variable(letters: str) -> Markup:
    """Letters in italics, capital Greek and brackets upright."""
    if letters in "ΦΣΩ)]‖}":
        return escape(letters)
    return Markup("<var>{}</var>").format(letters)
