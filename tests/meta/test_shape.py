"""Conventions that a person would forget: lengths, names, versions, contracts."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import jupyter_prodready
from jupyter_prodready import checks

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "jupyter_prodready"
FILES = sorted(PACKAGE.rglob("*.py"))

FUNCTION_LINES = 40
FILE_LINES = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base"}
MACHINE = re.compile(r"/work/(main|shared)|registry\.npmjs|pypi\.org/simple")


@cache
def trees() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in FILES}


def named(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for file, tree in trees().items():
        inside: list[ast.AST] = [tree]
        while inside:  # statements only: `ast.walk` visits ten expressions for each
            node = inside.pop()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield file, node
            for part in ("body", "orelse", "handlers", "finalbody", "cases"):
                below = getattr(node, part, [])
                inside += below if isinstance(below, list) else []


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code and comments; the docstring is not counted."""
    body = function.body
    documented = ast.get_docstring(function, clean=False) is not None
    text = (body[0].end_lineno or 0) - body[0].lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - text


def test_functions_are_short():
    long = [(named(file), one.name) for file, one in functions() if lines_of(one) > FUNCTION_LINES]
    assert long == []


def test_files_are_short():
    files = [*FILES, *(PROJECT / "tests").rglob("*.py")]
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {str(file): count for file, count in lines.items() if count > FILE_LINES} == {}


def test_module_names_are_nouns():
    assert [named(file) for file in FILES if {file.stem, file.parent.name} & VAGUE] == []


def test_modules_say_what_they_are():
    assert [named(file) for file, tree in trees().items() if not ast.get_docstring(tree)] == []


def test_imports_point_one_way():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
    ]
    answer = subprocess.run([*command, "--no-logo"], cwd=PROJECT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_command_line_starts_without_jupyter():
    """Start-up of `check` on .ipynb: nothing that it does not need."""
    heavy = ("IPython", "nbformat", "jupytext", "tornado", "jupyter_server", "libcst", "nbclient")
    code = f"import sys, jupyter_prodready.cli; print([m for m in {heavy} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "[]", answer.stderr


def test_the_worker_is_light():
    heavy = ("IPython", "jupyter_server", "jupyter_client", "tornado", "libcst", "nbclient")
    modules = "jupyter_prodready.server.answers, jupyter_prodready.server.worker"
    code = f"import sys, {modules}; print([m for m in {heavy} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "[]", answer.stderr


def test_checks_are_named_after_their_files():
    for check in checks.load():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", check.name)
        assert (PACKAGE / "checks" / f"{check.name.replace('-', '_')}.py").is_file()
        assert not check.name.startswith("no-")


def test_one_version():
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    stated = re.search(r'^version = "([^"]+)"', project, re.MULTILINE)
    panel = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))
    assert stated is not None
    assert stated.group(1) == panel["version"] == jupyter_prodready.__version__


def test_no_machine_is_named():
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    named = []
    for name in listed.stdout.splitlines():
        file = PROJECT / name
        if file.suffix in {".png", ".lock"} or not file.is_file() or file == Path(__file__):
            continue
        named += (
            [name] if MACHINE.search(file.read_text(encoding="utf-8", errors="replace")) else []
        )
    assert named == []


def test_lock_files_name_no_host():
    for lock in ("yarn.lock", "ui-tests/yarn.lock"):
        assert not re.search(r"https?://", (PROJECT / lock).read_text(encoding="utf-8"))
