"""The checks of reproducibility: what is told, and what looks alike and is not."""

from __future__ import annotations

import pytest

from jupyter_prodready.analysis.evidence import from_saved
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook

Told = list[tuple[str, str, str, int]]


def told(*sources: str) -> Told:
    """(check, severity, cell, line) of every finding about a page that never ran."""
    cells = tuple(Cell(f"c{i}", i, "code", source) for i, source in enumerate(sources))
    notebook = Notebook("n.ipynb", cells)
    report = analyse(notebook, from_saved(notebook))
    return [(f.check, f.severity.value, f.cell_id, f.line) for f in report.findings]


def random_at(cell: str, line: int) -> Told:
    return [("unseeded-random", "warning", cell, line)]


NP = "import numpy as np"
SK = "from sklearn.model_selection import train_test_split, KFold, cross_val_score"

UNSEEDED = {
    "alias of the module": ((NP, "from numpy import random as r\nr.rand()"), random_at("c1", 2)),
    "imported by name": (("from random import randint as dice\ndice(1, 6)",), random_at("c0", 2)),
    "wrong generator seeded": (
        ("import random", NP, "random.seed(1)\nnp.random.rand()"),
        random_at("c2", 2),
    ),
    "seeded below": ((NP, "np.random.rand()", "np.random.seed(0)"), random_at("c1", 1)),
    "seeded with nothing": ((NP, "np.random.seed()", "np.random.rand()"), random_at("c2", 1)),
    "seeded with None": ((NP, "np.random.seed(None)\nnp.random.rand()"), random_at("c1", 2)),
    "in a function that is called below": (
        (f"{NP}\ndef noise():\n    return np.random.rand()", "y = 1", "noise()"),
        random_at("c2", 1),
    ),
    "in a function that is passed on": (
        ("import random\ndef f(x):\n    return random.random()", "list(map(f, [1]))"),
        random_at("c1", 1),
    ),
    "in a method": (
        (
            "import random\nclass Die:\n    def roll(self):\n        return random.random()",
            "Die().roll()",
        ),
        random_at("c1", 1),
    ),
    "through two functions": (
        ("import random\ndef a():\n    return random.random()\ndef b():\n    return a()", "b()"),
        random_at("c1", 1),
    ),
    "in a lambda": (("import random\nf = lambda: random.random()",), random_at("c0", 2)),
    "random_state is None": ((SK, "train_test_split([1], random_state=None)"), random_at("c1", 1)),
    "folds that are shuffled": ((SK, "KFold(3, shuffle=True)"), random_at("c1", 1)),
    "an unseeded state that is passed": (
        (NP, "train = np.random.RandomState()"),
        random_at("c1", 1),
    ),
    "a draw of SciPy": (("from scipy import stats\nstats.norm.rvs(size=3)",), random_at("c0", 2)),
    "layers of a network": (("from torch import nn\nnn.Linear(2, 2)",), random_at("c0", 2)),
    "once for each generator": (
        (
            "import random\nimport numpy as np",
            "random.random()\nnp.random.rand()",
            "random.random()",
        ),
        random_at("c1", 1) + random_at("c1", 2),
    ),
}

SEEDED = {
    "by a function of the page": (
        (
            f"import random\n{NP}",
            "def fix(s):\n    random.seed(s)\n    np.random.seed(s)",
            "fix(1)\nrandom.random()",
            "np.random.rand()",
        ),
    )[0],
    "by a library": (
        "from pytorch_lightning import seed_everything\nseed_everything(1)",
        NP,
        "np.random.rand()",
    ),
    "by a module of the project": (
        "from tools import set_seeds\nset_seeds()",
        "import random\nrandom.random()",
    ),
    "on one branch": ("import random\nif True:\n    random.seed(1)\nrandom.random()",),
    "scikit-learn by NumPy's": (NP, "np.random.seed(1)", SK, "train_test_split([1])"),
    "options that are not known": (
        SK,
        "options = {'random_state': 1}\ntrain_test_split([1], **options)",
    ),
    "a name that is not the module": (
        "class random:\n    def random():\n        return 4\nrandom.random()",
    ),
    "a parameter that is called so": ("def f(random):\n    return random.random()\nf(None)",),
    "a sample that is no table's": (
        "import pandas\nimport torch\nd = torch.distributions.Normal(0, 1)\nd.sample()",
    ),
    "a generator of its own": (
        NP,
        "rng = np.random.default_rng(seed=3)\nrng.normal()\nrng.shuffle([1])",
    ),
    "state only": (NP, "np.random.get_state()"),
    "no randomness in the module": ("import random\nrandom.seed(3)",),
}


