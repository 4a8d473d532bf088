"""A function that a gone cell wrote anew, which did the same with other names of the page."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, played

NAMES = "a = 1\nb = 5"
FUNCTION = "def f():\n    return {}"
CLASS = "class K:\n    def value(self):\n        return {}"


def _gone(name: str, code: str, shown: str, read: str, *, of: str = "a b") -> Case:
    """What the second of two cells wrote was used, and that cell was deleted."""
    first, second = of.split()
    page = [NAMES, code.format(first), code.format(second), shown]
    edges = f"0>3 {second}, 2>3 {read}"
    return Case(name, page, delete(2), "lingering-effect c3", edges)


ANEW = [
    _gone("a function that reads another name", FUNCTION, "print(f())", "f"),
    _gone("its result is kept", FUNCTION, "z = f()\nprint(z)", "f"),
    _gone("a method that reads another name", CLASS, "print(K().value())", "K"),
    _gone("a function that is called by another", FUNCTION, "def g():\n    return f() + 1\nprint(g())", "f"),
]  # fmt: skip
ALIKE = [
    Case("written anew with the same name", [NAMES, FUNCTION.format("a"), FUNCTION.format("a"), "print(f())"], delete(2), "", "0>3 a, 2>3 f"),
    Case("both names stand for the same", ["a = 1\nb = 1", FUNCTION.format("a"), FUNCTION.format("b"), "print(f())"], delete(2), "", "0>3 b, 2>3 f"),
]  # fmt: skip
CASES = [*ANEW, *ALIKE]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_cell_is_stale_only_where_it_shows_another_value(case: Case):
    states = [cell.state for cell in played(case).report.cells]
    assert (states[-1] == "stale") == (case in ANEW)
