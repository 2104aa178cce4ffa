"""The coefficients of the polynomials, as float64 in hexadecimal.

Each is the polynomial of its degree that is nearest to the function in the sense that its docstring names
(minimax, by Remez' exchange with 50 digits; then each coefficient is rounded). Tests find them again, and hold
the polynomials as they stand, rounded coefficients included, against the error that is stated.
"""

Coefficients = tuple[float, ...]


def _rounded(text: str) -> Coefficients:
    return tuple(float.fromhex(word) for word in text.split())


LOG2_E = float.fromhex("0x1.71547652b82fep+0")
"""1/ln 2, the nearest float64."""

LN2_HIGH = float.fromhex("0x1.62e42fefa39efp-1")
"""ln 2, the nearest float64."""

LN2_LOW = float.fromhex("0x1.abc9e3b39803fp-56")
"""ln 2 - LN2_HIGH, the nearest float64."""

EXPM1 = _rounded(
    "0x1.0000000000005p-1 0x1.5555555555539p-3 0x1.55555555522b9p-5 0x1.1111111118f95p-7 0x1.6c16c17edb707p-10"
    " 0x1.a01a01751dd52p-13 0x1.a019a76fdf2b7p-16 0x1.71de87f0079b5p-19 0x1.28a1df719dc8fp-22 0x1.ae6bcf0d595e6p-26"
)
"""q with e^r - 1 = r + r² q(r) for |r| ≤ ln 2 / 2, relative error 2e-17."""

TANH = _rounded(
    "-0x1.55555555554bdp-2 0x1.11111110e0ba5p-3 -0x1.ba1ba1171458bp-5"
    " 0x1.664eca0129f4fp-6 -0x1.223c7df878447p-7 0x1.c3859d8cf1aa5p-9"
)
"""q with tanh r = r + r³ q(r²) for |r| ≤ ln 2 / 4, relative error 5e-18."""

LOG = _rounded(
    "0x1.5555555555592p-1 0x1.999999997fd7dp-2 0x1.24924941f4c2cp-2 0x1.c71c52061edc6p-3"
    " 0x1.74663fa119778p-3 0x1.39a1a6ce2167bp-3 0x1.2f06380a124fcp-3"
)
"""q with 2 atanh s = 2s + s³ q(s²) for |s| ≤ (√2 - 1)/(√2 + 1), relative error 2e-18."""
