"""Names that only one of the two pages has at its end: known to the plan, or a difference."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from documents import cell, document

from jupyter_prodready import formats
from jupyter_prodready.actions.asked import Asked
from jupyter_prodready.actions.extract import split_file
from jupyter_prodready.actions.project import locate
from jupyter_prodready.refactor.selection import Selection
from jupyter_prodready.verify.claim import Claim
from jupyter_prodready.verify.kernels import LocalKernels
from jupyter_prodready.verify.proof import UNKNOWN_END, prove
from jupyter_prodready.verify.run import Limits
from jupyter_prodready.verify.staging import Proved

pytestmark = [pytest.mark.kernel, pytest.mark.slow]

MODULE = "src/shop/sums.py"
CELLS = (
    "rows = [3, 1, 2]",
    "import math\ndef half(k):\n    return math.floor(k / 2)",
    "from statistics import mean\nmiddle = mean(rows)\nfor row in rows:\n    last = half(row)\n"
    "total = sum(rows)\nlow = min(rows)\ntotal",
    "print(middle, total, low)",
    "low = 5",
)
GONE = ("mean", "row", "last")
"""What the notebook holds no more: an import that moves, and names of a loop."""


def claim_of(root: Path, sources: Iterable[str], chosen: str = "c2") -> tuple[Path, Claim]:
    (root / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    path = root / "n.ipynb"
    path.write_text(json.dumps(document(*map(cell, sources))))
    located = locate(path, MODULE)
    asked = Asked(formats.read(path), Selection((chosen,)), located, MODULE, "sums")
    planned = asked.plan()
    assert planned.status == "preview", planned.refusals
    return path, asked.claim(planned)


def proved(path: Path, claim: Claim) -> Proved:
    kernels = LocalKernels("python3", path.parent)
    found = asyncio.run(prove(replace(claim, observer=None), kernels, Limits()))
    return replace(found, seen={})


def test_what_the_plan_tells_of_is_the_same(tmp_path: Path):
    """``low`` is bound anew in a cell that the change does not reach: that one is not run."""
    path, claim = claim_of(tmp_path, CELLS)
    assert sorted(claim.lost) == sorted(GONE)
    assert sorted(claim.new) == ["half", "sums", "sys"]
    assert claim.needed() >= {"c0", "c1", "c2", "c3"}
    assert "c4" not in claim.needed()
    assert proved(path, claim) == Proved("equal")


@pytest.mark.parametrize("name", GONE)
def test_a_loss_that_the_plan_keeps_to_itself_is_found(name: str, tmp_path: Path):
    path, claim = claim_of(tmp_path, CELLS)
    found = proved(path, replace(claim, lost=claim.lost - {name}))
    said = f"`{name}` does not exist any more at the end: before, it does."
    assert found == Proved("differs", said)


@pytest.mark.parametrize("name", ["sums", "sys"])
def test_a_new_name_that_the_plan_keeps_to_itself_is_found(name: str, tmp_path: Path):
    path, claim = claim_of(tmp_path, CELLS)
    found = proved(path, replace(claim, new=claim.new - {name}))
    assert found == Proved("differs", f"`{name}` exists at the end: before, it does not.")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("import __main__; __main__.left = 1", "`left` exists at the end: before, it does not."),
        (
            "import __main__; del __main__.rows",
            "`rows` does not exist any more at the end: before, it does.",
        ),
        ("import __main__; __main__._left = 1; __main__._12 = 3", None),
    ],
)
def test_what_a_module_does_to_the_names_is_found(spoil: str, said: str | None, tmp_path: Path):
    """Names with an underscore are IPython's, or nobody's."""
    path, claim = claim_of(tmp_path, CELLS)
    modules = [
        replace(one, text=one.text.replace("total = sum(rows)", f"total = sum(rows); {spoil}"))
        for one in claim.staged
    ]
    assert any(spoil in one.text for one in modules)
    found = proved(path, replace(claim, staged=modules))
    assert found == (Proved("equal") if said is None else Proved("differs", said))


def test_what_a_kernel_does_not_tell_is_not_equal(tmp_path: Path):
    """The page takes away what the question about its names needs."""
    silent = "print(total, low)\nsys.modules['json'] = None"
    cells = ("import sys\nrows = [3, 1]", "total = sum(rows)\nlow = min(rows)", silent)
    path, claim = claim_of(tmp_path, cells, "c1")
    found = proved(path, claim)
    assert (found.proof, found.detail) == ("not-run", UNKNOWN_END)


def test_a_name_that_chance_decides_is_no_difference(tmp_path: Path):
    """Another one in each run."""
    chance = "import secrets\nglobals()[f'k{secrets.token_hex(8)}'] = 1\nrows = [3, 1]"
    cells = ("1", chance, "total = sum(rows)\nlow = min(rows)", "print(total, low)")
    path, claim = claim_of(tmp_path, cells)
    assert "c1" in claim.needed()
    assert proved(path, claim).proof == "equal-where-deterministic"


def test_a_page_that_is_split_tells_of_all_its_losses(tmp_path: Path):
    claims: list[Claim] = []

    def prover(claim: Claim) -> Proved:
        claims.append(claim)
        return proved(tmp_path / "n.ipynb", claim)

    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')
    loop = "import math\nparts = []\nfor row in rows:\n    part = math.floor(row / 2)\n    parts.append(part)\nprint(parts)"
    more = "import json\ntexts = []\nfor one in parts:\n    text = json.dumps(one)\n    texts.append(text)\nprint(texts)"
    cells = (cell("rows = [3, 1]"), "# Halves", cell(loop), "# Texts", cell(more))
    (tmp_path / "n.ipynb").write_text(json.dumps(document(*cells)))
    done = split_file(tmp_path / "n.ipynb", prover=prover)
    assert (done.status, done.proof) == ("applied", "equal")
    assert sorted(claims[0].lost) == ["json", "math", "one", "part", "row", "text"]
