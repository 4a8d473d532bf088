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

PATHS = {
    "a path in a name": (
        "p = Path('o.txt')", "p.write_text({!r})", "p.read_text()",
        "0>1 Path, 1>2 p", "1>3 p, 2>3 o.txt",
    ),
    "a path put together": (
        "p = Path('.') / 'o.txt'", "p.write_text({!r})", "open(p).read()",
        "0>1 Path, 1>2 p", "1>3 p, 2>3 o.txt",
    ),
    "parts of a path": (
        "d = Path('.')", "(d / 'o.txt').write_text({!r})", "(d / 'o.txt').read_text()",
        "0>1 Path, 1>2 d", "1>3 d, 2>3 o.txt",
    ),
    "an f-string": (
        "n = 'o'", "Path(f'{{n}}.txt').write_text({!r})", "open(f'{n}.txt').read()",
        "0>2 Path, 1>2 n", "1>3 n, 2>3 o.txt",
    ),
    "a joined path": (
        "p = os.path.join('.', 'o.txt')", "Path(p).write_text({!r})", "open('o.txt').read()",
        "0>1 os, 0>2 Path, 1>2 p", "2>3 o.txt",
    ),
}  # fmt: skip
"""How the file is named, written and read; the edges of writing and of reading it."""
IMPORTS = "import os\nfrom pathlib import Path"


def written(name: str, before: str, after: str, expect: str, *, other: bool = False) -> Case:
    made, write, read, edges, reading = PATHS[name]
    if other:
        read, reading = "Path('.').name", "0>3 Path"
    cells = [IMPORTS, made, f"{write.format(before)};", f"print({read})"]
    again = change(2, f"{write.format(after)};")
    title = f"{name}, {before} and {after}, {'another' if other else 'that'} is read"
    return Case(title, cells, again, expect, f"{edges}, {reading}")


CASES += [written(name, "a", "b", "stale-input c3") for name in PATHS]
CASES += [written(name, "a", "a", "") for name in PATHS]
CASES += [written(name, "a", "b", "", other=True) for name in PATHS]
CASES += [
    Case(
        "file written by the shell",
        ["!echo x > o.txt", "print(open('o.txt').read())"],
        change(0, "!echo y > o.txt"),
        "stale-input c1",
        "0>1 o.txt",
    ),
    Case(
        "file appended to by the shell",
        ["!echo x > o.txt", "!echo y >> o.txt", "!cat o.txt"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 o.txt, 1>2 o.txt",
    ),
    Case(
        "another file written by the shell",
        ["!echo x > o.txt", "!echo x > p.txt", "!cat o.txt"],
        change(1, "!echo y > p.txt"),
        "",
        "0>2 o.txt",
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


@pytest.mark.parametrize(("case", "aspect"), aspects_of(CASES))
def test_case(case: Case, aspect: str) -> None:
    ASPECTS[aspect](case)
