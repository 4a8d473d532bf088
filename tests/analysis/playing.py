"""The truth of a case: cells that run in the real IPython, each play in a folder, an environment
and module options of its own."""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import io
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

NOISE = re.compile(
    r"^(CPU times|Wall time|.* per loop|Writing|Overwriting).*\n|^Out\[\d+\]: ", re.M
)
"""Among it what `%%writefile` says: files outlive a restart, a play has a folder of its own."""
HIDDEN = re.compile(r" at 0x|<module ")


@dataclass(frozen=True)
class Done:
    """What one cell showed and left in the names that it mentions, or how it failed."""

    shown: str
    names: Mapping[str, str]
    error: str | None = None


@functools.cache
def _shell() -> InteractiveShell:
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Minimal"  # no case looks at a traceback; they take longest
    return InteractiveShell(config=config, user_ns={})


@functools.cache
def _own_callbacks() -> dict[str, list[object]]:
    """What a new shell calls around its cells."""
    return {event: [*calls] for event, calls in _shell().events.callbacks.items()}


def _unload(shell: InteractiveShell) -> None:
    """Take back what extensions have left: `autoreload` looks at every module before each cell."""
    own = _own_callbacks()
    for event, calls in shell.events.callbacks.items():
        calls[:] = own[event]
    shell.extension_manager.loaded.clear()


@contextlib.contextmanager
def not_collecting() -> Iterator[None]:
    """IPython collects garbage at each reset, which is nine tenths of it here."""
    collect, gc.collect = gc.collect, lambda generation=2: 0
    try:
        yield
    finally:
        gc.collect = collect


class Kernel(dict[str, object]):
    """IPython, empty, as the namespace of a session. One lives at a time: starting a shell
    takes longer than all cells of a case."""

    def __init__(self) -> None:
        super().__init__()
        self.shell = _shell()
        with not_collecting():
            self.shell.reset(new_session=True)
        self.shell.compile.reset_compiler_flags()
        _unload(self.shell)

    def execute(self, source: str) -> Done:
        done = self.run(source)
        return replace(done, names=self._mentioned(source)) if done.error is None else done

    def run(self, source: str) -> Done:
        """As `execute`, but the names are not looked at."""
        out = io.StringIO()
        silent = contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO())
        with silent[0], silent[1], not_collecting():
            result = self.shell.run_cell(source, store_history=True)
        problem = result.error_before_exec or result.error_in_exec
        shown = NOISE.sub("", out.getvalue())
        if problem is not None:
            return Done(f"{type(problem).__name__}: {problem}", {}, type(problem).__name__)
        return Done(shown, {})

    def _mentioned(self, source: str) -> dict[str, str]:
        values = {name: self.shell.user_ns.get(name) for name in _names(source)}
        plain = {name: repr(value) for name, value in values.items() if value is not None}
        return {name: text for name, text in plain.items() if not HIDDEN.search(text)}


@functools.cache
def _names(source: str) -> set[str]:
    """The names that ``source`` uses whole and at once: not in the bodies of functions, not
    by one key or attribute."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    part: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = []
        elif isinstance(node, ast.Lambda):
            node.body = ast.Constant(None)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.GeneratorExp):
            node.value.elt = ast.Constant(None)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node.func = node.func.value
        elif isinstance(node, ast.Attribute) or (
            isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
        ):
            part.add(node.value)
    whole = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and n not in part}
    return whole - {"In", "Out"}


@contextlib.contextmanager
def fresh_process(files: Mapping[str, str]) -> Iterator[None]:
    """A folder with ``files``, and what a process owns, as a kernel's start would have it."""
    home, environment, path = Path.cwd(), dict(os.environ), list(sys.path)
    modules = set(sys.modules)
    with empty_folder() as folder, np.printoptions():
        for name, text in files.items():
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        os.chdir(folder)
        sys.path.insert(0, folder)
        random.seed()
        np.random.seed(random.getrandbits(32))
        try:
            yield
        finally:
            os.chdir(home)
            if os.environ != environment:
                os.environ.clear()
                os.environ.update(environment)
            sys.path[:] = path
            pd.reset_option("display.max_rows")
            _forget(sys.modules.keys() - modules, folder)


_untouched: list[tempfile.TemporaryDirectory[str]] = []


@contextlib.contextmanager
def empty_folder() -> Iterator[str]:
    """One that no play has written to: making and removing it takes as long as a cell."""
    folder = _untouched.pop() if _untouched else tempfile.TemporaryDirectory()
    made = os.stat(folder.name).st_mtime_ns
    yield folder.name
    if os.stat(folder.name).st_mtime_ns == made and not os.listdir(folder.name):
        _untouched.append(folder)
    else:
        folder.cleanup()


def _forget(imported: Iterable[str], folder: str) -> None:
    for name in imported:
        if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
            del sys.modules[name]


def executed(sources: Iterable[str], files: Mapping[str, str]) -> list[Done]:
    """``sources`` in a new kernel, up to the first that fails."""
    found: list[Done] = []
    with fresh_process(files):
        kernel = Kernel()
        for source in sources:
            found.append(kernel.execute(source))
            if found[-1].error is not None:
                break
    return found


def executed_on(before: Iterable[str], source: str, files: Mapping[str, str]) -> Done:
    """``source`` after all of ``before``, failed or not."""
    with fresh_process(files):
        kernel = Kernel()
        for earlier in before:
            kernel.run(earlier)
        return kernel.execute(source)
