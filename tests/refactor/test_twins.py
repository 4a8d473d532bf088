"""The same code in places that define functions, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from refactor.running import after_cells, assert_kept, extract

Cells = tuple[str, ...]
DATA = "a = [3, 1, 2]\nb = [9, 7]"
CLEAN = "def clean(x):\n    return [one + 1 for one in x]\n"
C, D = "c = clean(a)\nm = max(c)", "d = clean(b)\nn = max(d)"
SHOW = "print(c, d, m, n)"

KEPT: dict[str, Cells] = {
    "equal definitions": (DATA, CLEAN + C, "print(c)", CLEAN + D, SHOW),
    "one place defines": (DATA, CLEAN + C, "print(c)", D, SHOW),
    "used between and below": (DATA, CLEAN + C, "print(clean([1]))", CLEAN + D, SHOW + "\nprint(clean([2]))"),
    "two that use each other": (
        DATA, "def more(x):\n    return x + 1\ndef clean(x):\n    return [more(one) for one in x]\n" + C, "print(c)",
        "def more(x):\n    return x + 1\ndef clean(x):\n    return [more(one) for one in x]\n" + D, SHOW,
    ),
    "another function in the second place": (DATA, CLEAN + C, "print(c)", CLEAN + "def other(x):\n    return clean(x)\n" + D, SHOW + "\nprint(other([1]))"),
    "a function that is not used there": (DATA, "def other():\n    return 1\nc = sorted(a)\nm = max(c)", "print(c, other())", "d = sorted(b)\nn = max(d)", SHOW),
    "with a default that cannot change": (
        DATA, "def clean(x, k=2, *, j='x'):\n    return [one * k for one in x]\n" + C, "print(c)", "def clean(x, k=2, *, j='x'):\n    return [one * k for one in x]\n" + D, SHOW,
    ),
    "that reads a variable": (
        DATA + "\nk = [1]", CLEAN.replace("+ 1", "+ k[0]") + C, "print(c)", CLEAN.replace("+ 1", "+ k[0]") + D, SHOW + "\nprint(clean([1]))",
    ),
    "with a constant of the page": (DATA + "\nK = 4", CLEAN.replace("+ 1", "+ K") + C, "print(c)", CLEAN.replace("+ 1", "+ K") + D, SHOW),
    "a recursive one": (
        DATA, "def clean(x):\n    return x if len(x) < 2 else clean(x[1:])\n" + C, "print(c)", "def clean(x):\n    return x if len(x) < 2 else clean(x[1:])\n" + D, SHOW,
    ),
}  # fmt: skip

REFUSED: dict[str, tuple[Cells, str]] = {
    "another body": (
        (DATA, CLEAN + C, "print(c)", CLEAN.replace("+ 1", "+ 2") + D, SHOW),
        "`clean` is also bound in [4].",
    ),
    "defined a third time": (
        (DATA, CLEAN + C, "print(c)", CLEAN + D, CLEAN + SHOW), "`clean` is also bound in [4].",
    ),
    "another name": (
        (DATA, CLEAN + C, "print(c)", CLEAN.replace("clean", "tidy") + D.replace("clean", "tidy"), SHOW),
        "`tidy` of [4] is `clean` of [2] under another name.",
    ),
    "a default that is used up": (
        (DATA, "def clean(x, seen=[]):\n    seen.extend(x)\n    return list(seen)\n" + C, "print(c)", "def clean(x, seen=[]):\n    seen.extend(x)\n    return list(seen)\n" + D, SHOW),
        "`clean` is also bound in [4].",
    ),
    "a decorator that remembers": (
        ("import functools\n" + DATA, "@functools.lru_cache\ndef clean(x):\n    return [x]\nc = clean(1)\nm = c", "print(c)", "@functools.lru_cache\ndef clean(x):\n    return [x]\nd = clean(1)\nn = d", SHOW + "\nprint(c is d)"),
        "`clean` is also bound in [4].",
    ),
    "an attribute": (
        (DATA, "def clean(x):\n    return [one + getattr(clean, 'k', 1) for one in x]\n" + C, "clean.k = 5", "def clean(x):\n    return [one + getattr(clean, 'k', 1) for one in x]\n" + D, SHOW),
        "`clean` is also bound in [4].",
    ),
    "kept elsewhere": (
        (DATA, CLEAN + C, "old = clean", CLEAN + D, SHOW + "\nprint(old is clean)"), "`clean` is also bound in [4].",
    ),
    "bound anew between": (
        (DATA, CLEAN + C, "clean = sorted", CLEAN + D, SHOW), "`clean` is also bound in [3].",
    ),
    "perhaps bound anew between": (
        (DATA, CLEAN + C, "from math import *", CLEAN + D, SHOW), "`clean` may be bound anew by `from math import *` in [3].",
    ),
    "deleted between": ((DATA, CLEAN + C, "del clean", CLEAN + D, SHOW), "`clean` is also bound in [3]."),
    "a class": (
        (DATA, "class Box:\n    def __repr__(self):\n        return 'B'\nc = Box()\nm = c", "print(c)", "class Box:\n    def __repr__(self):\n        return 'B'\nd = Box()\nn = d", SHOW + "\nprint(type(c) is type(d))"),
        "`Box` is also bound in [4].",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_one_definition_moves(case: str, tmp_path: Path):
    cells = KEPT[case]
    found = assert_kept(tmp_path, cells, (1, 3), name="same")
    text = found.change.files[-1].after or ""
    assert text.count("def same(") == 1
    assert text.count("def clean(") == (1 if "def clean" in cells[1] else 0)
    assert sum("= same(" in cell and "def " not in cell for cell in after_cells(found, cells)) == 2


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case: str, tmp_path: Path):
    cells, message = REFUSED[case]
    found = extract(tmp_path, cells, (1, 3), name="same")
    assert message in [refusal.message for refusal in found.refusals]
    assert found.change.cells == ()


def test_what_is_said_and_no_comment_is_lost(tmp_path: Path):
    again = "# again, for the others\n" + CLEAN.replace("x]\n", "x]  # each\n")
    cells = (DATA, "# steps\n" + CLEAN + C, "print(c)", again + D, SHOW)
    found = assert_kept(tmp_path, cells, (1, 3), name="same")
    after = after_cells(found, cells)
    assert after[-2] == "# again, for the others\n# each\nd, n = same(b)"
    assert "# steps\ndef clean(x):" in (found.change.files[-1].after or "")
    assert found.notes[:2] == (
        "One function for [2] and [4]: same code, other names.",
        "`clean` of [4] is the same, and one is kept.",
    )
