"""Files to notebooks: every format, and one sentence for each file that is none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jupyter_prodready import formats
from jupyter_prodready.errors import BadInputError, MissingError, TooLargeError
from jupyter_prodready.model import Cell, Notebook


def code(source: str | list[str], **keys: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        **keys,
    }


def save(file: Path, *cells: dict[str, Any], minor: int = 5, **metadata: Any) -> Path:
    document = {
        "cells": cells,
        "metadata": metadata,
        "nbformat": 4,
        "nbformat_minor": minor,
    }
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_format_4_5(tmp_path: Path) -> None:
    file = save(
        tmp_path / "n.ipynb",
        {"cell_type": "markdown", "id": "title", "source": ["# Hi\n", "there"], "metadata": {}},
        code(
            "x = 1\nx",
            id="one",
            execution_count=4,
            outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}],
            metadata={"tags": ["a", "b"]},
        ),
        {"cell_type": "raw", "id": "raw", "source": "r", "metadata": {}},
        kernelspec={"name": "py", "display_name": "P", "language": "python"},
        language_info={"name": "python", "version": "3.12.1"},
    )
    assert formats.read(file) == Notebook(
        path=file.as_posix(),
        cells=(
            Cell("title", 0, "markdown", "# Hi\nthere"),
            Cell("one", 1, "code", "x = 1\nx", 4, True, ("a", "b")),
            Cell("raw", 2, "raw", "r"),
        ),
        language="python",
        language_version="3.12.1",
        kernel_name="py",
    )


def test_an_error_among_the_outputs_is_told(tmp_path: Path) -> None:
    error = {"output_type": "error", "ename": "KeyError", "evalue": "", "traceback": []}
    printed = {"output_type": "stream", "name": "stdout", "text": "1"}
    file = save(
        tmp_path / "n.ipynb",
        code("d[0]", id="one", outputs=[printed, error]),
        code("1", id="two", outputs=[printed]),
    )
    cells = formats.read(file).cells
    assert [(cell.failed, cell.error_name) for cell in cells] == [(True, "KeyError"), (False, None)]


def test_before_4_5_a_cell_is_named_by_its_index(tmp_path: Path) -> None:
    file = save(tmp_path / "n.ipynb", code("a", id="mine"), code("b"), minor=2)
    assert [cell.id for cell in formats.read(file).cells] == ["cell-0", "cell-1"]


def test_missing_and_repeated_ids_get_a_name_of_their_own(tmp_path: Path) -> None:
    file = save(
        tmp_path / "n.ipynb",
        code("a", id="same"),
        code("b", id="same"),
        code("c"),
        code("d", id="cell-2"),
        code("e", id=""),
    )
    ids = [cell.id for cell in formats.read(file).cells]
    assert ids == ["same", "cell-1", "cell-2-again", "cell-2", "cell-4"]


def test_format_3(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Load"], "metadata": {}},
        {
            "cell_type": "code",
            "input": ["print 1\n", "x"],
            "language": "python",
            "outputs": [{"output_type": "stream", "text": "1"}],
            "prompt_number": 7,
        },
        {"cell_type": "code", "input": "", "language": "python", "outputs": []},
    ]
    sheets = [{"cells": cells[:1]}, {"cells": cells[1:]}]
    document = {"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets}
    file = tmp_path / "old.ipynb"
    file.write_text(json.dumps(document))
    assert formats.read(file).cells == (
        Cell("cell-0", 0, "markdown", "## Load"),
        Cell("cell-1", 1, "code", "print 1\nx", 7, True),
        Cell("cell-2", 2, "code", ""),
    )


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"language": "R"}}, "R"),
        ({"kernelspec": {"language": "Python"}}, "python"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"name": "x"}}, "python"),
        ({"kernelspec": "broken", "language_info": []}, "python"),
    ],
)
def test_language(tmp_path: Path, metadata: dict[str, Any], language: str) -> None:
    assert formats.read(save(tmp_path / "n.ipynb", **metadata)).language == language


def test_a_byte_order_mark_and_half_a_surrogate_pair_are_read(tmp_path: Path) -> None:
    file = save(tmp_path / "n.ipynb", code("x = '\ud800'"))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert formats.read(file).cells[0].source == "x = '?'"


PERCENT = """\
# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Title

# %%
# %matplotlib inline
x = 1

# %% tags=["a"]
x
"""
LIGHT = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: light
# ---

x = 1

x + 1
"""
MYST = """\
---
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  display_name: Python 3
  name: python3
---

# Title

```{code-cell} ipython3
x = 1
```
"""
MARKDOWN = """\
---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
---

# Title

```python
x = 1
```
"""


