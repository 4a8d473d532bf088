"""Generators and coroutines: what they read is needed as far as they are asked to run."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete

GONE = "deleted-definition c2 certain"
MAYBE = "deleted-definition c2"
GIVES = "def prices(rows):\n    for row in rows:\n        yield row * rate"
LATER = "def prices(rows):\n    yield 0\n    yield rate"
FIRST = "def prices(rows):\n    factor = rate\n    for row in rows:\n        yield row * factor"
WAITS = "async def price(row):\n    return row * rate"
CLASS = "class Shop:\n    def prices(self):\n        yield 1\n        yield rate\n    def first(self):\n        yield rate"
MANAGER = "from contextlib import contextmanager\n@contextmanager\ndef sale(rows):\n    yield rows\n    print(rate)"
MADE = "len([prices([1])])"
EDGES = "0>2 rate, 1>2 prices"


def _case(name: str, makes: str, asks: str, expect: str, edges: str = EDGES) -> Case:
    return Case(name, ["rate = 2", makes, asks], delete(0), expect, edges)


CASES = [
    _case("made alone", GIVES, MADE, MAYBE),
    _case("asked for one", GIVES, "next(prices([1]))", GONE),
    _case("asked for the first of two", LATER, "next(prices([1]))", MAYBE),
    _case("asked for both", LATER, "list(prices([1]))", GONE),
    _case("gone through to the end", LATER, "for price in prices([1]):\n    print(price)", GONE),
    _case("gone through in part", LATER, "for price in prices([1]):\n    print(price)\n    break", MAYBE),
    _case("gone through, and left after the first", FIRST, "for price in prices([1]):\n    print(price)\n    break", GONE),
    _case("beside a shorter one", LATER, "list(zip([1], prices([1])))", MAYBE),
    _case("counted", FIRST, "sum(price for price in prices([1]) if price)", GONE),
    _case("numbered", FIRST, "[price for price in enumerate(prices([1]))]", GONE),
    _case("through a lazy line", FIRST, "kept = (price for price in prices([1]))\ndel kept", MAYBE),
    _case("counted in a function", FIRST, "def total(rows):\n    return sum(prices(rows))\ntotal([1])", GONE),
    _case("in a function that hands it out", FIRST, "def total(rows):\n    return prices(rows)\nstr(total([1]))[:7]", MAYBE),
    _case("kept, then asked for one", GIVES, "stream = prices([1])\nnext(stream)", GONE),
    _case("kept, then asked for the first of two", LATER, "stream = prices([1])\nnext(stream)", MAYBE),
    _case("kept, then used up", LATER, "stream = prices([1])\nlist(stream)", GONE),
    _case("a coroutine that nobody waits for", WAITS, "price(1).close()", MAYBE, "0>2 rate, 1>2 price"),
    _case("coroutines that are waited for", WAITS, "import asyncio\nawait asyncio.gather(*[price(row) for row in (1, 2)])", GONE, "0>2 rate, 1>2 price"),
    _case("a coroutine that is waited for", WAITS, "await price(1)", GONE, "0>2 rate, 1>2 price"),
    _case("a manager", MANAGER, "with sale(1) as one:\n    print(one)", GONE, "0>2 rate, 1>2 sale"),
    _case("a method, asked for the first of two", CLASS, "shop = Shop()\nnext(shop.prices())", MAYBE, "0>2 rate, 1>2 Shop"),
    _case("a method, used up", CLASS, "shop = Shop()\nlist(shop.prices())", GONE, "0>2 rate, 1>2 Shop"),
    _case("a method, asked for one", CLASS, "shop = Shop()\nnext(shop.first())", GONE, "0>2 rate, 1>2 Shop"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
