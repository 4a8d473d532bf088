"""What a cell with IPython's syntax reads, binds and does."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell

from jupyter_prodready.analysis import magic_kinds
from jupyter_prodready.analysis.facts import facts_of
from jupyter_prodready.analysis.magics import transform

# (cell, names read, names bound, kinds of its magics)
CELLS = [
    ("%time x = f(a)", "f a", "x", "python"),
    ("%time f(a);", "f a", "", "python"),
    ("%time x = 1; y = x", "", "x y", "python"),
    ("y = %time f(a)", "f a", "y", "python"),
    ("y = %time x = f(a)", "f a", "x y", "python"),
    ("y = %time f(a);", "f a", "y", "python"),
    ("%time !ls {a}", "a", "", "python shell"),
    ("%time x = !ls {a}", "a", "x", "python shell"),
    ("%time %run other.py", "", "", "python binds"),
    ("%time -x", "x", "", "python"),
    ("%time x = = 1", "", "", "other"),
    ("%time for i in a: f(i)", "a f", "i", "python"),
    ("%timeit f(a)", "f a", "", "python"),
    ("%timeit -n 10 -r 3 f(a)", "f a", "", "python"),
    ("%timeit -n10 -r3 -q f(a)", "f a", "", "python"),
    ("r = %timeit -o f(a)", "f a", "r", "python"),
    ("%timeit x = f(a)", "f a", "", "python"),
    ("%timeit x = f(a); g(x)", "f a g", "", "python"),
    ("%timeit a.append(1)", "a", "", "python"),
    ("%prun -l 10 -s cumulative x = f(a)", "f a", "x", "python"),
    ("%prun f(a)", "f a", "", "python"),
    ("%memit x = f(a)", "f a", "x", "python"),
    ("%lprun -f g f(a)", "g f a", "", "python"),
    ("%debug", "", "", "python"),
    ("%run other.py", "", "", "binds"),
    ("%run -i {path}", "path", "", "binds"),
    ("%load other.py", "", "", "quiet"),
    ("%pylab inline", "", "", "binds"),
    ("%store -r x y", "", "x y", "quiet"),
    ("%store -r", "", "", "binds"),
    ("%store x y", "x y", "", "quiet"),
    ("%store x > a.txt", "x", "", "writes-file"),
    ("%store", "", "", "quiet"),
    ("%store -d x", "", "", "quiet"),
    ("%reset -f", "", "", "resets"),
    ("%reset -sf", "", "", "resets"),
    ("%reset -f in", "", "", "quiet"),
    ("%reset -f array", "", "", "other"),
    ("%reset_selective -f ^a", "", "", "other"),
    ("%macro again 1-3", "", "again", "quiet"),
    ("%macro", "", "", "quiet"),
    ("%sc -l files=ls", "", "files", "shell"),
    ("%who", "", "", "quiet"),
    ("names = %who_ls", "", "names", "quiet"),
    ("%pip install {name}", "name", "", "shell"),
    ("%conda install x", "", "", "shell"),
    ("%cd {folder}", "folder", "", "changes-directory"),
    ("%pushd x", "", "", "changes-directory"),
    ("%env", "", "", "quiet"),
    ("a = %env HOME", "", "a", "quiet"),
    ("%env A=1", "", "", "environment"),
    ("%env A $x", "x", "", "environment"),
    ("%set_env A {x}", "x", "", "environment"),
    ("%matplotlib inline", "", "", "quiet"),
    ("%config A.b = 'c'", "", "", "quiet"),
    ("%load_ext autoreload\n%autoreload 2", "", "", "quiet quiet"),
    ("%alias l ls -l", "", "l", "quiet"),
    ("%save f.py 1-3", "", "", "writes-file"),
    ("%mine x", "", "", "other"),
    ("%mine {x}", "x", "", "other"),
    ("%sql x << select 1", "", "x", "other"),
    ("r = %sql select {x}", "x", "r", "other"),
    ("%R -i a,b -o c c <- a + b", "a b", "c", "shell"),
    ("%Rpush a b", "a b", "", "shell"),
    ("%Rpull c", "", "c", "shell"),
    ("!ls", "", "", "shell"),
    ("!ls {x + 1} $y $$z {{w}}", "x y", "", "shell"),
    ("!awk '{print $1}' {x}", "", "", "shell"),
    ("!!ls {x}", "x", "", "shell"),
    ("a, b = !ls {x}", "x", "a b", "shell"),
    ("a.b = !ls {x}", "a x", "", "shell"),
    ("x?", "", "", "quiet"),
    ("?x", "", "", "quiet"),
    ("!echo x?", "", "", "quiet"),
    ("/f a b", "f a b", "", "python"),
    (",f a b", "f", "", "python"),
    (";f a b", "f", "", "python"),
    ("if c:\n    %time x = f(a)\nelse:\n    x = !ls {b}", "c f a b", "x", "python shell"),
    ("pip install pandas", "", "", "shell"),
    ("\npip install pandas==2.0\n", "", "", "shell"),
    ("cd ..", "", "", "changes-directory"),
    ("cd /tmp", "", "", "changes-directory"),
    ("ls -l", "", "", "quiet"),
    ("time x = f(a)", "f a", "x", "python"),
    ("run other.py", "", "", "binds"),
    ("matplotlib inline", "", "", "quiet"),
    ("load_ext autoreload", "", "", "quiet"),
    ("ls = 3", "", "ls", ""),
    ("ls - l", "ls l", "", ""),
    ("time.time()", "time", "", ""),
    ("history", "history", "", ""),
    ("%%time\nx = f(a)", "f a", "x", "python"),
    ("%%time\n\n%%capture out\nx = f(a)", "f a", "x out", "python python"),
    ("%%time\n%%bash\nls", "", "", "python shell"),
    ("%%capture\nx = 1", "", "x", "python"),
    ("%%capture out\nx = 1", "", "out x", "python"),
    ("%%capture --no-stderr out\nx = 1", "", "out x", "python"),
    ("%%capture out --no-stderr\nx = 1", "", "out x", "python"),
    ("%%capture out\nx = 1;", "", "x", "python"),
    ("%%timeit\nx = f(a)", "f a", "", "python"),
    ("%%timeit -n 3 g(c)\nx = f(a)", "g c f a", "", "python"),
    ("%%prun -l 3\nx = f(a)", "f a", "x", "python"),
    ("%%memit\nx = f(a)", "f a", "x", "python"),
    ("%%debug\nx = f(a)", "f a", "x", "python"),
    ("%%writefile f.py\nx = (", "", "", "writes-file"),
    ("%%writefile {folder}/f.py\nx = {y}", "folder", "", "writes-file"),
    ("%%bash\necho {x} $y", "", "", "shell"),
    ("%%bash --out o --err e\necho $y", "", "o e", "shell"),
    ("%%script bash -s {x}\nls", "x", "", "shell"),
    ("%%sx\necho {x} $y", "x y", "", "shell"),
    ("%%!\necho {x}", "x", "", "shell"),
    ("%%html\n<b>{x}</b>", "", "", "quiet"),
    ("%%javascript\nlet x = {}", "", "", "quiet"),
    ("%%latex\n$x$", "", "", "quiet"),
    ("%%perl\n$x = 1;", "", "", "shell"),
    ("%%ruby\nx = 1", "", "", "shell"),
    ("%%python\nx = y", "", "", "shell"),
    ("%%sql\nselect 1", "", "", "other"),
    ("%%sql x <<\nselect 1", "", "x", "other"),
    ("%%sql db x << select 1\nfrom y", "", "x", "other"),
    ("%%R -i df,n -o out\nout <- df", "df n", "out", "shell"),
    ("%%bigquery df --project p\nselect 1", "", "df", "other"),
    ("%%cython\ndef f(): pass", "", "", "binds"),
    ("%%mine\nx = 1", "", "", "other"),
    ("# a comment\n%%time\nx = 1", "", "x", "other"),
    ("%%time?", "", "", "quiet"),
]


@pytest.mark.parametrize(("source", "reads", "writes", "kinds"), CELLS)
def test_reads_binds_and_does(source: str, reads: str, writes: str, kinds: str) -> None:
    facts = facts_of(source)
    assert facts.error is None
    assert facts.reads == set(reads.split())
    assert facts.writes == set(writes.split())
    assert [magic.kind for magic in facts.magics] == kinds.split()
    assert facts.code.count("\n") == source.count("\n")


def test_nothing_fails_without_what_a_shell_line_expands() -> None:
    assert transform("x = 1\n!echo $HOME {x}").optional == {(2, "HOME"), (2, "x")}
    assert transform("d[k] = !echo {k} {v}").optional == {(1, "v")}
    assert transform("if a:\n    %cd {x}").optional == {(2, "x")}
    assert transform("%time !ls {x}").optional == {(1, "x")}
    assert transform("\n%%time\n!ls {x}").optional == {(3, "x")}
    assert transform("\nls").optional == {(2, "ls")}
    assert transform("ls\nx").optional == frozenset()
    assert transform("%store x").optional == frozenset()


def test_what_ipython_refuses() -> None:
    assert transform("%%time").problem == "`%%time` has nothing below it"
    assert transform("%%time\n").problem == "`%%time` has nothing below it"
    assert transform("%%time x = 1\ny = 2").problem == "`%%time` takes no code on its own line"
    assert transform("%%time\n%%capture").problem == "`%%capture` has nothing below it"
    assert transform("%%time --no-raise-error\ny = 2").problem is None
    assert transform("%%prun x = 1\ny = 2").problem is None


def test_what_is_seen() -> None:
    assert transform("%%capture out\nx").hidden
    assert not transform("%%capture --no-stdout out\nx").hidden
    assert not transform("%%time\nx").hidden
    assert transform("%%time\n%%capture\nx").hidden
    assert [m.captured for m in transform("x = !ls\n!ls").magics] == [True, False]


def test_a_line_magic_leaves_out_its_sign_as_in_ipython() -> None:
    known = InteractiveShell().magics_manager.magics["line"]
    assert set(known) <= magic_kinds.AUTOMAGIC
    assert transform("pip install x\npip install y").magics == ()


def test_every_magic_of_ipython_is_known() -> None:
    lines = InteractiveShell().magics_manager.magics["line"]
    unknown = {name for name in lines if magic_kinds.kind_of(name, "") == "other"}
    assert unknown == {"reset_selective", "code_wrap"}


def test_lines_stay_where_they_are() -> None:
    facts = facts_of("\n%%time\n\nx = 1\n!ls\ny = x")
    assert [(s.line, s.end_line) for s in facts.statements] == [(4, 4), (5, 5), (6, 6)]
    facts = facts_of("x = !ls \\\n  -l\n%time z = 3\n\ny = x")
    assert [(s.line, s.end_line) for s in facts.statements] == [(1, 1), (3, 3), (5, 5)]
    assert [magic.line for magic in transform("\n\n%%time\n%%capture\n!ls").magics] == [3, 4, 5]


def test_top_level_await_is_python() -> None:
    for source in (
        "x = await f()",
        "async with a as b:\n    x = b",
        "async for a in b:\n    x = a",
        "x = [a async for a in b]",
        "%time x = await f()",
        "!ls\nx = await f()",
    ):
        assert facts_of(source).error is None
        assert "x" in facts_of(source).writes


@given(st.text(alphabet="ab=%!?,;/ \n\t'\"()[]{}$#\\:1.", max_size=40))
def test_any_text_keeps_its_lines_and_never_raises(source: str) -> None:
    code = transform(source).code
    assert code.count("\n") == source.count("\n")
    facts_of(source)


def test_plain_python_is_left_alone() -> None:
    for source in ("x = '%d' % 3", "x = a % b", "print('what?')", "x = {\n    'a': 1\n}", ""):
        assert transform(source).code == source
        assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(facts_of(source).code))
