"""Where in the page's cells an error was raised, read off IPython's traceback."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FRAME = re.compile(
    r"^\s*(?:File )?\"?(?P<cell>(?:Cell|Input) In ?\[\d+\]|<ipython-input-[\w-]+>"
    r"|\S*ipykernel_\d+\S*\.py)"
    r"\"?(?:, line (?P<line>\d+))?"
    r"|^(?:File |[~/.\w<][^\n]*? in )(?P<other>)",
    re.MULTILINE,
)
_ARROW = re.compile(r"^-+> ?(\d+)", re.MULTILINE)


def lines_in_cells(traceback: object) -> tuple[int, ...]:
    """The 1-based lines of the frames in cells, outermost first; empty where not told.

    The first is in the cell that failed; others are in functions that cells define.
    """
    if not isinstance(traceback, list):
        return ()
    text = _ANSI.sub("", "\n".join(map(str, traceback)))
    return tuple(_lines(text, list(_FRAME.finditer(text))))


def _lines(text: str, frames: list[re.Match[str]]) -> Iterator[int]:
    for number, frame in enumerate(frames):
        end = frames[number + 1].start() if number + 1 < len(frames) else len(text)
        if frame["cell"] is None:
            continue
        arrow = None if frame["line"] else _ARROW.search(text, frame.end(), end)
        line = frame["line"] or (arrow[1] if arrow else None)
        if line is not None:
            yield int(line)
