"""Answers for a person at a terminal: the verdict first, then what is behind it.

Source and messages are printed as they are, without control characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ..model import Cause, Finding, Graph, Notebook, Report
from .terminal import Console, Text
from .words import cell_name, hedge, listed, name_of, plain, plural, sentence, shortened

if TYPE_CHECKING:
    from ..analysis.rule import Check

GLYPHS = {
    "broken": ("✗", "bold red"),
    "stale": ("✗", "yellow"),
    "weak": ("~", "yellow"),
    "in-order": ("✓", "green"),
    "none": ("?", "dim"),
    "other-language": ("?", "dim"),
    "unknown": ("?", "dim"),
}
STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", "possible": "dim"}


def check(reports: Sequence[Report], every: bool) -> None:
    """Each notebook's verdict and findings; *possible* ones only counted unless ``every``."""
    out = Console()
    for number, report in enumerate(reports):
        if number:
            out.print()
        _report(out, report, every)
    if len(reports) > 1:
        counts = Counter(report.verdict.state for report in reports)
        states = listed(f"{count} {state}" for state, count in sorted(counts.items()))
        out.print(Text(f"\n{len(reports)} notebooks: {states}", style="bold"))


def graph(notebook: Notebook, edges: Graph) -> None:
    """Each code cell, and below it the cells that use what it makes."""
    out = Console()
    cells = {cell.index: cell for cell in notebook.cells}

    def name(index: int) -> str:
        return cell_name(cells[index].execution_count, cells[index].first_line)

    out.print(Text(notebook.path, style="bold"))
    for cell in notebook.code_cells:
        out.print(Text(name(cell.index)))
        for edge in edges.edges:
            if edge.source == cell.index:
                line = Text("  → ", style="dim").append(name(edge.target), style="not dim")
                out.print(line.append(f"  {listed(edge.names)}", style="cyan"))


def page(check: Check) -> None:
    """The page of one check: as Markdown in a terminal, as it is written elsewhere."""
    out = Console()
    title = f"# {check.name} ({check.severity.value})"
    text = f"{title}\n\n{check.page}"
    if out.is_terminal:
        from rich.console import Console as RichConsole
        from rich.markdown import Markdown

        RichConsole(highlight=False, soft_wrap=True, emoji=False).print(Markdown(text))
    else:
        out.print(Text(text))


def checks(all_checks: Iterable[Check]) -> None:
    out = Console()
    listing = sorted(all_checks, key=lambda check: check.name)
    width = max((len(check.name) for check in listing), default=0)
    for check in listing:
        severity = check.severity.value
        line = Text(f"{check.name:<{width}}  ", style="bold")
        line.append(f"{severity:<8}", style=STYLES[severity])
        out.print(line.append(check.summary, style="not bold"))


# --- one report ---------------------------------------------------------------------


def _report(out: Console, report: Report, every: bool) -> None:
    glyph, style = GLYPHS[report.verdict.state]
    out.print(Text(report.path, style="bold"))
    out.print(Text(f"{glyph} {plain(report.verdict.message)}", style=style))
    shown = [one for one in report.findings if one.certain or every]
    shown.sort(key=lambda one: (_cause_key(one.cause), not one.certain, one.cell_index, one.line))
    groups = [list(group) for _, group in groupby(shown, key=lambda one: _cause_key(one.cause))]
    groups.sort(key=lambda group: (not group[0].certain, group[0].cell_index, group[0].line))
    for group in groups:
        _group(out, report, group)
    _footer(out, report, len(report.findings) - len(shown), every)


def _cause_key(cause: Cause | None) -> str:
    return repr(cause)


def _group(out: Console, report: Report, findings: Sequence[Finding]) -> None:
    """Findings of one cause: the cause is told once, below them."""
    for finding in findings:
        _finding(out, report, finding)
    cause = findings[0].cause
    if cause is not None and cause.source and cause.source.strip():
        _source(out, cause)


def _finding(out: Console, report: Report, finding: Finding) -> None:
    place = f"{name_of(report, finding.cell_id)} line {finding.line}"
    word = hedge(finding)
    line = Text(f"  {place}  ").append(word, style=STYLES[word])
    out.print(line.append(f"  {finding.check}", style="dim"))
    out.print(Text(f"    {plain(sentence(finding))}"))
    if finding.affected:
        names = listed(name_of(report, cell_id) for cell_id in finding.affected)
        out.print(Text(f"    Also touches {names}", style="dim"))
    for fix in finding.fixes:
        out.print(Text(f"    → {plain(fix.title)}", style="green"))


def _source(out: Console, cause: Cause) -> None:
    lines = (cause.source or "").strip("\n").splitlines()
    out.print(Text(f"    {_cause_title(cause)}", style="dim"))
    for line in lines[:6]:
        out.print(Text(f"      {plain(line)}", style="dim"))
    if len(lines) > 6:
        out.print(Text(f"      … {plural(len(lines) - 6, 'more line')}", style="dim"))


def _cause_title(cause: Cause) -> str:
    return "The code:" if cause.execution_count is None else f"In [{cause.execution_count}] was:"


def _footer(out: Console, report: Report, folded: int, every: bool) -> None:
    if folded:
        out.print(Text(f"  {plural(folded, 'possible problem')} (--verbose shows)", style="dim"))
    if report.suppressed:
        if every:
            for one in report.suppressed:
                said = f"{shortened(one.message)} ({one.check}): {one.reason or 'no reason'}"
                out.print(Text(f"  suppressed  {plain(said)}", style="dim"))
        else:
            out.print(Text(f"  {len(report.suppressed)} suppressed", style="dim"))
