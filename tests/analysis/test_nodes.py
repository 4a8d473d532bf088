"""Walking a tree: nothing that says something is left out."""

from __future__ import annotations

import ast
import sys

import pytest

from jupyter_prodready.analysis.nodes import children, names_in

SOURCES = [
    "def f(a, *b, c=1, d, **e) -> int:\n    global g\n    return lambda *, x, y=2: a",
    "match p:\n    case {'a': x, **rest}: pass\n    case [1, *others] if q: pass\n    case P(k=1) | None: pass",
    "d = {**a, 'k': v}\ntry:\n    pass\nexcept E as e:\n    raise\nfinally:\n    del d[1:2, 3]",
    "async def g():\n    async with u() as v:\n        yield f'{a!r:>{w}}'\n    return [i async for i in w if i]",
    "from a import b as c\nclass C(B, k=1):\n    x: int = 1\n    nonlocal y",
    pytest.param(
        "type X[T] = list[T]",
        marks=pytest.mark.skipif(sys.version_info < (3, 12), reason="new in Python 3.12"),
    ),
]
SILENT = (ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop)


@pytest.mark.parametrize("source", SOURCES)
def test_children_are_all_nodes_but_contexts_and_operators(source):
    for node in ast.walk(ast.parse(source)):
        expected = [one for one in ast.iter_child_nodes(node) if not isinstance(one, SILENT)]
        assert children(node) == expected


def test_names_in_a_target():
    target = ast.parse("a, (b[i], *c), d.e = z").body[0].targets[0]
    assert sorted(names_in(target)) == ["a", "b", "c", "d", "i"]
