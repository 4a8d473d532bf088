"""What runs when a function or class is defined: in a module that is at its import, earlier."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..analysis.calls import dotted
from .page import Page

_DECORATORS = frozenset(
    {
        *("lru_cache", "cache", "wraps", "dataclass", "property", "staticmethod", "classmethod"),
        *(
            "cached_property",
            "singledispatch",
            "total_ordering",
            "contextmanager",
            "abstractmethod",
        ),
        *("asynccontextmanager", "overload", "final", "override", "runtime_checkable", "unique"),
        *("jit", "njit", "vectorize", "guvectorize", "no_grad", "inference_mode", "function"),
        *("define", "frozen", "attrs", "retry", "deprecated", "partial", "profile", "delayed"),
    }
)
"""Decorators that only wrap or mark, by their last name."""
_HOOKS = frozenset({"__init_subclass__", "__class_getitem__", "__mro_entries__", "__prepare__"})


def eager(tree: ast.stmt, page: Page, *, in_class: bool = False) -> Iterator[tuple[int, str]]:
    """Lines, and what each would do at another time than now.

    Decorators of methods that the page does not define are taken to wrap or mark.
    """
    if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef):
        for default in [*tree.args.defaults, *tree.args.kw_defaults]:
            if default is not None and any(isinstance(n, ast.Call) for n in ast.walk(default)):
                yield default.lineno, f"A default of `{tree.name}` is computed when the cell runs."
    if isinstance(tree, ast.ClassDef):
        yield from _class(tree, page)
    for node in getattr(tree, "decorator_list", []):
        called = dotted(node.func if isinstance(node, ast.Call) else node)
        if page.everywhere(called) == "definition":
            made = page.writers[called][0].tree
            if not _only_wraps(made, 2 if isinstance(node, ast.Call) else 1):
                yield node.lineno, f"`{called}` does more than wrapping when it decorates."
        elif called.rpartition(".")[2] not in _DECORATORS and not in_class:
            yield (
                node.lineno,
                f"The decorator `{called or 'here'}` may do something when the cell runs.",
            )


def _class(tree: ast.ClassDef, page: Page) -> Iterator[tuple[int, str]]:
    plain = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.Assign,
        ast.AnnAssign,
        ast.ClassDef,
        ast.Pass,
    )
    for keyword in tree.keywords:
        if any(_is_own(node, page) for node in ast.walk(keyword.value)):
            yield tree.lineno, f"`{tree.name}` is made by code of the notebook when the cell runs."
    for base in tree.bases:
        hook = _hook(base, page, set())
        if hook is not None:
            yield tree.lineno, f"`{hook}` runs when `{tree.name}` is defined."
    for node in tree.body:
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if not isinstance(node, plain) and not is_text:
            message = f"The body of class `{tree.name}` does something when the cell runs."
            yield node.lineno, message
        if isinstance(node, ast.Assign | ast.AnnAssign):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and _is_own(call.func, page):
                    text = f"`{dotted(call.func)}()` runs when `{tree.name}` is defined."
                    yield call.lineno, text
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from eager(node, page, in_class=True)


def _is_own(node: ast.AST, page: Page) -> bool:
    """Is it, or is it of, something that a cell defines or binds?"""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    kind = page.everywhere(node.id) if isinstance(node, ast.Name) else "unbound"
    return kind in ("definition", "variable", "constant")


def _hook(base: ast.expr, page: Page, seen: set[str]) -> str | None:
    """A method of a base class of the page that Python calls for each class made of it."""
    if not isinstance(base, ast.Name) or base.id in seen:
        return None
    seen.add(base.id)
    for writer in page.writers.get(base.id, ()):
        tree = writer.tree
        if isinstance(tree, ast.ClassDef):
            names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            own = next(iter(sorted(names & _HOOKS)), None)
            if own or any(keyword.arg == "metaclass" for keyword in tree.keywords):
                return f"{base.id}.{own or '__class__'}"
            found = [_hook(one, page, seen) for one in tree.bases]
            return next((one for one in found if one), None)
    return None


def _only_wraps(tree: ast.AST, levels: int) -> bool:
    """Does a decorator of the page call nothing itself, but in the function that it returns?"""
    if not isinstance(tree, ast.FunctionDef):
        return False
    inner = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            names = {_last_name(one) for one in node.decorator_list}
            parts: list[ast.AST] = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
            if not names <= _DECORATORS or any(_calls(part) for part in parts):
                return False
        elif not isinstance(node, ast.Return | ast.Assign | ast.Expr) or _calls(node):
            return False
    return levels == 1 or all(_only_wraps(node, levels - 1) for node in inner)


def _calls(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Call | ast.Await | ast.Lambda) for one in ast.walk(node))


def _last_name(node: ast.expr) -> str:
    return dotted(node.func if isinstance(node, ast.Call) else node).rpartition(".")[2]
