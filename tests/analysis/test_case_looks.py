"""Display options that are others now: told where a table or an array is shown, and nowhere else."""

from __future__ import annotations

import pytest

from .cases import Case, Play, assert_case

NUMPY = "import numpy as np\nnp.set_printoptions(precision={})\nthird = np.arange(1, 4) / 3"
PANDAS = "import pandas as pd\npd.set_option('display.precision', {})\ndf = pd.DataFrame({{'a': [1/3, 2]}})"


def options(first: str) -> Play:
    """The cell of the options is edited, and runs."""
    return lambda session: (session.edit(0, first), session.run(0))


def _of(name: str, first: str, shown: str, *, told: bool = False) -> Case:
    read = "display options third" if "numpy" in first else "df display options"
    page = [first.format(3), shown]
    return Case(name, page, options(first.format(5)), "stale-input c1" * told, f"0>1 {read}")


CASES = [
    _of("a length", NUMPY, "len(third)"),
    _of("a shape", PANDAS, "df.shape"),
    _of("a part of a shape", PANDAS, "print('rows:', df.shape[0])"),
    _of("a formatted number", NUMPY, "print(f'{third.max():.2f} of {len(third)}')"),
    _of("a list of Python's", NUMPY, "third.tolist()"),
    _of("a comparison", NUMPY, "len(third) > 2, 1.0 in third"),
    _of("a number that a name keeps", NUMPY, "top = float(third.max())\ntop"),
    # near misses
    _of("an array", NUMPY, "third", told=True),
    _of("an array in a list", NUMPY, "[third, 1]", told=True),
    _of("a text of an array", NUMPY, "f'{third}'", told=True),
    _of("a table", PANDAS, "print(df)", told=True),
    _of("a table that a name keeps", PANDAS, "top = df.head(1)\ntop", told=True),
    _of("comparing elements", PANDAS, "df.a * 1.0", told=True),
    Case("a length of the page's own", [NUMPY.format(3), "def len(x):\n    return x", "len(third)"], options(NUMPY.format(5)), "stale-input c2", "0>2 display options third, 1>2 len"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
