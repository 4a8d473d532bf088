"""Keys of dictionaries and attributes of objects, told apart."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, change, console, delete, each, nothing, rerun

POINT = "from types import SimpleNamespace\np = SimpleNamespace(x=1, y=1)"

CASES = [
    Case(
        "key asked for with get, gone",
        ["d = {'a': 1, 'b': 2}", "d.pop('b');", "print(d.get('b', 0))"],
        rerun(2),
        "",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    # --- keys
    Case(
        "another key",
        ["d = {'a': 1}", "d['b'] = 2", "print(d['a'])"],
        change(1, "d['b'] = 3", 2),
        "",
        "0>1 d, 0>2 d",
    ),
    Case(
        "key added by a cell that is gone",
        ["d = {'a': 1}", "d['b'] = 2", "print(d['b'])"],
        delete(1),
        "deleted-definition c2 certain|lingering-effect c2",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "key deleted",
        ["d = {'a': 1, 'b': 2}", "print(d['b'])", "del d['b']"],
        nothing,
        "",
        "0>1 d, 0>2 d",
    ),
    Case(
        "key over itself",
        ["d = {'n': 1}", "d['n'] = d['n'] + 1", "print(d)"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "key read with a default",
        ["d = {'a': 1}", "d['b'] = 2", "print(d.get('b'))"],
        delete(1),
        "lingering-effect c2",
        "0>1 d, 0>2 d, 1>2 d",
    ),
    Case(
        "key by a name",
        ["d = {'a': 1}\nk = 'b'", "d[k] = 2", "print(d['b'])"],
        delete(1),
        "deleted-definition c2 certain|lingering-effect c2",
        "0>1 d k, 0>2 d, 1>2 d",
        unseen=True,
    ),
    Case(
        "key gone from the kernel and another input changed",
        ["d = {'k': 1}", "y = 2", "print(d['k'] + y)"],
        console("del d['k']\ny = 5"),
        "",
        "0>2 d, 1>2 y",
    ),
    Case(
        "key changed and another added, read behind a change of the cell's own",
        ["d = {'k': 1}", "y = 2", "d['z'] = y\nprint(d['k'], d['z'])"],
        console("d['k'] = 3\nd['w'] = 4"),
        "",
        "0>2 d, 1>2 y",
    ),
    Case(
        "key that the cell sets first, changed in the kernel",
        ["d = {'k': 1}", "d['k'] = 5\nprint(d)"],
        console("d['k'] = 9"),
        "",
        "0>1 d",
    ),
    # --- attributes
    Case(
        "another attribute",
        [POINT, "p.y = 2", "print(p.x)"],
        change(1, "p.y = 3", 2),
        "",
        "0>1 p, 0>2 p",
    ),
    Case(
        "attribute",
        [POINT, "p.x = 2", "print(p.x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 p, 0>2 p, 1>2 p",
    ),
    Case(
        "attribute added by a cell that is gone",
        [POINT, "p.z = 2", "print(p.z)"],
        delete(1),
        "deleted-definition c2 certain|lingering-effect c2",
        "0>1 p, 0>2 p, 1>2 p",
    ),
    Case(
        "attribute augmented",
        [POINT, "p.x += 1", "print(p.x)"],
        rerun(1, 2),
        "repeated-run c1",
        "0>1 p, 0>2 p, 1>2 p",
    ),
    Case(
        "attribute deleted",
        [POINT, "print(p.x)", "del p.x"],
        nothing,
        "",
        "0>1 p, 0>2 p",
    ),
    Case(
        "attribute set by setattr",
        [POINT, "setattr(p, 'x', 2)", "print(p.x)"],
        delete(1),
        "lingering-effect c2",
        "0>1 p, 0>2 p, 1>2 p",
    ),
    Case(
        "attribute set again",
        [POINT, "p.x = 2", "print(p.x)"],
        rerun(1, 2),
        "",
        "0>1 p, 0>2 p, 1>2 p",
    ),
]


@pytest.mark.parametrize("case", each(CASES))
def test_case(case: Case) -> None:
    assert_case(case)
