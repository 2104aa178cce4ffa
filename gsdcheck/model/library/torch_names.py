"""The names and defaults of torch.nn and torch.nn.functional (2.13), as data."""

from gsdcheck.model.library.own import SPELLINGS as OWN
from gsdcheck.model.library.reasons import MIXES, RANDOM
from gsdcheck.model.library.spelling import Spelling, gelu, same

SPELLINGS: dict[str, Spelling] = {
    **same("identity", "relu", "relu6", "selu", "silu", "mish", "sigmoid", "tanh", "softsign", "tanhshrink"),
    **same("elu", "celu", alpha="1"),
    **same("leaky_relu", negative_slope="0.01"),
    **same("hardtanh", min_val="-1", max_val="1"),
    **same("threshold", threshold=None, value=None),
    "hardsigmoid": Spelling(own="hard_sigmoid"),
    "hardswish": Spelling(own="hard_swish"),
    "logsigmoid": Spelling(own="log_sigmoid"),
    "gelu": gelu("none", tangent="tanh", normal="none"),
    "hardshrink": Spelling(own="hardshrink", parameters={"lambd": "0.5"}, renamed={"lambd": "threshold"}),
    "softshrink": Spelling(own="softshrink", parameters={"lambd": "0.5"}, renamed={"lambd": "threshold"}),
    "softplus": Spelling(own="switched_softplus", parameters={"beta": "1", "threshold": "20"}),
    "prelu": OWN["prelu"],
    "rrelu": OWN["rrelu"],
}

REFUSED: dict[str, str] = {
    **dict.fromkeys(("softmax", "softmax2d", "log_softmax", "softmin", "glu", "normalize"), MIXES),
    **dict.fromkeys(("multihead_attention", "scaled_dot_product_attention"), MIXES),
    **dict.fromkeys(("layer_norm", "batch_norm", "instance_norm", "group_norm", "rms_norm"), MIXES),
    **dict.fromkeys(("batch_norm1d", "batch_norm2d", "batch_norm3d", "lazy_batch_norm1d"), MIXES),
    **dict.fromkeys(("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"), RANDOM),
    **dict.fromkeys(("feature_alpha_dropout", "gumbel_softmax"), RANDOM),
}
