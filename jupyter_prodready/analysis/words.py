"""Tables of names, written as running text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The whitespace-separated words of ``text``."""
    return frozenset(text.split())


made = tuple.__new__
"""``made(Read, values)`` is ``Read(*values)`` in a third of the time, without its defaults: the
constructor of a named tuple is a function of Python's."""
NOTHING: frozenset[str] = frozenset()
"""Shared by all that have nothing: an empty set of one's own takes 200 bytes."""


def joined(*sets: frozenset[str]) -> frozenset[str]:
    """The union; where all but one are empty, that one itself."""
    found = NOTHING
    for one in sets:
        if one:
            found = found | one if found else one
    return found
