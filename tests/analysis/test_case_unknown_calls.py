"""Calls that are in no table, databases, documents: what they may change is told as possible."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, nothing, rerun

PARSER = "import argparse\np = argparse.ArgumentParser(prog='p')"
USAGE = "print(p.format_usage())"
GRAPH = "from graphlib import TopologicalSorter\ng = TopologicalSorter()"
BASE = "import sqlite3\ncon = sqlite3.connect(':memory:')\ncon.execute('create table t (n)');"
COUNT = "print(con.execute('select count(*) from t').fetchone())"

CASES = [
    # --- words of change
    Case(
        "deleted add_",
        [PARSER, "p.add_argument('--n')", USAGE],
        delete(1),
        "lingering-effect c2",
        "0>1 p, 0>2 p, 1>2 p",
    ),
    Case(
        "add_ in a cell that ran twice",
        [
            "from email.message import EmailMessage\nm = EmailMessage()",
            "m.add_footer = 1\nm.add_header('a', 'b')",
            "print(m.items())",
        ],
        rerun(1),
        "repeated-run c1",
        "0>1 m, 0>2 m, 1>2 m",
    ),
    Case(
        "set_ in a cell that ran twice changes nothing more",
        [PARSER, "p.set_defaults(n=1)", "print(p.parse_args([]))"],
        rerun(1),
        "",
        "0>1 p, 0>2 p, 1>2 p",
    ),
    Case(
        "another set_",
        [PARSER, "p.set_defaults(n=1)", "print(p.parse_args([]))"],
        change(1, "p.set_defaults(n=2)"),
        "lingering-effect c1, stale-input c2",
        "0>1 p, 0>2 p, 1>2 p",
    ),
    Case(
        "a result that is kept is no change",
        [PARSER, "u = p.add_subparsers", "print(p.prog)"],
        rerun(1),
        "",
        "0>1 p, 0>2 p",
    ),
    Case(
        "a word that is none of change",
        [PARSER, "p.format_usage()", USAGE],
        rerun(1),
        "",
        "0>1 p, 0>2 p",
    ),
    Case(
        "a method of the page of that name that changes nothing",
        [
            "class A:\n    def add_up(self, n):\n        print(n)\na = A()",
            "a.add_up(1)",
            "print(type(a).__name__)",
        ],
        rerun(1),
        "",
        "0>1 a, 0>2 a",
    ),
    Case(
        "a trailing underscore",
        [
            "from kit import Box\nt = Box()",
            "t.up_()",
            "print(t.n)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 t, 0>2 t, 1>2 t",
        files={"kit.py": "class Box:\n    n = 0\n    def up_(self):\n        self.n += 1\n"},
    ),
    Case(
        "in a function",
        [PARSER, "def go(q):\n    q.add_argument('--n')", "go(p)", USAGE],
        delete(2),
        "lingering-effect c3",
        "0>2 p, 1>2 go, 0>3 p, 2>3 p",
    ),
    Case(
        "in a loop",
        [GRAPH, "for n in [1, 2]:\n    g.add(n)", "print(tuple(g.static_order()))"],
        delete(1),
        "lingering-effect c2",
        "0>1 g, 0>2 g, 1>2 g",
    ),
    Case(
        "through an attribute",
        [
            "import types\nb = types.SimpleNamespace(p=None)\n" + PARSER + "\nb.p = p",
            "b.p.add_argument('--n')",
            USAGE,
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 b, 0>2 p, 1>2 p",
    ),
    # --- databases
    Case(
        "deleted insert",
        [BASE, "con.execute('insert into t values (1)')\nx = 1", COUNT, "print(x)"],
        change(1, "x = 1"),
        "stale-input c2",
        "0>1 con, 0>2 con, 1>2 con, 1>3 x",
    ),
    Case(
        "insert that ran twice",
        [BASE, "r = con.execute('insert into t values (1)')", COUNT],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 con, 0>2 con, 1>2 con",
    ),
    Case(
        "insert through a cursor",
        [BASE, "cur = con.cursor()", "cur.execute('''\n  INSERT INTO t VALUES (1)''');", COUNT],
        delete(2),
        "lingering-effect c3",
        "0>1 con, 1>2 cur, 0>3 con, 2>3 con",
    ),
    Case(
        "a cursor that was read",
        [
            BASE,
            "cur = con.cursor()\ncur.execute('select count(*) from t');",
            "print(cur.fetchall())",
        ],
        rerun(2),
        "repeated-run c2",
        "0>1 con, 1>2 cur",
    ),
    Case(
        "select by a cursor, again",
        [
            BASE,
            "cur = con.cursor()",
            "cur.execute('select count(*) from t');",
            "print(cur.fetchall())",
        ],
        rerun(2, 3),
        "",
        "0>1 con, 1>2 cur, 1>3 cur, 2>3 cur",
    ),
    Case(
        "a table that pandas writes",
        [
            BASE + "\nimport pandas as pd",
            "pd.DataFrame({'a': [1]}).to_sql('u', con);",
            "print(pd.read_sql('select count(*) from sqlite_master', con).iloc[0, 0])",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 con pd, 0>2 con pd, 1>2 con",
    ),
    # --- documents
    Case(
        "an element of a document",
        [
            "import xml.etree.ElementTree as ET\nr = ET.Element('r')",
            "e = ET.SubElement(r, 'x')",
            "print(ET.tostring(r))",
        ],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 ET r, 0>2 ET r, 1>2 r",
    ),
    Case(
        "printed into an object",
        ["import io\nbuf = io.StringIO()", "print('a', file=buf)", "print(buf.getvalue())"],
        delete(1),
        "lingering-effect c2",
        "0>1 buf, 0>2 buf, 1>2 buf",
    ),
    Case(
        "dumped into an object",
        ["import io, json\nbuf = io.StringIO()", "json.dump([1], buf)", "print(buf.getvalue())"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 buf json, 0>2 buf, 1>2 buf",
    ),
    Case(
        "a section of a configuration",
        [
            "import configparser\nc = configparser.ConfigParser()",
            "c.add_section('a')",
            "print(c.sections())",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 c, 0>2 c, 1>2 c",
    ),
]
HIDDEN = [
    Case(
        "select changes nothing",
        [
            BASE,
            "con.execute('insert into t values (1)');",
            "con.execute('select * from t').fetchall()",
            COUNT,
        ],
        rerun(2),
        "",
        "0>1 con, 0>2 con, 1>2 con, 0>3 con, 1>3 con",
    ),
    Case(
        "nothing happened",
        [
            PARSER,
            "p.add_argument('--n');",
            "p.set_defaults(n=1)",
            USAGE,
            BASE,
            "con.execute('insert into t values (1)');",
            COUNT,
        ],
        nothing,
        "",
        "0>1 p, 0>2 p, 1>2 p, 0>3 p, 1>3 p, 2>3 p, 4>5 con, 4>6 con, 5>6 con",
    ),
]
"""What a connection holds no fingerprint of the truth can see."""


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


@pytest.mark.parametrize("case", each(HIDDEN))
def test_hidden(case: Case) -> None:
    assert_case(case, answers=False)
