"""Code in texts that nobody sees: what it may have bound is unknown, not clean."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, nothing, played, rerun
from .sessions import Session

GO = "def go(text):\n    exec(text, globals())"
TOLD = "n = 0\ndef go(text):\n    exec('n = ' + text, globals())"


def move_up(session: Session) -> None:
    session.move(2, 1)


CASES = [
    Case(
        "a function that executes a text gave the name",
        [GO, "go('n = 1')", "print(n)"],
        delete(1),
        "deleted-definition c2",
        "0>1 go, 1>2 n",
        unseen=True,
    ),
    Case(
        "a function that executes a text gives the name further down",
        [GO, "go('n = 1')", "print(n)"],
        move_up,
        "definition-below c2",
        "0>1 go, 1>2 n",
        unseen=True,
    ),
    Case(
        "a function that executes a text bound the name anew",
        [TOLD, "go('1')", "print(n)"],
        delete(1),
        "",
        "0>1 go, 0>2 n",
        unseen=True,
    ),
    Case(
        "a text that was executed bound the name anew",
        ["n = 0\nt = '1'", "exec('n = ' + t)", "print(n)"],
        delete(1),
        "",
        "0>1 t, 0>2 n",
        unseen=True,
    ),
    Case(
        "a function that fills the names of the page",
        ["n = 0\ndef go(**k):\n    globals().update(k)", "go(n=3)", "print(n)"],
        change(1, "go(m=3)"),
        "",
        "0>1 go, 0>2 n",
        unseen=True,
    ),
    Case(
        "a function that executes a text, never called",
        [TOLD, "same = go", "print(n)"],
        delete(1),
        "",
        "0>1 go, 0>2 n",
    ),
    Case(
        "a function that executes a text, and the rest ran again",
        [GO, "go('n = 1')", "m = 1", "print(m, n)"],
        rerun(2, 3),
        "",
        "0>1 go, 2>3 m, 1>3 n",
    ),
    Case(
        "names that are looked up among all, in another way now",
        ["a = 1", "b = globals().get('a')", "print(a, b)"],
        change(1, "b = globals().get('a', 0)", 2),
        "",
        "0>2 a, 1>2 b",
    ),
    Case(
        "nothing happened to executed texts",
        [GO, "go('n = 1')", "print(n)"],
        nothing,
        "",
        "0>1 go, 1>2 n",
    ),
]


OPEN = ("further down", "the rest ran again")
"""In these some answer is unsure that the truth is sure of."""


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case, answers=not case.name.endswith(OPEN))


ANEW = [case for case in CASES if case.unseen and not case.expect]


@pytest.mark.parametrize("case", ANEW, ids=lambda case: case.name)
def test_a_name_that_was_bound_anew_is_unknown(case: Case) -> None:
    report = played(case).report
    said = report.cells[-1]
    assert (said.state, said.inputs, said.now) == ("unknown",) * 3
    (reason,) = {one.reason for one in report.skipped}
    assert reason == "In [2] may have bound any name anew, and a clean run does not run it so"
