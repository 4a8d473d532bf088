"""Edits between two states of a page, and edits written into a file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyter_prodready.actions.outputs_text import set_outputs
from jupyter_prodready.fixes import diff
from jupyter_prodready.fixes.pages import edited, edits_between, longest_rise
from jupyter_prodready.model import Cell, Notebook
from jupyter_prodready.verify.paths import found_at

IDS = "abcdef"


def page(cells: list[tuple[str, str]]) -> Notebook:
    made = [Cell(name, place, "code", source) for place, (name, source) in enumerate(cells)]
    return Notebook("n.ipynb", tuple(made))


pages = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(["x", "y"])), unique_by=lambda one: one[0]
).map(page)


@given(pages, pages)
def test_the_edits_between_two_pages_make_the_one_of_the_other(before: Notebook, after: Notebook):
    assert edited(before, edits_between(before, after)) == after


@given(st.lists(st.integers(0, 20), unique=True))
def test_a_longest_rise_rises_and_no_neighbour_fits_in(numbers: list[int]):
    places = sorted(longest_rise(numbers))
    chosen = [numbers[place] for place in places]
    assert chosen == sorted(chosen)
    best = [1] * len(numbers)
    for right in range(len(numbers)):
        for left in range(right):
            if numbers[left] < numbers[right]:
                best[right] = max(best[right], best[left] + 1)
    assert len(places) == max(best, default=0)


def document(indent: int | None) -> str:
    cell = {
        "cell_type": "code",
        "execution_count": 7,
        "id": "a",
        "metadata": {},
        "outputs": [{"name": "stdout", "output_type": "stream", "text": ["old\n"]}],
        "source": ["1"],
    }
    other = {**cell, "id": "b", "outputs": []}
    return json.dumps({"cells": [cell, other], "nbformat": 4, "nbformat_minor": 5}, indent=indent)


def test_outputs_are_laid_out_as_the_file_is():
    result = {
        "output_type": "execute_result",
        "execution_count": 1,
        "data": {"text/plain": "a\nb", "application/json": {"k": "a\nb"}, "image/png": "QUJD\n"},
        "metadata": {},
    }
    for indent in (1, 2, None):
        text = document(indent)
        new = set_outputs(text, {0: [result]})
        read = json.loads(new)
        (shown,) = read["cells"][0]["outputs"]
        assert shown["execution_count"] == 7
        assert shown["data"] == {**result["data"], "text/plain": ["a\n", "b"]}
        expected = json.loads(text)
        expected["cells"][0]["outputs"] = read["cells"][0]["outputs"]
        assert new == json.dumps(expected, indent=indent)
    assert set_outputs(document(1), {}) == document(1)


def test_a_file_is_found_from_the_folders_of_the_project_only(tmp_path):
    (tmp_path / "root" / "notebooks").mkdir(parents=True)
    (tmp_path / "outside.csv").write_text("")
    (tmp_path / "root" / "Data.CSV").write_text("")
    folders = [tmp_path / "root" / "notebooks", tmp_path / "root"]
    assert found_at("data.csv", folders) == "../Data.CSV"
    assert found_at("../../outside.csv", folders) is None
    assert found_at("outside.csv", folders) is None
    assert found_at("data.csv", ()) is None


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (None, "", "--- /dev/null\n+++ b/m.py\n# new empty file\n"),
        ("", None, "--- /dev/null\n+++ b/m.py\n# removed empty file\n"),
        ("x\n", "x", "--- a/m.py\n+++ b/m.py\n# the same lines, with other line ends\n"),
        ("x\r\n", "x\n", "--- a/m.py\n+++ b/m.py\n# the same lines, with other line ends\n"),
        ("x\n", "x\n", ""),
    ],
)
def test_a_diff_without_lines_says_what_it_is(before: str | None, after: str | None, shown: str):
    assert diff.unified("m.py", before, after) == shown


def test_a_diff_of_a_page_named_from_the_root_has_one_slash():
    assert diff.unified("/work/m.py", "x", "y").startswith("--- a/work/m.py\n+++ b/work/m.py\n@@")
