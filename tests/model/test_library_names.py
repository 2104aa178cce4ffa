"""The names of torch, jax and keras: what each means, with which defaults, and why some are refused.

Expected values are those of the libraries' documentation; tests/conformance asks the libraries themselves.
"""

from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput, UnknownName
from gsdcheck.model.library import (
    LIBRARIES,
    NAMES,
    distinct_activations,
    find_activation,
    library_names,
    library_spelling,
    named_activation,
    refused_names,
)
from gsdcheck.numeric.evaluation import compile_expression

MEANINGS = {
    "torch.gelu": "gelu",
    "torch.GELU?approximate=tanh": "gelu_tanh",
    "torch.gelu?approximate=NONE": "gelu",
    "jax.gelu": "gelu_tanh",
    "jax.gelu?approximate=False": "gelu",
    "keras.gelu": "gelu",
    "keras.gelu?approximate=true": "gelu_tanh",
    "gelu": "gelu",
    "leaky_relu": "leaky_relu",
    "torch.LeakyReLU": "leaky_relu",
    "jax.leaky_relu": "leaky_relu",
    "keras.leaky_relu": "leaky_relu?negative_slope=1/5",
    "torch.hardtanh?min_val=-2": "hardtanh?min_val=-2",
    "jax.hard_tanh": "hardtanh",
    "torch.Threshold?threshold=0.1&value=20": "threshold?threshold=1/10&value=20",
    "keras.threshold?threshold=1&default_value=-2": "threshold?threshold=1&value=-2",
    "torch.softplus": "switched_softplus",
    "torch.softplus?beta=2&threshold=5": "switched_softplus?beta=2&threshold=5",
    "keras.softplus": "softplus",
    "torch.hardshrink?lambd=1": "hardshrink?threshold=1",
    "keras.soft_shrink": "softshrink",
    "torch.rrelu": "leaky_relu?negative_slope=11/48",
    "torch.RReLU?lower=0.1&upper=0.3&training=false": "leaky_relu?negative_slope=1/5",
    "torch.prelu?weight=0.25": "leaky_relu?negative_slope=1/4",
    "torch.PReLU?a=0.25": "leaky_relu?negative_slope=1/4",
    "torch.PReLU?init=0.25": "leaky_relu?negative_slope=1/4",
    "prelu?weight=0.01": "leaky_relu",
    "keras.relu": "relu",
    "keras.relu?negative_slope=0.1": "leaky_relu?negative_slope=1/10",
    "keras.relu?max_value=6": "relu6",
    "keras.relu?max_value=None&threshold=1": "thresholded_relu?threshold=1",
    "keras.relu?max_value=2&threshold=1&negative_slope=1/3": (
        "clipped_relu?max_value=2&threshold=1&negative_slope=1/3"
    ),
    "torch.nn.SiLU": "silu",
    "torch.nn.functional.silu": "silu",
    "jax.nn.swish": "silu",
    "keras.activations.linear": "identity",
    "TORCH.Log-Sigmoid": "log_sigmoid",
    "keras.exponential": "exponential",
    "relu2": "squared_relu",
    "squareplus?B=1": "squareplus?b=1",
}


@pytest.mark.parametrize("subject", MEANINGS)
def test_a_name_of_a_library_means_what_the_library_says(subject: str) -> None:
    assert find_activation(subject).name == MEANINGS[subject]


@pytest.mark.parametrize("meaning", sorted(set(MEANINGS.values())))
def test_the_name_of_an_activation_finds_it_again(meaning: str) -> None:
    found = find_activation(meaning)
    assert (found.name, found) == (meaning, find_activation(found.name))


