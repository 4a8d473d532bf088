"""What names hold when a cell begins or ends, asked of a fresh kernel between its cells."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from .staging import Staged

When = Literal["before", "after"]
_EXPRESSION = (
    "(lambda space, shell: (__import__('builtins').exec({source!r}, space), "
    "space[{function!r}](shell.user_ns, {names!r}))[1])"
    "({{'__name__': 'prodready'}}, __import__('IPython').get_ipython())"
)


@dataclass(frozen=True)
class Look:
    """An expression to be evaluated silently before or after a cell.

    It calls ``script`` with ``names``, None for all. One that is ``optional`` may be of use
    to a later proof only.
    """

    key: str
    cell_id: str
    when: When
    expression: str
    script: str = ""
    names: tuple[str, ...] | None = ()
    optional: bool = False


Seen = Mapping[str, str]
"""By key: the repr of the value. What was not answered is absent."""


@dataclass(frozen=True)
class Observer:
    """Sees the page before, and then makes the modules to be imported by the page after."""

    looks: tuple[Look, ...]
    staged: Callable[[Seen], Sequence[Staged]]


def look(
    key: str,
    cell_id: str,
    when: When,
    script: str,
    names: Sequence[str] | None,
    optional: bool = False,
) -> Look:
    """Call the function ``script`` of the file ``<script>_in_kernel.py`` beside this one."""
    source = Path(__file__).with_name(f"{script}_in_kernel.py").read_text(encoding="utf-8")
    asked = None if names is None else tuple(names)
    expression = _EXPRESSION.format(source=source, function=script, names=asked and list(asked))
    return Look(key, cell_id, when, expression, script, asked, optional)


def known(seen: Seen, key: str) -> dict[str, Any]:
    """What a look answered of each name, where it is known."""
    try:
        found = json.loads(ast.literal_eval(seen.get(key, "''")))
    except (TypeError, ValueError, SyntaxError):
        return {}
    return {name: value for name, value in found.items() if value is not None}
