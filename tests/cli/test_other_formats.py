"""`check`, `graph`, `fix --diff` and `fix` on jupytext files and on notebooks of format 3."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import Cli

HEADER = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

"""
PERCENT = """\
# %% [markdown]
# # Prices

# %% tags=["load"]
prices = [1, 2]  # in €


# %%
# %time total = sum(prices)
print(total)
# %%
np.mean(prices)
"""
MARKDOWN = """\
---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
---

# Prices

```python tags=["load"]
prices = [1, 2]  # in €
```

Some text.

```python
total = sum(prices)
print(total)
```


```python
np.mean(prices)
```
"""
FORMAT_3: dict[str, Any] = {
    "metadata": {"name": "prices"},
    "nbformat": 3,
    "nbformat_minor": 0,
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Prices"]},
                {
                    "cell_type": "code",
                    "collapsed": False,
                    "input": ["prices = [1, 2]  # in \u20ac\n", "total = sum(prices)"],
                    "language": "python",
                    "metadata": {},
                    "outputs": [],
                    "prompt_number": 1,
                },
                {
                    "cell_type": "code",
                    "collapsed": False,
                    "input": ["np.mean(prices)"],
                    "language": "python",
                    "metadata": {},
                    "outputs": [{"output_type": "stream", "stream": "stdout", "text": ["x"]}],
                    "prompt_number": 2,
                },
            ],
            "metadata": {},
        }
    ],
}
FILES = {
    "percent": ("n.py", PERCENT),
    "percent with a header": ("n.py", HEADER + PERCENT),
    "percent of Windows": ("n.py", PERCENT.replace("\n", "\r\n")),
    "percent with a mark": ("n.py", "\ufeff" + PERCENT),
    "markdown": ("n.md", MARKDOWN),
    "format 3": ("n.ipynb", json.dumps(FORMAT_3, indent=1)),
    "format 3 on one line": ("n.ipynb", json.dumps(FORMAT_3, ensure_ascii=False)),
}


@pytest.fixture(params=FILES)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name, text = FILES[request.param]
    file = tmp_path / name
    file.write_bytes(text.encode())
    return file


def findings(cli: Cli, page: Path) -> list[tuple[str, list[str]]]:
    (notebook,) = json.loads(cli("check", page.name, "--format", "json").stdout)["notebooks"]
    return [(one["check"], one["names"]) for one in notebook["findings"]]


def added_and_removed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines by which the texts differ, where what is equal stands in the same order."""
    from difflib import ndiff

    lines = list(ndiff(before.splitlines(True), after.splitlines(True)))
    return (
        [line[2:] for line in lines if line.startswith("+ ")],
        [line[2:] for line in lines if line.startswith("- ")],
    )


def test_check_and_graph(cli: Cli, page: Path) -> None:
    before = page.read_bytes()
    assert findings(cli, page) == [("undefined-name", ["np"])]
    done = cli("graph", page.name, "--format", "json")
    (notebook,) = json.loads(done.stdout)["notebooks"]
    assert (done.returncode, done.stderr) == (0, "")
    pairs = {(edge["from"], edge["to"]) for edge in notebook["edges"]}
    assert (1, max(to for _, to in pairs)) in pairs
    assert page.read_bytes() == before


def test_a_fix_writes_the_same_format_and_touches_nothing_else(cli: Cli, page: Path) -> None:
    before = page.read_bytes()
    shown = cli("fix", page.name, "--diff")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "+import numpy as np" in shown.stdout.splitlines()
    assert page.read_bytes() == before
    done = cli("fix", page.name)
    assert (done.returncode, done.stderr) == (0, "")
    has_counts = page.suffix == ".ipynb"
    assert findings(cli, page) == ([("never-run", ["np"])] if has_counts else [])
    assert cli("undo").returncode == 0
    assert page.read_bytes() == before


@pytest.mark.parametrize("kind", [name for name in FILES if not name.startswith("format")])
def test_the_lines_of_a_text_notebook_that_a_fix_adds(cli: Cli, tmp_path: Path, kind: str) -> None:
    name, text = FILES[kind]
    page = tmp_path / name
    page.write_bytes(text.encode())
    cli("fix", name)
    added, removed = added_and_removed(text, page.read_bytes().decode())
    end = "\r\n" if "\r\n" in text else "\n"
    assert f"import numpy as np{end}" in added
    assert set(added) <= {
        f"{one}{end}" for one in ("import numpy as np", "", "# %%", "```python", "```")
    }
    assert removed == []


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_a_new_cell_of_format_3(cli: Cli, tmp_path: Path, indent: int | None) -> None:
    page = tmp_path / "n.ipynb"
    page.write_text(json.dumps(FORMAT_3, indent=indent))
    assert cli("fix", "n.ipynb").returncode == 0
    after = json.loads(page.read_text())
    import nbformat

    nbformat.validate(nbformat.from_dict(after), version=3)
    cells = after["worksheets"][0]["cells"]
    old = FORMAT_3["worksheets"][0]["cells"]
    changed = [cell for cell in cells if cell not in old]
    assert ["".join(cell["input"]).split("\n")[0] for cell in changed] == ["import numpy as np"]
    assert {**after, "worksheets": None} == {**FORMAT_3, "worksheets": None}


def test_several_worksheets_are_refused(cli: Cli, tmp_path: Path) -> None:
    page = tmp_path / "n.ipynb"
    sheet = FORMAT_3["worksheets"][0]
    page.write_text(json.dumps({**FORMAT_3, "worksheets": [sheet, {"cells": []}]}))
    before = page.read_bytes()
    assert findings(cli, page) == [("undefined-name", ["np"])]
    done = cli("fix", "n.ipynb")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "jupyter prodready: error: The notebook is of format 3 and has several worksheets. "
        "Open and save it in JupyterLab first.\n"
    )
    assert page.read_bytes() == before


def test_a_magic_stays_as_jupytext_writes_it(cli: Cli, tmp_path: Path) -> None:
    page = tmp_path / "n.py"
    page.write_text("# %%\n# %matplotlib inline\nprint(np.pi)\n")
    assert cli("fix", "n.py").returncode == 0
    assert page.read_text().count("# %matplotlib inline\n") == 1
    assert findings(cli, page) == []


BROKEN = {
    "n.py": ("# ---\n# jupyter:\n#   [a: b\n# ---\n# %%\n1", "`n.py` cannot be read by jupytext: "),
    "m.md": ("---\njupyter: [\n---\n\n```python\n1\n```\n", "`m.md` cannot be read by jupytext: "),
    "plain.py": ("x = 1\n", "`plain.py` has no notebook cells. "),
    "three.ipynb": (
        '{"nbformat": 3, "metadata": {}}',
        "`three.ipynb` is not a notebook: it has no ",
    ),
    "cell.ipynb": (
        '{"nbformat": 3, "worksheets": [{"cells": [1]}]}',
        "Cell 0 of `cell.ipynb` is not an object. ",
    ),
    "kind.ipynb": (
        '{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "odd"}]}]}',
        "Cell 0 of `kind.ipynb` has the type 'odd'. ",
    ),
    "input.ipynb": (
        '{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": 3}]}]}',
        "The source of cell 0 of `input.ipynb` is not text. ",
    ),
}


@pytest.mark.parametrize("command", ["check", "graph", "fix"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gives_one_sentence(
    cli: Cli, tmp_path: Path, command: str, name: str
) -> None:
    text, message = BROKEN[name]
    (tmp_path / name).write_text(text)
    done = cli(command, name)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"jupyter prodready: error: {message}")
    assert (tmp_path / name).read_text() == text
