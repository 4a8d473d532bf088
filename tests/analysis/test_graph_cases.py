"""The graph of every engine case: which cell feeds which in a clean run, by which names."""

from __future__ import annotations

import pytest

from . import (
    test_case_ambient,
    test_case_classes,
    test_case_closures,
    test_case_columns,
    test_case_functions,
    test_case_magics,
    test_case_mutation,
    test_case_names,
    test_case_runs,
)
from .cases import Case, aspects_of, assert_edges

EVERY = [
    *test_case_ambient.CASES,
    *test_case_closures.CASES,
    *test_case_columns.CASES,
    *test_case_magics.CASES,
    *test_case_runs.CASES,
    *test_case_classes.CASES,
    *test_case_functions.CASES,
    *test_case_mutation.CASES,
    *test_case_names.CASES,
]


@pytest.mark.parametrize(("case", "aspect"), aspects_of(EVERY, "edges"))
def test_edges(case: Case, aspect: str) -> None:
    assert_edges(case)


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in EVERY]
    assert len(names) == len(set(names))
