"""Annotations that are texts name classes and imports of the page: they move along."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.running import assert_kept

PRICE = "class Price:\n    def __repr__(self):\n        return 'P'"
TOLD = "print([t.__name__ for t in typing.get_type_hints({}).values()])"

MOVES = {
    "a class": (("import typing", PRICE, "def f(x: 'Price') -> 'Price':\n    return x", TOLD.format("f")), (2,), "class Price"),
    "an import": (("import typing\nimport decimal", "def f(x: 'decimal.Decimal'):\n    return x", TOLD.format("f")), (1,), "import decimal"),
    "inside of a list": (("import typing", PRICE, "def f(x: list['Price']):\n    return x", "print(typing.get_type_hints(f)['x'].__args__[0].__name__)"), (2,), "class Price"),
    "a field": (("import typing", PRICE, "class Item:\n    price: 'Price | None' = None", "print(Item.__annotations__)"), (2,), "class Price"),
    "a method": (("import typing", PRICE, "class Item:\n    def price(self) -> 'Price':\n        return Price()", TOLD.format("Item.price")), (2,), "class Price"),
    "a class further down": (("import typing", "def f(x: 'Price'):\n    return x", PRICE, TOLD.format("f")), (1,), "class Price"),
    "in a function of a branch": (("import typing\nn = 1", PRICE, "def g():\n    return 1\nif n:\n    def f(x: 'Price'):\n        return x\nelse:\n    f = g", TOLD.format("f") + "\nf = 0"), (2,), "class Price"),
}  # fmt: skip

STAYS = {
    "the word of a literal": (("import typing", PRICE, "def f(x: typing.Literal['Price']):\n    return x", "print(f('Price'))"), (2,), "class Price"),
    "what describes a type": (("import typing", PRICE, "def f(x: typing.Annotated[int, 'Price']):\n    return x", "print(f(1))"), (2,), "class Price"),
    "no name": (("import typing", PRICE, "def f(x: 'a Price?'):\n    return x", "print(f(1))"), (2,), "class Price"),
    "a variable": (("Price = 3", "def f(x: 'Price'):\n    return x", "print(f(1), Price)"), (1,), "Price ="),
}  # fmt: skip


@pytest.mark.parametrize("name", MOVES)
def test_what_a_text_names_moves_along(name: str, tmp_path: Path):
    cells, selection, line = MOVES[name]
    found = assert_kept(tmp_path, cells, selection)
    assert line in (found.change.files[-1].after or "")


@pytest.mark.parametrize("name", STAYS)
def test_what_is_no_name_stays(name: str, tmp_path: Path):
    cells, selection, line = STAYS[name]
    found = assert_kept(tmp_path, cells, selection)
    assert line not in (found.change.files[-1].after or "")


def test_an_import_that_a_text_still_needs_stays(tmp_path: Path):
    cells = ("import typing\nimport decimal\nd = decimal.Decimal(1)", "def f(x: 'decimal.Decimal'):\n    return x", TOLD.format("f"))  # fmt: skip
    assert_kept(tmp_path, cells, (0,))
