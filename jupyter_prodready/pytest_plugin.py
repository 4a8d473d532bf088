"""``pytest --prodready``: each code cell of a notebook is a test.

Loaded into every pytest run of its environment, so nothing but pytest is imported before a
notebook is collected.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .model import VerifiedCell, VerifyReport

RIGHT = ("identical", "equivalent", "nondeterministic")
NOT_RUN = ("skipped", "blocked")


class CellError(Exception):
    """A cell fails or differs; the message is for people."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("jupyter-prodready")
    group.addoption(
        "--prodready",
        action="store_true",
        help="verify notebooks: run each in a fresh kernel and compare what it shows",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".ipynb" and parent.config.getoption("--prodready"):
        notebook: NotebookFile = NotebookFile.from_parent(parent, path=file_path)
        return notebook
    return None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """All cells of a notebook go to one worker: each worker would run all of it."""
    if not config.getoption("--prodready") or config.getoption("dist") not in ("load", "worksteal"):
        return None
    from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

    return LoadFileScheduling(config, log)


class NotebookFile(pytest.File):
    """A notebook; run once, when the first of its cells is asked for."""

    def collect(self) -> Iterator[pytest.Item]:
        from . import config, formats
        from .errors import ProdreadyError

        try:
            notebook = formats.read(self.path)
            config.load(self.path)  # so that what is wrong with it is said in one sentence
        except ProdreadyError as error:
            raise self.CollectError(str(error)) from error
        for cell in notebook.code_cells:
            name = f"cell {cell.index} ({cell.id})"
            yield CellItem.from_parent(self, name=name, cell_id=cell.id, index=cell.index)

    @cached_property
    def report(self) -> VerifyReport:
        """What `verify` says of the notebook, with the project's settings."""
        from . import config
        from .verify.local import verify_notebook
        from .verify.verification import options_of

        options = options_of(config.load(self.path), repair=False)
        return verify_notebook(self.path, options=options).report


class CellItem(pytest.Item):
    """One code cell."""

    parent: NotebookFile

    def __init__(self, *, cell_id: str, index: int, **other: Any) -> None:
        super().__init__(**other)
        self.cell_id = cell_id
        self.index = index

    def runtest(self) -> None:
        report = self.parent.report
        if report.verdict == "unverified":
            raise CellError(report.message)
        cell = next(one for one in report.cells if one.id == self.cell_id)
        if cell.verdict in NOT_RUN:
            pytest.skip(cell.detail)
        if cell.verdict not in RIGHT:
            raise CellError(_words(cell, report))

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | Any:
        if isinstance(excinfo.value, CellError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, f"{self.path.name}: {self.name}"


def _words(cell: VerifiedCell, report: VerifyReport) -> str:
    """The verdict, and for the first cell that is not right why it is not."""
    lines = [f"{cell.verdict}: {cell.detail}"]
    cause = report.cause
    first = next(one for one in report.cells if one.verdict not in (*RIGHT, *NOT_RUN))
    if cause is not None and cell == first:
        lines.append(f"Why: {cause.message} ({cause.check})")
        lines += [f"    {line}" for line in (cause.source or "").splitlines()]
        lines += [f"To do: {cause.remedy}"] if cause.remedy else []
    return "\n".join(lines)
