"""Each thing that cannot be moved exactly is refused, with line, reason and remedy; the
nearest harmless code beside it is extracted and keeps what it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.refusing import Case, assert_near_miss_kept, assert_refused
from refactor.running import extract

CASES = {
    "star import": Case(
        ("a = 1", "from math import *\nx = floor(a)"), (1,), "c1", 1,
        "This cell imports everything from `math`.",
        ("a = 1", "from math import floor\nx = floor(a)"),
    ),
    "name from a star import above": Case(
        ("from math import *", "x = floor(2.5)"), (1,), "c1", 1,
        "No line shows where `floor` comes from: `from math import *` defines names unseen ([1]).",
        ("from math import floor", "x = floor(2.5)"),
    ),
    "return": Case(
        ("a = 1", "b = a\nreturn b"), (1,), "c1", 2,
        "Line 2 is not valid outside a function: nothing extracted.",
        ("a = 1", "def f(a):\n    return a\nb = f(a)"),
    ),
    "break": Case(
        ("a = 1", "b = a\nif b:\n    break"), (1,), "c1", 3,
        "Line 3 is not valid outside a function: nothing extracted.",
        ("a = 1", "b = a\nwhile b:\n    break"),
    ),
    "exec": Case(
        ("a = 1", "b = a\nexec('c = b')"), (1,), "c1", 2, "`exec` runs code that I cannot see.",
        ("a = 1\ndef run(text):\n    return text", "b = a\nc = run('c = b')"),
    ),
    "eval": Case(
        ("a = 1", "b = eval('a')"), (1,), "c1", 1, "`eval` reads names that I cannot see.",
        ("import ast\na = '1'", "b = ast.literal_eval(a)"),
    ),
    "globals": Case(
        ("a = 1", "b = globals()['a']"), (1,), "c1", 1,
        "`globals` gives all variables of the notebook.",
        ("a = {'a': 1}", "b = a['a']"),
    ),
    "vars without an argument": Case(
        ("a = 1", "b = len(vars())"), (1,), "c1", 1, "`vars()` gives all variables of the notebook.",
        ("class A:\n    pass\na = A", "b = len(vars(a)) > 0"),
    ),
    "get_ipython": Case(
        ("a = 1", "b = a\nget_ipython().run_line_magic('cd', '.')"), (1,), "c1", 2,
        "`get_ipython` exists only in IPython.",
        ("a = 1", "b = a"),
    ),
    "shell line": Case(
        ("a = 1", "!ls\nb = a"), (1,), "c1", 1, "Line 1 (`!ls`) must stay in the notebook.",
        ("a = 1", "b = a"),
    ),
    "blocking magic": Case(
        ("a = 1", "b = a\n%run other.py"), (1,), "c1", 2,
        "Line 2 (`%run other.py`) must stay in the notebook.",
        ("a = 1", "%matplotlib inline\nb = a"),
    ),
    "magic between lines": Case(
        ("a = 1", "b = a\n%matplotlib inline\nc = b"), (1,), "c1", 2,
        "Line 2 (`%matplotlib inline`) stands between lines to be moved.",
        ("a = 1", "import math\n%matplotlib inline\nc = math.floor(a)"),
    ),
    "another language": Case(
        ("a = 1", "%%bash\nls"), (1,), "c1", 1,
        "`%%bash` makes this cell another language than Python.",
        ("a = 1", "%%time\nb = a"),
    ),
    "does not parse": Case(
        ("a = 1", "b = (a"), (1,), "c1", 1, "Line 1 cannot be read: '(' was never closed.",
        ("a = 1", "b = (a)"),
    ),
    "await": Case(
        ("async def g():\n    return 1", "def f(x=await g()):\n    return x", "print(f())"), (1,), "c1", 1,
        "A module cannot `await` where it defines.",
        ("async def g():\n    return 1", "async def f():\n    return await g()", "print(await f())"),
    ),
    "global": Case(
        ("n = 0", "def bump():\n    global n\n    n += 1", "bump()"), (1,), "c1", 2,
        "A function here changes the notebook variable `n`.",
        ("n = 0", "def bump(n):\n    return n + 1", "n = bump(n)"),
    ),
    "helper writes a global": Case(
        ("n = 0", "def bump():\n    global n\n    n += 1", "bump()\nm = n"), (2,), "c1", 2,
        "A function here changes the notebook variable `n`.",
        ("n = 0", "def bump(n):\n    return n + 1", "m = bump(n)"),
    ),
    "function reads a name rebound later": Case(
        ("LIMIT = 3", "def keep(x):\n    return x > LIMIT", "LIMIT = 5", "print(keep(4))"), (1,), "c1", 2,
        "`keep` reads `LIMIT`, which [3] changes.",
        ("LIMIT = 3", "def keep(x, limit):\n    return x > limit", "LIMIT = 5", "print(keep(4, LIMIT))"),
    ),
    "function reads a variable": Case(
        ("rows = [1]", "def count(k):\n    return len(rows)", "print(*map(count, [2]))"), (1,), "c1", 2,
        "`count` reads the notebook variable `rows` from [1], and is used without a call in [3].",
        ("rows = [1]", "def count(k):\n    return len(rows)", "print(*(count(x) for x in [2]))"),
    ),
    "block rebinds what a called helper reads": Case(
        ("n = 1", "def show():\n    return n", "n = 2\nr = show()", "print(r)"), (2,), "c1", 2,
        "`show` reads `n`, which [3] changes.",
        ("n = 1", "def show(n):\n    return n", "n = 2\nr = show(n)", "print(r)"),
    ),
    "block rebinds what a function it holds reads": Case(
        ("n = 1\nfs = [lambda: n]", "n = 2\nr = fs[0]()", "print(r)"), (1,), "c1", 1,
        "`fs` reads `n`, which this cell changes.",
        ("n = 1\nfs = [lambda k: k]", "n = 2\nr = fs[0](n)", "print(r)"),
    ),
    "name only in the kernel": Case(
        ("a = 1", "b = df2"), (1,), "c1", 1,
        "`df2` exists at most in the kernel: no cell above defines it.",
        ("df2 = 1", "b = df2"),
    ),
    "name defined below": Case(
        ("a = 1", "b = c", "c = 2"), (1,), "c1", 1, "`c` is only defined further down, in [3].",
        ("c = 2", "b = c", "a = 1"),
    ),
    "generator as input": Case(
        ("gen = (i for i in range(3))", "xs = list(gen)"), (1,), "c1", 1,
        "`gen` is a generator, made in [1].",
        ("gen = [i for i in range(3)]", "xs = list(gen)"),
    ),
    "open file as input": Case(
        ("f = open('a.txt', 'w')", "n = f.write('x')", "f.close()"), (1,), "c1", 1,
        "`f` is an open file, made in [1].",
        ("md x", "with open('a.txt', 'w') as f:\n    n = f.write('x')", "f.close()"),
    ),
    "__name__": Case(
        ("a = 1", "b = __name__"), (1,), "c1", 1, "`__name__` means the notebook, a module has its own.",
        ("a = 1", "b = int.__name__"),
    ),
    "__main__": Case(
        ("a = 1", "if a == '__main__':\n    a = 2"), (1,), "c1", 1,
        "`__main__` is the notebook itself, a module is not.",
        ("a = 1", "if a == '__other__':\n    a = 2"),
    ),
    "display": Case(
        ("a = 1", "display(a)\nb = a"), (1,), "c1", 1, "`display` exists only in IPython.",
        ("from pprint import pprint as display\na = 1", "display(a)\nb = a"),
    ),
    "last output": Case(
        ("1 + 1", "b = _ + 1"), (1,), "c1", 1, "`_` exists only in IPython.",
        ("_ = 1 + 1", "b = _ + 1"),
    ),
    "maybe bound and used below": Case(
        ("a = 1", "if a:\n    b = 2", "print(b)"), (1,), "c1", 1,
        "`b` is bound on some paths only, and [3] uses it.",
        ("a = 1", "if a:\n    b = 2\nelse:\n    b = 3", "print(b)"),
    ),
    "loop variable used below": Case(
        ("xs = [1]", "for x in xs:\n    pass", "print(x)"), (1,), "c1", 1,
        "`x` is bound on some paths only, and [3] uses it.",
        ("xs = [1]\nx = 0", "for x in xs:\n    pass", "print(x)"),
    ),
    "with that may swallow": Case(
        ("import contextlib", "with contextlib.suppress(ValueError):\n    n = int('x')", "print(n)"), (1,), "c1", 1,
        "`n` is bound on some paths only, and [3] uses it.",
        ("import contextlib\nn = 0", "with contextlib.suppress(ValueError):\n    n = int('x')", "print(n)"),
    ),
    "read on one path, may not exist": Case(
        ("a = 0\nif a:\n    k = 1", "b = k if a else 0"), (1,), "c1", 1,
        "`k` may not exist yet when this cell runs.",
        ("a = 0\nk = 1", "b = k if a else 0"),
    ),
    "del of an outer name": Case(
        ("a = 1\ntmp = 2", "b = tmp\ndel tmp"), (1,), "c1", 2,
        "This cell deletes `tmp`, which comes from above.",
        ("a = 1", "tmp = a\nb = tmp\ndel tmp"),
    ),
    "rebinds an imported name": Case(
        ("from datetime import date", "date = date(2020, 1, 2).year", "print(date)"), (1,), "c1", 1,
        "`date` is an import that this cell also binds anew.",
        ("from datetime import date", "year = date(2020, 1, 2).year", "print(year)"),
    ),
    "rebinds a builtin that it reads": Case(
        ("a = [2, 1]", "sorted = sorted(a)", "print(sorted)"), (1,), "c1", 1,
        "`sorted` is a builtin that this cell also binds anew.",
        ("a = [2, 1]", "ordered = sorted(a)", "print(ordered)"),
    ),
    "conditional import": Case(
        ("try:\n    import json\nexcept ImportError:\n    json = None", "x = json.dumps(1)"), (1,), "c1", 1,
        "`json` is imported under a condition.",
        ("import json", "x = json.dumps(1)"),
    ),
    "defined twice": Case(
        ("def f(x):\n    return x", "def f(x):\n    return -x", "y = f(1)", "print(y)"), (2,), "c1", 1,
        "`f` is also bound in [1].",
        ("def g(x):\n    return x", "def f(x):\n    return -x", "y = f(1)", "print(y)"),
    ),
    "lambda kept and its name rebound": Case(
        ("k = 2", "fs = [lambda v: v * k]", "k = 3", "print(fs[0](1))\nfs = 0"), (1,), "c1", 1,
        "A function made here reads `k`, which [3] changes later.",
        ("k = 2", "fs = [lambda v, k=k: v * k]", "k = 3", "print(fs[0](1))\nfs = 0"),
    ),
    "a display in the middle": Case(
        ("a = 1", "b = a\nb", "c = b"), (1, 2), "c1", 2,
        "Line 2 of [2] shows a value that a function cannot show.",
        ("a = 1", "b = a\nb;", "c = b"),
    ),
    "cells with another between": Case(
        ("a = 1", "b = a", "a = 5", "c = b\nd = c"), (1, 3), "c2", None, "[3] runs between the selected cells.",
        ("a = 1", "b = a", "md a = 5", "c = b\nd = c"),
    ),
    "only imports": Case(
        ("import math", "a = math.pi"), (0,), "c0", None,
        "This selection only imports: there is nothing to move.",
        ("import math\nb = math.e", "a = math.pi\nb"),
    ),
    "only a comment": Case(
        ("a = 1", "# nothing"), (1,), "c1", None, "There is no code in this selection.",
        ("a = 1", "# something\nb = a"),
    ),
    "outputs by number": Case(
        ("x = 1", "y = x\ny", "print(Out[2])"), (1,), "c2", 1,
        "[3] uses `Out`, and cells would be numbered anew.",
        ("x = 1", "y = x\ny", "Out = {2: 1}\nprint(Out[2])"),
    ),
    "printed name of a class": Case(
        ("class A:\n    pass", "a = A()\nprint(a)"), (0,), "c0", 1,
        "Moving `A` changes its printed name, which [2] may show.",
        ("class A:\n    x = 1", "print(A().x)"),
    ),
    "pickled class": Case(
        ("import pickle\nclass A:\n    x = 1", "b = pickle.dumps(A())"), (0,), "c0", 2,
        "Moving `A` changes its pickled name, and [2] pickles.",
        ("import pickle\nclass A:\n    x = 1", "b = A().x"),
    ),
    "default computed when the cell runs": Case(
        ("import time\ndef f(t=time.time()):\n    return t > 0", "print(f())"), (0,), "c0", 2,
        "A default of `f` is computed when the cell runs.",
        ("import time\ndef f(t=None):\n    return (t or time.time()) > 0", "print(f())"),
    ),
    "builtin hidden by a star import": Case(
        ("from numpy import *", "s = str(sum([[1, 2], [3]], 0))"), (1,), "c1", 1,
        "`str` may be bound anew by `from numpy import *` in [1].",
        ("from numpy import array", "s = str(sum([1, 2], 0))"),
    ),
    "import hidden by a star import": Case(
        ("from math import sqrt", "from numpy import *", "s = sqrt(4)"), (2,), "c2", 1,
        "`sqrt` may be bound anew by `from numpy import *` in [2].",
        ("from numpy import *", "from math import sqrt", "s = sqrt(4)"),
    ),
    "name rebound by a function further down": Case(
        ("k = 2", "fs = [lambda v: v * k]", "def bump():\n    global k\n    k = 5\nbump()\nprint(fs[0](1))\nfs = 0"), (1,), "c1", 1,
        "A function made here reads `k`, which [3] changes later.",
        ("k = 2", "fs = [lambda v: v * k]", "def bump():\n    global j\n    j = 5\nbump()\nprint(fs[0](1))\nfs = 0"),
    ),
    "decorator that may show": Case(
        ("import atexit\n@atexit.register\ndef f():\n    return 1", "print(f())"), (0,), "c0", 2,
        "The decorator `atexit.register` may do something when the cell runs.",
        ("import functools\n@functools.cache\ndef f():\n    return 1", "print(f())"),
    ),
    "clock in a class body": Case(
        ("import time\nclass A:\n    at = time.time()", "print(A.at > 0)"), (0,), "c0", 3,
        "`time.time` runs when `A` is defined.",
        ("import time\nclass A:\n    at = 1", "print(A.at > 0)"),
    ),
    "a function that is called rebinds what is read": Case(
        ("hits = 0\ndef register():\n    global hits\n    hits += 1", "run = register", "run()\nn = hits"), (2,), "c2", 1,
        "`register()` changes the notebook variable `hits`.",
        ("hits = 0\ndef register():\n    global hits\n    hits += 1", "register()", "n = hits"),
    ),
    "a value that comes too late in the cell itself": Case(
        ("a = 1", "try:\n    cache\nexcept NameError:\n    cache = {}\ncache[a] = 2", "print(cache)"), (1,), "c1", 2,
        "`cache` may have no value yet where it is read.",
        ("a = 1\ncache = {}", "try:\n    cache\nexcept NameError:\n    cache = {}\ncache[a] = 2", "print(cache)"),
    ),
    "a block that may be left early": Case(
        ("class asyncio:\n    class move_on_after:\n        def __init__(self, n):\n            pass\n        def __enter__(self):\n            return self\n        def __exit__(self, *a):\n            return True", "with asyncio.move_on_after(5):\n    x = 1", "print(x)"), (1,), "c1", 1,
        "`x` is bound on some paths only, and [3] uses it.",
        ("import contextlib", "with contextlib.nullcontext(5):\n    x = 1", "print(x)"),
    ),
    "a global of the cell": Case(
        ("n = 1", "global n\nn = 2", "print(n)"), (1,), "c1", 1,
        "`global n` does nothing here, and in a function it would.",
        ("n = 1", "n = 2", "print(n)"),
    ),
    "a name of a loop that is deleted": Case(
        ("xs = [1]", "t = 0\nfor x in xs:\n    t += x\ndel x", "print(t)"), (1,), "c1", 4,
        "`x` may have no value yet where it is deleted.",
        ("xs = [1]", "t = 0\nfor x in xs:\n    t += x", "print(t)"),
    ),
    "a name of a loop that is deleted, bound before": Case(
        ("xs = [1]", "t = 0\nfor x in xs:\n    t += x\ndel x", "print(t)"), (1,), "c1", 4,
        "`x` may have no value yet where it is deleted.",
        ("xs = [1]", "t = 0\nx = None\nfor x in xs:\n    t += x\ndel x", "print(t)"),
    ),
    "a cell magic that is left alone": Case(
        ("%%time\nRATE = 2", "def f(k):\n    return k * RATE", "print(f(2))"), (1,), "c0", 1,
        "Nothing but `%%time` would be left of [1].",
        ("%%time\nRATE = 2\nx = 1", "def f(k):\n    return k * RATE", "print(f(2))"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_refused(case: str, tmp_path: Path):
    assert_refused(tmp_path, CASES[case])


@pytest.mark.parametrize("case", CASES)
def test_near_miss_is_kept(case: str, tmp_path: Path):
    assert_near_miss_kept(tmp_path, CASES[case])


def test_all_reasons_at_once(tmp_path: Path):
    cells = ("a = 1", "b = missing\n!ls\nexec('x')\ndel a")
    found = extract(tmp_path, cells, (1,), module="src/sales/random.py").refusals
    assert {refusal.message for refusal in found} == {
        "Line 2 (`!ls`) must stay in the notebook.",
        "`exec` runs code that I cannot see.",
        "`missing` exists at most in the kernel: no cell above defines it.",
        "This cell deletes `a`, which comes from above.",
        "`random` is a standard module.",
    }
