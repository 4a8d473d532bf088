"""Extraction and undo on real files: bytes, formats, what must not be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actions.disk import AFTER, CELLS, LAYOUTS, document, folders, notebook, sources, text, tree
from jupyter_prodready.actions import extract_file, undo_last
from jupyter_prodready.errors import BadInputError, ForbiddenError, MissingError, StaleError


@pytest.mark.parametrize("layout", LAYOUTS)
def test_notebook_keeps_its_layout_and_undo_its_bytes(layout: str, project: Path):
    notebook(project).write_bytes(LAYOUTS[layout]())
    before = tree(project)

    done = extract_file(notebook(project), "1", None, "compute", False)

    assert done.status == "applied"
    assert sources(project) == AFTER
    assert set(tree(project)) - set(before) - {
        f".jupyter-prodready/journal/{done.undo_id}.json"
    } == {
        ".jupyter-prodready/.gitignore",
        "src/sales/__init__.py",
        "src/sales/n.py",
    }
    assert _untouched_lines_are_the_same(
        before["notebooks/n.ipynb"], notebook(project).read_bytes()
    )
    undone = undo_last(project)
    assert undone.files == ("src/sales/__init__.py", "src/sales/n.py", "notebooks/n.ipynb")
    assert tree(project) == before
    assert folders(project) == {"notebooks"}


def _untouched_lines_are_the_same(before: bytes, after: bytes) -> bool:
    """What stands before the first cell and after the last one, and the last cell itself."""
    old, new = json.loads(before), json.loads(after)
    kept = [cell for cell in new["cells"] if cell.get("metadata", {}).get("tags")]
    same = kept[2] == old["cells"][2] and new["metadata"] == old["metadata"]
    tail = before[before.rindex(b"print(x, y)") :]
    return same and after.endswith(tail) and new["nbformat_minor"] == old["nbformat_minor"]


@pytest.mark.parametrize(("minor", "expected"), [(2, False), (4, False), (5, True)])
def test_a_new_cell_has_an_id_where_the_format_has_ids(minor: int, expected: bool, project: Path):
    notebook(project).write_bytes(text(document(minor), indent=1))
    extract_file(notebook(project), "1", None, None, False)
    cells = json.loads(notebook(project).read_bytes())["cells"]
    assert [("id" in cell) for cell in cells] == [expected] * 4
    import nbformat

    nbformat.validate(nbformat.read(notebook(project), as_version=nbformat.NO_CONVERT))


def test_module_text(project: Path):
    extract_file(notebook(project), "1", None, "compute", False)
    assert (project / "src/sales/n.py").read_text() == (
        '"""Extracted from n.ipynb."""\n\nimport math\n\n\n'
        'def compute():\n    """Größe.\n\n    Returns `x` and `y`.\n    """\n    # größe\n    x = math.floor(2.5)\n    y = x + 1\n    return x, y\n'
    )


def test_preview_writes_nothing(project: Path):
    before = tree(project)
    previewed = extract_file(notebook(project), "1", None, None, True)
    assert previewed.status == "preview"
    assert previewed.undo_id is None
    assert "+++ b/src/sales/n.py" in previewed.diff
    assert tree(project) == before
    assert folders(project) == {"notebooks"}


def test_refusal_writes_nothing(project: Path):
    before = tree(project)
    assert (
        extract_file(notebook(project), "1", "src/sales/random.py", None, False).status == "refused"
    )
    assert tree(project) == before


def test_two_extractions_and_two_undos(project: Path):
    start = tree(project)
    extract_file(notebook(project), "1", None, "compute", False)
    middle = tree(project)
    extract_file(notebook(project), "3", None, "show", False)
    module = (project / "src/sales/n.py").read_text()
    assert module.startswith(middle["src/sales/n.py"].decode())
    assert "def show(x, y):" in module
    undo_last(project / "notebooks")
    assert {k: v for k, v in tree(project).items() if "journal" not in k} == {
        k: v for k, v in middle.items() if "journal" not in k
    }
    undo_last(project)
    assert tree(project) == start
    with pytest.raises(MissingError):
        undo_last(project)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_existing_module_keeps_every_byte(newline: str, project: Path):
    module = project / "src/sales/n.py"
    module.parent.mkdir(parents=True)
    old = '"""Doc."""\nimport os\n\n\n\ndef  odd( a ):\n\treturn a;  # kept'.replace(
        "\n", newline
    ).encode()
    module.write_bytes(old)
    extract_file(notebook(project), "1", "src/sales/n.py", "compute", False)
    new = module.read_bytes()
    added = f"import math{newline}".encode()
    head, tail = new.split(added)
    assert (head + tail).startswith(old)
    assert b"\r\n" in new if newline == "\r\n" else b"\r" not in new
    assert new.replace(b"\r\n", b"").count(b"\n") == (0 if newline == "\r\n" else new.count(b"\n"))
    undo_last(project)
    assert module.read_bytes() == old


def test_undo_refuses_where_the_module_was_edited(project: Path):
    extract_file(notebook(project), "1", None, None, False)
    with (project / "src/sales/n.py").open("a") as file:
        file.write("# mine\n")
    before = tree(project)
    with pytest.raises(StaleError, match=r"`src/sales/n.py` was edited") as caught:
        undo_last(project)
    assert "+# mine" in caught.value.hint
    assert tree(project) == before


def test_undo_refuses_where_the_notebook_was_saved_again(project: Path):
    extract_file(notebook(project), "1", None, None, False)
    notebook(project).write_bytes(
        notebook(project).read_bytes().replace(b"print(x, y)", b"print(y)")
    )
    before = tree(project)
    with pytest.raises(StaleError, match=r"`notebooks/n.ipynb` was edited"):
        undo_last(project)
    assert tree(project) == before


# --- what must not be written -----------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["notebooks/n.ipynb", "src/sales/n.py", "src/sales", "notebooks"]
)
def test_read_only(target: str, project: Path):
    (project / "src/sales").mkdir(parents=True)
    (project / "src/sales/n.py").write_text("")
    place = project / target
    mode = place.stat().st_mode
    before = tree(project)
    place.chmod(0o555 if place.is_dir() else 0o444)
    try:
        with pytest.raises(ForbiddenError, match="read-only"):
            extract_file(notebook(project), "1", None, None, False)
        assert tree(project) == before
    finally:
        place.chmod(mode)


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_links_out_of_the_project(
    kind: str, project: Path, tmp_path_factory: pytest.TempPathFactory
):
    outside = tmp_path_factory.mktemp("outside")
    (project / "src").mkdir()
    if kind == "folder":
        (project / "src/sales").symlink_to(outside)
    else:
        (outside / "n.py").write_text("")
        (project / "src/sales").mkdir()
        (project / "src/sales/n.py").symlink_to(outside / "n.py")
    with pytest.raises(ForbiddenError, match="outside"):
        extract_file(notebook(project), "1", "src/sales/n.py", None, False)
    assert sources(project) == CELLS
    assert [path.read_bytes() for path in outside.iterdir()] in ([], [b""])


def test_module_shadowed_beside_the_notebook(project: Path):
    (project / "notebooks/sales.py").write_text("")
    refused = extract_file(notebook(project), "1", "src/sales/n.py", None, False)
    assert [found.message for found in refused.refusals] == [
        "`sales` is `sales.py`, beside the notebook, which would be imported instead."
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is not JSON"),
        (b"{}", "no `nbformat` number"),
        (
            b'{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1", "outputs": []}]}]}',
            "Only notebooks of format 4",
        ),
    ],
)
def test_bad_notebooks(content: bytes, message: str, project: Path):
    notebook(project).write_bytes(content)
    before = tree(project)
    with pytest.raises(BadInputError, match=message):
        extract_file(notebook(project), "0", None, None, False)
    assert tree(project) == before


def test_jupytext_twin(project: Path):
    (project / "notebooks/other.py").write_text("# %%\nx = 1\n")
    refused = extract_file(notebook(project), "1", "notebooks/other.py", None, False)
    assert [found.message for found in refused.refusals] == [
        "`notebooks/other.py` is the text twin of a notebook: jupytext writes it."
    ]
