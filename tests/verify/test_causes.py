"""Why a clean run fails or differs: pages, errors and what is said of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.model import Cell, Notebook, Run, VerifyCause
from jupyter_prodready.verify.causes import cause_of
from jupyter_prodready.verify.causes.scene import Scene
from jupyter_prodready.verify.imported import Kept, Versions, imported_by
from jupyter_prodready.verify.session import FileJudge
from jupyter_prodready.verify.trouble import Trouble


def page(*sources: str, version: str = "3.11.4") -> Notebook:
    cells = [Cell(f"c{n}", n, "code", source, n + 1) for n, source in enumerate(sources)]
    return Notebook("n.ipynb", tuple(cells), language_version=version)


class Project:
    """A folder with a notebook in it; what its session ran."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "notebooks").mkdir()
        self.file = root / "notebooks" / "n.ipynb"
        self.write("pyproject.toml", "[project]\nname='p'\nversion='1'\ndependencies=['pandas']\n")
        self.write("notebooks/n.ipynb", "{}")

    def write(self, path: str, text: str = "") -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def cause(
        self,
        notebook: Notebook,
        cell: int,
        error: str | None,
        detail: str,
        ran: tuple[str, ...] = (),
        version: str = "3.11.9",
        imported: Versions | None = None,
    ) -> VerifyCause | None:
        runs = [Run(n + 1, source, "ok", f"gone{n}") for n, source in enumerate(ran)]
        judge = FileJudge(self.file, notebook, lambda page: from_runs(page, runs))
        text = f"{error}: {detail}" if error else detail
        trouble = Trouble(f"c{cell}", error, text, 1)
        return cause_of(Scene(trouble, notebook, judge, version, imported or {}))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def said(cause: VerifyCause | None) -> tuple[str, str, str]:
    assert cause is not None
    return cause.check, cause.message, cause.remedy


# --- modules ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "message", "remedy"),
    [
        ("sklearn", "has no module `sklearn`", "Add `scikit-learn` to the project's dependencies"),
        ("nope.sub", "has no module `nope`", "Add `nope` to the project's dependencies"),
        ("pandas", "has no module `pandas`", "The project declares `pandas`: install the project"),
    ],
)
def test_a_missing_module(project: Project, module: str, message: str, remedy: str):
    top = module.partition(".")[0]
    found = project.cause(
        page(f"import {module}"), 0, "ModuleNotFoundError", f"No module named '{top}'"
    )
    check, words, to_do = said(found)
    assert check == "module-not-found"
    assert message in words
    assert to_do.startswith(remedy)


def test_a_module_that_the_session_installed(project: Project):
    found = project.cause(
        page("import seaborn"),
        0,
        "ModuleNotFoundError",
        "No module named 'seaborn'",
        ran=("%pip install 'seaborn==0.13'",),
    )
    assert "it was installed by In [1], which is not on the page" in said(found)[1]
    assert found is not None
    assert found.source == "%pip install 'seaborn==0.13'"


@pytest.mark.parametrize(
    ("file", "module"), [("src/helpers.py", "helpers"), ("pkg/deep/tools.py", "pkg.deep.tools")]
)
def test_the_projects_own_module(project: Project, file: str, module: str):
    project.write(file, "x = 1\n")
    found = project.cause(
        page(f"import {module}"), 0, "ModuleNotFoundError", f"No module named '{module}'"
    )
    check, words, remedy = said(found)
    assert (check, "pip install -e ." in remedy) == ("module-not-found", True)
    assert words.startswith(f"`{module}` is the project's own (`{file}`)")


def test_a_path_that_only_the_session_added(project: Project):
    project.write("src/helpers.py")
    found = project.cause(
        page("import helpers"),
        0,
        "ModuleNotFoundError",
        "No module named 'helpers'",
        ran=("import sys\nsys.path.append('../src')",),
    )
    assert "your kernel did because of In [1], which is not on the page" in said(found)[1]


