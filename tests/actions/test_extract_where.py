"""Which cells are meant, and into which module they go; the seams between extractions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actions.disk import CELLS, document, notebook, sources, text, tree
from jupyter_prodready.actions import extract_file, undo_last
from jupyter_prodready.cli import main
from jupyter_prodready.errors import BadInputError, StaleError


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


def test_a_star_of_pythons_own_module_is_named(project: Path, capsys: pytest.CaptureFixture[str]):
    path = notebook(project)
    made = document()
    sources = ["from math import *", "x = floor(2.5)\ny = ceil(x)", "print(x, y)"]
    for cell, source in zip(made["cells"], sources, strict=True):
        cell["source"] = source.splitlines(keepends=True)
    path.write_bytes(text(made, indent=1))
    given = ["extract", str(path), "--cells", "[2]", "--module", "src/sales/n.py", "--no-proof"]
    assert main(given) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "Replace `*` with: ceil, floor. (from math import ceil, floor)" in told
    made["cells"][0]["source"] = ["from math import ceil, floor"]
    path.write_bytes(text(made, indent=1))
    assert main(given) == 0


# --- seams --------------------------------------------------------------------------------


def second_notebook(project: Path, last: str = "print(y)", step: str = CELLS[1]) -> Path:
    made = document()
    for cell, source in zip(made["cells"], [CELLS[0], step, last], strict=True):
        cell["source"] = source.splitlines(keepends=True)
    path = project / "notebooks/m.ipynb"
    path.write_bytes(text(made, indent=1))
    return path


def test_the_same_function_from_two_notebooks(project: Path):
    other = second_notebook(project)
    extract_file(notebook(project), "1", "src/sales/steps.py", "compute")
    module = (project / "src/sales/steps.py").read_bytes()
    between = tree(project)

    done = extract_file(other, "1", "src/sales/steps.py", "compute")

    assert "`compute` is in the module already." in done.notes
    assert (project / "src/sales/steps.py").read_bytes() == module
    assert "from sales.steps import compute" in other.read_text()
    undo_last(project)
    assert {k: v for k, v in tree(project).items() if "journal" not in k} == {
        k: v for k, v in between.items() if "journal" not in k
    }


def test_another_function_of_the_same_name_is_refused(project: Path):
    other = second_notebook(project, step=CELLS[1].replace("2.5", "7.5"))
    extract_file(notebook(project), "1", "src/sales/steps.py", "compute")
    before = tree(project)
    refused = extract_file(other, "1", "src/sales/steps.py", "compute")
    assert [one.message for one in refused.refusals] == [
        "`src/sales/steps.py` already has a different `compute`."
    ]
    assert tree(project) == before


def test_a_module_that_the_person_went_on_with(project: Path):
    """The second extraction keeps what was written since; an undo takes back its own part."""
    extract_file(notebook(project), "1", "src/sales/steps.py", "compute")
    module = project / "src/sales/steps.py"
    edited = module.read_text().replace("x + 1", "x + 2") + "\n\nMINE = 3\n"
    module.write_text(edited)

    extract_file(notebook(project), "3", "src/sales/steps.py", "show")

    assert module.read_text().startswith(edited)
    assert "def show(x, y):" in module.read_text()
    undo_last(project)
    assert module.read_text() == edited
    with pytest.raises(StaleError, match=r"`src/sales/steps.py` was edited"):
        undo_last(project)
    assert module.read_text() == edited


def test_a_package_that_is_there_is_kept(project: Path):
    (project / "components").mkdir()
    (project / "components/__init__.py").write_text("# ours\n")
    (project / "components/other.py").write_text("x = 1\n")
    before = tree(project)
    done = extract_file(notebook(project), "1")
    assert done.module == "components/n.py"
    after = tree(project)
    assert {k: after[k] for k in before if k.startswith("components")} == {
        k: v for k, v in before.items() if k.startswith("components")
    }
    assert 'sys.path.append("..")' in "".join(sources(project))


@pytest.fixture
def other_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """The kernel of the notebook is one of another Python."""
    folder = tmp_path_factory.mktemp("jupyter")
    spec = {
        "argv": ["/opt/other/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    }
    (folder / "kernels/python3").mkdir(parents=True)
    spec |= {"display_name": "P", "language": "python"}
    (folder / "kernels/python3/kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(folder))


def installed_here(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "src/sales").mkdir(parents=True)
    (project / "src/sales/__init__.py").touch()
    monkeypatch.syspath_prepend(str(project / "src"))


def test_a_project_that_the_kernel_imports_needs_no_path(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    installed_here(project, monkeypatch)
    extract_file(notebook(project), "1", "src/sales/n.py", "compute")
    assert "sys.path" not in "".join(sources(project))


@pytest.mark.usefixtures("other_environment")
def test_what_is_installed_here_may_not_be_in_another_environment(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    installed_here(project, monkeypatch)
    extract_file(notebook(project), "1", "src/sales/n.py", "compute")
    assert 'sys.path.append("../src")' in "".join(sources(project))


@pytest.mark.usefixtures("other_environment")
def test_a_name_that_is_installed_here_may_be_in_another_environment(project: Path):
    refused = extract_file(notebook(project), "1", "src/pandas/n.py")
    assert [one.message for one in refused.refusals] == [
        "`pandas` is the name of an installed package."
    ]
