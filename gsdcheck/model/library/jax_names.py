"""The names and defaults of jax.nn (0.10 to 0.12), as data."""

from gsdcheck.model.library.reasons import MIXES, POSITIVE, SERVES
from gsdcheck.model.library.spelling import Spelling, gelu, same

SPELLINGS: dict[str, Spelling] = {
    **same("identity", "relu", "relu6", "selu", "silu", "mish", "sigmoid", "log_sigmoid", "softplus", "tanh"),
    **same("hard_sigmoid", "hard_swish", "sparse_plus", "sparse_sigmoid"),
    **same("elu", "celu", alpha="1"),
    **same("leaky_relu", negative_slope="0.01"),
    **same("squareplus", b="4"),
    "swish": Spelling(own="silu"),
    "hard_silu": Spelling(own="hard_swish"),
    "soft_sign": Spelling(own="softsign"),
    "hard_tanh": Spelling(own="hardtanh"),
    "gelu": gelu("true", tangent="true", normal="false"),
}

REFUSED: dict[str, str] = {
    **dict.fromkeys(("softmax", "log_softmax", "glu", "logsumexp", "logmeanexp", "standardize"), MIXES),
    **dict.fromkeys(("dot_product_attention", "one_hot", "scaled_dot_general", "scaled_matmul"), MIXES),
    "get_scaled_dot_general_config": SERVES,
    "log1mexp": POSITIVE,
}
