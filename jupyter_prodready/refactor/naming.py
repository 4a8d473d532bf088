"""Function names and docstrings from what people wrote around the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Sequence

from ..model import Notebook
from .project import identifier, module_name
from .source import SelectedCell

_FILLERS_TEXT = "the a an of and to in on for with our this that some let us now it is we"
_FILLERS = frozenset(_FILLERS_TEXT.split())
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
MAX_WORDS = 4
MAX_LINES = 20


def function_name(
    notebook: Notebook,
    cells: Sequence[SelectedCell],
    outputs: Sequence[str],
    taken: Collection[str],
    does: str = "",
) -> str:
    """A free name from the heading above, the first comment, what comes out, or what it
    ``does``."""
    return _named(text_of(notebook, cells), outputs, taken, does)


def doing(labels: Sequence[str], inputs: Sequence[str]) -> str:
    """As in ``plot_prices``, where nothing comes out; ``""`` where it is not known."""
    verbs = {"draws": "plot", "prints": "show", "writes files": "save"}
    verb = next((verbs[label] for label in verbs if label in labels), "")
    return f"{verb}_{identifier(inputs[0])}".rstrip("_") if verb and inputs else ""


def common_name(texts: Sequence[str], outputs: Sequence[str], taken: Collection[str]) -> str:
    """As `function_name`, of what all ``texts`` that say something share."""
    return _named(_common(texts), outputs, taken)


def _named(text: str, outputs: Sequence[str], taken: Collection[str], does: str = "") -> str:
    names = [_short(text), *(f"make_{name.lower()}" for name in outputs[:1]), does]
    name = next((name for name in names if name.isidentifier()), "run_step")
    return free(f"run_{name}" if name in taken and name == names[0] else name, taken)


def module_of(heading: str) -> str:
    """A module's name from the heading of a section."""
    return module_name(_short(heading))


def free(name: str, taken: Collection[str]) -> str:
    """``name``, with a number where it is taken."""
    base, number = name, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    return name


def text_of(notebook: Notebook, cells: Sequence[SelectedCell]) -> str:
    """What people called these cells: the heading above, else the first comment."""
    texts = (heading_of(_text_above(notebook, cells[0])), _leading_comment(cells))
    return next((text for text in texts if text and _short(text)), "")


def common_docstring(texts: Sequence[str], first: str) -> str:
    """``first``, the docstring of the first place, if it is not of that place alone."""
    called = [text for text in texts if text]
    if len(called) == 1 or len(set(called)) == 1:
        return first
    words = _common(texts)
    return f"{words[:1].upper()}{words[1:]}." if _short(words) else ""


def _common(texts: Sequence[str]) -> str:
    """The words that all those texts share that say anything."""
    called = [text for text in texts if text]
    sets = [{word.lower() for word in text.split()} for text in called]
    shared = set.intersection(*sets) if sets else set()
    return " ".join(word for text in called[:1] for word in text.split() if word.lower() in shared)


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


def heading_of(text: str) -> str:
    """The first heading of a text cell, ``""`` where it has none."""
    match = _HEADING.search(text)
    return match[1] if match else ""


def _leading_comment(cells: Sequence[SelectedCell]) -> str:
    """The first comment line of the selection, if it stands above the first code."""
    for number, line in enumerate(cells[0].cell.source.split("\n"), 1):
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
