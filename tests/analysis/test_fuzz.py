"""No text of a cell makes the analysis raise, or take long."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.analysis.facts import facts_of
from jupyter_prodready.analysis.magics import transform
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Run

from .programs import from_grammar, from_node

EXAMPLES = int(os.environ.get("EXAMPLES", "40"))
ROOT = Path(__file__).parents[2]
quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def check_all(*sources: str) -> None:
    """Facts of each cell, and the report of a notebook in which they ran."""
    for source in sources:
        ended = source.replace("\r\n", "\n").replace("\r", "\n")
        assert transform(source).code.count("\n") == ended.count("\n")
        assert len(facts_of(source).keys) == len(facts_of(source).statements)
    cells = tuple(
        Cell(f"c{number}", number, "code", source, number + 1)
        for number, source in enumerate(sources)
    )
    runs = [
        Run(number + 1, cell.source, "ok", cell.id)
        for number, cell in enumerate((*cells, *reversed(cells)))
    ]
    notebook = Notebook("fuzz.ipynb", cells)
    report = analyse(notebook, from_runs(notebook, runs))
    assert [cell.id for cell in report.cells] == [cell.id for cell in cells]


def real_cells() -> list[str]:
    """The cells of the sample, as people write them."""
    found: list[str] = []
    for path in sorted((ROOT / "sample").rglob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        found += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return found


REAL = real_cells()
ODD = ["%", "!", "?", "$", "{", "}", "(", ")", "'", '"""', "\\", "\n", "\r", "\t", "\f", "\x00"]
ODD += [
    "\ud800",
    "\u2028",
    "\x85",
    "=",
    ":",
    "%%time\n",
    "%time ",
    "!ls ",
    "é",
    "\xa0",
    "0",
    "_",
    "@",
]


def mutated(source: str, seed: int) -> str:
    """``source`` with a few cuts, repeats and odd characters."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 5)):
        start, end = sorted(chance.randint(0, len(source)) for _ in range(2))
        middle = chance.choice(["", source[start:end] * 2, chance.choice(ODD)])
        source = source[:start] + middle + source[end if middle == "" else start :]
        source = source[:5000]
    return source


@quick
@given(
    st.lists(st.text(max_size=60) | st.text(st.sampled_from("".join(ODD)), max_size=30), max_size=3)
)
def test_any_text(sources: list[str]) -> None:
    check_all(*sources)


@quick
@given(st.lists(st.builds(mutated, st.sampled_from(REAL), st.integers(0, 10**6)), max_size=3))
def test_mutated_real_cells(sources: list[str]) -> None:
    check_all(*sources)


@pytest.mark.slow
@settings(quick, max_examples=max(1, EXAMPLES // 5))
@given(from_grammar, from_node)
def test_generated_programs(grammar: str, node: str) -> None:
    check_all(grammar, node)


DEEP = {
    "brackets": lambda n: "(" * n + "x" + ")" * n,
    "open brackets": lambda n: "[" * n,
    "signs": lambda n: "x = " + "-" * n + "1",
    "sums": lambda n: "x = " + "+".join(["a"] * n),
    "attributes": lambda n: "x" + ".a" * n,
    "calls": lambda n: "x" + "()" * n,
    "items": lambda n: "x" + "[0]" * n,
    "item changes": lambda n: "x" + "[0]" * n + " = 1",
    "methods": lambda n: "y = x" + ".a()" * n,
    "lambdas": lambda n: "f = " + "lambda: " * n + "x",
    "conditions": lambda n: "x = " + "a if b else " * n + "c",
    "branches": lambda n: "if a:\n x = 1\n" + "elif b:\n x = 2\n" * n,
    "blocks": lambda n: "".join(" " * i + "if x:\n" for i in range(n)) + " " * n + "y = 1",
    "functions": lambda n: "".join(" " * i + "def f():\n" for i in range(n)) + " " * n + "x",
    "classes": lambda n: "".join(" " * i + "class A:\n" for i in range(n)) + " " * n + "x = y",
    "shell lines": lambda n: "!echo " + "{" + "(" * n + "x" + ")" * n + "}",
    "line magics": lambda n: "%time " * n + "x",
    "cell magics": lambda n: "%%time\n" * n + "x",
    "strings": lambda n: "f'{" * n,
    "escapes": lambda n: "/," * n,
}


@pytest.mark.parametrize("shape", DEEP)
def test_deep_nesting(shape: str) -> None:
    for depth in (30, 60, 95, 120, 160, 200, 250, 330, 480, 900):
        check_all(DEEP[shape](depth), "x = 1")


LONG = {
    "brackets": "(" * 100_000,
    "closed brackets": "(" * 100_000 + ")" * 100_000,
    "one long line": "x = '" + "a" * 1_000_000 + "'",
    "one long list": "x = [" + "1, " * 50_000 + "]",
    "blanks": " " * 100_000 + "x",
    "tabs": "\t" * 100_000 + "!ls",
    "blank lines": "\n" * 100_000 + "%pwd",
    "equal signs": "= " * 100_000 + "\n!x",
    "quotes": "'" * 100_000,
    "open strings": "'''a" * 50_000 + "\n%pwd",
    "backslashes": "!ls \\\n" * 20_000,
    "help": "a" * 100_000 + "-?",
    "help lines": "x?\n" * 20_000,
    "open shell lines": "!echo (?\n" * 3_000,
    "dollars": "!echo " + "$x'" * 30_000,
    "braces": "!echo " + "{" * 100_000,
    "fields": "!echo " + "{x}" * 20_000,
    "options": "%timeit " + "-n 1 " * 20_000 + "x",
    "option letters": "%timeit -" + "n" * 100_000 + "! x",
    "line magics": "%time " * 20_000 + "x",
    "cell magics": "%%time\n" * 20_000 + "x",
    "percent signs": "%" * 100_000,
    "exclamation marks": "!" * 100_000,
    "slashes": "/" * 100_000 + "x",
    "prompts": ">>> x = (\n" * 10_000,
    "numbered prompts": "In [1]: x = (\n" * 10_000,
    "null bytes": "\x00" * 100_000,
    "surrogates": "\ud800" * 100_000,
    "returns": "x\r" * 2_000,
}


@pytest.mark.parametrize("shape", LONG)
def test_long_text_is_read_in_time(shape: str) -> None:
    started = time.process_time()
    facts = facts_of(LONG[shape])
    assert time.process_time() - started < 3
    assert facts.source == LONG[shape]


def test_odd_characters() -> None:
    check_all("x = 1\x00", "x = '\x00'", "!ls \x00", "\x00")
    check_all(
        "x = '\ud800'", "\ud800 = 1", "!echo \ud800 {\ud800}", "%time '\udfff'", "%%bash\n\ud800"
    )
    check_all("x = 1\r\ny = x\r\n", "x = 1\ry = x", "%time x\r\n!ls\r\n", "\r", "\r\n")
    check_all("\fx = 1", "x = 1\n\fy = 2", "if x:\n\f    y = 1", "\f%pwd", "\x0b", "x = 1\x1c")
    check_all("if x:\n\ty = 1\n        z = 1", "\t!ls", "\ufeffx = 1", "\xa0x", "x = 1 # \u2028 y")
    check_all("", " ", "\n", "\\", "\\\n", "x = \\", "#", "'", '"""', "%", "%%", "!", "?", ";", "$")


def test_a_form_feed_is_white_space() -> None:
    assert facts_of("x = 1\n\fy = 2").writes == {"x", "y"}
    assert facts_of("x = 1\ry = 2\r\nz = 3").writes == {"x", "y", "z"}
