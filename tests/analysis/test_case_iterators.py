"""Iterators: used up by what looks through them."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, rerun

CASES = [
    Case(
        "iterator consumed",
        ["it = iter([1, 2, 3])", "print(next(it))"],
        rerun(1),
        "repeated-run c1",
        "0>1 it",
    ),
    *[
        Case(
            f"iterator consumed by {use}",
            ["it = map(str, [1, 2, 3])", use, "print(list(it))"],
            delete(1),
            "lingering-effect c2",
            "0>1 it, 0>2 it, 1>2 it",
        )
        for use in (
            "n = list(it)",
            "n = max(it)",
            "for n in it:\n    pass",
            "n, *m = it",
            "n = [x for x in it]",
            "n = [*it]",
            "n = '1' in it",
        )
    ],
    Case(
        "iterator not touched",
        ["it = map(str, [1, 2, 3])", "also = it", "print(list(it))"],
        delete(1),
        "",
        "0>1 it, 0>2 it",
    ),
    Case(
        "iterator of its own",
        ["xs = [1, 2, 3]", "print(next(iter(xs)))", "print(list(map(str, xs)))"],
        rerun(1, 2),
        "",
        "0>1 xs, 0>2 xs",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
