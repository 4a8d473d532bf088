"""Extraction from pages that jupytext keeps as text, alone or beside an `.ipynb` file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from difflib import ndiff
from pathlib import Path

import jupytext
import pytest
from documents import cell, document
from jupytext.cli import jupytext as jupytext_command

from actions.disk import tree
from jupyter_prodready.actions import extract_file, undo_last
from jupyter_prodready.actions.extract import split_file
from jupyter_prodready.errors import BadInputError
from jupyter_prodready.verify.staging import Proved

PERCENT = """# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# ## Totals

# %% tags=["mine"]
prices = [3, 1, 2]   # as they were


# %%
# the sum
total = sum(prices)
half = total / 2

# %%
print(total, half)
"""
LIGHT = """# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: light
# ---

prices = [3, 1, 2]

# +
total = sum(prices)

half = total / 2
# -

print(total, half)
"""
MARKDOWN = """---
jupyter:
  kernelspec:
    display_name: Python 3
    name: python3
---

# Totals

```python
prices = [3, 1, 2]
```

```python
total = sum(prices)
half = total / 2
```

Text that stays.

```python
print(total, half)
```
"""
PAGES = {"n.py": PERCENT, "light.py": LIGHT, "n.md": MARKDOWN}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    (tmp_path / "notebooks").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", PAGES)
def test_the_last_cell_of_a_text_without_a_last_newline(name: str, root: Path):
    page = root / "notebooks" / name
    end = "shown = [p * 2 for p in prices]\nprint(shown)"
    text = PAGES[name].replace("print(total, half)", end).rstrip("\n")
    page.write_text(text)
    before = tree(root)
    which = max(i for i in range(9) if _holds(page, i, "shown ="))
    assert extract_file(page, str(which), "src/shop/totals.py", "show").status == "applied"
    assert page.read_text()[-1] == text[-1]
    assert "show(prices)" in page.read_text()
    undo_last(root)
    assert tree(root) == before


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_what_moves_is_rewritten_and_undo_gives_the_bytes_back(
    name: str, ending: str, root: Path
):
    page = root / "notebooks" / name
    page.write_bytes(PAGES[name].replace("\n", ending).encode())
    before, lines = tree(root), page.read_bytes().splitlines(True)
    which = next(i for i in range(9) if _holds(page, i, "sum("))
    done = extract_file(page, str(which), "src/shop/totals.py", "add_up")
    assert done.status == "applied"
    now = page.read_bytes().splitlines(True)
    gone = [line.decode().strip() for line in lines if line not in now]
    assert gone == [
        g for g in ("# the sum", "total = sum(prices)", "half = total / 2") if g in gone
    ]
    assert "total = sum(prices)" in gone
    assert f"total, half = add_up(prices){ending}".encode() in now
    assert _run(page) == "6 3.0\n"
    undo_last(root)
    assert tree(root) == before


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_is_shown_are_the_lines_of_the_file(name: str, ending: str, root: Path):
    """A patch that takes the file to what is written, and each line of it is there or will be."""
    page = root / "notebooks" / name
    page.write_bytes(PAGES[name].replace("\n", ending).encode())
    which = next(i for i in range(9) if _holds(page, i, "sum("))
    module, before = "src/shop/totals.py", page.read_text().splitlines()
    previewed = extract_file(page, str(which), module, "add_up", diff_only=True)
    done = extract_file(page, str(which), module, "add_up")
    assert previewed.diff == done.diff
    files, shown = done.diff.split(f"--- a/notebooks/{name}\n")
    assert "+++ b/src/shop/totals.py" in files
    lines = [line for line in shown.splitlines() if line[:3] not in ("+++", "@@ ")]
    changes = [line for line in ndiff(before, page.read_text().splitlines()) if line[0] in "+-"]
    assert sorted(one for one in lines if one[0] in "+-") == sorted(
        one[0] + one[2:] for one in changes
    )
    assert [one[1:] for one in lines if one[0] in " -"] == before[_first(shown) :][: _count(shown)]


def _first(shown: str) -> int:
    """Where the one hunk of a diff begins."""
    (found,) = re.findall(r"^@@ -(\d+)", shown, re.MULTILINE)
    return int(found) - 1


def _count(shown: str) -> int:
    (found,) = re.findall(r"^@@ -\d+,(\d+)", shown, re.MULTILINE)
    return int(found)


def test_the_lines_of_a_proven_page_are_shown_too(root: Path):
    page = root / "notebooks" / "n.md"
    page.write_text(MARKDOWN)
    done = extract_file(page, "2", "src/shop/totals.py", prover=lambda _: Proved("equal"))
    assert done.proof == "equal"
    assert "\n ```python\n" in done.diff
    assert "# %%" not in done.diff


def _holds(page: Path, index: int, text: str) -> bool:
    from jupyter_prodready import formats

    cells = formats.read(page).cells
    return index < len(cells) and text in cells[index].source


def _run(page: Path) -> str:
    """What a clean run prints, of the code that jupytext gives for scripts."""
    made = jupytext.writes(jupytext.read(page), "py:light")
    run = [sys.executable, "-"]
    return subprocess.run(
        run, cwd=page.parent, input=made.encode(), capture_output=True
    ).stdout.decode()


def test_a_text_page_is_split(root: Path):
    page = root / "notebooks" / "n.md"
    page.write_text(MARKDOWN)
    before = tree(root)
    assert split_file(page).status == "applied"
    assert "Text that stays." in page.read_text()
    assert _run(page) == "6 3.0\n"
    undo_last(root)
    assert tree(root) == before


def test_a_module_is_not_the_page_itself(root: Path):
    page = root / "notebooks" / "n.py"
    page.write_text(PAGES["n.py"])
    refused = extract_file(page, "2", "notebooks/n.py")
    assert "is the text twin of a notebook" in refused.refusals[0].message


def test_what_cannot_be_read_is_told_and_nothing_is_written(root: Path):
    page = root / "notebooks" / "n.py"
    page.write_text("x = 1\n")
    before = tree(root)
    with pytest.raises(BadInputError, match="has no notebook cells"):
        extract_file(page, "0", "src/shop/n.py")
    assert tree(root) == before


def paired(root: Path) -> Path:
    """An `.ipynb` file with its text beside it."""
    page = root / "notebooks" / "n.ipynb"
    kept = document(cell("prices = [3, 1, 2]"), cell("total = sum(prices)"), cell("print(total)"))
    kept["metadata"]["jupytext"] = {"formats": "ipynb,py:percent"}
    page.write_text(json.dumps(kept))
    synced(page)
    return page


def synced(page: Path) -> None:
    """By jupytext's own command, in this process: its start takes seconds."""
    assert jupytext_command(["--sync", str(page)]) == 0


