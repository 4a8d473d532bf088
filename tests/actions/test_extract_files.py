"""Extraction and undo on real files: bytes, formats, permissions, crashes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_prodready.actions import extract_file, finish, journal, undo_last
from jupyter_prodready.errors import BadInputError, ForbiddenError, MissingError, StaleError

CELLS = ["import math", "# größe\nx = math.floor(2.5)\ny = x + 1\ny", "print(x, y)"]


def document(minor: int = 5) -> dict:
    cells = []
    for index, source in enumerate(CELLS):
        cell = {
            "cell_type": "code",
            "execution_count": index + 1,
            **({"id": f"id-{index}"} if minor >= 5 else {}),
            "metadata": {"tags": ["a"]},
            "outputs": [],
            "source": source.splitlines(keepends=True),
        }
        cells.append(cell)
    metadata = {"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": minor}


def as_strings() -> dict:
    made = document()
    for cell in made["cells"]:
        cell["source"] = "".join(cell["source"])
    return made


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "4.5, as Jupyter saves": lambda: text(document(), indent=1) + b"\n",
    "4.2, no ids": lambda: text(document(2), indent=1) + b"\n",
    "no newline at the end": lambda: text(document(), indent=1),
    "indent of four": lambda: text(document(), indent=4),
    "tabs": lambda: text(document(), indent="\t"),
    "windows line ends": lambda: text(document(), indent=1).replace(b"\n", b"\r\n"),
    "escapes": lambda: json.dumps(document(), indent=1, ensure_ascii=True).encode(),
    "one line": lambda: json.dumps(document()).encode(),
    "no spaces": lambda: json.dumps(document(), separators=(",", ":")).encode(),
    "sources as one string": lambda: text(as_strings(), indent=1),
    "sorted keys": lambda: json.dumps(document(), indent=1, sort_keys=True).encode(),
    "odd numbers and spaces": lambda: text(document(), indent=1).replace(
        b'"metadata": {', b'"metadata" :  { "odd": 1.50e+2,', 1
    ),
}


def text(made: dict, indent: object) -> bytes:
    return json.dumps(made, indent=indent, ensure_ascii=False).encode()  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "sales"\n')
    (tmp_path / "notebooks").mkdir()
    notebook(tmp_path).write_bytes(LAYOUTS["4.5, as Jupyter saves"]())
    return tmp_path


def notebook(project: Path) -> Path:
    return project / "notebooks" / "n.ipynb"


def tree(project: Path) -> dict[str, bytes]:
    files = (path for path in project.rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def folders(project: Path) -> set[str]:
    return {p.relative_to(project).as_posix() for p in project.rglob("*") if p.is_dir()}


def sources(project: Path) -> list[str]:
    cells = json.loads(notebook(project).read_bytes())["cells"]
    return ["".join(cell["source"]) for cell in cells]


AFTER = [
    "import math",
    'import sys\n\nsys.path.append("../src")  # where this notebook finds `sales`\n'
    "%load_ext autoreload\n%autoreload 2\nfrom sales.n import compute",
    "x, y = compute()\ny",
    "print(x, y)",
]


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
        'def compute():\n    """Größe."""\n    # größe\n    x = math.floor(2.5)\n    y = x + 1\n    return x, y\n'
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
        "`sales` is the name of an installed package."
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


def test_text_notebook(project: Path):
    place = project / "notebooks/t.py"
    place.write_text("# %%\nx = 1\n")
    with pytest.raises(BadInputError, match="text notebook"):
        extract_file(place, "0", None, None, False)


def test_jupytext_twin(project: Path):
    (project / "notebooks/other.py").write_text("# %%\nx = 1\n")
    refused = extract_file(notebook(project), "1", "notebooks/other.py", None, False)
    assert [found.message for found in refused.refusals] == [
        "`notebooks/other.py` is the text twin of a notebook: jupytext writes it."
    ]


# --- a crash in between -----------------------------------------------------------------

CRASH = """
import os, sys
from pathlib import Path
left = [int(sys.argv[2])]
def dying(event, args):
    if event == "os.rename" and ".jupyter-prodready" not in str(args[1]):
        if not left[0]:
            os._exit(9)  # as if the power failed, just before a file is put in place
        left[0] -= 1
