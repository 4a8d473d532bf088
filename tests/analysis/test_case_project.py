"""Files of the project whose names a page takes: `import *`, `%run`, and changed modules."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, console, delete, each, nothing, rerun

RATES = {"rates.py": "low = 1\n_high = 9\n\ndef scaled(n):\n    return n * low\n"}
LISTED = {"rates.py": '__all__ = ["low"]\nlow = 1\nhigh = 9\n'}
CHAINED = {"rates.py": "from deeper import *\nlow = 1\n", "deeper.py": "import math as m\nx = 2\n"}
HIDING = {"rates.py": "globals()['low'] = 1\n"}
SCRIPT = {"script.py": "import math\nz = math.floor(3.5)\nif z:\n    w = 1\n"}
PACKAGE = {"kit/__init__.py": "from . import parts\n", "kit/parts.py": "size = 4\n"}

CASES = [
    Case(
        "names of import *",
        ["from rates import *", "print(low, scaled(2))"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 low scaled",
        files=RATES,
    ),
    Case(
        "a name that import * does not bring",
        ["from rates import *\nx = 1", "print(low)", "print(x)"],
        change(0, "from rates import *\ny = 1"),
        "outdated-definition c2 certain",
        "0>1 low, 0>2 x",
        files=RATES,
    ),
    Case(
        "import * brings no name that begins with an underscore",
        ["_high = 2", "from rates import *", "print(_high)"],
        delete(0),
        "deleted-definition c2 certain",
        "0>2 _high",
        files=RATES,
    ),
    Case(
        "import * of what __all__ lists",
        ["high = 2", "from rates import *", "print(low, high)"],
        delete(0),
        "deleted-definition c2 certain",
        "0>2 high, 1>2 low",
        files=LISTED,
    ),
    Case(
        "import * through another module",
        ["from rates import *", "print(low, x, m.pi)"],
        rerun(0, 1),
        "",
        "0>1 low m x",
        files=CHAINED,
    ),
    Case(
        "import * of a package brings its submodules",
        ["from kit import *", "print(parts.size)"],
        rerun(1),
        "",
        "0>1 parts",
        files=PACKAGE,
    ),
    Case(
        "import * of a module that hides its names",
        ["x = 1", "from rates import *", "print(low)", "print(x)"],
        rerun(2),
        "",
        "0>3 x, 1>2 low",
        files=HIDING,
        unseen=True,
    ),
    Case(
        "import * after its module was changed",
        ["import rates", "rates.extra = 5", "from rates import *", "print(extra)"],
        rerun(2, 3),
        "",
        "0>1 rates, 1>2 rates, 2>3 extra",
        files=RATES,
        unseen=True,
    ),
    Case(
        "import * of a module of Python's own",
        ["x = 1", "from math import *", "print(floor(pi), x)"],
        delete(0),
        "deleted-definition c2 certain",
        "0>2 x, 1>2 floor pi",
        files={"note.txt": ""},
    ),
    Case(
        "names of %run",
        ["%run script.py", "print(z, w, math.pi)"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 math w z",
        files=SCRIPT,
    ),
    Case(
        "a name that %run does not bring",
        ["%run script.py", "x = 1", "print(x, z)"],
        delete(1),
        "deleted-definition c2 certain",
        "0>2 z, 1>2 x",
        files=SCRIPT,
    ),
    Case(
        "function of a changed module",
        ["from rates import scaled", "print(scaled(2))", "import rates\nrates.low = 7"],
        rerun(1),
        "out-of-order-run c1",
        "0>1 scaled",
        files=RATES,
    ),
    Case(
        "console imports all",
        ["x = 1", "print(x)"],
        console("from rates import *"),
        "",
        "0>1 x",
        files=RATES,
    ),
]
CHANGED = [
    Case(
        "number of a changed module",
        ["from rates import low", "print(low)", "import rates\nrates.low = 7"],
        rerun(1),
        "",
        "0>1 low",
        files=RATES,
    ),
    Case(
        "nothing happened to a page of the project",
        ["from rates import *", "%run script.py", "import rates\nrates.low = 2", "scaled(z)"],
        nothing,
        "",
        "0>3 scaled, 1>3 z",
        files={**RATES, **SCRIPT},
    ),
]
"""Running the import again would bring the changed number, which the answers say."""


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)


@pytest.mark.parametrize("case", each(CHANGED))
def test_changed(case: Case) -> None:
    assert_case(case, answers=False)
