"""Chained assignments: ``a.xs = xs = [0]`` puts one object into several places."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Literal

from .calls import root
from .facts import Alias
from .nodes import names_in

Place = tuple[str, Literal["is", "has", "of"]]
"""A name that is the object, that of an object which has it, or of an element of it."""
_NEW = frozenset(
    {ast.List, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.Call, ast.Tuple,
     ast.GeneratorExp}
)  # fmt: skip


def places_of(targets: Sequence[ast.expr], value: ast.expr) -> tuple[Place, ...]:
    """Where the object goes that ``value`` makes; nothing where it is one that there is already."""
    makes = type(value) in _NEW
    if isinstance(value, ast.BinOp):
        makes = type(value.left) in _NEW or type(value.right) in _NEW
    return tuple([place for target in targets for place in _places(target)]) if makes else ()


def _places(target: ast.expr) -> Iterator[Place]:
    if isinstance(target, ast.Name):
        yield target.id, "is"
    elif isinstance(target, (ast.Tuple, ast.List)):
        yield from ((name, "of") for name in names_in(target))
    else:
        name, _ = root(target)
        if name is not None:
            yield name, "has"


def among(targets: Sequence[ast.expr]) -> list[Alias]:
    """Aliases of the places with the first name among them."""
    return [Alias(name, first, _HOW[how]) for name, how, first in _beside_first(targets)]


def behind(targets: Sequence[ast.expr]) -> list[Alias]:
    """Aliases of the first name with the places beside it: who changes ``xs`` after
    ``self.xs = xs = []`` changes ``self``."""
    return [Alias(first, name, "part") for name, _, first in _beside_first(targets)]


def _beside_first(targets: Sequence[ast.expr]) -> Iterator[tuple[str, str, str]]:
    found = [place for target in targets for place in _places(target)]
    first = next((name for name, how in found if how == "is"), "")
    for name, how in found if first else ():
        if name != first:
            yield name, how, first


_HOW: dict[str, Literal["exact", "holds", "part"]] = {"is": "exact", "has": "holds", "of": "part"}
