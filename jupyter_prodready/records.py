"""What `dataclasses` gives, in a tenth of the time that it takes to start.

The decorator of the standard library compiles five functions for each class, and importing
it imports `inspect`: together a third of the start of `check`. Here a class shares all but
``__init__``, and that is compiled when the first object is made. For a type checker, and for
`dataclasses.fields` and its like, these classes are dataclasses (tests/records compares).
"""

from __future__ import annotations

from operator import attrgetter
from reprlib import recursive_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import asdict as asdict
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    _MISSING = object()

    class _Field:
        def __init__(self, default=_MISSING, factory=_MISSING, shown=True, given=True):
            self.default = default
            self.factory = factory
            self.shown = shown
            self.given = given

    def field(*, default=_MISSING, default_factory=_MISSING, repr=True, init=True):
        return _Field(default, default_factory, repr, init)

    def dataclass(cls=None, /, *, frozen=False, eq=True, slots=False, init=True):
        """`dataclasses.dataclass`, as far as this project needs it."""
        if cls is None:
            return lambda one: _record(one, frozen, eq, slots, init)
        return _record(cls, frozen, eq, slots, init)

    def replace(record, /, **changes):
        """A copy with these fields changed."""
        for name, one in record.__record__.items():
            if one.given and name not in changes:
                changes[name] = getattr(record, name)
        return record.__class__(**changes)

    def asdict(record):
        """The fields as a dictionary, records inside of it, too. Other values are not copied."""
        return {name: _plain(getattr(record, name)) for name in record.__record__}

    def _plain(value):
        if isinstance(value, (list, tuple)):
            return type(value)(map(_plain, value))
        if isinstance(value, dict):
            return {key: _plain(one) for key, one in value.items()}
        return asdict(value) if hasattr(type(value), "__record__") else value

    # --- making a class ---------------------------------------------------------------

    def _record(cls, frozen, eq, slots, init):
        fields = dict(getattr(cls, "__record__", {}))
        own = list(cls.__annotations__)
        for name in own:
            given = cls.__dict__.get(name, _MISSING)
            fields[name] = given if isinstance(given, _Field) else _Field(given)
        if slots:
            cls = _slotted(cls, own)
        _set_defaults(cls, fields, own, slots)
        given = {
            "__record__": fields,
            "__match_args__": tuple(name for name, one in fields.items() if one.given),
        }
        if init:
            given["__init__"] = _first_init(cls, frozen)
        given["__dataclass_fields__"] = _Fields(cls)
        given["__repr__"] = _repr
        if eq:
            given |= _comparison(tuple(fields), frozen)
        if frozen:
            given |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
        for name, value in given.items():
            if cls.__dict__.get(name) is None:
                setattr(cls, name, value)
        return cls

    def _slotted(cls, own):
        left_out = {*own, "__dict__", "__weakref__"}
        kept = {name: value for name, value in cls.__dict__.items() if name not in left_out}
        made = type(cls)(cls.__name__, cls.__bases__, {**kept, "__slots__": tuple(own)})
        made.__qualname__ = cls.__qualname__
        return made

    def _set_defaults(cls, fields, own, slots):
        """As in a dataclass the default of a field is an attribute of its class."""
        for name in own:
            if isinstance(cls.__dict__.get(name), _Field):
                delattr(cls, name)
                if fields[name].default is not _MISSING and not slots:
                    setattr(cls, name, fields[name].default)

    # --- what the classes share -------------------------------------------------------

    def _first_init(cls, frozen):
        def __init__(self, *given, **named):
            cls.__init__ = _compiled_init(cls, frozen)
            cls.__init__(self, *given, **named)

        return __init__

    def _compiled_init(cls, frozen):
        known = {"_missing": _MISSING, "_set": object.__setattr__}
        literals = {list: "[]", dict: "{}"}  # in half the time of a call
        parameters, lines = ["self"], []
        setting = "self.{} = {}".format
        if frozen and "__dict__" in dir(cls):  # the class refuses to be set, its dict does not
            lines.append("_fields = self.__dict__")
            setting = "_fields[{!r}] = {}".format
        elif frozen:
            setting = "_set(self, {!r}, {})".format
        for name, one in cls.__record__.items():
            value = name
            if one.factory is not _MISSING:
                known[f"_make_{name}"] = one.factory
                value = literals.get(one.factory, f"_make_{name}()")
                if one.given:
                    parameters.append(f"{name}=_missing")
                    value = f"{value} if {name} is _missing else {name}"
            elif one.default is not _MISSING:
                known[f"_default_{name}"] = one.default
                if one.given:
                    parameters.append(f"{name}=_default_{name}")
                else:
                    value = _written(name, one.default)
            elif one.given:
                parameters.append(name)
            else:
                continue
            lines.append(setting(name, value))
        if hasattr(cls, "__post_init__"):
            lines.append("self.__post_init__()")
        body = "\n ".join(lines or ["pass"])
        exec(f"def __init__({', '.join(parameters)}):\n {body}", known)
        known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
        return known["__init__"]

    def _written(name, default):
        """How ``__init__`` names the value that a field always begins with."""
        plain = default is None or default == () or type(default) in (bool, int, str)
        return repr(default) if plain else f"_default_{name}"

    def _comparison(names, frozen):
        values = attrgetter(*names) if len(names) > 1 else _few(names)

        def __eq__(self, other):
            if other.__class__ is self.__class__:
                return values(self) == values(other)
            return NotImplemented

        def __hash__(self):
            return hash(values(self))

        return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}

    def _few(names):
        return lambda record: tuple([getattr(record, name) for name in names])

    @recursive_repr()
    def _repr(self):
        shown = [name for name, one in self.__record__.items() if one.shown]
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({said})"

    def _refuse_to_set(self, name, value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _refuse_to_delete(self, name):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot delete field {name!r}")

    class _Fields:
        """``__dataclass_fields__``, made when something of `dataclasses` asks for it."""

        def __init__(self, cls):
            self.cls = cls

        def __get__(self, instance, owner):
            import dataclasses

            kinds = {}
            for base in reversed(self.cls.__mro__[:-1]):
                kinds |= base.__annotations__
            twin = dataclasses.make_dataclass(
                self.cls.__name__,
                [
                    (name, kinds[name], _of_dataclasses(dataclasses, one))
                    for name, one in self.cls.__record__.items()
                ],
            )
            self.cls.__dataclass_fields__ = twin.__dataclass_fields__
            return twin.__dataclass_fields__

    def _of_dataclasses(dataclasses, one):
        if one.factory is not _MISSING:
            return dataclasses.field(default_factory=one.factory, repr=one.shown, init=one.given)
        default = dataclasses.MISSING if one.default is _MISSING else one.default
        return dataclasses.field(default=default, repr=one.shown, init=one.given)
