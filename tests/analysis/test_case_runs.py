"""What happens to a page: runs again, edits, failures, moves, a console."""

from __future__ import annotations

import pytest

from .cases import Case, Play, assert_case, both, change, delete, each, edit, nothing, rerun
from .sessions import Session


def console(source: str) -> Play:
    return lambda session: session.console(source)


def move(place: int, to: int) -> Play:
    return lambda session: session.move(place, to)


def insert(place: int, source: str) -> Play:
    return lambda session: session.insert(place, source)


def insert_and_run(place: int, source: str) -> Play:
    def play(session: Session) -> None:
        session.insert(place, source)
        session.run(place)

    return play


CHAIN = ["a = 1", "b = a + 1", "c = b + 1", "print(c)"]
CASES = [
    Case(
        "a run again that gives the same",
        ["a = 1", "print(a)"],
        rerun(0, 0, 1),
        "",
        "0>1 a",
    ),
    Case(
        "everything again",
        CHAIN,
        rerun(0, 1, 2, 3),
        "",
        "0>1 a, 1>2 b, 2>3 c",
    ),
    Case(
        "a comment edited",
        CHAIN,
        edit(0, "# now with words\na  =  (1)"),
        "",
        "0>1 a, 1>2 b, 2>3 c",
    ),
    Case(
        "a comment edited and run",
        CHAIN,
        change(0, "# now with words\na = 1"),
        "",
        "0>1 a, 1>2 b, 2>3 c",
    ),
    Case(
        "code edited, not run",
        CHAIN,
        edit(1, "b = a + 2"),
        "edited-since-run c1",
        "0>1 a, 1>2 b, 2>3 c",
    ),
    Case(
        "code edited and put back",
        CHAIN,
        both(edit(1, "b = a + 2"), edit(1, "b = a + 1")),
        "",
        "0>1 a, 1>2 b, 2>3 c",
    ),
    Case(
        "code edited and run, then put back and run",
        CHAIN,
        both(change(1, "b = a + 2"), change(1, "b = a + 1")),
        "",
        "0>1 a, 1>2 b, 2>3 c",
    ),
    Case(
        "one root, many tainted",
        CHAIN,
        change(0, "a = 2"),
        "stale-input c1",
        "0>1 a, 1>2 b, 2>3 c",
    ),
    Case(
        "one line of a cell",
        ["a = 1\nz = 1", "print(a)", "print(z)"],
        change(0, "a = 1\nz = 2"),
        "stale-input c2",
        "0>1 a, 0>2 z",
    ),
    Case(
        "a cell that failed and was mended",
        ["a = 1", "b = 1", "print(b)"],
        both(change(1, "b = a + missing"), change(1, "b = 1"), rerun(2)),
        "",
        "1>2 b",
    ),
    Case(
        "a cell that failed half-way and was mended",
        ["x = 1", "z = 2", "print(x)"],
        both(change(1, "x = 5\ny = 1 / 0"), change(1, "z = 2"), rerun(2)),
        "* c2",
        "0>2 x",
    ),
    Case(
        "shown again",
        ["a = [1]", "a"],
        rerun(1),
        "",
        "0>1 a",
    ),
    Case(
        "a loop and a branch again",
        ["for i in range(3):\n    print(i)\nif i:\n    x = 1", "print(x)"],
        rerun(0, 1),
        "",
        "0>1 x",
    ),
    Case(
        "sorted into itself again",
        ["a = [2, 1]", "a = sorted(a)", "print(a)"],
        rerun(1),
        "",
        "0>1 a, 1>2 a",
    ),
    Case(
        "a cell that failed, then moved below what it needs",
        ["a = 1", "print(b)", "b = a + 1"],
        both(rerun(2), move(1, 2), rerun(2)),
        "",
        "0>2 a",
    ),
    Case(
        "a cell that fails",
        ["a = 1", "1 / 0", "print(a)"],
        nothing,
        "",
        "0>2 a",
    ),
    Case(
        "a cell that fails for a name of its own",
        ["a = 1", "print(missing)"],
        nothing,
        "undefined-name c1 certain",
        "",
    ),
    Case(
        "deleted, and not used",
        ["a = 1", "b = 2", "print(b)"],
        delete(0),
        "",
        "1>2 b",
    ),
    Case(
        "deleted, and defined elsewhere",
        ["a = 1", "a = 1", "print(a)"],
        delete(1),
        "",
        "1>2 a",
    ),
    Case(
        "an older version defined it",
        ["a = 1\nz = 2", "print(z)"],
        change(0, "a = 1"),
        "outdated-definition c1 certain",
        "0>1 z",
    ),
    Case(
        "a console defined it",
        ["a = 1", "print(a)"],
        both(console("b = 5"), insert_and_run(2, "print(b)")),
        "outside-definition n2-3 certain",
        "0>1 a",
    ),
    Case(
        "a console changed it",
        ["a = 1", "print(a)"],
        both(console("a = 5"), rerun(1)),
        "* c1",
        "0>1 a",
    ),
    Case(
        "a console looked",
        ["a = 1", "print(a)"],
        both(console("print(a)"), rerun(1)),
        "",
        "0>1 a",
    ),
    Case(
        "moved below its use",
        ["a = 1", "print(a)"],
        move(0, 1),
        "definition-below c1 certain",
        "0>1 a",
    ),
    Case(
        "moved, and it does not matter",
        ["a = 1", "b = 2", "print(a, b)"],
        move(0, 1),
        "",
        "0>2 a, 1>2 b",
    ),
    Case(
        "inserted above, not run",
        ["a = 1", "print(a)"],
        insert(1, "a = 2"),
        "* n2-2",
        "0>1 a",
    ),
    Case(
        "ran before the one above, and it matters",
        ["a = 1", "a = 2", "print(a)"],
        both(rerun(0), rerun(2)),
        "* c2",
        "1>2 a",
    ),
    Case(
        "ran before the one above, and it does not matter",
        ["a = 1", "b = 2", "print(a, b)"],
        both(rerun(1), rerun(0), rerun(2)),
        "",
        "0>2 a, 1>2 b",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
