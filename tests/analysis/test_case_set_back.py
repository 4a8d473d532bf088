"""Blocks that leave things as they were, values that are set again, methods that nothing runs."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, rerun

READ = "def read():\n    return 1 if Unit.now == 'C' else 2"
UNIT = (
    "class Unit:\n    now = 'C'\n"
    "    def __enter__(self):\n        {enter}\n"
    "    def __exit__(self, *problem):\n        {leave}"
)
BACK = UNIT.format(enter="self.before, Unit.now = Unit.now, 'F'", leave="Unit.now = self.before")
MANAGED = (
    "from contextlib import contextmanager\nclass Unit:\n    now = 'C'\n@contextmanager\n"
    "def abroad():\n    before = Unit.now\n    Unit.now = Unit.now + 'F'\n{body}"
)
FINALLY = "    try:\n        yield\n    finally:\n        Unit.now = before"
BLOCK = "with {}:\n    print(read())"
BILLS = "class Bill:\n    def __init__(self, n):\n        self.n, self.paid = n, False\nbills = [Bill(1), Bill(2)]"
PAID = "[one.paid for one in bills]"
BOX = (
    "class Box:\n    def __init__(self, xs):\n        self.xs = xs\n"
    "    def __len__(self):\n        return len(self.xs)\n"
    "    def __iter__(self):\n        return (x * rate for x in self.xs)\n"
    "    def size(self):\n        return {size}\n"
    "    def itself(self):\n        return self\n"
    "    @staticmethod\n    def price(x):\n        return x * rate"
)
COUNTS = "def make(v):\n    def read():\n        nonlocal v\n        v += 1\n        return v\n    def status():\n        return v\n    return read, status"
EVER = "def ever(read):\n    while True:\n        yield read()"


def _unit(name: str, defined: str, block: str, expect: str, edges: str) -> Case:
    return Case(name, [defined, READ, BLOCK.format(block), "read()"], rerun(2), expect, edges)


def _box(name: str, size: str, use: str, *, runs_rate: bool) -> Case:
    expect, edge = ("stale-input c3", "0>3 rate, ") if runs_rate else ("", "")
    page = ["rate = 2", BOX.format(size=size), "box = Box([1, 2])", use]
    return Case(name, page, change(0, "rate = 3"), expect, f"{edge}1>2 Box, 2>3 box")


_AGAIN = "repeated-run c2"
_USED = "0>2 Unit, 1>2 read, 0>3 Unit, 1>3 read"
_CHANGED = "0>2 Unit, 0>3 Unit, 1>2 read, 1>3 read, 2>3 Unit"
OPENED = "class Account:\n    opened = 0\n    def __init__(self, n):\n        self.n = n\n        Account.opened += 1\n    def put(self, n):\n        self.n += n\n        return self\n    def size(self):\n        return self.n"
CASES = [
    Case("handed back, and another made by the class", [OPENED, "ada, bob = Account(1), Account(2)", "print(ada.put(30).n)", "bob.size()"], rerun(2, 3), "repeated-run c2", "0>1 Account, 1>2 ada, 1>3 bob"),
    _unit("set back by its class", BACK, "Unit()", "", _USED),
    _unit("set back and more done", UNIT.format(enter="self.before = Unit.now\n        Unit.now = 'F'", leave="print('out')\n        Unit.now = self.before\n        return False"), "Unit()", "", _USED),
    _unit("set to another value", UNIT.format(enter="self.before, Unit.now = Unit.now, 'F'", leave="Unit.now = self.before + 'F'"), "Unit()", _AGAIN, _CHANGED),
    _unit("set back under a condition", UNIT.format(enter="self.before, Unit.now = Unit.now, 'F'", leave="if problem[0]:\n            Unit.now = self.before"), "Unit()", _AGAIN, _CHANGED),
    _unit("kept when it was changed", UNIT.format(enter="Unit.now = Unit.now + 'F'\n        self.before = Unit.now", leave="Unit.now = self.before"), "Unit()", _AGAIN, _CHANGED),
    _unit("set back by a function", MANAGED.format(body=FINALLY), "abroad()", "", "0>2 Unit abroad, 0>3 Unit, 1>2 read, 1>3 read"),
    _unit("set back by nothing", MANAGED.format(body="    yield"), "abroad()", _AGAIN, "0>2 Unit abroad, 0>3 Unit, 1>2 read, 1>3 read, 2>3 Unit"),
    Case("entered by hand", [BACK, READ, "from contextlib import ExitStack\nstack = ExitStack()", "stack.enter_context(Unit());", "read()"], rerun(3), "repeated-run c3", "0>3 Unit, 0>4 Unit, 1>4 read, 2>3 stack, 3>4 Unit"),
    Case("left in the middle", [BACK, READ, "def parts():\n    with Unit():\n        yield read()\n        yield read()", "part = parts()\nnext(part)", "read()"], lambda session: session.move(4, 3), "later-mutation c4", "0>3 Unit, 0>4 Unit, 1>3 read, 1>4 read, 2>3 parts, 3>4 Unit"),
    Case("set again to the same", [f"{BILLS}\nworst = bills[1]", "worst.paid = True", PAID], rerun(1, 2), "", "0>1 worst, 0>2 bills, 1>2 bills"),
    Case("set again to another", [f"{BILLS}\nvalue = 1", "worst = bills[0]", "worst.paid = value", PAID, "value = 2"], rerun(2, 3), "out-of-order-run c2, repeated-run c2", "0>1 bills, 0>2 value, 0>3 bills, 1>2 worst, 2>3 bills"),
    _box("the length is counted", "len(self)", "len(box)", runs_rate=False),
    _box("the size is the length", "len(self)", "box.size()", runs_rate=False),
    _box("the size goes through it", "sum(1 for x in self)", "box.size()", runs_rate=True),
    _box("the size is of another", "len(list(iter(self)))", "box.size()", runs_rate=True),
    _box("gone through", "0", "[x for x in box]", runs_rate=True),
    _box("handed back and gone through", "0", "list(box.itself())", runs_rate=True),
    _box("handed back and asked", "0", "box.itself().price(1)", runs_rate=True),
    _box("handed on", "0", "[box][0].price(1)", runs_rate=True),
    _box("a length compared", "0", "len(box) > 1", runs_rate=False),
    Case("a generator calls what counts", [COUNTS, "read, status = make(1)", EVER, "stream = ever(read)", "next(stream)", "read()"], rerun(4, 5), "repeated-run c4, repeated-run c5", "0>1 make, 1>3 read, 1>5 read, 2>3 ever, 3>4 stream, 3>5 read, 4>5 read"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
