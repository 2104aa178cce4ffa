"""The names and defaults of keras.activations (3.15), as data."""

from collections.abc import Mapping

from gsdcheck.model.library.entry import Value, exact
from gsdcheck.model.library.reasons import MIXES, SERVES
from gsdcheck.model.library.spelling import Spelling, Values, gelu, same


def _relu(values: Mapping[str, Value]) -> tuple[str, Values]:
    """Of the functions that the three parameters of keras.relu select, the simplest of our table."""
    slope, threshold = (exact(key, values[key]) for key in ("negative_slope", "threshold"))
    if str(values["max_value"]).lower() != "none":
        most = exact("max_value", values["max_value"])
        if most == 6 and not threshold and not slope:
            return "relu6", {}
        return "clipped_relu", {"max_value": most, "threshold": threshold, "negative_slope": slope}
    if threshold:
        return "thresholded_relu", {"threshold": threshold, "negative_slope": slope}
    return ("leaky_relu", {"negative_slope": slope}) if slope else ("relu", {})


_RELU_DEFAULTS = {"negative_slope": "0", "max_value": "none", "threshold": "0"}

SPELLINGS: dict[str, Spelling] = {
    **same("exponential", "relu6", "selu", "silu", "mish", "sigmoid", "log_sigmoid", "softplus", "softsign"),
    **same("tanh", "hard_sigmoid", "hard_swish", "sparse_plus", "sparse_sigmoid"),
    **same("elu", "celu", alpha="1"),
    **same("leaky_relu", negative_slope="0.2"),
    **same("squareplus", b="4"),
    "relu": Spelling(own="relu", parameters=_RELU_DEFAULTS, meaning=_relu),
    "linear": Spelling(own="identity"),
    "swish": Spelling(own="silu"),
    "hard_silu": Spelling(own="hard_swish"),
    "hard_tanh": Spelling(own="hardtanh"),
    "tanh_shrink": Spelling(own="tanhshrink"),
    "soft_shrink": Spelling(own="softshrink", parameters={"threshold": "0.5"}),
    "hard_shrink": Spelling(own="hardshrink", parameters={"threshold": "0.5"}),
    "gelu": gelu("false", tangent="true", normal="false"),
    "threshold": Spelling(
        own="threshold",
        parameters={"threshold": None, "default_value": None},
        renamed={"default_value": "value"},
    ),
}

REFUSED: dict[str, str] = {
    **dict.fromkeys(("softmax", "log_softmax", "glu", "sparsemax"), MIXES),
    **dict.fromkeys(("get", "serialize", "deserialize"), SERVES),
}
