"""What a process owns: random generators, the environment, the folder, files, options."""

from __future__ import annotations

import pytest

from .cases import ASPECTS, Case, aspects_of, change, delete, nothing, rerun

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
        "file written, then read",
        [
            "from pathlib import Path",
            "Path('o.txt').write_text('a');",
            "print(Path('o.txt').read_text())",
        ],
        change(1, "Path('o.txt').write_text('b');"),
        "stale-input c2",
        "0>1 Path, 0>2 Path, 1>2 o.txt",
    ),
    Case(
        "file written by a cell that is gone",
        [
            "from pathlib import Path",
            "Path('a.txt').write_text('b');",
            "print(Path('a.txt').read_text())",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 Path, 0>2 Path, 1>2 a.txt",
        files=NOTE,
    ),
    Case(
        "file removed, then written",
        [
            "from pathlib import Path",
            "Path('a.txt').unlink()",
            "print(open('a.txt', 'a').tell())",
        ],
        delete(1),
        "lingering-effect c2",
        "0>1 Path, 1>2 a.txt",
        files=NOTE,
    ),
    Case(
        "file moved to another place",
        [
            "import os",
            "open('b.txt', 'w').write('x');",
            "os.rename('a.txt', 'b.txt')",
            "print(open('b.txt').read())",
        ],
        delete(2),
        "lingering-effect c3",
        "0>2 os, 2>3 b.txt",
        files=NOTE,
    ),
    Case(
        "file copied from another one",
        [
            "import shutil",
            "open('o.txt', 'w').write('x');",
            "shutil.copy('o.txt', 'p.txt');",
            "print(open('p.txt').read())",
        ],
        change(1, "open('o.txt', 'w').write('y');"),
        "stale-input c2",
        "0>2 shutil, 1>2 o.txt, 2>3 p.txt",
    ),
    Case(
        "copy of another file",
        [
            "import shutil",
            "open('o.txt', 'w').write('x');",
            "shutil.copy('o.txt', 'p.txt');",
            "print(open('o.txt').read())",
        ],
        change(2, "shutil.copy('o.txt', 'q.txt');", 3),
        "",
        "0>2 shutil, 1>2 o.txt, 1>3 o.txt",
    ),
    Case(
        "other file written",
        [
            "from pathlib import Path",
            "Path('o.txt').write_text('a');",
            "Path('p.txt').write_text('a');",
            "print(Path('o.txt').read_text())",
        ],
        change(2, "Path('p.txt').write_text('b');", 3),
        "",
        "0>1 Path, 0>2 Path, 0>3 Path, 1>3 o.txt",
    ),
    Case(
        "file written again",
        ["with open('o.txt', 'w') as f:\n    f.write('a')", "print(open('o.txt').read())"],
        rerun(0, 1),
        "",
        "0>1 o.txt",
    ),
    Case(
        "file appended to",
        ["with open('o.txt', 'a') as f:\n    f.write('a')", "print(open('o.txt').read())"],
        rerun(0, 1),
        "repeated-run c0",
        "0>1 o.txt",
    ),
    Case(
        "table saved, then read",
        [
            "import pandas as pd\ndf = pd.DataFrame({'a': [1, 2]})",
            "df.to_csv('t.csv', index=False)",
            "print(pd.read_csv('t.csv').a.sum())",
        ],
        change(0, "import pandas as pd\ndf = pd.DataFrame({'a': [3, 4]})", 2),
        "stale-input c1",
        "0>1 df, 0>2 pd, 1>2 t.csv",
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
]


@pytest.mark.parametrize(("case", "aspect"), aspects_of(CASES))
def test_case(case: Case, aspect: str) -> None:
    ASPECTS[aspect](case)
