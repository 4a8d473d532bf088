"""One number for all statements that do the same.

The exact measure is ``ast.dump``, which costs several times the parsing. So the text
decides first, and only statements of different text that could be the same (same kind,
same names) are dumped.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable

from ..records import dataclass, field

LIMIT = 200_000
"""Statements remembered before `forget` is due."""


@dataclass
class _Entry:
    key: int
    node: ast.stmt
    dump: str | None = None

    def dumped(self) -> str:
        if self.dump is None:
            self.dump = ast.dump(self.node)
        return self.dump


@dataclass
class Keys:
    """Numbers given so far. They are never given twice, `forget` included."""

    next: int = 0
    by_text: dict[Hashable, int] = field(default_factory=dict)
    by_shape: dict[Hashable, list[_Entry]] = field(default_factory=dict)

    def number(self, text: Hashable, node: ast.stmt, shape: Hashable) -> int:
        """``text`` decides alone where it is known; ``shape`` is equal for equal dumps."""
        known = self.by_text.get(text)
        if known is not None:
            return known
        entries = self.by_shape.get(shape)
        if entries is None:
            entries = self.by_shape[shape] = []
        key = self._same(entries, node) if entries else None
        if key is None:
            key = self.next = self.next + 1
            entries.append(_Entry(key, node))
        self.by_text[text] = key
        return key

    def _same(self, entries: list[_Entry], node: ast.stmt) -> int | None:
        dump = ast.dump(node)
        return next((entry.key for entry in entries if entry.dumped() == dump), None)

    @property
    def is_full(self) -> bool:
        return len(self.by_text) > LIMIT

    def forget(self) -> None:
        self.by_text.clear()
        self.by_shape.clear()


KEYS = Keys()
