"""The install that makes a module importable, in an environment of the test's own."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from installs import add_kernel, environment_at, imported, project_at
from jupyter_client.kernelspec import KernelSpec

from actions.disk import tree
from jupyter_prodready.actions import extract_file, undo_last
from jupyter_prodready.actions.install import Installer, InstallError, offer
from jupyter_prodready.actions.kernel_python import KernelPython, kernel_python, python_of
from jupyter_prodready.actions.project import Located, locate
from jupyter_prodready.errors import BadInputError

PYTHON = sys.executable


def saved(root: Path, kernel: str = "own") -> Path:
    sources = ["prices = [3, 1, 2]", "total = sum(prices)", "print(total)"]
    cells = [
        {"cell_type": "code", "id": f"c{i}", "source": s, "metadata": {}, "outputs": []}
        for i, s in enumerate(sources)
    ]
    for cell in cells:
        cell["execution_count"] = None  # type: ignore[assignment]
    metadata = {"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}}
    notebook = root / "notebooks" / "n.ipynb"
    notebook.parent.mkdir()
    document = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    notebook.write_text(json.dumps(document))
    return notebook


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project_at(tmp_path / "project")


def located(root: Path, python: Path) -> Located:
    return locate(root / "notebooks/n.ipynb", "src/shop/n.py", kernel=KernelPython(python))


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For installs that do not succeed."""
    return environment_at(tmp_path_factory.mktemp("environment"))


@pytest.mark.slow
@pytest.mark.parametrize("pip", ["pip", "uv"])
def test_the_kernel_finds_it_afterwards(root: Path, tmp_path: Path, pip: str):
    own = environment_at(tmp_path / "own", is_bare=pip == "uv")
    before = located(root, own)
    assert (before.project.importable, imported(own, "shop")) == (False, "")
    lines: list[str] = []
    after = Installer(before).run(lines.append)
    assert any("shop" in line for line in lines)
    assert after.project.importable
    assert after.found.distribution == "shop"
    assert imported(own, "shop") == str(root / "src/shop/__init__.py")
    again = located(root, own)
    assert again.project == after.project
    assert offer(again) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("broken", "`shop` could not be installed: the installer ended with exit code 1."),
        ("offline", "What builds `shop` could not be fetched, and is not there."),
    ],
)
def test_a_failure_is_told_in_words_with_the_last_lines(
    root: Path, python: Path, mark: str, words: str
):
    (root / mark).touch()
    with pytest.raises(InstallError) as error:
        Installer(located(root, python)).run()
    assert error.value.message == words
    assert any(mark in line or "matching" in line for line in error.value.said)


@pytest.mark.slow
def test_installed_and_not_found_all_the_same(root: Path, tmp_path: Path):
    (root / "elsewhere").touch()
    own = environment_at(tmp_path / "own")
    with pytest.raises(InstallError, match=r"`shop` is installed, but .* does not find it"):
        Installer(located(root, own)).run()


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ended", "late"])
def test_it_is_ended_with_all_that_it_started(root: Path, python: Path, how: str):
    (root / "slow").touch()
    installer = Installer(located(root, python), limit=60 if how == "ended" else 3)
    pid = root / "pid"

    def end() -> None:
        while not pid.exists():
            time.sleep(0.05)
        installer.end()

    if how == "ended":
        threading.Thread(target=end, daemon=True).start()
    started = time.monotonic()
    with pytest.raises(InstallError) as error:
        installer.run()
    assert time.monotonic() - started < 30
    assert ("did not end in 3 seconds" in error.value.message) == (how == "late")
    # a busy machine may not have come so far in three seconds
    assert (how == "late" and not pid.exists()) or not lives(int(pid.read_text()))


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def spec(*argv: str, **metadata: object) -> KernelSpec:
    return KernelSpec(argv=[*argv], metadata=metadata)


LAUNCH = ("-m", "ipykernel_launcher", "-f", "{connection_file}")