@pytest.mark.parametrize("case", UNSEEDED)
def test_unseeded(case: str) -> None:
    sources, expected = UNSEEDED[case]
    assert told(*sources) == expected


@pytest.mark.parametrize("case", SEEDED)
def test_seeded(case: str) -> None:
    assert told(*SEEDED[case]) == []


def clock(severity: str, cell: str = "c0", line: int = 2) -> Told:
    return [("clock-dependent", severity, cell, line)]


CLOCK = [
    ("from datetime import date\nage = date.today().year - 1980", clock("warning")),
    (
        "import datetime as dt\nname = f'out_{dt.date.today()}.csv'\nopen(name, 'w')",
        clock("warning"),
    ),
    (
        "import time\nstart = time.time()\nwhile time.time() - start < 5:\n    pass",
        clock("warning"),
    ),
    ("import pandas as pd\npd.to_datetime('today')", clock("info")),
    ("import pandas as pd\nx = pd.to_datetime('today').year + 1", clock("warning")),
    ("import pandas as pd\nx = pd.to_datetime('2024-01-01')", []),
    ("from datetime import datetime\nprint(datetime.now())", clock("info")),
    ("from datetime import datetime\nprint(f'{datetime.now():%H:%M}')", clock("info")),
    (
        "import time\nt = time.perf_counter()\nelapsed = time.perf_counter() - t\nprint(elapsed)",
        clock("info"),
    ),
    ("import logging, time\nlog = logging.getLogger()\nlog.info('%s', time.time())", []),
    ("import time\ntime.sleep(1)\ntime.strftime('%Y', (2024,) * 9)", []),
    ("from datetime import datetime\nwhen = datetime.now()\n", []),
    ("from datetime import datetime\ndef f():\n    return datetime.now()", []),
    ("import time\ntime.localtime(0)", []),
]


@pytest.mark.parametrize(("source", "expected"), CLOCK)
def test_clock(source: str, expected: Told) -> None:
    assert told(source) == expected


def test_a_time_that_another_cell_computes_with() -> None:
    cells = ("import time\nnow = time.time()", "print(now)", "later = now + 60")
    assert told(*cells) == clock("warning")
    assert told(*cells[:2]) == clock("info")


NETWORK = [
    ("import requests\nrequests.post('https://x.org', json={})", True),
    ("from urllib.request import urlopen\nurlopen('https://x.org')", True),
    ("import pandas as pd; base = 'https://x.org'\npd.read_csv(f'{base}/a.csv')", True),
    ("import pandas as pd\npd.read_parquet('s3://bucket/a.parquet')", True),
    ("from sklearn.datasets import fetch_california_housing as f\nf()", True),
    ("from transformers import AutoModel\nAutoModel.from_pretrained('bert')", True),
    ("x = 1\n!curl -O https://x.org/a.csv", True),
    ("x = 1\n!git clone https://x.org/a", True),
    ("import requests\nrequests.get('http://localhost:8000')", False),
    ("import requests\nrequests.Request('GET', 'https://x.org')", False),
    ("from sklearn.datasets import load_iris\nload_iris()", False),
    ("x = 1\n!git status", False),
    ("d = {}\nd.get('https://x.org')", False),
]


@pytest.mark.parametrize(("source", "is_told"), NETWORK)
def test_network(source: str, is_told: bool) -> None:
    assert told(source) == ([("network-dependent", "info", "c0", 2)] if is_told else [])


