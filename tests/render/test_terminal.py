"""Our lines against those of rich: the same characters in the same styles."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console as RichConsole
from rich.text import Text as RichText

from jupyter_prodready.render import terminal

SAMPLE = Path(__file__).parents[2] / "sample" / "notebooks"
CODE = re.compile("\x1b\\[([0-9;]*)m")
WORLDS = {
    "a pipe": {},
    "colours forced": {"FORCE_COLOR": "1"},
    "colours refused": {"FORCE_COLOR": "1", "NO_COLOR": "1"},
    "an empty NO_COLOR": {"FORCE_COLOR": "1", "NO_COLOR": ""},
    "an empty FORCE_COLOR": {"FORCE_COLOR": ""},
    "a dumb terminal": {"FORCE_COLOR": "1", "TERM": "dumb"},
    "an unknown terminal": {"FORCE_COLOR": "1", "TERM": "Unknown"},
    "many colours": {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "said to be a terminal": {"TTY_COMPATIBLE": "1"},
    "said to be none": {"TTY_COMPATIBLE": "0", "FORCE_COLOR": "1"},
}
LINES = {
    "plain": [("text", "")],
    "bold and red": [("text", "bold red")],
    "a part more": [("a ", "yellow"), ("b", "dim"), (" c", "")],
    "a part less": [("  ✓ ", "bold red"), ("name", "not bold not dim"), ("  ok", "dim not bold")],
    "another colour": [("  → ", "dim"), ("[3] `x`", "not dim"), ("  a, b", "cyan")],
    "lines": [("one\n two\n\nthree", "bold"), ("\nfour", "green")],
    "ends with a line": [("one\n", "dim")],
    "tabs": [("\ta\tbc\n12345678\tx", "red"), ("\tdef", "dim")],
    "wide characters": [("数据\tx", ""), ("é\t|", "bold")],
    "control characters": [("a\x07b\x08c\r\x0b\x0cd", "green")],
    "what others read as markup": [("[bold]x[/bold] :smile: \\[y]", "cyan")],
    "long": [("word " * 60, "yellow")],
    "nothing": [("", "bold")],
}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("line", LINES)
def test_a_line_is_as_rich_prints_it(
    line: str, world: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in WORLDS[world].items():
        monkeypatch.setenv(name, value)
    (first, style), *parts = LINES[line]
    ours, theirs = io.StringIO(), io.StringIO()
    text, rich_text = terminal.Text(first, style), RichText(first, style=style)
    for part, more in parts:
        text.append(part, more)
        rich_text.append(part, style=more)
    console = terminal.Console(ours)
    rich_console = RichConsole(file=theirs, highlight=False, soft_wrap=True, emoji=False)
    console.print(text)
    console.print()
    rich_console.print(rich_text)
    rich_console.print()
    assert styled(ours.getvalue()) == styled(theirs.getvalue())
    assert console.is_terminal == rich_console.is_terminal


def styled(output: str) -> list[tuple[str, frozenset[str]]]:
    """Each character that is seen, with the codes that hold for it."""
    seen: list[tuple[str, frozenset[str]]] = []
    codes: frozenset[str] = frozenset()
    for place, piece in enumerate(CODE.split(output)):
        if place % 2:
            codes = frozenset() if piece in ("", "0") else codes | set(piece.split(";"))
        else:
            seen += [(one, codes) for one in piece]
    return seen


def test_a_terminal_gets_colours_and_a_pipe_gets_none() -> None:
    command = [sys.executable, "-m", "jupyter_prodready", "check", "--verbose"]
    command += ["--history", str(SAMPLE / "troubles.jsonl"), str(SAMPLE / "troubles.ipynb")]
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    environment["TERM"] = "xterm-256color"
    piped = subprocess.run(command, capture_output=True, text=True, env=environment)
    shown = in_a_terminal(command, environment)
    assert "\x1b" not in piped.stdout
    assert "\x1b[1;31m✗ " in shown
    assert CODE.sub("", shown) == piped.stdout
    assert in_a_terminal(command, environment | {"NO_COLOR": "1"}).count("\x1b[1m✗ ") == 1


def in_a_terminal(command: list[str], environment: dict[str, str]) -> str:
    """What the command writes to stdout where that is a terminal."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment)
    os.close(theirs)
    written = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        written += chunk
    os.close(ours)
    running.wait()
    return written.decode().replace("\r\n", "\n")
