"""The cases that tools of this kind get wrong, and all rows of the table of refusals: each unit
is labelled, and run before and after where it must be extracted. None may differ silently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jupyter_prodready.refactor import Project, plan
from refactor.running import assert_kept, extract, notebook_of

EXTRACT: dict[str, tuple[tuple[str, ...], int]] = {
    'view': (("b = bytearray(b'abc')\nv = memoryview(b)", 'v[0] = 120', 'print(b)'), 1),
    'pop': (("d={'a':1}", "k = d.pop('a')", 'print(d,k)'), 1),
    'zip input': (("z = zip('ab',[1,2])", 'k = next(z)', 'print(list(z), k)'), 1),
    'mutating helper': (("def add(d):\n    d['k']=1\nd={}", 'add(d)', 'print(d)'), 1),
    'default const': (('K = 3', 'def f(x=K):\n    return x', 'print(f())'), 1),
    'default mutable': (('def f(x=[]):\n    x.append(1)\n    return x', 'print(f())', 'print(f())'), 0),
    'closure': (('def make(n):\n    def inner():\n        return n\n    return inner\nf = make(2)', 'y = f()', 'print(y)'), 1),
    'own decorator': (('def deco(f):\n    def inner(*a):\n        return f(*a) + 1\n    return inner', '@deco\ndef g(x):\n    return x', 'print(g(1))'), 1),
    'match maybe': (('p=(1,2)', 'match p:\n    case (a, 1):\n        k=1\n    case (a, 2):\n        k=2\n    case _:\n        k=3', 'print(k)'), 1),
    'rebound by a function above': (("hits = 0\ndef register():\n    global hits\n    hits += 1\nregister()", "print(hits)\ntwice = hits * 2", "register()\nprint(twice, hits)"), 1),
    'globals later': (('a=1', 'b=a+1\nc=b', "print(globals()['b'])\nb=0", 'print(b,c)'), 1),
    'underscore': (('x=1', 'y=x\ny', 'print(y)'), 1),
    'seed': (('import random\nrandom.seed(1)', 'x = random.random()', 'print(x)'), 1),
    'environ': (("import os\nos.environ['K']='1'", "v = os.environ['K']", 'print(v)'), 1),
    'class attr': (('class A:\n    n = 0', 'A.n += 1', 'print(A.n)'), 1),
    'cond def': (('a=1\nif a:\n    def f():\n        return 1\nelse:\n    def f():\n        return 2', 'y=f()', 'print(y)'), 1),
    'annotation only': (('x=1', 'x: int\ny = x', 'print(y)'), 1),
    'lambda recursion': (('n=4', 'fact = lambda k: 1 if k<2 else k*fact(k-1)\ny = fact(n)', 'print(y, fact(3))'), 1),
    'import in if': (('a=1', 'if a:\n    import json\nelse:\n    json=None', 'print(json.dumps(1))'), 1),
    'func attr': (('def f():\n    return f.k\nf.k = 3\ny = f()', 'print(y, f.k)'), 0),
    'lambdas in loop': (('fs=[]', 'for i in range(3):\n    fs.append(lambda: i)', 'print([f() for f in fs])\nfs=0'), 1),
    'gen stored': (('k=2', 'g = (v*k for v in range(3))', 'print(list(g))\ng=0'), 1),
    'read then maybe': (('x=1', 'if x > 5:\n    y = 2\nprint(x)', 'print(x)'), 1),
    'first string': (('a=1', "'not a doc %s' % a\nb=a", 'print(b)'), 1),
    'augassign attr': (("class A:\n    n = 0\n    def __repr__(self):\n        return 'A'\na = A()", 'a.n += 2\nb = a.n', 'print(b, a.n)'), 1),
    'star expr': (('xs=[1,2]', "print(*xs, sep='-')"), 1),
    'nested fn': (('a=2', 'if a:\n    def g(v):\n        return v*a if v < 5 else g(v - 1)\nelse:\n    g = None\ny=g(3)', 'print(y, g(1))'), 1),
    'property': (("t = [0]\nclass A:\n    def __repr__(self):\n        return 'A'\n    @property\n    def p(self):\n        t[0] += 1\n        return t[0]\na = A()", 'k = a.p + a.p', 'print(k, t)'), 1),
    'late by stored fn': (("n=1\nd={'f': lambda: n}", 'n = 2', "print(d['f']())"), 1),
    'aug undefined branch': (('c = 0', 'for i in range(3):\n    c += i\n    last = i', 'print(c)'), 1),
    'with as later': (('import io', "with io.StringIO('a') as f:\n    t = f.read()", 'print(t, f.closed)'), 1),
    'double star': (("d={'a':1}", "e={**d,'b':2}", 'print(e)'), 1),
    'slice assign': (('xs=[1,2,3]', 'xs[1:]=[9]', 'print(xs)'), 1),
    'swap': (('a=1\nb=2', 'a, b = b, a', 'print(a,b)'), 1),
    'nested unpack': (('p=[(1,(2,3))]', '(a,(b,c)), = p', 'print(a,b,c)'), 1),
    'print then error': (('a=0', "print('x')\nb = 1/a", 'print(b)'), 1),
    'walrus if': (('xs=[1]', 'if (n := len(xs)) > 0:\n    k = n\nelse:\n    k = 0', 'print(k, n)'), 1),
    'same names def & var': (('def f(x):\n    y = x\n    return y', 'y = f(2)', 'print(y)'), 1),
    'name equals module alias': (('import math', 'math2 = math.pi\nimport math as m2\nz = m2.e', 'print(z, math2)'), 1),
    'comp over class': (('class A:\n    xs=[1]\n    ys=[x for x in xs]', 'print(A.ys)'), 0),
    'starred call default order': (('def f(a, b=2, *c, d=4, **e):\n    return a,b,c,d,e', 'print(f(1,2,3,d=5,z=6))'), 0),
    'async gen': (('async def ag():\n    yield 1', 'xs = [i async for i in ag()]\nprint(xs)', 'print(xs)'), 1),
    'type() name': (("class A:\n    def __repr__(self):\n        return 'A'", 'print(type(A()).__name__)'), 0),
    'exception class printed': (('class MyError(Exception):\n    pass', "try:\n    raise MyError('x')\nexcept MyError as err:\n    print(repr(err))"), 0),
    'namedtuple': (("from collections import namedtuple\nP = namedtuple('P','x y')", 'p = P(1,2)', 'print(p)'), 1),
    'namedtuple sel': (("from collections import namedtuple\nP = namedtuple('P','x y')\np = P(1,2)", 'print(p)'), 0),
    'enum': (('import enum\nclass E(enum.Enum):\n    A=1', 'print(E.A, repr(E.A))'), 0),
    'sorted cmp helper passed': (('def key(v):\n    return -v', 'ys = sorted([1,3,2], key=key)', 'print(ys)'), 1),
    'sys.argv': (('import sys', 'n = len(sys.argv) > 0', 'print(n)'), 1),
    'constant shadow param': (('K = 2\ndef f(K):\n    return K * 2', 'print(f(5), K)'), 0),
    'constant moved & rebound in function scope': (('K = 2\ndef f():\n    K = 3\n    return K', 'print(f(), K)'), 0),
    'two constants chain': (('A1 = 2', 'B1 = A1', 'def f():\n    return B1', 'print(f(), A1)'), 2),
    'const tuple of names': (('A1 = 2', 'B1 = (A1, 3)', 'def f():\n    return B1', 'print(f())'), 2),
    'captured in two': (("cfg = {'a':1}", "def f():\n    return cfg['a']\ndef g():\n    return f() + cfg['a']", "class U:\n    def __repr__(self):\n        return 'U'\n    def m(self):\n        return g()", 'print(U().m(), f())'), 1),
    'captured called in default': (('cfg = [1]', 'def f():\n    return cfg', 'def h(x=f()):\n    return x', 'print(h())'), 1),
    'captured called by decorator': (('cfg = [1]', 'def f(k):\n    return lambda q: q', '@f(2)\ndef h(x=1):\n    return x', 'print(h())'), 1),
    'captured star name': (('cfg = [1]', 'def f(cfg2=3):\n    return cfg, cfg2', 'print(f(cfg2=5))'), 1),
    "names that are looked up, not bound": (
        ("K = 1\nif 'K' in globals():\n    n = globals().get('K')", "def f(x):\n    return x + K", "print(f(1), n, vars(f), dir(f) != [])"), 1,
    ),
    "a name bound before a finally": (
        ("s = '5'", "try:\n    n = int(s)\nexcept ValueError:\n    n = 0\nelse:\n    n += 1\nfinally:\n    m = n", "print(n, m)"), 1,
    ),
    "methods of all kinds": (
        ("class A:\n    @staticmethod\n    def m(x):\n        return x\n    @property\n    def p(self):\n        return 2\n    @p.setter\n    def p(self, v):\n        pass\n    def __repr__(self):\n        return 'A'", "a = A()\na.p = 3\nprint(A.m(1), a.p)"), 0,
    ),
}  # fmt: skip

REFUSE: dict[str, tuple[tuple[str, ...], int, str]] = {
    'printing decorator': (
        ("def deco(f):\n    print('deco')\n    return f", "print('between')", '@deco\ndef g(x):\n    return x', 'print(g(1))'), 2,
        '`deco` does more than wrapping when it decorates.',
    ),
    'printing class body': (
        ("def compute():\n    print('c')\n    return 1", "print('between')", 'class A:\n    x = compute()', 'print(A.x)'), 2,
        '`compute()` runs when `A` is defined.',
    ),
    'init_subclass': (
        ("class Base:\n    def __init_subclass__(cls):\n        print('sub')", "print('between')", 'class B(Base):\n    pass', 'print(B is not None)'), 2,
        '`Base.__init_subclass__` runs when `B` is defined.',
    ),
    'metaclass': (
        ("class M(type):\n    def __new__(m, *a):\n        print('new')\n        return type.__new__(m, *a)", "print('between')", 'class B(metaclass=M):\n    pass', 'print(B is not None)'), 2,
        '`B` is made by code of the notebook when the cell runs.',
    ),
    'set_name': (
        ("class D:\n    def __set_name__(self, o, n):\n        print('named', n)\n    def __get__(self, *a):\n        return 1", "print('between')", 'class B:\n    x = D()', 'print(B.x)'), 2,
        '`D()` runs when `B` is defined.',
    ),
    'except unbinds': (
        ('e = 1', "try:\n    int('x')\nexcept ValueError as e:\n    n = 2", "try:\n    print(e)\nexcept NameError:\n    print('gone')"), 1,
        'The `except` unbinds `e`, which comes from above.',
    ),
    'except unbinds loop': (
        ('e = 1', "n=0\nfor v in 'xy':\n    try:\n        int(v)\n    except ValueError as e:\n        n = 2", "print('e' in dir())"), 1,
        '`v` would no longer exist, and [3] looks at all names.',
    ),
    'match used': (
        ('p=(1,2)', 'match p:\n    case (a, 2):\n        k=2\n    case _:\n        k=3', 'print(k, a)'), 1,
        '`a` is bound on some paths only, and [3] uses it.',
    ),
    'in globals': (
        ('a=1', 'for i in range(2):\n    b=i\nc=1', "print('i' in globals())"), 1,
        '`i` would no longer exist, and [3] looks at all names.',
    ),
    'in dir': (
        ('a=1', 'for i in range(2):\n    b=i\nc=1', "print('i' in dir())"), 1,
        '`i` would no longer exist, and [3] looks at all names.',
    ),
    'vars later': (
        ('a=1', 'for i in range(2):\n    b=i\nc=1', "print(len([n for n in vars() if n=='i']))"), 1,
        '`i` would no longer exist, and [3] looks at all names.',
    ),
    'chdir': (
        ("import os\nos.makedirs('d',exist_ok=True)\nos.chdir('d')", 'k=os.path.basename(os.getcwd())', 'print(k)'), 1,
        '[1] changes the folder in which the module is looked for.',
    ),
    'nameerror idiom': (
        ('try:\n    x\nexcept NameError:\n    x = 1', 'print(x)'), 0,
        '`x` is bound on some paths only, and [2] uses it.',
    ),
    'annotation call': (
        ('a=1', "b: print('side') = a", 'print(b)'), 1,
        'An annotation is computed here, and in a function it is not.',
    ),
    'class x = x': (
        ('x = 5', 'if x:\n    class A:\n        x = x\n    y = 1\nelse:\n    y = A = 0', 'print(y)'), 1,
        'A class here binds `x` anew from the `x` around it.',
    ),
    'class in for': (
        ('x = 5', "for _ in 'a':\n    class A:\n        z = x\ny = 1", 'print(y, A.z)'), 1,
        '`A` is bound on some paths only, and [3] uses it.',
    ),
    'for else': (
        ('xs=[1,2]', 'for x in xs:\n    if x > 5:\n        y = 1\n        break\nelse:\n    y = 2', 'print(y)'), 1,
        '`y` is bound on some paths only, and [3] uses it.',
    ),
    'module attr': (
        ('def f():\n    return 1', 'print(f.__module__)'), 0,
        '[2] reads `__module__`, which is another one then.',
    ),
    'module of class': (
        ('class A:\n    x=1', 'print(A.__module__)'), 0,
        '[2] reads `__module__`, which is another one then.',
    ),
    'gen stored rebound': (
        ('k=2', 'g = (v*k for v in range(3))', 'k=3', 'print(list(g))\ng=0'), 1,
        'A function made here reads `k`, which [3] changes later.',
    ),
    'future in cell': (
        ('a=1', 'from __future__ import annotations\ndef f(x: nope):\n    return x\ny=f(a)', 'print(y)'), 1,
        '`f` reads `nope`, which no cell defines.',
    ),
    'nested fn rebound': (
        ('a=2', 'if a:\n    def g(v):\n        return v*a\ny=g(3)', 'a = 7', 'print(y, g(1))\ng=0'), 1,
        '`g` may have no value yet where it is read.',
    ),
    'read by method later': (
        ("class A:\n    def f(self):\n        return n\n    def __repr__(self):\n        return 'A'\nn=1\na=A()", 'n = 5\nm = a.f()', 'print(m)'), 1,
        '`A` reads `n`, which this cell changes.',
    ),
    'late by stored fn called': (
        ("n=1\nd={'f': lambda: n}", "n = 2\nr = d['f']()", 'print(r)'), 1,
        '`d` reads `n`, which this cell changes.',
    ),
    'callback registered': (
        ('n=1\nimport functools\np=functools.partial(lambda: n)', 'n = 3\nr = p()', 'print(r)'), 1,
        '`p` reads `n`, which this cell changes.',
    ),
    'helper reads via helper': (
        ('n=1\ndef a_():\n    return n\ndef b_():\n    return a_()', 'n = 3\nr = b_()', 'print(r)'), 1,
        '`a_` reads `n`, which [2] changes.',
    ),
    'import alias rebound': (
        ('import json as js', 'js2 = js.dumps(1)\njs = 5', 'print(js2, js)'), 1,
        '`js` is an import that this cell also binds anew.',
    ),
    'del in branch': (
        ('x=1\ny=2', 'if y > 5:\n    del x', 'print(x)'), 1,
        'This cell deletes `x`, which comes from above.',
    ),
    'del loop var': (
        ('xs=[1]', 'for q in xs:\n    pass\ndel q\nz=1', 'print(z)'), 1,
        '`q` may have no value yet where it is deleted.',
    ),
    'walrus and': (
        ('xs=[1]', 'ok = bool(xs) and (n := len(xs)) > 0', 'print(ok, n)'), 1,
        '`n` is bound on some paths only, and [3] uses it.',
    ),
    'global stmt at top': (
        ('a=1', 'global zz\nzz = a', 'print(zz)'), 1,
        '`global zz` does nothing here, and in a function it would.',
    ),
    'print class': (
        ("class A:\n    def __repr__(self):\n        return 'A'", 'print(A)'), 0,
        'Moving `A` changes its printed name, which [2] may show.',
    ),
    'typevar default': (
        ("from typing import TypeVar\nT = TypeVar('T')\ndef f(x: T) -> T:\n    return x", 'print(f(1))'), 0,
        '`f` reads the notebook variable `T` from [1], already where it is defined.',
    ),
    'logging name': (
        ('import logging\nlog = logging.getLogger(__name__)\ndef f():\n    return log.name', 'print(f())'), 0,
        '`__name__` means the notebook, a module has its own.',
    ),
    'captured method calls staying': (
        ('cfg = [1]', 'def f():\n    return cfg', 'class U:\n    def m(self, cfg):\n        return f()', 'print(U().m(3))'), 1,
        '`f` reads the notebook variable `cfg` from [1], and [3] calls it where `cfg` means something else.',
    ),
    'captured thread': (
        ('import threading\ncfg = [1]', 'def f():\n    cfg.append(2)', 't = threading.Thread(target=f)\nt.start()\nt.join()\nprint(cfg)'), 1,
        '`f` reads the notebook variable `cfg` from [1], and is used without a call in [3].',
    ),
    'sys.modules main': (
        ('import sys\ncfg = 1', "def f():\n    return getattr(sys.modules['__main__'], 'cfg', None)", 'print(f())'), 1,
        '`__main__` is the notebook itself, a module is not.',
    ),
    "a constant bound by its text": (
        ("K=1", "def f(x):\n    return x+K", "globals()['K']=8\nprint(f(1))"), 1,
        "`K` may be bound anew by `globals()['K']=8` in [3].",
    ),
    "a constant bound in the notebook as a module": (
        ("K=1", "def f(x):\n    return x+K", "import __main__\n__main__.K=8\nprint(f(1))"), 1,
        "`K` may be bound anew by `import __main__` in [3].",
    ),
    "a helper bound by code in a text": (
        ("def g():\n    return 1", "def f(x):\n    return x+g()", "exec('g = lambda: 8')\nprint(f(1))"), 1,
        "`g` may be bound anew by `exec('g = lambda: 8')` in [3].",
    ),
    "an import bound by code in a text": (
        ("import math", "def f(x):\n    return x+math.pi", "exec('math = None')\nprint(f(1))"), 1,
        "`math` may be bound anew by `exec('math = None')` in [3].",
    ),
    "a name of a star import, bound anew on the way": (
        ("from math import *", "if 0:\n    print(e)\ne = 1", "print(e)"), 1,
        "No line shows where `e` comes from: `from math import *` defines names unseen ([1]).",
    ),
    "the notebook as a module": (
        ("a=1", "for i in range(2):\n    b=i\nc=1", "import __main__\nprint(c)"), 1,
        "`i` would no longer exist, and [3] looks at all names.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", EXTRACT)
def test_must_be_extracted_and_is_kept(case: str, tmp_path: Path):
    cells, selection = EXTRACT[case]
    assert_kept(tmp_path, cells, (selection,))


@pytest.mark.parametrize("case", REFUSE)
def test_must_be_refused(case: str, tmp_path: Path):
    cells, selection, message = REFUSE[case]
    found = extract(tmp_path, cells, (selection,))
    assert message in [refusal.message for refusal in found.refusals]
    assert found.change.cells == ()


def test_a_cell_that_is_meant_to_fail():
    cells = notebook_of(("a = 1", "b = a\n1 / 0", "print(b)"))
    tagged = replace(cells.cells[1], tags=("raises-exception",))
    notebook = replace(cells, cells=(cells.cells[0], tagged, cells.cells[2]))
    project = Project("notebooks/n.ipynb", "src/shop/n.py")
    found = plan(notebook, ("c1",), module=None, name=None, project=project)
    assert [refusal.message for refusal in found.refusals] == [
        "[2] is tagged `raises-exception`: it binds names, and then fails."
    ]


def test_what_moves_along_from_a_cell_that_is_meant_to_fail():
    cells = notebook_of(("x = 1 / 0\nRATE = 2", "def f(x):\n    return x * RATE", "print(f(1))"))
    tagged = replace(cells.cells[0], tags=("raises-exception",))
    notebook = replace(cells, cells=(tagged, *cells.cells[1:]))
    project = Project("notebooks/n.ipynb", "src/shop/n.py")
    found = plan(notebook, ("c1",), module=None, name=None, project=project)
    assert [refusal.message for refusal in found.refusals] == [
        "`RATE` stands in [1], which is meant to fail."
    ]
