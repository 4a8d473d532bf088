"""What a process owns: random generators, the environment, the folder, options, results."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, nothing, rerun

NOTE = {"a.txt": "a\n", "sub/a.txt": "sub\n"}
CASES = [
    Case(
        "seeded generator drawn from again",
        ["import random\nrandom.seed(0)", "print(random.random())"],
        rerun(1),
        "repeated-run c1",
        "0>1 random",
    ),
    Case(
        "seeded and drawn in one cell",
        ["import random", "random.seed(0)\nprint(random.random())"],
        rerun(1),
        "",
        "0>1 random",
    ),
    Case(
        "seed changed",
        ["import random", "random.seed(0)", "print(random.random())"],
        change(1, "random.seed(1)"),
        "stale-input c2",
        "0>1 random, 0>2 random, 1>2 random",
    ),
    Case(
        "NumPy's seed",
        ["import numpy as np", "np.random.seed(0)", "print(np.random.rand())"],
        change(1, "np.random.seed(1)"),
        "stale-input c2",
        "0>1 np, 0>2 np, 1>2 np.random",
    ),
    Case(
        "another generator's seed",
        [
            "import random\nimport numpy as np",
            "np.random.seed(0)",
            "random.seed(0)",
            "print(np.random.rand())",
        ],
        change(2, "random.seed(1)", 3),
        "* c3",
        "0>1 np, 0>2 random, 0>3 np, 1>3 np.random",
    ),
    Case(
        "a draw between",
        ["import random\nrandom.seed(0)", "x = random.random()", "print(random.random())"],
        delete(1),
        "lingering-effect c2",
        "0>1 random, 0>2 random, 1>2 random",
    ),
    Case(
        "generator object",
        ["import numpy as np", "rng = np.random.default_rng(0)", "print(rng.random())"],
        rerun(2),
        "repeated-run c2",
        "0>1 np, 1>2 rng",
    ),
    Case(
        "generator object made anew",
        ["import numpy as np", "rng = np.random.default_rng(0)\nprint(rng.random())"],
        rerun(1),
        "",
        "0>1 np",
    ),
    Case(
        "sample of a seeded generator",
        [
            "import random\nrandom.seed(0)\nxs = [1, 2, 3, 4, 5, 6, 7, 8]",
            "random.shuffle(xs)",
            "print(xs)",
        ],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 random xs, 0>2 xs, 1>2 xs",
    ),
    Case(
        "environment",
        ["import os", "os.environ['CASE_KEY'] = 'a'", "print(os.environ['CASE_KEY'])"],
        change(1, "os.environ['CASE_KEY'] = 'b'"),
        "stale-input c2",
        "0>1 os, 0>2 os, 1>2 os.environ",
    ),
    Case(
        "environment, set by a cell that is gone",
        ["import os", "os.environ['CASE_KEY'] = 'a'", "print(os.getenv('CASE_KEY'))"],
        delete(1),
        "lingering-effect c2",
        "0>1 os, 0>2 os, 1>2 os.environ",
    ),
    Case(
        "environment, another key",
        [
            "import os",
            "os.environ['CASE_KEY'] = 'a'",
            "os.environ['CASE_OTHER'] = 'a'",
            "print(os.environ['CASE_KEY'])",
        ],
        change(2, "os.environ['CASE_OTHER'] = 'b'", 3),
        "",
        "0>1 os, 0>2 os, 0>3 os, 1>3 os.environ",
    ),
    Case(
        "folder changed",
        ["import os", "os.chdir('sub')", "print(open('a.txt').read())"],
        delete(1),
        "lingering-effect c2",
        "0>1 os, 1>2 os.getcwd",
        files=NOTE,
    ),
    Case(
        "folder changed twice",
        ["import os", "os.chdir('sub')", "print(open('a.txt').read())"],
        nothing,
        "",
        "0>1 os, 1>2 os.getcwd",
        files=NOTE,
    ),
    Case(
        "NumPy's options",
        [
            "import numpy as np",
            "np.set_printoptions(precision=2)",
            "print(np.array([1.23456]))",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 np, 0>2 np, 1>2 display options",
    ),
    Case(
        "pandas' options",
        [
            "import pandas as pd",
            "pd.set_option('display.max_rows', 5)",
            "print(pd.DataFrame({'a': range(30)}))",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 pd, 0>2 pd, 1>2 display options",
    ),
    Case(
        "pandas' options by attribute",
        [
            "import pandas as pd",
            "pd.options.display.max_rows = 5",
            "print(pd.DataFrame({'a': range(30)}))",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 pd, 0>2 pd, 1>2 display options",
    ),
    Case(
        "options set again",
        [
            "import numpy as np",
            "np.set_printoptions(precision=2)",
            "print(np.array([1.23456]))",
        ],
        rerun(1, 2),
        "",
        "0>1 np, 0>2 np, 1>2 display options",
    ),
    Case(
        "path of imports",
        [
            "import sys",
            "sys.path.append('sub')",
            "print(sys.path.count('sub'))",
        ],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 sys, 0>2 sys, 1>2 sys.path",
        files=NOTE,
    ),
    Case(
        "path of imports that nothing shows",
        ["import sys", "sys.path.append('sub')", "import rates\nprint(rates.low)"],
        rerun(1, 2),
        "",
        "0>1 sys",
        files={"sub/rates.py": "low = 1\n"},
    ),
    Case(
        "path of imports, unless it is there",
        [
            "import sys",
            "if 'sub' not in sys.path:\n    sys.path.append('sub')",
            "print(sys.path.count('sub'))",
        ],
        rerun(1, 2),
        "",
        "0>1 sys, 0>2 sys, 1>2 sys.path",
        files=NOTE,
    ),
    Case(
        "environment of a shell line, its cell is gone",
        ["import os", "os.environ['A'] = '1'", "!echo $A"],
        delete(1),
        "lingering-effect c2",
        "0>1 os, 1>2 os.environ",
    ),
    Case(
        "another variable of a shell line",
        ["import os", "os.environ['A'] = '1'", "os.environ['B'] = '1'", "!echo $A"],
        delete(2),
        "",
        "0>1 os, 0>2 os, 1>3 os.environ",
    ),
    Case(
        "the last but one result",
        ["1 + 1", "2 + 2", "print(__)"],
        change(0, "5 + 5"),
        "stale-input c2",
        "0>2 __",
    ),
    Case(
        "the last but one result, where the last is another",
        ["1 + 1", "2 + 2", "print(__)"],
        change(1, "5 + 5", 0, 1, 2),
        "",
        "0>2 __",
    ),
    Case(
        "a result by its count",
        ["1 + 1", "print(_oh[1])"],
        change(0, "5 + 5"),
        "stale-input c1",
        "0>1 Out[1]",
    ),
    Case(
        "a source by its count",
        ["x = 1", "print(In[1])"],
        change(0, "x = 2"),
        "stale-input c1",
        "0>1 In[1]",
    ),
    Case(
        "an alias that is gone",
        ["%alias hi echo hi", "hi"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 hi",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
