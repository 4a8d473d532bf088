"""Objects that act once nobody holds them: a temporary folder is removed, a file is written.

A function lets go of its variables when it returns, a notebook when they are bound anew.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..analysis.calls import dotted
from ..analysis.nodes import children, walk
from .page import DEFINITIONS, Page

_BAR, _POOL, _TEMPORARY = "a progress bar", "a pool of workers", "a temporary file"
_WRITES = "a file that is written to"
_KINDS: Mapping[str, str] = {
    "TemporaryDirectory": "a temporary folder",
    **dict.fromkeys(("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"), _TEMPORARY),
    **dict.fromkeys(("Pool", "ThreadPool", "ThreadPoolExecutor", "ProcessPoolExecutor"), _POOL),
    **dict.fromkeys(("tqdm", "trange", "tqdm_notebook"), _BAR),
    **dict.fromkeys(("connect", "create_connection", "socket"), "a connection"),
    **dict.fromkeys(("ExcelWriter", "SummaryWriter", "memmap"), _WRITES),
    **dict.fromkeys(("create_task", "ensure_future"), "a task"),
    **dict.fromkeys(("SharedMemory", "Manager", "LocalCluster"), "shared by processes"),
}
_WITH_MODE = frozenset({"open", "fdopen", "ZipFile", "TarFile", "GzipFile", "File", "HDFStore"})
_MARK = re.compile("|".join((*_KINDS, *_WITH_MODE, "__del__", "yield")))
"""What the text of a function or class has that gives such an object, if it calls no other one."""
_CLOSING = frozenset({"close", "cleanup", "shutdown", "terminate", "stop", "disconnect", "unlink"})
_WATCHED = "watched by `weakref`"
_OWN = "an object that does something when it is let go"


def lasting(trees: Iterable[ast.stmt], page: Page, makers: Mapping[str, str]) -> dict[str, str]:
    """Names that may hold such an object after ``trees`` have run in a row, and what it is."""
    if any(_imports_weakref(s.tree) for s in page.statements):
        names = (n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Name))
        return {name.id: _WATCHED for name in names if isinstance(name.ctx, ast.Store)}
    held: dict[str, str] = {}
    for tree in trees:
        held = _Block(page, makers).after(tree, held)
    return held


def _imports_weakref(tree: ast.stmt) -> bool:
    if isinstance(tree, ast.ImportFrom):
        return tree.module == "weakref"
    return isinstance(tree, ast.Import) and any(one.name == "weakref" for one in tree.names)


def makers_of(page: Page) -> dict[str, str]:
    """Functions and classes of the page that give such objects."""
    made = [(node, s.facts.text) for s in page.statements for node in s.definitions]
    named = {node.name: (node, text) for node, text in made if isinstance(node, DEFINITIONS)}
    found: dict[str, str] = {}
    before = -1
    while len(found) > before:
        before = len(found)
        for name, (node, text) in named.items():
            if _MARK.search(text) is None and not any(one in text for one in found):
                continue
            what = _gives(node, _Block(page, found))
            if what is not None:
                found.setdefault(name, what)
    return found


def _gives(made: ast.AST, block: _Block) -> str | None:
    if isinstance(made, ast.ClassDef):
        inherits = any(isinstance(b, ast.Name) and b.id in block.makers for b in made.bases)
        own = any(getattr(one, "name", "") == "__del__" for one in made.body)
        return _OWN if own or inherits else next(block.kinds(made), None)
    body: Sequence[ast.stmt] = getattr(made, "body", ())
    nodes = [node for statement in body for node in walk(statement)]
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes):
        return _OWN if any(isinstance(n, ast.Try | ast.With) for n in nodes) else None
    returned = [node.value for node in nodes if isinstance(node, ast.Return) and node.value]
    kinds = (kind for value in returned for kind in block.kinds(value))
    left = block.after_all(body, {}) if returned else {}
    return next(kinds, None) or next(iter(left.values()), None)


class _Block:
    """Follows statements; a name is done with once it is closed, deleted or bound anew on every
    path."""

    def __init__(self, page: Page, makers: Mapping[str, str]) -> None:
        self.page = page
        self.makers = makers

    def after_all(self, trees: Iterable[ast.stmt], held: dict[str, str]) -> dict[str, str]:
        for tree in trees:
            held = self.after(tree, held)
        return held

    def after(self, tree: ast.stmt, held: dict[str, str]) -> dict[str, str]:
        if isinstance(tree, DEFINITIONS):
            return held
        if isinstance(tree, ast.With | ast.AsyncWith):
            names = {n.id for i in tree.items for n in ast.walk(i) if isinstance(n, ast.Name)}
            return self.after_all(tree.body, _without(held, names))
        if isinstance(tree, ast.Try):
            first = self.after_all([*tree.body, *tree.orelse], held)
            ends = [self.after_all(one.body, {**held, **first}) for one in tree.handlers]
            return self.after_all(tree.finalbody, _joined([first, *ends]))
        if isinstance(tree, ast.If):
            return _joined([self.after_all(one, held) for one in (tree.body, tree.orelse)])
        if isinstance(tree, ast.For | ast.AsyncFor | ast.While):
            return self.after_all(tree.orelse, _joined([held, self.after_all(tree.body, held)]))
        if isinstance(tree, ast.Match):
            return _joined([held, *(self.after_all(case.body, held) for case in tree.cases)])
        return self._plain(tree, held)

    def _plain(self, tree: ast.stmt, held: dict[str, str]) -> dict[str, str]:
        if isinstance(tree, ast.Delete):
            return _without(held, {n.id for n in tree.targets if isinstance(n, ast.Name)})
        closed = _closed(tree)
        if closed:
            return _without(held, {closed})
        found = dict(held)
        for node in walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value:
                targets: list[ast.expr] = []
                targets += node.targets if isinstance(node, ast.Assign) else [node.target]
                self._bind(targets, node.value, found)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                given = (kind for arg in node.args for kind in self.kinds(arg))
                _put(_root(node.func.value), next(given, None), found)
        return found

    def _bind(self, targets: list[ast.expr], value: ast.expr, found: dict[str, str]) -> None:
        kind = next(self.kinds(value), None)
        if isinstance(value, ast.Name):
            kind = found.get(value.id)
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
            for part in parts:
                if kind is None and isinstance(part, ast.Name):
                    found.pop(part.id, None)
                _put(_root(part), kind, found)

    def kinds(self, node: ast.AST, *, is_receiver: bool = False) -> Iterator[str]:
        """What objects of the kind are made in ``node`` that something may go on holding."""
        if isinstance(node, ast.Call) and not is_receiver:
            kind = self._made_by(node)
            if kind is not None:
                yield kind
        for child in children(node):
            if not isinstance(child, ast.Lambda | ast.withitem):
                yield from self.kinds(child, is_receiver=isinstance(node, ast.Attribute))

    def _made_by(self, call: ast.Call) -> str | None:
        func = call.func
        last = func.attr if isinstance(func, ast.Attribute) else dotted(func)
        if last in _WITH_MODE:
            return _WRITES if self._may_write(call) else None
        if last not in self.makers and last not in _KINDS:
            return None
        root = dotted(func).partition(".")[0]
        is_own = self.page.everywhere(root) != "import" and any(
            getattr(node, "name", "") == last
            for s in self.page.statements
            for node in s.definitions
        )
        return self.makers.get(last) if is_own else _KINDS.get(last)

    def _may_write(self, call: ast.Call) -> bool:
        """Is it opened to be written to? `path.open("w")` has the mode first."""
        root = dotted(call.func).partition(".")[0]
        is_method = isinstance(call.func, ast.Attribute) and (
            self.page.everywhere(root) != "import" or isinstance(call.func.value, ast.Call)
        )
        given = [k.value for k in call.keywords if k.arg == "mode"]
        mode = next(iter([*given, *call.args[0 if is_method else 1 :]]), None)
        if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
            return not set("wax+").isdisjoint(mode.value)
        return mode is not None


def _closed(tree: ast.stmt) -> str:
    """The name of what a statement closes: ``f.close()``."""
    call = tree.value if isinstance(tree, ast.Expr) else None
    call = call.value if isinstance(call, ast.Await) else call
    func = call.func if isinstance(call, ast.Call) else None
    if isinstance(func, ast.Attribute) and func.attr in _CLOSING:
        return func.value.id if isinstance(func.value, ast.Name) else ""
    return ""


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _put(name: str, kind: str | None, found: dict[str, str]) -> None:
    if name and kind:
        found[name] = kind


def _without(held: dict[str, str], names: set[str]) -> dict[str, str]:
    return {name: kind for name, kind in held.items() if name not in names}


def _joined(ends: Iterable[dict[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for end in ends:
        found.update(end)
    return found
