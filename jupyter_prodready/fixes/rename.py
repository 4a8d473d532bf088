"""Rename the uses of a name that its own definition does not give any more."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from ..analysis.difference import MissingName
from ..analysis.facts import CellFacts, StatementFacts
from ..analysis.names import label
from ..analysis.scope import bound_in, parameters
from ..analysis.timeline import Plan, PlannedCell
from ..model import CellEdit, Fix
from . import pages
from .bench import Bench

Position = tuple[int, int]
"""Line, and column in bytes."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_READS_POSITIONS = sys.version_info >= (3, 12)
"""Before, the positions of names in f-strings are wrong."""
_SHOWN = re.compile(r"[\s)]*[=#]")
"""What follows an expression in an f-string that shows its text, too: ``{x=}``."""


class CannotRenameError(Exception):
    """A use of the name cannot be told exactly."""


def rename_fix(group: Sequence[MissingName], bench: Bench) -> Fix | None:
    """Rename ``old`` to what the same statement of the cell binds now, wherever it is read.

    None unless every use can be named exactly, and one statement alone binds the new name.
    """
    old = group[0].name
    home = bench.plan.by_id.get(group[0].other or "")
    if home is None or bench.history is None or {one.name for one in group} != {old}:
        return None
    past = next((run for run in bench.history.runs if run.number == group[0].run), None)
    new = _new_name(old, past.facts, home.facts) if past is not None else None
    if new is None or _binders(old, bench.plan) or _binders(new, bench.plan) != 1:
        return None
    try:
        edits = tuple(_edits(old, new, bench.plan))
    except CannotRenameError:
        return None
    gaps = frozenset((one.cell_id, one.name) for one in group)
    if not edits or not bench.mends(edits, gaps):
        return None
    cells = [label(bench.plan.by_id[edit.cell_id]) for edit in edits]
    more = f" and {len(cells) - 2} more" if len(cells) > 2 else ""
    where = " and ".join(cells) if not more else ", ".join(cells[:2]) + more
    return pages.fix_of("rename", f"Rename `{old}` to `{new}` in {where}", edits)


def _new_name(old: str, before: CellFacts, now: CellFacts) -> str | None:
    """What the statement that bound ``old`` binds now, all else being the same."""
    shapes = {shape for s in before.statements if (shape := _shape(s)) and _target(s) == old}
    kept = {_target(s) for s in before.statements}
    names = [
        name
        for s in now.statements
        if _shape(s) in shapes and (name := _target(s)) is not None and name not in kept
    ]
    return names[0] if len(names) == 1 else None


def _target(statement: StatementFacts) -> str | None:
    """The one plain name that the statement binds."""
    node = statement.node
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
        return target.id if isinstance(target, ast.Name) else None
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return node.name
    return None


def _shape(statement: StatementFacts) -> str | None:
    """The statement without the name that it binds."""
    node = statement.node
    if isinstance(node, ast.Assign):
        return f"= {ast.dump(node.value)}"
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        parts = [getattr(node, field) for field in node._fields if field != "name"]
        return type(node).__name__ + "".join(map(_dump, parts))
    return None


def _dump(part: object) -> str:
    if isinstance(part, list):
        return f"[{','.join(map(_dump, part))}]"
    return ast.dump(part) if isinstance(part, ast.AST) else repr(part)


def _binders(name: str, plan: Plan) -> int:
    """How many statements of the page bind or drop the name, those of functions included."""
    return sum(
        name in s.writes
        or name in s.maybe_writes
        or name in s.deletes
        or any(name in d.writes for _, d in s.deferred)
        for planned in plan.cells
        for s in planned.facts.statements
    )


# --- the uses -------------------------------------------------------------------------------


def _edits(old: str, new: str, plan: Plan) -> Iterator[CellEdit]:
    for planned in plan.cells:
        if old in planned.cell.source:
            places = {p for s in planned.facts.statements for p in uses(s.node, old, new)}
            source = renamed_at(places, old, new, planned)
            if source != planned.cell.source:
                yield pages.replacement(planned.cell, source)


