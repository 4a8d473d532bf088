"""What code does to names, one thing at a time: reads, changes, calls, aliases, imports."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .words import NOTHING

How = Literal["change", "set", "del", "put", "fit", "ask", "fetch", "told", "added", "grow"]
Sharing = Literal[
    "exact", "either", "part", "element", "slice", "holds", "copies", "chosen", "default", "summed",
    "managed", "made", "new", "rows", "kept",
    "passed",
]  # fmt: skip
"""``either``: as ``exact``, or it is another one; ``chosen``: an element, where these are known to
be no plain values; ``default``: held, where it is an object of its own; ``summed``: as ``copies``,
where these hold what is no plain value; ``managed``: what the call of the source gives to
``with``; ``made``: held is what an instance keeps that the source, if it is a class, is called for;
``new``: held is what ``:=`` binds the source to there; ``rows``: as ``copies``, but of an array
its own rows; ``kept``: held is an element, which of other things than dicts and lists is a view;
``passed``: an element of what the call of the source, or of a method of it, gives."""
ANY = "@any"
"""Read by what may read every name of the page: `eval` of a computed text, `globals`."""
UNSEEN = "@unseen"
"""Written by a function that may define names of the page unseen: `exec` of a computed text."""
EVERY = "**"
"""The keyword of ``f(**options)``."""
RESULT = "()"
"""The ``method`` of a call of what a call returns: ``f(a)(b)``; begins that of a call of its
method: ``f(a).go(b)``."""
ON_THE_SPOT = "lambda"
"""In the place of a name: what is called is written there, ``(lambda x: x.go())(a)``."""
CHANGED = "[]"
"""In the place of a method: the result gets, or loses, a part: ``f(a)["k"] = 1``."""


class Item(NamedTuple):
    """A part of an object that has a literal name: ``df["x"]``, ``df.x`` (``attribute``).

    ``certain``: the statement cannot finish without it. ``optional``: it does without it,
    as ``d.get("x")`` does.
    """

    key: str
    attribute: bool = False
    certain: bool = False
    optional: bool = False


class Read(NamedTuple):
    """A global name whose value may be needed from outside.

    ``certain``: the statement cannot finish without it. ``items``: all that is needed of
    it, None where the whole object is, but for the parts that were set before (``without``).
    ``reached``: it is needed unless a loop is empty. ``unbound``: an ``except`` may remove it.
    """

    name: str
    line: int
    certain: bool
    items: tuple[Item, ...] | None = None
    reached: bool = False
    without: frozenset[str] = NOTHING
    unbound: bool = False

    @property
    def lineno(self) -> int:
        """As of a node of the syntax tree."""
        return self.line


class Mutation(NamedTuple):
    """``name``'s object is changed in place; ``deep``: or something that it holds.

    ``items``: only these parts, which are ``set`` or removed (``del``) whatever they
    were, made (``grow``), or changed (``change``); ``put`` sets them in a dict and may change
    others. None: anything of it; by ``fit`` and ``ask`` what was before. ``added``: by ``+=``, if
    it is no number. ``guess``: a method in no table;
    the name of the text where it is ``told`` what to do.
    """

    name: str
    deep: bool = False
    items: tuple[str, ...] | None = None
    how: How = "change"
    store: bool = False
    """Is it an assignment (which changes a module, too), not a call?"""
    attribute: bool = False
    guess: str = ""


class Alias(NamedTuple):
    """``target`` is ``source``'s object, or a part of it, or holds it, or holds what it
    holds (``copies``)."""

    target: str
    source: str
    how: Sharing


class Shape(NamedTuple):
    """``target`` becomes ``source`` with some items removed or added (`drop`, `rename`).

    ``needs``: items that must be there, or the statement raises `KeyError`.
    """

    target: str | None
    source: str
    needs: frozenset[str] = NOTHING
    drops: frozenset[str] = NOTHING
    adds: frozenset[str] = NOTHING
    columnwise: bool = False
    """Does each item of the target follow from one item of the source alone?"""
    renames: tuple[tuple[str, str], ...] = ()
    """(item of the target, item of the source) where the names differ."""


class Closed(NamedTuple):
    """``name`` is bound to an object that has these items, or attributes, and no others; ``grows``:
    reading another makes it."""

    name: str
    keys: frozenset[str]
    attributes: bool = False
    grows: bool = False


class Call(NamedTuple):
    """A direct call of a name: ``f(a, k=b)`` or ``obj.method(a)``.

    ``args`` has the root name of each positional argument, None where it has none;
    ``*rows`` is an element of ``rows``, met in a comprehension, or what is called is;
    ``**rows`` are all its elements.
    """

    func: str
    method: str | None
    args: tuple[str | None, ...]
    keywords: tuple[tuple[str, str], ...]
    certain: bool
    reached: bool = False


class Replay(NamedTuple):
    """Running this statement twice in a row changes nothing the second time.

    ``item`` is the part of ``name`` that it writes, None for the whole object.
    """

    name: str
    item: str | None = None


class Import(NamedTuple):
    module: str
    name: str | None
    asname: str
    line: int
