"""The checks of reproducibility through the command line: real files around a notebook."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
Save = Callable[..., Path]
PYPROJECT = '[project]\nname = "sales-report"\ndependencies = ["pandas>=2", "Scikit_Learn"]\n'
READS = "import pandas as pd\npd.read_csv('data/a.csv')"


@pytest.fixture
def told(cli: Cli) -> Callable[..., list[tuple[str, str, bool, str]]]:
    """(check, severity, certain, message) of each finding about ``n.ipynb`` or another."""

    def check(path: str = "n.ipynb", *more: str) -> list[tuple[str, str, bool, str]]:
        done = cli("check", path, "--format", "json", *more)
        (report,) = json.loads(done.stdout)["notebooks"]
        assert done.returncode == bool([f for f in report["findings"] if f["certain"]])
        return [(f["check"], f["severity"], f["certain"], f["message"]) for f in report["findings"]]

    return check


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


# --- files ------------------------------------------------------------------------------

GONE = "`data/a.csv` does not exist, and no cell above writes it"
FROM_ROOT = "`data/a.csv` is there from the project's folder, but not from the notebook's"


def test_a_file_that_is_not_in_its_folder_is_an_error(told, cli: Cli, save: Save) -> None:
    save("n.ipynb", READS)
    assert told() == [("missing-file", "warning", False, GONE)]  # the folder is not here either
    (Path("data")).mkdir()
    assert told() == [("missing-file", "error", True, GONE)]
    text = cli("check", "n.ipynb").stdout
    assert "Will not run from a clean start: [ ] needs `data/a.csv`" in text
    Path("data/a.csv").write_text("a\n1\n")
    assert told() == []


def test_a_path_is_seen_from_the_notebooks_folder(told, save: Save) -> None:
    save("notebooks/n.ipynb", READS)
    write(Path(), **{"pyproject.toml": PYPROJECT, "data/a.csv": "a\n"})
    assert told("notebooks/n.ipynb") == [("missing-file", "warning", False, FROM_ROOT)]
    save("notebooks/n.ipynb", READS.replace("data/", "../data/"))
    assert told("notebooks/n.ipynb") == []


@pytest.mark.parametrize(
    "above",
    [
        "open('a.csv', 'w').close()",
        "import shutil\nshutil.copy('n.ipynb', 'a.csv')",
        "for name in ['a']:\n    open(f'{name}.csv', 'w').close()",
        "%%writefile a.csv\nx",
        "!touch a.csv",
        "%run make.py",
        "from prepare import *\nbuild()",
        "import os\nos.chdir('..')",
        "import zipfile\nzipfile.ZipFile('n.ipynb').extractall()",
        "def make():\n    with open('a.csv', 'w') as f:\n        f.write('x')\nmake()",
        "from pathlib import Path\nfile = Path('.') / 'a.csv'\nfile.write_text('x')",
    ],
)
def test_a_file_that_a_cell_above_makes_is_not_missing(told, save: Save, above: str) -> None:
    save("n.ipynb", above, "open('a.csv').read()")
    assert [one for one in told() if one[0] == "missing-file"] == []


@pytest.mark.parametrize(
    ("cell", "certain"),
    [
        ("open('a.csv')", True),
        ("with open('a.csv') as f:\n    f.read()", True),
        ("import numpy as np\nx = 3\nnp.loadtxt(fname='a.csv')", True),
        ("from pathlib import Path\nPath('a.csv').read_text()", True),
        ("NAME = 'a'\nopen(f'{NAME}.csv')", True),
        ("import os\nif os.path.exists('a.csv'):\n    open('a.csv')", False),
        ("try:\n    open('a.csv')\nexcept OSError:\n    pass", False),
        ("def f():\n    return open('a.csv')\nf()", False),
        ("import cv2\ncv2.imread('a.csv')", False),
        ("import prepare\nprepare.run()\nopen('a.csv')", False),
    ],
)
def test_only_what_must_raise_is_certain(told, save: Save, cell: str, certain: bool) -> None:
    save("n.ipynb", cell)
    found = [(severity, sure) for check, severity, sure, _ in told() if check == "missing-file"]
    assert found == [("error" if certain else "warning", certain)]


@pytest.mark.parametrize(
    "cell",
    [
        "name = 'a.csv'\nname = name.upper()\nopen(name)",
        "def f():\n    return open('a.csv')",
        "open('a.csv', 'w')",
        "import pandas as pd\npd.read_csv('data/*.csv')",
        "import sqlite3\nsqlite3.connect('a.db')",
        "'a.csv'.replace('a', 'b')",
        "open('/tmp/no/such/file.csv')",
        "open(r'data\\a.csv')",
    ],
)
def test_what_is_not_known_to_be_read_is_not_missing(told, save: Save, cell: str) -> None:
    save("n.ipynb", cell)
    assert told() == []


def test_a_run_that_succeeded_saw_other_files(told, save: Save, tmp_path: Path) -> None:
    save("n.ipynb", (1, READS))
    run = {"execution_count": 1, "source": READS, "cell_id": "c0"}
    (tmp_path / "log.jsonl").write_text(json.dumps(run))
    assert told("n.ipynb", "--history", "log.jsonl") == []
    (tmp_path / "data").mkdir()
    found = told("n.ipynb", "--history", "log.jsonl")
    assert found == [("missing-file", "warning", False, GONE)]


# --- packages ---------------------------------------------------------------------------


def undeclared(*names: str, where: str) -> list[tuple[str, str, bool, str]]:
    shown = ", ".join(f"`{name}`" for name in names)
    verb = "is" if len(names) == 1 else "are"
    message = f"{shown} {verb} not declared in {where}"
    return [("undeclared-dependency", "warning", False, message)]


DECLARING = {
    "pyproject.toml": '[project]\nname = "x"\ndependencies = ["pandas[excel]>=2; python_version>\'3\'"]',
    "requirements.txt": "# all of it\npandas==2.0  # pinned\n-r more.txt\n",
    "requirements-dev.txt": "Pandas~=2.0 --hash=sha256:00\n",
    "environment.yml": "name: x\nchannels:\n  - seaborn\ndependencies:\n  - python=3.11\n  - pip:\n      - pandas==2\n",
    "setup.cfg": "[options]\ninstall_requires =\n    pandas>=2\n",
    "Pipfile": '[packages]\npandas = "*"\n',
}


@pytest.mark.parametrize("file", DECLARING)
def test_each_kind_of_declaration_is_read(told, save: Save, tmp_path: Path, file: str) -> None:
    save("n.ipynb", "import pandas as pd\nimport jupyterlab")
    assert told() == []  # nothing declares anything
    write(tmp_path, **{file: DECLARING[file]})
    assert told() == undeclared("jupyterlab", where=file)


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "x"\ndependencies = []\noptional-dependencies.a = ["jupyterlab"]',
        '[project]\nname = "x"\ndependencies = []\n[dependency-groups]\na = ["jupyterlab>4", {include-group = "b"}]\nb = []',
        '[tool.poetry.group.a.dependencies]\njupyterlab = "^4"',
        '[tool.pixi.pypi-dependencies]\njupyterlab = "*"',
        '[project]\nname = "x"\ndynamic = ["dependencies"]',
        '[project]\nname = "jupyterlab"\ndependencies = []',
        "[tool.ruff]\nline-length = 100",
    ],
)
def test_what_pyproject_declares_or_does_not_say(
    told, save: Save, tmp_path: Path, text: str
) -> None:
    save("n.ipynb", "import jupyterlab")
    write(tmp_path, **{"pyproject.toml": text})
    assert told() == []


def test_declarations_count_from_the_project_down_to_the_notebook(
    told, save: Save, tmp_path: Path
) -> None:
    save("work/deep/n.ipynb", "import jupyterlab, pandas")
    write(tmp_path, **{"pyproject.toml": PYPROJECT, "work/requirements.txt": "jupyterlab"})
    assert told("work/deep/n.ipynb") == []


def test_modules_of_the_project_and_of_python_need_no_declaration(
    told, save: Save, tmp_path: Path
) -> None:
    save(
        "notebooks/n.ipynb",
        "import json, beside, at_root, in_src, sales_report\nfrom package.inner import x",
        "import sys\nsys.path.append('../tools')\nimport tool",
    )
    files = [
        "notebooks/beside.py",
        "at_root.py",
        "src/in_src.py",
        "package/inner.py",
        "tools/tool.py",
    ]
    write(tmp_path, **{"pyproject.toml": PYPROJECT, **dict.fromkeys(files, "")})
    assert told("notebooks/n.ipynb") == []


def test_what_comes_with_a_declared_package_is_a_note(told, save: Save, tmp_path: Path) -> None:
    save("n.ipynb", "import numpy", "import no_such_package_at_all")
    write(tmp_path, **{"pyproject.toml": PYPROJECT})
    assert told() == [
        (
            "undeclared-dependency",
            "info",
            False,
            "`numpy` is not declared in pyproject.toml: it comes with `pandas`",
        ),
        (
            "undeclared-dependency",
            "info",
            False,
            "`no_such_package_at_all` may not be declared in pyproject.toml: "
            "it is not installed here",
        ),
    ]


# --- the doors --------------------------------------------------------------------------


def test_settings_and_suppressions_hold_for_them(told, save: Save, tmp_path: Path) -> None:
    unseeded = "import random\nrandom.random()"
    message = "`random.random` draws from the generator of `random`, which no cell above seeds"
    save("n.ipynb", unseeded)
    assert told() == [("unseeded-random", "warning", False, message)]
    assert told("n.ipynb", "--ignore", "unseeded-random") == []
    assert told("n.ipynb", "--select", "missing-file") == []
    settings = '[tool.jupyter-prodready]\nseverity = {unseeded-random = "info"}\n'
    write(tmp_path, **{"pyproject.toml": settings})
    assert told() == [("unseeded-random", "info", False, message)]
    settings = '[tool.jupyter-prodready]\nper-file-ignores = {"n.*" = ["unseeded-random"]}\n'
    write(tmp_path, **{"pyproject.toml": settings})
    assert told() == []
    (tmp_path / "pyproject.toml").unlink()
    save("n.ipynb", unseeded + "  # prodready: ignore[unseeded-random] a lottery")
    assert told() == []


def test_what_is_possible_leaves_the_verdict_alone(cli: Cli, save: Save, tmp_path: Path) -> None:
    source = "import random, time\nprint(random.random(), time.time())"
    save("n.ipynb", (1, source))
    run = {"execution_count": 1, "source": source, "cell_id": "c0"}
    (tmp_path / "log.jsonl").write_text(json.dumps(run))
    done = cli("check", "n.ipynb", "--history", "log.jsonl", "--format", "json")
    (report,) = json.loads(done.stdout)["notebooks"]
    assert report["verdict"]["state"] == "in-order"
    assert [one["check"] for one in report["findings"]] == ["clock-dependent", "unseeded-random"]


def test_nothing_is_said_of_another_language(told, save: Save) -> None:
    save("n.ipynb", "read.csv('a.csv')", kernelspec={"name": "ir", "language": "R"})
    assert told() == []


def test_the_installed_packages_are_read_only_if_they_must(save: Save, tmp_path: Path) -> None:
    write(tmp_path, **{"pyproject.toml": PYPROJECT})
    code = (
        "import sys; from jupyter_prodready.cli import main; main(['check', 'n.ipynb', '--format',"
        " 'json']); print('importlib.metadata' in sys.modules, file=sys.stderr)"
    )

    def reads_them(source: str) -> str:
        save("n.ipynb", source)
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert json.loads(done.stdout)
        return done.stderr.splitlines()[-1]

    assert reads_them("import pandas, sklearn, json") == "False"
    assert reads_them("import jupyterlab") == "True"


def _modules(file: Path) -> dict[str, Any]:
    from jupyter_prodready import formats
    from jupyter_prodready.surroundings import look_around

    around = look_around(formats.read(file), file)
    assert around is not None
    return dict(around.modules)


def test_an_edited_module_changes_the_hash_of_all_that_import_it(
    save: Save, tmp_path: Path
) -> None:
    file = save("notebooks/n.ipynb", "from sales.load import read\nimport other")
    write(
        tmp_path,
        **{
            "pyproject.toml": PYPROJECT,
            "src/sales/load.py": "from . import paths\nraise SystemExit('never run')",
            "src/sales/paths.py": "import json",
            "src/sales/unused.py": "",
            "other.py": "def broken(:",
        },
    )
    before = _modules(file)
    assert set(before) == {"other", "sales", "sales.load", "sales.paths"}
    write(tmp_path, **{"src/sales/unused.py": "x = 1"})
    assert _modules(file) == before
    write(tmp_path, **{"src/sales/paths.py": "import json\nx = 1"})
    after = _modules(file)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"sales", "sales.load", "sales.paths"}
