"""Folders that the page makes, writes into and lists."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, edit, nothing, rerun

MAKE = "import os\nos.makedirs('out', exist_ok=True)"
WRITE = "with open('out/a.txt', 'w') as f:\n    f.write('x')"
PATH = "from pathlib import Path\nout = Path('out')"
IN_PATH = "(out / 'a.txt').write_text('x')"
FRAME = "import pandas as pd\ndf = pd.DataFrame({'a': [1]})"
CASES = [
    Case("writes into a folder whose cell is gone", [MAKE, WRITE], delete(0), "lingering-effect c1", "0>1 out"),
    Case("writes a table into it", [FRAME, MAKE, "df.to_csv('out/a.csv')"], delete(1), "lingering-effect c2", "0>2 df, 1>2 out"),
    Case("writes into a folder of a folder", ["import os\nos.makedirs('out/deep')", "with open('out/deep/a.txt', 'w') as f:\n    f.write('x')"], delete(0), "lingering-effect c1", "0>1 out/deep"),
    Case("writes into it by a path", [PATH, "out.mkdir(exist_ok=True)", IN_PATH], delete(1), "lingering-effect c2", "0>1 out, 0>2 out, 1>2 out"),
    Case("its name was edited", [MAKE, WRITE], edit(0, "import os\nos.makedirs('other')"), "edited-since-run c0", "0>1 out"),
    Case("made by the shell", ["!mkdir -p out", WRITE], delete(0), "lingering-effect c1", "0>1 out"),
    Case("listed", [MAKE, "import os\nsorted(os.listdir('out'))"], delete(0), "lingering-effect c1", "0>1 out"),
    Case("listed with what is put there below", [MAKE, "import os\nsorted(os.listdir('out'))", WRITE], rerun(1), "out-of-order-run c1", "0>1 out, 0>2 out"),
    Case("a path is listed", [PATH, "out.mkdir(exist_ok=True)", "[p.name for p in out.iterdir()]", IN_PATH], rerun(2), "out-of-order-run c2", "0>1 out, 0>2 out, 0>3 out, 1>2 out, 1>3 out"),
    Case("a pattern is listed", [MAKE, "import glob\nglob.glob('out/*.txt')", WRITE], rerun(1), "out-of-order-run c1", "0>1 out, 0>2 out"),
    Case("folder, in order", [MAKE, WRITE, "sorted(os.listdir('out'))"], nothing, "", "0>1 out, 0>2 os out, 1>2 @file:out/a.txt"),
    Case("folder made again", ["import os\nos.makedirs('out', exist_ok=True)", WRITE], rerun(0), "", "0>1 out"),
    Case("made by other code", [MAKE, WRITE], edit(0, "import os\nos.makedirs('out', 0o777, exist_ok=True)"), "edited-since-run c0", "0>1 out"),
    Case("another folder is gone", [MAKE, "os.makedirs('other', exist_ok=True)", WRITE], delete(1), "", "0>1 os, 0>2 out"),
    Case("written beside it", [MAKE, "with open('a.txt', 'w') as f:\n    f.write('x')"], delete(0), "", ""),
    Case("another folder is listed", ["import os\nos.makedirs('out', exist_ok=True)\nos.makedirs('in', exist_ok=True)", "os.listdir('in')", WRITE], rerun(1), "", "0>1 in os, 0>2 out"),
    Case("folder removed and made again", ["import os, shutil\nshutil.rmtree('out', ignore_errors=True)\nos.makedirs('out')", WRITE], change(1, WRITE), "", "0>1 out"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)
