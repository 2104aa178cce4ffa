"""Subjects that are no activation: exit code 2, a message with the value and the reason, no traceback, no record."""

import pytest

BAD_EXPRESSIONS = {
    "attribute": ("x.__class__", "position"),
    "subscript": ("x[0]", "position"),
    "attribute of a sum": ("(x+1).real", "position"),
    "name": ("tanh(y)", "y"),
    "two variables": ("x*y", "y"),
    "call": ("open(x)", "open"),
    "import": ("__import__('os')", "position"),
    "lambda": ("lambda x: x", "import path"),
    "power of powers": ("9**9**9 + x", "exponent"),
    "large exponent": ("x**1e999999", ""),
    "power": ("x**x", "exponent"),
    "small number": ("1e-300*x", "1e-300*x"),
    "large number": ("1e40*1e40*x", "digits"),
    "no argument": ("Max()+x", "Max"),
    "unfinished": ("tanh(x", "position"),
    "no default": ("Piecewise((x, x > 0))", "True"),
    "empty": (" ", ""),
    "not ASCII": ("x²", "position"),
    "imaginary": ("I*x", "I"),
    "no x": ("3+4", "x"),
    "a word": ("gellu", "gelu"),
    "hidden logarithm": ("0*log(x)+x", "factor 0"),
    "hidden pole": ("x*(1/x)**0", "power 0"),
    "log": ("log(x)", "x = 0"),
    "complex root": ("sqrt(-1-x**2)", "root of a negative number"),
    "pole": ("1/x", "division by 0"),
    "irrational poles": ("1/(x**2-2)", "between x = "),
    "poles of a wave": ("1/cos(x)", "between x = "),
    "pole of even order": ("x/(exp(x)-3)**2", "between x = "),
    "softmax": ("softmax", "softmax"),
    "glu": ("torch.glu", "glu"),
    "dropout": ("torch.dropout", "random"),
    "prelu": ("torch.prelu", "parameter"),
    "long": ("x+" * 50_000 + "x", "characters"),
    "deep": ("(" * 10_000 + "x" + ")" * 10_000, ""),
    "deep branches": ("Piecewise((x, x > 0), (" * 300 + "x" + ", True))" * 300, ""),
}


def refused(cli, tmp_path, subject):
    report = tmp_path / "report"
    ran = cli("audit", subject, "--report", str(report))
    assert ran.code == 2
    assert ran.err.startswith("gsdcheck: ")
    assert "Traceback" not in ran.err
    assert len(ran.err) < 2_000
    assert not report.exists()
    return ran.err


@pytest.mark.parametrize("name", BAD_EXPRESSIONS)
def test_an_expression_that_is_none_is_refused_with_the_reason(cli, tmp_path, name):
    subject, reason = BAD_EXPRESSIONS[name]
    assert reason in refused(cli, tmp_path, subject)


CODE = """
import numpy as np

rng = np.random.default_rng(0)
calls = []


def raises(x):
    raise RuntimeError("out of order")


def leaves(x):
    raise SystemExit(0)


def shouts(x):
    raise ValueError("no " * 10_000)


def shorter(x):
    return np.asarray(x)[..., :-1] if np.ndim(x) else x


def nan(x):
    return np.where(np.asarray(x) > 1.0, np.nan, x)


def thing(x):
    return object()


def nothing(x):
    return None


def imaginary(x):
    return np.asarray(x) * 1j


def mutates(x):
    x *= 2.0
    return x


def random(x):
    return x + rng.normal(size=np.shape(x))


def mixes(x):
    e = np.exp(x - np.max(x))
    return e / e.sum()


def two(x, y):
    return x + y


number = 3
"""
BAD_CALLABLES = {
    "raises": "out of order",
    "leaves": "SystemExit",
    "shouts": "no no",
    "shorter": "shape",
    "nan": "nan",
    "thing": "object",
    "nothing": "None",
    "imaginary": "complex",
    "mutates": "",
    "random": "",
    "mixes": "",
    "two": "2 arguments",
    "number": "3",
    "missing": "missing",
}


@pytest.mark.parametrize("name", BAD_CALLABLES)
def test_a_callable_that_is_no_activation_is_refused_with_the_reason(cli, tmp_path, monkeypatch, name):
    (tmp_path / "bad_activations.py").write_text(CODE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert BAD_CALLABLES[name] in refused(cli, tmp_path, f"bad_activations:{name}")


def test_a_module_that_is_not_there_is_named(cli, tmp_path):
    assert "no_such_module_at_all" in refused(cli, tmp_path, "no_such_module_at_all:f")


def test_one_bad_subject_among_good_ones_is_2(cli, tmp_path):
    assert cli("audit", "tanh", "gellu", "--report", str(tmp_path / "r")).code == 2


def test_no_subject_is_a_usage_error(cli):
    ran = cli("audit")
    assert (ran.code, "--all" in ran.err) == (2, True)
