"""One function for two places: its types are those of both, its test has the first one's values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from documents import cell, document

from jupyter_prodready.actions import extract_file
from jupyter_prodready.verify.claim import Claim
from jupyter_prodready.verify.staging import Proved

SOURCES = (
    "a = [2, 1]\nb = ['x']",
    "c = sorted(a)[:1]",
    "print(c)",
    "d = sorted(b)[:2]",
    "print(d)",
)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps(document(*map(cell, SOURCES))))
    return path


def seen(**facts: dict[str, object]) -> dict[str, str]:
    """By the keys of looks: ``inputs_0_1`` for ``inputs 0.1``, the second place's."""
    parts = {key: key.split("_") for key in facts}
    keys = {key: f"{word} {'.'.join(rest)}" for key, (word, *rest) in parts.items()}
    return {keys[key]: repr(json.dumps(names)) for key, names in facts.items()}


def literal(text: str) -> dict[str, str]:
    return {"kind": "literal", "text": text}


@pytest.mark.parametrize(
    ("other", "head"),
    [
        ("list[int]", "def up(a: list[int], *, number: int) -> list[int]:"),
        ("list[str]", "def up(a, *, number: int) -> list[int]:"),
        (None, "def up(a, *, number: int) -> list[int]:"),
    ],
)
def test_types_that_all_places_share(other: str | None, head: str, notebook: Path):
    def prover(claim: Claim) -> Proved:
        assert claim.observer is not None
        looks = [one for one in claim.observer.looks if not one.optional]
        assert [(one.key, one.cell_id, one.when) for one in looks] == [
            ("inputs 0.0", "c1", "before"), ("outputs 0.0", "c1", "after"),
            ("inputs 0.1", "c3", "before"), ("outputs 0.1", "c3", "after"),
        ]  # fmt: skip
        told = seen(
            inputs_0_0={"a": "list[int]"}, outputs_0_0={"c": "list[int]"},
            inputs_0_1={"b": other}, outputs_0_1={"d": "list[int]"},
        )  # fmt: skip
        assert head in claim.observer.staged(told)[-1].text
        return Proved("equal", seen=told)

    done = extract_file(notebook, "c1,c3", "src/shop/n.py", "up", prover=prover)
    assert done.status == "applied"
    assert head in (notebook.parent / "src/shop/n.py").read_text()


def test_the_test_calls_it_as_the_first_place_does(notebook: Path):
    told = seen(entry_0={"a": literal("[2, 1]")}, end_0={"c": literal("[1]")})
    extract_file(
        notebook, "c1,c3", "src/shop/n.py", "up",
        prover=lambda _: Proved("equal", seen=told), tester=lambda _: None,
    )  # fmt: skip
    text = (notebook.parent / "tests/test_n.py").read_text()
    assert "    a = [2, 1]\n    c_now = up(a, number=1)\n    assert c_now == [1]\n" in text
