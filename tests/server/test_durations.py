"""What is left of a verification, by what its cells took before."""

from __future__ import annotations

from jupyter_prodready.model import PageCell, VerifiedCell
from jupyter_prodready.server.durations import Durations, seconds_left


def page(*hashes: str) -> list[PageCell]:
    return [PageCell(f"c{index}", one, None, "") for index, one in enumerate(hashes)]


def test_cells_are_known_by_their_source():
    known = Durations()
    took = [
        VerifiedCell("c0", 0, "identical", seconds=1.0),
        VerifiedCell("c1", 1, "error", seconds=2.0),
        VerifiedCell("c2", 2, "timeout", seconds=600.0),
    ]
    known.learn("ann", "n.ipynb", page("a", "b", "c"), took)
    assert known.of("ann", "n.ipynb", page("b", "a", "c", "d")) == {
        "c0": 2.0,
        "c1": 1.0,
        "c2": None,
        "c3": None,
    }
    assert known.of("bob", "n.ipynb", page("a")) == {"c0": None}
    assert known.of("ann", "m.ipynb", page("a")) == {"c0": None}


def test_the_oldest_are_forgotten():
    known = Durations(most=2)
    for one in ("a", "b", "a", "c"):
        known.learn("", "n.ipynb", page(one), [VerifiedCell("c0", 0, "identical", seconds=1.0)])
    assert known.of("", "n.ipynb", page("a", "b", "c")) == {"c0": 1.0, "c1": None, "c2": 1.0}


def test_what_is_left():
    expected = {"c0": 1.0, "c1": 10.0, "c2": 30.0, "c3": None}
    assert seconds_left(expected, []) == (41.0, 1)
    assert seconds_left(expected, ["c0"], "c1", 4.0) == (36.0, 1)
    assert seconds_left(expected, ["c0"], "c1", 15.0) == (30.0, 1)  # it takes longer than before
    assert seconds_left(expected, ["c0", "c1", "c2"], "c3", 9.0) == (None, 1)
    assert seconds_left(expected, list(expected)) == (None, 0)
    assert seconds_left({}, []) == (None, 0)
