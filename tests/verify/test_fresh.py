"""Which outputs of a fresh kernel are kept for a look, and which a page could show as its own."""

from __future__ import annotations

from documents import Output, result, stdout

from jupyter_prodready.model import Cell, CellVerdict, VerifiedCell
from jupyter_prodready.verify.compare.widgets import WIDGET
from jupyter_prodready.verify.fresh import FreshOutputs, fresh_outputs
from jupyter_prodready.verify.plan import Step
from jupyter_prodready.verify.run import CellRun


def ran(index: int, *outputs: Output) -> CellRun:
    return CellRun(Step(Cell(f"c{index}", index, "code", ""), ()), "ok", outputs=outputs)


def judged(*verdicts: CellVerdict) -> list[VerifiedCell]:
    return [VerifiedCell(f"c{index}", index, one) for index, one in enumerate(verdicts)]


def test_what_does_not_fit_is_left_out_cell_by_cell():
    runs = [ran(0, stdout("x" * 60)), ran(1, stdout("y" * 90)), ran(2, result("3")), ran(3)]
    cells = judged("changed", "nondeterministic", "error", "identical")
    assert fresh_outputs(runs, cells, most=250) == (
        FreshOutputs("c0", (stdout("x" * 60),)),
        FreshOutputs("c1", None),
        FreshOutputs("c2", (result("3"),)),
    )


def test_what_a_page_could_show():
    widget = result("Slider()", **{WIDGET: {"model_id": "gone"}})
    assert FreshOutputs("c0", (stdout("x"), result("1"))).is_whole
    assert FreshOutputs("c0", ()).is_whole
    assert not FreshOutputs("c0", (stdout("x"), widget)).is_whole
    assert not FreshOutputs("c0", ({**stdout("x"), "cut": "..."},)).is_whole
    assert not FreshOutputs("c0", None).is_whole
