"""Free names of functions, by Python's own scoping rules."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..analysis.scope import bound_in, parameters

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def free_reads(node: ast.AST) -> dict[str, int]:
    """Global names that a function, lambda or class reads when it runs, with a line."""
    found: dict[str, int] = {}
    if isinstance(node, FUNCTIONS):
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        bound, declared = bound_in(body)
        local = (bound | set(parameters(node.args))) - declared
        for name, line in _reads_in(body).items():
            if name not in local:
                found.setdefault(name, line)
        return found
    for child in ast.iter_child_nodes(node):
        for name, line in free_reads(child).items():
            found.setdefault(name, line)
    return found


def _reads_in(body: Sequence[ast.AST]) -> dict[str, int]:
    """Names read in a function's body, those free in nested functions included."""
    found: dict[str, int] = {}
    stack: list[ast.AST] = list(reversed(body))
    while stack:
        node = stack.pop()
        if isinstance(node, FUNCTIONS):
            for name, line in free_reads(node).items():
                found.setdefault(name, line)
            stack += reversed(immediate_parts(node))
            continue
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
            found.setdefault(node.id, node.lineno)
        if isinstance(node, _COMPREHENSIONS):
            own = comprehension_targets(node)
            for name, line in _reads_in(list(ast.iter_child_nodes(node))).items():
                if name not in own:
                    found.setdefault(name, line)
            continue
        stack += reversed(list(ast.iter_child_nodes(node)))
    return found


def immediate_parts(node: ast.AST) -> list[ast.AST]:
    """What of a function definition runs at once: decorators, defaults, annotations."""
    if not isinstance(node, FUNCTIONS):
        return []
    args = node.args
    parts: list[ast.AST | None] = [*args.defaults, *args.kw_defaults]
    if not isinstance(node, ast.Lambda):
        every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
        parts += [*node.decorator_list, *(arg.annotation for arg in every if arg), node.returns]
    return [part for part in parts if part is not None]


def comprehension_targets(node: ast.AST) -> set[str]:
    """Names that a comprehension binds for itself."""
    generators: list[ast.comprehension] = getattr(node, "generators", [])
    names = (name for item in generators for name in ast.walk(item.target))
    return {name.id for name in names if isinstance(name, ast.Name)}
