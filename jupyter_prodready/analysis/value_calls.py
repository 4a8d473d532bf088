"""What is really called where values are followed: operators, builtins, methods of Python's own
types and a few functions of its library, each with what it must not be given.

What would take long or much memory is refused before it is done: a text, a list, a number stay
small. A set has no order that could be relied upon.
"""

from __future__ import annotations

import ast
import operator
import re
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

MOST_ITEMS = 1000
MOST_TEXT = 5000
MOST_NUMBER = 10**30
MOST_DIGITS = 30
_WIDE = re.compile(r"\d{4}|\*")
_OF_DATE = re.compile(r"(%[YmdHMSj]|[-:/. T])*")
_FIELD = re.compile(r"\{\w*(:[^{}]*)?\}")


class Unknown(Exception):
    """Raised where a value does not follow from literals, or not soon enough."""


class Stream:
    """An iterator over known values, which every use shortens."""

    def __init__(self, items: Sequence[Any]) -> None:
        self.items = list(items)

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if not self.items:
            raise StopIteration
        return self.items.pop(0)


def small(value: Any) -> Any:
    """The value, if it is one that may be gone on with."""
    if type(value) is int and -MOST_NUMBER < value < MOST_NUMBER:
        return value
    if isinstance(value, (str, bytes)):
        fits = len(value) <= MOST_TEXT
    elif isinstance(value, (list, tuple, dict, set, frozenset, range, deque)):
        fits = len(value) <= MOST_ITEMS
    elif isinstance(value, int):
        fits = abs(value) < MOST_NUMBER
    elif isinstance(value, Fraction):
        fits = max(abs(value.numerator), value.denominator) < MOST_NUMBER
    elif isinstance(value, Decimal):
        fits = not value.is_finite() or abs(value.adjusted()) < MOST_DIGITS
    else:
        fits = True
    if not fits:
        raise Unknown
    return value


def ordered(value: Any) -> Any:
    """The value, if what it gives one after the other has an order of its own."""
    if isinstance(value, (set, frozenset)) and len(value) > 1:
        raise Unknown
    return value


# --- operators --------------------------------------------------------------------------


def _times(one: Any, two: Any) -> Any:
    for many, count in ((one, two), (two, one)):
        if isinstance(many, (str, bytes, list, tuple)) and len(many) * count > MOST_ITEMS:
            raise Unknown
    return one * two


def _power(one: Any, two: Any) -> Any:
    if abs(two) > 64 or abs(one) > 10**6:
        raise Unknown
    return one**two


def _modulo(one: Any, two: Any) -> Any:
    if isinstance(one, (str, bytes)) and _WIDE.search(str(one)):
        raise Unknown
    return one % two


OPERATORS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: _times, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: _modulo, ast.Pow: _power, ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_, ast.BitXor: operator.xor,
}  # fmt: skip
IN_PLACE: Mapping[type, Callable[[Any, Any], Any]] = {
    **OPERATORS, ast.Add: operator.iadd, ast.Sub: operator.isub, ast.BitOr: operator.ior,
    ast.BitAnd: operator.iand, ast.BitXor: operator.ixor,
}  # fmt: skip
UNARY: Mapping[type, Callable[[Any], Any]] = {
    ast.UAdd: operator.pos, ast.USub: operator.neg, ast.Invert: operator.invert,
}  # fmt: skip
COMPARISONS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda one, two: one in two, ast.NotIn: lambda one, two: one not in two,
}  # fmt: skip


def formatted(value: Any, spec: str) -> str:
    if _WIDE.search(spec) or (isinstance(value, date) and not _OF_DATE.fullmatch(spec)):
        raise Unknown
    return format(value, spec)


# --- builtins ---------------------------------------------------------------------------


def _round(number: Any, digits: int | None = None) -> Any:
    if digits is not None and not -20 < digits < 20:
        raise Unknown
    return round(number, digits)


def _streaming(kind: Callable[..., Any]) -> Callable[..., Stream]:
    """``kind`` over what is there; what an iterator in it gives would not be taken at once."""

    def made(*given: Any, **options: Any) -> Stream:
        if not all(hasattr(one, "__len__") or isinstance(one, int) for one in given):
            raise Unknown
        return Stream(list(kind(*given, **options)))

    return made


BUILTINS: Mapping[str, Callable[..., Any]] = {
    **{one.__name__: one for one in (
        abs, all, any, bool, chr, dict, divmod, filter, float, frozenset, int, isinstance, len,
        list, map, max, min, next, ord, range, repr, set, sorted, str, sum, tuple, type,
    )},
    "round": _round,
    **{one.__name__: _streaming(one) for one in (enumerate, iter, reversed, zip)},
}  # fmt: skip
ERRORS: Mapping[str, type[Exception]] = {
    one.__name__: one
    for one in (
        ArithmeticError, AssertionError, AttributeError, Exception, IndexError, KeyError,
        LookupError, NameError, OverflowError, RuntimeError, StopIteration, TypeError, ValueError,
        ZeroDivisionError,
    )
}  # fmt: skip


