"""`verify`: run copies in fresh kernels and compare with what is shown."""

from __future__ import annotations

import io
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from .. import config, formats
from ..analysis.facts import facts_of
from ..errors import BadInputError
from ..model import Notebook, VerifyReport
from ..verify.local import verify_notebook
from .inputs import each, found
from .progress import ticking
from .say import COULD_NOT_RUN, FOUND, tell

OUTSIDE = {"writes-file": "writes a file", "network": "uses the network"}


def run(arguments: Namespace) -> int:
    """Print the reports of all notebooks, one after the other; bits as in `cli.main`."""
    _refuse_cells_of_many(arguments)
    paths, code = found(arguments.paths)
    notebooks: dict[str, Notebook] = {}

    def report_of(path: Path) -> VerifyReport:
        document = formats.read_document(path)
        notebook = formats.notebook_of(document, path.as_posix())
        notebooks[notebook.path] = notebook
        return _verified(path, document, notebook, arguments)

    reports, could_not = each(report_of, paths)
    _write(_shown(reports, notebooks, arguments), arguments.output)
    return code | could_not | _bits(reports, arguments.strict)


def _verified(
    path: Path, document: formats.Document, notebook: Notebook, arguments: Namespace
) -> VerifyReport:
    settings = config.load(path)
    skip = _cells(notebook, ",".join(arguments.skip))
    until = _cells(notebook, arguments.until)[-1] if arguments.until else None
    _tell_what_happens_again(notebook, skip)
    with ticking(notebook) as on_progress:
        return verify_notebook(
            path,
            document,
            timeout=arguments.timeout or settings.verify_timeout,
            rtol=settings.verify_rtol,
            until=until,
            skip=skip,
            on_progress=on_progress,
        )


def _refuse_cells_of_many(arguments: Namespace) -> None:
    if (arguments.until or arguments.skip) and len(arguments.paths) != 1:
        raise BadInputError(
            "`--until` and `--skip` name cells of one notebook, and several were given.",
            "Verify that one by itself.",
        )


def _cells(notebook: Notebook, text: str) -> tuple[str, ...]:
    """Ids of the cells that are named as in ``extract --cells``."""
    if not text:
        return ()
    from ..refactor.selection import select

    return select(notebook, text)


def _tell_what_happens_again(notebook: Notebook, skip: Sequence[str]) -> None:
    for cell in notebook.code_cells:
        effects = facts_of(cell.source).effects if cell.id not in skip else ()
        kinds = dict.fromkeys(OUTSIDE[one.kind] for one in effects if one.kind in OUTSIDE)
        if kinds:
            name = cell.label if cell.execution_count is not None else cell.id
            tell(f"{notebook.path}: {name} {' and '.join(kinds)}, again now (--skip {name}).")


def _shown(
    reports: Sequence[VerifyReport], notebooks: Mapping[str, Notebook], arguments: Namespace
) -> str:
    if arguments.format == "json":
        from ..render import as_json

        return as_json.verify(reports) + "\n"
    if arguments.format == "junit":
        from ..render import junit

        return junit.verify(reports)
    if arguments.format == "github":
        from ..render import github

        return github.verify(reports)
    from ..render import text_verify

    if not arguments.output:
        text_verify.verify(reports, notebooks, arguments.verbose)
        return ""
    page = io.StringIO()
    text_verify.verify(reports, notebooks, arguments.verbose, page)
    return page.getvalue()


def _write(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInputError(
            f"The report cannot be written to `{output}`: {error.strerror}.", "Name another file."
        ) from error


def _bits(reports: Sequence[VerifyReport], strict: bool) -> int:
    verdicts = {report.verdict for report in reports}
    bad = {"differs", "fails"} | ({"reproduces-but-noise"} if strict else set())
    code = FOUND if verdicts & bad else 0
    return code | (COULD_NOT_RUN if "unverified" in verdicts else 0)
