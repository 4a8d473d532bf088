"""A cell of which nobody knows what it shows: the verdict is not a clean one."""

from __future__ import annotations

import builtins

from .sessions import Session

FRAME = "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2, None]})"
CHANGES = "df.update(pd.DataFrame({'a': [100, 200, 300]}))"


def test_a_name_that_nobody_is_seen_to_give_is_unknown_and_said_so() -> None:
    gives = "import builtins\nbuiltins.seen_by_nobody = len"
    session = Session.of(gives, "print(seen_by_nobody([1]))")
    session.run_all()
    session.delete(0)
    del builtins.seen_by_nobody  # type: ignore[attr-defined]
    report = session.report()
    assert report.cells[-1].state == "unknown"
    assert report.verdict.state == "unknown"
    assert "[2]" in report.verdict.message


def test_in_order_it_is_what_a_clean_run_gives() -> None:
    session = Session.of(FRAME, "df.fillna(0, inplace=True)", CHANGES, "print(df['a'].tolist())")
    session.run_all()
    assert session.report().verdict.state == "in-order"