def renamed_at(places: Iterable[Position], old: str, new: str, planned: PlannedCell) -> str:
    """The source of the cell with ``new`` in the ``places`` where ``old`` stands."""
    written = planned.cell.source.split("\n")
    lines = list(written)
    code = planned.facts.code.split("\n")
    places = set(places)
    if not places.isdisjoint(_shown(planned, code)):
        raise CannotRenameError  # what is printed would change
    for line, column in sorted(places, reverse=True):
        if line > len(lines) or code[line - 1] != written[line - 1]:
            raise CannotRenameError  # on a line of IPython's own syntax
        text = lines[line - 1].encode()
        if text[column : column + len(old.encode())] != old.encode():
            raise CannotRenameError
        text = text[:column] + new.encode() + text[column + len(old.encode()) :]
        lines[line - 1] = text.decode()
    if any(old in magic.text for magic in planned.facts.magics):
        raise CannotRenameError
    return "\n".join(lines)


def _shown(planned: PlannedCell, code: Sequence[str]) -> Iterator[Position]:
    """Names whose text stands before their value: ``f"{f(x)=}"``."""
    for statement in planned.facts.statements:
        for node in ast.walk(statement.node):
            if isinstance(node, ast.FormattedValue) and _SHOWN.match(_behind(node.value, code)):
                names = (one for one in ast.walk(node.value) if isinstance(one, ast.Name))
                yield from ((one.lineno, one.col_offset) for one in names)


def _behind(node: ast.expr, code: Sequence[str]) -> str:
    """The text that follows ``node``."""
    if node.end_lineno is None or node.end_lineno > len(code):
        return ""
    first, *rest = code[node.end_lineno - 1 :]
    return "\n".join([first.encode()[node.end_col_offset :].decode(errors="replace"), *rest])


def uses(node: ast.AST | None, old: str, new: str) -> Iterator[Position]:
    """Where the global ``old`` is read in ``node``, scopes of its own left alone."""
    if node is None:
        return
    if isinstance(node, (ast.Global, ast.Nonlocal)) and old in node.names:
        raise CannotRenameError
    unread = isinstance(node, ast.JoinedStr) and not _READS_POSITIONS
    if (unread or type(node).__name__ == "TemplateStr") and old in ast.dump(node):
        raise CannotRenameError
    if isinstance(node, ast.Name):
        if node.id == old:
            yield node.lineno, node.col_offset
        return
    outside, inside, own = _scope(node)
    for child in outside:
        yield from uses(child, old, new)
    if old in own:
        return
    for child in inside:
        for place in uses(child, old, new):
            if new in own:
                raise CannotRenameError  # the new name is another thing in there
            yield place


def _scope(node: ast.AST) -> tuple[list[ast.AST], list[ast.AST], frozenset[str]]:
    """(children in the scope around, children in its own scope, names that it binds)."""
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, _FUNCTIONS):
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [*node.body]
        own = frozenset(parameters(node.args)) | bound_in(body)[0]
        return [child for child in children if child not in body], body, own
    if isinstance(node, ast.ClassDef):
        own = bound_in(node.body)[0]
        return [c for c in children if c not in node.body], [*node.body], own
    if isinstance(node, _COMPREHENSIONS):
        first = node.generators[0].iter
        own = frozenset(
            inner.id
            for generator in node.generators
            for inner in ast.walk(generator.target)
            if isinstance(inner, ast.Name)
        )
        return [first], _without(children, first), own
    return children, [], frozenset()


def _without(children: list[ast.AST], first: ast.AST) -> list[ast.AST]:
    """The children of a comprehension, its generators taken apart to leave ``first`` out."""
    found: list[ast.AST] = []
    for child in children:
        parts = ast.iter_child_nodes(child) if isinstance(child, ast.comprehension) else [child]
        found += [part for part in parts if part is not first]
    return found
