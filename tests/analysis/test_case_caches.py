"""Functions that keep their results (`functools.cache`): what they gave before may come again."""

from __future__ import annotations

import pytest

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Report

from .cases import Case, assert_case, change, each, rerun
from .sessions import Session

CASES = [
    Case(
        "cached function keeps what it read",
        [
            "import functools\nrate = 2",
            "@functools.lru_cache\ndef f():\n    return rate",
            "print(f())",
        ],
        change(0, "import functools\nrate = 3", 2),
        "* c2",
        "0>1 functools, 0>2 rate, 1>2 f",
    ),
    Case(
        "cached function, run again over what it was",
        [
            "from functools import cache\nrate = 2",
            "@cache\ndef f(n):\n    return rate * n",
            "print(f(2))",
        ],
        rerun(2, 0, 2),
        "",
        "0>1 cache, 0>2 rate, 1>2 f",
    ),
    Case(
        "cached function, defined again",
        [
            "from functools import cache\nrate = 2",
            "@cache\ndef f(n):\n    return rate * n",
            "print(f(2))",
        ],
        change(0, "from functools import cache\nrate = 3", 1, 2),
        "",
        "0>1 cache, 0>2 rate, 1>2 f",
    ),
    Case(
        "cached function, told to forget",
        [
            "from functools import cache\nrate = 2",
            "@cache\ndef f(n):\n    return rate * n",
            "f.cache_clear()\nprint(f(2))",
        ],
        change(0, "from functools import cache\nrate = 3", 2),
        "",
        "0>1 cache, 0>2 rate, 1>2 f",
    ),
    Case(
        "cached function, called by another",
        [
            "from functools import cache\nrate = 2",
            "@cache\ndef f(n):\n    return rate * n",
            "def g():\n    return f(2)",
            "print(g())",
        ],
        change(0, "from functools import cache\nrate = 3", 3),
        "repeated-run c3",
        "0>1 cache, 0>3 rate, 1>3 f, 2>3 g",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


def _report(session: Session) -> Report:
    notebook = session.notebook()
    return analyse(notebook, from_runs(notebook, session.runs), session.surroundings())


def test_a_page_that_changes_what_it_reads_is_no_trouble_run_again() -> None:
    page = [
        "from functools import cache\nrate = 2",
        "@cache\ndef f(n):\n    return rate * n",
        "print(f(2))",
        "rate = 3",
        "print(f(2))",
    ]
    session = Session.of(*page)
    session.run_all()
    session.run(4)
    assert _report(session).findings == ()


def test_the_way_out_makes_the_function_anew() -> None:
    session = Session.of(*CASES[0].page)
    session.run_all()
    CASES[0].perturb(session)
    (finding,) = _report(session).findings
    assert finding.message == "`f` keeps its results, and may give one of before a change"
    assert [fix.run for fix in finding.fixes] == [("c1", "c2")]
    for cell_id in finding.fixes[0].run:
        session.run(int(cell_id[1:]))
    assert _report(session).findings == ()
