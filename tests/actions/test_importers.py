"""Modules that would import each other: refused, because one would find the other half made."""

from __future__ import annotations

from pathlib import Path

import pytest
from refactor.running import assert_kept, extract

from jupyter_prodready.actions.importers import importers_of

HELPER = "import sys\nsys.path.append('../src')\nfrom shop.load import helper"
PAGE = (HELPER, "rows = [3, 1]", "low = helper(rows)\nlow = low + 1", "print(low)")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "src/shop"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    return folder


@pytest.mark.parametrize(
    "line",
    [
        "from shop.clean import LIMIT", "from shop import clean", "from . import clean", "import os, shop.clean",
        "from .clean import LIMIT as L", "import shop.clean as c", "from shop import (\n    clean,\n)", "from .deep import x",
    ],
)  # fmt: skip
def test_a_circle_is_refused(line: str, package: Path, tmp_path: Path):
    (package / "clean.py").write_text("LIMIT = 3\n")
    (package / "deep.py").write_text("from shop.clean import LIMIT\nx = 1\n")
    (package / "load.py").write_text(f"{line}\n\n\ndef helper(rows):\n    return min(rows)\n")
    assert "shop.load" in importers_of(tmp_path / "src", "shop.clean")
    found = extract(tmp_path, PAGE, (2,), module="src/shop/clean.py", name="go")
    said = "`shop.load` imports `shop.clean`, which would import it in turn."
    assert [one.message for one in found.refusals] == [said]


@pytest.mark.parametrize(
    "line",
    ["def f():\n    from shop.clean import LIMIT", "# from shop.clean import LIMIT", "import shop"],
)
def test_no_circle(line: str, package: Path, tmp_path: Path):
    (package / "clean.py").write_text("LIMIT = 3\n")
    (package / "load.py").write_text(f"{line}\n\n\ndef helper(rows):\n    return min(rows)\n")
    assert importers_of(tmp_path / "src", "shop.clean") == frozenset()
    assert_kept(tmp_path, PAGE, (2,), module="src/shop/clean.py", name="go")


def test_what_cannot_be_read_is_passed_over(package: Path, tmp_path: Path):
    (package / "odd.py").write_bytes(b"from shop.clean import \xff\n")
    (package / "sub").mkdir()
    (package / "sub" / "deep.py").write_text("from ..clean import LIMIT\n")
    assert importers_of(tmp_path / "src", "shop.clean") == {"shop.sub.deep"}
    assert importers_of(tmp_path / "nowhere", "shop.clean") == frozenset()