@pytest.mark.parametrize(
    "argv", [(PYTHON, *LAUNCH), ("python", *LAUNCH), ("python3", "-Xfrozen_modules=off", *LAUNCH)]
)
def test_the_python_of_a_kernel(argv: tuple[str, ...]):
    assert python_of(spec(*argv)) == KernelPython(Path(PYTHON))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (spec("conda", "run", "-n", "x", "python", *LAUNCH), "by `conda run -n`: its Python is"),
        (spec(PYTHON, "-m", "nb_conda_kernels.runner", "/opt/x"), "its Python is not known"),
        (spec("/nowhere/python", *LAUNCH), "by `/nowhere/python`, which is not there"),
        (spec("xpython", "-f", "x"), "its Python is not known"),
        (spec(), "its Python is not known"),
        (
            spec(PYTHON, *LAUNCH, kernel_provisioner={"provisioner_name": "slurm"}),
            "by `slurm`, perhaps on another machine",
        ),
    ],
)
def test_kernels_whose_python_is_not_known(given: KernelSpec, why: str):
    found = python_of(given)
    assert found.path is None
    assert why in found.why


def test_a_kernel_that_is_not_known_is_told_what_to_run(root: Path, tmp_path: Path):
    unknown = KernelPython(None, "Its kernel is started by `conda run`: its Python is not known.")
    one = offer(locate(root / "n/n.ipynb", "src/shop/n.py", kernel=unknown))
    assert one is not None
    assert one.why_not == unknown.why
    assert one.command == f"python -m pip install --no-deps --editable {root}"


class TestWithAnExtraction:
    @pytest.fixture(autouse=True)
    def jupyter(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))

    @pytest.mark.slow
    def test_a_project_is_made_and_installed_and_undo_says_what_stays(self, tmp_path: Path):
        root = tmp_path / "shop"
        (root / ".git").mkdir(parents=True)
        notebook = saved(root)
        own = environment_at(tmp_path / "own")
        add_kernel(tmp_path / "jupyter", "own", own)
        before = tree(root)
        planned = extract_file(notebook, "1", None, "compute", True)
        assert planned.install is not None
        assert planned.install.files == ("pyproject.toml", "src/shop/__init__.py")
        assert tree(root) == before

        done = extract_file(notebook, "1", None, "compute", installs=True)
        assert done.status == "applied"
        assert "+[project]" in done.diff
        page = notebook.read_text()
        assert "sys.path" not in page
        assert "from shop.n import compute" in page
        assert imported(own, "shop.n") == str(root / "src/shop/n.py")
        again = locate(notebook, "src/shop/n.py", kernel=KernelPython(own))
        assert again.project.importable
        undone = undo_last(root)
        assert undone.stays == (
            f"`shop` stays installed: `{own} -m pip uninstall shop` takes it out again."
        )
        assert tree(root) == before

    @pytest.mark.slow
    def test_nothing_stays_written_where_it_fails(self, root: Path, python: Path, tmp_path: Path):
        add_kernel(tmp_path / "jupyter", "own", python)
        notebook = saved(root)
        (root / "broken").touch()
        before = tree(root)
        with pytest.raises(InstallError, match="exit code 1"):
            extract_file(notebook, "1", None, "compute", installs=True)
        assert tree(root) == before

    def test_what_cannot_be_installed_from_here_is_refused(self, root: Path, tmp_path: Path):
        add_kernel(tmp_path / "jupyter", "own", Path(PYTHON), "conda", "run")
        notebook = saved(root)
        before = tree(root)
        with pytest.raises(BadInputError, match="its Python is not known") as error:
            extract_file(notebook, "1", None, "compute", installs=True)
        assert f"python -m pip install --no-deps --editable {root}" in error.value.hint
        assert tree(root) == before

    def test_there_is_nothing_to_install_beside_the_notebook(self, tmp_path: Path):
        add_kernel(tmp_path / "jupyter", "own", Path(PYTHON))
        notebook = saved(tmp_path)
        done = extract_file(notebook, "1", "notebooks/tools.py", "compute", installs=True)
        said = "Nothing was installed: The module stands in the notebook's own folder."
        assert (done.status, done.notes[-1]) == ("applied", said)

    def test_a_kernel_that_is_not_there(self):
        from jupyter_client.kernelspec import KernelSpecManager

        found = kernel_python(KernelSpecManager(), "nope")
        assert found == KernelPython(None, "There is no kernel `nope` on this machine.")
