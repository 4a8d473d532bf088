"""Noise or change, by outputs alone: what a page shows against runs that need not agree."""

from __future__ import annotations

from datetime import datetime

import pytest
from documents import cell, document, stdout

from jupyter_prodready import formats
from jupyter_prodready.verify.compare.comparison import compare
from jupyter_prodready.verify.compare.moments import Window, masked_now
from jupyter_prodready.verify.compare.rounding import Tolerance
from jupyter_prodready.verify.noise import judge
from jupyter_prodready.verify.sources import may_print_what_is_gone, sources_of
from jupyter_prodready.verify.suppliers import suppliers_of

AT = datetime(2026, 3, 14, 15, 9, 26).timestamp()
WINDOW = Window(AT, AT + 60)


def said(*texts: str, asks_the_time: bool = False) -> tuple[str, str]:
    shown, *runs = [(stdout(text),) for text in texts]
    found = judge(shown, runs, Tolerance(), WINDOW if asks_the_time else None)
    return found.verdict, found.kind


VARYING = {
    "numbers": ("0.5\n", "0.1\n", "0.2\n", ("noise", "")),
    "uuid": (
        "run 00000000-0000-4000-8000-000000000000\n",
        "run 11111111-0000-4000-8000-000000000000\n",
        "run 22222222-0000-4000-8000-000000000000\n",
        ("noise", "uuid"),
    ),
    "rows beside a uuid": (
        "00000000-0000-4000-8000-000000000000 3 rows\n",
        "11111111-0000-4000-8000-000000000000 4 rows\n",
        "22222222-0000-4000-8000-000000000000 4 rows\n",
        ("changed", "uuid"),
    ),
    "log": (
        "2026-01-01 10:00:00,120 rows 4\n",
        "2026-03-14 15:09:26,007 rows 4\n",
        "2026-03-14 15:10:02,550 rows 4\n",
        ("noise", "clock"),
    ),
    "order": ("['a', 'b', 'c']", "['b', 'a', 'c']", "['c', 'a', 'b']", ("noise", "set")),
    "element": ("['a', 'b', 'd']", "['b', 'a', 'c']", "['c', 'a', 'b']", ("changed", "")),
    "line beside": ("0.5\nrows 3\n", "0.1\nrows 4\n", "0.2\nrows 4\n", ("undecided", "")),
    "line of the form of those that vary": ("5\n3\n", "1\n4\n", "2\n4\n", ("noise", "")),
    "another number of lines": ("5\n", "1\n4\n", "2\n4\n3\n", ("noise", "")),
    "agreeing": ("a\n", "b\n", "b\n", ("undecided", "")),
    "agreeing on the order": ("a b\n", "b a\n", "b a\n", ("undecided", "set")),
}


@pytest.mark.parametrize("name", VARYING)
def test_runs(name: str) -> None:
    *texts, found = VARYING[name]
    assert said(*texts) == found


NOW = {
    "on 2025-01-02": "on 2026-03-14",
    "02.01.2025": "14.03.2026",
    "01/02/25": "03/14/26",
    "Thursday, 2 January 2025": "Saturday, 14 March 2026",
    "Jan 2, 2025": "Mar 14, 2026",
    "Thu Jan  2 10:00:01 2025": "Sat Mar 14 15:09:26 2026",
    "20250102_100001": "20260314_150926",
    "10:00": "15:10",
    "10:00 AM": "03:09 PM",
    "datetime.date(2025, 1, 2)": "datetime.date(2026, 3, 14)",
    "datetime.datetime(2025, 1, 2, 10, 0)": "datetime.datetime(2026, 3, 14, 15, 9)",
    "(c) 2025": "(c) 2026",
    "took 1.2 s": "took 0.9 s",
}
NOT_NOW = {
    "on 2025-01-02": "on 2026-03-15",
    "since 2020-01-01, on 2025-01-02": "since 2020-01-02, on 2026-03-14",
    "3 rows on 2025-01-02": "4 rows on 2026-03-14",
    "10:00": "16:09",
    "Thursday": "Friday",
    "2025 rows": "2027 rows",
    "3 m": "4 m",
}


@pytest.mark.parametrize("shown", NOW)
def test_what_the_clock_shows(shown: str) -> None:
    fresh = NOW[shown]
    assert said(shown, fresh, fresh, asks_the_time=True)[0] == "noise"
    assert said(shown, fresh, fresh)[0] == "undecided"


@pytest.mark.parametrize("shown", NOT_NOW)
def test_what_the_clock_does_not_show(shown: str) -> None:
    fresh = NOT_NOW[shown]
    assert said(shown, fresh, fresh, asks_the_time=True)[0] == "undecided"


