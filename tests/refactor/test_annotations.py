"""Types that a kernel told become annotations under the page's own names; the rest has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.refactor import Types
from refactor.running import assert_kept, extract

DECIMAL = {"df": "decimal.Decimal"}

HEADS: dict[str, tuple[tuple[str, ...], Types, str]] = {
    "plain types": (
        ("n = 1\nname = 'a'", "out = [name] * n", "print(out)"),
        Types({"n": "int", "name": "str"}, {"out": "list[str]"}),
        "def step(name: str, n: int) -> list[str]:",
    ),
    "a library that the code uses": (
        ("import decimal as dec\ndf = dec.Decimal(1)", "df = dec.Decimal(df)", "print(df)"),
        Types(DECIMAL, DECIMAL),
        "def step(df: dec.Decimal) -> dec.Decimal:",
    ),
    "a library that the code does not use": (
        ("import decimal as dec\ndf = dec.Decimal(1)", "df = df.normalize()", "print(df)"),
        Types(DECIMAL, DECIMAL),
        'def step(df: "dec.Decimal") -> "dec.Decimal":',
    ),
    "a class that the page imports": (
        ("from decimal import Decimal as Table\ndf = Table()", "k = int(df)", "print(k)"),
        Types(DECIMAL, {"k": "int"}),
        'def step(df: "Table") -> int:',
    ),
    "a library that the page does not import": (
        ("d = 1", "k = d", "print(k)"),
        Types({"d": "fractions.Fraction"}, {}),
        'def step(d: "Fraction"):',
    ),
    "its name means something else here": (
        ("Decimal = 5\nd = 1", "k = d", "print(k, Decimal)"),
        Types({"d": "decimal.Decimal"}, {"k": "int"}),
        "def step(d) -> int:",
    ),
    "some outputs are unknown": (
        ("n = 1", "a = n\nb = n", "print(a, b)"),
        Types({"n": "int"}, {"a": "int"}),
        "def step(n: int):",
    ),
    "several outputs": (
        ("import decimal as dec\ndf = dec.Decimal(1)", "a = int(df)\nb = df.normalize()", "print(a, b)"),
        Types(DECIMAL, {"a": "int", "b": "decimal.Decimal"}),
        'def step(df: "dec.Decimal") -> "tuple[int, dec.Decimal]":',
    ),
    "no outputs": (("n = 1", "print(n)"), Types({"n": "int"}, {}), "def step(n: int) -> None:"),
    "a value that is shown": (("n = 1", "n + 1"), Types({"n": "int"}, {}), "def step(n: int):"),
    "a builtin that the page rebinds": (
        ("list = tuple\nxs = list([1])", "k = len(xs)", "print(k)"),
        Types({"xs": "list[int]"}, {"k": "int"}),
        "def step(xs) -> int:",
    ),
    "a class of the page that stays": (
        ("class A:\n    x = 1\na = A()", "k = a.x", "print(k)"),
        Types({"a": "__main__.A"}, {"k": "int"}),
        "def step(a) -> int:",
    ),
    "a class of the page that moves along": (
        ("class A:\n    def __repr__(self):\n        return 'A'\na = A()", "k = isinstance(a, A)", "print(k)"),
        Types({"a": "__main__.A"}, {"k": "bool"}),
        "def step(a: A) -> bool:",
    ),
    "a path": (
        ("n = 'x'", "with open('o.txt', 'w') as f:\n    k = f.write(n)", "print(k)"),
        Types({"n": "str"}, {"k": "int"}),
        "def step(n: str, *, o_path: str) -> int:",
    ),
    "an output that the shown line binds anew": (
        ("n = 1", "k = n\n(k := str(k))", "print(k)"),
        Types({"n": "int"}, {"k": "str"}),
        "def step(n: int):",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HEADS)
def test_the_head_of_the_function(case: str, tmp_path: Path):
    cells, types, head = HEADS[case]
    options = {"module": "src/shop/n.py", "name": "step", "types": types}
    found = assert_kept(tmp_path, cells, (1,), **options)  # type: ignore[arg-type]
    text = found.change.files[-1].after or ""
    assert [line for line in text.splitlines() if line.startswith("def step")] == [head]


def test_imports_for_typing_do_not_run(tmp_path: Path):
    cells = ("import decimal as dec\ndf = dec.Decimal(1)", "df = df.normalize()", "print(df)")
    found = extract(
        tmp_path, cells, (1,), module="n_steps.py", name="step", types=Types(DECIMAL, {})
    )
    assert found.change.files[-1].after == (
        '"""Extracted from n.ipynb."""\n\nfrom typing import TYPE_CHECKING\n\n'
        "if TYPE_CHECKING:\n    import decimal as dec\n\n\n"
        'def step(df: "dec.Decimal"):\n    """Return `df`."""\n    df = df.normalize()\n    return df\n'
    )
    assert [(one.name, one.annotation) for one in found.inputs] == [("df", "dec.Decimal")]
    assert [(one.name, one.annotation) for one in found.outputs] == [("df", None)]


BLOCK = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import numpy as np\n\nX = 1\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import os\n\nX = os.sep\n", "import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import decimal as dec\n\nX = os.sep\n"),
        (BLOCK, BLOCK.replace("as np\n", "as np\n    import decimal as dec\n")),
        (BLOCK.replace("\n", "\r\n"), BLOCK.replace("as np\n", "as np\n    import decimal as dec\n").replace("\n", "\r\n")),
        ("import decimal as dec\n", "import decimal as dec\n"),
    ],
)  # fmt: skip
def test_a_module_that_is_there(before: str, after: str, tmp_path: Path):
    (tmp_path / "n_steps.py").write_bytes(before.encode())
    cells = ("import decimal as dec\ndf = dec.Decimal(1)", "df = df.normalize()", "print(df)")
    options = {"module": "n_steps.py", "name": "step", "types": Types(DECIMAL, DECIMAL)}
    found = assert_kept(tmp_path, cells, (1,), **options)  # type: ignore[arg-type]
    assert (found.change.files[-1].after or "").startswith(after)


def test_a_module_that_means_something_else(tmp_path: Path):
    (tmp_path / "n_steps.py").write_text("dec = 'December'\n")
    cells = ("import decimal as dec\ndf = dec.Decimal(1)", "df = df.normalize()", "print(df)")
    options = {"module": "n_steps.py", "name": "step", "types": Types(DECIMAL, DECIMAL)}
    found = assert_kept(tmp_path, cells, (1,), **options)  # type: ignore[arg-type]
    assert "def step(df):" in (found.change.files[-1].after or "")


def test_lines_around_a_part_of_a_cell(tmp_path: Path):
    """What a fresh kernel holds around the cell is not what goes in and out of its middle."""
    cells = ("a = 'x'\nk = 0", "a = 1\nb = a\nc = str(b)\nc = int(c)", "print(a, c)")
    types = Types({"a": "str"}, {"b": "int", "c": "int"})
    options = {"module": "n_steps.py", "name": "step", "types": types, "lines": {"c1": (2, 3)}}
    found = assert_kept(tmp_path, cells, (1,), **options)  # type: ignore[arg-type]
    assert "def step(a):" in (found.change.files[-1].after or "")


def test_a_long_head_has_a_line_for_each(tmp_path: Path):
    names = [f"a_rather_long_name_{number}" for number in range(4)]
    cells = ("\n".join(f"{name} = [1]" for name in names), f"k = {' + '.join(names)}", "print(k)")
    types = Types(dict.fromkeys(names, "list[int]"), {"k": "list[int]"})
    found = assert_kept(tmp_path, cells, (1,), module="n_steps.py", name="step", types=types)
    lines = (found.change.files[-1].after or "").splitlines()
    start = lines.index("def step(")
    each = [f"    {name}: list[int]," for name in names]
    assert lines[start + 1 : start + 6] == [*each, ") -> list[int]:"]


@pytest.mark.parametrize("kind", ["pathlib.PosixPath", "pathlib._local.PosixPath"])
def test_a_path_is_called_as_the_page_does(kind: str, tmp_path: Path):
    cells = ("from pathlib import Path\np = Path('a.csv')", "n = len(p.name)\nk = n", "print(k)")
    found = extract(tmp_path, cells, (1,), types=Types({"p": kind}, {}))
    assert '(p: "Path")' in (found.change.files[-1].after or "")
