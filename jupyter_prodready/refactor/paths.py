"""How a path through code ends: by an error, out of a loop, in any case of a `match`."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass
class Loop:
    """Names that are bound ``before`` it, and where a `break` or `continue` leaves it."""

    before: set[str]
    breaks: list[set[str]] = field(default_factory=list)
    continues: list[set[str]] = field(default_factory=list)


def leaves(body: Sequence[ast.AST | None]) -> bool:
    """A path that ends by raising binds nothing for what follows."""
    last = body[-1] if body else None
    if isinstance(last, ast.ExceptHandler):
        return leaves(last.body)
    return isinstance(last, ast.Raise)


def deleted(nodes: Iterable[ast.AST]) -> set[str]:
    names = (inner for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Del)}


def matches_all(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and not case.guard
