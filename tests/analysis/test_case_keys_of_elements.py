"""Keys that are set on a dict which another object holds."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, rerun

ROWS = "rows = [{'n': 2, 'm': 1}]"

CASES = [
    *[
        Case(
            f"key of an element, by {code}",
            [ROWS, f"best = {code}\nbest['n'] = 100", "print(rows)"],
            delete(1),
            "lingering-effect c2",
            "0>1 rows, 0>2 rows, 1>2 rows",
        )
        for code in ["rows[0]", "rows[-1]", "next(r for r in rows if r['n'] == 2)", "list(rows)[0]"]
    ],
    Case(
        "key of an element, unpacked",
        [ROWS, "(one,) = rows\none['n'] = 100", "print(rows)"],
        delete(1),
        "lingering-effect c2",
        "0>1 rows, 0>2 rows, 1>2 rows",
    ),
    Case(
        "key of an element, updated",
        [ROWS, "one = rows[0]\none.update(n=3)", "print(rows)"],
        delete(1),
        "lingering-effect c2",
        "0>1 rows, 0>2 rows, 1>2 rows",
    ),
    Case(
        "key of an element that was parsed",
        [
            "import json\nrows = json.loads('[{\"n\": 2}]')",
            "one = rows[0]\none['n'] = 3",
            "print(rows)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 rows, 0>2 rows, 1>2 rows",
    ),
    Case(
        "key of an element, set again from itself",
        [ROWS, "one = rows[0]\none['n'] = rows[0]['n'] + 1", "print(rows)"],
        rerun(1),
        "repeated-run c1",
        "0>1 rows, 0>2 rows, 1>2 rows",
    ),
    Case(
        "key of a value by its key",
        ["m = {'a': {'b': 1}}", "r = m['a']\nr['b'] = 2", "print(m['a']['b'])"],
        delete(1),
        "lingering-effect c2",
        "0>1 m, 0>2 m, 1>2 m",
    ),
    Case(
        "key of a value by get",
        ["m = {'a': {'b': 1}}", "r = m.get('a')\nr['b'] = 2", "print(m)"],
        delete(1),
        "lingering-effect c2",
        "0>1 m, 0>2 m, 1>2 m",
    ),
    Case(
        "key of a value, named in a cell of its own",
        ["m = {'a': {'b': 1}}", "r = m['a']", "r['b'] = 2", "print(m['a'])"],
        delete(2),
        "lingering-effect c3",
        "0>1 m, 0>3 m, 1>2 r, 2>3 m",
    ),
    Case(
        "key set through the list, read of the element",
        [f"{ROWS}\nbest = rows[0]", "rows[0]['n'] = 5", "print(best['n'])"],
        delete(1),
        "lingering-effect c2",
        "0>1 rows, 0>2 best, 1>2 best",
    ),
    Case(
        "key of an object in a dict that a comprehension makes",
        [
            "objs = [{'v': 2}]\nby = {one['v']: one for one in objs}",
            "r = by[2]\nr['n'] = 100",
            "print(objs)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 by, 0>2 objs, 1>2 objs",
    ),
    *[
        Case(
            f"value changed by {code}, and the dict read as a whole",
            ["g = {'a': [1], 'c': {'k': 1}}", code, "g['b'] = [9]", "print(g)"],
            delete(1),
            "lingering-effect c3",
            "0>1 g, 0>2 g, 0>3 g, 1>3 g, 2>3 g",
        )
        for code in ["g['a'].append(2)", "g['c']['k'] = 2"]
    ],
    # --- near misses
    Case(
        "value changed, and another one read",
        ["g = {'a': [1]}", "g['a'].append(2)", "g['b'] = [9]", "print(g['b'])"],
        delete(1),
        "",
        "0>1 g, 0>2 g, 0>3 g, 2>3 g",
    ),
    Case(
        "value changed, and set anew",
        ["g = {'a': [1]}", "g['a'].append(2)", "g['a'] = [9]", "print(g)"],
        delete(1),
        "",
        "0>1 g, 0>2 g, 0>3 g, 2>3 g",
    ),
    Case(
        "key of a copy of an element",
        [ROWS, "best = rows[0].copy()\nbest['n'] = 100", "print(rows)"],
        delete(1),
        "",
        "0>1 rows, 0>2 rows",
    ),
    Case(
        "key of a dict made of an element",
        [ROWS, "best = {**rows[0]}\nbest['n'] = 100", "print(rows)"],
        delete(1),
        "",
        "0>1 rows, 0>2 rows",
    ),
    Case(
        "key of an element of another list",
        [f"{ROWS}\nmore = [{{'n': 2}}]", "best = rows[0]\nbest['n'] = 100", "print(more)"],
        delete(1),
        "",
        "0>1 rows, 0>2 more",
    ),
    Case(
        "dict of numbers that a comprehension makes",
        ["objs = [1, 2]\nby = {one: one + 1 for one in objs}", "by[1] = 0", "print(objs)"],
        delete(1),
        "",
        "0>1 by, 0>2 objs",
    ),
    Case(
        "key of a dict that nothing holds, set to what it is",
        ["d = {'n': 1}", "d['n'] = 1", "print(d)"],
        delete(1),
        "",
        "0>1 d, 0>2 d, 1>2 d",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
