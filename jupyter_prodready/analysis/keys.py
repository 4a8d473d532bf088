"""One number for all statements that do the same.

The exact measure is ``ast.dump``, which costs several times the parsing. So the text
decides first, and only statements of different text that could be the same (same kind,
same names) are dumped.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable
from typing import Any

from ..records import dataclass, field

LIMIT = 200_000
"""Statements remembered before `forget` is due."""


_Entry = tuple[int, ast.stmt, Any]
"""(number, statement, the entry before of the same shape)"""


@dataclass
class Keys:
    """Numbers given so far. They are never given twice, `forget` included.

    ``by_text`` has the number of each text that was met: it decides alone.
    """

    next: int = 0
    by_text: dict[Hashable, int] = field(default_factory=dict)
    by_shape: dict[int, _Entry] = field(default_factory=dict)
    dumps: dict[int, str] = field(default_factory=dict)

    def number(self, text: Hashable, node: ast.stmt, shape: int) -> int:
        """The number of a text that was not met, of a ``shape`` that was: it is equal for equal
        dumps."""
        before = self.by_shape[shape]
        key = self._same(before, node)
        if key is None:
            key = self.next = self.next + 1
            self.by_shape[shape] = (key, node, before)
        self.by_text[text] = key
        return key

    def _same(self, entry: _Entry | None, node: ast.stmt) -> int | None:
        dump = ast.dump(node)
        while entry is not None:
            key, one, entry = entry
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
