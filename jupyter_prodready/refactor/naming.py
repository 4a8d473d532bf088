"""Function names and docstrings from what people wrote around the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Sequence

from ..model import Notebook
from .project import identifier
from .source import SelectedCell

_FILLERS_TEXT = "the a an of and to in on for with our this that some let us now it is we"
_FILLERS = frozenset(_FILLERS_TEXT.split())
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
MAX_WORDS = 4
MAX_LINES = 20


def function_name(
    notebook: Notebook,
    cells: Sequence[SelectedCell],
    outputs: Sequence[str],
    taken: Collection[str],
) -> str:
    """A free name from the heading above, the first comment, or what comes out."""
    texts = [_heading(_text_above(notebook, cells[0])), _leading_comment(cells)]
    names = [_short(text) for text in texts if text]
    names += [f"make_{outputs[0].lower()}"] if outputs else []
    base = next((name for name in names if name and name.isidentifier()), "run_step")
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    return name


def docstring(notebook: Notebook, cells: Sequence[SelectedCell], outputs: Sequence[str]) -> str:
    """The markdown right above, else the first comment, else what comes back."""
    text = _text_above(notebook, cells[0])
    if text:
        plain = _HEADING.sub(lambda match: f"{match[1]}.".replace("..", "."), text, count=1)
        plain = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", plain).strip()
        return "\n".join(plain.splitlines()[:MAX_LINES]).strip()
    comment = _leading_comment(cells)
    if comment:
        return comment[:1].upper() + comment[1:].rstrip(".") + "."
    if outputs:
        return f"Return {', '.join(f'`{name}`' for name in outputs)}."
    return ""


def _text_above(notebook: Notebook, selected: SelectedCell) -> str:
    """The text cell right above; none of lines further down in a cell."""
    statements = selected.statements
    if selected.lines is not None and not (statements and statements[0].place[1] == 0):
        return ""
    above = [other for other in notebook.cells if other.index < selected.cell.index]
    return above[-1].source.strip() if above and above[-1].kind == "markdown" else ""


def _heading(text: str) -> str:
    match = _HEADING.search(text)
    return match[1] if match else ""


def _leading_comment(cells: Sequence[SelectedCell]) -> str:
    """The first comment line of the selection, if it stands above the first code."""
    for number, line in enumerate(cells[0].cell.source.splitlines(), 1):
        if not cells[0].holds(number):
            continue
        if line.lstrip().startswith("#"):
            return line.strip().lstrip("#% ").strip()
        if line.strip() and not line.lstrip().startswith(("%", "import ", "from ")):
            return ""
    return ""


def _short(text: str) -> str:
    words = [word for word in identifier(text).split("_") if word and word not in _FILLERS]
    name = identifier("_".join(words[:MAX_WORDS]))
    return name if len(name) > 1 else ""


def is_name(text: str) -> bool:
    """True where ``text`` can be the name of a function."""
    try:
        tree = ast.parse(f"def {text}(): pass")
    except (SyntaxError, ValueError):
        return False
    (node, *rest) = tree.body
    return text.isidentifier() and not rest and isinstance(node, ast.FunctionDef)
