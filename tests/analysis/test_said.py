"""What the reader of facts gathers on its way is what a walk of its own finds."""

from __future__ import annotations

import ast

import pytest

from jupyter_prodready.analysis.engine import forget_all
from jupyter_prodready.analysis.facts import facts_of
from jupyter_prodready.analysis.written import _walked, written

GATHERED = [
    "df.loc[rows, 'a'] = 0\nby = df.groupby('a')['b']\nn = df['a'].mean()",
    "home = os.environ['HOME']\nenviron['c']",
    "x = f(g(a), *h(b), k=i(c)).method(d)[e]",
    "df['total'] = df['price'] * rate(df.amount, 2)",
    "x += step(x) if ready(x) else other(x)\ny = a() and b() or c()",
    "names = [clean(n) for n in load() if keep(n)]\nd = {k(v): w(v) for v in vs()}",
    "f'{show(x):>{width(y)}} {z}'\nprint(x, sep=mark())",
    "later = partial(run, make())\nkey = sorted(rows, key=lambda r: rank(r.a))\nmap(f, rows)",
    "for a, b in zip(one(), two()):\n    if test(a):\n        go(b)\n    else:\n        log.append(b)",
    "while more():\n    take()\nelse:\n    end()\ndel table[pick()], x",
    "@wrap(made())\ndef f(a: Note, b=default(), *, c=other()) -> Result:\n    local = inner(a)\n"
    "    def g():\n        return local(f)\n    return g",
    "class C(Base, metaclass=meta()):\n    size = count()\n    @deco()\n    def go(self, n=first()):\n"
    "        self.x = make(n)\n        return [w(v) for v in self.x]\n    def stop(self): end()",
    "if x():\n    def f(): one()\nelse:\n    def f(): two()\nraise wrong(f())",
    "assert check(x)\n(await_ := 1)\nwalrus((n := size(y)))",
]
WALKED = [
    "home = os.environ['HOME']\nos.environ['A'] = 'b'\nenviron['c']",
    "df.loc[mask(df), 'a'] = 0\nby = df.groupby('a')['b']\nn = df['a'].mean()",
    "import os, sys as s\nfrom a.b import c as d",
    "def f():\n    import os\n    return os.getcwd()",
    "try:\n    a()\nexcept E:\n    b()\nelse:\n    c()\nfinally:\n    d()",
    "with suppress(E):\n    risky()\nwith open(name()) as f:\n    f.read()",
    "a() < b() < c()\nassert x(), y()\npairs = [p(i, j) for i in a() if b(i) for j in c(i)]",
    "place[at()] = value()\nplace[at()] += value()\nfor slots[at()] in many(): pass",
    "exec('x = f()')\ndf.query('a > @limit')\nglobals()['x']\n'y' in globals()",
    "x: kind() = value()\nf = lambda a=start(): a\nmatch x():\n    case P(): y()",
    "class C:\n    if new():\n        def f(self): one()\n    class D:\n        def g(self): two()",
    "def f():\n    class C:\n        def g(self): one()\n        x = two()",
    "path = '/data/a.csv'\nother = 'C' ':/b'\nlast = '\\x2ftmp'\nf'/home/{x}' + f'{x}/y'",
]


def _plain(statements):
    return [
        [
            (name, [(ast.unparse(call), sure) for call, sure in said.calls], said.names,
             said.imports, [text.value for text in said.texts])
            for name, said in [("", own), *functions]
        ]
        for own, functions in statements
    ]  # fmt: skip


@pytest.mark.parametrize("source", GATHERED + WALKED)
def test_what_is_gathered_is_what_a_walk_finds(source):
    found = [(one.said, one.functions) for one in written(source).statements]
    assert _plain(found) == _plain([_walked(one.node) for one in facts_of(source).statements])


@pytest.mark.parametrize("source", GATHERED)
def test_plain_code_is_not_walked_again(source):
    forget_all()  # what another test looked at was walked
    facts = facts_of(source).statements
    assert not any(said.odd for one in facts for said in (one.said, *dict(one.functions).values()))


def test_paths_are_found_however_they_are_written():
    texts = [text.value for one in written(WALKED[-1]).statements for text in one.said.texts]
    assert texts == ["/data/a.csv", "C:/b", "/tmp", "/home/"]
