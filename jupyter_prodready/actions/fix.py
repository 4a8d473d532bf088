"""`fix` of the command line, and what one fix would make of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from .. import formats
from ..errors import BadInputError, MissingError
from ..fixes import diff, pages
from ..model import Finding, Fix, Notebook, Report
from ..wire import Fixing
from .notebook_file import write_page

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
        diff=diff.of_pages(notebook, after),
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
        diff=diff.of_pages(notebook, page),
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
    steps = [fix.cells for fix in fixing.fixes]
    return replace(fixing, status="applied", undo_id=write_page(path, notebook, page, steps, "fix"))
