"""Code that looks at where it stands: frames, traces, texts that are evaluated, what a cell shows,
tests that are run. It is refused; the nearest harmless code beside it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.refusing import Case, assert_near_miss_kept, assert_refused

CASES = {
    "frame": Case(
        ("import sys", "n = sys._getframe().f_lineno"), (1,), "c1", 1,
        "`_getframe` looks at the frame that it is called from.",
        ("import sys", "n = sys.maxsize"),
    ),
    "frames of inspect": Case(
        ("import inspect", "n = len(inspect.stack())"), (1,), "c1", 1,
        "`stack` looks at the frame that it is called from.",
        ("import numpy as np", "n = np.stack([np.zeros(2)]).sum()"),
    ),
    "frames by another name": Case(
        ("from inspect import stack as frames", "n = len(frames())"), (1,), "c1", 1,
        "`stack` looks at the frame that it is called from.",
        ("import pandas as pd\ndf = pd.DataFrame({'a': [1]})", "n = df.stack().sum()"),
    ),
    "a trace as text": Case(
        ("import traceback\na = 0", "try:\n    1 / a\nexcept ZeroDivisionError:\n    print(traceback.format_exc())"), (1,), "c1", 4,
        "`format_exc` tells where the code stands, which would be elsewhere.",
        ("import traceback\na = 0", "try:\n    1 / a\nexcept ZeroDivisionError as e:\n    print(e)"),
    ),
    "text evaluated in the frame": Case(
        ("class T:\n    def query(self, text):\n        return text\nq = 'a'\nt = T()", "r = t.query(q)"), (1,), "c1", 1,
        "`query` evaluates a text that is not written here.",
        ("class T:\n    def query(self, text):\n        return text\nq = 'a'\nt = T()", "r = t.query('a')"),
    ),
    "text evaluated in a comprehension": Case(
        ("class T:\n    def query(self, text):\n        return text\nk = [2]\nt = T()", "r = [t.query('@k') for _ in 'ab']"), (1,), "c1", 1,
        "A text inside of a function or comprehension may look up `k`.",
        ("class T:\n    def query(self, text):\n        return text\nk = [2]\nt = T()", "r = [t.query('@x') for _ in 'ab']"),
    ),
    "text evaluated in a lambda": Case(
        ("class T:\n    def query(self, text):\n        return text\nt = T()", "k = 2\nr = (lambda: t.query('@k'))()", "print(r)"), (1,), "c1", 2,
        "A text inside of a function or comprehension may look up `k`.",
        ("class T:\n    def query(self, text):\n        return text\nt = T()", "k = 2\nr = t.query('@k')", "print(r)"),
    ),
    "values shown in the middle of a cell": Case(
        ("%config InteractiveShell.ast_node_interactivity = 'all'\na = [1]", "n = len(a)\nn\nm = n + 1", "print(m)"), (1,), "c1", 2,
        "Line 2 shows its value, as [1] sets it, and a function cannot.",
        ("%config InteractiveShell.ast_node_interactivity = 'all'\na = [1]", "n = len(a)\nprint(n)\nm = n + 1", "print(m)"),
    ),
    "values shown in a loop": Case(
        ("%config InteractiveShell.ast_node_interactivity = 'all'\na = [1]", "for n in a:\n    n\nm = 2", "print(m)\nn = 0"), (1,), "c1", 2,
        "Line 2 shows its value, as [1] sets it, and a function cannot.",
        ("%config InteractiveShell.ast_node_interactivity = 'last_expr'\na = [1]", "for n in a:\n    n\nm = 2", "print(m)\nn = 0"),
    ),
    "assignments that are shown": Case(
        ("%config InteractiveShell.ast_node_interactivity = 'last_expr_or_assign'\na = [1]", "m = len(a)", "print(m)"), (1,), "c1", None,
        "[1] sets what is shown of a cell, and more than its last value may be.",
        ("%config InteractiveShell.ast_node_interactivity = 'none'\na = [1]", "m = len(a)", "print(m)"),
    ),
    "a function with examples that are run": Case(
        ("import doctest", "def f():\n    '>>> f() is 1'\n    return 1", "n = doctest.testmod().attempted"), (1,), "c1", 1,
        "[3] runs the notebook's own tests: `f` is none then.",
        ("import doctest", "def f():\n    'One.'\n    return 1", "n = doctest.testmod(verbose=False)"),
    ),
    "tests that are run": Case(
        ("import unittest", "class T(unittest.TestCase):\n    def test(self):\n        self.fail()", "unittest.main(argv=['t'], exit=False);"), (1,), "c1", 1,
        "[3] runs the notebook's own tests: `T` is none then.",
        ("import unittest", "class T(unittest.TestCase):\n    def test(self):\n        self.fail()", "n = unittest.TestSuite().countTestCases()"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_refused(case: str, tmp_path: Path):
    assert_refused(tmp_path, CASES[case])


@pytest.mark.parametrize("case", CASES)
def test_near_miss_is_kept(case: str, tmp_path: Path):
    assert_near_miss_kept(tmp_path, CASES[case])
