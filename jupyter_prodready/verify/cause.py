"""Why the first failing or differing cell fails or differs, and the report's message."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model import Cell, Finding, Notebook, Report, VerifiedCell, VerifyCause, VerifyReport
from .verification import Outcome, Trouble

_QUOTED = re.compile(r"['\"`]([^'\"`]+)['\"`]")
_MISSING_FILE = ("FileNotFoundError", "NotADirectoryError")


def explain(outcome: Outcome, notebook: Notebook, report: Report | None) -> VerifyReport:
    """The report for people: the outcome, its cause, and one sentence.

    ``report`` is what `check` says of the same page in the person's session; its finding
    about the troubled cell is the reason why it worked before.
    """
    cause = None
    if outcome.trouble is not None:
        cause = _finding(outcome.trouble, report) or _own_cause(outcome.trouble)
    return VerifyReport(
        path=notebook.path,
        verdict=outcome.verdict,
        seconds=outcome.seconds,
        message=_message(outcome, notebook, cause),
        cells=outcome.cells,
        cause=cause,
    )


# --- the cause ----------------------------------------------------------------------


def _finding(trouble: Trouble, report: Report | None) -> VerifyCause | None:
    """The finding that explains the trouble: about its very name, else certain ones first."""
    findings = () if report is None else report.findings
    about = [one for one in findings if one.cell_id == trouble.cell_id]
    about += [one for one in findings if trouble.cell_id in one.affected]
    if trouble.error == "NameError":
        name = _quoted(trouble.detail)
        about = [one for one in about if name in one.names]
    elif trouble.error is not None and not _may_be_hidden_state(trouble.error):
        return None
    best = sorted(about, key=lambda one: not one.certain)
    return _as_cause(best[0]) if best else None


def _may_be_hidden_state(error: str) -> bool:
    """Whether other values could be behind it; not for a module, a file, a time-out."""
    return error not in (
        "ModuleNotFoundError",
        *_MISSING_FILE,
        "timeout",
        "kernel-died",
        "needs-input",
        "SystemExit",
        "SyntaxError",
        "IndentationError",
    )


def _as_cause(finding: Finding) -> VerifyCause:
    source = None if finding.cause is None else finding.cause.source
    return VerifyCause(finding.check, finding.cell_id, finding.line, finding.message, source)


def _own_cause(trouble: Trouble) -> VerifyCause | None:
    """A cause that no check knows; None where only the output differs."""
    if trouble.error is None:
        return None
    what = _quoted(trouble.detail)
    if trouble.error == "ModuleNotFoundError" and what:
        name = what.split(".")[0]
        check, message = "module-not-found", f"the kernel's environment has no module `{name}`"
    elif trouble.error in _MISSING_FILE and what:
        check, message = "missing-file", f"there is no file `{what}` in a clean run"
    elif trouble.error == "NameError" and what:
        check, message = "undefined-name", f"no cell defines `{what}` before it is used"
    else:
        check, message = trouble.error, trouble.detail
    return VerifyCause(check, trouble.cell_id, trouble.line, message, None)


def _quoted(detail: str) -> str | None:
    """The last thing in quotes: the name, module or file that an error is about."""
    found = _QUOTED.findall(detail)
    return found[0 if detail.startswith(("NameError", "Module")) else -1] if found else None


# --- the sentence -------------------------------------------------------------------


def _message(outcome: Outcome, notebook: Notebook, cause: VerifyCause | None) -> str:
    if outcome.verdict == "unverified":
        return f"Not verified: {outcome.reason}"
    if outcome.trouble is not None:
        return _trouble_message(outcome, outcome.trouble, notebook, cause)
    noisy = [one for one in outcome.cells if one.verdict == "nondeterministic"]
    left = _left_out(outcome)
    if noisy:
        return f"Runs from a clean start; {_named(noisy, notebook)} varies from run to run{left}"
    if outcome.shows_nothing:
        return f"Runs from a clean start; there is nothing to compare{left}"
    return f"Runs from a clean start and shows the same{left}"


def _trouble_message(
    outcome: Outcome, trouble: Trouble, notebook: Notebook, cause: VerifyCause | None
) -> str:
    name = cell_name(notebook.cell(trouble.cell_id))
    why = cause.message if cause is not None else trouble.detail
    if trouble.error is not None:
        return f"{name} fails in a clean kernel: {why}"
    others = sum(one.verdict == "changed" for one in outcome.cells) - 1
    more = f" (and {others} more)" if others else ""
    if cause is not None:
        return f"{name} shows something else in a clean kernel{more}: {why}"
    return f"{name} differs in a clean kernel{more}: it {why}"


def _left_out(outcome: Outcome) -> str:
    skipped = sum(one.verdict == "skipped" for one in outcome.cells)
    blocked = sum(one.verdict == "blocked" for one in outcome.cells)
    left = skipped + blocked
    if not left:
        return ""
    return f" ({left} {'cell was' if left == 1 else 'cells were'} not run)"


def _named(cells: Iterable[VerifiedCell], notebook: Notebook) -> str:
    return ", ".join(cell_name(notebook.cell(one.id)) for one in cells)


def cell_name(cell: Cell | None) -> str:
    """How people find a cell: by its prompt, else by its place on the page."""
    if cell is None:
        return "a cell"
    return cell.label if cell.execution_count is not None else f"cell {cell.index + 1}"
