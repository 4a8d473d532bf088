"""Columns that calls name, where no library is at hand to run them."""

from __future__ import annotations

import pytest

from jupyter_prodready.analysis.evidence import from_runs
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook, Run

POLARS = "import polars as pl\ndf = pl.DataFrame({'a': [2, 1], 'b': [3, 4]})"
MADE = "df = df.with_columns(c=pl.col('a') + 1)"
NEEDED = [
    "df.sort('a', 'c')", "df.sort(by='c')", "df.group_by('c')", "df.select('a', 'c')", "df.unique('c')",
    "df.drop_nulls('c')", "df.unpivot(on='c')", "df.explode('c')", "df.pivot(on='c', values='a')",
    "df.join(df, on='c')", "df.plot(x='c', y='a')",
]  # fmt: skip
OTHERS = ["df.sort('a')", "df.select(c)", "df.group_by('a')", "', '.join('c')", "df.plot(x='a')"]


def told(*sources: str) -> list[tuple[str, str, bool]]:
    """What is told of a page after its second cell was deleted."""
    runs = [Run(n, source, "ok", f"c{n}") for n, source in enumerate(sources, 1)]
    left = [run for run in runs if run.cell_id != "c2"]
    cells = (Cell(r.cell_id or "", i, "code", r.source or "", i + 1) for i, r in enumerate(left))
    notebook = Notebook("n.ipynb", tuple(cells))
    report = analyse(notebook, from_runs(notebook, runs))
    return [(f.check, f.cell_id, f.certain) for f in report.findings]


@pytest.mark.parametrize("code", NEEDED)
def test_a_column_that_is_gone_is_missed_by_who_names_it(code: str) -> None:
    assert told(POLARS, MADE, f"print({code})") == [("deleted-definition", "c3", True)]


@pytest.mark.parametrize("code", OTHERS)
def test_others_miss_no_column(code: str) -> None:
    found = told(POLARS, MADE, "c = 'b'", f"print({code})")
    assert [one for one in found if one[0] == "deleted-definition"] == []
