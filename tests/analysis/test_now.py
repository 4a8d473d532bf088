"""What a cell that imports would give now: told without walking it again, as long as nothing else
hangs on what its names were before."""

from __future__ import annotations

import pytest

from .test_callbacks import report

CASES = {
    "used below": ("ok", "import json\nfrom pathlib import Path", "print(json, Path)"),
    "used in the cell": ("ok", "import json\nprint(json.dumps(1))", "print(1)"),
    "name taken below": ("ok", "import json\nprint(json)", "json = 3"),
    "another one under its name": ("ok", "import json as a\nprint(a)", "import pickle as a"),
    "with a module of its package": ("ok", "import xml.dom\nprint(xml.dom)", "import xml.sax"),
    "removed below": ("ok", "import json\nprint(json)", "del json"),
    "read before": ("differs", "try:\n    print(json)\nexcept NameError: 0\nimport json", "json"),
    "beside what it lacks": ("unknown", "import json\nprint(total)", "total = 1"),
}


@pytest.mark.parametrize(("now", "imports", "below"), CASES.values(), ids=CASES)
def test_imports_again(now: str, imports: str, below: str) -> None:
    assert report(imports, below).cells[0].now == now
