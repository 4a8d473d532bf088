"""A file that is not there in a clean run."""

from __future__ import annotations

import ntpath
import posixpath

from ...model import VerifyCause
from ..paths import found_at
from ..plan import name_of
from ..trouble import missing_path
from .scene import Scene, as_page, writes


def cause(scene: Scene) -> VerifyCause | None:
    path = missing_path(scene.trouble)
    if path is None:
        return None
    return (
        _elsewhere(path, scene)
        or _written_below(path, scene)
        or _written_by_what_is_gone(path, scene)
        or _nowhere(path, scene)
    )


def _elsewhere(path: str, scene: Scene) -> VerifyCause | None:
    folders = scene.judge.folders if scene.judge is not None else ()
    there = found_at(path, folders)
    if there is None:
        return None
    message = f"there is no `{path}` from the notebook's folder; the file is `{there}`"
    return scene.because("missing-file", message, f"Write `{there}`.")


def _written_below(path: str, scene: Scene) -> VerifyCause | None:
    for site in writes(scene.notebook):
        cell = scene.notebook.cell(site.cell_id)
        if cell is not None and _same(site.path, path) and cell.id != scene.trouble.cell_id:
            below = scene.cell is not None and cell.index > scene.cell.index
            how = "which stands below" if below else "which did not write it in this run"
            message = f"`{path}` is written by {name_of(cell)}, {how}"
            remedy = f"Move {name_of(cell)} above." if below else f"Look at {name_of(cell)}."
            return scene.because("missing-file", message, remedy)
    return None


def _written_by_what_is_gone(path: str, scene: Scene) -> VerifyCause | None:
    gone = scene.gone
    for site in writes(as_page(gone)):
        if _same(site.path, path):
            run = gone[int(site.cell_id.removeprefix("run"))]
            name = "a console" if run.execution_count is None else f"In [{run.execution_count}]"
            message = f"`{path}` was written by {name}, which is not on the page"
            return scene.because("missing-file", message, "Put that code back.", run.source)
    return None


def _nowhere(path: str, scene: Scene) -> VerifyCause:
    if posixpath.isabs(path) or ntpath.splitdrive(path)[0]:
        message = f"`{path}` is a path of another machine, or of a file that is gone"
        return scene.because("missing-file", message, "Use a path from the notebook's folder.")
    message = f"there is no file `{path}` in the notebook's folder, where a clean run starts"
    return scene.because("missing-file", message, "Put it there, or add the step that makes it.")


def _same(one: str | None, other: str) -> bool:
    return one is not None and posixpath.normpath(one) == posixpath.normpath(other)
