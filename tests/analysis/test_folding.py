"""Constants are folded as Python computes them, and never at a cost."""

from __future__ import annotations

import ast
import time

import pytest

from jupyter_prodready.analysis.bindings import UNKNOWN
from jupyter_prodready.analysis.folding import folded_part, value_of


def folded(source: str) -> object:
    node = folded_part(ast.parse(source).body[0])
    return UNKNOWN if node is None else value_of(node, lambda name: None)


@pytest.mark.parametrize(
    "value",
    ["7 * 4", "2.5 // 2", "-3 % 2", "'a' + 'b'", "round(2.567, 2)", "max(1, 2)", "(1, 'x')",
     "1 if 2 > 1 else 0", "not 1", "len('four')", "int('12')"],
)  # fmt: skip
def test_folded_as_python_computes_it(value: str) -> None:
    assert folded(f"x = {value}") == eval(value)


@pytest.mark.parametrize(
    "value",
    ["'x' * 9999999999", "'%9999999999d' % 1", "(1,) * 9999999999", "9 * 'x'", "2 ** 9999999999",
     "1 << 9999999999", "round(1, -99999999999)", "round(1, 'x')", "round(1, None)", "1 / 0",
     "int('x')", "open('f')", "[1]", "y"],
)  # fmt: skip
def test_what_is_large_or_fails_is_not_known(value: str) -> None:
    start = time.perf_counter()
    assert folded(f"x = {value}") is UNKNOWN
    assert time.perf_counter() - start < 1
