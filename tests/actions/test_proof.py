"""An extraction is run before and after in real kernels, and nothing that differs is written."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
from documents import cell, document, stdout

from jupyter_prodready import formats
from jupyter_prodready.actions.asked import staged_modules
from jupyter_prodready.actions.extract import extract_file
from jupyter_prodready.actions.project import locate
from jupyter_prodready.fixes import pages
from jupyter_prodready.refactor import plan
from jupyter_prodready.verify.claim import Claim
from jupyter_prodready.verify.kernels import LocalKernels
from jupyter_prodready.verify.proof import prove
from jupyter_prodready.verify.run import Limits
from jupyter_prodready.verify.staging import Proved

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

PAGE = (
    cell("import random\nprices = [3, 1, 2]"),
    cell("# the sums\ntotal = sum(prices)\nprices.sort()\nprint(total)", stdout("6\n")),
    cell("print(prices, random.random())"),
    cell("half = total / 2"),
    cell("1 / 0"),
)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    (tmp_path / "notebooks").mkdir()
    path = tmp_path / "notebooks" / "n.ipynb"
    path.write_text(json.dumps(document(*PAGE)))
    return path


def proved(path: Path, cells: tuple[str, ...], spoil: tuple[str, str] = ("", "")) -> Proved:
    """The proof of an extraction, whose module says something else where ``spoil`` wants it."""
    page = formats.read(path)
    located = locate(path, "src/shop/sums.py")
    made = plan(page, cells, module="src/shop/sums.py", name="sums", project=located.project)
    assert made.status == "preview", made.refusals
    after = pages.edited(page, made.change.cells)
    staged = [
        replace(one, text=one.text.replace(*spoil)) if spoil[0] else one
        for one in staged_modules(made.change.files, located)
    ]
    kernels = LocalKernels("python3", path.parent)
    files = sorted(path.parents[1].rglob("*"))
    lost, new = frozenset(made.lost), frozenset(made.setup_binds)
    claim = Claim(page, after, made.change.cells, staged, lost=lost, new=new)
    found = asyncio.run(prove(claim, kernels, Limits()))
    assert sorted(path.parents[1].rglob("*")) == files
    return found


def test_the_same_but_for_chance_is_said_to_be_so(notebook: Path):
    assert proved(notebook, ("c1",)) == Proved("equal-where-deterministic")


@pytest.mark.parametrize(
    ("source", "below"),
    [
        ("%time top = max(rows)", "print(top)"),
        ("%time max(rows)", "print(1)"),
        ("%%capture out\ntop = max(rows)\nprint(top)\ntop", "print(out.stdout, len(out.outputs))"),
        ("%%capture --no-display out\ntop = max(rows)\nprint(top)\ntop", "print(out.stdout)"),
    ],
)
def test_below_a_magic_it_is_the_same(source: str, below: str, notebook: Path):
    cells = (cell("rows = [3, 1]"), cell(source), cell(below))
    notebook.write_text(json.dumps(document(*cells)))
    assert proved(notebook, ("c1",)) == Proved("equal")
    if "print(top)" in source:
        assert proved(notebook, ("c1",), ("max(", "min(")).proof == "differs"


def test_the_same_is_equal(notebook: Path):
    assert proved(notebook, ("c3",)) == Proved("equal")


@pytest.mark.parametrize(
    ("spoil", "detail"),
    [
        (("print(total)", "print(total + 1)"), "Output of [2] differs: it shows '7', the page '6'"),
        (("prices.sort()", "prices.reverse()"), "`prices` holds another value at the end"),
        (
            ("total = sum(prices)", "total = nope"),
            "Output of [2] differs: it ends with error: NameError",
        ),
    ],
)
def test_what_differs_is_named(notebook: Path, spoil: tuple[str, str], detail: str):
    found = proved(notebook, ("c1",), spoil)
    assert found.proof == "differs"
    assert detail in found.detail


TWICE = (
    cell("a = [1, 2]\nb = [7]"),
    cell("low = min(a)\nprint(low)\nc = [low]"),
    cell("print(c)"),
    cell("low = min(b)\nprint(low)\nd = [low]"),
    cell("print(d)"),
)


def test_each_place_that_calls_a_function_is_proven(notebook: Path):
    """What the first call shows too much, the second one shows too little."""
    notebook.write_text(json.dumps(document(*TWICE)))
    wrong = "print(*{1: [1, 7], 7: []}[low], sep='\\n', end='\\n' * (low == 1))"
    found = proved(notebook, ("c1", "c3"), ("print(low)", wrong))
    assert found.proof == "differs"
    assert "Output of [2] differs" in found.detail


def test_a_cell_that_fails_in_a_clean_run_proves_nothing(notebook: Path):
    document_ = json.loads(notebook.read_text())
    document_["cells"][1]["source"] = "total = sum(prices) / 0"
    notebook.write_text(json.dumps(document_))
    found = proved(notebook, ("c1",))
    assert found == Proved(
        "not-run", "[2] fails in a clean run: ZeroDivisionError: division by zero"
    )


def test_a_cell_that_another_one_blocks_is_the_same_whatever_its_number_is(notebook: Path):
    """Cells that never ran are numbered by their place, and one is put in above them."""
    sources = ("rows = [3, 1]", "low = min(rows)\nhigh = max(rows)", "bad = low / 0", "high + bad")
    notebook.write_text(json.dumps(document(*(cell(one, count=None) for one in sources))))
    assert proved(notebook, ("c1",)) == Proved("equal")


def test_what_differs_is_not_written(notebook: Path, tmp_path: Path):
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    refused = extract_file(
        notebook,
        "c1",
        "src/shop/sums.py",
        prover=lambda *_: Proved("differs", "Output of [3] differs: it shows nothing."),
    )
    assert (refused.status, refused.proof) == ("refused", "differs")
    assert refused.refusals[0].message == (
        "Output of [3] differs: it shows nothing. Nothing was written."
    )
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before
    done = extract_file(notebook, "c1", "src/shop/sums.py", prover=lambda *_: Proved("equal"))
    assert (done.status, done.proof) == ("applied", "equal")


def test_types_come_from_the_run_before(notebook: Path):
    """Seen in a fresh kernel where the cells begin and end; the module that is proven has them."""
    kernels = LocalKernels("python3", notebook.parent)

    def prover(claim: Claim) -> Proved:
        return asyncio.run(prove(claim, kernels, Limits()))

    done = extract_file(notebook, "c1", "src/shop/sums.py", "sums", prover=prover)
    assert done.proof == "equal-where-deterministic"
    head = "def sums(prices: list[int]) -> tuple[int, list[int]]:\n"
    assert head in (notebook.parents[1] / "src/shop/sums.py").read_text()
    assert [(one.name, one.annotation) for one in done.outputs] == [
        ("total", "int"),
        ("prices", "list[int]"),
    ]