@pytest.mark.parametrize(
    ("name", "text", "cells"),
    [
        (
            "n.py",
            PERCENT,
            (
                Cell("cell-0", 0, "markdown", "# Title"),
                Cell("cell-1", 1, "code", "%matplotlib inline\nx = 1"),
                Cell("cell-2", 2, "code", "x", tags=("a",)),
            ),
        ),
        (
            "bare.py",
            "# %%\nx = 1\n# %%\nx\n",
            (Cell("cell-0", 0, "code", "x = 1"), Cell("cell-1", 1, "code", "x")),
        ),
        (
            "light.py",
            LIGHT,
            (Cell("cell-0", 0, "code", "x = 1"), Cell("cell-1", 1, "code", "x + 1")),
        ),
        (
            "myst.md",
            MYST,
            (Cell("cell-0", 0, "markdown", "# Title"), Cell("cell-1", 1, "code", "x = 1")),
        ),
        (
            "n.md",
            MARKDOWN,
            (Cell("cell-0", 0, "markdown", "# Title"), Cell("cell-1", 1, "code", "x = 1")),
        ),
    ],
)
def test_text_notebooks(tmp_path: Path, name: str, text: str, cells: tuple[Cell, ...]) -> None:
    file = tmp_path / name
    file.write_text(text)
    assert formats.read(file).cells == cells
    assert formats.read(file) == formats.read(file)


GOOD = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [%s]}'


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("n.ipynb", "", "is empty."),
        ("n.ipynb", "{\n  'a': 1}", "is not JSON: Expecting property name enclosed in double"),
        ("n.ipynb", GOOD[:-1] % "", "at line 1, column 65."),
        ("n.ipynb", "[" * 100_000, "is nested too deeply to be a notebook."),
        ("n.ipynb", "[1]", "is JSON, but not a notebook: it has no `nbformat` number."),
        ("n.ipynb", '{"nbformat": true}', "it has no `nbformat` number."),
        ("n.ipynb", '{"nbformat": 2, "worksheets": []}', "is a notebook of format 2;"),
        ("n.ipynb", '{"nbformat": 5, "cells": []}', "is a notebook of format 5;"),
        ("n.ipynb", '{"nbformat": 4}', "it has no list of `cells`."),
        ("n.ipynb", GOOD % "1", "Cell 0 of"),
        ("n.ipynb", GOOD % '{"cell_type": "sql", "source": ""}', "has the type 'sql'."),
        ("n.ipynb", GOOD % '{"cell_type": "code", "source": [1]}', "The source of cell 0"),
        ("n.py", "x = 1\n", "has no notebook cells."),
        ("n.md", "# Read me\n", "has no notebook cells."),
        ("n.py", "# ---\n# jupyter:\n#   [a: b\n# ---\n# %%\n1", "cannot be read by jupytext:"),
        ("n.txt", "x", "is not a notebook by its name."),
    ],
)
def test_one_sentence_for_what_is_no_notebook(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(BadInputError) as caught:
        formats.read(file)
    assert message in caught.value.message
    assert file.as_posix() in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="There is no file"):
        formats.read(tmp_path / "none.ipynb")
    with pytest.raises(BadInputError, match="is a folder"):
        formats.read(tmp_path)
    latin = tmp_path / "latin.ipynb"
    latin.write_bytes('{"ä": 1}'.encode("latin-1"))
    with pytest.raises(BadInputError, match=r"is not UTF-8 text \(byte 2\)"):
        formats.read(latin)
    huge = tmp_path / "huge.ipynb"
    with huge.open("wb") as stream:
        stream.truncate(formats.MAX_BYTES + 1)
    with pytest.raises(TooLargeError, match="is larger than 200 MB"):
        formats.read(huge)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    def put(name: str, text: str = "") -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    for name in ("a.ipynb", "sub/b.ipynb", ".hidden/c.ipynb", "venv/d.ipynb", "my/e.ipynb"):
        put(name)
    put("my/pyvenv.cfg")
    put("sub/.ipynb_checkpoints/b-checkpoint.ipynb")
    put("node_modules/f.ipynb")
    put("cells.py", "# %%\nx = 1\n")
    put("light.py", LIGHT)
    put("plain.py", "x = 1  # %% not a cell\n")
    put("n.md", MARKDOWN)
    put("myst.md", MYST)
    put("README.md", "# Title\n\n---\njupyter: no\n---\n")
    put("notes.txt", "# %%")
    return tmp_path


def names(project: Path, found: tuple[Path, ...]) -> list[str]:
    return [path.relative_to(project).as_posix() for path in found]


def test_what_counts_as_a_notebook_in_a_folder(project: Path) -> None:
    assert names(project, formats.find(str(project))) == [
        "a.ipynb",
        "cells.py",
        "light.py",
        "myst.md",
        "n.md",
        "sub/b.ipynb",
    ]


def test_globs(project: Path) -> None:
    assert names(project, formats.find(f"{project}/**/*.ipynb")) == ["a.ipynb", "sub/b.ipynb"]
    assert names(project, formats.find(f"{project}/*.py")) == ["cells.py", "light.py"]
    odd = project / "odd[1].ipynb"
    odd.write_text("")
    assert formats.find(str(odd)) == (odd,)
    with pytest.raises(MissingError, match="No notebook matches"):
        formats.find(f"{project}/*.nothing")


def test_a_folder_without_notebooks(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("x = 1\n")
    with pytest.raises(BadInputError, match="There is no notebook below"):
        formats.find(str(tmp_path))


def test_reading_ipynb_imports_nothing_of_jupyter(tmp_path: Path) -> None:
    file = save(tmp_path / "n.ipynb", code("x = 1"))
    program = (
        "import sys; from jupyter_prodready import formats; formats.read(sys.argv[1]);"
        "print([m for m in ('nbformat', 'jupytext', 'yaml', 'tornado') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
