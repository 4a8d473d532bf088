"""Extracting again: the module's function is replaced, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.model import Remedy
from jupyter_prodready.refactor import Options
from jupyter_prodready.refactor.options import DEFAULT

from .running import assert_kept, extract

MODULE = (
    '"""Doc."""\nimport   os\n\n\n# about it\n@(lambda f: f)\ndef clean(rows):  # odd\n    low = min(rows)\n'
    "    return low\n\n\n# mine\ndef keep( a ):\n    return a\n"
)
IMPORT = "import sys\nsys.path.append('../src')\nfrom shop.n import clean"
ROWS = "rows = [3, 1, 2]"
CELL = "low = min(rows)\nlow = low + 1"
NEW = 'def clean(rows):\n    """Return `low`."""\n    low = min(rows)\n    low = low + 1\n    return low'
PAGE = (IMPORT, ROWS, CELL, "print(low)")
UPDATE = Options(update=True)


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "src/shop/n.py"
    path.parent.mkdir(parents=True)
    path.write_text(MODULE)
    return path


def again(root: Path, *cells: str, options: Options = DEFAULT, selected: int = 2):
    found = extract(root, cells, (selected,), module="src/shop/n.py", name="clean", options=options)
    return found.status, [refusal.message for refusal in found.refusals], found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_it_stands_where_the_old_one_stood(newline: str, module: Path, tmp_path: Path):
    module.write_bytes(MODULE.replace("\n", newline).encode())
    found = assert_kept(tmp_path, PAGE, (2,), module="src/shop/n.py", name="clean", options=UPDATE)
    (edit,) = found.change.files
    head, tail = MODULE.split("# about it\n")[0], MODULE[MODULE.index("\n\n\n# mine") :]
    assert edit.after == (head + NEW + tail).replace("\n", newline)
    said = "`clean` of the module is replaced: all that imports it gets the new one."
    assert said in found.notes
    (cell,) = found.change.cells
    assert (cell.after, found.setup) == ("low = clean(rows)", "")


def test_it_is_offered(module: Path, tmp_path: Path):
    status, told, found = again(tmp_path, *PAGE)
    assert (status, told[1]) == ("refused", "`src/shop/n.py` already has a different `clean`.")
    assert found.refusals[1].action == Remedy("update")
    assert found.refusals[1].code == "other-definition"
    assert found.refusals[1].remedy.endswith("or replace it in this one.")


def test_a_page_that_did_not_import_it(module: Path, tmp_path: Path):
    found = assert_kept(
        tmp_path,
        (ROWS, CELL, "print(low)"),
        (1,),
        module="src/shop/n.py",
        name="clean",
        options=UPDATE,
    )
    assert "from shop.n import clean" in found.setup


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ((IMPORT, ROWS, CELL, "print(clean(rows))"), "`clean` is a name that the notebook uses."),
        (
            (IMPORT, ROWS, "low = clean(rows)\nlow = low + 1", "print(low)"),
            "`clean` is a name that",
        ),
        (("clean = 1", ROWS, CELL, "print(low)"), "`clean` is a name that the notebook uses."),
        ((ROWS, ROWS, CELL, IMPORT), "`clean` is a name that the notebook uses."),
        ((IMPORT, ROWS, CELL, "print(low, dir())"), "`clean` is a name that the notebook uses."),
    ],
)
def test_a_name_that_the_page_uses(cells: tuple[str, ...], said: str, module: Path, tmp_path: Path):
    status, told, _ = again(tmp_path, *cells, options=UPDATE)
    assert status == "refused"
    assert told[0].startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("from shop.n import deep", "`deep` of the module uses `clean`, and the notebook `deep`."),
        ("import shop.n", "[1] imports all of the module."),
        ("from shop import n", "[1] imports all of the module."),
    ],
)
def test_what_the_page_uses_through_the_module(line: str, said: str, module: Path, tmp_path: Path):
    module.write_text(
        MODULE + "\n\ndef other(a):\n    return clean(a)\n\n\ndef deep(a):\n    return other(a)\n"
    )
    first = f"import sys\nsys.path.append('../src')\n{line}"
    status, told, _ = again(tmp_path, first, ROWS, CELL, "print(low)", options=UPDATE)
    assert status == "refused"
    assert said in told


@pytest.mark.parametrize("more", ["clean = str\n", "if os.sep:\n    def clean(a): return a\n"])
def test_a_name_that_the_module_binds_twice(more: str, module: Path, tmp_path: Path):
    module.write_text(MODULE + "\n\n" + more)
    status, told, found = again(tmp_path, ROWS, CELL, "print(low)", options=UPDATE, selected=1)
    assert (status, told) == ("refused", ["`src/shop/n.py` already has a different `clean`."])
    assert found.refusals[0].action is None


def test_the_same_function_is_no_update(module: Path, tmp_path: Path):
    module.write_text(f'"""Doc."""\n\n\n{NEW}\n')
    found = assert_kept(
        tmp_path,
        (ROWS, CELL, "print(low)"),
        (1,),
        module="src/shop/n.py",
        name="clean",
        options=UPDATE,
    )
    assert "`clean` is in the module already." in found.notes
