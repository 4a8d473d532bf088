"""Lines with colours on a terminal, as rich prints them, without the tenth of a second that
importing rich takes (tests/render compares the two).

`FORCE_COLOR`, `NO_COLOR`, `TTY_COMPATIBLE` and `TERM` mean what they mean to rich.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

ATTRIBUTES = {"bold": "1", "dim": "2"}
COLOURS = {"red": "31", "green": "32", "yellow": "33", "cyan": "36"}
TAB = 8
_SILENT = dict.fromkeys((7, 8, 11, 12, 13))
_WINDOWS_TERMINALS = ("WT_SESSION", "TERM", "TERM_PROGRAM", "ANSICON")


class Text:
    """Some text and its style, e.g. ``bold red``. Parts add to it or take away: ``not bold``."""

    def __init__(self, text: str = "", style: str = "") -> None:
        self.style = style
        self.parts = [(text.translate(_SILENT), "")]

    def append(self, text: str, style: str = "") -> Text:
        self.parts.append((text.translate(_SILENT), style))
        return self

    def pieces(self) -> Iterator[tuple[str, str]]:
        """(text, whole style): none holds both a newline and other characters, nor a tab."""
        column = 0
        for text, style in self.parts:
            for number, line in enumerate(text.split("\n")):
                if number:
                    yield "\n", ""
                    column = 0
                shown = _without_tabs(line, column)
                column += _width(shown)
                yield shown, f"{self.style} {style}"


class Console:
    """Prints `Text` to a file, with ANSI codes where it is a terminal."""

    def __init__(self, file: IO[str] | None = None) -> None:
        self.file = file or sys.stdout
        self.is_terminal = _is_terminal(self.file)
        self._styled = self.is_terminal and _understands_styles()
        self._coloured = not os.environ.get("NO_COLOR")

    def print(self, text: Text | None = None) -> None:
        pieces = text.pieces() if text is not None else iter(())
        self.file.write("".join(self._rendered(*piece) for piece in pieces) + "\n")

    def _rendered(self, text: str, style: str) -> str:
        codes = _codes(style, self._coloured) if self._styled and text != "\n" else ""
        return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def _codes(style: str, coloured: bool) -> str:
    attributes: set[str] = set()
    colour = ""
    words = iter(style.split())
    for word in words:
        if word == "not":
            attributes.discard(next(words))
        elif word in ATTRIBUTES:
            attributes.add(word)
        else:
            colour = COLOURS[word]
    codes = [code for word, code in ATTRIBUTES.items() if word in attributes]
    return ";".join([*codes, colour] if colour and coloured else codes)


def _without_tabs(line: str, column: int) -> str:
    first, *others = line.split("\t")
    shown = first
    for other in others:
        shown += " " * (TAB - (column + _width(shown)) % TAB) + other
    return shown


def _width(text: str) -> int:
    """How many columns it takes: two for a character of East Asia."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def _is_terminal(file: IO[str]) -> bool:
    compatible = os.environ.get("TTY_COMPATIBLE", "")
    if compatible in ("0", "1"):
        return compatible == "1"
    forced = os.environ.get("FORCE_COLOR")
    if forced is not None:
        return forced != ""
    try:
        return file.isatty()
    except ValueError:  # it is closed
        return False


def _understands_styles() -> bool:
    if os.name == "nt" and not any(name in os.environ for name in _WINDOWS_TERMINALS):
        return False
    return os.environ.get("TERM", "").lower() not in ("dumb", "unknown")
