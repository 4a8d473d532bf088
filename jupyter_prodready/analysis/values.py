"""Values that are followed: which there may be, copies of them, and what tells two apart."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .known_modules import BUILTIN_OF
from .objects import Class, Function, Holder, Instance
from .value_calls import MOST_ITEMS, Stream, Unknown

_PLAIN = frozenset(
    {int, float, complex, str, bytes, bool, type(None), range, Decimal, Fraction}
    | {date, datetime, timedelta}
)
DICTS = frozenset({dict, Counter, OrderedDict})
_HOLDING = frozenset({list, tuple, set, frozenset, deque}) | DICTS
_MUTABLE = frozenset({list, set, deque, Stream, Instance, Class}) | DICTS
_VIEWS: tuple[type[Any], ...] = (type({}.keys()), type({}.values()), type({}.items()))
MOST_NESTED = 20


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
    parts = [*value, *value.values()] if kind in DICTS else value
    size = 1
    for part in parts:
        size += _size(part, depth + 1)
        if size > MOST_ITEMS:
            break
    return size


def is_fixed(value: Any) -> bool:
    """Can nothing change it?"""
    if type(value) in _PLAIN or id(value) in BUILTIN_OF:
        return True
    return type(value) is tuple and all(map(is_fixed, value))


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
    return isinstance(value, (list, tuple, deque)) and any(map(_has_set, value))


class Heap:
    """Copies of known objects, each made once: what names share here, they share there.

    ``keys`` has by the address of an object what stands for it and all of its copies.
    """

    def __init__(self) -> None:
        self.keys: dict[int, object] = {}
        self.objects: dict[object, Any] = {}
        self.met_again = False
        """Was an object taken that was here already?"""
        self.patches: Mapping[object, Mapping[str, Any]] = {}
        """Attributes that were set of objects of which no more is known."""

    def take(self, value: Any, layers: Sequence[Heap]) -> Any:
        """A copy of the value, which is of the last of ``layers``. Of an object that changed
        since, the first layer that has it has the newest state."""
        kind = type(value)
        if kind in _PLAIN or id(value) in BUILTIN_OF or (kind is Function and not value.around):
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
        if kind is deque:
            found = deque(maxlen=value.maxlen)
        self.name(found, key)
        if kind is list or kind is deque:
            found += [self.take(one, layers) for one in value]
        elif kind is Stream:
            found.items += [self.take(one, layers) for one in value.items]
        elif kind is set:
            found |= value
        elif kind in (Instance, Class):
            self._copy_object(found, key, value, layers)
        else:
            for place, one in value.items():
                found[place] = self.take(one, layers)
        return found

    def _copy_object(self, found: Any, key: object, value: Any, layers: Sequence[Heap]) -> None:
        if isinstance(value, Instance):
            if any(_may_have_changed(one, value.attributes) for one in value.of.bases()):
                raise Unknown  # whether a method ran of it is not seen everywhere
            found.of = self.take(value.of, layers)
        else:
            found.like(value)
            found.base = None if value.base is None else self.take(value.base, layers)
        attributes = found.attributes
        attributes.update({name: self.take(one, layers) for name, one in value.attributes.items()})
        for place in range(len(layers), 0, -1):
            since = layers[:place]
            for name, one in layers[place - 1].patches.get(key, {}).items():
                attributes[name] = self.take(one, since)

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
            if kind in DICTS or kind is Part:
                inside = value.values()
            elif kind is Stream:
                inside = value.items
            elif kind in (list, tuple, deque):
                inside = value
            elif isinstance(value, Holder):
                inside = _inside(value)
            waiting += [one for one in inside if type(one) not in _PLAIN]


def _may_have_changed(made_by: Class, attributes: Mapping[str, Any]) -> bool:
    """May a method have changed an instance, or have handed out what it has?"""
    given = [attributes[name] for name in made_by.hands_out & attributes.keys()]
    return made_by.restless or not all(map(is_fixed, given))


def _inside(value: Holder) -> list[Any]:
    behind = value.of if isinstance(value, Instance) else getattr(value, "base", None)
    return [behind, *value.attributes.values()]


def newest(value: Any, layers: Sequence[Heap]) -> tuple[Any, Sequence[Heap]]:
    """What has become of an object of the last of ``layers``, with those that it is of now."""
    key = layers[-1].keys.get(id(value))
    for place, one in enumerate(layers, 1):
        if key in one.objects:
            return one.objects[key], layers[:place]
    raise Unknown


def newest_attribute(value: Any, layers: Sequence[Heap], name: str) -> tuple[Any, Sequence[Heap]]:
    """An attribute as it is now of an object of the last of ``layers``."""
    key = layers[-1].keys.get(id(value))
    for place, one in enumerate(layers, 1):
        if name in (patch := one.patches.get(key, {})):
            return patch[name], layers[:place]
        if key in one.objects:
            attributes = one.objects[key].attributes
            if name in attributes:
                return attributes[name], layers[:place]
            break
    raise Unknown


def fingerprint(value: Any, met: dict[int, int] | None = None, *, code: bool = False) -> object:
    """Equal for values that no statement could tell apart; with ``code`` also of what has code,
    equal for the same code of one analysis."""
    met = {} if met is None else met
    kind = type(value)
    if kind in _PLAIN:
        return kind, repr(value)
    if code and (kind is Function or id(value) in BUILTIN_OF):
        return "code", id(value.node) if kind is Function else id(value)
    if kind not in (*_HOLDING, Stream) and not (code and kind in (Instance, Class)):
        raise Unknown
    if id(value) in met:
        return "again", met[id(value)]
    met[id(value)] = len(met)
    if isinstance(value, Holder):
        named = [*value.members.values()] if isinstance(value, Class) else []
        members = tuple([id(function.node) for _, function in named])
        attributes = tuple(value.attributes)
        inside = [fingerprint(one, met, code=code) for one in _inside(value)]
        return kind, members, attributes, tuple(inside)
    if kind in DICTS:
        pairs = [(fingerprint(key), fingerprint(one, met, code=code)) for key, one in value.items()]
        return kind, tuple(pairs)
    if kind in (set, frozenset):
        return kind, frozenset([fingerprint(one) for one in value])
    items = value.items if kind is Stream else value
    most = value.maxlen if kind is deque else None
    return kind, most, tuple([fingerprint(one, met, code=code) for one in items])
