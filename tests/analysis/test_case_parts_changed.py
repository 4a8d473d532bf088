"""Methods that are called of elements, attributes and results, and functions that change what is in
their arguments: the object has other names."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, rerun

FIRST = """class Item:
    def __init__(self, n):
        self.n, self.tags, self.next = n, [n], None
    def up(self):
        self.n += 1
    def size(self):
        return self.n
    def __enter__(self):
        self.n += 1
        return self
    def __exit__(self, *problem):
        pass
def up(x):
    x.up()
def up_first(x):
    x[0].up()
def up_each(x):
    for one in x:
        one.up()
def set_first(x):
    x[0].n = 7
def set_next(x):
    x.next.n = 6
def put(x):
    x[0][0] = 6
def add(x):
    x['o'].append(6)
def grow(x):
    x.append(3)
def look(x):
    return x[0].size()
item = Item(1)
items, pair, by = [item, item], (item,), {'a': item}
other = Item(2)
other.next = item
tags = [1]
lists, named = [tags], {'o': tags}"""


def _case(
    name: str, change: str, of: str = "items", *, shown: str = "item.n", told: bool = True
) -> Case:
    """The cell that shows it runs again after the one that changes it."""
    edges = f"0>1 {shown.removesuffix('.n')}, 0>2 {of}"
    expect = "later-mutation c1" if told else ""
    return Case(name, [FIRST, shown, change], rerun(1), expect, edges)


CASES = [
    _case("of an element", "items[0].up()"),
    _case("of an element of a tuple", "pair[0].up()", "pair"),
    _case("of an item of a dict", "by['a'].up()", "by"),
    _case("of an item that is asked for", "by.get('a').up()", "by"),
    _case("of an attribute", "other.next.up()", "other"),
    _case("of the greatest", "max(items, key=lambda one: one.n).up()"),
    _case("of the next", "next(iter(items)).up()"),
    _case("of one that is taken out", "items.pop().up()"),
    _case("of one of two", "(item or other).up()", "item other"),
    _case("of an element of a new list", "[item][0].up()", "item"),
    _case("of each", "for one in items:\n    one.up()"),
    _case("an element is entered", "with items[0]:\n    pass"),
    _case("an element is given", "up(items[0])", "items up"),
    _case("an attribute is given", "up(other.next)", "other up"),
    _case("an element is given by keyword", "up(x=items[0])", "items up"),
    _case("of an element inside", "up_first(items)", "items up_first"),
    _case("of each inside", "up_each(items)", "items up_each"),
    _case("an attribute of an element inside", "set_first(items)", "items set_first"),
    _case("an attribute of an attribute inside", "set_next(other)", "other set_next"),
    _case("an element of an element inside", "put(lists)", "lists put", shown="tags"),
    _case("an item added to inside", "add(named)", "add named", shown="tags"),
    _case("an element that grows inside", "grow(lists[0])", "grow lists", shown="tags"),
    # near misses
    _case("an element is asked", "items[0].size()", told=False),
    _case("an element is asked inside", "look(items)", "items look", told=False),
    _case("the list is measured", "len(items)", told=False),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