ENVIRONMENT = [
    ("from os import environ\nenviron['A']", True),
    ("import os\nos.environ.get('A', 'x')", True),
    ("import os, getpass\ngetpass.getuser()", True),
    ("import os\nos.environ['A'] = '1'\nos.environ['A']", False),
    ("import os\nos.environ.update(A='1')\nos.getenv('A')", False),
    ("x = 1\n%env A=1\nimport os\nos.getenv('A')", False),
    ("import os\nos.environ.pop('A', None)", False),
    ("environ = {'A': 1}\nenviron['A']", False),
]


@pytest.mark.parametrize(("source", "is_told"), ENVIRONMENT)
def test_environment(source: str, is_told: bool) -> None:
    assert told(source) == ([("environment-dependent", "info", "c0", 2)] if is_told else [])


ABSOLUTE = [
    ("x = 1\ndata = '/Users/ada/data.csv'", True),
    ("x = 1\nopen('/opt/data/x.csv')", True),
    ("from pathlib import Path\nPath('/srv') / 'x'\n", False),
    ("from pathlib import Path\n(Path('/srv/data') / 'x.csv').read_text()", True),
    ("x = 1\nopen('/tmp/x.csv', 'w')", False),
    ("def f():\n    '''/home/ada/x'''\nf()", False),
    ("x = 1\nurl = '/home'", False),
    ("x = 1\ntext = 'N:/A'", False),
]


@pytest.mark.parametrize(("source", "is_told"), ABSOLUTE)
def test_absolute_paths(source: str, is_told: bool) -> None:
    assert told(source) == ([("absolute-path", "warning", "c0", 2)] if is_told else [])


def install(severity: str, cell: str = "c0", line: int = 1) -> Told:
    return [("in-notebook-install", severity, cell, line)]


INSTALL = [
    (("!pip install a==1",), install("warning")),
    (("!pip3 -q install a==1",), install("warning")),
    (("%%bash\npip install a==1",), install("warning", line=2)),
    (("import os\nos.system('pip install a')",), install("warning", line=2)),
    (("!conda install -y a",), install("warning")),
    (("import sys\n!{sys.executable} -m pip install a==1",), []),
    (("%pip install -r requirements.txt",), []),
    (("%pip install -U a",), install("info")),
    (("%pip install 'a>=1' b~=2",), []),
    (("%conda install a",), install("info")),
    (("import a", "%pip install a==2"), install("warning", "c1")),
    (("%pip install a==2", "import a"), []),
    (("!pip show a", "%pip list", "# !pip install a"), []),
    (("!pip install a==1", "!pip install b==1"), install("warning")),
]


@pytest.mark.parametrize(("sources", "expected"), INSTALL)
def test_installs(sources: tuple[str, ...], expected: Told) -> None:
    assert told(*sources) == expected


FOLDER = [
    ("import os\nos.chdir('data')", True),
    ("x = 1\n%cd data", True),
    ("x = 1\n!cd data", True),
    ("x = 1\n!cd data; ls", False),
    ("%%bash\ncd data\nls", False),
    ("import os\ndef f():\n    os.chdir('x')", False),
]


@pytest.mark.parametrize(("source", "is_told"), FOLDER)
def test_working_directory(source: str, is_told: bool) -> None:
    assert told(source) == ([("working-directory-change", "warning", "c0", 2)] if is_told else [])


def test_a_cell_that_is_skipped_does_nothing() -> None:
    cells = (Cell("c0", 0, "code", "import random\nrandom.random()", tags=("skip-execution",)),)
    notebook = Notebook("n.ipynb", cells)
    assert analyse(notebook, from_saved(notebook)).findings == ()


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 90 + "1" + ")" * 90,
        "f()()()[0].a.b(c=d)(*e, **g)",
        "import os.path as p, a.b.c\nfrom . import x\nfrom .y import *",
        "open()\nopen(*a)\nimport pandas as pd\npd.read_csv()\npd.read_csv(**k)",
        "%\n!\n%%\n!!",
        "import os\nos.environ[x]\nos.environ[0] = 1\nos.environ.update(x, **y)",
        "class A:\n    class B:\n        def f(self):\n            def g():\n                return h\n",
        "match x:\n    case {'a': [1, *rest]}:\n        open(rest)",
    ],
)
def test_strange_code_is_no_error(source: str) -> None:
    told(source, source)
