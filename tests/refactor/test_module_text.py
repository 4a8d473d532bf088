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


def test_what_to_do_where_a_class_itself_is_shown(tmp_path: Path):
    known = "from enum import Enum\nclass Side(Enum):\n    LEFT = 1"
    (refusal,) = extract(tmp_path, (known, "x = 1", "print(Side)"), (0,)).refusals
    assert refusal.remedy == "Keep the class in the notebook, or leave out what shows it in [3]."
    plain = "class Side:\n    pass"
    (refusal,) = extract(tmp_path, (plain, "x = Side()", "print(x)"), (0,)).refusals
    assert refusal.remedy == "Give `Side` a `__repr__`."
