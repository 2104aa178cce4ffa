"""The coefficients of the polynomials, and digits of ln 2 and π, as float64 in hexadecimal.

Each polynomial is the one of its degree that is nearest to the function in the sense that its docstring names
(minimax, by Remez' exchange with 50 digits); then each coefficient is rounded. The tests find the coefficients
again, and hold the polynomials as they stand, rounding included, to the errors that are stated.
"""

from typing import TypeAlias

Coefficients: TypeAlias = tuple[float, ...]
"""Of a polynomial, the constant first."""


def _rounded(text: str) -> Coefficients:
    return tuple(float.fromhex(word) for word in text.split())


LOG2_E = float.fromhex("0x1.71547652b82fep+0")
"""1 / ln 2."""

LN2_HIGH = float.fromhex("0x1.62e42fefa39efp-1")
"""ln 2."""

LN2_LOW = float.fromhex("0x1.abc9e3b39803fp-56")
"""ln 2 - LN2_HIGH."""

TWO_OVER_PI = float.fromhex("0x1.45f306dc9c883p-1")
"""2 / π."""

HALF_PI_PARTS = _rounded("0x1.921fb54442d18p+0 0x1.1a62633100000p-54 0x1.1701b839a2520p-88")
"""π/2 = the sum of three, the second of 33 bits only, to 2^-141."""

HALF_PI_LOW = float.fromhex("0x1.1a62633145c07p-54")
"""π/2 less the first of its parts."""

ZETA_2 = float.fromhex("0x1.a51a6625307d3p+0")
"""π²/6."""

EXPM1 = _rounded(
    "0x1.0000000000005p-1 0x1.5555555555539p-3 0x1.55555555522b8p-5 0x1.1111111118fb8p-7"
    " 0x1.6c16c17edbab5p-10 0x1.a01a017512e02p-13 0x1.a019a76f3fd5ap-16 0x1.71de8807b812ep-19"
    " 0x1.28a1dfff6ea00p-22 0x1.ae6baa032b6ccp-26"
)
"""q with e^r - 1 = r + r² q(r) for |r| ≤ ln 2 / 2, relative error 4e-17."""

TANH = _rounded(
    "-0x1.55555555554bdp-2 0x1.11111110e0b9bp-3 -0x1.ba1ba11712fa7p-5 0x1.664eca00754d0p-6"
    " -0x1.223c7dcc0e2bdp-7 0x1.c385954896215p-9"
)
"""q with tanh r = r + r³ q(r²) for |r| ≤ ln 2 / 4, relative error 5e-18."""

SINH = _rounded(
    "0x1.5555555555559p-3 0x1.111111110f6cep-7 0x1.a01a01afd8fcdp-13 0x1.71ddf871bc016p-19"
    " 0x1.af5e8b9cdc5a6p-26"
)
"""q with sinh r = r + r³ q(r²) for |r| ≤ ln 2 / 2, relative error 1e-18."""

COSH = _rounded(
    "0x1.000000000000bp-1 0x1.55555555500bbp-5 0x1.6c16c185878cbp-10 0x1.a01996e93e327p-16"
    " 0x1.28affc2544424p-22"
)
"""q with cosh r = 1 + r² q(r²) for |r| ≤ ln 2 / 2, relative error 9e-18."""

LOG = _rounded(
    "0x1.5555555555592p-1 0x1.999999997fe76p-2 0x1.24924941e7d2fp-2 0x1.c71c521003495p-3"
    " 0x1.74663db800f95p-3 0x1.39a1d537d6c6ap-3 0x1.2f047fb645249p-3"
)
"""q with 2 atanh s = 2s + s³ q(s²) for |s| ≤ 3 - 2√2, relative error 2e-18."""

SIN = _rounded(
    "-0x1.5555555555548p-3 0x1.111111110f7cap-7 -0x1.a01a019bfd1c0p-13 0x1.71de3567153abp-19"
    " -0x1.ae5e59f782550p-26 0x1.5d8fa39c0b87bp-33"
)
"""q with sin r = r + r³ q(r²) for |r| ≤ π/4, relative error 2e-17."""

