"""What an analysis makes is no garbage: the collector is not sent to look through it."""

from __future__ import annotations

import gc

from jupyter_prodready.analysis.engine import forget_all
from jupyter_prodready.analysis.evidence import from_saved
from jupyter_prodready.checks import analyse
from jupyter_prodready.model import Cell, Notebook

PAGE = Notebook("page.ipynb", tuple(Cell(str(n), n, "code", f"x{n} = [{n}]") for n in range(40)))


def test_what_an_analysis_made_counts_as_old():
    analyse(PAGE, from_saved(PAGE))  # what is loaded once is no part of it
    forget_all()
    gc.collect()
    analyse(PAGE, from_saved(PAGE))
    young = len(gc.get_objects(generation=0)) + len(gc.get_objects(generation=1))
    assert young < 1000
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_others_froze_stays_frozen():
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        analyse(PAGE, from_saved(PAGE))
        assert gc.get_freeze_count() >= frozen - 1000  # freed meanwhile
    finally:
        gc.unfreeze()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        analyse(PAGE, from_saved(PAGE))
        assert not gc.isenabled()
    finally:
        gc.enable()
