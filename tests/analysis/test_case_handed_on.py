"""Methods that are handed on or kept in containers, and functions that hand out what the page has."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, both, change, delete, each, nothing, rerun

ONE = "x = [1]"
TWICE = "def twice(f):\n    f(2)\n    f(2)"
HELD = "d = {'add': x.append}"
CACHE = "CACHE = {'k': 0}"
GET = "def get():\n    return CACHE"
BASE = "import sqlite3\ncon = sqlite3.connect(':memory:')\ncon.execute('create table t (n)');"
COUNT = "print(con.execute('select count(*) from t').fetchone())"
CASES = [
    Case(
        "a method that a function of the page is given",
        [ONE, TWICE, "twice(x.append)", "print(x)"],
        delete(2),
        "lingering-effect c3",
        "0>2 x, 1>2 twice, 0>3 x, 2>3 x",
    ),
    Case(
        "a method that is given by keyword, of a part",
        ["p = {'rows': [1]}", TWICE, "twice(f=p['rows'].append)", "print(p)"],
        rerun(2, 3),
        "repeated-run c2",
        "0>2 p, 1>2 twice, 0>3 p, 2>3 p",
    ),
    Case(
        "a method that is given inside of a function",
        [ONE, TWICE, "def go():\n    twice(x.append)", "go()", "print(x)"],
        delete(3),
        "lingering-effect c4",
        "0>3 x, 1>3 twice, 2>3 go, 0>4 x, 3>4 x",
    ),
    Case(
        "a method that is only looked at",
        [ONE, "print(callable(x.append))", "print(x)"],
        rerun(1),
        "",
        "0>1 x, 0>2 x",
    ),
    Case(
        "a method that changes nothing",
        [ONE, "def twice(f):\n    f(1)\n    f(1)", "twice(x.count)", "print(x)"],
        rerun(2),
        "",
        "0>2 x, 1>2 twice, 0>3 x",
    ),
    Case(
        "a method in a dict",
        [ONE, HELD, "d['add'](1)", "print(x)"],
        delete(2),
        "lingering-effect c3",
        "0>1 x, 1>2 d, 0>3 x, 2>3 x",
    ),
    Case(
        "a method in a dict, by get",
        [ONE, HELD, "d.get('add')(1)", "print(x)"],
        rerun(2, 3),
        "repeated-run c2",
        "0>1 x, 1>2 d, 0>3 x, 2>3 x",
    ),
    Case(
        "a method in a list, in a loop",
        [ONE, "every = [x.append, x.extend]", "for f in every:\n    f([1])", "print(x)"],
        delete(2),
        "lingering-effect c3",
        "0>1 x, 1>2 every, 0>3 x, 2>3 x",
    ),
    Case(
        "a method that is taken out of a dict",
        [ONE, HELD, "g = d['add']", "g(1)", "print(x)"],
        delete(3),
        "lingering-effect c4",
        "0>1 x, 1>2 d, 2>3 g, 0>4 x, 3>4 x",
    ),
    Case(
        "a dict of methods that is looked at",
        [ONE, HELD, "print(list(d), len(d))", "print(x)"],
        rerun(2),
        "",
        "0>1 x, 1>2 d, 0>3 x",
    ),
    Case(
        "a part of what a function hands out",
        [CACHE, GET, "get()['n'] = 1", "print(CACHE)"],
        delete(2),
        "lingering-effect c3",
        "0>2 CACHE, 1>2 get, 0>3 CACHE, 2>3 CACHE",
    ),
    Case(
        "a part of what a function hands out, counted",
        [CACHE, GET, "get()['k'] += 1", "print(CACHE)"],
        rerun(2, 3),
        "repeated-run c2",
        "0>2 CACHE, 1>2 get, 0>3 CACHE, 2>3 CACHE",
    ),
    Case(
        "a part of what a function hands out, removed",
        [CACHE, GET, "del get()['k']", "print(CACHE)"],
        delete(2),
        "lingering-effect c3",
        "0>2 CACHE, 1>2 get, 0>3 CACHE, 2>3 CACHE",
    ),
    Case(
        "an attribute of what a function hands out",
        [
            "from types import SimpleNamespace\nSTATE = SimpleNamespace(n=0)",
            "def get():\n    return STATE",
            "def go():\n    get().n = 1",
            "go()",
            "print(STATE)",
        ],
        delete(3),
        "lingering-effect c4",
        "0>3 STATE, 1>3 get, 2>3 go, 0>4 STATE, 3>4 STATE",
    ),
    Case(
        "a part of the one of two that a function hands back",
        ["a = {}\nb = {}", "def pick(one):\n    return one", "pick(a)['n'] = 1", "print(b)"],
        delete(2),
        "",
        "0>2 a, 1>2 pick, 0>3 b",
    ),
    Case(
        "a part of what a function makes anew",
        [CACHE, "def made():\n    return dict(CACHE)", "made()['n'] = 1", "print(CACHE)"],
        rerun(2),
        "",
        "0>2 CACHE, 1>2 made, 0>3 CACHE",
    ),
    Case(
        "SQL in a name that changes something",
        [BASE, "q = 'insert into t values (1)'", "con.execute(q);", COUNT],
        delete(2),
        "lingering-effect c3",
        "0>2 con, 1>2 q, 0>3 con, 2>3 con",
    ),
    Case(
        "SQL in a name, for many rows, run twice",
        [BASE, "q = 'insert into t values (?)'\nn = [(1,), (2,)]", "con.executemany(q, n);", COUNT],
        rerun(2, 3),
        "repeated-run c2",
        "0>2 con, 1>2 n q, 0>3 con, 2>3 con",
    ),
    Case(
        "SQL in a name that begins in a text",
        [BASE, "n = 3\nq = f'insert into t values ({n})'", "con.execute(q);", COUNT],
        delete(2),
        "lingering-effect c3",
        "0>2 con, 1>2 q, 0>3 con, 2>3 con",
    ),
    Case(
        "SQL in a name that nobody knows",
        [BASE, "q = ' '.join(['insert into t', 'values (1)'])", "con.execute(q);", COUNT],
        delete(2),
        "lingering-effect c3",
        "0>2 con, 1>2 q, 0>3 con, 2>3 con",
    ),
    Case(
        "SQL in a name that only reads",
        [BASE, "q = 'select * from t'", "print(con.execute(q).fetchall())", COUNT],
        rerun(2),
        "",
        "0>2 con, 1>2 q, 0>3 con",
    ),
    Case(
        "SQL in a name that only reads, of a cursor",
        [BASE, "cur = con.cursor()\nq = 'select 1'", "cur.execute(q);", "print(cur.fetchone())"],
        rerun(2, 3),
        "",
        "0>1 con, 1>2 cur q, 1>3 cur, 2>3 cur",
    ),
    Case(
        "SQL in a name of a function",
        [
            BASE,
            "def go(n):\n    q = f'insert into t values ({n})'\n    con.execute(q)",
            "go(1)",
            COUNT,
        ],
        delete(2),
        "lingering-effect c3",
        "0>2 con, 1>2 go, 0>3 con, 2>3 con",
    ),
    Case(
        "SQL in a name of a function, one of two",
        [
            BASE,
            "def go(n):\n    q = 'select 1'\n    if n:\n        q = 'insert into t values (1)'\n"
            "    con.execute(q)",
            "go(1)",
            COUNT,
        ],
        rerun(2, 3),
        "repeated-run c2",
        "0>2 con, 1>2 go, 0>3 con, 2>3 con",
    ),
    Case(
        "SQL that only reads in a name of a function, over one of the page",
        [
            f"{BASE}\nq = 'insert into t values (1)'",
            "def go(n):\n    q = f'select {n}'\n    return con.execute(q).fetchall()",
            "print(go(1))",
            COUNT,
        ],
        rerun(2),
        "",
        "0>2 con, 1>2 go, 0>3 con",
    ),
    Case(
        "SQL in a name that asks something else now",
        [BASE, "q = 'insert into t values (1)'", "con.execute(q);", COUNT],
        both(change(1, "q = 'select 1'"), rerun(2)),
        "repeated-run c2, later-mutation c3",
        "0>2 con, 1>2 q, 0>3 con, 2>3 con",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


QUIET = Case(
    "nothing happened to what is handed on",
    [
        f"{ONE}\n{CACHE}\n{BASE}",
        f"{TWICE}\n{GET}\n{HELD}",
        "twice(x.append)\nd['add'](1)\nget()['n'] = 1\nq = 'insert into t values (1)'\n"
        "con.execute(q);",
        f"print(x, CACHE)\n{COUNT}",
    ],
    nothing,
    "",
    "0>1 x, 0>2 CACHE con x, 1>2 d get twice, 0>3 CACHE con x, 2>3 CACHE con x",
)


def test_nothing_happened() -> None:
    assert_case(QUIET, answers=False)
