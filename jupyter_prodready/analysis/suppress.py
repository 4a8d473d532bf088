"""``# prodready: ignore[check, ...] reason`` in a cell.

At the end of a line it holds for that line, on a line of its own for the whole cell.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Collection, Iterable, Iterator

from ..model import Finding, Notebook
from ..records import dataclass, replace

_COMMENT = re.compile(r"#\s*prodready:\s*ignore\b(?:\[([\w\s,-]*)\])?\s*(.*)$")


@dataclass(frozen=True)
class Suppression:
    """``line`` is where the comment stands; ``whole`` if it holds for the whole cell. One that
    names no ``check`` suppresses nothing."""

    cell_id: str
    line: int
    check: str
    reason: str
    whole: bool

    def covers(self, finding: Finding) -> bool:
        here = finding.cell_id == self.cell_id and finding.check == self.check
        return here and (self.whole or finding.line == self.line)


def suppressions(notebook: Notebook) -> tuple[Suppression, ...]:
    found: list[Suppression] = []
    for cell in notebook.code_cells:
        if "prodready:" in cell.source:
            found += _of_cell(cell.id, cell.source)
    return tuple(found)


def split(
    findings: Iterable[Finding], known: tuple[Suppression, ...], unjudged: Collection[str]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Suppression, ...]]:
    """(findings that stand, findings that are suppressed, suppressions without use).

    What a check that is ``unjudged`` would have found nobody knows: its suppressions are
    not called useless.
    """
    stand: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[Suppression] = set()
    for finding in findings:
        covering = [suppression for suppression in known if suppression.covers(finding)]
        used.update(covering)
        if covering:
            suppressed.append(replace(finding, reason=covering[0].reason))
        else:
            stand.append(finding)
    unused = (s for s in known if s not in used and s.check not in unjudged)
    return tuple(stand), tuple(suppressed), tuple(unused)


def _of_cell(cell_id: str, source: str) -> Iterator[Suppression]:
    for line, text, whole in _comments(source):
        match = _COMMENT.match(text)
        if match is None:
            continue
        for name in (match[1] or "").split(","):
            yield Suppression(cell_id, line, name.strip(), match[2].strip(), whole)


def _comments(source: str) -> Iterator[tuple[int, str, bool]]:
    """(line, comment, does it stand alone?); strings are not comments. What cannot be
    tokenised is read line by line."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        for number, line in enumerate(source.splitlines(), 1):
            if "#" in line:
                yield number, line[line.index("#") :], line.lstrip().startswith("#")
        return
    for token in tokens:
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string, not token.line[: token.start[1]].strip()
