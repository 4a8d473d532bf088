"""What one scope says as it is written: its calls, names, imports and texts."""

from __future__ import annotations

import ast

from ..records import dataclass, field


@dataclass(frozen=True)
class WrittenImport:
    """``from module import name as asname``; ``optional`` if the page does without it."""

    module: str
    name: str | None
    asname: str
    line: int
    optional: bool


WrittenCall = tuple[ast.Call | ast.Subscript, bool]
"""A call, or a look into ``os.environ``, and whether a run must reach it."""


@dataclass(slots=True, eq=False)
class Written:
    """What one scope says. ``calls`` are in the order of evaluation, with whether a run
    must reach them; ``names`` are all that it loads; ``texts`` may be absolute paths.

    The reader of facts gathers calls and names on its way. ``odd``: it met what it does not
    gather, and a walk of its own (`written`) must.
    """

    calls: list[WrittenCall] = field(init=False, default_factory=list)
    names: set[str] = field(init=False, default_factory=set)
    imports: tuple[WrittenImport, ...] = field(init=False, default=())
    texts: tuple[ast.Constant, ...] = field(init=False, default=())
    odd: bool = field(init=False, default=False)
