"""Where IPython's syntax is found, compared with IPython's own transformer."""

from __future__ import annotations

import ast
import os
import re
import warnings

import IPython
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from jupyter_prodready.analysis.magic_syntax import (
    Special,
    cleaned,
    empty_lines_before,
    has_marks,
    specials,
)

from .magic_blocks import BLOCKS
from .magic_lines import LINES

EXAMPLES = int(os.environ.get("EXAMPLES", "400"))
SHELL = "get_ipython()"


def as_ipython(source: str) -> str:
    """The cell in IPython's words, with what is found by us."""
    text = re.sub(r"^[ \t]+$", "", cleaned(ending(source)), flags=re.MULTILINE)
    if empty_lines_before(text) == empty_lines_before(ending(source)):
        text = text.lstrip("\n") or "\n"
    if text.startswith("%%") and not _asked_cell_magic(text):
        first, _, body = text.partition("\n")
        name, _, argument = first[2:].rstrip().partition(" ")
        return f"{SHELL}.run_cell_magic({name!r}, {argument!r}, {ending(body)!r})\n"
    out, position = [], 0
    for special in specials(text):
        out += [text[position : special.start], in_words(special)]
        position = special.end
    return ending("".join([*out, text[position:]]))


def _asked_cell_magic(text: str) -> bool:
    name = text[2:].split("?", 1)[0]
    return text[2:].startswith(name + "?") and name.isidentifier()


def ending(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def in_words(special: Special) -> str:
    if special.form == "magic":
        return f"{SHELL}.run_line_magic({special.name!r}, {special.argument!r})"
    if special.form in ("system", "getoutput"):
        return f"{SHELL}.{special.form}({special.argument!r})"
    return f"{SHELL}.show_usage()" if special.form == "usage" else special.argument


def tree_of(code: str) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(ast.parse(code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def theirs(source: str) -> str | None:
    """The tree of what IPython runs; None where it refuses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tree_of(TransformerManager().transform_cell(source))
    except (SyntaxError, RuntimeError):
        return None


def indented_more_above(source: str) -> bool:
    """Older IPython drops the first line's indent, newer what is common to all lines."""
    first = next((line for line in source.split("\n") if line.strip()), "")
    return first[:1] in (" ", "\t") or bool(re.search(r"^\s*\\\n[ \t]", source, re.MULTILINE))


def has_prompt(source: str) -> bool:
    """IPython 8 takes prompts away by other rules than 9, which are ours."""
    return IPython.version_info < (9,) and ">>>" in source


def compare(source: str) -> None:
    if has_prompt(source):
        pytest.skip("prompts of an older IPython")
    expected = theirs(source)
    mine = tree_of(as_ipython(source))
    if expected is None and indented_more_above(source):
        return
    assert mine == expected
    if not has_marks(source):
        assert not list(specials(cleaned(source)))


CELLS = [*LINES, *BLOCKS]


@pytest.mark.parametrize("source", CELLS)
def test_a_cell_means_what_ipython_says(source: str) -> None:
    compare(source)


def test_the_list_is_long() -> None:
    assert len(set(CELLS)) > 200


def test_the_comparison_can_fail() -> None:
    assert sum(theirs(source) is not None for source in CELLS) > 150
    assert theirs("x = !ls") == tree_of("x = get_ipython().getoutput('ls')")
    assert tree_of(as_ipython("x = !ls")) != theirs("x = !ls -l")


WHOLE_LINES = [line for source in CELLS for line in source.split("\n")]
PIECES = ["%", "!", "?", "??", "!!", "%%", "/", ",", ";", "=", " = ", "(", ")", "[", "]", "#"]
PIECES += ["x", "y", "time", " ", "  ", "\n", "\n\n", "\\\n", "\n    ", ">>> ", "... ", "In [1]: "]
PIECES += ['"', "'", '"""', "'''", "if x:\n    ", "1", ".", ":", "==", "$", "{x}", "a?", "...: "]

mixtures = st.lists(st.sampled_from(WHOLE_LINES), max_size=8).map("\n".join)
shreds = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
deeper = st.tuples(st.sampled_from(["if x:", "for x in y:", "def f():"]), mixtures).map(
    lambda both: both[0] + "\n    pass\n    " + both[1].replace("\n", "\n    ")
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@example("...\n%%\n>>> f()")
@given(mixtures | deeper | shreds)
def test_any_mixture_means_what_ipython_says(source: str) -> None:
    if not (depends_on_python(source) or has_prompt(source)):
        compare(source)


def depends_on_python(source: str) -> bool:
    """Python 3.12 reads a lone quote, and ``!`` after a backslash, in another way than the
    versions before it, and with it IPython."""
    lone = any(line.count(q) % 2 for line in source.split("\n") for q in "'\"")
    return lone or re.search(r"\\\n[ \t]*[?!]", source) is not None
