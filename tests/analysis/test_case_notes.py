"""Docstrings and annotations: what is said about a function changes nothing that it does."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, each, edit

F = "def f(x, n=1):\n    return x * n"
USED = "import numpy as np\nprint(np.ones(f(2)))"
CLASS = "class C:\n    def go(self):\n        return 2"
DATA = "from dataclasses import dataclass\n@dataclass\nclass D:\n    n: int = 1"

CASES = [
    Case(
        "docstring and annotations of a function",
        [F, USED],
        change(0, "def f(x: int, n: int = 1) -> int:\n    'Twice.'\n    return x * n"),
        "",
        "0>1 f",
    ),
    Case(
        "docstring of a function, not run",
        [F, USED],
        edit(0, "def f(x, n=1):\n    'Twice.'\n    return x * n"),
        "edited-since-run c0",
        "0>1 f",
    ),
    Case(
        "default beside an annotation",
        [F, USED],
        change(0, "def f(x: int, n: int = 2) -> int:\n    return x * n"),
        "stale-input c1",
        "0>1 f",
    ),
    Case(
        "docstring that is shown",
        [F, "print(f.__doc__)"],
        change(0, "def f(x, n=1):\n    'Twice.'\n    return x * n"),
        "stale-input c1",
        "0>1 f",
    ),
    Case(
        "annotations that are shown",
        [F, "import inspect\nprint(inspect.signature(f))"],
        change(0, "def f(x, n: int = 1):\n    return x * n"),
        "stale-input c1",
        "0>1 f",
    ),
    Case(
        "docstrings of a class and its methods",
        [CLASS, "c = C()", "import numpy as np\nprint(np.ones(c.go()))"],
        change(0, "class C:\n    'A.'\n    def go(self) -> int:\n        'B.'\n        return 2"),
        "",
        "0>1 C, 1>2 c",
    ),
    Case(
        "annotation of a dataclass's field",
        [DATA, "print(D.__dataclass_fields__['n'].type)"],
        change(0, DATA.replace("int", "float")),
        "stale-input c1",
        "0>1 D",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
