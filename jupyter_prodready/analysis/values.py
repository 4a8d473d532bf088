"""Values that are followed: which there may be, copies of them, and what tells two apart."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .value_calls import MOST_ITEMS, Stream, Unknown

_PLAIN = frozenset({int, float, complex, str, bytes, bool, type(None), range, Decimal, Fraction})
_HOLDING = frozenset({list, tuple, dict, set, frozenset})
_MUTABLE = frozenset({list, dict, set, Stream})
_VIEWS: tuple[type[Any], ...] = (type({}.keys()), type({}.values()), type({}.items()))
MOST_NESTED = 20


class Function:
    """A function of the page: its definition, its defaults, and the scopes that it was made in."""

    def __init__(
        self,
        node: ast.FunctionDef | ast.Lambda,
        given: Mapping[str, Any],
        around: tuple[dict[str, Any], ...],
    ) -> None:
        self.node = node
        self.given = given
        self.around = around


class Part(dict[str, Any]):
    """A dict of which only these items are known; the ``absent`` are known not to be there."""

    absent: frozenset[str] = frozenset()


def is_plain(value: Any) -> bool:
    """Is it a value of Python's own types, through and through, and not a large one?"""
    return _size(value, 0) <= MOST_ITEMS


def _size(value: Any, depth: int) -> int:
    kind = type(value)
    if kind in _PLAIN:
        return 1
    if kind not in _HOLDING or depth > MOST_NESTED:
        return MOST_ITEMS + 1
    parts = [*value, *value.values()] if kind is dict else value
    size = 1
    for part in parts:
        size += _size(part, depth + 1)
        if size > MOST_ITEMS:
            break
    return size


def is_fixed(value: Any) -> bool:
    """Can nothing change it?"""
    return type(value) in _PLAIN or (type(value) is tuple and all(map(is_fixed, value)))


def readable(value: Any) -> Any:
    """The value, if its text is the same in every kernel."""
    if isinstance(value, (type, BaseException)):
        return value
    inside: Any = [*value] if isinstance(value, _VIEWS) else value
    if not is_plain(inside) or _has_set(inside):
        raise Unknown
    return value


def _has_set(value: Any) -> bool:
    if isinstance(value, (set, frozenset)):
        return len(value) > 1
    if isinstance(value, dict):
        return any(map(_has_set, [*value, *value.values()]))
    return isinstance(value, (list, tuple)) and any(map(_has_set, value))


class Heap:
    """Copies of known objects, each made once: what names share here, they share there.

    ``keys`` has by the address of an object what stands for it and all of its copies.
    """

    def __init__(self) -> None:
        self.keys: dict[int, object] = {}
        self.objects: dict[object, Any] = {}
        self.met_again = False
        """Was an object taken that was here already?"""

    def take(self, value: Any, layers: Sequence[Heap]) -> Any:
        """A copy of the value, which is of the last of ``layers``. Of an object that changed
        since, the first layer that has it has the newest state."""
        kind = type(value)
        if kind in _PLAIN or (kind is Function and not value.around):
            return value
        if kind in (frozenset, tuple):
            return kind([self.take(one, layers) for one in value])
        state, since = newest(value, layers)
        key = layers[-1].keys[id(value)]
        found = self.objects.get(key)
        if found is None:
            found = self._copy(key, state, since)
        else:
            self.met_again = True
        return found

    def _copy(self, key: object, value: Any, layers: Sequence[Heap]) -> Any:
        kind = type(value)
        found: Any = Stream(()) if kind is Stream else kind()
        self.name(found, key)
        if kind is list:
            found += [self.take(one, layers) for one in value]
        elif kind is Stream:
            found.items += [self.take(one, layers) for one in value.items]
        elif kind is set:
            found |= value
        else:
            found.update({place: self.take(one, layers) for place, one in value.items()})
        return found

    def name(self, value: Any, key: object) -> None:
        self.keys[id(value)] = key
        self.objects[key] = value

    def name_all(self, values: Iterable[Any], maker: int) -> None:
        """Name the objects that have no name yet: ``maker`` made them."""
        waiting = [one for one in values if type(one) not in _PLAIN]
        met: set[int] = set()
        while waiting:
            value = waiting.pop()
            kind = type(value)
            if id(value) in met:
                continue
            met.add(id(value))
            if kind in _MUTABLE and id(value) not in self.keys:
                self.name(value, (maker, len(self.objects)))
            inside: Iterable[Any] = ()
            if kind is dict or kind is Part:
                inside = value.values()
            elif kind is Stream:
                inside = value.items
            elif kind is list or kind is tuple:
                inside = value
            waiting += [one for one in inside if type(one) not in _PLAIN]


def newest(value: Any, layers: Sequence[Heap]) -> tuple[Any, Sequence[Heap]]:
    """What has become of an object of the last of ``layers``, with those that it is of now."""
    key = layers[-1].keys.get(id(value))
    for place, one in enumerate(layers, 1):
        if key in one.objects:
            return one.objects[key], layers[:place]
    raise Unknown


def fingerprint(value: Any, met: dict[int, int] | None = None) -> object:
    """Equal for values that no statement could tell apart."""
    met = {} if met is None else met
    kind = type(value)
    if kind in _PLAIN:
        return kind, repr(value)
    if kind not in (*_HOLDING, Stream):
        raise Unknown
    if id(value) in met:
        return "again", met[id(value)]
    met[id(value)] = len(met)
    if kind is dict:
        pairs = [(fingerprint(key), fingerprint(one, met)) for key, one in value.items()]
        return kind, tuple(pairs)
    if kind in (set, frozenset):
        return kind, frozenset([fingerprint(one) for one in value])
    items = value.items if kind is Stream else value
    return kind, tuple([fingerprint(one, met) for one in items])
