"""`check`: analyse notebooks without running them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from .. import checks, config, formats
from ..analysis import engine, evidence
from ..errors import BadInputError
from ..model import Evidence, Notebook, Report
from ..surroundings import look_around
from .evidence import History, kernel_history, run_log
from .inputs import each, found
from .say import FOUND, tell

NOT_JUDGED = ("none", "other-language", "unknown")


def run(arguments: Namespace) -> int:
    """Print the reports of all notebooks that can be read; bits as in `cli.main`."""
    all_checks = checks.load()
    known = frozenset(check.name for check in all_checks)
    select = _names(arguments.select, known, "--select")
    ignore = _names(arguments.ignore, known, "--ignore")
    paths, code = found(arguments.paths)
    history = _history(arguments, paths)

    def report_of(path: Path) -> Report:
        settings = config.load(path, known).narrowed(select, ignore)
        notebook = formats.read(path)
        around = look_around(notebook, path)
        report = engine.analyse(notebook, _evidence(notebook, history), all_checks, around)
        return config.apply(report, settings)

    reports, could_not = each(report_of, paths)
    for report in reports:
        _say_what_is_not_judged(report)
    _print(reports, arguments)
    return code | could_not | _found_bit(reports, arguments.strict)


def _names(values: Iterable[str], known: frozenset[str], option: str) -> tuple[str, ...]:
    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    for name in names:
        if name not in known:
            raise BadInputError(
                f"`{option}` names no check: `{name}`.",
                "`jupyter prodready explain` lists them.",
            )
    return names


def _history(arguments: Namespace, paths: tuple[Path, ...]) -> History | None:
    given = arguments.history or arguments.existing
    if not given:
        return None
    if arguments.history and arguments.existing:
        raise BadInputError("`--history` and `--existing` are two sources.", "Give one.")
    if len(paths) != 1:
        raise BadInputError(
            f"A history belongs to one notebook, and {len(paths)} were given.",
            "Name the one that this kernel ran.",
        )
    return run_log(given) if arguments.history else kernel_history(given)


def _evidence(notebook: Notebook, history: History | None) -> Evidence:
    if history is None:
        return evidence.from_saved(notebook)
    if history.log is not None:
        return evidence.from_runs(notebook, history.log)
    return evidence.from_session(notebook, (), history.kernel)


def _say_what_is_not_judged(report: Report) -> None:
    reasons = dict.fromkeys(one.reason for one in report.skipped)
    for reason in reasons:
        names = [one.check for one in report.skipped if one.reason == reason]
        what = "code" if "*" in names else ", ".join(names)
        tell(f"{report.path}: not judged: {what} ({reason}).")
    if not reasons and report.verdict.state in NOT_JUDGED:
        tell(f"{report.path}: not judged: {report.verdict.message}")


def _found_bit(reports: Iterable[Report], strict: bool) -> int:
    counted = (one for report in reports for one in report.findings)
    return FOUND if any(one.certain or strict for one in counted) else 0


def _print(reports: list[Report], arguments: Namespace) -> None:
    if arguments.format == "json":
        from ..render import as_json

        print(as_json.check(reports))
    elif arguments.format == "github":
        from ..render import github

        sys.stdout.write(github.check(reports))
    else:
        from ..render import text

        text.check(reports, every=arguments.verbose or arguments.strict)
