"""A cell is read as it stands only where `transform` would leave it as it stands."""

from __future__ import annotations

import ast
import os
import warnings

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jupyter_prodready.analysis.facts import facts_of, parsed
from jupyter_prodready.analysis.magic_syntax import is_unmarked
from jupyter_prodready.analysis.magics import Transformed, transform

from .magic_blocks import BLOCKS
from .magic_lines import LINES

EXAMPLES = int(os.environ.get("EXAMPLES", "400"))
PIECES = [
    "x",
    "y = 1",
    "ls",
    "history",
    "(",
    ")",
    "[",
    "]",
    ",",
    ";",
    "/",
    "#",
    "\n",
    "\n\n",
    "\\\n",
]
PIECES += [" ", "    ", '"', "'", '"""', "'''", "if x:\n    ", "...", ":", ">>", ">", "In ", "[1]"]
PIECES += ["\r", "\x0c", "\t", "f(", "= ", ", f x", "/f x", "; f x", "def f():\n    ", "nav", "%"]
shreds = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
lines = st.lists(
    st.sampled_from([line for source in [*LINES, *BLOCKS] for line in source.split("\n")]),
    max_size=8,
).map("\n".join)


def check(source: str) -> None:
    transformed, tree = parsed(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert transformed == transform(source)
        if isinstance(tree, ast.Module):
            assert ast.dump(tree) == ast.dump(ast.parse(transform(source).code))


@pytest.mark.parametrize(
    "source",
    [
        "x = [1\n, 2\n/ 3]",
        'x = """\n/f a\n,f b\n; c\n"""\ny',
        "# a comment\nls",
        "# a comment\n\n\nls",
        "f(\n    a,\n)",
    ],
)
def test_plain_python_is_read_as_it_stands(source: str) -> None:
    assert is_unmarked(source)
    assert parsed(source)[0] == Transformed(source)
    check(source)


@pytest.mark.parametrize(
    "source",
    [
        "ls", "ls\n", "\nls", "ls \n", "history[0]\n", " # a\nx = 1", "  # a\n  x = 1", "x\r\ny", "x\ry",
        "/f a\nx", ",f a\nx", ";f a\nx", "x = 1\n/f a", '"""\n>>> x\n"""\nx', "x\ny?", "x = !ls\ny",
        "In [1]: x\ny", "...: x\ny", '"""\n...: x"""\ny', "[1,\n...: 2]", "", "\n", "x = a\\\n?", "%ls\n\nx",
        "\x0cx = 1\ny = 2",
    ],
)  # fmt: skip
def test_all_else_is_read_by_ipythons_rules(source: str) -> None:
    check(source)


def test_a_page_of_both() -> None:
    assert facts_of("x = 1\nls").magics == ()
    assert facts_of("ls\n").magics == ()
    assert [magic.name for magic in facts_of("ls -l\n").magics] == ["%ls"]
    assert [magic.name for magic in facts_of("x = 1\n/f x\n").magics] != []


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@example("x\n...: y")
@given(lines | shreds)
def test_any_text_is_read_as_transformed(source: str) -> None:
    check(source)
