"""What a shell line reads, compared with what IPython itself puts into its text."""

from __future__ import annotations

import os
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell

from jupyter_prodready.analysis.magic_reads import expanded

EXAMPLES = int(os.environ.get("EXAMPLES", "300"))
NAMES = ("x", "y", "name", "path")


class Value(int):
    """A number with attributes and items, each of which shows which number it came from."""

    def __getattr__(self, name: str) -> Value:
        if name.startswith("__"):
            raise AttributeError(name)
        return Value(self + 1000)

    def __getitem__(self, key: object) -> Value:
        return Value(self + 2000)


@lru_cache
def shell() -> InteractiveShell:
    return InteractiveShell()


def in_ipython(text: str, **values: int) -> str:
    shell().user_ns.update({name: Value(value) for name, value in values.items()})
    return str(shell().var_expand(text))


def really_read(text: str) -> set[str]:
    """The names whose value can be seen in the text that IPython makes."""
    values = {name: 10 ** (number + 4) for number, name in enumerate(NAMES)}
    before = in_ipython(text, **values)
    return {name for name in NAMES if in_ipython(text, **{**values, name: 7}) != before}


TEXTS = [
    "ls",
    "echo $x",
    "echo $x $y",
    "echo ${x}",
    "echo {x}",
    "echo {x + y}",
    "echo {x}{y} {name}",
    "echo { x }",
    "echo {x!r}",
    "echo {x!s}",
    "echo {x!q}",
    "echo {x:>5}",
    "echo {x:.2f} $name",
    "echo {x[1:2]}",
    "echo {x['k']} {y.z}",
    'echo {x["a:b"]}',
    "echo $x.y",
    "echo $x.",
    "echo $x.y.z/a",
    "echo $$x",
    "echo $$$x",
    "echo $$x $y",
    "echo {{x}}",
    "echo {{x}} {y}",
    "echo {{{x}}}",
    "echo {}",
    "echo {} {x}",
    "echo {x",
    "echo x}",
    "echo {x}}",
    "echo $HOME $x",
    "echo $HOME",
    "awk '{print $1}' {path}",
    "awk '{{print $1}}' {path}",
    "awk '{{print $1}}' $path",
    "echo '$x'",
    "echo '$x' $y",
    "echo it's $x",
    "echo it's $x's",
    'echo "$x"',
    'echo "it\'s $x"',
    "echo $x'$y'",
    "echo '{x}'",
    "echo '{x}' $y",
    "echo '$x {y} $name' $path",
    "echo $1",
    "echo $1x $y",
    "echo $(ls) $x",
    "echo `ls` $x",
    "echo $? $x",
    "echo $# $x",
    "echo $x$y",
    "echo $x-$y/$name.csv",
    "echo $x.csv",
    "echo {path}/{name}.csv",
    "for f in *; do echo $f; done",
    "for f in $x; do echo {y}; done",
    "echo {x if y else name}",
    "echo {str(x)}",
    "echo {undefined} {x}",
    "echo {x} {undefined}",
    "echo {[x for _ in '12']}",
    "echo {x, y}",
    "echo {1/0} {x}",
    "echo {print}",
    "echo {x == 1 and y}",
    "sed -e 's/{x}/{y}/'",
    "grep -E 'a{2,3}' {path}",
    "git log HEAD@{1} $x",
    "curl -d '{\"a\": 1}' $x",
    "--flag={x}",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_reads_what_ipython_puts_in(text: str) -> None:
    compare(text)


PIECES = ["$", "{", "}", "x", "y", "'", '"', " ", ".", ":", "!r", "+1", "$$", "{x}", "$y", "{{"]
PIECES += ["}}", "[0]", "name", "\n", "1", "echo "]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_reads_what_ipython_puts_in(text: str) -> None:
    compare(text)


def compare(text: str) -> None:
    """What we read may fail in IPython (then nothing is put in), but nothing is missed."""
    mine = expanded(text).names & set(NAMES)
    truth = really_read(text)
    assert truth <= mine
    if in_ipython(text, **dict.fromkeys(NAMES, 3)) != text:
        assert mine - constant(text) == truth - constant(text)


def constant(text: str) -> set[str]:
    """Names that stand where their value cannot be seen."""
    return set(NAMES) if " if " in text or " and " in text else set()


def test_each_rule_is_exercised() -> None:
    assert really_read("echo {x + 1} $y {{name}} $$path") == {"x", "y"}
    assert expanded("echo {x + 1} $y {{name}} $$path").expressions == ("x + 1", "y")
    assert expanded("echo {x:.2f} $name").names == frozenset()
    assert expanded("echo $HOME").names == {"HOME"}
