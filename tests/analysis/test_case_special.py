"""Special methods: they run where none is named, and change more than what is named."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each

CASES = [
    # --- special methods
    Case(
        "__call__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __call__(self):\n        self.n += 1\n        return True",
            "c = C()",
            "c()",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__enter__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __enter__(self):\n        self.n += 1\n        return self\n    def __exit__(self, *a):\n        pass",
            "c = C()",
            "with c:\n    pass",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__iter__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __iter__(self):\n        self.n += 1\n        return iter([])",
            "c = C()",
            "for _ in c:\n    pass",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__next__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __next__(self):\n        self.n += 1\n        return True",
            "c = C()",
            "next(c)",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__contains__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __contains__(self, x):\n        self.n += 1\n        return True",
            "c = C()",
            "1 in c",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__getitem__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __getitem__(self, x):\n        self.n += 1\n        return True",
            "c = C()",
            "c[1]",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__setitem__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __setitem__(self, x, y):\n        self.n += 1\n        return True",
            "c = C()",
            "c[1] = 2",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__iadd__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __iadd__(self, x):\n        self.n += 1\n        return self",
            "c = C()",
            "c += 1",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 2>3 c",
    ),
    Case(
        "__len__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __len__(self):\n        self.n += 1\n        return 1",
            "c = C()",
            "len(c)",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__add__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __add__(self, x):\n        self.n += 1\n        return True",
            "c = C()",
            "c + 1",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__str__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __str__(self):\n        self.n += 1\n        return ''",
            "c = C()",
            "str(c)",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__eq__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __eq__(self, x):\n        self.n += 1\n        return True",
            "c = C()",
            "c == 1",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__bool__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __bool__(self):\n        self.n += 1\n        return True",
            "c = C()",
            "if c:\n    pass",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__exit__ that changes its own object",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __enter__(self):\n        return self\n    def __exit__(self, *a):\n        self.n += 1",
            "c = C()",
            "with c:\n    pass",
            "print(c.n)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 C, 1>2 c, 1>3 c, 2>3 c",
    ),
    Case(
        "__call__ by way of a function",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __call__(self):\n        self.n += 1",
            "c = C()",
            "def f(g):\n    g()",
            "f(c)",
            "print(c.n)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>1 C, 1>3 c, 1>4 c, 2>3 f, 3>4 c",
    ),
    Case(
        "__call__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __call__(self):\n        return True",
            "c = C()",
            "c()",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__enter__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __enter__(self):\n        return self\n    def __exit__(self, *a):\n        pass",
            "c = C()",
            "with c:\n    pass",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__iter__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __iter__(self):\n        return iter([])",
            "c = C()",
            "for _ in c:\n    pass",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__contains__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __contains__(self, x):\n        return True",
            "c = C()",
            "1 in c",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__getitem__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __getitem__(self, x):\n        return True",
            "c = C()",
            "c[1]",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__len__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __len__(self):\n        return 1",
            "c = C()",
            "len(c)",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__add__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __add__(self, x):\n        return True",
            "c = C()",
            "c + 1",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__str__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __str__(self):\n        return ''",
            "c = C()",
            "str(c)",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__eq__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __eq__(self, x):\n        return True",
            "c = C()",
            "c == 1",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    Case(
        "__bool__ that changes nothing",
        [
            "class C:\n    def __init__(self):\n        self.n = 0\n    def __bool__(self):\n        return True",
            "c = C()",
            "if c:\n    pass",
            "print(c.n)",
        ],
        delete(2),
        "",
        "0>1 C, 1>2 c, 1>3 c",
    ),
    # --- what another use of the object would change
    Case(
        "__len__ of what __call__ changes",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def __call__(self):\n        self.n += 1\n    def __len__(self):\n        return 3",
            "b = B()",
            "print(len(b))",
            "print(b.n)",
        ],
        delete(2),
        "",
        "0>1 B, 1>2 b, 1>3 b",
    ),
    Case(
        "__iter__ of what __enter__ changes",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def __enter__(self):\n        self.n += 1\n    def __exit__(self, *a):\n        pass\n    def __iter__(self):\n        return iter([1])",
            "b = B()",
            "for x in b:\n    pass",
            "print(b.n)",
        ],
        delete(2),
        "",
        "0>1 B, 1>2 b, 1>3 b",
    ),
    Case(
        "function that calls another method than the one that changes",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def go(self):\n        self.n += 1\n    def get(self):\n        return self.n",
            "b = B()",
            "def f(x):\n    return x.get()",
            "f(b)",
            "print(b.n)",
        ],
        delete(3),
        "",
        "0>1 B, 1>3 b, 1>4 b, 2>3 f",
    ),
    Case(
        "method that looks, in a loop over instances",
        [
            "class B:\n    def __init__(self):\n        self.n = 0\n    def get(self):\n        return self.n",
            "bs = [B(), B()]",
            "for b in bs:\n    b.get()",
            "print(bs[0].n)",
        ],
        delete(2),
        "",
        "0>1 B, 1>2 bs, 1>3 bs",
    ),
    Case(
        "decorator of a module",
        [
            "import functools\ndef base():\n    return 1",
            "@functools.wraps(base)\ndef f():\n    return 2",
            "print(base())",
        ],
        delete(1),
        "",
        "0>1 base functools, 0>2 base",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
