"""Our records against the dataclasses that they stand for."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from jupyter_prodready import model, model_verify, records, wire


@records.dataclass(frozen=True)
class Point:
    """Two numbers."""

    x: int
    y: int = 2
    tags: dict[str, int] = records.field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.x + self.y


@records.dataclass(frozen=True)
class Line:
    ends: tuple[Point, ...]
    name: str | None = None


@records.dataclass(frozen=True)
class Alone:
    value: object
    quiet: int = records.field(default=1, repr=False)


@records.dataclass(frozen=True)
class Nothing:
    pass


@records.dataclass(frozen=True, eq=False)
class Itself:
    x: int


@records.dataclass(slots=True)
class Slotted:
    x: int
    seen: list[int] = records.field(default_factory=list)
    near: Slotted | None = None


@records.dataclass(frozen=True)
class Longer(Line):
    width: int = 1


@records.dataclass()
class Checked:
    x: int
    more: int = records.field(init=False)

    def __post_init__(self) -> None:
        self.more = self.x + 1


@records.dataclass(slots=True)
class Begun:
    x: int
    seen: list[int] = records.field(init=False, default_factory=list)
    name: str = records.field(init=False, default="x")
    near: Begun | None = records.field(init=False, default=None)
    known: frozenset[str] = records.field(init=False, default=frozenset("ab"))


@records.dataclass(slots=True, eq=False, init=False)
class Filled:
    """What is set by who makes it."""

    x: int
    name: str


KINDS = {
    "frozen": (Point, {"frozen": True}),
    "nested": (Line, {"frozen": True}),
    "one field": (Alone, {"frozen": True}),
    "no field": (Nothing, {"frozen": True}),
    "by identity": (Itself, {"frozen": True, "eq": False}),
    "slots": (Slotted, {"slots": True}),
    "after": (Checked, {}),
    "begins with": (Begun, {"slots": True}),
    "not begun": (Filled, {"slots": True, "eq": False, "init": False}),
}
VALUES = {Line: ((Point(1), Point(2)),), Nothing: (), Filled: ()}


def twin(ours: type[Any], options: dict[str, bool]) -> type[Any]:
    """The same class, made by the standard library."""
    fields = [(one.name, one.type, fresh(one)) for one in dataclasses.fields(ours)]
    names = {"__post_init__": ours.__post_init__} if hasattr(ours, "__post_init__") else {}
    made = dataclasses.make_dataclass(ours.__name__, fields, namespace=names, **options)
    made.__qualname__ = ours.__qualname__
    return made


def fresh(one: dataclasses.Field[Any]) -> Any:
    return dataclasses.field(
        default=one.default, default_factory=one.default_factory, repr=one.repr, init=one.init
    )  # type: ignore[call-overload]  # one of the two is MISSING


def outcome(work: Any) -> tuple[str, str]:
    try:
        return "ok", repr(work())
    except (TypeError, AttributeError) as error:
        return type(error).__name__, str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_behaves_as_the_dataclass_does(kind: str) -> None:
    ours, options = KINDS[kind]
    theirs = twin(ours, options)
    values = VALUES.get(ours, (1,))

    def told(made: type[Any]) -> list[tuple[str, str]]:
        one, same = made(*values), made(*values)
        first = next(iter(made.__match_args__), "nothing")
        return [
            outcome(lambda: one),
            outcome(lambda: one == same),
            outcome(lambda: one == one),
            outcome(lambda: one == 3),
            outcome(lambda: hash(one) == hash(same)),
            outcome(lambda: setattr(one, first, 5)),
            outcome(lambda: delattr(one, first)),
            outcome(lambda: made(*values, 1, 2, 3, 4)),
            outcome(lambda: made(unheard_of=1)),
            outcome(lambda: made()),
            outcome(lambda: dataclasses.replace(made(*values))),
            outcome(lambda: dataclasses.asdict(made(*values))),
            outcome(lambda: made.__match_args__),
            outcome(lambda: [one.name for one in dataclasses.fields(made)]),
        ]

    assert told(ours) == told(theirs)


def test_records_that_differ_are_not_equal() -> None:
    assert Point(1) != Point(2)
    assert Point(1, 2, {}) != Point(1, 2, {"a": 1})
    assert Alone(1) != Alone(2)
    assert Slotted(1) != Slotted(1, [2])
    assert len({Alone(1), Alone(2), Alone(1)}) == 2
    assert Itself(1) != Itself(1)


def test_each_object_gets_a_new_default_of_its_own() -> None:
    assert Slotted(1).seen is not Slotted(1).seen
    assert Point(1).tags == {}
    assert Point.y == 2
    assert not hasattr(Point, "tags")


def test_the_order_of_fields_goes_from_the_first_class_to_the_last() -> None:
    assert Longer((), "n", 3) == Longer(ends=(), name="n", width=3)
    assert repr(Longer(())) == "Longer(ends=(), name=None, width=1)"
    assert Longer(()) != Line(())


def test_slots_leave_no_room_for_more() -> None:
    one = Slotted(1)
    one.near = one
    assert repr(one) == "Slotted(x=1, seen=[], near=...)"
    with pytest.raises(AttributeError):
        one.other = 1  # type: ignore[attr-defined]  # that is the test


def test_replace_and_asdict_are_those_of_dataclasses() -> None:
    line = Line((Point(1), Point(3, 4)), "n")
    assert records.asdict(line) == dataclasses.asdict(line)
    assert records.replace(line, name="m") == dataclasses.replace(line, name="m")
    with pytest.raises(TypeError, match="width"):
        records.replace(line, width=1)


def test_a_record_can_be_sent_to_another_process_and_copied() -> None:
    line = Line((Point(1), Point(3, 4)), "n")
    slotted = Slotted(1, [2])
    assert pickle.loads(pickle.dumps(line)) == line == copy.deepcopy(line)
    assert pickle.loads(pickle.dumps(slotted)) == slotted == copy.copy(slotted)


def test_every_noun_is_a_dataclass_to_others() -> None:
    nouns = [
        noun
        for module in (model, model_verify, wire)
        for noun in vars(module).values()
        if isinstance(noun, type) and hasattr(noun, "__match_args__")
    ]
    assert len(nouns) > 25
    for noun in nouns:
        names = tuple(one.name for one in dataclasses.fields(noun))
        assert names == noun.__match_args__ == tuple(noun.__annotations__)
