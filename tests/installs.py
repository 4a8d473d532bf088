"""A kernel of an environment of its own, and a project that is installed in an instant."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

PROJECT = """[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "shop"
version = "0.1.0"
"""


def project_at(root: Path) -> Path:
    """A project of the package `shop` whose backend stands beside it."""
    (root / "src/shop").mkdir(parents=True)
    (root / "src/shop/__init__.py").touch()
    (root / "pyproject.toml").write_text(PROJECT)
    shutil.copy(Path(__file__).parent / "backend.py", root)
    return root


def environment_at(folder: Path, *, is_bare: bool = False) -> Path:
    """The Python of a new environment that has what this one has; without pip if ``is_bare``."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    if not is_bare:
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        link = folder / "lib" / version / "site-packages" / "this.pth"
        link.write_text(sysconfig.get_path("purelib") + "\n")
    return python


def add_kernel(jupyter_path: Path, name: str, python: Path, *before: str) -> None:
    """A kernel spec below a folder of ``JUPYTER_PATH``."""
    folder = jupyter_path / "kernels" / name
    folder.mkdir(parents=True)
    argv = [*before, str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))


def imported(python: Path, name: str) -> str:
    """What a fresh start of this Python says of the module's file; `""` where it has none."""
    code = f"import {name}; print({name}.__file__)"
    done = subprocess.run([python, "-c", code], cwd=python.parent, capture_output=True, text=True)
    return done.stdout.strip()
