"""The Python that a notebook's kernel runs in: which it is, and what it finds."""

from __future__ import annotations

import json
import shutil
import site
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

from . import look_up

LAUNCHERS = frozenset({"ipykernel", "ipykernel_launcher"})
LOCAL = "local-provisioner"
SECONDS = 20
"""In which a Python must have answered; it starts in a tenth of one."""


@dataclass(frozen=True)
class KernelPython:
    """``path`` is None where it is not known which it is, and ``why`` says why."""

    path: Path | None
    why: str = ""

    @property
    def is_this(self) -> bool:
        """Is it the one that this runs in?"""
        return self.path == Path(sys.executable)

    def __str__(self) -> str:
        return "python" if self.path is None else str(self.path)


NO_KERNEL = KernelPython(None, "The notebook has no kernel now.")


@dataclass(frozen=True)
class Found:
    """What a Python says of a package: ``at`` is its file or folder, None where it has none.

    ``links`` are the files, as (folder, name), that a start of Python reads to find what is
    edited in the project's root, ``distribution`` is what that is called. ``has_pip`` and
    ``is_offline``: it has all that builds it.
    """

    at: str | None = None
    distribution: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    has_pip: bool = False
    is_offline: bool = False


def kernel_python(specs: KernelSpecManager, name: str) -> KernelPython:
    """That of the kernel ``name``, as far as its kernel spec tells it."""
    try:
        return python_of(specs.get_kernel_spec(name))
    except NoSuchKernel:
        return KernelPython(None, f"There is no kernel `{name}` on this machine.")


def python_of(spec: KernelSpec) -> KernelPython:
    """A kernel that is no Python of this machine, started as such, is not known."""
    provisioner = (spec.metadata or {}).get("kernel_provisioner") or {}
    starter = provisioner.get("provisioner_name", LOCAL)
    if starter != LOCAL:
        why = f"Its kernel is started by `{starter}`, perhaps on another machine."
        return KernelPython(None, why)
    if not _is_ipykernel(spec.argv):
        shown = " ".join(spec.argv[:3])
        return KernelPython(None, f"Its kernel is started by `{shown}`: its Python is not known.")
    first = spec.argv[0]
    if is_this_python(spec.argv):
        return KernelPython(Path(sys.executable))
    path = Path(first) if Path(first).is_absolute() else Path(shutil.which(first) or first)
    if not path.is_file():
        return KernelPython(None, f"Its kernel would be started by `{first}`, which is not there.")
    return KernelPython(path)


def is_this_python(command: Sequence[str]) -> bool:
    """Does a kernel that is started by ``command`` run in this Python?"""
    names = {"python", "python3", f"python{sys.version_info[0]}.{sys.version_info[1]}"}
    first = command[0] if command else ""
    return first in names or (bool(first) and Path(first).absolute() == Path(sys.executable))


def _is_ipykernel(command: Sequence[str]) -> bool:
    """`python -X ... -m ipykernel_launcher`: no wrapper that starts another environment's."""
    if not command or not Path(command[0]).name.lower().startswith(("python", "pypy")):
        return False
    rest = list(command[1:])
    while rest and rest[0].startswith("-") and rest[0] != "-m":
        rest.pop(0)
    return rest[:1] == ["-m"] and len(rest) > 1 and rest[1] in LAUNCHERS


def ask(python: Path, package: str, root: Path, requires: Sequence[str] = ()) -> Found:
    """What this Python says; nothing where it does not answer. Asked again only after
    something was installed in it."""
    return _asked(python, package, root, tuple(requires), stamp(python))


@lru_cache(maxsize=64)
def _asked(
    python: Path, package: str, root: Path, requires: tuple[str, ...], stamp: tuple[int, ...]
) -> Found:
    del stamp
    asked = json.dumps({"package": package, "root": str(root), "requires": requires})
    try:
        done = subprocess.run(
            [str(python), "-c", Path(look_up.__file__).read_text("utf-8"), asked],
            cwd=python.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        told = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return Found()
    links = tuple((str(folder), str(name)) for folder, name in told["links"])
    return Found(told["at"], told["distribution"], links, told["has_pip"], told["offline"])


def stamp(python: Path) -> tuple[int, ...]:
    """Changes when something is installed in it."""
    prefix = python.parent.parent
    places = [*prefix.glob("lib/python3*/site-packages"), *prefix.glob("Lib/site-packages")]
    if python == Path(sys.executable):
        places += map(Path, [*site.getsitepackages(), site.getusersitepackages()])
    return tuple(place.stat().st_mtime_ns for place in places if place.is_dir())


AT_START = stamp(Path(sys.executable))
"""What was installed here later is not on the path of this process."""
