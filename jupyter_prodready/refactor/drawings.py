"""Figures that are left open: the notebook shows them when their cell ends."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from ..analysis.calls import dotted
from .page import Page, import_texts

_LIBRARIES = ("matplotlib", "seaborn", "pylab", "pandas")
_DRAWING_METHODS = frozenset({"plot", "hist", "boxplot", "subplots", "figure", "from_estimator"})
_CLOSING = frozenset({"show", "close"})
_QUIET = frozenset({"rc", "rcParams", "style", "set_theme", "set_style", "set", "use"})
_TELLING = _DRAWING_METHODS | _CLOSING | _QUIET


def leaves_open(trees: Iterable[ast.stmt], page: Page) -> bool:
    """May a figure be open after these statements of one cell?"""
    if not any(_imports_drawing(s.tree) for s in page.statements if s.is_import):
        return False
    drawing = _drawing_functions(page)
    is_open = False
    for tree in trees:
        called = _called(tree)
        if {last for _, last in called} & _CLOSING:
            is_open = False
        elif any(_draws(first, last, page) or first in drawing for first, last in called):
            is_open = True
    return is_open


def _drawing_functions(page: Page) -> set[str]:
    """Functions of the page that may leave a figure open, perhaps by calling others."""
    calls = {
        statement.tree.name: _called(statement.tree)
        for statement in page.statements
        if isinstance(statement.tree, ast.FunctionDef | ast.ClassDef)
    }
    found: set[str] = set()
    for _ in calls:
        found |= {
            name
            for name, called in calls.items()
            if any(_draws(first, last, page) or first in found for first, last in called)
            and not {last for _, last in called} & _CLOSING
        }
    return found


def _called(tree: ast.AST) -> set[tuple[str, str]]:
    """(first, telling) word of each call: `plt` and `plot`, of `df.plot.bar` `plot`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            words = [one.attr for one in ast.walk(node.func) if isinstance(one, ast.Attribute)]
            telling = [word for word in words if word in _TELLING] or words
            found.add((dotted(node.func).partition(".")[0], next(iter(telling), "")))
    return found


def _draws(first: str, telling: str, page: Page) -> bool:
    if telling in _DRAWING_METHODS:
        return True
    writers = page.writers.get(first, ())
    return telling not in _QUIET and any(_is_pyplot(writer.tree, first) for writer in writers)


def _is_pyplot(tree: ast.stmt, name: str) -> bool:
    """`matplotlib.pyplot`, `seaborn`, or a function of theirs."""
    return any(
        f"{module}.{original}".startswith(("matplotlib.pyplot", "seaborn", "pylab"))
        for module, original, _ in import_texts(tree, name)
    )


def _imports_drawing(tree: ast.stmt) -> bool:
    if isinstance(tree, ast.ImportFrom):
        return (tree.module or "").startswith(_LIBRARIES)
    names = tree.names if isinstance(tree, ast.Import) else []
    return any(alias.name.startswith(_LIBRARIES) for alias in names)