@pytest.mark.parametrize(
    ("subject", "error", "complaint"),
    [
        ("softmax", InvalidInput, "mixes coordinates"),
        ("torch.Softmax2d", InvalidInput, "torch.softmax2d is not a function of one number: it mixes"),
        ("jax.nn.logsumexp", InvalidInput, "mixes coordinates"),
        ("jax.standardize", InvalidInput, "mixes coordinates"),
        ("keras.glu", InvalidInput, "mixes coordinates"),
        ("keras.sparsemax", InvalidInput, "mixes coordinates"),
        ("torch.MultiheadAttention", InvalidInput, "mixes coordinates"),
        ("maxout", InvalidInput, "mixes coordinates"),
        ("torch.dropout", InvalidInput, "random"),
        ("torch.gumbel_softmax", InvalidInput, "random"),
        ("torch.rrelu?training=True", InvalidInput, "random"),
        ("torch.rrelu?lower=1&upper=0", InvalidInput, "lower = 1, upper = 0"),
        ("rrelu?training=perhaps", InvalidInput, "'perhaps' is not one of: true, false"),
        ("prelu", InvalidInput, r"learned; give one, as in prelu\?weight=0.25"),
        ("torch.prelu?a=1&weight=2", InvalidInput, "weight is given twice"),
        ("jax.log1mexp", InvalidInput, "x <= 0"),
        ("keras.get", InvalidInput, "is none itself"),
        ("torch.threshold?value=1", InvalidInput, "no value for its parameter threshold"),
        ("torch.gelu?approximate=yes", InvalidInput, "'yes' is not one of: tanh, none"),
        ("jax.relu?alpha=1", UnknownName, "jax.relu has no parameter 'alpha'. Its parameters: none"),
        ("celu?alpha=0", InvalidInput, "alpha = 0: it needs alpha != 0"),
        ("jax.squareplus?b=-1", InvalidInput, "b = -1: it needs b > 0"),
        ("torch.softplus?beta=-1", InvalidInput, "beta = -1, threshold = 20: it needs beta > 0"),
        ("torch.hardtanh?min_val=1", InvalidInput, "it needs min_val < max_val"),
        ("torch.softshrink?lambd=-0.5", InvalidInput, "threshold = -1/2: it needs threshold >= 0"),
        ("keras.relu?max_value=-1", InvalidInput, "it needs max_value >= 0"),
        ("snake?a=0", InvalidInput, "it needs a != 0"),
        ("torch.gleu", UnknownName, "nearest name is 'torch.gelu'"),
        ("torhc.gelu", UnknownName, "nearest name is 'torch.gelu'"),
        ("hardsigmod", UnknownName, "nearest name is 'hard_sigmoid'"),
        ("tensorflow.relu", UnknownName, "'tensorflow.relu'"),
        ("jax.tanhshrink", UnknownName, "nearest name is 'tanhshrink'"),
        ("elu?alpha=1e99999999", InvalidInput, "'1e99999999' is not an exact number"),
        ("elu?alpha=1e300", InvalidInput, "'1e300' is not an exact number"),
        ("elu?alpha=" + "9" * 100_000, InvalidInput, "'9{80}' is not an exact number"),
        ("elu?alpha=nan", InvalidInput, "'nan' is not an exact number"),
        ("elu?alpha=1&alpha=2", InvalidInput, "alpha is given twice"),
        ("elu?alpha", InvalidInput, "'alpha' is not a parameter: write key=value"),
        ("elu?name=1", UnknownName, "no parameter 'name'"),
    ],
)
def test_what_is_no_function_of_one_number_is_refused_with_the_reason(
    subject: str, error: type[Exception], complaint: str
) -> None:
    with pytest.raises(error, match=complaint):
        find_activation(subject)


@pytest.mark.parametrize("subject", ["x-1.5", "1.5*x", "x", "-x", "x-1"])
def test_a_sum_with_a_decimal_point_is_no_name(subject: str) -> None:
    assert find_activation(subject).parameters == {}


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_name_of_a_library_leads_to_our_table(library: str) -> None:
    for name in library_names(library):
        spelling = library_spelling(library, name)
        needed = {key: "1" for key, default in spelling.parameters.items() if default is None}
        activation = named_activation(f"{library}.{name}", **needed)
        assert find_activation(activation.name) == activation
        assert needed or activation.name.partition("?")[0] == spelling.own


@pytest.mark.parametrize("library", LIBRARIES)
def test_no_name_is_both_held_and_refused(library: str) -> None:
    assert set(library_names(library)) & set(refused_names(library)) == set()
    for name in refused_names(library):
        with pytest.raises(InvalidInput, match="not a function of one number"):
            named_activation(f"{library}.{name}")


def test_a_library_that_we_do_not_hold_is_unknown() -> None:
    with pytest.raises(UnknownName, match="'flax'"):
        library_names("flax")


def test_a_choice_may_be_given_as_a_value_of_python() -> None:
    assert named_activation("jax.gelu", approximate=False).name == "gelu"
    assert named_activation("elu", alpha=Fraction(1, 3)).parameters == {"alpha": Fraction(1, 3)}
    with pytest.raises(InvalidInput, match="inf"):
        named_activation("elu", alpha=float("inf"))


def fingerprint(name: str) -> tuple[str, ...]:
    """The values at a few points, to 7 digits."""
    xs = np.array([-4.0, -1.25, -0.3, 0.3, 0.8, 1.25, 4.0, 7.0])
    return tuple(f"{value:.6e}" for value in compile_expression(named_activation(name).expression)(xs))


def test_the_matrix_has_at_least_forty_functions_and_no_two_alike() -> None:
    names = distinct_activations()
    values = {name: fingerprint(name) for name in names}
    assert len(names) >= 40
    assert set(names) <= set(NAMES)
    assert len(set(values.values())) == len(names)
    assert fingerprint("celu") == fingerprint("elu")  # the comparison sees a double