def test_the_twin_of_an_ipynb_is_brought_up_to_date_by_what_the_note_says(root: Path):
    page = paired(root)
    done = extract_file(page, "1", "src/shop/totals.py", "add_up")
    told = f"`n.py` holds the page as it was: `jupytext --sync {page}` brings it up to date."
    assert told in done.notes
    synced(page)
    assert "total = add_up(prices)" in page.with_suffix(".py").read_text()


def test_a_text_that_is_behind_its_ipynb_is_not_written(root: Path):
    page = paired(root)
    text = page.with_suffix(".py")
    page.write_text(page.read_text().replace("[3, 1, 2]", "[3, 1, 2, 100]"))
    later = text.stat().st_mtime + 5
    os.utime(page, (later, later))
    before = tree(root)
    for diff_only in (False, True):
        with pytest.raises(BadInputError, match=r"`n.ipynb` was changed after `n.py`"):
            extract_file(text, "1", "src/shop/totals.py", diff_only=diff_only)
    assert tree(root) == before
    synced(page)
    assert extract_file(text, "1", "src/shop/totals.py").status == "applied"
    assert "100" in text.read_text()


def test_no_word_of_a_twin_that_is_not_there(root: Path):
    page = root / "notebooks" / "n.ipynb"
    kept = document(cell("prices = [3, 1, 2]"), cell("total = sum(prices)"), cell("print(total)"))
    for said in ({"formats": "ipynb,py:percent"}, {"formats": 3}, {"formats": "src//py"}, 7):
        kept["metadata"]["jupytext"] = said
        page.write_text(json.dumps(kept))
        assert not any("--sync" in note for note in extract_file(page, "1", diff_only=False).notes)
        undo_last(root)
