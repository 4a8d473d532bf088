"""Units that must be extracted, run before and after: the same output, the same values."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from refactor.running import after_cells, assert_kept, extract

IMPORTS = "import math\nimport json as js\nfrom collections import Counter, defaultdict"

CASES: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "a timer of the page that swallows errors": (
        (
            "class timer:\n    def __enter__(self):\n        return self\n    def __exit__(self, *a):\n        return True\nx = 0",
            "with timer():\n    x = int('a')",
            "print(x)",
        ),
        (1,),
    ),
    "a timer of the page that goes on after an error": (
        (
            "from contextlib import contextmanager\n@contextmanager\ndef timer():\n    try:\n        yield\n    except ValueError:\n        print('no')\nx = 0",
            "with timer():\n    x = int('a')",
            "print(x)",
        ),
        (1,),
    ),
    "timers of the page that raise": (
        (
            "from contextlib import contextmanager\n@contextmanager\ndef timer():\n    try:\n        yield\n    finally:\n        print('done')\nclass scope:\n    def __enter__(self):\n        return self\n    def __exit__(self, *a):\n        return False",
            "with timer(), scope():\n    x = int('4')",
            "print(x)",
        ),
        (1,),
    ),
    "what a timeout lets run": (
        (
            "import asyncio\nasync def two():\n    return 2",
            "async with asyncio.timeout(5):\n    x = await two()\nasync with asyncio.Lock():\n    y = x + 1",
            "print(x, y)",
        ),
        (1,),
    ),
    "looked up by a function from above, then bound anew": (
        ("def look(k):\n    return globals()[k]", "a = 3\nb = a", "print(look('a'))", "a = 4"),
        (1,),
    ),
    "looked up through a function's own names, then bound anew": (
        ("def f():\n    return 1", "a = 3\nb = a", "print(f.__globals__['a'])", "a = 4"),
        (1,),
    ),
    "an import that the last line reads": (
        ("rows = [1]", "print(rows)", "from os import path\npath.basename('a/b')", "print(rows)"),
        (1, 2),
    ),
    "an import between that the last line reads": (
        ("rows = [1]", "print(rows)", "import math", "math.floor(2.5)", "print(math.pi)"),
        (1, 2, 3),
    ),
    "input and output": (("a = 2", "b = a * 3", "print(b)"), (1,)),
    "display stays": (("a = [1, 2]", "b = a + [3]\nb"), (1,)),
    "display after a semicolon": (("a = 1", "b = a + 1; b"), (1,)),
    "muted display moves": (("a = [3, 1]", "a.sort(); a.append(4);", "print(a)"), (1,)),
    "only a display": (("a = [1, 2]", "sum(a)"), (1,)),
    "only a print": (("a = [1, 2]", "print('sum', sum(a))"), (1,)),
    "only a display over lines": (("a = [1, 2]", "# the sum\nsum(\n    a\n)"), (1,)),
    "imports are copied": (
        (IMPORTS, "c = Counter('abca')\nr = math.sqrt(16)\nt = js.dumps(c)"),
        (1,),
    ),
    "import in the cell is kept where used": (
        ("import math\nx = math.pi", "y = math.floor(x)\nprint(y)"),
        (0,),
    ),
    "import in the cell moves where not used": (("import math\nx = math.pi", "print(x)"), (0,)),
    "import with nobody reading stays": (("import this as _zen\nx = 1", "print(x)"), (0,)),
    "submodules": (
        ("import os.path\nimport os", "p = os.path.join('a', 'b')\ns = os.sep", "print(p)"),
        (1,),
    ),
    "augmented": (("n = 1", "n += 4", "print(n)"), (1,)),
    "mutated and used": (("xs = [3, 1]", "xs.sort()\nxs.append(9)", "print(xs)"), (1,)),
    "mutated alias": (("a = [1]\nb = a", "b.append(2)", "print(a, b, a is b)"), (1,)),
    "mutated through a loop": (
        ("a = [1]\nb = [2]", "for part in (a, b):\n    part.append(0)", "print(a, b)"),
        (1,),
    ),
    "bound on both branches": (
        ("a = 3", "if a > 2:\n    size = 'big'\nelse:\n    size = 'small'", "print(size)"),
        (1,),
    ),
    "maybe bound, bound before": (
        ("a = 1\nx = 'old'", "if a > 2:\n    x = 'new'", "print(x)"),
        (1,),
    ),
    "loop that never runs, bound before": (
        ("xs = []\nlast = None", "for last in xs:\n    pass", "print(last)"),
        (1,),
    ),
    "loop variable not used": (
        ("xs = [1, 2]", "t = 0\nfor x in xs:\n    t += x", "print(t)"),
        (1,),
    ),
    "try with a handler that binds": (
        ("s = 'x'", "try:\n    n = int(s)\nexcept ValueError as e:\n    n = str(e)", "print(n)"),
        (1,),
    ),
    "try with a handler that raises": (
        ("s = '5'", "try:\n    n = int(s)\nexcept ValueError:\n    raise", "print(n)"),
        (1,),
    ),
    "with open": (
        ("text = 'hi'", "with open('f.txt', 'w') as f:\n    k = f.write(text)", "print(k)"),
        (1,),
    ),
    "match": (
        (
            "p = (1, 2)",
            "match p:\n    case (a, b):\n        s = a + b\n    case _:\n        s = 0",
            "print(s)",
        ),
        (1,),
    ),
    "walrus in a comprehension": (
        ("xs = [1, 2]\nlast = 0", "ys = [last := x for x in xs]", "print(ys, last)"),
        (1,),
    ),
    "comprehension with outer names": (
        (
            "k = 3\nxs = [1, 2]",
            "ys = [x * k for x in xs if x < k]\nx2 = {k: v for k, v in zip('ab', xs)}",
        ),
        (1,),
    ),
    "nested comprehension hides": (
        (
            "x = 9\ngrid = [[1, 2], [3]]",
            "flat = [x for row in grid for x in row]",
            "print(x, flat)",
        ),
        (1,),
    ),
    "lambda used at once": (
        ("k = 2\nxs = [3, 1]", "ys = sorted(xs, key=lambda v: -v * k)", "k = 5", "print(ys)"),
        (1,),
    ),
    "lambda kept, never rebound": (
        ("k = 2", "f = [lambda v: v * k]", "print(f[0](4))\nf = 0"),
        (1,),
    ),
    "generator used at once": (
        ("k = 2", "t = sum(v * k for v in range(4))", "k = 3", "print(t)"),
        (1,),
    ),
    "read later by a function above": (
        ("def show():\n    print(n)", "n = 1", "n = 2", "show()"),
        (2,),
    ),
    "read later by a function below": (
        ("x = 1", "x = x + 1\ny = x", "def f():\n    return y\nprint(f())"),
        (1,),
    ),
    "a helper moves along": (
        (
            "import math\ndef area(r):\n    return math.pi * r ** 2",
            "a = area(2)",
            "print(a, area(1))",
        ),
        (1,),
    ),
    "helpers move along, transitively": (
        (
            "def one(x):\n    return x + 1",
            "# twice\ndef two(x):\n    return one(one(x))\n\nk = 3",
            "y = two(k)",
            "print(y, one(0))",
        ),
        (2,),
    ),
    "recursive and mutually recursive": (
        (
            "def even(n):\n    return n == 0 or odd(n - 1)\n\ndef odd(n):\n    return n != 0 and even(n - 1)",
            "print(even(10), odd(3))",
        ),
        (0,),
    ),
    "definitions only": (
        ("import math", "def f(x):\n    return math.sqrt(x)", "print(f(4))"),
        (1,),
    ),
    "definition and a call that shows": (
        ("def f(x):\n    return x * 2\n\nf(4)", "print(f(1))"),
        (0,),
    ),
    "definition and use in one cell": (
        ("b = 3", "def f(x):\n    return x * 2\n\ny = f(b)", "print(y, f(1))"),
        (1,),
    ),
    "constants with definitions": (
        ("RATE = 0.2\nLIMIT = (1, -2)\n\ndef tax(x):\n    return x * RATE", "print(tax(10), RATE)"),
        (0,),
    ),
    "class with a repr": (
        (
            "class P:\n    def __init__(self, x):\n        self.x = x\n    def __repr__(self):\n        return f'P({self.x})'",
            "p = P(1)\nprint(p)",
        ),
        (0,),
    ),
    "class and base move": (
        (
            "class A:\n    k = 1\n    def f(self):\n        return self.k",
            "class B(A):\n    k = 2",
            "print(B().f())",
        ),
        (1,),
    ),
    "dataclass": (
        (
            "from dataclasses import dataclass, field",
            "@dataclass\nclass P:\n    x: int = 0\n    y: list = field(default_factory=list)",
            "P(1)",
        ),
        (1,),
    ),
    "decorated helper": (
        (
            "import functools",
            "@functools.lru_cache(maxsize=None)\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)",
            "print(fib(30))",
        ),
        (1,),
    ),
    "two cells": (("a = 1", "b = a + 1\nprint(b)", "c = b * 2  # here\n# end", "print(c)"), (1, 2)),
    "definition cell and a cell further down": (
        ("def f(x):\n    return x + 1", "k = 1", "y = f(k)", "print(y)"),
        (0, 2),
    ),
    "text between": (("a = 1", "md words", "b = a + 1", "md more", "c = b\nc"), (2, 4)),
    "multi-line strings": (
        ("n = 'x'", 's = f"""a\n  {n}\n\n    b"""\nt = """\\\n q"""', "print(s, t)"),
        (1,),
    ),
    "comments, blank lines, odd layout": (
        (
            "a = [1]",
            "# one\n\n\nb = [ *a,\n   2 ]   # two\n\nif b :\n  c=1\n\n  # three\n# four",
            "print(b)\nc = 2",
        ),
        (1,),
    ),
    "tabs": (("a = 2", "if a:\n\tb = 1\n\tif b:\n\t\tb = 5\nelse:\n\tb = 0", "print(b)"), (1,)),
    "backslashes and parentheses": (
        ("a = 1", "b = a + \\\n  2\nc = (b +\n1)", "print(b, c)"),
        (1,),
    ),
    "docstring-like first line": (("a = 1", "'''about'''\nb = a", "print(b)"), (1,)),
    "delete what it made": (("a = 1", "tmp = a + 1\nb = tmp * 2\ndel tmp", "print(b)"), (1,)),
    "staying magics": (("%matplotlib inline\nimport math", "%config X\nx = math.pi\nx"), (1,)),
    "timed cell": (("a = 1", "%%time\nb = a + 1", "print(b)"), (1,)),
    "unpacking and starred": (("xs = [1, 2, 3]", "first, *rest = xs", "print(first, rest)"), (1,)),
    "underscore": (("xs = [(1, 2)]", "_, y = xs[0]", "print(y)"), (1,)),
    "f-string and format": (("n = 3", "s = f'{n:>{n}}|{n!r}'", "print(s)"), (1,)),
    "shadowed builtin from above": (("max = 3", "y = max + 1", "print(y)"), (1,)),
    "chained assignment": (("a = 1", "x = y = [a]", "x.append(2)\nprint(y, x is y)"), (1,)),
    "annotations": (("a = 1", "b: int = a\nc: 'list[int]' = [b]", "print(c)"), (1,)),
    "overwritten below is not returned": (
        ("a = 1", "t = a + 1\nb = t", "t = 0", "print(b, t)"),
        (1,),
    ),
    "heading with a name in use": (
        (
            "md # Clean",
            "clean = [1, None]",
            "md # Clean",
            "clean = [c for c in clean if c]",
            "print(clean)",
        ),
        (3,),
    ),
    "quotes and backslashes in the heading": (
        ('md # Say "hi" \\n """x"""', "a = 1\nb = a", "print(b)"),
        (1,),
    ),
    "path literals": (
        (
            "md Save",
            "with open('../out.txt', 'w') as f:\n    f.write('x')\nwith open('../out.txt') as f:\n    s = f.read()",
            "print(s)",
        ),
        (1,),
    ),
    "a path whose text is shown": (
        ("a = 1", "b = a\nprint(f\"{open('../pyproject.toml').read()=}\", b)", "print(b)"),
        (1,),
    ),
    "path name taken by a lambda": (
        (
            "md Save",
            "with open('out.txt', 'w') as f:\n    f.write('x')\ng = (lambda out_path: open('out.txt').read() + out_path)('y')",
            "print(g)",
        ),
        (1,),
    ),
    "own show that returns a value": (
        (
            "class T:\n    def show(self):\n        return 'shown'\nt = 0",
            "k = T()\nk.show()",
            "k = 0",
        ),
        (1,),
    ),
    "while with a value before": (
        ("n = 5\nk = 0", "while n > 1:\n    n //= 2\n    k += 1", "print(n, k)"),
        (1,),
    ),
    "first cell": (("a = 1\nb = a", "print(b)"), (0,)),
    "global names of a moved function stay readable": (
        (
            "import math\n\ndef norm(v):\n    return math.hypot(*v)",
            "md ## Norms",
            "out = {k: norm(v) for k, v in {'a': (3, 4)}.items()}",
            "print(out, norm((6, 8)))",
        ),
        (2,),
    ),
    "await": (
        (
            "import asyncio\nasync def get(x):\n    await asyncio.sleep(0)\n    return [x]",
            "x = 1\ny = await get(x)",
            "print(x, y)",
        ),
        (1,),
    ),
    "await that is shown": (("async def get(x):\n    return [x]", "await get(2)"), (1,)),
    "await in a comprehension, and with": (
        (
            "import contextlib\nasync def get(x):\n    return x\nasync def each():\n    yield 1\n    yield 2\n@contextlib.asynccontextmanager\nasync def connect():\n    yield 5",
            "a = [await get(i) for i in range(3)]\nb = [i async for i in each()]\nasync with connect() as s:\n    c = s",
            "print(a, b, c)",
        ),
        (1,),
    ),
    "await in a function only": (
        (
            "async def get(x):\n    return x",
            "async def twice():\n    return await get(2)\nk = 1",
            "print(await twice(), k)",
        ),
        (1,),
    ),
    "name that may not exist, read at once": (
        ("a = 1\nif a:\n    k = 2", "b = k + 1", "print(b)"),
        (1,),
    ),
    "future import": (
        ("from __future__ import annotations", "def f(x: int):\n    return x", "print(f(3))"),
        (1,),
    ),
    "path set by the page": (
        ("import sys\nsys.path.append('lib')", "import json", "x = json.dumps([1])", "print(x)"),
        (2,),
    ),
    "string looked up in the frame": (
        (
            "k = 2\ndef lookup():\n    return 1",
            "class T:\n    def query(self, text):\n        import sys\n        return sys._getframe(1).f_locals.get('k', sys._getframe(1).f_globals.get('k'))",
            "t = T()",
            "r = t.query('@k + 1')",
            "print(r)",
        ),
        (3,),
    ),
}
if sys.version_info < (3, 11):
    del CASES["what a timeout lets run"]  # `asyncio.timeout` came with 3.11


@pytest.mark.parametrize("case", CASES)
def test_same_output_and_values(case: str, tmp_path: Path):
    cells, selection = CASES[case]
    assert_kept(tmp_path, cells, selection)


def test_the_call_awaits(tmp_path: Path):
    cells = ("async def get(x):\n    return x", "y = await get(1)", "print(y)")
    found = assert_kept(tmp_path, cells, (1,), name="fetch", module="n_steps.py")
    assert "async def fetch():" in (found.change.files[-1].after or "")
    assert after_cells(found, cells)[-2].endswith("y = await fetch()")
    assert "`fetch` is async, and the notebook awaits it." in found.notes


def test_a_name_that_may_not_exist_is_told(tmp_path: Path):
    found = extract(tmp_path, ("a = 1\nif a:\n    k = 2", "b = k + 1"), (1,))
    assert found.notes == ("`k` may not exist: then the call fails, and no line of it runs.",)
