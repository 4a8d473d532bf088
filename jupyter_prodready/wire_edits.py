"""Extractions, suggestions and edits of a page as JSON: see docs/interface.md."""

from __future__ import annotations

from collections.abc import Iterable
from time import gmtime, strftime
from typing import Any

from .model_edits import CellEdit, Extraction, Remedy, Step, Suggestion
from .records import asdict, replace

Json = dict[str, Any]
VERSION = 1


def extraction_to_json(extraction: Extraction) -> Json:
    keys = asdict(replace(extraction, calls=(), steps=()))
    change = keys.pop("change")
    del keys["calls"]
    keys["steps"] = [_step_to_json(step) for step in extraction.steps]
    keys["files"] = [edit["path"] for edit in change["files"]]
    keys["cells"] = cell_edits_to_json(extraction.change.cells)
    for refusal, one in zip(keys["refusals"], extraction.refusals, strict=True):
        del refusal["wanted"]
        refusal["action"] = one.action and _remedy_to_json(one.action)
    at = extraction.baseline
    keys["baseline"] = None if at is None else time_to_json(at)
    return {"version": VERSION, **keys}


def time_to_json(seconds: float) -> str:
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(seconds))


def _step_to_json(step: Step) -> Json:
    made = asdict(step.made)
    shown = ("function", "module", "inputs", "outputs", "labels", "notes")
    return {"heading": step.heading, "cells": list(step.cells), **{k: made[k] for k in shown}}


def suggestions_to_json(suggestions: Iterable[Suggestion]) -> Json:
    """The answer of ``POST suggest``."""
    return {"version": VERSION, "suggestions": [asdict(one) for one in suggestions]}


def _remedy_to_json(remedy: Remedy) -> Json:
    keys = {key: value for key, value in asdict(remedy).items() if value is not None}
    return {**keys, "edits": cell_edits_to_json(remedy.edits)} if remedy.edits else keys


def cell_edits_to_json(edits: tuple[CellEdit, ...]) -> list[Json]:
    """``to`` is there for a cell that moves only."""
    return [{key: v for key, v in asdict(e).items() if key != "to" or v is not None} for e in edits]
