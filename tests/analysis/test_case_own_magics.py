"""Magics that the page makes itself: `%alias`, `%alias_magic`, and IPython's decorators.

The shell of all cases keeps what a decorator registered, so no other case has its name."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, edit, nothing, rerun

ALIAS = "%alias hi echo hello"
REGISTERS = (
    "from IPython.core.magic import register_line_magic\n"
    "@register_line_magic\ndef shout(line):\n    print('{}', line)"
)
CASES = [
    Case("an alias", [ALIAS, "%hi"], delete(0), "deleted-definition c1 certain", "0>1 %hi"),
    Case(
        "an alias that is another one now",
        [ALIAS, "%hi there"],
        change(0, "%alias hi echo bye"),
        "stale-input c1",
        "0>1 %hi",
    ),
    Case(
        "an alias that got another name",
        [ALIAS, "%hi there"],
        edit(0, "%alias ho echo hello"),
        "outdated-definition c1 certain, edited-since-run c0",
        "0>1 %hi",
    ),
    Case("an alias that ran again", [ALIAS, "%hi"], rerun(0, 1), "", "0>1 %hi"),
    Case("an alias of something else", [ALIAS, "%ls", "%alias ho echo"], delete(0), "", ""),
    Case(
        "nothing happened to an alias", [ALIAS, "%hi", "%hi you"], nothing, "", "0>1 %hi, 0>2 %hi"
    ),
    Case(
        "a magic that a function of the page is",
        [REGISTERS.format("hi"), "%shout you"],
        change(0, REGISTERS.format("ho")),
        "stale-input c1",
        "0>1 %shout",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


LOADS = "%load_ext autoreload"
BEYOND = [
    Case(
        "another name of a magic",
        ["x = 1", "%alias_magic tt timeit", "%tt -n1 -r1 -q x", "print(x)"],
        delete(1),
        "deleted-definition c2 certain",
        "",
    ),
    Case(
        "a magic of an extension",
        [LOADS, "%autoreload 2", "y = 1"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 %autoreload",
    ),
    Case(
        "an extension that is loaded below",
        ["y = 1", LOADS, "%autoreload 2"],
        lambda session: session.move(1, 2),
        "definition-below c2 certain",
        "1>2 %autoreload",
    ),
    Case(
        "an extension that another cell loads, too",
        [LOADS, f"{LOADS}\n%autoreload 2", "y = 1"],
        delete(0),
        "",
        "0>1 %autoreload",
    ),
    Case(
        "a magic of an extension that nobody is seen to load",
        ["y = 1", "%autoreload 2", "print(y)"],
        delete(0),
        "deleted-definition c2 certain",
        "0>2 y",
        unseen=True,
    ),
]
"""Whose truth is not looked at: IPython keeps all of it when it is reset."""


@pytest.mark.parametrize("case", each(BEYOND))
def test_what_ipython_keeps(case: Case) -> None:
    assert_case(case, answers=False)
