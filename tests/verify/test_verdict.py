"""One-purpose cells in real kernels: no false alarm for `benign`, none of `changed` missed.

Every case is a cell of one page, so that one kernel makes the page and a few fresh ones
judge all of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from documents import cell, document

from jupyter_prodready import formats
from jupyter_prodready.model import VerifiedCell
from jupyter_prodready.verify.compare.widgets import STATE, STATES
from jupyter_prodready.verify.kernels import LocalKernels
from jupyter_prodready.verify.plan import plan_of
from jupyter_prodready.verify.run import Limits, run_plan
from jupyter_prodready.verify.verification import Options, Progress, verify

from .benign import BENIGN, BY_CHANCE, TIMES
from .changed import CHANGED

pytestmark = [pytest.mark.kernel, pytest.mark.slow, pytest.mark.timeout(600)]

Page = dict[str, Any]
Found = Mapping[str, VerifiedCell]


def as_page(made: Sequence[tuple[str, tuple[Any, ...]]]) -> Page:
    """The cells of ``made``; models of widgets are saved as JupyterLab saves them."""
    page = document(*[cell(source, *outputs) for source, outputs in made])
    models = {
        name: {"model_name": one["name"], "model_module": one["module"], "state": one["state"]}
        for _, outputs in made
        for output in outputs
        for name, one in output.pop(STATE, {}).items()
    }
    page["metadata"]["widgets"] = {STATES: {"state": models}}
    return page


OPTIONS = Options(Limits(cell=60))
"""A cell that hangs is named, and does not hold all others."""


def verified(cases: Mapping[str, tuple[str, str]], folder: Path) -> Found:
    """The verdict on each case: page made by its first source, now run with its second."""
    before = as_page([(first, ()) for first, _ in cases.values()])
    plan = plan_of(formats.notebook_of(before, "before.ipynb"), before)
    runs = asyncio.run(run_plan(plan, LocalKernels(None, folder), {}, Limits())).cells
    made = [(again, run.outputs) for (_, again), run in zip(cases.values(), runs, strict=True)]
    page = as_page(made)
    plan = plan_of(formats.notebook_of(page, "n.ipynb"), page)

    def tell(progress: Progress) -> None:
        del progress

    outcome = asyncio.run(verify(plan, LocalKernels(None, folder), OPTIONS, tell))
    return dict(zip(cases, outcome.cells, strict=True))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What chance decides comes first: only so far is the page run more than twice."""
    cases = {name: (case[0], case[-3]) for name, case in BENIGN.items()}
    cases |= {name: (case[0], case[1]) for name, case in CHANGED.items()}
    first = {name: cases.pop(name) for name in BY_CHANCE}
    return verified({**first, **cases}, tmp_path_factory.mktemp("verdicts"))


@pytest.mark.parametrize("name", BENIGN)
def test_benign(found: Found, name: str) -> None:
    verdict, detail = BENIGN[name][-2:]
    if "[made above]" in detail:
        detail = detail.replace("made above", str(found["made above"].index + 1))
    said = found[name].detail
    if name in TIMES:  # two runs may show the same time, or a rounded one may turn between them
        said, detail = (
            one.replace("two clean runs differ", "shows when it ran") for one in (said, detail)
        )
    assert (found[name].verdict, said) == (verdict, detail)


@pytest.mark.parametrize("name", CHANGED)
def test_changed(found: Found, name: str) -> None:
    detail = CHANGED[name][2]
    one = found[name]
    assert (one.verdict, detail or one.detail) == ("changed", one.detail)


def test_no_two_cases_have_one_name() -> None:
    assert set(BENIGN) & set(CHANGED) == set()
