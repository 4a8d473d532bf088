"""Lost code that is put back is what was there, where it stood: the page then really runs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis.sessions import Session

from .played import fixed, sources

ITEMS = "items = [1]"
FRAME = "import pandas as pd\ndf = pd.DataFrame({'g': ['a', 'b'], 'v': [1, 2]})"
UPPER = "df.columns = [c.upper() for c in df.columns]"


def restored(session: Session) -> dict[str, Session]:
    """The session with each fix that puts lost code back, by title."""
    fixes = [fix for one in session.report().findings for fix in one.fixes if fix.cells]
    return {fix.title: fixed(session, fix) for fix in fixes}


def without(page: tuple[str, ...], *gone: int) -> Session:
    """A page that ran in order, and lost these cells."""
    session = Session.of(*page)
    assert session.run_all(), session.shown
    for place in sorted(gone, reverse=True):
        session.delete(place)
    return session


def test_truth_is_asked_of_a_page_that_failed_without_the_code() -> None:
    session = without(("a = 1", "print(a)"), 0)
    assert session.clean() == ({"c1": "NameError: name 'a' is not defined\n"}, "c1")


WHERE_IT_STOOD = {
    "above what uses it up": (("p = iter([1, 2, 3])", "first = next(p)", "d = list(p)", "print(first, d)"), 1),
    "above what changes it": (("t = [1]", "u = t[:]", "t.append(2)", "print(u, t)"), 1),
    "above a column that goes by its new name": (
        (FRAME, UPPER, "df.at[0, 'V'] = 100", "print(df.groupby('G')['V'].sum())"), 1,
    ),
    "a file that is read on": (
        ("import io\nfh = io.StringIO('a\\nb\\nc')", "head = fh.readline()", "rest = fh.read()", "print(head, rest)"), 1,
    ),
    "two cells, each where it stood": (
        ("t = [1]", "u = t[:]", "t.append(2)", "v = u + t", "t.append(3)", "print(v, t)"), 1, 3,
    ),
    "a seed above its draws": (
        ("import random\nrandom.seed(3)", "random.seed(1)\nk = 2", "a = random.random()", "print(a, k)"), 1,
    ),
    "a draw between draws": (
        ("import random\nrandom.seed(1)", "a = random.random()", "b = random.random()", "print(a, b)"), 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WHERE_IT_STOOD)
def test_code_comes_back_where_it_stood(name: str) -> None:
    page, *gone = WHERE_IT_STOOD[name]
    session = without(page, *gone)
    ((title, after),) = restored(session).items()
    assert title.startswith("Restore the deleted ")
    assert sources(after) == list(page)
    shown, stops = after.clean()
    assert stops is None
    assert {one: shown[one] for one in session.shown if one in shown} == {
        one: session.shown[one] for one in session.shown if one in shown
    }


WITH_ITS_EFFECTS = {
    "a seed": (("import numpy as np\nnp.random.seed(0)\nidx = np.arange(8)", "np.random.shuffle(idx)", "print(idx)"), 0),
    "the environment": (("import os\nos.environ['PUT_BACK'] = 't'", "print(os.environ.get('PUT_BACK', 'none'))"), 0),
    "a change of what it binds": (("x = 1", "a = b = []\na.append(1)", "print(b)"), 1),
    "a change beside an import": (
        ("import heapq\nh = [5]", "from heapq import heappush as push, heappop\npush(h, -1)", "print(heappop(h))"), 1,
    ),
    "a name of another finding": (
        ("k = 1", "n = 2\ndef keep(x):\n    return x > n", "print(keep(k), (lambda: n)())"), 1,
    ),
    "a call that is in no table": (
        ("class Log:\n    seen = []\nlog = Log()", "rate = 2\nsetattr(log, 'seen', [5])", "print(rate, log.seen)"), 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WITH_ITS_EFFECTS)
def test_code_comes_back_with_all_that_it_did(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUT_BACK", "none")
    page, gone = WITH_ITS_EFFECTS[name]
    session = without(page, gone)
    ((_, after),) = restored(session).items()
    assert sources(after) == list(page)
    assert after.clean()[1] is None
    assert list(after.clean()[0].values())[-1] == session.shown[session.cells[-1].id]


def test_what_only_binds_other_names_or_stands_on_the_page_stays_away() -> None:
    page = (
        "items = []",
        "import math\nrate = 2\nother = 3\nprint(other)\nitems.append(1)",
        "print(rate)",
    )
    session = without(page, 1)
    session.insert(1, "items.append(1)")
    session.run(1)
    session.run(0)
    session.run(1)
    assert {title: sources(after)[1] for title, after in restored(session).items()} == {
        "Restore the deleted `rate = 2` above [6]": "rate = 2"
    }


# --- a run that failed --------------------------------------------------------------------------


def failed(*page: str, at: int, line: int, name: str) -> Session:
    """A page whose cell ``at`` failed and was deleted, the others ran."""
    session = Session.of(*page)
    for place in range(len(page)):
        assert session.run(place) == (place != at)
    session.runs[at] = replace(session.runs[at], error_line=line, error_name=name)
    session.delete(at)
    return session


FAILED = {
    "a loop": (
        "done = []", "for i in range(4):\n    done.append(i)\n    if i == 2: raise ValueError(i)",
        "print(done, i)",
    ),
    "a block with an end": (
        "k = 1", "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    msg = str(e)\n"
        "    raise ValueError('x')\nfinally:\n    fin = 1", "print(msg, fin)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILED)
def test_code_that_failed_is_not_restored(name: str) -> None:
    page = FAILED[name]
    line = page[1].split("raise")[0].count("\n") + 1
    session = failed(*page, at=1, line=line, name="ValueError")
    assert [one.check for one in session.report().findings] == ["deleted-definition"]
    assert restored(session) == {}


def test_what_stood_above_the_failing_line_is_restored() -> None:
    session = failed(
        "k = 1", "rate = 2\nk / 0", "print(rate)", at=1, line=2, name="ZeroDivisionError"
    )
    ((title, after),) = restored(session).items()
    assert (title, sources(after)[1]) == ("Restore the deleted `rate = 2` above [3]", "rate = 2")
    assert after.clean()[1] is None


def test_nothing_is_restored_of_a_run_that_failed_at_a_line_that_is_not_known() -> None:
    session = Session.of("rate = 2\n1 / 0", "print(rate)")
    session.run(0)
    session.run(1)
    session.delete(0)
    assert restored(session) == {}


# --- what lingers -------------------------------------------------------------------------------

LINGERS = {
    "in place": ((ITEMS, "items.append(2)", "print(items)"), 1),
    "names of columns": ((FRAME, UPPER, "print(list(df))"), 1),
    "a table": (
        ("import sqlite3\ncon = sqlite3.connect(':memory:')\ncur = con.cursor()",
         "cur.execute('create table t (a int)');",
         "cur.execute('insert into t values (1)');", "print(cur.execute('select * from t').fetchall())"),
        1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LINGERS)
def test_a_deleted_effect_can_be_restored(name: str) -> None:
    page, gone = LINGERS[name]
    session = without(page, gone)
    ((title, after),) = restored(session).items()
    assert title == f"Restore the deleted cell above [{gone + 2}]"
    assert sources(after) == list(page)
    shown, stops = after.clean()
    assert (stops, list(shown.values())[-1]) == (None, session.shown[session.cells[-1].id])
    assert after.report().findings == ()


def test_what_was_done_twice_is_not_restored_once() -> None:
    session = Session.of(ITEMS, "items.append(2)", "print(items)")
    for place in (0, 1, 1, 2):
        session.run(place)
    session.delete(1)
    assert restored(session) == {}


def test_a_definition_from_a_second_run_is_not_restored() -> None:
    session = Session.of("x = 1", "x = x + 1\ny = x", "print(x, y)")
    for place in (0, 1, 1, 2):
        session.run(place)
    session.delete(1)
    assert {one.check for one in session.report().findings} == {"deleted-definition"}
    assert restored(session) == {}


def test_code_that_ran_later_comes_back_where_it_ran() -> None:
    session = Session.of("t = [1]", "u = t[:]", "t.append(2)", "print(u, t)")
    for place in (0, 2, 1, 3):
        session.run(place)
    session.delete(1)
    ((title, after),) = restored(session).items()
    assert title == "Restore the deleted cell above [4]"
    assert list(after.clean()[0].values())[-1] == session.shown["c3"] == "[1, 2] [1, 2]\n"


def test_what_another_cell_overwrote_is_not_restored() -> None:
    session = without((ITEMS, "items.append(2)", "print(items)"), 1)
    session.run(0)
    session.run(1)
    assert session.report().findings == ()


def test_what_the_person_edited_meanwhile_is_no_reason_against_it() -> None:
    session = without(
        ('names = ["a", "b"]', 't = {"a": 1, "b": 2}', "print([t[n] for n in names])"), 0
    )
    session.edit(0, 't = {"a": 1}')
    back = restored(session)["Restore the deleted cell above [2]"]
    assert sources(back)[0] == 'names = ["a", "b"]'
