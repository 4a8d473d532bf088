"""Where a page pickles: what is pickled is found again by the names of its class and module."""

from __future__ import annotations

import ast

from .page import Page, PageStatement

_PICKLERS = frozenset({"pickle", "joblib", "dill", "cloudpickle", "shelve", "to_pickle"})
_PROCESSES = frozenset(
    {"Pool", "Process", "ProcessPoolExecutor", "Parallel", "multiprocessing", "mp"}
)
_SENT_ONLY = frozenset({"Parallel", "delayed", "cpu_count", "parallel_backend"})
"""Of joblib: what is sent to another process and back is not kept under its name."""


def pickler(page: Page) -> PageStatement | None:
    """A statement that may write down the names of classes."""
    words = _PICKLERS | (_imported(page) - _SENT_ONLY)
    return _first(page, words)


def sender(page: Page) -> PageStatement | None:
    """A statement that pickles, or sends to another process: what is no name of a module's top
    level cannot be."""
    return _first(page, _PICKLERS | _imported(page) | _PROCESSES)


def _first(page: Page, words: frozenset[str]) -> PageStatement | None:
    return next((s for s in page.statements if not s.words.isdisjoint(words)), None)


def _imported(page: Page) -> frozenset[str]:
    """Names that the page gives to parts of these libraries."""
    found: set[str] = set()
    for statement in page.statements:
        tree = statement.tree
        if isinstance(tree, ast.Import):
            found |= {a.asname or "" for a in tree.names if _is_pickler(a.name)}
        elif isinstance(tree, ast.ImportFrom) and _is_pickler(tree.module or ""):
            found |= {alias.asname or alias.name for alias in tree.names}
    return frozenset(found - {"", "*"})


def _is_pickler(module: str) -> bool:
    return module.partition(".")[0] in _PICKLERS
