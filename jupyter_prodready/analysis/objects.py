"""Stand-ins for classes of the page, for their instances, and for methods that are handed on.

Python must never take one of them for what it stands for: where it asks a stand-in for anything,
nothing is known.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any, Final

from .value_calls import Unknown

_ASKED = (
    "lt le eq ne gt ge hash bool len iter next reversed contains getitem setitem delitem call repr "
    "str format bytes int float complex index round trunc floor ceil abs neg pos invert "
    "length_hint add sub mul truediv floordiv mod divmod pow lshift rshift and or xor matmul radd "
    "rsub rmul rtruediv rfloordiv rmod rdivmod rpow rlshift rrshift rand ror rxor rmatmul iadd "
    "isub imul itruediv ifloordiv imod ipow ilshift irshift iand ior ixor imatmul enter exit "
    "copy deepcopy reduce reduce_ex fspath instancecheck subclasscheck"
)
METHOD, STATIC, OF_CLASS, PROPERTY = "method", "staticmethod", "classmethod", "property"


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


class Stand:
    """What stands for an object of the page."""


def _refused(*_given: object, **_options: object) -> Any:
    raise Unknown


for _name in _ASKED.split():
    setattr(Stand, f"__{_name}__", _refused)


class Field:
    """A field of a data class: its default, or what makes it."""

    def __init__(self, name: str, default: Any, factory: Any) -> None:
        self.name = name
        self.default = default
        self.factory = factory


NONE: Final = object()
"""In the place of a default that is not there."""


class Holder(Stand):
    """What has attributes that may be set."""

    attributes: dict[str, Any]


class Class(Holder):
    """A class of the page; ``members`` are its functions, each with its kind, which stay."""

    def __init__(self) -> None:
        self.name = ""
        self.base: Class | None = None
        self.members: Mapping[str, tuple[str, Function]] = {}
        self.fields: tuple[Field, ...] | None = None
        self.frozen = False
        self.restless = False
        """May a method change its object, or hand it to who does?"""
        self.hands_out: frozenset[str] = frozenset()
        """Attributes of its instances that methods may hand to others."""
        self.attributes = {}

    def like(self, other: Class) -> None:
        """Take over what never changes."""
        self.name, self.members = other.name, other.members
        self.fields, self.frozen, self.restless = other.fields, other.frozen, other.restless
        self.hands_out = other.hands_out

    def bases(self) -> Iterator[Class]:
        """The class itself, then its base, and so on."""
        one: Class | None = self
        while one is not None:
            yield one
            one = one.base

    def member(self, name: str) -> tuple[Class, str, Function] | None:
        """The function of that name, with the class that has it."""
        for one in self.bases():
            if name in one.members:
                return (one, *one.members[name])
            if name in one.attributes:
                return None
        return None

    def lets_set(self, name: str) -> bool:
        """Is an attribute of that name one like any other?"""
        members = [one for one in self.bases() if name in one.members]
        return not members and not name.startswith("__")


class Instance(Holder):
    """An instance of a class of the page."""

    def __init__(self) -> None:
        self.of = Class()
        self.attributes = {}


class Loose(Holder):
    """An object of which only these attributes are known; those that were ``written`` since."""

    def __init__(self, of: Holder, key: object) -> None:
        self.attributes = {}
        self.written: set[str] = set()
        self.of = of.of if isinstance(of, Instance) else of
        self.is_class = isinstance(of, Class)
        self.key = key


class Bound(Stand):
    """A method with its object: of the page, found in ``home``, or one of Python's own."""

    def __init__(self, owner: Any, function: Function | str, home: Class | None = None) -> None:
        self.owner = owner
        self.function = function
        self.home = home


class Yielded:
    """What a generator of the page gives, which must be gone through at once; ``names`` are those
    that it looks at."""

    def __init__(self) -> None:
        self.items: list[Any] = []
        self.names: set[str] = set()


class Super(Stand):
    """``super()`` in a method of ``home``."""

    def __init__(self, owner: Any, home: Class) -> None:
        self.owner = owner
        self.home = home


def lets_set(owner: Holder, name: str) -> bool:
    """Is setting the attribute no more than that?"""
    made_by = owner if isinstance(owner, Class) else getattr(owner, "of", None)
    if not isinstance(made_by, Class) or not made_by.lets_set(name):
        return False
    is_class = isinstance(owner, Class) or (isinstance(owner, Loose) and owner.is_class)
    return is_class or not any(one.frozen for one in made_by.bases())
