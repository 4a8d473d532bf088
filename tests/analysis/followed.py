"""What the engine follows by value, beside what Python shows."""

from __future__ import annotations

import ast
import contextlib
import io
from collections.abc import Iterable

from jupyter_prodready.analysis.memory import Memory
from jupyter_prodready.analysis.outcomes import Outcomes
from jupyter_prodready.analysis.timeline import walk_plan

from .cases import Case, Play, played
from .playing import executed as executed_in_ipython
from .sessions import Session

UNTOLD = "?"


def followed(cells: Iterable[str]) -> list[str]:
    """What each statement shows; `UNTOLD` where that does not follow."""
    plan = walk_plan(Session.of(*cells).notebook(), None, Memory())
    outcomes = Outcomes({})
    found = [outcomes.of(step) for cell in plan.cells for step in cell.steps]
    return [UNTOLD if one is None else "".join(one.shown) for one in found]


def executed(cells: Iterable[str]) -> list[str]:
    """What each statement shows in Python, or the error that it ends in, which ends its cell."""
    names: dict[str, object] = {"__name__": "__main__"}
    shown: list[str] = []
    for cell in cells:
        body = ast.parse(cell).body
        for place, node in enumerate(body):
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                try:
                    if isinstance(node, ast.Expr):
                        code = compile(ast.Expression(node.value), "<cell>", "eval")
                        if (value := eval(code, names)) is not None and node is body[-1]:
                            print("out", repr(value), end="")
                    else:
                        exec(compile(ast.Module([node], []), "<cell>", "exec"), names)
                except Exception as error:
                    shown += [type(error).__name__] * (len(body) - place)
                    break
            shown.append(out.getvalue())
    return shown


def assert_as_in_python(cells: list[str], untold: Iterable[str] = ()) -> None:
    """All is followed but the statements ``untold``, and all that is, is as in Python."""
    told, true = followed(cells), executed(cells)
    statements = [ast.unparse(node) for cell in cells for node in ast.parse(cell).body]
    assert len(told) == len(true) == len(statements)
    expected = [
        UNTOLD if text in untold else shown for text, shown in zip(statements, true, strict=True)
    ]
    assert list(zip(statements, told, strict=True)) == list(zip(statements, expected, strict=True))


def assert_stale_where_changed(page: list[str], perturb: Play, also: str | None = None) -> None:
    """Cells are stale that show something else in a clean run, and ``also`` this one."""
    told = played(Case("", page, perturb, "", ""))
    session, report = told.session, told.report
    clean = executed_in_ipython([cell.source for cell in session.cells], {})
    for cell, said in zip(session.cells, report.cells, strict=True):
        if said.state != "edited":
            changed = session.shown.get(cell.id) != clean[cell.index].shown
            expected = changed or also == cell.source
            assert (cell.source, said.state == "stale") == (cell.source, expected)
