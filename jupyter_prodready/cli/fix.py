"""`fix`: apply fixes to a notebook file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from .. import checks, config, formats
from ..actions import fix_file
from ..actions.text_twins import twin_notes
from ..analysis import engine
from ..errors import BadInputError
from ..model import Finding, Fix, Notebook, Report
from ..records import replace
from ..surroundings import look_around
from .check import names_of
from .evidence import evidence_of, history_given, sources_of
from .say import FOUND, tell


def run(arguments: Namespace) -> int:
    """Print what was changed and what is left; bits as in `cli.main`."""
    path = Path(arguments.notebook)
    all_checks = checks.load()
    known = frozenset(check.name for check in all_checks)
    asked = names_of(arguments.check, known, "--check")
    if asked and arguments.id:
        raise BadInputError("`--check` and `--id` both say which fixes.", "Give one.")
    history = history_given(arguments, (path,))

    def judge(notebook: Notebook) -> Report:
        evidence = evidence_of(notebook, history)
        around = look_around(notebook, path, ran=sources_of(evidence))
        settings = config.load(path, known)
        off = config.switched_off(notebook.path, settings, known)
        report = engine.analyse(notebook, evidence, all_checks, around, off)
        return config.apply(report, settings)

    def wanted(finding: Finding) -> bool:
        return finding.check in asked if asked else finding.certain

    fixing = fix_file(path, judge, wanted, arguments.id, diff_only=arguments.diff)
    if not arguments.id:
        fixing = replace(fixing, runs=_runs(judge(formats.read(path))))
    if arguments.format == "json":
        from ..render import as_json

        print(as_json.fixing(fixing))
    else:
        from ..render import text_fix

        text_fix.fixing(fixing)
    for note in twin_notes(path) if fixing.status == "applied" else ():
        tell(note)
    return FOUND if fixing.left else 0


def _runs(report: Report) -> tuple[Fix, ...]:
    """What to run in the kernel, where a run makes the page true and no edit does."""
    firsts = [finding.fixes[0] for finding in report.findings if finding.fixes]
    return tuple({fix.run: fix for fix in firsts if fix.run}.values())