def print_of_python(*_given: Any, **_options: Any) -> None:
    """In the place of `print`, where it is handed on; called by a builtin it would show nothing."""
    raise Unknown


CALLER = "@caller"
"""In the place of the name of a function of a module that is given iterators and functions."""
CALLING = frozenset({"filter", "map", "max", "min", "sorted", CALLER})
"""Builtins that call a function given to them."""
ON_EACH = frozenset({"abs", "bool", "float", "int", "len", "repr", "str"})
"""Builtins that may be given to those."""
READING = frozenset({"", "repr", "str"})
"""Functions whose result follows from the text of what they are given."""
OF_TYPE = frozenset({"isinstance", "type"})
_WITHOUT_ORDER = frozenset({"all", "bool", "frozenset", "isinstance", "len", "set", "type"})
_WITHOUT_KEY = frozenset({"max", "min", "sorted"})


def needs_order(name: str, options: Mapping[str, Any]) -> bool:
    """Could the result of the builtin follow from the order in which a set gives its items?"""
    return name not in _WITHOUT_ORDER and not (name in _WITHOUT_KEY and not options)


class Marker:
    """In the place of a function of a module that is given objects of the page."""

    def __init__(self, name: str) -> None:
        self.name = name


# --- methods ----------------------------------------------------------------------------


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CHANGING: Mapping[type, frozenset[str]] = {
    list: _names("append clear extend insert pop remove reverse sort"),
    dict: _names("clear pop popitem setdefault update"),
    set: _names(
        "add clear difference_update discard intersection_update remove update "
        "symmetric_difference_update"
    ),
}
_CHANGING = {
    **_CHANGING,
    Counter: _CHANGING[dict] | {"subtract"},
    OrderedDict: _CHANGING[dict] | {"move_to_end"},
    deque: _CHANGING[list] - {"sort"} | _names("appendleft extendleft popleft rotate"),
}
_LEAVING: Mapping[type, frozenset[str]] = {
    list: _names("copy count index"),
    tuple: _names("count index"),
    dict: _names("copy get items keys values"),
    set: _names(
        "copy difference intersection isdisjoint issubset issuperset symmetric_difference union"
    ),
    str: _names(
        "capitalize casefold center count endswith find format index isalnum isalpha isascii "
        "isdecimal isdigit islower isnumeric isspace istitle isupper join ljust lower lstrip "
        "partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip "
        "split splitlines startswith strip swapcase title upper zfill"
    ),
    int: _names("bit_length"),
    float: _names("is_integer"),
    bytes: _names("hex"),
    date: _names("isoformat weekday isoweekday"),
    datetime: _names("isoformat weekday isoweekday date"),
    timedelta: _names("total_seconds"),
}
_LEAVING = {
    **_LEAVING,
    Counter: _LEAVING[dict] | {"most_common", "total"},
    OrderedDict: _LEAVING[dict],
    deque: _LEAVING[list],
}
_PARTS: Mapping[type, frozenset[str]] = {
    int: _names("numerator denominator"),
    Fraction: _names("numerator denominator"),
    date: _names("year month day"),
    datetime: _names("year month day hour minute second microsecond"),
    timedelta: _names("days seconds microseconds"),
    deque: _names("maxlen"),
}


def has_part(value: Any, name: str) -> bool:
    """Has the value an attribute of that name that is a value, too?"""
    return name in _PARTS.get(type(value), ())


def changes(owner: Any, name: str) -> bool:
    """Does the method change the object that it is called on?"""
    return name in _CHANGING.get(type(owner), ())


def has_method(owner: Any, name: str) -> bool:
    """Has the value a method of that name that is known?"""
    kind = set if isinstance(owner, frozenset) else type(owner)
    return name in _LEAVING.get(kind, ()) or changes(owner, name)


def method(owner: Any, name: str, given: Sequence[Any]) -> Callable[..., Any]:
    """The method of a value, if it may be called with ``given``."""
    kind = set if isinstance(owner, frozenset) else type(owner)
    if not has_method(owner, name):
        raise Unknown
    if kind in (str, list, deque, Counter, OrderedDict):
        for one in given:
            ordered(one)
    if name == "format" and any(isinstance(one, date) for one in given):
        raise Unknown
    if name == "format" and (_WIDE.search(owner) or _FIELD.sub("", owner).count("{")):
        raise Unknown
    if kind is str and name != "join":
        if any(isinstance(one, int) and one > MOST_ITEMS for one in given):
            raise Unknown
        if name == "replace" and len(owner) * len(given[1]) > MOST_TEXT:
            raise Unknown
    found: Callable[..., Any] = getattr(owner, name)
    return found
