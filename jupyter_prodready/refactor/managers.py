"""Context managers of the page that may swallow an error: what their block binds may be missing."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from ..analysis.calls import dotted
from ..analysis.nodes import walk
from ..analysis.words import words
from .known import Known, is_positive, lets_errors_through
from .page import DEFINITIONS, Page, PageStatement, import_texts
from .paths import leaves

_EXITS = frozenset({"__exit__", "__aexit__"})


_CLOSED_AFTER = words(
    """
    open fdopen ZipFile TarFile GzipFile TemporaryDirectory NamedTemporaryFile TemporaryFile
    SpooledTemporaryFile ThreadPoolExecutor ProcessPoolExecutor Pool urlopen ExcelWriter ExcelFile
    HDFStore tqdm catch_warnings
    """
)
_LOCKS = frozenset({"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore"})


def known_of(trees: Sequence[ast.stmt], page: Page) -> Known:
    """What the page says of the managers and numbers that ``trees`` use."""
    names = {node.id for tree in trees for node in walk(tree) if isinstance(node, ast.Name)}
    numbers, own = _named(names, page, is_positive), "range" in page.writers
    if not enters_any(trees):
        return Known(positive=numbers, own_range=own)
    swallow = swallowing(page)
    managers = _named(names, page, lambda value: _is_plain(value, page, Known(swallow)))
    return Known(swallow, managers, numbers, own)


def _named(names: set[str], page: Page, fits: Callable[[ast.expr], bool]) -> frozenset[str]:
    """Those that the page binds once, for sure, to what fits, and nothing binds unseen."""
    return frozenset(name for name in names if _once(page.writers.get(name, ()), page, fits))


def _once(writers: Sequence[PageStatement], page: Page, fits: Callable[[ast.expr], bool]) -> bool:
    if len(writers) != 1 or "parameters" in writers[0].cell.tags:
        return False
    tree = writers[0].tree
    if not isinstance(tree, ast.Assign) or len(tree.targets) != 1:
        return False
    if not isinstance(tree.targets[0], ast.Name) or not fits(tree.value):
        return False
    return page.hidden_by(writers) is None


def _is_plain(value: ast.expr, page: Page, known: Known) -> bool:
    """Is it a call of a manager that lets errors through, or of a lock of `threading`?"""
    if lets_errors_through(value, known):
        return True
    name = dotted(value.func) if isinstance(value, ast.Call) else ""
    writers = page.writers.get(name, ())
    texts = import_texts(writers[0].tree, name) if len(writers) == 1 else ()
    return any(module == "threading" and one in _LOCKS for module, one, _ in texts)


def done_with(trees: Sequence[ast.stmt], page: Page) -> frozenset[str]:
    """Names that only ``with ... as`` binds, to what does nothing more once its block has ended:
    a file, a pool, a temporary folder."""
    items = [item for node in _withs(trees) for item in node.items]
    closed = [
        i.optional_vars.id
        for i in items
        if isinstance(i.optional_vars, ast.Name) and _closes(i.context_expr, page)
    ]
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name))
    stored = [node.id for node in nodes if not isinstance(node.ctx, ast.Load)]
    if any(s.sees_all or s.opaque or "__del__" in s.facts.text for s in page.statements):
        return frozenset()
    return frozenset(name for name in closed if stored.count(name) == closed.count(name))


def _withs(trees: Sequence[ast.stmt]) -> Iterator[ast.With]:
    return (node for tree in trees for node in walk(tree) if isinstance(node, ast.With))


def _closes(value: ast.expr, page: Page) -> bool:
    func = value.func if isinstance(value, ast.Call) else None
    if isinstance(func, ast.Attribute) and func.attr == "open":
        return True
    name = dotted(func) if func is not None else ""
    is_own = page.everywhere(name.partition(".")[0]) not in ("import", "builtin")
    return name.rpartition(".")[2] in _CLOSED_AFTER and not is_own


def enters_any(trees: Iterable[ast.AST]) -> bool:
    """Is there a `with` in them?"""
    return any(isinstance(node, ast.With | ast.AsyncWith) for tree in trees for node in walk(tree))


def swallowing(page: Page) -> frozenset[str]:
    """Names of functions and classes of the page that, used by `with`, may swallow errors."""
    made = [node for statement in page.statements for node in statement.definitions]
    return frozenset(node.name for node in made if isinstance(node, DEFINITIONS) and _may(node))


def _may(made: ast.AST) -> bool:
    if isinstance(made, ast.ClassDef):
        exits = [one for one in made.body if getattr(one, "name", "") in _EXITS]
        return not exits or any(_gives(one) for one in exits)
    return not _yields([made]) or any(_goes_on(node) for node in walk(made))


def _gives(node: ast.AST) -> bool:
    """Does it return anything that may be true?"""
    returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
    return any(not isinstance(one, ast.Constant) or bool(one.value) for one in returned)


def _goes_on(node: ast.AST) -> bool:
    """After an error where it yields."""
    handlers = getattr(node, "handlers", ())
    if handlers:
        return _yields(getattr(node, "body", ())) and not all(leaves(h.body) for h in handlers)
    if isinstance(node, ast.With | ast.AsyncWith):
        through = all(lets_errors_through(item.context_expr) for item in node.items)
        return _yields(node.body) and not through
    return False


def _yields(nodes: Iterable[ast.AST]) -> bool:
    return any(isinstance(one, ast.Yield) for node in nodes for one in walk(node))
