"""Data classes of the page where values are followed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import known_modules
from . import value_calls as known
from .objects import NONE, Class, Field, Instance
from .value_calls import Unknown
from .values import is_fixed, is_plain

if TYPE_CHECKING:
    from .attributes import Attributes
    from .evaluator import Body

_HARMLESS = frozenset({"eq", "order", "repr", "unsafe_hash", "match_args", "frozen"})
_OF_FIELD = frozenset({"default", "default_factory", "repr", "compare", "hash"})
_NO_FIELDS = ("ClassVar", "InitVar", "KW_ONLY")
_AFTER = "__post_init__"


class FieldMade:
    """What `field` gives, until its class is made."""

    def __init__(self, default: Any, factory: Any) -> None:
        self.default = default
        self.factory = factory


def data_class(interpreter: Attributes, node: ast.ClassDef) -> dict[str, bool] | None:
    """The options of ``@dataclass``; None where there is none."""
    if not node.decorator_list:
        return None
    first = node.decorator_list[0]
    call = first if isinstance(first, ast.Call) else None
    decorator = interpreter.evaluate(call.func if call is not None else first)
    if len(node.decorator_list) > 1 or decorator is not known_modules.DATA_CLASS:
        raise Unknown
    options = {}
    for one in call.keywords if call is not None else ():
        if one.arg not in _HARMLESS or not isinstance(one.value, ast.Constant):
            raise Unknown
        options[one.arg] = bool(one.value.value)
    if call is not None and call.args:
        raise Unknown
    return options


def fields_of(node: ast.ClassDef, body: Body, base: Class | None) -> tuple[Field, ...]:
    """Takes what `field` gave out of the body."""
    if base is not None and (base.fields is None or base.frozen):
        raise Unknown
    found = {one.name: one for one in (base.fields or () if base is not None else ())}
    for target, note in _annotated(node):
        if any(word in note for word in _NO_FIELDS):
            raise Unknown
        value = body.get(target, NONE)
        made = value if isinstance(value, FieldMade) else FieldMade(value, NONE)
        if made.default is not NONE and (made.factory is not NONE or not is_fixed(made.default)):
            raise Unknown
        if isinstance(value, FieldMade):
            del body[target]
            if made.default is not NONE:
                body[target] = made.default
        found[target] = Field(target, made.default, made.factory)
    needs = [one.default is NONE and one.factory is NONE for one in found.values()]
    if needs != sorted(needs, reverse=True):
        raise Unknown
    return tuple(found.values())


def _annotated(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            yield one.target.id, ast.unparse(one.annotation)


def fill(
    interpreter: Attributes,
    made: Instance,
    fields: tuple[Field, ...],
    given: list[Any],
    options: Mapping[str, Any],
) -> None:
    """As the `__init__` of a data class does."""
    names = [one.name for one in fields]
    values = {**dict(zip(names, given, strict=False)), **options}
    twice = options.keys() & set(names[: len(given)])
    if len(given) > len(names) or twice or values.keys() - set(names):
        raise Unknown
    for one in fields:
        if one.name in values:
            made.attributes[one.name] = values[one.name]
        elif one.factory is not NONE:
            made.attributes[one.name] = interpreter.call(one.factory, [], {})
        elif one.default is not NONE:
            made.attributes[one.name] = one.default
        else:
            raise Unknown
    if made.of.member(_AFTER) is not None:
        interpreter.call(interpreter.special(made, _AFTER), [], {})


def call_marked(
    interpreter: Attributes, called: known.Marker, given: list[Any], options: Mapping[str, Any]
) -> Any:
    """What `field`, `replace` and `asdict` give."""
    if called is known_modules.FIELD and not given and options.keys() <= _OF_FIELD:
        return FieldMade(options.get("default", NONE), options.get("default_factory", NONE))
    one = given[0] if len(given) == 1 else None
    fields = one.of.fields if isinstance(one, Instance) else None
    if fields is None or not isinstance(one, Instance):
        raise Unknown
    if called is known_modules.REPLACE:
        now = {field.name: interpreter.attribute(one, field.name) for field in fields}
        return interpreter.instance(one.of, [], {**now, **options})
    if called is known_modules.AS_DICT and not options:
        return _as_dict(interpreter, one)
    raise Unknown


def _as_dict(interpreter: Attributes, value: Any) -> Any:
    """What it gives for the value of a field, or an item of one."""
    interpreter.count()
    kind = type(value)
    if isinstance(value, Instance) and value.of.fields is not None:
        names = [one.name for one in value.of.fields]
        return {name: _as_dict(interpreter, interpreter.attribute(value, name)) for name in names}
    if kind is list or kind is tuple:
        return kind([_as_dict(interpreter, one) for one in value])
    if kind is dict:
        pairs = value.items()
        return {key: _as_dict(interpreter, one) for key, one in pairs}
    if not is_plain(value):
        raise Unknown
    return set(value) if kind is set else value
