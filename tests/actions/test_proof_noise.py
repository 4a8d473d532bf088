"""A cell that shows chance shows other things beside it, and these are compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from documents import cell, document

from .test_proof import notebook, proved

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

__all__ = ["notebook"]

HEAD = "import random, time\nimport pandas as pd\nprices = [3, 1, 2]"


def page(notebook: Path, *sources: str) -> Path:
    notebook.write_text(json.dumps(document(*map(cell, (HEAD, *sources)))))
    return notebook


WRONG = {
    "a line beside a number": (
        "total = sum(prices)\nprint('chance', random.random())\nprint('total', total)",
        ("'total', total", "'total', total + 1"),
    ),
    "an output beside another": (
        "from IPython.display import display as show\ntotal = sum(prices)\n"
        "show(random.random())\nshow({'total': total})\nhalf = total / 2",
        ("'total': total", "'total': total + 1"),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_stands_beside_chance_is_compared(case: str, notebook: Path):
    source, spoil = WRONG[case]
    found = proved(page(notebook, source), ("c1",), spoil)
    assert found.proof == "differs"
    assert "beside what varies" in found.detail
    assert proved(notebook, ("c1",)).proof == "equal-where-deterministic"


def test_a_lambda_whose_name_is_shown_beside_its_address(notebook: Path):
    head = "from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import FunctionTransformer"
    work = "pipe = make_pipeline(FunctionTransformer(lambda x: x * 2))\nn = len(pipe)"
    page(notebook, head, work, "pipe")
    found = proved(notebook, ("c2",))
    assert found.proof == "differs"
    assert "it lacks 'FunctionTransformer(func=<function <lambda> at …>))])'" in found.detail


CHANCE = {
    "numbers": "print([random.random() for _ in range(4)])",
    "few values": "print(random.choice('abcdefgh'), random.choice('abcdefgh'))\nprint(random.choice('abcdefgh'))",
    "how many lines": "for n in range(random.randint(1, 60)):\n    print('line', n)",
    "a table": "print(pd.DataFrame({'a': [random.random() for _ in range(3)], 'b': 'x'}))",
    "a sample": "print(pd.DataFrame({'a': range(50)}).sample(4))",
    "the clock": "print('took', time.time(), 's')",
    "the order of a set": "print({random.random(), 'a', 'b', 'c', 'd'})",
}


@pytest.mark.parametrize("case", CHANCE)
def test_chance_alone_stands_against_nothing(case: str, notebook: Path):
    page(notebook, "total = sum(prices)\nhalf = total / 2", f"print(half)\n{CHANCE[case]}")
    found = proved(notebook, ("c1",))
    assert found.proof in ("equal-where-deterministic", "equal"), found


TAKEN = """from pathlib import Path
runs = Path({path!r})
number = len(runs.read_text()) if runs.exists() else 0
runs.write_text("." * (number + 1))
print(half, {values!r}[number])"""
"""What the runs show in turn: of the page before, after, before, and before once more."""


@pytest.mark.parametrize(
    ("values", "proof"),
    [("abab", "equal-where-deterministic"), ("abaa", "differs")],
    ids=["the third run shows what the new page did", "none of them shows it"],
)
def test_two_old_runs_that_agree_are_asked_once_more(
    values: str, proof: str, notebook: Path, tmp_path_factory: pytest.TempPathFactory
):
    taken = TAKEN.format(values=values, path=str(tmp_path_factory.mktemp("taken") / "runs.txt"))
    page(notebook, "total = sum(prices)\nhalf = total / 2", taken)
    found = proved(notebook, ("c1",))
    assert found.proof == proof, found
