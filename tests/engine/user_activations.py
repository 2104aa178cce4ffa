"""Functions as a user would write them; the first half is sound, the second half is to be refused."""

import math
from functools import partial

import numpy as np
import sympy

_x = sympy.Symbol("x", real=True)
_y = sympy.Symbol("y", real=True)

sympy_snake = _x + sympy.sin(_x) ** 2 / 2
sympy_lambda = sympy.Lambda(_x, sympy.tanh(_x) * sympy.Float(0.1))
sympy_two_symbols = _x * _y
sympy_gamma = sympy.gamma(_x)
text = "x/(1+Abs(x))"


def swish(x):
    return x / (1 + np.exp(-x))


def scalar_tanh(x):
    return math.tanh(x)


def scalar_relu(x):
    return x if x > 0 else 0


vectorised = np.vectorize(math.atan, otypes=[float])
tanh = np.tanh


def wavy(x):
    """No function of the library."""
    return np.tanh(x) + 0.25 * np.sin(3 * x) * np.exp(-(x**2))


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


steep_elu = partial(elu, alpha=1.5)


class Box:
    inner = staticmethod(swish)


def softmax(x):
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum()


def centred(x):
    return x - np.mean(x)


def sorted_values(x):
    return np.sort(x, axis=None).reshape(x.shape)[::-1]


_generator = np.random.default_rng(0)


def dropout(x):
    return np.where(_generator.random(x.shape) < 0.5, 0.0, 2 * x)


_calls = [0]


def counting(x):
    _calls[0] += 1
    return x * _calls[0]


def in_place(x):
    x *= 2
    return x


def raising(_):
    raise ZeroDivisionError("no luck")


def leaving(_):
    raise SystemExit(0)


def halving(x):
    return x[: x.shape[0] // 2]


def total(x):
    return np.sum(x)


def nothing(_):
    return None


def words(_):
    return "tanh"


def objects(x):
    return np.array([object()] * x.size, dtype=object).reshape(x.shape)


def complex_root(x):
    return np.sqrt(x.astype(complex))


def logarithm(x):
    return np.log(x)


def reciprocal(x):
    return 1 / x


def two_arguments(x, y):
    return x * y


def no_arguments():
    return 1.0


number = 3.5
