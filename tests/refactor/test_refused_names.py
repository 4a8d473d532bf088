"""Modules and functions that cannot be called so, and what is no page of Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.actions.project import locate
from jupyter_prodready.errors import BadInputError, ForbiddenError
from jupyter_prodready.model import Notebook, Refusal
from jupyter_prodready.refactor import plan
from refactor.running import assert_kept, extract, notebook_of


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("src/sales/random.py", "`random` is a standard module."),
        ("src/json/clean.py", "`json` is a standard module."),
        ("src/pandas/clean.py", "`pandas` is the name of an installed package."),
        ("src/sales/my-code.py", "`my-code` is not a name that Python can import."),
        ("src/sales/class.py", "`class` is not a name that Python can import."),
        ("src/sales/clean.v2.py", "`clean.v2` is not a name that Python can import."),
        ("notebooks/n.py", "`notebooks/n.py` is the text twin of a notebook: jupytext writes it."),
    ],
)
def test_module_names(module: str, message: str, tmp_path: Path):
    found = extract(tmp_path, ("a = 1", "b = a"), (1,), module=module)
    assert [refusal.message for refusal in found.refusals] == [message]


@pytest.mark.parametrize(
    "module", ["src/sales/clean.py", "clean_steps.py", "components/features.py"]
)
def test_module_names_that_work(module: str, tmp_path: Path):
    assert_kept(tmp_path, ("a = 1", "b = a", "print(b)"), (1,), module=module)


@pytest.mark.parametrize("module", ["../outside.py", "/tmp/outside.py", "src/../../outside.py"])
def test_module_outside_of_the_project(module: str, tmp_path: Path):
    with pytest.raises(ForbiddenError, match="lies outside the project"):
        extract(tmp_path / "p", ("a = 1", "b = a"), (1,), module=module)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("b", "`b` is a name that the notebook uses."),
        ("print", "`print` is a name that the notebook uses."),
        ("not-a-name", "`not-a-name` cannot be the name of a function."),
        ("class", "`class` cannot be the name of a function."),
    ],
)
def test_function_names(name: str, message: str, tmp_path: Path):
    found = extract(tmp_path, ("a = 1", "b = a"), (1,), name=name)
    assert [refusal.message for refusal in found.refusals] == [message]


def test_other_language(tmp_path: Path):
    (tmp_path / "pyproject.toml").touch()
    notebook = Notebook("n.ipynb", notebook_of(("x <- 1",)).cells, language="r")
    project = locate(tmp_path / "n.ipynb", None, root=tmp_path).project
    found = plan(notebook, ("c0",), module=None, name=None, project=project)
    message = "The notebook's language is r; only Python can be extracted."
    assert found.refusals == (Refusal(None, None, message, "Choose a Python notebook."),)


def test_unknown_cell(tmp_path: Path):
    with pytest.raises(BadInputError, match="no cell 'c9'"):
        extract(tmp_path, ("a = 1",), (9,))
