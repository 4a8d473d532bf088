"""`check`: analyse notebooks without running them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from .. import checks, config, formats
from ..analysis import engine
from ..errors import BadInputError
from ..model import Report
from ..surroundings import look_around
from .evidence import evidence_of, history_given, sources_of
from .inputs import each, found
from .say import FOUND, tell

NOT_JUDGED = ("none", "other-language", "unknown")


def run(arguments: Namespace) -> int:
    """Print the reports of all notebooks that can be read; bits as in `cli.main`."""
    all_checks = checks.load()
    known = frozenset(check.name for check in all_checks)
    select = names_of(arguments.select, known, "--select")
    ignore = names_of(arguments.ignore, known, "--ignore")
    paths, code = found(arguments.paths)
    history = history_given(arguments, paths)

    def report_of(path: Path) -> Report:
        settings = config.load(path, known).narrowed(select, ignore)
        notebook = formats.read(path)
        evidence = evidence_of(notebook, history)
        around = look_around(notebook, path, ran=sources_of(evidence))
        off = config.switched_off(notebook.path, settings, known)
        report = engine.analyse(notebook, evidence, all_checks, around, off)
        return config.apply(report, settings)

    reports, could_not = each(report_of, paths)
    for report in reports:
        _say_what_is_not_judged(report)
    _print(reports, arguments)
    return code | could_not | _found_bit(reports, arguments.strict)


def names_of(values: Iterable[str], known: frozenset[str], option: str) -> tuple[str, ...]:
    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    for name in names:
        if name not in known:
            raise BadInputError(
                f"`{option}` names no check: `{name}`.",
                "`jupyter prodready explain` lists them.",
            )
    return names


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
