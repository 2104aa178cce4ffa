"""Our own table: every function that gsdcheck carries, and further names for some of them."""

from gsdcheck.model.library.entry import Entry
from gsdcheck.model.library.pieces import PIECES
from gsdcheck.model.library.reasons import LEARNED, MIXES, RANDOM
from gsdcheck.model.library.sigmoids import SIGMOIDS
from gsdcheck.model.library.smooth import SMOOTH
from gsdcheck.model.library.spelling import Spelling, rectified_at_random

ENTRIES: dict[str, Entry] = {**SMOOTH, **SIGMOIDS, **PIECES}

NAMES: tuple[str, ...] = tuple(
    name for name, entry in ENTRIES.items() if all(value is not None for value in entry.defaults.values())
)
"""The names of the activations that gsdcheck carries and that need no parameter."""

BASIC_NAMES: tuple[str, ...] = (
    "identity", "zero", "tanh", "relu", "leaky_relu", "elu", "gelu", "silu", "softplus", "sigmoid", "softsign",
    "hardtanh", "sin", "atan", "erf", "xgauss", "expm1", "rational_hump", "cube", "sinh", "rectified_tanh",
)  # fmt: skip
"""One function of every kind, all continuous: what claims about any activation are tried on."""

_ALIASES = {
    "linear": "identity",
    "swish": "silu",
    "hard_silu": "hard_swish",
    "relu2": "squared_relu",
    "arctan": "atan",
    "arcsinh": "asinh",
    "exp": "exponential",
    "logistic": "sigmoid",
    "isru": "algebraic_sigmoid",
}

SPELLINGS: dict[str, Spelling] = {
    **{name: Spelling(own=name, parameters=entry.defaults) for name, entry in ENTRIES.items()},
    **{alias: Spelling(own=name, parameters=ENTRIES[name].defaults) for alias, name in _ALIASES.items()},
    "prelu": Spelling(
        own="leaky_relu",
        parameters={"weight": None},
        renamed={"weight": "negative_slope"},
        synonyms={"a": "weight", "init": "weight", "negative_slope": "weight"},
        without=LEARNED,
    ),
    "rrelu": rectified_at_random(),
}

REFUSED: dict[str, str] = {
    **dict.fromkeys(
        ("softmax", "log_softmax", "softmin", "glu", "geglu", "swiglu", "reglu", "maxout"), MIXES
    ),
    **dict.fromkeys(("sparsemax", "entmax", "crelu", "logsumexp", "layer_norm", "batch_norm"), MIXES),
    **dict.fromkeys(("dropout", "alpha_dropout", "gumbel_softmax", "gaussian_noise"), RANDOM),
}
