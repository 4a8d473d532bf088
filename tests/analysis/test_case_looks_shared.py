"""What only looks like a second name; names that are gone, or read unseen."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, played, rerun

CASES = [
    # --- names that are gone, or not seen
    Case(
        "except has removed a name that was there",
        [
            "e = 2.7",
            "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    pass",
            "try:\n    print(e)\nexcept NameError:\n    print('gone')",
        ],
        delete(1),
        "lingering-effect c2",
        "0>2 e, 1>2 e",
    ),
    Case(
        "except that catches nothing has removed nothing",
        [
            "e = 2.7",
            "try:\n    n = 1\nexcept ZeroDivisionError as other:\n    pass",
            "print(e)",
        ],
        delete(1),
        "",
        "0>2 e",
    ),
    Case(
        "names read unseen: eval(s)",
        ["n = 1\ns = 'n + 1'", "n = 2", "def f():\n    return eval(s)", "print(f())"],
        delete(1),
        "",
        "0>3 s, 2>3 f",
        unseen=True,
    ),
    *[
        Case(
            f"names read by a text: {read}",
            ["n = 1\ns = 'n + 1'", "n = 2", f"def f():\n    return {read}", "print(f())"],
            delete(1),
            "lingering-effect c3",
            "1>3 n, 2>3 f",
        )
        for read in ("'{n}'.format_map(globals())", "'{n}'.format(**globals())")
    ],
    Case(
        "names read unseen, which are what they were",
        ["n = 1\ns = 'n + 1'", "def f():\n    return eval(s)", "print(f())"],
        rerun(1, 2),
        "",
        "0>2 s, 1>2 f",
    ),
    Case(
        "text of a literal names what it reads",
        ["n = 1", "def f():\n    return eval('n + 1')", "print(f())"],
        delete(0),
        "deleted-definition c2 certain",
        "0>2 n, 1>2 f",
    ),
    # --- what only looks like one
    Case(
        "greatest of numbers, counted up",
        ["xs = [1, 2, 3]", "best = max(xs)\nbest += 1", "print(best)", "print(xs)"],
        delete(2),
        "",
        "0>1 xs, 0>3 xs, 1>2 best",
    ),
    Case(
        "array made of a list",
        ["import numpy as np\nxs = [1, 2]", "b = np.asarray(xs)", "b[0] = 9", "print(xs)"],
        delete(2),
        "",
        "0>1 np xs, 0>3 xs, 1>2 b",
    ),
    Case(
        "value by its key in a loop, counted up",
        ["d = {'k': 1}", "for k in d:\n    v = d[k]\n    v += 1", "print(d)"],
        delete(1),
        "",
        "0>1 d, 0>2 d",
    ),
    Case(
        "number that got a name on the way",
        ["xs = [1, 2]", "if (n := len(xs)) > 1:\n    n += 1", "print(xs)"],
        delete(1),
        "",
        "0>1 xs, 0>2 xs",
    ),
    Case(
        "default that is a number",
        ["n = 2", "def f(x, k=n):\n    k += x\n    return k", "f(1)", "print(n)"],
        delete(2),
        "",
        "0>1 n, 0>3 n, 1>2 f",
    ),
    Case(
        "keywords that are only read",
        ["def show(**kw):\n    return sorted(kw)\na = [1]", "show(x=a)", "print(a)"],
        delete(1),
        "",
        "0>1 a show, 0>2 a",
    ),
    Case(
        "number taken off a list",
        ["stack = [1, 2]\nall_ = list(stack)", "n = stack.pop()\nn += 1", "print(all_)"],
        delete(1),
        "",
        "0>1 stack, 0>2 all_",
    ),
    Case(
        "list of a map, itself changed",
        ["xs = [1]", "ys = list(map(str, xs))\nys.append('2')", "print(xs)"],
        delete(1),
        "",
        "0>1 xs, 0>2 xs",
    ),
    Case(
        "attribute by getattr, only looked at",
        [
            "from types import SimpleNamespace\na = SimpleNamespace(x=[1])",
            "b = getattr(a, 'x')",
            "print(len(b))",
            "print(a)",
        ],
        delete(2),
        "",
        "0>1 a, 0>3 a, 1>2 b",
    ),
    Case(
        "value captured by a pattern, only looked at",
        ["a = {'k': [1]}", "match a:\n    case {'k': v}:\n        n = len(v)", "print(a)"],
        delete(1),
        "",
        "0>1 a, 0>2 a",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


def test_attributes_that_every_object_has_are_never_told_as_gone() -> None:
    page = ["from types import SimpleNamespace\na = SimpleNamespace(x=1)", "a.__dict__['x'] = 2"]
    told = played(Case("attribute of every object", page, rerun(1), "", ""))
    assert [found.message for found in told.report.findings if found.certain] == []
