"""One number for all statements that do the same.

The exact measure is ``ast.dump``, which costs several times the parsing. So the text
decides first, and only statements of different text that could be the same (same kind,
same names) are dumped.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable

from ..records import dataclass, field

LIMIT = 200_000
"""Statements remembered before `forget` is due."""


@dataclass
class Keys:
    """Numbers given so far. They are never given twice, `forget` included."""

    next: int = 0
    by_text: dict[Hashable, int] = field(default_factory=dict)
    by_shape: dict[Hashable, list[tuple[int, ast.stmt]]] = field(default_factory=dict)
    dumps: dict[int, str] = field(default_factory=dict)

    def number(self, text: Hashable, node: ast.stmt, shape: Callable[[], Hashable]) -> int:
        """``text`` decides alone where it is known; ``shape`` is equal for equal dumps."""
        known = self.by_text.get(text)
        if known is not None:
            return known
        entries = self.by_shape.setdefault(shape(), [])
        key = self._same(entries, node) if entries else None
        if key is None:
            key = self.next = self.next + 1
            entries.append((key, node))
        self.by_text[text] = key
        return key

    def _same(self, entries: list[tuple[int, ast.stmt]], node: ast.stmt) -> int | None:
        dump = ast.dump(node)
        for key, one in entries:
            if key not in self.dumps:
                self.dumps[key] = ast.dump(one)
            if self.dumps[key] == dump:
                return key
        return None

    @property
    def is_full(self) -> bool:
        return len(self.by_text) > LIMIT

    def forget(self) -> None:
        self.by_text.clear()
        self.by_shape.clear()
        self.dumps.clear()


KEYS = Keys()