def test_a_name_that_a_module_has_not(project: Project):
    project.write("notebooks/helpers.py", "x = 1\n")
    where = "('/somewhere/helpers.py')"
    found = project.cause(
        page("from helpers import y"),
        0,
        "ImportError",
        f"cannot import name 'y' from 'helpers' {where}",
    )
    assert said(found)[:2] == ("module-not-found", "the project's `helpers` has no `y` now")
    found = project.cause(
        page("from sklearn import cross_validation"),
        0,
        "ImportError",
        "cannot import name 'cross_validation' from 'sklearn' (/x/__init__.py)",
    )
    check, words, remedy = said(found)
    assert (check, "it is another version" in words) == ("versions", True)
    assert "Pin `scikit-learn`" in remedy
    found = project.cause(
        page("import numpy as np\nnp.float"),
        0,
        "AttributeError",
        "module 'numpy' has no attribute 'float'",
    )
    assert said(found)[0] == "versions"


# --- versions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "error", "detail"),
    [
        (
            "print 'x'",
            "SyntaxError",
            "Missing parentheses in call to 'print'. Did you mean print(...)?",
        ),
        ("xrange(3)", "NameError", "name 'xrange' is not defined"),
        ("{}.iteritems()", "AttributeError", "'dict' object has no attribute 'iteritems'"),
        ("import urllib2", "ModuleNotFoundError", "No module named 'urllib2'"),
    ],
)
def test_python_2(project: Project, source: str, error: str, detail: str):
    found = project.cause(page(source, version="2.7.10"), 0, error, detail)
    check, words, _ = said(found)
    assert (check, "Python 2" in words) == ("versions", True)


def test_other_pythons(project: Project):
    imp = page("import imp", version="3.8.2")
    missing = ("ModuleNotFoundError", "No module named 'imp'")
    assert said(project.cause(imp, 0, *missing, version="3.12.1"))[:2] == (
        "versions",
        "`imp` is not in Python since 3.12, and this is Python 3.12",
    )
    assert said(project.cause(imp, 0, *missing, version="3.11.1"))[0] == "module-not-found"
    newer = page("match 1:\n    case 1: pass", version="3.12.0")
    found = project.cause(newer, 0, "SyntaxError", "invalid syntax", version="3.9.2")
    assert said(found)[:2] == (
        "versions",
        "saved under Python 3.12, run under Python 3.9: SyntaxError: invalid syntax",
    )
    same = page("x = = 1", version="3.9.0")
    assert said(project.cause(same, 0, "SyntaxError", "invalid syntax", version="3.9.2"))[0] == (
        "SyntaxError"
    )


# --- files ------------------------------------------------------------------------------


def missing(path: str) -> tuple[str, str]:
    return "FileNotFoundError", f"[Errno 2] No such file or directory: '{path}'"


def test_a_file_that_is_elsewhere(project: Project):
    project.write("data/sales.csv")
    notebook = page("open('data/sales.csv')")
    check, words, remedy = said(project.cause(notebook, 0, *missing("data/sales.csv")))
    assert (check, remedy) == ("missing-file", "Write `../data/sales.csv`.")
    project.write("notebooks/local.csv")
    for path in ("Local.csv", "/home/me/work/local.csv", "C:/Users/me/local.csv"):
        _, words, remedy = said(project.cause(page(f"open({path!r})"), 0, *missing(path)))
        assert remedy == "Write `local.csv`.", words


def test_a_file_that_is_written_elsewhere(project: Project):
    notebook = page("open('out.txt').read()", "open('out.txt', 'w').write('x')")
    found = project.cause(notebook, 0, *missing("out.txt"))
    assert said(found)[1:] == (
        "`out.txt` is written by [2], which stands below",
        "Move [2] above.",
    )
    notebook = page("open('out.txt').read()")
    ran = ("import pandas as pd\npd.DataFrame().to_csv('out.txt')",)
    found = project.cause(notebook, 0, *missing("out.txt"), ran=ran)
    assert said(found)[1] == "`out.txt` was written by In [1], which is not on the page"
    assert found is not None
    assert found.source == ran[0]


@pytest.mark.parametrize(
    ("path", "words"),
    [("nope.csv", "in the notebook's folder"), ("/mnt/data/nope.csv", "of another machine")],
)
def test_a_file_that_is_nowhere(project: Project, path: str, words: str):
    found = project.cause(page(f"open({path!r})"), 0, *missing(path))
    assert words in said(found)[1]


def test_no_folder_above_the_project_is_looked_in(project: Project):
    (project.root.parent / "secret.csv").write_text("x")
    try:
        found = project.cause(page("open('secret.csv')"), 0, *missing("secret.csv"))
    finally:
        (project.root.parent / "secret.csv").unlink()
    assert "there is no file" in said(found)[1]


# --- names and the world ----------------------------------------------------------------------


