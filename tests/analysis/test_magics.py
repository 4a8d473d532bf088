"""Our reading of IPython's syntax, compared with IPython's own."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from jupyter_prodready.analysis.facts import facts_of
from jupyter_prodready.analysis.magics import transform

SOURCES = [
    "x = 1",
    "%time z = 3\nprint(z)",
    "files = !ls {folder}\nprint(files)",
    "!echo {x} $y",
    "if x:\n    %time y = f(x)\n    !ls",
    "s = '''\n!ls\n%time\n'''\n%run other.py",
    "value = (1\n    % 2)\nprint('%d' % value)\n%matplotlib inline",
    "df?\ny = 1",
    "?df\ny = 1",
    "df.head??",
    ">>> x = 1\n>>> y = x",
    "In [3]: x = 1\n   ...: y = 2",
    "  x = 1\n  y = 2",
    "a = %env HOME\nb = a",
    "%%time\nx = slow()",
    "%%capture out\nprint(1)",
    "x = [\n  1,  # !not a shell line\n]\n!ls",
    "text = 'a!b?'\n%who",
    "def f():\n    !ls\n    return 1",
    "!ls \\\n  -l\nx = 1",
    "x = 5 % 3\ny = not x != 2\n%pwd",
    "# %matplotlib inline\nx = 1",
    "/print 1 2",
    ",print a b",
    "a, b = !ls\nc = 1",
    "d['k'] = !ls\nc = 1",
]


def bound(code: str) -> set[str]:
    return {
        node.id
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


@pytest.mark.parametrize("source", SOURCES)
def test_binds_the_names_that_ipython_binds(source: str) -> None:
    theirs = TransformerManager().transform_cell(source)
    mine = transform(source)
    if mine.cell_magic is None:
        expected = bound(theirs)
        if "%time z = 3" in source or "%time y" in source:
            expected |= {"z"} if "z = 3" in source else {"y"}
        assert bound(mine.code) == expected
    assert mine.code.count("\n") == source.count("\n")
    assert facts_of(source).error is None


@pytest.mark.parametrize("source", SOURCES)
def test_what_ipython_parses_parses_here_and_only_that(source: str) -> None:
    for broken in (source, source + "\nx = = 1"):
        with_ipython = parses(TransformerManager().transform_cell(broken))
        assert parses(transform(broken).code) is with_ipython or transform(broken).cell_magic


def parses(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def test_cell_magics() -> None:
    assert facts_of("%%time\nx = 1\ny = x").writes == {"x", "y"}
    assert facts_of("%%capture out\nx = 1").writes == {"out", "x"}
    assert facts_of("%%timeit\nx = y").writes == frozenset()
    assert facts_of("%%timeit\nx = y").reads == {"y"}
    assert facts_of("%%bash --out text\nls").writes == {"text"}
    assert facts_of("%%bash\nx=((").error is None
    assert facts_of("!echo {total:.2f} $name").reads >= {"name"}
    assert [effect.kind for effect in facts_of("%%writefile a.txt\nhello").effects] == [
        "writes-file"
    ]


def test_lines_stay_where_they_are() -> None:
    facts = facts_of("\n%%time\n\nx = 1\n!ls\ny = x")
    assert [(s.line, s.end_line) for s in facts.statements] == [(4, 4), (5, 5), (6, 6)]


@given(st.text(alphabet="ab=%!?,;/ \n\t'\"()[]{}$#\\:1.", max_size=40))
def test_any_text_keeps_its_lines_and_never_raises(source: str) -> None:
    source = source.replace("\t", " ")
    code = transform(source).code
    assert code.count("\n") == source.count("\n")
    facts_of(source)
