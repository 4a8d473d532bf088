"""Cells that run after an import that the page had further down, or not at all.

A module may set things when it is imported (a seed, how numbers are shown, a variable of the
environment): cells that name nothing of it can tell when that was.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from ..analysis.calls import dotted
from ..analysis.facts import facts_of
from ..model import Cell, Notebook
from .staging import Staged

_QUIET = (
    *(ast.Import, ast.ImportFrom, ast.Pass),
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
)
_SET_NOTHING = frozenset(
    {"getLogger", "Path", "resolve", "compile", "namedtuple", "TypeVar", "NewType", "field"}
    | {"frozenset", "set", "dict", "list", "tuple", "join", "dirname", "abspath"}
)
"""Calls with which modules make their names."""


def run_after_early_imports(
    before: Notebook, after: Notebook, staged: Sequence[Staged]
) -> frozenset[str]:
    """Ids of the cells of ``after`` from where it imports ``staged`` down to where ``before``
    imported all that these import; to its end where a module of the project does more."""
    own = {one.name for one in staged}
    start = _first(after.code_cells, own)
    if start is None:
        return frozenset()
    texts = _texts(staged)
    wanted = {package for text in texts for package in _packages(text)}
    found = (_first(before.code_cells, {package}) for package in wanted)
    last = [before.code_cells[number].id for number in found if number is not None]
    if any(_does_more(text) for text in texts):
        number = _first(before.code_cells, own)
        last.append(before.code_cells[-1 if number is None else number].id)
    cells = after.code_cells[start:]
    end = max((number for number, cell in enumerate(cells) if cell.id in last), default=0)
    return frozenset(cell.id for cell in cells[: end + 1]) if end else frozenset()


def _first(cells: Sequence[Cell], names: Collection[str]) -> int | None:
    """The number of the first cell that imports one of these, or a part of it."""
    for number, cell in enumerate(cells):
        imports = [one for s in facts_of(cell.source).statements for one in s.imports]
        if any(f"{one.module}.".startswith(f"{name}.") for one in imports for name in names):
            return number
    return None


def _texts(staged: Sequence[Staged]) -> list[str]:
    """Of these modules, and of all others of the project that they import on the way."""
    texts = {Path(one.file): one.text for one in staged}
    waiting = [(_root(one), one.name, one.text) for one in staged]
    while waiting:
        root, name, text = waiting.pop()
        for module in (*_parents(name), *_imported(text, name)):
            path = root.joinpath(*module.split("."))
            for file in (path.with_suffix(".py"), path / "__init__.py"):
                if module and file not in texts and file.is_file():
                    texts[file] = file.read_text(encoding="utf-8", errors="replace")
                    waiting.append((root, module, texts[file]))
    return list(texts.values())


def _root(one: Staged) -> Path:
    """The folder that is on the path."""
    return Path(one.file).parents[one.name.count(".") + one.is_package]


def _parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]


def _imported(text: str, name: str) -> set[str]:
    """Modules that the module ``name`` may import, those of its own package by their full names."""
    found: set[str] = set()
    for node in _top(text):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = name.split(".")[: -node.level] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def _packages(text: str) -> set[str]:
    """Packages that it imports and that are no part of Python itself."""
    modules = {name.partition(".")[0] for name in _imported(text, "")}
    return modules - {"", *sys.stdlib_module_names}


def _does_more(text: str) -> bool:
    """Does it do anything at its import besides importing, defining and naming values?"""
    return any(not _is_quiet(node) for node in _top(text))


def _is_quiet(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        calls = (one for one in ast.walk(node) if isinstance(one, ast.Call))
        names = all(isinstance(target, ast.Name) for target in targets)
        return names and all(dotted(c.func).rpartition(".")[2] in _SET_NOTHING for c in calls)
    if isinstance(node, ast.If):
        test = ast.unparse(node.test)
        return "TYPE_CHECKING" in test or "__name__" in test
    return isinstance(node, _QUIET)


def _top(text: str) -> list[ast.stmt]:
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError):
        return []
