"""Calls in no table: what their names and their places say of them.

Nobody throws away what a call gives unless the call is made for what it does. Of 493 such calls
in 280 notebooks of other people (every method and function that is in no table, its result
thrown away) nearly all those draw, print or test, whose names do not begin with a word of
change; of those that do (`add_task`, `set_causal_mechanism`, `run_mcmc`) nearly all change the
object. So the word decides, and what follows is *possible* at most.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from keyword import iskeyword
from typing import Literal

from .facts import Mutation
from .mutation import effect_of
from .sql import EXECUTES, once_is_enough, text_of
from .words import words

Guess = Literal["", "changes", "changes again"]

_ONCE = words(
    """
    assign clear compile configure connect deactivate activate detach disable drop enable
    init initialize load reset set subscribe unset
    """
)
"""Words of changes that leave nothing to be done by a second call with the same arguments."""
_EACH_TIME = words(
    """
    add append attach create del delete discard enqueue extend feed fit increment insert pop prepend
    pretrain push put register remove run step submit train unregister update upsert
    """
)
_FIRST_WORD = re.compile(r"[a-z]+")
_NEW_OBJECTS = words("style cat str dt list struct plot")
"""Attributes whose methods give a new object."""
_SELF = words("self cls")


@lru_cache(maxsize=4096)
def guess_of(method: str) -> Guess:
    """What a method that is in no table does to its object, where its result is thrown away.

    ``set_`` and ``setName`` are words of change; ``settle`` is none. A trailing underscore
    is PyTorch's and others' sign of a change in place (`in_` is SQLAlchemy's name for `in`).
    """
    if effect_of(method) != "unknown":
        return ""
    found = _FIRST_WORD.match(method)
    word = found[0] if found else ""
    if method.endswith("_") and not (method.startswith("_") or iskeyword(method[:-1])):
        return "changes"
    return "changes again" if word in _ONCE else "changes" if word in _EACH_TIME else ""


def guessed(func: ast.Attribute) -> Mutation | None:
    """What the call of ``func``, whose result is thrown away, may change."""
    method = func.attr
    if not guess_of(method):
        return None
    place, deep = func.value, False
    while type(place) is ast.Attribute and place.attr not in _NEW_OBJECTS:
        place, deep = place.value, True
    if type(place) is not ast.Name or place.id in _SELF:
        return None
    return Mutation(place.id, deep, guess=method)


def may_repeat(call: ast.Call, method: str) -> bool:
    """Does ``method``, which is in no table, change nothing more when it is called again?"""
    if method in EXECUTES:
        return once_is_enough(text_of(call))
    return guess_of(method) == "changes again"
