"""Objects changed in place: through a method, an alias, a view, a call, an element."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, nothing, rerun

CASES = [
    # --- methods and statements
    Case(
        "method mutates",
        ["a = [1]", "a.append(2)", "print(a)"],
        rerun(1),
        "repeated-run c1",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "method only reads",
        ["a = [1]", "a.index(1)", "print(a)"],
        rerun(1),
        "",
        "0>1 a, 0>2 a",
    ),
    Case(
        "dict.pop",
        ["d = {'k': 1, 'j': 2}", "d.pop('k')", "print(d)"],
        delete(1),
        "lingering-effect c2",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "dict.pop fails the second time",
        ["d = {'k': 1, 'j': 2}", "d.pop('k');", "print(d)"],
        nothing,
        "",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "dict.update of one key, again",
        ["d = {'k': 1, 'j': 2}", "d.update(k=3)", "print(d)"],
        rerun(1, 2),
        "",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "dict.update leaves the other keys",
        ["d = {'k': 1, 'j': 2}", "print(d['j'])", "d.update({'k': 3})"],
        rerun(1),
        "",
        "0>1 d, 0>2 d",
    ),
    Case(
        "dict.update of the key that is read",
        ["d = {'k': 1, 'j': 2}", "print(d['k'])", "d.update(k=3)"],
        rerun(1),
        "later-mutation c1",
        "0>1 d, 0>2 d",
    ),
    Case(
        "Counter.update adds",
        [
            "from collections import Counter\nc = Counter(a=1)",
            "c.update(a=2)",
            "print(c['a'])",
        ],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 c, 0>2 c, 1>2 c",
    ),
    Case(
        "attribute set before the object is used",
        [
            "from types import SimpleNamespace\np = SimpleNamespace(a=1, b=2)",
            "def f(p):\n    return p.a + p.b",
            "for one in (3, 4):\n    p.a = one\n    print(f(p))",
            "p.a = 9",
        ],
        rerun(2),
        "",
        "0>2 p, 0>3 p, 1>2 f",
    ),
    Case(
        "attribute set after the object is used",
        [
            "from types import SimpleNamespace\np = SimpleNamespace(a=1, b=2)",
            "def f(p):\n    return p.a + p.b",
            "for one in (3, 4):\n    print(f(p))\n    p.a = one",
        ],
        rerun(2),
        "repeated-run c2",
        "0>2 p, 1>2 f",
    ),
    Case(
        "fitted again",
        [
            "from sklearn.linear_model import LinearRegression\nm = LinearRegression()",
            "X = [[1.0], [2.0]]\ny = [1.0, 2.5]",
            "m.fit(X, y)",
            "print(m.coef_)",
        ],
        rerun(2, 2, 3),
        "",
        "0>2 m, 0>3 m, 1>2 X y, 2>3 m",
    ),
    Case(
        "fitted again with a warm start",
        [
            "from sklearn.linear_model import LogisticRegression\n"
            "m = LogisticRegression(warm_start=True, max_iter=5)",
            "X = [[1.0], [2.0], [4.0]]\ny = [0, 1, 0]",
            "m.fit(X, y)",
            "print(m.coef_)",
        ],
        rerun(2, 3),
        "repeated-run c2",
        "0>2 m, 0>3 m, 1>2 X y, 2>3 m",
    ),
    Case(
        "fitted to other data since",
        [
            "from sklearn.linear_model import LinearRegression\nm = LinearRegression()",
            "X = [[1.0], [2.0]]\ny = [1.0, 2.5]",
            "m.fit(X, y)",
            "print(m.coef_)",
        ],
        change(1, "X = [[1.0], [2.0]]\ny = [1.0, 3.5]", 2),
        "stale-input c3",
        "0>2 m, 0>3 m, 1>2 X y, 2>3 m",
    ),
    Case(
        "instance augmented keeps what it holds",
        [
            "class A:\n    def __init__(self, *a):\n        self.a = list(a)\n"
            "    def __iadd__(self, o):\n        self.a.append(o)\n        return self",
            "x = [1]\nt = A(x)",
            "t += 2",
            "x.append(5)",
            "print(t.a)",
        ],
        rerun(3, 4),
        "repeated-run c3",
        "0>1 A, 1>2 t, 1>3 x, 2>4 t, 3>4 t",
    ),
    Case(
        "dict.get",
        ["d = {'k': 1}", "d.get('k')", "print(d)"],
        delete(1),
        "",
        "0>1 d, 0>2 d",
    ),
    Case(
        "sort in place is idempotent",
        ["a = [2, 1]", "a.sort()", "print(a)"],
        rerun(1),
        "",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "reverse in place is not",
        ["a = [2, 1]", "a.reverse()", "print(a)"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "slice assigned",
        ["a = [1, 2]", "a[:1] = [7, 8]", "print(a)"],
        rerun(1),
        "repeated-run c1",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "element deleted",
        ["a = [1, 2, 3]", "del a[0]", "print(a)"],
        rerun(1),
        "repeated-run c1",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "element augmented",
        ["d = {'n': 1}", "d['n'] += 1", "print(d)"],
        rerun(1),
        "repeated-run c1",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "heap",
        ["import heapq", "h = [3]", "heapq.heappush(h, 1)", "print(h)"],
        rerun(2),
        "repeated-run c2",
        "0>2 heapq, 1>2 h, 1>3 h, 2>3 h",
    ),
    # --- aliases
    Case(
        "alias mutates",
        ["a = [1]", "b = a", "b.append(2)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 1>2 b, 0>3 a, 2>3 a",
    ),
    Case(
        "copy is not an alias",
        ["a = [1]", "b = a.copy()", "b.append(2)", "print(a)"],
        delete(2),
        "",
        "0>1 a, 1>2 b, 0>3 a",
    ),
    Case(
        "augmented alias",
        ["a = [1]", "b = a", "b += [2]", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 1>2 b, 0>3 a, 2>3 a",
    ),
    Case(
        "sum of an alias is new",
        ["a = [1]", "b = a", "b = b + [2]", "print(a)"],
        delete(2),
        "",
        "0>1 a, 1>2 b, 0>3 a",
    ),
    Case(
        "swap",
        ["a, b = [1], [2]", "a, b = b, a", "a.append(3)", "print(a, b)"],
        rerun(1, 2, 3),
        "repeated-run c1",
        "0>1 a b, 1>2 a, 1>3 a b, 2>3 a",
    ),
    # --- views
    Case(
        "view of an array",
        ["import numpy as np", "a = np.arange(4)", "v = a[:2]", "v[0] = 9", "print(a)"],
        delete(3),
        "lingering-effect c4",
        "0>1 np, 1>2 a, 2>3 v, 1>4 a, 3>4 a",
    ),
    Case(
        "copied view",
        ["import numpy as np", "a = np.arange(4)", "v = a[:2].copy()", "v[0] = 9", "print(a)"],
        delete(3),
        "",
        "0>1 np, 1>2 a, 2>3 v, 1>4 a",
    ),
    Case(
        "slice of a list is a copy",
        ["a = [1, 2, 3]", "v = a[:2]", "v.append(9)", "print(a)"],
        delete(2),
        "",
        "0>1 a, 1>2 v, 0>3 a",
    ),
    Case(
        "transposed view",
        [
            "import numpy as np\na = np.zeros((2, 2))",
            "t = a.T",
            "t[0, 1] = 9",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 1>2 t, 0>3 a, 2>3 a",
    ),
    # --- containers and copies that share
    Case(
        "element mutates",
        ["a = [[1]]", "b = a[0]", "b.append(2)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 1>2 b, 0>3 a, 2>3 a",
    ),
    Case(
        "container holds",
        ["a = [1]", "b = [a]", "a.append(2)", "print(b)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>2 a, 1>3 b, 2>3 b",
    ),
    Case(
        "changed through its container",
        ["a = [1]", "b = {'k': a}", "b['k'].append(2)", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 1>2 b, 0>3 a, 2>3 a",
    ),
    Case(
        "put into a container, then changed",
        ["a = [1]\nbox = []", "box.append(a)", "a.append(2)", "print(box)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a box, 0>2 a, 0>3 box, 1>3 box, 2>3 box",
    ),
    Case(
        "container changed, element not",
        ["a = [1]", "b = [a]", "b.append(2)", "print(a)"],
        delete(2),
        "",
        "0>1 a, 1>2 b, 0>3 a",
    ),
    *[
        Case(
            f"shallow copy: {copy}",
            ["import copy\na = [[1]]", f"b = {copy}", "b[0].append(2)", "print(a)"],
            delete(2),
            "lingering-effect c3",
            f"0>1 a{' copy' * copy.startswith('copy')}, 1>2 b, 0>3 a, 2>3 a",
        )
        for copy in ("a.copy()", "copy.copy(a)", "list(a)", "a[:]", "[*a]", "[x for x in a]")
    ],
    Case(
        "shallow copy: {**d}",
        ["d = {'k': [1]}", "e = {**d}", "e['k'].append(2)", "print(d)"],
        delete(2),
        "lingering-effect c3",
        "0>1 d, 1>2 e, 0>3 d, 2>3 d",
    ),
    Case(
        "shallow copy, itself changed",
        ["a = [[1]]", "b = list(a)", "b.append(2)", "print(a)"],
        delete(2),
        "",
        "0>1 a, 1>2 b, 0>3 a",
    ),
    Case(
        "deep copy",
        ["import copy\na = [[1]]", "b = copy.deepcopy(a)", "b[0].append(2)", "print(a)"],
        delete(2),
        "",
        "0>1 a copy, 1>2 b, 0>3 a",
    ),
    # --- loops
    *[
        Case(
            f"loop element: {loop}",
            ["d = {'k': [0]}", f"{loop}:\n    v.append(1)", "print(d)"],
            rerun(1, 2),
            "repeated-run c1",
            "0>1 d, 0>2 d, 1>2 d",
        )
        for loop in (
            "for v in d.values()",
            "for k, v in d.items()",
            "for i, (k, v) in enumerate(d.items())",
            "for v, n in zip(d.values(), range(9))",
        )
    ],
    Case(
        "loop element in a comprehension",
        ["d = {'k': [0]}", "[v.append(1) for v in d.values()];", "print(d)"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "loop element by key",
        ["d = {'k': [0]}", "for k in d:\n    d[k].append(1)", "print(d)"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "loop over copies",
        [
            "d = {'k': [0]}",
            "for v in d.values():\n    w = list(v)\n    w.append(1)",
            "print(d)",
        ],
        rerun(1, 2),
        "",
        "0>1 d, 0>2 d",
    ),
    # --- order
    Case(
        "object changed after it was shown",
        ["a = [1]", "print(a)", "a.append(2)"],
        rerun(1),
        "* c1",
        "0>1 a, 0>2 a",
    ),
    Case(
        "other object changed",
        ["a = [1]\nb = [1]", "print(a)", "b.append(2)"],
        rerun(2, 1),
        "repeated-run c2",
        "0>1 a, 0>2 b",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
