"""What a refusal says to do about a magic: done so, the cell is extracted."""

from __future__ import annotations

from pathlib import Path

import pytest

from .running import extract


@pytest.mark.parametrize(
    ("source", "remedy", "mended"),
    [
        (
            "k = 1\n%time top = max(rows) + k",
            "Extract line 2 by itself, or put `%%time` at the top of the cell.",
            "%%time\nk = 1\ntop = max(rows) + k",
        ),
        (
            "top = %time max(rows)",
            "Take `%time` away, or put `%%time` at the top of the cell.",
            "%%time\ntop = max(rows)",
        ),
        (
            "%%prun\ntop = max(rows)",
            "Take it away, extract, and put it back above the call.",
            "top = max(rows)",
        ),
        ("!ls\ntop = max(rows)", "Move this line to a cell of its own.", "top = max(rows)"),
    ],
)
def test_the_way_out_of_a_magic_that_stays(
    source: str, remedy: str, mended: str, tmp_path: Path
) -> None:
    (refusal,) = extract(tmp_path, ("rows = [1]", source, "print(top)"), (1,)).refusals
    assert refusal.remedy.startswith(remedy)
    assert extract(tmp_path, ("rows = [1]", mended, "print(top)"), (1,)).status == "preview"
