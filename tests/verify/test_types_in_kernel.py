"""What the script says of types; it runs nothing of the person's own."""

from __future__ import annotations

import collections
import decimal
import fractions
import json
import types as kinds
from typing import Any

import pytest

from jupyter_prodready.verify.types_in_kernel import MOST_ELEMENTS, types


class Angry(type):
    """A metaclass whose every answer is an error."""

    def __getattribute__(cls, name: str) -> Any:
        raise AssertionError(name)


class Lying:
    @property
    def __class__(self) -> type:  # type: ignore[override]
        raise AssertionError

    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(name)


class Own(list):  # type: ignore[type-arg]
    def __len__(self) -> int:
        raise AssertionError


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "bool"), (3, "int"), (1.5, "float"), ("a", "str"), (b"", "bytes"), (None, "None"), (1j, "complex"),
        ([], "list"), (["a", "b"], "list[str]"), (["a", 1], "list"), ([True, 1], "list"), ([[1]], "list"),
        ((1, 2), "tuple[int, ...]"), ({1}, "set[int]"), (frozenset("a"), "frozenset[str]"),
        ({"a": 1}, "dict[str, int]"), ({"a": 1, "b": None}, "dict"), ({}, "dict"),
        ([0] * MOST_ELEMENTS, "list[int]"), ([0] * (MOST_ELEMENTS + 1), "list"),
        (decimal.Decimal(1), "decimal.Decimal"), (fractions.Fraction(1), "fractions.Fraction"),
        (collections.OrderedDict(), "collections.OrderedDict"),
        (len, None), (lambda: 1, None),
        ((i for i in ()), None), (kinds, None), (kinds.SimpleNamespace(), "types.SimpleNamespace"),
    ],
)  # fmt: skip
def test_in_words(value: Any, expected: str | None):
    assert json.loads(types({"x": value}, ["x", "absent"])) == {"x": expected}


def test_nothing_of_the_persons_own_is_run():
    space = {"a": Lying(), "b": Own([1]), "c": Angry("A", (), {})}
    found = json.loads(types(space, ["a", "b", "c"]))
    assert found == {"a": f"{__name__}.Lying", "b": f"{__name__}.Own", "c": f"{__name__}.Angry"}


def test_libraries_by_the_name_that_people_use():
    pandas = pytest.importorskip("pandas")
    numpy = pytest.importorskip("numpy")
    space = {
        "df": pandas.DataFrame(),
        "s": pandas.Series([1]),
        "a": numpy.array([1]),
        "n": numpy.float64(1),
    }
    assert json.loads(types(space, list(space))) == {
        "df": "pandas.DataFrame",
        "s": "pandas.Series",
        "a": "numpy.ndarray",
        "n": "numpy.float64",
    }