def test_where_there_is_no_date() -> None:
    assert masked_now(["a"], ["b"], WINDOW) is None
    assert masked_now(["2025-01-02"], ["2026-03-14", "b"], WINDOW) is None


SOURCES = {
    "import random\nrandom.random()": {"random"},
    "import random\nrandom.seed(1)\nrandom.random()": set(),
    "import numpy as np\nnp.random.default_rng().normal()": {"random"},
    "import numpy as np\nnp.random.default_rng(1).normal()": set(),
    "import uuid\nuuid.uuid4()": {"uuid"},
    "from datetime import datetime as d\nd.now()": {"clock"},
    "import time\ntime.perf_counter()": {"timing"},
    "%timeit 1": {"timing"},
    "import os\nos.getpid()": {"process"},
    "import threading\nthreading.get_ident()": {"thread"},
    "import threading\nthreading.Thread(target=work).start()": {"threads"},
    "import asyncio\ntask = asyncio.create_task(work())": {"tasks"},
    "import requests\nrequests.get('http://a.b')": {"network"},
    "import tempfile\ntempfile.mkdtemp()": {"temporary"},
    "{1, 2}": {"set"},
    "id(1)": {"address"},
    "hash('a')": {"hash"},
    "1 + 1": set(),
}


@pytest.mark.parametrize("source", SOURCES)
def test_sources(source: str) -> None:
    page = document(cell(source))
    notebook = formats.notebook_of(page, "n.ipynb")
    found = sources_of(notebook, suppliers_of(notebook))
    assert found.by_cell.get(0, frozenset()) == SOURCES[source]


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("open('log.txt', 'a').write('x')", "print(len(list(open('log.txt'))))", {1: {"file"}}),
        ("n = open('n.txt').read()", "open('n.txt', 'w').write(n + '1')", {0: {"file"}}),
        ("df.to_csv('t.csv', mode='a')", "pd.read_csv('t.csv')", {1: {"file"}}),
        ("open('log.txt', 'w').write('a')", "print(open('log.txt').read())", {}),
        ("open('log.txt', 'a').write('a')", "print(open('other.txt').read())", {}),
    ],
)
def test_a_file_as_the_run_before_left_it(
    first: str, second: str, kinds: dict[int, set[str]]
) -> None:
    notebook = formats.notebook_of(
        document(cell(f"import pandas as pd\n{first}"), cell(second)), "n.ipynb"
    )
    assert sources_of(notebook, suppliers_of(notebook)).by_cell == kinds


def test_noise_is_named_after_the_cell_where_it_begins() -> None:
    page = document(
        cell("import random\nimport time"),
        cell("x = random.random()"),
        cell("y = x + 1"),
        cell("print(y)"),
        cell("print(time.time())"),
        cell("print(1)"),
    )
    notebook = formats.notebook_of(page, "n.ipynb")
    found = sources_of(notebook, suppliers_of(notebook))
    assert found.named(1) == ("randomness without a seed", None)
    assert found.named(3) == ("randomness without a seed", 1)
    assert found.named(4, "clock") == ("the clock", None)
    assert found.named(5) == ("", None)
    assert found.named(5, "uuid") == ("a new uuid", None)
    assert found.may_agree_by_chance(3)
    assert not found.may_agree_by_chance(4)
    assert found.asks_the_time(4)
    assert not found.asks_the_time(3)


GONE = {
    "print(a)\nprint(b)": False,
    "class A: pass\na = A()\nprint(a, [a], a.b, f'{a}')": False,
    "print(A())": True,
    "for a in these: print(a)": True,
    "def show(): print(A())\nshow()": True,
    "show()": True,
    "print(a": True,
}


@pytest.mark.parametrize("source", GONE)
def test_what_may_be_gone_when_the_next_line_is_printed(source: str) -> None:
    assert may_print_what_is_gone(source) == GONE[source]


def test_addresses_of_objects_that_may_be_gone() -> None:
    one = (stdout("<A at 0x7f0001>\n<A at 0x7f0001>\n"),)
    other = (stdout("<A at 0x7f0002>\n<A at 0x7f0003>\n"),)
    assert compare(one, other).sameness == "changed"
    assert compare(one, other, Tolerance(by_line=True)).sameness == "equivalent"
    one = (stdout("[<A at 0x7f0001>, <A at 0x7f0001>]\n"),)
    other = (stdout("[<A at 0x7f0002>, <A at 0x7f0003>]\n"),)
    assert compare(one, other, Tolerance(by_line=True)).sameness == "changed"
