"""Functions of libraries under names of the page's own: only the import tells what they do."""

from __future__ import annotations

import pytest

from jupyter_prodready.analysis.library import _known_as

from .cases import Case, assert_case, delete, each, nothing, rerun

BY_CHANCE = [
    ("from time import time", "time()"),
    ("from time import time as now", "now()"),
    ("import time as t", "t.time()"),
    ("from datetime import datetime as dt", "dt.now()"),
    ("import datetime as d", "d.datetime.now()"),
    ("from random import randint", "randint(1, 10**9)"),
    ("from random import choice as pick", "pick(range(10**9))"),
    ("import random as rnd", "rnd.random()"),
    ("import random as rnd", "rnd.sample(range(10**9), 2)"),
    ("from numpy.random import rand", "rand()"),
    ("from numpy import random as nr", "nr.rand()"),
    ("import numpy.random as npr", "npr.normal()"),
    ("import numpy as n", "n.random.rand()"),
    ("from uuid import uuid4 as new", "new()"),
    ("import secrets as s", "s.token_hex()"),
    ("from os import urandom", "urandom(4)"),
    ("import numpy as np", "np.random.default_rng().random()"),
    ("from numpy.random import RandomState", "RandomState().rand()"),
    ("import random", "random.Random().random()"),
]


def _twice(setup: str, call: str) -> list[Case]:
    """The value is made anew, and what showed the one before is stale: on the page, in a
    function."""
    page = [setup, f"x = {call}", "print(x)"]
    inside = [setup, f"def make():\n    return {call}", "x = make()", "print(x)"]
    return [
        Case(f"{setup}: {call}", page, rerun(1), "stale-input c2", ""),
        Case(f"{setup}: def {call}", inside, rerun(2), "stale-input c3", ""),
        Case(f"{setup}: {call}, once", page, nothing, "", ""),
    ]


CHANCE = [case for pair in BY_CHANCE for case in _twice(*pair)]
SEEDED = ["from random import seed, randint", "seed(0)", "x = randint(1, 10**9)", "print(x)"]
MODULE = ["import random as rnd", "rnd.seed(0)", "x = rnd.random()", "print(x)"]
SHUFFLES = "import numpy as np\nfrom sklearn.utils import shuffle\nX = np.arange(9)"
FRAME = "import numpy as np\nimport pandas as pd\ndf = pd.DataFrame({'a': range(100)})"
SORTED = ["import heapq as h", "a = []", "h.heappush(a, 1)", "print(a)"]
CASES = [
    Case("a draw that ran again", SEEDED, rerun(2), "repeated-run c2", "0>1 seed, 0>2 randint, 1>2 random, 2>3 x"),
    Case("seeded anew before it", SEEDED, rerun(1, 2, 3), "", "0>1 seed, 0>2 randint, 1>2 random, 2>3 x"),
    Case("a draw of a module", MODULE, rerun(2), "repeated-run c2", "0>1 rnd, 0>2 rnd, 1>2 random, 2>3 x"),
    Case("all of it again", MODULE, rerun(0, 1, 2, 3), "", "0>1 rnd, 0>2 rnd, 1>2 random, 2>3 x"),
    Case(
        "NumPy's, moved on",
        ["from numpy.random import seed, rand", "seed(0)", "x = rand()", "y = rand()", "print(x)"],
        rerun(3),
        "repeated-run c3",
        "0>1 seed, 0>2 rand, 0>3 rand, 1>2 np.random, 1>3 np.random, 2>3 np.random, 2>4 x",
    ),
    Case(
        "a function of the page has the name",
        [SEEDED[0], "def randint(a, b):\n    return 3", "x = randint(1, 10**9)", "print(x)"],
        rerun(2),
        "",
        "1>2 randint, 2>3 x",
    ),
    Case("the name is a number", ["from time import time", "time = 5", "print(time)"], rerun(1), "", "1>2 time"),
    Case("a heap", SORTED, rerun(2), "repeated-run c2", "0>2 h, 1>2 a, 1>3 a, 2>3 a"),
    Case(
        "a shuffle in a function",
        ["from random import shuffle as mix, seed", "a = [*range(50)]",
         "def go(v):\n    seed(0)\n    mix(v)", "go(a)", "print(a)"],
        rerun(3),
        "repeated-run c3, stale-input c4",
        "0>3 mix seed, 1>3 a, 1>4 a, 2>3 go, 3>4 a",
    ),
    Case(
        "rows of a frame",
        [FRAME, "np.random.seed(1)", "np.random.rand()", "print(df.sample(3))"],
        delete(2),
        "lingering-effect c3",
        "0>1 np, 0>2 np, 0>3 df, 1>2 np.random, 1>3 np.random, 2>3 np.random",
    ),
    Case(
        "a sample of something else",
        ["import numpy as np\nnp.random.seed(1)\nclass K:\n    def sample(self, n):\n        return n",
         "k = K()", "np.random.rand()", "print(k.sample((3,)))"],
        delete(2),
        "",
        "0>1 K, 0>2 np np.random, 1>3 k",
    ),
    Case(
        "a shuffle that gives another array",
        [SHUFFLES, "np.random.seed(1)\nY = shuffle(X)", "print(X)"],
        rerun(1),
        "",
        "0>1 X np shuffle, 0>2 X",
    ),
    Case(
        "SciPy's",
        ["import numpy as np\nimport scipy.stats as st", "np.random.seed(1)", "print(st.norm.rvs(size=2))"],
        rerun(2),
        "repeated-run c2",
        "0>1 np, 0>2 st, 1>2 np.random",
    ),
    Case(
        "a date that is given",
        ["from datetime import datetime as dt", "x = dt(2020, 1, 1)", "print(x)"],
        rerun(1),
        "",
        "0>1 dt, 1>2 x",
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", each(CHANCE))
def test_chance(case: Case) -> None:
    """The truth is another one each time: only the findings are looked at."""
    assert_case(case, answers=False)


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


@pytest.mark.parametrize(
    "usual",
    [
        ("numpy", None, "np"), ("pandas", None, "pd"), ("random", None, "random"),
        ("time", None, "time"), ("datetime", "datetime", "datetime"), ("os", None, "os"),
        ("json", None, "json"), ("heapq", None, "heapq"), ("torch", None, "torch"),
        ("pathlib", "Path", "Path"), ("uuid", "uuid4", "uuid4"), ("sklearn.cluster", "KMeans", "KMeans"),
    ],
)  # fmt: skip
def test_what_the_reader_knows_is_not_told_twice(usual: tuple[str, str | None, str]) -> None:
    assert _known_as(*usual) == ()
