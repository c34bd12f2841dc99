"""Which ready-made functions a function uses, however it comes by them; and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.wire.ready_made import ready_made_in

USING = {
    "np": "def tanh(z):\n return np.tanh(z)",
    "math": "def tanh(z):\n return math.tanh(z)",
    "imported": "from numpy import tanh as th\ndef tanh(z):\n return th(z)",
    "helper": "def helper(z):\n return np.tanh(z)\ndef tanh(z):\n return helper(z)",
    "lambda": "g = lambda z: np.tanh(z)\ndef tanh(z):\n return g(z)",
    "itself": "tanh = np.tanh",
    "variable": "def tanh(z):\n t = np.tanh\n return t(z)",
    "module in a variable": "def tanh(z):\n m = np\n return m.tanh(z)",
    "imported within": "def tanh(z):\n import numpy as n\n return n.tanh(z)",
    "imported from within": "def tanh(z):\n from numpy import exp, tanh as t\n return t(z)",
    "inner function": "def tanh(z):\n def t(z):\n  return np.tanh(z)\n return t(z)",
    "comprehension": "def tanh(z):\n return np.array([math.tanh(v) for v in z])",
    "vectorized": "@np.vectorize\ndef tanh(z):\n return math.tanh(z)",
    "partial": "import functools\nv = functools.partial(np.tanh)\ndef tanh(z):\n return v(z)",
    "dict": "A = {'tanh': np.tanh}\ndef tanh(z):\n return A['tanh'](z)",
    "getattr": "def tanh(z):\n return getattr(np, 'tanh')(z)",
    "closure": "def make():\n t = np.tanh\n def inner(z):\n  return t(z)\n return inner\ntanh = make()",
    "default": "def tanh(z, t=np.tanh):\n return t(z)",
    "class": "class H:\n def go(self, z):\n  return np.tanh(z)\ndef tanh(z):\n return H().go(z)",
    "branch": "def tanh(z, u=0):\n return (np.exp if u else np.tanh)(z)",
}
DOING_WITHOUT = {
    "own": 'from numpy import tanh\ndef tanh(z):\n """np.tanh"""\n # np.tanh\n return np.exp(z) - 1',
    "calling itself": "def tanh(z):\n return tanh(z[1:]) if len(z) else 0",
    "variable": "def tanh(z):\n tanh = np.exp(z)\n return tanh",
    "text": "def tanh(z):\n if z == 'tanh':\n  raise ValueError('np.tanh')\n return np.exp(z)",
    "another item": "A = {'tanh': np.tanh, 'exp': np.exp}\ndef tanh(z):\n return A['exp'](z)",
    "sigmoid": "def sigmoid(z):\n return 1 / (1 + np.exp(-z))\ndef tanh(z):\n return 2 * sigmoid(2 * z) - 1",
}


def used(code: str) -> tuple[str, ...]:
    world: dict[str, Any] = {"__name__": "__main__"}
    exec("import math\nimport numpy as np\n" + code, world)
    return ready_made_in(world["tanh"])


@pytest.mark.parametrize("way", USING)
def test_a_ready_made_function_is_found(way: str) -> None:
    assert "tanh" in used(USING[way])


@pytest.mark.parametrize("way", DOING_WITHOUT)
def test_names_that_are_no_ready_made_function_do_not_count(way: str) -> None:
    assert "tanh" not in used(DOING_WITHOUT[way])


def test_what_is_no_function_uses_none() -> None:
    assert ready_made_in({"a": 1}) == ready_made_in(3.0) == ()
