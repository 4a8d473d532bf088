"""The graph of every engine case: which cell feeds which in a clean run, by which names."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from .cases import Case, aspects_of, assert_edges

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_case_*.py"))
EVERY = [case for name in MODULES for case in import_module(f"{__package__}.{name}").CASES]


@pytest.mark.parametrize(("case", "aspect"), aspects_of(EVERY, "edges"))
def test_edges(case: Case, aspect: str) -> None:
    assert_edges(case)


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in EVERY]
    assert len(names) == len(set(names))
