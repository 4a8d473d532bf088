"""Functions with a decorator of the page: one that surely calls them, one that may not."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete

GONE, MAYBE = "deleted-definition c3 certain", "deleted-definition c3"
LOGGED = "from functools import wraps\ndef told(function):\n    @wraps(function)\n    def wrapper(*args):\n        print('call')\n        return function(*args)\n    return wrapper"
TIMED = "def told(function):\n    def wrapper(value):\n        try:\n            return function(value)\n        finally:\n            print('done')\n    return wrapper"
SOMETIMES = "def told(function):\n    def wrapper(value):\n        return value or function(value)\n    return wrapper"
CACHED = "def told(function):\n    kept = {16: 1}\n    def wrapper(value):\n        if value in kept:\n            return kept[value]\n        return function(value)\n    return wrapper"
TRIED = "def told(function):\n    def wrapper(value):\n        try:\n            return function(value)\n        except Exception:\n            return 0\n    return wrapper"
NEVER = "def told(function):\n    def wrapper(value):\n        return 0\n    return wrapper"
OTHER = "def told(function):\n    return abs"
SAME = "known = []\ndef told(function):\n    known.append(function)\n    return function"
ANOTHER = "def told(function):\n    function = abs\n    def wrapper(value):\n        return function(value)\n    return wrapper"
TIMES = "def times(n):\n    def told(function):\n        def wrapper(value):\n            return [function(value) for _ in range(n)]\n        return wrapper\n    return told"
ADDS = "@told\ndef convert(value):\n    return value + factor"
GO = "def go():\n    return convert(16)\ngo()"
EDGES = "0>3 factor, 1>2 told, 2>3 convert"
WRAPS = EDGES.replace("told", "told wraps")


def _case(name: str, decorator: str, expect: str, call: str = "convert(16)", edges: str = EDGES) -> Case:  # fmt: skip
    return Case(name, ["factor = 9", decorator, ADDS, call], delete(0), expect, edges)


CASES = [
    _case("surely called", LOGGED, GONE, edges=WRAPS),
    _case("surely called in a try", TIMED, GONE),
    _case("surely called, in a function", LOGGED, GONE, GO, WRAPS),
    _case("perhaps called", SOMETIMES, MAYBE),
    _case("kept before", CACHED, MAYBE),
    _case("its errors are caught", TRIED, MAYBE),
    _case("never called", NEVER, MAYBE),
    _case("never called, in a function", NEVER, MAYBE, GO),
    _case("exchanged", OTHER, MAYBE),
    _case("exchanged inside", ANOTHER, MAYBE),
    _case("handed back", SAME, GONE, edges=EDGES.replace("told", "known told")),
    Case("made by a call", ["factor = 9", TIMES, ADDS.replace("told", "times(2)"), "convert(16)"], delete(0), GONE, EDGES.replace("told", "times")),
    Case("made by a call, for nothing", ["factor = 9", TIMES, ADDS.replace("told", "times(0)"), "print(1)"], delete(0), "", "1>2 times"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
