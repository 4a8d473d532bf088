"""Views: what shares its memory or its keys with something else."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, each

VIEWS = [
    "np.ravel(a)", "np.reshape(a, 4)", "np.transpose(a)", "np.squeeze(a)", "np.asarray(a)",
    "np.atleast_1d(a)", "np.swapaxes(a, 0, 1)", "np.moveaxis(a, 0, 1)", "np.split(a, 2)[0]",
    "np.asanyarray(a)", "np.expand_dims(a, 0)", "np.rollaxis(a, 1)", "np.atleast_2d(a)",
    "np.flip(a)", "np.rot90(a)", "np.ascontiguousarray(a)", "np.require(a)", "np.real(a)",
    "np.hsplit(a, 2)[0]", "np.array_split(a, 2)[0]", "np.vsplit(a, 2)[0]",
    "np.matrix_transpose(a)",
]  # fmt: skip
"""What shares the memory of the array a."""
COPIES = [
    "np.array(a)", "np.copy(a)", "np.sort(a)", "np.concatenate([a, a])", "np.zeros_like(a)",
    "np.where(a > 0, a, 0)", "np.abs(a)", "np.tile(a, 2)", "np.repeat(a, 2)", "a + 0",
    "a.flatten()", "np.stack([a])", "np.roll(a, 1)", "a[[0]]", "a[a > -1]",
]  # fmt: skip
"""What does not."""

CASES = [
    # --- functions of NumPy
    *[
        Case(
            f"view by {code}",
            [
                "import numpy as np\na = np.zeros((2, 2))\ni = 0",
                f"v = {code}",
                "v[0] = 9",
                "print(a)",
            ],
            delete(2),
            "lingering-effect c3",
            "0>1 a np, 0>3 a, 1>2 v, 2>3 a",
        )
        for code in VIEWS
    ],
    *[
        Case(
            f"no view by {code}",
            ["import numpy as np\na = np.zeros((2, 2))", f"v = {code}", "v[0] = 9", "print(a)"],
            delete(2),
            "",
            f"0>1 {'a np' if 'np.' in code else 'a'}, 0>3 a, 1>2 v",
        )
        for code in COPIES
    ],
    Case(
        "view by broadcast_to, changed below",
        [
            "import numpy as np\na = np.zeros(2)",
            "v = np.broadcast_to(a, (2, 2))",
            "a[0] = 9",
            "print(v)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a np, 0>2 a, 1>3 v, 2>3 v",
    ),
    Case(
        "views unpacked",
        [
            "import numpy as np\na = np.zeros((2, 2))",
            "u, v = np.split(a, 2)",
            "u[0] = 9",
            "print(a)",
        ],
        delete(2),
        "lingering-effect c3",
        "0>1 a np, 0>3 a, 1>2 u, 2>3 a",
    ),
    Case(
        "result into a positional argument",
        ["import numpy as np\na = np.zeros((2, 2))", "np.add(a, 1, a);", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a np, 0>2 a, 1>2 a",
    ),
    Case(
        "result of one argument into the second",
        ["import numpy as np\na = np.zeros((2, 2))", "np.exp(a, a);", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a np, 0>2 a, 1>2 a",
    ),
    Case(
        "result into out",
        ["import numpy as np\na = np.zeros((2, 2))", "np.add(a, 1, out=a);", "print(a)"],
        delete(1),
        "lingering-effect c2",
        "0>1 a np, 0>2 a, 1>2 a",
    ),
    Case(
        "result that is new",
        ["import numpy as np\na = np.zeros((2, 2))", "np.add(a, 1);", "print(a)"],
        delete(1),
        "",
        "0>1 a np, 0>2 a",
    ),
    Case(
        "result into another array",
        [
            "import numpy as np\na = np.zeros((2, 2))",
            "b = np.zeros((2, 2))",
            "np.add(a, 1, b);",
            "print(a)",
        ],
        delete(2),
        "",
        "0>1 np, 0>2 a np, 0>3 a, 1>2 b",
    ),
    Case(
        "memoryview",
        ["a = bytearray(b'ab')", "v = memoryview(a)", "v[0] = 120", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 v, 2>3 a",
    ),
    Case(
        "slice of a memoryview",
        ["a = bytearray(b'ab')", "v = memoryview(a)[1:]", "v[0] = 120", "print(a)"],
        delete(2),
        "lingering-effect c3",
        "0>1 a, 0>3 a, 1>2 v, 2>3 a",
    ),
    # --- views of dicts
    Case(
        "keys, and the dict grows",
        ["d = {'a': 1}", "v = d.keys()", "d['b'] = 2", "print(v)"],
        delete(2),
        "lingering-effect c3",
        "0>1 d, 0>2 d, 1>3 v, 2>3 v",
    ),
    Case(
        "values, and the dict grows",
        ["d = {'a': 1}", "v = d.values()", "d['b'] = 2", "print(v)"],
        delete(2),
        "lingering-effect c3",
        "0>1 d, 0>2 d, 1>3 v, 2>3 v",
    ),
    Case(
        "items, and the dict grows",
        ["d = {'a': 1}", "v = d.items()", "d['b'] = 2", "print(v)"],
        delete(2),
        "lingering-effect c3",
        "0>1 d, 0>2 d, 1>3 v, 2>3 v",
    ),
    Case(
        "list of the keys, and the dict grows",
        ["d = {'a': 1}", "v = list(d.keys())", "d['b'] = 2", "print(v)"],
        delete(2),
        "",
        "0>1 d, 0>2 d, 1>3 v",
    ),
    Case(
        "element of the values changed",
        ["d = {'a': []}", "v = d.values()", "next(iter(v)).append(1)", "print(d)"],
        delete(2),
        "lingering-effect c3",
        "0>1 d, 0>3 d, 1>2 v, 2>3 d",
    ),
    Case(
        "values changed in a loop",
        ["d = {'a': []}", "v = d.values()", "for x in v:\n    x.append(1)", "print(d)"],
        delete(2),
        "lingering-effect c3",
        "0>1 d, 0>3 d, 1>2 v, 2>3 d",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
