"""Changes and reads by ways that few pages take: special methods, ``__dict__``, texts that are filled
with all names, functions that are handed on, one object under two keys."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, both, change, delete, edit, nothing, rerun

SPACE = "import types\nns = types.SimpleNamespace(a=1)"
BY_NAME = ["name = 'x'\nother = 1", "print('{name}'.format(**locals()))"]
TEXT = ["name = 'x'", "text = '{name}'", "print(text.format_map(vars()))"]
SAME = ["x = [1]", "g = {'a': x, 'b': x, 'c': [1]}", "g['a'].append(2)", "print(g['b'])"]
MODE = "import os\nos.environ['MODE'] = '{}'"
TABLES = "import pandas as pd\ndf = pd.DataFrame({'k': [1]})\nmore = pd.DataFrame({'k': [1], 'n': ['x']})"
COUNTER = "def counter():\n    n = 0\n    def up():\n        nonlocal n\n        n += 1\n    def get():\n        return n\n    return up, get"
PURE = "def make(a):\n    def f(x):\n        return x + a\n    def g(x):\n        return x * a\n    return f, g"
CASES = [
    Case("__dict__ is updated", [SPACE, "ns.__dict__.update(a=2)", "print(ns.a)"], delete(1), "lingering-effect c2", "0>1 ns, 0>2 ns, 1>2 ns"),
    Case("a key of __dict__", [SPACE, "ns.__dict__['a'] = 9", "print(ns.a)"], delete(1), "lingering-effect c2", "0>1 ns, 0>2 ns, 1>2 ns"),
    Case("__dict__ is read", [SPACE, "ns.a = 2", "print(ns.__dict__)"], delete(1), "lingering-effect c2", "0>1 ns, 0>2 ns, 1>2 ns"),
    Case("object.__setattr__", [SPACE, "object.__setattr__(ns, 'a', 6)", "print(ns.a)"], delete(1), "lingering-effect c2", "0>1 ns, 0>2 ns, 1>2 ns"),
    Case("__setitem__", ["a = [1]", "a.__setitem__(0, 2)", "print(a)"], delete(1), "lingering-effect c2", "0>1 a, 0>2 a, 1>2 a"),
    Case("__setitem__ once more", ["a = [1]", "a.__setitem__(0, 2)", "print(a)"], rerun(1), "", "0>1 a, 0>2 a, 1>2 a"),
    Case("a text filled with locals()", BY_NAME, change(0, "name = 'y'\nother = 1"), "stale-input c1", "0>1 name"),
    Case("another name than the text has", BY_NAME, change(0, "name = 'x'\nother = 2"), "", "0>1 name"),
    Case("a text that lacks its name", ["name = 'x'", BY_NAME[1]], delete(0), "deleted-definition c1 certain", "0>1 name"),
    Case("a text that stands elsewhere", TEXT, change(0, "name = 'y'"), "", "1>2 text", unseen=True),
    Case("locals of a function", ["name = 'x'", "def f(name):\n    return '{name}'.format(**locals())", "print(f('z'))"], change(0, "name = 'y'"), "", "1>2 f"),
    Case("a text filled with its own words", ["name = 'x'", "print('{name}'.format(name=1))"], change(0, "name = 'y'"), "", ""),
    Case("one object under two keys", SAME, delete(2), "lingering-effect c3", "0>1 x, 1>2 g, 1>3 g, 2>3 g"),
    Case("another object of the dict", [*SAME[:2], "g['c'].append(2)", SAME[3]], delete(2), "", "0>1 x, 1>2 g, 1>3 g"),
    Case("a key that has another object since", [*SAME[:2], "g['b'] = [5]\ng['a'].append(2)", SAME[3]], edit(2, "g['b'] = [5]"), "edited-since-run c2", "0>1 x, 1>2 g, 1>3 g, 2>3 g"),
    Case("closures over one variable", [COUNTER, "up, get = counter()", "up()", "print(get())"], delete(2), "lingering-effect c3", "0>1 counter, 1>2 up, 1>3 get, 2>3 get"),
    Case("closures over what none of them changes", [PURE, "f, g = make(2)", "f(1)", "print(g(2))"], delete(2), "", "0>1 make, 1>2 f, 1>3 g"),
    Case("a variable that is taken", [MODE.format("a"), "m = os.environ.pop('MODE', 0)", "print(m)"], both(edit(0, MODE.format("b")), rerun(0, 1)), "stale-input c2", "0>1 os os.environ, 1>2 m"),
    Case("a merged table into which a column is put", [TABLES, "df = df.merge(more)", "df.insert(0, 'z', 1)", "print(df['n'][0])"], delete(1), "deleted-definition c3 certain", "0>1 df more, 1>2 df, 1>3 df, 2>3 df"),
    Case("a column that was put in", [TABLES, "df.insert(0, 'z', 1)", "print(df['z'][0])"], delete(1), "deleted-definition c2 certain", "0>1 df, 0>2 df, 1>2 df"),
]  # fmt: skip
CHANCE = [
    Case("a function of chance under a name", ["import random\nroll = random.random", "x = roll()", "print(x)"], rerun(1), "stale-input c2", ""),
    Case("with its arguments", ["import random\nfrom functools import partial\nroll = partial(random.randint, 1, 10**9)", "x = roll()", "print(x)"], rerun(1), "stale-input c2", ""),
    Case("the clock under a name", ["import time\nnow = time.time_ns", "x = now()", "print(x)"], rerun(1), "stale-input c2", ""),
    Case("chance for each", ["import random", "x = [*map(random.uniform, [1], [2])]", "print(x)"], rerun(1), "stale-input c2", ""),
    Case("a plain function under a name", ["import math\nroot = math.sqrt", "x = root(4)", "print(x)"], rerun(1), "", ""),
    Case("chance that nobody calls", ["import random\nroll = random.random", "x = 1", "print(x)"], nothing, "", ""),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)


@pytest.mark.parametrize("case", CHANCE, ids=lambda case: case.name)
def test_chance_under_a_name(case: Case):
    assert_case(case, answers=False)
