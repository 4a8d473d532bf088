"""Files that are opened, written and closed in statements of their own."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, both, delete, each, edit, nothing, rerun

OPEN = "f = open('x.csv', 'w')"
READ = "print(open('x.csv').read())"
CASES = [
    Case(
        "a file that was written to in a cell of its own",
        [OPEN, "f.write('a');", "f.close()", READ],
        both(edit(1, "f.write('b');"), rerun(0, 1, 2)),
        "stale-input c3",
        "0>1 f, 0>2 f, 1>2 f, 0>3 x.csv, 1>3 x.csv, 2>3 x.csv",
    ),
    Case(
        "a file that `print` writes to",
        [OPEN, "print('a', file=f)", "f.close()", READ],
        both(edit(1, "print('b', file=f)"), rerun(0, 1, 2)),
        "stale-input c3",
        "0>1 f, 0>2 f, 1>2 f, 0>3 x.csv, 1>3 x.csv, 2>3 x.csv",
    ),
    Case(
        "a file by its path",
        [
            "from pathlib import Path\np = Path('x.csv')\nf = p.open('w')",
            "f.write('a');",
            "f.close()",
            "print(p.read_text())",
        ],
        both(edit(1, "f.write('b');"), rerun(0, 1, 2)),
        "stale-input c3",
        "0>1 f, 0>2 f, 1>2 f, 0>3 p x.csv, 1>3 x.csv, 2>3 x.csv",
    ),
    Case(
        "a table that a writer writes",
        [f"import csv\n{OPEN}", "w = csv.writer(f)", "w.writerow([1]);", "f.close()", READ],
        both(edit(2, "w.writerow([2]);"), rerun(0, 1, 2, 3)),
        "stale-input c4",
        "0>1 csv f, 1>2 w, 0>3 f, 1>3 f, 2>3 f, 0>4 x.csv, 1>4 x.csv, 2>4 x.csv, 3>4 x.csv",
    ),
    Case(
        "a file that was written anew, the same",
        [OPEN, "f.write('a');", "f.close()", READ],
        rerun(0, 1, 2),
        "",
        "0>1 f, 0>2 f, 1>2 f, 0>3 x.csv, 1>3 x.csv, 2>3 x.csv",
    ),
    Case(
        "another file that is written",
        [OPEN, "f.write('a');", "f.close()", "g = open('y.csv', 'w')\ng.close()", READ],
        both(edit(3, "g = open('y.csv', 'w')\ng.write('b')\ng.close()"), rerun(3)),
        "",
        "0>1 f, 0>2 f, 1>2 f, 0>4 x.csv, 1>4 x.csv, 2>4 x.csv",
    ),
    Case(
        "what was written to a file is gone",
        [OPEN, "f.write('a');", "f.close()", READ],
        delete(1),
        "lingering-effect c2",
        "0>1 f, 0>2 f, 1>2 f, 0>3 x.csv, 1>3 x.csv, 2>3 x.csv",
    ),
    Case(
        "nothing happened to an open file",
        [OPEN, "f.write('a');", "f.close()", READ],
        nothing,
        "",
        "0>1 f, 0>2 f, 1>2 f, 0>3 x.csv, 1>3 x.csv, 2>3 x.csv",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
