"""Engine cases, each a session that really runs: (page, what happens, what is said)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .sessions import Session

Play = Callable[[Session], object]


def rerun(place: int) -> Play:
    return lambda session: session.run(place)


def delete(place: int) -> Play:
    return lambda session: session.delete(place)


def edit_and_run(place: int, source: str) -> Play:
    def play(session: Session) -> None:
        session.edit(place, source)
        session.run(place)

    return play


FLAGGED: dict[str, tuple[list[str], Play, list[tuple[str, str, bool]]]] = {
    "method mutates": (
        ["a = [1]", "a.append(2)", "print(a)"],
        rerun(1),
        [("repeated-run", "c1", False)],
    ),
    "alias mutates": (
        ["a = [1]", "b = a", "b.append(2)", "print(a)"],
        delete(2),
        [("lingering-effect", "c3", False)],
    ),
    "element mutates": (
        ["a = [[1]]", "b = a[0]", "b.append(2)", "print(a)"],
        delete(2),
        [("lingering-effect", "c3", False)],
    ),
    "container holds": (
        ["a = [1]", "b = [a]", "a.append(2)", "print(b)"],
        delete(2),
        [("lingering-effect", "c3", False)],
    ),
    "dict.pop": (
        ["d = {'k': 1, 'j': 2}", "d.pop('k', None)", "print(d)"],
        delete(1),
        [("lingering-effect", "c2", False)],
    ),
    "iterator consumed": (
        ["it = iter([1, 2, 3])", "print(next(it))"],
        rerun(1),
        [("repeated-run", "c1", False)],
    ),
    "function mutates its argument": (
        ["def grow(items):\n    items.append(1)", "a = []", "grow(a)", "print(a)"],
        rerun(2),
        [("repeated-run", "c2", False)],
    ),
    "function reads a global": (
        ["rate = 2", "def f():\n    return rate", "print(f())"],
        delete(0),
        [("deleted-definition", "c2", True)],
    ),
    "global statement": (
        ["n = 0", "def bump():\n    global n\n    n += 1", "bump()", "print(n)"],
        rerun(2),
        [("repeated-run", "c2", False)],
    ),
    "method of a class": (
        [
            "rate = 2",
            "class M:\n    def go(self):\n        return rate",
            "m = M()",
            "print(m.go())",
        ],
        edit_and_run(0, "rate = 3"),
        [("stale-input", "c3", False)],
    ),
    "decorator": (
        [
            "def twice(f):\n    return lambda: 2 * f()",
            "@twice\ndef g():\n    return 1",
            "print(g())",
        ],
        delete(0),
        [("deleted-definition", "c1", True)],
    ),
    "default argument": (
        ["n = 1", "def f(k=n):\n    return k", "print(f())"],
        delete(0),
        [("deleted-definition", "c1", True)],
    ),
    "comprehension": (
        ["xs = [1, 2]", "ys = [x for x in xs]", "print(ys)"],
        delete(0),
        [("deleted-definition", "c1", True)],
    ),
    "walrus in a comprehension": (
        ["xs = [1]", "[w := x for x in xs]", "print(w)"],
        delete(1),
        [("deleted-definition", "c2", True)],
    ),
    "match captures": (
        ["match (1, 2):\n    case (a, b):\n        pass", "print(a, b)"],
        delete(0),
        [("deleted-definition", "c1", True)],
    ),
    "star-unpack": (
        ["a, *b = [1, 2, 3]", "print(b)"],
        delete(0),
        [("deleted-definition", "c1", True)],
    ),
    "loop variable": (
        ["for i in range(3):\n    pass", "print(i)"],
        delete(0),
        [("deleted-definition", "c1", True)],
    ),
    "import a.b": (
        ["import os.path", "print(os.path.sep)"],
        delete(0),
        [("deleted-definition", "c1", True)],
    ),
    "rebinds what it reads": (
        ["x = 1", "x = x * 2\nprint(x)"],
        rerun(1),
        [("repeated-run", "c1", False)],
    ),
    "seeded random": (
        ["import random\nrandom.seed(0)", "print(random.random())"],
        rerun(1),
        [("repeated-run", "c1", False)],
    ),
    "returns a global": (
        ["data = [1]", "def get():\n    return data", "x = get()", "x.append(2)", "print(data)"],
        delete(3),
        [("lingering-effect", "c4", False)],
    ),
    "branch that ran is a witness": (
        ["flag = True\nrate = 2", "if flag:\n    print(rate)"],
        edit_and_run(0, "flag = True"),
        [("outdated-definition", "c1", True)],
    ),
    "one root, many tainted": (
        ["a = 1", "b = a + 1", "c = b + 1", "print(c)"],
        edit_and_run(0, "a = 2"),
        [("stale-input", "c1", False)],
    ),
}

SILENT: dict[str, tuple[list[str], Play]] = {
    "same value again": (["a = 1", "print(a)"], rerun(0)),
    "definition again": (["def f():\n    return 1", "print(f())"], rerun(0)),
    "import again": (["import math", "print(math.floor(1.5))"], rerun(0)),
    "comment edited": (["a = 1", "print(a)"], lambda s: s.edit(0, "# now with words\na  =  1")),
    "shown again": (["a = [1]", "a"], rerun(1)),
    "unused deleted": (["a = 1", "b = 2", "print(b)"], delete(0)),
    "loop again": (["for i in range(3):\n    print(i)"], rerun(0)),
    "branch again": (["if True:\n    x = 1", "print(x)"], rerun(0)),
    "try idiom": (
        ["try:\n    cache\nexcept NameError:\n    cache = {}", "print(cache)"],
        lambda s: None,
    ),
    "exception name": (["try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    print(e)"], rerun(0)),
    "copy is not an alias": (["a = [1]", "b = list(a)\nb.append(2)", "print(a)"], rerun(1)),
    "deleted name defined again": (["x = 1", "del x", "y = 2"], rerun(0)),
    "sorted again": (["a = [2, 1]", "a = sorted(a)", "print(a)"], rerun(1)),
    "column again": (["d = {'a': 1}", "d['b'] = d['a'] + 1", "print(d)"], rerun(1)),
    "function never called": (["def f():\n    return missing", "x = 1"], lambda s: None),
    "failed and mended": (
        ["a = 1", "a = 1"],
        lambda s: (s.edit(1, "b = a +"), s.edit(1, "b = a + 1"), s.run(1)),
    ),
}


@pytest.mark.parametrize("case", FLAGGED)
def test_flagged(case: str) -> None:
    sources, play, expected = FLAGGED[case]
    session = Session.of(*sources)
    assert session.run_all()
    play(session)
    report = session.report()
    assert [(f.check, f.cell_id, f.certain) for f in report.findings] == expected


@pytest.mark.parametrize("case", SILENT)
def test_silent(case: str) -> None:
    sources, play = SILENT[case]
    session = Session.of(*sources)
    assert session.run_all()
    play(session)
    report = session.report()
    assert report.findings == ()


def test_failed_run_then_mended_is_reproducible() -> None:
    session = Session.of("a = 1", "print(b)", "b = a + 1")
    session.run(0)
    session.run(1)
    session.run(2)
    assert [f.check for f in session.report().findings] == ["definition-below"]
    session.move(1, 2)
    session.run(2)
    assert session.report().findings == ()
    assert {cell.state for cell in session.report().cells} == {"reproducible"}
