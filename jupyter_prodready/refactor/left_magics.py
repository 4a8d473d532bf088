"""Magics of the cells that change: each must stay, and mean what it meant."""

from __future__ import annotations

import io
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence

from ..analysis.facts import CellFacts, facts_of
from ..analysis.magics import MagicLine
from ..model import CellEdit, Refusal
from .page import Page, named

_NO_CODE = frozenset(
    {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
)


def refuse_magics(page: Page, edits: Sequence[CellEdit]) -> tuple[Refusal, ...]:
    """A magic that would go with its line, and a `%%capture` that would bind its name where it
    did not, or no more."""
    cells = {statement.cell.id: statement.cell for statement in page.statements}
    found = []
    for edit in edits:
        before, after = facts_of(edit.before or ""), facts_of(edit.after or "")
        if edit.action not in ("replace", "delete") or not before.magics:
            continue
        for magic in _lost(before, after):
            message = f"Line {magic.line} (`{_shown(magic)}`) would be lost."
            remedy = "Take the magic away, or leave its line in the notebook."
            found.append(Refusal(edit.cell_id, magic.line, message, remedy))
        if _captures(before) and after.magics and _is_muted(before) != _is_muted(after):
            where = named(cells[edit.cell_id])
            message = f"`%%capture` of {where} binds its name unless a semicolon ends the cell."
            remedy = f"Take the semicolon at the end of a line of {where} away."
            found.append(Refusal(edit.cell_id, 1, message, remedy))
    return tuple(found)


def _lost(before: CellFacts, after: CellFacts) -> Iterator[MagicLine]:
    left = Counter(magic.name for magic in after.magics)
    for magic in before.magics:
        left[magic.name] -= 1
        if left[magic.name] < 0:
            yield magic


def _shown(magic: MagicLine) -> str:
    return (magic.text.strip() or magic.name).splitlines()[0]


def _captures(facts: CellFacts) -> bool:
    """Does it give what is shown a name?"""
    return any(m.name == "%%capture" and m.text.strip() != m.name for m in facts.magics)


def _is_muted(facts: CellFacts) -> bool:
    """Is a semicolon the last of its code? IPython looks at that alone."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(facts.code).readline))
    except (tokenize.TokenError, SyntaxError):
        return False
    code = [token.string for token in tokens if token.type not in _NO_CODE]
    return code[-1:] == [";"]
