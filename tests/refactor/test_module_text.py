"""Modules and texts whose lines are not what `str.splitlines` takes for lines."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jupyter_prodready.refactor import Options

from .running import assert_kept, extract

MODULE = (
    '"""Doc\x0cmore\n\x0b\x1c line\n"""\n\x0c\nimport os\nfrom os import (\n    path,\n    sep,\n)\n\n\n'
    'def root():\n    """a\u2028b\x85c"""\n    return os.sep\n\x0c\n\ndef other(x):\n    return 5\n'
)
CELLS = ("import math", "t = math.sqrt(4)", "print(t)")


def written(root: Path, text: str) -> None:
    path = root / "src/shop/n.py"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode())


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_form_feeds_in_a_module(newline: str, tmp_path: Path):
    written(tmp_path, MODULE.replace("\n", newline))
    found = assert_kept(tmp_path, CELLS, (1,), module="src/shop/n.py")
    text = found.change.files[-1].after or ""
    head, tail = MODULE.split(")\n")[0] + ")\n", MODULE.partition(")\n")[2]
    assert text.startswith((head + "import math\n" + tail).replace("\n", newline))


def test_a_replaced_function_below_form_feeds(tmp_path: Path):
    written(tmp_path, MODULE)
    update = Options(update=True)
    found = assert_kept(tmp_path, CELLS, (1,), module="src/shop/n.py", name="other", options=update)
    text = found.change.files[-1].after or ""
    names = [node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    assert names == ["root", "other"]
    assert 'def root():\n    """a\u2028b\x85c"""\n    return os.sep\n\x0c\n\ndef other():\n' in text


def test_the_same_code_with_form_feeds_in_its_texts(tmp_path: Path):
    code = "s = 'a\x0cb\u2028'; {0} = [{1}]\n{0}_n = len({0}) + len(s)"
    cells = (
        "s = ''",
        code.format("low", 1),
        "print(low, low_n)",
        code.format("top", 22),
        "print(top, top_n, s)",
    )
    assert_kept(tmp_path, cells, (1, 3))


def test_a_byte_order_mark_is_named(tmp_path: Path):
    written(tmp_path, "\ufeffx = 1\n")
    (refusal,) = extract(tmp_path, CELLS, (1,), module="src/shop/n.py").refusals
    assert refusal.message == "`src/shop/n.py` begins with a byte order mark."
    assert refusal.remedy == "Save it as UTF-8 without one."


def test_a_docstring_parts_its_heading_from_the_text(tmp_path: Path):
    cells = ("a = 1", "md intro\n\n## The sum\n\nOf all.\n\n- one", "b = a + 1", "print(b)")
    found = assert_kept(tmp_path, cells, (2,))
    text = found.change.files[-1].after or ""
    doc = '    """intro\n\n    The sum.\n\n    Of all.\n\n    - one\n    """\n'
    assert doc in text


def test_the_first_line_of_a_docstring_stands_alone(tmp_path: Path):
    cells = ("a = 1", "md Add one.\nThen go on.", "b = a + 1", "print(b)")
    text = assert_kept(tmp_path, cells, (2,)).change.files[-1].after or ""
    assert '    """Add one.\n\n    Then go on.\n    """\n' in text


def test_what_to_do_where_a_class_itself_is_shown(tmp_path: Path):
    known = "class Side:\n    def __repr__(self):\n        return 'S'"
    (refusal,) = extract(tmp_path, (known, "x = 1", "print(Side)"), (0,)).refusals
    assert refusal.remedy == "Keep the class in the notebook, or leave out what shows it in [3]."
    plain = "class Side:\n    pass"
    (refusal,) = extract(tmp_path, (plain, "x = Side()", "print(x)"), (0,)).refusals
    assert refusal.remedy == "Give `Side` a `__repr__`."


GUARDED = (
    "import os\n\n\ndef main():\n    return os.sep\n\n\n"
    "# as a program\nif __name__ == '__main__':\n    main()\n"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_definitions_go_above_what_runs_as_a_program(newline: str, tmp_path: Path):
    written(tmp_path, GUARDED.replace("\n", newline))
    found = assert_kept(tmp_path, CELLS, (1,), module="src/shop/n.py", name="root")
    text = found.change.files[-1].after or ""
    new = 'def root():\n    """Return `t`."""\n    t = math.sqrt(4)\n    return t\n\n\n'
    head, end = GUARDED.replace("import os\n", "import os\nimport math\n").split("# as")
    assert text == f"{head}{new}# as{end}".replace("\n", newline)


@pytest.mark.parametrize(
    "last", ["if len(ITEMS) > 1:\n    ITEMS = 1\n", "if __name__:\n    pass\n"]
)
def test_other_branches_stay_above(last: str, tmp_path: Path):
    written(tmp_path, f"ITEMS = []\n{last}")
    found = assert_kept(tmp_path, CELLS, (1,), module="src/shop/n.py", name="root")
    text = found.change.files[-1].after or ""
    assert text.index(last) < text.index("def root")


@pytest.mark.parametrize(
    ("imported", "expected"),
    [
        (("math import sqrt, floor as low",), "from math import sqrt, floor as low\n"),
        (("math import sqrt", "math import floor as low"), "from math import sqrt, floor as low\n"),
        (
            ("math import sqrt", "os import sep", "math import floor as low"),
            "from math import sqrt\nfrom os import sep\nfrom math import floor as low\n",
        ),
        (
            (f"math import sqrt, floor as {'low' * 30}",),
            f"from math import (\n    sqrt,\n    floor as {'low' * 30},\n)\n",
        ),
    ],
)
@pytest.mark.parametrize("is_there", [False, True])
def test_names_of_one_module_stand_in_one_import(
    imported: tuple[str, ...], expected: str, is_there: bool, tmp_path: Path
):
    """In the order of the page: what an import runs may count."""
    if is_there:
        written(tmp_path, '"""There."""\n\nimport json\n')
    low = "low" * 30 if "lowlow" in expected else "low"
    used = "t = sqrt(4) + " + ("len(sep) + " if "sep" in expected else "") + f"{low}(2.5)"
    lines = "\n".join(f"from {one}" for one in imported)
    found = assert_kept(tmp_path, (lines, used, "print(t)"), (1,), module="src/shop/n.py")
    above = "import json\n" if is_there else '"""\n\n'
    assert f"{above}{expected}\n\ndef " in (found.change.files[-1].after or "")


def test_a_docstring_says_what_the_signature_does_not(tmp_path: Path):
    cells = (
        "import random\nrows = [3, 1]",
        "# Sort the rows\nrows.sort()\nlow = rows[0] + random.random() * 0\nprint(low)",
        "print(rows, low)",
    )
    found = assert_kept(tmp_path, cells, (1,), module="src/shop/n.py")
    assert (
        '    """Sort the rows.\n\n'
        '    Returns `low` and `rows`. Changes `rows` in place and uses chance.\n    """\n'
    ) in (found.change.files[-1].after or "")
