"""Elements of a dict or a list that are put elsewhere: they are shared, what they stood in is not."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, rerun
from .sessions import Session

FIRST = (
    "import numpy as np\nimport pandas as pd\nby = {'x': [1], 'y': [2]}\nvalues = np.arange(6.0)\n"
    "rows = [[1], [2]]\nof = {'k': values}\ntable = pd.DataFrame({'a': ['x', 'y'], 't': ['p', 'q']})"
)
MAPS = "import pandas as pd\nscale = {'x': 1, 'y': 2}\ntable = pd.DataFrame({'a': ['x', 'y'], 't': ['p', 'q']})"


def _case(name: str, put: str, change: str, edges: str, *, told: bool = True) -> Case:
    expect = "later-mutation c2" if told else ""
    return Case(name, [FIRST, put, "kept", change], rerun(2), expect, edges)


def _maps(name: str, put: str, *, show: str = "table['t'].str.len()") -> Case:
    """The mapping changes between the cell that used it and one that has nothing to do with it."""

    def play(session: Session) -> None:
        session.insert(2, "scale['x'] = 5")
        session.run(2)

    return Case(name, [MAPS, put, show], play, "", "0>1 scale table, 0>2 table")


OWN = "0>1 {0}, 0>3 {0}, 1>2 kept"
CASES = [
    _case("an element in a list", "kept = [by['x']]", "by['x'].append(5)", OWN.format("by")),
    _case("an element in a dict", "kept = {'q': by['x']}", "by['x'].append(5)", OWN.format("by")),
    _case("an element added to", "kept = [by['x']]", "by['x'] += [3]", OWN.format("by")),
    _case("each element added to", "kept = [by['x']]", "for k in by:\n    by[k] += [3]", OWN.format("by")),
    _case("an element set by a key", "kept = {}\nkept['u'] = by['x']", "by['x'] += [3]", OWN.format("by")),
    _case("an element appended", "kept = []\nkept.append(by['x'])", "by['x'].append(1)", OWN.format("by")),
    _case("elements by keys", "kept = [by[k] for k in table['a']]", "by['x'].append(3)", "0>1 by table, 0>3 by, 1>2 kept"),
    _case("elements that a column maps to", "kept = table['a'].map(by)", "by['x'].append(3)", "0>1 by table, 0>3 by, 1>2 kept"),
    _case("an element under another name", "same = by\nkept = [same['x']]", "by['x'].append(1)", OWN.format("by")),
    _case("a view in a list", "kept = [values[:2]]", "values[0] = 9", OWN.format("values")),
    _case("a view set by a key", "kept = {}\nkept['u'] = values[:2]", "values[0] = 9", OWN.format("values")),
    _case("a view of an element", "kept = [of['k'][:2]]", "values[0] = 9", "0>1 of, 0>3 values, 1>2 kept"),
    _case("a row in a list", "kept = [rows[0]]", "rows[0].append(3)", OWN.format("rows")),
    # near misses
    _case("the element is exchanged", "kept = [by['x']]", "by['x'] = 5", OWN.format("by"), told=False),
    _case("the element that was appended is exchanged", "kept = []\nkept.append(by['x'])", "by['x'] = 7", OWN.format("by"), told=False),
    _case("elements by keys are exchanged", "kept = [by[k] for k in table['a']]", "by['x'] = 3", "0>1 by table, 0>3 by, 1>2 kept", told=False),
    _case("what a column maps to is exchanged", "kept = table['a'].map(by)", "by['x'] = 3", "0>1 by table, 0>3 by, 1>2 kept", told=False),
    _maps("a column by a mapping", "table['s'] = table['a'].map(scale)"),
    _maps("a column by a mapping of texts", "table['s'] = table['a'].str.lower().map(scale)"),
    _maps("a column by keys", "table['s'] = [scale[k] for k in table['a']]"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