def test_a_name_nobody_defines(project: Project):
    found = project.cause(page("print(totl)"), 0, "NameError", "name 'totl' is not defined")
    assert said(found)[0] == "undefined-name"


def test_a_name_of_a_deleted_cell_tells_its_source(project: Project):
    notebook = page("print(df)")
    found = project.cause(notebook, 0, "NameError", "name 'df' is not defined", ran=("df = 1",))
    assert said(found)[0] == "deleted-definition"
    assert found is not None
    assert found.source == "df = 1"
    assert found.remedy == "Restore the deleted cell above [1]."


@pytest.mark.parametrize(
    ("error", "detail", "check"),
    [
        ("URLError", "<urlopen error [Errno -2] Name or service not known>", "network"),
        ("MemoryError", "", "memory"),
        (
            "kernel-died",
            "the kernel died: killed by SIGKILL, as happens when memory runs out",
            "memory",
        ),
        ("kernel-died", "the kernel died: exit code 3", "kernel-died"),
        ("timeout", "took longer than 1 s", "timeout"),
        ("needs-input", "asks for input: name?", "needs-input"),
        ("ZeroDivisionError", "division by zero", "ZeroDivisionError"),
    ],
)
def test_other_errors(project: Project, error: str, detail: str, check: str):
    assert said(project.cause(page("work()"), 0, error, detail))[0] == check


def test_an_environment_variable(project: Project):
    notebook = page("import os\nkey = os.environ['API_KEY']")
    found = project.cause(notebook, 0, "KeyError", "'API_KEY'", ran=("%env API_KEY=abc",))
    check, words, remedy = said(found)
    assert check == "environment"
    assert "`API_KEY` is not set" in words
    assert "set by code that is not on the page" in words
    assert "os.environ.get('API_KEY', ...)" in remedy
    other = page("d = {}\nd['API_KEY']")
    assert said(project.cause(other, 0, "KeyError", "'API_KEY'"))[0] == "KeyError"


# --- a steady result that is another one ---------------------------------------------------------


def test_data_that_changed_after_the_save(project: Project):
    project.write("notebooks/sales.csv", "a\n1\n")
    notebook = page("import pandas as pd\ndf = pd.read_csv('sales.csv')", "df.a.sum()")
    os.utime(project.file, (1_000_000_000, 1_000_000_000))
    found = project.cause(notebook, 1, None, "shows '1', the page '2'")
    check, words, _ = said(found)
    assert check == "data-changed"
    assert words.startswith("`sales.csv`, read by [1], changed at ")
    os.utime(project.root / "notebooks" / "sales.csv", (999_999_999, 999_999_999))
    assert project.cause(notebook, 1, None, "shows '1', the page '2'") is None


def test_clock_and_versions_behind_a_change(project: Project):
    notebook = page("import datetime\ntoday = datetime.date.today()", "1 + 1", "today.year")
    found = project.cause(notebook, 2, None, "shows '2026', the page '2020'")
    assert said(found)[0] == "clock-dependent"
    old = page("x = round(2.5)", "x", version="3.6.1")
    found = project.cause(old, 1, None, "shows '2', the page '3'")
    assert said(found)[:2] == ("versions", "saved under Python 3.6, run under Python 3.11")


def test_versions_of_when_it_last_reproduced(project: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(project.root / "jupyter"))
    notebook = page(
        "import pandas as pd\nimport json\nfrom .own import x", "pd.DataFrame().append", "1"
    )
    assert imported_by(notebook) == {"pandas"}
    error = ("AttributeError", "'DataFrame' object has no attribute 'append'")
    now = {"pandas": "2.2.0", "numpy": "2.0"}
    assert said(project.cause(notebook, 1, *error, imported=now))[0] == "AttributeError"
    Kept().keep(project.file, {"pandas": "1.5.3"})
    Kept().keep(project.root / "other.ipynb", {"pandas": "0.1"})
    found = project.cause(notebook, 1, *error, imported=now)
    assert said(found) == (
        "versions",
        "`pandas` is 2.2.0 here, and was 1.5.3 when the notebook last reproduced",
        "Pin `pandas` to 1.5.3, or run the notebook with 2.2.0.",
    )
    assert said(project.cause(notebook, 2, *error, imported=now))[0] == "AttributeError"
    (project.root / "jupyter" / "prodready-versions.json").write_text("{")
    assert Kept().of(project.file) == {}
