"""One real IPython shell in this process, whose runs are told as text and fingerprints."""

from __future__ import annotations

import contextlib
import io
import os
import re
import signal
import sys
import types
from collections.abc import Iterator
from typing import Any

from fingerprint import fingerprint
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

HIDDEN = re.compile(r"_|In$|Out$|exit$|quit$|open$|get_ipython$")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
_INPUT = re.compile(r"(In|Out) ?\[\d+\]|<ipython-input-\d+-[0-9a-f]+>|/tmp/ipykernel_\d+/\d+\.py")

RunResult = dict[str, Any]


class Watched(dict[str, Any]):
    """The shell's names; tells which were read before they were bound in this run."""

    watching = False

    def start(self) -> None:
        self.read: dict[str, str] = {}
        self.written: set[str] = set()
        self.watching = True

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        if self.watching and name not in self.read and name not in self.written:
            self._note(name, value)
        return value

    def __setitem__(self, name: str, value: Any) -> None:
        if self.watching:
            self.written.add(name)
        super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        if self.watching:
            self.written.add(name)
        super().__delitem__(name)

    def _note(self, name: str, value: object) -> None:
        if HIDDEN.match(name):
            return
        self.watching = False
        self.read[name] = fingerprint(value)
        self.watching = True

    def after(self) -> tuple[dict[str, str], list[str]]:
        """What the run touched as it is after it, and which of that it bound or changed."""
        self.watching = False
        values = {
            name: self.get(name, GONE)
            for name in sorted(self.written | set(self.read))
            if not HIDDEN.match(name)
        }
        changed = [
            name
            for name, value in values.items()
            if name in self.written or fingerprint(value) != self.read[name]
        ]
        parts = {name: _parts(name, value) for name, value in values.items()}
        after = {part: mark for name in values for part, mark in parts[name].items()}
        return after, [part for name in changed for part in parts[name]]


GONE = "no such name"


def _parts(name: str, value: Any) -> dict[str, str]:
    """Fingerprints of a value; those of the columns of a table, of the keys of a dict."""
    if type(value).__name__ == "DataFrame" and value.columns.is_unique:
        columns = {f"{name}[{column}]": fingerprint(value[column]) for column in value.columns}
        return columns or {name: fingerprint(value)}
    if type(value) is dict and 0 < len(value) < 50 and all(isinstance(k, str) for k in value):
        return {f"{name}[{key}]": fingerprint(one) for key, one in value.items()}
    return {name: fingerprint(value)}


class _Record(io.StringIO):
    """Takes the place of stdout."""

    def __init__(self, shown: list[str]) -> None:
        super().__init__()
        self.shown = shown

    def write(self, text: str) -> int:
        self.shown.append(text)
        return len(text)


def as_text(data: dict[str, Any]) -> str:
    """What a front end shows: the text, and for a picture its pixels as a number."""
    import hashlib

    picture = data.get("image/png")
    mark = ""
    if picture:
        raw = picture if isinstance(picture, bytes) else str(picture).encode()
        mark = f" png {hashlib.sha1(raw).hexdigest()[:12]}"
    return f"{data.get('text/plain', '')}{mark}\n"


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
        self.shell.shown.append(as_text(format_dict))

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Publisher(DisplayPublisher):
    def publish(self, data: dict[str, Any], *args: Any, **options: Any) -> None:
        self.shell.shown.append(as_text(data))

    def clear_output(self, wait: bool = False) -> None:
        self.shell.shown.clear()


class Shell(InteractiveShell):
    """IPython's own shell; only where its output goes is ours."""

    displayhook_class = _Hook
    display_pub_class = _Publisher
    shown: list[str] = []  # noqa: RUF012 -- replaced at each run

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        plain = _COLOURS.sub("", "\n".join(stb))
        self.error = (etype.__name__, plain)
        self.shown.append(f"{etype.__name__}: {evalue}\n")

    def enable_gui(self, gui: str | None = None) -> None:
        pass


def make() -> Shell:
    """A shell with an empty namespace, to be forked."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    shell: Shell = Shell.instance(
        user_ns=Watched(), colors="nocolor", banner1="", history_load_length=0
    )
    shell.history_manager.enabled = False
    shell.InteractiveTB.set_mode("Plain")
    for warm in (
        "import sys\nsys.path",
        "def f():\n    return missing\nf()",
        "%time 1",
        "(",
        "!true",
    ):
        run(shell, warm, 5)
    shell.reset(new_session=True)
    shell.user_ns.update({"_": "", "__": "", "___": ""})  # as in a new kernel
    return shell


def run(shell: Shell, source: str, seconds: int) -> RunResult:
    """Runs one cell as a front end would; what it showed, how it ended, what it used."""
    names: Watched = shell.user_ns
    shell.shown, shell.error = [], None
    names.start()
    with _limited(seconds), _captured(shell.shown):
        result = shell.run_cell(source, store_history=True)
    after, made = names.after()
    name, traceback = shell.error or (None, "")
    line = re.search(rf"Cell In\s*\[{result.execution_count}\], line (\d+)", traceback)
    return {
        "text": normalised("".join(shell.shown)),
        "ok": bool(result.success),
        "error": name,
        "line": int(line[1]) if line else None,
        "count": result.execution_count,
        "read": names.read,
        "after": after,
        "made": made,
    }


def names(shell: Shell) -> dict[str, str]:
    """Fingerprints of the values that cells bound; of code only the names count, for it moves."""
    code = types.ModuleType | types.FunctionType | types.BuiltinFunctionType | type
    return {
        name: fingerprint(value, moved=True)
        for name, value in dict(shell.user_ns).items()
        if not HIDDEN.match(name) and not isinstance(value, code)
    }


def normalised(text: str) -> str:
    """Addresses, counts and the folder left out: they differ for no reason of the page."""
    text = _INPUT.sub("[n]", _ADDRESS.sub("0x", _COLOURS.sub("", text.replace("\r\n", "\n"))))
    return text.replace(os.getcwd(), "<cwd>").strip("\n")


@contextlib.contextmanager
def _captured(shown: list[str]) -> Iterator[None]:
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Record(shown), io.StringIO()
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


@contextlib.contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError("the cell took too long")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
