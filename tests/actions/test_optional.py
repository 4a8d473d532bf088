"""Each line of the diff that may be left out says by which tick: without it, it is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from refactor.running import notebook_of

from jupyter_prodready.actions.asked import Asked, AskedSplit
from jupyter_prodready.actions.extract import split_of
from jupyter_prodready.actions.journal import FileChange
from jupyter_prodready.actions.kept_test import Kept, with_kept
from jupyter_prodready.actions.kernel_python import NO_KERNEL
from jupyter_prodready.actions.optional import with_optional
from jupyter_prodready.actions.project import locate
from jupyter_prodready.model import Cell, Extraction, Notebook
from jupyter_prodready.refactor import Options, Types
from jupyter_prodready.refactor.selection import Selection

PAGE = notebook_of(
    ("import math\nprices = [3, 1]", "# The sum of prices\nprices.sort()\ntotal = math.fsum(prices)",
     "print(total, prices)")
)  # fmt: skip
TYPES = (Types({"prices": "list[int]"}, {"total": "float", "prices": "list[int]"}),)


def asked(root: Path, options: Options) -> Asked:
    (root / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    located = locate(root / PAGE.path, "src/shop/sums.py", root=root)
    chosen = Selection(("c1",))
    return Asked(PAGE, chosen, located, "src/shop/sums.py", "sums", {}, options)


def told(extraction: Extraction) -> dict[str, list[str]]:
    lines = extraction.diff.splitlines()
    found: dict[str, list[str]] = {}
    for one in extraction.optional:
        key = one.option if one.module is None else f"{one.option} {one.module}"
        found.setdefault(key, []).extend(lines[one.first - 1 : one.last])
    return found


def planned(root: Path, options: Options, types: tuple[Types, ...] = TYPES) -> Extraction:
    wanted = asked(root, options)
    return with_optional(wanted, wanted.plan(types), types)


def test_the_lines_are_those_that_would_be_gone_or_others(tmp_path: Path):
    found = told(planned(tmp_path, Options(pure=True)))
    assert found == {
        "autoreload": ["+%load_ext autoreload", "+%autoreload 2"],
        "annotations": ["+def sums(prices: list[int]) -> tuple[float, list[int]]:"],
        "docstring": [
            '+    """The sum of prices.',
            "+",
            "+    Returns `total` and `prices`.",
            '+    """',
        ],
        "pure": ["+    Returns `total` and `prices`.", "+    prices = prices.copy()"],
    }


def test_a_hunk_that_would_be_gone_is_its_changes_only(tmp_path: Path):
    """The lines around them stay in the file."""
    module = tmp_path / "src" / "shop" / "sums.py"
    module.parent.mkdir(parents=True)
    others = "".join(f"\n\ndef other{n}():\n    return {n}\n" for n in range(9))
    module.write_text(f'"""Sums."""\n\nimport math\n{others}')
    types = (Types({"prices": "pandas.DataFrame"}, {"total": "float", "prices": "list[int]"}),)
    extraction = planned(tmp_path, Options(), types)
    found = told(extraction)["annotations"]
    assert "+from typing import TYPE_CHECKING" in found
    assert [line for line in found if line[0] not in "+-" or line[:4] in ("--- ", "+++ ")] == []
    assert extraction.diff.count("\n@@ ") == 3, "the imports are a hunk of their own"


def test_nothing_is_said_of_what_is_not_there(tmp_path: Path):
    options = Options(autoreload=False, docstring=False)
    assert planned(tmp_path, options, ()).optional == ()


def test_what_is_left_out_takes_these_lines_along_and_no_others(tmp_path: Path):
    whole = planned(tmp_path, Options(pure=True))
    for option, lines in told(whole).items():
        less = planned(tmp_path, replace(Options(pure=True), **{option: False}))
        added = [line for line in whole.diff.splitlines() if line not in less.diff.splitlines()]
        changes = [line for line in added if line[:2] not in ("@@", "++", "--")]
        assert [line for line in lines if line in changes] == changes, option


def test_a_test_is_all_of_its_file(tmp_path: Path):
    test = FileChange("tests/test_sums.py", None, b"def test_sums():\n    pass\n")
    kept = Kept("sums", (test,), "")
    found = told(with_kept(planned(tmp_path, Options(test=True)), [kept]))
    assert found["test"] == [
        "--- /dev/null",
        "+++ b/tests/test_sums.py",
        "@@ -0,0 +1,2 @@",
        "+def test_sums():",
        "+    pass",
    ]


def test_a_section_is_all_of_its_module(tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    body = "a = {0}\nb = a + 1\nc = b * 2\nd = c - a\n"
    sources = ["# Load", body.format(1), "# Clean", body.replace("a", "e").format(2), "print(d, c)"]
    kinds = ["markdown", "code", "markdown", "code", "code"]
    cells = tuple(
        Cell(f"c{i}", i, k, s) for i, (k, s) in enumerate(zip(kinds, sources, strict=True))
    )
    page = Notebook("n.ipynb", cells)
    split = split_of(page, tmp_path / "n.ipynb", None, (), Options(), kernel=NO_KERNEL)
    assert isinstance(split, AskedSplit)
    extraction = with_optional(split, split.plan(), ())
    modules = [step.made.module for step in extraction.steps]
    found = told(extraction)
    assert len(modules) == 2
    for module in modules:
        lines = found[f"section {module}"]
        assert lines[1] == f"+++ b/{module}"
        assert [line for line in lines if line.startswith("+++ ")] == lines[1:2]
    assert "autoreload" in found
