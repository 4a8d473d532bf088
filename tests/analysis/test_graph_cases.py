"""The graph of every engine case: which cell feeds which in a clean run, by which names."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from .cases import Case, wrong_edges

CASES: dict[str, list[Case]] = {
    path.stem: import_module(f"{__package__}.{path.stem}").CASES
    for path in sorted(Path(__file__).parent.glob("test_case_*.py"))
}


@pytest.mark.parametrize("module", CASES)
def test_edges(module: str) -> None:
    assert [wrong for case in CASES[module] for wrong in wrong_edges(case)] == []


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for cases in CASES.values() for case in cases]
    assert len(names) == len(set(names))