COS = _rounded(
    "-0x1.0000000000000p-1 0x1.5555555555539p-5 -0x1.6c16c16c13b9bp-10 0x1.a01a019b2c96fp-16"
    " -0x1.27e4f72ad49f6p-22 0x1.1ee96c5f4686fp-29 -0x1.8f750fd73bd40p-37"
)
"""q with cos r = 1 + r² q(r²) for |r| ≤ π/4, relative error 5e-18."""

ATAN = _rounded(
    "-0x1.555555555553dp-2 0x1.99999999957b0p-3 -0x1.24924922a98d6p-3 0x1.c71c70e4bf3e1p-4"
    " -0x1.745cf8ba34d0bp-4 0x1.3b1116eac411fp-4 -0x1.10eba0fb38560p-4 0x1.df0e0b7f2d034p-5"
    " -0x1.9ccd6431aff35p-5 0x1.37c8a85c3c2eep-5 -0x1.254f064c4047bp-6"
)
"""q with atan r = r + r³ q(r²) for |r| ≤ √2 - 1, relative error 6e-18."""

ERF = _rounded(
    "0x1.06eba8214db68p-3 0x1.45f306dc9c8d9p-1 0x1.a4f4e2a1a9b3dp-4 -0x1.396685908d180p-6"
    " -0x1.b6b6a1cb289b1p-13 0x1.bca691e015c5cp-10 -0x1.35663be11bb62p-11 0x1.b29af7ae63c49p-16"
    " 0x1.0e32f6ad3ffe1p-14 -0x1.f032985b3eabep-16 0x1.a96df130759cbp-19 0x1.a47ecd0efbe20p-19"
    " -0x1.116c6f719f762p-19 0x1.3258e8f5b5544p-21 -0x1.91ff652c49a2cp-27 -0x1.1a56be0356985p-24"
    " 0x1.2917832aa96bcp-25 -0x1.722e1e3e76e54p-27 0x1.446f67c41b381p-29 -0x1.9d8136e440c40p-32"
    " 0x1.7a65d63f56f51p-35 -0x1.d980103546065p-39 0x1.6ba4c5fab7abfp-43 -0x1.02d96c0ec2d1dp-48"
)
"""q with erf a = 1 - e^(-a - a q(a)) for 0 ≤ a ≤ 6, relative error 3e-17."""

ERFC_NEAR = _rounded(
    "0x1.06eba8214da8dp-3 0x1.45f306dc9e04bp-1 0x1.a4f4e29fece91p-4 -0x1.3966850e0be8cp-6"
    " -0x1.b6b95ed213bc3p-13 0x1.bca8d04b46ed9p-10 -0x1.35785975e2eb9p-11 0x1.b7d36a53dc2f8p-16"
    " 0x1.0d2b4615c0915p-14 -0x1.fbcf3bae519fap-16 0x1.736a6e70abce6p-18"
)
"""q with erfc a = e^(-a - a q(a)) for 0 ≤ a ≤ 1/2, relative error 4e-17."""

ERFC = _rounded(
    "0x1.18932bf08e154p+0 -0x1.f3fe31ecb49bfp-1 0x1.8be202d26c6fcp-1 -0x1.14eacb1ad033fp-1"
    " 0x1.52cac23710635p-2 -0x1.645fd8a4bc18cp-3 0x1.38dbd2c8c28fap-4 -0x1.b00c052c1e6bap-6"
    " 0x1.908f473e36aefp-8 -0x1.269b5283b1670p-12 -0x1.dd28516dae002p-12 0x1.72cdad708dfeap-13"
    " -0x1.e7ccf709757cep-19 -0x1.3c6f8dda6af97p-16 0x1.3ae0b77583306p-18 0x1.7e69a07611694p-20"
    " -0x1.c3d251b8d6678p-21 -0x1.46fafcae37511p-24 0x1.fda5ec7a21453p-24 0x1.6d1b9c113a0cbp-30"
    " -0x1.976273682e325p-27"
)
"""q with erfc a = e^(-a²) q(1 - 8 / (a + 4)) / (a + 4) for 1/2 ≤ a ≤ 27.4, relative error 2e-16."""
