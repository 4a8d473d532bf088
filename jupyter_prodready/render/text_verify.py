"""Verification for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import IO

from ..model import Notebook, Repair, StateDifference, VerifiedCell, VerifyCause, VerifyReport
from .terminal import Console, Text
from .words import cell_name, listed, plain, plural

VERDICTS = {
    "reproduces": ("✓", "green"),
    "reproduces-but-noise": ("~", "yellow"),
    "differs": ("✗", "bold red"),
    "fails": ("✗", "bold red"),
    "unverified": ("?", "yellow"),
}
CELLS = {
    "identical": ("✓", "green"),
    "equivalent": ("✓", "green"),
    "nondeterministic": ("~", "yellow"),
    "changed": ("✗", "bold red"),
    "error": ("✗", "bold red"),
    "timeout": ("✗", "bold red"),
    "kernel-died": ("✗", "bold red"),
    "needs-input": ("✗", "bold red"),
    "blocked": ("-", "dim"),
    "skipped": ("-", "dim"),
}
QUIET = ("identical", "equivalent")


def verify(
    reports: Sequence[VerifyReport],
    notebooks: Mapping[str, Notebook],
    every: bool,
    file: IO[str] | None = None,
) -> None:
    """Each notebook's verdict, the cells that are not as shown, cause and repairs.

    ``notebooks`` by path give the cells their names; ``every`` shows all cells.
    """
    out = Console(file)
    for number, report in enumerate(reports):
        if number:
            out.print()
        _report(out, report, notebooks.get(report.path), every)
    if len(reports) > 1:
        counts = Counter(report.verdict for report in reports)
        said = listed(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
        out.print(Text(f"\n{plural(len(reports), 'notebook')}: {said}", style="bold"))


def cell_line(cell: VerifiedCell, notebook: Notebook | None) -> Text:
    """One cell: glyph, name, verdict, detail and seconds."""
    glyph, style = CELLS[cell.verdict]
    line = Text(f"  {glyph} ", style=style).append(_name(cell, notebook), style="not bold not dim")
    line.append(f"  {cell.verdict}")
    if cell.detail:
        line.append(f"  {plain(cell.detail.splitlines()[0])}", style="not bold")
    return line.append(f"  {cell.seconds:.1f} s", style="dim not bold")


def _report(out: Console, report: VerifyReport, notebook: Notebook | None, every: bool) -> None:
    glyph, style = VERDICTS[report.verdict]
    out.print(Text(f"{report.path}", style="bold").append(f"  {report.seconds:.1f} s", style="dim"))
    out.print(Text(f"{glyph} {report.verdict}: {plain(report.message)}", style=style))
    for cell in report.cells:
        if every or cell.verdict not in QUIET:
            out.print(cell_line(cell, notebook))
    if report.cause is not None:
        _cause(out, report.cause, bool(report.repairs))
    for repair in report.repairs:
        _repair(out, repair)
    if report.repairs_skipped:
        out.print(Text(f"  No repair was looked for: {plain(report.repairs_skipped)}."))
    if report.state:
        _state(out, report.state)


def _cause(out: Console, cause: VerifyCause, repaired: bool) -> None:
    out.print(Text(f"  Why: {plain(cause.message)}").append(f"  {cause.check}", style="dim"))
    for line in (cause.source or "").strip("\n").splitlines():
        out.print(Text(f"      {plain(line)}", style="dim"))
    if cause.remedy and not repaired:
        out.print(Text(f"  To do: {plain(cause.remedy)}"))


STATE = {
    "only-live": "only in your kernel",
    "only-fresh": "only in a clean run",
    "differs": "differs",
    "not-comparable": "not comparable",
}


def _state(out: Console, state: Sequence[StateDifference]) -> None:
    out.print(Text("  Your kernel and the clean one hold otherwise:", style="bold"))
    for one in state:
        line = Text(f"      {plain(one.name)}  ").append(STATE[one.kind])
        out.print(line.append(f"  {plain(one.detail)}", style="dim"))


def _repair(out: Console, repair: Repair) -> None:
    tried = "proven" if repair.proven else "not proven"
    out.print(Text(f"  → {plain(repair.title)} ({tried})", style="green"))
    for line in repair.diff.splitlines():
        out.print(Text(f"      {plain(line)}"))


def _name(cell: VerifiedCell, notebook: Notebook | None) -> str:
    known = notebook.cell(cell.id) if notebook else None
    return cell_name(known.execution_count, known.first_line) if known else f"cell {cell.id}"
