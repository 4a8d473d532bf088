"""Fixes for a person at a terminal: what was changed, the diff, and what is left."""

from __future__ import annotations

from ..wire import Fixing
from .terminal import Console, Text
from .text_extract import DIFF_STYLES
from .words import plain, plural


def fixing(one: Fixing) -> None:
    out = Console()
    done = one.status == "applied"
    if one.status == "nothing":
        out.print(Text(f"{one.path}: there is nothing that an edit would fix.", style="bold"))
    for finding, fix in zip(one.findings, one.fixes, strict=True):
        out.print(Text(f"{'✓' if done else '→'} {plain(fix.title)}", style="bold green"))
        out.print(Text(f"    {plain(finding.message)}").append(f"  {finding.check}", style="dim"))
    for line in one.diff.splitlines():
        style = "bold" if line.startswith(("---", "+++")) else DIFF_STYLES.get(line[:1], "")
        out.print(Text(plain(line), style=style))
    if done:
        out.print(Text("`jupyter prodready undo` takes it back.", style="dim"))
    elif one.fixes:
        out.print(Text("Nothing was written.", style="dim"))
    if one.left:
        out.print(Text(f"{plural(one.left, 'finding')} left, which no edit fixes.", style="yellow"))
    for fix in one.runs:
        out.print(Text(f"In the kernel: {plain(fix.title)}", style="bold"))
