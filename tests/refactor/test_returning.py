"""A function that sets a notebook variable: refused, or made to return it where asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.model import Remedy
from jupyter_prodready.refactor import Options

from .running import assert_kept, extract

BACK = Remedy("returns", names=("n",))
BUMP = "def bump(k):\n    global n\n    n += k\n    print(n)"

KEPT: dict[str, tuple[tuple[str, ...], int]] = {
    "the function alone": (("n = 0", BUMP, "bump(2)\nprint(n)"), 1),
    "a cell that calls it": (("n = 0", BUMP, "bump(2)\nm = n * 2", "bump(4)", "print(n, m)"), 2),
    "loops and branches": (
        ("n = 0", BUMP, "for i in range(3):\n    if i:\n        bump(i)\nk = n", "bump(1)", "print(n, k)"), 2,
    ),
    "below a magic": (("n = 0", BUMP, "%time bump(3)", "print(n)"), 1),
    "it sets it, and needs none": (
        ("rows = [3, 1]", "def fit(xs):\n    global model\n    model = sorted(xs)", "fit(rows)\nlow = model[0]", "print(model, low)"), 2,
    ),
    "it may set it": (
        ("n = 0", "def bump(k):\n    global n\n    if k > 2:\n        n = k", "bump(1)\nprint(n)\nbump(5)", "print(n)"), 2,
    ),
    "comments and a docstring": (
        ("n = 0", 'def bump(k):\n    """More."""\n    # of all\n    global n\n    n += k\n\n    # done', "bump(2)", "print(n)"), 1,
    ),
    "a generator as the argument": (
        ("n = 0", "def bump(ks):\n    global n\n    n += sum(ks)", "bump(k for k in [1, 2])", "print(n)"), 2,
    ),
    "two functions": (
        ("n = 0", BUMP, "def clear():\n    global n\n    n = 0", "bump(2)\nclear()\nbump(5)\nlast = n", "clear()", "print(n, last)"), 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_each_call_takes_what_the_function_returns(case: str, tmp_path: Path):
    cells, selected = KEPT[case]
    name = "model" if "global model" in cells[1] else "n"
    refused = extract(tmp_path / "a", cells, (selected,))
    assert {one.action for one in refused.refusals} == {Remedy("returns", names=(name,))}
    done = assert_kept(tmp_path / "b", cells, (selected,), options=Options(returns=(name,)))
    assert any(note.endswith(f"returns `{name}`; its calls are changed.") for note in done.notes)
    assert f"global {name}" not in "".join(edit.after or "" for edit in done.change.files)


def test_one_function_is_given_a_name_and_another_returns_one(tmp_path: Path):
    keep = "def keep(xs):\n    return [x for x in xs if x < limit]"
    head = "rows, limit, n = [1, 2, 5], 3, 0"
    work = "low = keep(rows)\nbump(2)\nprint(n, low)"
    cells = (head, keep, BUMP, work, "limit = 7", "print(keep(rows), n, low)")
    given = Remedy("parameters", names=("limit",))
    assert {one.action for one in extract(tmp_path / "a", cells, (3,)).refusals} == {given, BACK}
    # each click leaves the other one
    for options, left in (
        (Options(parameters=("limit",)), BACK),
        (Options(returns=("n",)), given),
    ):
        refused = extract(tmp_path / left.kind, cells, (3,), options=options)
        assert {one.action for one in refused.refusals} == {left}
    both = Options(parameters=("limit",), returns=("n",))
    assert_kept(tmp_path / "b", cells, (3,), options=both)


NEVER = {
    "its value is used": ("n = 0", BUMP, "m = bump(2)", "print(n)"),
    "it gives something else": ("n = 0", "def bump(k):\n    global n\n    n += k\n    return k", "bump(2)", "print(n)"),
    "it may end earlier": ("n = 0", "def bump(k):\n    global n\n    if not k:\n        return\n    n += k", "bump(2)", "print(n)"),
    "an error may leave it half-way": ("n = 0", BUMP, "try:\n    bump('a')\nexcept TypeError:\n    pass", "print(n)"),
    "in a block that may swallow an error": ("import contextlib\nn = 0", BUMP, "with contextlib.suppress(TypeError):\n    bump('a')", "print(n)"),
    "a function calls it": ("n = 0", BUMP, "def more():\n    bump(2)", "more()", "print(n)"),
    "a comprehension calls it": ("n = 0", BUMP, "[bump(k) for k in range(3)]", "print(n)"),
    "it is passed on": ("n = 0", BUMP, "list(map(bump, [1, 2]))", "print(n)"),
    "it calls itself": ("n = 0", "def bump(k):\n    global n\n    n += k\n    if k:\n        bump(k - 1)", "bump(2)", "print(n)"),
    "another function reads it": ("n = 0", "def show():\n    print(n)", "def bump(k):\n    global n\n    n += k\n    show()", "bump(2)", "print(n)"),
    "another setter is called": ("n = 0", "def clear():\n    global n\n    n = 0", "def bump(k):\n    global n\n    n += k\n    clear()\n    n += 1", "bump(2)", "print(n)"),
    "an inner function reads it": ("n = 0", "def bump(k):\n    global n\n    n += k\n    print(sum(map(lambda i: n, [1])))", "bump(2)", "print(n)"),
    "it goes on later": ("n = 0", "def bump(k):\n    global n\n    n += k\n    yield n", "list(bump(2))", "print(n)"),
    "it is decorated": ("import functools\nn = 0", f"@functools.cache\n{BUMP}", "bump(2)", "print(n)"),
    "it deletes it": ("n = 0", "def bump(k):\n    global n\n    n = k\n    del n", "bump(2)", "n = 1", "print(n)"),
    "it may have no value yet": ("rows = [1]\nif rows:\n    n = 0", BUMP, "bump(2)", "print(n)"),
    "two names": ("n = m = 0", "def bump(k):\n    global n, m\n    n += k\n    m = k", "bump(2)", "print(n, m)"),
    "a comment that would be lost": ("n = 0", "def bump(k):\n    global n  # for all\n    n += k", "bump(2)", "print(n)"),
    "assignments are shown": ("n = 0", BUMP, "%config InteractiveShell.ast_node_interactivity = 'last_expr_or_assign'", "bump(2)", "print(n)"),
    "code that nobody sees": ("n = 0", BUMP, "exec('bump(1)')", "bump(2)", "print(n)"),
    "a magic that is not %time": ("n = 0", BUMP, "%timeit -n1 -r1 bump(2)", "print(n)"),
    "keywords that are not written": ("n = 0", BUMP, "bump(**{'k': 2})", "print(n)"),
}  # fmt: skip


@pytest.mark.parametrize("case", NEVER)
def test_where_that_would_not_be_the_same_nothing_is_offered(case: str, tmp_path: Path):
    cells = NEVER[case]
    selected = next(at for at, source in enumerate(cells) if "def bump" in source)
    for options in (Options(), Options(returns=("n", "m"))):
        refused = extract(tmp_path, cells, (selected,), options=options)
        assert refused.status == "refused"
        assert all(one.action is None or one.action.names is None for one in refused.refusals)
