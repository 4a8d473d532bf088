"""`fix` of the command line, and what one fix would make of a page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from .. import formats
from ..errors import BadInputError, MissingError, StaleError
from ..fixes import pages
from ..model import Finding, Fix, Notebook, Report
from ..refactor import diff
from ..wire import Fixing
from . import apply
from .journal import FileChange
from .notebook_text import edit_cells
from .project import read_text, root_of
from .text_page import edit_text

MOST = 100
"""Fixes made in one go."""

Judge = Callable[[Notebook], Report]
Wanted = Callable[[Finding], bool]
Made = tuple[Finding, Fix]


def preview(notebook: Notebook, finding: Finding, fix: Fix) -> Fixing:
    """What one fix makes of the page; nothing is written."""
    after = pages.edited(notebook, fix.cells)
    return Fixing(
        path=notebook.path,
        status="preview",
        findings=(finding,),
        fixes=(fix,),
        cells=fix.cells,
        diff=_diff(notebook, after),
        base=pages.base_of(notebook, fix),
    )


def fix_file(
    path: Path, judge: Judge, wanted: Wanted, fix_id: str | None = None, diff_only: bool = False
) -> Fixing:
    """Make the first fix of each ``wanted`` finding, or the one fix ``fix_id``.

    Each fix is planned on the page that those before it left. Only the cells that change
    are written, in one step, and `apply.undo_last` takes it back. Raises `BadInputError`,
    `MissingError`, `ForbiddenError` or `StaleError` as `actions.apply` does.
    """
    notebook = formats.read(path)
    report = judge(notebook)
    if fix_id is not None:
        made, page = _one(notebook, report, fix_id)
        left = 0
    else:
        made, page, report = _all(notebook, report, judge, wanted)
        left = sum(wanted(finding) for finding in report.findings)
    fixing = Fixing(
        path=notebook.path,
        status="preview" if made else "nothing",
        findings=tuple(finding for finding, _ in made),
        fixes=tuple(fix for _, fix in made),
        cells=made[0][1].cells if len(made) == 1 else (),
        diff=_diff(notebook, page),
        base=pages.base_of(notebook, made[0][1]) if len(made) == 1 else "",
        left=left,
    )
    return fixing if diff_only or not made else _applied(path, notebook, page, fixing)


def _one(notebook: Notebook, report: Report, fix_id: str) -> tuple[list[Made], Notebook]:
    for finding in report.findings:
        for fix in finding.fixes:
            if fix.id == fix_id:
                if not fix.cells:
                    message = f"The fix {fix_id!r} changes no cell: {fix.title}."
                    raise BadInputError(message, "Do it in JupyterLab.")
                return [(finding, fix)], pages.edited(notebook, fix.cells)
    raise MissingError(
        f"There is no fix {fix_id!r} for `{notebook.path}` as it is now.",
        "`jupyter prodready check --format json` has the ids.",
    )


def _all(
    notebook: Notebook, report: Report, judge: Judge, wanted: Wanted
) -> tuple[list[Made], Notebook, Report]:
    """(fixes in the order in which they were made, the page and the report after them)."""
    made: list[Made] = []
    done: set[str] = set()
    while len(made) < MOST:
        found = next(_open(report, wanted, done), None)
        if found is None:
            break
        made.append(found)
        done.add(found[1].id)
        notebook = pages.edited(notebook, found[1].cells)
        report = judge(notebook)
    return made, notebook, report


def _open(report: Report, wanted: Wanted, done: set[str]) -> Iterator[Made]:
    for finding in report.findings:
        fixes = [fix for fix in finding.fixes if fix.cells]
        if wanted(finding) and fixes and fixes[0].id not in done:
            yield finding, fixes[0]


def _applied(path: Path, notebook: Notebook, page: Notebook, fixing: Fixing) -> Fixing:
    text = read_text(path)
    if text is None or formats.read(path).cells != notebook.cells:
        raise StaleError(f"`{path.name}` changed on disk.", "Fix it again.")
    if path.suffix == ".ipynb":
        after = text
        for fix in fixing.fixes:
            after = edit_cells(after, fix.cells, old_formats=True)
    else:
        after = edit_text(text, path.suffix, notebook, page)
    root = root_of(path)
    relative = os.path.relpath(path.resolve(), root).replace(os.sep, "/")
    change = FileChange(relative, text.encode("utf-8"), after.encode("utf-8"))
    return replace(
        fixing, status="applied", undo_id=apply.apply(root, relative, [change], what="fix")
    )


def _diff(before: Notebook, after: Notebook) -> str:
    """The page as py:percent text, before and after."""
    texts = (diff.percent((c.kind, c.source) for c in page.cells) for page in (before, after))
    return diff.unified(before.path, *texts)
