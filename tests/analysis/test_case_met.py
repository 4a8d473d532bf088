"""Methods that run though nothing calls them: ``__iter__``, and properties, of what is known."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete

GONE, MAYBE = "deleted-definition c3 certain", "deleted-definition c3"
BILL = "class Bill:\n    def __init__(self, n):\n        self.n = n\n    @property\n    def late(self):\n        return self.n > grace\n    @classmethod\n    def due(cls):\n        return grace"
SHOP = "class Shop:\n    def __iter__(self):\n        yield 1\n        yield grace\n    def __len__(self):\n        return 1"
LIST = "class Shop:\n    def __iter__(self):\n        return iter([grace])"
BILLS, ONE, MADE = "bills = [Bill(1), Bill(5)]", "bill = Bill(1)", "shop = Shop()"
OTHERS = "class Free:\n    late = False\nbills = [Free(), Bill(5)]"


def _case(name: str, defined: str, made: str, used: str, expect: str) -> Case:
    owner, held = ("Shop", "shop") if made is MADE else ("Bill", "bill" if made is ONE else "bills")
    edges = f"0>3 grace, 1>2 {owner}, 2>3 {held}"
    return Case(name, ["grace = 3", defined, made, used], delete(0), expect, edges)


CASES = [
    _case("property of each in a loop", BILL, BILLS, "for one in bills:\n    if one.late:\n        one.n = 0", GONE),
    _case("property of each in a list", BILL, BILLS, "print([one.late for one in bills])", GONE),
    _case("property of each, counted", BILL, BILLS, "sum(one.late for one in bills)", GONE),
    _case("property of each, to filter by", BILL, BILLS, "[one.n for one in bills if one.late]", GONE),
    _case("property of each, perhaps", BILL, BILLS, "[one.n for one in bills if one.n > 9 and one.late]", MAYBE),
    _case("property of each, for later", BILL, BILLS, "kept = (one.late for one in bills)\nkept.close()", MAYBE),
    _case("property of each, behind a break", BILL, BILLS, "for one in bills:\n    if one.n:\n        break\n    print(one.late)", MAYBE),
    _case("class method of each that is named alone", BILL, BILLS, "len([one.due for one in bills])", MAYBE),
    Case("property of one of two classes", ["grace = 3", BILL, OTHERS, "print([one.late for one in bills[:1]])"], delete(0), "deleted-definition c3", "0>3 grace, 1>2 Bill, 2>3 bills"),
    _case("property of one", BILL, ONE, "print(bill.late)", GONE),
    _case("property of one, perhaps", BILL, ONE, "print(bill.n > 9 and bill.late)", MAYBE),
    _case("instance gone through", SHOP, MADE, "for price in shop:\n    print(price)", GONE),
    _case("instance in a list", SHOP, MADE, "list(shop)", GONE),
    _case("instance asked for its first", SHOP, MADE, "for price in shop:\n    print(price)\n    break", MAYBE),
    _case("instance that gives a list asked for its first", LIST, MADE, "for price in shop:\n    print(price)\n    break", GONE),
    _case("instance that tells what is in it", LIST + "\n    def __contains__(self, one):\n        return True", MADE, "1 in shop", MAYBE),
    _case("instance that may be gone through", LIST, MADE, "[] or 1 or list(shop)", MAYBE),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