sys.addaudithook(dying)
from jupyter_prodready.actions import extract_file
extract_file(Path(sys.argv[1]), "1", None, "compute", False)
"""


def crash(project: Path, after_writes: int) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-c", CRASH, str(notebook(project)), str(after_writes)], check=False
    )
    assert done.returncode == 9


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_undo_takes_back_what_a_crash_left(writes: int, project: Path):
    before = tree(project)
    crash(project, writes)
    assert sources(project) == CELLS
    with pytest.raises(StaleError, match="interrupted"):
        extract_file(notebook(project), "1", None, None, False)
    assert undo_last(project).interrupted
    assert tree(project) == before
    assert folders(project) == {"notebooks"}


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_finish_writes_the_rest(writes: int, project: Path):
    before = tree(project)
    crash(project, writes)
    assert finish(project).interrupted
    assert sources(project) == AFTER
    assert undo_last(project).interrupted is False
    assert tree(project) == before


def test_file_changed_between_plan_and_write(project: Path):
    from jupyter_prodready.actions.apply import apply
    from jupyter_prodready.actions.journal import FileChange

    (project / "m.py").write_bytes(b"new")
    before = tree(project)
    with pytest.raises(StaleError, match=r"`m.py` changed on disk"):
        apply(project, "n.ipynb", [FileChange("m.py", b"old", b"newer")])
    assert tree(project) == before
    assert not journal.entries_exist(project)


# --- which cells, which module ------------------------------------------------------------


@pytest.mark.parametrize("cells", ["1", "id-1", "[2]", "1-1", "1,id-1", "[2]:[2]"])
def test_ways_to_name_a_cell(cells: str, project: Path):
    previewed = extract_file(notebook(project), cells, None, None, True)
    assert [edit.cell_id for edit in previewed.change.cells if edit.before == CELLS[1]] == ["id-1"]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("7", "no cell 7"),
        ("[9]", "No cell shows"),
        ("x", "no cell `x`"),
        ("2-1", "backwards"),
        ("", "no cell ``"),
    ],
)
def test_cells_that_do_not_exist(cells: str, message: str, project: Path):
    with pytest.raises(BadInputError, match=message):
        extract_file(notebook(project), cells, None, None, True)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        ([], "src/sales/n.py"),
        (["src/other/__init__.py"], "src/other/n.py"),
        (["components/__init__.py"], "components/n.py"),
        (["src/sales/a.py", "src/another/__init__.py"], "src/sales/n.py"),
        (["tests/__init__.py"], "src/sales/n.py"),
    ],
)
def test_proposed_module(make: list[str], expected: str, project: Path):
    for path in make:
        (project / path).parent.mkdir(parents=True)
        (project / path).touch()
    assert extract_file(notebook(project), "1", None, None, True).module == expected


def test_configured_package(project: Path):
    with (project / "pyproject.toml").open("a") as file:
        file.write('[tool.jupyter-prodready]\nextract = {package-dir = "lib/core"}\n')
    assert extract_file(notebook(project), "1", None, None, True).module == "lib/core/n.py"


def test_a_star_of_the_projects_own_module_is_named(project: Path):
    """The names are read off the module's file; with them the extraction works."""
    (project / "notebooks/shop.py").write_text("rate = 2\nspare = 3\n")
    path = notebook(project)
    made = document()
    sources = ["from shop import *", "x = rate * 2", "print(x)"]
    for cell, source in zip(made["cells"], sources, strict=True):
        cell["source"] = [source]
    path.write_bytes(text(made, indent=1))
    refused = extract_file(path, "[2]", "src/sales/n.py")
    (action,) = {one.action for one in refused.refusals}
    assert action is not None
    assert [edit.after for edit in action.edits or ()] == ["from shop import rate"]
