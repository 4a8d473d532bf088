"""Names that code makes of a form that is written down, below who reads them."""

from __future__ import annotations

import pytest

from .cases import Case, assert_case, delete, played

FORMED = "names = ['north', 'south']\nfor place, name in enumerate(names):\n    globals()[f'{name}_index'] = place"
ANY = "for place, name in enumerate(['south_index']):\n    globals()[name] = place"
COMPUTED = "text = 'height = ' + '2'\nexec(text)"


def _to_the_end(place: int):
    return lambda session: session.move(place, len(session.cells) - 1)


BELOW = "definition-below c{} certain"
CASES = [
    Case("formed below", [FORMED, "print(south_index)"], _to_the_end(0), BELOW.format(1), "0>1 south_index"),
    Case("formed below, literal code above", ["exec('height = 2')", FORMED, "print(south_index)"], _to_the_end(1), BELOW.format(2), "1>2 south_index"),
    Case("formed in a deleted cell", [FORMED, "print(south_index)"], delete(0), "deleted-definition c1 certain", "0>1 south_index"),
    Case("formed, still above", [FORMED, "print(south_index)", "print(1)"], _to_the_end(2), "", "0>1 south_index"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    assert_case(case)


@pytest.mark.parametrize(("page", "place"), [([ANY, "print(south_index)"], 0), ([COMPUTED, FORMED, "print(south_index)"], 1)])  # fmt: skip
def test_of_no_form_or_behind_computed_code_it_is_not_certain(page: list[str], place: int) -> None:
    report = played(Case("not certain", page, _to_the_end(place), "", "")).report
    assert not any(one.certain for one in report.findings)
    assert "fails" not in [cell.restart for cell in report.cells]
