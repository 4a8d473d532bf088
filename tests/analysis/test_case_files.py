"""Files that are written in one cell and read in another."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, rerun

NOTE = {"a.txt": "a\n"}
CASES = [
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


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
