"""Names for types move along with the annotations that need them; what cannot move is told."""

from pathlib import Path

import pytest

from .running import assert_kept, extract

HEAD = "import numpy as np\nfrom typing import Dict, List\n"
USE = ("y = f(2)\nz = 1", "print(y, z)")
KEPT = {
    "attribute": "Arr = np.ndarray",
    "subscript": "Arr = Dict[str, int]",
    "union": "Arr = int | np.ndarray",
    "builtin": "Arr = list[int]",
    "of-another": "Row = Dict[str, int]\nArr = List[Row]",
}


@pytest.mark.parametrize("case", KEPT)
def test_moves_along(case: str, tmp_path: Path) -> None:
    cells = (HEAD + KEPT[case], "def f(a: Arr) -> Arr:\n    return a", *USE, "print(Arr)")
    found = assert_kept(tmp_path, cells, (2,))
    assert KEPT[case] in (found.change.files[-1].after or "")


def test_moves_with_the_cell_that_has_both(tmp_path: Path) -> None:
    own = "Arr = np.ndarray\ndef f(a: Arr) -> Arr:\n    return a"
    found = assert_kept(tmp_path, (HEAD, own, *USE), (1,))
    assert "Arr = np.ndarray\n" in (found.change.files[-1].after or "")


def test_what_only_the_body_reads_is_a_keyword(tmp_path: Path) -> None:
    cells = (HEAD + "mean = np.mean", "def f(a):\n    return float(mean(a))", *USE)
    found = assert_kept(tmp_path, cells, (2,))
    assert "def f(a, *, mean):" in (found.change.files[-1].after or "")


@pytest.mark.parametrize(
    "alias",
    ["Arr = type(1)", "Arr = np.ndarray\nArr = int", "rows = [int]\nArr = rows[0]"],
)
def test_what_is_computed_or_bound_anew_does_not(alias: str, tmp_path: Path) -> None:
    cells = (HEAD + alias, "def f(a: Arr) -> Arr:\n    return a", *USE)
    found = extract(tmp_path, cells, (2,))
    assert found.status == "refused"


def test_an_import_whose_parts_are_set_is_asked_where_it_was(tmp_path: Path) -> None:
    cells = (HEAD + "np.ndarray = int\nArr = np.ndarray", "def f(a: Arr):\n    return a", *USE)
    assert extract(tmp_path, cells, (2,)).status == "refused"


def test_the_remedy_of_an_annotation(tmp_path: Path) -> None:
    cells = ("Arr = type(1)", "def f(a: Arr):\n    return a", *USE)
    (found,) = extract(tmp_path, cells, (2,)).refusals
    assert found.remedy == "Write there what `Arr` stands for, or leave `f` in the notebook."


def test_the_remedy_of_a_decorator(tmp_path: Path) -> None:
    log = (
        "calls = []\ndef log(f):\n    def inner(*a):\n        calls.append(1)\n"
        "        return f(*a)\n    return inner"
    )
    cells = (log, "@log\ndef f(a):\n    return a", *USE)
    (found,) = extract(tmp_path, cells, (2,)).refusals
    assert found.remedy == "Leave `f`, and what calls it, in the notebook."


def test_what_no_annotation_needs_stays_in_the_function(tmp_path: Path) -> None:
    cells = (HEAD, "Arr = np.ndarray\nkind = Arr\nn = len(kind.__name__)", "print(n)")
    found = assert_kept(tmp_path, cells, (1,))
    assert "    Arr = np.ndarray\n" in (found.change.files[-1].after or "")
