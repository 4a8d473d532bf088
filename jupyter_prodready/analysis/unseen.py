"""Code that looks at, or binds, names of the notebook without naming them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from .facts import facts_of

SPACES = frozenset({"globals", "locals", "vars"})
SEEING = SPACES | {"exec", "eval", "dir", "get_ipython"}
_TEST_RUNNERS = frozenset(
    {"testmod", "DocTestFinder", "DocTestSuite", "loadTestsFromModule", "TestProgram"}
)
_UNITTEST = "unittest"
_SPACES_OF = frozenset(
    {"get_ipython", "user_ns", "user_global_ns", "f_globals", "f_locals", "__globals__"}
)
"""Attributes that hold, or lead to, all names."""
LOOKS = SEEING | _TEST_RUNNERS | _SPACES_OF | {_UNITTEST}
"""Words without which only `__main__` lets a statement look at names that it does not name."""
_LISTING = frozenset({"%who", "%who_ls", "%whos", "%psearch", "%store", "%reset_selective"})
_FROM_MAIN = re.compile(r"^__main__\.|\b(from|import)\s+__main__\b")
_OF_AN_OBJECT = frozenset({"vars", "dir"})
_READS = frozenset({"get", "keys", "values", "items", "copy"})
_TAKE_COPIES = frozenset({"len", "list", "sorted", "set", "dict", "tuple", "print", "any", "all"})


def looking(sources: Iterable[str]) -> Iterator[bool]:
    """For each cell, in page order: may it look at any name of the notebook when it runs, itself
    or by what cells above define?"""
    carriers: set[str] = set()
    for source in sources:
        facts = facts_of(source)
        looks = any(magic.name in _LISTING for magic in facts.magics)
        for statement in facts.statements:
            tree = statement.node or ast.Pass()
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            if names & carriers or may_read_any(tree):
                looks = True
                if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    carriers.add(tree.name)
        yield looks


def may_read_any(tree: ast.AST) -> bool:
    """May it, or a function made here, look at any name of the notebook?"""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in SEEING - _OF_AN_OBJECT:
            return True
        if isinstance(node, ast.Call) and _called(node) in _OF_AN_OBJECT and not node.args:
            return True
        if isinstance(node, ast.Attribute) and node.attr in _SPACES_OF:
            return True
        if _is_main(node) or runs_tests(node):
            return True
    return False


def runs_tests(node: ast.AST) -> bool:
    """Does it look for tests in the notebook, as ``doctest.testmod()`` does?"""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        of_unittest = (node.value.id, node.attr) == (_UNITTEST, "main")
        return of_unittest or node.attr in _TEST_RUNNERS
    return isinstance(node, ast.Name) and node.id in _TEST_RUNNERS


def may_bind_any(tree: ast.AST) -> bool:
    """May it bind a name that it does not show, as ``exec`` and ``globals()["x"] = 1`` do?"""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if (isinstance(node, ast.Name) and node.id == "exec") or _is_main(node):
            return True
        is_space = isinstance(node, ast.Call) and _called(node) in SPACES and not node.args
        if is_space and not _only_reads(parents.get(node)):
            return True
    return False


def _only_reads(use: ast.AST | None) -> bool:
    if isinstance(use, ast.Subscript):
        return isinstance(use.ctx, ast.Load)
    if isinstance(use, ast.Call):
        return _called(use) in _TAKE_COPIES
    if isinstance(use, ast.Attribute):
        return use.attr in _READS
    return isinstance(use, ast.Compare | ast.Expr | ast.For | ast.comprehension)


def _is_main(node: ast.AST) -> bool:
    """The notebook as a module: ``import __main__``, ``sys.modules["__main__"]``, and texts that
    name it (``patch("__main__.x", 1)``) or import it."""
    if isinstance(node, ast.Import):
        return any(alias.name == "__main__" for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.module == "__main__"
    if isinstance(node, ast.Name):
        return node.id == "__main__"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _FROM_MAIN.search(node.value) is not None
    if isinstance(node, ast.Subscript):
        return _says_main(node.slice) or getattr(node.slice, "id", "") == "__name__"
    return isinstance(node, ast.Call) and any(_says_main(one) for one in node.args)


def _says_main(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == "__main__"


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""
