"""Imports and modules: by branch, of parts, with a star; and `exec`, which binds unseen too."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, delete, each, rerun

CASES = [
    Case(
        "import by branch",
        ["try:\n    import not_there as m\nexcept ImportError:\n    m = None", "print(m)"],
        rerun(0, 1),
        "",
        "0>1 m",
    ),
    Case(
        "import a.b",
        ["import os.path", "print(os.path.sep)"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 os",
    ),
    Case(
        "import a.b as c",
        ["import os.path as p", "print(p.sep)"],
        rerun(0, 1),
        "",
        "0>1 p",
    ),
    Case(
        "import *",
        ["from math import *", "print(floor(1.5))"],
        delete(0),
        "deleted-definition c1 certain",
        "0>1 floor",
    ),
    Case(
        "import * that is gone",
        ["from statistics import *", "print(mean([1, 2]))"],
        delete(0),
        "deleted-definition c1",
        "0>1 mean",
        unseen=True,
    ),
    Case(
        "import * that is gone, the name is the page's own",
        ["from math import *", "x = 1", "print(x)"],
        delete(0),
        "",
        "1>2 x",
    ),
    Case(
        "exec of a computed text that is gone",
        ["k = 'sq'", "exec(k + ' = 4')", "print(sq)"],
        delete(1),
        "deleted-definition c2",
        "0>1 k, 1>2 sq",
        unseen=True,
    ),
    Case(
        "exec of a computed text that was edited away",
        ["k = 'sq'", "exec(k + ' = 4')", "print(sq)"],
        change(1, "pass"),
        "outdated-definition c2",
        "0>1 k, 1>2 sq",
        unseen=True,
    ),
    Case(
        "import a.b that is gone, import a.c is left",
        ["import xml.dom", "import xml.sax", "print(xml.sax.__name__)"],
        delete(1),
        "deleted-definition c2",
        "0>2 xml, 1>2 xml",
    ),
    Case(
        "import a.b, a.c that is gone",
        ["import xml", "import xml.dom, xml.sax", "print(xml.sax.__name__)"],
        delete(1),
        "deleted-definition c2",
        "1>2 xml",
    ),
    Case(
        "import a.b that is gone, above import a.c",
        ["import xml.sax", "import xml.dom", "print(xml.sax.__name__)"],
        delete(0),
        "deleted-definition c2",
        "0>2 xml, 1>2 xml",
    ),
    Case(
        "import a.c that is gone, a.b is used",
        ["import xml.dom", "import xml.sax", "print(xml.dom.__name__)"],
        delete(1),
        "",
        "0>2 xml, 1>2 xml",
    ),
    Case(
        "import a.b.c that is gone, import a.b is left",
        ["import xml.etree.ElementTree", "import xml.etree", "print(xml.etree.ElementTree)"],
        delete(0),
        "deleted-definition c2",
        "0>2 xml, 1>2 xml",
    ),
    Case(
        "import a.b that is gone, import a.b.c is left",
        ["import xml.dom.minidom", "import xml.dom", "print(xml.dom.__name__)"],
        delete(1),
        "",
        "0>2 xml, 1>2 xml",
    ),
    Case(
        "import of two that is gone, one is imported again",
        ["import os, sys", "import os", "print(os.sep)"],
        delete(0),
        "",
        "1>2 os",
    ),
    Case(
        "import * hides no builtin",
        ["from math import *", "print(abs(-1))"],
        delete(0),
        "",
        "",
        unseen=True,
    ),
    Case(
        "import * beside a name of the page",
        ["from math import *", "x = 1", "print(x)"],
        rerun(1, 2),
        "",
        "1>2 x",
        unseen=True,
    ),
    Case(
        "module of the page's folder",
        ["import rates", "print(rates.low)"],
        rerun(0, 1),
        "",
        "0>1 rates",
        files={"rates.py": "low = 1\n"},
    ),
    Case(
        "attribute set on a module",
        ["import rates", "rates.low = 2", "print(rates.low)"],
        delete(1),
        "lingering-effect c2",
        "0>1 rates, 0>2 rates, 1>2 rates",
        files={"rates.py": "low = 1\n"},
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
