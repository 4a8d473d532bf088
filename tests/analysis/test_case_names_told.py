"""Code that asks which names there are."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, nothing, rerun

SHOWN = "print(sorted(n for n in dir() if n[0] != '_'))"
CASES = [
    Case("all names, one more below", ["a = 1", SHOWN, "b = 2"], rerun(1), "out-of-order-run c1", "0>1 a"),
    Case("all names, one is gone", ["a = 1", SHOWN, "b = 2"], delete(0), "lingering-effect c1", "0>1 a"),
    Case("keys of locals", ["a = 1", "sorted(k for k in locals().keys() if k[0] != '_')", "b = 2"], rerun(1), "out-of-order-run c1", "0>1 a"),
    Case("list of vars", ["a = 1", "[k for k in list(vars()) if k[0] != '_']", "b = 2"], rerun(1), "out-of-order-run c1", "0>1 a"),
    Case("one name", ["a = 1", "'b' in globals()", "b = 2"], rerun(1), "out-of-order-run c1", ""),
    Case("one name in a test", ["a = 1", "if 'b' not in globals():\n    print('no b')", "b = 2"], rerun(1), "out-of-order-run c1", ""),
    Case("one name in a function", ["def has():\n    return 'b' in globals()", "has()", "b = 2"], rerun(1), "out-of-order-run c1", "0>1 has"),
    Case("one name that is removed", ["b = 3", "print('b' in globals())", "del b"], rerun(1), "repeated-run c1|out-of-order-run c1", "0>1 b, 0>2 b"),
    Case("in order", ["a = 1", SHOWN, "b = 2\nprint('c' in globals())"], nothing, "", "0>1 a"),
    Case("one name, another more", ["a = 1", "'a' in globals()", "b = 2"], rerun(1), "", "0>1 a"),
    Case("again with the same names", ["a = 1", SHOWN, "a += 1"], rerun(1), "", "0>1 a, 0>2 a"),
    Case("names of an object", ["a = [1]", "len(dir(a)) > 3", "b = 2"], rerun(1), "", "0>1 a"),
    Case("names of a function", ["def f(a):\n    return sorted(locals())", "f(1)", "b = 2"], rerun(1), "", "0>1 f"),
    Case("a name that is made unless it is there", ["if 'x' not in dir():\n    x = 1\n    z = 2", "x + z", "y = 2"], rerun(0, 1), "", "0>1 x z"),
    Case("a name that is removed if it is there", ["b = 3", "if 'b' in globals():\n    del b", "c = 1"], rerun(1), "", "0>1 b"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
