"""What cannot be moved without changing what it does, read off the selected code."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from ..analysis.magics import MagicLine
from ..model import Cell, Refusal, RefusalCode, Remedy
from .frames import frame_problem
from .page import DEFINITIONS, Page, named
from .reads import immediate_parts
from .returning import may_be_returned
from .source import (
    STAYING_CELL_MAGICS,
    STAYING_MAGICS,
    SelectedCell,
    Statement,
    read_cell,
)

_SEEING = {
    "exec": "runs code that I cannot see",
    "eval": "reads names that I cannot see",
    "compile": "makes code that I cannot see",
    "globals": "gives all variables of the notebook",
    "locals": "gives all variables of the notebook",
    "vars": "gives all variables of the notebook",
    "dir": "lists the variables of the notebook",
    "get_ipython": "exists only in IPython",
    "__import__": "imports by a name that I cannot see",
    "breakpoint": "stops in the notebook's own frame",
}
_ONLY_BARE = frozenset({"vars", "dir"})
_LEAVE = "Leave this line in the notebook."
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def refuse_cells(cells: Sequence[SelectedCell], page: Page) -> tuple[Refusal, ...]:
    """Every reason that lies in the selected cells themselves."""
    found: list[Refusal] = []
    for selected in cells:
        found += _cell_level(selected)
        for statement in selected.statements:
            found += refuse_statement(statement.cell, statement.tree, page)
    return tuple(dict.fromkeys(found))


def _cell_level(selected: SelectedCell) -> Iterator[Refusal]:
    cell, facts = selected.cell, selected.facts
    if "raises-exception" in cell.tags:
        message = f"{named(cell)} is tagged `raises-exception`: it binds names, and then fails."
        yield Refusal(cell.id, None, message, "Take the tag away, or split the cell.")
    if not facts.python:
        magic = facts.magics[0].name if facts.magics else "a magic"
        yield Refusal(
            cell.id,
            1,
            f"`{magic}` makes this cell another language than Python.",
            "Choose another cell.",
        )
        return
    if facts.error:
        message = f"Line {facts.error.line} cannot be read: {facts.error.message}."
        yield Refusal(cell.id, facts.error.line, message, "Mend the cell first.")
        return
    yield from _magics(selected)
    yield from _outside_function(selected)


def _magics(selected: SelectedCell) -> Iterator[Refusal]:
    first = min((s.line for s in selected.statements if not _is_head(s)), default=None)
    for magic in selected.magics:
        name = magic.name
        if magic == selected.timed or not (selected.holds(magic.line) or name.startswith("%%")):
            continue
        shown = magic.text.strip().splitlines()[0] if magic.text.strip() else name
        stays = name in STAYING_MAGICS or (
            name in STAYING_CELL_MAGICS and (shown == name or name == "%%capture")
        )
        if not stays:
            yield Refusal(
                selected.cell.id,
                magic.line,
                f"Line {magic.line} (`{shown}`) must stay in the notebook.",
                _way_out(magic, selected),
            )
        elif first is not None and magic.line > first:
            yield Refusal(
                selected.cell.id,
                magic.line,
                f"Line {magic.line} (`{shown}`) stands between lines to be moved.",
                "Move it to the top of the cell.",
            )


def _way_out(magic: MagicLine, selected: SelectedCell) -> str:
    if magic.name == "%time":
        others = any(s.line != magic.line for s in selected.statements)
        alone = read_cell(selected.cell, (magic.line, magic.line))
        can_stay = others and alone.timed == magic
        first = f"Extract line {magic.line} by itself" if can_stay else "Take `%time` away"
        return f"{first}, or put `%%time` at the top of the cell."
    if magic.name.startswith("%%"):
        return "Take it away, extract, and put it back above the call."
    return "Move this line to a cell of its own."


def _is_head(statement: Statement) -> bool:
    tree = statement.tree
    docstring = isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant)
    return docstring or isinstance(tree, ast.Import | ast.ImportFrom)


def _outside_function(selected: SelectedCell) -> Iterator[Refusal]:
    """``return`` or ``break`` where Python does not allow it: the parser alone lets it by."""
    try:
        compile(
            selected.facts.code, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
        )
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        message = f"Line {line} is not valid outside a function: nothing extracted."
        yield Refusal(selected.cell.id, line, message, "Mend the cell first.")


def refuse_statement(cell: Cell, tree: ast.stmt, page: Page) -> Iterator[Refusal]:
    """Every reason that lies in one top-level statement."""
    if isinstance(tree, DEFINITIONS) and awaits_itself(tree):
        yield Refusal(cell.id, tree.lineno, "A module cannot `await` where it defines.", _LEAVE)
    for node in () if isinstance(tree, DEFINITIONS) else ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and _computes(node.annotation):
            message = "An annotation is computed here, and in a function it is not."
            yield Refusal(cell.id, node.lineno, message, _LEAVE)
    of_cell = set(_globals_of_cell(tree))
    for node in ast.walk(tree):
        seen = frame_problem(node, page)
        found = _problem(node, page) if seen is None else (seen, _LEAVE)
        if isinstance(node, ast.Global) and node in of_cell:
            text = f"`global {', '.join(node.names)}`"
            found = f"{text} does nothing here, and in a function it would.", f"Leave out {text}."
        if found is not None:
            line = getattr(node, "lineno", tree.lineno)
            code: RefusalCode = "star-import" if _is_star(node) else ""
            yield Refusal(cell.id, line, *found, code=code, action=_returned(node, page))


def _returned(node: ast.AST, page: Page) -> Remedy | None:
    """What would do without a `global`, to be tried."""
    names = node.names if isinstance(node, ast.Global) else []
    found = tuple(name for name in names if may_be_returned(page, name))
    return Remedy("returns", names=found) if found else None


def _globals_of_cell(tree: ast.AST) -> Iterator[ast.Global]:
    """`global` outside of functions, where it does nothing."""
    if isinstance(tree, ast.Global):
        yield tree
    if not isinstance(tree, (*_FUNCTIONS, ast.ClassDef)):
        for child in ast.iter_child_nodes(tree):
            yield from _globals_of_cell(child)


def _computes(node: ast.expr) -> bool:
    return any(isinstance(one, ast.Call | ast.NamedExpr) for one in ast.walk(node))


def awaits_itself(node: ast.AST) -> bool:
    """Does it await when it runs, and not only in a function that it makes?"""
    if isinstance(node, _FUNCTIONS):
        return any(awaits_itself(part) for part in immediate_parts(node))
    if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith):
        return True
    if isinstance(node, ast.comprehension) and node.is_async:
        return True
    return any(awaits_itself(child) for child in ast.iter_child_nodes(node))


def _problem(node: ast.AST, page: Page) -> tuple[str, str] | None:
    if isinstance(node, ast.ImportFrom):
        return _import_problem(node)
    if isinstance(node, ast.Global):
        names = ", ".join(f"`{name}`" for name in node.names)
        return (
            f"A function here changes the notebook variable {names}.",
            "Return the value instead of using `global`.",
        )
    if (
        isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and node.id not in page.writers
    ):
        return _name_problem(node.id)
    if isinstance(node, ast.Call):
        return _call_problem(node, page)
    if isinstance(node, ast.Constant) and node.value == "__main__":
        return "`__main__` is the notebook itself, a module is not.", _LEAVE
    return None


def _import_problem(node: ast.ImportFrom) -> tuple[str, str] | None:
    if _is_star(node):
        message = f"This cell imports everything from `{node.module or '.'}`."
        return message, "Replace `*` with the names that are used."
    if node.level:
        return "A relative import means another module elsewhere.", "Name the whole module."
    return None


def _is_star(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"


def _name_problem(name: str) -> tuple[str, str] | None:
    if name in _SEEING and name not in _ONLY_BARE:
        return f"`{name}` {_SEEING[name]}.", _LEAVE
    return None


def _call_problem(node: ast.Call, page: Page) -> tuple[str, str] | None:
    func = node.func
    if not isinstance(func, ast.Name) or func.id not in _ONLY_BARE or func.id in page.writers:
        return None
    return None if node.args else (f"`{func.id}()` {_SEEING[func.id]}.", _LEAVE)
