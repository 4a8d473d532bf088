"""An extraction for a person at a terminal: what, why, and the diff."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import CellEdit, Extraction, Install, Notebook, Parameter, Refusal, Setting, Step
from .terminal import Console, Text
from .words import cell_name, listed, plain, plural

LONGEST_VALUE = 40
DIFF_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def extraction(one: Extraction, notebook: Notebook) -> None:
    """The diff and its reasons; or every refusal with its remedy."""
    out = Console()
    if one.status == "refused":
        count = plural(len(one.refusals), "reason")
        out.print(Text(f"✗ Nothing was written, for {count}:", style="bold red"))
        for refusal in one.refusals:
            _refusal(out, refusal, notebook)
        return
    _title(out, one)
    for step in one.steps:
        _step(out, step, notebook)
    _parameters(out, "in ", one.inputs)
    _parameters(out, "out", one.outputs)
    for setting in one.settings:
        _setting(out, setting)
    for note in one.notes:
        out.print(Text(f"  note  {plain(note)}", style="yellow"))
    if one.install is not None:
        out.print(Text(f"  note  {plain(_install(one.install))}", style="yellow"))
    for line in one.diff.splitlines():
        style = "bold" if line.startswith(("---", "+++")) else DIFF_STYLES.get(line[:1], "")
        out.print(Text(plain(line), style=style))


def _install(install: Install) -> str:
    """How the notebook would do without the cell that adds to its path."""
    if install.why_not:
        return f"{install.why_not} `{install.command}` would save the cell that adds to the path."
    first = f"writes {listed(install.files)} and " if install.files else ""
    return f"With --install no cell adds to the path: it {first}runs `{install.command}`."


def _title(out: Console, one: Extraction) -> None:
    done = one.status == "applied"
    verb = "Moved" if done else "Would move"
    count = plural(len(one.steps), "function")
    many = one.module if one.module.endswith(".py") else f"modules in {one.module or 'the project'}"
    what = f"{count} to {many}" if one.steps else _what(one)
    out.print(Text(f"{verb} {what}", style="bold"))
    proof = f"Before and after: {one.proof}."
    undo = " `jupyter prodready undo` takes it back." if done else " Nothing was written."
    out.print(Text(f"  {proof}{undo}", style="dim"))


def _what(one: Extraction) -> str:
    labels = f" ({listed(one.labels)})" if one.labels else ""
    return f"`{one.function}` to {one.module}{labels}"


def _step(out: Console, step: Step, notebook: Notebook) -> None:
    """As in: clean(df) -> df  src/sales/clean.py"""
    made = step.made
    takes = ", ".join(one.name for one in made.inputs)
    gives = ", ".join(one.name for one in made.outputs)
    call = f"{made.function}({takes})" if made.calls else made.function
    lead = step.heading or ", ".join(given(notebook, cell_id) for cell_id in step.cells)
    out.print(
        Text(f"  {plain(lead)}: {call}{f' -> {gives}' if gives else ''}").append(
            f"  {made.module}", style="dim"
        )
    )


def _parameters(out: Console, word: str, parameters: Iterable[Parameter]) -> None:
    for one in parameters:
        kind = f": {one.annotation}" if one.annotation else ""
        value = f" = {one.default}" if one.default is not None else ""
        told = f"  {word}  {one.name}{kind}{plain(value)}"
        out.print(Text(told).append(f"  {plain(one.reason)}", style="dim"))


def _setting(out: Console, one: Setting) -> None:
    """As in: set  LIMIT = 5  an argument (--defaults LIMIT, --constants LIMIT)"""
    ways = {"argument": "an argument", "default": "a keyword", "constant": "a constant"}
    others = [f"--{way}s {one.name}" for way in one.offered if way not in ("argument", one.given)]
    value = one.text if len(one.text) <= LONGEST_VALUE else f"{one.text[: LONGEST_VALUE - 1]}…"
    told = f"  set  {one.name} = {plain(value)}"
    how = f" ({', '.join(others)})" if others else ""
    out.print(Text(told).append(f"  {ways[one.given]}{how}", style="dim"))


def _refusal(out: Console, refusal: Refusal, notebook: Notebook) -> None:
    cell = notebook.cell(refusal.cell_id)
    place = f"{cell_name(cell.execution_count, cell.first_line)} " if cell else ""
    line = f"line {refusal.line}: " if refusal.line is not None else ""
    out.print(Text(f"  {place}{line}{plain(refusal.message)}"))
    if refusal.remedy:
        out.print(Text(f"    → {plain(refusal.remedy)}{_option(refusal, notebook)}", style="green"))


def _option(refusal: Refusal, notebook: Notebook) -> str:
    """The option that takes the remedy, for other cells or lines."""
    action = refusal.action
    if action is None:
        return ""
    if action.edits is not None:
        return _edited(action.edits)
    if action.kind in ("update", "several"):
        return f" (--{action.kind})"
    if action.names is not None:
        return f" (--{action.kind} {','.join(action.names)})"
    if action.lines is not None:
        cells = f"{given(notebook, action.cell)}:{action.lines[0]}-{action.lines[1]}"
    else:
        cells = ",".join(given(notebook, one) for one in action.cells or ())
    return f" (--cells {cells})"


def _edited(edits: Iterable[CellEdit]) -> str:
    """The lines that one click writes in the panel."""
    new = [
        line
        for edit in edits
        for line in (edit.after or "").split("\n")
        if line not in (edit.before or "").split("\n")
    ]
    return f" ({plain('; '.join(new))})" if new else ""


def given(notebook: Notebook, cell_id: str | None) -> str:
    """A cell as the command line takes it: by its prompt where no other cell shows it."""
    cell = notebook.cell(cell_id)
    counts = [other.execution_count for other in notebook.code_cells]
    if cell is None or cell.execution_count is None or counts.count(cell.execution_count) > 1:
        return str(cell_id)
    return cell.label
