"""Annotations: read when they are evaluated, which a page can put off."""

from __future__ import annotations

import sys

import pytest

from .cases import Case, assert_case, change, delete, each, nothing

CASES = [
    Case(
        "annotations put off by a cell above",
        ["T = int", "from __future__ import annotations", "def f(x: T):\n    return x", "f(1)"],
        delete(0),
        "",
        "2>3 f",
    ),
    Case(
        "annotation of a local is not read",
        ["def f():\n    x: Missing = 1\n    return x", "print(f())"],
        nothing,
        "",
        "0>1 f",
    ),
]
EAGER_ANNOTATIONS = [
    Case(
        "annotation is read",
        ["T = int", "def f(x: T):\n    return x", "print(f(1))"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 T, 1>2 f",
    ),
    Case(
        "annotation of a variable",
        ["T = int", "x: T = 1", "print(x)"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 T, 1>2 x",
    ),
    Case(
        "annotation that is put off no more",
        [
            "from __future__ import annotations",
            "class N:\n    def add(self, other: N):\n        return 1",
            "print(N().add(N()))",
        ],
        change(0, "import math"),
        "definition-below c1 certain",
        "1>2 N",
    ),
]
if sys.version_info < (3, 14):  # from then on an annotation is evaluated when it is asked for
    CASES += EAGER_ANNOTATIONS


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
