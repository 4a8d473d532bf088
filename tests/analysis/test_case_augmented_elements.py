"""``+=`` of the variable of a loop: rows and lists are changed by it, numbers are not."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each, rerun

ROWS = "rows = [[1], [2]]"

CASES = [
    *[
        Case(
            f"row of {made} augmented",
            [f"import numpy as np\na = {made}", "for row in a:\n    row += 1", "print(a)"],
            delete(1),
            "lingering-effect c2",
            "0>1 a, 0>2 a, 1>2 a",
        )
        for made in [
            "np.ones((2, 2))",
            "np.array([[1, 2], [3, 4]])",
            "np.eye(2)",
            "np.arange(4).reshape(2, 2)",
            "np.full(shape=(2, 2), fill_value=1)",
        ]
    ],
    Case(
        "row of an array augmented, again",
        ["import numpy as np\na = np.ones((2, 2))", "for row in a:\n    row *= 2", "print(a)"],
        rerun(1),
        "repeated-run c1",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "row and a number of a zip",
        [
            "import numpy as np\na = np.ones((2, 2))",
            "for row, v in zip(a, [1, 2]):\n    row *= v + 1",
            "print(a)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 a, 0>2 a, 1>2 a",
    ),
    Case(
        "list of lists, each longer",
        [ROWS, "for row in rows:\n    row += [5]", "print(rows)"],
        delete(1),
        "lingering-effect c2",
        "0>1 rows, 0>2 rows, 1>2 rows",
    ),
    Case(
        "list of lists, one of them by its name",
        [f"{ROWS}\nfirst = rows[0]", "for row in rows:\n    row += [5]", "print(first)"],
        delete(1),
        "lingering-effect c2",
        "0>1 rows, 0>2 first, 1>2 first",
    ),
    Case(
        "list of lists, each longer, in a function",
        [
            f"{ROWS}\ndef grow(every):\n    for row in every:\n        row += [5]",
            "grow(rows)",
            "print(rows)",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 grow rows, 0>2 rows, 1>2 rows",
    ),
    Case(
        "two lists, each longer",
        ["a = [1]\nb = [2]", "for one in (a, b):\n    one += [3]", "print(b)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a b, 0>2 b, 1>2 b",
    ),
    # --- near misses
    *[
        Case(
            f"number of {made} augmented",
            [f"import numpy as np\na = {made}", "for x in a:\n    x += 1", "print(a)"],
            delete(1),
            "",
            "0>1 a, 0>2 a",
        )
        for made in [
            "[1, 2]",
            "(1, 2)",
            "np.ones(3)",
            "np.array([1, 2])",
            "np.arange(3)",
            "np.arange(3).tolist()",
            "[i * 2 for i in range(3)]",
        ]
    ],
    Case(
        "sum of numbers",
        ["ns = [1, 2]\nt = 0", "for n in ns:\n    t += n", "print(ns)"],
        delete(1),
        "",
        "0>1 ns t, 0>2 ns",
    ),
    Case(
        "sum of lists in a loop",
        [f"{ROWS}\nt = []", "for row in rows:\n    t += row", "print(rows)"],
        delete(1),
        "",
        "0>1 rows t, 0>2 rows",
    ),
    Case(
        "copy of a row augmented",
        [
            "import numpy as np\na = np.ones((2, 2))",
            "for row in a:\n    row = row.copy()\n    row += 1",
            "print(a)",
        ],
        delete(1),
        "",
        "0>1 a, 0>2 a",
    ),
    Case(
        "rows of another array augmented",
        [
            "import numpy as np\na = np.ones((2, 2))\nb = np.ones((2, 2))",
            "for row in a:\n    row += 1",
            "print(b)",
        ],
        delete(1),
        "",
        "0>1 a, 0>2 b",
    ),
    Case(
        "numbers of a dict augmented",
        ["d = {'a': 1}", "for k, v in d.items():\n    v += 1", "print(d)"],
        delete(1),
        "",
        "0>1 d, 0>2 d",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
