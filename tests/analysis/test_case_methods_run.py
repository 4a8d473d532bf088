"""Which methods of instances run where these stand in lists, dicts and attributes of others."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change

ITEM = """class Item:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return f"item {goal}"
    def __add__(self, other):
        return goal
    def __lt__(self, other):
        return (self.n > other.n) == (goal > 3)
    def left(self):
        return goal - self.n
    @property
    def late(self):
        return self.n < goal - 2
    @property
    def later(self):
        return self.late"""
MADE = "one = Item(1)\nitems = [one, Item(2)]\nkept = {'k': items[0]}"
DIRECT = "items = [Item(1), Item(2)]\nkept = {'k': items[0]}"


def _use(name: str, use: str, reads: str, *, made: str = MADE, told: bool = True) -> Case:
    expect, edge = ("stale-input c3", "0>3 goal, ") if told else ("", "")
    page = ["goal = 3", ITEM, made, use]
    return Case(name, page, change(0, "goal = 4"), expect, f"{edge}1>2 Item, 2>3 {reads}")


CASES = [
    _use("an element is shown", "items[0]", "items"),
    _use("an element of a list of new ones is shown", "items[0]", "items", made=DIRECT),
    _use("an element in a tuple is shown", "items[0], 1", "items", made=DIRECT),
    _use("an element is added to", "items[0] + 1", "items", made=DIRECT),
    _use("an element is taken out and shown", "items.pop()", "items", made=DIRECT),
    _use("a part of a list is shown", "items[:1]", "items", made=DIRECT),
    _use("a copy of a list is shown", "items.copy()", "items", made=DIRECT),
    _use("an item of a dict is shown", "kept.get('k')", "kept", made=DIRECT),
    _use("items of a dict are added to", "[v + 1 for v in kept.values()]", "kept", made=DIRECT),
    _use("items of a dict are formatted", "[f'{v}' for k, v in kept.items()]", "kept", made=DIRECT),
    _use("elements are compared", "sorted(items)[0].n", "items"),
    _use("the greatest is asked for", "max(items).n", "items"),
    _use("elements are sorted in place", "items.sort()\nitems[0].n", "items"),
    _use("a key asks a method of each", "max(items, key=lambda one: -one.n * (3.5 - goal) - 0 * one.left()).n", "items"),
    _use("a property of each", "[one.late for one in items]", "items"),
    _use("each is shown", "[str(one) for one in items]", "items"),
    _use("each is formatted", "[f'{one}' for one in items]", "items"),
    _use("each is added to", "[one + 1 for one in items]", "items"),
    _use("all are shown", "[*items]", "items"),
    _use("a function is run with each", "list(map(str, items))", "items"),
    _use("a lambda is run with each", "list(map(lambda one: one + 1, items))", "items"),
    _use("each is taken out and printed", "left = list(items)\nwhile left:\n    print(left.pop())", "items"),
    _use("kept in a list and shown", "new = []\nfor one in items:\n    new.append(one)\nnew", "items"),
    _use("kept by a key and shown", "by = {one.n: one for one in items}\nby", "items"),
    _use("a property alone", "one.late", "one"),
    _use("a property that a name keeps", "was = one.late\nwas", "one"),
    _use("a property that an annotated name keeps", "was: bool = one.late\nwas", "one"),
    _use("a property in a tuple", "one.late, 1", "one"),
    _use("a property of a property", "print(one.later)", "one"),
    _use("a property under another name", "same = one\nsame.late", "one"),
    # near misses: nothing that runs reads it
    _use("an attribute of each", "[one.n for one in items]", "items", told=False),
    _use("an attribute of an element", "abs(items[0].n)", "items", made=DIRECT, told=False),
    _use("an attribute alone", "abs(one.n)", "one", told=False),
    _use("an attribute that a name keeps", "was = one.n\nabs(was)", "one", told=False),
    _use("their number", "len(items)", "items", told=False),
    _use("a sum of an attribute", "sum(one.n for one in items)", "items", told=False),
    _use("the greatest by an attribute", "abs(max(items, key=lambda one: abs(one.n)).n)", "items", told=False),
    _use("sorted by an attribute", "items.sort(key=lambda one: -one.n)\nabs(items[0].n)", "items", told=False),
    _use("put into a dict", "by = {'a': items}\nlen(by['a'])", "items", told=False),
    _use("put into a list with another", "two = [one, 3]\nlen(two)", "one", told=False),
]  # fmt: skip
INSIDE = "def {}(one):\n    return {}"
CASES += [
    Case(f"a function of the page that {name}", ["goal = 3", ITEM, MADE, INSIDE.format("ask", body), "[ask(one) for one in items]"], change(0, "goal = 4"), expect, f"{edge}1>2 Item, 2>4 items, 3>4 ask")
    for name, body, expect, edge in (
        ("adds", "one + 1", "stale-input c4", "0>4 goal, "),
        ("shows", "str(one)", "stale-input c4", "0>4 goal, "),
        ("hands on", "sum([one, 1])", "stale-input c4", "0>4 goal, "),
    )
]  # fmt: skip
CASES += [
    Case("sorted by a function of the page", ["goal = 3", ITEM, MADE, INSIDE.format("ask", "-one.n"), "items.sort(key=ask)\nabs(items[0].n)"], change(0, "goal = 4"), "", "1>2 Item, 2>4 items, 3>4 ask"),
]  # fmt: skip
DATA = """from dataclasses import asdict, dataclass, replace
@dataclass
class Item:
    n: int
    @property
    def late(self):
        return self.n < goal"""
CASES += [
    Case(f"a data class, {name}", ["goal = 3", DATA, "one = Item(1)\nitems = [one, replace(one, n=5)]", use], change(0, "goal = 4"), expect, edges)
    for name, use, expect, edges in (
        ("another of it", "replace(items[0], n=7).n", "", "1>2 Item replace, 1>3 replace, 2>3 items"),
        ("as a dict", "asdict(items[0])['n']", "", "1>2 Item replace, 1>3 asdict, 2>3 items"),
        ("its property", "print(items[0].late + goal)", "stale-input c3", "0>3 goal, 1>2 Item replace, 2>3 items"),
    )
]  # fmt: skip
COUNTED = "class Item:\n    made = 0\n    def __init__(self):\n        Item.made += 1\n        self.n = 1\n"
CASES += [
    Case(f"a class of which a number is kept, and {name}", [COUNTED, "one = Item()", "one.n"], change(0, f"{COUNTED}{look}"), expect, "0>1 Item, 1>2 one")
    for name, look, expect in (
        ("its type", "type(Item)", ""),
        ("itself is printed", "print(Item)", ""),
        ("another is made", "Item().n", "stale-input c1"),
        ("another is made beside a look", "print(Item is None, Item().n)", "stale-input c1"),
        ("it is called by what it is given to", "print(Item is None, list(map(lambda f: f().n, [Item])))", "stale-input c1"),
    )
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
