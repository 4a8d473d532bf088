"""A kernel of an environment of its own, and a project that is installed in an instant."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

BACKEND = """
import base64, hashlib, os, pathlib, sys, time, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    if os.path.exists("slow"):
        print("working hard", flush=True)
        pathlib.Path("pid").write_text(str(os.getpid()))
        time.sleep(60)
    if os.path.exists("broken"):
        raise SystemExit("the backend is broken")
    if os.path.exists("offline"):
        raise SystemExit("ERROR: No matching distribution found for hatchling")
    info = "shop-0.1.0.dist-info"
    path = os.path.join(os.getcwd(), "lib" if os.path.exists("elsewhere") else "src")
    files = {
        "shop.pth": path + chr(10),
        info + "/METADATA": "Metadata-Version: 2.1" + chr(10) + "Name: shop" + chr(10) + "Version: 0.1.0" + chr(10),
        info + "/WHEEL": "Wheel-Version: 1.0" + chr(10) + "Generator: test" + chr(10) + "Root-Is-Purelib: true" + chr(10) + "Tag: py3-none-any" + chr(10),
    }
    files[info + "/RECORD"] = "".join(name + ",," + chr(10) for name in [*files, info + "/RECORD"])
    name = "shop-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name

def build_wheel(folder, config_settings=None, metadata_directory=None):
    return build_editable(folder)
"""
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
    (root / "backend.py").write_text(BACKEND)
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
