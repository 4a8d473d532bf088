"""A function that reads what the page binds anew: refused, or given it at each call where asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_prodready.model import Extraction, Remedy
from jupyter_prodready.refactor import Options

from .running import assert_kept, extract, run

HEAD = "rows = [1, 5, 9]\nlimit = 3"
KEEP = "def keep(xs):\n    return [x for x in xs if x < limit]"
GIVEN = Remedy("parameters", names=("limit",))

KEPT: dict[str, tuple[tuple[str, ...], int]] = {
    "another cell": ((HEAD, KEEP, "low = keep(rows)", "limit = 7", "print(low, keep(rows))"), 2),
    "the function alone": ((HEAD, KEEP, "limit = 7", "print(keep(rows))"), 1),
    "the cell itself": (
        (HEAD, KEEP, "limit = 6\nlow = keep(rows)\nlimit += 1\nprint(keep(rows))", "print(limit, low)"), 2,
    ),
    "a loop": ((HEAD, KEEP, "for limit in (2, 6):\n    print(keep(rows))", "print(keep(rows), limit)"), 2),
    "a caller that moves": (
        (HEAD, KEEP, "def both(xs):\n    return keep(xs), len(xs)", "limit = 8", "two = both(rows)", "print(two)"), 4,
    ),
    "a caller that stays": (
        (HEAD, KEEP, "def both(xs):\n    return keep(xs), len(xs)", "limit = 8", "low = keep(rows)",
         "limit = 2", "print(low, list(map(both, [rows])))"), 4,
    ),
    "below a magic": ((HEAD, KEEP, "%time low = keep(rows)", "limit = 7", "%time high = keep(rows)", "print(low, high)"), 2),
    "it calls itself": (
        (HEAD, "def keep(xs):\n    return [xs[0]] + keep(xs[1:]) if xs and xs[0] < limit else []",
         "limit = 9", "low = keep(rows)", "print(low)"), 3,
    ),
    "a generator that is used at once": (
        (HEAD, "def keep(xs):\n    return sum(x for x in xs if x < limit)", "limit = 9", "low = keep(rows)", "print(low)"), 3,
    ),
    "a branch that is not taken": (
        (HEAD, KEEP, "if len(rows) > 5:\n    limit = 0", "low = keep(rows)", "print(low)"), 3,
    ),
    "an argument that binds it": (
        (HEAD, KEEP, "low = keep([limit := 2, 1, 8])", "print(low, limit)"), 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_each_call_gives_what_the_page_holds_then(case: str, tmp_path: Path):
    cells, selected = KEPT[case]
    refused = extract(tmp_path / "a", cells, (selected,))
    assert {one.action for one in refused.refusals} == {GIVEN}
    assert any(one.message.startswith("`keep` reads `limit`, which ") for one in refused.refusals)
    done = assert_kept(
        tmp_path / "b", cells, (selected,), options=Options(parameters=GIVEN.names or ())
    )
    assert "`keep` takes `limit` as a keyword; its calls are changed." in done.notes
    assert "limit=limit" in done.diff


def alone(function: str, *more: str) -> tuple[str, ...]:
    return (HEAD, function, "limit = 7", *(more or ("print(keep(rows))",)))


NEVER = {
    "it goes on after the call": alone("def keep(xs):\n    for x in xs:\n        if x < limit:\n            yield x", "print(list(keep(rows)))"),
    "so does what it gives": alone("def keep(xs):\n    return lambda x: x < limit", "print(keep(rows)(2))"),
    "and this": alone("def keep(xs):\n    return (x for x in xs if x < limit)", "print(list(keep(rows)))"),
    "it awaits": alone("async def keep(xs):\n    return [x for x in xs if x < limit]", "print(await keep(rows))"),
    "it is passed on": alone(KEEP, "print(list(map(keep, [rows])))"),
    "it is decorated": alone(f"import functools\n@functools.cache\n{KEEP}", "print(keep(tuple(rows)))"),
    "a function binds it": alone(KEEP, "def more():\n    global limit\n    limit = 20\n    return 4", "print(keep([more(), 9]))"),
    "it is deleted": (HEAD, KEEP, "print(keep(rows))", "del limit", "limit = 2", "print(keep(rows))"),
    "no line binds it for sure first": (
        "rows = [1, 5, 9]\nif rows:\n    limit = 3", KEEP, "print(keep(rows))", "limit = 7", "print(keep(rows))",
    ),
    "it is called before": ("rows = [1]\ntry:\n    keep(rows)\nexcept NameError:\n    pass", KEEP, HEAD, "limit = 7", "print(keep(rows))"),
    "an import binds it": (HEAD, KEEP, "from math import pi as limit", "print(keep(rows))"),
    "a function is bound to it": (HEAD, KEEP, "def limit():\n    pass", "print(keep([]))"),
    "the name is a parameter elsewhere": alone(KEEP, "def other(limit):\n    return keep(rows)", "print(other(2))"),
    "keywords that are not written": alone(KEEP, "print(keep(**{'xs': rows}))"),
    "a default reads it": alone("def keep(xs, most=limit):\n    return [x for x in xs if x < limit and x < most]"),
    "a text looks it up": alone("def keep(xs):\n    return eval('[x for x in xs if x < limit]')"),
    "code that nobody sees": alone(KEEP, "exec('limit = 1')", "print(keep(rows))"),
    "it binds it itself": alone("def keep(xs):\n    global limit\n    limit = len(xs)\n    return limit"),
    "a class": alone("class keep:\n    def low(self, xs):\n        return [x for x in xs if x < limit]", "print(keep().low(rows))"),
    "a magic that is not %time": alone(KEEP, "%timeit -n1 -r1 keep(rows)"),
}  # fmt: skip


@pytest.mark.parametrize("case", NEVER)
def test_where_that_would_not_be_the_same_nothing_is_offered(case: str, tmp_path: Path):
    cells = NEVER[case]
    for options in (Options(), Options(parameters=("limit",))):
        refused = extract(tmp_path, cells, (1,), options=options)
        assert refused.status == "refused"
        assert all(one.action is None or one.action.names is None for one in refused.refusals)


def test_one_step_takes_all_names(tmp_path: Path):
    function = "def keep(xs):\n    return [x + add for x in xs if x < limit]"
    cells = (f"{HEAD}\nadd = 1", function, "limit = 7\nadd = 2", "low = keep(rows)", "print(low)")
    action = Remedy("parameters", names=("add", "limit"))
    assert {one.action for one in extract(tmp_path, cells, (3,)).refusals} == {action}
    kept(tmp_path, cells, 3, "add", "limit")
    one = extract(tmp_path, cells, (3,), options=Options(parameters=("add",)))
    assert {refusal.action for refusal in one.refusals} == {GIVEN}


def kept(root: Path, cells: tuple[str, ...], selected: int, *names: str) -> Extraction:
    return assert_kept(root, cells, (selected,), options=Options(parameters=names))


def test_a_name_that_no_function_reads_changes_nothing(tmp_path: Path):
    cells = (HEAD, "low = min(rows)", "print(low)")
    plain = extract(tmp_path, cells, (1,))
    assert kept(tmp_path, cells, 1, "limit").diff == plain.diff


@pytest.mark.parametrize("case", ["the function alone", "an argument that binds it"])
def test_the_pages_are_not_empty(case: str, tmp_path: Path):
    (tmp_path / "notebooks").mkdir()
    found = run(tmp_path, KEPT[case][0])
    assert (found.error, bool(found.text)) == (None, True)
