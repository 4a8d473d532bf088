"""The editable install that makes a module importable in a notebook's kernel."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import BadInputError, ProdreadyError
from ..fixes import diff
from ..model import Extraction, Install
from ..refactor.installation import Installation, installation
from ..verify.processes import Family
from . import apply, journal
from .kernel_python import ask
from .project import Located

LIMIT_SECONDS = 300.0
TAIL = 30
"""So many last lines of an installer are kept."""
QUIET = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    "PIP_PROGRESS_BAR": "off",
    "PIP_USER": "0",  # else it falls back to the person's own folder without a word
    "NO_COLOR": "1",
    "PYTHONDONTWRITEBYTECODE": "1",  # a backend of the project's own leaves nothing in it
    "PYTHONUNBUFFERED": "1",
}


class InstallError(ProdreadyError):
    """The installer failed; ``said`` are its last lines."""

    def __init__(self, message: str, hint: str, said: Sequence[str] = ()) -> None:
        super().__init__(message, hint)
        self.said = tuple(said)


def planned_install(located: Located) -> Installation | None:
    """What an install would take; None where the notebook finds the module without one."""
    return installation(located.project, located.standing())


def offer(located: Located) -> Install | None:
    """The install as a person is shown it, with what would stand against it."""
    found = planned_install(located)
    if found is None:
        return None
    why = found.why_not or located.kernel.why
    return Install(
        package=found.package,
        command=command_of(located),
        files=tuple(edit.path for edit in found.files),
        diff=diff.of_files(found.files),
        why_not=why,
    )


def command_of(located: Located) -> str:
    """As a person would run it by hand."""
    return _shown([str(located.kernel), "-m", "pip", *_arguments(located)])


def stays_words(located: Located) -> str:
    """What no undo takes back, and what does; empty where nothing of the project is installed."""
    name = located.found.distribution
    return f"`{name}` stays installed: {removal_words(located)}" if name else ""


def removal_words(located: Located) -> str:
    """How what is installed goes again."""
    remove = ["-m", "pip", "uninstall", located.found.distribution or ""]
    return f"`{_shown([str(located.kernel), *remove])}` takes it out again."


def reread_lines(located: Located) -> str:
    """Lines for a kernel that began before the install: what its start would have read.

    They do nothing where it knows the package, and no more than a start of it does.
    """
    if not located.project.importable:
        return ""
    package = located.project.import_name.partition(".")[0]
    return "\n".join(
        f'if not __import__("importlib.util").util.find_spec("{package}"):\n'
        f'    __import__("site").addpackage({folder!r}, {name!r}, None)'
        for folder, name in located.found.links
    )


def as_installed(located: Located) -> Located:
    """As if the install had been made."""
    return replace(located, project=replace(located.project, importable=True))


# --- with an extraction of the command line ------------------------------------------


def to_install(located: Located) -> Installation | None:
    """What an install would take; `BadInputError` where it cannot be made from here."""
    shown = offer(located)
    if shown is not None and shown.why_not:
        hint = f"Run `{shown.command}` in its environment, or leave out --install."
        raise BadInputError(shown.why_not, hint)
    return planned_install(located)


def with_files(extraction: Extraction, installing: Installation | None) -> Extraction:
    """With the files that the install needs, too."""
    written = {edit.path for edit in extraction.change.files}
    files = tuple(f for f in (installing.files if installing else ()) if f.path not in written)
    change = replace(extraction.change, files=(*files, *extraction.change.files))
    return replace(extraction, change=change, diff=diff.of_files(files) + extraction.diff)


def installed(
    extraction: Extraction, located: Located, installing: Installation | None
) -> Extraction:
    """After the install; what was applied is taken back where it fails."""
    if installing is None:
        note = f"Nothing was installed: {located.project.reach}"
        return replace(extraction, notes=(*extraction.notes, note))
    entry = apply.find_entry(located.root, extraction.undo_id or "")
    installer = Installer(located)
    try:
        words = stays_words(installer.run())
    except BaseException:
        installer.end()
        apply.undo(located.root, entry)
        raise
    journal.save(located.root, replace(entry, stays=words))
    note = f"`{installing.package}` is installed in the environment of `{located.kernel}`."
    return replace(extraction, notes=(*extraction.notes, note))


# --- the installer -------------------------------------------------------------------


@dataclass(eq=False)
class Installer:
    """One run of pip, or of uv where the kernel's environment has no pip."""

    located: Located
    limit: float = LIMIT_SECONDS
    said: list[str] = field(default_factory=list)
    _process: subprocess.Popen[str] | None = None
    _is_over: bool = False
    _is_late: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, on_line: Callable[[str], None] = lambda line: None) -> Located:
        """Install, and answer the project as it is found then; `InstallError` where it is not.

        The files that it needs must be there. Waits, so it is for a thread.
        """
        planned = planned_install(self.located)
        python = self.located.kernel.path
        if planned is None or python is None or planned.why_not:
            raise InstallError("There is nothing to install.", "Preview again.")
        root, package = self.located.root, planned.package
        able = ask(python, package, root, planned.requires)
        command = _command(self.located, able.has_pip, able.is_offline)
        late = threading.Timer(self.limit, self._end_late)
        late.start()
        try:
            code = self._run(command, on_line)
        finally:
            late.cancel()
        if self._is_late:
            message = f"The install of `{package}` did not end in {self.limit:g} seconds."
            raise InstallError(message, f"Run it yourself: `{_shown(command)}`.", self.said)
        if code != 0:
            raise InstallError(*_failure(package, python, code, self.said), self.said)
        return self._checked(package, python)

    def end(self) -> None:
        """Kill it, with all that it started."""
        with self._lock:
            self._is_over = True
            if self._process is not None and self._process.poll() is None:
                Family(self._process.pid).end()

    def _end_late(self) -> None:
        self._is_late = True
        self.end()

    def _run(self, command: Sequence[str], on_line: Callable[[str], None]) -> int:
        # in a folder of its own: a `json.py` beside the notebook is none of pip's modules
        with tempfile.TemporaryDirectory() as empty:
            with self._lock:
                if self._is_over:
                    return -1
                self._process = subprocess.Popen(
                    command,
                    cwd=empty,
                    env={**os.environ, **QUIET},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    errors="replace",
                    start_new_session=True,
                )
            assert self._process.stdout is not None
            with self._process.stdout as lines, contextlib.suppress(ValueError):
                for line in lines:
                    if line.strip():
                        self.said = [*self.said, line.rstrip()][-TAIL:]
                        on_line(line.strip())
            return self._process.wait()

    def _checked(self, package: str, python: Path) -> Located:
        """What counts is that the kernel's Python finds it, where the module stands."""
        found = ask(python, package, self.located.root)
        if found.at in self.located.expected:
            return replace(as_installed(self.located), found=found)
        where = f"finds it in `{found.at}`" if found.at else "does not find it"
        raise InstallError(
            f"`{found.distribution or package}` is installed, but `{python}` {where}.",
            f"Name `{package}` among the packages of `pyproject.toml`, or go on without.",
            self.said,
        )


