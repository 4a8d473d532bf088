"""`verify`: run copies in fresh kernels and compare with what is shown."""

from __future__ import annotations

import asyncio
import io
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from .. import config, formats
from ..analysis.facts import facts_of
from ..errors import BadInputError, ProdreadyError
from ..model import Notebook, VerifyReport
from ..verify.local import Verified, terminated_as_interrupted, verify_file
from ..verify.parameters import parsed
from ..verify.verification import Options, options_of
from .evidence import History, connection_in, evidence_of, history_given
from .inputs import each, found
from .mend import mend
from .progress import Tickers, ticking
from .say import COULD_NOT_RUN, FOUND, complain, tell

OUTSIDE = {"writes-file": "writes a file", "network": "uses the network"}


def run(arguments: Namespace) -> int:
    """Print the reports of all notebooks, one after the other; bits as in `cli.main`."""
    paths, code = found(arguments.paths)
    _refuse_cells_of_many(arguments, paths)
    history = history_given(arguments, paths)
    documents, could_not = each(lambda path: (path, formats.read_document(path)), paths)
    with terminated_as_interrupted():
        made = asyncio.run(_all(documents, history, arguments))
    done = [one for one in made if one is not None]
    notebooks = {one.notebook.path: one.notebook for one in done}
    reports = [one.report for one in done]
    _write(_shown(reports, notebooks, arguments), arguments.output)
    code |= could_not | (COULD_NOT_RUN if len(done) < len(made) else 0)
    if arguments.fix:
        code |= mend(done)
    return code | _bits(reports, arguments.strict)


async def _all(
    documents: Sequence[tuple[Path, formats.Document]],
    history: History | None,
    arguments: Namespace,
) -> list[Verified | None]:
    """Verify them, ``--jobs`` at a time; None for one that was refused, which is told."""
    turns = asyncio.Semaphore(arguments.jobs)
    with ticking(len(documents)) as tickers:

        async def one(path: Path, document: formats.Document) -> Verified | None:
            async with turns:
                try:
                    return await _verified(path, document, history, arguments, tickers)
                except ProdreadyError as error:
                    complain(error)
                    return None

        return await asyncio.gather(*(one(*each) for each in documents))


async def _verified(
    path: Path,
    document: formats.Document,
    history: History | None,
    arguments: Namespace,
    tickers: Tickers,
) -> Verified:
    notebook = formats.notebook_of(document, path.as_posix())
    skip = _cells(notebook, ",".join(arguments.skip))
    until = _cells(notebook, arguments.until)[-1] if arguments.until else None
    only = _cells(notebook, arguments.only)[-1] if arguments.only else None
    _tell_what_happens_again(notebook, skip)
    return await verify_file(
        path,
        document,
        options=_options(path, arguments),
        until=until,
        only=only,
        skip=skip,
        parameters=parsed(arguments.param),
        evidence_of=lambda page: evidence_of(page, history),
        live=connection_in(arguments.existing) if arguments.existing else None,
        on_progress=tickers(notebook),
    )


def _options(path: Path, arguments: Namespace) -> Options:
    """What the command line says, else what the project's settings say."""
    settings = config.load(path)
    given = {
        "verify_timeout": arguments.timeout,
        "verify_notebook_timeout": arguments.notebook_timeout,
        "verify_silence_timeout": arguments.silence_timeout,
    }
    settings = replace(settings, **{key: value for key, value in given.items() if value})
    options = options_of(settings, repair=not arguments.no_repair)
    return replace(options, twice=not arguments.once)


def _refuse_cells_of_many(arguments: Namespace, paths: Sequence[Path]) -> None:
    if (arguments.until or arguments.only or arguments.skip) and len(paths) != 1:
        raise BadInputError(
            "`--until`, `--only` and `--skip` name cells of one notebook, and "
            f"{len(paths) or 'none'} were given.",
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
