"""What stands behind a dot where values are followed: attributes and methods of objects of the
page, and calls of these."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from . import value_calls as known
from .calling import Calling
from .data_classes import call_marked, fill
from .evaluator import Body
from .objects import (
    METHOD,
    OF_CLASS,
    PROPERTY,
    STATIC,
    Bound,
    Class,
    Function,
    Holder,
    Instance,
    Loose,
    Stand,
    Super,
    lets_set,
)
from .value_calls import MOST_ITEMS, Unknown

_INIT, _CALL, _LENGTH = "__init__", "__call__", "__len__"


class Local(dict[str, Any]):
    """The scope of a function that is being called; ``shared`` are the page's names in it."""

    shared: frozenset[str] = frozenset()
    home: Class | None = None
    """The class of the method that it is,"""
    first: Any = None
    """and the object that it was called on."""


class Attributes(Calling):
    """Reads, sets and calls what belongs to an object."""

    def call_of_page(
        self,
        function: Function,
        given: list[Any],
        options: Mapping[str, Any],
        home: Class | None = None,
    ) -> Any:
        raise NotImplementedError

    def execute(self, body: Sequence[ast.stmt]) -> None:
        raise NotImplementedError

    def scopes_of_class(self) -> bool:
        return any(isinstance(one, Body) for one in self.scopes)

    # --- attributes ---------------------------------------------------------------------

    def attribute(self, owner: Stand, name: str) -> Any:
        if isinstance(owner, Super):
            return self._of_base(owner, name)
        if not isinstance(owner, Holder):
            raise Unknown
        if name == "__name__" and isinstance(owner, Class):
            return owner.name
        if name.startswith("__") or (isinstance(owner, Loose) and not lets_set(owner, name)):
            raise Unknown
        made_by = owner.of if isinstance(owner, Instance) else owner
        found = made_by.member(name) if isinstance(made_by, Class) else None
        if found is not None and (found[1] == PROPERTY or name not in owner.attributes):
            return self._member(owner, *found)
        if name in owner.attributes:
            return owner.attributes[name]
        return _inherited(made_by, name)

    def _member(self, owner: Any, home: Class, kind: str, function: Function) -> Any:
        if kind == PROPERTY and isinstance(owner, Instance):
            return self.call_of_page(function, [owner], {}, home)
        if kind == STATIC:
            return function
        if kind == OF_CLASS:
            made_by = owner.of if isinstance(owner, Instance) else owner
            return Bound(made_by, function, home)
        if kind == METHOD:
            return Bound(owner, function, home) if isinstance(owner, Instance) else function
        raise Unknown

    def _of_base(self, owner: Super, name: str) -> Any:
        found = owner.home.base.member(name) if owner.home.base is not None else None
        if found is None or found[1] != METHOD:
            raise Unknown
        return Bound(owner.owner, found[2], found[0])

    def set_attribute(self, owner: Any, name: str, value: Any) -> None:
        if not isinstance(owner, Holder) or not lets_set(owner, name):
            raise Unknown
        if isinstance(value, (Function, Class, Bound, Super)):
            raise Unknown  # in a class it would become a method
        owner.attributes[name] = value
        if isinstance(owner, Loose):
            owner.written.add(name)

    def delete_attribute(self, owner: Any, name: str) -> None:
        if not isinstance(owner, (Instance, Class)) or not lets_set(owner, name):
            raise Unknown
        if name not in owner.attributes:
            raise Unknown
        del owner.attributes[name]

    def special(self, owner: Any, name: str) -> Bound:
        """The special method of an instance."""
        found = owner.of.member(name) if isinstance(owner, Instance) else None
        if found is None or found[1] != METHOD:
            raise Unknown
        return Bound(owner, found[2], found[0])

    def length(self, owner: Stand) -> int:
        """What `len` says, or 1 where it counts as true for want of that."""
        members = {name for one in owner.of.bases() for name in one.members} if isinstance(
            owner, Instance
        ) else None  # fmt: skip
        if members is None or "__bool__" in members:
            raise Unknown
        if _LENGTH not in members:
            return 1
        found = self.call(self.special(owner, _LENGTH), [], {})
        if type(found) is not int or not 0 <= found <= 10 * MOST_ITEMS:
            raise Unknown
        return found

    # --- calls --------------------------------------------------------------------------

    def call_object(
        self, called: Stand | known.Marker, given: list[Any], options: Mapping[str, Any]
    ) -> Any:
        if isinstance(called, known.Marker):
            return call_marked(self, called, given, options)
        if isinstance(called, Class):
            return self.instance(called, given, options)
        if isinstance(called, Instance):
            return self.call(self.special(called, _CALL), given, options)
        if not isinstance(called, Bound):
            raise Unknown
        if isinstance(called.function, str):
            return self.method(called.owner, called.function, given, options)
        return self.call_of_page(called.function, [called.owner, *given], options, called.home)

    def instance(self, made_by: Class, given: list[Any], options: Mapping[str, Any]) -> Instance:
        made = Instance()
        made.of = made_by
        init = made_by.member(_INIT)
        if made_by.fields is not None:
            if init is not None:
                raise Unknown
            fill(self, made, made_by.fields, given, options)
        elif init is not None:
            if self.call(self.special(made, _INIT), given, options) is not None:
                raise Unknown
        elif given or options:
            raise Unknown
        return made

    def method_above(self, node: ast.Call) -> Super:
        """What `super()` gives in a method."""
        scope = self.scopes[-1] if self.scopes else None
        if node.args or node.keywords or not isinstance(scope, Local) or scope.home is None:
            raise Unknown
        if not isinstance(scope.first, Instance):
            raise Unknown
        return Super(scope.first, scope.home)


def _inherited(made_by: Any, name: str) -> Any:
    """The value of a class, or of one above."""
    for one in made_by.bases() if isinstance(made_by, Class) else ():
        if name in one.attributes:
            return one.attributes[name]
    raise Unknown