def _command(located: Located, has_pip: bool, is_offline: bool) -> list[str]:
    python = str(located.kernel)
    isolation = ["--no-build-isolation"] if is_offline else []
    if has_pip:
        return [python, "-m", "pip", *_arguments(located), *isolation]
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is not None:
        return [uv, "pip", *_arguments(located), "--python", python]
    raise InstallError(
        f"`{python}` has no pip, and there is no uv.",
        f"Run `{_shown([python, '-m', 'ensurepip'])}`, and try again.",
    )


def _arguments(located: Located) -> list[str]:
    return ["install", "--no-deps", "--editable", str(located.root)]


def _shown(command: Sequence[str]) -> str:
    return subprocess.list2cmdline(command) if os.name == "nt" else shlex.join(command)


_KNOWN = (
    (
        "externally-managed-environment|externally managed",
        "The Python `{python}` belongs to the operating system, which forbids installs into it.",
        "Give the notebook a kernel of an environment of its own (`python -m venv`).",
    ),
    (
        "Permission denied|Read-only file system|Access is denied|not writeable",
        "The environment of `{python}` cannot be written.",
        "Give the notebook a kernel of an environment of your own.",
    ),
    (
        "No matching distribution found for|name resolution|establish a new connection"
        "|Network is unreachable|dns error|Failed to fetch|Connection refused",
        "What builds `{package}` could not be fetched, and is not there.",
        "Install what `requires` in `pyproject.toml` names into that environment, or go online.",
    ),
)


def _failure(package: str, python: Path, code: int, said: Sequence[str]) -> tuple[str, str]:
    """What happened and what to do, in words, where the last lines tell it."""
    text = "\n".join(said)
    for pattern, message, hint in _KNOWN:
        if re.search(pattern, text, re.IGNORECASE):
            return message.format(package=package, python=python), hint
    return (
        f"`{package}` could not be installed: the installer ended with exit code {code}.",
        "Its last lines say why.",
    )
